"""A program of its own: PDF on standard input, the runs of characters on its pages as JSON on standard output.

It runs apart from the others because PDFium is native code: a file made to harm can exhaust or crash only this process,
whose time and memory are bounded. It imports nothing of the project, so that it starts fast.

A line a page: {"width", "height", "runs": [[text, x0, x1, baseline, size], …], "rules", "links": [[x0, y0, x1, y1], …],
"turned": [text, …], "pictures": n, "large": n, "unseen": n, "recognised": n, "added": n, "remarks": n}; lengths in
points, the origin at the lower left. Texts have the marks of readers/inline_marks.py. Or {"error": why}.
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
from pathlib import Path
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

sys.path.insert(0, str(Path(__file__).parent))  # an isolated Python looks nowhere else

from worker_notes import Notes, Typed  # type: ignore[import-not-found]
from worker_seen import Eye, Objects  # type: ignore[import-not-found]

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
    seen: str = "seen"
    """`unseen`, `recognised`: as worker_seen.py has it."""
    is_struck: bool = False


def main() -> None:
    """Reads standard input, writes standard output."""
    memory, seconds, most_pages, most_chars = map(int, sys.argv[1:])
    _limit(memory, seconds)
    pdfium.FPDF_InitLibrary()
    for page in pages_of(sys.stdin.buffer.read(), most_pages, most_chars):
        _say(page)


def pages_of(data: bytes, most_pages: int, most_chars: int) -> Iterator[dict[str, Any]]:
    """The pages of a PDF, or an error, as this program writes them. Ask FPDF_InitLibrary first."""
    document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    if not document:
        yield {"error": _ERRORS.get(pdfium.FPDF_GetLastError(), _DAMAGED)}
        return
    try:
        yield from _pages(document, most_pages, most_chars)
    finally:
        pdfium.FPDF_CloseDocument(document)


def _pages(document: Any, most_pages: int, most_chars: int) -> Iterator[dict[str, Any]]:
    pages = pdfium.FPDF_GetPageCount(document)
    if pages > most_pages:
        yield {"error": f"more than {most_pages:,} pages (found {pages:,}). Import the part that is the notice."}
        return
    total = 0
    for index in range(pages):
        page = _page(document, index)
        total += sum(len(run[0]) for run in page["runs"])
        if total > most_chars:
            yield {"error": f"more than {most_chars:,} characters of text. Import the part that is the notice."}
            return
        yield page


def _limit(memory: int, seconds: int) -> None:
    """Ends this process when it takes more than so many bytes or seconds of computing; Windows sets no limits."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415

    limits = (
        (resource.RLIMIT_AS, memory, memory),
        (resource.RLIMIT_CPU, seconds, seconds + 1),
        (resource.RLIMIT_CORE, 0, 0),
    )
    for limit, soft, hard in limits:
        with contextlib.suppress(ValueError, OSError):  # macOS refuses the first; the others hold all the same
            resource.setrlimit(limit, (soft, hard))


def _say(value: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=True) + "\n")


def _page(document: Any, index: int) -> dict[str, Any]:
    """The content of a page; an empty one when the page is broken."""
    page = pdfium.FPDF_LoadPage(document, index)
    if not page:
        return _EMPTY | {"broken": True}
    links = list(_links(document, page))
    notes = Notes(page)
    before = _count(page) if notes.is_drawn else None
    if notes.is_drawn and pdfium.FPDFPage_Flatten(page, pdfium.FLAT_NORMALDISPLAY) == pdfium.FLATTEN_SUCCESS:
        pdfium.FPDF_ClosePage(page)
        page = pdfium.FPDF_LoadPage(document, index)
        if not page:
            return _EMPTY | {"broken": True}
    objects = Objects(page)
    eye = Eye(page, objects)
    found = list(_chars(page, eye))
    if any(char.seen == "layer" for char in found):
        off = "unseen" if eye.draws_all_fonts else "seen"
        found = [char._replace(seen=off) if char.seen == "layer" else char for char in found]
    kept, unseen = _placed(found)
    rules = [rule for box in objects.boxes for rule in _ruled(box)]
    chars = [*_struck(kept, [*rules, *notes.lines]), *(char for typed in notes.typed for char in _typed(typed))]
    added = sum(len(typed.words) for typed in notes.typed)
    added += 0 if before is None else max(0, _count(page) - before)
    width, height = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
    upright = Counter(char.turn for char in chars).most_common(1)[0][0] if chars else 0
    if upright:
        sheet = _TurnedPage.of(page, upright)
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
        "pictures": len(objects.pictures),
        "large": 0 if eye.has_scan else sum(_may_hold_words(box) for box in objects.pictures),
        "unseen": unseen,
        "recognised": sum(char.seen == "recognised" for char in found),
        "added": added,
        "remarks": notes.remarks,
    }


_EMPTY: dict[str, Any] = {"width": 0, "height": 0, "runs": [], "rules": [], "links": [], "turned": []} | dict.fromkeys(
    ("pictures", "large", "unseen", "recognised", "added", "remarks"), 0
)
_LONG, _SHORT = 6 * 28, 2 * 28
"""Points of the sides of a picture that may hold words, six by two centimetres: a seal is smaller."""


def _may_hold_words(box: tuple[float, ...]) -> bool:
    sides = box[2] - box[0], box[3] - box[1]
    return max(sides) > _LONG and min(sides) > _SHORT


def _count(page: Any) -> int:
    """How many characters a page has."""
    text = pdfium.FPDFText_LoadPage(page)
    count = pdfium.FPDFText_CountChars(text) if text else 0
    pdfium.FPDFText_ClosePage(text)
    return max(0, int(count))


