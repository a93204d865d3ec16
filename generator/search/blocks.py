"""Blocks of groups: a folder with the words of their records, a few records a file.

Where blocks end (sections.py) follows from the addresses of the groups alone, so that one more notice, or an edit,
changes one block and leaves the files of the others as they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from generator.model.folding import folding
from generator.search.part import Head, IndexPart, IndexRow
from generator.search.script import content_hash, script

PIECE = 8
"""Records in a file of words; groups may share one."""


class BlockPiece(NamedTuple):
    """A file of words."""

    group: int
    """The last group that it has records of, counted in its block: the first that it says."""
    records: int
    content: bytes


def block_of(parts: Sequence[IndexPart]) -> tuple[str, list[BlockPiece]]:
    """The folder of a block, and its files in order: `<folder>/<number>.js`.

    Groups and records come as they are numbered; files have them in the order of results, which is the other way round.
    """
    pieces = list(_pieces(parts))
    return content_hash(*(piece.content for piece in pieces)), pieces


_Held = tuple[int, Head, IndexRow, str]
"""Group, what its records share, a row of it, its far characters."""


def _pieces(parts: Sequence[IndexPart]) -> Iterator[BlockPiece]:
    """Each file: what it says of groups, records, how their far characters fold."""
    rows = [
        [(group, part.head, row, far) for row, far in zip(part.rows[::-1], part.far[::-1], strict=True)]
        for group, part in reversed(list(enumerate(parts)))
    ]
    table = folding().far
    for some in _cut(rows):
        heads = {group: head for group, head, _, _ in some}
        far = {char: table[char] for char in sorted({char for *_, held in some for char in held})}
        content = script([list(heads.values()), [row for _, _, row, _ in some], far])
        yield BlockPiece(some[0][0], len(some), content)


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
