"""What the predicate of a clause says: 完成, 推进, 长期, 巩固, or nothing about how far something is."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Literal

from generator.parser.rules.status import ONE_BY_ONE, WORKED
from generator.parser.statuswords import Word

PredicateAct = Literal["none", "done", "going", "long", "keep"]
"""Nothing about how far it is · 完成 · 推进 · 长期 · 巩固, which changes nothing."""

_GRANTED = frozenset({"by", "check", "allow"})
_ANSWERED = _GRANTED | {"label"}


def act_of(text: str, words: Sequence[Word], kinds: set[str]) -> tuple[PredicateAct, int]:
    """What a predicate says, and the index of the word that says 完成; -1 without one."""
    if "none" in kinds:
        return "none", -1
    at = max((i for i, word in enumerate(words) if word.kind == "done"), default=-1)
    if at >= 0 and _is_of_something(text, words, at):
        return "none", at
    if at >= 0:
        return ("long" if any(word.kind == "long" for word in words[:at]) else "done"), at
    if kinds & _ANSWERED and not kinds & {"be", "rectify"}:
        is_asked_for = "ask" in kinds and kinds & _GRANTED and "already" not in kinds
        return ("going" if is_asked_for or kinds & {"plan", "not", "need"} else "none"), -1
    return _other_act(text, words, kinds)


_OBJECTS = frozenset({
    "after", "before", "when", "date", "check", "filed", "allow", "by", "push", "label", "start",
    "other", "quote", "progress", "ask", "fed",
})  # fmt: skip
"""Kinds of words that name what is completed, behind 完成."""


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


def _other_act(text: str, words: Sequence[Word], kinds: set[str]) -> tuple[PredicateAct, int]:
    """What a predicate says without 完成: 整改率100%, 已整改 but not 已逐一整改, 正在推进, 取得成效, 长期坚持."""
    if "percent" in kinds and "share" not in kinds:
        return "done", -1
    if "long" in kinds:
        is_lack = any(one.kind == "long" and behind.kind == "not" for one, behind in pairwise(words))
        return ("none" if is_lack else "long"), -1  # 长期未落实
    at = max((i for i, word in enumerate(words) if word.kind in ("rectify", "at-once")), default=-1)
    is_last = at >= 0 and all(word.kind in ("count", "all", "already", "thing") for word in words[at + 1 :])
    if is_last and "already" in kinds and not kinds & _NOT_YET and not any(w.of(text) in ONE_BY_ONE for w in words):
        return "done", at
    is_amid = "ing" in kinds and "rectify" in kinds
    if _tells_how(text, words, kinds):
        return "none", -1
    if kinds & _GOING or is_amid or ("rectify" in kinds and kinds & _NOT_YET):
        return _going(kinds), -1
    if kinds & {"get", "stage"} and "progress" in kinds:
        return "going", -1
    return ("keep" if "hold" in kinds else "none"), -1


_GOING = frozenset({"be", "push", "pace", "start"})
_NOT_YET = frozenset({"not", "be", "keep", "need", "plan", "ask", "stage", "mostly", "some", "push", "start"})
"""Before 整改: it is not finished."""


def _tells_how(text: str, words: Sequence[Word], kinds: set[str]) -> bool:
    """Whether a predicate tells what somebody does, and not how far it is: 逐项落实整改, 开展整改."""
    pushed = {word.of(text) for word in words if word.kind == "push"}
    is_bare = not kinds & (_GOING - {"push"}) and not kinds & (_NOT_YET - {"push"}) and "ing" not in kinds
    return "rectify" in kinds and bool(pushed) and pushed <= WORKED and is_bare


def _going(kinds: set[str]) -> PredicateAct:
    """推进, 正在…; 已处理 does not say whether all of it is."""
    if "hold" in kinds and not kinds & {"rectify", "be"}:
        return "keep"
    if "already" in kinds and "push" in kinds and not kinds & {"be", "keep", "ing", "not", "pace", "start"}:
        return "none"
    return "going"
