"""How deep each heading stands (FORMATS e): one pass with a stack of open series.

A number goes on with the innermost series that expects it, and goes back to an outer one only when it reads like a
heading. Behind a response label a new series is measures.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from generator.model.enumeration import items_of
from generator.model.numbering import label_at
from generator.parser.deeds import tells_deed
from generator.parser.grid import FOLLOWUP_ROW
from generator.parser.line_facts import LineFacts
from generator.parser.lines import Line, is_exhortation, is_wrapped, names_problem
from generator.parser.told_in_turn import GROUP


@dataclass(slots=True, eq=False)
class _Series:
    """Numbers of one style that go on at one depth."""

    style: str
    last: int
    level: int
    """0 for a series of measures."""
    at: int
    """Line of its last number."""


_STATUS = 20
"""A status before the first measure is no longer."""
_DEEPEST_HEADING = 5
_DEEPEST = 12
"""Series open at a time."""


def levels_of(lines: Sequence[Line], facts: LineFacts) -> list[int]:
    """The level of each line: 0 for what is no heading, 1 for the outermost."""
    levels = [0] * len(lines)
    stack: list[_Series] = []
    in_response = False
    for index, line in enumerate(lines):
        if line.label is None:
            if facts.opens_unnumbered[index]:
                is_group = index in facts.groups
                levels[index] = (
                    _open_group(stack, lines, facts, index) if is_group else _open_unnumbered(stack, line, index)
                )
                in_response = False
            elif line.role_label is not None:
                is_part = line.is_role_label_alone and not any(series.level for series in stack)
                in_response = not is_part  # 整改落实情况 alone above all numbers is the head of a part
                _open_inside(stack, line, index)
            continue
        if line.label.style == "shi" and not facts.answered[index]:
            continue
        if not facts.answered[index] and len(stack) < _DEEPEST and (last := _lists(line, facts.titles[index])):
            stack.append(_Series(line.label.style, last, 0, index))
            continue
        level, raised = _place(stack, lines, facts, index, in_response=in_response)
        levels[index] = level
        if raised is not None:
            levels[raised] -= 1
        in_response = bool(not level) and in_response
        if level and line.role_labels and line.role_labels[-1].role != "finding" and not _names_part(line, level):
            in_response = True
            _open_inside(stack, line, index)
    return levels


def _lists(line: Line, title: str) -> int:
    """The last number of a line that is a whole list, 第一，编印…；第二，开展…; 0 when it is none, or of problems.

    ①注销僵尸账号5个。②明确责任人。 is one though its first words sound like a problem.
    """
    if line.label is None or line.label.value != 1 or is_wrapped(title):
        return 0
    items = items_of(line.text)
    if not items or items[0].start:
        return 0
    if names_problem(title) and sum(tells_deed(line.text[one.words : one.end]) for one in items) * 2 <= len(items):
        return 0
    numbers = (label_at(line.text[item.start : item.words]) for item in items)
    printed = [(number.style, number.value) for number in numbers if number is not None]
    is_series = printed == [(line.label.style, value) for value in range(1, len(items) + 1)]
    return len(items) if is_series else 0


def _open_inside(stack: list[_Series], line: Line, index: int) -> None:
    """Opens the measures whose first number stands behind a role label: 整改情况：1.修订…, and below it 2.开展…"""
    start = line.role_labels[-1].end
    first = label_at(line.text, start)
    if first is None and (stop := line.text.find("。", start, start + _STATUS)) > 0:  # 整改情况：已完成。一、修订…
        first = label_at(line.text, stop + 1)
    if first is not None and first.value == 1 and line.role_labels[-1].role != "finding" and len(stack) < _DEEPEST:
        stack.append(_Series(first.style, 1, 0, index))


def _names_part(line: Line, level: int) -> bool:
    """Whether a label is all that an outermost heading says: 二、整改落实情况 is a part and no answer."""
    return level == 1 and line.is_role_label_alone


def _open_group(stack: list[_Series], lines: Sequence[Line], facts: LineFacts, index: int) -> int:
    """The level of a group's heading without number, above the numbers that begin anew below it."""
    if facts.groups[index] == GROUP:
        return _open_told_group(stack, index)
    below = next((line.label for line in lines[index + 1 : index + 3] if line.label), None)
    series = next((one for one in reversed(stack) if one.level and below and one.style == below.style), None)
    if series is None:
        while stack and not stack[-1].level:
            stack.pop()
        if stack and facts.answered[stack[-1].at]:
            return stack[-1].level  # beside a problem: nothing but its answer stands below one
        level = _below(stack)
        stack.append(_Series(facts.groups[index] or "hint-0", 1, level, index))
        return level
    del stack[stack.index(series) :]
    return max(series.level - 1, 1)


def _below(stack: Sequence[_Series]) -> int:
    """The level below the innermost open series."""
    return min((stack[-1].level if stack else 0) + 1, _DEEPEST_HEADING)


def _open_told_group(stack: list[_Series], index: int) -> int:
    """The level of a group's heading without number, above problems without numbers."""
    while stack and not stack[-1].level:
        stack.pop()
    series = next((one for one in stack if one.style == GROUP), None)
    if series is None:
        while stack and stack[-1].style.startswith("hint-"):
            stack.pop()
        series = _Series(GROUP, 0, _below(stack), index)
        stack.append(series)
    del stack[stack.index(series) + 1 :]
    series.at = index
    return series.level


def _open_unnumbered(stack: list[_Series], line: Line, index: int) -> int:
    style = f"hint-{line.paragraph.level}"
    while stack and not stack[-1].level:
        stack.pop()
    for depth, series in enumerate(stack):
        if series.style == style:
            del stack[depth + 1 :]
            series.at = index
            return series.level
    level = _below(stack)
    stack.append(_Series(style, 0, level, index))
    return level


