"""The one rule for folding text: what a query and the words have in common. Stated in data/folding.json.

A character folds by itself, whatever is beside it: NFKC, case, traditional to simplified; blanks and quotation
marks fold to nothing. search.js reads parts of the same table.
"""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from itertools import pairwise
from typing import NamedTuple

from generator.base.diagnostics import Span

_BLANKS = re.compile(r"[\t-\r \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]+")
"""What JavaScript calls blank."""
NULL_MARKS = "\u2800\U00013430-\U0001343f\U00016fe4\U0001d159"
"""Ends of a class of a pattern: characters that fold to themselves, and show nothing."""
OVER = "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
"""The same of those that are drawn over the character before them."""
_OPENS_CLOSES = re.compile(r"“[^“”]*”|「[^「」]*」|『[^『』]*』|[\"＂][^\"＂]*[\"＂]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Folding:
    """The table, as characters → what they fold to (nothing, one or several); all others stay."""

    table: dict[str, str]
    near: dict[str, str]
    """The part that every reader of the index knows: characters of `ranges`, and of GB 2312's Chinese ones."""
    far: dict[str, str]
    """The other part."""
    ranges: tuple[tuple[int, int], ...]
    """Code points, both ends included."""


def is_common_hanzi(char: str) -> bool:
    """Whether the character is a Chinese one of GB 2312 (simplified, all but 16 of them)."""
    return char in _common_hanzi()


@functools.cache
def _common_hanzi() -> frozenset[str]:
    codes = (bytes((row, cell)) for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF))
    return frozenset(b"".join(codes).decode("gb2312", "ignore"))


@functools.cache
def folding() -> Folding:
    """The folding table of this version."""
    data = json.loads((resources.files("generator.model") / "folding.json").read_text(encoding="utf-8"))
    table = dict(zip(data["from"], data["to"], strict=True))
    table.update(data["longer"])
    table.update(dict.fromkeys(data["dropped"], ""))
    ranges = tuple((first, last) for first, last in data["near"])
    inside = {chr(code) for first, last in ranges for code in range(first, last + 1)}
    near = {char: to for char, to in table.items() if char in inside or is_common_hanzi(char)}
    far = {char: to for char, to in table.items() if char not in near}
    return Folding(table=table, near=near, far=far, ranges=ranges)


def fold(text: str) -> str:
    """`text` as search compares it.

    >>> fold("Ａ区 衛生健康局“一岗双责”")
    'a区卫生健康局一岗双责'
    """
    table = folding().table
    return "".join(table.get(char, char) for char in text)


class Folded(NamedTuple):
    """A folded text that knows where each of its characters comes from."""

    text: str
    places: Sequence[int]
    """Of each character, the offset in the unfolded text."""

    def span(self, start: int, end: int) -> Span:
        """Where the folded characters from `start` to `end` are in the unfolded text."""
        return Span(self.places[start], self.places[end - 1] + 1)


@functools.cache
def unwritten() -> dict[int, str]:
    """What nobody writes within a name or a number, as a table that takes it out: masks and searches see through it."""
    ranges = re.findall("(.)-(.)|(.)", OVER + NULL_MARKS, re.DOTALL)
    codes = (code for first, last, one in ranges for code in range(ord(first or one), ord(last or one) + 1))
    return dict.fromkeys(codes, "")


def fold_with(text: str, table: Mapping[int, str]) -> Folded:
    """`text` with every character replaced as `table` says, and where each came from.

    >>> fold_with("1\u200b８", {0x200B: "", ord("８"): "8"}).span(1, 2)
    Span(start=2, end=3)
    """
    folded, places = list[str](), list[int]()
    for at, char in enumerate(text):
        for to in table.get(ord(char), char):
            folded.append(to)
            places.append(at)
    return Folded("".join(folded), places)


def terms(query: str) -> tuple[str, ...]:
    """The folded words of a query, each once: split at blanks, but not inside a pair of quotation marks.

    >>> terms("采购 “整改 进展” 采购")
    ('采购', '整改进展')
    """
    cuts = [0, *(end for match in _OPENS_CLOSES.finditer(query) for end in match.span()), len(query)]
    joined = "".join(
        re.sub(_BLANKS, "", query[start:end]) if index % 2 else query[start:end]
        for index, (start, end) in enumerate(pairwise(cuts))
    )
    return tuple(dict.fromkeys(filter(None, map(fold, re.split(_BLANKS, joined)))))
