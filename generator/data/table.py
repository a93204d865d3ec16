"""What a table of the open data is: its columns, and where its rows come from. The tables there are: tables.py."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, NamedTuple, TypeVar

from generator.model.vocabulary import UNDATED
from generator.site.model import Site, SiteNotice, SiteUnit


class DatedNotice(NamedTuple):
    """A notice with the states of its deadlines."""

    item: SiteNotice
    states: Mapping[str, str]
    """By anchor."""


class ChosenUnit(NamedTuple):
    """A unit with those of its notices that are chosen."""

    unit: SiteUnit
    items: tuple[SiteNotice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """The notices that data files are about: all of a site, or those of a year."""

    site: Site
    name: str
    """`2024`, `undated`; empty: all."""
    title: str
    """2024年; empty: all."""
    notices: Sequence[SiteNotice]

    @property
    def units(self) -> Sequence[ChosenUnit]:
        """The units that have one of them, by pinyin."""
        found: dict[str, list[SiteNotice]] = {}
        for item in self.notices:
            found.setdefault(item.notice.unit.id, []).append(item)
        return [ChosenUnit(one, tuple(found[one.unit.id])) for one in self.site.units if one.unit.id in found]


MOST_WHOLE = 300
"""Notices of a site that a workbook holds whole."""


def books_of(site: Site) -> Sequence[Chosen]:
    """The notices that one workbook holds: all of a site, of a large one those of each year."""
    return by_year(site) if len(site.notices) > MOST_WHOLE else [all_of(site)]


def all_of(site: Site) -> Chosen:
    """All notices."""
    return Chosen(site=site, name="", title="", notices=site.notices)


def by_year(site: Site) -> Sequence[Chosen]:
    """The notices of each year, the newest first, those without a date last."""
    found: dict[int, list[SiteNotice]] = {}
    for item in site.notices:
        found.setdefault(item.year or 0, []).append(item)
    return [
        Chosen(
            site=site,
            name=str(year or "undated"),
            title=f"{year}年" if year else UNDATED,
            notices=tuple(found[year]),
        )
        for year in sorted(found, reverse=True)
    ]


T = TypeVar("T", SiteNotice, DatedNotice, ChosenUnit)
S = TypeVar("S")


@dataclass(frozen=True, slots=True, kw_only=True)
class Column(Generic[S]):
    """A column of a table."""

    name: str
    """What programs call it; never changed."""
    heading: str
    """What a spreadsheet calls it."""
    about: str
    """What it holds, for the page that describes the data."""
    of: Callable[[S], Any]
    """The value in a row: text, number, list of texts or None."""
    type: str = "text"
    """`text`, `date`, `integer`, `number` or `list`."""
    words: Mapping[Any, str] = field(default_factory=dict)
    """What a spreadsheet shows for a value that programs read."""
    is_link: bool = False
    """Whether it is the address of a page, from the site's root on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table(Generic[T, S]):
    """A table of the open data. Its rows are those of its parts in order, and a part's rows depend on it alone."""

    name: str
    title: str
    about: str
    key: tuple[str, ...]
    """Columns that together name a row."""
    columns: tuple[Column[S], ...]
    parts: Callable[[Chosen], Sequence[T]]
    """What the rows are taken from: notices or units."""
    sources: Callable[[T], Iterable[S]]
    """What a part has rows about."""

    def rows_of(self, part: T) -> list[list[Any]]:
        """The rows of a part, each the values in the order of the columns."""
        columns = [column.of for column in self.columns]
        return [[of(source) for of in columns] for source in self.sources(part)]
