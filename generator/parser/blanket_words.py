"""Words of a sentence about many issues, looked at before it is read, or clause by clause."""

from __future__ import annotations

from generator.base.late_patterns import late_pattern
from generator.parser.clauses import Clause

_PART_LEFT = late_pattern(
    r"除(?P<name>“[^“”]{4,40}”)(?:的?问题)?[中里](?!的?问题)(?=[^“”。；外]{0,40}(?:[尚仍还]|未|正在|继续|待|需))[^“”。；外]{2,40}?外"
)


def told_plainly(sentence: str) -> str:
    """A sentence, of 除“公车管理不严”中2台车辆尚未处置外 the part taken for the issue: it is unfinished."""
    return _PART_LEFT.sub(r"除\g<name>问题正在整改外", sentence)


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
