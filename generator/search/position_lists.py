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

from generator.search.chunks import Chunk, Codes, Keys, Shape
from generator.search.numbers import Numbers, encode, fixed, text
from generator.search.script import made_from

if TYPE_CHECKING:
    from generator.search.section_lists import SectionLists

_HASH = 0x9E3779B1
_BITS = 12
"""Keys of a section are in order as far as by so many bits of the number that spreads names: a bucket each."""
BUCKETS = 1 << _BITS
_MOST_BITS = 8
_PART = 1 << 18
"""Keys that are put in order at once, or a few more."""


def mixed(first: Codes, second: Codes) -> Codes:
    """A number that spreads names evenly."""
    return (first * np.uint32(31) + second) * np.uint32(_HASH)


def shard_of(first: Codes, second: Codes, count: int) -> Numbers:
    """The number of the shard that holds the list of a name; search.js says the same."""
    return (mixed(first, second).astype(np.uint64) * np.uint64(count) >> np.uint64(32)).astype(np.int64)


class Shard(NamedTuple):
    """The lists of several names."""

    number: int
    source: str
    """The hash of what it is made from."""
    value: list[str] | None
    """None: it is known."""


IsKnown = Callable[[str, str], bool]
"""Whether the list of a name, made from what has a hash, is there already."""


def _empty(number: int) -> Shard:
    return Shard(number, made_from(b""), ["", "", ""])


def keys_of(chunk: Chunk) -> tuple[Keys, Numbers]:
    """The keys of the places of `chunk` by buckets, and how many each has."""
    shape = chunk.shape
    parts = list(chunk.named())
    first = np.concatenate([each for each, _, _ in parts])
    second = np.concatenate([each for _, each, _ in parts])
    names = first.astype(np.uint64) << np.uint64(shape.symbol_bits) | second
    keys = names << np.uint64(shape.address_bits) | np.concatenate([each for _, _, each in parts])
    bucket = (mixed(shape.codes[first], shape.codes[second]) >> np.uint32(32 - _BITS)).astype(np.uint16)
    return keys[np.argsort(bucket, kind="stable")], np.bincount(bucket, minlength=BUCKETS)


class PlaceLists:
    """The lists with places of all sections together."""

    def __init__(self, shape: Shape, sections: Sequence[SectionLists], units: int, limit: int) -> None:
        """Of a text of so many units; a shard has about `limit` entries."""
        self._shape, self._sections = shape, sections
        self._count = sum(int(section.buckets[-1]) for section in sections)
        self._bits = min(_MOST_BITS, (units // _PART).bit_length())
        """Keys are put in order by runs of shards, of which there are two to the power of this."""
        self.shards = -(-self._count // (limit << self._bits) << self._bits) or 1

    def files(self, is_known: IsKnown) -> Iterator[Shard]:
        """Each shard, those without a list too."""
        for run in range(1 << self._bits):
            keys = self._keys([range(run << _BITS - self._bits, (run + 1) << _BITS - self._bits)])
            number = run * self.shards >> self._bits
            for shard in _shards(keys, self._shape, self.shards, is_known):
                yield from map(_empty, range(number, shard.number))
                yield shard
                number = shard.number + 1
            yield from map(_empty, range(number, (run + 1) * self.shards >> self._bits))

    def some(self, numbers: Sequence[int], is_known: IsKnown) -> Iterator[Shard]:
        """The shards of these numbers, which ascend, those without a list too."""
        at_once = max(1, _PART * self.shards // max(1, self._count))
        for first in range(0, len(numbers), at_once):
            some = numbers[first : first + at_once]
            keys = self._keys(_runs_of(sorted({bucket for one in some for bucket in _buckets(one, self.shards)})))
            keys = keys[np.isin(shards_of(keys, self._shape, self.shards), some)]
            found = {shard.number: shard for shard in _shards(keys, self._shape, self.shards, is_known)}
            yield from (found.get(number) or _empty(number) for number in some)

    def _keys(self, buckets: Sequence[range]) -> Keys:
        return np.concatenate([np.zeros(0, np.uint64), *(section.keys_in(buckets) for section in self._sections)])


def shards_of(keys: Keys, shape: Shape, count: int) -> Numbers:
    """The number of the shard of each key."""
    names = keys >> np.uint64(shape.address_bits)
    first, second = names >> np.uint64(shape.symbol_bits), names & np.uint64((1 << shape.symbol_bits) - 1)
    return shard_of(shape.codes[first], shape.codes[second], count)


def _buckets(shard: int, count: int) -> range:
    """The buckets that may have keys of a shard."""
    first, after = -(-(shard << 32) // count), -(-(shard + 1 << 32) // count)
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


def _shards(keys: Keys, shape: Shape, count: int, is_known: IsKnown) -> Iterator[Shard]:
    """The shards that have lists: names, number of digits of each list, digits."""
    if not len(keys):
        return
    keys.sort()
    names = keys >> np.uint64(shape.address_bits)
    begins = np.flatnonzero(_changes(names))
    names, sizes = names[begins], np.diff(begins, append=len(keys))
    pair = np.stack(
        (
            shape.codes[names >> np.uint64(shape.symbol_bits)],
            shape.codes[names & np.uint64((1 << shape.symbol_bits) - 1)],
            np.full(len(names), 10, dtype=np.uint32),
        ),
        axis=1,
    )
    shard = shard_of(pair[:, 0], pair[:, 1], count)
    order = np.argsort(shard, kind="stable")
    shard, pair, sizes, begins = shard[order], pair[order], sizes[order], begins[order]
    ends = np.cumsum(sizes)
    addresses = keys[np.repeat(begins - ends + sizes, sizes) + np.arange(len(keys))]
    addresses &= np.uint64((1 << shape.address_bits) - 1)
    edges = [*np.flatnonzero(_changes(shard)).tolist(), len(names)]
    places = [0, *ends.tolist()]
    form = f"{shape.width} {shape.place_bits} ".encode()
    for start, end in pairwise(edges):
        held = addresses[places[start] : places[end]]
        source = made_from(form, pair[start:end].tobytes(), sizes[start:end].tobytes(), held.data)
        number = int(shard[start])
        value = None if is_known(str(number), source) else _encoded(pair[start:end], sizes[start:end], held, shape)
        yield Shard(number, source, value)


def _encoded(pair: Codes, sizes: Numbers, addresses: Keys, shape: Shape) -> list[str]:
    """The value of a shard."""
    begins = np.cumsum(sizes) - sizes
    records = addresses.astype(np.int64)
    tails = fixed(shape.printed(records & ((1 << shape.place_bits) - 1)), shape.width)
    records >>= shape.place_bits
    distances = np.diff(records, prepend=0)
    distances[begins] = records[begins] + 1
    digits, at = encode(distances, tails)
    labels = pair.astype("<u4").tobytes().decode("utf-32-le", "surrogatepass")
    return [labels[:-1], text(np.diff(at[np.append(begins, len(addresses))])), digits.tobytes().decode("ascii")]


def _changes(values: NDArray[Any]) -> NDArray[np.bool_]:
    """Where a value differs from the one before; true for the first."""
    changes = np.ones(len(values), dtype=np.bool_)
    np.not_equal(values[1:], values[:-1], out=changes[1:])
    return changes
