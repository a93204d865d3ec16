"""How much the cells of tables hold: whether a table has rows to read across, or only arranges the page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from bs4.element import NavigableString, PageElement, Tag

from generator.readers.html.attributes import attribute
from generator.readers.html.tags import UNSEEN, is_file_link

_WIDEST_CELL = 1000
"""A table with more characters in one of two cells arranges the page; it holds no rows to read across."""
FEWEST_CELLS = 2
"""Cells with words in a row that is read across."""
_MENU = 3
"""So many links in a cell are a menu: the table arranges the page."""


class Size(NamedTuple):
    """How much an element holds, tables inside it included."""

    characters: int = 0
    links: int = 0
    rows: int = 0

    def __sub__(self, before: Size) -> Size:
        return Size(self.characters - before.characters, self.links - before.links, self.rows - before.rows)


def arranges(cell: Size, filled: int) -> bool:
    """Whether a cell of a row with so many `filled` ones shows that the table arranges the page."""
    if cell.links >= _MENU:
        return True
    return cell.characters > _WIDEST_CELL and (filled == FEWEST_CELLS or cell.rows > 0)


def sizes_of(root: Tag) -> dict[int, Size]:
    """The id of each cell of a table → how much it holds."""
    sizes: dict[int, Size] = {}
    total = Size()
    stack: list[tuple[PageElement, bool]] = [(root, False)]
    while stack:
        node, is_end = stack.pop()
        if isinstance(node, Tag):
            if is_end:
                sizes[id(node)] = total - sizes[id(node)]
                continue
            if node.name in ("td", "th"):
                sizes[id(node)] = total
                stack.append((node, True))
            elif node.name == "a" and node.has_attr("href") and not is_file_link(node):
                total = total._replace(links=total.links + 1)
            elif node.name == "tr":
                total = total._replace(rows=total.rows + 1)
            stack.extend((inner, False) for inner in reversed(node.contents) if node.name not in UNSEEN)
        elif type(node) is NavigableString:
            total = total._replace(characters=total.characters + len(node.strip()))
    return sizes


_MOST_ROWS = 1000


class RowSpans:
    """The cells of a table that are merged with those below them."""

    def __init__(self) -> None:
        self._left: dict[int, tuple[int, int]] = {}
        """Column of the table's grid → how many columns the cell there takes, and how many more rows it covers."""

    def placed(self, cells: Sequence[Tag], words: Sequence[str]) -> list[str]:
        """The words of the next row, an empty cell wherever one from above goes on."""
        row: list[str] = []
        column = 0
        for cell, text in zip(cells, words, strict=True):
            column = self._passed(column, row)
            wide, high = _span(cell, "colspan"), _span(cell, "rowspan")
            if high > 1:
                self._left[column] = (wide, high - 1)
            row.append(text)
            column += wide
        self._passed(column, row)
        return row

    def _passed(self, column: int, row: list[str]) -> int:
        """The next column that no cell from above covers; `row` takes an empty cell for each that does."""
        while column in self._left:
            wide, rows = self._left.pop(column)
            if rows > 1:
                self._left[column] = (wide, rows - 1)
            row.append("")
            column += wide
        return column


def _span(cell: Tag, name: str) -> int:
    span = attribute(cell, name)
    return max(1, min(int(span), _MOST_ROWS)) if span.isascii() and span.isdigit() and len(span) < 6 else 1
