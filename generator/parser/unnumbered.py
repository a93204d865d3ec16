"""Headings without a number: problems that a notice only names, and groups whose number it left out (FORMATS e).

A line alone proves nothing. What does: role labels that start again below it, as they do for each problem, or numbers
that do; and that it has the form of a title.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from generator.parser import part_status, status
from generator.parser.lines import (
    GROUP_MARKS,
    GROUP_TITLE,
    TITLE_MARKS,
    Line,
    is_exhortation,
    is_wrapped,
    names_problem,
    title_end,
)
from generator.parser.role_labels import RoleLabel
from generator.parser.rules import wordlists
from generator.parser.text import without_note
from generator.parser.told_in_turn import GROUP, told_in_turn
from generator.parser.turns import name_of

_LONGEST = 60
"""No title is longer, in characters; one in the form 关于…的问题 may be."""
_LONGEST_WRAPPED = 200
_LONGEST_GROUP = 40
_FAR = 12
"""Lines in which the answer of a problem is looked for."""
_BESIDE_MOST = 2
"""Paragraphs between a title and the first role label below it: what was found."""
_ANSWERS = ("response", "status")
_INNER = "。；;！!"
_BULLETS = "●·•◆◇■○▲※"
_OF_GROUP = re.compile("(?:针对|围绕|对照|对)?(?:[该本此这]|上述|以上)(?:方面|类|一方面|部分)")
_OF_ONE = re.compile("(?:目前|至此|截至目前)?[，,]?(?:[该此这本]|以上|上述)")
_SIGNS = f"{_BULLETS}—–- "
_LEAD_IN = re.compile(r"[^。]{0,40}(?:问题|整改|负责|牵头|表现)[^。]{0,24}[：:。]")
"""Between a group's heading and its first problem: 该方面共有3个具体问题，逐项整改情况如下："""


class Unnumbered(NamedTuple):
    """The headings among the lines that have no number."""

    issues: frozenset[int]
    groups: Mapping[int, str]
    """Each with the style of the number that it lacks; empty: unknown."""


def unnumbered(lines: Sequence[Line]) -> Unnumbered:
    """The headings without a number."""
    found = list(_candidates(lines))
    behind = {one.at for one in found if one.is_behind_answer}
    bare = _bare_styles(lines)
    signs = Counter(lines[one.at].text[:1] for one in found)
    again = {sign for sign in _BULLETS if signs[sign] > 1}
    issues = frozenset(
        one.at
        for one in found
        if one.is_behind_answer
        or (one.above is not None and (behind or _style(lines[one.above]) in bare or lines[one.at].text[:1] in again))
        or (one.is_first and behind)
    )
    told = told_in_turn(lines)
    groups = _called_above_numbers(lines) | dict(_groups(lines)) | _set_off(lines) | dict(told.groups)
    return Unnumbered(issues | told.issues, groups)


def is_called_group(line: Line) -> bool:
    """Whether a line alone is called after …方面 in the form of a problem's name: 关于政治建设有差距方面的问题."""
    name = line.text.rstrip(GROUP_MARKS)
    is_alone = line.label is None and line.role_label is None and not line.paragraph.is_row
    return is_alone and len(name) <= _LONGEST_GROUP and is_wrapped(name) and GROUP_TITLE.search(name) is not None


def _style(line: Line) -> str:
    return line.label.style if line.label else ""


class _Candidate(NamedTuple):
    """A line that may name a problem."""

    at: int
    above: int | None
    """The numbered line right above it."""
    is_behind_answer: bool
    """It stands below the answer of another problem."""
    is_first: bool = False
    """Nothing is numbered or answered above it."""


