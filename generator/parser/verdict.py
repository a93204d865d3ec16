"""What clauses that follow each other say of one issue."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from generator.base.late_patterns import late_pattern
from generator.model.notice import Status
from generator.parser.clauses import Clause
from generator.parser.rules import status
from generator.parser.told import Grounding

_HARMLESS = late_pattern(status.HARMLESS)
_KEPT_UP = late_pattern(status.KEPT_UP)
_MADE_GOOD = late_pattern(status.MADE_GOOD)
_LEFT = frozenset({"need", "plan", "be", "rest", "some", "among", "except", "if", "aim", "ask", "stage", "mostly",
                   "ing", "start", "push", "pace", "keep"})  # fmt: skip
"""Kinds of words that say, or may say, that something is left."""
_QUIET = frozenset({"this", "above", "all", "thing", "fed", "us", "of", "at", "done", "rectify", "long", "hold", "by",
                    "check", "allow", "already", "manner", "when", "date", "rate", "any-rate", "share", "percent",
                    "label", "is", "yes"})  # fmt: skip
"""Kinds of words of a clause behind 完成 that says no status and takes nothing back: 并通过验收."""
_ASKED = frozenset({"ask", "already"})
"""已报县委巡察办销号: behind 完成 it does not make the issue unfinished."""
_SHORT_OF = frozenset({"some", "mostly", "stage", "not", "plan", "need"})
"""Alone in a clause, such a word says it of the next one: 基本，整改到位."""
_TO_COME = frozenset({"plan", "if", "ask"})


def decided(clauses: Sequence[Clause], *, is_value: bool = False) -> Status | None:
    """What clauses that follow each other say of one issue; None: nothing that is sure.

    `is_value`: they stand behind 整改状态：, where 按期完成 tells what is.

    Whatever is said to be left, of all or of a part, makes it unfinished; what is kept up behind 完成 does not. Behind
    完成 a clause that is not understood, and is of no harmless kind, may take something back: then nothing is sure.
    """
    found: Status | None = None
    total, done, is_partly, is_aimed, is_unsure = 0, 0, False, False, False
    ground = Grounding(is_value)
    for clause in (one for one in clauses if not _MADE_GOOD.fullmatch(one.text)):
        if clause.text.startswith(status.CONCEDED):
            is_unsure = is_unsure or found == "done"
            continue
        ground.note(clause, is_said=found is not None)
        is_unsure = is_unsure or "if" in clause.kinds or (found == "done" and clause.kinds >= _ASKED)
        is_partly = is_partly or _is_of_part(clause)
        if not clause.is_pure and not clause.is_open:
            is_told = found == "done" or clause.warns or clause.words[0].kind in _TO_COME
            is_unsure = is_unsure or (is_told and not is_harmless(clause))
            continue
        is_aimed = is_aimed or clause.time in ("aimed", "if")
        said, count = clause.says, clause.counted or clause.own_count
        is_fact = ground.is_fact_in(clause)
        is_unsure = is_unsure or (found == "done" and ground.is_due)
        is_asked = "already" not in clause.kinds and (is_aimed or (count and clause.scope == "none"))
        if said == "done" and (is_asked or not is_fact):
            continue  # 做到整改一个、销号一个
        if clause.total and (clause.scope in ("this", "above", "fed") or said is None):
            total = clause.total
        if said == "done" and count:
            done += count
            if not total:
                continue
        elif said == "done" and clause.scope in ("some", "below"):
            continue
        if said is not None:
            found = _next(found, said, clause)
        elif _is_of_unfinished(clause) or (found == "done" and takes_back(clause)):
            is_unsure = True
    if found == "done" and (is_partly or (done < total and done)):
        return "ongoing"
    return None if found == "done" and is_unsure else found


def _is_of_part(clause: Clause) -> bool:
    """Whether a clause leaves a part out: 除…外, 其余, 基本."""
    is_warned = "except" in clause.kinds or ("other" in clause.kinds and clause.warns)
    return is_warned or clause.scope == "rest" or (len(clause.words) == 1 and bool(clause.kinds & _SHORT_OF))


def _is_of_unfinished(clause: Clause) -> bool:
    """Whether a clause speaks of those that are unfinished: 未整改到位的2个事项已列入计划."""
    return "none" not in clause.kinds and {"not", "done"} <= {word.kind for word in clause.words[: clause.predicate]}


def takes_back(clause: Clause) -> bool:
    """Whether a clause behind 完成 that says no status may take a part of it back: 明年继续, 尚未形成长效机制."""
    if _KEPT_UP.fullmatch(clause.text) or _leaves_none(clause):
        return False
    if "need" in clause.kinds and ("progress" in clause.kinds or _WANTS.search(clause.text)):
        return True  # 但效果仍需提升, 但需提高
    if clause.is_pure and "filed" in clause.kinds:  # 并报县委巡察办备案
        return bool(clause.kinds & _LEFT - {"ask"}) or "not" in clause.kinds
    if clause.is_pure:
        return "not" in clause.kinds or (clause.act != "keep" and not clause.kinds <= _QUIET)
    return not is_harmless(clause)


def _leaves_none(clause: Clause) -> bool:
    """Whether a clause says that nothing is left: 无未完成事项, 没有剩余问题."""
    kinds = [word.kind for word in clause.words if word.kind != "count"]  # 无一项未完成
    return clause.kinds <= _OF_NONE and any(pair in _NONE_LEFT for pair in pairwise(kinds))


def is_harmless(clause: Clause) -> bool:
    """Whether a clause behind 完成 takes nothing back: it tells what was made, or how it was received."""
    if _KEPT_UP.fullmatch(clause.text):
        return True
    return not clause.kinds & _LEFT and _HARMLESS.match(clause.text) is not None


_OF_NONE = frozenset({"none", "not", "rest", "done", "rectify", "thing", "all", "when", "count", "need", "keep", "of"})
_NONE_LEFT = frozenset(
    {("none", "not"), ("none", "rest"), ("not", "rest"), ("not", "not"), ("none", "need"), ("not", "need")}
)
_WANTS = late_pattern("提升|提高")

_OF_SOME = frozenset({"some", "among", "rest"})
_OF_THE_WORK = frozenset({"rectify", "be", "not", "need", "done", "stage", "mostly", "thing", "ask", "by", "check",
                          "allow"})  # fmt: skip


def _next(found: Status | None, said: Status, clause: Clause) -> Status:
    kinds = clause.kinds
    if found is None or found == said:
        return said
    if found == "done":
        is_kept = (bool(kinds & {"keep", "long"}) and not kinds & _OF_THE_WORK) or "hold" in kinds
        if is_kept and kinds & _OF_SOME:
            return "ongoing"  # 部分内容需长期坚持
        return "done" if (is_kept and not clause.is_negative) or kinds >= _ASKED else said
    if found == "ongoing" and said == "done":
        return "done" if kinds & {"when"} and "already" in kinds and clause.scope != "rest" else "ongoing"
    return "long-term"
