"""What the clauses of a status sentence say: of whom, what, how much of it, when (verdict: what follows for an issue).

A clause whose every word is known says something. Any other says nothing, but it may warn that something is left.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from generator.base.diagnostics import Span
from generator.model.notice import Status
from generator.parser.finished import is_plain, is_told, may_be_demanded
from generator.parser.predicates import PredicateAct, act_of
from generator.parser.rules.status import GONE, REACHED, REASON, WORK
from generator.parser.statuswords import Word, words_in

Scope = Literal["none", "this", "above", "below", "part", "fed", "things", "rest", "some", "named"]
"""Of whom: nobody named · 该问题 · 以上问题 · 以下问题 · 本方面 · 反馈的问题 · 问题 alone · 其余 · some ·
others by name."""
Time = Literal["now", "planned", "aimed", "if"]


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of a sentence about how far something is."""

    span: Span
    text: str
    """Its words as printed."""
    words: tuple[Word, ...]
    predicate: int
    """Index of the word with which the predicate begins."""
    kinds: frozenset[str]
    """The kinds of its words."""
    scope: Scope
    act: PredicateAct
    is_plain: bool
    """Whether its words stand in an order in which 完成 can only mean that something is finished."""
    is_told: bool
    """Whether one of them says that it is a fact: 已, 均, 目前, 该问题."""
    may_be_demanded: bool
    """Whether, without such a word, it may be what is to be done: 按期完成."""
    is_whole: bool
    """Not 基本, 阶段性, 部分, 正在, 80%."""
    time: Time
    is_negative: bool
    total: int
    """How many things the clause speaks of; 0: it does not say."""
    counted: int
    """Of how many of them it says so; 0: it does not say."""
    names: tuple[Span, ...]
    """Words that name what it speaks of."""

    @property
    def is_pure(self) -> bool:
        """Whether every word of it is understood, and it names nothing."""
        return not self.kinds & _NAMING and "reason" not in self.kinds

    @property
    def is_of_named(self) -> bool:
        """Whether every word of it is understood but the names in quotation marks and the numbers of whom it speaks."""
        return bool(self.kinds & {"quote", "nth"}) and not self.kinds & {"other", "reason"}

    @property
    def says(self) -> Status | None:
        """What it says of whom it speaks, and can say of nothing else."""
        said = self.claims
        return None if said == "done" and not self.is_plain else said

    @property
    def claims(self) -> Status | None:
        """What it seems to say."""
        if self.act in ("none", "keep") or self.time in ("if", "aimed") or self._is_praise:
            return None
        if self.time == "planned" and self.scope == "fed" and not self.kinds & _OF_ISSUES:
            return None  # 局党组将持续深化整改: it says what the organ will do
        if self.act == "long":
            return "long-term"
        is_done = self.act == "done" and self.is_whole and self.time == "now" and not self.is_negative
        if is_done and self.is_of_work:
            return None
        return "done" if is_done else "ongoing"

    @property
    def _is_praise(self) -> bool:
        """Whether it says of many that it went well, and not how far it is: 反馈的4个问题整改取得了明显成效."""
        is_of_many = self.scope in ("fed", "above") or bool(self.kinds & {"count", "all"})
        return is_of_many and self.kinds >= {"get", "well", "progress"} and "stage" not in self.kinds

    @property
    def is_of_work(self) -> bool:
        """Whether its subject may be less than the problem: 各项工作, 该项目; 此项工作 is the problem."""
        subject = {word.of(self.text) for word in self._subject if word.kind == "thing"}
        return bool(subject) and subject <= (_WORK if self.scope in ("things", "above") else _LESS)

    @property
    def _subject(self) -> tuple[Word, ...]:
        """The words before the predicate, places as in the clause's own text."""
        first = self.words[0].start
        return tuple(w._replace(start=w.start - first, end=w.end - first) for w in self.words[: self.predicate])

    @property
    def own_count(self) -> int:
        """Of how many things it says so by its subject, when these are not all: 2个已完成."""
        is_part = self.scope == "some" or (self.scope == "things" and "all" not in self.kinds)
        return self.total if is_part else 0

    @property
    def is_reason(self) -> bool:
        """Whether it says why something is not done."""
        return "reason" in self.kinds

    @property
    def is_about_one(self) -> bool:
        """Whether it begins with 该 or 以上."""
        first = next((word for word in self.words if word.kind not in ("when", "date")), None)
        return first is not None and first.kind in ("this", "above", "part")

    @property
    def is_open(self) -> bool:
        """Whether it says that it is not done, whatever other words it holds: 该问题待资金拨付后完成整改.

        Of 该问题, or of nothing: 后续将结合换届继续整改.
        """
        is_last = self.words[-1].kind in ("done", "rectify")
        goes_on = [word.kind for word in self.words[-2:]] == ["keep", "rectify"] and self.words[0].kind == "plan"
        is_to_come = self.time == "planned" and "already" not in self.kinds
        is_of_it = (self.is_about_one and (self.is_negative or is_to_come)) or (goes_on and is_to_come)
        return is_of_it and is_last and self.says == "ongoing"

    @property
    def may_warn(self) -> bool:
        """Whether one of its words alone may say that something is left, though it stands in a name."""
        return any(word.kind in _WARNING for word in words_in(self.text))

    @property
    def warns(self) -> bool:
        """Whether it says that something is left, of what it may be."""
        kinds = self.kinds
        is_denied = "not" in kinds and bool(kinds & {"done", "rectify", "check", "allow"})
        return is_denied or "be" in kinds or ("rest" in kinds and bool(kinds & {"need", "plan", "not"}))


