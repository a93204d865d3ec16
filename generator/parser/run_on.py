"""Problems told one behind the other in a running paragraph, without labels: 针对“A”问题，…。针对“B”问题，…

Each gets a line of its own, and so does the name of their group that stands before the first.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from generator.model.numbering import label_at
from generator.parser.habits import Habits
from generator.parser.lines import GROUP_MARKS, GROUP_TITLE, TITLE_MARKS, Line, is_wrapped, line_of, problem_end
from generator.parser.text import sentences
from generator.parser.told_in_turn import prints_answers

_BEGINS = ("针对", "关于")
_STOPS = "。；"
_FEWEST = 2


def problems_apart(lines: Sequence[Line], habits: Habits) -> list[Line]:
    """The lines, those cut that tell of several problems; none in a notice that prints labels for its answers.

    Before the first of them nothing stands but the name of their group: below 1.关于…的问题 they are parts of one.
    """
    if prints_answers(lines):
        return list(lines)
    starts = [_problems_in(line) for line in lines]
    if max(map(len, starts), default=0) < _FEWEST:
        return list(lines)
    found: list[Line] = []
    for line, cuts in zip(lines, starts, strict=True):
        places = [*([0] if cuts[0] else []), *cuts, len(line.text)] if cuts else [0, 0]
        parts = [line.paragraph.cut(start, end).stripped() for start, end in pairwise(places)]
        found += [line_of(part, label_at(part.text), habits) for part in parts] if len(parts) > 1 else [line]
    return found


def _problems_in(line: Line) -> list[int]:
    """Where in a line the problems begin that it tells of."""
    text, start = line.text, line.words_at
    if line.paragraph.is_row or line.role_labels or not any(word in text for word in _BEGINS):
        return []
    spans = list(sentences(text[start:], _STOPS))
    found = [start + one.start for one in spans if _names_problem(text, start + one.start, start + one.end)]
    group = text[start : found[0]].strip(f" {GROUP_MARKS}") if found else ""
    is_apart = not group if line.label is None else GROUP_TITLE.search(group) is not None
    return found if is_apart else []


def _names_problem(text: str, start: int, end: int) -> bool:
    """Whether a sentence begins as a problem does: 针对…问题，修订…; （1）关于…的问题。"""
    number = label_at(text, start)
    at = number.end if number else start
    if not text.startswith(_BEGINS, at):
        return False
    title = text[at:end].rstrip(TITLE_MARKS)
    return problem_end(text, at) is not None or (number is not None and is_wrapped(title))
