"""What a part of a notice, a heading of the outermost level and all below it, tells of (FORMATS e)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Literal

from generator.parser.grid import FOLLOWUP_ROW
from generator.parser.issues_title import ISSUES_TITLE
from generator.parser.levels import HeadingTree
from generator.parser.line_facts import LineFacts
from generator.parser.lines import (
    GROUP_TITLE,
    Line,
    is_exhortation,
    is_problem,
    is_wrapped,
    names_problem,
    problem_end,
)
from generator.parser.listed_first import listed_first
from generator.parser.rules import status, wordlists
from generator.parser.status import bracketed_in
from generator.parser.text import patterns, without_note
from generator.parser.title_names import core

PartKind = Literal["organisation", "next", "handling", "followup", "issues", "listed", "unknown"]

_IS_LEFT = re.compile(patterns(wordlists.FOLLOW_UP))
_PART_ROWS: tuple[tuple[PartKind, re.Pattern[str]], ...] = (
    ("followup", _IS_LEFT),
    ("next", re.compile(patterns(wordlists.NEXT_STEPS))),
    ("handling", re.compile(patterns(wordlists.HANDLING))),
    ("organisation", re.compile(patterns(wordlists.ORGANISATION))),
)
_LEFT_FIRST = re.compile(
    rf"(?:[\d一二三四五六七八九十两]+[个项条])?(?:尚|仍|还|需|暂)*(?:{patterns(wordlists.FOLLOW_UP)})"
)
_IS_OPEN = re.compile("未|尚|正在|遗留|长期|[问难]题|事项|任务")
_EARLIER = re.compile("上一?[轮次]|前一?[轮次]|以往|历次|往年|既往")
"""上轮巡察未整改到位的问题: what an inspection before left, and this one found."""
_IS_DONE = re.compile(status.DONE_PART)


def parts_of(lines: Sequence[Line], facts: LineFacts, levels: Sequence[int], tree: HeadingTree) -> tuple[PartKind, ...]:
    """For each line the kind of the part that it stands in."""
    parts: list[PartKind] = ["unknown"] * len(lines)
    tops = (title for title, level in zip(facts.titles, levels, strict=True) if level == 1)
    are_issues = sum(is_wrapped(title) and not _IS_LEFT.search(title) for title in tops) > 1
    for index, level in enumerate(levels):
        if level != 1:
            continue
        inside = range(index, tree.end[index])
        answered_ones = [i for i in inside if facts.answered[i] and levels[i]]
        kind = "issues" if is_marked(facts.titles[index]) else _part_kind(facts.titles[index], answered_ones)
        if kind == "followup" and are_issues and _is_issue_by_name(facts.titles[index]):
            kind = "issues"
        if any(is_followup_row(lines[i]) for i in inside) or _tells_what_is_left(lines[index + 1 : tree.end[index]]):
            kind = "followup"
        leaves = list(_innermost(facts, tree, index))
        if kind in ("organisation", "unknown") and not any(facts.answered) and lists_problems(leaves):
            kind = "issues"
        if (
            kind == "followup"
            and leaves
            and all(map(is_exhortation, leaves))
            and not _IS_OPEN.search(facts.titles[index])
        ):
            kind = "next"  # 后续整改安排: 持续完善长效机制
        if kind == "followup" and not any(_has_followup_labels(lines[i]) for i in inside):
            kind = "issues" if any(facts.answered[i] for i in inside) else "followup"
        parts[index : tree.end[index]] = [kind] * (tree.end[index] - index)
    if "issues" in parts and not any(facts.answered):
        _take_like_ones(parts, facts, levels, tree)
        _take_those_that_go_on(parts, lines, facts, levels, tree)
    if "followup" in parts and _are_sorted_by_status(facts, levels, parts):
        _take_sorted(parts, lines, facts, levels, tree)
    for index in listed_first(facts, levels, tree):
        parts[index : tree.end[index]] = ["listed"] * (tree.end[index] - index)
    return tuple(parts)


def _take_sorted(
    parts: list[PartKind], lines: Sequence[Line], facts: LineFacts, levels: Sequence[int], tree: HeadingTree
) -> None:
    """Take the parts that hold the issues by how far they are for parts of issues."""
    for index, level in enumerate(levels):
        inside = range(index, tree.end[index])
        leaves = [i for i in inside if _is_leaf(tree, levels, i)]
        are_problems = all(
            _is_problem_by_name(facts.titles[i]) or problem_end(lines[i].text, lines[i].words_at) for i in leaves
        )
        is_one = bool(_IS_DONE.search(facts.titles[index]) or (leaves and are_problems))
        is_told = any(_has_followup_labels(lines[i]) for i in inside) and not any(facts.answered[i] for i in inside)
        # why, and what is next, but no answer as the issues have: 未完成原因：…
        is_left = _tells_what_is_left(lines[index + 1 : tree.end[index]])
        is_sorted = parts[index] == "followup" and not (is_left or (is_told and any(facts.answered)))
        if level == 1 and (is_sorted or (parts[index] == "unknown" and is_one)):
            parts[index : tree.end[index]] = ["issues"] * len(inside)


def _take_like_ones(parts: list[PartKind], facts: LineFacts, levels: Sequence[int], tree: HeadingTree) -> None:
    """Beside a part of issues, take another one that may be anything for one when all that it holds are problems.

    Beside two that are called …方面, one that is called so too, and exhorts to nothing.
    """
    called = sum(
        level == 1 and parts[index] == "issues" and GROUP_TITLE.search(facts.titles[index]) is not None
        for index, level in enumerate(levels)
    )
    for index, level in enumerate(levels):
        inside = range(index, tree.end[index])
        leaves = list(_innermost(facts, tree, index)) if level == 1 else []
        is_called = called > 1 and GROUP_TITLE.search(facts.titles[index]) and not any(map(is_exhortation, leaves))
        if parts[index] == "unknown" and leaves and (is_called or all(map(_is_problem_by_name, leaves))):
            parts[index : tree.end[index]] = ["issues"] * len(inside)


def _take_those_that_go_on(
    parts: list[PartKind], lines: Sequence[Line], facts: LineFacts, levels: Sequence[int], tree: HeadingTree
) -> None:
    """Take a part for one of issues whose numbers those of such a part go on from: 6. below 二、, 7. below 三、."""
    tops = [index for index, level in enumerate(levels) if level == 1]
    for above, below in reversed(list(pairwise(tops))):
        if parts[above] not in ("unknown", "organisation") or parts[below] != "issues":
            continue
        own = [i for i in range(above + 1, tree.end[above]) if _is_leaf(tree, levels, i)]
        first = next((i for i in range(below + 1, tree.end[below]) if _is_leaf(tree, levels, i)), None)
        if not own or first is None or not lines[first].follows(lines[own[-1]]):
            continue
        named = [is_problem(facts.titles[i]) for i in own]
        if any(named) and not any(
            is_exhortation(facts.titles[i]) for i, is_named in zip(own, named, strict=True) if not is_named
        ):
            parts[above : tree.end[above]] = ["issues"] * (tree.end[above] - above)


def _is_problem_by_name(title: str) -> bool:
    return is_wrapped(title) or is_marked(title) or (names_problem(title) and not is_exhortation(title))


def is_marked(title: str) -> bool:
    """Whether a title is a problem's, behind which brackets say how far it is: 村级债务底数不清（未销号）."""
    name = without_note(title)
    return name != title and not GROUP_TITLE.search(name) and not _names_part(name) and bracketed_in(title) is not None


