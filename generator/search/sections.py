"""The groups of an index in sections: a few blocks of words each, of which an edit makes one anew.

Where a section ends follows from the addresses alone, as the end of a block does. What is in the files does not
depend on it.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from generator.search.records import GroupSource
from generator.search.script import made_from

_LEAST, _MOST, _ODDS = 4, 12, 8
"""Groups in a block; one address in eight ends it."""
_MOST_BLOCKS, _ODDS_OF_LAST = 4, 2
"""Blocks in a section; one last address in two ends it."""


class SectionSource(NamedTuple):
    """Groups that follow each other."""

    groups: tuple[GroupSource, ...]
    blocks: tuple[int, ...]
    """How many of them each block has."""

    @property
    def source(self) -> str:
        """The hash of all that it is made from."""
        return made_from("\n".join(f"{group.url} {group.said}" for group in self.groups).encode("utf-8", "replace"))


def sections_of(groups: Iterable[GroupSource]) -> Iterator[SectionSource]:
    """The groups in sections."""
    held, sizes = list[GroupSource](), list[int]()
    for block in _blocks(groups):
        held += block
        sizes.append(len(block))
        if len(sizes) == _MOST_BLOCKS or zlib.crc32(b"section " + _last(block)) % _ODDS_OF_LAST == 0:
            yield SectionSource(tuple(held), tuple(sizes))
            held, sizes = [], []
    if held:
        yield SectionSource(tuple(held), tuple(sizes))


def _blocks(groups: Iterable[GroupSource]) -> Iterator[Sequence[GroupSource]]:
    held = list[GroupSource]()
    for group in groups:
        held.append(group)
        if len(held) == _MOST or (len(held) >= _LEAST and zlib.crc32(_last(held)) % _ODDS == 0):
            yield held
            held = []
    if held:
        yield held


def _last(block: Sequence[GroupSource]) -> bytes:
    return block[-1].url.encode()
