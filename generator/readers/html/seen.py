"""Whether and how words of a web page are seen: hidden, of the colour behind them, crossed out, raised."""

from __future__ import annotations

import re
from typing import NamedTuple

from bs4 import BeautifulSoup
from bs4.element import Tag

from generator.readers import inline_marks
from generator.readers.html.attributes import attribute
from generator.readers.html.styles import CssLook, PageStyles

_LENGTH = re.compile(r"(-?[\d.]{1,9})(px|pt|em|rem|ex|cm|in|%|vw|vh)?")
_FAR = -500
"""Pixels; what stands so far to the left of the page or above it is off the screen."""
_PIXELS = {"px": 1.0, "pt": 1.33, "em": 16.0, "rem": 16.0, "ex": 8.0, "cm": 38.0, "in": 96.0, "vw": 12.8, "vh": 9.0}
_NO_CLIP = re.compile(r"rect\(\s*(?:[01](?:px)?[\s,]+){3}[01](?:px)?\s*\)|inset\((?:50|100)%|circle\(\s*0")
_NO_SCALE = re.compile(r"\bscale[xy]?\(\s*0(?:\.0*)?\s*[,)]")
_READ_ALOUD = frozenset({"sr-only", "visually-hidden", "visuallyhidden", "screen-reader-text"})
"""Classes of words for screen readers alone."""
_STRUCK_TAGS = frozenset({"s", "strike", "del"})
_SHIFTED_TAGS = {"sup": "super", "sub": "sub"}

_Colour = tuple[int, int, int]
_NAMED: dict[str, _Colour] = {
    "white": (255, 255, 255), "black": (0, 0, 0), "red": (255, 0, 0), "blue": (0, 0, 255), "green": (0, 128, 0),
    "gray": (128, 128, 128), "grey": (128, 128, 128), "silver": (192, 192, 192), "yellow": (255, 255, 0),
    "snow": (255, 250, 250), "ivory": (255, 255, 240), "whitesmoke": (245, 245, 245), "ghostwhite": (248, 248, 255),
}  # fmt: skip
_WHITE = _NAMED["white"]
_HEX = re.compile(r"#([0-9a-f]{3}|[0-9a-f]{6})\b")
_RGB = re.compile(r"rgba?\(\s*(\d{1,3})[\s,]+(\d{1,3})[\s,]+(\d{1,3})")
_CLEAR = re.compile(r"transparent|rgba\((?>(?:[^(),/]*+[,/])+)\s*+0?\.?0*+\s*+\)")
_ALIKE = 12
"""Difference of a channel that nobody sees."""


class View(NamedTuple):
    """What holds for the words in an element, inherited from those around it."""

    colour: _Colour | None = None
    """None: not said."""
    is_clear: bool = False
    """The words themselves are transparent."""
    behind: _Colour | None = _WHITE
    """None: something whose colour is not known, such as a picture."""
    is_struck: bool = False
    position: str = ""
    """`super`, `sub`."""

    def inside(self, tag: Tag, look: CssLook, sheet: PageStyles) -> View:
        """What holds inside an element."""
        if not tag.attrs and not look and tag.name not in _STRUCK_TAGS and tag.name not in _SHIFTED_TAGS:
            return self
        colour = look.get("color") or attribute(tag, "color").lower()
        decoration = look.get("text-decoration", "") + look.get("text-decoration-line", "")
        position = _SHIFTED_TAGS.get(tag.name) or look.get("vertical-align", "")
        return View(
            colour_of(colour) if colour else self.colour,
            bool(_CLEAR.fullmatch(colour)) if colour else self.is_clear,
            self._behind(tag, look, sheet),
            self.is_struck or tag.name in _STRUCK_TAGS or "line-through" in decoration,
            position if position in ("super", "sub", "baseline") else self.position,
        )

    def _behind(self, tag: Tag, look: CssLook, sheet: PageStyles) -> _Colour | None:
        if attribute(tag, "background") or "url(" in look.get("background", "") or "background-image" in look:
            return None
        fill = look.get("background-color") or look.get("background") or attribute(tag, "bgcolor").lower()
        if fill:
            return self.behind if _CLEAR.match(fill) or fill in ("none", "inherit", "0") else colour_of(fill)
        is_unknown = sheet.has_others and attribute(tag, "class") and tag.name not in ("body", "html")
        return None if is_unknown else self.behind

    def shown(self, words: str) -> str:
        """Words with the marks of how they are seen."""
        if not words or words.isspace():
            return words
        if self.is_clear or (self.colour and self.behind and _are_alike(self.colour, self.behind)):
            return inline_marks.unseen(words)
        if self.position == "super":
            words = inline_marks.raised(words)
        elif self.position == "sub":
            words = inline_marks.lowered(words)
        return inline_marks.struck(words) if self.is_struck else words


