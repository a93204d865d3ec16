"""What a fact rests on where the notice says it in several ways, or by one weak cue: what was taken, and what was not.

A fact that everything agrees on has no grounds here. One row a fact and way; the first of a fact is what was taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from generator.base.dates import PartialDate
from generator.model.notice import Ground
from generator.parser.opening import Opening, groups_in, is_level
from generator.parser.printed_dates import Token, partial, tokens_of
from generator.parser.region import RegionFound
from generator.parser.rules import units
from generator.parser.text import squeezed
from generator.parser.unit import UnitName

_WEAK_NAMES = frozenset({"plan", "group", "page"})
_LATE = frozenset({"changed", "written"})
"""Dates of a page that need not be that of its publication."""
_AS_OF = re.compile("截[至止]")
_FED_BACK_ON = re.compile("(?:^[，,]?|组|会|召开|向[^，。]{1,14})(?:正式|集中|书面)?反馈(?:了|巡|意见|情况|会)")
_FED_BACK = 24
"""Characters between a date and the 反馈 that it dates."""


def of_unit(taken: UnitName | None, rivals: Sequence[UnitName]) -> Iterator[Ground]:
    """Names of other units, and a name that only a plan, a leading group or the page says."""
    if taken is not None and (rivals or taken.source in _WEAK_NAMES):
        yield from _ranked("unit.name", [taken, *rivals])


def of_region(placed: RegionFound) -> Iterator[Ground]:
    """Hints of other places, and a place that only an area code, a postcode or the site says."""
    if placed.region is not None and (placed.is_weak or placed.rivals):
        ways = [UnitName(placed.source, placed.quote), *(UnitName(hint.source, hint.words) for hint in placed.rivals)]
        yield from _ranked("unit.region", ways)


def of_inspector(taken: str | None, found: Sequence[UnitName]) -> Iterator[Ground]:
    """Groups of another number that the opening or the title names."""
    if taken is None:
        return
    own = groups_in(taken)
    rivals = [named for named in found if (groups := groups_in(named.name)) and not groups & own]
    if own and rivals:
        yield from _ranked("inspection.inspector", [UnitName("opening", taken), *rivals])
    elif not is_level(taken):
        yield from _ranked("inspection.inspector", [UnitName("opening", taken)])


def of_kind(taken: str | None, told: Sequence[tuple[str, str | None]]) -> Iterator[Ground]:
    """Other kinds of inspection that the opening, the inspector's name, the title or a plan say."""
    ways = [UnitName(source, kind) for source, kind in told if kind]
    rivals = [way for way in ways if taken and not _sorts(way.name) & _sorts(taken)]
    if taken and (rivals or ways[0].source == "plan"):
        yield from _ranked("inspection.kind", [ways[0], *rivals])


def _sorts(kind: str) -> set[str]:
    """The words of a kind that tell it from others: 专项 of 涉粮问题专项巡察."""
    return {word for word in (*units.KINDS, "回头看") if word in kind} or {kind}


def of_dates(text: str, opening: Opening) -> Iterator[Ground]:
    """Other ranges beside that of the inspection, and other days of feedback."""
    taken = opening.range
    if taken is not None and opening.inspected is not None:
        others = [r for r in opening.ranges if not (taken.span.start <= r.span.start < taken.span.end)]
        if others:
            ways = [UnitName("opening", r.printed) for r in (taken, *others)]
            yield from _ranked("inspection.printed", ways)
    feedback = opening.feedback
    if feedback is not None:
        days = [t for t in _days_fed_back(text, feedback.span.end) if t.readings != feedback.readings]
        if days:
            yield from _ranked("inspection.feedback", [UnitName("opening", t.printed) for t in (feedback, *days)])


def _days_fed_back(text: str, start: int) -> Iterator[Token]:
    """Days behind `start` that stand right before 反馈, in their clause."""
    for token in tokens_of(text, start):
        clause = text[token.span.end : token.span.end + _FED_BACK].partition("。")[0]
        if _FED_BACK_ON.search(clause) and not _AS_OF.search(text, max(0, token.span.start - 4), token.span.start):
            yield token


def of_publication(ways: Sequence[tuple[str, Token]]) -> Iterator[Ground]:
    """Days before that of the signature on which the page says it was published, and one that may be another's."""
    if not ways:
        return
    source, taken = ways[0]
    first = _day(taken)
    rivals = [
        (s, t) for s, t in ways[1:] if source == "signature" and first and (day := _day(t)) and _is_before(day, first)
    ]
    if rivals or source in _LATE:
        yield from _ranked("published", [UnitName(s, t.printed.strip()) for s, t in (ways[0], *rivals)])


def of_title(title: str, others: Sequence[str]) -> Iterator[Ground]:
    """Other words of the title that the page's metadata or crumbs print."""
    own = _same(title)
    rivals = [other for other in others if title and _same(other) not in own and own not in _same(other)]
    if rivals:
        yield from _ranked("title", [UnitName("title", title), *(UnitName("page", other) for other in rivals)])


def _ranked(fact: str, ways: Sequence[UnitName]) -> Iterator[Ground]:
    unique = dict.fromkeys(ways)
    yield from (Ground(fact, rank, way.source, way.name) for rank, way in enumerate(unique, 1))


def _day(token: Token) -> PartialDate | None:
    return partial(token.readings[0]) if len(token.readings) == 1 and token.readings[0][0] else None


def _is_before(one: PartialDate, two: PartialDate) -> bool:
    return one.last_day < two.first_day


def _same(words: str) -> str:
    return squeezed(words).translate(_QUOTES)


_QUOTES = str.maketrans("", "", "“”‘’\"'《》〈〉（）()")
