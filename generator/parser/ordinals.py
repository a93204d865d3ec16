"""Numbers that say which of several issues a sentence means: 第2个, 第1、3项, 前三个, 最后一个."""

from __future__ import annotations

import re

from generator.model.numbering import CN, number

_NUMBER = rf"(?:\d{{1,3}}|[{CN}]{{1,4}})"
_JOINED = r"[、，,和及与至到~～—-]{1,2}"
_UNIT = "[个项条点]"
NTH = (
    rf"第\s?{_NUMBER}{_UNIT}?(?:{_JOINED}第?{_NUMBER}{_UNIT}?){{0,20}}(?<={_UNIT})"
    rf"|(?:最[前后]|(?<![底月日末旬年度天])[前后])的?{_NUMBER}{_UNIT}|首[个项条]"
    rf"|问题\d{{1,3}}(?:{_JOINED}(?:问题)?\d{{1,3}}){{0,20}}(?!\s?[\d{CN}个项条类处%％.])"
)
"""As it stands in a sentence; a number without 个, 项 or 条 behind it counts something else: 第二轮, 第三巡察组."""

_NTH = re.compile(NTH)
_END = re.compile(rf"(?P<side>最?[前后])的?(?P<count>{_NUMBER})")
_ONE = re.compile(rf"(?P<to>[至到~～—-]{{1,2}}第?)?(?P<number>{_NUMBER})")


def is_ordinal(words: str) -> bool:
    """Whether the words are such numbers and nothing else."""
    return _NTH.fullmatch(words) is not None


def meant_by(words: str, of: int) -> list[int]:
    """The numbers, from 1 on, that the words mean among `of` issues; none when one of them lies beyond.

    >>> meant_by("第1、3至5项", 5), meant_by("前两个", 4), meant_by("最后一个", 4), meant_by("问题1、问题4", 4)
    ([1, 3, 4, 5], [1, 2], [4], [1, 4])
    >>> meant_by("第6项", 5)
    []
    """
    if words.startswith("首"):
        found = [1]
    elif end := _END.match(words):
        count = number(end["count"]) or 0
        found = list(range(1, count + 1)) if "前" in end["side"] else list(range(of - count + 1, of + 1))
    else:
        found = _listed(words)
    return found if found and min(found) >= 1 and max(found) <= of else []


def how_many(words: str) -> int:
    """How many issues the words mean: 3 of 第1至3个.

    >>> [how_many(words) for words in ("第1至3个", "最后两项", "第2项")]
    [3, 2, 1]
    """
    return len(meant_by(words, 1000))


def _listed(words: str) -> list[int]:
    found: list[int] = []
    for one in _ONE.finditer(words):
        value = number(one["number"]) or 0
        found += range(found[-1] + 1, value + 1) if one["to"] and found else [value]
    return found
