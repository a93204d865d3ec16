"""What each line would be as a heading: its title, whether an answer follows, whether it opens one without a number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from generator.parser.lines import (
    GROUP_MARKS,
    GROUP_TITLE,
    TITLE_MARKS,
    Line,
    is_exhortation,
    is_problem,
    is_wrapped,
    names_problem,
    problem_end,
    title_end,
)
from generator.parser.told_in_lines import told_in_lines
from generator.parser.told_in_turn import GROUP
from generator.parser.turns import Turns
from generator.parser.unnumbered import is_called_group, unnumbered


@dataclass(frozen=True, slots=True)
class LineFacts:
    """What each line is by itself and by the lines right after it."""

    titles: tuple[str, ...]
    """The title that the line would have as a heading; empty where none can stand."""
    ends: tuple[int, ...]
    """Offset behind that title."""
    is_whole: tuple[bool, ...]
    """The title is all of the line."""
    answered: tuple[bool, ...]
    """A response label follows before the next number, or in the line itself behind the title."""
    opens_unnumbered: tuple[bool, ...]
    """A line without number that is a title, answered or marked as a heading by the file."""
    groups: Mapping[int, str]
    """Of these, the headings of groups, each with the style of the number that it lacks; empty: unknown."""

    @classmethod
    def of(cls, lines: Sequence[Line], named: Mapping[int, str]) -> LineFacts:
        """What the lines are; those in `named` have their titles elsewhere."""
        size = len(lines)
        titles, ends, whole = [""] * size, [0] * size, [False] * size
        answered, opens = [False] * size, [False] * size
        follows = is_answer = False
        turns = Turns(lines)
        bare = unnumbered(lines)
        told = told_in_lines(lines)
        answered_ones = _answered_ones(lines) | told.keys()
        titled = bare.issues | bare.groups.keys() | _unfinished_ones(lines)
        openers = frozenset(index for index in turns.openers() if index - 1 not in bare.issues)
        for index in range(size - 1, -1, -1):
            line, is_answered = lines[index], is_answer
            is_answer = (
                line.label is None and line.role_label is not None and line.role_label.role in ("response", "status")
            )
            if line.label is None:
                follows = follows or is_answer
                answered[index] = _answers_behind(line, 0)
                above = lines[index - 1] if index else None
                may_open = _may_open(line, is_answered=is_answered) or (is_answered and _tells(line, above))
                if not may_open and index not in openers and index not in titled:
                    continue
                if is_answered and above is not None and _is_title_alone(above):
                    continue  # what was found
            at, end = _title_in(line, is_opener=index in openers, is_bare=index in bare.issues)
            end = told.get(index, end)
            ends[index] = end
            titles[index] = line.text[at:end].rstrip(TITLE_MARKS)
            whole[index] = end >= len(line.text) - 1
            if line.label is not None:
                if line.label.style == "shi" and index not in answered_ones:
                    continue
                goes_on = turns.goes_on(index)
                answered[index] = (follows and not goes_on) or _answers_behind(line, at) or index in told
                follows = follows and goes_on  # else the answer is another heading's
            elif index in openers or index in titled:
                opens[index], answered[index] = True, follows or answered[index]
                follows = False
            elif _is_marked(line) or is_wrapped(titles[index]) or _is_set_off_by_bullet(line, above, titles[index]):
                opens[index], answered[index] = True, is_answered or answered[index]
                follows = False
        for index, title in named.items():
            titles[index], ends[index], whole[index], answered[index] = title, lines[index].words_at, False, True
        _answer_told(lines, titles, ends, answered)
        groups = dict(bare.groups)
        for at in _called_groups(lines, opens):
            titles[at], ends[at], whole[at] = lines[at].text.rstrip(GROUP_MARKS), len(lines[at].text), True
            opens[at], groups[at] = True, GROUP
        return cls(tuple(titles), tuple(ends), tuple(whole), tuple(answered), tuple(opens), groups)


def _title_in(line: Line, *, is_opener: bool, is_bare: bool) -> tuple[int, int]:
    """Where the title of a line would begin and end: behind its number, and behind 反馈问题： that opens the issue."""
    is_told = line.role_label is not None and line.role_label.role == "finding" and (line.label or is_opener)
    at = line.role_label.end if line.role_label and is_told else line.words_at
    end = title_end(line.text, at, line.role_labels)
    told = problem_end(line.text, at) if is_bare else None
    return at, end if told is None else min(end, told)  # 针对“…不规范”问题，修订…


def _unfinished_ones(lines: Sequence[Line]) -> frozenset[int]:
    """The lines without number that name what is unfinished, and why: 产权证办理问题。未完成原因：…下一步措施：…"""
    return frozenset(
        index
        for index, line in enumerate(lines)
        if line.label is None
        and line.role_label is None
        and line.role_labels
        and line.role_labels[0].role == "reason"
        and _SHORTEST <= line.role_labels[0].start <= _LONGEST_NAME
    )


_SHORTEST = 4
_LONGEST_NAME = 60


def _called_groups(lines: Sequence[Line], opens: Sequence[bool]) -> list[int]:
    """The lines right above a problem without number that are called as groups are: 关于…方面的问题."""
    return [
        at
        for at in range(len(lines) - 1)
        if opens[at + 1] and lines[at + 1].label is None and is_called_group(lines[at])
    ]


def _answered_ones(lines: Sequence[Line]) -> frozenset[int]:
    """The lines 一是…, 二是… that name a problem each, with an answer of its own right below it.

    Others are what was found, or measures, and so is a list in one paragraph: 一是…二是…
    """
    found: set[int] = set()
    last: int | None = None
    in_response = False
    for index, line in enumerate(lines):
        if line.label is None:
            in_response = in_response or (line.role_label is not None and line.role_label.role == "response")
            continue
        if line.label.style != "shi":
            last, in_response = None, False
            continue
        below = next((one for one in lines[index + 1 : index + 3] if one.label or one.role_label), None)
        is_own = (
            below is not None
            and below.label is None
            and below.role_label is not None
            and below.role_label.role == "response"
        ) or _names_and_answers(line)
        goes_on = last is not None or (line.label.value == 1 and not in_response)
        if is_own and goes_on and "二是" not in line.text[line.words_at :]:
            last = index
            found.add(index)
        elif line.label.value == 1:
            last = None
    return frozenset(found)


def _names_and_answers(line: Line) -> bool:
    """Whether a line names a problem and has its answer behind it: 一是“公车管理不严”问题。整改情况：…"""
    title = line.text[line.words_at : title_end(line.text, line.words_at, line.role_labels)]
    is_name = is_wrapped(title.rstrip("。．")) or is_problem(title)
    return is_name and any(role_label.role == "response" for role_label in line.role_labels)


def _answer_told(lines: Sequence[Line], titles: Sequence[str], ends: Sequence[int], answered: list[bool]) -> None:
    """Marks numbered lines as answered that tell of a problem each, below a label for all of them.

    整改情况：, then ①关于…不精准。开展…, ②关于…不力。开展…; below 反馈问题：财务管理方面 also 1.报销不规范。修订…
    """
    style, value, is_open, is_in_group = "", 0, False, False
    for index, line in enumerate(lines):
        if line.label is None:
            if line.role_label is not None:
                is_open = line.role_label.role == "response" and line.is_role_label_alone
                is_in_group = is_open and index > 0 and _names_group(lines[index - 1])
                style = ""
            continue
        goes_on = line.label.style == style and line.label.value == value + 1
        begins = is_open and line.label.value == 1
        is_open = False
        begins = begins or (is_in_group and not style)
        if (goes_on or begins) and _tells_behind(line.text, titles[index], ends[index], is_in_group=is_in_group):
            style, value, answered[index] = line.label.style, line.label.value, True
        else:
            style, is_in_group = "", False


_ABOUT = ("关于", "针对", "“")


def _names_group(line: Line) -> bool:
    """Whether a label leads in the name of a group: 反馈问题：财务管理方面."""
    is_finding = line.role_label is not None and line.role_label.role == "finding"
    return is_finding and GROUP_TITLE.search(line.text.rstrip(GROUP_MARKS)) is not None


def _tells_behind(text: str, title: str, end: int, *, is_in_group: bool) -> bool:
    """Whether a title that ends there names a problem, and the answer stands behind it."""
    is_name = title.startswith(_ABOUT) or (is_in_group and not is_exhortation(title))
    return end < len(text) and text[end - 1] == "。" and is_name and names_problem(title)


def _answers_behind(line: Line, at: int) -> bool:
    return any(role_label.start > at and role_label.role in ("response", "status") for role_label in line.role_labels)


def _may_open(line: Line, *, is_answered: bool) -> bool:
    """Whether a line without number may be a title: the file marks it as a heading, or an answer stands below it."""
    if line.role_label is not None or not 4 <= len(line.text) <= 100:
        return False
    return _is_marked(line) or (is_answered and "。" not in line.text[:-1])


def _is_title_alone(line: Line) -> bool:
    """Whether a numbered line is nothing but the name of a problem: 二、关于“执行工作不规范”的问题."""
    if line.label is None or line.role_labels:
        return False
    title = line.text[line.words_at :].rstrip("。．.：:；; ")
    return is_wrapped(title) and not GROUP_TITLE.search(title)


def _tells(line: Line, above: Line | None) -> bool:
    """Whether a line without number names a problem and tells of it: 关于…的问题。13个基层社中有6个…

    A numbered line above that names a problem is the title, and what follows it the finding.
    """
    if line.role_label is not None or not line.text.startswith("关于"):
        return False
    if above is not None and above.label is not None and is_problem(above.text):
        return False
    return is_wrapped(line.text[: title_end(line.text, 0, line.role_labels)].rstrip(TITLE_MARKS))


def _is_set_off_by_bullet(line: Line, above: Line | None, title: str) -> bool:
    """Whether a bullet sets a problem off, and not one of several measures: ●修订办法。●查处问题9个。"""
    is_item = above is not None and above.text[:1] == line.text[:1]
    return line.words_at > 0 and is_problem(title) and not is_item


def _is_marked(line: Line) -> bool:
    return bool(line.paragraph.level) and not line.text.endswith("。")
