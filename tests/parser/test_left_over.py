"""What stands under a label of its own behind the answer: 存在不足：…, 剩余问题：… may leave the issue unfinished."""

from __future__ import annotations

import pytest

from tests.parser.support import notice_of

TWO = """一、关于“校属企业监管薄弱”问题
整改措施：完成8家企业脱钩剥离。
整改成效：{}
{}：{}
二、关于“教材选用把关不严”问题
整改措施：开展全面排查，停用27种。
整改成效：制度体系健全，问题整改完成。
{}：无。
中共大河县民政局党组
2023年7月6日
"""


@pytest.mark.parametrize("label", ["存在不足", "剩余问题", "未完成原因"])
@pytest.mark.parametrize(
    ("result", "left", "status"),
    [
        ("监管进一步加强。", "3家企业尚未完成脱钩，计划2023年底前全面完成。", "ongoing"),
        ("监管进一步加强。", "办法尚未出台，问题仍在整改中。", "ongoing"),
        ("监管进一步加强，问题整改完成。", "3家企业尚未完成脱钩。", "unstated"),
    ],
)
def test_what_is_left_behind_the_answer(label, result, left, status):
    first = notice_of(TWO.format(result, label, left, label)).issues[0]
    assert first.status == status


def test_numbers_without_a_stop_are_named_by_a_sentence_behind_them():
    titles = ["党员发展程序不规范", "监督作用发挥不好", "集体资金出借未收回", "合同管理混乱", "移风易俗抓得不实"]
    body = "".join(f"{at} {title}\n整改：逐项核对，建立台账。\n" for at, title in enumerate(titles, 1))
    notice = notice_of(f"{body}\n上述第1、2、4项已整改完成，第3项正在整改。\n\n石门村党支部\n2024年12月10日\n")
    assert [issue.status[0] for issue in notice.issues] == ["d", "d", "o", "d", "u"]


@pytest.mark.parametrize(
    ("title", "unit"),
    [
        ("龙泉镇桃花村“两委”关于县委巡察反馈问题整改情况的公示", "龙泉镇桃花村“两委”"),
        ("桃花村两委关于县委第八巡察组反馈意见整改情况的公示", "桃花村两委"),
        ("桃花村关于县委巡察反馈问题整改情况的公示", "桃花村"),
    ],
)
def test_a_villages_two_committees_are_its_unit(title, unit):
    top = f"{title}\n县委第八巡察组于2024年3月4日至4月30日进行了巡察，6月5日反馈了5个问题。现公示如下：\n"
    notice = notice_of("1.关于党员发展不规范的问题\n整改情况：组织学习。\n", top)
    assert notice.unit.name == unit


LABELLED = """一、整改情况
（一）关于公车管理不严的问题
整改措施：严格派车，建立台账。
{0}
（二）关于档案管理混乱的问题
整改措施：清理档案，规范归档。
{1}
中共大河县民政局党组
2023年7月6日
"""


@pytest.mark.parametrize(
    ("first", "second", "statuses"),
    [
        ("整改状态：已完成\n遗留问题：仍有2户未办理。", "整改状态：已完成\n遗留问题：无", "ud"),
        ("整改状态：已完成\n备注：剩余2户转入长期坚持。", "整改状态：已完成\n备注：无", "ud"),
        ("是否需要长期坚持：是", "是否需要长期坚持：否", "uu"),
        ("是否存在遗留问题：是", "是否存在遗留问题：否", "uu"),
        ("是否逾期：是", "是否逾期：否", "uu"),
        ("是否按期：是", "是否按期：否", "uu"),
        ("是否完成整改：是", "是否完成整改：否", "do"),
        ("是否已整改到位：是", "是否已整改到位：否", "do"),
        ("是否整改：是", "是否整改：否", "do"),
    ],
)
def test_only_the_question_whether_it_is_finished_says_so(first, second, statuses):
    issues = notice_of(LABELLED.format(first, second)).issues
    assert "".join(issue.status[0] for issue in issues) == statuses


@pytest.mark.parametrize(
    ("head", "statuses"),
    [
        ("是否需要长期坚持", "uu"),
        ("是否逾期", "uu"),
        ("是否立行立改", "uu"),
        ("是否完成", "do"),
        ("是否整改到位", "do"),
        ("是否销号", "do"),
    ],
)
def test_a_column_that_asks_something_else_is_no_status(head, statuses):
    rows = "|1|公车管理不严|严格派车，建立台账。|是|\n|2|档案管理混乱|清理档案，规范归档。|否|\n"
    issues = notice_of(f"一、整改情况\n|序号|问题|整改措施|{head}|\n|---|---|---|---|\n{rows}").issues
    assert "".join(issue.status[0] for issue in issues) == statuses


ONE = """一、关于“公务接待审批不严格”问题
整改措施：{}。已完成整改。
二、关于“教材选用把关不严”问题
整改措施：开展全面排查。已完成整改。
中共大河县民政局党组
2023年7月6日
"""


@pytest.mark.parametrize(
    "deed",
    ["对26笔接待费逐笔核查", "对招待费进行核查", "优待证逐张审核", "接待审批由办公室审核", "善待信访人，逐件核实"],
)
def test_the_end_of_another_word_waits_for_nothing(deed):
    assert notice_of(ONE.format(deed)).issues[0].status == "done"


@pytest.mark.parametrize("deed", ["待核查", "等待验收", "待上级批复", "合同待审核", "有待核实"])
def test_what_waits_is_not_done(deed):
    assert notice_of(ONE.format(deed)).issues[0].status != "done"
