"""Sentences that leave the unfinished ones to a list of them: 除第三部分所列2个问题外，其余问题均已完成整改."""

from __future__ import annotations

from typing import NamedTuple

from generator.base.late_patterns import late_pattern
from generator.model.numbering import CN
from generator.parser.clauses import Clause, clauses_of
from generator.parser.rules import status

_OWN = "(?:本(?:通报|报告|公告|公示|文)的?)?"
_LIST = rf"{_OWN}(?:第[{CN}\d]{{1,3}}部分|[{CN}]、|附[件表]\d{{0,2}}|清单|下文|后文|文末|文后|下表)"
_SEE = late_pattern(
    rf"[（(，,]?(?:具体|详细)?(?:情况|问题)?(?:详?见|参见|列于)(?:{_LIST}|后|下)[^，。；、（()）]{{0,8}}[）)]?"
)
"""（详见第三部分）."""
_LISTED = late_pattern(rf"{_LIST}(?:中|内)?(?:所|已)?(?:列出?|列明|载明|列示|述)(?:的)?")
"""第三部分所列."""
_AFTER_WORK = late_pattern(status.SET_PHRASE + r"|(?:经过?|通过)[^，。；、：\s]{0,8}整改")
_BEFORE = frozenset({"when", "date", "before", "manner", "at", "by"})
_OPEN = ("ongoing", "long-term")
_OF_SOME = frozenset({"mostly", "some"})
_OF_ALL = ("fed", "things", "above")


class ListedApart(NamedTuple):
    """How many issues such a sentence speaks of; 0: it does not say."""

    left: int
    """How many of them are unfinished, which it does not name."""
    rest: int
    """How many others are finished."""
    total: int

    def fits(self, listed: int, issues: int) -> bool:
        """Whether as many stand in the list, and as many are left of all issues."""
        rest = issues - listed
        return self.left == listed and self.rest in (0, rest) and self.total in (0, issues)


def listed_apart_in(sentence: str) -> ListedApart | None:
    """What a sentence says that counts the unfinished and calls all others finished; None where it says more."""
    reading = _Reading()
    is_inside = False
    for clause in clauses_of(_LISTED.sub("下列", _SEE.sub("", sentence))):
        is_inside = is_inside or "except" in clause.kinds
        if not (reading.leave_out(clause) if is_inside else reading.read(clause)):
            return None
        is_inside = is_inside and "outside" not in clause.kinds
    return reading.found()


class _Reading:
    """What the clauses read so far count."""

    def __init__(self) -> None:
        self.left = self.done = self.total = 0
        self.rest: int | None = None

    def leave_out(self, clause: Clause) -> bool:
        """除下列2个问题正在整改外; whether it is understood."""
        self.left += clause.total
        return clause.is_pure and clause.total > 0 and clause.says != "done"

    def read(self, clause: Clause) -> bool:
        """A clause outside of 除…外; whether it is understood."""
        if _AFTER_WORK.fullmatch(clause.text) or clause.kinds <= _BEFORE:
            return True
        if not clause.is_pure or clause.time in ("aimed", "if"):
            return False
        if clause.says == "done" and clause.scope == "rest" and clause.is_whole:
            is_first, self.rest = self.rest is None, clause.total
            return is_first
        counted = clause.counted or clause.total
        if clause.says in _OPEN or (clause.says is None and _names_unfinished(clause)):
            self.left += counted
            return counted > 0 and not clause.kinds & _OF_SOME
        if clause.says == "done":
            self.done += counted
            return counted > 0 and clause.is_whole
        is_announced = clause.act == "none" and clause.scope in _OF_ALL and clause.total > 0 and not self.total
        self.total = clause.total if is_announced else self.total
        return is_announced

    def found(self) -> ListedApart | None:
        """What was counted, where the numbers agree."""
        if self.rest is None or not self.left:
            return None
        if self.done and self.total and self.done + self.left != self.total:
            return None
        rest = self.rest or self.done
        return ListedApart(self.left, rest, self.total) if self.done in (0, rest) else None


def _names_unfinished(clause: Clause) -> bool:
    """未完成的2个问题."""
    return clause.act == "none" and clause.scope == "some" and {"not", "done"} <= clause.kinds
