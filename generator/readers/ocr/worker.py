"""A program of its own: a scanned PDF on standard input, the recognised runs of its pages as JSON on standard output.

A process of its own gives back the gigabyte that the models take. A line a page: {"width", "height", "runs": [[text,
x0, x1, baseline, size, confidence], …], "unread": [y, …]}; lengths in points, the origin at the lower left.
Or {"error": why}.
"""

from __future__ import annotations

import json
import sys
from typing import Any

import numpy as np
import pypdfium2  # type: ignore[import-untyped]
from rapidocr import RapidOCR

_DOTS = 150
"""Per inch: characters of 12 points become 25 pixels high, what the models were trained on."""
_MOST_PIXELS = 4_000_000
_INK = 128
"""Darker than this is print."""
_LEAST_HIGH, _LEAST_INK, _MARGIN = 10, 150, 8
"""A line of print has so many rows of pixels and so many dark ones; so much paper is shown around it."""


def main() -> None:
    """Reads standard input, writes standard output."""
    most_pages = int(sys.argv[1])
    document = pypdfium2.PdfDocument(sys.stdin.buffer.read())
    if len(document) > most_pages:
        _say({"error": f"more than {most_pages} scanned pages (found {len(document)}). Import them in parts."})
        return
    # a run of which the model is unsure is told as such by its confidence, never dropped
    engine = RapidOCR(params={"Global.log_level": "error", "Global.text_score": 0.0})
    for page in document:
        _say(_page(page, engine))


def _say(value: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=True) + "\n")
    sys.stdout.flush()


def _page(page: Any, engine: RapidOCR) -> dict[str, Any]:
    """What is recognised on a page, and at which heights ink is left that was not read (`unread`)."""
    width, height = page.get_size()
    scale = min(_DOTS / 72, (_MOST_PIXELS / max(1.0, width * height)) ** 0.5)
    picture = page.render(scale=scale).to_numpy()
    boxes = _boxes(engine, picture)
    # the model misses a line now and then; seen by itself it is found
    for top, bottom in _strips(_left(picture, boxes)):
        boxes += [(box + np.array([0, top]), text, sure) for box, text, sure in _boxes(engine, picture[top:bottom])]
    runs = []
    for box, text, sure in boxes:
        (x0, top), (x1, bottom) = box.min(axis=0) / scale, box.max(axis=0) / scale
        size = (bottom - top) * 0.8  # the box has some room above and below
        runs.append([text, float(x0), float(x1), height - float(bottom) + 0.1 * size, round(float(size), 1), sure])
    unread = [height - bottom / scale for _, bottom in _strips(_left(picture, boxes))]
    return {"width": width, "height": height, "runs": runs, "unread": unread}


_WordBox = tuple[Any, str, float]
"""Corners in pixels (4 × 2), the words, how sure the model is."""


def _boxes(engine: RapidOCR, picture: Any) -> list[_WordBox]:
    found: Any = engine(picture)
    rows = zip(*(() if one is None else one for one in (found.boxes, found.txts, found.scores)), strict=True)
    return [(np.asarray(box, dtype=float), text, float(sure)) for box, text, sure in rows if text.strip()]


def _left(picture: Any, boxes: list[_WordBox]) -> Any:
    """Which pixels are ink outside all boxes."""
    ink = picture.reshape(*picture.shape[:2], -1).min(axis=2) < _INK
    for box, _, _ in boxes:
        (x0, top), (x1, bottom) = box.min(axis=0).astype(int) - 3, box.max(axis=0).astype(int) + 4
        ink[max(0, top) : bottom, max(0, x0) : x1] = False
    return ink


def _strips(ink: Any) -> list[tuple[int, int]]:
    """Bands of rows as high as a line that hold the ink of some characters: top and bottom in pixels, with a margin."""
    rows = np.flatnonzero((ink.sum(axis=1) > 2) & (ink.sum(axis=1) < 0.6 * ink.shape[1]))  # a rule fills its row
    bands = np.split(rows, np.flatnonzero(np.diff(rows) > 2) + 1) if len(rows) else []
    words = [band for band in bands if len(band) >= _LEAST_HIGH and ink[band].sum() > _LEAST_INK]
    return [(max(0, int(band[0]) - _MARGIN), int(band[-1]) + _MARGIN) for band in words]


if __name__ == "__main__":
    main()
