"""Lists without places: which records hold a unit, or a frequent run.

An entry is a number for a record: the distance from the one before, less one, times three; plus two when its head
begins with the run, or one when the run stands in its label or head.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from generator.search.chunks import HEAD, Chunk, Shape
from generator.search.numbers import Numbers, encode
from generator.search.stream import CUT

_BATCH = 1 << 20
_TEXT, _HEAD, _START = 1, 2, 3


class HolderWriter:
    """Takes chunks one by one, in order; holds four bytes for each record that holds a symbol."""

    def __init__(self, shape: Shape) -> None:
        self._shape = shape
        self._entries: list[NDArray[np.uint32]] = []
        """By chunk: record and flag, by symbol."""
        self._ends: list[Numbers] = []
        """By chunk: where the entries of each symbol end."""

    def add(self, chunk: Chunk) -> None:
        """Take the symbols of `chunk`."""
        table = np.zeros((len(self._shape.codes), chunk.records), dtype=np.uint8)
        _mark(table, chunk, 1, chunk.symbols.astype(np.int64), np.flatnonzero(chunk.units != CUT))
        for size, ids in enumerate(chunk.levels, 2):
            places = np.flatnonzero(ids)
            _mark(table, chunk, size, ids.astype(np.int64) + self._shape.units - 1, places)
        found = np.flatnonzero(table.ravel().view(np.bool_))
        flags = table.ravel()[found]
        self._ends.append(np.searchsorted(found, np.arange(1, len(table) + 1) * chunk.records))
        records = (found % chunk.records + chunk.first).astype(np.uint32)
        self._entries.append(records << np.uint32(2) | flags)

    def counts(self) -> Numbers:
        """How many records hold each symbol."""
        zeros = np.zeros(len(self._shape.codes), dtype=np.int64)
        return sum((np.diff(ends, prepend=0) for ends in self._ends), zeros)

    def lists(self) -> Iterator[str]:
        """The list of each symbol."""
        batch: list[NDArray[np.uint32]] = []
        sizes: list[int] = []
        for symbol in range(len(self._shape.codes)):
            pieces = [
                entries[ends[symbol - 1] if symbol else 0 : ends[symbol]]
                for entries, ends in zip(self._entries, self._ends, strict=True)
            ]
            batch += pieces
            sizes.append(sum(map(len, pieces)))
            if sum(sizes) > _BATCH:
                yield from _encoded(batch, sizes)
                batch, sizes = [], []
        yield from _encoded(batch, sizes)


def _mark(table: NDArray[np.uint8], chunk: Chunk, size: int, rows: Numbers, places: Numbers) -> None:
    """Note the records that hold the symbols at the places; rows of the table are symbols."""
    table[rows[places], chunk.record[places]] = _TEXT
    heads = places[chunk.place[places] + size <= HEAD]
    table[rows[heads], chunk.record[heads]] = _HEAD
    starts = np.intersect1d(chunk.beginnings(size), heads, assume_unique=True)
    table[rows[starts], chunk.record[starts]] = _START


def _encoded(pieces: Sequence[NDArray[np.uint32]], sizes: Sequence[int]) -> Iterator[str]:
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
