"""What lists take from a section: made once for each shape of the index (chunks.py), and kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from generator.search.chunks import Keys, Shape, chunks
from generator.search.grams import FrequentGrams
from generator.search.holders import Entries, entries_of
from generator.search.kept_arrays import Array, Kept, KeptArrays
from generator.search.numbers import Numbers
from generator.search.position_lists import BUCKETS, keys_of
from generator.search.stream import Stream

_ENTRIES, _ENDS, _KEYS, _BUCKETS = range(4)
"""The arrays that are kept."""

Bools = NDArray[np.bool_]


class SectionLists:
    """The records that hold each symbol, and the places of all names, of one section."""

    def __init__(self, kept: Kept) -> None:
        self._kept = kept

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

    def entries_of(self, symbols: Sequence[int]) -> Entries:
        """The entries of some symbols."""
        ends = self.ends
        if len(symbols) == len(ends):
            return self.entries()
        return self._kept.some(_ENTRIES, [(int(ends[one - 1]) if one else 0, int(ends[one])) for one in symbols])

    def entries(self) -> Entries:
        """The entries of all symbols, one after the other."""
        return self._kept.whole(_ENTRIES)

    def keys(self) -> Keys:
        """The keys of all places, by bucket."""
        return self._kept.whole(_KEYS)

    def keys_in(self, buckets: Iterable[range]) -> Keys:
        """The keys of some buckets."""
        ends = self.buckets
        return self._kept.some(
            _KEYS, [(int(ends[some.start - 1]) if some.start else 0, int(ends[some.stop - 1])) for some in buckets]
        )


def other_keys(before: SectionLists, now: SectionLists) -> Keys:
    """The keys that one of both alone has."""
    old, new = Groups(before.keys(), before.buckets), Groups(now.keys(), now.buckets)
    others = _others(old, new)
    return np.setxor1d(old.of(others), new.of(others), assume_unique=True)


def other_symbols(before: SectionLists, now: SectionLists) -> Numbers:
    """The symbols that other records hold, or otherwise."""
    return np.flatnonzero(_others(Groups(before.entries(), before.ends), Groups(now.entries(), now.ends)))


class Groups(NamedTuple):
    """Values in groups."""

    values: Array
    ends: Numbers

    @property
    def sizes(self) -> Numbers:
        """How many values each has."""
        return np.diff(self.ends, prepend=0)

    def of(self, chosen: Bools) -> Keys:
        """The values of some of them."""
        return np.asarray(self.values[np.repeat(chosen, self.sizes)], dtype=np.uint64)


def _others(before: Groups, now: Groups) -> Bools:
    """By group, whether its values are others, or stand in another order."""
    sizes = before.sizes
    others: Bools = np.asarray(sizes != now.sizes, dtype=np.bool_)
    group = np.repeat(np.arange(len(others)), np.where(others, 0, sizes))
    others[group[before.of(~others) != now.of(~others)]] = True
    return others


def made_lists(
    name: str, stream: Stream, shape: Shape, grams: FrequentGrams, first: int, store: KeptArrays
) -> SectionLists:
    """The lists of a section whose first record has the number `first`, made now and kept by that name."""
    made = [(entries_of(chunk), keys_of(chunk)) for chunk in chunks(stream, shape, grams, first)]
    entries, keys = [of for of, _ in made], [of for _, of in made]
    return SectionLists(
        store.put(name, None, (*_joined(entries, len(shape.codes), np.uint32), *_joined(keys, BUCKETS, np.uint64)))
    )


def _joined(parts: Sequence[tuple[Array, Numbers]], groups: int, kind: type[np.generic]) -> tuple[Array, Numbers]:
    """Values that are sorted into so many groups, and where these end; of several such with the sizes of the groups."""
    if len(parts) == 1:
        return parts[0][0], np.cumsum(parts[0][1])
    of = [np.repeat(np.arange(groups), sizes) for _, sizes in parts]
    values = np.concatenate([np.zeros(0, kind), *(some for some, _ in parts)])
    order = np.argsort(np.concatenate([np.zeros(0, np.int64), *of]), kind="stable")
    return values[order], np.cumsum(sum((sizes for _, sizes in parts), np.zeros(groups, dtype=np.int64)))
