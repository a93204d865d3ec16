"""Blocks of groups: a folder with the words of their records, a few records a file.

Where blocks end follows from the addresses of the groups alone, so that one more notice, or an edit, changes one block
and leaves the files of the others as they are.
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
PIECE = 8
"""Records in a file of words; groups may share one."""


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
        self._groups.append(group)
        size = len(self._groups)
        if size == _MOST or (size >= _LEAST and zlib.crc32(group.url.encode()) % _ODDS == 0):
            yield from self.close()

    def close(self) -> Iterator[File]:
        """The files of the last block."""
        if not self._groups:
            return
        files = [(f"{number}.js", content) for number, content in enumerate(_pieces(self._groups))]
        name = stamp(*(content for _, content in files))
        self.names.append(name)
        self.sizes.append(len(self._groups))
        self._groups = []
        yield from ((f"{name}/{path}", content) for path, content in files)


def _pieces(groups: Iterable[SearchGroup]) -> Iterator[bytes]:
    """The words of the groups: what each file says of its groups, its records, how their far characters fold."""
    rows = [(group, record) for group in groups for record in group.records]
    for start in range(0, len(rows), PIECE):
        some = rows[start : start + PIECE]
        held = {group.url: group for group, _ in some}
        texts = (text for group, record in some for text in (*record.runs, *record.also, group.unit))
        yield script(
            [[_facts(group) for group in held.values()], [_row(record) for _, record in some], _exceptions(texts)]
        )


def _facts(group: SearchGroup) -> list[Any]:
    return [group.url, group.title, group.unit, group.date.iso if group.date else "", "".join(group.region)]


def _row(record: SearchRecord) -> list[Any]:
    """`[kind, url, status, due, length of label, length of head, runs, also]`; lengths in UTF-16 units."""
    return [
        KINDS.index(record.kind),
        record.url,
        STATUSES.index(record.status) if record.status else -1,
        record.due.iso if record.due else "",
        length(record.label),
        length(record.head),
        record.runs,
        record.also,
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
