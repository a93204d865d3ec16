"""No regular expression of a script can be made to run for long in a citizen's browser: docs/security.md."""

from __future__ import annotations

import re
import shutil

import pytest

from tests.js_patterns import NODE_MODULES, growths, patterns
from tests.patterns import Use, faults

pytestmark = pytest.mark.skipif(
    shutil.which("node") is None or not (NODE_MODULES / "acorn").is_dir(),
    reason="node or acorn is not installed: npm ci --prefix tests/browser",
)
MADE = {
    "search-more.js": {
        "new RegExp(kit.ASKS.source, 'g')": "a pattern of search.js, which is looked at there",
        "new RegExp(pattern)": "two escaped words with at most one character between them",
    },
    "search.js": {"new RegExp(entry.named)": "of the search index, and looked at here"},
}
"""Those that are made when a script runs, and why they cannot be made to run for long."""
ENOUGH = 60
"""Texts for each pattern; `python -m tests.js_patterns` tries all of them."""


@pytest.fixture(scope="module")
def found():
    return patterns()


def test_all_are_found(found):
    assert {use.where.split(":")[0] for use in found.uses} >= {"search.js", "search-more.js", "site.js", "proof.js"}
    assert len(found.uses) > 30
    assert found.made == {script: set(rows) for script, rows in MADE.items()}


def test_none_grows_faster_than_its_text(found):
    assert [str(one) for one in growths(found.uses, ENOUGH) if not one.is_linear] == []


def test_none_can_be_cut_in_many_ways(found):
    assert [(use.where, fault) for use in found.uses for fault in faults(use)] == []


@pytest.mark.parametrize("pattern", [r"(?:a+)+b", r"截至.*?日（.*?）", r"\B(?=(\d{3})+$)", r"\s+$"])
def test_a_bad_pattern_is_found_out(pattern):
    [one] = growths([Use("x.js:1", re.compile(pattern).pattern, 0, frozenset({"g"}))], 10**6)
    assert not one.is_linear
