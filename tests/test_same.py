"""The same again: an issue's nearest by its title, and an empty box rather than a wrong one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from generator.model.notice import Inspection, IssueMarks, Passage
from generator.pages.same import same_rows
from generator.site.same import LEAST, Titles, earlier, shared_words
from tests.samples import DATE, HEAD, notice
from tests.test_site import site_of

PAIRS = [
    line.split("\t") for line in (Path(__file__).parent / "fixtures/same.tsv").read_text("utf-8").splitlines() if line
]


def first_ranks():
    """Of each title in the pairs: it, the one shown first, and whether they were labelled the same."""
    titles = [title for _, one, other in PAIRS for title in (one, other)]
    found = Titles([(f"u{number}", title) for number, title in enumerate(titles)])
    for number, title in enumerate(titles):
        nearest = next(found.like(number), None)
        if nearest:
            is_pair = nearest[1] // 2 == number // 2
            yield title, titles[nearest[1]], is_pair and PAIRS[number // 2][0] == "same"


def test_nine_of_ten_shown_first_are_the_same_problem():
    shown = list(first_ranks())
    wrong = [(one, other) for one, other, is_right in shown if not is_right]
    assert len(PAIRS) == 60
    assert len(shown) >= 36  # of the 60 titles that have one: to show nothing is no skill
    assert 1 - len(wrong) / len(shown) >= 0.9, wrong


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("党建主体责任履行不到位", "履行党建主体责任不够到位", ("党建主体责任", "履行", "到位")),
        ("食堂管理混乱", "职工食堂管理混乱", ("食堂管理混乱",)),
        ("甲乙", "丙丁", ()),
    ],
)
def test_the_words_shared_explain_it(one, other, expected):
    assert shared_words(one, other) == expected


def told(number, titles, *, unit, feedback="2024-01-01", published="2024-08-01"):
    body = tuple(
        Passage(words=title, label=f"{at}.", level=1, anchor=f"i{at}", marks=IssueMarks(status="unstated"), **HEAD)
        for at, title in enumerate(titles, 1)
    )
    fields = {"accountability": None, "anomalies": (), "evidence": (), "inferred": ()}
    inspection = Inspection(feedback=DATE(feedback))
    return notice(number, unit=unit, passages=body, inspection=inspection, published=published, **fields)


def test_an_issue_is_shown_with_those_of_other_units_alone():
    title, other = "针对食堂管理混乱的问题", "固定资产账实不符"
    one = told(1, [title, other], unit="a")
    again = told(2, ["食堂管理混乱", "干部选任把关不严"], unit="b")
    own = replace(told(3, ["食堂管理混乱"], unit="a", feedback="2022-01-01", published="2022-08-01"), id="own")
    site = site_of([one, again, own])
    item = next(item for item in site.notices if item.notice.id == one.id)
    (row,) = same_rows(site, item)
    assert [alike.told.item.notice.unit.id for alike in row.alike] == ["b"]
    assert row.alike[0].score >= LEAST
    assert row.alike[0].shared == ("食堂管理混乱",)
    assert [before.item.notice.id for before in row.before] == ["own"]
    assert earlier(site.unit_of["a"], next(i for i in site.notices if i.notice.id == "own")) == {}


def test_titles_that_say_little_find_nothing():
    titles = Titles([("a", "其他问题"), ("b", "其他问题")])
    assert list(titles.like(0)) == []


def test_the_order_does_not_depend_on_how_they_came():
    pairs = [(f"u{number}", title) for number, title in enumerate(title for row in PAIRS for title in row[1:])]
    forward, backward = Titles(pairs), Titles(pairs[::-1])
    last = len(pairs) - 1
    for number in range(len(pairs)):
        one = [(round(score, 9), pairs[found][1]) for score, found in forward.like(number)]
        other = [(round(score, 9), pairs[last - found][1]) for score, found in backward.like(last - number)]
        assert one == other
