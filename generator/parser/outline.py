"""Which paragraphs are headings, how deep, and which of them open an issue or a follow-up (FORMATS e).

What decides is what follows a heading, and the notice's own habit; never the level or the style by itself:

1. `levels`: one pass with a stack of open series. A number goes on with the innermost series that expects it, and goes
   back to an outer one only when it reads like a heading. Behind a response label a new series is measures.
2. `kinds`: a heading answered by a response label is an issue; where the notice prints no labels, the leaves of a part
   about problems are. Headings of the other parts are prose.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from generator.parser.lines import Line, is_exhortation, is_problem, is_wrapped, names_problem, title_end
from generator.parser.text import patterns
from generator.tables import words

Kind = Literal["text", "heading", "issue", "followup"]
PartKind = Literal["organisation", "next", "handling", "followup", "issues", "unknown"]


@dataclass(frozen=True, slots=True)
class Outline:
    """For each line: its level (0: no heading) and its kind."""

    levels: tuple[int, ...]
    kinds: tuple[Kind, ...]
    parts: tuple[PartKind, ...]
    """The kind of the part that the line stands in."""


def outline_of(lines: Sequence[Line]) -> Outline:
    """The outline of a notice's lines."""
    facts = _Facts.of(lines)
    levels = _levels(lines, facts)
    tree = _Tree.of(levels)
    parts = _parts(lines, facts, levels, tree)
    kinds = _kinds(lines, facts, levels, tree, parts)
    return Outline(
        tuple(level if kind != "text" else 0 for level, kind in zip(levels, kinds, strict=True)), kinds, parts
    )


# ------------------------------------------------------------------------------------------------------------- facts


@dataclass(frozen=True, slots=True)
class _Facts:
    """What each line is by itself and by the lines right after it."""

    titles: tuple[str, ...]
    """The title that the line would have as a heading; empty where none can stand."""
    is_whole: tuple[bool, ...]
    """The title is all of the line."""
    answered: tuple[bool, ...]
    """A response label follows before the next number, or in the line itself behind the title."""
    opens_unnumbered: tuple[bool, ...]
    """A line without number that is a title, answered or marked as a heading by the file."""

    @classmethod
    def of(cls, lines: Sequence[Line]) -> _Facts:
        size = len(lines)
        titles, whole, answered, unnumbered = [""] * size, [False] * size, [False] * size, [False] * size
        follows = is_answer = False
        for index in range(size - 1, -1, -1):
            line, is_answered = lines[index], is_answer
            is_answer = line.label is None and line.lead is not None and line.lead.role in ("response", "status")
            if line.label is None:
                follows = follows or is_answer
                answered[index] = _answers_behind(line, 0)
                if not _may_open(line, is_answered=is_answered):
                    continue
            at = line.lead.end if line.label and line.lead and line.lead.role == "finding" else line.words_at
            end = title_end(line.text, at, line.leads)
            titles[index] = line.text[at:end].rstrip("。．.：:；;，, ")
            whole[index] = end >= len(line.text) - 1
            if line.label is not None:
                answered[index] = follows or _answers_behind(line, at)
                follows = False
            elif _is_marked(line) or is_wrapped(titles[index]):
                unnumbered[index], answered[index] = True, is_answered or answered[index]
        return cls(tuple(titles), tuple(whole), tuple(answered), tuple(unnumbered))


def _answers_behind(line: Line, at: int) -> bool:
    return any(lead.start > at and lead.role in ("response", "status") for lead in line.leads) if line.leads else False


def _may_open(line: Line, *, is_answered: bool) -> bool:
    """Whether a line without number may be a title: the file marks it as a heading, or an answer stands below it."""
    if line.lead is not None or not 4 <= len(line.text) <= 100:
        return False
    return _is_marked(line) or (is_answered and "。" not in line.text[:-1])


def _is_marked(line: Line) -> bool:
    return bool(line.paragraph.level) and not line.text.endswith("。")


# ------------------------------------------------------------------------------------------------------------ levels


@dataclass(slots=True)
class _Series:
    """Numbers of one style that go on at one depth."""

    style: str
    last: int
    level: int
    """0 for a series of measures."""
    at: int
    """Line of its last number."""


_DEEPEST = 12
"""Series open at a time."""


def _levels(lines: Sequence[Line], facts: _Facts) -> list[int]:
    levels = [0] * len(lines)
    stack: list[_Series] = []
    in_response = False
    for index, line in enumerate(lines):
        if line.label is None:
            if facts.opens_unnumbered[index]:
                levels[index] = _open_unnumbered(stack, line, index)
                in_response = False
            elif line.lead is not None:
                in_response = True
            continue
        if line.label.style == "shi" and not facts.answered[index]:
            continue
        level, raised = _place(stack, lines, facts, index, in_response=in_response)
        levels[index] = level
        if raised is not None:
            levels[raised] -= 1
        in_response = bool(not level) and in_response
        if level and line.lead is not None and line.lead.role != "finding":
            in_response = True
    return levels


