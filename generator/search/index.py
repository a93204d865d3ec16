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

import functools
import tempfile
from collections.abc import Iterable, Iterator
from itertools import starmap
from typing import Any

import numpy as np

from generator.model.folding import folding
from generator.search import numbers
from generator.search.answers import PACK, Answers
from generator.search.blocks import PIECE, BlockWriter
from generator.search.facets import FacetWriter
from generator.search.filter_words import filter_words
from generator.search.made_chunks import ChunkStore
from generator.search.part import IndexPart, part_of
from generator.search.postings import ListWriter
from generator.search.records import SearchGroup
from generator.search.script import File, IndexFile, KnownFiles, hashed, known_by_content, script
from generator.search.short_names import short_names
from generator.search.stamps import StampWriter
from generator.search.stream import StreamWriter
from generator.search.suggestions import suggestions_of
from generator.search.word_files import WordFiles


def write_index(groups: Iterable[SearchGroup]) -> Iterator[File]:
    """The files, each once; paths are below the folder of the search page. Groups are taken once, in order."""
    return ((path, content) for path, _, content in update_index(groups, {}) if content is not None)


def update_index(
    groups: Iterable[SearchGroup], known: KnownFiles, store: ChunkStore | None = None
) -> Iterator[IndexFile]:
    """The same, where files are `known`: of those that are made from what they were made from, only that.

    The `store` has what earlier indexes of the site were made of.
    """
    return merge(map(part_of, groups), known, store)


def merge(parts: Iterable[IndexPart], known: KnownFiles, store: ChunkStore | None = None) -> Iterator[IndexFile]:
    """The same of the parts of the groups (part.py)."""
    with tempfile.TemporaryFile() as spool:
        yield from _merged(parts, WordFiles(spool), known, store or ChunkStore())


def _merged(parts: Iterable[IndexPart], words: WordFiles, known: KnownFiles, store: ChunkStore) -> Iterator[IndexFile]:
    by_content = functools.partial(known_by_content, known)
    blocks, stream_writer, facets = BlockWriter(words), StreamWriter(), FacetWriter()
    units: list[str] = []
    records: list[int] = []
    for part in parts:
        stream_writer.add(part.units, part.marks)
        facets.add(part)
        records.append(len(part.rows))
        if part.is_brief:
            units.append(part.unit)
        yield from starmap(by_content, blocks.add(part))
    yield from starmap(by_content, blocks.close())
    writer, stamps = ListWriter(stream_writer.finish()), StampWriter(known)
    groups = np.cumsum([0, *records])
    yield from writer.files(Answers(words, groups, len(units)), stamps, store)
    yield from starmap(by_content, stamps.sheets())
    others = {
        "facts": hashed("facts", facets.facts()),
        "topics": hashed("topics", facets.topics()),
        "units": hashed("units", suggestions_of(units)),
        "far": hashed("far", _table(folding().far)),
    }
    yield from starmap(by_content, others.values())
    entry: dict[str, Any] = {key: name.removesuffix(".js") for key, (name, _) in others.items()}
    entry |= {
        **writer.entry,
        **stamps.entry,
        "blocks": "".join(blocks.names),
        "piece": PIECE,
        "pack": PACK,
        "briefs": len(units),
        "sizes": _numbers(blocks.sizes),
        "records": _numbers(records),
        "ranges": folding().ranges,
        "near": _table(folding().near),
        "filters": filter_words(facets.region_names()),
        "named": short_names().pattern,
        "topicNames": facets.topic_names(),
    }
    yield by_content("index.js", script(entry))


def _numbers(values: list[int]) -> str:
    return numbers.text(np.array(values, dtype=np.int64))


def _table(table: dict[str, str]) -> list[Any]:
    """`[characters dropped, characters, what each becomes, {character: several}]`."""
    single = {char: to for char, to in table.items() if len(to) == 1}
    return [
        "".join(char for char, to in table.items() if not to),
        "".join(single),
        "".join(single.values()),
        {char: to for char, to in table.items() if len(to) > 1},
    ]
