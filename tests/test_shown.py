"""A target whose fingerprint an edit leaves as it was has the bytes that it had, whichever words the edit changed."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest

from generator.base.shipped import shipped
from generator.base.staging import Written
from generator.build.load import gather
from generator.build.plan import Plan
from generator.model.decisions import Correction
from generator.model.notice import Accountability, Contact, Inspection, Passage, Stated
from tests.samples import DATE, body, make_site, notice, put_notice

MONEY = Passage(words="收回违规发放的补贴2.5万元，清退3万元，诫勉谈话2人。", label="整改情况：", role="response")


def rich():
    """A body that says something for every page: money, people, deadlines, an issue of an earlier inspection."""
    found = list(body())
    found[10:11] = [MONEY, Passage(words="已修订办法。", role="response", run_on=True)]
    return tuple(found)


ITEMS = (
    notice(1, passages=rich()),
    notice(2, published="2025-08-01", passages=rich()),
    notice(3, unit="b-ju", name="乙局党组", passages=rich()),
    *(notice(number, unit=f"n-{number}", published="2024-12-01") for number in range(4, 22)),
)
"""More issues than a feed holds are newer than those of the notice that is edited."""
EDITED = ITEMS[0]


class _Kept:
    """A place for files that forgets all but what tells them apart."""

    def put(self, path, data):
        return Written(path=path, sha256=hashlib.sha256(data).hexdigest(), size=len(data), time=0, changed=True)


def planned(folder):
    """The plan of a site, its targets by name and the fingerprint of each; those of all words at once left out."""
    plan = Plan(gather(folder))
    targets = {target.name: target for one in plan.parts() for target in one.plan()}
    return targets, {name: plan.fingerprint(target) for name, target in targets.items()}, plan


def files(target):
    return [(file.path, file.sha256) for file in target.make(_Kept())]


def same_targets(folder, before, edited):
    """The names of the targets with the fingerprint they had `before` the edit, each proved to have its bytes."""
    targets, prints, plan = before
    put_notice(folder, edited)
    now, after, plan_now = planned(folder)
    sections = {one.name: one for one in plan.parts()}
    for section in plan_now.parts():  # where a section says that it is as it was, so is each of its targets
        last = sections.get(section.name)
        if last and last.made_from == section.made_from != "":
            names = [target.name for target in section.plan()]
            assert names == [target.name for target in last.plan()]
            assert [name for name in names if prints[name] != after[name]] == []
    kept = [name for name in now if prints.get(name) == after[name]]
    assert [name for name in kept if files(targets[name]) != files(now[name])] == []
    return kept, [name for name in now if name not in kept]


def with_words(number):
    some = list(EDITED.body)
    some[number] = some[number]._replace(words="又" + some[number].words)
    return replace(EDITED, body=tuple(some), anomalies=(), evidence=(), inferred=())


@pytest.fixture(scope="module")
def before(tmp_path_factory):
    folder = make_site(
        tmp_path_factory.mktemp("shown"), [replace(ITEMS[0], anomalies=(), evidence=(), inferred=()), *ITEMS[1:]]
    )
    return folder, planned(folder)


@pytest.mark.parametrize("number", range(len(EDITED.body)))
def test_another_word_is_shown_wherever_it_stood(before, number):
    folder, first = before
    kept, made = same_targets(folder, first, with_words(number))
    assert f"notices/{EDITED.id}/" in made
    assert kept


FACTS = {
    "title": {"title": "另一个题目"},
    "contact": {"contact": Contact(phones=("87654321",))},
    "inspection": {"inspection": Inspection(inspector="另一个组", feedback=DATE("2024-05-01"))},
    "date": {"published": DATE("2024-08-02")},
    "stated": {"stated": Stated(issues=4)},
    "people": {"accountability": Accountability(people=3)},
    "correction": {"corrections": (Correction(date=DATE("2026-01-05"), what="题目", why="笔误"),)},
    "no change": {},
}


@pytest.mark.parametrize("role", ["heading", "finding"])
def test_what_lists_show_makes_them_again(before, role):
    folder, first = before
    number = next(at for at, passage in enumerate(EDITED.body) if passage.role == role and at > 5)
    same_targets(folder, first, with_words(number))
    assert planned(folder)[2].of_lists != first[2].of_lists


@pytest.mark.parametrize("fact", FACTS)
def test_another_fact_is_shown_wherever_it_stood(before, fact):
    folder, first = before
    edited = replace(EDITED, anomalies=(), evidence=(), inferred=(), **FACTS[fact])
    _, made = same_targets(folder, first, edited)
    assert bool(made) == (fact != "no change")


MARKS = {
    "status": {"status": "done"},
    "quote": {"quote": "已修订办法。"},
    "deadline": {"deadline": DATE("2024-12-31")},
    "no deadline": {"deadline": None},
    "responsible": {"responsible": "另一个科室"},
    "topics": {"topics": ("工程建设",)},
    "what it continues": {"refers_to": "i3"},
}


@pytest.mark.parametrize(
    ("number", "mark"),
    [
        (number, mark)
        for number, passage in enumerate(EDITED.body)
        for mark, new in MARKS.items()
        if passage.marks and all(hasattr(passage.marks, field) for field in new)
    ],
)
def test_another_mark_is_shown_wherever_it_stood(before, number, mark):
    folder, first = before
    some = list(EDITED.body)
    some[number] = some[number]._replace(marks=replace(some[number].marks, **MARKS[mark]))
    same_targets(folder, first, replace(EDITED, body=tuple(some), anomalies=(), evidence=(), inferred=()))


def test_a_word_of_an_answer_makes_its_own_pages_and_those_that_quote_it(before):
    folder, first = before
    number = next(at for at, passage in enumerate(EDITED.body) if passage.words == "已修订办法。")
    _, made = same_targets(folder, first, with_words(number))
    quoting = {f"notices/{item.id}/" for item in ITEMS}
    assert {f"notices/{EDITED.id}/"} <= set(made) <= quoting
    assert planned(folder)[2].of_lists == first[2].of_lists


def test_where_a_template_is_the_site_s_own_every_word_counts(tmp_path):
    folder = make_site(tmp_path, ITEMS)
    shown = "{{ v.rows[0].item.notice.text }}"
    (folder / "templates").mkdir()
    page = (shipped("templates") / "issue-list.html").read_text("utf-8")
    (folder / "templates/issue-list.html").write_text(
        page.replace("{% block main %}", "{% block main %}" + shown), "utf-8"
    )
    first = planned(folder)
    _, made = same_targets(folder, first, with_words(len(EDITED.body) - 1))
    assert "issues/status/ongoing/index.html" in made
