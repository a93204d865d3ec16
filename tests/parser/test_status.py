"""How far an issue is, by every sentence, value, mark and heading that says it; and by sentences about many issues."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.content.body_text import read_body, write_body
from generator.parser.status import decisive
from tests.every import every
from tests.parser.support import notice_of

FIXTURES = Path(__file__).parents[1] / "fixtures"
LETTERS = {"done": "d", "ongoing": "o", "long-term": "l", "unstated": "u"}
ANSWER = "组织学习，规范审批流程，建立管理台账。"
OTHER = "（二）关于公车管理不严的问题\n整改情况：开展自查，严格派车。\n"
SIGNED = "中共大河县民政局党组\n2023年12月20日\n"


def rows(name):
    return [row.split(" | ") for row in (FIXTURES / name).read_text("utf-8").splitlines() if not row.startswith("#")]


def issue(title, below):
    return notice_of(f"一、反馈问题整改情况\n（一）{title}\n整改情况：{below}\n{OTHER}{SIGNED}").issues[0]


ROWS = rows("statuses.txt")
TITLE = "关于公务接待审批不严的问题"


@every([row[1:] for row in ROWS if row[0] == "line"])
def test_the_last_sentence_of_an_answer(words, status):
    found = issue(TITLE, ANSWER + words)
    assert found.status == status
    if status != "unstated":
        assert (found.response, found.status_quote) == (ANSWER, words)


@every([row[1:] for row in ROWS if row[0] == "inside"])
def test_words_that_tell_of_more_stay_in_the_answer(words, status):
    found = issue(TITLE, ANSWER + words)
    assert (found.status, found.response) == (status, ANSWER + words)


@every([row[1:] for row in ROWS if row[0] == "value"])
def test_a_value_behind_a_label(words, status):
    found = issue(TITLE, f"{ANSWER}\n整改状态：{words}")
    assert (found.status, found.response) == (status, ANSWER)


@every([row[1:] for row in ROWS if row[0] == "mark"])
def test_a_mark_in_a_title(words, status):
    assert issue(words, ANSWER).status == status


@every([row[1:] for row in ROWS if row[0] == "part"])
def test_the_title_of_a_part(words, status):
    issues = notice_of(
        f"一、整改工作组织情况\n召开会议，认真部署。\n二、{words}\n（一）{TITLE}\n整改情况：{ANSWER}\n{OTHER}"
        f"三、整改情况\n（一）关于档案管理混乱的问题\n整改情况：清理档案。\n{SIGNED}"
    ).issues
    assert [one.status for one in issues[:2]] == [status, status]


@every(rows("blankets.txt"))
def test_a_sentence_about_many_issues(place, words, statuses):
    at = dict.fromkeys(("top", "group1", "last", "end", "tail"), "") | {place: words}
    notice = notice_of(f"""一、整改工作组织情况
