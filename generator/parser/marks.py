"""The marks of issues and follow-ups: status and the words that say it, deadline, what continues what."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Sequence
from typing import NamedTuple

from generator.base.diagnostics import Span
from generator.model.notice import FollowupMarks, IssueMarks, PartialDate, Passage, Role
from generator.parser import status
from generator.parser.deadlines import labelled, promised
from generator.parser.facts import Facts
from generator.parser.items import Doubt, Item, Place, Said, items_of
from generator.parser.told import Around


class _Due(NamedTuple):
    """A deadline and its place."""

    date: PartialDate
    place: Place
    is_damaged: bool


class Marked(NamedTuple):
    """The body with the marks of every issue and follow-up, the deadlines that were inferred, and where marks stand."""

    body: tuple[Passage, ...]
    inferred: tuple[str, ...]
    evidence: tuple[tuple[str, Span], ...]
    doubts: tuple[Doubt, ...]


def marked(body: Sequence[Passage], starts: Sequence[int], facts: Facts) -> Marked:
    """The marks of a body's issues and follow-ups: status with its quote, deadline, what continues what."""
    items = items_of(body)
    issues = [item for item in items if item.is_issue]
    followups = [item for item in items if not item.is_issue]
    stated = facts.stated
    is_unfinished = bool(stated.issues and stated.done and stated.done < stated.issues)
    around = Around.of(body, items, is_unfinished=is_unfinished)
    after = facts.dates.feedback or facts.dates.end or facts.published
    new = list(body)
    inferred: list[str] = []
    places: list[tuple[str, Place]] = []
    continued: dict[str, Item] = {}
    titles = {item.name: item for item in reversed(issues)} if followups else {}

    def keep(path: str, due: _Due | None) -> None:
        if due is not None:
            places.append((path, due.place))
            inferred.extend([path] if due.is_damaged else [])

    for item in followups:
        issue = _same_title(item.name, titles)
        refers_to = issue.head.anchor if issue else None
        due = _due(item, ("deadline",), after) or _due(item, ("next",), after) or _promise(item, after, facts.published)
        keep(f"followups.{item.head.anchor}.deadline", due)
        marks = FollowupMarks(deadline=due.date if due else None, refers_to=refers_to)
        new[item.at] = _marked(item.head, marks)
        if refers_to is not None:
            continued.setdefault(refers_to, item._replace(head=new[item.at]))
    for item in issues:
        follow = continued.get(item.head.anchor or "")
        said, due = _read(item, follow, around, after, facts.published)
        if said.place is not None:
            places.append((f"issues.{item.head.anchor}.status_quote", said.place))
        keep(f"issues.{item.head.anchor}.deadline", due)
        marked = IssueMarks(
            status=said.status,
            quote=said.place.of(body) if said.place else None,
            deadline=due.date if due else _deadline_of(follow),
        )
        new[item.at] = _marked(item.head, marked)
    free = sum(passage.anchor is not None and passage.anchor.startswith("b") for passage in body)
    for number, index in enumerate(sorted(around.spread), free + 1):
        new[index] = new[index]._replace(anchor=f"b{number}")
    evidence = tuple((path, place.in_text(body, starts)) for path, place in places)
    return Marked(tuple(new), tuple(inferred), evidence, tuple(around.doubts))


def _marked(head: Passage, marks: IssueMarks | FollowupMarks) -> Passage:
    return Passage(
        words=head.words, role=head.role, label=head.label, level=head.level, run_on=head.run_on,
        anchor=head.anchor, marks=marks,
    )  # fmt: skip


def _read(
    item: Item, follow: Item | None, around: Around, after: PartialDate | None, published: PartialDate | None
) -> tuple[Said, _Due | None]:
    """The status of an issue and its deadline.

    An answer that promises a date to come is not done, whatever a blanket sentence says of all issues.
    """
    said = _status(item, follow, around)
    if said.is_open:
        return said, _due(item, ("deadline", "status", "next"), after) or _promise(item, after, published)
    due = _due(item, ("deadline",), after)
    is_to_come = due is not None and published is not None and due.date.first_day > published.last_day
    if due is not None:
        return (Said("ongoing", Place(due.place.at)) if is_to_come and said.status == "unstated" else said), due
    due = None if said.is_own else _promise(item, after, published)
    if due is None or published is None or due.date.first_day <= published.last_day:
        return said, None
    return Said("ongoing", due.place), due


