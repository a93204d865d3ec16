"""What the clauses of a status sentence say: of whom, what, how much of it, when; and what follows for an issue.

A clause whose every word is known says something. Any other says nothing, but it may warn that something is left.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from generator.base.diagnostics import Span
from generator.model.notice import Status
from generator.parser.rules.status import REASON
from generator.parser.statuswords import Word, words_in

Scope = Literal["none", "this", "above", "fed", "things", "rest", "some", "named"]
"""Of whom: nobody named · 该问题 · 以上问题 · 反馈的问题 · 问题 alone · 其余 · a part · others by name."""
Act = Literal["none", "done", "going", "long", "keep"]
"""What: nothing about how far it is · 完成 · 推进 · 长期 · 巩固, which changes nothing."""
Time = Literal["now", "planned", "aimed", "if"]


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of a sentence about how far something is."""

    span: Span
    words: tuple[Word, ...]
    kinds: frozenset[str]
    """The kinds of its words."""
    scope: Scope
    act: Act
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
        """Whether every word of it is understood."""
        return not self.kinds & {"other", "quote", "reason"}

    @property
    def says(self) -> Status | None:
        """What it says of whom it speaks."""
        if self.act in ("none", "keep") or self.time in ("if", "aimed"):
            return None
        if self.act == "long":
            return "long-term"
        is_done = self.act == "done" and self.is_whole and self.time == "now" and not self.is_negative
        return "done" if is_done else "ongoing"

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
        return first is not None and first.kind in ("this", "above")

    @property
    def is_open(self) -> bool:
        """Whether it says of 该问题 that it is not done, whatever other words it holds: 该问题待资金拨付后完成整改."""
        is_last = self.words[-1].kind in ("done", "rectify")
        return self.is_about_one and is_last and self.says == "ongoing" and (self.is_negative or self.time == "planned")

    @property
    def warns(self) -> bool:
        """Whether it says that something is left, of what it may be."""
        kinds = self.kinds
        is_denied = "not" in kinds and bool(kinds & {"done", "rectify", "grant"})
        return is_denied or "be" in kinds or ("rest" in kinds and bool(kinds & {"need", "plan", "not"}))


_BREAKS = ("stop", "and")
_ENOUGH = 40
"""Clauses of a sentence that are read; a sentence with more is no status."""


@functools.lru_cache(maxsize=2048)
def clauses_of(text: str) -> tuple[Clause, ...]:
    """The clauses of `text`; their spans index it."""
    found: list[Clause] = []
    words: list[Word] = []
    for word in (*words_in(text), Word("stop", len(text), len(text))):
        if word.kind not in _BREAKS:
            words.append(word)
        elif words:
            found.append(_clause(text, tuple(words)))
            words = []
            if len(found) == _ENOUGH:
                break
    return tuple(found)


_SUBJECT = frozenset({"this", "above", "all", "rest", "some", "among", "thing", "fed", "count", "of", "link", "when",
                      "date", "quote", "other", "except", "outside", "before", "after", "share"})  # fmt: skip
_ACTING = frozenset({"done", "rectify", "long", "need", "not", "be", "keep", "stage", "mostly", "at-once"})


def _clause(text: str, words: tuple[Word, ...]) -> Clause:
    words = _with_names(_as_nouns(text, words))
    at = _predicate(words)
    subject, predicate = words[:at], words[at:]
    kinds = frozenset(word.kind for word in words)
    said = {word.kind for word in predicate} | (kinds & {"some", "none"})
    act, at_done = _act(text, predicate, said)
    percent = next((word.value for word in predicate if word.kind == "percent"), 100)
    return Clause(
        span=Span(words[0].start, words[-1].end),
        words=words,
        kinds=kinds,
        scope=_scope({word.kind for word in subject}),
        act=act,
        is_whole=not said & {"mostly", "stage", "some", "be"} and ("share" in kinds or percent >= 100),
        time=_time(said | (kinds & {"date", "when", "before"})),
        is_negative="not" in said,
        total=_count(words if act == "none" else subject),
        counted=(_count(predicate[at_done + 1 :]) or _count(predicate)) if act != "none" else 0,
        names=tuple(Span(word.start, word.end) for word in words if word.kind in ("other", "quote")),
    )


