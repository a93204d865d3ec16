"""How far an issue is, only from words (FORMATS g)."""

from __future__ import annotations

import functools
import re
from typing import NamedTuple

from generator.base.diagnostics import Span
from generator.model.notice import Status
from generator.model.numbering import CN, ONE_SIGN
from generator.parser.rules import status
from generator.parser.text import sentences

_ROWS = tuple((said, re.compile(pattern)) for said, pattern in status.ROWS)
_ANY = re.compile("|".join(f"(?:{pattern})" for _, pattern in status.ROWS))
_CLOSING = re.compile(status.CLOSING)
_HEADINGS = tuple((said, re.compile(pattern)) for said, pattern in status.HEADINGS)
_BLANKET = re.compile(status.BLANKET)
_REMAINS = re.compile(status.REMAINS)
_COUNTED = re.compile(status.COUNTED)
_ITEM = re.compile(rf"[{CN}]{{1,3}}[是要、]|[（(]?\d{{1,2}}[）).、．]|[{ONE_SIGN}]")
_MOSTLY = re.compile(r"基本(?:完成|整改到位|整改完成)")
_UNTICKED = re.compile(status.UNTICKED)
_LAST = frozenset(status.LAST)
_STOPS = "。！!；;，,）)（( "
_TAIL = 120
"""Characters at the end of an answer in which the closing sentence is looked for."""
_IN_BRACKETS = r"[【\[（(](?P<words>[^【】\[\]（）()]{2,16})[】\]）)]"
_BRACKETED_FIRST = re.compile(rf"\s*{_IN_BRACKETS}")
_BRACKETED_LAST = re.compile(rf"{_IN_BRACKETS}[。.]?\s*$")
"""A status in brackets, before or behind other words."""
_SHORT = 48
"""A sentence longer than this tells what was done; it does not close an issue."""
_CLAUSE = 24
"""No clause that is nothing but a status is longer."""
_CLAUSE_END = re.compile("[。！!；;，,]")
_REST = re.compile(r"并?(?:长期|持续)(?:坚持|巩固|推进)|中|工作|任务")
"""What may stand behind status words."""
_SUBJECT = re.compile(
    r"^(?:(?:截至|截止)?目前[，,]?|现|整改状态[:：]|完成情况[:：])?(?:以上|上述|该|此|本)?(?:项|类|条)?(?:整改)?(?:问题|事项|任务|工作|情况)?"
    r"(?:为|是|属|属于|均|都|现|整改)*[:：，,]?$"
)


class Said(NamedTuple):
    """A status and the words that say it."""

    status: Status
    span: Span


@functools.lru_cache(maxsize=1024)
def decisive(text: str) -> Status | None:
    """The status that the last decisive words of `text` say; of words at one place the longest count.

    >>> [decisive(text) for text in ("已完成整改", "已完成并长期坚持", "阶段性完成", "未完成整改", "为长期任务")]
    ['done', 'done', 'ongoing', 'ongoing', 'long-term']
    """
    text = _UNTICKED.sub("", text).strip()
    if not _ANY.search(text):
        return None
    found: list[tuple[int, int, Status]] = []
    for said, pattern in _ROWS:
        found += [(match.start(), match.end(), said) for match in pattern.finditer(text)]
    found.sort(key=lambda hit: (hit[0], -hit[1]))
    last: tuple[int, int, Status] | None = None
    for hit in found:
        if last is None or hit[0] >= last[1] or (hit[1] > last[1] and hit[1] - hit[0] > last[1] - last[0]):
            last = hit
    if last is None or last[2] == "unstated":
        return None
    if last[2] == "done" and re.search(r"[未没不]\S{0,2}$", text[max(0, last[0] - 3) : last[0]]):
        return "ongoing"
    return last[2]


def is_mostly(text: str) -> bool:
    """Whether the words say 基本完成: done, but not wholly; an editor must look."""
    return bool(_MOSTLY.search(text))


