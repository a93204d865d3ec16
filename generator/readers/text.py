"""Plain text (.txt): the decoded characters, one block a line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from generator.readers import limits
from generator.readers.characters import clean, unreadable
from generator.readers.document import Block, Document, Reader, ReadError
from generator.readers.encoding import decode
from generator.readers.signatures import signature_of

_CONTROL = re.compile("[\0-\x08\x0e-\x1a\x1c-\x1f\x7f\ufffd]")
_MOST_CONTROL = 0.1
"""Share of control and undecodable characters above which bytes are no text."""


def read(data: bytes) -> Document:
    """The text in `data`, line ends as newlines, a block for each line that is not blank."""
    limits.check("text-bytes", len(data))
    text, encoding = decode(data)
    if len(_CONTROL.findall(text)) > _MOST_CONTROL * len(text):
        raise ReadError("the bytes are no text in any encoding of Chinese. Open the file and save it again as UTF-8.")
    text, edits = clean(text)
    return Document(
        text=text,
        blocks=tuple(blocks_of(text)),
        format="txt",
        encoding=encoding,
        edits=edits,
        anomalies=tuple(unreadable(text)),
    )


def blocks_of(text: str) -> Iterator[Block]:
    """A block for each line with something in it, without the blanks around it."""
    spans = []
    at = 0
    for line in text.split("\n"):
        if bare := line.strip():
            start = at + line.index(bare)
            spans.append((start, start + len(bare)))
        at += len(line) + 1
    limits.check("paragraphs", len(spans))
    full = _wrapped(text, spans)
    return (Block(start=start, end=end, wrapped=wrapped) for (start, end), wrapped in zip(spans, full, strict=True))


# ------------------------------------------------------------------------------------------------- hard-wrapped text

_NARROWEST = 10
"""Nobody wraps at less, in characters."""
_FEWEST = 3
"""Fewer full lines than this are chance."""
_USUAL = 0.15
"""Share of the lines that must be full; where paragraphs stand one a line, their lengths scatter."""
_OUTLIERS = 0.03
"""Share of the lines that may be longer: an address of the web, a table."""


def _wrapped(text: str, spans: Sequence[tuple[int, int]]) -> list[bool]:
    """For each line whether it ends because the page was full, judged by geometry alone.

    True where the line reaches the width at which the file's lines usually end, and the next line follows at once
    without an indent. The width is counted in characters or in columns, whichever fits the file better.
    """
    if len(spans) < 2:
        return [False] * len(spans)
    lines = [_whole_line(text, start, end) for start, end in spans]
    measures = ([len(line) for line in lines], [_columns(line) for line in lines])
    full = max((_full(widths) for widths in measures), key=sum)
    follows = [text.count("\n", end, start) == 1 for (_, end), (start, _) in pairwise(spans)]
    indented = [line[:1].isspace() for line in lines]
    return [*(f and n and not i for f, n, i in zip(full, follows, indented[1:], strict=False)), False]


def _whole_line(text: str, start: int, end: int) -> str:
    """The line from its indent on, without the blanks at its end."""
    return text[text.rfind("\n", 0, start) + 1 : end]


def _columns(line: str) -> int:
    """Display width, nearly: a character of three UTF-8 bytes takes two columns, an ASCII one takes one."""
    return (len(line.encode("utf-8", "replace")) + len(line)) // 2


def _full(widths: Sequence[int]) -> list[bool]:
    """Which lines reach the file's full width; none when the file's lines do not end at one width.

    A line may fall short of it by a word or a punctuation mark that must not begin a line: three columns.
    """
    longest = sorted(widths)[-1 - int(_OUTLIERS * len(widths))]
    full = [width >= longest - 3 for width in widths]
    reached = sum(full)
    if longest < _NARROWEST or reached < _FEWEST or reached < _USUAL * len(widths):
        return [False] * len(widths)
    return full


READER = Reader(
    format="txt",
    suffixes=(".txt", ".text"),
    claims=lambda data: signature_of(data) is None,
    read=read,
)
