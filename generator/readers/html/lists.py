"""Numbers that a browser prints before the items of a list."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bs4.element import NavigableString, PageElement, Tag

from generator.model.numbering import label_at
from generator.readers.html.attributes import attribute
from generator.readers.html.tags import IDEOGRAPHIC, LIST_STYLES, list_style
from generator.readers.numerals import printed


@dataclass(slots=True)
class Counter:
    """Counts the items of a list."""

    style: str | None
    """None: the items have no numbers."""
    value: int
    step: int = 1

    @classmethod
    def of(cls, tag: Tag) -> Counter:
        """The counter of a list that begins."""
        if tag.name != "ol":
            return cls(None, 0)
        step = -1 if tag.has_attr("reversed") else 1
        first = len(tag.find_all("li", recursive=False)) if step < 0 else 1
        return cls(list_style(tag), _integer(attribute(tag, "start"), first) - step, step)

    def next(self, item: Tag) -> str:
        """The printed number of the next item, with the mark behind it; empty where a browser prints none."""
        self.value = _integer(attribute(item, "value"), self.value + self.step)
        style = self.style and (list_style(item) if "list-style" in attribute(item, "style") else self.style)
        if not style or style == "none" or _has_number(item):
            return ""
        number = printed(self.value, LIST_STYLES[style])
        return f"{number}、" if style in IDEOGRAPHIC else f"{number}. "


def _has_number(item: Tag) -> bool:
    """Whether the item's words begin with a printed number: then the list's own one is not meant to be seen."""
    label = label_at(_first_words(item))
    return label is not None and label.style != "shi"


_LOOK_INTO = 40


def _first_words(tag: Tag) -> str:
    """The first text of an element, empty when none comes soon; in steps of one, as an element can nest without end."""
    stack: list[PageElement] = [tag]
    for _ in range(_LOOK_INTO):
        if not stack:
            break
        node = stack.pop()
        if isinstance(node, Tag):
            stack.extend(reversed(node.contents[:_LOOK_INTO]))
        elif type(node) is NavigableString and node.strip():
            return node.strip()
    return ""


def _integer(text: str, otherwise: int) -> int:
    return int(text) if re.fullmatch(r"\s*-?[0-9]{1,9}\s*", text) else otherwise
