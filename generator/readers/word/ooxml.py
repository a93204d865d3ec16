"""Names and values of WordprocessingML, whichever edition of the standard a file follows."""

from __future__ import annotations

from functools import lru_cache

from lxml import etree

_PREFIXES = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "http://schemas.openxmlformats.org/drawingml/2006/main": "a",
}


@lru_cache(maxsize=4096)
def _short(name: str) -> str:
    namespace, _, local = name.rpartition("}")
    return f"{_PREFIXES.get(namespace[1:], '')}:{local}"


def tag(element: etree._Element) -> str:
    """The element's name as `w:p`; `:shape` for one of a namespace without words in it; empty for a comment."""
    name: object = element.tag  # a comment's is a function
    return _short(name) if isinstance(name, str) else ""


def child(element: etree._Element | None, *path: str) -> etree._Element | None:
    """The first descendant down a path of names, `child(p, "w:pPr", "w:numPr")`; None when there is none."""
    for name in path:
        if element is None:
            return None
        element = next((inner for inner in element if tag(inner) == name), None)
    return element


def value(element: etree._Element | None, name: str = "val") -> str | None:
    """The attribute `w:val`, or another one of the same namespace; None when element or attribute is missing."""
    if element is None:
        return None
    return element.get(element.tag[: element.tag.rfind("}") + 1] + name)


def number(element: etree._Element | None, name: str = "val") -> int | None:
    """The attribute as a whole number; None when it is missing or no number."""
    text = value(element, name)
    try:
        return int(text) if text is not None and len(text) < 10 else None
    except ValueError:
        return None


def is_on(element: etree._Element | None) -> bool | None:
    """Whether a switch such as `<w:vanish/>` is on; None when it is not set."""
    if element is None:
        return None
    return value(element) not in ("0", "false", "off")
