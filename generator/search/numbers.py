r"""Numbers as printable ASCII, short when small, so that a script holds them and gzip packs them.

Digits are the characters ! to ~ without `"`, `\` and `|`: 91. The first digit says how many follow:

    0–55   the number itself
    56–77  one more:    56 …  2 057
    78–86  two more:    2 058 … 76 586
    87–89  three more:  76 587 … 2 337 299
    90     four more:   2 337 300 … 70 912 260
"""

from __future__ import annotations

import functools
from bisect import bisect_right
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

DIGITS = "".join(char for char in map(chr, range(0x21, 0x7F)) if char not in '"\\|')
BASE = len(DIGITS)
_CODES = np.frombuffer(DIGITS.encode("ascii"), dtype=np.uint8)
_PREFIXES = (0, 56, 78, 87, 90, 91)
"""The least first digit of a number of one digit, of two, and so on."""

Bytes = NDArray[np.uint8]
Numbers = NDArray[np.int64]


def counted(values: NDArray[Any]) -> tuple[NDArray[Any], Numbers]:
    """The values that occur, ascending, and how often: as numpy's `unique`, which loads half of numpy for it.

    >>> [found.tolist() for found in counted(np.array([3, 1, 3]))]
    [[1, 3], [1, 2]]
    """
    ordered = np.sort(values)
    begins = np.flatnonzero(np.concatenate([[True], ordered[1:] != ordered[:-1]])) if len(ordered) else np.zeros(0, int)
    return ordered[begins], np.diff(begins, append=len(ordered))


def _least() -> tuple[int, ...]:
    """The least number of each length, and one more than the greatest."""
    out = [0]
    for size, (first, after) in enumerate(pairwise(_PREFIXES)):
        out.append(out[-1] + (after - first) * BASE**size)
    return tuple(out)


LEAST = _least()


def encode(values: Numbers, tails: Bytes | None = None) -> tuple[Bytes, Numbers]:
    """The digits of all values, and for each value the offset at which its digits begin (and the end).

    `tails`, a row a value, are digits that follow those of the value.
    """
    columns, sizes = _table()
    few = np.minimum(values, LEAST[3])
    size = sizes[few]
    longest = np.flatnonzero(size > 3)
    size[longest] += values[longest] >= LEAST[4]
    width = 0 if tails is None else tails.shape[1]
    places = np.zeros(len(values) + 1, dtype=np.int64)
    np.cumsum(size + np.uint8(width), out=places[1:])
    out = np.empty(places[-1], dtype=np.uint8)
    begins = places[:-1]
    out[begins] = columns[0][few]
    longer = np.flatnonzero(size > 1)
    for index in (1, 2):
        longer = longer[size[longer] > index]
        out[begins[longer] + index] = columns[index][few[longer]]
    for length in (4, 5):
        some = longest[size[longest] == length]
        out[(begins[some, np.newaxis] + np.arange(length))] = _long(values[some], length)
    if tails is not None:
        for index in range(width):
            out[places[1:] - (width - index)] = tails[:, index]
    return out, places


def fixed(values: Numbers, width: int) -> Bytes:
    """Each value as `width` digits: a row a value."""
    if width == 2 and len(values) > BASE**2:
        return _all_pairs()[values]
    rows = np.empty((len(values), width), dtype=np.uint8)
    for index in range(width - 1, -1, -1):
        values, rest = np.divmod(values, BASE)
        rows[:, index] = _CODES[rest]
    return rows


def text(values: Numbers) -> str:
    """The digits of all values, one after the other."""
    return encode(values)[0].tobytes().decode("ascii")


def number_at(digits: str, at: int = 0) -> tuple[int, int]:
    """(the number that begins at `at`, where it ends).

    >>> number_at(text(np.array([7, 2057, 70_000_000])), 1)
    (2057, 3)
    """
    first = DIGITS.index(digits[at])
    size = bisect_right(_PREFIXES, first) - 1
    found = first - _PREFIXES[size]
    for digit in digits[at + 1 : at + 1 + size]:
        found = found * BASE + DIGITS.index(digit)
    return found + LEAST[size], at + 1 + size


def decode(digits: str) -> list[int]:
    """All numbers written in `digits`."""
    found, at = list[int](), 0
    while at < len(digits):
        one, at = number_at(digits, at)
        found.append(one)
    return found


def _long(values: Numbers, length: int) -> Bytes:
    """The digits of values that all have this length: a row a value."""
    return fixed(values - LEAST[length - 1] + _PREFIXES[length - 1] * BASE ** (length - 1), length)


@functools.cache
def _all_pairs() -> Bytes:
    return fixed(np.arange(BASE**2), 2)


@functools.cache
def _table() -> tuple[Bytes, Bytes]:
    """The first three digits of each number up to the first of four, a row a digit, and how many digits it has."""
    columns = np.zeros((3, LEAST[3] + 1), dtype=np.uint8)
    sizes = np.full(LEAST[3] + 1, 4, dtype=np.uint8)
    for length in (1, 2, 3):
        span = slice(LEAST[length - 1], LEAST[length])
        sizes[span] = length
        columns[:length, span] = _long(np.arange(LEAST[length - 1], LEAST[length]), length).T
    return columns, sizes
