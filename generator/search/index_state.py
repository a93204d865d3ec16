"""What an index was made of, section by section, and which of its lists differ from those of another.

Sections that both have, with the same numbers, say the same. Of the others the places and records that one side alone
has say which lists differ: those of a changed word, or of a new notice, whatever else these sections hold.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from generator.search.grams import Ends
from generator.search.kept_arrays import KeptArrays, KeptStamp
from generator.search.numbers import Numbers
from generator.search.record_numbers import numbers_of
from generator.search.script import made_from
from generator.search.section_lists import IndexSection, SectionLists
from generator.search.section_others import other_codes, other_names
from generator.search.section_words import SectionWords
from generator.search.spread import spread

_FEW = 4
"""When more than one section in so many is another, all lists are made."""


class SectionNames(NamedTuple):
    """By what a section is kept, and the number of the first record of each of its groups."""

    words: str
    lists: str
    firsts: tuple[int, ...]


class IndexState(NamedTuple):
    """What is known of an index, beside its files."""

    common: str
    """The hash of what all lists are made with."""
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
    """Name of a list without places, of several, or of answers → the code points of its symbols."""
    shown: dict[int, Numbers]
    """By word the records that its answer shows."""

    @property
    def name(self) -> str:
        """By what it is kept: says all that decides about the files."""
        return made_from(repr((self.common, self.shards, [(one.words, one.firsts) for one in self.sections])).encode())

    @property
    def kept(self) -> set[str]:
        """All that is kept of it."""
        return {self.name, *(name for names in self.sections for name in names[:2])}


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
    held = np.array([code for codes in state.files.values() for code in codes], dtype=np.int64)
    words = np.array(list(state.shown), dtype=np.int64)
    sizes = np.array([len(some) for some in state.shown.values()], dtype=np.int64)
    shown = np.concatenate([np.zeros(0, dtype=np.int64), *state.shown.values()])
    store.put(state.name, said, (prefixes, units, held, words, sizes, shown))


def load_state(name: str, store: KeptArrays) -> IndexState | None:
    """The state of that name, if it is kept; what it is made of is believed by its stamp, and stays."""
    kept = store.get(name) if name else None
    if kept is None:
        return None
    said = kept.said
    prefixes, units, held, words, sizes, shown = (kept.whole(number) for number in range(6))
    stamps: Mapping[str, KeptStamp] = said["stamps"]
    store.trust(stamps)
    ends, of_files = np.cumsum([0, *said["sizes"]]).tolist(), np.cumsum([0, *said["held"]]).tolist()
    codes, of_words = held.tolist(), np.cumsum([0, *sizes]).tolist()
    state = IndexState(
        common=said["common"],
        shards=said["shards"],
        sections=[SectionNames(words, lists, tuple(firsts)) for words, lists, firsts in said["sections"]],
        judged=said["judged"],
        samples=said["samples"],
        levels=[(prefixes[at:end], units[at:end]) for at, end in pairwise(ends)],
        files={file: codes[at:end] for file, (at, end) in zip(said["files"], pairwise(of_files), strict=True)},
        shown={code: shown[at:end] for code, (at, end) in zip(words.tolist(), pairwise(of_words), strict=True)},
    )
    store.need(state.kept)
    return state


class IndexChanges(NamedTuple):
    """What differs between two indexes."""

    before: IndexState
    """The first of them."""
    shards: set[int]
    """Of lists with places."""
    codes: set[int]
    """Of symbols that other records hold, or otherwise."""
    records: set[int]
    """The numbers of those whose words stand elsewhere."""


def changes_between(
    before: IndexState | None, now: IndexState, sections: Sequence[IndexSection], store: KeptArrays
) -> IndexChanges | None:
    """What differs between two states, of which the second has these sections; None: everything may."""
    if before is None or (before.common, before.shards) != (now.common, now.shards):
        return None
    same = {*before.sections} & {*now.sections}
    gone = [names for names in before.sections if names not in same]
    new = [section for names, section in zip(now.sections, sections, strict=True) if names not in same]
    if max(len(gone), len(new)) > _FEW + len(now.sections) // _FEW:
        return None
    old = list[IndexSection]()
    for names in gone:
        words, lists = store.get(names.words), store.get(names.lists)
        if words is None or lists is None:
            return None
        of = SectionWords(names.words, words)
        old.append(IndexSection(numbers_of(names.firsts, of.records), of, SectionLists(lists)))
    found = other_names(old, new)
    if found is None:
        return None
    shards = spread(*found, now.shards)
    return IndexChanges(before, {*shards.tolist()}, {*other_codes(old, new).tolist()}, _other_records(old, new))


def _other_records(old: Sequence[IndexSection], new: Sequence[IndexSection]) -> set[int]:
    before, now = ({*_rows(sections)} for sections in (old, new))
    return {number for number, _ in before ^ now}


def _rows(sections: Sequence[IndexSection]) -> list[tuple[int, str]]:
    return [row for section in sections for row in zip(section.numbers.tolist(), section.words.rows(), strict=True)]
