"""All records as one folded text of UTF-16 units, the form that JavaScript counts in, with where each record begins.

Units and not characters, so that both sides see the same pairs; a well-formed query never matches half a character.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from generator.model.folding import folding
from generator.search.numbers import counted

Units = NDArray[np.uint16]
Offsets = NDArray[np.int64]

CUT = 0
"""The unit between two runs; no folded text holds it."""
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
    """Takes folded texts one by one, in order, and makes the stream of them."""

    def __init__(self) -> None:
        self._units = bytearray()
        self._marks: list[Offsets] = []

    def add(self, units: bytes, marks: bytes) -> None:
        """Take what `folded` gave."""
        places = np.frombuffer(marks, dtype="<i4").reshape(-1, 3).astype(np.int64)
        self._marks.append(places + len(self._units) // 2)
        self._units += units

    def finish(self) -> Stream:
        """The stream of all that was taken."""
        marks = np.concatenate([*self._marks, np.full((1, 3), len(self._units) // 2, dtype=np.int64)])
        return Stream(
            units=np.frombuffer(self._units, dtype="<u2"), starts=marks[:, 0], labels=marks[:-1, 1], heads=marks[:-1, 2]
        )


def length(text: str) -> int:
    """UTF-16 units of `text`."""
    return len(text) + len(_ASTRAL.findall(text))


def folded(raw: Units, texts: Sequence[str], heads: Sequence[tuple[str, str]]) -> tuple[bytes, bytes]:
    """The folded UTF-16 of the texts of records, and three int32 a record: where it begins, its label and head end.

    `raw` is the UTF-16 of the texts; each begins with its label and head. U+0000 stays: it is CUT.
    """
    count: Callable[[str], int] = len
    if len(raw) > sum(map(len, texts)):
        count = length
        astral = _tables().astral
        texts = [text.translate(astral) for text in texts]
        heads = [(label.translate(astral), head.translate(astral)) for label, head in heads]
        raw = utf16("".join(texts))
    marks = np.empty((len(texts), 3), dtype=np.int64)
    sizes = [(count(text), count(label), count(head)) for text, (label, head) in zip(texts, heads, strict=True)]
    marks[:] = np.array(sizes, dtype=np.int64).reshape(-1, 3)
    starts = np.cumsum(marks[:, 0]) - marks[:, 0]
    marks[:, 0] = starts
    np.cumsum(marks, axis=1, out=marks)
    units, after = fold_units(raw)
    return units.tobytes(), after[marks].astype("<i4").tobytes()


def may_be_far(raw: Units) -> bool:
    """Whether the text may hold a character of the far part of the folding table."""
    return bool(_tables().far[raw].any())


def far_in(text: str) -> str:
    """The characters of the far part of the folding table that the text holds, each once, sorted."""
    return "".join(sorted(folding().far.keys() & set(text)))


def utf16(text: str) -> Units:
    """The units of `text`."""
    return np.frombuffer(text.encode("utf-16-le", "surrogatepass"), dtype="<u2")


def fold_units(raw: Units) -> tuple[Units, Offsets]:
    """The folded units, and for each raw unit the offset at which its folded form begins (and the end)."""
    tables = _tables()
    sizes = tables.sizes[raw]
    after = np.zeros(len(raw) + 1, dtype=np.int64)
    np.cumsum(sizes, out=after[1:])
    first = tables.first[raw]
    if not len(raw) or sizes.max() <= 1:
        return first[sizes.view(np.bool_)], after
    units = np.repeat(first, sizes)
    for unit in counted(raw[sizes > 1])[0]:
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
    far: NDArray[np.bool_]
    """Whether a unit may belong to a character of the far part: halves of characters may."""


@functools.cache
def _tables() -> _Tables:
    """The folding table by unit; U+0000 is CUT and stays."""
    first = np.arange(1 << 16, dtype=np.uint16)
    sizes = np.ones(1 << 16, dtype=np.uint8)
    table = folding().table
    astral = {ord(char): to for char, to in table.items() if char > "\uffff"}
    plain = {char: to for char, to in table.items() if char <= "\uffff"}
    single = {char: to for char, to in plain.items() if len(to) == 1 and to <= "\uffff"}  # nearly all
    first[utf16("".join(single))] = utf16("".join(single.values()))
    longer = {ord(char): tuple(utf16(to).tolist()) for char, to in plain.items() if char not in single}
    for code, units in longer.items():
        sizes[code] = len(units)
        first[code] = units[0] if units else first[code]
    first[CUT], sizes[CUT] = CUT, 1
    far = np.zeros(1 << 16, dtype=np.bool_)
    far[[ord(char) for char in folding().far if ord(char) <= 0xFFFF]] = True
    far[0xD800:0xE000] = True
    return _Tables(first=first, sizes=sizes, longer=longer, astral=astral, far=far)