_WARNING = frozenset({"not", "be", "rest", "some", "except", "need", "mostly", "stage", "if", "ask", "push"})
_NAMING = frozenset({"other", "quote", "nth"})
_UNDER_WAY = frozenset({"start", "pace"})
"""In a predicate that speaks of 完成 or 整改, they say that it has begun: 已全部启动整改."""
_OF_ISSUES = frozenset({"this", "above", "below", "part", "rest", "thing", "count"})
_LESS = frozenset({"项目", "内容", "情况"})
_WORK = _LESS | {"工作", "任务"}
_BREAKS = ("stop", "and")
_ASKS = re.compile("[?？]")
_ENOUGH = 40
"""Clauses of a sentence that are read; a sentence with more is no status."""


@functools.lru_cache(maxsize=2048)
def clauses_of(text: str) -> tuple[Clause, ...]:
    """The clauses of `text`; their spans index it."""
    found: list[Clause] = []
    words: list[Word] = []
    read = (*words_in(text), Word("stop", len(text), len(text)))
    for index, word in enumerate(read):
        if word.kind not in _BREAKS:
            words.append(word)
        elif _joins_numbers(text, read, index):
            continue
        if words and (word.kind in _BREAKS or _ends_subject(words, read[index + 1 : index + 3])):
            if not _ASKS.search(word.of(text)):  # 该问题已完成整改？
                found.append(_clause(text, tuple(words)))
            words = []
            if len(found) == _ENOUGH:
                break
    return tuple(found)


def _ends_subject(words: Sequence[Word], behind: Sequence[Word]) -> bool:
    """Whether the words say of whom the next clause speaks, without a stop.

    除…外, 4个问题中“公车管理不严”问题…, 反馈的8个问题除第4项外.
    """
    if words[-1].kind == "outside":
        return any(word.kind == "except" for word in words)
    if [word.kind for word in behind[:1]] == ["except"]:
        return words[-1].kind in ("thing", "count", "ing", "among") and all(w.kind in (*_SUBJECT, "ing") for w in words)
    is_among = [word.kind for word in words[-2:]] == ["thing", "ing"]
    return is_among and any(word.kind in ("quote", "nth") for word in behind)


_JOINT = re.compile(r"\s?(?:、|以?及|和|与)\s?")


def _joins_numbers(text: str, words: Sequence[Word], at: int) -> bool:
    """Whether 、 or 和 stands between numbers of issues (第1项、第2项, 第1个和第3个), never a bracket or comma."""
    before = [word.kind for word in words[max(0, at - 2) : at]]
    is_behind_number = before[-1:] == ["nth"] or before == ["nth", "thing"]
    is_before_number = at + 1 < len(words) and words[at + 1].kind == "nth"
    if not (is_behind_number and is_before_number):
        return False
    return _JOINT.fullmatch(text, words[at - 1].end, words[at + 1].start) is not None


_SUBJECT = frozenset({
    "this", "above", "below", "part", "all", "rest", "some", "among", "thing", "fed", "count", "of", "link", "when",
    "date", "quote", "nth", "other", "except", "outside", "before", "after", "share", "us", "at", "about",
})  # fmt: skip
_ACTING = frozenset({"done", "rectify", "long", "need", "not", "be", "keep", "stage", "mostly", "at-once"})


