"""All lists as files: what index.js says of them, and when a list is long.

<n>    several lists with places (places.py), by a hash of the name
s<n>   the lists of several units, by a hash
c<n>   the list of a unit that many records hold
o<n>   the list of a frequent run (grams.py)
a<n>   the first results (answers.py) of several of those that have files of their own: units, then runs
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

import numpy as np

from generator.search.answers import PACK, Answers
from generator.search.chunks import Shape, chunks, shape_of
from generator.search.grams import FrequentGrams, frequent_grams
from generator.search.holders import HolderWriter
from generator.search.numbers import text
from generator.search.position_lists import PlaceWriter, shard_of
from generator.search.stream import Stream


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Sizes that weigh the bytes of a query against the number of files; chosen by benchmarks/search.py."""

    shard: int
    """Entries in a file of several lists."""
    most: int
    """Entries above which a list is long: the run is frequent, the unit has a file of its own."""


def limits_of(units: int) -> Limits:
    """The limits for a text of so many units: files and what they hold both grow with its square root."""
    root = units**0.5
    return Limits(shard=max(1600, int(root * 0.4)), most=max(2400, int(root * 0.8)))


class ListWriter:
    """The lists of a stream. Memory beside it: four bytes for each record that holds a symbol; places go to disk."""

    def __init__(self, stream: Stream) -> None:
        self._stream = stream
        self.limits = limits_of(len(stream.units))
        self.grams = frequent_grams(stream, self.limits.most)

    def files(self, answers: Answers) -> Iterator[tuple[str, Any]]:
        """Name and value of each file."""
        stream = self._stream
        shape = shape_of(stream, self.grams)
        holders = HolderWriter(shape)
        with tempfile.TemporaryFile() as spool:
            places = PlaceWriter(shape, len(stream.units), spool)
            for chunk in chunks(stream, shape, self.grams):
                holders.add(chunk)
                places.add(chunk)
            for number, shard in places.files(self.limits.shard):
                yield str(number), shard
        self.entry: dict[str, Any] = {"shards": places.shards, "width": shape.width, "frequent": _packed(self.grams)}
        yield from self._single_files(holders, shape, answers)

    def _single_files(self, holders: HolderWriter, shape: Shape, answers: Answers) -> Iterator[tuple[str, Any]]:
        counts = holders.counts()
        units = counts[: shape.units]
        order = np.argsort(-units, kind="stable")
        common = order[: int((units > self.limits.most).sum())].tolist()
        rank = {symbol: index for index, symbol in enumerate(common)}
        rest = units[units <= self.limits.most]
        count = max(1, int(rest.sum()) // self.limits.shard)
        shards: dict[int, list[tuple[str, str]]] = {}
        numbers = shard_of(shape.codes, np.zeros(len(shape.codes), np.uint32), count)
        for symbol, digits in enumerate(holders.lists()):
            if symbol >= shape.units:
                yield f"o{symbol - shape.units}", digits
            elif symbol in rank:
                yield f"c{rank[symbol]}", digits
            elif digits:
                shards.setdefault(int(numbers[symbol]), []).append((chr(shape.codes[symbol]), digits))
        for number in range(count):
            lists = shards.get(number, [])
            sizes = text(np.array([len(digits) for _, digits in lists], dtype=np.int64))
            names = "\n".join(name for name, _ in lists)
            yield f"s{number}", [names, sizes, "".join(digits for _, digits in lists)]
        words = [(chr(shape.codes[symbol]), symbol) for symbol in common]
        self.entry |= {"singles": count, "common": "".join(unit for unit, _ in words)}
        words += [(run, shape.units + number) for number, run in enumerate(self.grams.names)]
        ready = answers.of((word, holders.entries(symbol)) for word, symbol in words)
        for number in range(-(-len(words) // PACK)):
            yield f"a{number}", list(islice(ready, PACK))


def _packed(grams: FrequentGrams) -> list[list[str]]:
    """The frequent runs by length: prefixes, how many runs each has, the last units.

    A prefix is a unit in runs of two, else the distance of its number from the one before.
    """
    packed = []
    for index, (prefixes, units) in enumerate(grams.ends):
        held, counts = np.unique(prefixes.astype(np.int64), return_counts=True)
        first = text(np.diff(held, prepend=0)) if index else "".join(map(chr, held.tolist()))
        packed.append([first, text(counts), "".join(map(chr, units.tolist()))])
    return packed
