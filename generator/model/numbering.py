"""The printed numbers of headings and enumerated items: one row a style (FORMATS e).

Styles stand from the outermost to the innermost of GB/T 9704: 一、 （一） 1. （1）, then ①. A style knows how its
number is printed, not what it means: which level it is, and whether a heading or an item begins there, is for its
callers to find out from the notice's own habit.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import NamedTuple

from generator.base.late_patterns import late_pattern

_CN_DIGITS = {char: n for n, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
_CN_DIGITS |= {char: n for n, char in enumerate("壹贰叁肆伍陆柒捌玖", 1)}
_CNUNITS = {"十": 10, "拾": 10, "百": 100, "千": 1000}

CN = "〇零一二两三四五六七八九十百"
"""Characters of a Chinese numeral below a thousand."""

CIRCLED = "①-⑳㉑-㉟㊱-㊿"
"""Character class of the circled numbers 1–50."""

_ONE_SIGN = (("㈠", 10), ("⑴", 20), ("⒈", 20), ("Ⅰ", 12))
"""Numbers that one sign prints, but for circled ones: the first, and how many there are."""

ONE_SIGN = CIRCLED + "㈠-㈩⑴-⒇⒈-⒛"
"""Character class of the numbers that one sign prints with its circle, brackets or point."""


def number(printed: str) -> int | None:
    """The value of a printed number: `12`, `１２`, `十二`, `二〇二五`, `㉒`, `○51`; None when it is none.

    >>> [number(text) for text in ("12", "十二", "二十", "一百零三", "二〇二五", "㉒", "○51", "两", "是")]
    [12, 12, 20, 103, 2025, 22, 51, 2, None]
    """
    if printed.isdecimal():
        return int(printed)
    if len(printed) == 1 and (value := _SINGLE.get(printed)) is not None:
        return value
    if (value := _LETTERS.get(printed)) is not None:
        return value
    if len(printed) > 1 and printed[0] == "○" and printed[1:].isdecimal():
        return int(printed[1:])
    if not any(char in _CNUNITS for char in printed):
        return _positional(printed)
    total, digit = 0, 0
    for char in printed:
        if char in _CN_DIGITS:
            digit = _CN_DIGITS[char]
        elif char in _CNUNITS:
            total += (digit or 1) * _CNUNITS[char]
            digit = 0
        else:
            return None
    return total + digit


def _positional(printed: str) -> int | None:
    """`二〇二五` → 2025."""
    digits = [_CN_DIGITS.get(char) for char in printed]
    if not digits or None in digits:
        return None
    return int("".join(str(digit) for digit in digits))


def circled(value: int) -> str:
    """The circled number of `value`; above 50, where Unicode has none, `○51`."""
    for first, start, count in (("①", 1, 20), ("㉑", 21, 15), ("㊱", 36, 15)):
        if 0 <= value - start < count:
            return chr(ord(first) + value - start)
    return f"○{value}"


_SIGNS = {chr(ord(first) + at): at + 1 for first, count in _ONE_SIGN for at in range(count)}
STEMS = "甲乙丙丁戊己庚辛壬癸"
"""Heavenly stems, which number items of legal texts and of Word's automatic lists."""
FORMAL = "壹贰叁肆伍陆柒捌玖拾"
"""The numerals of cheques, which number the parts of some notices."""
ROMAN = "Ⅰ-Ⅻ"
"""Character class of the Roman numbers that are one sign."""
_LETTERS = {
    word: n for n, word in enumerate(["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"], 1)
}
"""Roman numbers in letters, as Word's automatic numbering writes them."""
_SINGLE = (
    _CN_DIGITS
    | {"十": 10, "拾": 10}
    | {circled(value): value for value in range(1, 51)}
    | {stem: value for value, stem in enumerate(STEMS, 1)}
    | _SIGNS
)


