"""What words lead in that are no label of their own: a remark in a label, 巡察指出，…, a list above the answers."""

from __future__ import annotations

import pytest

from tests.parser.support import notice_of

TWO = "一、整改情况\n1.关于学习不深入的问题\n{}\n2.关于执行不严的问题\n整改情况：检查。\n"


@pytest.mark.parametrize(
    ("label", "expected", "response"),
    [
        ("整改情况（已完成）：", "done", "修订制度3项。"),
        ("整改情况（正在整改）：", "ongoing", "修订制度3项。"),
        ("【整改进展】（长期坚持）：", "long-term", None),
        ("整改落实情况(长期坚持):", "long-term", "修订制度3项。"),
        ("具体举措（办结）：", "done", "修订制度3项。"),
        ("具体举措（推进中）：", "ongoing", "修订制度3项。"),
        ("整改措施（已完成）：", "unstated", "修订制度3项。"),  # the measures, or the problem?
        ("整改情况（责任领导张某）：", "unstated", "修订制度3项。"),
        ("整改情况（拟于年底完成）：", "ongoing", "修订制度3项。"),
        ("整改情况（截至2023年12月10日）：", "unstated", "修订制度3项。"),
    ],
)
def test_a_remark_in_a_label_says_how_far_the_issue_is(label, expected, response):
    first, _ = notice_of(TWO.format(f"{label}修订制度3项。")).issues
    assert first.status == expected
    assert response in (None, first.response)


def test_a_remark_in_a_label_that_may_be_of_less_is_doubted():
    notice = notice_of(TWO.format("整改措施（已完成）：修订制度3项。"))
    assert [anomaly.message for anomaly in notice.anomalies if anomaly.code == "status-unclear"] == [
        "“已完成”说到整改状态，未能判断，状态作未注明。"
    ]


@pytest.mark.parametrize(
    ("answer", "finding", "response"),
    [
        (
            "巡察指出，办法落实走样，台账缺失。修订制度3项。",
            "巡察指出，办法落实走样，台账缺失。",
            "修订制度3项。",
        ),
        ("巡察组反馈，台账缺失。\n修订制度3项。", "巡察组反馈，台账缺失。", "修订制度3项。"),
        ("巡察发现，台账缺失。\n修订制度3项。\n开展检查2次。", "巡察发现，台账缺失。", "修订制度3项。\n开展检查2次。"),
        ("修订制度3项。\n巡察指出，台账缺失。", None, "修订制度3项。\n巡察指出，台账缺失。"),
    ],
)
def test_what_the_inspection_pointed_out_is_the_finding(answer, finding, response):
    body = f"一、整改情况\n1.关于学习不深入的问题\n{answer}\n2.关于执行不严的问题\n开展检查。\n"
    first, _ = notice_of(body).issues
    assert (first.finding, first.response) == (finding, response)


LISTED = """一、巡察反馈的主要问题
（一）政治建设方面
{}学习不深入。2023年中心组学习仅6次。
{}公车管理不严。派车单填写不全。
（二）财务方面
{}账目不清。应收款长期挂账12万元。
二、整改落实情况
"""
BY_NAME = """（一）政治建设方面
1.关于学习不深入的问题。开展学习12次。该问题已完成整改。
2.关于公车管理不严的问题。补签派车单3张。正在推进。
（二）财务方面
3.关于账目不清的问题。清收8万元。已完成整改。
"""
BY_NUMBER = """{0}1{1}开展学习12次。该问题已完成整改。
{0}2{1}补签派车单3张。正在推进。
{0}3{1}清收8万元。已完成整改。
"""


@pytest.mark.parametrize(
    ("number", "answers"),
    [
        ("{}.", BY_NAME),
        ("{}.", BY_NUMBER.format("针对第", "个问题：")),
        ("问题{}：", BY_NUMBER.format("问题", "整改情况：")),
        ("问题{}：", BY_NUMBER.format("针对问题", "的整改情况：")),
    ],
)
def test_problems_that_a_part_only_lists_are_no_issues(number, answers):
    listed = LISTED.format(*(number.format(value) for value in (1, 2, 3)))
    notice = notice_of(listed + answers)
    assert [(issue.response, issue.status) for issue in notice.issues] == [
        ("开展学习12次。", "done"),
        ("补签派车单3张。", "ongoing"),
        ("清收8万元。", "done"),
    ]


def test_problems_listed_by_name_leave_no_doubt():
    notice = notice_of(LISTED.format("1.", "2.", "3.") + BY_NAME)
    assert [anomaly for anomaly in notice.anomalies if anomaly.code == "answer-apart"] == []


def test_measures_of_one_name_below_several_problems_list_nothing():
    problems = ("关于反馈意见整改不力的问题", "关于巡察发现的台账问题", "关于整改台账缺失的问题")
    measures = "（1）强化学习。开展学习12次。\n（2）严格管理。检查3次。\n"
    body = "".join(f"{number}、{title}\n{measures}" for number, title in zip("一二三", problems, strict=True))
    assert [issue.title for issue in notice_of(body).issues] == list(problems)


@pytest.mark.parametrize(
    ("first", "second"), [("政治建设方面", "财务管理方面"), ("在用人上存在的问题", "在财务上存在的问题")]
)
def test_groups_without_a_number_above_numbers_that_go_on(first, second):
    above = f"{first}\n1.学习不深入\n开展学习。\n2.检查不严\n开展检查。\n"
    body = f"一、整改情况\n{above}{second}\n3.账目不清\n清收8万元。\n4.食堂松散\n公示价格。\n"
    notice = notice_of(body)
    assert [(issue.path[-1], issue.response) for issue in notice.issues] == [
        (first, "开展学习。"), (first, "开展检查。"), (second, "清收8万元。"), (second, "公示价格。"),
    ]  # fmt: skip


def test_next_steps_of_a_follow_up_without_a_label():
    body = """一、整改情况
（一）关于学习不深入的问题
整改情况：组织学习。该问题已完成整改。
（二）关于设施不全的问题
整改情况：修复8眼。
二、未完成整改的问题
（一）设施不全
因资金未到位，12眼机井尚未修复。下一步，督促施工单位加快进度，2024年10月底前全部修复。
"""
    (followup,) = notice_of(body).followups
    assert (followup.next, followup.deadline and followup.deadline.iso) == (
        "下一步，督促施工单位加快进度，2024年10月底前全部修复。",
        "2024-10-31",
    )


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("2个问题已完成整改，2个问题基本完成整改", ["done", "done", "ongoing", "ongoing"]),
        ("已完成整改2个，正在整改2个", ["done", "done", "ongoing", "ongoing"]),
        ("已完成整改2个，长期坚持2个", ["done", "done", "unstated", "unstated"]),
        ("已完成整改3个，正在整改1个", ["done", "done", "unstated", "unstated"]),
    ],
)
def test_what_totals_leave_over_is_unfinished(told, expected):
    answers = ["开展学习。该问题已完成整改。", "修订办法。该问题已完成整改。", "清收8万元。", "公示价格。"]
    issues = "".join(
        f"{at}.关于第{at}类事项落实不力的问题\n整改情况：{answer}\n" for at, answer in enumerate(answers, 1)
    )
    notice = notice_of(f"一、整改情况\n反馈的4个问题中，{told}。\n{issues}")
    assert [issue.status for issue in notice.issues] == expected
