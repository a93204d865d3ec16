"""The files of the search index: what search.js loads, by script element, and when.

    index.js            first, once: where all else is, and how the common characters fold
    p/<n>.js            lists (postings.py): those of the query's rarest runs of characters
    stamps-<hash>.js    which content the lists must have (stamps.py): before a number is said
    <hash>/<n>.js       the words of a few records (blocks.py): for the results that are shown
    facts-<hash>.js     status, deadline, place and year of every record; topics-<hash>.js: its topics
    units-<hash>.js     names of all units and the pinyin of their characters, for suggestions
    far-<hash>.js       how rare characters fold: when a query has one

A hash in a name or folder stands for the content. Lists and index.js keep their names, so an edit changes few files.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import chain, starmap
from typing import Any

import numpy as np

from generator.model.folding import folding
from generator.search import numbers
from generator.search.answers import Answers
from generator.search.blocks import PIECE
from generator.search.facets import FacetWriter
from generator.search.filter_words import filter_words
from generator.search.index_state import load_state
from generator.search.kept_arrays import KeptArrays
from generator.search.postings import ListWriter
from generator.search.record_numbers import RecordNumbers
from generator.search.records import GroupSource, SearchGroup, sources_from
from generator.search.script import (
    CONTENT_NOTE,
    File,
    IndexFile,
    KnownFiles,
    hashed,
    known_by_content,
    script,
)
from generator.search.section_words import SectionWords, made_words
from generator.search.sections import SectionSource, sections_of
from generator.search.short_names import short_names
from generator.search.stamps import StampWriter
from generator.search.suggestions import suggestions_of
from generator.search.word_files import ReadWords, WordFiles

_ENTRY = "index.js"


def _nothing(_: str) -> None:
    """No file can be read."""


def write_index(groups: Iterable[SearchGroup]) -> Iterator[File]:
    """The files, each once; paths are below the folder of the search page. Groups are taken once, in order."""
    files = update_index(sources_from(groups), {})
    return ((path, content) for path, _, content in files if content is not None)


def update_index(
    groups: Iterable[GroupSource], known: KnownFiles, store: KeptArrays | None = None, read: ReadWords = _nothing
) -> Iterator[IndexFile]:
    """The same, where files are `known`: of those that are made from what they were made from, only that.

    The `store` has what earlier indexes of the site were made of; `read` gives a file that is known. Raises
    KeptLostError when somebody takes something out of the store meanwhile.
    """
    with tempfile.TemporaryFile() as spool, store or KeptArrays() as kept:
        yield from _IndexWriter(known, kept, WordFiles(spool, read)).files(groups)


class _IndexWriter:
    def __init__(self, known: KnownFiles, store: KeptArrays, words: WordFiles) -> None:
        self._known, self._store, self._words = known, store, words
        self._sections = list[SectionWords]()
        self._blocks = list[int]()
        self._facets = FacetWriter()

    def files(self, groups: Iterable[GroupSource]) -> Iterator[IndexFile]:
        by_content = partial(known_by_content, self._known)
        before = load_state(self._known.get(_ENTRY, "")[CONTENT_NOTE:], self._store)
        numbered = list(groups)[::-1]
        notices = [group for group in numbered if group.newest is None]
        order = {group.url: number for number, group in enumerate(notices)}
        newest = [order[group.newest] for group in numbered if group.newest is not None]
        of_units = (group for group in numbered if group.newest is not None)
        for section in chain(sections_of(notices), sections_of(of_units)):
            yield from self._word_files(section)
        every = np.concatenate([np.zeros(0, np.int64), *(section.records for section in self._sections)])
        units = [name for section in self._sections for name in section.units]
        numbering, stamps = RecordNumbers(every[: len(notices)], newest), StampWriter(self._known)
        writer = ListWriter(self._sections, numbering, before)
        yield from writer.files(Answers(self._words, numbering), stamps, self._store)
        yield from starmap(by_content, stamps.sheets(writer.names))
        facets = self._facets
        others = {
            "facts": hashed("facts", facets.facts()),
            "topics": hashed("topics", facets.topics()),
            "units": hashed("units", suggestions_of(units[::-1])),
            "far": hashed("far", _table(folding().far)),
        }
        yield from starmap(by_content, others.values())
        entry: dict[str, Any] = {key: name.removesuffix(".js") for key, (name, _) in others.items()}
        entry |= {
            **writer.entry,
            **stamps.entry,
            "blocks": "".join([folder for section in self._sections for folder in section.folders][::-1]),
            "piece": PIECE,
            "sizes": numbers.text(np.array(self._blocks[::-1], dtype=np.int64)),
            "records": numbers.text(every[::-1]),
            "briefs": len(units),
            "last": int(every.sum()) - 1,
            "numbers": numbers.text(np.diff(numbering.firsts[len(notices) :], prepend=np.int64(0))),
            "ranges": folding().ranges,
            "near": _table(folding().near),
            "filters": filter_words(facets.region_names()),
            "named": short_names().pattern,
            "topicNames": facets.topic_names(),
        }
        self._store.tidy()
        yield known_by_content(self._known, _ENTRY, script(entry), writer.name)

    def _word_files(self, section: SectionSource) -> Iterator[IndexFile]:
        """The files of words of a section, which is taken down; made only when one of them is not there."""
        first, kept = sum(self._blocks), self._store.get(section.source)
        words = SectionWords(section.source, kept) if kept else None
        if words and words.are_known(self._known):
            self._words.add_known(words.files, first, lambda: made_words(section, self._store)[1])
            yield from (IndexFile(file.path, file.note, None) for file in words.files)
        else:
            words, contents = made_words(section, self._store)
            self._words.add(words.files, first, contents)
            for file, content in zip(words.files, contents, strict=True):
                yield known_by_content(self._known, file.path, content)
        self._sections.append(words)
        self._blocks += section.blocks
        self._facets.join(words.facets)


def _table(table: dict[str, str]) -> list[Any]:
    """`[characters dropped, characters, what each becomes, {character: several}]`."""
    single = {char: to for char, to in table.items() if len(to) == 1}
    return [
        "".join(char for char, to in table.items() if not to),
        "".join(single),
        "".join(single.values()),
        {char: to for char, to in table.items() if len(to) > 1},
    ]
