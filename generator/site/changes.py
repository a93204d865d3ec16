"""有什么变化: new notices, corrections, withdrawals, promises that fell due, and statuses that a later notice moved."""

from __future__ import annotations

import datetime as dt
import functools
import re
import weakref
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from generator.model.decisions import Correction
from generator.model.notice import Inspection, PartialDate
from generator.site.model import Digested, Site, SiteDeadline, SiteIssue, SiteNotice, SiteUnit

EventKind = Literal["new", "moved", "due", "corrected", "withdrawn"]
"""新通报 · 状态变化 · 期限到了 · 更正 · 撤下."""

KIND_NAMES: Mapping[EventKind, str] = {
    "new": "新通报",
    "moved": "状态变化",
    "due": "期限到了",
    "corrected": "更正",
    "withdrawn": "撤下",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueMention(Digested):
    """What a notice says of an issue."""

    item: SiteNotice
    issue: SiteIssue

    @property
    def href(self) -> str:
        """Its place, from the site's root on."""
        return f"{self.item.path}index.html#{self.issue.anchor}"

    @property
    def digest(self) -> str:  # type: ignore[override]
        """Says what it was made from."""
        return self.issue.digest

    @property
    def shown(self) -> str:  # type: ignore[override]
        """The issue's face and its notice's facts."""
        return f"{self.item.facts}#{self.issue.anchor} {self.issue.shown}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event(Digested):
    """A change, on its day."""

    kind: EventKind
    date: PartialDate
    item: SiteNotice
    id: str
    """Unique in the site, never changes."""
    title: str
    href: str
    """From the site's root on."""
    before: IssueMention | None = None
    """Of a status that moved: what the earlier notice says."""
    after: IssueMention | None = None
    correction: Correction | None = None
    deadline: SiteDeadline | None = None
    why: str = ""
    """Why a notice was withdrawn."""

    @property
    def month(self) -> str:
        """2025-11, or the year when the day is known no better."""
        return self.date.iso[:7]

    @property
    def digest(self) -> str:  # type: ignore[override]
        """Says what it was made from."""
        told = (self.item, self.before, self.after, self.deadline)
        return " ".join((self.id, self.date.iso, self.title, *(one.digest if one else "" for one in told)))

    @property
    def shown(self) -> str:  # type: ignore[override]
        """Its day, its title and what it tells of."""
        told = (self.item, self.before, self.after, self.deadline)
        return " ".join((self.id, self.date.iso, self.title, *(one.shown if one else "" for one in told)))


_EVENTS: weakref.WeakKeyDictionary[Site, dict[str, tuple[Event, ...]]] = weakref.WeakKeyDictionary()


def events_of(site: Site, unit: SiteUnit) -> tuple[Event, ...]:
    """What changed about a unit, in no order; worked out once for all lists that have it."""
    known = _EVENTS.setdefault(site, {})
    found = known.get(unit.unit.id)
    if found is None:
        found = known[unit.unit.id] = tuple(_events(site, unit))
    return found


def _events(site: Site, unit: SiteUnit) -> Iterator[Event]:
    for item in unit.notices:
        notice = item.notice
        if notice.published:
            yield Event(
                kind="new",
                date=notice.published,
                item=item,
                id=f"new/{notice.id}",
                title=notice.title,
                href=item.path + "index.html",
            )
        for number, one in enumerate(notice.corrections, 1):
            yield Event(
                kind="corrected",
                date=one.date,
                item=item,
                id=f"correction/{notice.id}/{number}",
                title=notice.title,
                href=item.path + "index.html#corrections",
                correction=one,
            )
        yield from (_due(deadline) for deadline in site.deadlines_of[notice.id] if _fell_due(deadline, site.as_of))
    yield from _moved(unit)


def _fell_due(deadline: SiteDeadline, as_of: dt.date | None) -> bool:
    return as_of is not None and deadline.date.last_day <= as_of


def _due(deadline: SiteDeadline) -> Event:
    item = deadline.notice
    return Event(
        kind="due",
        date=deadline.date,
        item=item,
        id=f"due/{item.notice.id}/{deadline.anchor}",
        title=deadline.title,
        href=f"{item.path}index.html#{deadline.anchor}",
        deadline=deadline,
    )


def withdrawals(site: Site) -> Iterator[Event]:
    """The notices that were withdrawn."""
    for item in site.withdrawn:
        if gone := item.notice.withdrawn:
            yield Event(
                kind="withdrawn",
                date=gone.date,
                item=item,
                id=f"withdrawn/{item.notice.id}",
                title=item.notice.title,
                href=item.path + "index.html",
                why=gone.why,
            )


_ORDER = tuple(KIND_NAMES)


def in_order(events: Iterable[Event]) -> tuple[Event, ...]:
    """The latest first; of one day the kinds in order."""
    return tuple(sorted(events, key=lambda e: (-e.date.last_day.toordinal(), _ORDER.index(e.kind), e.id)))


# ---------------------------------------------------------------------------------------- one issue, two notices


def courses(unit: SiteUnit) -> tuple[tuple[IssueMention, ...], ...]:
    """The issues that several notices of the unit tell of, each told by each, the earliest first."""
    if len(unit.notices) == 1:
        return ()
    found: dict[tuple[str, str], list[IssueMention]] = {}
    for item in reversed(unit.notices):
        if item.notice.published is None:
            continue
        titles = Counter(same_title(one.issue.title) for one in item.issues)
        for one in item.issues:
            title = same_title(one.issue.title)
            if titles[title] == 1 and len(title) >= _LEAST:
                found.setdefault((title, ""), []).append(IssueMention(item=item, issue=one))
    return tuple(course for mentions in found.values() for course in _certain(mentions))


_LEAST = 6
"""Characters of a title that tells an issue from others."""


def _certain(mentions: Sequence[IssueMention]) -> Iterator[tuple[IssueMention, ...]]:
    """Stretches of notices that surely speak of the same: of one inspection, or with the same finding word for word."""
    run: list[IssueMention] = []
    for one in mentions:
        if run and not _is_same(run[-1], one):
            if len(run) > 1:
                yield tuple(run)
            run = []
        run.append(one)
    if len(run) > 1:
        yield tuple(run)


def _is_same(one: IssueMention, other: IssueMention) -> bool:
    first, second = _dated(one.item.notice.inspection), _dated(other.item.notice.inspection)
    if first and second:
        return first == second
    finding = "".join((one.issue.issue.finding or "").split())
    return bool(finding) and finding == "".join((other.issue.issue.finding or "").split())


def _dated(inspection: Inspection) -> PartialDate | None:
    date = inspection.feedback or inspection.start
    return date if date and date.day else None


_FRAME = re.compile(r"^(?:针对|关于|对于|对|在)|(?:的?(?:具体)?问题|方面)$")
_NO_WORDS = re.compile(r"[\W_]+")


@functools.lru_cache(maxsize=1 << 16)
def same_title(title: str) -> str:
    """A title without what notices put around it: 针对“……”的问题。"""
    words = _NO_WORDS.sub("", title)
    while (bare := _FRAME.sub("", words)) != words and bare:
        words = bare
    return words


def _moved(unit: SiteUnit) -> Iterator[Event]:
    for course in courses(unit):
        for before, after in pairwise(course):
            said, date = after.issue.issue, after.item.notice.published
            if date and said.status != before.issue.issue.status and said.status_quote:
                yield Event(
                    kind="moved",
                    date=date,
                    item=after.item,
                    id=f"moved/{after.item.notice.id}/{after.issue.anchor}",
                    title=said.title,
                    href=after.href,
                    before=before,
                    after=after,
                )
