"""Where a text box stands: above the words of the paragraph that it hangs on, or behind them."""

from __future__ import annotations

import re

from lxml import etree

from generator.readers.word.ooxml import tag

_HALF_LINE = 150_000
"""English Metric Units (ECMA-376 20.1.10.16), 360 000 a centimetre: a box set between lines may begin so far below."""
_UPPER_HALF = 5_000_000
_OF_TEXT = ("paragraph", "line", "text", "")
"""What the height of a box is counted from when it moves with its paragraph."""
_STYLE = re.compile(r"(margin-top|mso-position-vertical-relative)\s?:\s?([^;]{1,40})")
_POINTS = {"pt": 1.0, "in": 72.0, "cm": 28.35, "mm": 2.835, "px": 0.75, "": 0.75}
_POINT = 12_700
_LENGTH = re.compile(r"(-?\d{1,6}(?:\.\d{1,6})?)([a-z]{0,2})")


def stands_above(box: etree._Element, *, is_first: bool) -> bool:
    """Whether a box is printed above the words of its paragraph; `is_first`: no words stand before these.

    One that is placed on the page and not on its paragraph stands above the first words of a file, where it holds the
    title. Where nothing says its place, it follows its paragraph.
    """
    for around in box.iterancestors():
        name = tag(around)
        if name == ":anchor":
            return _is_anchored_above(around, is_first=is_first)
        if name in (":inline", "w:p"):
            return False
        if name in (":shape", ":group", ":rect") and "margin-top" in around.get("style", ""):
            return _is_drawn_above(dict(_STYLE.findall(around.get("style", "")[:1000])), is_first=is_first)
    return False


def _is_anchored_above(anchor: etree._Element, *, is_first: bool) -> bool:
    place = next((inner for inner in anchor if tag(inner) == ":positionV"), None)
    inside = {tag(inner): (inner.text or "").strip() for inner in place} if place is not None else {}
    offset = inside.get(":posOffset", "")
    down = int(offset) if re.fullmatch(r"-?\d{1,9}", offset) else None
    if place is not None and place.get("relativeFrom") in _OF_TEXT:
        parts_lines = any(tag(inner) == ":wrapTopAndBottom" for inner in anchor)
        return down is not None and (down < 0 or (parts_lines and down < _HALF_LINE))
    is_low = inside.get(":align") in ("bottom", "center") or (down is not None and down > _UPPER_HALF)
    return is_first and not is_low


def _is_drawn_above(style: dict[str, str], *, is_first: bool) -> bool:
    """The same of a shape of VML, whose place is a style: `margin-top:-40pt;mso-position-vertical-relative:text`."""
    found = _LENGTH.fullmatch(style.get("margin-top", "").strip())
    down = float(found[1]) * _POINTS.get(found[2], 1.0) if found else 0.0
    if style.get("mso-position-vertical-relative", "").strip() in _OF_TEXT:
        return down < 0
    return is_first and down * _POINT <= _UPPER_HALF
