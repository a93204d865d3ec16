"""Lists with places: every run that is not frequent, with each place at which it stands.

A name is two code points: first unit and what follows, or what goes before and the last unit, where a frequent run has
a code point of its own. An entry is the distance from the record before (0: the same) and the place in the record.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import IO, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from generator.search.chunks import Chunk, Codes, Keys, Shape
from generator.search.numbers import Numbers, encode, fixed, text
from generator.search.script import made_from

_HASH = 0x9E3779B1
_PART = 1 << 18


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


class PlaceWriter:
    """Takes what is made of chunks, one by one, in order; keeps their keys on disk, by runs of shards."""

    def __init__(self, shape: Shape, units: int, spool: IO[bytes]) -> None:
        self._shape, self._spool = shape, spool
        self.bits = min(8, (units // _PART).bit_length())
        """A run of shards is one of two to the power of this."""
        self._counts: list[Numbers] = []

    def made(self, chunk: Chunk) -> tuple[Keys, Numbers]:
        """The keys of the places of `chunk` by runs of shards, and how many each has."""
        shape = self._shape
        parts = list(chunk.named())
        first = np.concatenate([each for each, _, _ in parts])
        second = np.concatenate([each for _, each, _ in parts])
        names = first.astype(np.uint64) << np.uint64(shape.symbol_bits) | second
        keys = names << np.uint64(shape.address_bits) | np.concatenate([each for _, _, each in parts])
        if not self.bits:
            return keys, np.array([len(keys)])
        part = (mixed(shape.codes[first], shape.codes[second]) >> np.uint32(32 - self.bits)).astype(np.uint8)
        return keys[np.argsort(part, kind="stable")], np.bincount(part, minlength=1 << self.bits)

    def add(self, keys: Keys, counts: Numbers) -> None:
        """Take what `made` gave."""
        self._counts.append(counts)
        self._spool.write(keys.data)

    def files(self, limit: int, is_known: IsKnown) -> Iterator[Shard]:
        """Each shard, those without a list too; sets `shards`."""
        counts = np.array(self._counts).reshape(-1, 1 << self.bits)
        ends = np.cumsum(counts).reshape(counts.shape)
        self.shards = -(-int(counts.sum()) // (limit << self.bits) << self.bits) or 1
        for part in range(1 << self.bits):
            runs = [self._read(int(end), int(count)) for end, count in zip(ends[:, part], counts[:, part], strict=True)]
            keys = np.concatenate(runs or [np.zeros(0, np.uint64)])
            number = part * self.shards >> self.bits
            for shard in _shards(keys, self._shape, self.shards, is_known):
                yield from map(_empty, range(number, shard.number))
                yield shard
                number = shard.number + 1
            yield from map(_empty, range(number, (part + 1) * self.shards >> self.bits))

    def _read(self, end: int, count: int) -> Keys:
        self._spool.seek((end - count) * 8)
        return np.frombuffer(self._spool.read(count * 8), dtype=np.uint64)


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
