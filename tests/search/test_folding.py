"""The rule for folding: the same cases as in the browser, and what must hold for every character."""

import json
import string
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model.folding import fold, folding, terms

CASES = json.loads((Path(__file__).parent / "cases.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("text", "expected"), CASES["fold"])
def test_text_folds(text, expected):
    assert fold(text) == expected


@pytest.mark.parametrize(("query", "expected"), CASES["terms"])
def test_a_query_is_cut_into_words(query, expected):
    assert list(terms(query)) == expected


@given(st.text(), st.text())
def test_folding_looks_at_one_character_at_a_time(left, right):
    assert fold(left + right) == fold(left) + fold(right)


def test_folding_twice_is_folding_once():
    table = folding().table
    assert [char for char, to in table.items() if fold(to) != to] == []


def test_near_and_far_are_the_table():
    parts = folding()
    assert parts.near | parts.far == parts.table
    assert not parts.near.keys() & parts.far.keys()


def test_ascii_letters_and_digits_stay_searchable():
    assert fold(string.ascii_uppercase + string.digits) == string.ascii_lowercase + string.digits