def _as_nouns(text: str, words: tuple[Word, ...]) -> tuple[Word, ...]:
    """The words, 整改 before 任务 taken as a part of it, and 因… as a reason."""
    found = list(words)
    if text.startswith(REASON, words[0].start):
        found[0] = words[0]._replace(kind="reason")
    for index, word in enumerate(words):
        if word.kind == "other" and text.startswith(REASON, word.start):
            found[index] = word._replace(kind="reason")
    for index, (word, behind) in enumerate(pairwise(words)):
        if word.kind == "rectify" and behind.kind == "thing" and behind.of(text) not in ("情况", "内容"):
            found[index] = word._replace(kind="thing")
        if word.kind == "other" and behind.kind == "fed" and behind.of(text).endswith(("委", "党组")):
            found[index] = word._replace(kind="fed")
    return tuple(found)


_NAME_ENDS = frozenset({"count", "thing", "already", "be", "done"})


def _with_names(words: tuple[Word, ...]) -> tuple[Word, ...]:
    """The words, a name in one: 公务接待审批不严 holds 待 and 不, and neither needs nor denies anything."""
    first = next((i for i, word in enumerate(words) if word.kind == "other"), len(words))
    end = next((i for i in range(first + 1, len(words)) if words[i].kind in _NAME_ENDS), len(words))
    last = max((i for i in range(first, end) if words[i].kind == "other"), default=first)
    if last <= first:
        return words
    return (*words[:first], words[first]._replace(end=words[last].end), *words[last + 1 :])


_BEFORE_HEAD = ("of", "count", "fed", "at-once")


def _predicate(words: Sequence[Word]) -> int:
    """Where the predicate begins: behind the subject, with what tells of it (已完成的3个问题)."""
    at = next((i for i, word in enumerate(words) if word.kind not in _SUBJECT), len(words))
    for index in range(len(words) - 1, at, -1):
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
    if kinds & {"other", "quote"}:
        return "named"
    if kinds & {"among"} or kinds & _ACTING:
        return "some"
    for kind, scope in _SCOPES:
        if kind in kinds:
            return scope
    return "none"


_SCOPES: tuple[tuple[str, Scope], ...] = (
    ("rest", "rest"), ("above", "above"), ("this", "this"), ("fed", "fed"), ("thing", "things"), ("count", "things"),
)  # fmt: skip


def _count(words: Sequence[Word]) -> int:
    return next((int(word.value) for word in reversed(words) if word.kind == "count"), 0)


def _time(kinds: set[str]) -> Time:
    if "if" in kinds:
        return "if"
    if "aim" in kinds:
        return "aimed"
    is_due = "before" in kinds and kinds & {"date", "when"} and "already" not in kinds
    return "planned" if kinds & {"plan", "ask", "need"} or is_due else "now"


_OBJECTS = frozenset(
    {"after", "before", "when", "date", "grant", "push", "label", "start", "other", "quote", "progress", "ask", "fed"}
)


def _act(text: str, words: Sequence[Word], kinds: set[str]) -> tuple[Act, int]:
    """What a predicate says, and the index of the word that says 完成; -1 without one."""
    if "none" in kinds:
        return "none", -1
    at = max((i for i, word in enumerate(words) if word.kind == "done"), default=-1)
    if at >= 0 and _is_of_something(text, words, at):
        return "none", at
    if at >= 0:
        return ("long" if any(word.kind == "long" for word in words[:at]) else "done"), at
    if kinds & {"label", "grant"} and not kinds & {"be", "rectify"}:
        return ("going" if kinds & {"plan", "not", "need"} else "none"), -1
    return _other_act(words, kinds)


