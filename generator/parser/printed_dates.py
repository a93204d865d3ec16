"""Dates as printed, with every reading that the printed characters allow (FORMATS c).

Exports lose characters: `20241120日` lost 年 and 月, `2021月1月11日` has 月 for 年. A token that is whole has one
reading. A damaged one has all the readings that put boundaries where no separator is printed; which of them is meant
is decided by the order of the notice's dates, and when more than one is left, none is taken.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import NamedTuple

from generator.base.diagnostics import Span
from generator.base.late_patterns import late_pattern
from generator.model.notice import PartialDate
from generator.model.numbering import number
from generator.parser.text import squeezed

_CN_DAY = "[一二三四五六七八九十廿卅]{1,3}"
_FORMAL = "壹贰叁肆伍陆柒捌玖拾"
"""The numerals of cheques, in which some offices date."""
_ANY_DAY = rf"(?:[一二三][〇○零]|[一二三四五六七八九十廿卅{_FORMAL}]{{1,3}}|\d{{1,2}})"
_GAP = "[ \u3000\u00a0]?"
_YEAR_DIGITS = r"(?<!\d)(?:[1１][9９]|[2２][0０])\d\d"
_SEPARATORS = "-./／．－‐‑‒–—―−·"
"""What stands between the parts of 2024-12-20."""
_ZEROS = "〇○零ＯOОοo０0◯"
"""What is typed for the zero of 二〇二四年."""
_CN_DATE = (
    rf"[二一贰壹][{_ZEROS}一二三四五六七八九{_FORMAL}]{{3}}{_GAP}年{_GAP}{_ANY_DAY}{_GAP}月(?:{_GAP}{_ANY_DAY}{_GAP}[日号])?"
    rf"|{_YEAR_DIGITS}{_GAP}年{_GAP}{_CN_DAY}{_GAP}月(?:{_GAP}{_CN_DAY}{_GAP}[日号])?"
    rf"|{_YEAR_DIGITS}{_GAP}年{_GAP}\d{{1,2}}{_GAP}月{_GAP}\d{{1,2}}{_GAP}号"
    rf"|(?:{_YEAR_DIGITS}{_GAP}年{_GAP})?元月(?:{_GAP}{_ANY_DAY}{_GAP}[日号])?"
    rf"|(?<![一二三四五六七八九十廿卅])(?:(?<!年)|(?<=[同当次翌二]年)){_CN_DAY}月(?:{_CN_DAY}日|(?=[上中下]旬|[底末初])|(?<=[至到—～~-].月)|(?<=[至到—～~-]..月))"
)
_CN_DIGITS = str.maketrans({**dict.fromkeys(_ZEROS, "〇"), "廿": "二十", "卅": "三十", "元": "一"})
_TOKEN = late_pattern(
    rf"""
    (?P<cn>{_CN_DATE})(?P<cn_fuzzy>[ ]?(?:上旬|中旬|下旬|底|末|初))?
    | (?P<iso>{_YEAR_DIGITS}(?P<sep>[{_SEPARATORS}])\d{{1,2}}(?P=sep)\d{{1,2}}(?!\d))
    | (?P<raw>(?<!\d)(?<!\d\.)
      \d(?:(?![ \u3000\u00a0]\d{{1,2}}[:：]\d\d)[ \u3000\u00a0]?[\d年月])*(?:[ \u3000\u00a0]?日)?)
      (?P<fuzzy>[ \u00a0]?(?:上旬|中旬|下旬|底|末|初))?
    """,
    re.VERBOSE,
)
_BARE_MONTH = late_pattern(r"(\d{4})年(1[0-2]|[1-9])")
_MONTH_BEHIND = late_pattern(r"\s?[-－–—~～至到]{1,2}\s?(?:1[0-2]|[1-9])月")
"""2023年3-5月: the first month goes without 月."""
_YEAR_END = late_pattern(r"((?:19|20)\d\d)年年?")
"""2024年底, 2024年年底: the year's end, not a month's."""
_DAY = late_pattern(r"(?:[12]?\d|3[01])日")
_FEWEST_DIGITS = 7
"""Of a date that has lost every separator; fewer are a count."""
_WHOLE = late_pattern(r"(?:(\d{4})年)?(?:(\d{1,2})月)?(?:(\d{1,2})日)?")


class Token(NamedTuple):
    """A date as printed at one place."""

    span: Span
    printed: str
    readings: tuple[tuple[int, int, int], ...]
    """(year, month, day), 0 for a part that is not printed; more than one when the token is damaged and ambiguous."""
    is_damaged: bool
    fuzzy: str = ""
    """上旬, 底 …: the day is not said."""

    @property
    def has_year(self) -> bool:
        """Whether every reading names a year."""
        return all(reading[0] for reading in self.readings)


def tokens_of(text: str, start: int = 0, end: int | None = None) -> Iterator[Token]:
    """The dates printed in `text[start:end]`, in order; numbers that are no dates are passed over."""
    for found in _TOKEN.finditer(text, start, len(text) if end is None else end):
        token = _token(found)
        if token is not None:
            yield token


def _token(found: re.Match[str]) -> Token | None:
    raw = found["raw"]
    if raw and raw.isdecimal() and len(raw) < _FEWEST_DIGITS:
        return None  # a count
    span = Span(found.start(), found.end())
    if found["cn"]:
        reading = _chinese(found["cn"])
        fuzzy = (found["cn_fuzzy"] or "").strip()
        return Token(span, found[0], (reading,), is_damaged=False, fuzzy=fuzzy) if reading else None
    if found["iso"]:
        year, month, day = (int(part) for part in found["iso"].split(found["sep"]))
        return Token(span, found[0], ((year, month, day),), is_damaged=False) if _is_date(year, month, day) else None
    raw, fuzzy = squeezed(raw), (found["fuzzy"] or "").strip()
    if fuzzy in ("底", "末") and (year_alone := _YEAR_END.fullmatch(raw)):
        return Token(span, found[0], ((int(year_alone[1]), 0, 0),), is_damaged=False, fuzzy=fuzzy)
    if (bare := _BARE_MONTH.fullmatch(raw)) and _MONTH_BEHIND.match(found.string, found.end()):
        return Token(span, found[0], ((int(bare[1]), int(bare[2]), 0),), is_damaged=False)
    whole = _WHOLE.fullmatch(raw)
    if whole and whole[0] and not raw.isdecimal():
        year, month, day = (int(part or 0) for part in whole.groups())
        if (month or not day) and (month or year) and _is_date(year, month, day) and not (year and day and not month):
            return Token(span, found[0], ((year, month, day),), is_damaged=False, fuzzy=fuzzy) if month else None
    if _DAY.fullmatch(raw):
        return None  # a day alone, of a month that was named before
    readings = _damaged(raw, fuzzy)
    return Token(span, found[0], readings, is_damaged=True, fuzzy=fuzzy) if readings else None


def _chinese(printed: str) -> tuple[int, int, int] | None:
    year, _, rest = squeezed(printed).rpartition("年")
    month, _, day = rest.partition("月")
    values = [number(_one_zero(part)) if part else 0 for part in (year, month, day.rstrip("日号"))]
    if None in values or not month:
        return None
    y, m, d = (value or 0 for value in values)
    return (y, m, d) if _is_date(y, m, d) else None


def _one_zero(printed: str) -> str:
    """A numeral with one sign for zero, 廿 and 卅 written out, 元 of 元月 as 一; one in Arabic digits as it is."""
    return printed if printed.isdecimal() else printed.translate(_CN_DIGITS)


_A_LEAP_YEAR = 2000


def _is_date(year: int, month: int, day: int) -> bool:
    """Whether a reading can be a date; one without a year when some year has that day."""
    return is_day(year or _A_LEAP_YEAR, month, day)


def is_day(year: int, month: int, day: int) -> bool:
    """Whether the calendar has this day (month, when `day` is 0), in a year that a notice can name.

    >>> is_day(2024, 2, 29), is_day(2023, 2, 29), is_day(2023, 13, 0), is_day(2023, 2, 0)
    (True, False, False, True)
    """
    if not 1949 <= year <= 2100:
        return False
    try:
        dt.date(year, month or 1, day or 1)
    except ValueError:
        return False
    return True


def _damaged(raw: str, fuzzy: str) -> tuple[tuple[int, int, int], ...]:
    """All readings of digits among which separators are missing or wrong.

    >>> _damaged("20241120日", ""), _damaged("113日", ""), _damaged("2021月1月11日", "")
    (((2024, 11, 20),), ((0, 1, 13), (0, 11, 3)), ((2021, 1, 11),))
    """
    digits = "".join(char for char in raw if char.isdecimal())
    if not 2 <= len(digits) <= 8 or (
        raw == digits and (len(digits) < _FEWEST_DIGITS or digits[:2] not in ("19", "20"))
    ):
        return ()
    fixed = {sum(c.isdecimal() for c in raw[:i]) for i, char in enumerate(raw) if not char.isdecimal()}
    ends_with_month = raw.endswith("月") or (bool(fuzzy) and not raw.endswith("日"))
    readings = []
    for year_size in (4, 0):
        if year_size and not (digits[:2] in ("19", "20") and len(digits) > 4):
            continue
        rest = digits[year_size:]
        year = int(digits[:year_size] or 0)
        for month_size in (1, 2):
            month, day = rest[:month_size], rest[month_size:]
            cuts = {year_size, year_size + month_size, len(digits)}
            if not month or not fixed <= cuts or ends_with_month is bool(day) or len(day) > 2 or not (year or day):
                continue
            if int(month) and (not day or int(day)) and _is_date(year, int(month), int(day or 0)):
                readings.append((year, int(month), int(day or 0)))
        if readings:
            break
    return tuple(dict.fromkeys(readings))


class Range(NamedTuple):
    """Two dates with a joiner between them: 2025年1月6日至1月21日; or the first alone: 2025年1月6日起."""

    span: Span
    printed: str
    start: Token
    end: Token | None


_SINCE = late_pattern(r"\s?(?:起|开始)(?!至|到|草|诉|床|点)")
_JOINED = (
    r"\s*+(?:[（(][^（()）]{0,8}[）)])?\s*+(?:起|开始)?(?:(?<=[起始])[，,、]?)?(?:至|到|[-－–—~～]{1,2})"
    r"\s*+(?:次年|翌年|同年|当年|第二年)?"
)
_JOINER = late_pattern(_JOINED)
_DAY_BEHIND = late_pattern(rf"{_JOINED}(?P<day>[12]?\d|3[01])日")

_POINTED_BEHIND = late_pattern(rf"{_JOINED}(?P<month>0?[1-9]|1[0-2])\.(?P<day>[0-2]?\d|3[01])(?![\d.万亿元%％个项条])")


def since(text: str, start: int, end: int) -> Range | None:
    """The first date in `text[start:end]` that says when something began, and no other when it ended."""
    for token in tokens_of(text, start, end):
        if token.has_year and (found := _SINCE.match(text, token.span.end)):
            span = Span(token.span.start, found.end())
            return Range(span, span.of(text), token, None)
    return None


def ranges_of(text: str, start: int = 0, end: int | None = None) -> Iterator[Range]:
    """The ranges of dates printed in `text[start:end]`."""
    limit = len(text) if end is None else end
    done = start
    before: Token | None = None
    for token in tokens_of(text, start, limit):
        if token.span.start < done:
            continue
        if before is not None and _JOINER.fullmatch(text, before.span.end, token.span.start):
            last: Token | None = in_year_of(before, token, text)
        else:
            before, last = token, _day_behind(text, token, limit)
        if last is not None:
            span = Span(before.span.start, last.span.end)
            yield Range(span, span.of(text), before, last)
            done, before = span.end, None


_NEXT_YEAR = late_pattern(r"(?:次年|翌年|第二年)\s?$")
_LONGEST_YEAR = 4


def in_year_of(before: Token, token: Token, text: str) -> Token:
    """The token, in the year behind that of an earlier one where the words before it say so: 次年1月20日."""
    near = text[max(0, token.span.start - _LONGEST_YEAR) : token.span.start]
    if token.has_year or len(before.readings) != 1 or not before.has_year or not _NEXT_YEAR.search(near):
        return token
    year = before.readings[0][0] + 1
    return token._replace(readings=tuple((year, month, day) for _, month, day in token.readings))


def _day_behind(text: str, token: Token, end: int) -> Token | None:
    """The end of a range that prints its day alone, or its month and day: 2023年5月4日至31日, 2022.6.13—8.12."""
    if len(token.readings) != 1 or not token.readings[0][2]:
        return None
    pointed = _POINTED_BEHIND.match(text, token.span.end, end) if "." in token.printed else None
    if pointed and is_day(_A_LEAP_YEAR, int(pointed["month"]), int(pointed["day"])):
        span = Span(pointed.start("month"), pointed.end())
        return Token(span, span.of(text), ((0, int(pointed["month"]), int(pointed["day"])),), is_damaged=False)
    found = _DAY_BEHIND.match(text, token.span.end, end)
    if not found:
        return None
    span = Span(found.start("day"), found.end())
    return Token(span, span.of(text), ((0, token.readings[0][1], int(found["day"])),), is_damaged=False)


def partial(reading: tuple[int, int, int], fuzzy: str = "") -> PartialDate | None:
    """The date of a reading, None where the calendar has no such day (2023-02-29); a fuzzy day is no day."""
    year, month, day = reading
    return PartialDate(year, month, 0 if fuzzy else day) if is_day(*reading) else None