def _open_unnumbered(stack: list[_Series], line: Line, index: int) -> int:
    style = f"hint-{line.paragraph.level}"
    while stack and not stack[-1].level:
        stack.pop()
    for depth, series in enumerate(stack):
        if series.style == style:
            del stack[depth + 1 :]
            series.at = index
            return series.level
    level = (stack[-1].level if stack else 0) + 1
    stack.append(_Series(style, 0, level, index))
    return level


def _place(
    stack: list[_Series], lines: Sequence[Line], facts: _Facts, index: int, *, in_response: bool
) -> tuple[int, int | None]:
    """The level of the numbered line `index` (0: a measure), and the line that it shows to be one level higher up."""
    label = lines[index].label
    assert label is not None  # noqa: S101  # callers pass numbered lines
    reads_as_heading = facts.answered[index] or _is_bare(lines, facts, index)
    same = [series for series in reversed(stack) if series.style == label.style]
    going_on = _going_on(same, label.value, reads_as_heading=reads_as_heading, title=facts.titles[index], facts=facts)
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
    if label.value == 1 and stack and stack[-1].style == label.style and stack[-1].at == index - 1 and len(stack) > 1:
        # an empty heading, then the same style from 1 again: the empty one stands for its parent's number
        raised = stack[-1].at
        stack.pop()
        stack[-1].at = raised
    level = min((stack[-1].level if stack else 0) + 1, 5)
    stack.append(_Series(label.style, label.value, level, index))
    return level, raised


def _going_on(
    same: Sequence[_Series], value: int, *, reads_as_heading: bool, title: str, facts: _Facts
) -> _Series | None:
    """The open series (innermost first) that `value` continues."""
    expected = [series for series in same if value == series.last + 1]
    if expected:
        outer = next((series for series in expected if series.level), None)
        if outer is not None and (reads_as_heading or _alike(title, outer, facts)):
            return outer
        return expected[0]
    for series in same:
        if series.level and value > 1 and series.last <= value <= series.last + 3 and _alike(title, series, facts):
            return series
    if value > 1:
        return next((series for series in same if series.last <= value), None)
    return None


def _alike(title: str, series: _Series, facts: _Facts) -> bool:
    """Whether a title has the form of the one before it in the series: 关于…的问题, or a problem in plain words."""
    if is_wrapped(facts.titles[series.at]):
        return is_wrapped(title)
    return names_problem(title) and not is_exhortation(title)


def _is_bare(lines: Sequence[Line], facts: _Facts, index: int) -> bool:
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


# -------------------------------------------------------------------------------------------------------------- tree


@dataclass(frozen=True, slots=True)
class _Tree:
    """Parent (-1: none) and children of each heading line; `end` is the line behind all that stands under it."""

    parent: tuple[int, ...]
    children: tuple[tuple[int, ...], ...]
    end: tuple[int, ...]
    own_end: tuple[int, ...]
    """The line behind the heading's own text: where its first child begins, or `end`."""

    @classmethod
    def of(cls, levels: Sequence[int]) -> _Tree:
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
        own_end = [kids[0] if kids else stop for kids, stop in zip(children, end, strict=True)]
        return cls(tuple(parent), tuple(tuple(kids) for kids in children), tuple(end), tuple(own_end))


# ------------------------------------------------------------------------------------------------------------- parts

_PART_ROWS: tuple[tuple[PartKind, re.Pattern[str]], ...] = (
    ("followup", re.compile(patterns(words.FOLLOW_UP))),
    ("next", re.compile(patterns(words.NEXT_STEPS))),
    ("handling", re.compile(patterns(words.HANDLING))),
    ("organisation", re.compile(patterns(words.ORGANISATION))),
)
_ISSUES_TITLE = re.compile(
    r"反馈(?:的)?(?:意见|问题)|(?:问题|意见|任务|事项)(?:的)?整改|整改(?:落实|进展|完成)?情况|整改(?:的)?(?:事项|任务)|整改进展|具体问题"
)


def _parts(lines: Sequence[Line], facts: _Facts, levels: Sequence[int], tree: _Tree) -> tuple[PartKind, ...]:
    parts: list[PartKind] = ["unknown"] * len(lines)
    for index, level in enumerate(levels):
        if level != 1:
            continue
        inside = range(index, tree.end[index])
        kind = _part_kind(facts.titles[index], [i for i in inside if facts.answered[i] and levels[i]])
        if kind == "followup" and not any(_has_followup_labels(lines[i]) for i in inside):
            kind = "issues" if any(facts.answered[i] for i in inside) else "followup"
        parts[index : tree.end[index]] = [kind] * (tree.end[index] - index)
    return tuple(parts)


def _part_kind(title: str, answered: Sequence[int]) -> PartKind:
    named = next((kind for kind, pattern in _PART_ROWS if pattern.search(title)), None)
    if named == "followup":
        return named
    if answered:
        return "issues"
    if named == "organisation" and _ISSUES_TITLE.search(title) and "问题" in title:
        return "issues"
    if named is not None:
        return named
    return "issues" if _ISSUES_TITLE.search(title) or is_problem(title) else "unknown"


def _has_followup_labels(line: Line) -> bool:
    return line.lead is not None and line.lead.role in ("reason", "next")


# ------------------------------------------------------------------------------------------------------------- kinds


