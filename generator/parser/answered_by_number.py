"""Problems that stand in a list, and below it an answer to each that names it by its number alone (FORMATS e).

反馈问题：第1项：“组织生活质量不高”。… 整改情况：关于（1）：班子成员开展会前谈心13次。…
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from generator.model.listed import listed_problem
from generator.model.numbering import CN, Label, number
from generator.parser.lines import Line
from generator.parser.role_labels import RoleLabel

_NUMBER = rf"(\d{{1,3}}|[{CN}]{{1,3}})"
_N = rf"[（(]?\s?{_NUMBER}\s?[）)]?"
_ITS = r"(?:的?整改(?:落实|进展|完成)?情况)"
_ANSWER = re.compile(
    rf"(?:针?对|关于|就)\s?(?:第\s?{_N}\s?[个项条]?(?:问题)?|(?:反馈)?问题\s?{_N}|[（(]{_NUMBER}[）)]){_ITS}?\s?[：:，,]\s*"
    rf"|第\s?{_N}\s?[个项条]问题{_ITS}?\s?[：:]\s*"
    rf"|(?:反馈)?问题\s?{_N}{_ITS}\s?[：:]\s*"
)
"""关于（1）：, 对问题1：, 第2个问题：, 问题3整改情况："""
_FEWEST = 2
STYLE = "named"
"""Style of their numbers: as those of 问题1："""


class _Answer(NamedTuple):
    at: int
    value: int
    label: Label


def answered_by_number(lines: Sequence[Line]) -> tuple[list[Line], Mapping[int, str]]:
    """The lines, what names a problem by its number taken for its label; and the problem of each such line.

    Only where each answer's number is that of a problem in the list above them. The list is text then.
    """
    answers = [answer for at, line in enumerate(lines) if (answer := _answer(at, line)) is not None]
    named: dict[int, str] = {}
    listed: set[int] = set()
    floor = 0
    for block in _blocks(answers):
        found = _list_of(lines, block, floor)
        if found is None:
            return list(lines), {}
        for answer, (at, title) in zip(block, found, strict=True):
            named[answer.at] = title
            listed.add(at)
        floor = block[-1].at + 1
    if len(named) < _FEWEST:
        return list(lines), {}
    labels = {answer.at: answer.label for answer in answers}
    return [
        _as_answer(line, labels[at]) if at in labels else _as_text(line) if at in listed else line
        for at, line in enumerate(lines)
    ], named


def _answer(at: int, line: Line) -> _Answer | None:
    found = _ANSWER.match(line.text)
    value = number(next(filter(None, found.groups()))) if found else None
    if found is None or value is None or found.end() >= len(line.text):
        return None
    return _Answer(at, value, Label(STYLE, value, found[0].rstrip(), found.end()))


def _blocks(answers: Sequence[_Answer]) -> list[list[_Answer]]:
    """The answers in runs of numbers that go on."""
    blocks: list[list[_Answer]] = []
    for answer in answers:
        if blocks and answer.value == blocks[-1][-1].value + 1:
            blocks[-1].append(answer)
        else:
            blocks.append([answer])
    return blocks


def _list_of(lines: Sequence[Line], block: Sequence[_Answer], floor: int) -> list[tuple[int, str]] | None:
    """Index and name of each problem that a run of answers means: those between the answers before it and each."""
    places: dict[str, dict[int, tuple[int, str]]] = {}
    answers = {answer.at for answer in block}
    for at in range(floor, block[-1].at):
        problem = listed_problem(lines[at].text) if lines[at].label and at not in answers else None
        if problem is not None and lines[at].label is not None:
            places.setdefault(problem.style, {})[problem.value] = (at, problem.title)
    for own in places.values():
        found = [own.get(answer.value) for answer in block]
        whole = [one for one in found if one is not None]
        if len(whole) == len(block) and all(one[0] < answer.at for one, answer in zip(whole, block, strict=True)):
            return whole
    return None


def _as_answer(line: Line, label: Label) -> Line:
    led_in = RoleLabel("response", label.end, label.end)
    behind = tuple(one for one in line.role_labels if one.start > label.end)
    return line._replace(label=label, role_label=None, role_labels=(led_in, *behind))


def _as_text(line: Line) -> Line:
    """A line of the list without its number."""
    return line._replace(label=None, role_label=None, role_labels=())
