"""Lists without places as files, and the answers: c<n>, o<n>, s<n>, a<n> (postings.py)."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import islice
from typing import NamedTuple

import numpy as np

from generator.search.answers import LOAD, Answers
from generator.search.grams import FIRST_RUN, FrequentGrams
from generator.search.holders import Holders
from generator.search.index_state import IndexChanges
from generator.search.numbers import Numbers, text
from generator.search.script import IndexFile, made_from
from generator.search.section_lists import IndexSection
from generator.search.spread import Codes, in_steps, spread_alone
from generator.search.stamps import StampWriter

_SYMBOLS = 1 << 16
"""Symbols of which all entries are held at once, or a few more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Sizes that weigh the bytes of a query against the number of files; chosen by benchmarks/search.py."""

    shard: int
    """Entries in a file of several lists."""
    most: int
    """Entries above which a list is long: the run is frequent, the unit has a file of its own."""


class FileNames(NamedTuple):
    """Which symbols, by their code points, stand in which file."""

    files: Mapping[str, Sequence[int]]
    """In order, answers last."""
    common: Sequence[int]
    """Units that have files of their own, the most frequent first."""
    singles: int
    """Files for several units."""
    packs: int
    """Files of answers, those that have none too."""


def file_names(codes: Codes, counts: Numbers, runs: Codes, limits: Limits) -> FileNames:
    """The names for symbols that so many records hold; `runs` are the frequent ones, which have all their lists."""
    is_unit = codes < FIRST_RUN
    often, units = codes[is_unit & (counts > limits.most)], codes[is_unit & (counts <= limits.most)]
    order = np.argsort(-counts[np.searchsorted(codes, often)], kind="stable")
    rest = int(counts[is_unit & (counts <= limits.most)].sum())
    singles = max(1, in_steps(rest // limits.shard))
    words = np.concatenate([often, np.sort(runs)])
    packs = max(1, in_steps(len(words)) // LOAD)
    common = often[order].tolist()
    files: dict[str, Sequence[int]] = {f"c{code}": [code] for code in common}
    files |= {f"o{code}": [code] for code in runs.tolist()}
    files |= _spread("s", units, singles)
    files |= _spread("a", words, packs)
    return FileNames(files, common, singles, packs)


def _spread(kind: str, codes: Codes, count: int) -> dict[str, list[int]]:
    files: dict[str, list[int]] = {f"{kind}{number}": [] for number in range(count)}
    for code, number in zip(codes.tolist(), spread_alone(codes, count).tolist(), strict=True):
        files[f"{kind}{number}"].append(code)
    return files


class SingleLists:
    """The lists without places of an index, and its answers."""

    def __init__(
        self,
        grams: FrequentGrams,
        sections: Sequence[IndexSection],
        files: Mapping[str, Sequence[int]],
        stamps: StampWriter,
        changes: IndexChanges | None,
    ) -> None:
        self._sections, self._files, self._stamps, self._changes = sections, files, stamps, changes
        self._runs = dict(zip(grams.codes.tolist(), grams.names, strict=True))

    def files(self) -> Iterator[IndexFile]:
        """The lists; as they are where nothing changed."""
        again = dict[str, IndexFile]()
        for name, held in self._files.items():
            if name[0] != "a" and self._is_same(name, held) and (file := self._stamps.again(name)):
                again[name] = file
        for some, holders in self._batches((name for name in self._files if name[0] != "a"), again):
            sources = {name: self._source(name, holders) for name in some if name not in again}
            coming = holders.lists(
                code
                for name, source in sources.items()
                if not self._stamps.is_known(name, source)
                for code in self._files[name]
            )
            for name in some:
                value = partial(_several, self._files[name], coming) if name[0] == "s" else partial(next, coming)
                yield again.get(name) or self._stamps.add(name, sources[name], value)

    def answers(self, answers: Answers, shown: dict[int, Numbers]) -> Iterator[IndexFile]:
        """The answers; as they are where nothing changed. Puts down in `shown` which records each word shows."""
        again = dict[str, IndexFile]()
        for name, held in self._files.items():
            is_same = name[0] == "a" and self._is_same(name, held) and not self._shows_others(held)
            if is_same and (file := self._stamps.again(name)):
                again[name] = file
                shown |= {code: self._before[code] for code in held}
        for some, holders in self._batches((name for name in self._files if name[0] == "a"), again):
            for name in some:
                if name in again:
                    yield again[name]
                    continue
                held = self._files[name]
                made = answers.pack([(self._text(code), holders.entries(code)) for code in held])
                shown |= dict(zip(held, made.shown, strict=True))
                yield self._stamps.add(name, made.source, made.value)

    @cached_property
    def _before(self) -> Mapping[int, Numbers]:
        """What each word showed."""
        return self._changes.before.shown if self._changes else {}

    def _is_same(self, name: str, held: Sequence[int]) -> bool:
        """Whether a file has the same lists as before."""
        changes = self._changes
        return bool(changes and changes.before.files.get(name) == held and changes.codes.isdisjoint(held))

    def _shows_others(self, held: Sequence[int]) -> bool:
        """Whether the answer to one of the words shows a record whose words stand in another file."""
        assert self._changes  # noqa: S101 - asked of what is the same as before
        return any(not self._changes.records.isdisjoint(self._before[code].tolist()) for code in held)

    def _batches(self, names: Iterable[str], again: Container[str]) -> Iterator[tuple[list[str], Holders]]:
        """The names, some after the other, with the entries of what their files hold, but for those made `again`."""
        some, codes = list[str](), list[int]()
        for name in names:
            some.append(name)
            codes += self._files[name] if name not in again else ()
            if len(codes) > _SYMBOLS:
                yield some, Holders(sorted(codes), self._sections)
                some, codes = [], []
        yield some, Holders(sorted(codes), self._sections)

    def _text(self, code: int) -> str:
        return self._runs[code] if code in self._runs else chr(code)

    def _source(self, name: str, holders: Holders) -> str:
        of = [made_from(code.to_bytes(4, "little"), holders.entries(code).data) for code in self._files[name]]
        return made_from(*(one.encode() for one in of)) if name[0] == "s" else of[0]


def _several(codes: Sequence[int], coming: Iterator[str]) -> list[str]:
    """Names, number of digits of each list, digits."""
    lists = list(islice(coming, len(codes)))
    names = "\n".join(map(chr, codes))
    return [names, text(np.array([len(digits) for digits in lists], dtype=np.int64)), "".join(lists)]