def _chars(page: Any, eye: Any) -> Iterator[Char]:
    """The characters of a page, in the order in which they are drawn, each with whether it is seen."""
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
        if code in (0, 0xFFFE) or 0xFDD0 <= code < 0xFDF0 or pdfium.FPDFText_HasUnicodeMapError(text, index) == 1:
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
        if not math.isfinite(x.value + y.value + box.left + box.right + box.bottom + box.top):
            yield Char(chr(code), 0.0, 0.0, 0.0, 1.0, 0, "unseen")  # it stands nowhere
            continue
        place = (code, round(x.value, 0), round(y.value, 0))
        if place == before:  # drawn twice to look bold
            continue
        before = place
        turn = round(math.degrees(pdfium.FPDFText_GetCharAngle(text, index))) % 360
        pdfium.FPDFText_GetMatrix(text, index, matrix)
        size = max(1.0, pdfium.FPDFText_GetFontSize(text, index) * math.hypot(matrix.c, matrix.d))
        advance = box.top - box.bottom if turn in (90, 270) else box.right - x.value
        seen = "seen"
        if not chr(code).isspace():
            edges = (
                min(box.left, box.right),
                min(box.bottom, box.top),
                max(box.left, box.right),
                max(box.bottom, box.top),
            )
            seen = eye.looks_at(pdfium.FPDFText_GetTextObject(text, index), edges)
        yield Char(chr(code), x.value, x.value + max(0.0, advance), y.value, size, turn, seen)
    pdfium.FPDFText_ClosePage(text)


_STRUCK, _STRUCK_END, _UNSEEN = "\ufdd0\ufdd1\ufdd2"
"""The marks of readers/inline_marks.py."""


def _placed(chars: list[Char]) -> tuple[list[Char], int]:
    """What is read of a page, a mark in place of what nobody sees; and how much of that stands in no other line."""
    lines: dict[int, tuple[float, float]] = {}
    for char in chars:
        if char.seen != "unseen" and not char.text.isspace():
            x0, x1 = lines.get(round(char.y / 4), (char.x0, char.x1))
            lines[round(char.y / 4)] = min(x0, char.x0), max(x1, char.x1)
    kept: list[Char] = []
    apart = 0
    for char in chars:
        near = [lines[row] for row in range(round(char.y / 4) - 1, round(char.y / 4) + 2) if row in lines]
        if char.seen != "unseen":
            kept.append(char)
        elif any(x0 - char.size < char.x0 < x1 + char.size for x0, x1 in near):
            kept.append(char._replace(text=_UNSEEN))
        else:
            apart += 1
    return kept, apart


_LOW, _HIGH = 0.12, 0.6
"""Height above the baseline, in characters, of a line that goes through words and not below them."""


def _struck(chars: list[Char], rules: list[list[float]]) -> Iterator[Char]:
    """The characters, those that a line goes through marked as crossed out."""
    rows: dict[int, list[list[float]]] = {}
    for rule in rules:
        if math.isfinite(sum(rule)) and abs(rule[3] - rule[1]) <= 3:
            rows.setdefault(round((rule[1] + rule[3]) / 2 / 4), []).append(rule)
    for char in chars:
        at = (char.x0 + char.x1) / 2
        low, high = char.y + _LOW * char.size, char.y + _HIGH * char.size
        near = (rule for row in range(round(low / 4) - 1, round(high / 4) + 2) for rule in rows.get(row, ()))
        is_struck = char.text != _UNSEEN and any(
            low <= (y0 + y1) / 2 <= high and x0 - 1 <= at <= x1 + 1 for x0, y0, x1, y1 in near
        )
        yield char._replace(is_struck=True) if is_struck else char


def _typed(typed: Typed) -> Iterator[Char]:
    """Words that lie over the page, set as a program would draw them."""
    x0, _, x1, y1 = typed.box
    size = typed.size
    x, y = x0 + 2, y1 - 1.1 * size
    for char in typed.words.replace("\r\n", "\n").replace("\r", "\n"):
        advance = size * (0.5 if char.isascii() else 1.0)
        if char == "\n" or x + advance > x1 + size:
            x, y = x0 + 2, y - 1.3 * size
        if char.isprintable():
            yield Char(char, x, x + advance, y, size, 0)
            x += advance


class _TurnedPage(NamedTuple):
    """A page that was turned so that most of its text is upright: a table across the page."""

    turn: int
    """Degrees, anti-clockwise, by which it was turned."""
    middle: complex
    """Of the page as it was, x + iy."""
    width: float
    height: float
    """As it is now."""

    @classmethod
    def of(cls, page: Any, turn: int) -> _TurnedPage:
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
        turn = (char.turn - self.turn) % 360
        return char._replace(x0=at.real, x1=at.real + char.x1 - char.x0, y=at.imag, turn=turn)

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
    parts = [_STRUCK * run[0].is_struck, run[0].text]
    for last, char in pairwise(run):
        if last.is_struck != char.is_struck:
            parts.append(_STRUCK if char.is_struck else _STRUCK_END)
        if char.x0 - last.x1 > 0.22 * char.size and last.text.isascii() and char.text.isascii():
            parts.append(" ")
        parts.append(char.text)
    parts.append(_STRUCK_END * run[-1].is_struck)
    size = Counter(round(char.size, 1) for char in run).most_common(1)[0][0]
    return ["".join(parts), round(run[0].x0, 2), round(run[-1].x1, 2), round(run[0].y, 2), size]


def _ruled(bounds: tuple[float, ...]) -> list[list[float]]:
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
