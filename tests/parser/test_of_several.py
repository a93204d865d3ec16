"""A sentence that may be of several issues, behind the last one's answer, decides that one alone only with a doubt."""

from __future__ import annotations

import itertools

from tests.every import every
from tests.parser.support import notice_of
from tests.parser.test_situations import LETTERS

HEADS = [
    "以上问题均已整改到位",
    "以上3个问题均已整改到位",
    "均已整改到位",
    "上述问题已全部完成整改",
    "反馈问题均已整改完成",
    "全部问题已整改到位",
    "各项问题均已完成整改",
    "问题均已整改到位",
]
LEFT = [
    "，整改时间：3个月。",
    "，整改期限为2025年3月。",
    "，时限2025年3月。",
    "，2025年6月底前完成。",
    "，待巡察办验收。",
    "，剩余工作继续推进。",
    "，整改率95%。",
    "（除1个外）。",
    "，完成时限为年底。",
    "，预计年底销号。",
    "，正在申请销号。",
    "，部分问题需长期坚持。",
]
"""Ends with which less than all may be finished."""
ADDED = [
    "。",
    "，截止2023年6月。",
    "，责任人：张某。",
    "，责任单位：办公室。",
    "（2023年6月）。",
    "（截至2023年6月30日）。",
    "，2023年6月完成。",
    "，并报巡察办。",
    "，并通过巡察办验收。",
    "，取得明显成效。",
    "，长期坚持。",
    "，持续巩固。",
    "，群众比较满意。",
    "，后续加强监管。",
    "，整改率100%。",
    "；责任领导：李某。",
    "，整改完成时间2023年8月。",
]
PLACES = ("", "\n")


def read(words):
    notice = notice_of(f"""一、整改情况
1.关于公车管理不严的问题
整改情况：开展自查，严格派车审批。
2.关于档案管理混乱的问题
整改情况：清理档案，建成档案室。
3.关于固定资产底数不清的问题
整改情况：开展资产清查，做到账实相符。{words}
中共大河县民政局党组
2023年12月20日
""")
    doubts = {one.code for one in notice.anomalies} & {"blanket-unclear", "status-unclear"}
    return "".join(LETTERS[one.status] for one in notice.issues), bool(doubts)


@every([place + head + end for place, head, end in itertools.product(PLACES, HEADS, LEFT)])
def test_what_may_leave_some_makes_none_finished(words):
    found, is_doubted = read(words)
    assert "d" not in found
    assert is_doubted or found == "ooo"


@every([place + head + end for place, head, end in itertools.product(PLACES, HEADS, ADDED)])
def test_it_is_of_all_or_doubted(words):
    found, is_doubted = read(words)
    assert is_doubted or found == "ddd"
    assert found in ("ddd", "uud", "uuu")
