"""Blocks of groups: a folder with the words of each group, and one file with the cards of all.

A card is what the first line of a result shows. Where blocks end follows from the addresses of the groups alone, so
that one more notice, or an edit, changes one block and leaves the files of the others as they are.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from typing import Any

from generator.model import STATUSES
from generator.search.folding import folding
from generator.search.records import KINDS, SearchGroup, SearchRecord
from generator.search.script import File, script, stamp
from generator.search.stream import length

_LEAST, _MOST, _ODDS = 4, 24, 8
"""Groups in a block; one address in eight ends it."""


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
        files = [("c.js", script([[_card(group) for group in self._groups], _exceptions(self._groups, cards=True)]))]
        files += [
            (f"{index}.js", script([*_words(group), _exceptions([group])]))
            for index, group in enumerate(self._groups)
            if not group.is_brief
        ]
        name = stamp(*(content for _, content in files))
        self.names.append(name)
        self.sizes.append(len(self._groups))
        self._groups = []
        yield from ((f"{name}/{path}", content) for path, content in files)


def _facts(group: SearchGroup) -> list[Any]:
    return [group.url, group.title, group.unit, group.date.iso if group.date else "", "".join(group.region)]


def _card(group: SearchGroup) -> list[Any]:
    if group.is_brief:
        return _words(group)
    return [_facts(group), [_row(record, (record.label + record.head,), ()) for record in group.records]]


def _words(group: SearchGroup) -> list[Any]:
    return [_facts(group), [_row(record, record.runs, record.also) for record in group.records]]


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


def _exceptions(groups: Iterable[SearchGroup], *, cards: bool = False) -> dict[str, str]:
    """How the characters in these files fold that a reader need not know."""
    texts = [
        text
        for group in groups
        for record in group.records
        for text in (
            (record.label, record.head) if cards and not group.is_brief else (*record.runs, *record.also, group.unit)
        )
    ]
    far = folding().far
    return {char: far[char] for char in sorted(far.keys() & set("".join(texts)))}
