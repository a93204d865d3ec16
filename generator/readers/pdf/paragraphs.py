"""Printed lines → paragraphs: joined where geometry and grammar agree that a line ends only because the column did."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median_low

from generator.model.numbering import label_at
from generator.readers.contents import is_entry
from generator.readers.pdf.lines import PrintedLine

_CLOSED = re.compile(r"[。！？；：.!?;:…][”’」』）)】》]*$")
"""A line that ends so can end a paragraph."""
_NOT_FIRST = "，。、；：？！）》〉】〕」』”’,.;:?!)]}%％…—"
"""Marks that must not begin a line, and take the character before them along."""
_NOT_LAST = "（《〈【〔「『“‘([{"
_WORD = re.compile(rf"[{re.escape(_NOT_LAST)}]*(?:[!-~]++|.)(?:[{re.escape(_NOT_FIRST)}][!-~]*+)*", re.DOTALL)
"""What no program breaks at the end of a line."""
_LATIN_WIDTH = 0.62
_LARGER = 1.1
"""Size of a title's print, in that of the text."""


@dataclass(frozen=True, slots=True)
class PrintedParagraph:
    """A paragraph, or a row of a table."""

    text: str
    is_row: bool
    page: int
    """Where it begins; 0-based."""


def paragraphs_of(lines: Sequence[PrintedLine]) -> list[PrintedParagraph]:
    """The paragraphs that the lines of a whole document print, in order."""
    if not lines:
        return []
    columns = _columns(lines)
    spacing = _spacing(lines)
    begins = _habit(lines, columns)
    body = median_low(line.size for line in lines)
    result: list[PrintedParagraph] = []
    text, first = lines[0].text, lines[0]
    for line, following in pairwise(lines):
        if _goes_on(line, following, columns, spacing, body) and not (
            _CLOSED.search(line.text) and _style(following.text) in begins
        ):
            text = _join(text, following.text)
            continue
        result.append(PrintedParagraph(text, first.is_row, first.page))
        text, first = following.text, following
    result.append(PrintedParagraph(text, first.is_row, first.page))
    return result


def _join(text: str, following: str) -> str:
    """Both as one line; a blank between Latin words, where the line's end stood for one."""
    is_latin = text[-1:].isascii() and following[:1].isascii() and text[-1:].isalnum() and following[:1].isalnum()
    return f"{text} {following}" if is_latin else text + following


_TextColumn = tuple[float, float]
_INDENT = 4
"""The deepest indent of a paragraph's first line, in characters."""


def _columns(lines: Iterable[PrintedLine]) -> dict[tuple[int, int], _TextColumn]:
    """(page, region) → where its lines usually begin and where the fullest of them end.

    A region of few lines takes the margins of the document's other regions: the right one of those that begin where it
    begins, the left one of a larger region when it lies within an indent, as its own lines may all be indented.
    """
    held: dict[tuple[int, int], list[PrintedLine]] = {}
    for line in lines:
        if not line.is_row:
            held.setdefault((line.page, line.region), []).append(line)
    own = {key: _margins(group) for key, group in held.items()}
    rights: dict[int, list[float]] = {}
    for left, right in own.values():
        rights.setdefault(round(left / 12), []).append(right)
    largest = max(held, key=lambda key: len(held[key]), default=None)
    if largest is not None:
        usual, em = own[largest][0], held[largest][0].size
        own = {key: (usual if 0 < left - usual < _INDENT * em else left, right) for key, (left, right) in own.items()}
    return {key: (left, max(right, _usual(rights[round(left / 12)]))) for key, (left, right) in own.items()}


