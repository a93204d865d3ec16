"""A web page as the lines that a browser shows, each with what the page says about it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from bs4.element import CData, NavigableString, PageElement, Tag

from generator.readers import inline_marks
from generator.readers.document import BlockKind
from generator.readers.html.controls import is_picture_of_words, state_of
from generator.readers.html.lists import Counter
from generator.readers.html.seen import View, is_hidden
from generator.readers.html.sizes import FEWEST_CELLS, RowSpans, Size, arranges, sizes_of
from generator.readers.html.styles import PageStyles
from generator.readers.html.tags import BLOCKS, CONTROLS, PARTS, UNSEEN, is_chrome, is_file_link

_SPACE = re.compile(r"[ \t\r\n\f]+")
_WIDE = "\u2010-\u2027\u2460-\u24ff\u2e80-\u9fff\uff00-\uffef"
_WIDE_BREAK = re.compile(rf"(?<=[{_WIDE}])[ \t\r\f]*\n[ \t\r\n\f]*(?=[{_WIDE}])")
"""A line of the page's source that ends between two Chinese characters: nothing is meant by it."""
_HEADING = {f"h{level}": level for level in range(1, 7)}
_ARTICLE = ("article", "main")
"""Elements whose header is not the page's: it holds the title."""


@dataclass(slots=True, kw_only=True)
class PageLine:
    """A line of the page."""

    words: str
    """Empty where only something that is not read stands between two lines."""
    linked: int
    """How many of its characters are links to other pages."""
    kind: BlockKind = "paragraph"
    level: int = 0
    chrome: Tag | None = None
    """The innermost element around it that says it is not the article."""
    edits: list[tuple[str, str, str]] = field(default_factory=list)
    """Kind, before and after of what was changed in it."""
    unseen: int = 0
    """Characters in it, or alone in its place, that nobody sees."""
    parts: int = 0
    """Pictures and other parts in it that may show words."""

    @property
    def prose(self) -> int:
        """How many of its characters are no links."""
        return max(0, len(self.words) - self.linked)


