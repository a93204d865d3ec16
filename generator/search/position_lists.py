"""Lists with places: every run that is not frequent, with each place at which it stands.

A name is two code points: first unit and what follows, or what goes before and the last unit, where a frequent run has
a code point of its own. An entry is the distance from the record before (0: the same) and the place in the record.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from generator.base.diagnostics import DiscloseError
from generator.search.chunks import Chunk, Keys
from generator.search.clause_places import HEAD
from generator.search.numbers import BASE, Numbers, encode, fixed, text
from generator.search.script import made_from
from generator.search.spread import Codes, mixed, spread

if TYPE_CHECKING:
    from generator.search.section_lists import IndexSection

_BITS = 12
"""Keys of a section are in order as far as by so many bits of the number that spreads names: a bucket each."""
BUCKETS = 1 << _BITS
_MOST_SYMBOLS = 1 << 16
_PART = 1 << 19
"""Places that are put in order at once, or a few more."""


class Shape(NamedTuple):
    """What lists of an index have in common."""

    codes: Codes
    """By symbol the code point that stands for it in names, ascending."""
    width: int
    """Digits of a place."""

    @property
    def start(self) -> int:
        """Added to a place at which a head begins: these take the greatest numbers of so many digits."""
        return beyond(self.width)


def shape_of(codes: Codes, longest: int) -> Shape:
    """The shape for these symbols, when the longest record has so many places."""
    if len(codes) > _MOST_SYMBOLS:
        raise DiscloseError(
            f"the site is too large for its search index: {len(codes)} different characters and frequent words, of "
            f"{_MOST_SYMBOLS} at most. Make two sites of it."
        )
    return Shape(codes, 2 if longest < beyond(2) else 4)


def beyond(width: int) -> int:
    """The least number of so many digits that says that a head begins at a place."""
    return int(BASE**width) - HEAD


class Shard(NamedTuple):
    """The lists of several names."""

    number: int
    source: str
    """The hash of what it is made from."""
    value: list[str] | None
    """None: it is known."""


IsKnown = Callable[[str, str], bool]
"""Whether the list of a name, made from what has a hash, is there already."""


def keys_of(chunk: Chunk) -> tuple[NDArray[np.uint32], Keys, Numbers]:
    """The names and addresses of the places of `chunk` by buckets, and how many each bucket has."""
    parts = list(chunk.named())
    first = np.concatenate([each for each, _, _ in parts])
    second = np.concatenate([each for _, each, _ in parts])
    bucket = (mixed(chunk.codes[first], chunk.codes[second]) >> np.uint32(32 - _BITS)).astype(np.uint16)
    order = np.argsort(bucket, kind="stable")
    names = first[order].astype(np.uint32) << np.uint32(16) | second[order]
    return names, np.concatenate([each for _, _, each in parts])[order], np.bincount(bucket, minlength=BUCKETS)


class PlaceLists:
    """The lists with places of all sections together."""

    def __init__(self, shape: Shape, sections: Sequence[IndexSection], shards: int) -> None:
        self._shape, self._sections, self._shards = shape, sections, shards
        self._count = sum(section.lists.places for section in sections)

    def files(self, numbers: Sequence[int], is_known: IsKnown) -> Iterator[Shard]:
        """The shards of these numbers, which ascend, those without a list too."""
        at_once = max(1, _PART * self._shards // max(1, self._count))
        for first in range(0, len(numbers), at_once):
            some = numbers[first : first + at_once]
            found = {shard.number: shard for shard in self._found(some, is_known)}
            yield from (found.get(number) or Shard(number, made_from(b""), ["", "", ""]) for number in some)

    def _found(self, numbers: Sequence[int], is_known: IsKnown) -> Iterator[Shard]:
        """The shards of these numbers that have lists: names, number of digits of each list, digits."""
        codes, width = self._shape
        wanted = np.zeros(self._shards, dtype=np.bool_)
        wanted[numbers] = True
        buckets = sorted({bucket for number in numbers for bucket in self._buckets(number)})
        names, records, places = self._places(_runs_of(buckets))
        order = names.astype(np.uint64) << np.uint64(32) | np.arange(len(names), dtype=np.uint64)
        order.sort()
        names = (order >> np.uint64(32)).astype(np.uint32)
        order &= np.uint64((1 << 32) - 1)
        begins = np.flatnonzero(_changes(names))
        names, sizes = names[begins], np.diff(begins, append=len(order))
        first, second = codes[names >> np.uint32(16)], codes[names & np.uint32(0xFFFF)]
        shard = spread(first, second, self._shards)
        chosen = np.flatnonzero(wanted[shard])
        chosen = chosen[np.argsort(shard[chosen], kind="stable")]
        shard, sizes, begins = shard[chosen], sizes[chosen], begins[chosen]
        pair = np.stack((first[chosen], second[chosen], np.full(len(chosen), 10, dtype=np.uint32)), axis=1)
        ends = np.cumsum(sizes)
        order = order[np.repeat(begins - ends + sizes, sizes) + np.arange(int(sizes.sum()))]
        records, places = records[order], places[order]
        edges = [*np.flatnonzero(_changes(shard)).tolist(), len(shard)]
        at = [0, *ends.tolist()]
        for start, end in pairwise(edges):
            names_of, sizes_of, held = pair[start:end], sizes[start:end], slice(at[start], at[end])
            source = made_from(
                str(width).encode(), names_of.tobytes(), sizes_of.tobytes(), records[held].data, places[held].data
            )
            number = int(shard[start])
            is_same = is_known(str(number), source)
            value = None if is_same else _encoded(names_of, sizes_of, records[held], places[held], width)
            yield Shard(number, source, value)

    def _places(self, buckets: Sequence[range]) -> Sequence[NDArray[np.uint32]]:
        parts = [section.places_in(buckets, self._shape.codes, self._shape.start) for section in self._sections]
        return [np.concatenate([np.zeros(0, np.uint32), *(part[column] for part in parts)]) for column in range(3)]

    def _buckets(self, shard: int) -> range:
        """The buckets that may have keys of a shard."""
        first, after = -(-(shard << 32) // self._shards), -(-(shard + 1 << 32) // self._shards)
        return range(first >> 32 - _BITS, (after - 1 >> 32 - _BITS) + 1)


def _runs_of(numbers: Iterable[int]) -> list[range]:
    """Ascending numbers as runs of such as follow each other."""
    found = list[range]()
    for number in numbers:
        if found and found[-1].stop == number:
            found[-1] = range(found[-1].start, number + 1)
        else:
            found.append(range(number, number + 1))
    return found


def _encoded(
    pair: Codes, sizes: Numbers, records: NDArray[np.uint32], places: NDArray[np.uint32], width: int
) -> list[str]:
    """The value of a shard."""
    begins = np.cumsum(sizes) - sizes
    numbers = records.astype(np.int64)
    distances = np.diff(numbers, prepend=0)
    distances[begins] = numbers[begins] + 1
    digits, at = encode(distances, fixed(places.astype(np.int64), width))
    labels = pair.astype("<u4").tobytes().decode("utf-32-le", "surrogatepass")
    return [labels[:-1], text(np.diff(at[np.append(begins, len(records))])), digits.tobytes().decode("ascii")]


def _changes(values: NDArray[Any]) -> NDArray[np.bool_]:
    """Where a value differs from the one before; true for the first."""
    changes = np.ones(len(values), dtype=np.bool_)
    np.not_equal(values[1:], values[:-1], out=changes[1:])
    return changes
