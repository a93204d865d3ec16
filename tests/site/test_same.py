"""The same again: an issue's nearest by its title, and an empty box rather than a wrong one."""

from __future__ import annotations

import itertools
import math
from collections import Counter
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.build.driver import build
from generator.model.notice import Inspection, IssueMarks, Passage
from generator.pages.same import same_rows
from generator.site.alike_titles import LEAST, Titles, core_of, nearest
from generator.site.same import earlier, shared_words
from tests.samples import DATE, HEAD, make_site, notice
from tests.site.test_site import site_of

PAIRS = [
    line.split("\t")
    for line in (Path(__file__).parents[1] / "fixtures/same.tsv").read_text("utf-8").splitlines()
    if line
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
    assert [alike.mention.item.notice.unit.id for alike in row.alike] == ["b"]
    assert row.alike[0].score >= LEAST
    assert row.alike[0].shared == ("食堂管理混乱",)
    assert [before.item.notice.id for before in row.before] == ["own"]
    assert earlier(site.unit_of["a"], next(i for i in site.notices if i.notice.id == "own")) == {}


def test_titles_that_say_little_find_nothing():
    titles = Titles([("a", "其他问题"), ("b", "其他问题")])
    assert list(titles.like(0)) == []


def plainly(cores):
    """What `nearest` gives, title by title."""
    pairs = {one: {part[at : at + 2] for part in parts for at in range(len(part) - 1)} for one, parts in cores.items()}
    counts = Counter(pair for some in pairs.values() for pair in some)
    weight = {pair: round((1 << 20) * math.log(1 + (len(cores) + 1) / count) ** 2) for pair, count in counts.items()}
    runs = {
        one: {part[at : at + 3] for part in parts for at in range(max(1, len(part) - 2))}
        for one, parts in cores.items()
        if sum(map(len, parts)) >= 4
    }
    held = Counter(run for some in runs.values() for run in some)
    norm = {one: math.sqrt(sum(map(weight.__getitem__, some))) for one, some in pairs.items()}
    found = {}
    for one, other in itertools.permutations(runs, 2):
        if any(held[run] <= 24 for run in runs[one] & runs[other]):
            score = sum(map(weight.__getitem__, pairs[one] & pairs[other])) / (norm[one] * norm[other])
            if score >= LEAST:
                found.setdefault(one, []).append((-score, other))
    return {one: [(-score, other) for score, other in sorted(some)] for one, some in found.items()}


WORDS = ("党费", "食堂", "采购", "公车", "学习", "津补贴", "三重一大", "合同", "𠮷林", "固定资产")


@settings(max_examples=50)
@given(st.sets(st.lists(st.sampled_from(WORDS), min_size=1, max_size=5).map("".join), max_size=40), st.integers(1, 9))
def test_all_titles_at_once_are_as_alike_as_one_by_one(words, at_once):
    cores = {title: core for title in words if (core := core_of(title))}
    with patch("generator.site.alike_titles._AT_ONCE", at_once):
        assert nearest(cores) == plainly(cores)


def test_a_run_that_many_titles_have_brings_none_together():
    few, many = ({f"食堂采购{chr(0x4E00 + at)}{chr(0x5E00 + at)}": ("食堂采购",) for at in range(n)} for n in (24, 25))
    assert nearest(few) == plainly(few) != {}
    assert nearest(many) == plainly(many) == {}


def test_the_order_does_not_depend_on_how_they_came():
    pairs = [(f"u{number}", title) for number, title in enumerate(title for row in PAIRS for title in row[1:])]
    forward, backward = Titles(pairs), Titles(pairs[::-1])
    last = len(pairs) - 1
    for number in range(len(pairs)):
        one = [(round(score, 9), pairs[found][1]) for score, found in forward.like(number)]
        other = [(round(score, 9), pairs[last - found][1]) for score, found in backward.like(last - number)]
        assert one == other


def test_what_earlier_rounds_found_is_told_as_a_chain(tmp_path):
    rounds = [("2021", "常规巡察", "区委第二巡察组"), ("2024", "巡察整改“回头看”", "区委第一巡察组")]
    items = [
        notice(
            number,
            published=f"{year}-08-01",
            inspection=Inspection(
                inspector=who, kind=kind, start=DATE(f"{year}-01-01"), feedback=DATE(f"{year}-03-01")
            ),
        )
        for number, (year, kind, who) in enumerate(rounds, 1)
    ]
    folder = make_site(tmp_path, items)
    assert not build(folder, folder / "output").failed
    (html,) = (path.read_text("utf-8") for path in (folder / "output").glob("notices/*/same/index.html"))
    chain = BeautifulSoup(html, "html.parser").select_one(".timeline")
    steps = [" ".join(step.get_text(" ").split()) for step in chain.find_all("li")]
    assert [step.startswith(kind) for step, (_, kind, _) in zip(steps, rounds, strict=True)] == [True, True]
    assert "2021-03-01 反馈" in steps[0]
    assert "2021-08-01 通报第 1 项" in steps[0]
    assert "整改：本通报" in steps[1]
    assert all("截至目前，3个问题已全部完成。" in step for step in steps)
