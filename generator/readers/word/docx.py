"""Word files (.docx): the final text, as Word prints it, with automatic numbers written out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml import etree

from generator.readers import inline_marks
from generator.readers.document import BlockKind, Document, Reader, ReadError
from generator.readers.draft import Draft
from generator.readers.signatures import signature_of
from generator.readers.word.boxes import stands_above
from generator.readers.word.diagrams import paragraphs_of
from generator.readers.word.fields import unended
from generator.readers.word.inline import SKIPPED, Inline, is_unfilled
from generator.readers.word.numbering import Numbered, Numbering
from generator.readers.word.ooxml import child, is_on, number, tag, value
from generator.readers.word.package import Package
from generator.readers.word.styles import Styles, is_shaded
from generator.readers.word.tables import MOST_COLUMNS, Cell, MergedCells, in_columns, is_data


@dataclass(frozen=True, slots=True)
class _DocxParagraph:
    """A paragraph or a row that is ready to be added."""

    words: str
    kind: BlockKind = "paragraph"
    level: int = 0
    left_out: tuple[tuple[str, int], ...] = ()
    """What was left out of it or changed, by the keys of _LEFT_OUT."""


_BLANK = _DocxParagraph("")
"""An empty paragraph: no block, but room between the lines before and after it."""
_CONTENTS = "Table of Contents"
_LEFT_OUT = {
    "deleted": ("tracked-change", "此处有修订删去的{}个字，没有采用。"),
    "inserted": ("tracked-change", "此处有修订插入的{}个字，已经采用。"),
    "merged": ("hidden-text", "此处合并的单元格里有{}个看不见的字，没有采用。"),
    "comments": ("comment", "此处有{}条批注，没有采用。"),
    "pictures": ("unread-part", "此处有{}幅图片，其中如有文字没有读。"),
    "charts": ("unread-part", "此处有{}个图表，其中的文字没有读。"),
    "diagrams": ("unread-part", "此处有{}个图示（SmartArt），其文字已经读出，次序请对照原件。"),
    "fields": ("field-unread", "此处有{}个没有结束的域，其后的文字照原样保留，请对照原件。"),
    "prompts": ("unread-part", "此处有{}个没有填写的控件，显示的是提示文字，请核对。"),
    "parts": ("unread-part", "此处嵌有{}个不是 Word 文字的部分，没有读。"),
}
"""What is left out or kept of a paragraph: code and message of the anomaly. Never with the words that were left out,
which nobody meant to publish."""
_OTHERS = {"xl": "an Excel workbook", "ppt": "a PowerPoint presentation", "visio": "a Visio drawing"}
"""Folder of the main part of other Office files."""
_ASIDE = {"header": "running-head", "footer": "running-foot"}


def read(data: bytes) -> Document:
    """The text of a Word file: paragraphs, rows of tables, text boxes where they stand, notes last."""
    package = Package(data)
    main = next((name for kind, name in package.related("").values() if kind == "officeDocument"), "word/document.xml")
    if what := _OTHERS.get(main.partition("/")[0]):
        raise ReadError(f"it is {what} and no Word file. Copy the notice into a Word file and import that.")
    if main not in package:
        raise ReadError("the archive has no Word document in it. If it is a folder of files, import it as a zip.")
    return _Story(package, main).document()


class _Story:
    """Reads one document, a paragraph at a time; keeps what outlasts a paragraph: lists, open fields, notes."""

    def __init__(self, package: Package, main: str) -> None:
        self._package = package
        self._main = main
        self._parts: dict[str, list[str]] = {}
        self._related = package.related(main)
        for kind, name in self._related.values():
            self._parts.setdefault(kind, []).append(name)
        self._styles = Styles(self._tree("styles"))
        self._numbering = Numbering(self._tree("numbering"), self._styles.lists())
        self._draft = Draft()
        self._pieces: list[_DocxParagraph] = []
        self._inline = Inline(self._draft, self._styles)

    def _tree(self, kind: str) -> etree._Element | None:
        names = self._parts.get(kind)
        return self._package.tree(names[0]) if names else None

    def document(self) -> Document:
        """The whole file."""
        self._set_aside()
        for element in self._body():
            self._block(element)
            self._flush()
        if self._inline.words:
            self._end_paragraph(None)
            self._flush()
        self._add_notes()
        if self._draft.is_empty:
            raise ReadError("the file has no text in it. If its pages are pictures, import a PDF of it instead.")
        return self._draft.document("docx")

    def _body(self) -> list[etree._Element]:
        """The blocks of the body; learns from all of its elements which fields end."""
        blocks: list[etree._Element] = []
        field_marks: list[etree._Element] = []
        for element in self._package.elements(self._main):
            name = tag(element)
            parent = element.getparent()
            if parent is not None and tag(parent) == "w:body":
                blocks.append(element)
            if name == "w:p" or (name == "w:fldChar" and not _is_passed_over(element)):
                field_marks.append(element)
        if any(tag(mark) == "w:fldChar" for mark in field_marks):
            self._inline.unended = unended(field_marks)
        return blocks

    # ------------------------------------------------------------------------------------------------ around the body

    def _set_aside(self) -> None:
        """Records the words of headers and footers."""
        for kind, edit in _ASIDE.items():
            for name in self._parts.get(kind, ()):
                root = self._package.tree(name)
                words = " ".join(self._read_apart(root if root is not None else ())).split()
                if words:
                    self._draft.edit(edit, " ".join(words))

    def _add_notes(self) -> None:
        """Adds footnotes and endnotes in the order of their marks."""
        notes: dict[tuple[str, str | None], etree._Element] = {}
        for kind in ("footnote", "endnote"):
            root = self._tree(kind + "s")
            notes |= {(kind, value(one, "id")): one for one in (root if root is not None else ())}
        for mark in self._inline.notes:
            if (mark.kind, mark.id) in notes:
                words = "\n".join(self._read_apart(notes[mark.kind, mark.id])).strip()
                label = f"[{mark.number}] " if mark.number else ""
                if label:
                    self._draft.edit("auto-number", "", label.strip())
                self._draft.add(label + words, kind="note")

    def _read_apart(self, elements: Iterable[etree._Element]) -> list[str]:
        """The words of blocks that stand outside the body."""
        self._blocks(elements)
        pieces, self._pieces = self._pieces, []
        for piece in pieces:
            self._report(piece)
        return [piece.words for piece in pieces]

    def _flush(self) -> None:
        for piece in self._pieces:
            self._report(piece)
            if piece.kind == "row":
                self._draft.add_row(piece.words.split("\t"))
            else:
                self._draft.add(piece.words, kind=piece.kind, level=piece.level)
        self._pieces = []

    # --------------------------------------------------------------------------------------------------------- blocks

    def _blocks(self, elements: Iterable[etree._Element]) -> None:
        for element in elements:
            self._block(element)

    def _block(self, element: etree._Element) -> None:
        """Reads a paragraph, a table or what holds them into pieces."""
        name = tag(element)
        if name == "w:p":
            self._paragraph(element)
        elif name == "w:tbl":
            self._table(element)
        elif name == "a:p":
            self._inline.style = None
            self._inline.read(element)
            self._end_paragraph(None)
        elif name == ":textpath":
            self._pieces.append(_DocxParagraph(inline_marks.foreign(element.get("string", ""))))
        elif name == ":relIds":
            self._diagram(element)
        elif name == "w:altChunk":
            self._inline.left_out["parts"] += 1
            self._pieces.append(_DocxParagraph("", left_out=self._left_out()))
        elif value(child(element, "w:sdtPr", "w:docPartObj", "w:docPartGallery")) == _CONTENTS:
            self._draft.edit("contents-removed", " ".join(_all_text(element).split()))
        elif name not in SKIPPED:
            if name == "w:sdt" and is_unfilled(element):
                self._inline.left_out["prompts"] += 1
            self._blocks(element)

    def _diagram(self, element: etree._Element) -> None:
        """The words of a diagram, from the part that its first reference names."""
        wanted = next((ref for name, ref in element.attrib.items() if str(name).endswith("}dm")), "")
        kind, name = self._related.get(str(wanted), ("", ""))
        root = self._package.tree(name) if kind == "diagramData" else None
        lines = paragraphs_of(root) if root is not None else []
        self._inline.left_out["diagrams" if lines else "parts"] += 1
        self._pieces.append(_DocxParagraph("\n".join(map(inline_marks.foreign, lines)), left_out=self._left_out()))

    def _table(self, table: etree._Element) -> None:
        """A row with words in one cell only is that cell's paragraphs; any other is a row, its cells parted by tabs.

        In a table of facts a cell alone in its own column is a row too: those beside it go on with the row above.
        """
        if self._inline.words:
            self._end_paragraph(None)
        backdrop, over = self._inline.has_backdrop, MergedCells()
        style = value(child(table, "w:tblPr", "w:tblStyle"))
        self._inline.has_backdrop = backdrop or self._styles.shades(style)
        rows = [self._row(row, over) for row in self._kept_rows(table)]
        self._inline.has_backdrop = backdrop
        has_columns = is_data([cells for cells, _ in rows])
        columns = in_columns([cells for cells, _ in rows])
        for (cells, pieces), words in zip(rows, columns, strict=True):
            filled = [cell for cell in cells if cell.words]
            if len(filled) > 1 or (filled and has_columns and filled[0].span == 1 and len(cells) > 1):
                left_out = tuple(one for piece in pieces for one in piece.left_out)
                self._pieces.append(_DocxParagraph("\t".join(words), "row", left_out=left_out))
            else:
                self._pieces += pieces

    def _kept_rows(self, table: etree._Element) -> Iterator[etree._Element]:
        """The rows of a table that were not deleted."""
        for row in _inside(table, "w:tr"):
            if child(row, "w:trPr", "w:del") is None:
                yield row
            else:
                self._inline.left_out["deleted"] += len(_all_text(row))
                self._pieces.append(_DocxParagraph("", left_out=self._left_out()))

    def _row(self, row: etree._Element, over: MergedCells) -> tuple[list[Cell], list[_DocxParagraph]]:
        """The cells of a row, and their paragraphs."""
        outer, held = self._pieces, []
        backdrop = self._inline.has_backdrop
        start = min(number(child(row, "w:trPr", "w:gridBefore")) or 0, MOST_COLUMNS)
        cells: list[Cell] = []
        for cell in _inside(row, "w:tc"):
            self._pieces = []
            properties = child(cell, "w:tcPr")
            self._inline.has_backdrop = backdrop or is_shaded(properties)
            if child(properties, "w:cellDel") is None:
                self._blocks(cell)
            else:
                self._inline.left_out["deleted"] += len(_all_text(cell))
                self._pieces = [_DocxParagraph("", left_out=self._left_out())]
            span = max(1, min(number(child(properties, "w:gridSpan")) or 1, MOST_COLUMNS))
            if over.goes_on(properties, start, _one_line(self._pieces)):
                self._pieces = [self._unpainted(over.words(start))]
            cells.append(Cell(_one_line(self._pieces), start, span))
            start += span
            held += self._pieces
        self._pieces, self._inline.has_backdrop = outer, backdrop
        return cells, held

    def _unpainted(self, above: str) -> _DocxParagraph:
        """What stays of a cell that goes on with the one above it: nothing of it is printed."""
        words = "".join(_one_line(self._pieces).split())
        if words:
            self._draft.edit("hidden-removed", "")
        self._inline.left_out["merged"] += 0 if words == "".join(above.split()) else len(words)
        return _DocxParagraph("", left_out=self._left_out())

    def _paragraph(self, paragraph: etree._Element) -> None:
        if not len(paragraph) and not self._inline.words:
            self._pieces.append(_BLANK)
            return
        properties = child(paragraph, "w:pPr")
        self._inline.style = value(child(properties, "w:pStyle"))
        backdrop = self._inline.has_backdrop
        self._inline.has_backdrop = backdrop or is_shaded(properties)
        self._inline.read(paragraph)
        self._inline.has_backdrop = backdrop
        if not self._runs_on(properties):
            self._end_paragraph(properties)

    def _runs_on(self, properties: etree._Element | None) -> bool:
        """Whether the next one continues it: its end was deleted, moved or hidden, or it is a large first letter."""
        if value(child(properties, "w:framePr"), "dropCap") in ("drop", "margin"):
            return True
        mark = child(properties, "w:rPr")
        gone = any(child(mark, name) is not None for name in ("w:del", "w:moveFrom"))
        return gone or bool(is_on(child(mark, "w:vanish")))

    def _end_paragraph(self, properties: etree._Element | None) -> None:
        self._inline.end_contents()
        words, self._inline.words = "".join(self._inline.words), []
        numbered = self._number(properties)
        kind, level = self._kind(properties)
        if numbered and (words.strip() or not numbered.is_bullet):
            self._draft.edit("auto-number", "", numbered.label.strip())
            words = numbered.label + words.lstrip()
            if kind == "paragraph":
                kind, level = "list-item", numbered.level + 1
        paragraph = _DocxParagraph(words, kind, level, self._left_out())
        boxes, self._inline.boxes = self._inline.boxes, []
        is_first = self._draft.is_empty and not any(piece.words.strip() for piece in self._pieces)
        above = [box for box in boxes if stands_above(box, is_first=is_first)]
        backdrop, self._inline.has_backdrop = self._inline.has_backdrop, True  # a box may be filled
        self._blocks(above)
        self._pieces.append(paragraph)
        self._blocks(box for box in boxes if box not in above)
        self._inline.has_backdrop = backdrop

    def _number(self, properties: etree._Element | None) -> Numbered | None:
        """The paragraph's automatic number, its own or its style's."""
        own = child(properties, "w:numPr")
        list_id, level = value(child(own, "w:numId")), number(child(own, "w:ilvl"))
        if list_id is None and (styled := self._styles.list_of(self._inline.style)):
            list_id, style_level, style = styled
            known = (level, self._numbering.level_of_style(list_id, style), style_level)
            level = next((one for one in known if one is not None), 0)
        return self._numbering.count(list_id, level or 0) if list_id else None

    def _kind(self, properties: etree._Element | None) -> tuple[BlockKind, int]:
        """What the paragraph's style says it is, and its level."""
        if self._styles.is_title(self._inline.style):
            return "title", 0
        outline = number(child(properties, "w:outlineLvl"))
        outline = self._styles.outline(self._inline.style) if outline is None else outline
        return ("heading", outline + 1) if outline is not None and 0 <= outline < 9 else ("paragraph", 0)

    def _left_out(self) -> tuple[tuple[str, int], ...]:
        """What was left out since this was asked last."""
        found = tuple((what, count) for what, count in self._inline.left_out.items() if count)
        self._inline.left_out.clear()
        return found

    def _report(self, piece: _DocxParagraph) -> None:
        """Flags what was left out of a piece, quoting only what stayed."""
        for what, count in piece.left_out:
            code, message = _LEFT_OUT[what]
            self._draft.flag(code, piece.words.strip()[:30], message.format(count))


def _inside(element: etree._Element, name: str) -> Iterator[etree._Element]:
    """The rows of a table or the cells of a row, also where a content control holds them."""
    for inner in element:
        if tag(inner) == name:
            yield inner
        elif tag(inner) in ("w:sdt", "w:sdtContent", "w:customXml", "w:ins", "w:moveTo"):
            yield from _inside(inner, name)


def _is_passed_over(element: etree._Element) -> bool:
    """Whether it stands in what was deleted or moved away, or in the copy that only older programs read."""
    return any(tag(outer) in ("w:del", "w:moveFrom", "mc:Fallback") for outer in element.iterancestors())


def _all_text(element: etree._Element) -> str:
    return "".join(str(text) for text in element.itertext())


def _one_line(cell: list[_DocxParagraph]) -> str:
    return " ".join(" ".join(re.split(r"[\n\t]", piece.words)) for piece in cell).strip()


def _claims(data: bytes) -> bool:
    return signature_of(data) == "zip" and b"word/" in data


READER = Reader(format="docx", suffixes=(".docx", ".docm", ".dotx"), claims=_claims, read=read)
