"""Tables of Word: which column each cell of a row stands in, where cells are merged or borders were dragged."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree

from generator.readers.word.ooxml import child, value

MOST_COLUMNS = 63
"""Word makes no more."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a row."""

    words: str
    """On one line; empty where it goes on with the cell above."""
    start: int
    """0-based column of the table's grid in which it begins."""
    span: int = 1
    """Columns of the grid that it covers."""


class MergedCells:
    """Cells that are merged with the ones below them, by the column in which they begin."""

    def __init__(self) -> None:
        self._open: dict[int, str] = {}

    def goes_on(self, properties: etree._Element | None, start: int, words: str) -> bool:
        """Whether the cell goes on with the one above it, so that none of its own `words` are printed."""
        merge = child(properties, "w:vMerge")
        if merge is not None and value(merge) != "restart" and start in self._open:
            return True
        self._open.pop(start, None)
        if merge is not None:
            self._open[start] = words
        return False

    def words(self, start: int) -> str:
        """The words of the cell in which the merged ones of this column begin."""
        return self._open.get(start, "")


def is_data(rows: Sequence[Sequence[Cell]]) -> bool:
    """Whether a row has words in three cells: a table of facts, and no frame around paragraphs."""
    return any(sum(bool(cell.words) for cell in row) > 2 for row in rows)


def in_columns(rows: Sequence[Sequence[Cell]]) -> list[list[str]]:
    """The words of each row, one string a column of the row that has most cells.

    A row of as many cells is taken in order, as borders that were dragged part the grid into slivers. In another one a
    cell goes into the column that begins nearest to where it begins; those that it is merged with are empty.

    >>> in_columns([[Cell("序号", 0), Cell("问题", 1), Cell("措施", 2)], [Cell("合计", 0, 2), Cell("3条", 2)]])
    [['序号', '问题', '措施'], ['合计', '', '3条']]
    """
    starts = [cell.start for cell in max(rows, key=len, default=())]
    return [_placed(row, starts) for row in rows]


def _placed(row: Sequence[Cell], starts: Sequence[int]) -> list[str]:
    if len(row) == len(starts):
        return [cell.words for cell in row]
    columns = [""] * len(starts)
    free = 0
    for left, cell in enumerate(row, 1 - len(row)):
        at = bisect_left(starts, cell.start)
        if at == len(starts) or (at and cell.start - starts[at - 1] < starts[at] - cell.start):
            at -= 1
        at = min(max(at, free), len(starts) - 1 + left)  # as many columns stay free as cells follow
        columns[at] = cell.words
        free = at + 1
    return columns
