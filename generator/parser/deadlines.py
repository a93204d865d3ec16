"""Deadlines of issues and follow-ups: under a label of their own, or in a clause 2026年8月底前…完成 (FORMATS f)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from generator.base.diagnostics import Span
from generator.model.notice import PartialDate
from generator.parser.printed_dates import Token, partial, tokens_of
from generator.parser.rules import status
from generator.parser.rules.role_labels import LABELS
from generator.parser.text import patterns

_YEAR_MONTH = re.compile(r"(?<![\d.])(20\d\d)[./-](0?[1-9]|1[0-2])(?![\d./-])")
"""2023.12 behind a label of deadlines; elsewhere it is a number."""
_WHOLE_YEAR = re.compile(r"(?<!\d)(20\d\d)年(?:全年|年?内|度内?)(?!第|[上下])")
_BEFORE = re.compile(r"\s*(?:之|以)?前")
_DUE = re.compile(r"\s*(?:之|以)?前|\s*底|\s*(?:全面|全部|基本)?(?:整改)?完成")
_LABEL = re.compile(rf"(?:{patterns(word for word, role in LABELS if role == 'deadline')})\s*+[:：为]?\s*+$")
_FULFILS = re.compile(rf"[^。；;]{{0,40}}?(?:{status.FULFILLED})(?!了|情况)")
_PLANNED = re.compile(status.PLANNED)
_MAY_PROMISE = re.compile(
    r"[年月日底末旬]\s?(?:[之以]?前|[^。；;，,]{0,10}?完成)|(?:计划|预计|拟)[^。；;，,]{0,4}?\d{1,4}[年月]|(?:延|推迟|展期)[^。；;，,]{0,3}[到至]\s?\d"
)
"""A quick look before the dates are read."""
_ENDS = ("底", "末")
_PUT_OFF = re.compile(rf"(?<![^，。；限间改请意准现已]){status.PUT_OFF}\s?$")
_PAST = re.compile(r"已|原定|原计划")
_SENTENCE = "。；;\n"
_CLAUSE = "。；;，,：:！？\n"


class Deadline(NamedTuple):
    """A deadline, and where it is printed in its passage."""

    date: PartialDate
    span: Span
    is_damaged: bool


def labelled(words: str, after: PartialDate | None, *, is_label: bool) -> Deadline | None:
    """The last deadline in the words of a passage: any date behind a label of deadlines, else one that is `…前`.

    月底 is the last day of its month; a year left out is that of the first such month after `after`.
    """
    for token in reversed(list(tokens_of(words))):
        start = token.span.start
        if is_label or _DUE.match(words, token.span.end) or _LABEL.search(words, max(0, start - 12), start):
            found = _dated(token, after)
            if found is not None:
                return Deadline(found, token.span, token.is_damaged)
    if is_label and (year := _WHOLE_YEAR.search(words)):
        return Deadline(PartialDate(int(year[1]), 12, 31), Span(*year.span()), is_damaged=False)
    if is_label and (month := _YEAR_MONTH.search(words)):
        return Deadline(PartialDate(int(month[1]), int(month[2])), Span(*month.span()), is_damaged=False)
    return None


def promised(words: str, after: PartialDate | None, published: PartialDate | None) -> Deadline | None:
    """The last deadline that an answer sets itself: a date to come, or one that a word of planning stands before.

    已于2025年6月底前完成 tells of the past, and so does a date before the notice's own that no such word makes a plan.
    """
    last: Deadline | None = None
    for token, span in _clauses(words):
        found = _dated(token, after)
        if found is None:
            continue
        is_planned = bool(
            _PLANNED.search(words, span.start, token.span.start) or _PUT_OFF.search(words, span.start, token.span.start)
        )
        is_to_come = published is not None and found.first_day > published.last_day
        if is_planned or (is_to_come and _is_due(words, token, span.end)):
            last = Deadline(found, span, token.is_damaged)
    return last


def _is_due(words: str, token: Token, end: int) -> bool:
    """Whether something is to be completed by a date: …前, …底, or by a date with its year; 1月18日已完成 is past."""
    if "已" in words[token.span.end : end]:
        return False
    return token.fuzzy in _ENDS or _BEFORE.match(words, token.span.end) is not None or bool(token.readings[0][0])


def _clauses(words: str) -> Iterator[tuple[Token, Span]]:
    """The dates behind which something is to be completed, each with its clause."""
    first = _MAY_PROMISE.search(words)
    if first is None:
        return
    begin = max(words.rfind(mark, 0, first.start()) for mark in _SENTENCE) + 1
    for token in tokens_of(words, begin):
        start = max(words.rfind(mark, 0, token.span.start) for mark in _CLAUSE) + 1
        done = _FULFILS.match(words, token.span.end)
        is_put_off = _PUT_OFF.search(words, start, token.span.start) is not None
        if is_put_off or (done and not _PAST.search(words, start, token.span.start)):
            yield token, Span(start, done.end() if done else token.span.end)


def _dated(token: Token, after: PartialDate | None) -> PartialDate | None:
    if len(token.readings) != 1:
        return None
    year, month, day = token.readings[0]
    if not year:
        if after is None:
            return None
        year = after.year + (month < after.month)
    found = partial((year, month, day))
    if found is not None and token.fuzzy in _ENDS:
        last = found.last_day
        return PartialDate(last.year, last.month, last.day)
    return found
