"""Problems without numbers and labels, told one after the other: a title that is a sentence, and the answer behind it.

One such paragraph proves nothing. What does: that all paragraphs below a heading have this form, in a notice that
prints no labels.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from generator.parser.deeds import tells_deed
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
from generator.parser.role_labels import RoleLabel
from generator.parser.rules import wordlists

GROUP = "group"
"""Style of a group's heading above such problems."""
_LONGEST = 44
_SHORTEST = 4
_SHORTEST_ANSWER = 10
_SHORTEST_TOLD = 6
"""Characters behind the name of a problem in its line."""
_LONGEST_GROUP = 40
_FEWEST = 2
"""So many problems at least stand below one heading."""
_FEWEST_IN_ALL = 3
_LAST = ("下一步", "下步", "今后", "接下来", "以上", "欢迎", "特此")
"""Begins what stands behind the problems of a notice without parts."""


class ToldInTurn(NamedTuple):
    """Headings without a number among the lines."""

    issues: frozenset[int]
    groups: Mapping[int, str]


def told_in_turn(lines: Sequence[Line]) -> ToldInTurn:
    """The problems that a notice without labels tells in turn, and the headings of their groups."""
    if prints_answers(lines):
        return ToldInTurn(frozenset(), {})
    issues: set[int] = set()
    groups: dict[int, str] = {}
    told = [(stretch, _problems(lines, stretch)) for stretch in _stretches(lines)]
    fewest = min((_FEWEST, *(_FEWEST - 1 for _, found in told if len(found) >= _FEWEST)))
    for stretch, found in told:
        if len(found) >= fewest:
            issues.update(found)
            groups.update((index - 1, GROUP) for index in found if index - 1 in stretch and _is_group(lines[index - 1]))
    if len(issues) < _FEWEST_IN_ALL:
        issues, groups = set(), {}
    issues |= _pointed_at(lines) | _without_number(lines)
    groups = {index: style for index, style in groups.items() if index not in issues}
    return ToldInTurn(frozenset(issues), groups)


def prints_answers(lines: Sequence[Line]) -> bool:
    """Whether the notice prints labels for its answers, or for how far they are."""
    return any(role_label.role in ("response", "status") for line in lines for role_label in _leading(line))


def _pointed_at(lines: Sequence[Line]) -> set[int]:
    """The lines 针对“…”，… that are all that stands below numbered headings which are not 关于…的问题 themselves."""
    found: set[int] = set()
    above: Line | None = None
    run: list[int] = []
    for index, line in enumerate(lines):
        if line.label is None and problem_end(line.text, 0) is not None and not line.role_labels:
            run.append(index)
            continue
        if above is not None and (line.label is not None or line.text.startswith(_LAST)):
            found.update(run)
        run = []
        above = line if line.label is not None and _may_hold(line) else None
    return found if len(found) >= _FEWEST_IN_ALL else set()


def _may_hold(line: Line) -> bool:
    title, end = _title(line)
    return end >= len(line.text) - 1 and (GROUP_TITLE.search(title) is not None or not is_wrapped(title))


def _without_number(lines: Sequence[Line]) -> set[int]:
    """The problems alone in their group, whose number was left out, where others are numbered: 关于…不高的问题."""
    titles = Counter(line.label.style for line in lines if line.label is not None and _names_one(line))
    if not titles or max(titles.values()) < _FEWEST_IN_ALL:
        return set()
    return {
        at
        for at, (group, line, below) in enumerate(zip(lines, lines[1:], lines[2:], strict=False), 1)
        if line.label is None and _names_one(line) and not line.paragraph.level
        and group.label is not None and group.label.style not in titles
        and GROUP_TITLE.search(_title(group)[0]) and _title(group)[1] >= len(group.text) - 1
        and below.text[-1:] in "。；;！" and (below.label is None or below.label.style not in titles)
    }  # fmt: skip


def _names_one(line: Line) -> bool:
    """Whether a line is 关于…的问题 and nothing else."""
    title, end = _title(line)
    return end >= len(line.text) - 1 and is_wrapped(title) and GROUP_TITLE.search(title) is None


def _leading(line: Line) -> Iterator[RoleLabel]:
    """The labels of a line that lead words in; 二、整改情况 is a heading."""
    for role_label in line.role_labels:
        if line.label is None or role_label.end < len(line.text):
            yield role_label


def _stretches(lines: Sequence[Line]) -> Iterator[range]:
    """The runs of plain lines below a numbered heading that names no problem; all lines where none has a number."""
    start: int | None = None if any(line.label is not None or line.paragraph.level for line in lines) else 0
    for index, line in enumerate(lines):
        if line.label is None and not line.role_labels and not line.paragraph.is_row:
            continue
        if start is not None and index > start:
            yield range(start, index)
        start = index + 1 if line.label is not None and _is_part(line) else None
    if start is not None and start < len(lines):
        yield range(start, len(lines))


def _is_part(line: Line) -> bool:
    """Whether a numbered line is the heading of several problems."""
    title, end = _title(line)
    if end < len(line.text) - 1:
        return False
    return GROUP_TITLE.search(title) is not None or not (is_wrapped(title) or names_problem(title))


def _problems(lines: Sequence[Line], stretch: range) -> list[int]:
    """The problems of a stretch, when nothing else stands in it but groups, and words before the first."""
    found: list[int] = []
    is_open = False
    """The last line is a title alone, or with what was found, and its answer follows."""
    for index in stretch:
        line = lines[index]
        if _is_told(line):
            found.append(index)
            is_open = not tells_deed(line.text[_title(line)[1] :])  # what was found, and its answer below
        elif (
            (_is_title(line) or (found and _may_be_title(line)))
            and index + 1 in stretch
            and _is_answer(lines[index + 1])
        ):
            found.append(index)
            is_open = True
        elif is_open and _is_answer(line):
            continue
        elif _is_group(line):
            is_open = False
        elif found and line.text.startswith(_LAST):
            break
        elif found:
            return []
    return found


def _title(line: Line) -> tuple[str, int]:
    end = title_end(line.text, line.words_at, line.role_labels)
    title = line.text[line.words_at : end].rstrip(TITLE_MARKS)
    return title.strip("【】") if title[:1] == "【" else title, end


def _is_named(title: str) -> bool:
    if not _SHORTEST <= len(title) <= _LONGEST or (is_exhortation(title) and not is_wrapped(title)):
        return False
    return is_wrapped(title) or names_problem(title) or (title.endswith(wordlists.PROBLEM_ENDS) and is_problem(title))


def _is_told(line: Line) -> bool:
    """Whether a line names a problem in its first sentence, and says more behind it."""
    title, end = _title(line)
    told = problem_end(line.text, line.words_at)  # 针对“…”问题，…
    if told is not None and len(line.text) - told >= _SHORTEST_ANSWER:
        return True
    return _is_named(title) and len(line.text) - end >= _SHORTEST_TOLD


def _is_title(line: Line) -> bool:
    title, end = _title(line)
    return end >= len(line.text) - 1 and _is_named(title) and not title.endswith("方面")


def _may_be_title(line: Line) -> bool:
    """Whether a line may be a title beside others, whatever its words: 干部作风拖沓."""
    return _is_group(line) and not line.text.endswith(("方面", "：", ":"))


def _is_answer(line: Line) -> bool:
    return len(line.text) >= _SHORTEST_ANSWER and line.text[-1] in "。；;！" and not _is_told(line)


def _is_group(line: Line) -> bool:
    text = line.text.rstrip(GROUP_MARKS)
    return _SHORTEST <= len(text) <= _LONGEST_GROUP and not any(mark in text for mark in "。；;，,")
