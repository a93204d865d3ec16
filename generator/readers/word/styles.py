"""Styles of Word (styles.xml), as far as they decide about words: what is hidden, numbered, a heading."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from generator.readers.word.ooxml import child, is_on, number, tag, value


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """What one style sets itself; None: it leaves that to the style it is based on."""

    based_on: str | None = None
    is_title: bool = False
    is_hidden: bool | None = None
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

    def hides(self, key: str | None) -> bool | None:
        """Whether text of this style is hidden; None: not said."""
        return next((one.is_hidden for _, one in self._chain(key) if one.is_hidden is not None), None)

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
        is_hidden=is_on(child(element, "w:rPr", "w:vanish")),
        outline=number(child(paragraph, "w:outlineLvl")),
        list_id=value(child(paragraph, "w:numPr", "w:numId")),
        list_level=number(child(paragraph, "w:numPr", "w:ilvl")),
    )