def closing_of(text: str) -> Said | None:
    """The sentence at the end of an answer that closes the issue: `以上问题已整改完成。`."""
    shift = max(0, len(text) - _TAIL)
    tail = text[shift:].rstrip()
    if not _may_say(tail):
        return None
    *_, span = sentences(tail, "。！!；;")
    sentence = span.of(tail).strip()
    said = decisive(sentence) if len(sentence) <= _SHORT else None
    if said is None or not _is_about_the_issue(sentence):
        return None
    return Said(said, Span(shift + span.end - len(span.of(tail).lstrip()), shift + span.end))


def _may_say(clause: str) -> bool:
    """Whether a clause ends as status words do; quicker than to look for them."""
    return clause.rstrip(_STOPS)[-1:] in _LAST


def _is_about_the_issue(sentence: str) -> bool:
    """Whether the status words are all that the sentence says: 已完成固定资产登记 tells what was done."""
    hits = list(_ANY.finditer(sentence))
    rest = sentence[hits[-1].end() :].strip(_STOPS)
    if rest and not _ANY.fullmatch(rest) and not _REST.fullmatch(rest):
        return False
    if _CLOSING.match(sentence):
        return True
    before = sentence[: hits[0].start()].strip("“”\"'（( ")
    clauses = re.split("[，,]", sentence[hits[0].start() : hits[-1].end()])
    return bool(_SUBJECT.match(before)) and all(_ANY.search(clause) for clause in clauses)


def first_clause_of(text: str) -> Said | None:
    """The clause that an answer begins with, when it is nothing but a status: `已完成。一是…`, `正在推进，一是…`."""
    if len(text) > _CLAUSE and not _CLAUSE_END.search(text, 0, _CLAUSE):
        return None
    span = next(sentences(text[:_SHORT], "。！!；;，,"), None)
    if span is None or len(span.of(text)) > _CLAUSE:
        return None
    clause = span.of(text).strip("。！!；;，, ")
    said = decisive(clause) if _is_status(clause) else None
    return Said(said, Span(0, len(span.of(text).rstrip("，, ")))) if said else None


def bracketed_in(text: str) -> Said | None:
    """The status in brackets that words begin or end with: 【已完成】公务接待审批不严, …不规范的问题（已完成）."""
    for found in (_BRACKETED_FIRST.match(text), _BRACKETED_LAST.search(text, max(0, len(text) - _CLAUSE))):
        said = decisive(found["words"]) if found and _is_status(found["words"]) else None
        if found and said is not None:
            return Said(said, Span(*found.span("words")))
    return None


def last_clause_of(text: str) -> Said | None:
    """The clause that an answer ends with, when it is nothing but a status: `…，已完成整改。`.

    It says nothing where it may speak of less than the issue: of one measure of several, or of what was counted before
    it (`排查隐患3处，已完成整改`).
    """
    cut = max(text.rfind("，"), text.rfind(",")) + 1
    clause = text[cut:].strip(_STOPS)
    if not cut or not _is_status(clause):
        return None
    said = decisive(clause)
    is_whole = said == "long-term" or _CLOSING.match(clause) or (said == "ongoing" and _REMAINS.match(clause))
    if said is None or (not is_whole and _is_part(text[max(0, cut - _TAIL) : cut])):
        return None
    return Said(said, Span(cut, len(text)))


def _is_part(before: str) -> bool:
    """Whether the words before a last clause name less than the issue: a measure, or things that were counted."""
    *_, span = sentences(before, "。！!；;")
    sentence = span.of(before).lstrip()
    return bool(_COUNTED.search(sentence) or _ITEM.match(sentence))


def _is_status(clause: str) -> bool:
    """Whether a clause is status words with their subject, and nothing else."""
    return _may_say(clause) and len(clause) <= _SHORT and bool(_ANY.search(clause)) and _is_about_the_issue(clause)


def of_heading(title: str) -> Status | None:
    """The status that a part's heading says of all beneath it: 集中整改期内已完成的整改事项."""
    for said, pattern in _HEADINGS:
        if pattern.search(title):
            if said == "ongoing" and re.search(r"已完成[（(]含基本完成", title):
                return "done"
            return said
    return None


def blanket_in(text: str) -> Said | None:
    """The sentence that says the status of all issues at once."""
    for span in sentences(text, "。"):
        sentence = span.of(text)
        if len(sentence) <= 160 and _BLANKET.search(sentence) and decisive(sentence) == "done":
            return Said("done", span)
    return None
