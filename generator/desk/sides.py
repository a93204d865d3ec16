"""The source beside the notice: its lines, which passage each went into, and an account of every character."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from generator.base.diagnostics import DiscloseError, Span
from generator.content.errata import as_imported, changes_of
from generator.content.origin import Origin, origin_of
from generator.model.notice import Notice
from generator.model.proof import Alignment, difference
from generator.model.vocabulary import EDIT_NAMES

_SHORT = {
    "metadata": "公文信息",
    "metadata-moved": "公文信息",
    "chrome-removed": "网页栏目",
    "page-number": "页码",
    "duplicate-title": "重复标题",
    "title-repeated": "重复标题",
    "header-footer": "页眉页脚",
    "running-head": "页眉页脚",
    "running-foot": "页眉页脚",
    "letterhead": "发文红头",
}


class SourceLine(NamedTuple):
    """A line of the source."""

    number: int
    text: str
    passages: tuple[int, ...]
    """Indexes of the passages that its words went into."""
    aside: str
    """Where they went instead; empty: into the notice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CharacterAccount:
    """Where the characters of the source went, white space aside."""

    source: int
    notice: int
    """Of the text, as it was imported."""
    aside: tuple[tuple[str, int], ...]
    """What was set aside, by what it was."""
    added: int
    """Characters that import wrote: a number that a residue stood for."""
    mended: int
    """Errata and corrections on record."""
    lost: int
    where: str = ""
    """Where source and notice part; empty: nowhere."""

    @property
    def is_whole(self) -> bool:
        """Whether every character is accounted for."""
        return self.lost == 0 and not self.where


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceSide:
    """The source as the page shows it."""

    lines: tuple[SourceLine, ...]
    account: CharacterAccount | None
    """None: it cannot be drawn up."""
    why: str = ""
    """Why there is none."""
    line_of: tuple[int, ...] = ()
    """For each passage the line on which its words begin; 0: none."""


def source_of(site: Path, notice: Notice) -> SourceSide:
    """The source of a notice of the site."""
    try:
        origin = origin_of(site, notice)
    except DiscloseError:
        return SourceSide(lines=(), account=None, why="原件不在 content/sources 里，或者已不是导入的那一份，对不上。",
                      line_of=(0,) * len(notice.body))  # fmt: skip
    return beside(notice, origin)


def beside(notice: Notice, origin: Origin) -> SourceSide:
    """The same, of what a source says; made anew only when words, edits or cuts are others than the last times."""
    edits = hashlib.sha256(repr(notice.edits).encode("utf-8", "surrogatepass")).hexdigest()
    key = (notice.source.sha256, edits, notice.text, tuple(notice.starts), tuple(changes_of(notice)))
    if key not in _KEPT:
        while len(_KEPT) >= _MOST:
            _KEPT.pop(next(iter(_KEPT)), None)
        _KEPT[key] = _beside(notice, origin)
    return _KEPT[key]


_KEPT: dict[Any, SourceSide] = {}
_MOST = 8
"""Notices that somebody has open at once."""


def _beside(notice: Notice, origin: Origin) -> SourceSide:
    source = origin.words
    text, back = as_imported(notice.text, changes_of(notice))
    try:
        aligned = Alignment(source, notice.edits, text)
    except ValueError:
        lines = tuple(SourceLine(n, line, (), "") for n, line in enumerate(source.split("\n"), 1))
        return SourceSide(lines=lines, account=_account(notice, source, text), line_of=(0,) * len(notice.body),
                      why="原件和通报的字对不上，见疑点。")  # fmt: skip
    starts = _line_starts(source)
    line_of, passages = _placed(notice, text, back, aligned, starts)
    aside = _aside(notice, starts)
    lines = tuple(
        SourceLine(
            n,
            line,
            tuple(sorted(passages.get(n, ()))),
            "" if n in passages or not line.strip() else aside.get(n, "没有收入"),
        )
        for n, line in enumerate(source.split("\n"), 1)
    )
    return SourceSide(lines=lines, account=_account(notice, source, text), line_of=line_of)


def _line_starts(source: str) -> list[int]:
    starts = [0]
    at = source.find("\n")
    while at >= 0:
        starts.append(at + 1)
        at = source.find("\n", at + 1)
    return starts


def _placed(
    notice: Notice, text: str, back: Sequence[int], aligned: Alignment, starts: Sequence[int]
) -> tuple[tuple[int, ...], dict[int, set[int]]]:
    """For each passage its first line; for each line its passages."""
    first = [0] * len(notice.body)
    passages: dict[int, set[int]] = {}
    places = notice.starts
    for at, char in enumerate(text):
        if char.isspace():
            continue
        index = bisect_right(places, back[at]) - 1
        line = bisect_right(starts, aligned.span(Span(at, at + 1)).start)
        passages.setdefault(line, set()).add(index)
        first[index] = first[index] or line
    return tuple(first), passages


def _aside(notice: Notice, starts: Sequence[int]) -> dict[int, str]:
    found: dict[int, str] = {}
    for edit in notice.edits:
        if edit.start is None or not edit.before.strip():
            continue
        first = bisect_right(starts, edit.start)
        for line in range(first, bisect_right(starts, edit.start + len(edit.before) - 1) + 1):
            found.setdefault(line, _name(edit.kind))
    return found


def _name(kind: str) -> str:
    return _SHORT.get(kind, EDIT_NAMES.get(kind, kind))


def _count(text: str) -> int:
    return sum(not char.isspace() for char in text)


def _account(notice: Notice, source: str, text: str) -> CharacterAccount:
    aside: Counter[str] = Counter()
    added = 0
    for edit in notice.edits:
        if edit.start is None:
            continue
        removed, put = _count(edit.before), _count(edit.after)
        aside[_name(edit.kind)] += removed
        added += put
    try:
        parted = difference(source, notice.edits, text)
        where = f"原件接着是“{parted.expected}”，通报是“{parted.found}”" if parted else ""
    except ValueError:
        where = "整理记录与原件对不上"
    there, kept = _count(source), _count(text)
    return CharacterAccount(
        source=there,
        notice=kept,
        aside=tuple((name, count) for name, count in aside.most_common() if count),
        added=added,
        mended=len(changes_of(notice)),
        lost=there - sum(aside.values()) + added - kept,
        where=where,
    )