局党组召开会议，认真部署。{at["top"]}
二、反馈问题整改情况
（一）关于作风建设方面
1.关于公务接待审批不严的问题
整改情况：组织学习，规范审批流程，建立管理台账。
2.关于公车管理不严的问题
整改情况：开展自查，严格派车。
{at["group1"]}
（二）关于基础工作方面
3.关于档案管理混乱的问题
整改情况：清理档案，规范归档。
4.关于党费收缴不及时的问题
整改情况：核对台账，按月收缴。{at["last"]}
{at["end"]}
三、下一步工作打算
{at["tail"]}局党组将持续加强作风建设，巩固成果。
{SIGNED}""")
    found = "".join(LETTERS[one.status] for one in notice.issues)
    assert all(wanted in ("?", got) for wanted, got in zip(statuses, found, strict=True)), found
    if "d" in statuses and place != "last":
        assert all(one.status_quote for one in notice.issues if one.status == "done")


SUBJECTS = ["该问题", "以上问题", "上述3个问题", "此项整改任务", "目前，该项工作", ""]
FINISHED = ["完成整改", "整改完成", "整改到位", "销号", "办结", "整改完毕", "得到解决", "落实到位"]
SHORT_OF = [
    *("未", "尚未", "仍未", "暂未", "还没有", "未能按期", "未能全部", "无法", "正在", "将", "拟", "计划", "预计年底前"),
    *("基本", "已基本", "大部分", "部分", "阶段性", "即将", "原则上", "2026年6月底前", "需", "待", "有望", "申请"),
    *("力争", "确保", "争取尽快", "督促", "要求", "推动", "能否", "如"),
]
LEFT = ["，其余正在推进", "，但尚未通过验收", "（部分）", "，剩余2项待落实", "，仍有1户未整改到位", "80%", "近九成"]


@every(SHORT_OF)
def test_what_falls_short_is_never_done(short):
    said = [f"{subject}{short}{finished}" for subject in SUBJECTS for finished in FINISHED]
    assert [words for words in said if decisive(words) == "done"] == []


@every(LEFT)
def test_what_leaves_something_is_never_done(left):
    said = {
        f"{subject}已{done}{left}。": decisive(f"{subject}已{done}{left}。")
        for subject in SUBJECTS
        for done in FINISHED
    }
    assert [words for words, status in said.items() if status == "done"] == []


@every(FINISHED)
def test_what_is_finished_is_done(finished):
    hows = ("已", "已经", "均已", "已全部", "已按期", "已于2023年6月底前", "已按照时限要求")
    ends = ("", "。", "，并长期坚持。", "（100%）。")
    said = [f"{subject}{how}{finished}{end}" for subject in SUBJECTS for how in hows for end in ends]
    assert [words for words in said if decisive(words) != "done"] == []


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ("☑已完成 □未完成", "done"),
        ("已完成☑ 未完成□", "done"),
        ("■已完成 □未完成", "done"),
        ("已完成□ 未完成☑", "ongoing"),
        ("□已完成 ☑未完成", "ongoing"),
        ("已完成 □ 未完成 √", "ongoing"),
        ("已完成（基本）", "ongoing"),
        ("已完成（待验收）", "ongoing"),
        ("□已完成 □未完成", None),
    ],
)
def test_a_choice_that_is_ticked(form, status):
    assert decisive(form) == status


def test_a_status_that_every_answer_begins_with_is_no_label():
    below = "".join(
        f"{n}.关于第{n}类台账不规范的问题\n整改情况：\n已完成整改。认真对照意见，细化举措。\n整改时限：2023年9月{n}日\n"
        for n in range(1, 5)
    )
    issues = notice_of(f"一、具体问题整改情况\n{below}{SIGNED}").issues
    assert [(one.status, one.status_quote) for one in issues] == [("done", "已完成整改。")] * 4


def test_a_sentence_about_all_behind_the_announcing_clause():
    notice = notice_of(
        "现将整改进展情况通报如下：截至2023年11月3日，无未完成整改事项，2个问题全部办结。\n"
        f"一、整改情况\n（一）{TITLE}\n整改情况：{ANSWER}\n{OTHER}{SIGNED}"
    )
    assert [one.status for one in notice.issues] == ["done", "done"]


def test_what_speaks_of_others_has_an_anchor_and_comes_back_from_the_content_file():
    notice = notice_of(f"""一、整改情况
反馈的4个问题，公车管理不严问题正在整改。
（一）作风方面
1.公车管理不严
整改情况：严格派车。
2.会风不正
整改情况：精简会议。
（二）基础方面
3.档案管理混乱
整改情况：规范归档。
4.党费收缴不及时
整改情况：按月收缴。
以上2个问题均已完成整改。
{SIGNED}""")
    assert [one.status for one in notice.issues] == ["ongoing", "unstated", "done", "done"]
    assert [passage.anchor for passage in notice.body if passage.anchor and passage.anchor[0] == "b"] == ["b1", "b2"]
    assert read_body(write_body(notice.body), "x.md", 1) == (notice.body, [])


def test_a_sentence_that_the_totals_contradict_makes_no_issue_done():
    notice = notice_of(
        "一、整改情况\n反馈的2个问题，已完成整改1个，正在推进1个。反馈的问题均已整改到位。\n"
        f"（一）{TITLE}\n整改情况：{ANSWER}\n{OTHER}{SIGNED}"
    )
    assert [one.status for one in notice.issues] == ["unstated", "unstated"]
    assert "blanket-unclear" in [anomaly.code for anomaly in notice.anomalies]


@pytest.mark.parametrize(
    "words",
    [
        "截至目前，2个问题已完成整改1个，正在整改1个。",
        "绝大部分问题已完成整改。",
        "目前问题整改率达到90%以上。",
        "市委巡察反馈的2个问题均已完成整改。",
    ],
)
def test_a_sentence_about_many_at_the_end_leaves_the_last_issue_unstated_and_is_told(words):
    notice = notice_of(f"一、反馈问题整改情况\n（一）{TITLE}\n整改情况：{ANSWER}\n{OTHER}{words}\n{SIGNED}")
    assert [one.status for one in notice.issues] == ["unstated", "unstated"]
    assert "blanket-unclear" in [anomaly.code for anomaly in notice.anomalies]


def test_what_was_not_understood_is_told():
    closing = "该问题能否按期完成整改，取决于资金落实情况。"
    notice = notice_of(f"一、反馈问题整改情况\n（一）{TITLE}\n整改情况：{ANSWER}{closing}\n{OTHER}{SIGNED}")
    assert [(a.code, a.message) for a in notice.anomalies if a.code == "status-unclear"] == [
        ("status-unclear", f"“{closing}”说到整改状态，未能判断，状态作未注明。")
    ]
    notice = notice_of(
        f"一、整改情况\n除1个问题正在整改外，其余问题均已完成整改。\n（一）{TITLE}\n整改情况：{ANSWER}\n{OTHER}{SIGNED}"
    )
    assert [one.status for one in notice.issues] == ["unstated", "unstated"]
    assert "blanket-unclear" in [anomaly.code for anomaly in notice.anomalies]


@pytest.mark.parametrize("remark", ["【正在推进】", "【未完成】", "正在推进", "【长期坚持】", "（正在整改）"])
@pytest.mark.parametrize("number", [1, 3])
def test_no_heading_makes_finished_what_a_remark_below_it_says_is_not(remark, number):
    notice = notice_of(f"""一、整改工作组织情况
