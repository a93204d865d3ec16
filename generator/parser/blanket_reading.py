"""The clauses of a sentence about many issues, read one after the other: what it says of all, and of those it names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from generator.model.notice import Status
from generator.parser.blanket_words import has_open_bracket, is_even
from generator.parser.clauses import Clause
from generator.parser.ordinals import count_of, groups_in
from generator.parser.rules import status
from generator.parser.told import Grounding
from generator.parser.verdict import takes_back

_OF_OTHERS = re.compile(r"\d\s?(?:人次|人|名|次|场|期)")
_STARTED = frozenset({"push", "rectify", "all"})
_QUOTES = "“”‘’\"' "
_SHORTEST_NAME = 4
_NAMED_ALONE = status.OF_DONE | {"ing", "already"}
"""Kinds of words of a clause that says whom the next ones speak of: 反馈的4个问题，…."""
_WHOLE = 100
_ASKED_FOR = re.compile(status.ASKED_FOR)
_DUE = re.compile("时限|期限|完成时间")
_WORKED_ON = _NAMED_ALONE | {"rectify", "manner", "push"}
_LISTED = frozenset({"nth", "quote", "thing", "is", "yes", "link", "of", "fed"})
_DONE_APART = frozenset({"except", "nth", "quote", "thing", "count", "already", "all", "done", "when", "outside"})
"""Kinds of words of 除第1项已完成外."""
_NAME = frozenset({"other", "of"})
_NAMES = frozenset({"nth", "quote", "other"})
_LIST_BEGINS = ("link", "is", "yes")
"""分别为, 即, 是."""
_NOW = frozenset({"already", "when"})
"""对反馈的5个问题逐一整改，现已全部整改到位."""
_LEFT = frozenset({"done", "need", "plan"})
_AMONG_DONE = frozenset({"among", "at-once", "count", "thing", "already", "done", "all", "when", "rectify"})
"""Kinds of words of 其中立行立改2个."""
_NOT_KEPT = frozenset({"rectify", "some", "among"})
"""部分问题需长期坚持, behind 完成: these are not finished."""
_MANY = ("fed", "above", "below", "part", "things", "rest")
_STAGE_REACHED = frozenset({"get", "stage", "progress"})
"""均属长期任务，已取得阶段性成效."""


@dataclass
class BlanketReading:
    """What the clauses of a sentence that were read say of many issues."""

    text: str
    status: Status | None = None
    named: list[tuple[str, Status]] = field(default_factory=list)
    excepted: int = 0
    groups: list[str] = field(default_factory=list)
    total: int = 0
    rest: int = 0
    has_rest: bool = False
    is_plural: bool = False
    is_summed: bool = False
    """How many it speaks of is the sum of what it counts and what it names."""
    is_unsure: bool = False
    """It speaks of a part that it does not name, or of what is to be."""
    _parts: list[tuple[Status, int]] = field(default_factory=list)
    """How many are said to be how far, one clause after the other: 2个已完成，1个正在整改."""
    _subject: Clause | None = None
    """The clause that says whom the ones behind it speak of."""
    _listed: list[str] = field(default_factory=list)
    """Names of which the last one's clause says how far they are: 公车管理不严、档案管理混乱2个问题正在整改."""
    _is_aimed: bool = False
    _ground: Grounding = field(default_factory=lambda: Grounding(is_value=False))
    _has_exception: bool = False
    _is_apart: bool = False
    """Something else was spoken of before."""
    _short: int = 0
    """How many are said to be finished, when these are not all that it speaks of."""
    _is_of_open: bool = False
    """One that is unfinished was named."""
    _left: int = 0
    """How many are said to be unfinished, when these are not all; sure where it names as many."""
    _is_listing: bool = False
    """The clause right before is of a list that is not at its end: 分别为甲、…"""
    _told_last: int = 0
    """Of how many names the clause right before says how far they are."""
    _counted: tuple[Status, int] | None = None
    """What the clause right before says of how many: those that are listed behind it, 已完成2个（第1、3项）."""

    @property
    def parts(self) -> int:
        """How many those are together that it says are differently far."""
        return sum(count for _, count in self._parts) if len({says for says, _ in self._parts}) > 1 else 0

    @property
    def of_excepted(self) -> Status:
        """How far those are that it leaves out without a word of how far they are."""
        return "ongoing" if self.status == "done" else "unstated"

    def leave_out(self, clauses: Sequence[Clause]) -> None:
        """除“…”1个问题正在整改外: those that it names, or counts, are not done where the rest is; 除第1项已完成外."""
        said: Status = "unstated"
        for clause in reversed(clauses):
            is_done = clause.claims == "done" and "already" in clause.kinds and clause.kinds <= _DONE_APART | _NAME
            said = "done" if is_done else clause.says if clause.says in ("ongoing", "long-term") else said
            self.named += [(name, said) for name in self._names(clause)]
        if clauses:
            self.excepted = max(sum(self._excepted(clauses)), 0 if self.groups else 1)
            self._has_exception = True
            self.is_unsure = not any(clause.total for clause in clauses) and any(self._is_open(c) for c in clauses)

    def _excepted(self, clauses: Sequence[Clause]) -> Iterator[int]:
        """How many the clauses leave out: “甲”、“乙”2个问题正在整改，“丙”问题需长期坚持 are three."""
        named = 0
        for clause in clauses:
            names = list(self._names(clause))
            own = count_of(names)
            named += own
            if clause.total:
                yield max(clause.total, named)
                named = 0
                continue
            self.groups += groups_in(names)
            if not names and "thing" in clause.kinds:
                yield 1  # one that is not named
        yield named

    def _is_open(self, clause: Clause) -> bool:
        """Whether a clause names some and means more: “公车管理不严”等问题."""
        others = (word.of(self.text) for word in clause.words if word.kind == "other")
        return any(words.startswith("等") or words.endswith("等") for words in others)

    def read(self, clause: Clause) -> None:
        """Take in the next clause."""
        counted, self._counted = self._counted, None
        told, self._told_last = self._told_last, 0
        self._ground.note(clause, is_said=self.status is not None)
        if clause.says == "ongoing" and clause.kinds <= _STARTED:
            return  # 已全部认领并推进整改: work has begun
        is_of_others = _OF_OTHERS.search(clause.text) is not None and not clause.may_warn
        if clause.says != "done" and (is_of_others or self._is_of_open_ones(clause)):
            return  # …全部整改到位，处理7人; 召开会议7次，…; 除第五项外都已整改完成，第五项我们会继续办好
        if counted is not None and self._is_list(clause, counted[0]):
            self._read_list(clause, *counted)
        elif clause.time in ("aimed", "if"):
            self._is_aimed = True
            is_asked = bool(clause.kinds & _LEFT) or _ASKED_FOR.search(clause.text) is not None
            is_left = self.status == "done" and is_asked  # 均已整改到位，确保年底前全部完成; 限期3个月
            self.is_unsure = self.is_unsure or clause.time == "if" or is_left
        elif clause.is_pure:
            self._go_on_or_read(clause, told)
        elif clause.is_of_named and clause.says is not None:
            self._read_named(clause, clause.says)
        elif self._is_named(clause):
            names = self._joined(clause)
            if len(names) < clause.total:
                names = [*self._listed[len(names) - clause.total :], *names]
                self._listed = []
            self.named += [(name, clause.says or "ongoing") for name in names]
            self.excepted += clause.total or len(names) or 1
            self._is_of_open = True
        elif self._is_of_open and clause.words[0].kind == "need":
            return  # 公车管理不严的问题尚未完成，待车辆报废后可消除
        elif clause.says == "done" and self._tells_of_names(clause):
            names = [*self._listed, *self._names(clause)][-(clause.total or 1) :]
            self._listed = []
            self.named += [(name, "done") for name in names]
            self.excepted += len(names)
        elif self.status is None:
            self._is_apart, self._subject = True, None
            self._listed += self._names(clause) if clause.act == "none" else []
        else:
            self.is_unsure = self.is_unsure or clause.warns or (self.status == "done" and takes_back(clause))

    def _is_of_open_ones(self, clause: Clause) -> bool:
        """Whether a clause speaks by number or name of none but those that were said to be unfinished."""
        told = {word.of(self.text).strip(_QUOTES) for word in clause.words if word.kind in ("nth", "quote")}
        return bool(told) and told <= {name for name, said in self.named if said != "done"}

    def _joined(self, clause: Clause) -> list[str]:
        """The names in a clause and those listed before that are joined to them: “甲”、“乙”问题正在推进."""
        names, start = list(self._names(clause)), clause.span.start
        while self._listed and self.text[:start].endswith(("、", "和", "及")):
            before = self.text[: start - 1].rstrip(_QUOTES)
            if not before.endswith(self._listed[-1]):
                break
            names.insert(0, self._listed.pop())
            start = len(before[: -len(names[0])].rstrip(_QUOTES))
        return names

    def close(self) -> None:
        """7个问题已完成整改6个，公车管理不严的问题正在整改: the six are the others, if it names all that are left."""
        is_unsaid = self.has_rest and self.status == "done" and bool(self._listed)  # “甲”，“乙”问题正在推进，其余…
        self.is_unsure = self.is_unsure or self._is_listing or is_unsaid
        self.is_unsure = self.is_unsure or bool(self._left and self._left != self.excepted)
        self.is_summed = self._is_told_in_parts()
        if self.is_summed:
            self.has_rest, self.rest, self.total = True, self.total, self.total + self.excepted
        if self._short and self._short + self.excepted == self.total and self.named:
            self.has_rest, self.rest = True, self._short
        elif self._short:
            self.is_unsure = True

    def _is_told_in_parts(self) -> bool:
        """Whether it counts the finished and names all others: 3个问题已完成，“公车管理不严”1个问题正在推进."""
        is_open = bool(self.named) and all(said != "done" for _, said in self.named)
        is_counted = self._parts == [("done", self.total)] and self._subject is not None and self._subject.own_count > 0
        return is_open and is_counted and self.status == "done" and not self.has_rest and not self._has_exception

    def _is_list(self, clause: Clause, says: Status) -> bool:
        """Whether a clause lists what was counted before it: 第1、3项, （“甲”）; of what is unfinished 分别为甲、乙."""
        if clause.act != "none" or not clause.kinds & _NAMES:
            return False
        if "other" not in clause.kinds:
            return True
        if says != "done" and self._is_bracketed(clause):
            return True  # 未完成整改2个（食堂改造、队伍职业保障）
        is_told = clause.words[0].kind in _LIST_BEGINS or self.text[clause.span.start - 1] in "：:（("
        return says != "done" and clause.kinds <= _LISTED | _NAME and (is_told or self._is_listing)

    def _is_bracketed(self, clause: Clause) -> bool:
        """Whether a clause is one name of a list in brackets, with nothing else in it."""
        start, end = clause.span
        return (
            self.text[start - 1] in "（(、"
            and self.text[end : end + 1] in ("、", "）", ")")
            and has_open_bracket(self.text[:start])
        )

    def _read_list(self, clause: Clause, says: Status, count: int) -> None:
        """第1、3项 behind 已完成2个: sure where as many are listed as are counted, and nothing else is said of them."""
        is_whole = says != "done" and not clause.kinds & {"nth", "quote"} and self._is_bracketed(clause)
        names = [clause.text] if is_whole else list(self._names(clause))
        listed = count_of(names)
        is_list = is_whole or clause.kinds <= _LISTED | _NAME
        self._is_listing = is_list and listed < count and self._goes_on(clause)
        if self._is_listing:
            self._counted = (says, count - listed)
        elif not (is_list and listed == count):
            self.is_unsure = True
            return
        self.named += [(name, says) for name in names]
        self.excepted += listed
        self.total = self.total if self._subject else 0

    def _goes_on(self, clause: Clause) -> bool:
        """Whether the next clause may be of the same list: 甲、乙; 甲和乙."""
        return self.text.startswith(("、", "和", "及", "以及"), clause.span.end)

    def _read_named(self, clause: Clause, says: Status) -> None:
        """“公车管理不严”问题已完成整改; 第1、3项正在推进: sure where it names as many as it counts."""
        names = self._joined(clause)
        count, groups = count_of(names), groups_in(names)
        acts = [word.start for word in clause.words if word.kind in ("done", "rectify", "push", "long", "get")]
        is_subject = bool(acts) and clause.names[-1].end <= acts[0]
        is_of_all = clause.kinds & {"above", "fed"} and "nth" in clause.kinds and clause.total > count
        if is_of_all:
            self.total = max(self.total, clause.total)
        is_told = is_of_all or clause.total in (0, count) or (len(groups) == len(names) == 1)
        if not names or not is_subject or clause.counted or not is_told:
            self.is_unsure = True
            return
        again = count_of(
            [name for name in names if name in {one for one, _ in self.named}]
        )  # 除第3个外…，第3个正在整改
        self.named += [(name, says) for name in names]
        self._told_last = len(names)
        self.excepted += count - again if count else (0 if is_of_all else clause.total)
        self.groups += groups if is_of_all or not clause.total else []

    def _go_on_or_read(self, clause: Clause, told: int) -> None:
        """第2个问题取得阶段性成效，将长期坚持 goes on with the last `told` names; to 完成 it adds nothing."""
        if not told or clause.scope != "none" or clause.says != "long-term":
            self._read_pure(clause)
            return
        self.named[-told:] = [(name, "long-term" if said == "ongoing" else said) for name, said in self.named[-told:]]

    def _names(self, clause: Clause) -> Iterator[str]:
        """The names in a clause: each that is quoted, or the words from the first to the last that nothing explains."""
        quotes = {word.start for word in clause.words if word.kind == "quote"}
        numbers = (word for word in clause.words if word.kind == "nth")
        yield from (
            word.of(self.text) for word in numbers if word.end not in quotes
        )  # 第4项“学校安全工作”: by its name
        quoted = [word.of(self.text) for word in clause.words if word.kind == "quote"]
        others = [word for word in clause.words if word.kind == "other"]
        if not quoted and others:
            quoted = [self.text[others[0].start : others[-1].end]]
        for name in quoted:
            if len(name.strip(_QUOTES)) >= _SHORTEST_NAME:
                yield name.strip(_QUOTES)

    @staticmethod
    def _is_named(clause: Clause) -> bool:
        """Whether a clause says of something named that it is unfinished: “公车管理不严”1个问题尚未完成整改."""
        acts = [word.start for word in clause.words if word.kind in ("done", "rectify", "push", "long")]
        is_open = clause.says in ("ongoing", "long-term") and clause.words[0].kind != "need"  # 待车辆报废后可消除
        is_why = [word.kind for word in clause.words[:2]] == [
            "reason",
            "quote",
        ]  # 因“公车管理不严”问题监管不到位，对2人…
        return is_open and not is_why and bool(acts and clause.names) and clause.names[-1].end <= acts[-1]

    def _tells_of_names(self, clause: Clause) -> bool:
        """Whether a clause says of problems by their names that they are finished, of as many as it counts."""
        names = list(self._names(clause))
        is_whole = "thing" in clause.kinds and "some" not in clause.kinds and not clause.counted
        return (
            is_whole and not self._is_open(clause) and len(names) == 1 and len(self._listed) + 1 >= (clause.total or 1)
        )

    def _read_pure(self, clause: Clause) -> None:
        says = clause.says
        if self._is_aside(clause):
            return
        count = clause.counted or clause.own_count
        if clause.scope == "rest" and clause.total and says in ("ongoing", "long-term") and self._short:
            self._left += clause.total  # 已完成3个，尚有1个问题未整改到位，即…
            self._counted = (says, clause.total)
            return
        self._counted = (says, count) if says is not None and count else None
        if says is not None and (part := count or clause.total):
            self._parts.append((says, part))
        if "share" in clause.kinds and any(word.kind == "percent" and word.value < _WHOLE for word in clause.words):
            self.is_unsure = True  # 正在整改的占25%
            return
        if not self._ground.is_fact_in(clause) and says == "done":
            self.is_unsure = True
            return
        is_of_many = (
            clause.scope in _MANY
            and "some" not in clause.kinds
            and (clause.act == "none" or self._speaks_of_all(clause))
            and (clause.scope != "fed" or clause.act != "none" or bool(clause.kinds & {"thing", "count"}))
        )
        is_rate = says == "done" and clause.scope == "none" and "percent" in clause.kinds and not self._is_apart
        if is_of_many or (is_rate and self._subject is None):
            self._subject = clause
        if clause.total and clause.scope not in ("rest", "some"):
            self.total = max(self.total, clause.total)
        if says is None:
            own = clause.total or next((int(word.value) for word in clause.words if word.kind == "count"), 0)
            is_some = 0 < own < self.total or clause.words[-1].kind == "of"  # 4个问题中，立行立改2个，均已完成
            is_due = (
                "label" in clause.kinds and not self.named and _DUE.search(clause.text) is not None
            )  # 完成时限为2024年6月
            self.is_unsure = self.is_unsure or is_some or (self.status == "done" and (is_due or takes_back(clause)))
            return
        if clause.scope == "rest" or (self._has_exception and clause.scope == "none" and "all" in clause.kinds):
            self._subject = self._subject or clause
            self.has_rest, self.rest = True, clause.total
        if clause.scope == "some" or (self._is_aimed and "already" not in clause.kinds):
            self.is_unsure = True
        elif self._subject is not None:
            self._say(clause, says)
        else:
            self.total = self.total or clause.counted

    def _is_aside(self, clause: Clause) -> bool:
        """Whether it tells more of those spoken of: …全部完成，其中立行立改2个; 未完成1个，即…，计划年底完成."""
        if "among" in clause.kinds and self.status == "done":
            return clause.kinds <= _AMONG_DONE
        is_planned = (
            clause.scope == "none" and clause.says == "ongoing" and clause.time == "planned" and not clause.counted
        )
        return is_planned and bool(self.named) and self.named[-1][1] != "done"

    def _speaks_of_all(self, clause: Clause) -> bool:
        """Whether the subject is all that was fed back, or all above, and not a problem among others."""
        if clause.scope in ("above", "below", "part", "rest"):
            return True
        if any(word.kind == "date" and word.of(self.text).endswith("年") for word in clause.words):
            return False  # 2022年巡视反馈的问题: of another round
        if clause.scope == "fed" and any(word.of(self.text) in status.FED_BACK for word in clause.words):
            return True
        return bool(clause.total) or ("all" in clause.kinds and not self._is_apart)

    def _say(self, clause: Clause, says: Status) -> None:
        is_of_less = clause.scope == "things" and clause.total < self.total  # 反馈15个问题，目前3个已全部完成
        count = clause.counted or clause.own_count or (clause.total if is_of_less else 0)
        subject = self._subject
        is_told = subject is None or subject.act != "none" or subject.kinds <= _NAMED_ALONE
        is_told = is_told or (
            subject is not None
            and subject.kinds <= _WORKED_ON
            and subject.time == "now"
            and "all" in clause.kinds
            and bool(clause.kinds & _NOW)
        )
        is_of_others = count > self.total > 0  # 反馈4个问题，…，制定措施41项，完成40项
        self.is_unsure = self.is_unsure or (says == "done" and (is_of_others or not is_told))
        is_of_each = says != "ongoing" or is_even(clause)
        is_kept = self.status == "done" and bool(clause.kinds & {"hold", "long"}) and not clause.kinds & _NOT_KEPT
        is_kept = is_kept or (self.status == "long-term" and clause.kinds >= _STAGE_REACHED)
        is_short = bool(count) and count < self.total
        if is_short and says == "done" and self._short == 0:
            self._short = count
        elif is_short and says != "done" and is_of_each:
            self._left += count
        elif is_short or not is_of_each or (self.status not in (None, says) and not is_kept):
            self.is_unsure = True
        self.status = self.status or says
        self.is_plural = self.is_plural or bool(clause.kinds & {"all", "rest"})
