"""Styles of Word (styles.xml), as far as they decide about words: what is hidden, numbered, a heading."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from generator.readers.word.ooxml import child, is_on, number, tag, value


@dataclass(frozen=True, slots=True)
class Look:
    """How words look, as far as it decides whether and as what they are seen; None: not said."""

    is_hidden: bool | None = None
    is_struck: bool | None = None
    position: str | None = None
    """`superscript`, `subscript`, `baseline`."""
    colour: str | None = None
    half_points: int | None = None
    has_backdrop: bool | None = None
    """A colour other than white lies behind the words."""

    def over(self, other: Look) -> Look:
        """What is said here, and elsewhere where nothing is said here."""
        return Look(
            *(
                theirs if own is None else own
                for own, theirs in ((getattr(self, name), getattr(other, name)) for name in self.__slots__)
            )
        )

    def is_seen(self, *, has_backdrop: bool) -> bool:
        """Whether anybody sees such words; `has_backdrop`: something coloured lies behind the paragraph."""
        is_white = self.colour in _WHITE and not self.has_backdrop and not has_backdrop
        return not (self.is_hidden or is_white or (self.half_points or _SMALLEST) < _SMALLEST)


_SMALLEST = 5
"""Half points of the smallest print that anybody reads."""
_SHIFT = 8
"""Half points by which raised words stand above their line; less only evens out a line."""
_WHITE = frozenset({"FFFFFF", "ffffff"})
_NO_LOOK = Look()
_NO_FILL = frozenset({None, "auto", "FFFFFF", "ffffff", "none", "white"})


def look_of(properties: etree._Element | None) -> Look:
    """What the properties of a run say of its look."""
    if properties is None or not len(properties):
        return _NO_LOOK
    found = {tag(inner): inner for inner in properties}
    struck = [is_on(found.get(name)) for name in ("w:strike", "w:dstrike")]
    shift = number(found.get("w:position")) or 0
    moved = None if abs(shift) < _SHIFT else "superscript" if shift > 0 else "subscript"
    fills = [value(found.get("w:shd"), "fill"), value(found.get("w:highlight"))]
    return Look(
        is_on(found.get("w:vanish")),
        True if True in struck else next((one for one in struck if one is not None), None),
        value(found.get("w:vertAlign")) or moved,
        value(found.get("w:color")),
        number(found.get("w:sz")),
        True if any(fill not in _NO_FILL for fill in fills) else None,
    )


def is_shaded(properties: etree._Element | None) -> bool:
    """Whether the properties of a paragraph or of a cell lay a colour behind its words."""
    return value(child(properties, "w:shd"), "fill") not in _NO_FILL


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """What one style sets itself; None: it leaves that to the style it is based on."""

    based_on: str | None = None
    is_title: bool = False
    look: Look = _NO_LOOK
    shades: bool = False
    """A style of tables that lays a colour behind cells."""
    outline: int | None = None
    """0-based level of the outline; 9: body text."""
    list_id: str | None = None
    list_level: int | None = None


class Styles:
    """The styles of a document by id, each question answered by the nearest style of the chain that says something."""

    def __init__(self, root: etree._Element | None) -> None:
        self._styles: dict[str, Style] = {}
        self._default: str | None = None
        for element in root if root is not None else ():
            if tag(element) == "w:style":
                key = value(element, "styleId") or ""
                self._styles[key] = _style(element)
                if value(element, "type") == "paragraph" and value(element, "default") in ("1", "true", "on"):
                    self._default = key

    def lists(self) -> dict[str, str]:
        """Style id → the list that it numbers its paragraphs by."""
        return {key: style.list_id for key, style in self._styles.items() if style.list_id}

    def look(self, key: str | None) -> Look:
        """How words of this style look."""
        look = _NO_LOOK
        for _, one in self._chain(key):
            look = look.over(one.look) if one.look is not _NO_LOOK else look
        return look

    def shades(self, key: str | None) -> bool:
        """Whether tables of this style have coloured cells."""
        return any(one.shades for _, one in self._chain(key))

    def outline(self, key: str | None) -> int | None:
        """The 0-based outline level; None: body text."""
        level = next((one.outline for _, one in self._chain(key or self._default) if one.outline is not None), None)
        return level if level is not None and 0 <= level < 9 else None

    def is_title(self, key: str | None) -> bool:
        """Whether this is the style of a document's title."""
        return any(one.is_title for _, one in self._chain(key))

    def list_of(self, key: str | None) -> tuple[str, int | None, str] | None:
        """List, level and the style that names them; None: paragraphs of this style have no number."""
        for name, one in self._chain(key or self._default):
            if one.list_id is not None:
                return one.list_id, one.list_level, name
        return None

    def _chain(self, key: str | None) -> Iterator[tuple[str, Style]]:
        """The style and those it is based on, outermost last, each once even where they refer to each other."""
        seen: set[str] = set()
        while key is not None and key in self._styles and key not in seen:
            seen.add(key)
            yield key, self._styles[key]
            key = self._styles[key].based_on


def _style(element: etree._Element) -> Style:
    paragraph = child(element, "w:pPr")
    return Style(
        based_on=value(child(element, "w:basedOn")),
        is_title=(value(child(element, "w:name")) or "").lower() in ("title", "标题"),
        look=look_of(child(element, "w:rPr")),
        shades=value(element, "type") == "table" and any(is_shaded(inner) for inner in element.iter()),
        outline=number(child(paragraph, "w:outlineLvl")),
        list_id=value(child(paragraph, "w:numPr", "w:numId")),
        list_level=number(child(paragraph, "w:numPr", "w:ilvl")),
    )
