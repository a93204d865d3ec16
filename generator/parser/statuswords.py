"""The words of a status sentence, each with its kind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from generator.base.late_patterns import late_pattern
from generator.model.numbering import CN, number
from generator.parser.ordinals import NTH
from generator.parser.rules import status
from generator.parser.text import patterns

KINDS = {word: kind for kind, words in status.WORDS.items() for word in words.split()}
_DIGITS = {ord("０") + digit: str(digit) for digit in range(10)}
_NUMBER = rf"(?:\d{{1,5}}|[{CN}]{{1,5}})"
_MONTH = r"\d{1,2}月(?:\d{1,2}日|[上中下]旬|[底末初中])?"
_DATE = (
    rf"(?:(?:19|20)\d\d|[{CN}]{{4}})年(?:{_MONTH}止?|第?[一二三四1-4]季度|[上下]半年|[底末初中内])?|{_MONTH}"
    r"|(?:19|20)\d\d[./-]\d{1,2}(?:[./-]\d{1,2})?|第[一二三四]季度|[上下]半年"
    r"|(?:19|20)\d{3,6}(?:月(?:\d{1,2})?)?日?[底末初]?"
)
_TOKEN = late_pattern(
    rf"""
      (?P<date>{_DATE})
    | (?P<percent>\d{{1,3}}(?:\.\d{{1,2}})?\s?[%％](?:以上)?|[近约超过]?[一二三四五六七八九]成
      |百分之[{CN}]{{1,5}}(?:点[{CN}]{{1,3}})?)
    | (?P<phrase>{status.SET_PHRASE})
    | (?P<quote>“[^“”]{{0,60}}”|‘[^‘’]{{0,60}}’|"[^"]{{0,60}}")
    | (?P<fields>{_NUMBER}\s?(?:[个大]?方面|个?大类|大项|[届轮组]))
    | (?P<nth>{NTH})
    | (?P<batch>第{_NUMBER}批)
    | (?P<round>第{_NUMBER})
    | (?P<etc>等(?=\s?{_NUMBER}\s?[{status.NUMBERED}]))
    | (?P<word>{patterns(KINDS)})
    | (?P<count>{_NUMBER})\s?[{status.NUMBERED}]
    | (?P<stop>[，,。；;：:！!？?、（）()【】〔〕〖〗\[\]—]+|\s-+\s)
    | (?P<blank>\s+)
    | (?P<char>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_NAMED = {"phrase": "manner", "fields": "fed", "round": "fed", "batch": "some", "etc": "at"}


class Word(NamedTuple):
    """A word of a sentence: its kind, its place, and the number that it prints."""

    kind: str
    start: int
    end: int
    value: float = 0

    def of(self, text: str) -> str:
        """The word."""
        return text[self.start : self.end]


def words_in(text: str) -> Iterator[Word]:
    """The words of `text`; a run of characters that no row knows is one word of the kind `other`."""
    other = -1
    for found in _TOKEN.finditer(text.translate(_DIGITS)):
        group = found.lastgroup or ""
        if group == "char" or (group == "word" and KINDS[found[0]] == "other"):
            other = found.start() if other < 0 else other
            continue
        if other >= 0:
            yield Word("other", other, found.start())
            other = -1
        if group == "word":
            yield Word(KINDS[found[0]], *found.span())
        elif group != "blank":
            value = _value(group, found)
            yield Word("none" if group == "count" and not value else _NAMED.get(group, group), *found.span(), value)
    if other >= 0:
        yield Word("other", other, len(text))


def _value(group: str, found: re.Match[str]) -> float:
    if group == "count":
        return number(found["count"]) or 0
    if group != "percent":
        return 0
    printed = found[0].removesuffix("以上").rstrip("%％ ")
    if printed[-1] == "成":
        return 10 * (number(printed[-2]) or 0)
    return float(printed) if printed[0].isdecimal() else _chinese(printed)


def _chinese(printed: str) -> float:
    """百分之百 → 100; of 百分之九十二点七 the whole part."""
    whole = printed.removeprefix("百分之").partition("点")[0]
    return 100 if whole in ("百", "一百") else number(whole) or 0
