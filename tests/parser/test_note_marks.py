"""Marks of footnotes behind the sentence that says how far an issue is."""

from __future__ import annotations

import pytest

from tests.parser.support import notice_of

BODY = """一、整改情况
（一）关于学习不深入的问题
整改情况：组织学习12次。{}
（二）关于执行不严的问题
整改情况：开展检查3次。已完成整改。
中共大河县民政局党组
2023年12月20日
[1] {}
"""
AS_OF = "数据截至2023年11月30日。"


@pytest.mark.parametrize(
    ("said", "note", "status"),
    [
        ("已完成整改。[1]", AS_OF, "done"),
        ("已完成整改[1]。", AS_OF, "done"),
        ("该问题已完成整改。 [1]", "含2022年度任务。", "done"),
        ("正在整改。[1]", AS_OF, "ongoing"),
        ("需长期坚持。[1]", AS_OF, "long-term"),
        ("\n整改状态：已完成[1]", AS_OF, "done"),
        ("\n整改状态：正在推进[1]", AS_OF, "ongoing"),
        ("已完成整改。[1]", "其中2户计划2024年6月底前搬迁。", "unstated"),
        ("已完成整改[1]。", "不含正在诉讼的1笔欠款。", "unstated"),
        ("\n整改状态：已完成[1]", "指立行立改部分。", "unstated"),
        ("已完成整改。[2]", AS_OF, "unstated"),
        ("已完成整改。[1]", "首批。", "unstated"),
        ("已完成整改。[1]", "指前三项措施。", "unstated"),
        ("已完成整改。[1]", "后经复核不属实。", "unstated"),
        ("已完成整改。[1]", "由县纪委复查后决定是否销号。", "unstated"),
        ("已完成整改。[1]", "截至2023年11月底的阶段性情况。", "unstated"),
        ("已完成整改。[1]", "《大河县民政局学习制度》（大民〔2023〕5号）。", "done"),
    ],
)
def test_a_mark_takes_nothing_away_but_its_note_may(said, note, status):
    notice = notice_of(BODY.format(said, note))
    assert [issue.status for issue in notice.issues] == [status, "done"]
    assert (status == "unstated") == any(anomaly.code == "status-unclear" for anomaly in notice.anomalies)


OF_ALL = """2023年3月，县委第二巡察组对县民政局党组开展了巡察。6月反馈了意见。{}
一、整改情况
（一）关于学习不深入的问题
整改情况：组织学习12次。
（二）关于执行不严的问题
整改情况：开展检查3次。{}
二、下一步打算
继续抓好整改。{}
中共大河县民政局党组
2023年12月20日
{}
"""
LESS = "其中1个尚未验收。"


@pytest.mark.parametrize(
    ("said", "note", "statuses"),
    [
        ("反馈的2个问题均已完成整改[1]。", f"[1]{AS_OF}", "done done"),
        ("反馈的2个问题均已完成整改。[1]", f"[1]{AS_OF}", "done done"),
        ("反馈的2个问题均已完成整改[1]。", f"[1]{LESS}", "unstated unstated"),
        ("反馈的2个问题均已完成整改。[1]", f"[1]{LESS}", "unstated unstated"),
        ("反馈的2个问题[1]均已完成整改。", f"[1]{LESS}", "unstated unstated"),
        ("反馈的2个问题均已完成整改[2]。", f"[1]{AS_OF}", "unstated unstated"),
        ("反馈的2个问题均已完成整改。①", f"①{LESS}", "unstated unstated"),
        ("反馈的2个问题均已完成整改。*", f"*{LESS}", "unstated unstated"),
        ("反馈的2个问题均已完成整改。（注1）", f"注1：{LESS}", "unstated unstated"),
        ("反馈的2个问题均正在整改[1]。", f"[1]{LESS}", "ongoing ongoing"),
        ("除“执行不严”需长期坚持外，其余问题均已整改完成[1]。", f"[1]{AS_OF}", "done long-term"),
        ("除“执行不严”需长期坚持外，其余问题均已整改完成[1]。", f"[1]{LESS}", "unstated long-term"),
        ("反馈的2个问题，第1项已完成整改[1]，第2项正在整改。", f"[1]{AS_OF}", "done ongoing"),
        ("反馈的2个问题，第1项已完成整改[1]，第2项正在整改。", f"[1]{LESS}", "unstated ongoing"),
    ],
)
def test_a_note_may_take_back_what_is_said_of_all(said, note, statuses):
    for places in ((said, "", "", note), ("", f"\n{said}", "", note), ("", "", said, note)):
        notice = notice_of(OF_ALL.format(*places))
        assert [issue.status for issue in notice.issues] == statuses.split(), places
        assert ("unstated" in statuses) == any("unclear" in anomaly.code for anomaly in notice.anomalies), places


def test_a_note_outweighs_what_is_said_of_all():
    notice = notice_of(OF_ALL.format("反馈的2个问题均已完成整改。", "已完成整改[1]。", "", f"[1]{LESS}"))
    assert [issue.status for issue in notice.issues] == ["done", "unstated"]


def test_a_note_may_take_back_what_the_last_issue_says_of_those_in_other_groups():
    apart = OF_ALL.replace("（一）", "（一）学习方面\n1.").replace("（二）", "（二）管理方面\n1.")
    said = "以上2个问题均已完成整改[1]。"
    for note, status in ((AS_OF, "done"), (LESS, "unstated")):
        notice = notice_of(apart.format("", f"\n{said}", "", f"[1]{note}"))
        assert [issue.status for issue in notice.issues] == [status, status]
