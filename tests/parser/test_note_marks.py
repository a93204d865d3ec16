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
