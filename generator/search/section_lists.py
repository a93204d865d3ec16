"""What lists take from a section: made once for a set of frequent runs (grams.py), and kept.

Records are counted in the section, and symbols are its own (chunks.py): what other sections hold, and which numbers the
records have, is no part of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from generator.search.chunks import Chunk, chunks
from generator.search.grams import FrequentGrams
from generator.search.holders import Entries, entries_of
from generator.search.kept_arrays import Array, Kept, KeptArrays
from generator.search.numbers import Numbers, counted
from generator.search.position_lists import BUCKETS, keys_of
from generator.search.section_words import SectionWords
from generator.search.spread import Codes

_CODES, _ENTRIES, _ENDS, _KEYS, _BUCKETS = range(5)
"""The arrays that are kept."""
_LOW = (1 << 32) - 1


class Places(NamedTuple):
    """Places at which names stand, by section and there by name, all of a name in order."""

    names: NDArray[np.uint32]
    """Two symbols."""
    records: NDArray[np.uint32]
    places: NDArray[np.uint32]


class SectionLists:
    """The records that hold each symbol, and the places of all names, of one section."""

    def __init__(self, kept: Kept) -> None:
        self._kept = kept
        self.place_bits: int = kept.said

    @cached_property
    def codes(self) -> Codes:
        """The code point of each symbol, ascending."""
        return self._kept.whole(_CODES)

    @cached_property
    def ends(self) -> Numbers:
        """Where the entries of each symbol end."""
        return self._kept.whole(_ENDS)

    @cached_property
    def buckets(self) -> Numbers:
        """Where the keys of each bucket end."""
        return self._kept.whole(_BUCKETS)

    @property
    def counts(self) -> Numbers:
        """How many entries each symbol has."""
        return np.diff(self.ends, prepend=0)

    @property
    def places(self) -> int:
        """How many places it has."""
        return int(self.buckets[-1])

    def counts_of(self, codes: Codes) -> Numbers:
        """How many entries each of these symbols has; the code points ascend."""
        found = np.searchsorted(self.codes, codes)
        counts = np.append(self.counts, 0)[found]
        counts[np.append(self.codes, 0)[found] != codes] = 0
        return counts.astype(np.int64)

    def entries_of(self, codes: Codes) -> Entries:
        """The entries of these symbols, one after the other."""
        at = np.searchsorted(codes, self.codes)
        held = np.flatnonzero(np.append(codes, 0)[at] == self.codes) if len(codes) else at[:0]
        return self._kept.some(_ENTRIES, _stretches(np.append(0, self.ends), held))

    def keys_in(self, buckets: Iterable[range]) -> Array:
        """The keys of some buckets, a row each: name, address (its low half first when it needs two)."""
        ends, columns = np.append(0, self.buckets), self._columns
        ranges = [(int(ends[some.start]) * columns, int(ends[some.stop]) * columns) for some in buckets]
        return self._kept.some(_KEYS, ranges).reshape(-1, columns)

    @property
    def _columns(self) -> int:
        return self._kept.size(_KEYS) // self.places if self.places else 2


def _stretches(ends: Numbers, held: Numbers) -> list[tuple[int, int]]:
    """From where to where the groups are, those that follow each other together."""
    begins = held[np.diff(held, prepend=-2) != 1]
    lasts = held[np.diff(held, append=len(ends) + 1) != 1]
    return list(zip(ends[begins].tolist(), ends[lasts + 1].tolist(), strict=True))


class IndexSection(NamedTuple):
    """What an index takes from a section."""

    numbers: Numbers
    """Of its records."""
    words: SectionWords
    lists: SectionLists

    def entries_of(self, codes: Codes) -> Entries:
        """The entries of these symbols, with the numbers of the records."""
        entries = self.lists.entries_of(codes)
        records = self.numbers[entries >> np.uint32(2)].astype(np.uint32)
        return np.asarray(records << np.uint32(2) | entries & np.uint32(3), dtype=np.uint32)

    def places_in(self, buckets: Iterable[range], codes: Codes, start: int) -> Places:
        """The places in some buckets, with the symbols that have these code points, which ascend.

        To a place at which a head begins `start` is added.
        """
        keys, bits = self.lists.keys_in(buckets), self.lists.place_bits
        symbols = np.searchsorted(codes, self.lists.codes).astype(np.uint32)
        names = symbols[keys[:, 0] >> np.uint32(16)] << np.uint32(16) | symbols[keys[:, 0] & np.uint32(0xFFFF)]
        addresses = keys[:, 1].astype(np.int64)
        if keys.shape[1] > 2:
            addresses |= keys[:, 2].astype(np.int64) << 32
        records, places, own = self.numbers[addresses >> bits], addresses & (1 << bits) - 1, 1 << bits - 1
        places = np.where(places < own, places, places - own + start)
        return Places(names, records.astype(np.uint32), places.astype(np.uint32))


def made_lists(name: str, words: SectionWords, grams: FrequentGrams, store: KeptArrays) -> SectionLists:
    """The lists of a section, made now and kept by that name."""
    bits = words.longest.bit_length() + 1
    columns = 2 if (words.count - 1).bit_length() + bits <= 32 else 3
    parts = [_part_of(chunk, columns) for chunk in chunks(words.stream(), grams, bits)]
    return SectionLists(store.put(name, bits, _joined(parts, columns)))


class _ChunkLists(NamedTuple):
    """What a chunk gives."""

    codes: Codes
    entries: Entries
    counts: Numbers
    """Of entries, by symbol."""
    keys: Array
    buckets: Numbers
    """How many keys each has."""


def _part_of(chunk: Chunk, columns: int) -> _ChunkLists:
    entries, counts = entries_of(chunk)
    names, addresses, buckets = keys_of(chunk)
    keys = np.empty((len(names), columns), dtype=np.uint32)
    keys[:, 0], keys[:, 1] = names, addresses & np.uint64(_LOW)
    if columns > 2:
        keys[:, 2] = addresses >> np.uint64(32)
    return _ChunkLists(chunk.codes, entries, counts, keys, buckets)


def _joined(parts: Sequence[_ChunkLists], columns: int) -> Sequence[Array]:
    """The arrays that are kept."""
    codes, _ = counted(np.concatenate([np.zeros(0, np.uint32), *(part.codes for part in parts)]))
    owners = [np.searchsorted(codes, part.codes).astype(np.uint32) for part in parts]
    for part, own in zip(parts, owners, strict=True):
        names = part.keys[:, 0]
        part.keys[:, 0] = own[names >> np.uint32(16)] << np.uint32(16) | own[names & np.uint32(0xFFFF)]
    none = np.zeros((0, columns), dtype=np.uint32)
    held = [(part.entries, np.repeat(own, part.counts)) for part, own in zip(parts, owners, strict=True)]
    entries, ends = _grouped(held, len(codes), none[:, 0])
    by_bucket = [(part.keys, np.repeat(np.arange(BUCKETS), part.buckets)) for part in parts]
    keys, buckets = _grouped(by_bucket, BUCKETS, none)
    return codes, entries, ends, keys.ravel(), buckets


def _grouped(parts: Sequence[tuple[Array, Array]], groups: int, none: Array) -> tuple[Array, Array]:
    """Values that come with their groups, by group, and where each ends."""
    of = np.concatenate([np.zeros(0, np.int64), *(groups for _, groups in parts)])
    values = np.concatenate([none, *(values for values, _ in parts)])
    if len(parts) > 1:
        values = values[np.argsort(of, kind="stable")]
    return values, np.cumsum(np.bincount(of, minlength=groups)).astype(np.int32)
