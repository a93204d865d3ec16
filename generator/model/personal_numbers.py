"""Numbers of persons in folded text: ID cards, bank cards, mobile telephones, however their digits are grouped.

A run is digits with little between them. Its groups are put together in every way that keeps them whole, and each
number that comes out is proved: by check digit, date and region, by its network, by what the words around say it is.
"""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from generator.base.late_patterns import late_pattern
from generator.model.personal_rules import (
    CARD,
    CARDS,
    CONTEXTS,
    ID_CARD,
    ID_CHECK,
    ID_WEIGHTS,
    MOBILE,
    MOBILE_GROUPS,
    PROVINCES,
    UNITS,
    PersonalDataRule,
)

_BETWEEN = r"[ \n\-._/\\()·~]{1,3}+"
_REST = r"(?>(?:[0-9]|[oil](?![a-hjkmnp-z]))*)(?:x(?![a-z0-9]))?"
_FIRST = r"(?:[0-9]|l(?<![a-z]l)(?=[0-9]{8}))"
_GROUP = f"{_FIRST}{_REST}"
_RUN = late_pattern(rf"{_FIRST}(?<![0-9]{{2}}){_REST}(?>(?:{_BETWEEN}(?:{_GROUP}|x(?![a-z0-9])))*)")
_PART = late_pattern(rf"{_GROUP}|x")
_ENOUGH = late_pattern(rf"[0-9l](?:[oil]|(?:{_BETWEEN})?[0-9]){{9}}")
"""A quick look: there may be a number of somebody."""
_DIGIT = "〇零○一二三四五六七八九幺壹贰叁肆伍陆柒捌玖"
_TENS = "十百千拾佰仟"
_WRITTEN = late_pattern(
    rf"[{_DIGIT}](?<![{_DIGIT}{_TENS}].)(?:[ \n·-]{{0,2}}+[{_DIGIT}]){{10,19}}(?![{_DIGIT}{_TENS}万])"
)
_AS_DIGITS = str.maketrans(_DIGIT + "oil", "0001234567891" + "123456789" + "011")
_SAYS = late_pattern("|".join(f"(?P<{kind}>(?:{words})(?>(?:编?号码?)?))" for kind, words in CONTEXTS.items()))
_WEB = late_pattern(r"(?:https?://|www\.)[!-~]++")
_UNITS = late_pattern(UNITS)
_HOLDER = late_pattern(
    r"(?:户名|开户名称?|账户名称?|单位名称|收款单位|账户)[: ]?[^,。;\n]{2,24}"
    r"(?:局|委|会|中心|公司|政府|办公室|办|所|院|校|站|社)[,。; ]"
)
_MOBILE = late_pattern(r"(?:(?:00)?86)?(1[3-9]\d{9})")
_BEFORE, _HOLDERS = 18, 60
"""How far back words can say what a number is, and whose an account is."""


class DigitRun(NamedTuple):
    """Digits that stand together."""

    start: int
    end: int
    digits: str


class Before(NamedTuple):
    """What is in front of a number."""

    says: str
    """What the words say that it is: a key of CONTEXTS, or nothing."""
    office: bool
    """Whether they say that it is an office's."""
    chained: bool
    """Whether a hyphen, a full stop or a letter joins it to the number."""


class NumberRead(NamedTuple):
    """Some groups of a run, read as one number."""

    start: int
    end: int
    digits: str
    sizes: tuple[int, ...]
    """Of its groups; those that a line's end cuts apart are one."""
    marks: str
    """What is between them."""
    says: str
    office: bool
    counts: bool
    """Whether a unit behind it says that it counts something."""
    chained: bool
    """Whether it is a part of something longer."""


def numbers_in(text: str) -> Iterator[tuple[PersonalDataRule, int, int]]:
    """The numbers of persons in folded text: what each is, its start and its end; none overlap."""
    text = _WRITTEN.sub(lambda found: found[0].translate(_AS_DIGITS), text)
    if not _ENOUGH.search(text):
        return
    addresses = [found.span() for found in _WEB.finditer(text)]
    for run in _RUN.finditer(text):
        if run.end() - run.start() < _LEAST or _is_inside(run.start(), addresses):
            continue
        groups = [
            DigitRun(part.start(), part.end(), part[0].translate(_AS_DIGITS))
            for part in _PART.finditer(text, run.start(), run.end())
        ]
        if sum(len(group.digits) for group in groups) >= _LEAST:
            yield from _in_run(text, groups)


