"""What a reader hands on: the text of a file, where its blocks stand, and what the reader changed or set aside.

A reader knows one format and nothing of notices. It answers two questions: `claims` (is this mine?) and `read` (what
text is in it?). It raises `ReadError`, and nothing else, for a file that it cannot read.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from generator.base.diagnostics import DiscloseError, Span
from generator.model.notice import Anomaly, Edit

BlockKind = Literal["paragraph", "heading", "list-item", "row", "note", "title", "metadata", "chrome", "contents"]


class ReadError(DiscloseError):
    """The file cannot be read; the message says what is wrong with it and how to fix it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A paragraph as the file has it: `document.text[start:end]`, without line break inside."""

    start: int
    end: int
    kind: BlockKind = "paragraph"
    """What the format says it is; `chrome` and `metadata` only where the format itself marks it so.

    `contents`: a line of a table of contents.
    """
    level: int = 0
    """Level of a heading style or of automatic numbering, outermost 1; 0: none."""
    wrapped: bool = False
    """The line ends because the page was full, not because the paragraph ends: the next block continues it."""
    column: int | None = None
    """0-based column of the first word of a row whose other cells follow in their columns; None: not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A file as text: blocks in reading order, joined by newline, and nothing between them."""

    text: str
    blocks: tuple[Block, ...]
    format: str
    """`txt`, `md`, `html`, `docx`, `pdf`; `doc`: converted by LibreOffice."""
    encoding: str | None = None
    """How the bytes were decoded, where that had to be found out."""
    edits: tuple[Edit, ...] = ()
    """What the reader set aside or turned into text (page numbers, deleted changes, automatic numbers, fields)."""
    struck: tuple[Span, ...] = ()
    """Words that are crossed out: part of the text, as everybody sees them, but nothing may be concluded from them."""
    anomalies: tuple[Anomaly, ...] = ()
    """What the reader is unsure of (text read by OCR, characters that could not be decoded)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """A format: how it is recognised and read."""

    format: str
    suffixes: tuple[str, ...]
    claims: Callable[[bytes], bool]
    """Whether the bytes are of this format, whatever the file's name is."""
    read: Callable[[bytes], Document]
    """The document in the bytes. Raises ReadError."""