def _kinds(
    lines: Sequence[Line], facts: _Facts, levels: Sequence[int], tree: _Tree, parts: Sequence[PartKind]
) -> tuple[Kind, ...]:
    has_labels = sum(facts.answered) > 0
    issues = _answered_issues(lines, facts, levels, tree, parts) if has_labels else set()
    habits = {(_style(lines[i]), levels[i]) for i in issues}
    for index, level in enumerate(levels):
        is_open = level and parts[index] in ("issues", "unknown") and index not in issues
        if is_open and has_labels and _is_unlabelled_issue(lines, facts, levels, tree, index, issues, habits):
            issues.add(index)
    if not has_labels:
        issues = _leaf_issues(lines, facts, levels, tree, parts)
    kinds: list[Kind] = []
    for index, level in enumerate(levels):
        kinds.append(_kind(level, index, levels, tree, parts, issues))
    return tuple(kinds)


def _kind(
    level: int, index: int, levels: Sequence[int], tree: _Tree, parts: Sequence[PartKind], issues: set[int]
) -> Kind:
    if not level:
        return "text"
    if index in issues:
        return "issue"
    if parts[index] == "followup" and level > 1:
        return "followup" if levels[index] == 2 or not tree.children[index] and tree.parent[index] == -1 else "text"  # noqa: RUF021
    if level == 1:
        return "heading"
    inside = range(index, tree.end[index])
    return "heading" if any(i in issues for i in inside) else "text"


def _answered_issues(
    lines: Sequence[Line], facts: _Facts, levels: Sequence[int], tree: _Tree, parts: Sequence[PartKind]
) -> set[int]:
    found = {
        index
        for index, level in enumerate(levels)
        if level and facts.answered[index] and parts[index] != "followup" and not _holds(tree, index, facts, levels)
    }
    for index in sorted(found):
        parent = tree.parent[index]
        label = lines[index].label
        if (
            parent != -1
            and label is not None
            and len(tree.children[parent]) == 1
            and not is_problem(facts.titles[index])
            and not is_wrapped(facts.titles[index])
            and is_wrapped(facts.titles[parent])
        ):  # the one numbered finding of an issue
            found.remove(index)
            found.add(parent)
    return found


def _holds(tree: _Tree, index: int, facts: _Facts, levels: Sequence[int]) -> bool:
    return any(levels[i] and facts.answered[i] for i in range(index + 1, tree.end[index]))


def _is_unlabelled_issue(
    lines: Sequence[Line],
    facts: _Facts,
    levels: Sequence[int],
    tree: _Tree,
    index: int,
    issues: set[int],
    habits: set[tuple[str, int]],
) -> bool:
    """Whether a heading without response label is an issue among labelled ones: a leaf of the notice's habit."""
    if any(i in issues for i in range(index, tree.end[index])) or not _has_text(facts, tree, index):
        return False
    above = tree.parent[index]
    while above != -1:
        if above in issues:
            return False
        above = tree.parent[above]
    return (_style(lines[index]), levels[index]) in habits and (
        is_problem(facts.titles[index]) or is_wrapped(facts.titles[index])
    )


def _leaf_issues(
    lines: Sequence[Line], facts: _Facts, levels: Sequence[int], tree: _Tree, parts: Sequence[PartKind]
) -> set[int]:
    """The issues of a notice that prints no response labels: the deepest headings that are no measures."""
    explicit = any(part == "issues" for part in parts)
    measures = _measure_styles(lines, facts, levels, tree)
    found: set[int] = set()

    def visit(index: int) -> None:
        children = [child for child in tree.children[index] if (_style(lines[child]), levels[child]) not in measures]
        for child in children:
            visit(child)
        is_issue = levels[index] > 1 or is_wrapped(facts.titles[index])
        if not children and is_issue and _has_text(facts, tree, index):
            found.add(index)

    for index, level in enumerate(levels):
        if level == 1 and (parts[index] == "issues" or (not explicit and parts[index] == "unknown")):
            visit(index)
    problems = {index for index in found if is_problem(facts.titles[index])}
    return found if explicit or len(problems) * 2 >= len(found) else problems


def _measure_styles(lines: Sequence[Line], facts: _Facts, levels: Sequence[int], tree: _Tree) -> set[tuple[str, int]]:
    """Styles at a level that number measures below problems: a habit of the whole notice, not of one heading."""
    votes: dict[tuple[str, int], int] = {}
    for index, level in enumerate(levels):
        title = facts.titles[index]
        if not level or not tree.children[index] or not (is_wrapped(title) or names_problem(title)):
            continue
        for child in tree.children[index]:
            of_child = facts.titles[child]
            key = (_style(lines[child]), levels[child])
            votes[key] = votes.get(key, 0) + (-1 if is_wrapped(of_child) or names_problem(of_child) else 1)
    return {key for key, vote in votes.items() if vote > 0}


def _has_text(facts: _Facts, tree: _Tree, index: int) -> bool:
    return not facts.is_whole[index] or tree.end[index] > index + 1


def _style(line: Line) -> str:
    return line.label.style if line.label else f"hint-{line.paragraph.level}"
