"""QR codes (二维码) for paper, as a picture of a dot a square: a path takes four times as much of a page."""

from __future__ import annotations

import struct
import zlib
from base64 import b64encode

import segno

from generator.pages.qr_bits import rows_of

_MASK = 3
"""Any of the eight masks can be read; to try which is best would take a quarter of a page's time."""


def qr_code(text: str) -> str | None:
    """The code of an address as the address of a PNG (data:); None when it is too long for one."""
    try:
        rows = rows_of(text, any_rows) or any_rows(text)
    except segno.DataOverflowError:
        return None
    return "data:image/png;base64," + b64encode(_png(rows)).decode("ascii")


def any_rows(text: str) -> list[bytes]:
    """The squares of a text, 1 where it is dark."""
    code = segno.make(text, error="l", micro=False, boost_error=False, mask=_MASK)
    return [bytes(row) for row in code.matrix]


def _png(rows: list[bytes]) -> bytes:
    """A black and white picture: dark where a row has 1; not compressed, for no two versions of zlib do it alike."""
    size = len(rows)
    wide = -(-size // 8) * 8
    lines = b"".join(b"\0" + _bits(row, wide) for row in rows)
    header = struct.pack(">IIBBBBB", size, size, 1, 0, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", _stored(lines)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in chunks)


def _bits(row: bytes, wide: int) -> bytes:
    bits = row.translate(_LIGHT).decode("ascii").ljust(wide, "1")
    return int(bits, 2).to_bytes(wide // 8, "big")


_LIGHT = bytes.maketrans(b"\0\1", b"10")


def _stored(data: bytes) -> bytes:
    """A zlib stream of one block as it is; a code has less than the 65 535 bytes that it may hold."""
    length = struct.pack("<HH", len(data), len(data) ^ 0xFFFF)
    return b"\x78\x01\x01" + length + data + struct.pack(">I", zlib.adler32(data))


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