def _candidates(lines: Sequence[Line]) -> Iterator[_Candidate]:
    """The lines that may name a problem: of each run of plain lines that role labels follow, the likeliest."""
    seen: set[str] = set()
    """Role labels since the last heading."""
    roles: set[str] = set()
    run: list[int] = []
    above: int | None = None
    is_first = True
    for index, line in enumerate(lines):
        if line.label is not None and line.label.style == "shi" and "response" in roles:
            continue  # 一是…: what was done, below 整改情况：
        if line.label is not None:
            seen, roles, run, above, is_first = set(), set(), [], index, False
        elif line.role_label is None:
            run.append(index)
        if line.role_label is None and not _answers_inside(line):
            continue
        if line.role_label is not None and line.label is None:
            name = name_of(line, line.role_label)
            begins = (
                name in seen or (line.role_label.role == "finding" and "response" in roles)
            ) and "response" in roles
            best = _likeliest(lines, run if begins or above is not None else [])
            is_first_below = above is not None and best is not None and not seen and _is_first(lines, above, best)
            if best is not None and (begins or is_first_below):
                yield _Candidate(best, None if begins else above, begins)
                seen, roles = set(), set()
            elif is_first and best is None and (best := _likeliest(lines, run)) is not None:
                yield _Candidate(best, None, is_behind_answer=False, is_first=True)
            is_first = False
            seen.add(name)
            run, above = [], None
        elif line.role_label is None:  # 关于…的问题。整改情况：… in one line
            best = _likeliest(lines, [index])
            if best is not None:
                is_below = above is not None and above == index - 1
                yield _Candidate(index, above if is_below else None, not is_below and bool(roles), is_first)
            run, above, is_first = [], None, False
        roles |= {role_label.role for role_label in line.role_labels}


def _is_first(lines: Sequence[Line], above: int, at: int) -> bool:
    """Whether a line is the first below a heading, but for one that leads in: 涉及具体问题2个，分述如下："""
    return at == above + 1 or (at == above + 2 and _LEAD_IN.fullmatch(lines[above + 1].text) is not None)


def _answers_inside(line: Line) -> bool:
    return any(role_label.start > 0 and role_label.role in _ANSWERS for role_label in line.role_labels)


def _likeliest(lines: Sequence[Line], run: Sequence[int]) -> int | None:
    """The line of a run that is a title, when there is one with no more than what was found below it."""
    signs = Counter(lines[index].text[:1] for index in run)
    if any(signs[sign] > 1 for sign in _BULLETS):
        run = [index for index in run if lines[index].text[:1] not in _BULLETS]  # ●修订办法。●开展检查。
    scores = [(_score(lines[index]), -index) for index in run[-1 - _BESIDE_MOST :]]
    score, at = max(scores, default=(0, 0))
    return -at if score else None


def _score(line: Line) -> int:
    """How surely a line without number is a problem's title."""
    text = line.text
    start = line.words_at  # behind a bullet
    end = title_end(text, start, line.role_labels)
    title = without_note(text[start:end].rstrip(TITLE_MARKS))
    is_whole = end >= len(text) - 1 or bool(line.role_labels and line.role_labels[0].start <= end)
    if len(title) < 4 or len(title) > _LONGEST_WRAPPED or is_exhortation(title):
        return 4 if len(title) <= _LONGEST_WRAPPED and is_wrapped(title) and is_whole else 0
    if is_wrapped(title):
        return 4 if is_whole else 3
    if len(title) > _LONGEST or any(mark in title for mark in _INNER):
        return 0
    if not (names_problem(title) or title.endswith(wordlists.PROBLEM_ENDS)):
        return 0
    if not is_whole:  # the name of a problem, and what was found in the same line
        return int("，" not in title)
    return 3 if text[-1] not in "。，；" else 2 * int("，" not in title)


def _bare_styles(lines: Sequence[Line]) -> frozenset[str]:
    """The styles of numbers that stand above other numbers: those of groups."""
    found: set[str] = set()
    for line, below in itertools.pairwise(lines):
        if line.label and below.label and below.label.value == 1 and below.label.style != line.label.style:
            found.add(line.label.style)
    return frozenset(found)


def _groups(lines: Sequence[Line]) -> Iterator[tuple[int, str]]:
    """Lines alone above a number that begins anew: behind an answer, or where the next group is the second."""
    last: dict[str, int] = {}
    answered = False
    first: int | None = None
    """A line that may be the first group, if a second one follows."""
    for index, line in enumerate(lines):
        if line.label is not None:
            style, value = line.label.style, line.label.value
            at = index - 1 - (index > 1 and _leads_in(lines[index - 2], lines[index - 1]))
            above = lines[at] if index else None
            if above is not None and _may_be_group(above) and _is_sorting(above.text):
                yield at, ""
            elif value == 1 and above is not None and _may_be_group(above):
                is_told = style in last or _is_answered(lines[index : index + _FAR])
                if answered and is_told:
                    yield at, ""
                elif not answered:
                    first = at
            elif value == 2 and style not in last and first is not None:
                yield first, style
            first = None if value == 2 and style not in last else first
            last = {key: last[key] for key in _outer(last, style)} | {style: value}
            answered = False
        answered = answered or any(
            role_label.role in _ANSWERS and not _is_name(line, role_label) for role_label in line.role_labels
        )


