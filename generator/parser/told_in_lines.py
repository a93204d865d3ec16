"""Problems told with their answers in a line each, without labels (FORMATS e): 1.公开不及时：补充公开…; 一是…问题。…"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from generator.parser.deeds import tells_deed
from generator.parser.lines import Line, is_exhortation, is_problem, is_wrapped, names_problem

_NAMED = re.compile(r"(?P<name>[^。；：:，]{4,40})[：:](?=.{6})")
_FIRST = re.compile(r"(?P<name>[^。；：:，]{4,60}问题)。(?=.{6})")
_BY_NOW = ("已", "目前", "现")
_FEWEST = 2


class _Told(NamedTuple):
    """A problem's name, and the words behind it."""

    name: str
    end: int
    """Offset behind the name and its mark."""
    words: str


def told_in_lines(lines: Sequence[Line]) -> Mapping[int, int]:
    """The numbered lines that name a problem and tell at once what was done, each with the end of the name.

    They stand one below the other with numbers that go on; most of the names are problems, none exhorts, and most of
    the words behind them tell of deeds. Where a label for the answer stands above or below them they are none.
    """
    found: dict[int, int] = {}
    for run in _runs(lines):
        told = [_told(lines[at]) for at in run]
        whole = [one for one in told if one is not None]
        if len(whole) == len(told) >= _FEWEST and _are_problems(whole) and not _has_label_beside(lines, run):
            found |= {at: one.end for at, one in zip(run, whole, strict=True)}
    return found


def _runs(lines: Sequence[Line]) -> Iterator[range]:
    """Lines right below each other that are numbered in one style, one after the other."""
    start = 0
    for at in range(1, len(lines) + 1):
        if at < len(lines) and _goes_on(lines[at - 1], lines[at]):
            continue
        if lines[start].label is not None:
            yield range(start, at)
        start = at


def _goes_on(before: Line, after: Line) -> bool:
    one, two = before.label, after.label
    return one is not None and two is not None and one.style == two.style and two.value == one.value + 1


def _told(line: Line) -> _Told | None:
    if line.label is None or line.role_labels or line.paragraph.is_row:
        return None
    pattern = _FIRST if line.label.style == "shi" else _NAMED
    found = pattern.match(line.text, line.words_at)
    return None if found is None else _Told(found["name"], found.end(), line.text[found.end() :])


def _are_problems(told: Sequence[_Told]) -> bool:
    named = sum(is_wrapped(one.name) or names_problem(one.name) or is_problem(one.name) for one in told)
    deeds = sum(tells_deed(one.words) or one.words.startswith(_BY_NOW) for one in told)
    return named * 2 > len(told) and deeds * 2 > len(told) and not any(is_exhortation(one.name) for one in told)


def _has_label_beside(lines: Sequence[Line], run: range) -> bool:
    """Whether a label for an answer stands right above the lines, or the next one below stands before any number."""
    above = lines[run.start - 1] if run.start else None
    if above is not None and above.role_labels and above.role_labels[-1].role != "finding":
        return True
    below = itertools.takewhile(lambda line: line.label is None, lines[run.stop :])
    return any(role_label.role in ("response", "status") for line in below for role_label in line.role_labels)
