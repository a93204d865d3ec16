"""All lists as files: what index.js says of them, and when a list is long.

<n>    several lists with places (clause_places.py), by a hash of the name
s<n>   the lists of several units, by a hash
c<n>   the list of a unit that many records hold
o<n>   the list of a frequent run (grams.py)
a<n>   the first results (answers.py) of several of those that have files of their own: units, then runs
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

import numpy as np

from generator.search.answers import FIRST, Answers
from generator.search.chunks import shape_of
from generator.search.grams import FrequentGrams, frequent_grams, grams_of, share_of
from generator.search.index_state import (
    IndexChanges,
    IndexSection,
    IndexState,
    SectionNames,
    changes_between,
    save_state,
)
from generator.search.kept_arrays import KeptArrays
from generator.search.numbers import counted, text
from generator.search.position_lists import PlaceLists
from generator.search.script import IndexFile, made_from
from generator.search.section_lists import SectionLists, made_lists
from generator.search.section_words import SectionWords
from generator.search.single_lists import Limits, SingleLists, file_names
from generator.search.stamps import StampWriter


def limits_of(units: int) -> Limits:
    """The limits for a text of so many units: files and what they hold both grow with its square root."""
    root = units**0.5
    return Limits(shard=max(1600, int(root * 0.4)), most=max(2400, int(root * 0.8)))


class ListWriter:
    """The lists of the sections of an index. Memory: four bytes for each record that holds a symbol."""

    def __init__(self, words: Sequence[SectionWords], before: IndexState | None) -> None:
        """`before` is the state of the index that stands, when it is known."""
        self._words, self._before = words, before
        self._firsts = np.cumsum([0, *(section.count for section in words)]).tolist()
        self._length = sum(section.length for section in words)
        self.limits = limits_of(self._length)
        self._samples = list(self._sampled())
        self._judged, self.grams = self._frequent()
        occurs = np.zeros(1 << 16, dtype=np.bool_)
        for section in words:
            occurs[section.occurs] = True
        longest = max((section.longest for section in words), default=0)
        self._shape = shape_of(np.flatnonzero(occurs), longest, self._firsts[-1], self.grams)

    def _sampled(self) -> Iterator[tuple[str, str]]:
        """The hash of the sample of each section, behind a name that says all that decides about it."""
        share, known = share_of(self._length), self._before.samples if self._before else {}
        for section, first in zip(self._words, self._firsts, strict=False):
            name = f"{section.name} {first % share} {share}"
            yield name, known.get(name) or made_from(section.sample(first, share).data)

    def _frequent(self) -> tuple[str, FrequentGrams]:
        share = share_of(self._length)
        least = self.limits.most // share
        judged = made_from(str(least).encode(), *(sample.encode() for _, sample in self._samples))
        if self._before and self._before.judged == judged:
            return judged, grams_of(self._before.levels)
        empty = np.zeros(0, dtype=np.uint16)
        pieces = (section.sample(first, share) for section, first in zip(self._words, self._firsts, strict=False))
        return judged, frequent_grams(np.concatenate([empty, *pieces]), least)

    def files(self, answers: Answers, stamps: StampWriter, store: KeptArrays) -> Iterator[IndexFile]:
        """The files, as `stamps` takes them down; what is made of sections is in the `store`. Sets `name`, `entry`."""
        shape = self._shape
        common = made_from(shape.said, repr(self.grams.names).encode("utf-8", "surrogatepass"))
        named = [self._section(number, common, store) for number in range(len(self._words))]
        sections, lists = [section for section, _ in named], [section.lists for section, _ in named]
        places = PlaceLists(shape, lists, self._length, self.limits.shard)
        counts = sum((one.counts for one in lists), np.zeros(len(shape.codes), dtype=np.int64))
        names = file_names(shape, counts, self.limits)
        sizes = np.concatenate([np.zeros(0, np.int64), *(section.records for section in self._words)])
        now = IndexState(
            common=made_from(common.encode(), sizes.data, repr([len(one.records) for one in self._words]).encode()),
            shards=places.shards,
            sections=[one for _, one in named],
            judged=self._judged,
            samples=dict(self._samples),
            levels=self.grams.ends,
            files=names.files,
            words=names.words,
            shown=np.full((len(names.words), FIRST), -1, dtype=np.int64),
        )
        changes = changes_between(self._before, now, shape, sections, store)
        yield from _place_files(places, stamps, changes)
        singles = SingleLists(shape, self.grams.names, lists, names, stamps)
        yield from singles.files(changes)
        yield from singles.answers(answers, now.shown, changes)
        save_state(now, store)
        self.name = now.name
        self.entry: dict[str, Any] = {
            "shards": places.shards,
            "width": shape.width,
            "frequent": _packed(self.grams),
            "singles": names.singles,
            "common": "".join(chr(shape.codes[symbol]) for symbol in names.common),
        }

    def _section(self, number: int, common: str, store: KeptArrays) -> tuple[IndexSection, SectionNames]:
        words, first = self._words[number], self._firsts[number]
        name = made_from(common.encode(), words.name.encode(), str(first).encode())
        kept = store.get(name)
        lists = SectionLists(kept) if kept else None
        lists = lists or made_lists(name, words.stream(), self._shape, self.grams, first, store)
        return IndexSection(first, words, lists), SectionNames(words.name, name)


def _place_files(places: PlaceLists, stamps: StampWriter, changes: IndexChanges | None) -> Iterator[IndexFile]:
    if changes is None:
        for number, source, value in places.files(stamps.is_known):
            yield stamps.add(str(number), source, partial(_same, value))
        return
    names = map(str, range(places.shards))
    again = [None if number in changes.shards else stamps.again(name) for number, name in enumerate(names)]
    new = places.some([number for number, file in enumerate(again) if file is None], stamps.is_known)
    for file in again:
        if file:
            yield file
        else:
            number, source, value = next(new)
            yield stamps.add(str(number), source, partial(_same, value))


def _same(value: object) -> object:
    return value


def _packed(grams: FrequentGrams) -> list[list[str]]:
    """The frequent runs by length: prefixes, how many runs each has, the last units.

    A prefix is a unit in runs of two, else the distance of its number from the one before.
    """
    packed = []
    for index, (prefixes, units) in enumerate(grams.ends):
        held, counts = counted(prefixes.astype(np.int64))
        first = text(np.diff(held, prepend=0)) if index else "".join(map(chr, held.tolist()))
        packed.append([first, text(counts), "".join(map(chr, units.tolist()))])
    return packed
