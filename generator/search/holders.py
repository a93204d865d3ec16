"""Lists without places: which records hold a unit, or a frequent run.

An entry is a number for a record: the distance from the one before, less one, times three; plus two when its head
begins with the run, or one when the run is in its label or head.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from generator.search.chunks import HEAD, Chunk, Shape
from generator.search.numbers import Numbers, encode
from generator.search.script import made_from
from generator.search.stream import CUT

_BATCH = 1 << 17
TEXT, IN_HEAD, STARTS = 1, 2, 3
"""What the two low bits of an entry say."""

Entries = NDArray[np.uint32]
"""Records that hold a symbol, ascending: number and flag."""


class HolderWriter:
    """Takes what is made of chunks, one by one, in order; holds four bytes for each record that holds a symbol."""

    def __init__(self, shape: Shape) -> None:
        self._shape = shape
        self._entries: list[Entries] = []
        """By chunk: the entries, by symbol."""
        self._ends: list[Numbers] = []
        """By chunk: where the entries of each symbol end."""

    def made(self, chunk: Chunk) -> tuple[Entries, Numbers]:
        """The entries of `chunk`, and where those of each symbol end."""
        table = np.zeros(len(self._shape.codes) * chunk.records, dtype=np.uint8)
        cells = chunk.symbols * np.int32(chunk.records) + chunk.record
        filled = chunk.units != CUT
        table[cells[filled]] = TEXT
        heads = np.flatnonzero((chunk.place < HEAD) & filled)
        table[cells[heads]] = IN_HEAD
        table[cells[chunk.beginnings(1)]] = STARTS
        first = np.int32((self._shape.units - 1) * chunk.records)
        for level in chunk.levels:
            cells = level.ids * np.int32(chunk.records) + chunk.record[level.places] + first
            table[cells] = TEXT
            table[cells[chunk.place[level.places] + level.size <= HEAD]] = IN_HEAD
            starts = chunk.beginnings(level.size)
            at = np.minimum(np.searchsorted(level.places, starts), len(level.places) - 1)
            table[cells[at[level.places[at] == starts]]] = STARTS
        found = np.flatnonzero(table.view(np.bool_))
        ends = np.searchsorted(found, np.arange(1, len(self._shape.codes) + 1) * chunk.records)
        counts = np.diff(ends, prepend=0)
        records = found + np.repeat(chunk.first - np.arange(len(ends)) * chunk.records, counts)
        return records.astype(np.uint32) << np.uint32(2) | table[found], ends

    def add(self, entries: Entries, ends: Numbers) -> None:
        """Take what `made` gave."""
        self._entries.append(entries)
        self._ends.append(ends)

    def counts(self) -> Numbers:
        """How many records hold each symbol."""
        zeros = np.zeros(len(self._shape.codes), dtype=np.int64)
        return sum((np.diff(ends, prepend=0) for ends in self._ends), zeros)

    def entries(self, symbol: int) -> Entries:
        """The entries of a symbol."""
        return np.concatenate(
            [
                entries[ends[symbol - 1] if symbol else 0 : ends[symbol]]
                for entries, ends in zip(self._entries, self._ends, strict=True)
            ]
            or [np.zeros(0, dtype=np.uint32)]
        )

    def sources(self) -> list[str]:
        """By symbol the hash of what its list is made from."""
        return [
            made_from(code.to_bytes(4, "little"), self.entries(symbol).data)
            for symbol, code in enumerate(self._shape.codes.tolist())
        ]

    def lists(self, symbols: Iterable[int]) -> Iterator[str]:
        """The lists of symbols."""
        batch: list[Entries] = []
        for symbol in symbols:
            batch.append(self.entries(symbol))
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