_LEAST, _MOST = 8, 30
"""Digits of a number."""


def _is_inside(at: int, spans: Sequence[tuple[int, int]]) -> bool:
    nearest = bisect_right(spans, (at, at)) - 1
    return nearest >= 0 and at < spans[nearest][1]


def _in_run(text: str, groups: Sequence[DigitRun]) -> Iterator[tuple[PersonalDataRule, int, int]]:
    first = 0
    while first < len(groups):
        number, row = next(
            ((number, row) for number in _numbers(text, groups, first) if (row := _proved(number))), (None, None)
        )
        if number and row:
            yield row, _opened(text, number), number.end
            first = next((at for at in range(first, len(groups)) if groups[at].start >= number.end), len(groups))
        else:
            first += 1


def _opened(text: str, number: NumberRead) -> int:
    """Where the number begins, with the bracket that opens before it and closes in it, and the plus of its country."""
    start = number.start - (text[number.start - 1 : number.start] == "+")
    closes = number.marks.count(")") > number.marks.count("(")
    return start - (closes and text[start - 1 : start] == "(")


def _numbers(text: str, groups: Sequence[DigitRun], first: int) -> Iterator[NumberRead]:
    """The numbers that begin with the group `first` and may be somebody's, the longest first."""
    before = _before(text, groups, first)
    if before.chained and before.says not in _SURE:
        return
    ends, size = [], 0
    for at in range(first, len(groups)):
        size += len(groups[at].digits)
        if size > _MOST:
            break
        if size in _SIZES or (size >= _LEAST and before.says == "account"):
            ends.append(at + 1)
    for end in reversed(ends):
        yield _number(
            text,
            groups[first:end],
            before,
            text[groups[end - 1].end : groups[end].start] if end < len(groups) else None,
        )


_OTHERS = frozenset({"code", "numbered", "money"})
"""What says that a number is none of a person."""
_SURE = frozenset({"id", "phone", "account"})
_SIZES = frozenset({11, 13, 15, 16, 17, 18, 19, 20})
"""Digits of an ID card, a bank card, a mobile number with and without the country's code."""


def _before(text: str, groups: Sequence[DigitRun], first: int) -> Before:
    start = groups[first].start
    clause = text[max(0, start - _BEFORE) : start]
    clause = clause[max(map(clause.rfind, ",。;")) + 1 :]
    said = list(_SAYS.finditer(clause))
    mark = text[groups[first - 1].end : start] if first else text[max(0, start - 1) : start]
    return Before(
        says=_nearest(said, len(clause)),
        office=any(found.lastgroup == "office" for found in said)
        or bool(_HOLDER.search(text, max(0, start - _HOLDERS), start)),
        chained=_joins(mark, inside=first > 0),
    )


def _number(text: str, mine: Sequence[DigitRun], before: Before, behind: str | None) -> NumberRead:
    """The groups as one number; `behind` is between them and the next group, None: there is none."""
    sizes, marks = [len(mine[0].digits)], ""
    for one, two in pairwise(mine):
        between = text[one.end : two.start]
        if "\n" in between:
            sizes[-1] += len(two.digits)
        else:
            sizes.append(len(two.digits))
        marks += between
    stop = mine[-1].end
    after = text[stop : stop + 1] if behind is None else behind
    return NumberRead(
        start=mine[0].start,
        end=stop,
        digits="".join(group.digits for group in mine),
        sizes=tuple(sizes),
        marks=marks,
        says=before.says,
        office=before.office,
        counts=bool(_UNITS.match(text, stop)),
        chained=before.chained or _joins(after, inside=behind is not None),
    )


