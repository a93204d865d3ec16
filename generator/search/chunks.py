"""A part of the stream made ready for lists: which symbols stand where.

A symbol is a unit that occurs, or a frequent run (grams.py); symbols of a part are numbered by the code points that
stand for them in names, whatever other parts hold. A place is counted in its record (clause_places.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from generator.search.clause_places import places_of
from generator.search.grams import FrequentGrams, GramLevel
from generator.search.numbers import Numbers
from generator.search.spread import Codes
from generator.search.stream import CUT, Stream, Units

_CHUNK = 1 << 18

Keys = NDArray[np.uint64]
Symbols = NDArray[np.uint16]


class Chunk:
    """Some records of a section that follow each other."""

    def __init__(self, stream: Stream, grams: FrequentGrams, place_bits: int, inside: range) -> None:
        """The records `inside` of the stream; a place at which a head begins has the highest of its bits, too."""
        self.first, self.records, self._place_bits = inside.start, len(inside), place_bits
        begin = stream.starts[inside.start]
        self.units: Units = stream.units[begin : stream.starts[inside.stop]]
        self._starts = stream.starts[inside.start : inside.stop + 1] - begin
        self._labels = stream.labels[inside.start : inside.stop] - begin
        self._heads = stream.heads[inside.start : inside.stop] - begin
        self._grams = grams
        self._of_units = np.zeros(1 << 16, dtype=np.uint16)
        self._of_runs = np.zeros(len(grams.names) + 1, dtype=np.uint16)
        units = np.flatnonzero(np.bincount(self.units))
        units = units[units != CUT]
        runs = np.flatnonzero(sum(np.bincount(level.ids, minlength=len(self._of_runs)) for level in self.levels))
        runs = runs[np.argsort(grams.codes[runs - 1])]
        self._of_units[units] = np.arange(len(units))
        self._of_runs[runs] = np.arange(len(units), len(units) + len(runs))
        self.codes: Codes = np.concatenate([units, grams.codes[runs - 1]]).astype(np.uint32)
        """By symbol the code point that stands for it in names, ascending."""

    @cached_property
    def symbols(self) -> Symbols:
        """The symbol of each unit."""
        return self._of_units[self.units]

    def of_runs(self, level: GramLevel) -> Symbols:
        """The symbol of each run of a level."""
        return self._of_runs[level.ids]

    @cached_property
    def levels(self) -> tuple[GramLevel, ...]:
        """Where frequent runs stand."""
        return tuple(self._grams.levels(self.units))

    @cached_property
    def record(self) -> NDArray[np.int32]:
        """The record of each unit, counted from the first of the chunk."""
        return np.repeat(np.arange(self.records, dtype=np.int32), np.diff(self._starts))

    @cached_property
    def place(self) -> NDArray[np.int32]:
        """The place of each unit in its record."""
        return places_of(self.units, self._starts, self._heads)

    def beginnings(self, size: int) -> Numbers:
        """Where heads of so many units or more begin."""
        return np.asarray(self._labels[self._heads - self._labels >= size], dtype=np.int64)

    def named(self) -> Iterator[tuple[Symbols, Symbols, Keys]]:
        """First and second symbol of the names, and the addresses, of what lists with places hold.

        An address is the record, counted in the section, and the place. All of a name come together, in order.
        """
        addresses = self.record.astype(np.uint64) + np.uint64(self.first) << np.uint64(self._place_bits)
        addresses |= self.place.astype(np.uint64)
        filled = self.units != CUT
        pair = filled[:-1] & filled[1:]
        if self.levels:
            pair[self.levels[0].places] = False
        places = np.flatnonzero(pair)
        self._mark_beginnings(addresses, 2)
        yield self.symbols[places], self.symbols[places + 1], addresses[places]
        for level in self.levels:
            runs = self.of_runs(level)
            self._mark_beginnings(addresses, level.size + 1)
            behind = level.places + level.size
            front = np.flatnonzero((level.longer == 0) & filled[np.minimum(behind, len(filled) - 1)])
            places = level.places[front]
            yield runs[front], self.symbols[behind[front]], addresses[places]
            back = np.flatnonzero(np.diff(level.places, prepend=-2) != 1)
            back = back[filled[level.places[back] - 1] & (level.places[back] > 0)]
            places = level.places[back] - 1
            yield self.symbols[places], runs[back], addresses[places]

    def _mark_beginnings(self, addresses: Keys, size: int) -> None:
        """Note in the addresses at which places heads of so many units begin; fewer with each greater size."""
        start = np.uint64(1 << self._place_bits - 1)
        addresses[self.beginnings(1)] &= ~start
        addresses[self.beginnings(size)] |= start


def chunks(stream: Stream, grams: FrequentGrams, place_bits: int) -> Iterator[Chunk]:
    """The stream in chunks of whole records."""
    first, starts = 0, stream.starts
    while first < len(starts) - 1:
        after = int(np.searchsorted(starts, starts[first] + _CHUNK, side="right")) - 1
        after = max(first + 1, after)
        yield Chunk(stream, grams, place_bits, range(first, after))
        first = after
