"""A Document in the making: what the readers of marked-up formats write into, a paragraph at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from generator.base.diagnostics import Span
from generator.model.notice import Anomaly, Edit
from generator.readers import inline_marks, limits
from generator.readers.characters import STRUCK_OUT, clean, clean_ends, crossed, unreadable
from generator.readers.contents import with_contents
from generator.readers.document import Block, BlockKind, Document
from generator.readers.text.wrapping import wrapped_lines

_QUOTE = 30
"""Characters of the longest quote of an anomaly."""


class Draft:
    """Paragraphs in reading order, and what was set aside between them."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._printed: list[str] = []
        """The lines with their indents, and the empty ones."""
        self._blocks: list[Block] = []
        self._edits: list[Edit] = []
        self._anomalies: list[Anomaly] = []
        self._struck: list[Span] = []
        self._length = 0
        self._unseen = 0
        """Characters left out since the last paragraph because nobody sees them."""

    @property
    def line(self) -> int:
        """1-based line of the text that the next paragraph becomes."""
        return len(self._lines) + 1

    @property
    def is_empty(self) -> bool:
        """Whether nothing with words in it was added yet."""
        return not self._blocks

    def add(self, words: str, *, kind: BlockKind = "paragraph", level: int = 0, wrapped: bool = False) -> None:
        """Appends a block for each line of `words` that is not blank, without the blanks around it.

        The words may hold marks (inline_marks.py): what is crossed out becomes a span of the document, what nobody sees
        a number.
        """
        is_struck = False
        for line in clean_ends(words).split("\n"):
            text, spans = self._resolved(line, is_struck=is_struck)
            is_struck = inline_marks.is_struck_after(line, is_struck=is_struck)
            self._printed.append(text)
            if bare := text.strip():
                self._add_block(
                    bare, text.index(bare), spans, Block(start=0, end=0, kind=kind, level=level, wrapped=wrapped)
                )

    def _add_block(self, bare: str, indent: int, spans: Sequence[Span], like: Block) -> None:
        start, end = self._length, self._length + len(bare)
        for span in spans:
            kept = Span(max(span.start - indent, 0) + start, min(start + span.end - indent, end))
            if kept.start < kept.end:
                self._strike(kept, bare[kept.start - start : kept.end - start])
        if self._unseen:
            self._tell_unseen(bare, is_told=like.kind != "chrome")
        self._blocks.append(replace(like, start=start, end=end))
        self._lines.append(bare)
        self._length = end + 1
        limits.check("paragraphs", len(self._lines))
        limits.check("characters", self._length)

    def _resolved(self, line: str, *, is_struck: bool) -> tuple[str, list[Span]]:
        """The line without marks and strange characters, and where in it words are crossed out."""
        size = 0
        texts: list[str] = []
        spans: list[Span] = []
        for part in inline_marks.parts(line, is_struck=is_struck):
            text, edits = clean(part.words, self.line)
            self._edits += edits
            self._unseen += part.unseen
            if part.before:
                self.edit("raised", part.before, text)
            if part.is_struck and text:
                spans.append(Span(spans.pop().start if spans and spans[-1].end == size else size, size + len(text)))
            else:
                spans += (Span(size + one.start, size + one.end) for one in crossed(text))
            texts.append(text)
            size += len(text)
        limits.check("edits", len(self._edits))
        return "".join(texts), spans

    def _strike(self, span: Span, words: str) -> None:
        if words.strip():
            self._struck.append(span)
            self.flag(
                "struck-out",
                words.strip()[:_QUOTE],
                STRUCK_OUT,
            )

    def _tell_unseen(self, quote: str, *, is_told: bool) -> None:
        """Records that characters were left out which nobody sees; their words stand nowhere, as a record is public."""
        self.edit("hidden-removed", "")
        if is_told:
            self.flag("hidden-text", quote[:_QUOTE], f"此处有{self._unseen}个看不见的字，没有采用。")
        self._unseen = 0

    def add_row(self, cells: Sequence[str]) -> None:
        """Appends a row of a table, all its cells given, empty ones too; they are parted by tabs."""
        known = len(self._blocks)
        self.add("\t".join(" ".join(cell.splitlines()) for cell in cells), kind="row")
        if len(self._blocks) > known:
            first = next(column for column, cell in enumerate(cells) if inline_marks.plain(cell).strip())
            self._blocks[-1] = replace(self._blocks[-1], column=first)

    def edit(self, kind: str, before: str, after: str = "") -> None:
        """Records a change to the characters of the paragraph that is added next."""
        self._edits.append(
            Edit(kind=kind, line=self.line, before=inline_marks.plain(before), after=inline_marks.plain(after))
        )
        limits.check("edits", len(self._edits))

    def flag(self, code: str, quote: str, message: str) -> None:
        """Records an anomaly of the paragraph that is added next."""
        self._anomalies.append(Anomaly(code=code, line=self.line, quote=inline_marks.plain(quote), message=message))
        limits.check("edits", len(self._anomalies))

    def document(self, file_format: str, encoding: str | None = None) -> Document:
        """What was added, as a Document."""
        text = "\n".join(self._lines)
        if self._unseen:
            self._tell_unseen("", is_told=True)
        if not any(block.wrapped for block in self._blocks):
            self._find_wrapped()
        return Document(
            text=text,
            blocks=with_contents(text, self._blocks),
            format=file_format,
            encoding=encoding,
            edits=tuple(self._edits),
            struck=tuple(self._struck),
            anomalies=(*self._anomalies, *unreadable(text)),
        )

    def _find_wrapped(self) -> None:
        """Marks the lines of text that was pasted with the line ends of another page."""
        hints = wrapped_lines(self._printed)
        filled = [hint for hint, line in zip(hints, self._printed, strict=True) if line.strip()]
        self._blocks = [
            replace(block, wrapped=True) if hint and block.kind == "paragraph" else block
            for block, hint in zip(self._blocks, filled, strict=True)
        ]
