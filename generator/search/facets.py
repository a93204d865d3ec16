"""What results are filtered by: a number for each record or group, and the tables they point into."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from itertools import zip_longest
from typing import Any, Generic, TypeVar

import numpy as np

from generator.search import numbers
from generator.search.numbers import Numbers
from generator.search.part import IndexFact, IndexPart

_T = TypeVar("_T", bound=Hashable)

FacetColumns = Sequence[tuple[Sequence[Any], Numbers]]
"""Table and numbers of each column."""


class _FacetColumn(Generic[_T]):
    """Values as numbers into a table of them, in the order in which they first came."""

    def __init__(self) -> None:
        self.table: dict[_T, int] = {}
        self._numbers: list[Numbers] = []

    def add(self, *values: _T) -> None:
        table = self.table
        self._numbers.append(np.array([table.setdefault(value, len(table)) for value in values], dtype=np.int64))

    def join(self, values: Iterable[_T], numbers: Numbers) -> None:
        """Take the table and the numbers of another column."""
        table = self.table
        own = np.array([table.setdefault(value, len(table)) for value in values], dtype=np.int64)
        self._numbers.append(own[numbers])

    def numbers(self) -> Numbers:
        return np.concatenate([np.zeros(0, dtype=np.int64), *self._numbers])

    def packed(self) -> list[Any]:
        """`[table, numbers]`, in the order of results."""
        return [list(self.table), numbers.text(self.numbers()[::-1])]

    def newest(self) -> list[_T]:
        """The values in the order in which results have them first."""
        values = list(self.table)
        return [values[number] for number in dict.fromkeys(self.numbers()[::-1].tolist())]


class FacetWriter:
    """Takes the parts of groups one by one, as they are numbered, and gives the columns to filter by."""

    def __init__(self) -> None:
        self._facts: _FacetColumn[IndexFact] = _FacetColumn()
        self._topics: _FacetColumn[tuple[str, ...]] = _FacetColumn()
        self._regions: _FacetColumn[tuple[str, ...]] = _FacetColumn()
        self._years: _FacetColumn[int] = _FacetColumn()

    def add(self, part: IndexPart) -> None:
        """Take `part`."""
        self._regions.add(part.region)
        self._years.add(part.year)
        self._facts.add(*part.facts)
        self._topics.add(*part.topics)

    def columns(self) -> FacetColumns:
        """What another writer takes by `join`."""
        columns = (self._facts, self._topics, self._regions, self._years)
        return [(list(column.table), column.numbers()) for column in columns]

    def join(self, columns: FacetColumns) -> None:
        """Take what another writer took; the tables may have been JSON meanwhile."""
        facts, topics, regions, years = columns
        self._facts.join(((kind, status, due) for kind, status, due in facts[0]), facts[1])
        self._topics.join(map(tuple, topics[0]), topics[1])
        self._regions.join(map(tuple, regions[0]), regions[1])
        self._years.join(*years)

    def facts(self) -> dict[str, Any]:
        """Kind, status and deadline of every record, region and year of every group."""
        return {
            "facts": self._facts.packed(),
            "regions": self._regions.packed(),
            "years": self._years.packed(),
        }

    def region_names(self) -> list[str]:
        """The names of the outermost places of which there are two: provinces, else cities, else counties."""
        names = [list(dict.fromkeys(filter(None, level))) for level in zip_longest(*self._regions.newest())]
        return next((level for level in names if len(level) > 1), names[-1] if names else [])

    def topic_names(self) -> list[str]:
        """The names of all topics that a record has."""
        return list(dict.fromkeys(name for names in self._topics.newest() for name in names))

    def topics(self) -> list[Any]:
        """The topics of every record."""
        return self._topics.packed()
