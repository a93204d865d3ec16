"""Which runs of characters are so frequent that a list of their places would be too long to load.

A list of places exists for every pair of units that is not frequent, and for every longer run that is not frequent but
holds a frequent one that is one unit shorter. So any query that is not frequent itself is covered by lists that are
short: each of its units is in such a run of the query, however frequent the pairs in it are. A frequent run has a
list of its own without places: the answer to the query that is just this run.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from generator.search.numbers import counted
from generator.search.spread import Codes, spread
from generator.search.stream import CUT, Units

LONGEST = 8
"""Units in the longest frequent run that counts as one."""
_SAMPLE = 1 << 20
"""Units that are counted, or up to twice as many; a longer text is judged by every nth record."""
FIRST_RUN, _ROOM = 1 << 16, (1 << 20) - (1 << 16)
"""The least code point that stands for a run, and how many are aimed at: there is room behind them."""

Ids = NDArray[np.uint16]
Ends = tuple[NDArray[np.uint16], NDArray[np.uint16]]
"""Prefix and last unit of runs of one length, ascending. A prefix is a unit in runs of two, else a number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GramLevel:
    """Where frequent runs of one length are in a text."""

    size: int
    places: NDArray[np.int64]
    ids: Ids
    """The number of the run at each place."""
    longer: Ids
    """The number of the frequent run with one more unit there, or 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FrequentGrams:
    """The frequent runs, numbered from 1, shorter ones first."""

    names: tuple[str, ...]
    codes: Codes
    """The code points that stand for them in names."""
    moved: Mapping[str, int]
    """Those of runs that aim at one which another has."""
    ends: tuple[Ends, ...]
    """By length, the numbers ascending."""
    columns: Ids
    """Unit → its column in the tables; 0 for one that no frequent run holds."""
    pairs: Ids
    """[column, column] → number of the pair, 0 when it is not frequent."""
    longer: Ids
    """[number, column] → number of the run with one more unit, or 0."""

    def levels(self, units: Units) -> Iterator[GramLevel]:
        """Where frequent runs of two units stand, then those of three and so on, to the first length without any."""
        columns = self.columns[units]
        at = columns[:-1] * np.int32(len(self.pairs)) + columns[1:]
        ids = self.pairs.ravel()[at]
        places, size = np.flatnonzero(ids != 0), 2
        ids = ids[places]
        while len(places):
            ahead = np.minimum(places + size, len(units) - 1)
            longer = self.longer.ravel()[ids * np.int32(self.longer.shape[1]) + columns[ahead]]
            longer[ahead < places + size] = 0
            yield GramLevel(size=size, places=places, ids=ids, longer=longer)
            kept = np.flatnonzero(longer != 0)
            places, ids, size = places[kept], longer[kept], size + 1


def frequent_grams(units: Units, least: int) -> FrequentGrams:
    """The runs that occur more than `least` times in the units of a sample."""
    levels: list[Ends] = []
    before, first = units, 0
    while len(levels) < LONGEST - 1:
        size = len(levels) + 2
        ahead = before[: len(before) - size + 1]
        whole = (ahead != 0) & (before[1 : len(ahead) + 1] != 0) & (units[size - 1 :] != CUT)
        places = np.flatnonzero(whole)
        keys = ahead[places].astype(np.uint32) << np.uint32(16) | units[places + size - 1]
        found, counts = counted(keys)
        found = found[counts > least]
        if not len(found):
            break
        levels.append(((found >> 16).astype(np.uint16), (found & 0xFFFF).astype(np.uint16)))
        numbers = np.zeros(len(units), dtype=np.uint16)
        at = np.minimum(np.searchsorted(found, keys), len(found) - 1)
        same = found[at] == keys
        numbers[places[same]] = at[same] + 1 + first
        first += len(found)
        before = numbers
    return grams_of(levels)


def share_of(units: int) -> int:
    """Of a text of so many units every nth record is judged: n."""
    return 1 << max(0, (units // _SAMPLE).bit_length() - 1)


def grams_of(levels: Sequence[Ends]) -> FrequentGrams:
    """The frequent runs that have these `ends`.

    Each aims at a code point by a hash, as search.js says too, and has the next that is free when another has that: so
    it stays what it is when another run comes or goes that aims elsewhere.
    """
    names, codes, moved = list[str](), [0], dict[str, int]()
    taken = set[int]()
    for size, (prefixes, units) in enumerate(levels, 2):
        before = prefixes if size == 2 else np.array(codes, dtype=np.uint32)[prefixes]
        aims = spread(before.astype(np.uint32), units.astype(np.uint32), _ROOM) + FIRST_RUN
        found = [
            (chr(prefix) if size == 2 else names[prefix - 1]) + chr(unit)
            for prefix, unit in zip(prefixes.tolist(), units.tolist(), strict=True)
        ]
        own = dict(zip(found, aims.tolist(), strict=True))
        for name in sorted(found):
            code = own[name]
            while code in taken:
                moved[name] = own[name] = code = code + 1
            taken.add(code)
        names += found
        codes += own.values()
    return _tables(names, np.array(codes[1:], dtype=np.uint32), moved, levels)


def _tables(names: Sequence[str], codes: Codes, moved: Mapping[str, int], levels: Sequence[Ends]) -> FrequentGrams:
    columns = np.zeros(1 << 16, dtype=np.uint16)
    held, _ = counted(
        np.concatenate([part for prefixes, units in levels[:1] for part in (prefixes, units)] or [columns[:0]])
    )
    columns[held] = np.arange(1, len(held) + 1)
    width = len(held) + 1
    pairs = np.zeros((width, width), dtype=np.uint16)
    longer = np.zeros((len(names) + 1, width), dtype=np.uint16)
    number = 1
    for size, (prefixes, units) in enumerate(levels, 2):
        numbers = np.arange(number, number + len(units))
        if size == 2:
            pairs[columns[prefixes], columns[units]] = numbers
        else:
            longer[prefixes, columns[units]] = numbers
        number += len(units)
    return FrequentGrams(
        names=tuple(names), codes=codes, moved=moved, ends=tuple(levels), columns=columns, pairs=pairs, longer=longer
    )
