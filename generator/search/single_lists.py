"""Lists without places as files, and the answers: c<n>, o<n>, s<n>, a<n> (postings.py)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from generator.search.answers import PACK, Answers
from generator.search.chunks import Shape
from generator.search.holders import Holders
from generator.search.index_state import IndexChanges
from generator.search.numbers import Numbers, text
from generator.search.position_lists import shard_of
from generator.search.script import IndexFile, made_from
from generator.search.section_lists import SectionLists
from generator.search.stamps import StampWriter


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Sizes that weigh the bytes of a query against the number of files; chosen by benchmarks/search.py."""

    shard: int
    """Entries in a file of several lists."""
    most: int
    """Entries above which a list is long: the run is frequent, the unit has a file of its own."""


class FileNames(NamedTuple):
    """Which symbols stand in which file."""

    files: Mapping[str, Sequence[int]]
    """In order."""
    common: Sequence[int]
    """Units that have files of their own, the most frequent first."""
    singles: int
    """Files for several units."""
    words: Sequence[int]
    """Units and runs that have answers."""


def file_names(shape: Shape, counts: Numbers, limits: Limits) -> FileNames:
    """The names for symbols that so many records hold."""
    units = counts[: shape.units]
    order = np.argsort(-units, kind="stable")
    common = order[: int((units > limits.most).sum())].tolist()
    rest = units[units <= limits.most]
    singles = max(1, int(rest.sum()) // limits.shard)
    runs = range(shape.units, len(shape.codes))
    files: dict[str, list[int]] = {f"c{index}": [symbol] for index, symbol in enumerate(common)}
    files |= {f"o{symbol - shape.units}": [symbol] for symbol in runs}
    files |= {f"s{number}": [] for number in range(singles)}
    numbers = shard_of(shape.codes, np.zeros(len(shape.codes), np.uint32), singles).tolist()
    alone = set(common)
    for symbol in range(shape.units):
        if symbol not in alone and counts[symbol]:
            files[f"s{numbers[symbol]}"].append(symbol)
    return FileNames(files, common, singles, [*common, *runs])


class SingleLists:
    """The lists without places of an index, and its answers."""

    def __init__(
        self,
        shape: Shape,
        runs: Sequence[str],
        lists: Sequence[SectionLists],
        names: FileNames,
        stamps: StampWriter,
    ) -> None:
        self._shape, self._runs, self._lists, self._names, self._stamps = shape, runs, lists, names, stamps

    def files(self, changes: IndexChanges | None) -> Iterator[IndexFile]:
        """The lists; as they are where nothing changed."""
        shape, stamps, files = self._shape, self._stamps, self._names.files
        again = dict[str, IndexFile]()
        for name, held in files.items() if changes else ():
            is_same = changes and changes.before.files.get(name) == held and changes.symbols.isdisjoint(held)
            if is_same and (file := stamps.again(name)):
                again[name] = file
        new = {name: held for name, held in files.items() if name not in again}
        holders = self._holders(symbol for held in new.values() for symbol in held)
        sources = {name: self._source(name, held, holders) for name, held in new.items()}
        coming = holders.lists(
            symbol for name, held in new.items() if not stamps.is_known(name, sources[name]) for symbol in held
        )
        for name, held in files.items():
            if name in again:
                yield again[name]
            elif name.startswith("s"):
                yield stamps.add(name, sources[name], partial(_several, shape, held, coming))
            else:
                yield stamps.add(name, sources[name], partial(next, coming))

    def answers(self, answers: Answers, shown: Numbers, changes: IndexChanges | None) -> Iterator[IndexFile]:
        """The answers; as they are where nothing changed. Puts down in `shown` which records each shows."""
        words, stamps = self._names.words, self._stamps
        packs = [range(first, min(first + PACK, len(words))) for first in range(0, len(words), PACK)]
        again = dict[int, IndexFile]()
        if changes:
            before = changes.before
            touched = _touched(before.shown, changes.records)
            for number, pack in enumerate(packs):
                held = words[pack.start : pack.stop]
                if before.words[pack.start : pack.start + PACK] != held or not changes.symbols.isdisjoint(held):
                    continue
                if not touched[pack.start : pack.stop].any() and (file := stamps.again(f"a{number}")):
                    again[number] = file
                    shown[pack.start : pack.stop] = before.shown[pack.start : pack.stop]
        holders = self._holders(words[at] for number, pack in enumerate(packs) if number not in again for at in pack)
        for number, pack in enumerate(packs):
            if number in again:
                yield again[number]
                continue
            made = answers.pack([(self._text(words[at]), holders.entries(words[at])) for at in pack])
            for at, records in zip(pack, made.shown, strict=True):
                shown[at, : len(records)] = records
            yield stamps.add(f"a{number}", made.source, made.value)

    def _holders(self, symbols: Iterable[int]) -> Holders:
        return Holders(sorted(set(symbols)), self._lists)

    def _text(self, symbol: int) -> str:
        units = self._shape.units
        return chr(self._shape.codes[symbol]) if symbol < units else self._runs[symbol - units]

    def _source(self, name: str, held: Sequence[int], holders: Holders) -> str:
        codes = self._shape.codes
        of = [made_from(int(codes[one]).to_bytes(4, "little"), holders.entries(one).data) for one in held]
        return made_from(*(one.encode() for one in of)) if name.startswith("s") else of[0]


def _touched(shown: Numbers, records: Sequence[range]) -> NDArray[np.bool_]:
    """By word, whether its answer shows one of the records."""
    found = np.zeros(len(shown), dtype=np.bool_)
    for some in records:
        found |= ((shown >= some.start) & (shown < some.stop)).any(axis=1)
    return found


def _several(shape: Shape, symbols: Sequence[int], coming: Iterator[str]) -> list[str]:
    """Names, number of digits of each list, digits."""
    lists = list(islice(coming, len(symbols)))
    names = "\n".join(chr(shape.codes[symbol]) for symbol in symbols)
    return [names, text(np.array([len(digits) for digits in lists], dtype=np.int64)), "".join(lists)]
