"""All notices together, and what follows from them: units, regions, topics, deadlines, figures."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple

from generator.content.config import Config
from generator.content.topics import OTHER, Assigned, Topic, TopicRules
from generator.model.notice import STATUSES, Contact, Followup, Issue, Notice, PartialDate, Region, Status, Unit

if TYPE_CHECKING:
    from generator.site.ledger_entries import Ledger, LedgerSums
    from generator.site.shown import NoticeBrief

DeadlineState = Literal["due", "over", "answered"]
"""未到期 · 期限已过，本站未收录后续通报 · 期限已过，该单位另有后续通报."""

NO_REGION = "none"
"""The code of units whose region is not known."""

Figures = Mapping[Status, int]
"""How many issues have which status; every status is there."""


class LoadedNotice(NamedTuple):
    """A notice as its content file gives it."""

    file: str
    notice: Notice
    digest: str
    """The hash of all that the notice was read from."""


def digest_of(text: str) -> str:
    """The hash of a content file."""
    return hashlib.sha256(text.encode()).hexdigest()


class Digested:
    """What can say by a short text what it was made from, the rules of topics aside."""

    __slots__ = ()

    digest: str
    """Says all of it."""
    shown: str
    """Says what lists show of it (site/shown.py)."""


class SiteIssue(NamedTuple):
    """An issue in its place; a named tuple, since there are hundreds of thousands."""

    within: str
    """The digest of its notice."""
    number: int
    """1-based, in the order of the notice."""
    anchor: str
    issue: Issue
    topics: tuple[Assigned, ...]
    deadline: PartialDate | None
    """Its own deadline, or that of the follow-up that continues it."""
    followup: str | None
    """Anchor of the follow-up that continues it."""
    shown: str

    @property
    def digest(self) -> str:
        """Says what it was made from."""
        return f"{self.within}#{self.anchor}"


class IssueFace(NamedTuple):
    """What lists ask of an issue before they show it: so its words are read where one of its lists is made."""

    number: int
    anchor: str
    status: Status
    topics: tuple[str, ...]
    """Their ids."""
    deadline: PartialDate | None
    followup: str | None
    shown: str


def face_of(issue: SiteIssue) -> IssueFace:
    """The face of an issue in its place."""
    topics = tuple(assigned.topic.id for assigned in issue.topics)
    status = issue.issue.status
    return IssueFace(issue.number, issue.anchor, status, topics, issue.deadline, issue.followup, issue.shown)


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteFollowup(Digested):
    """A follow-up in its place."""

    within: str
    """As of an issue, and so on."""
    number: int
    anchor: str
    followup: Followup
    issue: SiteIssue | None
    """The issue that it continues."""

    @property
    def digest(self) -> str:  # type: ignore[override]  # worked out when asked
        """Says what it was made from."""
        return f"{self.within}#{self.anchor}"

    @property
    def shown(self) -> str:  # type: ignore[override]
        """All of it."""
        return self.digest


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteNotice(Digested):
    """A notice in its place."""

    digest: str
    shown: str
    """Its facts, and how many issues have which status."""
    facts: str
    """Says its facts alone: what is shown of it beside an issue, a deadline or a line of the ledger."""
    brief: NoticeBrief
    notice: Notice
    anchors: Mapping[int, str]
    """Index of a heading in the body → its anchor."""
    issues: tuple[SiteIssue, ...]
    faces: tuple[IssueFace, ...]
    """Those of its issues."""
    followups: tuple[SiteFollowup, ...]
    figures: Figures
    source_file: str
    """Its name in content/sources, which is told to nobody; `notice.source.file` is what the public is told. Empty: the
    file may not be published."""
    ledger: list[Ledger] = field(default_factory=list, compare=False, repr=False)
    """Its own, once it was asked for: `ledger_of_notice`."""
    sums: list[LedgerSums] = field(default_factory=list, compare=False, repr=False)
    """What its own ledger sums up to, once it was asked for: `sums_alone`."""
    elsewhere: list[str] = field(default_factory=list, compare=False, repr=False)
    """What others show of it, once it was asked for: `elsewhere_of`."""

    @property
    def path(self) -> str:
        """`notices/<id>/`."""
        return f"notices/{self.notice.id}/"

    @property
    def changed(self) -> PartialDate | None:
        """The day of its last correction, else of its publication."""
        return max((one.date for one in self.notice.corrections), default=self.notice.published)

    @property
    def year(self) -> int | None:
        """The year of its publication."""
        return self.notice.published.year if self.notice.published else None


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteUnit(Digested):
    """A unit with all it published."""

    digest: str
    shown: str
    unit: Unit
    """As the newest notice names it."""
    notices: tuple[SiteNotice, ...]
    """Newest first."""
    contact: Contact
    contact_from: SiteNotice
    """The newest notice that gives a contact; without any the newest notice."""
    sort_key: tuple[str, str]
    """Pinyin of the name, and the name."""

    @property
    def region_code(self) -> str:
        """The code of its region, or `none`."""
        return self.unit.region.code if self.unit.region and self.unit.region.name else NO_REGION

    @property
    def path(self) -> str:
        """`units/<id>/`."""
        return f"units/{self.unit.id}/"


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteRegion(Digested):
    """A place with units in it or below it."""

    digest: str
    shown: str
    code: str
    """GB/T 2260, or `none` for units whose region is not known."""
    name: str
    full_name: str
    depth: int
    """0 province, 1 city or what lies in a province without a city between, 2 county of a city."""
    units: tuple[SiteUnit, ...]

    @property
    def newest(self) -> PartialDate | None:
        """The date of the newest notice in it."""
        dates = [unit.notices[0].notice.published for unit in self.units]
        return max((date for date in dates if date), default=None)

    @property
    def own(self) -> tuple[SiteUnit, ...]:
        """The units of the region itself, without those of the regions below it."""
        return tuple(unit for unit in self.units if unit.region_code == self.code)

    @property
    def path(self) -> str:
        """`regions/<code>/`."""
        return f"regions/{self.code}/"

    @property
    def issues_path(self) -> str:
        """`issues/region/<code>/`: where its issues are listed, if it has any."""
        return f"issues/region/{self.code}/"


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteDeadline(Digested):
    """A deadline of something that the notice calls unfinished, or does not call done."""

    date: PartialDate
    state: DeadlineState
    title: str
    anchor: str
    notice: SiteNotice
    later: SiteNotice | None
    """The unit's next notice, when there is one."""

    @property
    def digest(self) -> str:  # type: ignore[override]
        """Says what it was made from: its notice, and what the unit's next one makes of it."""
        return f"{self.notice.digest}#{self.anchor} {self.state} {self.later.digest if self.later else ''}"

    @property
    def shown(self) -> str:  # type: ignore[override]
        """Its day, state and title, and where it stands."""
        later = self.later.facts if self.later else ""
        return f"{self.notice.facts}#{self.anchor} {self.date.iso} {self.state} {later} {self.title}"


