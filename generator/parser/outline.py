"""Which headings open an issue or a follow-up (FORMATS e).

What decides is what follows a heading, and the notice's own habit; never the level or the style by itself: a heading
answered by a response label is an issue; where the notice prints no labels, the leaves of a part about problems are.
Headings of the other parts are prose.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from generator.model.enumeration import items_of
from generator.parser import part_status
from generator.parser.deeds import tells_deed
from generator.parser.issues_title import ISSUES_TITLE
from generator.parser.levels import HeadingTree, levels_of
from generator.parser.line_facts import LineFacts
from generator.parser.lines import (
    GROUP_TITLE,
    Line,
    announces_answer,
    is_exhortation,
    is_problem,
    is_wrapped,
    names_problem,
    problem_end,
)
from generator.parser.next_steps import plan_at
from generator.parser.parts import PartKind, is_followup_row, is_marked, lists_problems, parts_of
from generator.parser.rules import wordlists

_CALLED_ISSUES = ("named", "counted")
"""Styles of numbers that say themselves that a problem begins: 问题1：, 第一个问题："""

_WHOLE_ANSWER = 16
"""Characters of an answer that stands behind its problem in one line."""

_FAR = 6
"""Lines below a heading in which its own answer is looked for."""

HeadingKind = Literal["text", "heading", "issue", "followup"]


@dataclass(frozen=True, slots=True)
class Outline:
    """For each line: its level (0: no heading) and its kind."""

    levels: tuple[int, ...]
    ends: tuple[int, ...]
    """Where the title of a heading ends in its line, a role label before it (1.反馈问题：) left out."""
    kinds: tuple[HeadingKind, ...]
    parts: tuple[PartKind, ...]
    """The kind of the part that the line stands in."""


def outline_of(lines: Sequence[Line], named: Mapping[int, str] | None = None, *, is_cut: bool = False) -> Outline:
    """The outline of a notice's lines; `is_cut`: nothing that closes a notice stands behind them.

    `named`: the problems that answers name by their numbers alone, by the answer's line.
    """
    if (plan := plan_at(lines)) is not None:
        return _with_plan(outline_of(lines[:plan], named), lines[plan:])
    facts = LineFacts.of(lines, named or {})
    levels = levels_of(lines, facts)
    tree = HeadingTree.of(levels)
    parts = parts_of(lines, facts, levels, tree)
    reading = _LinesRead(lines, facts, levels, tree, parts, len(lines) - 1 if is_cut else -1)
    issues = reading.issues()
    kinds = tuple(reading.kind(index, issues) for index in range(len(lines)))
    shown = tuple(level if kind != "text" else 0 for level, kind in zip(levels, kinds, strict=True))
    return Outline(shown, facts.ends, kinds, parts)


def _with_plan(above: Outline, plan: Sequence[Line]) -> Outline:
    """The outline with that of the part whose head is the first of the lines below it."""
    rest = len(plan) - 1
    kinds: list[HeadingKind] = ["heading"]
    kinds += itertools.repeat("text", rest)
    parts: Iterator[PartKind] = itertools.repeat("next", len(plan))
    return Outline(
        (*above.levels, 1, *itertools.repeat(0, rest)),
        (*above.ends, len(plan[0].text), *itertools.repeat(0, rest)),
        (*above.kinds, *kinds),
        (*above.parts, *parts),
    )


# ------------------------------------------------------------------------------------------------------------- kinds


@dataclass(frozen=True, slots=True)
class _LinesRead:
    """All that is known of the lines before it is said which of them are issues."""

    lines: Sequence[Line]
    facts: LineFacts
    levels: Sequence[int]
    tree: HeadingTree
    parts: Sequence[PartKind]
    cut: int
    """The line behind which the text breaks off; -1: it does not."""

    def issues(self) -> set[int]:
        """The lines that open an issue."""
        issues = self._answered()
        if not issues:  # no labels, or but one inside a paragraph: …全年开展学习12次。整改状态：已完成。
            return self._leaves()
        habits = {self._habit(index) for index in issues}
        tops = {self._top(index) for index in issues}
        for index, level in enumerate(self.levels):
            may_list = self.parts[index] == "issues" or (self.parts[index] == "unknown" and self._top(index) in tops)
            is_open = level and may_list and index not in issues
            if is_open and self._is_unlabelled(index, issues, habits):
                issues.add(index)
        issues |= self._in_series(issues, habits)
        return issues | self._beside_groups(issues)

    def _beside_groups(self, issues: set[int]) -> set[int]:
        """The problems that stand beside groups of issues and hold none: no words of theirs are another's answer."""
        groups = {
            (self.tree.parent[index], self._habit(index))
            for index, level in enumerate(self.levels)
            if level > 1 and index not in issues and not issues.isdisjoint(self.tree.children[index])
        }
        return {
            index
            for index, level in enumerate(self.levels)
            if level > 1 and index not in issues and (self.tree.parent[index], self._habit(index)) in groups
            and is_problem(self.facts.titles[index]) and self._may_be_issue(index, issues)
        }  # fmt: skip

    def _in_series(self, issues: set[int], habits: set[tuple[str, int]]) -> set[int]:
        """The headings of the issues' habit whose numbers go on with those of issues: 5. (issue) 6. 7. (issue)."""
        found: set[int] = set()
        for series in self._series(habits):
            if not issues.isdisjoint(series) or self._is_beside(series, issues):
                found |= {index for index in series if index not in issues and self._may_be_issue(index, issues)}
        return found

    def _is_beside(self, series: Sequence[int], issues: set[int]) -> bool:
        """Whether all of a series may be issues, in a part about them where other groups hold some, or in …方面."""
        part = self._top(series[0])
        is_among = self.parts[part] == "issues" and not issues.isdisjoint(range(part, self.tree.end[part]))
        if not is_among and not GROUP_TITLE.search(self.facts.titles[part]):
            return False
        return all(self._may_be_issue(index, issues) for index in series)

    def _series(self, habits: set[tuple[str, int]]) -> list[list[int]]:
        """The headings of the habits in runs of numbers that go on, over the ends of groups too."""
        found: dict[tuple[str, int], list[list[int]]] = {}
        for index, level in enumerate(self.levels):
            line = self.lines[index]
            if not level or line.label is None or (habit := self._habit(index)) not in habits:
                continue
            runs = found.setdefault(habit, [])
            before = self.lines[runs[-1][-1]].label if runs else None
            if before is not None and line.label.value == before.value + 1:
                runs[-1].append(index)
            else:
                runs.append([index])
        return [run for runs in found.values() for run in runs]

    def _may_be_issue(self, index: int, issues: set[int]) -> bool:
        """Whether a heading without response label, beside issues, has what an issue has."""
        if self.parts[index] not in ("issues", "unknown") or is_exhortation(self.facts.titles[index]):
            return False
        return self._has_text(index) and self._is_apart(index, issues)

    def _is_apart(self, index: int, issues: set[int]) -> bool:
        """Whether no issue stands above a heading or below it."""
        if not issues.isdisjoint(range(index, self.tree.end[index])):
            return False
        above = self.tree.parent[index]
        while above != -1:
            if above in issues:
                return False
            above = self.tree.parent[above]
        return True

    def kind(self, index: int, issues: set[int]) -> HeadingKind:
        """What a line is."""
        level = self.levels[index]
        if not level:
            return "text"
        if is_followup_row(self.lines[index]):
            return "followup"
        if index in issues:
            return "issue"
        if self.parts[index] == "followup" and level > 1:
            is_item = level == 2 or (not self.tree.children[index] and self.tree.parent[index] == -1)
            return "followup" if is_item else "text"
        if level == 1:
            return "heading"
        return "text" if issues.isdisjoint(range(index, self.tree.end[index])) else "heading"

    def _top(self, index: int) -> int:
        """The outermost heading above a heading."""
        while self.tree.parent[index] != -1:
            index = self.tree.parent[index]
        return index

    def _habit(self, index: int) -> tuple[str, int]:
        """How a heading is numbered, and how deep: what the notice does in one place it does in all."""
        line = self.lines[index]
        return line.label.style if line.label else f"hint-{line.paragraph.level}", self.levels[index]

    def _answered(self) -> set[int]:
        """The innermost headings that a response label answers."""
        found = {
            index
            for index, level in enumerate(self.levels)
            if level
            and self.facts.answered[index]
            and self.parts[index] not in ("followup", "listed")
            and self._is_innermost(index)
        }
        titles = self.facts.titles
        beside = Counter((self.tree.parent[index], self._habit(index)) for index in found)
        rows = {index: parent for index in found if (parent := self._above_row_of_deeds(index)) != -1}
        found = found - rows.keys() | set(rows.values())
        several = {habit for (parent, habit), count in beside.items() if count > 1 and parent != -1}
        for index in sorted(found):
            parent = self.tree.parent[index]
            if parent == -1 or self.lines[index].label is None or not is_wrapped(titles[parent]):
                continue
            if GROUP_TITLE.search(titles[parent]):  # a group, though it holds but one issue
                continue
            siblings = self.tree.children[parent]
            if len(siblings) == 1 and self._habit(index) in several:
                continue  # elsewhere the notice has several issues below such a heading
            is_finding = len(siblings) == 1 and not is_problem(titles[index])
            is_measure = announces_answer(titles[parent]) and not any(is_wrapped(titles[one]) for one in siblings)
            if (is_finding and not is_wrapped(titles[index])) or is_measure:
                found.discard(index)
                found.add(parent)
        return self._with_one_answer(found)

    def _above_row_of_deeds(self, index: int) -> int:
        """The problem whose whole answer is a line, a row of deeds: （1）修订…。（2）清理…。; -1: there is none."""
        line, parent = self.lines[index], self.tree.parent[index]
        if (
            line.label is None
            or parent == -1
            or self.tree.children[parent] != (index,)
            or is_wrapped(self.facts.titles[index])
        ):
            return -1
        title, items = self.facts.titles[parent], items_of(line.text)
        is_row = len(items) > 1 and items[0].start == 0 and not self.facts.titles[index].startswith("“")
        is_named = (is_wrapped(title) or names_problem(title)) and not GROUP_TITLE.search(title)
        deeds = sum(tells_deed(line.text[item.words : item.end]) for item in items)
        return parent if is_row and is_named and deeds * 2 >= len(items) else -1

    def _with_one_answer(self, found: set[int]) -> set[int]:
        """The answered headings, the last of several faults that one answer is for replaced by the heading of them all.

        Faults that have an answer in common stand a line each: （1）河长巡河少。（2）采砂监管缺位。整改情况：…
        """
        habits: set[tuple[tuple[str, int], tuple[str, int]]] = set()
        """Of headings and the faults below them that have one answer."""
        for index in sorted(found):
            parent = self.tree.parent[index]
            if parent == -1 or self.lines[index].label is None:
                continue
            if self.levels[parent] == 1 and ISSUES_TITLE.search(self.facts.titles[parent]):
                continue
            *before, last = self.tree.children[parent]
            if last == index and before and not any(one in found or self.tree.end[one] > one + 1 for one in before):
                found = found - {index} | {parent}
                habits.add((self._habit(parent), self._habit(index)))
        alone = {
            index: parent
            for index in found
            if (parent := self.tree.parent[index]) != -1
            and self.tree.children[parent] == (index,)
            and (self._habit(parent), self._habit(index)) in habits
            and self.tree.end[index] > index + 1
            and not is_marked(self.facts.titles[index])  # 1、审核进度慢（已整改到位） is one by itself
        }
        return found - alone.keys() | set(alone.values())

    def _is_innermost(self, index: int) -> bool:
        """Whether no heading below has an answer of its own; the rows of a table below one that is answered apart."""
        children = self.tree.children[index]
        is_above_table = bool(children) and all(self.lines[child].paragraph.is_row for child in children)
        return is_above_table or not self._holds(index) or self._tells_at_once(index)

    def _tells_at_once(self, index: int) -> bool:
        """Whether a heading has its whole answer before the next number: 2.…整改情况：修订办法…, then （1）…"""
        if self.lines[index].label is None:
            return False
        below = itertools.takewhile(lambda line: line.label is None, self.lines[index + 1 : self.tree.end[index]])
        return any(
            role_label.role == "response" and (role_label.start > line.words_at or line.label is None)
            and len(line.text) - role_label.end >= _WHOLE_ANSWER and line.text[-1] not in "：:"
            for line in (self.lines[index], *itertools.islice(below, _FAR)) for role_label in line.role_labels
        )  # fmt: skip

    def _holds(self, index: int) -> bool:
        """Whether a heading below is answered."""
        return any(self.levels[i] and self.facts.answered[i] for i in range(index + 1, self.tree.end[index]))

    def _is_unlabelled(self, index: int, issues: set[int], habits: set[tuple[str, int]]) -> bool:
        """Whether a heading without response label is an issue among labelled ones: a leaf of the notice's habit."""
        if self._habit(index) not in habits or not self._has_text(index):
            return False
        if not self._is_apart(index, issues):
            return False
        return is_problem(self.facts.titles[index]) or is_wrapped(self.facts.titles[index])

    def _leaves(self) -> set[int]:
        """The issues of a notice that prints no response labels: the deepest headings that are no measures."""
        explicit = any(part == "issues" for part in self.parts)
        measures = self._measure_habits()
        found: set[int] = set()

        def visit(index: int) -> None:
            children = [child for child in self.tree.children[index] if self._habit(child) not in measures]
            before = len(found)
            for child in children:
                visit(child)
            is_called_one = self._habit(index)[0] in _CALLED_ISSUES
            title = self.facts.titles[index]
            is_issue = self.levels[index] > 1 or is_called_one or is_wrapped(title) or is_marked(title)
            is_leaf = not children or (len(found) == before and self._lists_deeds(index))
            if is_leaf and is_issue and self._has_text(index):
                found.add(index)

        for index, level in enumerate(self.levels):
            if level == 1 and (self.parts[index] == "issues" or (not explicit and self.parts[index] == "unknown")):
                visit(index)
        if not found:
            return self._flat_list()
        found |= self._between(found)
        problems = {index for index in found if is_problem(self.facts.titles[index])}
        return found if explicit or len(problems) * 2 >= len(found) else problems

    def _between(self, found: set[int]) -> set[int]:
        """Outermost headings of which no name is a problem's, between issues whose numbers they go on from."""
        tops = [index for index, level in enumerate(self.levels) if level == 1]
        mine = [index for index in tops if index in found]
        if len(mine) * 2 < len(tops) or len({self._habit(index) for index in mine}) != 1:
            return set()
        inside = [index for index in tops if mine[0] < index < mine[-1] and index not in found]
        measures = {self._habit(child) for index in mine for child in self.tree.children[index]}
        return {
            index
            for index in inside
            if self._habit(index) == self._habit(mine[0])
            and all(self._habit(child) in measures for child in self.tree.children[index])
            and (self._has_text(index) or self.tree.children[index])
            and not is_exhortation(self.facts.titles[index])
        }

    def _lists_deeds(self, index: int) -> bool:
        """Whether all that is numbered below a heading are sentences that nothing stands below: 1.修订办法；2.…"""
        children = self.tree.children[index]
        are_sentences = all(
            self.lines[child].text.endswith(("。", "；", ";")) and not self.tree.children[child] for child in children
        )
        return are_sentences and not GROUP_TITLE.search(self.facts.titles[index])

    def _flat_list(self) -> set[int]:
        """The issues of a notice without parts, one after the other on the outermost level: 1、学习不深入。修订…"""
        tops = [index for index, level in enumerate(self.levels) if level == 1]
        leaves = [index for index in tops if not self.tree.children[index] and self._has_text(index)]
        if len({self._habit(index) for index in leaves}) != 1 or not lists_problems(
            [self.facts.titles[i] for i in leaves]
        ):
            return set()
        return {index for index in leaves if not is_exhortation(self.facts.titles[index])}

    def _measure_habits(self) -> set[tuple[str, int]]:
        """Habits that number measures below problems: of the whole notice, not of one heading."""
        votes: dict[tuple[str, int], int] = {}
        for index, level in enumerate(self.levels):
            title = self.facts.titles[index]
            is_one = is_wrapped(title) or is_marked(title)
            if not level or not self.tree.children[index] or not (is_one or names_problem(title)):
                continue
            if not is_one and (ISSUES_TITLE.search(title) or part_status.of_heading(title)):
                continue  # 反馈问题整改情况 and 已完成整改的问题 name no problem
            for child in self.tree.children[index]:
                habit = self._habit(child)
                votes[habit] = votes.get(habit, 0) + (-1 if self._names_problem(child) else 1)
        return {habit for habit, vote in votes.items() if vote > 0}

    def _names_problem(self, index: int) -> bool:
        """Whether a numbered line names a problem of its own, or a group of them.

        1.关于…的问题, 1.针对…不规范问题，建立…, 1.大思政课建设滞后（已完成）, 1.思想政治工作方面 above （1）.
        """
        line, title = self.lines[index], self.facts.titles[index]
        is_group = bool(self.tree.children[index]) and GROUP_TITLE.search(title) is not None
        is_one = is_wrapped(title) or names_problem(title) or is_marked(title)
        return is_one or is_group or problem_end(line.text, line.words_at) is not None

    def _has_text(self, index: int) -> bool:
        """Whether something stands under a heading, or would if the text went on, and it is surely an issue's."""
        line = self.lines[index]
        if not self.facts.is_whole[index] or self.tree.end[index] > index + 1 or problem_end(line.text, line.words_at):
            return True
        title = self.facts.titles[index]
        is_deep = self.levels[index] > 2 or self._habit(index)[0] in _CALLED_ISSUES
        return (
            index == self.cut
            and self.parts[index] == "issues"
            and "方面" not in title
            and (is_wrapped(title) or (is_deep and title.endswith(wordlists.PROBLEM_ENDS)))
        )
