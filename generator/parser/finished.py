"""Whether 完成 in a clause can only mean that something is finished: its words and their order are in the tables."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.parser.rules import status
from generator.parser.statuswords import Word

_BEFORE = re.compile(status.BEFORE_DONE)
_AFTER = re.compile(status.AFTER_DONE)
_BEFORE_RATE = re.compile(status.BEFORE_RATE)
_FED_BACK = frozenset({"thing", "count", "this", "above", "below", "part", "rest"})
"""What 巡察 and 反馈 tell of; alone they name who inspected."""
_SHARE = {"share"}
"""占比100%."""
_TELLS_OF = _FED_BACK | {"rectify"}
_TELLS = {"already", "when", "percent"}
_DEMANDS = {"manner", "all", "date", "allow", "by", "check"}
_PROBLEM = _FED_BACK | {"rectify", "at-once"}


def is_plain(text: str, subject: Sequence[Word], predicate: Sequence[Word], at: int) -> bool:
    """Whether a clause says of its subject that it is finished, and nothing else; `at`: of 完成, -1 for 100%."""
    whom = {word.kind for word in subject} - (_SHARE if at < 0 else set())
    if not whom <= status.OF_DONE or ("fed" in whom and not whom & _FED_BACK):
        return False
    if at < 0:
        percent = next(i for i, word in enumerate(predicate) if word.kind == "percent")
        return _is(_BEFORE_RATE, predicate[:percent]) and _is(_AFTER, predicate[percent + 1 :])
    is_of_a_problem = bool((_PROBLEM | {"done"}) & (whom | {word.kind for word in predicate[:at]}))  # 销号清零
    if predicate[at].of(text) in status.OBJECTLESS and not is_of_a_problem:
        return False
    return _is(_BEFORE, predicate[:at]) and _is(_AFTER, predicate[at + 1 :])


def is_told(text: str, subject: Sequence[Word], predicate: Sequence[Word]) -> bool:
    """Whether a clause says of 完成 that it is a fact: 已完成, 均完成, 目前完成, 该问题完成, 完成率100%, 改好了.

    以上问题逐一整改到位 may as well say how it is to be done.
    """
    words = (*subject, *predicate)
    is_how = any(word.kind == "about" for word in subject) or any(word.of(text) in status.ONE_BY_ONE for word in words)
    if any(word.kind in _TELLS_OF for word in subject) and not is_how:
        return True
    return any(
        word.kind in _TELLS
        or word.of(text) in status.TOLD_OF_ALL
        or (word.kind == "done" and word.of(text)[-1] == "了")
        for word in words
    )


def may_be_demanded(text: str, words: Sequence[Word]) -> bool:
    """Whether 完成 that is not told as a fact may be what is to be done: 逐条整改到位, 完成整改任务, 12月完成."""
    first = next((i for i, word in enumerate(words) if word.kind == "done"), len(words))
    return any(word.kind == "thing" for word in words[first + 1 :]) or any(
        word.kind in _DEMANDS and word.of(text) not in status.TOLD for word in words
    )


def _is(order: re.Pattern[str], words: Sequence[Word]) -> bool:
    return order.fullmatch("".join(f"{word.kind} " for word in words)) is not None
