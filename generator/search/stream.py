"""All records as one folded text of UTF-16 units, the form that JavaScript counts in, with where each record begins.

Units and not characters, so that both sides see the same pairs; a well-formed query never matches half a character.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from generator.search.folding import folding
from generator.search.records import SearchGroup

Units = NDArray[np.uint16]
Offsets = NDArray[np.int64]

CUT = 0
"""The unit between two runs; no folded text holds it."""
_BATCH = 1 << 20
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stream:
    """The folded text of all records, one after the other, each run ended by CUT."""

    units: Units
    starts: Offsets
    """Offset of each record, and of the end."""
    labels: Offsets
    """Offset behind each record's label."""
    heads: Offsets
    """Offset behind each record's head."""


class StreamWriter:
    """Takes groups one by one, in order, and makes the stream of them; holds no more than the folded text."""

    def __init__(self) -> None:
        self._texts: list[str] = []
        self._marks: list[tuple[str, str]] = []
        self._waiting = 0
        self._shift = 0
        self._units: list[Units] = [np.zeros(0, np.uint16)]
        self._places: list[Offsets] = []

    def add(self, group: SearchGroup) -> None:
        """Take the records of `group`."""
        for record in group.records:
            text = "\0".join((*record.runs, *record.also, group.unit, ""))
            self._texts.append(text)
            self._marks.append((record.label, record.head))
            self._waiting += len(text)
        if self._waiting >= _BATCH:
            self._flush()

    def finish(self) -> Stream:
        """The stream of all that was taken."""
        self._flush()
        end = np.full((1, 3), self._shift, dtype=np.int64)
        places = np.concatenate([*self._places, end])
        units, self._units = np.concatenate(self._units), []
        return Stream(units=units, starts=places[:, 0], labels=places[:-1, 1], heads=places[:-1, 2])

    def _flush(self) -> None:
        if self._texts:
            units, places = _fold(self._texts, self._marks)
            self._units.append(units)
            self._places.append(places + self._shift)
            self._shift += len(units)
            self._texts, self._marks, self._waiting = [], [], 0


def length(text: str) -> int:
    """UTF-16 units of `text`."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _fold(texts: list[str], marks: list[tuple[str, str]]) -> tuple[Units, Offsets]:
    """The folded units of the texts; a row a record: where it starts, its label ends, its head ends."""
    joined = "".join(texts)
    count: Callable[[str], int] = len
    if _ASTRAL.search(joined):
        astral = _tables().astral
        texts = [text.translate(astral) for text in texts]
        marks = [(label.translate(astral), head.translate(astral)) for label, head in marks]
        joined = "".join(texts)
        count = length
    raw = np.frombuffer(joined.encode("utf-16-le", "surrogatepass"), dtype="<u2")
    starts = np.zeros(len(texts), dtype=np.int64)
    np.cumsum([count(text) for text in texts[:-1]], out=starts[1:])
    labels = starts + np.array([count(label) for label, _ in marks], dtype=np.int64)
    heads = labels + np.array([count(head) for _, head in marks], dtype=np.int64)
    units, after = _fold_units(raw)
    return units, after[np.stack((starts, labels, heads), axis=1)]


def _fold_units(raw: Units) -> tuple[Units, Offsets]:
    """The folded units, and for each raw unit the offset at which its folded form begins (and the end)."""
    tables = _tables()
    sizes = tables.sizes[raw]
    after = np.zeros(len(raw) + 1, dtype=np.int64)
    np.cumsum(sizes, out=after[1:])
    first = tables.first[raw]
    if not len(raw) or sizes.max() <= 1:
        return first[sizes > 0], after
    units = np.repeat(first, sizes)
    for unit in np.unique(raw[sizes > 1]):
        places = after[:-1][raw == unit]
        for index, to in enumerate(tables.longer[int(unit)]):
            units[places + index] = to
    return units, after


@dataclass(frozen=True, slots=True, kw_only=True)
class _Tables:
    first: Units
    sizes: NDArray[np.uint8]
    longer: dict[int, tuple[int, ...]]
    astral: dict[int, str]


@functools.cache
def _tables() -> _Tables:
    """The folding table by unit; U+0000 is CUT and stays."""
    first = np.arange(1 << 16, dtype=np.uint16)
    sizes = np.ones(1 << 16, dtype=np.uint8)
    longer: dict[int, tuple[int, ...]] = {}
    astral: dict[int, str] = {}
    for char, to in folding().table.items():
        code = ord(char)
        if code > 0xFFFF:
            astral[code] = to
            continue
        units = tuple(np.frombuffer(to.encode("utf-16-le"), dtype="<u2").tolist())
        sizes[code] = len(units)
        if units:
            first[code] = units[0]
        if len(units) > 1:
            longer[code] = units
    first[CUT], sizes[CUT] = CUT, 1
    return _Tables(first=first, sizes=sizes, longer=longer, astral=astral)
