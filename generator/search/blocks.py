"""Blocks of groups: a folder with the words of their records, a few records a file.

Where blocks end follows from the addresses of the groups alone, so that one more notice, or an edit, changes one block
and leaves the files of the others as they are.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

from generator.model.folding import folding
from generator.search.part import Head, IndexPart, IndexRow
from generator.search.script import File, content_hash, script
from generator.search.word_files import WordFiles

_LEAST, _MOST, _ODDS = 4, 24, 8
"""Groups in a block; one address in eight ends it."""
PIECE = 8
"""Records in a file of words; groups may share one."""


class BlockWriter:
    """Takes the parts of groups one by one, in order, and gives the files of the blocks that are full."""

    def __init__(self, words: WordFiles) -> None:
        """`words` takes all that is written."""
        self.names: list[str] = []
        """The folder of each block."""
        self.sizes: list[int] = []
        """Groups in each block."""
        self._words = words
        self._parts: list[IndexPart] = []

    def add(self, part: IndexPart) -> Iterator[File]:
        """Take `part`; the files of a block that it makes full."""
        self._parts.append(part)
        size = len(self._parts)
        if size == _MOST or (size >= _LEAST and zlib.crc32(part.url.encode()) % _ODDS == 0):
            yield from self.close()

    def close(self) -> Iterator[File]:
        """The files of the last block."""
        if not self._parts:
            return
        first, files = sum(self.sizes), list[bytes]()
        for group, count, content in _pieces(self._parts):
            self._words.add(content, count, first + group)
            files.append(content)
        name = content_hash(*files)
        self.names.append(name)
        self.sizes.append(len(self._parts))
        self._parts = []
        yield from ((f"{name}/{number}.js", content) for number, content in enumerate(files))


_Held = tuple[int, Head, IndexRow, str]
"""Group, what its records share, a row of it, its far characters."""


def _pieces(parts: Iterable[IndexPart]) -> Iterator[tuple[int, int, bytes]]:
    """(first group, records, content) of each file: what it says of groups, records, how their far characters fold."""
    rows = [
        [(group, part.head, row, far) for row, far in zip(part.rows, part.far, strict=True)]
        for group, part in enumerate(parts)
    ]
    table = folding().far
    for some in _cut(rows):
        heads = {group: head for group, head, _, _ in some}
        far = {char: table[char] for char in sorted({char for *_, held in some for char in held})}
        yield some[0][0], len(some), script([list(heads.values()), [row for _, _, row, _ in some], far])


def _cut(groups: Iterable[list[_Held]]) -> Iterator[list[_Held]]:
    """Files of at most PIECE rows: groups share one as far as they fit in whole, longer ones are cut."""
    some: list[_Held] = []
    for rows in groups:
        if some and len(some) + len(rows) > PIECE:
            yield some
            some = []
        some = some + rows
        while len(some) > PIECE:
            yield some[:PIECE]
            some = some[PIECE:]
    if some:
        yield some
