"""What can be found: records (units, notices, issues, follow-ups) in groups that share a file.

The words of a record are runs of the notice's text, verbatim. A query never spans two runs.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal, NamedTuple

from generator.model.notice import Contact, Notice, PartialDate, Passage, Region, Status
from generator.model.phones import DASHES
from generator.site.model import Site, SiteFollowup, SiteIssue, SiteNotice, SiteUnit, newest_first
from generator.site.shown import short_hash

RecordKind = Literal["unit", "notice", "issue", "followup"]
KINDS: tuple[RecordKind, ...] = ("unit", "notice", "issue", "followup")


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchRecord:
    """One thing that a search can find."""

    kind: RecordKind
    url: str
    """Address below the group's: `#i7`, or empty."""
    runs: tuple[str, ...]
    """The words, verbatim; the first run begins with label and head."""
    label: str = ""
    """The printed number in front of the head."""
    head: str = ""
    """The name or title: a match in it ranks before one in the text."""
    also: tuple[str, ...] = ()
    """Searched, but not shown: the digits of a phone number, the inspector."""
    status: Status | None = None
    topics: tuple[str, ...] = ()
    """Names of its topics."""
    due: PartialDate | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchGroup:
    """The records of one notice or one unit. The order of groups is the order in which equal matches are shown."""

    url: str
    """Address below the site's root."""
    title: str
    unit: str
    """The name of the unit: searched in every record of the group."""
    region: tuple[str, ...]
    """Names of the places it lies in, outermost first."""
    date: PartialDate | None
    records: tuple[SearchRecord, ...]
    newest: str | None = None
    """Of a unit, which has one record, the address of its newest notice; None: it is a notice."""


class GroupSource(NamedTuple):
    """A group that need not be made as long as it would be made from the same."""

    url: str
    """Address below the site's root."""
    said: str
    """Says all that it is made from, or more."""
    group: Callable[[], SearchGroup]
    newest: str | None
    """As in the group."""


def groups_of(site: Site) -> Iterator[SearchGroup]:
    """The groups of the site in the order of results: units, then notices, the newest first.

    Passages about people held to account are left out unless the site's settings ask for them.
    """
    return (source.group() for source in group_sources(site, ""))


def group_sources(site: Site, settings: str) -> Iterator[GroupSource]:
    """The same, not made yet; `settings` says all that groups are made from beside notices."""
    accountability = site.config.index_accountability
    for unit in sorted(site.units, key=lambda unit: newest_first(unit.notices[0])):
        newest = unit.notices[0]
        said = short_hash(settings, unit.unit, unit.contact, newest.notice.published)
        yield GroupSource(unit.path, said, partial(_unit_group, unit), newest.path)
    for item in site.notices:
        make = partial(_notice_group, item, accountability=accountability)
        yield GroupSource(item.path, f"{settings} {item.digest}", make, None)


def sources_from(groups: Iterable[SearchGroup]) -> Iterator[GroupSource]:
    """Groups that are made already."""
    return (GroupSource(group.url, repr(group), partial(_itself, group), group.newest) for group in groups)


def _itself(group: SearchGroup) -> SearchGroup:
    return group


def _places(region: Region | None) -> tuple[str, ...]:
    return tuple(filter(None, (region.province, region.city, region.county))) if region else ()


def _unit_group(item: SiteUnit) -> SearchGroup:
    unit, contact = item.unit, item.contact
    places = _places(unit.region)
    reach = _lines(contact)
    digits = tuple(form for phone in contact.phones for form in _forms(phone))
    record = SearchRecord(kind="unit", url="", head=unit.name, runs=(unit.name, "".join(places), *reach), also=digits)
    return SearchGroup(
        url=item.path,
        title=unit.name,
        unit=unit.name,
        region=places,
        date=item.notices[0].notice.published,
        records=(record,),
        newest=item.notices[0].path,
    )


def _forms(phone: str) -> Iterator[str]:
    """How people type a number: its digits alone, and with a hyphen for whatever dash is printed."""
    plain = unicodedata.normalize("NFKC", phone)
    for form in (re.sub(r"\D", "", plain), re.sub(f"[{DASHES}]", "-", plain)):
        if form and form != phone:
            yield form


def _lines(contact: Contact) -> tuple[str, ...]:
    unread = "见联系方式原文" if contact.unread else None
    return tuple(filter(None, (*contact.phones, *contact.emails, contact.address, contact.postcode, unread)))


def _notice_group(item: SiteNotice, *, accountability: bool) -> SearchGroup:
    notice = item.notice
    ends = _ends(notice.body)
    issues = {entry.issue.at: entry for entry in item.issues}
    followups = {entry.followup.at: entry for entry in item.followups}
    inside = {at for start in (*issues, *followups) for at in range(start, ends[start])}

    def runs(first: int, last: int) -> tuple[str, ...]:
        kept = [
            None if not accountability and passage.role == "accountability" else passage
            for passage in notice.body[first:last]
        ]
        return tuple(_runs(kept))

    outside = [
        None if at in inside or _is_left_out(passage, notice, accountability=accountability) else passage
        for at, passage in enumerate(notice.body)
    ]
    inspector = notice.inspection.inspector
    records = [
        SearchRecord(
            kind="notice",
            url="",
            head=notice.title,
            runs=(notice.title, *_runs(outside)),
            also=(inspector,) if inspector else (),
        )
    ]
    records += [
        _issue_record(issues[at], notice.body[at], runs(at, ends[at]))
        if at in issues
        else _followup_record(followups[at], notice.body[at], runs(at, ends[at]))
        for at in sorted((*issues, *followups))
    ]
    return SearchGroup(
        url=item.path,
        title=notice.title,
        unit=notice.unit.name,
        region=_places(notice.unit.region),
        date=notice.published,
        records=tuple(records),
    )


def _is_left_out(passage: Passage, notice: Notice, *, accountability: bool) -> bool:
    if passage.role == "accountability":
        return not accountability
    return passage.role == "title" and passage.text == notice.title


def _issue_record(item: SiteIssue, heading: Passage, runs: tuple[str, ...]) -> SearchRecord:
    return SearchRecord(
        kind="issue",
        url=f"#{item.anchor}",
        label=heading.label,
        head=heading.words,
        runs=runs,
        status=item.issue.status,
        topics=tuple(assigned.topic.name for assigned in item.topics),
        due=item.deadline,
    )


def _followup_record(item: SiteFollowup, heading: Passage, runs: tuple[str, ...]) -> SearchRecord:
    return SearchRecord(
        kind="followup",
        url=f"#{item.anchor}",
        label=heading.label,
        head=heading.words,
        runs=runs,
        status="ongoing",
        due=item.followup.deadline,
    )


def _ends(body: Sequence[Passage]) -> list[int]:
    """For each passage, the index of the next heading after it (or the end)."""
    ends, end = [0] * len(body), len(body)
    for at in range(len(body) - 1, -1, -1):
        ends[at] = end
        if body[at].role == "heading":
            end = at
    return ends


def _runs(passages: Sequence[Passage | None]) -> Iterator[str]:
    """The words of passages that follow each other, paragraphs joined by newline; None cuts."""
    parts: list[str] = []
    for passage in (*passages, None):
        if passage is not None:
            parts += (passage.text,) if passage.run_on or not parts else ("\n", passage.text)
        elif parts:
            yield "".join(parts)
            parts = []
