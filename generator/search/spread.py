"""How names are spread over files, and numbers of files that do not follow every record; search.js says the same.

A name is two code points: of units, or of the frequent runs (grams.py) that stand for several.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from generator.search.numbers import Numbers

Codes = NDArray[np.uint32]

_HASH = 0x9E3779B1
_STEP_BITS = 4


def mixed(first: Codes, second: Codes) -> Codes:
    """A number that spreads names evenly."""
    return (first * np.uint32(31) + second) * np.uint32(_HASH)


def spread(first: Codes, second: Codes, count: int) -> Numbers:
    """By name one of so many numbers."""
    return (mixed(first, second).astype(np.uint64) * np.uint64(count) >> np.uint64(32)).astype(np.int64)


def spread_alone(codes: Codes, count: int) -> Numbers:
    """The same of names that are one code point."""
    return spread(codes, np.zeros(len(codes), dtype=np.uint32), count)


def in_steps(number: int) -> int:
    """The number, or one that is less by an eighth at most: one more notice seldom makes it another.

    >>> in_steps(9), in_steps(1000), in_steps(1023), in_steps(1024)
    (9, 960, 960, 1024)
    """
    low = max(0, number.bit_length() - _STEP_BITS)
    return number >> low << low
