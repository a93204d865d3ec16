"""Numbers that say which of several issues a sentence means: 第2个, 第（1）、（3）项, 前三个, 第二方面第1个."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from generator.base.late_patterns import late_pattern
from generator.model.numbering import CIRCLED, CN, number

_NUMBER = rf"(?:\d{{1,3}}|[{CN}]{{1,4}})"
_PRINTED = rf"(?:[（(]{_NUMBER}[）)]|[{CIRCLED}]|{_NUMBER})"
_JOINED = r"(?:[、，,和及与至到~～—-]{1,2}|(?<=[)）])(?=[（(]))"
_UNIT = "[个项条点]"
_NUMBERS = (
    rf"第\s?{_PRINTED}{_UNIT}?(?:{_JOINED}第?{_PRINTED}{_UNIT}?){{0,14}}(?<={_UNIT})"
    rf"|(?:最[前后]|(?<![底月日末旬年度天])[前后])的?{_NUMBER}{_UNIT}|首[个项条]"
    rf"|问题(?:\d{{1,3}}|[（(]{_NUMBER}[）)]|[{CIRCLED}])(?:{_JOINED}(?:问题)?(?:\d{{1,3}}|[（(]{_NUMBER}[）)]|[{CIRCLED}])){{0,20}}"
    r"(?!\s?[\d个项条类处%％.大方])"
    rf"|[序编]号(?:为|是)?\s?{_PRINTED}(?:{_JOINED}{_PRINTED}){{0,20}}(?=的?(?:问题|整改|事项)|[）)]|$)"
)
_GROUP_NUMBER = rf"(?:[（(]{_NUMBER}[）)]|{_NUMBER})"
_GROUPS = rf"第\s?{_GROUP_NUMBER}(?:{_JOINED}第?{_GROUP_NUMBER}){{0,9}}个?大?(?P<unit>方面|部分|类)"
_SIGNS = "★☆▲△▽●○◎◆◇■□※＊*√✓✔"
_SIGN = (
    r"(?:(?:标题|题目|名称|问题)[前后]?(?:面)?)?(?:标注有?|加注|加|注|标有|标记|注有|带有?|打)了?"
    rf"[“\"‘（(【]?(?P<sign>[{_SIGNS}]{{1,2}})[”\"’）)】]?(?:符?号|标[记识])?"
)
_MARKED_OR_GROUP = rf"{_SIGN}|{_GROUPS}".replace("?P<sign>", "?:").replace("?P<unit>", "?:")
NTH = rf"{_MARKED_OR_GROUP}(?:(?:反馈)?的?(?:问题)?[中里]?的?(?:{_NUMBERS}))?|{_NUMBERS}"
"""As it stands in a sentence, or a sign that titles bear (标注“▲”的问题); a number without 个, 项 or 条 behind it
counts something else: 第二轮, 第三巡察组."""

_NTH = late_pattern(NTH)
_MARKED = late_pattern(_SIGN)
_GROUP = late_pattern(_GROUPS)
_LAST = late_pattern(_NUMBERS)
_END = late_pattern(rf"(?P<side>最?[前后])的?(?P<count>{_NUMBER})")
_ONE = late_pattern(rf"(?P<to>[至到~～—-]{{1,2}}第?[（(]?)?(?P<number>{_NUMBER}|[{CIRCLED}])")


class Ordinal(NamedTuple):
    """Which issues such numbers mean."""

    groups: tuple[int, ...]
    """Of which groups; empty: of those that the sentence speaks of."""
    unit: str
    """方面, 部分 or 类: of which level the groups are; empty without groups."""
    numbers: str
    """Which of them, as printed; empty: all."""
    sign: str = ""
    """Which sign their titles bear."""


def is_ordinal(words: str) -> bool:
    """Whether the words are such numbers and nothing else."""
    return _NTH.fullmatch(words) is not None


def is_group(words: str) -> bool:
    """Whether the words mean all issues of a group, or with a sign, and do not say how many these are: 第二方面."""
    return is_ordinal(words) and not parted(words).numbers


def parted(words: str) -> Ordinal:
    """The groups and the numbers in them that the words name.

    >>> [tuple(parted(words)) for words in ("第（一）方面第3个", "第一、二大类", "第2项")]
    [((1,), '方面', '第3个', ''), ((1, 2), '类', '', ''), ((), '', '第2项', '')]
    """
    if marked := _MARKED.match(words):
        return Ordinal((), "", "", marked["sign"])
    group = _GROUP.match(words)
    if group is None:
        return Ordinal((), "", words)
    numbers = _LAST.search(words, group.end())
    return Ordinal(tuple(_listed(group[0])), group["unit"], numbers[0] if numbers else "")


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
    """How many issues the words mean: 3 of 第1至3个; 0 where they do not say, as 第二方面.

    >>> [how_many(words) for words in ("第1至3个", "最后两项", "第2项", "第二方面第2项", "第二方面")]
    [3, 2, 1, 1, 0]
    """
    ordinal = parted(words)
    return len(meant_by(ordinal.numbers, 1000)) if ordinal.numbers else 0


def _listed(words: str) -> list[int]:
    found: list[int] = []
    for one in _ONE.finditer(words):
        value = number(one["number"]) or 0
        found += range(found[-1] + 1, value + 1) if one["to"] and found else [value]
    return found


def count_of(names: Sequence[str]) -> int:
    """How many issues names mean, those of whole groups left out."""
    return sum(how_many(name) if is_ordinal(name) else 1 for name in names)


def groups_in(names: Sequence[str]) -> list[str]:
    """The names of whole groups: 第二方面."""
    return [name for name in names if is_group(name)]