_WORD = r"[\u4e00-\u9fff“《‘「『【\"]"
"""What a title begins with."""
_LETTER = "(?:X(?:I{1,2})?|IX|IV|V?I{1,3}|V)"
"""A Roman number up to twelve in letters."""
UNIT = "万|亿|元|倍|个|月(?!度)|日|公里|千米|平方|立方|公顷|亩|吨|公斤|米|小时"
"""What a decimal fraction counts, or what is left of a date."""


_COUNTED = "份名户处件宗条项卷台套辆家期场"
"""What is counted whole: 5.17份案卷 is the fifth."""
_NO_LIST = rf"(?!第?[{CN}\d]{{1,3}}(?:[个项条](?:问题|[、和及已均尚正仍未需基])|[、和及]第?[{CN}\d]))"
"""Not 第1、2项已完成: that lists which ones are meant."""


@dataclass(frozen=True, slots=True)
class NumberStyle:
    """A way to print a number before a heading or an item."""

    name: str
    pattern: str
    """Regular expression of the whole label, with one group: the number."""
    inline: bool = True
    """May begin an item inside a paragraph, and not only at its start."""
    ones: tuple[str, ...] = ()
    """How number 1 may be printed: a text without any of them holds no series of this style."""


STYLES: tuple[NumberStyle, ...] = (
    # 第一个问题：　第2个问题、　第1项：　（第1项）
    NumberStyle(
        "counted",
        rf"[（(]第(?:[{CN}]{{1,3}}|\d{{1,3}})(?:项|点|条)[）)]"
        rf"|第([{CN}]{{1,3}}|\d{{1,3}})(?:个|项|点|题)(?:问题)?[：:、，,. 　]{_NO_LIST}",
        inline=False,
        ones=("第一", "第1"),
    ),
    # 第一部分
    NumberStyle("part", rf"第([{CN}]{{1,3}}|\d{{1,3}})部分[、，,：: 　]?{_NO_LIST}", ones=("第一", "第1")),
    # 第一、　第一方面：　第一类问题：
    NumberStyle(
        "nth",
        rf"第([{CN}]{{1,3}}|\d{{1,3}})(?:个?方面|类)?(?:问题)?[、，,：: 　]{_NO_LIST}",
        ones=("第一", "第1"),
    ),
    # 其一，　其二：
    NumberStyle("among", rf"其([{CN}]{{1,2}})[、，,：:]", ones=("其一",)),
    # 方面一：　类别二、　任务3：　序号1：　序号1 学习　No.4
    NumberStyle(
        "kind",
        rf"(?:方面|类别|任务|事项|序号)([{CN}]{{1,3}}|\d{{1,3}})[：:、．.]|(?:No|NO|№)[.．]?\s?\d{{1,3}}[、．.：: 　]"
        rf"|序号\s?\d{{1,3}}(?=[ 　]*{_WORD})",
        inline=False,
        ones=("一", "1"),
    ),
    # 第一条　第3条：
    NumberStyle("article", rf"第([{CN}]{{1,3}}|\d{{1,3}})条[、，,：: 　]", inline=False, ones=("第一条", "第1条")),
    # 壹、
    NumberStyle("formal", rf"([{FORMAL}]{{1,3}})[、．\.]", inline=False, ones=("壹",)),
    # Ⅰ、　Ⅰ.　Ⅰ 整改　（Ⅰ）　IV.
    NumberStyle(
        "roman",
        rf"([{ROMAN}])(?:[、．\.]|(?=[ 　\u00a0\t]+{_WORD}))|[（(]\s?(?:[{ROMAN}]|{_LETTER})\s?[）)]"
        rf"|{_LETTER}[、．\.](?=\s*{_WORD})",
        inline=False,
        ones=("Ⅰ", "I"),
    ),
    # A.　B、
    NumberStyle("capital", rf"([A-Z])[、．.)）](?=\s*{_WORD})", inline=False, ones=("A",)),
    # A1.　B2、: the number is counted anew below each letter
    NumberStyle("capital-ar", rf"[A-Z](\d{{1,2}})[、．.](?=\s*{_WORD})", inline=False, ones=("1",)),
    # a.　b)
    NumberStyle("letter", rf"([a-z])[、．.)）](?=\s*{_WORD})", ones=("a",)),
    # 一、　一．　一，(†)
    NumberStyle("cn", rf"([{CN}]{{1,3}})[ \u3000]?[、．\.，,]", inline=False, ones=("一",)),
    # （一）　(一)　〔一〕　【一】　[一]　〈一〉　一）　㈠　(一).　（一）：
    NumberStyle(
        "cn-paren",
        rf"[㈠-㈩][、．.：:]?|[（(〔【\[〈]\s?([{CN}]{{1,3}})\s?[）)〕】\]〉][、．.：:，,]?|(?<![{CN}])[{CN}]{{1,3}}[）)]",
        inline=False,
        ones=("一", "㈠"),
    ),
    # 问题1：　问 题 1：　问题①：　【问题1】　[问题1]　反馈问题一：　反馈意见1：; never 反馈问题19个, 问题1整改情况：
    NumberStyle(
        "named",
        r"[【（(\[〔]?(?:(?:反馈|具体|存在|主要|整改)?问[ 　]?题|(?:反馈)?意见|反馈事项|整改任务|整改事项)\s?"
        rf"[（(]?([{CN}]{{1,3}}|\d{{1,3}}|[{CIRCLED}])"
        rf"(?![{CN}\d]|\s?(?:[个项条类件处%％余多]|大类|方面)|的?(?:整改|答复))[】）)\]〕]?[：:、．. 　]?",
        inline=False,
        ones=("1", "一", "①"),
    ),
    # 2.1　2.1.3　2.1、　2-1 关于: the numbers above it come before its own; never 2.1万元, 3.15日, 1-8月
    *(
        NumberStyle(
            f"decimal-{depth}",
            rf"(?:\d{{1,2}}[.．]){{{depth - 1}}}(\d{{1,2}})(?![.．]?\d)[、．.]?"
            rf"(?=[ 　\u00a0\t]|{_WORD})(?!\s*(?:{UNIT}))"
            rf"|(?:\d{{1,2}}[-－—–]){{{depth - 1}}}\d{{1,2}}(?=[ 　\u00a0\t]+{_WORD}|关于|针对|“)(?!\s*(?:{UNIT}|年))",
            inline=False,
            ones=(".1", "．1", "．１", "-1", "－1", "—1", "–1"),
        )
        for depth in (2, 3, 4)
    ),
    # 1.　1．　1、　1，(†)　1-　1：　⒈; 1.2024年度, 5.17份案卷, but never 1.5; 1关于, the point lost
    NumberStyle(
        "ar",
        rf"[⒈-⒛]|(\d{{1,3}})[ \u3000]?"
        rf"(?:[．、]|\.(?:(?!\d)|(?=(?:19|20)\d\d ?年|\d{{1,4}}[{_COUNTED}]))|，|[-：:](?={_WORD})|(?=关于|针对))",
        ones=("1．", "1、", "1.", "1，", "1-", "1：", "1:", "1关于", "1针对", "１", "⒈"),
    ),
    # 1 1 学习: the numbers of the group and of the problem, cells of a table that lost its lines; never 10 20万元
    NumberStyle(
        "pair",
        rf"\d{{1,3}}[ 　\u00a0\t]+(\d{{1,3}})(?=[ 　\u00a0\t]+{_WORD})(?!\s*(?:{UNIT}|年|[~—至到]))",
        inline=False,
        ones=("1 1", "1　1", "1\t1", "1\u00a01"),
    ),
    # （1）　(1)　( 2 )　1)　⑴　【1】　[1]　〔1〕　(1).　（1）：
    NumberStyle(
        "ar-paren",
        r"[⑴-⒇][、．.：:]?|[（(]\s?(\d{1,3})\s?[）)](?:[、．：:，]|\.(?!\d))?|[【\[〔〈]\s?\d{1,3}\s?[】\]〕〉]"
        r"|(?<!\d)\d{1,3}[）)]",
        ones=("1）", "1)", "1】", "1]", "1〕", "1〉", "1 ", "1　", "1\u00a0", "1\t", "1\n", "１", "⑴"),
    ),
    # ①　㉒　○51
    NumberStyle("circled", rf"([{CIRCLED}]|○\d{{2,3}})[、．.：:]?", ones=("①",)),
    # 01　PART 01: alone in a line, as pages for phones number their parts
    NumberStyle("screen", r"(?:(?:PART|Part)[ .．]?\d{1,2}|0[1-9])[ 　]*$", inline=False, ones=("1",)),
    # 甲、　乙、; never 甲、乙双方
    NumberStyle("stem", rf"([{STEMS}])、(?![{STEMS}])", inline=False, ones=("甲、",)),
    # 一是　二是；一要
    NumberStyle("shi", rf"([{CN}]{{1,3}})(?:是|要)", ones=("一是", "一要")),
    # 首先　其次　再次　最后: no number, so no style
)

