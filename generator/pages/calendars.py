"""A year's promises to look at: small months, one cell a day. The template draws those with a promise as SVG."""

from __future__ import annotations

import datetime as dt
import functools
from calendar import monthrange
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Literal, NamedTuple

from generator.model.vocabulary import DEADLINE_WORDS
from generator.site.model import SiteDeadline, SiteNotice

DayState = Literal["over", "due", "answered", "done"]

STATE_WORDS: Mapping[str, str] = {**DEADLINE_WORDS, "done": "写明已完成"}
"""What is said of a promise; the first state that a day has is what its cell shows."""

CELL = 20
"""Width and height of a day."""
_YEARS = 3
"""Years that are shown: a page of all years would be mostly calendar."""
_SHOWN: tuple[DayState, ...] = ("over", "due", "answered", "done")


class Promise(NamedTuple):
    """Something that was to be done by a day; the last one where a notice names a month or a year only."""

    day: dt.date
    state: DayState


@dataclass(frozen=True, slots=True, kw_only=True)
class DayMark:
    """A day with promises."""

    day: dt.date
    state: DayState
    count: int
    x: int
    y: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthPlot:
    """A month."""

    name: str
    label: str
    """The same in words: 1月：9日 2 项，31日 1 项."""
    height: int
    dots: str
    """Its weeks as lines of an SVG path from the middle of the first day to that of the last: drawn as a dot a day."""
    marks: tuple[DayMark, ...]
    """Without any the month is not drawn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class YearPlot:
    """A year."""

    year: int
    months: tuple[MonthPlot, ...]
    counts: tuple[tuple[str, str, int], ...]
    """State, its words, how many."""
    still_due: str
    """As in DeadlineFigures."""
    is_now: bool
    """Whether it is the year of the day against which deadlines are judged, or the nearest to it."""


def promises_of(items: Iterable[SiteNotice], deadlines: Iterable[SiteDeadline]) -> list[Promise]:
    """The deadlines of what is unfinished, and those of issues that the notice calls done."""
    done = (
        Promise(face.deadline.last_day, "done")
        for item in items
        for face in item.faces
        if face.deadline and face.status == "done"
    )
    return sorted((*(Promise(d.date.last_day, d.state) for d in deadlines), *done))


def years_of(promises: Iterable[Promise], as_of: dt.date | None, most: int = _YEARS) -> tuple[YearPlot, ...]:
    """The years nearest to `as_of` that have promises, `most` of them, the earliest first."""
    by_year = {year: list(same) for year, same in groupby(sorted(promises), key=lambda one: one.day.year)}
    now = as_of.year if as_of else max(by_year, default=0)
    nearest = sorted(by_year, key=lambda year: (abs(year - now), -year))[:most]
    return tuple(_year(year, by_year[year], is_now=year == nearest[0]) for year in sorted(nearest))


def _year(year: int, promises: list[Promise], *, is_now: bool) -> YearPlot:
    states = Counter(one.state for one in promises)
    due = Counter(one.day for one in promises if one.state == "due")
    of_month: dict[int, list[Promise]] = {month: [] for month in range(1, 13)}
    for one in promises:
        of_month[one.day.month].append(one)
    return YearPlot(
        year=year,
        months=tuple(_month(year, month, some) for month, some in of_month.items()),
        counts=tuple(
            (state, STATE_WORDS[state], states[state]) for state in _SHOWN if states[state] or state == "over"
        ),
        still_due=" ".join(f"{day}:{count}" for day, count in sorted(due.items())),
        is_now=is_now,
    )


class _Grid(NamedTuple):
    """Where the days of a month are."""

    height: int
    dots: str
    places: Mapping[int, tuple[int, int]]


@functools.lru_cache(maxsize=256)
def _grid(year: int, month: int) -> _Grid:
    first, length = monthrange(year, month)  # weeks begin on Monday
    places = {day: ((first + day - 1) % 7 * CELL, (first + day - 1) // 7 * CELL) for day in range(1, length + 1)}
    weeks = [(day, x, y) for day, (x, y) in places.items() if day == 1 or x == 0]
    half = CELL // 2
    return _Grid(
        height=((first + length - 1) // 7 + 1) * CELL,
        dots="".join(f"M{x + half} {y + half}h{min(6 * CELL - x, (length - day) * CELL)}" for day, x, y in weeks),
        places=places,
    )


def _month(year: int, month: int, promises: list[Promise]) -> MonthPlot:
    grid = _grid(year, month)
    states: dict[int, list[DayState]] = {}
    for one in promises:
        states.setdefault(one.day.day, []).append(one.state)
    said = "，".join(f"{day}日 {len(found)} 项" for day, found in sorted(states.items()))
    return MonthPlot(
        name=f"{month}月",
        label=f"{year}年{month}月：{said or '没有到期的事项'}",
        height=grid.height,
        dots=grid.dots,
        marks=tuple(
            DayMark(
                day=dt.date(year, month, day),
                state=min(found, key=_SHOWN.index),
                count=len(found),
                x=grid.places[day][0],
                y=grid.places[day][1],
            )
            for day, found in sorted(states.items())
        ),
    )
