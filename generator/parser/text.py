"""Paragraphs of words that remember where in the source they stood."""

from __future__ import annotations

import functools
import itertools
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, TypeVar

from generator.base.alternatives import alternation
from generator.base.diagnostics import Span
from generator.base.late_patterns import late_pattern

_T = TypeVar("_T")

TERMINAL = "。！？；：.!?;:”’）)》】…"
"""A paragraph that ends in one of these is whole."""

_CJK = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3001-\u303f“”‘’—…·"
CJK_BLANK = late_pattern(rf"(?<=[{_CJK}])[^\S\n]+(?=[{_CJK}])")
"""A blank between two Chinese characters or marks: left over from a wrapped line."""

DASH = "(?:——|—|－－|--)"
"""A dash: a whole one, half of it, or strokes in its place."""

NOTE_MARK = r"\[\d{1,2}\]"
"""The mark of a footnote, [3]."""

_NOTE = late_pattern(r"[（(【\[][^（）()【】\[\]]{2,32}[）)】\]]$")
_CLOSING_BRACKETS = frozenset("）)】]")


def squeezed(text: str) -> str:
    """`text` without white space."""
    return "".join(text.split())


def items_behind(items: Sequence[_T], at: int) -> Iterator[_T]:
    """The items behind the one at `at`, in order; none is copied, so that a look on from each of them stays cheap."""
    return map(items.__getitem__, range(at + 1, len(items)))


class Segment(NamedTuple):
    """From `at` on, text and source go in step from `source` on; or an edit put the text in place of `[source:end)`."""

    at: int
    source: int
    end: int = 0
    """Behind what the edit replaced; 0: in step."""


class Paragraph(NamedTuple):
    """A paragraph of the notice: its words, and the source offset of each of them."""

    text: str
    start: int
    """Offset in the source of its first character."""
    line: int
    """1-based line of the source where it begins."""
    level: int = 0
    """Level of the heading style that the file gave it; 0: none."""
    is_row: bool = False
    """A row of a table."""
    segments: tuple[Segment, ...] = ()
    """How it goes in step with the source; empty: from `start` on, all the way."""
    column: int | None = None
    """0-based column of a row's first word, where the file says it."""

    def source(self, offset: int) -> int:
        """Offset in the source of the character at `offset`; of what an edit put there, that of what it replaced."""
        if not self.segments:
            return self.start + offset
        segment = self._segment(offset)
        return segment.source if segment.end else segment.source + offset - segment.at

    def source_end(self, offset: int) -> int:
        """Offset in the source behind the character before `offset`."""
        if not self.segments:
            return self.start + offset
        segment = self._segment(offset - 1)
        return segment.end or segment.source + offset - segment.at

    def _segment(self, offset: int) -> Segment:
        return self.segments[max(bisect_right(self.segments, offset, key=_at) - 1, 0)]

    def cut(self, start: int, end: int) -> Paragraph:
        """The part `[start:end)` with its own map."""
        if not self.segments:
            return self._replace(text=self.text[start:end], start=self.start + start)
        first = max(bisect_right(self.segments, start, key=_at) - 1, 0)
        last = max(bisect_left(self.segments, end, key=_at), first + 1)
        inner = [Segment(max(s.at - start, 0), s.source if s.end else s.source + max(start - s.at, 0), s.end)
                 for s in self.segments[first:last]]  # fmt: skip
        return self._replace(text=self.text[start:end], start=inner[0].source, segments=tuple(inner))

    def stripped(self) -> Paragraph:
        """The paragraph without blanks at its ends."""
        start = len(self.text) - len(self.text.lstrip())
        return self.cut(start, max(start, len(self.text.rstrip())))


def joined(paragraphs: Sequence[Paragraph]) -> Paragraph:
    """The paragraphs as one."""
    if len(paragraphs) == 1:
        return paragraphs[0]
    segments: list[Segment] = []
    size = 0
    for paragraph in paragraphs:
        inner = paragraph.segments or (Segment(0, paragraph.start),)
        segments += [Segment(s.at + size, s.source, s.end) for s in inner]
        size += len(paragraph.text)
    text = "".join(paragraph.text for paragraph in paragraphs)
    return paragraphs[0]._replace(text=text, segments=tuple(segments))


def _at(segment: Segment) -> int:
    return segment.at


class Lines:
    """Finds the line of a source offset."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *itertools.accumulate(len(line) + 1 for line in text.split("\n"))]

    def at(self, offset: int) -> int:
        """1-based line that holds the character at `offset`."""
        return bisect_right(self._starts, offset)


@functools.cache
def _marks(stops: str) -> re.Pattern[str]:
    return re.compile(f"[“‘《（(【”’》）)】{stops}]")


def sentences(text: str, stops: str = "。！？!?；;") -> Iterator[Span]:
    """The sentences of `text`, stop included; a stop inside quotation marks or brackets does not end one."""
    depth, start = 0, 0
    for found in _marks(stops).finditer(text):
        mark = found[0]
        if mark in stops:
            if not depth:
                end = found.end()
                yield Span(start, end)
                start = end
        elif mark in "“‘《（(【":
            depth += 1
        elif depth:
            depth -= 1
    if start < len(text):
        yield Span(start, len(text))


def patterns(rows: Iterable[str]) -> str:
    """One alternation of literal rows, the longest first."""
    return alternation(rows)


def without_note(title: str) -> str:
    """A title without what brackets add behind it: …不力（已完成）."""
    found = _NOTE.search(title) if title[-1:] in _CLOSING_BRACKETS else None
    return title[: found.start()] if found and found.start() else title
