"""Plain text (.txt): the decoded characters, one block a line."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.readers import limits
from generator.readers.characters import clean, unreadable
from generator.readers.document import Block, Document, Reader, ReadError
from generator.readers.encoding import decode
from generator.readers.signatures import signature_of
from generator.readers.wrapping import wrapped_lines

_CONTROL = re.compile("[\0-\x08\x0e-\x1a\x1c-\x1f\x7f\ufffd]")
_FEW_CONTROL = 8
_MOST_CONTROL = 0.1
"""Share of control and undecodable characters above which bytes are no text."""


def read(data: bytes) -> Document:
    """The text in `data`, line ends as newlines, a block for each line that is not blank."""
    limits.check("text-bytes", len(data))
    text, encoding = decode(data)
    if len(_CONTROL.findall(text)) > max(_FEW_CONTROL, _MOST_CONTROL * len(text)):
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
    lines = text.split("\n")
    limits.check("paragraphs", sum(1 for line in lines if line.strip()))
    at = 0
    for line, wrapped in zip(lines, wrapped_lines(lines), strict=True):
        if bare := line.strip():
            start = at + line.index(bare)
            yield Block(start=start, end=start + len(bare), wrapped=wrapped)
        at += len(line) + 1


READER = Reader(
    format="txt",
    suffixes=(".txt", ".text"),
    claims=lambda data: signature_of(data) is None,
    read=read,
)
