"""QR codes (二维码) for paper, as the path of a drawing."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

import segno

_MASK = 3
"""Any of the eight masks can be read; to try which is best would take a quarter of a page's time."""


class QrCode(NamedTuple):
    """A drawing of dark squares, each one unit wide."""

    size: int
    """Width and height in units, without the quiet edge."""
    path: str
    """Of an SVG; its line is one unit wide."""


def qr_code(text: str) -> QrCode | None:
    """The code of an address; None when it is too long for one."""
    try:
        code = segno.make(text, error="l", micro=False, boost_error=False, mask=_MASK)
    except segno.DataOverflowError:
        return None
    rows = [bytes(row) for row in code.matrix]
    return QrCode(len(rows), "".join(part for y, row in enumerate(rows) for part in _line(y, row)))


def _line(y: int, row: bytes) -> Iterator[str]:
    """The dark runs of a row."""
    x = 0
    for is_dark, run in groupby(row):
        length = len(list(run))
        if is_dark:
            yield f"M{x} {y}.5h{length}"
        x += length
