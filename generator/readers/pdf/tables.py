"""Ruled tables of a PDF: which cell each run stands in, and rows that the end of a page cut in two."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from generator.readers.pdf.lines import DrawnRun, PrintedLine, RuledLine, column_lines

_NEAR = 3.0
"""Points within which two rules meet, or are the same one."""
_MOST_RULES = 2_000
"""A page with more rules is a drawing."""
_MOST_CELLS = 10_000
_DATA = 3
"""Cells with words in a row by which a table of facts is told from a frame around paragraphs."""
_CLOSED = re.compile(r"[。！？；：.!?;:…][”’」』）)】》]*$")


@dataclass(frozen=True, slots=True)
class RuledTable:
    """A grid of rules: at least two rows or two columns of cells."""

    xs: tuple[float, ...]
    """Of the upright rules, from left to right."""
    ys: tuple[float, ...]
    """Of the level rules, from the bottom up."""
    sides: frozenset[tuple[int, int]]
    """(column, row) of each cell with a rule at its left."""
    tops: frozenset[tuple[int, int]]
    """(column, row) of each cell with a rule above it; rows count from the bottom up."""

    @property
    def top(self) -> float:
        """Where it begins."""
        return self.ys[-1]

    def holds(self, run: DrawnRun) -> bool:
        """Whether the run stands inside the grid."""
        x, y = (run.x0 + run.x1) / 2, run.y + run.size / 3
        return self.xs[0] < x < self.xs[-1] and self.ys[0] < y < self.ys[-1]

    def rows(self, runs: Iterable[DrawnRun]) -> list[PrintedLine]:
        """A line for each row, its cells parted by tabs, each cell's lines one after the other.

        Words of a merged cell stand in its first row and column. A row with one cell is that cell's lines, but for a
        cell that is alone in its own column of a table of facts: those beside it go on with the row above.
        """
        held: dict[tuple[int, int], list[DrawnRun]] = {}
        for run in runs:
            held.setdefault(self._cell(run), []).append(run)
        cells = {place: column_lines(inside) for place, inside in held.items()}
        down = sorted(cells, key=lambda place: (-place[1], place[0]))
        rows = [[column for column, _ in places] for _, places in groupby(down, key=lambda place: place[1])]
        is_data = any(len(columns) >= _DATA for columns in rows)
        lines: list[PrintedLine] = []
        for columns, row in zip(rows, dict.fromkeys(row for _, row in down), strict=True):
            if len(columns) == 1 and not (is_data and (columns[0] + 1, row) in self.sides and self._is_parted(row)):
                lines += [replace(line, columns=self.xs) for line in cells[columns[0], row]]
                continue
            words = "\t".join(_joined(cells.get((column, row), ())) for column in range(len(self.xs) - 1))
            first = cells[columns[0], row][0]
            lines.append(replace(first, text=words, is_row=True, columns=self.xs))
        return lines

    def row(self, run: DrawnRun) -> int:
        """The row that a run stands in, counted from the bottom up."""
        return min(max(bisect_right(self.ys, run.y + run.size / 3) - 1, 0), len(self.ys) - 2)

    def _cell(self, run: DrawnRun) -> tuple[int, int]:
        """Column and row of the cell that the run stands in, of a merged one those of its upper left corner."""
        column = min(max(bisect_right(self.xs, run.x0 + run.size / 3) - 1, 0), len(self.xs) - 2)
        row = self.row(run)
        while row < len(self.ys) - 2 and (column, row) not in self.tops:
            row += 1
        while column and (column, row) not in self.sides:
            column -= 1
        return column, row

    def _is_parted(self, row: int) -> bool:
        """Whether the row has a cell in nearly every column."""
        return sum((column, row) in self.sides for column in range(1, len(self.xs) - 1)) >= len(self.xs) - 3


def _joined(lines: Iterable[PrintedLine]) -> str:
    """The lines of a cell as one, with a blank between Latin words only."""
    words = ""
    for line in lines:
        text = line.text.replace("\t", " ")
        blank = " " if words[-1:].isascii() and words[-1:].isalnum() and text[:1].isascii() else ""
        words += blank + text if words else text
    return words


def tables_of(rules: Iterable[RuledLine], runs: Sequence[DrawnRun]) -> list[RuledTable]:
    """Grids that the rules of a page draw; open where the page ends in a row, or at their sides."""
    groups = _touching([rule for rule in rules if rule[2] - rule[0] > 8 or rule[3] - rule[1] > 4])
    found = list(_open_tables([group for group in groups if all(rule[3] - rule[1] <= 4 for rule in group)], runs))
    for group in groups:
        upright = [rule for rule in group if rule[2] - rule[0] <= 4]
        level = [rule for rule in group if rule[3] - rule[1] <= 4]
        if not (upright and level):
            continue
        left, right = min(rule[0] for rule in level), max(rule[2] for rule in level)
        foot, top = min(rule[1] for rule in upright), max(rule[3] for rule in upright)
        xs = _distinct((left, *(rule[0] for rule in upright), right))
        ys = _distinct((foot, *(rule[1] for rule in level), top))
        if len(xs) >= 2 and len(ys) >= 2 and len(xs) + len(ys) > 4 and len(xs) * len(ys) < _MOST_CELLS:
            sides = _edges(xs, ys, ((x, y0, y1) for x, y0, _, y1 in upright))
            tops = ((column, at - 1) for at, column in _edges(ys, xs, ((y, x0, x1) for x0, y, x1, _ in level)))
            found.append(RuledTable(xs, ys, frozenset(sides), frozenset(tops)))
    return found


_FEWEST_RULES = 4
"""Level rules by which a table without upright ones is known: around a head and two rows."""
_GUTTER = 5.0
"""Width of what no run crosses between two columns."""


def _open_tables(groups: Iterable[Sequence[RuledLine]], runs: Sequence[DrawnRun]) -> Iterator[RuledTable]:
    """Tables that only level rules draw: a column is what no run leaves, and the first has one line in each row."""
    lines = [(min(r[0] for r in group), max(r[2] for r in group), group[0][1]) for group in groups]
    for _, chain in groupby(lines, key=lambda line: (round(line[0] / 6), round(line[1] / 6))):
        rules = list(chain)
        ys = _distinct(y for _, _, y in rules)
        if len(ys) < _FEWEST_RULES:
            continue
        left, right, _ = rules[0]
        inside = [run for run in runs if left - _NEAR < run.x0 < right and ys[0] < run.y + run.size / 3 < ys[-1]]
        xs = (left, *_gutters(inside), right)
        places = frozenset((column, row) for column in range(len(xs) - 1) for row in range(len(ys) - 1))
        table = RuledTable(xs, ys, places, places)
        first = {(table.row(run), round(run.y / _NEAR)) for run in inside if run.x1 < xs[1]}
        below = [row for row, _ in first if row < len(ys) - 2]  # in the head 序 may stand above 号
        if len(xs) > _DATA and sorted(below) == list(range(len(ys) - 2)):
            yield table


def _gutters(runs: Iterable[DrawnRun]) -> Iterator[float]:
    """The middle of each upright strip that no run crosses."""
    end = None
    for run in sorted(runs, key=lambda one: one.x0):
        if end is not None and run.x0 - end > _GUTTER:
            yield (end + run.x0) / 2
        end = run.x1 if end is None else max(end, run.x1)


def _edges(
    places: Sequence[float], across: Sequence[float], rules: Iterable[tuple[float, float, float]]
) -> Iterator[tuple[int, int]]:
    """(index of its place, index of the cell beside it) for each cell along which a rule `(place, start, end)` runs."""
    middles = [(a + b) / 2 for a, b in pairwise(across)]
    for place, start, end in rules:
        at = bisect_right(places, place) - 1
        for cell in range(bisect_right(middles, start), bisect_right(middles, end)):
            yield at, cell


def _distinct(values: Iterable[float]) -> tuple[float, ...]:
    kept: list[float] = []
    for value in sorted(values):
        if not kept or value - kept[-1] > _NEAR:
            kept.append(value)
    return tuple(kept)


def _touching(rules: list[RuledLine]) -> list[list[RuledLine]]:
    """Rules in groups that hang together: bands of the page between which no rule passes."""
    if len(rules) > _MOST_RULES:
        return []
    groups: list[list[RuledLine]] = []
    bottom = 0.0
    for rule in sorted(rules, key=lambda one: -one[3]):
        if groups and rule[3] >= bottom - _NEAR:
            groups[-1].append(rule)
            bottom = min(bottom, rule[1])
        else:
            groups.append([rule])
            bottom = rule[1]
    return groups


# --------------------------------------------------------------------------------------------------- over several pages


_HEADS = 3
"""Rows that a page repeats at most."""


def over_pages(lines: Sequence[PrintedLine]) -> tuple[list[PrintedLine], list[PrintedLine]]:
    """The lines with those rows whole that the end of a page cut in two, and the heads that a page repeats."""
    kept: list[PrintedLine] = []
    heads: list[PrintedLine] = []
    top: list[PrintedLine] = []
    page = repeated = -1
    """Of the table that goes on: its first rows, the page, how many of them it has repeated; -1: it has gone on."""
    for line in lines:
        if not (kept and _is_same_grid(line, kept[-1])):
            top, page, repeated = [line], line.page, -1
            kept.append(line)
            continue
        if line.page != page:
            page, repeated = line.page, 0
        if 0 <= repeated < len(top) and line.text == top[repeated].text:
            heads.append(line)
            repeated += 1
            continue
        if repeated >= 0 and _goes_on(kept[-1], line):
            kept[-1] = replace(kept[-1], text=_merged(kept[-1], line))
        else:
            top += [line] if page == top[0].page and len(top) < _HEADS else []
            kept.append(line)
        repeated = -1
    return kept, heads


def _is_same_grid(line: PrintedLine, other: PrintedLine) -> bool:
    pairs = zip(line.columns, other.columns, strict=False)
    return 0 < len(line.columns) == len(other.columns) and all(abs(a - b) <= _NEAR for a, b in pairs)


def _goes_on(row: PrintedLine, following: PrintedLine) -> bool:
    """Whether a row that begins a page is the rest of the one above: no new number, and a cell that was cut."""
    if not (row.is_row and following.is_row):
        return False
    above, below = row.text.split("\t"), following.text.split("\t")
    both = [a for a, b in zip(above, below, strict=True) if a and b]
    return not below[0] and any(not _CLOSED.search(cell) for cell in both)


def _merged(row: PrintedLine, rest: PrintedLine) -> str:
    cells = zip(row.text.split("\t"), rest.text.split("\t"), strict=True)
    return "\t".join(f"{above}{below}" for above, below in cells)
