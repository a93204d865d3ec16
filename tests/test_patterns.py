"""No regular expression of the program can be made to run for long: docs/security.md."""

from __future__ import annotations

import re

import pytest

from tests import patterns
from tests.patterns import Use, faults, growth, uses

USES = uses()
MADE = {
    "base/alternatives.py": "a trie of escaped words",
    "base/late_patterns.py": "those that modules name, each of which is looked at",
    "content/spelled.py": "the letters of a name",
    "model/personal.py": "one set of characters",
    "content/fact_fidelity.py": "a date's figures",
    "content/masks.py": "branches of a trie of escaped values, which share no beginning",
    "content/phrases.py": "escaped phrases with their variants, no repeats",
    "content/topics.py": "escaped words, no repeats",
    "search/short_names.py": "one escaped character",
    "site/ledger.py": "a measure out of a table, escaped, and one bounded number",
    "parser/text.py": "one set of characters",
    "readers/html/controls.py": "a side's name and repeats that give nothing back",
    "readers/signatures.py": "the rows of SIGNATURES, which are all looked at",
    "sitelint/frame.py": "a name out of a table",
    "sitelint/reading.py": "a pattern out of a table, over the own site",
}
"""Files with patterns that are made when the program runs, and why they cannot be made to run for long."""
ENOUGH = 60
"""Texts for each pattern; `make growth` tries all of them."""


def test_all_patterns_are_found():
    assert len(USES) > 400
    assert {use.where.partition("/")[0] for use in USES} >= {
        "base",
        "content",
        "model",
        "parser",
        "readers",
        "sitelint",
    }


@pytest.mark.parametrize("folder", sorted({use.where.partition("/")[0] for use in USES}))
def test_no_pattern_grows_faster_than_its_text(folder):
    found = [growth(use, ENOUGH) for use in USES if use.where.startswith(folder + "/")]
    assert [str(one) for one in found if one and not one.is_linear] == []


def test_no_pattern_can_be_cut_in_many_ways():
    assert [(use.where, fault) for use in USES for fault in faults(use)] == []


@pytest.mark.parametrize(
    ("pattern", "method"),
    [
        (r"(?:a+)+b", "match"),
        (r"(?:[^\n]*\r?\n)*x", "match"),
        (r"(?:a|ab|b)*c", "match"),
        (r"\s+$", "search"),
        (r"(?:x\s*)*\s*y", "match"),
        (r"<!--.*?-->", "sub"),
        (r"\d+个", "findall"),
        (r"(?:<!--.*?-->\s*)*<p", "match"),
        (r"(?=.*X)a", "search"),
        (r"“[^”]*”", "finditer"),
        (r"\s*\d?\s*:", "match"),
        (r"[a-z](?:[a-z.]*[a-z])?@", "search"),
    ],
)
def test_a_bad_pattern_is_found_out(pattern, method):
    found = growth(Use("x:1", pattern, re.DOTALL, frozenset({method})))
    assert found
    assert not found.is_linear


@pytest.mark.parametrize(
    ("pattern", "is_bad"),
    [
        (r"(?:a+)+b", True),
        (r"(?:a++)+b", False),
        (r"(?:ab*)*c", False),
        (r"(?:a[ab]*)*c", True),
        (r"(?:,[^,]*)*c", False),
        (r"(?:a|bc)*+", True),
        (r"(?>(?:a|bc)*)", False),
        (r"(?:a(?:b*)?)*", False),
        (r"a*a*b", True),
        (r"a*a*", False),
        (r"a*+a*b", False),
        (r"\s*\s+x", True),
        (r"\s*,\s+x", False),
        (r".*x.*y", True),
        (r"(?>.*?x).*y", False),
        (r"[^,]*,[^,]*$", False),
        (r"(\w+)\d*$", True),
        (r"(?:a*|b)c?a+$", True),
        (r"a*(?:b|a)a*$", True),
    ],
)
def test_what_the_tree_shows(pattern, is_bad):
    assert bool(faults(Use("x:1", pattern, 0, frozenset({"match"})))) is is_bad


def test_every_pattern_that_is_made_when_the_program_runs_is_known():
    assert patterns.unknown <= MADE.keys()
