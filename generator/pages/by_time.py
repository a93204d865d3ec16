"""Long lists by year and month, so that a row more or less moves pages of its month and no others.

A list of ten pages or fewer is one. A longer one shows its newest rows and leads to its years, a year of more than ten
pages to its months, and a month has as many pages as it needs. Within a part pages are filled, and their addresses
counted, from the oldest row on: rows come at the other end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Generic, Literal, TypeVar

from generator.base.dates import PartialDate
from generator.model.vocabulary import UNDATED
from generator.pages.page import Link, Pager, paged_from_oldest

T = TypeVar("T")
DateOf = Callable[[T], PartialDate | None]
PartedBy = Literal["year", "month"]

_MOST_PAGES = 10
_UNDATED: dict[PartedBy, str] = {"year": UNDATED, "month": "月份未载明"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """Where a page stands in a list by time."""

    when: str = ""
    """The year or month of its part; empty for the whole list."""
    above: tuple[Link, ...] = ()
    """The list, and the year, that it is a part of."""
    parts: tuple[tuple[Link, int], ...] = ()
    """The years or months of which the page shows the newest rows alone, and how many rows each has."""
    newer: Link | None = None
    """The part before this one, if this one is not parted itself."""
    older: Link | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TimedPage(Generic[T]):
    """A page of a list by time."""

    pager: Pager
    rows: Sequence[T]
    whole: Sequence[T]
    """All rows of its part."""
    times: Times


@dataclass(frozen=True, slots=True, kw_only=True)
class _TimePart(Generic[T]):
    """A list, or a year or month of it."""

    at: Link
    above: tuple[Link, ...]
    rows: Sequence[T]
    below: tuple[_TimePart[T], ...]

    @property
    def all(self) -> Iterator[_TimePart[T]]:
        """Itself and what is below it."""
        yield self
        for part in self.below:
            yield from part.all


def pages_by_time(
    rows: Sequence[T], size: int, list_at: Link, date_of: DateOf[T], level: PartedBy = "year", lines: int = 1
) -> Iterator[TimedPage[T]]:
    """The pages of a list whose rows stand newest first, about `size` rows each; one empty page when there are none.

    Of short rows a page has `lines` times as many; what is parted, and so its address, does not depend on that.
    `list_at` leads to its first page and names it. The list of one year is parted at the `level` of months.
    """
    parts = list(_part(list_at, (), rows, size, date_of, level).all)
    leaves = [part.at for part in parts if not part.below]
    newer = {after: before for before, after in pairwise(leaves)}
    older = dict(pairwise(leaves))
    for part in parts:
        times = Times(
            when=part.at.text if part.above else "",
            above=part.above,
            parts=tuple((one.at, len(one.rows)) for one in part.below),
            newer=newer.get(part.at),
            older=older.get(part.at),
        )
        folder = part.at.href.removesuffix("index.html")
        newest = (Pager(number=1, count=1, total=len(part.rows), folder=folder), part.rows[: size * lines])
        for pager, some in [newest] if part.below else paged_from_oldest(part.rows, size * lines, folder):
            yield TimedPage(pager=pager, rows=some, whole=part.rows, times=times)


def is_parted(rows: Sequence[object], size: int) -> bool:
    """Whether a list is longer than a reader leafs through."""
    return len(rows) > size * _MOST_PAGES


def _part(
    at: Link, above: tuple[Link, ...], rows: Sequence[T], size: int, date_of: DateOf[T], level: PartedBy | None
) -> _TimePart[T]:
    below: Iterator[_TimePart[T]] = iter(())
    if level and is_parted(rows, size):
        found: dict[int, list[T]] = {}
        for row in rows:
            date = date_of(row)
            found.setdefault(getattr(date, level) if date else 0, []).append(row)
        below = (
            _part(
                _named(at, level, number, has_year=bool(above)),
                (*above, at),
                some,
                size,
                date_of,
                "month" if level == "year" and number else None,
            )
            for number, some in found.items()
        )
    return _TimePart(at=at, above=above, rows=rows, below=tuple(below))


def _named(at: Link, level: PartedBy, number: int, *, has_year: bool) -> Link:
    """The part of a list that is a year, or of a year that is a month; 0 for what has none."""
    folder = at.href.removesuffix("index.html") + (f"{number:02}/" if number else "undated/")
    year = at.text if has_year else ""
    text = f"{number}{'年' if level == 'year' else '月'}" if number else _UNDATED[level]
    return Link(href=f"{folder}index.html", text=year + text)
