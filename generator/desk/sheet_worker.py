"""Draws the pages of a PDF from standard input, in a process of its own: what a file does to PDFium, it does to this.

    sheet_worker.py FOLDER WIDTH PAGES BYTES SECONDS

writes FOLDER/1.png and so on, cut to the width of the text, in eight greys, and prints a line of JSON a page: its
height in pixels, and its characters with where each begins and ends, in pixels down from the top.
"""

from __future__ import annotations

import contextlib
import json
import struct
import sys
import zlib
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2  # type: ignore[import-untyped]

_MARGIN = 6
_GREYS = 8


def main() -> int:
    """Exit status: 0 all pages are drawn; 1 they are too many, or it is no PDF."""
    folder, width, most, memory, seconds = Path(sys.argv[1]), *map(int, sys.argv[2:6])
    _bound(memory, seconds)
    try:
        document = pypdfium2.PdfDocument(sys.stdin.buffer.read())
    except pypdfium2.PdfiumError:
        return 1
    if not 0 < len(document) <= most:
        return 1
    for number in range(len(document)):
        page = document[number]
        chars, left, right = _chars_of(page)
        scale = (width - 2 * _MARGIN) / max(1.0, right - left)
        image = _picture(page, scale, left, width)
        (folder / f"{number + 1}.png").write_bytes(_png(image))
        rows = [(char, int(top * scale), int(bottom * scale)) for char, top, bottom in chars]
        sys.stdout.write(json.dumps({"height": image.shape[0], "chars": rows}) + "\n")
        page.close()
    return 0


def _bound(memory: int, seconds: int) -> None:
    if sys.platform == "win32":  # it sets no limits: whoever asks waits so long, no longer
        return
    import resource  # noqa: PLC0415

    for limit, most in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CPU, seconds)):
        with contextlib.suppress(ValueError, OSError):  # macOS refuses the first; the other holds all the same
            resource.setrlimit(limit, (most, most))


def _chars_of(page: Any) -> tuple[list[tuple[str, float, float]], float, float]:
    """The characters of a page with their top and bottom, and between which points of its width they stand."""
    text, height = page.get_textpage(), page.get_height()
    found, left, right = [], page.get_width(), 0.0
    for index in range(text.count_chars()):
        char = text.get_text_range(index, 1)
        if not char.strip():
            continue
        x, bottom, x_end, top = text.get_charbox(index)
        found.append((char, height - top, height - bottom))
        left, right = min(left, x), max(right, x_end)
    text.close()
    return (found, left, right) if found else (found, 0.0, page.get_width())


def _picture(page: Any, scale: float, left: float, width: int) -> Any:
    """The page in grey, cut to the width of its text, which begins at `left`."""
    bitmap = page.render(scale=scale, grayscale=True)
    grey = bitmap.to_numpy().reshape(bitmap.height, -1)[:, : bitmap.width]
    start = max(0, int(left * scale) - _MARGIN)
    part = grey[:, start : start + width]
    cut = np.full((grey.shape[0], width), 255, dtype=np.uint8)
    cut[:, : part.shape[1]] = part
    bitmap.close()
    return cut


def _png(grey: Any) -> bytes:
    """A picture of eight greys, four bits a pixel; its width is even."""
    levels = (grey.astype(np.uint16) * (_GREYS - 1) + 127) // 255
    values = (levels * 15 // (_GREYS - 1)).astype(np.uint8)
    packed = (values[:, 0::2] << 4) | values[:, 1::2]
    rows = np.hstack([np.zeros((packed.shape[0], 1), np.uint8), packed])
    head = struct.pack(">IIBBBBB", grey.shape[1], grey.shape[0], 4, 0, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(rows.tobytes(), 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in chunks)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


if __name__ == "__main__":
    sys.exit(main())