def _place(
    stack: list[_Series], lines: Sequence[Line], facts: LineFacts, index: int, *, in_response: bool
) -> tuple[int, int | None]:
    """The level of the numbered line `index` (0: a measure), and the line that it shows to be one level higher up."""
    label = lines[index].label
    assert label is not None  # noqa: S101  # callers pass numbered lines
    reads_as_heading = facts.answered[index] or label.style == FOLLOWUP_ROW or _is_bare(lines, facts, index)
    same = [series for series in reversed(stack) if series.style == label.style]
    if same and label.style.startswith("decimal"):  # 2.1 behind 1.3: the number itself says how deep it stands
        del stack[stack.index(same[0]) + 1 :]
        same[0].last, same[0].at = label.value, index
        return same[0].level, None
    going_on = _going_on(same, lines, index, reads_as_heading=reads_as_heading, facts=facts)
    if going_on is None and label.value == 1 and reads_as_heading and in_response and _is_raised(lines, index, same):
        going_on = _parent(stack, same[0])
    if going_on is not None:
        del stack[stack.index(going_on) + 1 :]
        going_on.last, going_on.at = label.value, index
        return going_on.level, None
    if len(stack) >= _DEEPEST:
        del stack[1:]  # no notice nests so deep: the numbering begins anew, and the cost stays linear
    if in_response and not reads_as_heading:
        while stack and not stack[-1].level and stack[-1].style != label.style and label.value != 1:
            stack.pop()
        stack.append(_Series(label.style, label.value, 0, index))
        return 0, None
    while stack and not stack[-1].level:
        stack.pop()
    raised = None
    is_empty = bool(stack) and stack[-1].at == index - 1 and not facts.answered[index - 1]
    if label.value == 1 and is_empty and stack[-1].style == label.style and len(stack) > 1:
        # an empty heading, then the same style from 1 again: the empty one stands for its parent's number
        raised = stack[-1].at
        stack.pop()
        stack[-1].at = raised
    level = _below(stack)
    stack.append(_Series(label.style, label.value, level, index))
    return level, raised


def _going_on(
    same: Sequence[_Series], lines: Sequence[Line], index: int, *, reads_as_heading: bool, facts: LineFacts
) -> _Series | None:
    """The open series (innermost first) that the number of line `index` continues."""
    label, title = lines[index].label, facts.titles[index]
    value = label.value if label else 0
    expected = [series for series in same if value == series.last + 1]
    if expected:
        outer = next((series for series in expected if series.level), None)
        if outer is not None and outer is not expected[0] and not reads_as_heading:
            form = _form(lines[index])
            if form == _form(lines[expected[0].at]) != _form(lines[outer.at]):
                return expected[0]
        if outer is not None and (reads_as_heading or _alike(title, outer, facts)):
            return outer
        return expected[0]
    if value == 1 and same and same[0].last == 1 and same[0].level and reads_as_heading and facts.answered[same[0].at]:
        return same[0] if _alike(title, same[0], facts) else None  # the number is printed again
    for series in same:
        if series.level and value > 1 and series.last <= value <= series.last + 3 and _alike(title, series, facts):
            return series
    if value > 1:
        return next((series for series in same if series.last <= value), None)
    return None


_NUMBER = re.compile(r"\w")


def _form(line: Line) -> str:
    """What stands around a number: `. ` behind one that a browser or Word counts, `.` or `、` behind a typed one."""
    return _NUMBER.sub("", line.text[: line.label.end]) if line.label else ""


def _alike(title: str, series: _Series, facts: LineFacts) -> bool:
    """Whether a title has the form of the one before it in the series: 关于…的问题, or a problem in plain words."""
    if is_wrapped(facts.titles[series.at]):
        return is_wrapped(title)
    return names_problem(title) and not is_exhortation(title)


def _is_bare(lines: Sequence[Line], facts: LineFacts, index: int) -> bool:
    """Whether the line is a title alone and the next one begins a series of its own."""
    following = lines[index + 1].label if index + 1 < len(lines) else None
    return (
        following is not None
        and following.value == 1
        and facts.is_whole[index]
        and not lines[index].text.endswith((";", "；"))
    )


def _is_raised(lines: Sequence[Line], index: int, same: Sequence[_Series]) -> bool:
    """Whether the number 1 stands for the next one of the series above: the same style begins again right below it."""
    label = lines[index].label
    following = lines[index + 1].label if index + 1 < len(lines) else None
    return bool(same and same[0].level > 1 and label and following and following.style == label.style)


def _parent(stack: Sequence[_Series], series: _Series) -> _Series | None:
    at = stack.index(series)
    return next((above for above in reversed(stack[:at]) if above.level), None)


@dataclass(frozen=True, slots=True)
class HeadingTree:
    """Parent (-1: none) and children of each heading line; `end` is the line behind all that stands under it."""

    parent: tuple[int, ...]
    children: tuple[tuple[int, ...], ...]
    end: tuple[int, ...]

    @classmethod
    def of(cls, levels: Sequence[int]) -> HeadingTree:
        """The tree that the levels of the lines make."""
        size = len(levels)
        parent, end = [-1] * size, [size] * size
        children: list[list[int]] = [[] for _ in range(size)]
        open_: list[int] = []
        for index, level in enumerate(levels):
            if not level:
                continue
            while open_ and levels[open_[-1]] >= level:
                end[open_.pop()] = index
            if open_:
                parent[index] = open_[-1]
                children[open_[-1]].append(index)
            open_.append(index)
        return cls(tuple(parent), tuple(tuple(kids) for kids in children), tuple(end))
