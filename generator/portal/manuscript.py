"""The notice as a .docx in the form of an official document, GB/T 9704-2012 (党政机关公文格式).

What the standard rules and this follows: the page (5.1, 5.2), type and size of words (5.2.2), 22 lines of 28 signs
(5.2.3), the title (7.3.1), the addressee (7.3.2), four levels of headings (7.3.3), signature and date (7.3.5), page
numbers (7.5). Where a computer lacks a typeface that the standard names, its word processor takes another.
"""

from __future__ import annotations

import datetime as dt
import io
import math
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from generator.base.archives import as_everywhere
from generator.model.notice import Notice
from generator.portal.lines import SheetLine, SheetPlace, lines_of

if TYPE_CHECKING:
    from docx.document import Document as Docx
    from docx.section import Section
    from docx.text.paragraph import Paragraph

_SIGN = 16.0
"""Points of a sign of the text: 三号."""
_HEIGHT, _WIDTH, _LINES, _SIGNS = 225, 156, 22, 28
"""版心 in millimetres, and how many lines and signs it holds."""
_POINTS = 72 / 25.4
_PITCH = _HEIGHT * _POINTS / _LINES
_CLOSER = math.floor((_WIDTH * _POINTS / _SIGNS - _SIGN) * 20)
"""By how many twentieths of a point signs stand closer, so that a line holds its 28.

A grid of signs (`linesAndChars`) would say the same, but LibreOffice and WPS each understand another grid by it.
"""
_SONG, _TITLE, _BLACK, _KAI, _FANG = "宋体", "方正小标宋简体", "黑体", "楷体_GB2312", "仿宋_GB2312"


@dataclass(frozen=True, slots=True)
class _Set:
    """How a run is set."""

    face: str
    points: float = _SIGN
    is_bold: bool = False


_HEADINGS = {1: _Set(_BLACK), 2: _Set(_KAI), 3: _Set(_FANG, is_bold=True), 4: _Set(_FANG)}
_TEXT, _LABEL, _NAME = _Set(_FANG), _Set(_FANG, is_bold=True), _Set(_TITLE, 22)


@dataclass(frozen=True, slots=True)
class _ManuscriptBlock:
    """How a paragraph stands between the margins; in signs of the text."""

    align: WD_ALIGN_PARAGRAPH = WD_ALIGN_PARAGRAPH.JUSTIFY
    first: int = 2
    right: int = 0


_BLOCKS: dict[SheetPlace, _ManuscriptBlock] = {
    "title": _ManuscriptBlock(WD_ALIGN_PARAGRAPH.CENTER, first=0),
    "addressee": _ManuscriptBlock(first=0),
    "heading": _ManuscriptBlock(),
    "text": _ManuscriptBlock(),
    "annex": _ManuscriptBlock(),
    "signature": _ManuscriptBlock(WD_ALIGN_PARAGRAPH.RIGHT, first=0, right=2),
    "date": _ManuscriptBlock(WD_ALIGN_PARAGRAPH.RIGHT, first=0, right=4),
}
_SPOKEN_OF = dt.datetime(2000, 1, 1)  # the file knows no zone
"""The file's own time: the same notice, the same bytes."""


def manuscript_of(notice: Notice) -> bytes:
    """The notice as a Word file, the same bytes each time. Raises ValueError for a sign that XML has not."""
    document = Document()
    _set_up(document, notice)
    document.settings.odd_and_even_pages_header_footer = True
    _page(document.sections[0])
    for line in lines_of(notice):
        _write(document, line)
    out = io.BytesIO()
    document.save(out)
    return _timeless(out.getvalue())


def _set_up(document: Docx, notice: Notice) -> None:
    about = document.core_properties
    about.title, about.author, about.language, about.comments = notice.title, notice.unit.name, "zh-CN", ""
    about.created = about.modified = _SPOKEN_OF
    about.last_modified_by = ""
    for name, how in (("Normal", _TEXT), ("Title", _NAME), *((f"Heading {n}", how) for n, how in _HEADINGS.items())):
        style = document.styles[name]
        _face(style.font, style.element.get_or_add_rPr(), how)
        shape = style.paragraph_format
        shape.space_before = shape.space_after = Pt(0)
        shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(round(_PITCH, 1))
        shape.keep_with_next = name.startswith("Heading")
    closer = OxmlElement("w:spacing")
    closer.set(qn("w:val"), str(_CLOSER))
    document.styles["Normal"].element.get_or_add_rPr().append(closer)
    title = document.styles["Title"].paragraph_format
    title.line_spacing, title.space_after = Pt(round(_PITCH * 1.2, 1)), Pt(round(_PITCH, 1))
    _drop(document.styles["Title"].element.get_or_add_pPr(), "w:pBdr")


