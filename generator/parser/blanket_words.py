"""What the clauses of a sentence about many issues are asked."""

from __future__ import annotations

from generator.parser.clauses import Clause


def has_open_bracket(text: str) -> bool:
    """Whether a bracket is open at the end of a text."""
    return max(text.rfind("（"), text.rfind("(")) > max(text.rfind("）"), text.rfind(")"))


def is_even(clause: Clause) -> bool:
    """Whether what is unfinished is so of every one: 正在整改, 基本完成1个; 尚未全部完成 and 基本完成 are of some."""
    if clause.counted and not clause.kinds & {"some"}:
        return True
    order = [word.kind for word in clause.words if word.kind in ("all", "not")]
    if clause.kinds & {"mostly", "some"} or order[-2:] == ["not", "all"]:
        return False
    return clause.act == "going" or clause.is_negative or clause.time == "planned" or "stage" in clause.kinds
