"""How the characters of a date can be read, which readings the calendar refuses, and which fact the date is of."""

from __future__ import annotations

import functools
import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import Any, NamedTuple

from generator.base.dates import PartialDate
from generator.base.diagnostics import Span
from generator.desk.acts import SetDeadline, SetFact
from generator.desk.facts import PATHS, value_of
from generator.desk.places import GuardedPlace
from generator.desk.rows import row_of
from generator.model.notice import FollowupMarks, IssueMarks, Notice
from generator.parser.printed_dates import is_day, partial, tokens_of

FACT_NAMES = {
    "inspection.start": "巡察开始",
    "inspection.end": "巡察结束",
    "inspection.feedback": "反馈",
    "published": "通报日期",
}


class DateReading(NamedTuple):
    """One way of reading a damaged date."""

    printed: str
    why: str
    date: PartialDate | None
    """None: the calendar has no such day."""


class DatedFact(NamedTuple):
    """The fact that a date in the words is of."""

    path: str
    name: str
    value: str
    anchor: str = ""
    """Of the item whose deadline it is."""

    def row(self, value: str, quote: GuardedPlace | None, *, inferred: bool) -> dict[str, Any]:
        """The act that sets it, as a row; `value` may stand for what is filled in."""
        [row] = (
            row_of(SetDeadline(self.anchor, None, quote, inferred)).values()
            if self.anchor
            else row_of(SetFact(self.path, value, quote, inferred)).values()
        )
        return {"SetDeadline": row | {"date": value}} if self.anchor else {"SetFact": row}


def fact_at(notice: Notice, span: Span | None) -> DatedFact | None:
    """The fact that stands at a place: by what import noted, else the deadline of the item in whose words it is."""
    if span is None:
        return None
    for path, where in notice.evidence:
        if path in FACT_NAMES and path in PATHS and where.start < span.end and span.start < where.end:
            value = value_of(notice, path)
            return DatedFact(path, FACT_NAMES[path], value.iso if value else "")
    for path, where in notice.evidence:
        if path.endswith(".deadline") and where.start < span.end and span.start < where.end:
            return _deadline(notice, path.split(".")[1])
    last = bisect_right(notice.starts, span.start) - 1
    above = next((notice.body[n] for n in range(last, -1, -1) if notice.body[n].role == "heading"), None)
    return _deadline(notice, above.anchor) if above and above.marks is not None and above.anchor else None


def _deadline(notice: Notice, anchor: str) -> DatedFact | None:
    one = next((p for p in notice.body if p.anchor == anchor), None)
    if one is None or not isinstance(one.marks, IssueMarks | FollowupMarks):
        return None
    kind = "issues" if isinstance(one.marks, IssueMarks) else "followups"
    date = one.marks.deadline
    return DatedFact(f"{kind}.{anchor}.deadline", "整改期限", date.iso if date else "", anchor)


@functools.lru_cache(maxsize=128)  # most acts at the desk leave the words as they are
def readings_at(text: str, span: Span) -> tuple[DateReading, ...]:
    """What the printed characters may mean, those that stand first; of digits run together also what they cannot."""
    return tuple(_readings(text, span))


def _readings(text: str, span: Span) -> Iterator[DateReading]:
    taken = set()
    for token in tokens_of(text, span.start, span.end):
        for reading in token.readings:
            date = partial(reading, token.fuzzy)
            if date is not None and reading[0]:
                taken.add(reading)
                yield DateReading(token.printed, "唯一成立" if len(token.readings) == 1 else "日历上有", date)
            elif not reading[0]:
                yield DateReading(f"{reading[1]}月{reading[2]}日", "没有写年份，按前后日期定", None)
        yield from _refused(token.printed, taken)


_DIGITS = re.compile(r"[0-9]+")


def _refused(printed: str, taken: set[tuple[int, int, int]]) -> Iterator[DateReading]:
    digits = "".join(_DIGITS.findall(printed))
    if not (7 <= len(digits) <= 8 and digits[:2] in ("19", "20")):
        return
    year, rest = int(digits[:4]), digits[4:]
    for size in (1, 2):
        month, day = int(rest[:size] or 0), int(rest[size:] or 0)
        if rest[size:] and (year, month, day) not in taken and not is_day(year, month, day):
            why = "没有这个月" if not 1 <= month <= 12 else "没有这一天"
            yield DateReading(f"{year}年{month}月{day}日", why, None)
