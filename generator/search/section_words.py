"""What an index takes from the words of a section, whatever the other sections say: made once, and kept."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

import numpy as np

from generator.search.blocks import block_of
from generator.search.clause_places import places_of
from generator.search.facets import FacetColumns, FacetWriter
from generator.search.kept_arrays import Array, Kept, KeptArrays
from generator.search.numbers import Numbers
from generator.search.part import IndexPart, part_of
from generator.search.script import KnownFiles
from generator.search.sections import SectionSource
from generator.search.stream import Stream, StreamWriter, Units

_UNITS, _MARKS, _RECORDS, _CHANCES = range(4)
"""The arrays that are kept; behind them come those of the facets."""


class WordFile(NamedTuple):
    """A file of words."""

    path: str
    note: str
    """The hash of its bytes."""
    group: int
    """The last group that it has records of, counted in its section."""
    records: int
    size: int


class SectionWords:
    """The words of a section, made ready; files, groups and records as they are numbered."""

    def __init__(self, name: str, kept: Kept) -> None:
        """Kept by that name."""
        self.name, said = name, kept.said
        self._kept = kept
        self.files = tuple(WordFile(*row) for row in said["files"])
        self.folders: Sequence[str] = said["folders"]
        """Of each block."""
        self.units: Sequence[str] = said["units"]
        """Names of the groups that are units."""
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
        return [(table, self._kept.whole(_CHANCES + 1 + number)) for number, table in enumerate(tables)]

    def stream(self) -> Stream:
        """Its text."""
        marks = self._kept.whole(_MARKS).reshape(-1, 3)
        return Stream(units=self._kept.whole(_UNITS), starts=marks[:, 0], labels=marks[:-1, 1], heads=marks[:-1, 2])

    def sample(self, share: int, end: int) -> Units:
        """The text of one record in `share`, as the address of its notice decides, of those that begin before `end`."""
        starts = self._kept.whole(_MARKS)[::3]
        within = np.arange(self.count) - np.repeat(np.cumsum(self.records) - self.records, self.records)
        chosen = (np.repeat(self._kept.whole(_CHANCES), self.records) + within) % share == 0
        numbers = np.flatnonzero(chosen & (starts[:-1] < end))
        return self._kept.some(_UNITS, zip(starts[numbers].tolist(), starts[numbers + 1].tolist(), strict=True))

    def rows(self) -> Iterator[str]:
        """Of each record: in which file its row stands, and where, as WordFiles.source says it."""
        groups, first = np.repeat(np.arange(len(self.records)), self.records).tolist(), 0
        for file in self.files:
            for row in range(file.records - 1, -1, -1):
                yield f"{file.note} {row} {file.group - groups[first]}"
                first += 1


def made_words(section: SectionSource, store: KeptArrays) -> tuple[SectionWords, list[bytes]]:
    """The words of a section, made now and kept, and the bytes of its files."""
    parts = [part_of(group.group()) for group in section.groups]
    files, folders, contents = list[WordFile](), list[str](), list[bytes]()
    rest, first = iter(parts), 0
    for size in section.blocks:
        folder, pieces = block_of(list(islice(rest, size)))
        folders.append(folder)
        for number, (group, records, content) in reversed(list(enumerate(pieces))):
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
        "units": [part.unit for part in parts if part.is_unit],
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
        records,
        np.array([zlib.crc32(part.url.encode()) for part in parts], dtype=np.int64),
        *(numbers for _, numbers in columns),
    )
    return store.put(name, said, arrays)
