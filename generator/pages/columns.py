"""What the head of a table calls its columns: 责任人 stays 责任人 where a cell below has no role label of its own."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence

from generator.model.notice import Passage, Role

_BETWEEN = re.compile(r"[^\S\t]{0,40}[\t|｜]\s*+")
_LONGEST = 24
_FEWEST = 3
"""Cells of a head; a row of two may be a label and its words."""
_NAMES: tuple[tuple[Role, re.Pattern[str]], ...] = (
    ("responsible", re.compile("责任|牵头|承办|协办|配合|领导$|单位$|部门$")),
    ("deadline", re.compile("时限|期限|时间|日期")),
)
"""Roles that the site would name otherwise, and the words by which their columns are known."""


class TableHeads:
    """The heads of the tables in a notice's body."""

    def __init__(self, body: Sequence[Passage]) -> None:
        heads = [(index, cells) for index, passage in enumerate(body) if (cells := _cells(passage))]
        self.heads = frozenset(index for index, _ in heads)
        """Passages that are the head of a table."""
        found = [(index, names) for index, cells in heads if (names := dict(_names(cells)))]
        self._at = [index for index, _ in found]
        self._names: list[Mapping[Role, str]] = [names for _, names in found]

    def name(self, role: Role, index: int) -> str:
        """What the last head before a passage calls the columns of a role; empty: nothing."""
        above = bisect_left(self._at, index) - 1
        return self._names[above].get(role, "") if above >= 0 else ""


def _cells(passage: Passage) -> Sequence[str]:
    """The cells of a head; empty: the passage is none."""
    if passage.role != "prose" or not _BETWEEN.search(passage.words):
        return ()
    cells = [cell for cell in _BETWEEN.split(passage.words) if cell]
    return cells if len(cells) >= _FEWEST and not any(map(_is_told, cells)) else ()


def _is_told(cell: str) -> bool:
    """Whether a cell holds what a table tells, and no name of a column."""
    return len(cell) > _LONGEST or any(sign in cell for sign in "。；，0123456789")


def _names(cells: Sequence[str]) -> Iterator[tuple[Role, str]]:
    for role, pattern in _NAMES:
        if named := [cell for cell in cells if pattern.search(cell)]:
            yield role, "、".join(named)
