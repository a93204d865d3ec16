"""Runs of characters → the lines that they stand in.

Lengths are points; a page's origin is its lower left corner.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from generator.readers import inline_marks

RuledLine = tuple[float, float, float, float]
"""x0, y0, x1, y1 of a straight line."""


@dataclass(frozen=True, slots=True)
class DrawnRun:
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
    columns: tuple[float, ...] = ()
    """Of the upright rules of the table that it stands in, from left to right."""


def rows_of(runs: Iterable[DrawnRun]) -> list[list[DrawnRun]]:
    """Runs with nearly the same baseline together, from top to bottom, each row from left to right."""
    rows: list[list[DrawnRun]] = []
    for run in sorted(runs, key=lambda one: -one.y):
        if rows and rows[-1][0].y - run.y < 0.45 * max(run.size, rows[-1][0].size):
            rows[-1].append(run)
        else:
            rows.append([run])
    return [sorted(row, key=lambda one: one.x0 + one.x1) for row in rows]  # a mark may overlap its neighbour


CELL_GAP = 2.0
"""Gap in a line, in characters, that parts cells."""


def column_lines(runs: Iterable[DrawnRun]) -> list[PrintedLine]:
    """The lines of one column, from top to bottom."""
    return [_line(row) for row in rows_of(runs)]


_RAISED = 0.2
"""Height of a raised digit's baseline above the line's, in characters."""
_SMALL = 0.8
"""Size of a raised digit, in characters of the line."""


def _shifted(run: DrawnRun, longest: DrawnRun) -> str:
    """The words of a run, digits above or below the line marked as such."""
    if run.size > _SMALL * longest.size or not run.text.strip("+-−").isdigit():
        return run.text
    height = (run.y - longest.y) / longest.size
    return (
        inline_marks.raised(run.text)
        if height > _RAISED
        else inline_marks.lowered(run.text)
        if height < -_RAISED / 2
        else run.text
    )


_FEWEST_SPACED = 3
"""Gaps of the shortest words that are spaced out."""
_EVEN = 0.3
"""Difference of the widest and the narrowest of them, in characters."""
_WIDEST = 3.0


def _is_spaced_out(row: Sequence[DrawnRun], size: float) -> bool:
    """Whether single characters stand at even distances: words that are spaced out, and no cells."""
    gaps = [(run.x0 - last.x1) / size for last, run in pairwise(row)]
    if len(gaps) < _FEWEST_SPACED or max(gaps) - min(gaps) > _EVEN or max(gaps) > _WIDEST:
        return False
    return all(len(text) == 1 and text > "\u2e7f" for text in (inline_marks.plain(run.text) for run in row))


def _line(row: Sequence[DrawnRun]) -> PrintedLine:
    longest = max(row, key=lambda run: len(run.text))
    parts = [_shifted(row[0], longest)]
    is_spaced_out = _is_spaced_out(row, longest.size)
    for last, run in pairwise(row):
        gap = 0.0 if is_spaced_out else (run.x0 - last.x1) / max(run.size, last.size)
        is_latin = last.text[-1].isascii() and run.text[0].isascii()
        parts.append("\t" if gap > CELL_GAP else " " if gap > (0.2 if is_latin else 0.5) else "")
        parts.append(_shifted(run, longest))
    return PrintedLine(
        text="".join(parts).strip(), x0=row[0].x0, x1=row[-1].x1, y=longest.y, size=longest.size, page=0, region=0
    )
