"""The attributes of an element of a web page, and tables of names."""

from __future__ import annotations

from bs4.element import Tag


def attribute(tag: Tag, name: str) -> str:
    """The attribute as one string, empty when it is missing."""
    found = tag.attrs.get(name) if tag.attrs else None
    return " ".join(found) if isinstance(found, list) else str(found or "")


def names(text: str) -> frozenset[str]:
    """The names in a text, which blanks part."""
    return frozenset(text.split())
