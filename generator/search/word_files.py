"""The rows of words, wherever their files are, for the answers that show them."""

from __future__ import annotations

import functools
import hashlib
from bisect import bisect_right
from collections.abc import Callable, Sequence
from typing import IO, Any

from generator.search.part import Head, IndexRow
from generator.search.script import value
from generator.search.section_words import WordFile

_HELD = 512
"""Files that are held in memory: answers mostly ask for the newest notices."""

ReadWords = Callable[[str], bytes | None]
"""Reads a file of the last index by its path below the folder of the index; None when there is none."""


class WordFiles:
    """Takes the files of words of one section after the other, as records are numbered, and gives back any row."""

    def __init__(self, spool: IO[bytes], read: ReadWords) -> None:
        """What is made is kept in the `spool`; what was there is read by `read`."""
        self._spool, self._read_file = spool, read
        self._records, self._groups = [0], list[int]()
        """Of each file: how many records are before it, its last group."""
        self._files = list[WordFile]()
        self._places = list[int | Callable[[], bytes]]()
        """Where it begins in the spool; or makes it, when it cannot be read."""
        self._value = functools.lru_cache(_HELD)(self._read)

    def add(self, files: Sequence[WordFile], group: int, contents: Sequence[bytes]) -> None:
        """Take files that were made, from this group on."""
        for file, content in zip(files, contents, strict=True):
            self._add(file, group, self._spool.tell())
            self._spool.write(content)

    def add_known(self, files: Sequence[WordFile], group: int, make: Callable[[], Sequence[bytes]]) -> None:
        """Take files that are there; `make` makes them when they are not."""
        made = functools.cache(make)
        for number, file in enumerate(files):
            self._add(file, group, functools.partial(lambda number: made()[number], number))

    def _add(self, file: WordFile, group: int, place: int | Callable[[], bytes]) -> None:
        self._files.append(file)
        self._places.append(place)
        self._records.append(self._records[-1] + file.records)
        self._groups.append(group + file.group)

    def row(self, record: int, group: int) -> tuple[Head, IndexRow, dict[str, str]]:
        """Of the record with so many before it, in this group: what it shares, its row, how far characters fold."""
        number, row, head = self._place(record, group)
        heads, rows, far = self._value(number)
        return heads[head], rows[row], far

    def source(self, record: int, group: int) -> str:
        """Says all that `row` gives, or more."""
        number, row, head = self._place(record, group)
        return f"{self._files[number].note} {row} {head}"

    def _place(self, record: int, group: int) -> tuple[int, int, int]:
        """The file, and where its row and head stand there: files have them in the order of results."""
        number = bisect_right(self._records, record) - 1
        return number, self._records[number + 1] - 1 - record, self._groups[number] - group

    def _read(self, number: int) -> Any:
        file, place = self._files[number], self._places[number]
        if isinstance(place, int):
            self._spool.seek(place)
            return value(self._spool.read(file.size))
        content = self._read_file(file.path)
        if content is None or hashlib.sha256(content).hexdigest() != file.note:
            content = place()
        return value(content)
