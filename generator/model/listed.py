"""Problems that a notice lists before it answers them by their numbers: 第1项：“组织生活质量不高”。"""

from __future__ import annotations

import re
from typing import NamedTuple

from generator.model.numbering import CN, label_at, number

_FIRST_SENTENCE = re.compile(r"[^。；;]{3,80}")
_ANSWERS = re.compile(r"整改(?:落实|进展|完成)?(?:情况|措施|举措|成效)\s?[：:]")
_STOPS = "。．.：:；;，,、 　—–"


class ListedProblem(NamedTuple):
    """A line of a list of problems."""

    style: str
    value: int
    label: str
    title: str


def listed_problem(text: str) -> ListedProblem | None:
    """The problem that a line of a list names: its number and its first sentence; None when the line is none."""
    label = label_at(text)
    found = _FIRST_SENTENCE.match(text, label.end) if label else None
    if label is None or found is None or _ANSWERS.search(text):
        return None
    return ListedProblem(label.style, label.value, label.printed.strip(), found[0].rstrip(_STOPS).strip())


_NUMBER = re.compile(rf"\d{{1,3}}|[{CN}]{{1,3}}")


def number_named(label: str) -> int | None:
    """The number in the words of a label: 4 of 关于（4）：; None when there is none."""
    found = _NUMBER.search(label)
    return number(found[0]) if found else None


class ListedProblems:
    """The problems of the lists that were read, by their numbers; the last one of each number counts."""

    def __init__(self) -> None:
        self._by_value: dict[int, ListedProblem] = {}

    def read(self, text: str) -> None:
        """Take in a paragraph that may be of a list."""
        if (problem := listed_problem(text)) is not None:
            self._by_value[problem.value] = problem

    def answered_at(self, label: str) -> ListedProblem | None:
        """The problem that a label names by its number: 对问题1："""
        value = number_named(label)
        return self._by_value.get(value) if value is not None else None