_REACHED = re.compile(REACHED)


def _clause(text: str, words: tuple[Word, ...]) -> Clause:
    words = _with_names(_as_nouns(text, words))
    at = _predicate(words)
    subject, predicate = words[:at], words[at:]
    kinds = frozenset(word.kind for word in words)
    said = {word.kind for word in predicate} | (kinds & {"some", "none"})
    act, at_done = act_of(text, predicate, said)
    if words[-1].kind == "of":
        act = "none"  # 未完成整改的，将…: it says of whom the next clause speaks
    is_reached = _REACHED.fullmatch(text, words[0].start, words[-1].end) is not None
    if is_reached and act == "going":
        act = "none"
    if act == "done" and (said & _UNDER_WAY or words[-1].kind == "ing"):
        act = "going"
    counts = [int(word.value) for word in subject if word.kind == "count"]
    counted = (_count(predicate[at_done + 1 :]) or _count(predicate)) if act != "none" else 0
    percent = next((word.value for word in reversed(predicate) if word.kind == "percent"), 100)
    return Clause(
        span=Span(words[0].start, words[-1].end),
        text=text[words[0].start : words[-1].end],
        words=words,
        predicate=at,
        kinds=kinds,
        scope=_scope({word.kind for word in subject}),
        act=act,
        is_plain=act == "done" and is_plain(text, subject, predicate, at_done),
        is_told=is_told(text, subject, predicate),
        may_be_demanded=may_be_demanded(text, words),
        is_whole=not said & {"mostly", "stage", "some", "be"} and ("share" in kinds or percent >= 100),
        time="now" if is_reached else _time(said | (kinds & {"date", "when", "before"})),
        is_negative="not" in said and not _is_denied_twice(predicate),
        total=_count(words) if act == "none" else max(counts, default=0),
        counted=counted or (counts[-1] if act != "none" and len(counts) > 1 else 0),
        names=tuple(Span(word.start, word.end) for word in words if word.kind in _NAMING),
    )


def _is_denied_twice(words: Sequence[Word]) -> bool:
    """Whether it is denied that something is not done: 没有未完成事项."""
    kinds = [word.kind for word in words if word.kind != "count"]  # 没有一个未完成
    return any(one == behind == "not" for one, behind in pairwise(kinds))


def _as_nouns(text: str, words: tuple[Word, ...]) -> tuple[Word, ...]:
    """The words, 整改 before 任务 taken as a part of it, and 因… as a reason."""
    found = list(words)
    is_told = any(word.kind in ("already", "all") for word in words) and not any(word.kind == "about" for word in words)
    if text.startswith(REASON, words[0].start):
        found[0] = words[0]._replace(kind="reason")
    for index, word in enumerate(words):
        if word.of(text) in WORK and not is_told:
            found[index] = word._replace(kind="other")  # 10个问题的整改落实, 按要求整改落实
        if word.kind == "other" and text.startswith(REASON, word.start):
            found[index] = word._replace(kind="reason")
    _take_pairs(text, words, found)
    return tuple(found)


def _take_pairs(text: str, words: Sequence[Word], found: list[Word]) -> None:
    """Change in `found` what a word is by the one behind it."""
    is_counted = any(word.kind == "count" for word in words)
    is_of_several = any(word.kind == "count" and word.value > 1 for word in words)
    for index, (word, behind) in enumerate(pairwise(words)):
        if word.kind == "this" and is_of_several and behind.kind == "count":
            found[index] = word._replace(kind="above")  # 这2个问题
        if word.of(text) in GONE and behind.kind == "not":
            found[index] = word._replace(kind="none")  # 不再存在未完成事项
        if (
            word.kind in ("when", "date")
            and behind.kind == "of"
            and {w.kind for w in words[index + 2 :][:1]} & _OF_A_TIME
        ):
            found[index] = word._replace(kind="stage")  # 今年的任务: of those to come it says nothing
        is_of_stage = behind.of(text) in _OF_STAGE and word.of(text).startswith("集中整改")
        is_long = word.kind in ("date", "when") and (word.of(text).endswith(_LONG) or is_of_stage)
        if is_long and behind.kind in _OF_A_TIME:
            found[index] = word._replace(kind="stage")  # 2023年整改任务
        if word.kind in ("thing", "count") and behind.kind == "ing" and is_counted:
            found[index + 1] = behind._replace(kind="at")  # 3个问题中1个
        if word.kind == "rectify" and behind.kind == "thing" and behind.of(text) not in ("情况", "内容"):
            found[index] = word._replace(kind="thing")
        is_only_asked = (
            word.kind == "fed" or (word.kind == "allow" and word.of(text) != "予以") or word.of(text) == "限时"
        )
        if is_only_asked and behind.kind == "rectify" and _is_already(words[max(0, index - 2) : index]):
            found[index] = word._replace(kind="other")  # 已列入整改, 已全部反馈整改, 已批准整改: that much was done
        if word.kind == "other" and behind.kind == "fed" and behind.of(text).endswith(("委", "党组")):
            found[index] = word._replace(kind="fed")