class IssueRow(NamedTuple):
    """An issue in a list."""

    item: SiteNotice
    face: IssueFace
    due: SiteDeadline | None
    """Its deadline or that of the follow-up that continues it, while it is not done."""

    @property
    def issue(self) -> SiteIssue:
        """With its words."""
        return self.item.issues[self.face.number - 1]

    @property
    def digest(self) -> str:
        """Says what it was made from: the issue, and what the unit's other notices make of its deadline."""
        issue = f"{self.item.digest}#{self.face.anchor}"
        return f"{issue} {self.due.digest}" if self.due else issue

    @property
    def shown(self) -> str:
        """The issue's face, its notice's facts, and its deadline."""
        face = f"{self.item.facts}#{self.face.anchor} {self.face.shown}"
        return f"{face} {self.due.shown}" if self.due else face


@dataclass(frozen=True, kw_only=True, eq=False)
class Site(Digested):
    """Everything that the pages speak of. What follows from all notices is worked out when it is first asked for."""

    digest: str
    shown: str
    config: Config
    rules: TopicRules
    as_of: dt.date | None
    """The day against which deadlines are judged; None when no notice has a date."""
    notices: tuple[SiteNotice, ...]
    """Newest first."""
    withdrawn: tuple[SiteNotice, ...]
    """撤下: what is left of notices that are in none of the lists, the latest withdrawn first."""
    units: tuple[SiteUnit, ...]
    """By pinyin."""

    @cached_property
    def unit_of(self) -> Mapping[str, SiteUnit]:
        """By the unit's id."""
        return {unit.unit.id: unit for unit in self.units}

    @cached_property
    def regions(self) -> tuple[SiteRegion, ...]:
        """Provinces by code, each followed by its cities and their counties."""
        return _regions(self.units)

    @cached_property
    def rows_of(self) -> Mapping[str, tuple[IssueRow, ...]]:
        """By the notice's id its issues as all lists have them: a row is one and the same in each."""
        return _Rows(self)

    @cached_property
    def issues(self) -> tuple[IssueRow, ...]:
        """Newest notice first."""
        return tuple(row for item in self.notices for row in self.rows_of[item.notice.id])

    @cached_property
    def topics(self) -> tuple[tuple[Topic, tuple[IssueRow, ...]], ...]:
        """Topics that have issues, in the order of the rules, with their issues."""
        return _topics(self.issues, self.rules)

    @cached_property
    def issues_by_region(self) -> Mapping[str, tuple[IssueRow, ...]]:
        """By a region's code the issues of its own units, newest notice first; regions without any are not there."""
        found: dict[str, list[IssueRow]] = {}
        for item in self.notices:
            if item.faces:
                code = self.unit_of[item.notice.unit.id].region_code
                found.setdefault(code, []).extend(self.rows_of[item.notice.id])
        return {code: tuple(rows) for code, rows in found.items()}

    @cached_property
    def deadlines_of(self) -> Mapping[str, tuple[SiteDeadline, ...]]:
        """By the notice's id, earliest first."""
        return _Deadlines(self)

    @cached_property
    def deadlines(self) -> tuple[SiteDeadline, ...]:
        """Latest first."""
        found = (deadline for item in self.notices for deadline in self.deadlines_of[item.notice.id])
        return tuple(sorted(found, key=lambda d: (-d.date.last_day.toordinal(), d.notice.notice.id)))

    @cached_property
    def figures(self) -> Figures:
        """Of all issues."""
        return add_figures(item.figures for item in self.notices)

    @cached_property
    def province_of(self) -> Mapping[str, SiteRegion]:
        """By a region's code, the province that it is or lies in."""
        found: dict[str, SiteRegion] = {}
        province: SiteRegion | None = None
        for region in self.regions:
            if province is None or not lies_in(region.code, province.code):
                province = region
            found[region.code] = province
        return found

    @cached_property
    def units_by_region(self) -> tuple[SiteUnit, ...]:
        """The units in the order of their regions' codes, those without a region last."""
        return tuple(sorted(self.units, key=lambda unit: (unit.region_code == NO_REGION, unit.region_code)))


