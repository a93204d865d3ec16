"""Blocks of groups: a folder with the cards of a few groups a file, and the words of a few records a file.

A card is what the first line of a result shows. Where blocks end follows from the addresses of the groups alone, so
that one more notice, or an edit, changes one block and leaves the files of the others as they are.
"""

from __future__ import annotations

import functools
import zlib
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from generator.model import STATUSES
from generator.search.folding import folding
from generator.search.records import KINDS, SearchGroup, SearchRecord
from generator.search.script import File, script, stamp
from generator.search.stream import length

_LEAST, _MOST, _ODDS = 8, 48, 16
"""Groups in a block; one address in sixteen ends it."""
CARDS = 4
"""Groups in a file of cards."""
PIECE = 10
"""Records in a file of words."""


class BlockWriter:
    """Takes groups one by one, in order, and gives the files of the blocks that are full."""

    def __init__(self) -> None:
        self.names: list[str] = []
        """The folder of each block."""
        self.sizes: list[int] = []
        """Groups in each block."""
        self._groups: list[SearchGroup] = []

    def add(self, group: SearchGroup) -> Iterator[File]:
        """Take `group`; the files of a block that it makes full."""
        if self._groups and self._groups[-1].is_brief and not group.is_brief:
            yield from self.close()
        self._groups.append(group)
        size = len(self._groups)
        if size == _MOST or (size >= _LEAST and zlib.crc32(group.url.encode()) % _ODDS == 0):
            yield from self.close()

    def close(self) -> Iterator[File]:
        """The files of the last block."""
        if not self._groups:
            return
        files: list[File] = []
        for start in range(0, len(self._groups), CARDS):
            some = self._groups[start : start + CARDS]
            exceptions = _exceptions(text for group in some for text in _card_texts(group))
            files.append((f"c{start // CARDS}.js", script([[_card(group) for group in some], exceptions])))
        for index, group in enumerate(self._groups):
            files += [(f"{index}-{number}.js", content) for number, content in enumerate(_pieces(group))]
        name = stamp(*(content for _, content in files))
        self.names.append(name)
        self.sizes.append(len(self._groups))
        self._groups = []
        yield from ((f"{name}/{path}", content) for path, content in files)


def _facts(group: SearchGroup) -> list[Any]:
    return [group.url, group.title, group.unit, group.date.iso if group.date else "", "".join(group.region)]


def _card(group: SearchGroup) -> list[Any]:
    rows = [
        _row(record, record.runs, record.also) if group.is_brief else _row(record, (record.label + record.head,), ())
        for record in group.records
    ]
    return [_facts(group), rows]


def _pieces(group: SearchGroup) -> Iterator[bytes]:
    """The words of the group, a few records a file; units and contacts have all in their cards."""
    for start in range(0, 0 if group.is_brief else len(group.records), PIECE):
        records = group.records[start : start + PIECE]
        rows = [_row(record, record.runs, record.also) for record in records]
        texts = (text for record in records for text in (*record.runs, *record.also, group.unit))
        yield script([_facts(group), rows, _exceptions(texts)])


def _row(record: SearchRecord, runs: tuple[str, ...], also: tuple[str, ...]) -> list[Any]:
    """`[kind, url, status, due, length of label, length of head, runs, also]`; lengths in UTF-16 units."""
    return [
        KINDS.index(record.kind),
        record.url,
        STATUSES.index(record.status) if record.status else -1,
        record.due.iso if record.due else "",
        length(record.label),
        length(record.head),
        runs,
        also,
    ]


def _exceptions(texts: Iterable[str]) -> dict[str, str]:
    """How the characters in these texts fold that a reader need not know."""
    text = "".join(texts)
    units = np.frombuffer(text.encode("utf-16-le", "surrogatepass"), dtype="<u2")
    if not _far_units()[units].any():
        return {}
    far = folding().far
    return {char: far[char] for char in sorted(far.keys() & set(text))}


@functools.cache
def _far_units() -> NDArray[np.bool_]:
    """Whether a unit may belong to a character of the far table: halves of characters may."""
    may = np.zeros(1 << 16, dtype=np.bool_)
    may[[ord(char) for char in folding().far if ord(char) <= 0xFFFF]] = True
    may[0xD800:0xE000] = True
    return may


def _card_texts(group: SearchGroup) -> Iterator[str]:
    yield group.unit
    for record in group.records:
        yield from (*record.runs, *record.also) if group.is_brief else (record.label, record.head)