BY_NAME = {style.name: style for style in STYLES}

_FIRST = (
    frozenset("第其方类任事序№[【（(〔〈问反具存主整意P○0123456789０１２３４５６７８９" + CN + STEMS + FORMAL)
    | frozenset(map(chr, (*range(0x41, 0x5B), *range(0x61, 0x7B))))
    | {circled(n)[0] for n in range(1, 51)}
    | _SIGNS.keys()
)
"""Characters that a label can begin with."""

_GROUPS = {style.name.replace("-", "_"): style for style in STYLES}
_ANY = late_pattern(rf"(?:{'|'.join(f'(?P<{name}>{style.pattern})' for name, style in _GROUPS.items())})\s*")


class Label(NamedTuple):
    """A number as printed at one place."""

    style: str
    value: int
    printed: str
    """Without the blanks after it."""
    end: int
    """Offset behind the label and its blanks."""


_DIGITS = late_pattern(rf"\d+|[{CN}]+|[{FORMAL}]+|[{ONE_SIGN}{STEMS}{ROMAN}]|[IVX]+")


def label_at(text: str, start: int = 0) -> Label | None:
    """The number printed at `start` of `text`; None when there is none.

    >>> label_at("（1）针对…")
    Label(style='ar-paren', value=1, printed='（1）', end=3)
    >>> label_at("1.5万元") is None
    True
    """
    if text[start : start + 1] not in _FIRST:
        return None
    found = _ANY.match(text, start)
    if not found:
        return None
    label = _label(found[0], found.lastgroup or "")  # the outer group closes last
    return label if label is None or not start else label._replace(end=found.end())


