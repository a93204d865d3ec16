"""Problems told with their answers in a line each, without labels (FORMATS e): 1.公开不及时：补充公开…; 一是…问题。…"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from generator.parser.deeds import tells_deed
from generator.parser.lines import (
    GROUP_TITLE,
    TITLE_MARKS,
    Line,
    is_exhortation,
    is_problem,
    is_wrapped,
    names_problem,
)

_NAMED = re.compile(r"(?P<name>[^。；：:，]{4,40})[：:](?=.{6})")
_FIRST = re.compile(r"(?P<name>[^。；：:，]{4,60}问题|[^。；：:，]{4,30})。(?=.{6})")
_BY_NOW = ("已", "目前", "现")
_FEWEST = 2


class _Told(NamedTuple):
    """A problem's name, and the words behind it."""

    name: str
    end: int
    """Offset behind the name and its mark."""
    words: str


class _LabelledLines(NamedTuple):
    """Lines of which each names a problem."""

    lines: range
    told: Sequence[_Told]

    @property
    def tells_deeds(self) -> bool:
        """Whether most of the words behind the names tell of deeds."""
        return 2 * sum(tells_deed(one.words) or one.words.startswith(_BY_NOW) for one in self.told) > len(self.told)


def told_in_lines(lines: Sequence[Line]) -> Mapping[int, int]:
    """The numbered lines that name a problem and tell at once what was done, each with the end of the name.

    They stand one below the other with numbers that go on; most of the names are problems, none exhorts, and most of
    the words behind them tell of deeds, or do in most of the other runs. Where a label for the answer stands above or
    below them they are none.
    """
    runs: dict[str, list[_LabelledLines]] = {}
    for run in _runs(lines):
        told = [_told(lines[at]) for at in run]
        whole = [one for one in told if one is not None]
        is_part = run.start > 0 and _is_of_one(lines[run.start - 1], whole)
        is_all = len(whole) == len(told) >= _FEWEST
        if is_all and not is_part and _are_problems(whole) and not _has_label_beside(lines, run):
            label = lines[run.start].label
            runs.setdefault(label.style if label else "", []).append(_LabelledLines(run, whole))
    return {
        at: one.end
        for same in runs.values()
        for run in same
        if run.tells_deeds or 2 * sum(other.tells_deeds for other in same) > len(same)
        for at, one in zip(run.lines, run.told, strict=True)
    }


def _runs(lines: Sequence[Line]) -> Iterator[range]:
    """Lines right below each other that are numbered in one style, one after the other."""
    start = 0
    for at in range(1, len(lines) + 1):
        if at < len(lines) and lines[at].follows(lines[at - 1]):
            continue
        if lines[start].label is not None:
            yield range(start, at)
        start = at


def _told(line: Line) -> _Told | None:
    if line.label is None or line.role_labels or line.paragraph.is_row:
        return None
    pattern = _FIRST if line.label.style == "shi" else _NAMED
    found = pattern.match(line.text, line.words_at)
    return None if found is None else _Told(found["name"], found.end(), line.text[found.end() :])


def _are_problems(told: Sequence[_Told]) -> bool:
    named = sum(is_wrapped(one.name) or names_problem(one.name) or is_problem(one.name) for one in told)
    return named * 2 > len(told) and not any(is_exhortation(one.name) and not names_problem(one.name) for one in told)


def _is_of_one(above: Line, told: Sequence[_Told]) -> bool:
    """Whether the line above is the name of a problem, and what is told below is of it: 关于…的问题, 一是学习少。…"""
    title = above.text[above.words_at :].rstrip(TITLE_MARKS)
    is_one = above.label is not None and is_wrapped(title) and GROUP_TITLE.search(title) is None
    return is_one and not all(one.name.endswith("问题") for one in told)


def _has_label_beside(lines: Sequence[Line], run: range) -> bool:
    """Whether a label for an answer stands right above the lines, or the next one below stands before any number."""
    above = lines[run.start - 1] if run.start else None
    if above is not None and above.role_labels and above.role_labels[-1].role != "finding":
        return True
    below = itertools.takewhile(lambda line: line.label is None, lines[run.stop :])
    return any(role_label.role in ("response", "status") for line in below for role_label in line.role_labels)
