"""Whether 完成 is told as a fact: 已完成, 均整改到位; 逐条整改到位 and 12月底完成 may be what is to be done."""

from __future__ import annotations

from dataclasses import dataclass

from generator.base.late_patterns import late_pattern
from generator.parser.clauses import Clause
from generator.parser.rules import status

_WAITED_FOR = late_pattern(status.WAITED_FOR)
_COME_FIRST = late_pattern(status.COME_FIRST)
_PAST = late_pattern("反馈了|(?:审议|研究|讨论)(?:通过|同意)")
_DIGIT = late_pattern(r"\d")
_TO_DO = ("need", "plan", "ask")

_DAY = frozenset({"date", "before", "at"})
_ASKED_FOR = frozenset({"manner", "rectify"})
"""限时整改."""


@dataclass(slots=True)
class Grounding:
    """Whether 完成 is told as a fact, or may be what is to be done, in clauses that follow each other."""

    is_value: bool
    is_told: bool = False
    """已, 均, 目前, 该问题: a word before says that it is a fact."""
    is_urged: bool = False
    """立行立改、整改到位; 切实解决该问题，完成整改: a clause before may ask for it."""
    is_due: bool = False
    """10月底前，该问题整改到位; 完成（12月）: a day alone, which may be to come; so may what follows another."""
    is_waiting: bool = False
    """待资金落实，该问题整改到位: it holds only if what a clause before waits for has come."""

    def note(self, clause: Clause, *, is_said: bool) -> None:
        """Take in a clause that stands before 完成: it may say what that waits for, or what is to be done first."""
        if is_said:
            return
        if self._is_past(clause):
            self.is_due = False
        elif _WAITED_FOR.match(clause.text):
            self.is_waiting = True
        elif _COME_FIRST.match(clause.text) or self._is_to_do(clause):
            self.is_due = self.is_due or not self.is_told

    @staticmethod
    def _is_to_do(clause: Clause) -> bool:
        """Whether a clause says what is to be done: 需加大投入; not 应退12万元."""
        is_said_of_it = clause.claims is not None or "already" in clause.kinds or _DIGIT.search(clause.text)
        return clause.words[0].kind in _TO_DO and not is_said_of_it

    def is_fact_in(self, clause: Clause) -> bool:
        """Whether the clause tells 完成 as a fact, if it says so at all; what it says counts for those behind it."""
        planned = {"manner"} if clause.text.startswith("按") else set()  # 按计划年底前
        is_day = clause.kinds <= _DAY | planned and bool(clause.kinds & {"date", "before"})
        is_asked = "at-once" in clause.kinds or (clause.act == "none" and clause.kinds >= _ASKED_FOR)
        self.is_told = self.is_told or (clause.is_told and not (is_asked and "already" not in clause.kinds))
        self.is_due = (self.is_due or (is_day and not self.is_told)) and not self._is_past(clause)
        may_be_demanded = not self.is_value and (clause.may_be_demanded or self.is_urged)
        is_fact = self.is_told or not ("date" in clause.kinds or may_be_demanded)
        self.is_urged = self.is_urged or is_asked or (clause.claims == "done" and not clause.says)
        return is_fact and not self.is_waiting and ("already" in clause.kinds or not self.is_due)

    @staticmethod
    def _is_past(clause: Clause) -> bool:
        """Whether a clause tells of what was on the day before it: 6月1日，反馈了6个问题; 9月，会议审议通过销号申请."""
        return clause.act == "none" and _PAST.search(clause.text) is not None