召开会议，认真部署。
二、整改情况
【已整改完成的问题】
1.库房管理松散
补装温湿度计3台。
2.窗口人手不足
招聘窗口人员2名。
{remark}
{number}.党员发展缓慢
确定培养对象6名。
{number + 1}.档案散乱
清理档案。
{SIGNED}""")
    assert notice.issues
    assert "done" not in {one.status for one in notice.issues}


ENDS_OPEN = [
    *("由住建局负责建设", "停车场由县城投公司负责施工", "由县法院强制执行", "拖欠的租金由镇政府负责追缴"),
    *("由乡镇负责拆除", "已向法院起诉", "已提起诉讼", "已申请强制执行", "已进入司法程序", "已向县法院申请立案"),
    *(
        "持续推进停车场建设",
        "停车场正在建设",
        "停车场建设有序推进中",
        "改造工程持续推进",
        "由公安机关处理",
        "案件在法院审理",
    ),
    *("稳步推进老旧小区改造", "加快推进污水管网建设", "有序推进征地拆迁", "全力推进项目验收"),
]
ENDS_CLOSED = [
    *(
        "扎实推进作风建设",
        "持续推进党风廉政建设",
        "由办公室负责审核",
        "实行由财务室统一开票",
        "稳步推进制度建设",
        "作风建设持续推进",
    ),
    *(
        "按季度在办公楼公开",
        "设置公开栏，在办公楼公布",
        "清理核对罚没物资台账，拍卖款上缴国库",
        "预计年集体收入可达9万元",
    ),
]
ABOUT_ALL = [
    "以上问题均已整改完成。",
    "以上2个问题均已整改完成。",
    "反馈的2个问题均已整改完成。",
    "以上反馈问题均已整改到位。",
]


@every([(words, closing, apart) for words in ENDS_OPEN for closing in ABOUT_ALL for apart in ("\n", "")])
def test_an_answer_that_ends_with_what_is_open_is_not_finished_by_a_sentence_about_all(words, closing, apart):
    last = notice_of(
        f"一、反馈问题整改情况\n（一）{TITLE}\n整改情况：{ANSWER}\n{OTHER[:-1]}{words}。{apart}{closing}\n{SIGNED}"
    )
    assert last.issues[-1].status in ("unstated", "ongoing")


@every([(words, closing) for words in ENDS_CLOSED for closing in ABOUT_ALL])
def test_an_answer_that_ends_with_what_is_kept_up_is_finished_by_it(words, closing):
    notice = notice_of(
        f"一、反馈问题整改情况\n（一）{TITLE}\n整改情况：{ANSWER}\n{OTHER[:-1]}{words}。\n{closing}\n{SIGNED}"
    )
    assert [one.status for one in notice.issues] == ["done", "done"]


@every(["停车场正在建设", "已向法院起诉", "由住建局负责建设", "持续推进停车场建设"])
def test_so_is_the_only_one_of_its_group(words):
    above = f"一、作风方面\n1.{TITLE}\n整改情况：{ANSWER}\n"
    body = f"{above}二、基础方面\n2.关于停车难的问题\n整改情况：规划车位。{words}。\n"
    assert notice_of(f"{body}以上问题均已整改完成。\n{SIGNED}").issues[-1].status in ("unstated", "ongoing")


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        ("对拟落地项目提前开展用地预审。", "done"),
        ("对拟提拔干部廉政审核12人次。", "done"),
        ("加强对拟任人选的考察，考察16人次。", "done"),
        ("拟建水厂1座。", "unstated"),
        ("已完成2处，拟再建1处。", "unstated"),
        ("对拟发展对象开展培训2期，第3期拟于12月开班。", "unstated"),
    ],
)
def test_what_somebody_is_to_be_is_no_plan(answer, status):
    notice = notice_of(
        f"一、已完成整改的问题\n（一）关于工作不力的问题\n整改情况：{answer}\n（二）关于学习不够的问题\n整改情况：开展学习6次。\n"
    )
    assert notice.issues[0].status == status
