"""Runs of characters on a page → its lines in reading order: columns one after the other, tables row by row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from statistics import median

from generator.readers.pdf.lines import CELL_GAP, DrawnRun, PrintedLine, RuledLine, column_lines, rows_of
from generator.readers.pdf.tables import tables_of


def lines_of(runs: Iterable[DrawnRun], rules: Iterable[RuledLine], page: int) -> list[PrintedLine]:
    """The lines of a page in reading order."""
    once = list(_once(runs))
    tables = tables_of(rules, once)
    free: list[DrawnRun] = []
    held: dict[int, list[DrawnRun]] = {}
    for run in once:
        at = next((index for index, table in enumerate(tables) if table.holds(run)), None)
        (free if at is None else held.setdefault(at, [])).append(run)
    regions = [[part] for part in _regions(free)] if free else []
    blocks = [(max(run.y for run in part[0]), column_lines(part[0])) for part in regions]
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


def _once(runs: Iterable[DrawnRun]) -> Iterator[DrawnRun]:
    """Each run once, although a shadow or bold print draws it twice at nearly the same place."""
    seen: set[tuple[str, int, int]] = set()
    for run in runs:
        places = {(run.text, round(run.x0 / 2) + dx, round(run.y / 2) + dy) for dx in (0, 1) for dy in (0, 1)}
        if places & seen or not run.text.strip():
            continue
        seen |= places
        yield run


def without_menus(runs: Sequence[DrawnRun], links: Sequence[RuledLine]) -> tuple[list[DrawnRun], list[DrawnRun]]:
    """The runs that are text, and those that are links to other pages with no text beside them: a printed menu."""
    if not links:
        return list(runs), []
    linked = [_is_linked(run, links) for run in runs]
    rows: dict[int, list[DrawnRun]] = {}
    for run, is_link in zip(runs, linked, strict=True):
        if not is_link:
            rows.setdefault(round(run.y / 2), []).append(run)
    text: list[DrawnRun] = []
    menus: list[DrawnRun] = []
    for run, is_link in zip(runs, linked, strict=True):
        near = [one for step in (-1, 0, 1) for one in rows.get(round(run.y / 2) + step, ())]
        beside = any(-0.5 * run.size < max(one.x0 - run.x1, run.x0 - one.x1) < CELL_GAP * run.size for one in near)
        (menus if is_link and not beside else text).append(run)
    return text, menus


def _is_linked(run: DrawnRun, links: Sequence[RuledLine]) -> bool:
    """Whether links cover nearly all of the run."""
    middle = run.y + run.size / 3
    covered = sum(max(0.0, min(x1, run.x1) - max(x0, run.x0)) for x0, y0, x1, y1 in links if y0 < middle < y1)
    return covered > 0.85 * (run.x1 - run.x0)


# ------------------------------------------------------------------------------------------------------------ columns


def _regions(runs: list[DrawnRun]) -> Iterator[list[DrawnRun]]:
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


def _gutter(runs: list[DrawnRun]) -> tuple[list[DrawnRun], list[list[DrawnRun]], list[DrawnRun]] | None:
    """What stands above two columns of prose, the columns, and what stands below; None when there are no columns."""
    left, right = min(run.x0 for run in runs), max(run.x1 for run in runs)
    middle = (left + right) / 2
    size = median(run.size for run in runs)
    rows = sorted(rows_of(runs), key=lambda row: -row[0].y)
    clear = [
        all(run.x1 < middle + size or run.x0 > middle - size for run in row) and _parts(row, middle) for row in rows
    ]
    first = next((at for at, both in enumerate(clear) if both), None)
    if first is None:
        return None
    last = next((at for at in range(first, len(rows)) if _crosses(rows[at], middle)), len(rows))
    inside = [run for row in rows[first:last] for run in row]
    columns = [[run for run in inside if run.x0 < middle], [run for run in inside if run.x0 >= middle]]
    if not _is_prose(columns[0]) or not (_is_prose(columns[1]) or _is_begun(rows[first:last], middle)):
        return None
    gap = min(run.x0 for run in columns[1]) - max(run.x1 for run in columns[0])
    if gap < 0.8 * size:
        return None
    return [run for row in rows[:first] for run in row], columns, [run for row in rows[last:] for run in row]


def _parts(row: Sequence[DrawnRun], middle: float) -> bool:
    return any(run.x1 <= middle for run in row) and any(run.x0 >= middle for run in row)


def _crosses(row: Sequence[DrawnRun], middle: float) -> bool:
    return any(run.x0 < middle < run.x1 for run in row)


def _is_begun(rows: Sequence[Sequence[DrawnRun]], middle: float) -> bool:
    """Whether the right column is one that the text has only begun to fill: its few lines stand at its top."""
    filled = [any(run.x0 >= middle for run in row) for row in rows]
    return sum(filled) < _FEWEST_LINES and all(filled[: sum(filled)])


def _is_prose(column: Sequence[DrawnRun]) -> bool:
    """Whether the lines of a column are mostly full."""
    rows = rows_of(column)
    if len(rows) < _FEWEST_LINES:
        return False
    width = max(run.x1 for run in column) - min(run.x0 for run in column)
    filled = sum(1 for row in rows if max(r.x1 for r in row) - min(r.x0 for r in row) >= _FILLED * width)
    return filled >= 0.5 * len(rows)
