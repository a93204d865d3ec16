"""Units in people's words: the same cases as in the browser."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model.folding import fold, terms
from generator.search.alike import ALIKE
from generator.search.short_names import short_names, skipped

CASES = json.loads((Path(__file__).parent / "cases.json").read_text(encoding="utf-8"))
NAMES = st.text(st.sampled_from("东山县卫生健康局委"), min_size=1)


@pytest.mark.parametrize(("query", "name", "expected"), CASES["names"])
def test_a_query_finds_a_name_that_has_its_characters_in_order(query, name, expected):
    assert skipped(terms(query), fold(name)) == expected


@pytest.mark.parametrize(("query", "expected"), CASES["may name"])
def test_a_query_that_may_name_a_unit_is_known_by_its_form(query, expected):
    assert bool(re.search(short_names().pattern, query)) == expected


@given(NAMES, st.data())
def test_whatever_stands_in_order_is_found_and_what_stands_together_skips_nothing(name, data):
    kept = data.draw(st.lists(st.booleans(), min_size=len(name), max_size=len(name)))
    query = "".join(char for char, keep in zip(name, kept, strict=True) if keep)
    if query:
        assert skipped([query], name) is not None
        assert skipped([query], query + name) == 0


def test_the_table_is_folded_and_shortens():
    roots, ends, bodies = short_names()
    every = [*roots, *ends, *bodies, *(full for row in (*roots.values(), *ends.values()) for full in row)]
    assert [fold(word) for word in every] == every
    assert all(roots.values())
    assert len(set(bodies)) == len(bodies)


def test_characters_that_are_alike_stand_in_one_group():
    every = "".join(ALIKE)
    assert fold(every) == every
    assert len(set(every)) == len(every)
    assert min(map(len, ALIKE)) > 1
