"""RoleLabel-ins that take turns from issue to issue: by them measures are told from headings."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from generator.model.notice import Role
from generator.parser.lines import Line
from generator.parser.role_labels import RoleLabel


class Turns:
    """How the role labels of a notice take turns: 整改措施 … 完成情况 … 整改措施 … 完成情况.

    What stands numbered between 整改措施 and 完成情况 is no heading then, although a label answers it.
    """

    def __init__(self, lines: Sequence[Line]) -> None:
        self._role_labels: list[tuple[int, RoleLabel, str]] = []
        self._behind = [0] * len(lines)
        """For each line: how many role labels stand up to its end."""
        self._lines = lines
        self._known: dict[tuple[str, str], bool] = {}
        for index, line in enumerate(lines):
            if line.label is None or not line.is_role_label_alone:  # 二、整改情况 leads nothing in
                self._role_labels += [(index, role_label, name_of(line, role_label)) for role_label in line.role_labels]
            self._behind[index] = len(self._role_labels)

    def openers(self) -> frozenset[int]:
        """The lines that open an issue each by a role label alone: 反馈问题：… 整改措施：… 反馈问题：… 整改措施：…

        So they do where most of them stand right below the last words of the issue before them.
        """
        found: dict[str, list[int]] = {}
        for index, role_label, name in self._role_labels:
            line = self._lines[index]
            if (
                line.label is None
                and role_label is line.role_label
                and role_label.role == "finding"
                and not line.is_role_label_alone
            ):
                found.setdefault(name, []).append(index)
        opening: set[int] = set()
        titles = {name for index, role_label, name in self._role_labels if self._is_title(index, role_label)}
        for name, lines in found.items():
            if name in titles:
                opening.update(index for index in lines if self._lines[index - 1].role_label is None)
            below = sum(1 for index in lines[1:] if self._is_behind_answer(index))
            if below and below * 2 >= len(lines) - 1:
                opening.update(lines)
        return frozenset(opening)

    def _is_title(self, index: int, role_label: RoleLabel) -> bool:
        """Whether a role label begins a numbered title: 1.反馈问题：…"""
        line = self._lines[index]
        return line.label is not None and role_label is line.role_label and role_label.role == "finding"

    def _is_behind_answer(self, index: int) -> bool:
        beside = False
        for above in range(index - 1, max(index - _BESIDE_MOST, 0), -1):
            line = self._lines[above]
            if line.label is not None or (line.role_label is None and beside):
                return False  # a heading, and its status or deadline: the issue has only begun
            if line.role_label is not None and line.role_label.role not in _BESIDE:
                return line.role_label.role != "finding" or above < index - 1
            beside = line.role_label is not None
        return True

    def goes_on(self, index: int) -> bool:
        """Whether the next role label below the numbered line goes on with the issue of the one above it."""
        at = self._behind[index]
        if not 0 < at < len(self._role_labels) or self._role_labels[at - 1][0] == index:
            return False
        (_, above, first), (_, below, second) = self._role_labels[at - 1], self._role_labels[at]
        if first == second:
            return False
        if (first, second) not in self._known:
            may_miss = above.role != below.role
            is_first = above.role not in _BESIDE or self._comes_first(above.role, below.role)
            self._known[first, second] = is_first and self._take_turns(first, second, may_miss=may_miss)
        return self._known[first, second]

    def _comes_first(self, first: Role, second: Role) -> bool:
        """Whether the first role label of the two roles is of `first`: 整改时限：…, and then 整改措施：…"""
        found = (role_label.role for _, role_label, _ in self._role_labels)
        return next((role for role in found if role in (first, second)), first) == first

    def _take_turns(self, first: str, second: str, *, may_miss: bool) -> bool:
        """Whether `first` always comes before `second`; `may_miss`: not each of the first has a second one."""
        both = [name for _, _, name in self._role_labels if name in (first, second)]
        if both[0] != first or both.count(second) < _TURNS:
            return False
        pairs = list(itertools.pairwise(both))
        return (second, second) not in pairs and (may_miss or (first, first) not in pairs)


_BESIDE = ("status", "deadline", "responsible", "prose")
"""Roles that may stand above what was found as well as behind the answer."""
_BESIDE_MOST = 6
_TURNS = 2
"""So often at least two role labels take turns before that is the notice's habit."""


def name_of(line: Line, role_label: RoleLabel) -> str:
    """The word of a role label, without its marks."""
    return (
        "".join(line.text[role_label.start : role_label.end].split())
        .strip("【】[]（）()〔〕:：★☆◆●■▶※·•*")
        .rstrip("0123456789")
    )