def _is_of_something(text: str, words: Sequence[Word], at: int) -> bool:
    """Whether 完成 is said of another thing, or of a time: 完成验收, 完成的问题, 完成情况, 完成后."""
    behind = [word for word in words[at + 1 :] if word.kind not in ("already", "all")]
    if not behind:
        return False
    first, rest = behind[0], behind[1:]
    if first.kind == "of":
        return not rest or rest[0].kind not in ("percent", "count", "link", "hold", "long", "keep")
    if first.kind == "thing":
        return first.of(text) in ("情况", "内容", "项目") or (
            len(rest) > 1 and rest[0].kind == "of" and rest[1].kind == "thing"
        )
    return first.kind in _OBJECTS


def _other_act(words: Sequence[Word], kinds: set[str]) -> tuple[Act, int]:
    """What a predicate says without 完成: 整改率100%, 已整改, 正在推进, 取得成效, 长期坚持."""
    if "percent" in kinds and "share" not in kinds:
        return "done", -1
    if "long" in kinds:
        return "long", -1
    at = max((i for i, word in enumerate(words) if word.kind in ("rectify", "at-once")), default=-1)
    is_last = at >= 0 and all(word.kind in ("count", "all", "already", "thing") for word in words[at + 1 :])
    if is_last and "already" in kinds and not kinds & _NOT_YET:
        return "done", at
    is_amid = "ing" in kinds and "rectify" in kinds
    if kinds & _GOING or is_amid or ("rectify" in kinds and kinds & _NOT_YET):
        return _going(kinds), -1
    if kinds & {"get", "stage"} and "progress" in kinds:
        return "going", -1
    return ("keep" if "hold" in kinds else "none"), -1


_GOING = frozenset({"be", "push", "pace", "start"})
_NOT_YET = frozenset({"not", "be", "keep", "need", "plan", "ask", "stage", "mostly", "some"})
"""Before 整改: it is not finished."""


def _going(kinds: set[str]) -> Act:
    """推进, 正在…; 已处理 does not say whether all of it is."""
    if "hold" in kinds and not kinds & {"rectify", "be"}:
        return "keep"
    if "already" in kinds and "push" in kinds and not kinds & {"be", "keep", "ing", "not", "pace", "start"}:
        return "none"
    return "going"


def decided(clauses: Sequence[Clause]) -> Status | None:
    """What clauses that follow each other say of one issue; None: nothing that is sure.

    Whatever is said to be left, of all or of a part, makes it unfinished; what is kept up behind 完成 does not.
    """
    found: Status | None = None
    total, done, is_partly, is_aimed = 0, 0, False, False
    for clause in clauses:
        is_partly = is_partly or "except" in clause.kinds or ("other" in clause.kinds and clause.warns)
        is_partly = is_partly or (len(clause.words) == 1 and bool(clause.kinds & {"some", "mostly", "stage"}))
        if not clause.is_pure and not clause.is_open:
            continue
        is_aimed = is_aimed or clause.time in ("aimed", "if")
        said, count = clause.says, clause.counted or clause.own_count
        if said == "done" and is_aimed and "already" not in clause.kinds:
            continue  # 做到整改一个、销号一个
        if clause.total and (clause.scope in ("this", "above", "fed") or said is None):
            total = clause.total
        if said == "done" and count:
            done += count
            if not total:
                continue
        elif said == "done" and clause.scope == "some":
            continue
        if said is not None:
            found = _next(found, said, clause)
    if found == "done" and (is_partly or (done < total and done)):
        return "ongoing"
    return found


def _next(found: Status | None, said: Status, clause: Clause) -> Status:
    kinds = clause.kinds
    if found is None or found == said:
        return said
    if found == "done":
        is_kept = not kinds & {"rectify", "be", "not", "need", "done", "stage", "mostly", "thing"} or "hold" in kinds
        return "done" if is_kept and not clause.is_negative else said
    if found == "ongoing" and said == "done":
        return "done" if kinds & {"when"} and "already" in kinds and clause.scope != "rest" else "ongoing"
    return "long-term"