def _face(font: Any, properties: Any, how: _Set) -> None:
    """Set type, size and weight, black and upright, whatever a theme says."""
    font.size, font.bold, font.italic = Pt(how.points), how.is_bold, False
    font.name = how.face
    fonts = properties.rFonts
    for kind in ("eastAsia", "hAnsi", "ascii", "cs"):
        fonts.set(qn(f"w:{kind}"), how.face)
    for kind in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{kind}"), None)
    for name in ("w:color", "w:spacing", "w:kern"):
        _drop(properties, name)


def _drop(parent: Any, name: str) -> None:
    for child in parent.findall(qn(name)):
        parent.remove(child)


# ------------------------------------------------------------------------------------------------------- the page


def _page(section: Section) -> None:
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(297 - 37 - _HEIGHT)
    section.left_margin, section.right_margin = Mm(28), Mm(210 - 28 - _WIDTH)
    section.footer_distance = Mm(297 - 37 - _HEIGHT - 7 - 5)  # the number's line begins 7 mm below the words
    grid = section._sectPr.find(qn("w:docGrid"))  # noqa: SLF001 - python-docx has no name for the grid of signs
    if grid is None:
        grid = OxmlElement("w:docGrid")
        section._sectPr.append(grid)  # noqa: SLF001
    grid.set(qn("w:type"), "lines")
    grid.set(qn("w:linePitch"), str(round(_PITCH * 20)))
    for footer, align in (
        (section.footer, WD_ALIGN_PARAGRAPH.RIGHT),
        (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT),
    ):
        footer.is_linked_to_previous = False
        _number(footer.paragraphs[0], align)


def _number(paragraph: Paragraph, align: WD_ALIGN_PARAGRAPH) -> None:
    """— 1 —, a sign in from the outer edge."""
    paragraph.alignment = align
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Pt(14)
    how = _Set(_SONG, 14)
    for kind, words in (("text", "— "), ("begin", ""), ("code", "PAGE"), ("end", ""), ("text", " —")):
        run = paragraph.add_run(words if kind == "text" else "")
        _face(run.font, run._r.get_or_add_rPr(), how)  # noqa: SLF001 - typefaces of Chinese signs
        if kind in ("begin", "end"):
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)  # noqa: SLF001
        elif kind == "code":
            code = OxmlElement("w:instrText")
            code.text = words
            run._r.append(code)  # noqa: SLF001


# ------------------------------------------------------------------------------------------------------- the words


def _write(document: Docx, line: SheetLine) -> None:
    block = _BLOCKS[line.place]
    style = "Title" if line.place == "title" else "Normal"
    if line.level and line.is_whole_heading:
        style = f"Heading {line.level}"
    paragraph = document.add_paragraph(style=style)
    paragraph.alignment = block.align
    _indent(paragraph, block)
    for part in line.runs:
        how = _HEADINGS[line.level or 4] if part.is_heading else _LABEL if part.is_label else _TEXT
        how = _NAME if line.place == "title" else how
        run = paragraph.add_run(part.text)
        _face(run.font, run._r.get_or_add_rPr(), how)  # noqa: SLF001


def _indent(paragraph: Paragraph, block: _ManuscriptBlock) -> None:
    """In signs, as Word counts them, and in points for programs that do not."""
    shape = paragraph.paragraph_format
    shape.first_line_indent = Pt(block.first * _SIGN)
    shape.right_indent = Pt(block.right * _SIGN)
    indent = paragraph._p.get_or_add_pPr().get_or_add_ind()  # noqa: SLF001
    indent.set(qn("w:firstLineChars"), str(block.first * 100))
    indent.set(qn("w:rightChars"), str(block.right * 100))


def _timeless(data: bytes) -> bytes:
    """The archive without the time at which it was written."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            after.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), before.read(name), zipfile.ZIP_DEFLATED)
        as_everywhere(after)
    return out.getvalue()
