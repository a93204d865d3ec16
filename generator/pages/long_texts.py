"""Texts of thousands of characters: lists show how they begin, and a browser gets them in parts."""

from __future__ import annotations

import re
import unicodedata
from html import escape, unescape

LISTED = 400
"""Characters of one text that a list shows. No title, name or address of a real notice has as many."""
_PART = 4000
# both begin with the end of a tag: a pattern that begins with a plain character is searched for ten times as fast
_LONG = re.compile(rf">[^<]{{{_PART},}}+(?!</(?:title|script)>)")
_LONG_IN_LIST = re.compile(rf">[^<]{{{LISTED + 1},}}+(?!</(?:title|script)>)")
_ENTITIES = ("&lt;", "&gt;", "&amp;", "&#34;", "&#39;")
"""What templates make of characters that HTML has a use for."""
_LONGEST = max(map(len, _ENTITIES))


def clipped(text: str) -> str:
    """The text as lists and labels show it: whole, or how it begins and how long it is. Never for the words.

    >>> clipped("某局党组"), clipped("题" * 1000).removeprefix("题" * 400)
    ('某局党组', '……（共 1000 字，此处只列开头）')
    """
    return text if len(text) <= LISTED else _beginning(text, len(text))


def _beginning(text: str, size: int) -> str:
    return f"{text[:LISTED]}……（共 {size} 字，此处只列开头）"


def eased(html: str, *, is_whole: bool) -> str:
    """A page that a browser can show, however long a text on it is.

    Where it has to be whole it is put into parts, each a <span>: a browser's work on one run of text that changes
    script often is the square of its length (Chromium: minutes for a million characters, in parts seconds).
    """
    if is_whole:
        return _LONG.sub(lambda found: ">" + _in_parts(found[0][1:]), html)
    return _LONG_IN_LIST.sub(lambda found: ">" + _clipped(found[0][1:]), html)


def _clipped(text: str) -> str:
    size = len(text) - sum(text.count(entity) * (len(entity) - 1) for entity in _ENTITIES)
    if size <= LISTED:
        return text
    return escape(_beginning(unescape(text[: LISTED * _LONGEST]), size), quote=False)


def _in_parts(text: str) -> str:
    """The HTML of a text, cut between characters that a reader sees as two."""
    parts, start = [], 0
    while start < len(text):
        end = _cut(text, start + _PART) if start + _PART < len(text) else len(text)
        parts.append(f"<span>{text[start:end]}</span>")
        start = end
    return "".join(parts)


def _cut(text: str, at: int) -> int:
    """The last place up to `at` where neither a character reference nor a character with its marks is torn."""
    least, best = at - _PART // 2, at
    while best > least and (_joins(text[best]) or text[best - 1] == "\u200d"):
        best -= 1
    at = best if best > least else at
    begins = text.rfind("&", at - _LONGEST, at)
    return begins if begins >= 0 and ";" not in text[begins:at] else at


def _joins(character: str) -> bool:
    """Whether the character belongs to the one before: a mark, a joiner, a variation."""
    return unicodedata.category(character) in ("Mn", "Mc", "Me", "Cf") or "\U0001f3fb" <= character <= "\U0001f3ff"
