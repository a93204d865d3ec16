"""A program of its own: PDF on standard input, the runs of characters on its pages as JSON on standard output.

It runs apart from the others because PDFium is native code: a file made to harm can exhaust or crash only this process,
whose time and memory are bounded. It imports nothing of the project, so that it starts fast.

A line a page: {"width", "height", "runs": [[text, x0, x1, baseline, size], …], "rules", "links": [[x0, y0, x1, y1], …],
"turned": [text, …], "pictures": n}; lengths in points, the origin at the lower left.
Or {"error": why}.
"""

from __future__ import annotations

import cmath
import contextlib
import ctypes
import json
import math
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

_ERRORS = {
    pdfium.FPDF_ERR_PASSWORD: "it is protected by a password. Save it without one.",
    pdfium.FPDF_ERR_SECURITY: "it is encrypted in a way that cannot be read. Print it to a new PDF.",
}
_DAMAGED = "it is damaged or cut off. Fetch or save it again."


class Char(NamedTuple):
    """A character on a page."""

    text: str
    x0: float
    x1: float
    """`x0` and the character's advance, whichever way it is turned."""
    y: float
    """Of the baseline."""
    size: float
    turn: int
    """Degrees, clockwise, in steps of one."""


def main() -> None:
    """Reads standard input, writes standard output."""
    memory, seconds, most_pages, most_chars = map(int, sys.argv[1:])
    _limit(memory, seconds)
    data = sys.stdin.buffer.read()
    pdfium.FPDF_InitLibrary()
    document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    if not document:
        _say({"error": _ERRORS.get(pdfium.FPDF_GetLastError(), _DAMAGED)})
        return
    pages = pdfium.FPDF_GetPageCount(document)
    if pages > most_pages:
        _say({"error": f"more than {most_pages:,} pages (found {pages:,}). Import the part that is the notice."})
        return
    total = 0
    for index in range(pages):
        page = _page(document, index)
        total += sum(len(run[0]) for run in page["runs"])
        if total > most_chars:
            _say({"error": f"more than {most_chars:,} characters of text. Import the part that is the notice."})
            return
        _say(page)


def _limit(memory: int, seconds: int) -> None:
    """Ends this process when it takes more than so many bytes or seconds of computing."""
    with contextlib.suppress(ImportError, ValueError, OSError):  # the module is missing on Windows
        import resource  # noqa: PLC0415

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _say(value: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=True) + "\n")


def _page(document: Any, index: int) -> dict[str, Any]:
    """The content of a page; an empty one when the page is broken."""
    page = pdfium.FPDF_LoadPage(document, index)
    if not page:
        return {
            "width": 0,
            "height": 0,
            "runs": [],
            "rules": [],
            "links": [],
            "turned": [],
            "pictures": 0,
            "broken": True,
        }
    width, height = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
    chars = list(_chars(page))
    upright = Counter(char.turn for char in chars).most_common(1)[0][0] if chars else 0
    rules, pictures = _objects(page)
    links = list(_links(document, page))
    if upright:
        sheet = _Sheet.of(page, upright)
        width, height = sheet.width, sheet.height
        chars = [sheet.char(char) for char in chars]
        rules, links = [sheet.box(rule) for rule in rules], [sheet.box(link) for link in links]
    pdfium.FPDF_ClosePage(page)
    return {
        "width": width,
        "height": height,
        "runs": [_run(run) for run in _runs([char for char in chars if not char.turn])],
        "rules": rules,
        "links": links,
        "turned": ["".join(char.text for char in run) for run in _runs([char for char in chars if char.turn])],
        "pictures": pictures,
    }


def _chars(page: Any) -> Iterator[Char]:
    """The visible characters of a page, in the order in which they are drawn."""
    text = pdfium.FPDFText_LoadPage(page)
    if not text:
        return
    box, matrix, x, y = pdfium.FS_RECTF(), pdfium.FS_MATRIX(), ctypes.c_double(), ctypes.c_double()
    before: tuple[int, float, float] = (0, 0.0, 0.0)
    high = 0
    for index in range(pdfium.FPDFText_CountChars(text)):
        code = pdfium.FPDFText_GetUnicode(text, index)
        if pdfium.FPDFText_IsGenerated(text, index) == 1:
            continue
        if code in (0, 0xFFFE) or pdfium.FPDFText_HasUnicodeMapError(text, index) == 1:
            code = 0xFFFD  # the font does not say which character it draws
        if code < 0x20:
            continue
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00) if high else 0xFFFD
        high = 0
        pdfium.FPDFText_GetLooseCharBox(text, index, box)
        pdfium.FPDFText_GetCharOrigin(text, index, x, y)
        place = (code, round(x.value, 0), round(y.value, 0))
        if place == before:  # drawn twice to look bold
            continue
        before = place
        turn = round(math.degrees(pdfium.FPDFText_GetCharAngle(text, index))) % 360
        pdfium.FPDFText_GetMatrix(text, index, matrix)
        size = max(1.0, pdfium.FPDFText_GetFontSize(text, index) * math.hypot(matrix.c, matrix.d))
        advance = box.top - box.bottom if turn in (90, 270) else box.right - x.value
        yield Char(chr(code), x.value, x.value + max(0.0, advance), y.value, size, turn)
    pdfium.FPDFText_ClosePage(text)


