"""A web page as the lines that a browser shows, each with what the page says about it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from bs4.element import CData, NavigableString, PageElement, Tag

from generator.model.numbering import label_at
from generator.readers.document import BlockKind
from generator.readers.html.tags import (
    BLOCKS,
    IDEOGRAPHIC,
    LIST_STYLES,
    UNSEEN,
    attribute,
    is_chrome,
    is_file_link,
    is_hidden,
    list_style,
)
from generator.readers.numerals import printed

_SPACE = re.compile(r"[ \t\r\n\f]+")
_WIDE = "\u2010-\u2027\u2460-\u24ff\u2e80-\u9fff\uff00-\uffef"
_WIDE_BREAK = re.compile(rf"(?<=[{_WIDE}])[ \t\r\f]*\n[ \t\r\n\f]*(?=[{_WIDE}])")
"""A line of the page's source that ends between two Chinese characters: nothing is meant by it."""
_HEADING = {f"h{level}": level for level in range(1, 7)}
_ARTICLE = ("article", "main")
"""Elements whose header is not the page's: it holds the title."""
_WIDEST_CELL = 1000
"""A table with more characters in one of two cells arranges the page; it holds no rows to read across."""
_FEWEST_CELLS = 2
"""Cells with words in a row that is read across."""
_MENU = 3
"""So many links in a cell are a menu: the table arranges the page."""


@dataclass(slots=True, kw_only=True)
class Line:
    """A line of the page."""

    words: str
    linked: int
    """How many of its characters are links to other pages."""
    kind: BlockKind = "paragraph"
    level: int = 0
    chrome: Tag | None = None
    """The innermost element around it that says it is not the article."""
    edits: list[tuple[str, str, str]] = field(default_factory=list)
    """Kind, before and after of what was changed in it."""


class Page:
    """The lines of a page, and which of them each element holds."""

    def __init__(self, root: Tag, hidden: frozenset[str]) -> None:
        self.lines: list[Line] = []
        self.ranges: dict[int, tuple[int, int]] = {}
        """id of a block element → index of its first line, and of the first one behind it."""
        self._hidden = hidden
        self._sizes = _sizes(root)
        self._buffer: list[str] = []
        self._edits: list[tuple[str, str, str]] = []
        self._linked = 0
        self._in_link = 0
        self._in_pre = 0
        self._in_article = 0
        self._kind: tuple[BlockKind, int] = ("paragraph", 0)
        self._chrome: list[Tag] = []
        self._counters: list[_Counter] = []
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
        self._buffer.append(text)
        if self._in_link:
            self._linked += len(text.strip())

    def _enter(self, tag: Tag) -> bool:
        """Whether the element's content is to be visited."""
        name = tag.name
        if name in UNSEEN:
            return False
        if is_hidden(tag, self._hidden):
            if words := " ".join(tag.get_text().split()):
                self._edits.append(("hidden-removed", words, ""))
            return False
        if name == "br":
            self._flush()
            return False
        if name == "a" and tag.has_attr("href") and not is_file_link(tag):
            self._in_link += 1
        if name in BLOCKS:
            self._flush()
            if is_chrome(tag) or (name == "header" and not self._in_article):
                self._chrome.append(tag)
            self._in_article += name in _ARTICLE
            if name == "tr" and self._row(tag):
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
            self._counters.append(_Counter.of(tag))
        elif tag.name == "li" and self._counters and (label := self._counters[-1].next(tag)):
            self._edits.append(("auto-number", "", label.strip()))
            self._buffer.append(label)

    def _leave(self, tag: Tag) -> None:
        if tag.name == "a" and tag.has_attr("href") and not is_file_link(tag):
            self._in_link -= 1
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
        self.ranges[id(tag)] = (self.ranges[id(tag)][0], len(self.lines))
        if self._chrome and self._chrome[-1] is tag:
            self._chrome.pop()

    def _flush(self) -> None:
        """Ends the line."""
        text = "".join(self._buffer)
        self._buffer.clear()
        for words in text.split("\n") if self._in_pre else (_SPACE.sub(" ", _WIDE_BREAK.sub("", text)),):
            if words.strip():
                self.lines.append(self._line(words, *self._kind))
                self._linked = 0
        self._linked = 0

    def _line(self, words: str, kind: BlockKind, level: int) -> Line:
        edits, self._edits = self._edits, []
        chrome = self._chrome[-1] if self._chrome else None
        return Line(words=words, linked=self._linked, kind=kind, level=level, chrome=chrome, edits=edits)

    # --------------------------------------------------------------------------------------------------------- tables

    def _row(self, row: Tag) -> bool:
        """Reads a row of a table with words in several cells as one line; False when the table arranges the page."""
        cells = [cell for cell in row.contents if isinstance(cell, Tag) and cell.name in ("td", "th")]
        sizes = [self._sizes.get(id(cell), _Size()) for cell in cells]
        filled = sum(1 for size in sizes if size.characters)
        if filled < _FEWEST_CELLS or any(_arranges(size, filled) for size in sizes):
            return False
        lines = [Page(cell, self._hidden).lines if _holds_no_row(cell) else _flat(cell) for cell in cells]
        words = ["\u2003".join(line.words.strip() for line in cell) for cell in lines]
        self._linked = sum(line.linked for cell in lines for line in cell)
        self._edits += [edit for cell in lines for line in cell for edit in line.edits]
        if any(words):
            self.lines.append(self._line("\t".join(words), "row", 0))
        self._linked = 0
        return True


