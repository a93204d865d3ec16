"""What an index was made of, section by section, and which of its lists differ from those of another.

A section of which a word changed is compared with what it was: the lists that its places or records are in are the ones
that an edit changes, whatever the other sections hold.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from generator.search.chunks import Shape
from generator.search.grams import Ends
from generator.search.kept_arrays import KeptArrays, KeptStamp
from generator.search.numbers import Numbers
from generator.search.position_lists import shards_of
from generator.search.script import made_from
from generator.search.section_lists import SectionLists, other_keys, other_symbols
from generator.search.section_words import SectionWords

_FEW = 4
"""When more than one section in so many is another, all lists are made."""


class SectionNames(NamedTuple):
    """By what a section is kept."""

    words: str
    lists: str


class IndexState(NamedTuple):
    """What is known of an index, beside its files."""

    common: str
    """The hash of what all lists are made with; of two indexes with the same the records have the same numbers."""
    shards: int
    """Of lists with places."""
    sections: Sequence[SectionNames]
    judged: str
    """The hash of the sample by which runs are frequent."""
    samples: Mapping[str, str]
    """The hash of what each section has of it, by a name that says what decides about it."""
    levels: Sequence[Ends]
    """These runs."""
    files: Mapping[str, Sequence[int]]
    """Name of a list without places, or several → their symbols."""
    shown: Numbers
    """By word the records that its answer shows, a row each, -1 behind them."""
    words: Sequence[int]
    """The symbols of these words."""

    @property
    def name(self) -> str:
        """By what it is kept: says all that decides about the files."""
        return state_name(self.common, self.shards, self.sections)

    @property
    def kept(self) -> set[str]:
        """All that is kept of it."""
        return {self.name, *(name for names in self.sections for name in names)}


def state_name(common: str, shards: int, sections: Sequence[SectionNames]) -> str:
    """The name of a state."""
    return made_from(repr((common, shards, [names.words for names in sections])).encode())


def save_state(state: IndexState, store: KeptArrays) -> None:
    """Keep a state, and let what it is made of stay."""
    store.need(state.kept)
    said = {
        "common": state.common,
        "shards": state.shards,
        "sections": state.sections,
        "judged": state.judged,
        "samples": state.samples,
        "sizes": [len(units) for _, units in state.levels],
        "files": list(state.files),
        "held": [len(held) for held in state.files.values()],
        "stamps": store.stamps(),
    }
    empty = np.zeros(0, dtype=np.uint16)
    prefixes, units = (np.concatenate([empty, *(ends[which] for ends in state.levels)]) for which in (0, 1))
    held = np.array([symbol for symbols in state.files.values() for symbol in symbols], dtype=np.int64)
    words = np.array(state.words, dtype=np.int64)
    store.put(state.name, said, (prefixes, units, held, state.shown.ravel(), words))


def load_state(name: str, store: KeptArrays) -> IndexState | None:
    """The state of that name, if it is kept; what it is made of is believed by its stamp, and stays."""
    kept = store.get(name) if name else None
    if kept is None:
        return None
    said = kept.said
    prefixes, units, held, shown, words = (kept.whole(number) for number in range(5))
    stamps: Mapping[str, KeptStamp] = said["stamps"]
    store.trust(stamps)
    ends, of_files = np.cumsum([0, *said["sizes"]]).tolist(), np.cumsum([0, *said["held"]]).tolist()
    symbols = held.tolist()
    state = IndexState(
        common=said["common"],
        shards=said["shards"],
        sections=[SectionNames(*names) for names in said["sections"]],
        judged=said["judged"],
        samples=said["samples"],
        levels=[(prefixes[at:end], units[at:end]) for at, end in pairwise(ends)],
        files={file: symbols[at:end] for file, (at, end) in zip(said["files"], pairwise(of_files), strict=True)},
        shown=shown.reshape(len(words), -1) if len(words) else shown.reshape(0, 0),
        words=words.tolist(),
    )
    store.need(state.kept)
    return state


class IndexChanges(NamedTuple):
    """What differs between two indexes whose records have the same numbers."""

    before: IndexState
    """The first of them."""
    shards: set[int]
    """Of lists with places."""
    symbols: set[int]
    """Held by other records, or otherwise."""
    records: Sequence[range]
    """Their words stand in other files."""


class IndexSection(NamedTuple):
    """What an index takes from a section."""

    first: int
    """The number of its first record."""
    words: SectionWords
    lists: SectionLists


def changes_between(
    before: IndexState | None, now: IndexState, shape: Shape, sections: Sequence[IndexSection], store: KeptArrays
) -> IndexChanges | None:
    """What differs between two states, of which the second has these sections; None: everything may."""
    if before is None or (before.common, before.shards) != (now.common, now.shards):
        return None
    others = [number for number, names in enumerate(now.sections) if names != before.sections[number]]
    if len(others) > _FEW + len(now.sections) // _FEW:
        return None
    shards, symbols, records = set[int](), set[int](), list[range]()
    for number in others:
        section, old = sections[number], before.sections[number]
        words, lists = store.get(old.words), store.get(old.lists)
        if words is None or lists is None:
            return None
        records += _other_records(SectionWords(old.words, words), section)
        was = SectionLists(lists)
        shards.update(shards_of(other_keys(was, section.lists), shape, now.shards).tolist())
        symbols.update(other_symbols(was, section.lists).tolist())
    return IndexChanges(before, shards, symbols, records)


def _other_records(before: SectionWords, section: IndexSection) -> Iterator[range]:
    first = section.first
    for old, new in zip(before.files, section.words.files, strict=True):
        if old.note != new.note:
            yield range(first, first + new.records)
        first += new.records
