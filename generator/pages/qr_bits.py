"""The squares of a QR code (ISO/IEC 18004) for addresses as the site's own are: ASCII, up to 106 characters.

A code is a sum without carry: of a frame that is the same for all codes of a size, and of what each byte of the message
and of its check adds. The frames are taken from segno, which makes every other code; the sums are made here, six times
as fast: a page of every notice and place has a code.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

Squares = Sequence[bytes]
"""The squares of a code, 1 where it is dark."""

_SIZES = ((19, 7), (34, 10), (55, 15), (80, 20), (108, 26))
"""Bytes of the message and of its check, by version, of those that have one block at the lowest level of correction."""


class _CodeFrame(NamedTuple):
    base: int
    parts: Sequence[Sequence[int]]
    """By place of a byte and its value what it adds."""
    length: int
    """Squares of a row; the first square is the highest bit."""


def rows_of(text: str, code: Callable[[str], Squares]) -> list[bytes] | None:
    """The rows of squares of a text; None when it is no such text. `code` gives those of any text, with mask 3."""
    version = _version(text)
    if not version:
        return None
    frame = _frame(version, code)
    squares = frame.base
    for part, byte in zip(frame.parts, _bytes(text, version), strict=True):
        squares ^= part[byte]
    flat = f"{squares:0{frame.length**2}b}".translate(_DIGITS).encode("latin-1")
    return [flat[at : at + frame.length] for at in range(0, len(flat), frame.length)]


_DIGITS = {ord("0"): 0, ord("1"): 1}


def _version(text: str) -> int:
    """The smallest version that holds the text as bytes; 0 when none does, or it is no text of bytes."""
    if not text.isascii() or text == text.upper():  # what has no small letter is told more shortly
        return 0
    return next((version for version, (size, _) in enumerate(_SIZES, 1) if len(text) + 2 <= size), 0)


def _bytes(text: str, version: int) -> bytes:
    """The message and its check: mode and length in twelve bits, the text, four bits of end, padding."""
    size, check = _SIZES[version - 1]
    bits = (0x4 << 8 | len(text)) << 8 * len(text) | int.from_bytes(text.encode("ascii"), "big")
    message = (bits << 4).to_bytes(len(text) + 2, "big")
    message += bytes((0xEC, 0x11)[at % 2] for at in range(size - len(message)))
    return message + _check(message, check)


def _check(message: bytes, size: int) -> bytes:
    """What is left of the message, divided by the polynomial of the check (Reed and Solomon)."""
    table, top, whole = _divisor(size), 8 * (size - 1), (1 << 8 * size) - 1
    rest = 0
    for byte in message:
        rest = (rest << 8 & whole) ^ table[rest >> top ^ byte]
    return rest.to_bytes(size, "big")


@functools.cache
def _divisor(size: int) -> Sequence[int]:
    """The polynomial times each byte, without its first term."""
    factors = [1]
    for power in range(size):
        root = _power(power)
        factors = [a ^ _times(b, root) for a, b in zip([*factors, 0], [0, *factors], strict=True)]
    return [int.from_bytes(bytes(_times(factor, byte) for factor in factors[1:]), "big") for byte in range(256)]


def _times(one: int, other: int) -> int:
    """The product in the field of 256 elements."""
    product = 0
    while other:
        product ^= one if other & 1 else 0
        one = one << 1 ^ (0x11D if one & 0x80 else 0)
        other >>= 1
    return product


def _power(exponent: int) -> int:
    value = 1
    for _ in range(exponent):
        value = _times(value, 2)
    return value


@functools.cache
def _frame(version: int, code: Callable[[str], Squares]) -> _CodeFrame:
    """The frame of a version, and what the bytes add to it."""
    text = "a" * (_SIZES[version - 1][0] - 2)
    rows = code(text)
    length = len(rows)
    squares = int("".join("1" if square else "0" for row in rows for square in row), 2)
    places = [1 << length * length - 1 - (y * length + x) for y, x in _places(version)]
    count = sum(_SIZES[version - 1])
    parts = [
        [sum(place for at, place in enumerate(places[8 * n : 8 * n + 8]) if byte >> 7 - at & 1) for byte in range(256)]
        for n in range(count)
    ]
    for part, byte in zip(parts, _bytes(text, version), strict=True):
        squares ^= part[byte]
    return _CodeFrame(squares, parts, length)


def _places(version: int) -> Iterator[tuple[int, int]]:
    """The squares of bits, in order: up and down in columns of two, from the right."""
    length = 17 + 4 * version
    right, upward = length - 1, True
    while right > 0:
        right -= right == 6  # the column of the timing pattern
        for y in range(length - 1, -1, -1) if upward else range(length):
            yield from ((y, x) for x in (right, right - 1) if not _is_fixed(y, x, length))
        right, upward = right - 2, not upward


def _is_fixed(y: int, x: int, length: int) -> bool:
    """Whether a square is part of a pattern for finding, timing or aligning, or of the format."""
    near, far, middle = 8, length - 8, length - 7
    corner = (y <= near and (x <= near or x >= far)) or (y >= far and x <= near)
    aligning = length > 21 and abs(y - middle) <= 2 and abs(x - middle) <= 2
    return corner or aligning or 6 in (y, x)
