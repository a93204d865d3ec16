"""A Document in the making: what the readers of marked-up formats write into, a paragraph at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from generator.model.notice import Anomaly, Edit
from generator.readers import limits
from generator.readers.characters import clean, unreadable
from generator.readers.document import Block, BlockKind, Document
from generator.readers.text.wrapping import wrapped_lines


class Draft:
    """Paragraphs in reading order, and what was set aside between them."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._printed: list[str] = []
        """The lines with their indents, and the empty ones."""
        self._blocks: list[Block] = []
        self._edits: list[Edit] = []
        self._anomalies: list[Anomaly] = []
        self._length = 0

    @property
    def line(self) -> int:
        """1-based line of the text that the next paragraph becomes."""
        return len(self._lines) + 1

    @property
    def is_empty(self) -> bool:
        """Whether nothing with words in it was added yet."""
        return not self._blocks

    def add(self, words: str, *, kind: BlockKind = "paragraph", level: int = 0, wrapped: bool = False) -> None:
        """Appends a block for each line of `words` that is not blank, without the blanks around it."""
        words, edits = clean(words, self.line)
        self._edits += edits
        for line in words.split("\n"):
            self._printed.append(line)
            if not (bare := line.strip()):
                continue
            start = self._length
            self._blocks.append(Block(start=start, end=start + len(bare), kind=kind, level=level, wrapped=wrapped))
            self._lines.append(bare)
            self._length += len(bare) + 1
            limits.check("paragraphs", len(self._lines))
            limits.check("characters", self._length)

    def add_row(self, cells: Sequence[str]) -> None:
        """Appends a row of a table, all its cells given, empty ones too; they are parted by tabs."""
        known = len(self._blocks)
        self.add("\t".join(" ".join(cell.splitlines()) for cell in cells), kind="row")
        if len(self._blocks) > known:
            first = next(column for column, cell in enumerate(cells) if cell.strip())
            self._blocks[-1] = replace(self._blocks[-1], column=first)

    def edit(self, kind: str, before: str, after: str = "") -> None:
        """Records a change to the characters of the paragraph that is added next."""
        self._edits.append(Edit(kind=kind, line=self.line, before=before, after=after))
        limits.check("edits", len(self._edits))

    def flag(self, code: str, quote: str, message: str) -> None:
        """Records an anomaly of the paragraph that is added next."""
        self._anomalies.append(Anomaly(code=code, line=self.line, quote=quote, message=message))
        limits.check("edits", len(self._anomalies))

    def document(self, file_format: str, encoding: str | None = None) -> Document:
        """What was added, as a Document."""
        text = "\n".join(self._lines)
        if not any(block.wrapped for block in self._blocks):
            self._find_wrapped()
        return Document(
            text=text,
            blocks=tuple(self._blocks),
            format=file_format,
            encoding=encoding,
            edits=tuple(self._edits),
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
