"""All lists as files: what index.js says of them, and when a list is long.

<n>    several lists with places (places.py), by a hash of the name
s<n>   the lists of several units, by a hash
c<n>   the list of a unit that many records hold
o<n>   the list of a frequent run (grams.py)
a<n>   the first results (answers.py) of several of those that have files of their own: units, then runs
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import Any

import numpy as np

from generator.search.answers import PACK, Answers
from generator.search.chunks import Chunk, Shape, chunks, shape_of
from generator.search.grams import FrequentGrams, frequent_grams
from generator.search.holders import HolderWriter
from generator.search.made_chunks import ChunkStore, MadeChunk
from generator.search.numbers import text
from generator.search.position_lists import PlaceWriter, shard_of
from generator.search.script import IndexFile, made_from
from generator.search.stamps import StampWriter
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

    def files(self, answers: Answers, stamps: StampWriter, store: ChunkStore) -> Iterator[IndexFile]:
        """The files, as `stamps` takes them down; what is made of chunks is in the `store`."""
        stream = self._stream
        shape = shape_of(stream, self.grams)
        holders = HolderWriter(shape)
        with tempfile.TemporaryFile() as spool:
            places = PlaceWriter(shape, len(stream.units), spool)
            common = shape.said + f"{places.bits} {self.grams.names}".encode("utf-8", "surrogatepass")
            for chunk in chunks(stream, shape, self.grams):

                def make(chunk: Chunk = chunk) -> MadeChunk:
                    return MadeChunk(*holders.made(chunk), *places.made(chunk))

                made = store.made(chunk.source(common), make)
                holders.add(made.entries, made.ends)
                places.add(made.keys, made.counts)
            store.close()
            for number, source, value in places.files(self.limits.shard, stamps.is_known):
                yield stamps.add(str(number), source, partial(_same, value))
        self.entry: dict[str, Any] = {"shards": places.shards, "width": shape.width, "frequent": _packed(self.grams)}
        yield from self._single_files(holders, shape, answers, stamps)

    def _single_files(
        self, holders: HolderWriter, shape: Shape, answers: Answers, stamps: StampWriter
    ) -> Iterator[IndexFile]:
        counts = holders.counts()
        units = counts[: shape.units]
        order = np.argsort(-units, kind="stable")
        common = order[: int((units > self.limits.most).sum())].tolist()
        rest = units[units <= self.limits.most]
        count = max(1, int(rest.sum()) // self.limits.shard)
        names = {symbol: f"c{index}" for index, symbol in enumerate(common)}
        names |= {symbol: f"o{symbol - shape.units}" for symbol in range(shape.units, len(shape.codes))}
        shards: dict[str, list[int]] = {f"s{number}": [] for number in range(count)}
        numbers = shard_of(shape.codes, np.zeros(len(shape.codes), np.uint32), count).tolist()
        for symbol in range(shape.units):
            if symbol not in names and counts[symbol]:
                shards[f"s{numbers[symbol]}"].append(symbol)
        sources = holders.sources()
        files = {name: (sources[symbol], [symbol]) for symbol, name in names.items()}
        files |= {name: (made_from(*(sources[one].encode() for one in held)), held) for name, held in shards.items()}
        new = [held for name, (source, held) in files.items() if not stamps.is_known(name, source)]
        lists = holders.lists(symbol for held in new for symbol in held)
        for name, (source, held) in files.items():
            if name in shards:
                yield stamps.add(name, source, partial(_several, shape, held, lists))
            else:
                yield stamps.add(name, source, lambda: next(lists))
        words = [(chr(shape.codes[symbol]), symbol) for symbol in common]
        self.entry |= {"singles": count, "common": "".join(unit for unit, _ in words)}
        words += [(run, shape.units + number) for number, run in enumerate(self.grams.names)]
        for number in range(-(-len(words) // PACK)):
            some = words[number * PACK : (number + 1) * PACK]
            source, value = answers.pack([(word, holders.entries(symbol)) for word, symbol in some])
            yield stamps.add(f"a{number}", source, value)


def _same(value: object) -> object:
    return value


def _several(shape: Shape, symbols: Sequence[int], coming: Iterator[str]) -> list[str]:
    """Names, number of digits of each list, digits."""
    lists = list(islice(coming, len(symbols)))
    names = "\n".join(chr(shape.codes[symbol]) for symbol in symbols)
    return [names, text(np.array([len(digits) for digits in lists], dtype=np.int64)), "".join(lists)]


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
