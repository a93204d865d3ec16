"""Lists without places: which records hold a unit, or a frequent run.

An entry is a number for a record: the distance from the one before, less one, times three; plus two when its head
begins with the run, or one when the run is in its label or head.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from generator.search.chunks import Chunk
from generator.search.clause_places import HEAD
from generator.search.numbers import Numbers, encode
from generator.search.stream import CUT

if TYPE_CHECKING:
    from generator.search.section_lists import IndexSection

_BATCH = 1 << 17
TEXT, IN_HEAD, STARTS = 1, 2, 3
"""What the two low bits of an entry say."""

Entries = NDArray[np.uint32]
"""Records that hold a symbol, ascending: number and flag."""


def entries_of(chunk: Chunk) -> tuple[Entries, Numbers]:
    """The entries of `chunk`, by symbol, and how many of these each symbol has; records are counted in the section."""
    symbols = len(chunk.codes)
    table = np.zeros(symbols * chunk.records, dtype=np.uint8)
    cells = chunk.symbols * np.int32(chunk.records) + chunk.record
    filled = chunk.units != CUT
    table[cells[filled]] = TEXT
    heads = np.flatnonzero((chunk.place < HEAD) & filled)
    table[cells[heads]] = IN_HEAD
    table[cells[chunk.beginnings(1)]] = STARTS
    for level in chunk.levels:
        cells = chunk.of_runs(level) * np.int32(chunk.records) + chunk.record[level.places]
        table[cells] = TEXT
        table[cells[chunk.place[level.places] + level.size <= HEAD]] = IN_HEAD
        starts = chunk.beginnings(level.size)
        at = np.minimum(np.searchsorted(level.places, starts), len(level.places) - 1)
        table[cells[at[level.places[at] == starts]]] = STARTS
    found = np.flatnonzero(table.view(np.bool_))
    counts = np.diff(np.searchsorted(found, np.arange(symbols + 1) * chunk.records))
    records = found + np.repeat(chunk.first - np.arange(symbols) * chunk.records, counts)
    return records.astype(np.uint32) << np.uint32(2) | table[found], counts


class Holders:
    """The entries of some symbols, put together of those of all sections: four bytes for each."""

    def __init__(self, codes: Sequence[int], sections: Sequence[IndexSection]) -> None:
        """The code points of the symbols ascend."""
        self._numbers = {code: number for number, code in enumerate(codes)}
        wanted = np.array(codes, dtype=np.uint32)
        held = [section.lists.counts_of(wanted) for section in sections]
        self._ends = np.cumsum(sum(held, np.zeros(len(wanted), dtype=np.int64)))
        self._all = np.empty(self._ends[-1] if len(wanted) else 0, dtype=np.uint32)
        at = self._ends - np.diff(self._ends, prepend=0)  # where the next entry of each symbol goes
        for section, some in zip(sections, held, strict=True):
            entries = section.entries_of(wanted)
            self._all[np.repeat(at - (np.cumsum(some) - some), some) + np.arange(len(entries))] = entries
            at += some

    def entries(self, code: int) -> Entries:
        """The entries of a symbol."""
        number = self._numbers[code]
        return self._all[self._ends[number - 1] if number else 0 : self._ends[number]]

    def lists(self, codes: Iterable[int]) -> Iterator[str]:
        """The lists of symbols."""
        batch: list[Entries] = []
        for code in codes:
            batch.append(self.entries(code))
            if sum(map(len, batch)) > _BATCH:
                yield from encoded(batch, list(map(len, batch)))
                batch = []
        yield from encoded(batch, list(map(len, batch)))


def encoded(pieces: Sequence[Entries], sizes: Sequence[int]) -> Iterator[str]:
    """Lists of so many entries, which are in the pieces one after the other."""
    if not sum(sizes):
        yield from ("" for _ in sizes)
        return
    entries = np.concatenate(pieces).astype(np.int64)
    begins = np.cumsum(sizes) - sizes
    records = entries >> 2
    distances = np.diff(records, prepend=-1) - 1
    firsts = begins[np.asarray(sizes) > 0]
    distances[firsts] = records[firsts]
    digits, at = encode(distances * 3 + (entries & 3) - 1)
    text = digits.tobytes().decode("ascii")
    cuts = [*at[begins].tolist(), len(text)]
    yield from (text[start:end] for start, end in pairwise(cuts))
