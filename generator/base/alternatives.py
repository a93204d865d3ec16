"""A pattern that finds any of many values."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence


def any_of(values: Iterable[str]) -> re.Pattern[str]:
    """What finds any of the values, the longest first; its time does not grow with their number.

    >>> any_of(["12", "123", "19"]).findall("0123 19")
    ['123', '19']
    """
    return re.compile(alternation(values))


def alternation(values: Iterable[str]) -> str:
    """The branches of `any_of`, to be a part of another pattern, in brackets where other words stand beside it.

    >>> alternation(["整改", "整改情况", "问题"])
    '整改(?:情况|)|问题'
    """
    return "|".join(_branches(sorted(set(values)), 0))


def _branches(values: Sequence[str], depth: int) -> Iterator[str]:
    """For each character behind the first `depth`, which all values share, a pattern; the last is a value's end."""
    ends = len(values[0]) == depth
    for char, group in itertools.groupby(values[ends:], key=lambda value: value[depth]):
        below = list(_branches(list(group), depth + 1))
        yield re.escape(char) + (below[0] if len(below) == 1 else f"(?:{'|'.join(below)})")
    if ends:
        yield ""
