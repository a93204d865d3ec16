"""Diagrams of Office (SmartArt): their words, which stand in a part of their own, in the order of the outline."""

from __future__ import annotations

from lxml import etree

from generator.readers.word.ooxml import tag

_DRAWN_ONLY = frozenset({"pres", "parTrans", "sibTrans"})
"""Points of the model that hold no words of the author."""


def paragraphs_of(model: etree._Element) -> list[str]:
    """The paragraphs of a diagram's data model (ECMA-376 21.4), each point before those below it.

    >>> paragraphs_of(etree.fromstring('<dataModel/>'))
    []
    """
    words: dict[str, list[str]] = {}
    below: dict[str, list[tuple[int, str]]] = {}
    for element in model.iter():
        if tag(element) == ":pt" and element.get("type") not in _DRAWN_ONLY:
            words[element.get("modelId", "")] = _words(element)
        elif tag(element) == ":cxn" and element.get("type") in (None, "parOf"):
            order = element.get("srcOrd", "")
            place = int(order) if order.isascii() and order.isdigit() and len(order) < 9 else 0
            below.setdefault(element.get("srcId", ""), []).append((place, element.get("destId", "")))
    children = {child for inner in below.values() for _, child in inner}
    stack = [point for point in reversed(words) if point not in children]
    found: list[str] = []
    left = dict(words)
    while stack or left:
        point = stack.pop() if stack else next(iter(left))
        found += left.pop(point, ())
        stack += [child for _, child in sorted(below.pop(point, ()), reverse=True)]
    return found


def _words(point: etree._Element) -> list[str]:
    lines = ("".join(t.text or "" for t in p.iter() if tag(t) == "a:t") for p in point.iter() if tag(p) == "a:p")
    return [line for line in lines if line.strip()]