class _Deadlines(dict[str, tuple[SiteDeadline, ...]]):
    """The deadlines of each notice, worked out for a whole unit when one of its notices is asked for."""

    def __init__(self, site: Site) -> None:
        super().__init__()
        self._site = site
        self._unit_of = {item.notice.id: site.unit_of[item.notice.unit.id] for item in site.notices}

    def __missing__(self, notice_id: str) -> tuple[SiteDeadline, ...]:
        unit = self._unit_of[notice_id]
        later = _later(unit)
        self.update(
            (item.notice.id, _deadlines(item, later.get(item.notice.id), self._site.as_of)) for item in unit.notices
        )
        return self[notice_id]


class _Rows(dict[str, tuple[IssueRow, ...]]):
    """The rows of each notice, worked out when they are asked for."""

    def __init__(self, site: Site) -> None:
        super().__init__()
        self._deadlines_of = site.deadlines_of
        self._items = {item.notice.id: item for item in site.notices}

    def __missing__(self, notice_id: str) -> tuple[IssueRow, ...]:
        item = self._items[notice_id]
        due = {deadline.anchor: deadline for deadline in reversed(self._deadlines_of[notice_id])}
        rows = tuple(
            IssueRow(
                item, face, due.get(face.followup or face.anchor) if face.deadline and face.status != "done" else None
            )
            for face in item.faces
        )
        self[notice_id] = rows
        return rows


def add_figures(many: Iterable[Figures]) -> Figures:
    """The sum of figures."""
    total = dict.fromkeys(STATUSES, 0)
    for figures in many:
        for status, count in figures.items():
            total[status] += count
    return total


