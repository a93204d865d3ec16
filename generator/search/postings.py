"""All lists as files: what index.js says of them, and when a list is long.

<n>    several lists with places (clause_places.py), by a hash of the name
s<n>   the lists of several units, by a hash
c<n>   the list of a unit that many records hold, by its code point
o<n>   the list of a frequent run (grams.py), by the code point that stands for it
a<n>   the first results (answers.py) of several of those that have files of their own, by a hash
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

import numpy as np

from generator.search.answers import Answers
from generator.search.grams import FrequentGrams, frequent_grams, grams_of, share_of
from generator.search.index_state import IndexChanges, IndexState, SectionNames, changes_between, save_state
from generator.search.kept_arrays import KeptArrays
from generator.search.numbers import Numbers, counted, text
from generator.search.position_lists import PlaceLists, Shape, shape_of
from generator.search.record_numbers import RecordNumbers, numbers_of
from generator.search.script import IndexFile, made_from
from generator.search.section_lists import IndexSection, SectionLists, made_lists
from generator.search.section_words import SectionWords
from generator.search.single_lists import Limits, SingleLists, file_names
from generator.search.spread import in_steps
from generator.search.stamps import StampWriter

_RATIO = 8
"""How exactly places are counted beside the text."""


def limits_of(units: int) -> Limits:
    """The limits for a text of so many units: files and what they hold both grow with its square root."""
    root = units**0.5
    return Limits(shard=max(1600, int(root * 0.4)), most=max(2400, int(root * 0.8)))


class ListWriter:
    """The lists of the sections of an index."""

    def __init__(self, words: Sequence[SectionWords], numbering: RecordNumbers, before: IndexState | None) -> None:
        """`before` is the state of the index that stands, when it is known."""
        self._words, self._numbering, self._before = words, numbering, before
        self._notices = [section for section in words if not section.units]
        self._length = in_steps(sum(section.length for section in self._notices))
        """Of the text by which is judged what is frequent, and how many files there are: of the oldest notices, so
        that a new one changes neither."""
        self.limits = limits_of(self._length)
        self._samples = list(self._sampled())
        self._judged, self.grams = self._frequent()

    def _sampled(self) -> Iterator[tuple[str, str]]:
        """The hash of the sample of each section, behind a name that says all that decides about it."""
        known = self._before.samples if self._before else {}
        for section, share, end in self._judging():
            name = f"{section.name} {share} {end}"
            yield name, known.get(name) or made_from(section.sample(share, end).data)

    def _judging(self) -> Iterator[tuple[SectionWords, int, int]]:
        """The sections that are judged, of how many records one is, and where their text ends."""
        share, left = share_of(self._length), self._length
        for section in self._notices:
            if left > 0:
                yield section, share, min(left, section.length)
            left -= section.length

    def _frequent(self) -> tuple[str, FrequentGrams]:
        least = self.limits.most // share_of(self._length)
        judged = made_from(str(least).encode(), *(sample.encode() for _, sample in self._samples))
        if self._before and self._before.judged == judged:
            return judged, grams_of(self._before.levels)
        empty = np.zeros(0, dtype=np.uint16)
        return judged, frequent_grams(
            np.concatenate([empty, *(section.sample(share, end) for section, share, end in self._judging())]), least
        )

    def files(self, answers: Answers, stamps: StampWriter, store: KeptArrays) -> Iterator[IndexFile]:
        """The files, as `stamps` takes them down; what is made of sections is in the `store`.

        Sets `name`, the `names` of all lists, and `entry`.
        """
        runs = made_from(repr(self.grams.names).encode("utf-8", "surrogatepass"))
        named, group = list[tuple[IndexSection, SectionNames]](), 0
        for words in self._words:
            firsts = self._numbering.firsts[group : group + len(words.records)].tolist()
            named.append(self._section(words, tuple(firsts), runs, store))
            group += len(words.records)
        sections = [section for section, _ in named]
        shape, counts = self._counted(sections)
        names = file_names(shape.codes, counts, self.grams.codes, self.limits)
        now = IndexState(
            common=made_from(runs.encode(), str(shape.width).encode()),
            shards=self._shards(sections),
            sections=[one for _, one in named],
            judged=self._judged,
            samples=dict(self._samples),
            levels=self.grams.ends,
            files=names.files,
            shown={},
        )
        changes = changes_between(self._before, now, sections, store)
        yield from _place_files(PlaceLists(shape, sections, now.shards), now.shards, stamps, changes)
        singles = SingleLists(self.grams, sections, names.files, stamps, changes)
        yield from singles.files()
        yield from singles.answers(answers, now.shown)
        save_state(now, store)
        self.name, self.names = now.name, [*map(str, range(now.shards)), *names.files]
        self.entry: dict[str, Any] = {
            "shards": now.shards,
            "width": shape.width,
            "frequent": _packed(self.grams),
            "moved": self.grams.moved,
            "singles": names.singles,
            "packs": names.packs,
            "common": "".join(map(chr, names.common)),
        }

    def _section(
        self, words: SectionWords, firsts: tuple[int, ...], runs: str, store: KeptArrays
    ) -> tuple[IndexSection, SectionNames]:
        name = made_from(runs.encode(), words.name.encode())
        kept = store.get(name)
        lists = SectionLists(kept) if kept else made_lists(name, words, self.grams, store)
        return IndexSection(numbers_of(firsts, words.records), words, lists), SectionNames(words.name, name, firsts)

    def _counted(self, sections: Sequence[IndexSection]) -> tuple[Shape, Numbers]:
        """The shape of all lists, and how many records hold each symbol."""
        codes, _ = counted(np.concatenate([self.grams.codes, *(section.lists.codes for section in sections)]))
        counts = np.zeros(len(codes), dtype=np.int64)
        for section in sections:
            counts[np.searchsorted(codes, section.lists.codes)] += section.lists.counts
        return shape_of(codes, max((words.longest for words in self._words), default=0)), counts

    def _shards(self, sections: Sequence[IndexSection]) -> int:
        """How many files have lists with places, by how many places the judged text has, about."""
        places, length = sum(one.lists.places for one in sections), sum(one.length for one in self._words)
        ratio = round(_RATIO * places / length) if length else 0
        return max(1, -(-self._length * ratio // (_RATIO * self.limits.shard)))


def _place_files(
    places: PlaceLists, shards: int, stamps: StampWriter, changes: IndexChanges | None
) -> Iterator[IndexFile]:
    again = [
        stamps.again(str(number)) if changes and number not in changes.shards else None for number in range(shards)
    ]
    new = places.files([number for number, file in enumerate(again) if file is None], stamps.is_known)
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
