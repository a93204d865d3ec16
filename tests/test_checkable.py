"""可核实要素: what of an answer can be checked is counted and marked, and no word changes."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model.checkable import counts_of, facts_in
from generator.render.renderer import checkable

ROWS = [
    ("2023年11月29日召开会议，8月23日再开。", [("date", "2023年11月29日"), ("date", "8月23日")]),
    ("2024-08-23、2024.8.23、2025年3月", [("date", "2024-08-23"), ("date", "2024.8.23"), ("date", "2025年3月")]),
    ("退还2.56万元、约3万元。", [("amount", "2.56万元"), ("amount", "约3万元")]),
    ("召开 1 次会议，培训120余人次，覆盖率98.5%。", [("count", "1 次"), ("count", "120余人次"), ("count", "98.5%")]),
    ("印发泉卫办〔2021〕12号。", [("number", "印发泉卫办〔2021〕12号")]),
    ("出台《公务用车管理规定》2项制度。", [("title", "《公务用车管理规定》"), ("count", "2项")]),
    ("《关于2021年工作的通知》", [("title", "《关于2021年工作的通知》")]),
    ("加强学习，提高认识。", []),
    ("十八大以来，第3支部", []),
]


@pytest.mark.parametrize(("text", "expected"), ROWS, ids=[row[0] for row in ROWS])
def test_what_can_be_checked(text, expected):
    assert [(fact.kind, text[fact.start : fact.end]) for fact in facts_in(text)] == expected


def test_kinds_are_counted_in_a_fixed_order():
    text = "召开3次会议，2024年5月1日印发《办法》和《细则》。"
    assert counts_of(text) == (("日期", 1), ("数目", 1), ("文件、制度", 2))
    assert counts_of("加强管理。") == ()


@given(st.text(alphabet="0123456789年月日元万次《》〔〕号<>&\"'第约 ", max_size=60))
def test_marks_change_no_word(text):
    html = str(checkable(text))
    plain = re.sub("</?b>", "", html)
    for entity, sign in (("&lt;", "<"), ("&gt;", ">"), ("&#34;", '"'), ("&#39;", "'"), ("&amp;", "&")):
        plain = plain.replace(entity, sign)
    assert plain == text
    ends = [fact.end for fact in facts_in(text)]
    assert all(fact.start >= end for end, fact in zip(ends, facts_in(text)[1:], strict=False))


@pytest.mark.parametrize("piece", ["1", "《", "2024年", "一", "1.", "元"])
def test_cost_grows_with_the_length_alone(piece):
    facts_in(piece * 20_000)