def figures_of(faces: Iterable[IssueFace]) -> Figures:
    """The figures of issues."""
    counted = Counter(face.status for face in faces)
    return {status: counted[status] for status in STATUSES}


def joined(name: object, digests: Iterable[str]) -> str:
    """One digest for what is made of things that have digests."""
    return hashlib.sha256("\0".join((str(name), *digests)).encode()).hexdigest()


def lies_in(code: str, other: str) -> bool:
    """Whether a place is another one or inside of it: codes of GB/T 2260 have two digits a level.

    Cities right below a province (419001 济源) follow the province's last city, and are not in it.
    """
    return code.startswith(re.sub("(?:00){1,2}$", "", other))


def newest_first(item: SiteNotice) -> tuple[int, str]:
    """What notices are sorted by, the newest first."""
    published = item.notice.published
    return (-published.last_day.toordinal() if published else 0, item.notice.id)


def _regions(units: Sequence[SiteUnit]) -> tuple[SiteRegion, ...]:
    below: dict[str, list[SiteUnit]] = {}
    named: dict[str, Counter[tuple[str, str, int]]] = {}
    for unit in units:
        for code, name, full, depth in _places(unit.unit.region):
            below.setdefault(code, []).append(unit)
            named.setdefault(code, Counter())[name, full, depth] += 1
    # a code is one place and one address: one that a notice misnames is called as most call it
    places = {code: min(counts, key=lambda place: (-counts[place], place)) for code, counts in named.items()}
    return tuple(
        SiteRegion(
            digest=joined(places[code], (unit.digest for unit in inside)),
            shown=joined(places[code], (unit.shown for unit in inside)),
            code=code,
            name=places[code][0],
            full_name=places[code][1],
            depth=places[code][2],
            units=tuple(inside),
        )
        for code, inside in sorted(below.items(), key=lambda item: (item[0] == NO_REGION, item[0]))
    )


def _places(region: Region | None) -> list[tuple[str, str, str, int]]:
    """Code, name, full name and depth of the region and those around it, from GB/T 2260's two digits a level."""
    if region is None or not region.name:
        return [(NO_REGION, "地区未载明", "地区未载明", 0)]
    names = (region.province, region.city, region.county)
    places: list[tuple[str, str, str, int]] = []
    full = ""
    last = max(level for level, name in enumerate(names) if name)
    for level, name in enumerate(names):
        if name:
            code = region.code if level == last else region.code[: 2 + 2 * level].ljust(6, "0")
            if not places or places[-1][0] != code:  # a city without counties is in the column of counties, too
                full += name
                places.append((code, name, full, len(places) or level))
    return places


def _topics(rows: Iterable[IssueRow], rules: TopicRules) -> tuple[tuple[Topic, tuple[IssueRow, ...]], ...]:
    below: dict[str, list[IssueRow]] = {}
    for row in rows:
        for topic in row.face.topics:
            below.setdefault(topic, []).append(row)
    return tuple((topic, tuple(below[topic.id])) for topic in (*rules.topics, OTHER) if topic.id in below)


def _deadlines(item: SiteNotice, later: SiteNotice | None, as_of: dt.date | None) -> tuple[SiteDeadline, ...]:
    """Of each follow-up, and of each issue that is not done and no follow-up continues."""
    found = [
        SiteDeadline(date=date, state=_state(date, as_of, later), title=title, anchor=anchor, notice=item, later=later)
        for date, title, anchor in item.brief.dues
    ]
    return tuple(sorted(found, key=lambda deadline: deadline.date.last_day))


def _later(unit: SiteUnit) -> dict[str, SiteNotice]:
    """By a notice's id, its unit's notice that came next; undated notices come before and after none."""
    later: dict[str, SiteNotice] = {}
    newer: SiteNotice | None = None
    for item in unit.notices:
        date, before = item.notice.published, newer and newer.notice.published
        if date and before and newer and before.first_day > date.last_day:
            later[item.notice.id] = newer
        elif newer and newer.notice.id in later:
            later[item.notice.id] = later[newer.notice.id]
        newer = item if date else newer
    return later


def _state(date: PartialDate, as_of: dt.date | None, later: SiteNotice | None) -> DeadlineState:
    if as_of is None or date.last_day >= as_of:
        return "due"
    return "answered" if later else "over"