class PageLines:
    """The lines of a page, and which of them each element holds."""

    def __init__(self, root: Tag, sheet: PageStyles, view: View | None = None, *, reads_rows: bool = True) -> None:
        self.lines: list[PageLine] = []
        self.ranges: dict[int, tuple[int, int]] = {}
        """id of a block element → index of its first line, and of the first one behind it."""
        self._sheet = sheet
        self._views = [view or View()]
        self._reads_rows = reads_rows
        self._sizes = sizes_of(root)
        self._buffer: list[str] = []
        self._edits: list[tuple[str, str, str]] = []
        self._linked = 0
        self._parts = 0
        self._tables: dict[int, RowSpans] = {}
        self._has_words = False
        """Whether the line has words besides the state of controls."""
        self._in_link = 0
        self._in_pre = 0
        self._number = ""
        """Of the list item that has begun, until its first words."""
        self._in_article = 0
        self._kind: tuple[BlockKind, int] = ("paragraph", 0)
        self._chrome: list[Tag] = []
        self._counters: list[Counter] = []
        self._walk(root)
        self._flush()

    def _walk(self, root: Tag) -> None:
        """Visits all of the page without recursion: pages with unclosed tags nest thousands deep."""
        stack: list[tuple[PageElement, bool]] = [(root, False)]
        while stack:
            node, is_end = stack.pop()
            if isinstance(node, Tag):
                if is_end:
                    self._leave(node)
                elif self._enter(node):
                    stack.append((node, True))
                    stack.extend((inner, False) for inner in reversed(node.contents))
            elif type(node) is NavigableString or type(node) is CData:
                self._text(str(node))

    def _text(self, text: str) -> None:
        self._buffer.append(self._views[-1].shown(inline_marks.foreign(text)))
        self._has_words = self._has_words or bool(text.strip())
        if self._in_link:
            self._linked += len(text.strip())

    def _enter(self, tag: Tag) -> bool:
        """Whether the element's content is to be visited."""
        name = tag.name
        look = self._sheet.of(tag)
        if name in UNSEEN:
            if (name in CONTROLS or name in PARTS) and not is_hidden(tag, look, self._sheet):
                self._control(tag)
            return False
        if is_hidden(tag, look, self._sheet):
            self._buffer.append(inline_marks.unseen(tag.get_text()))
            return False
        if name == "br":
            self._flush()
            return False
        if name == "a" and tag.has_attr("href") and not is_file_link(tag):
            self._in_link += 1
        self._views.append(self._views[-1].inside(tag, look, self._sheet))
        return self._enter_block(tag) if name in BLOCKS else True

    def _control(self, tag: Tag) -> None:
        """Adds what a control shows, or counts a part that may show words."""
        if tag.name in PARTS:
            self._parts += not self._in_link and is_picture_of_words(tag)
        elif words := state_of(tag):
            self._edits.append(("form-field", "", words))
            self._buffer.append(self._views[-1].shown(inline_marks.foreign(words)))
            self._has_words = self._has_words or tag.name == "textarea"

    def _enter_block(self, tag: Tag) -> bool:
        self._flush()
        if is_chrome(tag) or (tag.name == "header" and not self._in_article):
            self._chrome.append(tag)
        self._in_article += tag.name in _ARTICLE
        if tag.name == "tr" and self._reads_rows and self._row(tag):
            self._views.pop()
            return False
        self._begin_block(tag)
        return True

    def _begin_block(self, tag: Tag) -> None:
        self.ranges[id(tag)] = (len(self.lines), len(self.lines))
        if tag.name in _HEADING:
            self._kind = ("heading", _HEADING[tag.name])
        elif tag.name == "pre":
            self._in_pre += 1
        elif tag.name in ("ol", "ul", "menu", "dir"):
            self._counters.append(Counter.of(tag))
        elif tag.name == "li" and self._counters and (label := self._counters[-1].next(tag)):
            self._number = label

    def _leave(self, tag: Tag) -> None:
        if tag.name == "a" and tag.has_attr("href") and not is_file_link(tag):
            self._in_link -= 1
        self._views.pop()
        if tag.name not in BLOCKS:
            return
        self._flush()
        self._in_article -= tag.name in _ARTICLE
        if tag.name in _HEADING:
            self._kind = ("paragraph", 0)
        elif tag.name == "pre":
            self._in_pre -= 1
        elif tag.name in ("ol", "ul", "menu", "dir") and self._counters:
            self._counters.pop()
        elif tag.name == "li":
            self._number = ""
        self.ranges[id(tag)] = (self.ranges[id(tag)][0], len(self.lines))
        if self._chrome and self._chrome[-1] is tag:
            self._chrome.pop()

    def _flush(self) -> None:
        """Ends the line."""
        text = "".join(self._buffer)
        self._buffer.clear()
        if self._number and self._has_words:
            self._edits.append(("auto-number", "", self._number.strip()))
            text, self._number = self._number + text, ""
        if not self._has_words:  # a control alone on a line belongs to no sentence
            text = inline_marks.UNSEEN * text.count(inline_marks.UNSEEN)
            self._edits = [edit for edit in self._edits if edit[0] != "form-field"]
        self._has_words = False
        unseen = text.count(inline_marks.UNSEEN)
        text = text.replace(inline_marks.UNSEEN, "")
        for words in text.split("\n") if self._in_pre else (_collapsed(text),):
            if inline_marks.plain(words).strip():
                self._add(words, *self._kind, unseen)
                unseen = 0
        if unseen or self._parts:
            self._add("", *self._kind, unseen)
        self._linked = 0

    def _add(self, words: str, kind: BlockKind, level: int, unseen: int) -> None:
        edits, self._edits = (self._edits, []) if words else ([], self._edits)
        chrome = self._chrome[-1] if self._chrome else None
        self.lines.append(
            PageLine(
                words=words, linked=self._linked, kind=kind, level=level, chrome=chrome, edits=edits, unseen=unseen,
                parts=self._parts,
            )
        )  # fmt: skip
        self._linked = self._parts = 0

    # --------------------------------------------------------------------------------------------------------- tables

    def _row(self, row: Tag) -> bool:
        """Reads a row of a table with words in several cells as one line; False when the table arranges the page."""
        cells = [cell for cell in row.contents if isinstance(cell, Tag) and cell.name in ("td", "th")]
        sizes = [self._sizes.get(id(cell), Size()) for cell in cells]
        filled = sum(1 for size in sizes if size.characters)
        if filled < FEWEST_CELLS or any(arranges(size, filled) for size in sizes):
            self._merged(row).placed(cells, [""] * len(cells))
            return False
        lines = [self._cell(cell) for cell in cells]
        words = ["\u2003".join(line.words.strip() for line in cell if line.words) for cell in lines]
        words = self._merged(row).placed(cells, words)
        inside = [line for cell in lines for line in cell]
        self._linked = sum(line.linked for line in inside)
        self._parts = sum(line.parts for line in inside)
        self._edits += [edit for line in inside for edit in line.edits]
        unseen = sum(line.unseen for line in inside)
        if any(words) or unseen or self._parts:
            self._add("\t".join(words) if any(words) else "", "row", 0, unseen)
        self._linked = 0
        return True

    def _merged(self, row: Tag) -> RowSpans:
        """The cells of the row's table that go on in the rows below them."""
        return self._tables.setdefault(id(row.parent), RowSpans())

    def _cell(self, cell: Tag) -> list[PageLine]:
        """The lines of a cell; of one with a table in it, as if that had no rows: tables can nest without end."""
        look = self._sheet.of(cell)
        if is_hidden(cell, look, self._sheet):
            return [PageLine(words="", linked=0, unseen=len(inline_marks.unseen(cell.get_text())))]
        view = self._views[-1].inside(cell, look, self._sheet)
        return PageLines(cell, self._sheet, view, reads_rows=cell.find("tr") is None).lines


def _collapsed(text: str) -> str:
    """The text of a line with its blanks as a browser shows them: one each, none at the ends."""
    return _SPACE.sub(" ", _WIDE_BREAK.sub("", text)).strip(" ")
