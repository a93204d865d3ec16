"""What a PDF prints on every page beside the text: page numbers, running heads and feet."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from generator.readers.pdf.lines import PrintedLine

_NUMBER = re.compile(
    r"[—–\-－一_·•.\s]{0,4}\d{1,4}[—–\-－一_·•.\s]{0,4}"  # — 3 —
    r"|第?\s*+\d{1,4}\s*+页?\s*+[，,/／]\s*+共?\s*+\d{1,4}\s*+页?"  # 3/12　第3页，共12页
    r"|第\s*+[\d一二三四五六七八九十]{1,4}\s*+页(?:\s*+共\s*+\d{1,4}\s*+页)?"
    r"|page\s*+\d{1,4}(?:\s*+(?:of|/)\s*+\d{1,4})?",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+")
_EDGE = 3
"""Lines at the top and at the bottom of a page among which heads and feet are looked for."""
_MANY = 0.4
"""Share of the pages on which a head stands: nearly half of them where even and odd pages have different ones."""
_NEARLY_ALL = 0.7
"""Share of the pages on which a line that stands close to the text is a head nevertheless."""
_APART = 1.4
"""Room between a head and the text, in units of the usual distance of two lines."""
_OUTER = 0.12
"""Share of a page's height that can be its margin."""


def marginal(lines: Sequence[PrintedLine], heights: Sequence[float]) -> dict[int, str]:
    """Index of each line that is no part of the text → kind of edit: `page-number`, `running-head`, `running-foot`.

    A page number is the outermost line of its page. A head or foot stands apart from the text, at the same height of
    many pages, with the same words but for its digits.
    """
    edges = [edge for page, indices in _pages(lines) for edge in _edges(lines, indices, heights[page] or 1.0)]
    pages: dict[tuple[str, int], set[int]] = {}
    for edge in edges:
        pages.setdefault(edge.place, set()).add(lines[edge.index].page)
    enough = max(2, round(_MANY * len(heights)))
    never = len(heights) + 1
    nearly_all = max(3, round(_NEARLY_ALL * len(heights)))
    found: dict[int, str] = {}
    for edge in edges:
        least = enough if edge.is_apart else nearly_all if edge.is_outermost else never
        if edge.is_outermost and _NUMBER.fullmatch(lines[edge.index].text.strip()):
            found[edge.index] = "page-number"
        elif len(pages[edge.place]) >= least:
            found[edge.index] = edge.kind
    return found


@dataclass(frozen=True, slots=True)
class _Edge:
    """A line in the margin of a page."""

    index: int
    kind: str
    place: tuple[str, int]
    """Its words without digits, and its height."""
    is_outermost: bool
    is_apart: bool
    """Between it and the text there is more room than between lines."""


def _pages(lines: Sequence[PrintedLine]) -> Iterator[tuple[int, list[int]]]:
    """Each page's number and the indices of its lines from top to bottom."""
    on_page: dict[int, list[int]] = {}
    for index, line in enumerate(lines):
        on_page.setdefault(line.page, []).append(index)
    for page, indices in on_page.items():
        yield page, sorted(indices, key=lambda index: -lines[index].y)


def _edges(lines: Sequence[PrintedLine], indices: Sequence[int], height: float) -> Iterator[_Edge]:
    """The lines in the upper and in the lower margin of a page that are no rows of the text, the outermost first."""
    steps = [lines[a].y - lines[b].y for a, b in pairwise(indices)]
    usual = sorted(steps)[len(steps) // 4] if steps else 0.0  # the quarter: larger steps part paragraphs
    for kind, ordered, gaps in (("running-head", indices, steps), ("running-foot", indices[::-1], steps[::-1])):
        for order, index in enumerate(ordered[:_EDGE]):
            share = lines[index].y / height
            if not (share > 1 - _OUTER if kind == "running-head" else share < _OUTER):
                break
            inner = lines[ordered[min(order + 1, len(ordered) - 1)]]
            if lines[index].columns and lines[index].columns == inner.columns:
                break  # a row of a table that goes on
            place = (_DIGITS.sub("0", "".join(lines[index].text.split())), round(lines[index].y / 6))
            is_apart = any(gap > _APART * usual for gap in gaps[order:_EDGE]) or len(indices) == 1
            yield _Edge(index, kind, place, order == 0, is_apart)
