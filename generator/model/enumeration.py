"""Where the enumerated items (整改措施) of an answer begin: 一是…二是…, ①②, 1. 2., （1）（2）."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from generator.base.late_patterns import late_pattern
from generator.model.numbering import BY_NAME, CN, ONE_SIGN, STEMS, NumberStyle, number

_BOUNDARY = frozenset("。．；;，,：:！!？?、”’）)")
"""What an item inside a line may follow, beside a blank."""


class Item(NamedTuple):
    """An enumerated item: `text[start:end]`, its printed label `text[start:words]`."""

    start: int
    words: int
    end: int


_CALLED = NumberStyle(
    "measure",
    rf"(?:整改)?(?:措施|举措)\s?([{CN}]{{1,3}}|\d{{1,2}})[：:、．.]",
    ones=("措施一", "措施1", "措施 1", "举措一", "举措1", "举措 1"),
)
"""措施1：…；措施2：… It numbers no heading."""
# Styles that number items of an answer. Of two at one place the earlier row wins.
_STYLES = tuple(
    (style, late_pattern(style.pattern))
    for style in (
        _CALLED,
        *(
            BY_NAME[name]
            for name in ("shi", "circled", "cn-paren", "ar-paren", "ar", "cn", "nth", "among", "stem", "letter")
        ),
    )
)
_NUMBER = late_pattern(rf"\d+|[{CN}]+|[{ONE_SIGN}{STEMS}]")


@functools.lru_cache(maxsize=1 << 12)  # the anomalies, the tables, the page and the record ask for the same
def items_of(text: str) -> tuple[Item, ...]:
    """The outermost enumerated items of `text`, in order; empty when it does not enumerate.

    A series begins with 1, goes on by one (a printed number may be repeated or skip one), has two items at least, and
    may begin again with 1 in a later paragraph. Of several styles the one that begins first is the outer one; the
    others are inside its items.

    >>> [text[item.start : item.end] for text in ["另：一是甲。①子；②丑。二是乙。"] for item in items_of(text)]
    ['一是甲。①子；②丑。', '二是乙。']
    """
    best: list[re.Match[str]] = []
    for style, pattern in _STYLES:
        if not any(map(text.__contains__, style.ones)):
            continue
        series = _series(_labels(style, pattern, text))
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


def _labels(style: NumberStyle, pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """What looks like a label of the style where one may stand: at the start of a line, or in it at a boundary."""
    if not style.inline:
        at = 0
        while at >= 0:
            if found := pattern.match(text, at):
                yield found
            at = text.find("\n", found.end() - 1 if found else at) + 1 or -1
        return
    found = pattern.search(text)
    while found:
        start, end = found.span()
        before = text[start - 1] if start else "\n"
        is_half_stop = before == "." and "\u4e00" <= text[start - 2 : start - 1] <= "\u9fff"  # …每月一专题.二是…
        if style.name == "circled" or before in _BOUNDARY or before.isspace() or is_half_stop:
            yield found
        else:
            end = start + 1  # a label may still begin inside what was found
        found = pattern.search(text, end)


def _series(labels: Iterable[re.Match[str]]) -> list[re.Match[str]]:
    taken: list[re.Match[str]] = []
    last = 0
    for found in labels:
        value = _value(found[0])
        begins_anew = value == 1 and last > 1 and (found.start() == 0 or found.string[found.start() - 1] == "\n")
        if value is not None and (value == last + 1 or begins_anew or (last and last <= value <= last + 2)):
            taken.append(found)
            last = value
    return taken if len(taken) > 1 else []


@functools.lru_cache(maxsize=1024)
def _value(label: str) -> int | None:
    digits = _NUMBER.search(label)
    if digits is None:
        return ord(label[0]) & 31  # a is 1
    return number(digits[0])


def _trimmed(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1].isspace():
        end -= 1
    return end