def _usual(values: Sequence[float]) -> float:
    """The right margin that most regions share; the upper median, as regions of short lines pull it down."""
    return sorted(values)[len(values) // 2]


def _margins(lines: Sequence[PrintedLine]) -> _TextColumn:
    """The left margin, where most lines begin, and the right one, which the fullest lines reach."""
    lefts = Counter(round(line.x0) for line in lines)
    most = max(lefts.values())
    left = min(x for x, count in lefts.items() if count >= 0.5 * most)
    own = _of_the_column(lines, left)
    right = _right(own)
    full = sum(right - line.x1 < 1.5 * line.size for line in own)
    is_sure = full >= _FEWEST and right - left >= _NARROWEST * own[0].size
    return float(left), right if is_sure else _right(lines)


def _right(lines: Sequence[PrintedLine]) -> float:
    ends = sorted(line.x1 - line.size * (line.text[-1] in _NOT_FIRST) for line in lines)  # marks may hang beyond it
    outlier = len(ends) > 10 and ends[-1] - ends[-2] > 2 * lines[0].size
    return ends[-2] if outlier else ends[-1]


_FEWEST = 3
"""Lines that reach the right margin of a text, where it is not the title that does."""
_NARROWEST = 20
"""Characters in such a line."""


def _of_the_column(lines: Sequence[PrintedLine], left: float) -> Sequence[PrintedLine]:
    """The lines without those of a title in larger print, or that begins before the left margin: it may be wider."""
    size = median_low(line.size for line in lines)
    found = [line for line in lines if line.size <= _LARGER * size and line.x0 > left - 0.5 * size]
    return found if len(found) >= _FEWEST else lines


def _spacing(lines: Sequence[PrintedLine]) -> float:
    """Usual distance of two baselines, in units of the characters' size."""
    steps = [
        (line.y - after.y) / line.size
        for line, after in pairwise(lines)
        if (line.page, line.region) == (after.page, after.region) and 0.8 < (line.y - after.y) / line.size < 4
    ]
    return _lower_mode(steps) if steps else 2.0


def _lower_mode(steps: Sequence[float]) -> float:
    """The smallest distance that is common: larger ones part paragraphs."""
    counted = Counter(round(step, 1) for step in steps)
    often = max(counted.values())
    return min(step for step, count in counted.items() if count >= 0.4 * often)


def _style(text: str, at: int = 0) -> str | None:
    """Style of the number printed at `at`; None when there is none."""
    if text.startswith("EQ", at):
        return "circled"  # left over from a field of Word
    label = label_at(text, at)
    return label.style if label else None


_INNER = re.compile(r"[。；;：:]\s*(?=\S)")


def _habit(lines: Sequence[PrintedLine], columns: dict[tuple[int, int], _TextColumn]) -> frozenset[str]:
    """Styles of numbers that begin a paragraph more often than they stand in the middle of a line."""
    votes: Counter[str] = Counter()
    for line, following in pairwise(lines):
        style = _style(following.text)
        column = columns.get((line.page, line.region))
        if style and column and column[1] - line.x1 >= 2 * line.size:
            votes[style] += 1
    for line in lines:
        for found in _INNER.finditer(line.text):
            if style := _style(line.text, found.end()):
                votes[style] -= 1
    return frozenset(style for style, count in votes.items() if count > 0)


def _goes_on(
    line: PrintedLine, following: PrintedLine, columns: dict[tuple[int, int], _TextColumn], spacing: float, body: float
) -> bool:
    """Whether, by geometry, `following` goes on with the paragraph of `line`."""
    if line.is_row or following.is_row or following.page > line.page + 1 or is_entry(line.text):
        return False
    here, there = (line.page, line.region), (following.page, following.region)
    em = line.size
    if abs(following.size - em) > 0.15 * em:
        return False
    left, right = columns[here]
    if right - line.x1 >= _next_token(following.text, em):
        return False
    if following.x0 > columns[there][0] + 1.2 * em and not _is_title(line, following, body):
        return False
    if here == there and (line.y - following.y) / em > 1.25 * spacing + 0.15:
        return False
    return _is_title(line, following, body) or not (
        line.x0 > left + 4 * em and following.x0 < line.x0 - 4 * em
    )  # a centred or right-aligned line


def _is_title(line: PrintedLine, following: PrintedLine, body: float) -> bool:
    """Whether both are lines of a centred title in larger print."""
    return line.size > _LARGER * body and abs(line.x0 + line.x1 - following.x0 - following.x1) < 3 * line.size


def _next_token(text: str, em: float) -> float:
    """Room that the next line's first word would need, with the marks that must stay with it, and half a character."""
    word = _WORD.match(text)
    wide = sum(1.0 if char > "\u00ff" else _LATIN_WIDTH for char in word[0][:40]) if word else 1.0
    return (wide + 0.6) * em
