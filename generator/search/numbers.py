r"""Numbers as printable ASCII, short when small, so that a script holds them and gzip packs them.

Digits are the characters ! to ~ without `"`, `\` and `|`: 91. The first digit says how many follow:

    0–59   the number itself
    60–83  one more:   60 …  2 243
    84–89  two more:   2 244 … 51 929
    90     four more:  51 930 …
"""

from __future__ import annotations

import functools

import numpy as np
from numpy.typing import NDArray

DIGITS = "".join(char for char in map(chr, range(0x21, 0x7F)) if char not in '"\\|')
_CODES = np.frombuffer(DIGITS.encode("ascii"), dtype=np.uint8)
_BASE = len(DIGITS)
_TWO, _THREE, _FIVE = 60, 60 + 24 * _BASE, 60 + 24 * _BASE + 6 * _BASE**2

Bytes = NDArray[np.uint8]
Numbers = NDArray[np.int64]


def encode(values: Numbers) -> tuple[Bytes, Numbers]:
    """The digits of all values, and for each value the offset at which its digits begin (and the end)."""
    digits, sizes = _table()
    capped = np.minimum(values, _FIVE)
    length = sizes[capped]
    places = np.zeros(len(values) + 1, dtype=np.int64)
    np.cumsum(length, out=places[1:])
    out = np.empty(places[-1], dtype=np.uint8)
    out[places[:-1]] = digits[0][capped]
    for index in (1, 2):
        longer = np.flatnonzero(length > index)
        out[places[longer] + index] = digits[index][capped[longer]]
    longest = np.flatnonzero(length == 5)
    rest = values[longest] - _FIVE
    for index in range(4, 0, -1):
        out[places[longest] + index] = _CODES[rest % _BASE]
        rest //= _BASE
    return out, places


@functools.cache
def _table() -> tuple[tuple[Bytes, Bytes, Bytes], NDArray[np.uint8]]:
    """The first, second and third digit of each number up to 51 930, and how many digits it has."""
    values = np.arange(_FIVE + 1)
    digits = np.zeros((3, len(values)), dtype=np.uint8)
    sizes = 1 + (values >= _TWO) + (values >= _THREE) + 2 * (values >= _FIVE)
    digits[0, :_TWO] = _CODES[:_TWO]
    digits[0, _FIVE] = _CODES[90]
    for size, least, most, prefix in ((2, _TWO, _THREE, 60), (3, _THREE, _FIVE, 84)):
        rest = np.arange(most - least)
        for index in range(size - 1, 0, -1):
            digits[index, least:most] = _CODES[rest % _BASE]
            rest //= _BASE
        digits[0, least:most] = _CODES[prefix + rest]
    return (digits[0], digits[1], digits[2]), sizes.astype(np.uint8)


def text(values: Numbers) -> str:
    """The digits of all values, one after the other."""
    return encode(values)[0].tobytes().decode("ascii")
