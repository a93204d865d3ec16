"""Words that seem to say how far an issue is, and from which nothing follows: an editor must read them."""

from __future__ import annotations

import functools

from generator.base.late_patterns import late_pattern
from generator.parser.clauses import clauses_of
from generator.parser.leftovers import says_left
from generator.parser.rules import status
from generator.parser.text import patterns, sentences

_MAY_SAY = late_pattern(status.MAY_SAY)
_THIS = late_pattern(status.THIS)
_FINISHED = late_pattern(patterns(status.WORDS["done"].split()))
_SAYING = frozenset({"done", "long", "be", "not"})
_ITEM = late_pattern(status.ITEM)
_SHORT = 24
"""A sentence that closes an issue, and tells nothing else, is seldom longer."""
_TAIL = 2_000
"""Characters at the end of an answer that are read."""


@functools.lru_cache(maxsize=1024)  # the desk asks again after each act, and most answers are what they were
def unclear_in(said: tuple[str, ...], answer: str) -> str | None:
    """The words that seem to say how far an issue is, and do not: behind a label, or at the end of an answer."""
    if said:
        return said[-1] if said[-1].strip(status.STOPS + "。—-/ ") else None
    tail = answer[-_TAIL:]
    spans = list(sentences(tail, status.STOPS)) if _MAY_SAY.search(tail) else []
    for index in range(len(spans) - 1, -1, -1):
        sentence, is_last = spans[index].of(tail), index == len(spans) - 1
        may_be_unclear = (index == 0 or _THIS.search(sentence)) and (is_last or _FINISHED.search(sentence))
        if may_be_unclear and _is_unclear(sentence, is_last=is_last):
            return sentence.strip()
        if is_last and (says_left(sentence) or _ends_as_status(sentence) or _may_close(sentence)):
            return sentence.strip()
    return None


def _may_close(sentence: str) -> bool:
    """Whether a sentence is as short as a status, and speaks of 整改 and of 完成: 整改完成时间2023年6月."""
    words = sentence.strip()
    is_short = len(words) <= _SHORT and "整改" in words and _ITEM.match(words) is None
    return is_short and _FINISHED.search(words) is not None


def _ends_as_status(sentence: str) -> bool:
    """Whether the last clause says nothing but 已完成整改, of what it may be: 清理合同56份，已完成整改."""
    clauses = clauses_of(sentence)
    return bool(clauses) and clauses[-1].is_pure and clauses[-1].claims is not None and clauses[-1].scope == "none"


def _is_unclear(sentence: str, *, is_last: bool) -> bool:
    """Whether a clause of a sentence seems to say of 该问题, or of nothing that it names, how far it is."""
    for clause in clauses_of(sentence):
        first = next((word for word in clause.words if word.kind not in ("when", "date", "manner")), None)
        is_about_it = first is not None and first.kind in ("this", "above")
        is_of_problem = "done" in clause.kinds and "thing" in clause.kinds and not clause.is_of_work
        if is_about_it and (is_of_problem or (is_last and clause.kinds & _SAYING)):
            return True
        if clause.is_pure and clause.scope == "none" and clause.claims == "done":
            return True
    return False