def _status(item: Item, follow: Item | None, around: Around) -> Said:
    """The status of an issue by the words of its own, else by what stands around it."""
    if follow is not None:
        return Said("ongoing", Place(follow.at), is_own=True)
    named = around.named.get(item.at)
    if named is not None and named.is_open:
        return named
    return _own_status(item, around) or _status_around(item, around)


def _own_status(item: Item, around: Around) -> Said | None:
    """What the issue's own words say: its status passages, its title, its answer. What is open there stays open."""
    own = [at for at in item.last_first("status") if at[0] not in around.spread]
    found = [
        said
        for index, passage in own
        if (said := status.decisive(passage.words)) and not (said == "done" and _may_be_of_less(item, index, around))
    ]
    if found:
        return Said(next((said for said in found if said != "done"), "done"), is_own=True)
    if in_title := status.bracketed_in(item.head.words):
        return Said(in_title.status, Place(item.at, in_title.span), is_own=True)
    answer = list(item.last_first("response"))
    return (
        _said_in(answer[:1], status.last_clause_of, *_BEGINNING)
        or _said_in(answer[-1:], *_BEGINNING)
        or _said_in(answer[:1], status.sentence_in)
    )


def _may_be_of_less(item: Item, index: int, around: Around) -> bool:
    """Whether a closing sentence may speak of what was found on the way: …发现问题58个。以上问题已整改完成。"""
    at = index - item.at - 1
    passage, before = item.below[at], item.below[at - 1] if at else None
    is_closing = before is not None and before.role == "response" and passage.run_on and not passage.label
    if before is None or not is_closing or passage.words in around.formulas:
        return False
    return status.may_be_of_less(passage.words, before.words)


def _status_around(item: Item, around: Around) -> Said:
    if around.unfinished and len(item.name) >= _SHORTEST_NAME:
        for place, sentence in around.unfinished:
            if item.name in sentence:
                return Said("ongoing", place, is_own=True)
    told = around.rest.get(item.at)
    for index in reversed(item.above):
        of_title = around.headings.get(index)
        if of_title is not None and (told is None or of_title != "done"):
            return Said(of_title, Place(index))
    return told or around.named.get(item.at) or Said("unstated")


_SHORTEST_NAME = 6
_BEGINNING = (status.bracketed_in, status.first_clause_of)


def _said_in(passages: Sequence[tuple[int, Passage]], *clauses: Callable[[str], status.Said | None]) -> Said | None:
    """What the first of the clauses that a passage has says of its issue."""
    for index, passage in passages:
        for clause_of in clauses:
            if clause := clause_of(passage.words):
                return Said(clause.status, Place(index, clause.span), is_own=True)
    return None


_MANY = 300
"""Issues and sentences that are compared with each other: more than a notice has, so that the cost stays linear."""


def _same_title(name: str, titles: dict[str, Item]) -> Item | None:
    """The issue whose title is the same, or nearly: one holds the other, or nine tenths agree."""
    if name in titles:
        return titles[name]
    if len(titles) > _MANY:
        return None
    for other, item in titles.items():
        if len(name) >= 6 and len(other) >= 6 and (name in other or other in name):
            return item
    near = difflib.get_close_matches(name, titles, n=1, cutoff=0.85)
    return titles[near[0]] if near else None


def _due(item: Item, roles: Sequence[Role], after: PartialDate | None) -> _Due | None:
    """The deadline that the item's passages of `roles` print."""
    for index, passage in item.last_first(*roles):
        found = labelled(passage.words, after, is_label=passage.role == "deadline")
        if found is not None:
            return _Due(found.date, Place(index, found.span), found.is_damaged)
    return None


def _promise(item: Item, after: PartialDate | None, published: PartialDate | None) -> _Due | None:
    """The deadline that the issue's answer sets itself."""
    for index, passage in item.last_first("response"):
        found = promised(passage.words, after, published)
        if found is not None:
            return _Due(found.date, Place(index, found.span), found.is_damaged)
    return None


def _deadline_of(follow: Item | None) -> PartialDate | None:
    marks = follow.head.marks if follow else None
    return marks.deadline if isinstance(marks, FollowupMarks) else None
