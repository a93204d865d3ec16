"""Blocks of groups: a folder with the words of their records, a few records a file.

Where blocks end follows from the addresses of the groups alone, so that one more notice, or an edit, changes one block
and leaves the files of the others as they are.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

from generator.search.folding import folding
from generator.search.part import Part
from generator.search.script import File, script, stamp

_LEAST, _MOST, _ODDS = 8, 48, 16
"""Groups in a block; one address in sixteen ends it."""
PIECE = 8
"""Records in a file of words; groups may share one."""


class BlockWriter:
    """Takes the parts of groups one by one, in order, and gives the files of the blocks that are full."""

    def __init__(self) -> None:
        self.names: list[str] = []
        """The folder of each block."""
        self.sizes: list[int] = []
        """Groups in each block."""
        self._parts: list[Part] = []

    def add(self, part: Part) -> Iterator[File]:
        """Take `part`; the files of a block that it makes full."""
        self._parts.append(part)
        size = len(self._parts)
        if size == _MOST or (size >= _LEAST and zlib.crc32(part.url.encode()) % _ODDS == 0):
            yield from self.close()

    def close(self) -> Iterator[File]:
        """The files of the last block."""
        if not self._parts:
            return
        files = [(f"{number}.js", content) for number, content in enumerate(_pieces(self._parts))]
        name = stamp(*(content for _, content in files))
        self.names.append(name)
        self.sizes.append(len(self._parts))
        self._parts = []
        yield from ((f"{name}/{path}", content) for path, content in files)


def _pieces(parts: Iterable[Part]) -> Iterator[bytes]:
    """The words of the groups: what each file says of its groups, its records, how their far characters fold."""
    rows = [(part.head, row, far) for part in parts for row, far in zip(part.rows, part.far, strict=True)]
    table = folding().far
    for start in range(0, len(rows), PIECE):
        some = rows[start : start + PIECE]
        heads = dict.fromkeys(head for head, _, _ in some)
        far = {char: table[char] for char in sorted({char for _, _, held in some for char in held})}
        yield script([list(heads), [row for _, row, _ in some], far])