def is_hidden(tag: Tag, look: CssLook, sheet: PageStyles) -> bool:
    """Whether a browser shows nothing of the element."""
    if not tag.attrs and not look:
        return False
    if "hidden" in tag.attrs or (tag.name == "dialog" and "open" not in tag.attrs):
        return True
    if look.get("display") == "none" or look.get("visibility") in ("hidden", "collapse"):
        return True
    if look.get("mso-hide") == "all" or look.get("mso-element") in ("header", "footer", "comment", "comment-list"):
        return True
    if _READ_ALOUD & set(attribute(tag, "class").split()):
        return True
    return _has_no_room(look) or (_is_nothing(look.get("font-size")) and not _gives_size(tag, sheet))


def _has_no_room(look: CssLook) -> bool:
    """Whether the element is transparent, off the screen, or without room."""
    opacity = look.get("opacity", "1").rstrip("%")
    if opacity.replace(".", "", 1).isdigit() and float(opacity) < 0.02:
        return True
    moved = [look.get(name) for name in ("text-indent", "margin-left", "margin-top")]
    if look.get("position") in ("absolute", "fixed"):
        moved += [look.get(name) for name in ("left", "top", "right", "bottom")]
        if _NO_CLIP.search(look.get("clip", "")):
            return True
    if any(pixels(one) <= _FAR for one in moved):
        return True
    if _NO_CLIP.search(look.get("clip-path", "")) or _NO_SCALE.search(look.get("transform", "")):
        return True
    cuts = any(
        "hidden" in look.get(name, "") or "clip" in look.get(name, "")
        for name in ("overflow", "overflow-x", "overflow-y")
    )
    return cuts and any(_is_nothing(look.get(name)) for name in ("height", "max-height", "width", "max-width"))


def pixels(length: str | None) -> float:
    """A length of CSS in pixels; 0 when it is none."""
    found = _LENGTH.match(length or "")
    if not found or found[1].count(".") > 1 or not found[1].strip("-."):
        return 0.0
    return float(found[1]) * _PIXELS.get(found[2] or "px", 1.0)


def _is_nothing(length: str | None) -> bool:
    found = _LENGTH.fullmatch(length or "")
    return found is not None and bool(found[1].strip("-.")) and pixels(length) < 0.5 and found[2] != "%"


def _gives_size(tag: Tag, sheet: PageStyles) -> bool:
    """Whether elements inside have a size of their own: then no size only takes the gaps between them away."""
    return any("font-size" in sheet.of(inner) for inner in tag.contents if isinstance(inner, Tag))


def colour_of(text: str) -> _Colour | None:
    """The first colour in a value of CSS or of an attribute; None when there is none that is known."""
    if found := _HEX.search(text):
        wide = found[1] if len(found[1]) == 6 else "".join(2 * digit for digit in found[1])
        return int(wide[:2], 16), int(wide[2:4], 16), int(wide[4:], 16)
    if found := _RGB.search(text):
        return int(found[1]), int(found[2]), int(found[3])
    return next((_NAMED[word] for word in text.split() if word in _NAMED), None)


def _are_alike(one: _Colour, other: _Colour) -> bool:
    return all(abs(a - b) <= _ALIKE for a, b in zip(one, other, strict=True))


_MOST = 0.6
"""An element that hides a greater share of the page's words waits for a script to show it."""


def unveil(soup: BeautifulSoup, sheet: PageStyles, unseen_tags: frozenset[str]) -> None:
    """Shows the element that hides most of the page's words until a script has run, as pages of WeChat do."""
    whole = len(soup.get_text())
    stack: list[Tag] = [soup]
    while stack:
        tag = stack.pop()
        if not is_hidden(tag, sheet.of(tag), sheet):
            stack += [inner for inner in tag.contents if isinstance(inner, Tag) and inner.name not in unseen_tags]
        elif len(tag.get_text()) > _MOST * whole:
            tag.attrs = {}
            return
