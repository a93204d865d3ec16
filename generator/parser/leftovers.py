"""What words around 完成 may leave undone: those before a closing sentence, and those behind it."""

from __future__ import annotations

from generator.base.diagnostics import Span
from generator.base.late_patterns import late_pattern
from generator.model.numbering import CN, ONE_SIGN
from generator.parser.clauses import clauses_of
from generator.parser.rules import status
from generator.parser.text import sentences
from generator.parser.verdict import is_harmless, takes_back

_LEFT = late_pattern(status.LEFT)
_UNDONE = late_pattern(status.UNDONE)
_MADE_GOOD = late_pattern(status.MADE_GOOD)
_OPEN_END = late_pattern(status.OPEN_END)
_OPEN_LAST = late_pattern(rf"(?:{'|'.join(status.OPEN_LAST)})$")
_REST = late_pattern(status.REST)
_TO_COME = late_pattern(status.TO_COME)
_FINDING = r"(?:发现|查出|查摆|排查|清查|自查|检出)[^。；，,]{0,16}?"
_FOUND = late_pattern(_FINDING + r"(?:\d|问题|隐患|[一二三四五六七八九十两]+[个处项家条起])")
_FOUND_PROBLEMS = late_pattern(_FINDING + "(?:问题|隐患)")
_ITEM = late_pattern(
    rf"^(?:[{CN}]{{1,3}}[是、]|第[{CN}]{{1,2}}[，,、]|[（(]?(?:\d{{1,2}}|[{CN}]{{1,2}})[）)．.、]|[{ONE_SIGN}])"
)
_NEAR = 200
"""Characters before a closing sentence that may say what it speaks of."""


def says_left(text: str) -> bool:
    """Whether words around 完成 may say that a part of it is left."""
    return _LEFT.search(text) is not None


def is_left_in(text: str) -> bool:
    """Whether words behind 完成 may say that a part of it is left, or end with what is under way."""
    return says_left(text) or open_at_end(text) is not None


def is_left_before(words: str) -> bool:
    """Whether the words of a sentence before 该问题已整改完成 say that something is not done: 欠款尚未收回，…"""
    words = _MADE_GOOD.sub("", words)  # 尚未完成的2户已补办手续
    return says_left(words) or _UNDONE.search(words) is not None


def left_at_end(answer: str) -> Span | None:
    """The last sentence of an answer, where it says that something is not done, or is to come: 待批复后实施."""
    last = _last_of(answer)
    words = _ITEM.sub("", last.of(answer).strip(status.STOPS))
    if all(is_harmless(clause) for clause in clauses_of(words)):
        return None  # 六是将于每学期末开展一次集中检查
    is_left = is_left_before(words) or _OPEN_END.search(words) is not None
    return last if is_left else None


def open_at_end(answer: str) -> Span | None:
    """The last sentence of an answer, where it ends with what is under way or has to wait: 正在办理开工手续."""
    last = _last_of(answer)
    words = last.of(answer).rstrip(status.STOPS)
    if _OPEN_LAST.search(words) is None:
        return None
    is_called_done = any(clause.says == "done" and clause.scope in ("this", "above") for clause in clauses_of(words))
    return None if is_called_done else last


def _last_of(answer: str) -> Span:
    near = max(0, len(answer) - _NEAR)
    *_, last = (Span(0, 0), *sentences(answer[near:], status.STOPS))
    return Span(near + last.start, near + last.end)


def plans_rest(text: str) -> bool:
    """Whether what is said to come next is the rest of what is called finished: 下一步：尽快完成剩余2户."""
    return _REST.search(text) is not None or open_at_end(text) is not None


def may_be_of_found(closing: str, before: str) -> bool:
    """Whether a closing sentence may speak of what the words before it found: 排查隐患3处。均已整改。"""
    tail = before[-_NEAR:].rstrip()
    *_, last = ("", *(span.of(tail) for span in sentences(tail, status.STOPS)))
    scopes = {clause.scope for clause in clauses_of(closing)}
    found = _FOUND_PROBLEMS if "above" in scopes else _FOUND
    return "this" not in scopes and bool(found.search(last))


def may_be_of_part(closing: str, before: str, *, is_last: bool = True) -> bool:
    """Whether a closing sentence that names no problem may speak of the one measure before it, or of what is not left.

    `is_last`: no paragraph of the answer follows it.
    """
    if any(clause.scope in ("this", "above") for clause in clauses_of(closing)):
        return False
    return not is_last or says_left(before)


def may_be_taken_back(behind: str) -> bool:
    """Whether what follows 该问题已完成整改 may take a part of it back: any sentence that the tables do not know."""
    if is_taken_back(behind) or says_left(behind):
        return True
    for span in sentences(behind, status.STOPS):
        sentence = span.of(behind).strip()
        is_to_come = _TO_COME.match(sentence) is not None
        if any(takes_back(clause) and (clause.may_warn or not is_to_come) for clause in clauses_of(sentence)):
            return True
    return False


def is_taken_back(behind: str) -> bool:
    """Whether the next sentence takes back a part of the one before: 已完成整改。但…滞后."""
    return behind.lstrip().startswith(status.TAKEN_BACK)
