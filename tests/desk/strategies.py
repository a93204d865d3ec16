"""Acts of every kind on any notice: most of them possible, some of them refused."""

from __future__ import annotations

from pathlib import Path

from hypothesis import strategies as st

from generator.content.config import Config
from generator.content.notice_file import read_notice
from generator.desk import acts
from generator.desk.facts import PATHS
from generator.desk.places import place, whole
from generator.model.notice import ROLES, STATUSES, PartialDate
from tests.samples import notice as sample
from tests.strategies import notices as any_notices

NOTICES = sorted(Path("content/notices").rglob("*.md"))
FIVE = [read_notice(path.read_text("utf-8"))[0] for path in NOTICES if path.name != "README.md"]
BY = acts.By(who="陈某", day=PartialDate(2025, 11, 28), config=Config(name="x", base_url="https://x/"))
DATES = st.sampled_from([None, PartialDate(2025, 7, 31), PartialDate(2025, 8), PartialDate(2024, 2, 29)])
VALUES = {
    "unit.region": ["350626", "110105", "999999", ""],
    "published": ["2025-11-28", "2025-02", "x", ""],
}
ORDINARY = ["", "12", "2025-01-06", "区委第二巡察组", "a\nb", "0596-5835406", "x: y #z", "'", "null"]

notices = st.one_of(st.sampled_from(FIVE), st.just(sample()), any_notices())


@st.composite
def places(draw, notice):
    """A whole passage, or a part of one, or something wider."""
    index = draw(st.integers(0, len(notice.body) - 1))
    if draw(st.booleans()):
        return whole(notice, index)
    base, size = notice.starts[index], len(notice.body[index].text)
    start = draw(st.integers(0, max(0, size - 1)))
    return place(notice, base + start, base + draw(st.integers(start + 1, max(start + 1, size))))


def _anchors(notice):
    return st.sampled_from([one.anchor for one in notice.body if one.anchor] or ["i1"])


@st.composite
def single_acts(draw, notice):
    """One act, of a kind that is chosen first."""
    at = places(notice) if notice.body else st.nothing()
    anchors, quotes = _anchors(notice), st.one_of(st.none(), at)
    levels = st.integers(0, 5)
    table = [
        st.builds(acts.MarkHeading, at=at, level=levels),
        st.builds(acts.MarkIssue, at=at, level=levels),
        st.builds(acts.MarkFollowup, at=at, of=st.none() | anchors),
        st.builds(acts.MarkRole, at=at, role=st.sampled_from(sorted(ROLES - {"heading", "title"}))),
        st.builds(acts.SetLevel, anchor=anchors, level=st.integers(1, 5), with_below=st.booleans()),
        st.builds(acts.SetLabel, at=at, length=st.integers(0, 8)),
        st.builds(acts.Split, at=at),
        st.builds(acts.Join, at=at),
        st.builds(acts.MergeIssue, anchor=anchors),
        st.builds(acts.SetStatus, issue=anchors, status=st.sampled_from(STATUSES), quote=quotes),
        st.builds(acts.SetDeadline, anchor=anchors, date=DATES, quote=quotes, inferred=st.booleans()),
        st.builds(acts.SetResponsible, issue=anchors, at=quotes),
        st.builds(acts.SetTopics, issue=anchors, names=st.sampled_from([None, (), ("财务",), ("财务", "党建")])),
        st.sampled_from(sorted(PATHS)).flatmap(
            lambda path: st.builds(
                acts.SetFact,
                path=st.just(path),
                value=st.sampled_from(VALUES.get(path, ORDINARY)),
                quote=quotes,
                inferred=st.booleans(),
            )
        ),
        st.builds(acts.Accept, code=st.just("unpaired"), quote=st.sampled_from([None, "a", "b"]), why=st.just("原文")),
        st.builds(acts.Retract, code=st.just("unpaired"), quote=st.sampled_from([None, "a"])),
        st.builds(
            acts.AddMask,
            kind=st.sampled_from(["person", "other"]),
            why=st.just("个人信息"),
            value=at.map(lambda one: one.words[:40]),
        ),
        st.builds(acts.RemoveMask, number=st.integers(1, 2)),
        st.builds(acts.Withdraw, why=st.just("撤下")),
        st.builds(acts.Reinstate),
        st.builds(acts.Sign, step=st.sampled_from(["初审", "复审", "三审"]), name=st.just("周某")),
    ]
    return draw(draw(st.sampled_from(table)))


def errata(notice):
    """Other words at a place."""
    return st.builds(
        acts.Errata, at=places(notice), after=st.sampled_from(["字", "2025年", "a b", "**"]), why=st.just("x")
    )


def any_acts(notice):
    """One act or several at once."""
    one = single_acts(notice)
    several = st.lists(one, min_size=1, max_size=3).map(lambda rows: acts.Batch(tuple(rows)))
    return st.one_of(one, one, one, several)
