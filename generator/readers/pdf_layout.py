"""Runs of characters on a page → its lines in reading order: columns one after the other, tables row by row.

Lengths are points; a page's origin is its lower left corner.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

Rule = tuple[float, float, float, float]
"""x0, y0, x1, y1 of a straight line."""


@dataclass(frozen=True, slots=True)
class Run:
    """Characters that are drawn one after the other."""

    text: str
    x0: float
    x1: float
    y: float
    """Of the baseline."""
    size: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedLine:
    """A line of a page."""

    text: str
    x0: float
    x1: float
    y: float
    size: float
    page: int
    """0-based."""
    region: int
    """Number of the column or other part of the page that it stands in."""
    is_row: bool = False
    """A row of a table, its cells parted by tabs."""


def lines_of(runs: Iterable[Run], rules: Iterable[Rule], page: int) -> list[PrintedLine]:
    """The lines of a page in reading order."""
    tables = _tables(rules)
    free: list[Run] = []
    held: dict[int, list[Run]] = {}
    for run in _once(runs):
        at = next((index for index, table in enumerate(tables) if table.holds(run)), None)
        (free if at is None else held.setdefault(at, [])).append(run)
    regions = [[part] for part in _regions(free)] if free else []
    blocks = [(max(run.y for run in part[0]), _column_lines(part[0])) for part in regions]
    order: list[tuple[float, list[PrintedLine]]] = blocks
    rows = [(table.top, table.rows(held[index])) for index, table in enumerate(tables) if index in held]
    merged = _insert_tables(order, rows)
    return [replace(line, page=page, region=number) for number, lines in enumerate(merged) for line in lines]


def _insert_tables(
    blocks: list[tuple[float, list[PrintedLine]]], tables: list[tuple[float, list[PrintedLine]]]
) -> list[list[PrintedLine]]:
    """The lines of each region, with each table before the first line below it."""
    result = [lines for _, lines in blocks]
    for top, rows in sorted(tables, key=lambda table: table[0]):
        for number, lines in enumerate(result):
            below = next((at for at, line in enumerate(lines) if line.y < top), None)
            if below is not None:
                result[number : number + 1] = [part for part in (lines[:below], rows, lines[below:]) if part]
                break
        else:
            result.append(rows)
    return result


def _once(runs: Iterable[Run]) -> Iterator[Run]:
    """Each run once, although a shadow or bold print draws it twice at nearly the same place."""
    seen: set[tuple[str, int, int]] = set()
    for run in runs:
        places = {(run.text, round(run.x0 / 2) + dx, round(run.y / 2) + dy) for dx in (0, 1) for dy in (0, 1)}
        if places & seen or not run.text.strip():
            continue
        seen |= places
        yield run


def without_menus(runs: Sequence[Run], links: Sequence[Rule]) -> tuple[list[Run], list[Run]]:
    """The runs that are text, and those that are links to other pages with no text beside them: a printed menu."""
    if not links:
        return list(runs), []
    linked = [_is_linked(run, links) for run in runs]
    rows: dict[int, list[Run]] = {}
    for run, is_link in zip(runs, linked, strict=True):
        if not is_link:
            rows.setdefault(round(run.y / 2), []).append(run)
    text: list[Run] = []
    menus: list[Run] = []
    for run, is_link in zip(runs, linked, strict=True):
        near = [one for step in (-1, 0, 1) for one in rows.get(round(run.y / 2) + step, ())]
        beside = any(-0.5 * run.size < max(one.x0 - run.x1, run.x0 - one.x1) < _CELL_GAP * run.size for one in near)
        (menus if is_link and not beside else text).append(run)
    return text, menus


def _is_linked(run: Run, links: Sequence[Rule]) -> bool:
    """Whether links cover nearly all of the run."""
    middle = run.y + run.size / 3
    covered = sum(max(0.0, min(x1, run.x1) - max(x0, run.x0)) for x0, y0, x1, y1 in links if y0 < middle < y1)
    return covered > 0.85 * (run.x1 - run.x0)


# ------------------------------------------------------------------------------------------------------------ columns


def _regions(runs: list[Run]) -> Iterator[list[Run]]:
    """Parts of the page that are read one after the other, from top to bottom and from left to right."""
    gutter = _gutter(runs)
    if gutter is None:
        yield runs
        return
    above, columns, below = gutter
    if above:
        yield above
    yield from columns
    if below:
        yield from _regions(below)


_FEWEST_LINES = 5
"""Lines of the shortest column."""
_FILLED = 0.8
"""Share of its width that a line of prose fills in a column; cells of a table do so seldom."""


def _gutter(runs: list[Run]) -> tuple[list[Run], list[list[Run]], list[Run]] | None:
    """What stands above two columns of prose, the columns, and what stands below; None when there are no columns."""
    left, right = min(run.x0 for run in runs), max(run.x1 for run in runs)
    middle = (left + right) / 2
    size = median(run.size for run in runs)
    rows = sorted(_rows(runs), key=lambda row: -row[0].y)
    clear = [
        all(run.x1 < middle + size or run.x0 > middle - size for run in row) and _parts(row, middle) for row in rows
    ]
    first = next((at for at, both in enumerate(clear) if both), None)
    if first is None:
        return None
    last = next((at for at in range(first, len(rows)) if _crosses(rows[at], middle)), len(rows))
    inside = [run for row in rows[first:last] for run in row]
    columns = [[run for run in inside if run.x0 < middle], [run for run in inside if run.x0 >= middle]]
    if not all(_is_prose(column) for column in columns):
        return None
    gap = min(run.x0 for run in columns[1]) - max(run.x1 for run in columns[0])
    if gap < 0.8 * size:
        return None
    return [run for row in rows[:first] for run in row], columns, [run for row in rows[last:] for run in row]


def _parts(row: Sequence[Run], middle: float) -> bool:
    return any(run.x1 <= middle for run in row) and any(run.x0 >= middle for run in row)


def _crosses(row: Sequence[Run], middle: float) -> bool:
    return any(run.x0 < middle < run.x1 for run in row)


def _is_prose(column: Sequence[Run]) -> bool:
    """Whether the lines of a column are mostly full."""
    rows = _rows(column)
    if len(rows) < _FEWEST_LINES:
        return False
    width = max(run.x1 for run in column) - min(run.x0 for run in column)
    filled = sum(1 for row in rows if max(r.x1 for r in row) - min(r.x0 for r in row) >= _FILLED * width)
    return filled >= 0.5 * len(rows)


def _rows(runs: Iterable[Run]) -> list[list[Run]]:
    """Runs with nearly the same baseline together, from top to bottom, each row from left to right."""
    rows: list[list[Run]] = []
    for run in sorted(runs, key=lambda one: -one.y):
        if rows and rows[-1][0].y - run.y < 0.45 * max(run.size, rows[-1][0].size):
            rows[-1].append(run)
        else:
            rows.append([run])
    return [sorted(row, key=lambda one: one.x0 + one.x1) for row in rows]  # a mark may overlap its neighbour


_CELL_GAP = 2.0
"""Gap in a line, in characters, that parts cells."""


def _column_lines(runs: Iterable[Run]) -> list[PrintedLine]:
    """The lines of one column, from top to bottom."""
    return [_line(row) for row in _rows(runs)]


def _line(row: Sequence[Run]) -> PrintedLine:
    parts = [row[0].text]
    for last, run in pairwise(row):
        gap = (run.x0 - last.x1) / max(run.size, last.size)
        is_latin = last.text[-1].isascii() and run.text[0].isascii()
        parts.append("\t" if gap > _CELL_GAP else " " if gap > (0.2 if is_latin else 0.5) else "")
        parts.append(run.text)
    longest = max(row, key=lambda run: len(run.text))
    return PrintedLine(
        text="".join(parts).strip(), x0=row[0].x0, x1=row[-1].x1, y=longest.y, size=longest.size, page=0, region=0
    )


# ------------------------------------------------------------------------------------------------------------- tables

_NEAR = 3.0
"""Points within which two rules meet, or are the same one."""


@dataclass(frozen=True, slots=True)
class _Table:
    """A grid of rules: at least two rows or two columns of cells."""

    xs: tuple[float, ...]
    """Of the upright rules, from left to right."""
    ys: tuple[float, ...]
    """Of the level rules, from the bottom up."""

    @property
    def top(self) -> float:
        return self.ys[-1]

    def holds(self, run: Run) -> bool:
        """Whether the run stands inside the grid."""
        x, y = (run.x0 + run.x1) / 2, run.y + run.size / 3
        return self.xs[0] < x < self.xs[-1] and self.ys[0] < y < self.ys[-1]

    def rows(self, runs: Iterable[Run]) -> list[PrintedLine]:
        """A line for each row, its cells parted by tabs, each cell's lines one after the other."""
        cells: dict[tuple[int, int], list[Run]] = {}
        for run in runs:
            row = len(self.ys) - bisect_right(self.ys, run.y + run.size / 3)
            cells.setdefault((row, bisect_right(self.xs, run.x0 + run.size / 3)), []).append(run)
        lines: list[PrintedLine] = []
        for row in sorted({row for row, _ in cells}):
            filled = {column: _column_lines(held) for (at, column), held in cells.items() if at == row}
            if len(filled) == 1:
                lines += next(iter(filled.values()))
                continue
            columns = range(1, len(self.xs))
            text = "\t".join(_joined(filled.get(column, ())) for column in columns)
            first = min((line for held in filled.values() for line in held), key=lambda line: line.x0)
            lines.append(replace(first, text=text.strip("\t"), is_row=True))
        return lines