@functools.lru_cache(maxsize=1024)  # a notice prints the same few numbers again and again
def _label(printed: str, group: str) -> Label | None:
    """The label at the start of a text, printed with the blanks after it, of the style that `group` names."""
    if group in ("capital", "letter"):
        value: int | None = (ord(printed[0]) & 31) or None  # A and a are 1
    else:
        digits = _DIGITS.findall(printed)  # the last is its own: 2.1.3
        value = number(digits[-1]) if digits else None
    if value is None:
        return None
    return Label(_GROUPS[group].name, value, printed.rstrip(), len(printed))


_WORD_BESIDE = late_pattern(rf"[（(【〔\[]?\s?(?:(?![{CN}第])[\u4e00-\u9fff]){{2,12}}\s?[）)】〕\]]?[：:]?")
"""A word with its marks beside a number: 【反馈问题】."""
_SIGN = late_pattern(r"\w")


def number_in(label: str) -> str:
    """The number of a heading's printed label, without a word that stands beside it; empty when there is only a word.

    >>> [number_in(label) for label in ("1.【反馈问题】", "反馈问题：（2）", "问题：", "问题一：", "3")]
    ['1.', '（2）', '', '问题一：', '3']
    """
    label = label.strip()
    own = label_at(label)
    word = _WORD_BESIDE.search(label, own.end if own else 0)
    if word is None:
        return label
    if own is not None:
        return own.printed
    before, behind = label[: word.start()].strip(), label[word.end() :].strip()
    return next((part for part in (before, behind) if _SIGN.search(part)), "")