def _names_part(name: str) -> bool:
    """Whether a title names a part of the notice, and no problem: 整改进展情况, 已完成整改的问题."""
    return ISSUES_TITLE.search(name) is not None or any(pattern.search(name) for _, pattern in _PART_ROWS)


def _is_issue_by_name(title: str) -> bool:
    """Whether a title that says 未完成 is that of an issue: 关于改造任务未完成的问题, and not 关于未完成的问题."""
    return is_wrapped(title) and not _LEFT_FIRST.match(core(title))


def _are_sorted_by_status(facts: LineFacts, levels: Sequence[int], parts: Sequence[PartKind]) -> bool:
    """Whether parts hold the issues by how far they are: 已完成的问题, then 未完成的问题, and none of them in both."""
    tops = [index for index, level in enumerate(levels) if level == 1]
    if not any(parts[index] in ("issues", "unknown") and _IS_DONE.search(facts.titles[index]) for index in tops):
        return False
    titles: dict[bool, set[str]] = {True: set(), False: set()}
    for index, level in enumerate(levels):
        if level > 1 and (parts[index] in ("issues", "unknown", "followup")):
            titles[parts[index] == "followup"].add(core(facts.titles[index]))
    return not titles[True] & titles[False]


def _part_kind(title: str, answered: Sequence[int]) -> PartKind:
    named = next((kind for kind, pattern in _PART_ROWS if pattern.search(title)), None)
    if named == "followup":
        return "issues" if _EARLIER.search(title) else named
    if answered:
        return "issues"
    if named == "organisation" and ISSUES_TITLE.search(title) and "问题" in title:
        return "issues"
    if named is not None and _ends_in_fault(title):
        return "issues"  # 关于“监督责任履行不力”方面, 党组织领导的校长负责制落实不到位
    if named is not None:
        return named
    return "issues" if ISSUES_TITLE.search(title) or is_problem(title) else "unknown"


def _ends_in_fault(title: str) -> bool:
    """Whether a title is that of a problem by its last words, whatever it is about; 问题线索 is none."""
    name = core(without_note(title))
    is_fault = GROUP_TITLE.search(title) is not None or name.endswith(wordlists.PROBLEM_ENDS)
    return is_fault and names_problem(name) and not is_exhortation(name)


def _is_leaf(tree: HeadingTree, levels: Sequence[int], index: int) -> bool:
    return levels[index] > 1 and not tree.children[index]


def _innermost(facts: LineFacts, tree: HeadingTree, index: int) -> Iterator[str]:
    """The titles of the innermost headings below one; below 关于…的问题 and …不严（已完成） stand measures."""
    for child in tree.children[index]:
        title = facts.titles[child]
        is_one = (is_wrapped(title) and not GROUP_TITLE.search(title)) or is_marked(title)
        if is_one or not tree.children[child]:
            yield title
        else:
            yield from _innermost(facts, tree, child)


def lists_problems(titles: Sequence[str]) -> bool:
    """Whether the innermost headings of a part are problems: more than half of them, and not by chance."""
    problems = [title for title in titles if _is_problem_by_name(title)]
    return len(problems) > 1 and len(problems) * 2 > len(titles)


def _has_followup_labels(line: Line) -> bool:
    return any(role_label.role in ("reason", "next") for role_label in line.role_labels)


def is_followup_row(line: Line) -> bool:
    """Whether a line is a row of a table of what is left."""
    return line.label is not None and line.label.style == FOLLOWUP_ROW


def _tells_what_is_left(lines: Sequence[Line]) -> bool:
    """Whether lines tell of each numbered matter why it is unfinished and what comes next, and no answer of any."""
    roles = Counter(role_label.role for line in lines for role_label in line.role_labels)
    numbers = sum(line.label is not None for line in lines)
    told = min(roles["reason"], roles["next"])
    return not roles["response"] and numbers <= told + 1 and told > 0