def _joined(lines: Iterable[PrintedLine]) -> str:
    """The lines of a cell as one, with a blank between Latin words only."""
    words = ""
    for line in lines:
        blank = " " if words[-1:].isascii() and words[-1:].isalnum() and line.text[:1].isascii() else ""
        words += blank + line.text if words else line.text
    return words


def _tables(rules: Iterable[Rule]) -> list[_Table]:
    """Grids that the rules of a page draw."""
    groups = _touching([rule for rule in rules if rule[2] - rule[0] > 8 or rule[3] - rule[1] > 4])
    found = []
    for group in groups:
        xs = _distinct(rule[0] for rule in group if rule[2] - rule[0] <= 4)
        ys = _distinct(rule[1] for rule in group if rule[3] - rule[1] <= 4)
        if len(xs) >= 2 and len(ys) >= 2 and len(xs) + len(ys) > 4:
            found.append(_Table(xs, ys))
    return found


def _distinct(values: Iterable[float]) -> tuple[float, ...]:
    kept: list[float] = []
    for value in sorted(values):
        if not kept or value - kept[-1] > _NEAR:
            kept.append(value)
    return tuple(kept)


_MOST_RULES = 2_000
"""A page with more rules is a drawing."""


def _touching(rules: list[Rule]) -> list[list[Rule]]:
    """Rules in groups that hang together: bands of the page between which no rule passes."""
    if len(rules) > _MOST_RULES:
        return []
    groups: list[list[Rule]] = []
    bottom = 0.0
    for rule in sorted(rules, key=lambda one: -one[3]):
        if groups and rule[3] >= bottom - _NEAR:
            groups[-1].append(rule)
            bottom = min(bottom, rule[1])
        else:
            groups.append([rule])
            bottom = rule[1]
    return groups
