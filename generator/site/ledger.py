"""账本: money that came back and people who were held to account, each with its sentence, and what may be summed.

What may have been counted already is shown and not summed: a sum here is never more than the words say.
"""

from __future__ import annotations

import re
import weakref
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from generator.model.money import statements_in
from generator.model.notice import FollowupMarks, Passage
from generator.model.unpriced import unpriced_in
from generator.site.ledger_entries import (
    RETURNED,
    Ledger,
    LedgerSums,
    MoneyEntry,
    PeopleEntry,
    UnpricedEntry,
    add_ledgers,
    total,
)
from generator.site.model import Site, SiteNotice, SiteUnit
from generator.site.people import people_in


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
    return _together([ledger_of_notice(item) for item in unit.notices])


def _together(ledgers: Sequence[Ledger]) -> Ledger:
    return replace(add_ledgers(ledgers), money=tuple(chain.from_iterable(_told_once([one.money for one in ledgers]))))


def ledger_of_notice(item: SiteNotice) -> Ledger:
    """The ledger of one notice by itself; its words are read once."""
    if not item.ledger:
        found = Ledger(money=tuple(_money(item)), people=tuple(_people(item)), unpriced=tuple(_unpriced(item)))
        item.ledger.append(found)
    return item.ledger[0]


def sums_of(unit: SiteUnit) -> LedgerSums:
    """What the ledger of a unit sums up to."""
    return sums_alone(unit.notices[0]) if len(unit.notices) == 1 else _sums(ledger_of(unit))


def sums_alone(item: SiteNotice) -> LedgerSums:
    """What the ledger of a notice sums up to that is its unit's only one."""
    if not item.sums:
        item.sums.append(_sums(_together([ledger_of_notice(item)])))
    return item.sums[0]


def _sums(ledger: Ledger) -> LedgerSums:
    return LedgerSums(is_any=bool(ledger), returned=ledger.returned, heads=ledger.heads)


# ------------------------------------------------------------------------------------------------------ reading


_READ = frozenset({"response", "status", "prose", "accountability"})
"""Roles that tell what was done; what was found, and what is to come, is in others."""


@dataclass(frozen=True, slots=True)
class _PassagePlace:
    """Where a passage stands."""

    passage: Passage
    issue: int | None
    """Its number."""
    anchor: str


def _places(item: SiteNotice) -> Iterator[_PassagePlace]:
    """The passages that tell what was done."""
    issues = {one.issue.at: one.number for one in item.issues}
    issue, anchor, is_followup = None, "", False
    for index, passage in enumerate(item.notice.body):
        if passage.role == "heading":
            issue, anchor = issues.get(index), item.anchors.get(index, "")
            is_followup = isinstance(passage.marks, FollowupMarks)
        elif passage.role in _READ and not is_followup:
            yield _PassagePlace(passage, issue, anchor)


def _money(item: SiteNotice) -> list[MoneyEntry]:
    """The amounts of a notice, each with whether it is summed within it."""
    found: list[MoneyEntry] = []
    for place in _places(item):
        text = place.passage.words
        for statement in statements_in(text):
            names_persons = place.passage.role == "accountability"
            start, end = statement.amount.start, statement.amount.end
            found.append(
                MoneyEntry(
                    item=item,
                    issue=place.issue,
                    anchor=place.anchor,
                    number=len(found) + 1,
                    statement=statement,
                    printed=text[start:end],
                    quote=f"{statement.verb}{text[start:end]}"
                    if names_persons
                    else text[statement.start : statement.end],
                    is_counted=not statement.doubt,
                    why=statement.doubt or ("同一笔钱随后上缴，上缴列为“其中”" if statement.is_paid_in else ""),
                )
            )
    return _settled(found)


def _unpriced(item: SiteNotice) -> Iterator[UnpricedEntry]:
    """What a notice moves without naming an amount; not where persons are named."""
    found = (
        (place, one)
        for place in _places(item)
        if place.passage.role != "accountability"
        for one in unpriced_in(place.passage.words)
    )
    for number, (place, one) in enumerate(found, 1):
        yield UnpricedEntry(
            item=item,
            issue=place.issue,
            anchor=place.anchor,
            number=number,
            quote=place.passage.words[one.start : one.end],
            is_counted=False,
            why="这一句没有写金额",
            verb=one.verb,
        )


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
    kept = [_off(e, "已含在同一句的前一笔内") if e.is_counted and e.statement.is_part else e for e in entries]
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
        if e.statement.is_total and e.number not in off and any(o.fen < e.fen and not _beside(o, e) for o in others):
            off |= {o.number: f"可能已含在“{e.printed}”内" for o in others if o.fen < e.fen}
    return off


def _beside(one: MoneyEntry, other: MoneyEntry) -> bool:
    """Whether both hang on one verb: 清退津补贴5万元、接待费3万元."""
    return one.quote == other.quote and one.statement.verb == other.statement.verb and not one.statement.is_part


def _told_once(notices: Sequence[Sequence[MoneyEntry]]) -> list[list[MoneyEntry]]:
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
