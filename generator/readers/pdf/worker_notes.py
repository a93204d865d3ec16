"""Part of the worker's program: what was added to a page, and lies over it: forms, typed words, remarks, lines."""

from __future__ import annotations

import ctypes
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

_MOST = 2_000
_REMARKS = frozenset({pdfium.FPDF_ANNOT_TEXT, pdfium.FPDF_ANNOT_CARET, pdfium.FPDF_ANNOT_FILEATTACHMENT})
"""Kinds that show a sign only, and their words when somebody asks."""
_UNDRAWN = frozenset({pdfium.FPDF_ANNOT_LINK, pdfium.FPDF_ANNOT_POPUP}) | _REMARKS
_HIDDEN = 0x02 | 0x20
"""Flags of what is not shown."""


class Typed(NamedTuple):
    """Words that lie over the page and that no program has drawn yet."""

    words: str
    box: tuple[float, float, float, float]
    size: float


class Notes:
    """What was added to a page."""

    def __init__(self, page: Any) -> None:
        self.typed: list[Typed] = []
        self.lines: list[list[float]] = []
        """Through the middle of words that are crossed out: x0, y0, x1, y1."""
        self.remarks = 0
        self.is_drawn = False
        """Something of it is drawn, so that it can be made part of the page."""
        for index in range(min(pdfium.FPDFPage_GetAnnotCount(page), _MOST)):
            note = pdfium.FPDFPage_GetAnnot(page, index)
            if note:
                self._take(note)
                pdfium.FPDFPage_CloseAnnot(note)

    def _take(self, note: Any) -> None:
        kind = pdfium.FPDFAnnot_GetSubtype(note)
        self.remarks += kind in _REMARKS
        if kind in _UNDRAWN or pdfium.FPDFAnnot_GetFlags(note) & _HIDDEN:
            return
        if kind == pdfium.FPDF_ANNOT_STRIKEOUT:
            self._strike(note)
        if pdfium.FPDFAnnot_GetAP(note, pdfium.FPDF_ANNOT_APPEARANCEMODE_NORMAL, None, 0) > 2:
            self.is_drawn = True
            return
        words = _string(note, "V" if kind == pdfium.FPDF_ANNOT_WIDGET else "Contents")
        edges = pdfium.FS_RECTF()
        is_typed = kind in (pdfium.FPDF_ANNOT_WIDGET, pdfium.FPDF_ANNOT_FREETEXT)
        if is_typed and words.strip() and pdfium.FPDFAnnot_GetRect(note, edges):
            (x0, x1), (y0, y1) = sorted((edges.left, edges.right)), sorted((edges.bottom, edges.top))
            self.typed.append(Typed(words, (x0, y0, x1, y1), _size(_string(note, "DA"))))

    def _strike(self, note: Any) -> None:
        points = pdfium.FS_QUADPOINTSF()
        for index in range(min(pdfium.FPDFAnnot_CountAttachmentPoints(note), _MOST)):
            if pdfium.FPDFAnnot_GetAttachmentPoints(note, index, points):
                xs = points.x1, points.x2, points.x3, points.x4
                ys = points.y1, points.y2, points.y3, points.y4
                middle = (min(ys) + max(ys)) / 2
                self.lines.append([min(xs), middle, max(xs), middle])


def _string(note: Any, key: str) -> str:
    name = key.encode()
    size = pdfium.FPDFAnnot_GetStringValue(note, name, None, 0)
    if not 2 < size < 200_000:
        return ""
    buffer = (ctypes.c_ushort * (size // 2 + 1))()
    pdfium.FPDFAnnot_GetStringValue(note, name, buffer, size)
    return bytes(buffer)[: size - 2].decode("utf-16-le", "replace")


def _size(appearance: str) -> float:
    """The size of the print in a default appearance: `/Helv 12 Tf 0 g`."""
    words = appearance.split()
    at = words.index("Tf") if "Tf" in words else 0
    text = words[at - 1] if at else ""
    return min(72.0, float(text)) if text.replace(".", "", 1).isdigit() and float(text) > 1 else 12.0