def _holds_no_row(cell: Tag) -> bool:
    return cell.find("tr") is None


def _flat(cell: Tag) -> list[Line]:
    """A cell with a table in it as one line."""
    words = " ".join(" ".join(cell.stripped_strings).split())
    return [Line(words=words, linked=0)] if words else []


@dataclass(slots=True)
class _Counter:
    """Counts the items of a list."""

    style: str | None
    """None: the items have no numbers."""
    value: int
    step: int = 1

    @classmethod
    def of(cls, tag: Tag) -> _Counter:
        """The counter of a list that begins."""
        if tag.name != "ol":
            return cls(None, 0)
        step = -1 if tag.has_attr("reversed") else 1
        first = len(tag.find_all("li", recursive=False)) if step < 0 else 1
        return cls(list_style(tag), _integer(attribute(tag, "start"), first) - step, step)

    def next(self, item: Tag) -> str:
        """The printed number of the next item, with the mark behind it; empty where a browser prints none."""
        self.value = _integer(attribute(item, "value"), self.value + self.step)
        style = self.style and (list_style(item) if "list-style" in attribute(item, "style") else self.style)
        if not style or style == "none" or _has_number(item):
            return ""
        number = printed(self.value, LIST_STYLES[style])
        return f"{number}、" if style in IDEOGRAPHIC else f"{number}. "


def _has_number(item: Tag) -> bool:
    """Whether the item's words begin with a printed number: then the list's own one is not meant to be seen."""
    label = label_at(_first_words(item))
    return label is not None and label.style != "shi"


_LOOK_INTO = 40


def _first_words(tag: Tag) -> str:
    """The first text of an element, empty when none comes soon; in steps of one, as an element can nest without end."""
    stack: list[PageElement] = [tag]
    for _ in range(_LOOK_INTO):
        if not stack:
            break
        node = stack.pop()
        if isinstance(node, Tag):
            stack.extend(reversed(node.contents[:_LOOK_INTO]))
        elif type(node) is NavigableString and node.strip():
            return node.strip()
    return ""


def _integer(text: str, otherwise: int) -> int:
    return int(text) if re.fullmatch(r"\s*-?[0-9]{1,9}\s*", text) else otherwise


class _Size(NamedTuple):
    """How much an element holds, tables inside it included."""

    characters: int = 0
    links: int = 0
    rows: int = 0

    def __sub__(self, before: _Size) -> _Size:
        return _Size(self.characters - before.characters, self.links - before.links, self.rows - before.rows)


def _arranges(cell: _Size, filled: int) -> bool:
    """Whether a cell of a row with so many `filled` ones shows that the table arranges the page."""
    if cell.links >= _MENU:
        return True
    return cell.characters > _WIDEST_CELL and (filled == _FEWEST_CELLS or cell.rows > 0)


def _sizes(root: Tag) -> dict[int, _Size]:
    """The id of each cell of a table → how much it holds."""
    sizes: dict[int, _Size] = {}
    total = _Size()
    stack: list[tuple[PageElement, bool]] = [(root, False)]
    while stack:
        node, is_end = stack.pop()
        if isinstance(node, Tag):
            if is_end:
                sizes[id(node)] = total - sizes[id(node)]
                continue
            if node.name in ("td", "th"):
                sizes[id(node)] = total
                stack.append((node, True))
            elif node.name == "a" and node.has_attr("href") and not is_file_link(node):
                total = total._replace(links=total.links + 1)
            elif node.name == "tr":
                total = total._replace(rows=total.rows + 1)
            stack.extend((inner, False) for inner in reversed(node.contents) if node.name not in UNSEEN)
        elif type(node) is NavigableString:
            total = total._replace(characters=total.characters + len(node.strip()))
    return sizes
