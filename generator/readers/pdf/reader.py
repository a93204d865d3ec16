"""PDF files (.pdf): the text layer in reading order, lines joined into paragraphs, running heads set aside.

PDFium reads the file in a process of its own (worker.py); here its runs of characters become lines (layout.py),
margins are taken off (pdf_margins.py), rows (pdf_tables.py) and lines joined (pdf_paragraphs.py).
"""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from generator.readers import limits
from generator.readers.document import Document, Reader, ReadError
from generator.readers.draft import Draft
from generator.readers.ocr import reader as ocr
from generator.readers.pdf.lines import DrawnRun, PrintedLine
from generator.readers.pdf.margins import marginal
from generator.readers.pdf.page_layout import lines_of, without_menus
from generator.readers.pdf.paragraphs import paragraphs_of
from generator.readers.pdf.tables import over_pages
from generator.readers.signatures import signature_of

_WORKER = Path(__file__).with_name("worker.py")
_MEMORY = 400 << 20
_SECONDS = 12
_PATIENCE = 60
"""Seconds by the clock, on a machine that is busy with other things."""
_MOST_UNKNOWN = 0.3
"""Share of the characters; more of them that no font names leave no text to fix by hand."""
_FEWEST = 10
"""Fewer characters a page than this are no text layer, but a stamp on a scan."""


def read(data: bytes) -> Document:
    """The paragraphs of a PDF; those of a scan by text recognition, where it is installed."""
    pages = _pages(data)
    if why := why_recognise(pages):
        return ocr.read(data, len(pages), why)
    return document_of(pages)


def why_recognise(pages: Sequence[dict[str, Any]]) -> str | None:
    """Why only text recognition can read the pages; None: they have text. Raises ReadError when the worker refused."""
    for page in pages:
        if "error" in page:
            raise ReadError(page["error"])
    characters = sum(len(run[0]) for page in pages for run in page["runs"])
    if characters < _FEWEST * len(pages) and (characters < _FEWEST or any(page["pictures"] for page in pages)):
        return "it has no text layer; its pages are pictures"
    unknown = sum(run[0].count("\ufffd") for page in pages for run in page["runs"])
    if unknown > _MOST_UNKNOWN * characters:
        return "its fonts do not say which characters they draw, so its text cannot be read"
    return None


def document_of(pages: Sequence[dict[str, Any]]) -> Document:
    """The paragraphs of pages as the worker says them."""
    draft = Draft()
    if any(page["recognised"] for page in pages):
        draft.flag("ocr", "", "文字是扫描软件从页面图片识别后藏在图片下面的，请对照原件逐字核对。")
    _add_pages(draft, pages)
    if draft.is_empty:
        raise ReadError("it has no text. Import the file that it was made from.")
    return draft.document("pdf")


def _add_pages(draft: Draft, pages: Sequence[dict[str, Any]]) -> None:
    """Adds the paragraphs of the pages, what is not read of a page told before its first one."""
    told = 0
    for paragraph in paragraphs_of(_body(draft, pages)):
        for number in range(told, paragraph.page + 1):
            _tell(draft, number + 1, pages[number])
        told = max(told, paragraph.page + 1)
        _add(draft, paragraph.text, is_row=paragraph.is_row)
    for number in range(told, len(pages)):
        _tell(draft, number + 1, pages[number])


def _body(draft: Draft, pages: Sequence[dict[str, Any]]) -> list[PrintedLine]:
    """The lines of the text; what is printed on the pages beside it is set aside."""
    lines: list[PrintedLine] = []
    for number, page in enumerate(pages):
        runs, menus = without_menus([DrawnRun(*run) for run in page["runs"]], page["links"])
        lines += lines_of(runs, (tuple(rule) for rule in page["rules"]), number)
        if menus:
            draft.edit("chrome-removed", " ".join(run.text for run in menus))
    aside = marginal(lines, [page["height"] for page in pages])
    for page in pages:
        for text in page["turned"]:
            draft.edit("stamp", text)
    for index, kind in aside.items():
        draft.edit(kind, lines[index].text)
    body, heads = over_pages([line for index, line in enumerate(lines) if index not in aside])
    for head in heads:
        draft.edit("head-repeated", head.text)
    return body


_SAID = {
    "large": ("unread-part", "有{}幅图片，其中如有文字没有读。"),
    "unseen": ("hidden-text", "有{}个看不见的字，没有采用。"),
    "added": ("added-text", "有{}个字是后来填写或添加在页面上的，已经读入，请核对其位置。"),
    "remarks": ("comment", "有{}条批注，没有采用。"),
}
"""What the worker counts on a page: code and message of the anomaly."""


def _tell(draft: Draft, number: int, page: dict[str, Any]) -> None:
    """Flags what is not read of a page, or needs a look, before its first paragraph."""
    if why := _unread(page):
        draft.flag("page-unread", "", f"源文件第{number}页{why}")
    for key, (code, message) in _SAID.items():
        if count := page[key]:
            draft.flag(code, "", f"源文件第{number}页{message.format(count)}")
    if page["unseen"]:
        draft.edit("hidden-removed", "")


def _unread(page: dict[str, Any]) -> str | None:
    """Why words of a page are missing; None when none are."""
    if page.get("broken"):
        return "损坏，没有读出。"
    is_picture = page["pictures"] and sum(len(run[0]) for run in page["runs"]) < _FEWEST
    return "是图片，其中的文字没有读出。" if is_picture else None


def _add(draft: Draft, words: str, *, is_row: bool) -> None:
    if is_row:
        draft.add_row(words.split("\t"))
    else:
        draft.add(words)


def _pages(data: bytes) -> list[dict[str, Any]]:
    """What the worker says of each page. Raises ReadError when it gives up, or is ended."""
    if importlib.util.find_spec("pypdfium2") is None:
        raise ReadError("reading PDF files needs pypdfium2: pip install pypdfium2")
    most = (limits.LIMITS["pages"].most, limits.LIMITS["pdf-characters"].most)
    command = [sys.executable, "-I", str(_WORKER), *map(str, (_MEMORY, _SECONDS, *most))]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=_PATIENCE, check=False)  # noqa: S603
    except subprocess.TimeoutExpired:
        raise ReadError(f"reading it took more than {_PATIENCE} seconds. Print it to a new PDF.") from None
    if done.returncode:
        bounds = f"{_SECONDS} seconds or {_MEMORY >> 20} MB"
        raise ReadError(f"reading it took more than {bounds}, or it is broken. Print it to a new PDF.")
    return [json.loads(line) for line in done.stdout.splitlines()]


READER = Reader(format="pdf", suffixes=(".pdf",), claims=lambda data: signature_of(data) == "pdf", read=read)
