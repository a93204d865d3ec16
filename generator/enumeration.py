"""Where the enumerated items (整改措施) of an answer begin: 一是…二是…, ①②, 1. 2., （1）（2）."""

from __future__ import annotations

import re
from typing import NamedTuple

from generator.numbering import BY_NAME, Style, number

_BOUNDARY = r"(?:(?<=[。．；;，,：:！!？?、”’）)\s])|^)"


class Item(NamedTuple):
    """An enumerated item: `text[start:end]`, its printed label `text[start:words]`."""

    start: int
    words: int
    end: int


def _items_pattern(style: Style) -> re.Pattern[str]:
    before = "" if style.name == "circled" else _BOUNDARY if style.inline else "^"
    return re.compile(f"{before}(?:{style.pattern})", re.MULTILINE)


# Styles that number items of an answer. Of two at one place the earlier row wins.
_STYLES = tuple(
    (BY_NAME[name].ones, _items_pattern(BY_NAME[name]))
    for name in ("shi", "circled", "cn-paren", "ar-paren", "ar", "cn", "part")
)
_NUMBER = re.compile(r"\d+|[〇零一二两三四五六七八九十百]+|[①-⑳㉑-㉟㊱-㊿]")


def items_of(text: str) -> tuple[Item, ...]:
    """The outermost enumerated items of `text`, in order; empty when it does not enumerate.

    A series begins with 1, goes on by one (a printed number may be repeated or skip one), has two items at least, and
    may begin anew with 1 in a later paragraph. Of several styles the one that begins first is the outer one; the
    others stand inside its items.

    >>> [text[item.start : item.end] for text in ["另：一是甲。①子；②丑。二是乙。"] for item in items_of(text)]
    ['一是甲。①子；②丑。', '二是乙。']
    """
    best: list[re.Match[str]] = []
    for ones, pattern in _STYLES:
        series = _series(pattern, text) if any(one in text for one in ones) else []
        if series and (not best or series[0].start() < best[0].start()):
            best = series
    ends = [*(found.start() for found in best[1:]), *([len(text)] if best else [])]
    return tuple(
        Item(found.start(), found.end(), _trimmed(text, found.start(), end))
        for found, end in zip(best, ends, strict=True)
    )


def measures_of(text: str) -> tuple[str, ...]:
    """The words of the enumerated items of an answer, label included; empty when it does not enumerate."""
    return tuple(text[item.start : item.end] for item in items_of(text))


def _series(pattern: re.Pattern[str], text: str) -> list[re.Match[str]]:
    taken: list[re.Match[str]] = []
    last = 0
    for found in pattern.finditer(text):
        digits = _NUMBER.search(found[0])
        value = number(digits[0]) if digits else None
        begins_anew = value == 1 and last > 1 and (found.start() == 0 or text[found.start() - 1] == "\n")
        if value is not None and (value == last + 1 or begins_anew or (last and last <= value <= last + 2)):
            taken.append(found)
            last = value
    return taken if len(taken) > 1 else []


def _trimmed(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1].isspace():
        end -= 1
    return end
