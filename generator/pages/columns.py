"""What the head of a table calls its columns: 责任人 stays 责任人 where a cell below it has no lead-in of its own."""

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


class Columns:
    """The heads of the tables in a notice's body."""

    def __init__(self, body: Sequence[Passage]) -> None:
        heads = ((index, dict(_names(passage))) for index, passage in enumerate(body) if _is_head(passage))
        found = [(index, names) for index, names in heads if names]
        self._at = [index for index, _ in found]
        self._names: list[Mapping[Role, str]] = [names for _, names in found]

    def name(self, role: Role, index: int) -> str:
        """What the last head before a passage calls the columns of a role; empty: nothing."""
        above = bisect_left(self._at, index) - 1
        return self._names[above].get(role, "") if above >= 0 else ""


def _is_head(passage: Passage) -> bool:
    return passage.role == "prose" and ("\t" in passage.words or "|" in passage.words or "｜" in passage.words)


def _names(passage: Passage) -> Iterator[tuple[Role, str]]:
    cells = [cell for cell in _BETWEEN.split(passage.words) if cell]
    if len(cells) < _FEWEST or any(len(cell) > _LONGEST for cell in cells):
        return
    for role, pattern in _NAMES:
        if named := [cell for cell in cells if pattern.search(cell)]:
            yield role, "、".join(named)
