"""Part of the worker's program: which characters of a page anybody sees.

A character is unseen for a reason that its page names: drawn invisibly or without colour, outside of what is shown of
the page, in the colour that lies behind it, below something that was laid over it, in a layer that is switched off,
clipped away. Where the reason only makes it likely, the page is drawn, and the place of the character must be of one
colour; what a font that is not in the file would draw is never a reason.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator, Sequence
from typing import Any, Literal, NamedTuple

import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

Visibility = Literal["seen", "unseen", "recognised", "layer"]
"""`recognised`: laid below the picture of a page by a program that recognised its text; `layer`: nothing is drawn of
it, as its layer is off, or as its font is not there."""

_Box = tuple[float, float, float, float]
_INVISIBLE = frozenset({pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP})
_STROKED = frozenset({pdfium.FPDF_TEXTRENDERMODE_STROKE, pdfium.FPDF_TEXTRENDERMODE_STROKE_CLIP})
_OPAQUE = 200
"""Of 255: what is laid over words less densely lets them through."""
_CLEAR = 8
_ALIKE = 24
"""Difference of two colours, in a channel, that hardly anybody sees."""
_FLAT = 10
"""Difference of the lightest and the darkest spot of a place of one colour."""
_PAGE = 0.5
"""Share of a page that a picture of the page covers."""
_MOST_OBJECTS = 20_000
_ENOUGH = 20
_THIN = 2
"""Points of the thinnest shape that can cover words; rules are thinner."""
_BAND, _FARTHEST = 64, 20_000
_DEEPEST = 4
_MOST_CLIPS, _MOST_POINTS = 8, 64
_MOST_PIXELS = 3_000_000


class Fill(NamedTuple):
    """Something opaque on the page: a filled shape, or a picture."""

    order: int
    """In which it is drawn."""
    box: _Box
    colour: tuple[int, int, int] | None
    """None: a picture, or a colour that is not said."""
    is_picture: bool


class TextLook(NamedTuple):
    """How a text object of the page is drawn."""

    order: int
    mode: int
    colour: tuple[int, int, int] | None
    alpha: int
    is_embedded: bool
    in_layer: bool
    """It belongs to a layer, which may be switched off."""
    clips: tuple[_Box, ...]
    """Outside of one of them nothing of it is drawn."""


class Objects:
    """The objects of a page in the order in which they are drawn, those inside other ones included."""

    def __init__(self, page: Any) -> None:
        self.fills: list[Fill] = []
        self.boxes: list[_Box] = []
        """Of all paths, filled or not."""
        self._orders: dict[int, int] = {}
        self._looks: dict[int, TextLook] = {}
        self._count = 0
        self._gather(page, pdfium.FPDFPage_CountObjects, pdfium.FPDFPage_GetObject, (1, 0, 0, 1, 0, 0), 0)
        self._bands: dict[int, list[Fill]] = {}
        """Fills by the bands of the page that they reach into, in the order in which they are drawn."""
        for fill in self.fills:
            low, high = max(fill.box[1], -_FARTHEST), min(fill.box[3], _FARTHEST)
            for band in range(int(low // _BAND), int(high // _BAND) + 1):
                self._bands.setdefault(band, []).append(fill)
        self.pictures = [fill.box for fill in self.fills if fill.is_picture]

    def _gather(self, holder: Any, count: Any, get: Any, matrix: tuple[float, ...], depth: int) -> None:
        for index in range(count(holder)):
            if self._count >= _MOST_OBJECTS:
                return
            self._count += 1
            one = get(holder, index)
            kind = pdfium.FPDFPageObj_GetType(one)
            if kind == pdfium.FPDF_PAGEOBJ_TEXT:
                self._orders[_address(one)] = self._count
            elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
                inner = _times(_matrix(one), matrix)
                self._gather(one, pdfium.FPDFFormObj_CountObjects, pdfium.FPDFFormObj_GetObject, inner, depth + 1)
            elif kind in (pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE) and (box := _bounds(one, matrix)):
                self._keep(one, box, is_picture=kind == pdfium.FPDF_PAGEOBJ_IMAGE)

    def _keep(self, one: Any, box: _Box, *, is_picture: bool) -> None:
        if is_picture:
            self.fills.append(Fill(self._count, box, None, is_picture=True))
            return
        how, stroked, width = ctypes.c_int(), ctypes.c_int(), ctypes.c_float()
        pdfium.FPDFPath_GetDrawMode(one, how, stroked)
        if stroked.value and not how.value and pdfium.FPDFPageObj_GetStrokeWidth(one, width):
            box = _without_pen(box, width.value)
        self.boxes.append(box)
        colour, alpha = _colour(one, pdfium.FPDFPageObj_GetFillColor)
        if how.value and alpha >= _OPAQUE and min(box[2] - box[0], box[3] - box[1]) > _THIN:
            self.fills.append(Fill(self._count, box, colour, is_picture=False))

    def fills_at(self, at: tuple[float, float]) -> list[Fill]:
        """What is filled at a place, the lowest first."""
        return [fill for fill in self._bands.get(int(at[1] // _BAND), ()) if _holds(fill.box, at)]

    def look(self, text: Any) -> TextLook:
        """How a text object is drawn."""
        address = _address(text)
        if address not in self._looks:
            self._looks[address] = self._look_of(text, self._orders.get(address, self._count + 1))
        return self._looks[address]

    def _look_of(self, text: Any, order: int) -> TextLook:
        mode = pdfium.FPDFTextObj_GetTextRenderMode(text)
        get = pdfium.FPDFPageObj_GetStrokeColor if mode in _STROKED else pdfium.FPDFPageObj_GetFillColor
        colour, alpha = _colour(text, get)
        font = pdfium.FPDFTextObj_GetFont(text)
        marks = range(max(0, pdfium.FPDFPageObj_CountMarks(text)))
        in_layer = any(_name(pdfium.FPDFPageObj_GetMark(text, at)) == "OC" for at in marks)
        is_embedded = bool(font) and pdfium.FPDFFont_GetIsEmbedded(font) == 1
        return TextLook(order, mode, colour, alpha, is_embedded, in_layer, tuple(_clips(text)))


class Eye:
    """Looks at the characters of one page."""

    def __init__(self, page: Any, objects: Objects) -> None:
        self._page = page
        self._objects = objects
        edges = pdfium.FS_RECTF()
        pdfium.FPDF_GetPageBoundingBox(page, edges)
        (x0, x1), (y0, y1) = sorted((edges.left, edges.right)), sorted((edges.bottom, edges.top))
        self._box: _Box = (x0, y0, x1, y1)
        area = _PAGE * (x1 - x0) * (y1 - y0)
        self._scans = [box for box in objects.pictures if (box[2] - box[0]) * (box[3] - box[1]) >= area > 0]
        self._drawing: _Drawing | None = None
        self._others: list[_Box] = []
        """Some characters outside of layers whose font is not in the file."""

    @property
    def draws_all_fonts(self) -> bool:
        """Whether characters of fonts that are not in the file are drawn here."""
        return any(not self._is_flat(box) for box in self._others)

    @property
    def has_scan(self) -> bool:
        """Whether a picture covers most of the page."""
        return bool(self._scans)

    def looks_at(self, text: Any, box: _Box) -> Visibility:
        """Whether a character of a text object, in its box, is seen."""
        at = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        if not _holds(self._box, at):
            return "unseen"
        if not text:
            return "seen"
        look = self._objects.look(text)
        below = any(_holds(scan, at) for scan in self._scans)
        if look.mode in _INVISIBLE or look.alpha < _CLEAR:
            return "recognised" if below else "unseen"
        fills = self._objects.fills_at(at)
        over = [fill for fill in fills if fill.order > look.order]
        if any(fill.is_picture and fill.box in self._scans for fill in over):
            return "recognised"
        is_cut = not all(_holds(clip, at) for clip in look.clips)
        is_likely = over or is_cut or _has_colour_behind(look, fills)
        if (is_likely or look.in_layer) and self._is_flat(box):
            return "unseen" if is_likely or look.is_embedded else "layer"
        if not look.in_layer and not look.is_embedded and len(self._others) < _ENOUGH:
            self._others.append(box)
        return "seen"

    def _is_flat(self, box: _Box) -> bool:
        if self._drawing is None:
            self._drawing = _Drawing(self._page)
        return self._drawing.is_flat(box)


def _has_colour_behind(look: TextLook, fills: Sequence[Fill]) -> bool:
    """Whether what was drawn before, or the paper, has the colour of the words."""
    if look.colour is None:
        return False
    under = [fill for fill in fills if fill.order < look.order]
    behind = under[-1].colour if under else (255, 255, 255)
    return behind is not None and all(abs(a - b) <= _ALIKE for a, b in zip(look.colour, behind, strict=True))


class _Drawing:
    """The page as it is printed, in greys."""

    def __init__(self, page: Any) -> None:
        self._page = page
        wide, high = max(1.0, pdfium.FPDF_GetPageWidthF(page)), max(1.0, pdfium.FPDF_GetPageHeightF(page))
        scale = min(2.0, (_MOST_PIXELS / (wide * high)) ** 0.5)
        self._width, self._height = max(1, int(wide * scale)), max(1, int(high * scale))
        bitmap = pdfium.FPDFBitmap_CreateEx(self._width, self._height, pdfium.FPDFBitmap_Gray, None, 0)
        pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, self._width, self._height, 0xFFFFFFFF)
        pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, self._width, self._height, 0, 0)
        self._stride = pdfium.FPDFBitmap_GetStride(bitmap)
        size = self._stride * self._height
        self._pixels = ctypes.string_at(pdfium.FPDFBitmap_GetBuffer(bitmap), size)
        pdfium.FPDFBitmap_Destroy(bitmap)

    def is_flat(self, box: _Box) -> bool:
        """Whether the middle of a place is all of one colour, the edges of what stands beside it left out."""
        dx, dy = 0.12 * (box[2] - box[0]), 0.12 * (box[3] - box[1])
        corners = [self._device(box[0] + dx, box[1] + dy), self._device(box[2] - dx, box[3] - dy)]
        (x0, x1), (y0, y1) = (sorted(values) for values in zip(*corners, strict=True))
        x0, x1 = max(0, x0), min(self._width - 1, x1)
        y0, y1 = max(0, y0), min(self._height - 1, y1)
        if x0 > x1 or y0 > y1:
            return True
        rows = [self._pixels[y * self._stride + x0 : y * self._stride + x1 + 1] for y in range(y0, y1 + 1)]
        return max(map(max, rows)) - min(map(min, rows)) <= _FLAT

    def _device(self, x: float, y: float) -> tuple[int, int]:
        at_x, at_y = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDF_PageToDevice(self._page, 0, 0, self._width, self._height, 0, x, y, at_x, at_y)
        return at_x.value, at_y.value


def _clips(text: Any) -> Iterator[_Box]:
    """The boxes around the paths that clip an object."""
    clip = pdfium.FPDFPageObj_GetClipPath(text)
    x, y = ctypes.c_float(), ctypes.c_float()
    for path in range(min(_MOST_CLIPS, pdfium.FPDFClipPath_CountPaths(clip) if clip else 0)):
        segments = range(min(_MOST_POINTS, pdfium.FPDFClipPath_CountPathSegments(clip, path)))
        found = (pdfium.FPDFClipPath_GetPathSegment(clip, path, at) for at in segments)
        points = [(x.value, y.value) for one in found if pdfium.FPDFPathSegment_GetPoint(one, x, y)]
        if points:
            xs, ys = zip(*points, strict=True)
            yield min(xs), min(ys), max(xs), max(ys)


def _without_pen(box: _Box, width: float) -> _Box:
    """The box of a straight line without the room that its pen takes; any other box as it is."""
    x0, y0, x1, y1 = box
    if min(x1 - x0, y1 - y0) > 2 * width + 0.1:
        return box
    dx, dy = min(width, (x1 - x0) / 2), min(width, (y1 - y0) / 2)
    return x0 + dx, y0 + dy, x1 - dx, y1 - dy


def _address(one: Any) -> int:
    return int(ctypes.cast(one, ctypes.c_void_p).value or 0)


def _holds(box: _Box, at: tuple[float, float]) -> bool:
    return box[0] <= at[0] <= box[2] and box[1] <= at[1] <= box[3]


def _colour(one: Any, get: Any) -> tuple[tuple[int, int, int] | None, int]:
    """Colour and opacity of an object; no colour when it is a pattern."""
    parts = [ctypes.c_uint() for _ in range(4)]
    if not get(one, *parts):
        return None, 255
    red, green, blue, alpha = (part.value for part in parts)
    return (red, green, blue), alpha


def _name(mark: Any) -> str:
    buffer, size = (ctypes.c_ushort * 32)(), ctypes.c_ulong()
    if not mark or not pdfium.FPDFPageObjMark_GetName(mark, buffer, ctypes.sizeof(buffer), size):
        return ""
    return bytes(buffer)[: max(0, min(size.value, ctypes.sizeof(buffer)) - 2)].decode("utf-16-le", "replace")


def _matrix(one: Any) -> tuple[float, ...]:
    found = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(one, found):
        return (1, 0, 0, 1, 0, 0)
    return found.a, found.b, found.c, found.d, found.e, found.f


def _times(inner: tuple[float, ...], outer: tuple[float, ...]) -> tuple[float, ...]:
    """The matrix that does the inner one first."""
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def _bounds(one: Any, matrix: tuple[float, ...]) -> _Box | None:
    edges = [ctypes.c_float() for _ in range(4)]
    if not pdfium.FPDFPageObj_GetBounds(one, *edges):
        return None
    left, bottom, right, top = (edge.value for edge in edges)
    a, b, c, d, e, f = matrix
    corners = [(a * x + c * y + e, b * x + d * y + f) for x in (left, right) for y in (bottom, top)]
    xs, ys = zip(*corners, strict=True)
    return (min(xs), min(ys), max(xs), max(ys)) if math.isfinite(sum(xs) + sum(ys)) else None
