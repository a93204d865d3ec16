"""How far an issue is, only from words (FORMATS g): where they stand, and the one decision what they say."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from typing import NamedTuple

from generator.base.diagnostics import Span
from generator.model.notice import Status
from generator.model.numbering import CN, ONE_SIGN
from generator.parser.clauses import Clause, clauses_of, decided
from generator.parser.rules import status
from generator.parser.text import sentences

_BOX = re.compile(f"[{status.EMPTY_BOXES}{status.BOXES}√✓✔]")
_COUNTED = re.compile(status.COUNTED)
_MAY_SAY = re.compile(status.MAY_SAY)
_THIS = re.compile(status.THIS)
_MOSTLY = re.compile(r"基本(?:上)?(?:完成|整改到位|整改完成|落实到位)")
_ITEM = re.compile(rf"[{CN}]{{1,3}}[是要、]|[（(]?\d{{1,2}}[）).、．]|[{ONE_SIGN}]")
_TAIL = 200
"""Characters at the end of an answer in which the closing sentences are looked for."""
_SHORT = 80
"""A sentence longer than this tells what was done; it does not close an issue."""
_CLAUSE = 24
"""No clause at the beginning of an answer that is nothing but a status is longer."""
_LONG = 2_000
"""Characters at the end of an answer in which a sentence about 该问题 is looked for."""
_MOST_CLOSING = 3
_STOPS = "。！!；;"
_BEHIND = _STOPS + '，,）)】]”’" '
_ENDS = ("done", "rectify", "at-once", "push", "start", "pace", "ing", "long", "hold", "progress", "thing", "grant",
         "already", "all", "yes", "no", "before", "plan", "share", "rate", "label", "stage")  # fmt: skip
_LAST = frozenset(word[-1] for kind in _ENDS for word in status.WORDS[kind].split()) | frozenset(
    "%％个条项类年月日底末旬度"
)
"""Last characters of sentences that may say how far an issue is."""
_IN_BRACKETS = r"[【\[（(](?P<words>[^【】\[\]（）()]{2,20})[】\]）)]"
_BRACKETED_FIRST = re.compile(rf"\s*{_IN_BRACKETS}")
_BRACKETED_LAST = re.compile(rf"{_IN_BRACKETS}[。.]?\s*$")
_DASHED_LAST = re.compile(r"(?:——|—|－－|--)(?P<words>[^—－-]{2,20})$")
"""A status in brackets or behind a dash, before or behind other words."""
_QUOTED = re.compile(r"\s*[“\"‘](?P<words>[^“”\"‘’]*)[”\"’][。.]?\s*")
_YES = re.compile(r"(?:是|[√✓✔☑])[。.]?")
_NO = re.compile(r"(?:否|[×✗✘])[。.]?")


class Said(NamedTuple):
    """A status and the words that say it."""

    status: Status
    span: Span


@functools.lru_cache(maxsize=1024)
def decisive(text: str) -> Status | None:
    """The status that a value says which stands behind 整改状态：, in a cell, or as a sentence of its own.

    >>> [decisive(text) for text in ("已完成整改", "已完成并长期坚持", "阶段性完成", "未完成整改", "为长期任务")]
    ['done', 'done', 'ongoing', 'ongoing', 'long-term']
    """
    text = _chosen(text).strip()
    if quoted := _QUOTED.fullmatch(text):
        text = quoted["words"]
    if _YES.fullmatch(text):
        return "done"
    if _NO.fullmatch(text):
        return "ongoing"
    if len(text) <= _SHORT:
        return decided(clauses_of(text))
    said = closing_of(text) or first_clause_of(text) or last_clause_of(text)
    return said.status if said else None


def _chosen(text: str) -> str:
    """The words of a form whose box is ticked: of ☑已完成 □未完成, and of 已完成□ 未完成☑."""
    boxes = _BOX.findall(text)
    if not boxes or not set(boxes) & set(status.EMPTY_BOXES):
        return _BOX.sub("", text) if any(box in status.BOXES for box in boxes) else text
    parts = _BOX.split(text)
    is_before = not parts[0].strip()
    words = parts[1:] if is_before else parts[:-1]
    return "".join(word for word, box in zip(words, boxes, strict=True) if box not in status.EMPTY_BOXES)


def may_say(words: str) -> bool:
    """Whether words may be about how far something is: a quick look before they are read."""
    may_end = words.rstrip(_BEHIND)[-1:] in _LAST or _THIS.search(words) is not None
    return may_end and _MAY_SAY.search(words) is not None


def is_mostly(text: str) -> bool:
    """Whether the words say 基本完成: done, but not wholly; an editor must look."""
    return bool(_MOSTLY.search(text))


def closing_of(text: str) -> Said | None:
    """The sentences at the end of an answer that say nothing but how far the issue is: `以上问题已整改完成。`."""
    if not may_say(text[-_SHORT:]):
        return None
    shift = max(0, len(text) - _TAIL)
    tail = text[shift:].rstrip()
    spans = list(sentences(tail, _STOPS))[1 if shift else 0 :]
    said: Said | None = None
    below: tuple[Clause, ...] = ()
    for index in range(len(spans) - 1, max(len(spans) - _MOST_CLOSING, 0) - 1, -1):
        sentence = spans[index].of(tail)
        clauses = _of_the_issue(sentence)
        if not clauses:
            break
        below = (*clauses, *below)
        found = decided(below)
        if found is not None:
            start = spans[index].end - len(sentence.lstrip())
            said = Said(found, Span(shift + start, shift + len(tail)))
    return said


def _of_the_issue(sentence: str) -> tuple[Clause, ...]:
    """The clauses of a sentence that says nothing but how far the issue is; none when it says anything else."""
    if len(sentence) > _SHORT or not may_say(sentence):
        return ()
    quoted = _QUOTED.fullmatch(sentence)
    clauses = clauses_of(quoted["words"] if quoted else sentence)
    if any(clause.scope == "none" and "any-rate" in clause.kinds for clause in clauses):
        return ()  # 完成率100%: of what?
    is_known = all(clause.is_pure or clause.is_reason or clause.is_open for clause in clauses)
    is_told = any(clause.act != "none" for clause in clauses)
    return clauses if (is_known and is_told) or _is_about_it(clauses) else ()


def _is_about_it(clauses: Sequence[Clause]) -> bool:
    """Whether a sentence says of 该问题 how far it is, and something besides: 该问题已整改完成，群众反映良好."""
    telling = [clause for clause in clauses if clause.is_pure and clause.says]
    if not telling:
        return False
    above = clauses[: clauses.index(telling[0])]
    if telling[0].scope in ("this", "above") and all(clause.is_pure or clause.is_reason for clause in above):
        return True
    first = next((clause for clause in clauses if clause.kinds - {"when", "date"}), clauses[0])
    return first.is_about_one and all(clause.says != "done" for clause in telling)


def may_be_of_less(closing: str, before: str) -> bool:
    """Whether a closing sentence may speak of what the words before it found: 排查隐患3处。均已整改。"""
    tail = before[-_TAIL:].rstrip()
    *_, last = ("", *(span.of(tail) for span in sentences(tail, _STOPS)))
    scopes = {clause.scope for clause in clauses_of(closing)}
    found = _FOUND_PROBLEMS if "above" in scopes else _FOUND
    return "this" not in scopes and bool(found.search(last))


_FINDING = r"(?:发现|查出|查摆|排查|清查|自查|检出)[^。；，,]{0,16}?"
_FOUND = re.compile(_FINDING + r"(?:\d|问题|隐患|[一二三四五六七八九十两]+[个处项家条起])")
_FOUND_PROBLEMS = re.compile(_FINDING + "(?:问题|隐患)")


def first_clause_of(text: str) -> Said | None:
    """The clause that an answer begins with, when it is nothing but a status: `已完成。一是…`, `正在推进，一是…`."""
    for stops, longest in ((_STOPS, _SHORT), (_STOPS + "，,", _CLAUSE)):
        span = next(sentences(text[: _SHORT + 1], stops), None)
        if span is None or len(span.of(text)) > longest:
            continue
        clauses = _of_the_issue(span.of(text))
        said = decided(clauses) if clauses and clauses[0].scope in ("none", "this", "above", "things") else None
        if said is not None:
            return Said(said, Span(0, len(span.of(text).rstrip("，, "))))
    return None


def bracketed_in(text: str) -> Said | None:
    """The status in brackets that words begin or end with: 【已完成】公务接待审批不严, …不规范的问题（已完成）."""
    tail = max(0, len(text) - _CLAUSE)
    for found in (_BRACKETED_FIRST.match(text), _BRACKETED_LAST.search(text, tail), _DASHED_LAST.search(text, tail)):
        clauses = _of_the_issue(found["words"]) if found else ()
        if found and clauses and (said := decided(clauses)) is not None:
            return Said(said, Span(*found.span("words")))
    return None


def sentence_in(text: str) -> Said | None:
    """The last sentence of an answer that says of 该问题 how far it is, wherever it stands."""
    found: Said | None = None
    if not _THIS.search(text):
        return None
    tail = text[-_LONG:]
    for span in sentences(tail, _STOPS):
        clauses = _of_the_issue(span.of(tail)) if _THIS.search(tail, *span) else ()
        if any(clause.scope == "this" for clause in clauses) and (said := decided(clauses)):
            shift = max(0, len(text) - _LONG)
            found = Said(said, Span(shift + span.start, shift + span.end))
    return found


def last_clause_of(text: str) -> Said | None:
    """The clause that an answer ends with, when it is nothing but a status: `…，已完成整改。`.

    It says nothing where it may speak of less than the issue: of one measure of several, or of what was counted before
    it (`排查隐患3处，已完成整改`).
    """
    cut = max(text.rfind("，"), text.rfind(",")) + 1
    clauses = _of_the_issue(text[cut:]) if cut else ()
    if not clauses or any(clause.kinds & {"plan", "date", "aim"} for clause in clauses):
        return None
    shift = max(0, cut - _TAIL)
    sentence = list(sentences(text[shift:], _STOPS))[-1].of(text[shift:]).lstrip()
    said = decided(clauses_of(sentence))
    is_whole = said == "long-term" or clauses[0].scope in ("this", "above", "rest")
    if said == "done" and any(clause.time == "aimed" for clause in clauses_of(sentence)):
        return None  # 督促施工单位返工，已整改到位: it may be of theirs
    is_part = _ITEM.match(sentence) or _COUNTED.search(text[shift:cut][-len(sentence) :])
    return None if said is None or (is_part and not is_whole) else Said(said, Span(cut, len(text)))


def unclear_in(said: Sequence[str], answer: str) -> str | None:
    """The words that seem to say how far an issue is, and do not: behind a label, or at the end of an answer."""
    if said:
        return said[-1] if said[-1].strip(_STOPS + "。—-/ ") else None
    tail = answer[-_TAIL:]
    span = list(sentences(tail, _STOPS))[-1:] if _MAY_SAY.search(tail) and _THIS.search(tail) else []
    for clause in clauses_of(span[0].of(tail)) if span else ():
        first = next((word for word in clause.words if word.kind not in ("when", "date", "manner")), None)
        if first is not None and first.kind in ("this", "above") and clause.kinds & _SAYING:
            return span[0].of(tail).strip()
    return None


_SAYING = frozenset({"done", "long", "be", "not"})
_NEXT = re.compile(r"[及和与](?:下一步|下步|后续).*\Z", re.DOTALL)
_NOTE = re.compile(r"[（(][^（()）]*[）)]")
_ABOUT = re.compile(
    r"(?:的)?(?P<thing>问题|整改事项|事项|整改任务|任务|整改问题)(?:的)?(?:整改)?(?:落实|进展|工作)*(?:情况)?$"
)


def of_heading(title: str) -> Status | None:
    """The status that a part's heading says of all beneath it: 集中整改期内已完成的整改事项."""
    title = _NEXT.sub("", _NOTE.sub("", title))
    found = _ABOUT.search(title)
    if found is None:
        return None
    clauses = clauses_of(title[: found.start()])
    said = {clause.says for clause in clauses if clause.says}
    if len(said) > 1 and "done" not in said:
        return "ongoing"
    return decided(clauses) if len(said) == 1 and all(clause.is_pure for clause in clauses) else None
