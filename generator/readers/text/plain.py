"""Plain text (.txt): the decoded characters, one block a line."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from generator.readers import limits
from generator.readers.characters import clean, crossed, crossed_out, unreadable
from generator.readers.contents import with_contents
from generator.readers.document import Block, Document, Reader, ReadError
from generator.readers.signatures import signature_of
from generator.readers.text.encoding import decode
from generator.readers.text.wrapping import wrapped_lines

_USUAL = frozenset("\t\n\r\v\f\x85\u200b\u200c\u200d\u200e\u200f\ufeff")
_FEW = 8
_MOST = 0.1
"""Share of characters that nobody writes, above which bytes are no text; a few of them may always be."""
_SAMPLE = 4_000


def read(data: bytes) -> Document:
    """The text in `data`, line ends as newlines, a block for each line that is not blank."""
    limits.check("text-bytes", len(data))
    text, encoding = decode(data)
    limits.check("characters", len(text))
    if not _is_text(text):
        raise ReadError(
            "the bytes are no text in any encoding of Chinese: the file is damaged, or is not what its name says. "
            "Open it in the program that made it and save it again; a text file as UTF-8."
        )
    text, edits = clean(text)
    return Document(
        text=text,
        blocks=with_contents(text, tuple(blocks_of(text))),
        format="txt",
        encoding=encoding,
        edits=edits,
        struck=tuple(crossed(text)),
        anomalies=(*crossed_out(text), *unreadable(text)),
    )


def _is_text(text: str) -> bool:
    """Whether a sample of characters, taken evenly, is of those that people write."""
    sample = text[:: 1 + len(text) // _SAMPLE]
    strange = sum(
        1 for char in sample if char == "\ufffd" or (unicodedata.category(char)[0] == "C" and char not in _USUAL)
    )
    return strange <= max(_FEW, _MOST * len(sample))


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
