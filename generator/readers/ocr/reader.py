"""Scanned pages (a PDF without a text layer): recognised text, marked as such, every doubtful passage an anomaly.

Needs the extra `ocr`: rapidocr with its models in the wheel, and onnxruntime. No page leaves the machine.
"""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from pathlib import Path
from statistics import median
from typing import Any

from generator.readers import limits
from generator.readers.document import Document, ReadError
from generator.readers.draft import Draft
from generator.readers.pdf.lines import DrawnRun, PrintedLine
from generator.readers.pdf.margins import marginal
from generator.readers.pdf.page_layout import lines_of
from generator.readers.pdf.paragraphs import paragraphs_of

_WORKER = Path(__file__).with_name("worker.py")
_SECONDS_A_PAGE = 60
_DOUBTFUL = 0.9
"""Confidence below which a passage is reported; print that is clean is recognised with 0.99."""


def is_installed() -> bool:
    """Whether text can be recognised."""
    return all(importlib.util.find_spec(name) for name in ("rapidocr", "onnxruntime", "pypdfium2"))


def read(data: bytes, pages: int, why: str) -> Document:
    """The recognised text of a PDF of `pages` pages, which is needed because of `why`.

    Raises ReadError, which says why, when the extra `ocr` is not installed.
    """
    if not is_installed():
        raise ReadError(
            f"{why}. Import the Word file that it was made from; or install text recognition with "
            "pip install rapidocr onnxruntime, and read what it gives against the original."
        )
    limits.check("ocr-pages", pages)
    found = _recognised(data, pages)
    lines = [line for number, page in enumerate(found) for line in _lines(page, number)]
    aside = marginal(lines, [page["height"] for page in found])
    draft = Draft()
    draft.flag("ocr", "", "文字是从页面图片识别的，请对照原件逐字核对。")
    for index, kind in aside.items():
        draft.edit(kind, lines[index].text)
    doubtful = [run[0] for page in found for run in page["runs"] if run[5] < _DOUBTFUL]
    for paragraph in paragraphs_of([line for index, line in enumerate(lines) if index not in aside]):
        while doubtful and doubtful[0] in paragraph.text:
            draft.flag("ocr-doubtful", doubtful.pop(0), "这些字识别没有把握，请对照原件。")
        draft.add(paragraph.text)
    for words in doubtful:
        draft.flag("ocr-doubtful", words, "这些字识别没有把握，请对照原件。")
    for number, page in enumerate(found, 1):
        if page["unread"]:
            draft.flag("unread-part", "", f"第{number}页有{len(page['unread'])}处字迹没有识别出来，请对照原件补上。")
    if draft.is_empty:
        raise ReadError("no text was recognised on its pages. Import the file that it was made from.")
    return draft.document("pdf")


def _lines(page: dict[str, Any], number: int) -> list[PrintedLine]:
    """The page's lines; boxes of recognition differ by a pixel or two, so text of about one size is given one size."""
    runs = [DrawnRun(*run[:5]) for run in page["runs"]]
    usual = median(run.size for run in runs) if runs else 0.0
    even = [DrawnRun(r.text, r.x0, r.x1, r.y, usual if abs(r.size - usual) < 0.25 * usual else r.size) for r in runs]
    return lines_of(even, (), number)


def _recognised(data: bytes, pages: int) -> list[dict[str, Any]]:
    command = [sys.executable, "-I", str(_WORKER), str(limits.LIMITS["ocr-pages"].most)]
    patience = _SECONDS_A_PAGE * (pages + 1)
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=patience, check=False)  # noqa: S603
    except subprocess.TimeoutExpired:
        raise ReadError(f"text recognition took more than {patience} seconds. Import it in parts.") from None
    if done.returncode:
        raise ReadError("text recognition failed on it. Import the file that it was made from.")
    found = [json.loads(line) for line in done.stdout.splitlines() if line.startswith(b"{")]
    for page in found:
        if "error" in page:
            raise ReadError(page["error"])
    return found