def _nearest(said: Sequence[re.Match[str]], end: int) -> str:
    """What the last of the words says; that a number is none of a person only when it stands close by."""
    if not said:
        return ""
    kind = said[-1].lastgroup or ""
    return "" if kind in _OTHERS and end - said[-1].end() > _CLOSE else kind


_CLOSE = 6


def _joins(mark: str, *, inside: bool) -> bool:
    """Whether what is beside a number makes it a part of something longer."""
    if inside:
        return any(char in "-._\\~·" for char in mark)
    return mark.isascii() and mark.isalpha()


def _proved(number: NumberRead) -> PersonalDataRule | None:
    """Of which kind the number is; None: of none that is personal."""
    if _is_id_card(number):
        return ID_CARD
    if _is_card(number):
        return CARD
    return MOBILE if _is_mobile(number) else None


def _is_id_card(number: NumberRead) -> bool:
    digits, says = number.digits, number.says
    if says == "id" and len(digits) == 20 and is_id(digits[:18]):  # of a disabled person: kind and grade behind it
        return True
    if len(digits) == 18:
        if says == "id":
            return "." not in number.marks or is_id(digits)
        return (
            is_id(digits)
            and not number.chained
            and says != "credit"
            and not (says in _OTHERS and digits[6:10] >= _RECENT)
        )
    if len(digits) == 17 and says == "id":  # its last character is lost or hidden
        return True
    if len(digits) != 15 or not digits.isdecimal():
        return False
    return says == "id" or (
        says not in (*_OTHERS, "account", "credit") and not number.counts and not number.chained
        and _has_region_and_date(digits[:6] + "19" + digits[6:]) and len(number.sizes) == 1
    )  # fmt: skip


_RECENT = "2005"
"""Numbers of contracts and files hold the date of these years, those of adults do not."""


def is_id(number: str) -> bool:
    """Whether 18 digits are a number of GB 11643: region, date of birth, check digit."""
    if not (number[:17].isdecimal() and _has_region_and_date(number)):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(number[:17], ID_WEIGHTS, strict=True))
    return ID_CHECK[total % 11] == number[17].upper()


def _has_region_and_date(number: str) -> bool:
    try:
        day = dt.date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    return number[:2] in PROVINCES and 1900 <= day.year < 2100


def _is_card(number: NumberRead) -> bool:
    digits, says = number.digits, number.says
    if number.office or number.counts or not digits.isdecimal() or "." in number.marks:
        return False
    if says == "account":
        is_day = len(digits) == 8 and digits[:2] in ("19", "20")
        return not is_day and not _MOBILE.fullmatch(digits) and not number.chained
    if number.chained or not digits.startswith(CARDS) or says == "code" or (says in _OTHERS and len(digits) < 16):
        return False
    if says == "bank" and 16 <= len(digits) <= 19:
        return True
    in_blocks = len(number.sizes) == 1 or set(number.sizes[:-1]) == {4} or number.sizes[0] == 6
    return 15 <= len(digits) <= 19 and in_blocks and passes_luhn(digits)


def passes_luhn(digits: str) -> bool:
    """Whether the last digit is the check digit of ISO/IEC 7812."""
    values = [int(char) for char in reversed(digits)]
    return sum(d if i % 2 == 0 else d * 2 - 9 * (d > 4) for i, d in enumerate(values)) % 10 == 0


def _is_mobile(number: NumberRead) -> bool:
    found = _MOBILE.fullmatch(number.digits)
    if not found or number.says in _OTHERS:
        return False
    if number.says in ("phone", "account"):
        return "." not in number.marks or 3 in number.sizes
    sizes = _without_prefix(number.sizes, len(number.digits) - 11)
    is_grouped = sizes in MOBILE_GROUPS and (sizes == (3, 4, 4) or not any(char in "./\\_" for char in number.marks))
    return is_grouped and not number.counts and not number.chained


def _without_prefix(sizes: tuple[int, ...], prefix: int) -> tuple[int, ...]:
    """The groups without a country's code in front, which stands apart or not."""
    if not prefix:
        return sizes
    return sizes[1:] if sizes[0] == prefix else (sizes[0] - prefix, *sizes[1:])