class _Sheet(NamedTuple):
    """A page that was turned so that most of its text is upright: a table across the page."""

    turn: int
    """Degrees, anti-clockwise, by which it was turned."""
    middle: complex
    """Of the page as it was, x + iy."""
    width: float
    height: float
    """As it is now."""

    @classmethod
    def of(cls, page: Any, turn: int) -> _Sheet:
        """The page turned by so many degrees."""
        edges = pdfium.FS_RECTF()
        pdfium.FPDF_GetPageBoundingBox(page, edges)
        wide, high = abs(edges.right - edges.left), abs(edges.top - edges.bottom)
        cos, sin = abs(math.cos(math.radians(turn))), abs(math.sin(math.radians(turn)))
        middle = complex(edges.left + edges.right, edges.bottom + edges.top) / 2
        return cls(turn, middle, wide * cos + high * sin, wide * sin + high * cos)

    def _place(self, x: float, y: float) -> complex:
        turned = (complex(x, y) - self.middle) * cmath.exp(1j * math.radians(self.turn))
        return turned + complex(self.width, self.height) / 2

    def char(self, char: Char) -> Char:
        """A character of the page."""
        at = self._place(char.x0, char.y)
        return Char(char.text, at.real, at.real + char.x1 - char.x0, at.imag, char.size, (char.turn - self.turn) % 360)

    def box(self, box: list[float]) -> list[float]:
        """A rule or a box of the page, as x0, y0, x1, y1."""
        one, other = self._place(box[0], box[1]), self._place(box[2], box[3])
        (x0, x1), (y0, y1) = sorted((one.real, other.real)), sorted((one.imag, other.imag))
        return [round(edge, 1) for edge in (x0, y0, x1, y1)]


def _runs(chars: list[Char]) -> Iterator[list[Char]]:
    """Characters that are drawn one after the other on one baseline, with hardly a gap between them."""
    run: list[Char] = []
    for char in chars:
        if run and not _follows(run[-1], char):
            yield run
            run = []
        run.append(char)
    if run:
        yield run


_OVERLAP = 0.12
_GAP = 0.25
"""Bounds of the gap within a run, in characters. Programs draw marks of another font later, into gaps left for them."""


def _follows(last: Char, char: Char) -> bool:
    gap = char.x0 - last.x1
    size = max(last.size, char.size)
    is_near = -_OVERLAP * size < gap < _GAP * size
    return is_near and abs(char.y - last.y) < _GAP * size and last.turn == char.turn


def _run(run: list[Char]) -> list[Any]:
    parts = [run[0].text]
    for last, char in pairwise(run):
        if char.x0 - last.x1 > 0.22 * char.size and last.text.isascii() and char.text.isascii():
            parts.append(" ")
        parts.append(char.text)
    size = Counter(round(char.size, 1) for char in run).most_common(1)[0][0]
    return ["".join(parts), round(run[0].x0, 2), round(run[-1].x1, 2), round(run[0].y, 2), size]


_MOST_OBJECTS = 20_000


def _objects(page: Any) -> tuple[list[list[float]], int]:
    """Straight lines and thin boxes that rule the page, and how many pictures it has."""
    rules: list[list[float]] = []
    pictures = 0
    edges = [ctypes.c_float() for _ in range(4)]
    for index in range(min(pdfium.FPDFPage_CountObjects(page), _MOST_OBJECTS)):
        one = pdfium.FPDFPage_GetObject(page, index)
        kind = pdfium.FPDFPageObj_GetType(one)
        pictures += kind == pdfium.FPDF_PAGEOBJ_IMAGE
        if kind == pdfium.FPDF_PAGEOBJ_PATH and pdfium.FPDFPageObj_GetBounds(one, *edges):
            rules += _ruled([edge.value for edge in edges])
    return rules, pictures


def _ruled(bounds: list[float]) -> list[list[float]]:
    """A thin box is one rule; the four edges of a larger one rule a cell."""
    x0, y0, x1, y1 = (round(value, 1) for value in bounds)
    wide, high = x1 - x0 > 4, y1 - y0 > 4
    if wide and high:
        return [[x0, y0, x1, y0], [x0, y1, x1, y1], [x0, y0, x0, y1], [x1, y0, x1, y1]]
    return [[x0, y0, x1, y1]] if wide or high else []


_MOST_LINKS = 5_000
_FILE = (b".doc", b".docx", b".wps", b".pdf", b".xls", b".xlsx", b".zip", b".rar", b".jpg", b".png")


def _links(document: Any, page: Any) -> Iterator[list[float]]:
    """Where the page links to other web pages; not to files, mail addresses or other pages of its own."""
    at, link, box = ctypes.c_int(0), pdfium.FPDF_LINK(), pdfium.FS_RECTF()
    for _ in range(_MOST_LINKS):
        if not pdfium.FPDFLink_Enumerate(page, at, link):
            return
        action = pdfium.FPDFLink_GetAction(link)
        if not action or pdfium.FPDFAction_GetType(action) != pdfium.PDFACTION_URI:
            continue
        buffer = ctypes.create_string_buffer(2048)
        pdfium.FPDFAction_GetURIPath(document, action, buffer, 2048)
        target = buffer.value.lower()
        is_page = target.startswith((b"http", b"file")) and not target.endswith(_FILE)
        if is_page and pdfium.FPDFLink_GetAnnotRect(link, box):
            low, high = sorted((box.bottom, box.top))
            yield [round(box.left, 1), round(low, 1), round(box.right, 1), round(high, 1)]


if __name__ == "__main__":
    main()
