"""The files of words, once more on disk until it is known which records are in answers."""

from __future__ import annotations

import functools
from bisect import bisect_right
from typing import IO, Any

from generator.search.part import Head, IndexRow
from generator.search.script import made_from, value

_HELD = 512
"""Files that are held in memory: answers mostly ask for the newest notices."""


class WordFiles:
    """Takes the files of words one by one, in order, and gives back the row of any record."""

    def __init__(self, spool: IO[bytes]) -> None:
        self._spool = spool
        self._records, self._groups, self._ends = [0], list[int](), [0]
        """Of each file: its first record, its first group, where it ends in the spool."""
        self._hashes = list[str]()
        self._value = functools.lru_cache(_HELD)(self._read)

    def add(self, content: bytes, records: int, group: int) -> None:
        """Take the file of so many records, the first of them of this group."""
        self._spool.write(content)
        self._hashes.append(made_from(content))
        self._records.append(self._records[-1] + records)
        self._groups.append(group)
        self._ends.append(self._ends[-1] + len(content))

    def row(self, record: int, group: int) -> tuple[Head, IndexRow, dict[str, str]]:
        """Of a record of this group: what the group's records share, its row, how far characters fold."""
        number = bisect_right(self._records, record) - 1
        heads, rows, far = self._value(number)
        return heads[group - self._groups[number]], rows[record - self._records[number]], far

    def source(self, record: int, group: int) -> str:
        """Says all that `row` gives, or more."""
        number = bisect_right(self._records, record) - 1
        return f"{self._hashes[number]} {record - self._records[number]} {group - self._groups[number]}"

    def _read(self, number: int) -> Any:
        begin, end = self._ends[number], self._ends[number + 1]
        self._spool.seek(begin)
        return value(self._spool.read(end - begin))
