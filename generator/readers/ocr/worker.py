"""A program of its own: a scanned PDF on standard input, the recognised runs of its pages as JSON on standard output.

A process of its own gives back the gigabyte that the models take. A line a page: {"width", "height", "runs": [[text,
x0, x1, baseline, size, confidence], …]}; lengths in points, the origin at the lower left. Or {"error": why}.
"""

from __future__ import annotations

import json
import sys
from typing import Any

import pypdfium2  # type: ignore[import-untyped]
from rapidocr import RapidOCR

_DOTS = 150
"""Per inch: characters of 12 points become 25 pixels high, what the models were trained on."""
_MOST_PIXELS = 4_000_000


def main() -> None:
    """Reads standard input, writes standard output."""
    most_pages = int(sys.argv[1])
    document = pypdfium2.PdfDocument(sys.stdin.buffer.read())
    if len(document) > most_pages:
        _say({"error": f"more than {most_pages} scanned pages (found {len(document)}). Import them in parts."})
        return
    engine = RapidOCR(params={"Global.log_level": "error"})
    for page in document:
        _say(_page(page, engine))


def _say(value: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=True) + "\n")
    sys.stdout.flush()


def _page(page: Any, engine: RapidOCR) -> dict[str, Any]:
    """What is recognised on a page."""
    width, height = page.get_size()
    scale = min(_DOTS / 72, (_MOST_PIXELS / max(1.0, width * height)) ** 0.5)
    found: Any = engine(page.render(scale=scale).to_numpy())
    runs = []
    for box, text, confidence in zip(
        *(() if one is None else one for one in (found.boxes, found.txts, found.scores)), strict=True
    ):
        xs, ys = [float(x) / scale for x, _ in box], [float(y) / scale for _, y in box]
        size = (max(ys) - min(ys)) * 0.8  # the box has some room above and below
        runs.append([text, min(xs), max(xs), height - max(ys) + 0.1 * size, round(size, 1), float(confidence)])
    return {"width": width, "height": height, "runs": runs}


if __name__ == "__main__":
    main()
