"""The pages of a source as pictures, and where on them each line of its text stands.

A PDF is drawn as it is, a Word file by way of LibreOffice, cut to the width of its text, in eight greys. The characters
of the page are laid along those of the source by sequence; a line's box holds all of them. What was made is kept in
.cache/sheets/ by the hash of the source, and may be deleted at any time.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from generator.base.diagnostics import DiscloseError
from generator.base.files import write_bytes
from generator.base.layout import source_file
from generator.content.origin import origin_of
from generator.model.differing import hunks
from generator.model.notice import Notice
from generator.readers.word.office import as_pdf

WIDTH = 820
"""Pixels of a picture."""
_CACHE = ".cache/sheets"
_WORKER = Path(__file__).with_name("sheet_worker.py")
_MEMORY = 800 << 20
_SECONDS = 60
_PATIENCE = 180
_MOST = 200
"""Pages that are drawn; a longer source is read as text."""
_VERSION = 1
_drawing = threading.Lock()  # one at a time: each takes a processor


class SheetBox(NamedTuple):
    """Where a line of the source stands on a page, in pixels."""

    line: int
    top: int
    height: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceSheet:
    """A page."""

    number: int
    height: int
    boxes: tuple[SheetBox, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceSheets:
    """All pages of a source."""

    pages: tuple[SourceSheet, ...]
    unplaced: int
    """Characters of the source that stand on no page as they are: the text is right."""


def sheets_of(site: Path, notice: Notice) -> SourceSheets | None:
    """The pages of a notice's source; None: it has none (text, web page), or they cannot be drawn."""
    path = source_file(site, notice.id, notice.source.file)
    if path is None or path.suffix.lower() in (".txt", ".html", ".htm", ".md", ".mht", ".mhtml"):
        return None
    folder = site / _CACHE / notice.source.sha256
    kept = _kept(folder)
    if kept is not None:
        return kept
    try:
        words = origin_of(site, notice).words
        data = path.read_bytes()
        pdf = data if data.startswith(b"%PDF") else as_pdf(data, path.suffix)
        with _drawing:
            return _kept(folder) or _drawn(pdf, words, folder)
    except (DiscloseError, OSError):
        return None


def picture(site: Path, notice: Notice, number: int) -> bytes | None:
    """The picture of a page, from 1 on; None: there is none."""
    try:
        return (site / _CACHE / notice.source.sha256 / f"{number}.png").read_bytes()
    except OSError:
        return None


def _kept(folder: Path) -> SourceSheets | None:
    try:
        known = json.loads((folder / "sheets.json").read_bytes())
        if known["version"] != _VERSION:
            return None
        pages = tuple(
            SourceSheet(number=n, height=page["height"], boxes=tuple(SheetBox(*box) for box in page["boxes"]))
            for n, page in enumerate(known["pages"], 1)
        )
        return SourceSheets(pages=pages, unplaced=known["unplaced"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


class _DrawnChar(NamedTuple):
    char: str
    page: int
    top: int
    bottom: int
    """Down from the page's top, in pixels."""


def _drawn(pdf: bytes, words: str, folder: Path) -> SourceSheets | None:
    folder.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-I", str(_WORKER), str(folder), *map(str, (WIDTH, _MOST, _MEMORY, _SECONDS))]
    try:
        done = subprocess.run(command, input=pdf, capture_output=True, timeout=_PATIENCE, check=False)  # noqa: S603
    except subprocess.TimeoutExpired:
        return None
    if done.returncode:
        return None
    pages = [json.loads(line) for line in done.stdout.splitlines()]
    chars = [_DrawnChar(row[0], number, row[1], row[2]) for number, page in enumerate(pages) for row in page["chars"]]
    boxes, unplaced = _boxes(chars, words)
    rows = [{"height": page["height"], "boxes": boxes.get(n, [])} for n, page in enumerate(pages)]
    record = {"version": _VERSION, "unplaced": unplaced, "pages": rows}
    write_bytes(folder / "sheets.json", json.dumps(record).encode())
    return _kept(folder)


def _boxes(chars: list[_DrawnChar], words: str) -> tuple[dict[int, list[SheetBox]], int]:
    """By page, the box of each line of the source; and how many characters of the source stand on no page."""
    line_of = [number for number, line in enumerate(words.split("\n"), 1) for char in line if not char.isspace()]
    source, drawn = "".join(words.split()), "".join(one.char for one in chars)
    edges: dict[tuple[int, int], tuple[int, int]] = {}
    unplaced = len(source)
    for start, end, at in _same(source, drawn):
        unplaced -= end - start
        for n in range(end - start):
            one = chars[at + n]
            key = (one.page, line_of[start + n])
            top, bottom = edges.get(key, (one.top, one.bottom))
            edges[key] = min(top, one.top), max(bottom, one.bottom)
    boxes: dict[int, list[SheetBox]] = {}
    for (page, line), (top, bottom) in sorted(edges.items()):
        first = max(0, top - 3)
        boxes.setdefault(page, []).append(SheetBox(line, first, bottom + 3 - first))
    return boxes, unplaced


def _same(a: str, b: str) -> Iterator[tuple[int, int, int]]:
    """The runs that two texts share: from, to, and where in the other."""
    done = other = 0
    for hunk in hunks(a, b, near=0):
        yield done, hunk.start, other
        done, other = hunk.end, hunk.other_end
    yield done, len(a), other
