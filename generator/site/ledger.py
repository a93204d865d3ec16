"""账本: money that came back and people who were held to account, each with its sentence, and what may be summed.

What may have been counted already is shown and not summed: a sum here is never more than the words say.
"""

from __future__ import annotations

import re
import weakref
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import ClassVar

from generator.model.money import Statement, statements_in
from generator.model.money_rules import MoneyKind
from generator.model.notice import FollowupMarks, Passage
from generator.site.model import Site, SiteIssue, SiteNotice, SiteUnit
from generator.site.people import people_in

RETURNED: frozenset[MoneyKind] = frozenset({"recovered", "refunded", "paid-in"})
"""Money that came back; what was saved or fined is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerEntry:
    """A line of the ledger (一笔)."""

    item: SiteNotice
    issue: SiteIssue | None
    """None: it stands outside of the issues."""
    anchor: str
    """Where it stands on the notice's page; empty: before the first heading."""
    number: int
    """1-based in its notice: with the notice's id what it is known by."""
    quote: str
    """Its sentence; of a part that names persons only the words of the entry."""
    is_counted: bool
    """Whether it is part of sums."""
    why: str
    """Why it is not summed, or what of it is part of another sum; may be empty."""

    @property
    def id(self) -> str:
        """Unique in the site."""
        return f"{self.item.notice.id}-{self.number}"

    @property
    def href(self) -> str:
        """Its place on the notice's page, from the site's root on."""
        return f"{self.item.path}index.html" + (f"#{self.anchor}" if self.anchor else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyEntry(LedgerEntry):
    """An amount that was moved."""

    is_money: ClassVar = True
    said: Statement
    printed: str
    """The amount as printed."""

    @property
    def kind(self) -> MoneyKind:
        """收回、清退 …"""
        return self.said.kind

    @property
    def fen(self) -> int:
        """In 分."""
        return self.said.amount.fen


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleEntry(LedgerEntry):
    """A number of people held to account."""

    is_money: ClassVar = False
    measure: str
    """诫勉谈话 …; empty: all measures together."""
    count: int
    is_times: bool
    """人次."""

    @property
    def id(self) -> str:
        """Unique in the site."""
        return f"{self.item.notice.id}-p{self.number}"


@dataclass(frozen=True, kw_only=True)
class Ledger:
    """The entries of a notice, a unit or a place, newest notice first."""

    money: tuple[MoneyEntry, ...] = ()
    people: tuple[PeopleEntry, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.money or self.people)

    def of_kind(self, kind: MoneyKind) -> tuple[MoneyEntry, ...]:
        """The amounts of a kind."""
        return tuple(entry for entry in self.money if entry.kind == kind)

    @cached_property
    def returned(self) -> int | None:
        """What came back, in 分: 收回, 清退 and 上缴; None when no amount of those can be summed."""
        return total(entry for entry in self.money if entry.kind in RETURNED)

    @cached_property
    def heads(self) -> int | None:
        """People held to account, by the notices' own totals; None when no notice gives one."""
        found = [entry.count for entry in self.people if entry.is_counted and not entry.measure]
        return sum(found) if found else None

    @cached_property
    def measures(self) -> tuple[tuple[str, int], ...]:
        """Measure → how often it was taken, as the notices' own accounts say, most often first."""
        counts: Counter[str] = Counter()
        for entry in self.people:
            if entry.is_counted and entry.measure:
                counts[entry.measure] += entry.count
        return tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


def total(entries: Iterable[MoneyEntry]) -> int | None:
    """The sum of the entries that are counted, in 分; None when none is."""
    found = [entry.fen for entry in entries if entry.is_counted]
    return sum(found) if found else None


def add_ledgers(ledgers: Iterable[Ledger]) -> Ledger:
    """The entries of several, in order."""
    found = tuple(ledgers)
    return Ledger(
        money=tuple(entry for one in found for entry in one.money),
        people=tuple(entry for one in found for entry in one.people),
    )


class Ledgers(dict[str, Ledger]):
    """By the unit's id its ledger, worked out when it is asked for."""

    def __init__(self, site: Site) -> None:
        super().__init__()
        self._units = site.unit_of

    def __missing__(self, unit_id: str) -> Ledger:
        found = self[unit_id] = ledger_of(self._units[unit_id])
        return found


_LEDGERS: weakref.WeakKeyDictionary[Site, Ledgers] = weakref.WeakKeyDictionary()


def ledgers_of(site: Site) -> Ledgers:
    """The ledgers of a site's units, worked out once."""
    found = _LEDGERS.get(site)
    if found is None:
        found = _LEDGERS[site] = Ledgers(site)
    return found


def ledger_of(unit: SiteUnit) -> Ledger:
    """The ledger of a unit: what a later notice of it may tell again is counted once."""
    money = _told_once([_money(item) for item in unit.notices])
    return Ledger(
        money=tuple(entry for entries in money for entry in entries),
        people=tuple(entry for item in unit.notices for entry in _people(item)),
    )


def ledger_of_notice(item: SiteNotice) -> Ledger:
    """The ledger of one notice by itself."""
    return Ledger(money=tuple(_money(item)), people=tuple(_people(item)))


# ------------------------------------------------------------------------------------------------------ reading


_READ = frozenset({"response", "status", "prose", "accountability"})
"""Roles that tell what was done; what was found, and what is to come, is in others."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a passage stands."""

    passage: Passage
    issue: SiteIssue | None
    anchor: str


def _places(item: SiteNotice) -> Iterator[_Place]:
    """The passages that tell what was done."""
    issues = {one.issue.at: one for one in item.issues}
    issue, anchor, is_followup = None, "", False
    for index, passage in enumerate(item.notice.body):
        if passage.role == "heading":
            issue, anchor = issues.get(index), item.anchors.get(index, "")
            is_followup = isinstance(passage.marks, FollowupMarks)
        elif passage.role in _READ and not is_followup:
            yield _Place(passage, issue, anchor)


def _money(item: SiteNotice) -> list[MoneyEntry]:
    """The amounts of a notice, each with whether it is summed within it."""
    found: list[MoneyEntry] = []
    for place in _places(item):
        text = place.passage.words
        for said in statements_in(text):
            names_persons = place.passage.role == "accountability"
            start, end = said.amount.start, said.amount.end
            found.append(
                MoneyEntry(
                    item=item,
                    issue=place.issue,
                    anchor=place.anchor,
                    number=len(found) + 1,
                    said=said,
                    printed=text[start:end],
                    quote=f"{said.verb}{text[start:end]}" if names_persons else text[said.start : said.end],
                    is_counted=not said.doubt,
                    why=said.doubt or ("同一笔钱随后上缴，上缴列为“其中”" if said.is_paid_in else ""),
                )
            )
    return _settled(found)


def _people(item: SiteNotice) -> Iterator[PeopleEntry]:
    """The people of a notice: its own account is summed, single sentences of issues are not."""
    entries: list[PeopleEntry] = list(_accounted(item))
    has_total = bool(entries)
    for place in _places(item):
        if place.issue is None:
            continue
        entries += (
            PeopleEntry(
                item=item,
                issue=place.issue,
                anchor=place.anchor,
                number=0,
                quote=place.passage.words[one.start : one.end],
                is_counted=False,
                why="可能已含在通报的总数内" if has_total else "只见于单个问题，同一人可能受几种处理",
                measure=one.measure,
                count=one.times,
                is_times=one.is_times,
            )
            for one in people_in(place.passage.words)
        )
    return (replace(entry, number=number) for number, entry in enumerate(entries, 1))


def _accounted(item: SiteNotice) -> Iterator[PeopleEntry]:
    """The notice's own account of people (追责问责)."""
    told = item.notice.accountability
    if told is None:
        return
    span = dict(item.notice.evidence).get("accountability")
    words = item.notice.text[span.start : span.end] if span else ""
    anchor = _anchor_at(item, span.start) if span else ""
    is_times = told.people is not None and f"{told.people}人次" in "".join(words.split())
    rows = [("", told.people)] if told.people is not None else []
    for measure, count in (*rows, *told.actions):
        yield PeopleEntry(
            item=item,
            issue=None,
            anchor=anchor,
            number=0,
            quote=_printed(words, measure, count),
            is_counted=not (is_times and not measure),
            why="原文按“人次”写，一人可算几次" if is_times and not measure else "",
            measure=measure,
            count=count,
            is_times=is_times,
        )


def _printed(words: str, measure: str, count: int) -> str:
    """The words of a number of people, as printed and without any other word; empty when they stand otherwise."""
    lead = rf"{re.escape(measure)}\s?[^\w\s]?" if measure else "(?<![0-9])"
    found = re.search(rf"{lead}{count}\s?(?:人次|人|名)(?!大)", words)
    return found[0] if found else ""


def _anchor_at(item: SiteNotice, offset: int) -> str:
    """The anchor of the last heading before an offset of the text."""
    starts, anchor = item.notice.starts, ""
    for index, passage in enumerate(item.notice.body):
        if starts[index] > offset:
            break
        if passage.role == "heading":
            anchor = item.anchors.get(index, anchor)
    return anchor


# ------------------------------------------------------------------------------------------- what may be summed


def _settled(entries: list[MoneyEntry]) -> list[MoneyEntry]:
    """The entries of a notice without those that another may hold already."""
    kept = [_off(e, "已含在同一句的前一笔内") if e.is_counted and e.said.is_part else e for e in entries]
    for family in (RETURNED, frozenset({"saved"})):
        kept = _family(kept, family)
    return kept


def _family(entries: list[MoneyEntry], family: frozenset[str]) -> list[MoneyEntry]:
    counted = [e for e in entries if e.is_counted and e.kind in family]
    off: dict[int, str] = {}
    totals = [e for e in counted if e.issue is None]
    if totals:
        off |= {e.number: "可能已含在通报的总数内" for e in counted if e.issue is not None}
        off |= _among(totals)
    else:
        for same in _by_issue(counted):
            off |= _among(same)
        seen: set[int] = set()
        for e in counted:
            if e.number not in off:
                if e.fen in seen:
                    off[e.number] = "另一个问题写了同样的数，可能是同一笔"
                seen.add(e.fen)
    return [_off(e, off[e.number]) if e.number in off else e for e in entries]


def _by_issue(entries: Sequence[MoneyEntry]) -> Iterator[list[MoneyEntry]]:
    groups: dict[str, list[MoneyEntry]] = {}
    for entry in entries:
        groups.setdefault(entry.anchor, []).append(entry)
    return iter(groups.values())


def _among(entries: Sequence[MoneyEntry]) -> dict[int, str]:
    """Of entries of one place, those not to be summed: repeated, held by a total, or paid in after they came back."""
    off: dict[int, str] = {}
    seen: set[int] = set()
    came_back = any(e.kind in ("recovered", "refunded") for e in entries)
    for e in entries:
        if e.fen in seen:
            off[e.number] = "同一处写了同样的数，可能是同一笔"
        elif came_back and e.kind == "paid-in":
            off[e.number] = "可能是同一处收回、清退的钱"
        seen.add(e.fen)
    for e in entries:
        others = [o for o in entries if o is not e and o.kind == e.kind and o.number not in off]
        if e.said.is_total and e.number not in off and any(o.fen < e.fen and not _beside(o, e) for o in others):
            off |= {o.number: f"可能已含在“{e.printed}”内" for o in others if o.fen < e.fen}
    return off


def _beside(one: MoneyEntry, other: MoneyEntry) -> bool:
    """Whether both hang on one verb: 清退津补贴5万元、接待费3万元."""
    return one.quote == other.quote and one.said.verb == other.said.verb and not one.said.is_part


def _told_once(notices: list[list[MoneyEntry]]) -> list[list[MoneyEntry]]:
    """The entries of a unit's notices, newest first: of one inspection the notice with the largest sum counts."""
    best: dict[object, int] = {}
    sums = [total(e for e in entries if e.kind in RETURNED) or 0 for entries in notices]
    rounds = [_round(entries) for entries in notices]
    for index, which in enumerate(rounds):
        if which is not None and (which not in best or sums[index] > sums[best[which]]):
            best[which] = index
    seen: set[tuple[str, int]] = set()
    told: list[list[MoneyEntry]] = []
    for index in reversed(range(len(notices))):
        is_best = rounds[index] is None or best[rounds[index]] == index
        entries = []
        for e in notices[index]:
            if e.is_counted and not is_best:
                entries.append(_off(e, "同一次巡察的另一份通报已计"))
            elif e.is_counted and (e.kind, e.fen) in seen:
                entries.append(_off(e, "该单位另一份通报写了同样的数，可能是同一笔"))
            else:
                entries.append(e)
        seen |= {(e.kind, e.fen) for e in entries if e.is_counted}
        told.append(entries)
    return told[::-1]


def _round(entries: Sequence[MoneyEntry]) -> object:
    """What tells an inspection from others; None when the notice does not say enough, or has no entry."""
    if not entries:
        return None
    inspection = entries[0].item.notice.inspection
    return inspection.feedback or inspection.start


def _off(entry: MoneyEntry, why: str) -> MoneyEntry:
    return replace(entry, is_counted=False, why=why)
