"""What a table of the open data is: its columns, and where its rows come from. The tables there are: tables.py."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, NamedTuple, TypeVar

from generator.data.books import Chosen, ChosenUnit
from generator.site.model import SiteNotice


class DatedNotice(NamedTuple):
    """A notice with the states of its deadlines."""

    item: SiteNotice
    states: Mapping[str, str]
    """By anchor."""


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
