"""A part of the stream made ready for lists: which symbols stand where, and how that is packed into 64 bits.

A symbol is a unit that occurs, or a frequent run (grams.py). A place is counted in its record (clause_places.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from generator.base.diagnostics import DiscloseError
from generator.search.clause_places import HEAD, places_of
from generator.search.grams import FrequentGrams, GramLevel
from generator.search.numbers import BASE, Numbers
from generator.search.stream import CUT, Stream, Units

BEYOND = 0xFFFF
"""Added to the number of a frequent run, it gives the code point that stands for it in a name."""
_CHUNK = 1 << 18

Keys = NDArray[np.uint64]
Codes = NDArray[np.uint32]
Symbols = NDArray[np.uint16]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """How name (two symbols), record and place share a key."""

    symbols: Symbols
    """Unit → symbol. The symbols behind those of units are frequent runs, by number."""
    codes: Codes
    """Symbol → the code point that stands for it in a name."""
    units: int
    """Symbols that are units."""
    symbol_bits: int
    record_bits: int
    place_bits: int
    width: int
    """Digits of a place."""

    @property
    def start(self) -> int:
        """Added to a place at which a head begins, in a key: its highest bit."""
        return 1 << self.place_bits - 1

    def printed(self, places: NDArray[np.int64]) -> NDArray[np.int64]:
        """The places of keys as lists have them: there, what is added takes the greatest numbers of `width` digits."""
        return np.where(places < self.start, places, places - self.start + _beyond(self.width))

    @property
    def said(self) -> bytes:
        """All of it."""
        numbers = (self.units, self.symbol_bits, self.record_bits, self.place_bits, self.width)
        return repr(numbers).encode() + self.codes.tobytes() + self.symbols.tobytes()

    @property
    def address_bits(self) -> int:
        """Bits of record and place."""
        return self.record_bits + self.place_bits


def _beyond(width: int) -> int:
    return int(BASE**width) - HEAD


def shape_of(units: NDArray[np.int64], longest: int, records: int, grams: FrequentGrams) -> Shape:
    """The shape for all keys of so many records with these units, ascending, the longest with so many places."""
    symbols = np.zeros(1 << 16, dtype=np.uint16)
    symbols[units] = np.arange(len(units))
    numbers = np.arange(1, len(grams.names) + 1)
    width = 2 if longest < _beyond(2) else 4
    shape = Shape(
        symbols=symbols,
        codes=np.concatenate([units, numbers + BEYOND]).astype(np.uint32),
        units=len(units),
        symbol_bits=(len(units) + len(numbers)).bit_length(),
        record_bits=(records + 1).bit_length(),
        place_bits=longest.bit_length() + 1,
        width=width,
    )
    if shape.symbol_bits * 2 + shape.address_bits > 64:
        raise DiscloseError(
            f"the site is too large for its search index: {records} passages, the longest of "
            f"{longest - HEAD} characters. Divide the longest, or make two sites of it."
        )
    return shape


class Chunk:
    """Some records that follow each other."""

    def __init__(self, stream: Stream, shape: Shape, grams: FrequentGrams, first: int, inside: range) -> None:
        """The records `inside` of a stream whose own first record has the number `first`."""
        self.shape, self.first, self.records = shape, first + inside.start, len(inside)
        begin = stream.starts[inside.start]
        self.units: Units = stream.units[begin : stream.starts[inside.stop]]
        self._starts = stream.starts[inside.start : inside.stop + 1] - begin
        self._labels = stream.labels[inside.start : inside.stop] - begin
        self._heads = stream.heads[inside.start : inside.stop] - begin
        self._grams = grams

    @cached_property
    def symbols(self) -> Symbols:
        """The symbol of each unit."""
        return self.shape.symbols[self.units]

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
        """First and second symbol of the names, and the addresses, of what lists with places hold."""
        addresses = self.record.astype(np.uint64) + np.uint64(self.first) << np.uint64(self.shape.place_bits)
        addresses |= self.place.astype(np.uint64)
        runs = np.uint16(self.shape.units - 1)
        filled = self.units != CUT
        pair = filled[:-1] & filled[1:]
        if self.levels:
            pair[self.levels[0].places] = False
        places = np.flatnonzero(pair)
        self._mark_beginnings(addresses, 2)
        yield self.symbols[places], self.symbols[places + 1], addresses[places]
        for level in self.levels:
            self._mark_beginnings(addresses, level.size + 1)
            behind = level.places + level.size
            front = np.flatnonzero((level.longer == 0) & filled[np.minimum(behind, len(filled) - 1)])
            places = level.places[front]
            yield level.ids[front] + runs, self.symbols[behind[front]], addresses[places]
            back = np.flatnonzero(np.diff(level.places, prepend=-2) != 1)
            back = back[filled[level.places[back] - 1] & (level.places[back] > 0)]
            places = level.places[back] - 1
            yield self.symbols[places], level.ids[back] + runs, addresses[places]

    def _mark_beginnings(self, addresses: Keys, size: int) -> None:
        """Note in the addresses at which places heads of so many units begin; fewer with each greater size."""
        least = self.beginnings(size)
        places = self.place[self.beginnings(1)]
        ends = np.uint64((1 << self.shape.place_bits) - 1)
        addresses[self.beginnings(1)] = addresses[self.beginnings(1)] & ~ends | places.astype(np.uint64)
        addresses[least] += np.uint64(self.shape.start)


def chunks(stream: Stream, shape: Shape, grams: FrequentGrams, number: int) -> Iterator[Chunk]:
    """The stream in chunks of whole records, of which the first has this number."""
    first, starts = 0, stream.starts
    while first < len(starts) - 1:
        after = int(np.searchsorted(starts, starts[first] + _CHUNK, side="right")) - 1
        after = max(first + 1, after)
        yield Chunk(stream, shape, grams, number, range(first, after))
        first = after