_CALLED = re.compile(
    r"(?<!个)方面(?:的|存在的?)?(?:主要|具体|突出)?(?:问题)?$|(?:上|中|领域)存在的?(?:主要|具体|突出)?问题$"
)
"""How a group is called that has no number: 财务管理方面, 在选人用人上存在的问题."""


def _called_above_numbers(lines: Sequence[Line]) -> dict[int, str]:
    """Lines called as groups are, right above a numbered one; several of them, for numbers may go on below each."""
    numbered = (index for index, line in enumerate(lines) if index and line.label is not None)
    above = [index - 1 - (index > 1 and _leads_in_answers(lines[index - 2], lines[index - 1])) for index in numbered]
    found = [at for at in above if _CALLED.search(lines[at].text.rstrip("：:")) and _may_be_group(lines[at])]
    return dict.fromkeys(found, "") if len(found) > 1 else {}


def _leads_in_answers(group: Line, line: Line) -> bool:
    """Whether 整改情况： alone leads in the numbered problems of a group that is called so: 反馈问题：财务管理方面."""
    is_label = line.label is None and line.is_role_label_alone and line.role_labels[0].role == "response"
    return is_label and group.role_label is not None and group.role_label.role == "finding"


def _is_sorting(text: str) -> bool:
    """Whether a heading says how far all beneath it is: 已完成整改的问题; 该问题属于长期整改事项 closes an answer."""
    return not _OF_ONE.match(text) and part_status.of_heading(text.rstrip(GROUP_MARKS)) is not None


def _leads_in(group: Line, line: Line) -> bool:
    """Whether a line only leads in the problems of a group, whose heading stands above it."""
    is_plain = line.label is None and line.role_label is None and _LEAD_IN.fullmatch(line.text) is not None
    name = group.text.lstrip(_SIGNS)
    is_called = is_wrapped(name) or GROUP_TITLE.search(name) is not None or _OF_GROUP.match(line.text) is not None
    return is_plain and _may_be_group(group) and is_called


def _is_name(line: Line, role_label: RoleLabel) -> bool:
    """Whether a role label is all that a numbered line says: 二、整改进展."""
    return line.label is not None and role_label is line.role_label and line.is_role_label_alone


def _is_answered(lines: Sequence[Line]) -> bool:
    """Whether the first of the lines has an answer before the next number."""
    first, *below = lines
    if _answers_inside(first):
        return True
    own = itertools.takewhile(lambda line: line.label is None, below)
    return any(line.role_label is not None and line.role_label.role in _ANSWERS for line in own)


def _outer(last: dict[str, int], style: str) -> list[str]:
    """The styles that were in use before `style`, and itself."""
    styles = list(last)
    return styles[: styles.index(style) + 1] if style in last else styles


def _may_be_group(line: Line) -> bool:
    text = line.text.rstrip(GROUP_MARKS)
    is_plain = line.role_label is None or (
        line.role_label.role == "finding" and line.role_label.end < len(text)
    )  # 反馈问题：…方面
    is_short = line.label is None and is_plain and 4 <= len(text) <= _LONGEST_GROUP
    is_remark = text[:1] in "（(【[" and text[-1:] in "）)】]" and not _is_set_off(line)  # （该问题已完成整改）
    return is_short and not is_remark and not any(mark in text for mark in "。；;，,") and not line.paragraph.is_row


def _set_off(lines: Sequence[Line]) -> dict[int, str]:
    """The headings that square brackets set off, where there are several of them: they part the notice, or one part."""
    found = {line.text: at for at, line in enumerate(lines) if _is_set_off(line)}
    again = Counter(line.text for line in lines if line.text in found)
    at_once = [at for text, at in found.items() if again[text] == 1 and at + 1 < len(lines)]
    return dict.fromkeys(at_once, GROUP) if len(at_once) > 1 else {}


def _is_set_off(line: Line) -> bool:
    """Whether a line is a name in square brackets, and no status or role label: 【落实意识形态工作责任制】."""
    text = line.text
    is_whole = text[:1] in "【[" and text[-1:] in "】]" and not any(mark in text[1:-1] for mark in "【】[]。；")
    is_name = line.label is None and (line.role_label is None or line.role_label.role == "next")
    return is_whole and is_name and 4 <= len(text) <= _LONGEST_GROUP and not _says_status(text[1:-1])


def _says_status(words: str) -> bool:
    """Whether a remark says how far something is; 正在推进的问题 names those that are."""
    return part_status.of_heading(words) is None and status.decisive(words) is not None
