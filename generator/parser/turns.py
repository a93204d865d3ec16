"""Lead-ins that take turns from issue to issue: by them measures are told from headings."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from generator.parser.leads import Lead
from generator.parser.lines import Line


class Turns:
    """How the lead-ins of a notice take turns: 整改措施 … 完成情况 … 整改措施 … 完成情况.

    What stands numbered between 整改措施 and 完成情况 is no heading then, although a label answers it.
    """

    def __init__(self, lines: Sequence[Line]) -> None:
        self._leads: list[tuple[int, Lead, str]] = []
        self._behind = [0] * len(lines)
        """For each line: how many lead-ins stand up to its end."""
        self._lines = lines
        self._known: dict[tuple[str, str], bool] = {}
        for index, line in enumerate(lines):
            is_title = line.label is not None and line.lead is not None and line.lead.end >= len(line.text)
            if not is_title:  # 二、整改情况 leads nothing in
                self._leads += [(index, lead, name_of(line, lead)) for lead in line.leads]
            self._behind[index] = len(self._leads)

    def openers(self) -> frozenset[int]:
        """The lines that open an issue each by a lead-in alone: 反馈问题：… 整改措施：… 反馈问题：… 整改措施：…

        So they do where most of them stand right below the last words of the issue before them.
        """
        found: dict[str, list[int]] = {}
        for index, lead, name in self._leads:
            line = self._lines[index]
            if line.label is None and lead is line.lead and lead.role == "finding" and lead.end < len(line.text):
                found.setdefault(name, []).append(index)
        opening: set[int] = set()
        titles = {name for index, lead, name in self._leads if self._is_title(index, lead)}
        for name, lines in found.items():
            if name in titles:
                opening.update(index for index in lines if self._lines[index - 1].lead is None)
            below = sum(1 for index in lines[1:] if self._is_behind_answer(index))
            if below and below * 2 >= len(lines) - 1:
                opening.update(lines)
        return frozenset(opening)

    def _is_title(self, index: int, lead: Lead) -> bool:
        """Whether a lead-in begins a numbered title: 1.反馈问题：…"""
        line = self._lines[index]
        return line.label is not None and lead is line.lead and lead.role == "finding"

    def _is_behind_answer(self, index: int) -> bool:
        beside = False
        for above in range(index - 1, max(index - _BESIDE_MOST, 0), -1):
            line = self._lines[above]
            if line.label is not None or (line.lead is None and beside):
                return False  # a heading, and its status or deadline: the issue has only begun
            if line.lead is not None and line.lead.role not in _BESIDE:
                return line.lead.role != "finding" or above < index - 1
            beside = line.lead is not None
        return True

    def goes_on(self, index: int) -> bool:
        """Whether the next lead-in below the numbered line goes on with the issue of the one above it."""
        at = self._behind[index]
        if not 0 < at < len(self._leads) or self._leads[at - 1][0] == index:
            return False
        (_, above, first), (_, below, second) = self._leads[at - 1], self._leads[at]
        if first == second:
            return False
        if (first, second) not in self._known:
            may_miss = above.role != below.role
            self._known[first, second] = self._take_turns(first, second, may_miss=may_miss)
        return self._known[first, second]

    def _take_turns(self, first: str, second: str, *, may_miss: bool) -> bool:
        """Whether `first` always comes before `second`; `may_miss`: not each of the first has a second one."""
        both = [name for _, _, name in self._leads if name in (first, second)]
        if both[0] != first or both.count(second) < _TURNS:
            return False
        pairs = list(itertools.pairwise(both))
        return (second, second) not in pairs and (may_miss or (first, first) not in pairs)


_BESIDE = ("status", "deadline", "responsible")
"""Roles that may stand above what was found as well as behind the answer."""
_BESIDE_MOST = 6
_TURNS = 2
"""So often at least two lead-ins take turns before that is the notice's habit."""


def name_of(line: Line, lead: Lead) -> str:
    """The word of a lead-in, without its marks."""
    return "".join(line.text[lead.start : lead.end].split()).strip("【】[]（）()〔〕:：★☆◆●■▶※·•*").rstrip("0123456789")
