"""Titles that a dash or a colon parts from what the same line tells: 会议记录缺失——抽查4个支部，缺11次 (FORMATS e).

One dash proves nothing: 党建薄弱——三会一课流于形式 may be all of a title. What does: that nearly all issues have one,
behind the words of a problem and before facts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from generator.parser import status
from generator.parser.deeds import tells_deed
from generator.parser.lines import Line, is_wrapped, names_problem
from generator.parser.outline import Outline
from generator.parser.text import DASH

_MARKS = (re.compile(DASH), re.compile("[：:]"))
_FACT = re.compile(r"\d|[。！；]$")
_SHORTEST = 4
_SHORTEST_TOLD = 6
_FEWEST = 3
_MOST = 0.7
"""Share of the issues of a notice that must be told so."""
_DEEDS_MOST = 0.5


class _Parted(NamedTuple):
    """A title and what stands behind its mark."""

    at: int
    end: int
    """Offset behind the mark."""
    name: str
    told: str

    @property
    def is_told(self) -> bool:
        """Whether the one names a problem, and the other tells facts."""
        return (names_problem(self.name) or is_wrapped(self.name)) and _FACT.search(self.told) is not None


class ToldBehind(NamedTuple):
    """Where the titles end, by line, and whether what stands behind them was found, and not done."""

    ends: Mapping[int, int]
    is_finding: bool


def told_behind(lines: Sequence[Line], outline: Outline) -> ToldBehind:
    """The titles that a mark ends, where that is the habit of the notice."""
    issues = [index for index, kind in enumerate(outline.kinds) if kind == "issue"]
    for mark in _MARKS:
        parted = list(_parted(mark, lines, outline, issues))
        if len(parted) < max(_FEWEST, _MOST * len(issues)) or sum(p.is_told for p in parted) < _MOST * len(parted):
            continue
        deeds = sum(tells_deed(one.told) for one in parted)
        return ToldBehind({one.at: one.end for one in parted}, is_finding=deeds < _DEEDS_MOST * len(parted))
    return ToldBehind({}, is_finding=False)


def _parted(mark: re.Pattern[str], lines: Sequence[Line], outline: Outline, issues: Sequence[int]) -> Iterator[_Parted]:
    for index in issues:
        line, end = lines[index], outline.ends[index]
        start = line.role_label.end if line.role_label is not None else line.words_at
        found = mark.search(line.text, start, end)
        if found is None or line.text.count("“", start, found.start()) > line.text.count("”", start, found.start()):
            continue
        limit = next((one.start for one in line.role_labels if one.start >= found.end()), len(line.text))
        name, told = line.text[start : found.start()], line.text[found.end() : limit].strip()
        if len(name) >= _SHORTEST and len(told) >= _SHORTEST_TOLD and status.mark_behind(line.text[start:end]) is None:
            yield _Parted(index, found.end(), name, told)
