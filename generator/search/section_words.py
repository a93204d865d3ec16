"""What an index takes from the words of a section, whatever the other sections say: made once, and kept."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cached_property
from itertools import islice
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from generator.search.blocks import block_of
from generator.search.clause_places import places_of
from generator.search.facets import FacetColumns, FacetWriter
from generator.search.kept_arrays import Array, Kept, KeptArrays
from generator.search.numbers import Numbers
from generator.search.part import IndexPart, part_of
from generator.search.script import KnownFiles
from generator.search.sections import SectionSource
from generator.search.stream import Stream, StreamWriter, Units

_UNITS, _MARKS, _OCCURS, _RECORDS = range(4)
"""The arrays that are kept; behind them come those of the facets."""


class WordFile(NamedTuple):
    """A file of words."""

    path: str
    note: str
    """The hash of its bytes."""
    group: int
    """The first group that it has records of, counted in its section."""
    records: int
    size: int


class SectionWords:
    """The words of a section, made ready."""

    def __init__(self, name: str, kept: Kept) -> None:
        """Kept by that name."""
        self.name, said = name, kept.said
        self._kept = kept
        self.files = tuple(WordFile(*row) for row in said["files"])
        self.folders: Sequence[str] = said["folders"]
        """Of each block."""
        self.units: Sequence[str] = said["units"]
        """Names of the groups that are shown with one line."""
        self.length: int = said["length"]
        """Units of its stream."""
        self.longest: int = said["longest"]
        """Places of its longest record."""
        self.records: Numbers = kept.whole(_RECORDS)
        """By group, how many."""
        self.count = int(self.records.sum())

    def are_known(self, known: KnownFiles) -> bool:
        """Whether all of its files are there."""
        return all(known.get(file.path) == file.note for file in self.files)

    @property
    def facets(self) -> FacetColumns:
        """What its records and groups are filtered by."""
        tables = self._kept.said["facets"]
        return [(table, self._kept.whole(_RECORDS + 1 + number)) for number, table in enumerate(tables)]

    @property
    def occurs(self) -> Units:
        """The units that occur, ascending."""
        return self._kept.whole(_OCCURS)

    def stream(self) -> Stream:
        """Its text."""
        marks = self._kept.whole(_MARKS).reshape(-1, 3)
        return Stream(units=self._kept.whole(_UNITS), starts=marks[:, 0], labels=marks[:-1, 1], heads=marks[:-1, 2])

    def sample(self, first: int, share: int) -> Units:
        """The text of the records whose number is divided by `share`; its own first one has the number `first`."""
        if share == 1:
            return self._kept.whole(_UNITS)
        starts = self._starts
        numbers = range(-first % share, self.count, share)
        return self._kept.some(_UNITS, [(int(starts[number]), int(starts[number + 1])) for number in numbers])

    @cached_property
    def _starts(self) -> NDArray[np.int64]:
        return self._kept.whole(_MARKS)[::3]


def made_words(section: SectionSource, store: KeptArrays) -> tuple[SectionWords, list[bytes]]:
    """The words of a section, made now and kept, and the bytes of its files."""
    parts = [part_of(group.group()) for group in section.groups]
    files, folders, contents = list[WordFile](), list[str](), list[bytes]()
    rest, first = iter(parts), 0
    for size in section.blocks:
        folder, pieces = block_of(list(islice(rest, size)))
        folders.append(folder)
        for number, (group, records, content) in enumerate(pieces):
            note = hashlib.sha256(content).hexdigest()
            files.append(WordFile(f"{folder}/{number}.js", note, first + group, records, len(content)))
            contents.append(content)
        first += size
    return SectionWords(section.source, _kept(section.source, parts, files, folders, store)), contents


def _kept(
    name: str, parts: Sequence[IndexPart], files: Sequence[WordFile], folders: Sequence[str], store: KeptArrays
) -> Kept:
    writer, facets = StreamWriter(), FacetWriter()
    for part in parts:
        writer.add(part.units, part.marks)
        facets.add(part)
    stream, columns = writer.finish(), facets.columns()
    said = {
        "files": files,
        "folders": folders,
        "units": [part.unit for part in parts if part.is_brief],
        "length": len(stream.units),
        "longest": int(places_of(stream.units, stream.starts, stream.heads).max(initial=-1)) + 1,
        "facets": [table for table, _ in columns],
    }
    marks = np.zeros((len(stream.starts), 3), dtype=np.int64)
    marks[:, 0], marks[:-1, 1], marks[:-1, 2] = stream.starts, stream.labels, stream.heads
    records = np.array([len(part.rows) for part in parts], dtype=np.int64)
    arrays: Sequence[Array] = (
        stream.units,
        marks.ravel(),
        np.flatnonzero(np.bincount(stream.units)).astype(np.uint16),
        records,
        *(numbers for _, numbers in columns),
    )
    return store.put(name, said, arrays)