def _is_already(words: Sequence[Word]) -> bool:
    """Whether 已 stands at the end, or has nothing but 全部 behind it."""
    return "already" in {word.kind for word in words} and words[-1].kind in ("already", "all")


_OF_STAGE = ("任务", "事项")
"""集中整改期内任务: what comes behind that time is left."""
_LONG = ("年", "季度", "现阶段", "年内", "当月")
_OF_A_TIME = frozenset({"thing", "rectify"})
_IN_NAMES = frozenset({"not", "keep", "manner", "well", "hold"})
_NAME_ENDS = frozenset({"count", "thing", "already", "be", "done"})


def _with_names(words: tuple[Word, ...]) -> tuple[Word, ...]:
    """The words, a name in one: 公务接待审批不严 holds 待 and 不, and neither needs nor denies anything."""
    first = next((i for i, word in enumerate(words) if word.kind == "other"), len(words))
    end = next((i for i in range(first + 1, len(words)) if words[i].kind in _NAME_ENDS), len(words))
    last = max((i for i in range(first, end) if words[i].kind == "other"), default=first)
    if end < len(words) and words[end].kind == "thing" and words[end - 1].kind == "of":
        inside = words[first + 1 : end - 1]
        last = end - 2 if inside and not {word.kind for word in inside} & _TELLING else last  # 学习不深入的问题
    is_counted = [word.kind for word in words[end : end + 2]] == ["count", "thing"]
    if is_counted and {word.kind for word in words[first + 1 : end]} - {"other"} <= _IN_NAMES:
        last = end - 1  # 学习教育不深入2个问题
    if last <= first:
        return words
    return (*words[:first], words[first]._replace(end=words[last].end), *words[last + 1 :])


_TELLING = frozenset({"push", "rectify", "start", "long", "quote", "nth", "all", "need", "plan"})
_BEFORE_HEAD = ("of", "count", "fed", "at-once")


def _predicate(words: Sequence[Word]) -> int:
    """Where the predicate begins: behind the subject, with what tells of it (已完成的3个问题)."""
    at = next((i for i, word in enumerate(words) if word.kind not in _SUBJECT), len(words))
    for index in range(len(words) - 1, at, -1):
        if words[index - 1].kind == "of" and words[index].kind in ("already", "all", "be"):
            return index  # 应完成的已全部完成, 需长期整改的正在推进
        is_head = words[index].kind in ("thing", "count") and words[index - 1].kind in _BEFORE_HEAD
        told = [word.kind for word in words[at:index]]
        if (
            is_head
            and ("of" in told or "at-once" in told[-1:])
            and "is" not in told
            and any(kind in _ACTING for kind in told)
        ):
            return index + 1
    return at


def _scope(kinds: set[str]) -> Scope:
    if kinds & _NAMING:
        return "named"
    if kinds & {"among"} or kinds & _ACTING:
        return "some"
    for kind, scope in _SCOPES:
        if kind in kinds:
            return scope
    return "none"


_SCOPES: tuple[tuple[str, Scope], ...] = (
    ("rest", "rest"), ("below", "below"), ("part", "part"), ("above", "above"), ("this", "this"),
    ("fed", "fed"), ("thing", "things"), ("count", "things"),
)  # fmt: skip


def _count(words: Sequence[Word]) -> int:
    return next((int(word.value) for word in reversed(words) if word.kind == "count"), 0)


def _time(kinds: set[str]) -> Time:
    if "if" in kinds:
        return "if"
    if "aim" in kinds:
        return "aimed"
    is_due = "before" in kinds and "already" not in kinds
    return "planned" if kinds & {"plan", "ask", "need"} or is_due else "now"
