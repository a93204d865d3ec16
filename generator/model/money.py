"""Money in the words: exact amounts, and what sentences say became of them.

An amount is what is printed, in 分, never rounded: 元, 万元, 亿元, Chinese numerals; 约, 余, 近 and ranges are marked.
A statement is an amount that a verb moves (收回, 清退, 上缴, 节约, 罚没); how much something is (涉及, 预算) is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import islice
from typing import NamedTuple

from generator.base.late_patterns import late_pattern
from generator.model.money_rules import (
    ABOUT_SIZE,
    ABOUT_SIZE_WIDELY,
    ADVERBS,
    NEXT_TO_VERB,
    NOT_MOVED,
    NOT_MOVED_BUT_WRONGLY,
    ORDERED,
    ORDERED_BARE,
    SURELY_DONE,
    VERBS,
    WIDER,
    WRONGLY,
    YEARLY,
    MoneyKind,
)
from generator.model.numbering import number


class Amount(NamedTuple):
    """An amount of yuan (金额) as printed: `text[start:end]`."""

    start: int
    end: int
    fen: int
    """In 分; of a range the lower end."""
    mark: str
    """`约`, `余`, `近` …, `至` of a range: what makes it no exact amount; empty: it is exact."""
    is_rate: bool
    """So much each: 500元/人."""


class Statement(NamedTuple):
    """What a sentence says became of an amount."""

    kind: MoneyKind
    verb: str
    amount: Amount
    start: int
    end: int
    """The sentence, in the text."""
    doubt: str
    """Why it cannot be summed; empty: it can."""
    is_total: bool
    """共清退, 累计追回: the words say that it is a sum."""
    is_part: bool
    """其中: part of an amount before it in the sentence."""
    is_paid_in: bool
    """The sentence goes on to say that the same money was paid in (上缴)."""


_DIGITS = r"(?:[0-9０-９]{1,3}(?>(?:[,，][0-9０-９]{3})+)(?![0-9０-９])|[0-9０-９]{1,15}+)(?:[.．][0-9０-９]{1,8}+)?"
_HAN = r"[〇零一二两三四五六七八九十百千壹贰叁肆伍陆柒捌玖拾佰仟]{1,12}+(?:点[〇零一二三四五六七八九]{1,6}+)?"
_ONE = rf"(?:{_DIGITS}|{_HAN})\s?[余多]?[百千万亿]{{0,2}}+[余多]?"
_AMOUNT = late_pattern(
    "(?P<about>大约|约|将近|接近|近|超过|超|逾|不足|不到|至少|多达|高达)?"
    r"(?:人民币)?\s?(?<![0-9０-９.．,，〇零一二两三四五六七八九十百千几数第上])"  # the number begins here
    rf"(?:(?P<low>{_ONE})\s?元?\s?[-－—–~～至到]{{1,2}}+\s?)?"  # of a range
    rf"(?P<parts>(?>(?:{_ONE}){{1,3}}))\s{{0,2}}(?P<more>余|多)?元(?:整)?"
    "(?P<small>(?:[0-9０-９一二三四五六七八九]角)?(?:[0-9０-９一二三四五六七八九]分)?)"
    "(?![旦件素首勋宵老凶帅气])"  # 元旦, 元件
    r"(?P<behind>左右|上下|以上|以下|以内|有余)?(?P<rate>\s?[/／每]|的?标准)?"
)
_PART = late_pattern(rf"(?P<n>{_DIGITS}|{_HAN})\s?[余多]?(?P<unit>[百千万亿]*)[余多]?")
_UNITS = {"百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
_HAN_DIGITS = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟０１２３４５６７８９．，", "一二三四五六七八九十百千0123456789.,")


def amounts_in(text: str) -> Iterator[Amount]:
    """The amounts in a text, in order; an amount that says no number (几万元, 上百万元) is none."""
    if "元" not in text:
        return
    for found in _AMOUNT.finditer(text):
        fen, mark = _fen(found["parts"] + found["small"]), found["about"] or found["behind"] or found["more"] or ""
        if found["low"]:
            low, mark = _fen(found["low"] + _unit_of(found)), "至"
            fen = low if low is not None else fen
        if fen is None:
            continue
        if not mark and (vague := re.search("[余多]", found["parts"])):
            mark = vague[0]
        start = found.start("about") if found["about"] else found.start("low" if found["low"] else "parts")
        end = found.end("behind") if found["behind"] else found.end("small")
        yield Amount(start, end, fen, mark, bool(found["rate"]))


def _unit_of(found: re.Match[str]) -> str:
    """The unit of a range that is at its upper end alone: 3至5万元."""
    return "" if re.search("[万亿]", found["low"]) else "".join(re.findall("[万亿]", found["parts"]))


def _fen(printed: str) -> int | None:
    """An amount in 分; None when it cannot be read, or is a fraction of a 分."""
    plain = printed.translate(_HAN_DIGITS)
    total = Decimal(0)
    for digit, unit in re.findall("([0-9一二三四五六七八九])([角分])", plain):
        total += Decimal(number(digit) or 0) * (10 if unit == "角" else 1)
    for part in _PART.finditer(re.sub("[0-9一二三四五六七八九][角分]", "", plain)):
        value = _value(part["n"].replace(",", ""))
        if value is None:
            return None
        for unit in part["unit"]:
            value *= _UNITS[unit]
        total += value * 100
    return int(total) if total == int(total) and total else None


def _value(printed: str) -> Decimal | None:
    if printed[0].isdecimal():
        return Decimal(printed)
    if printed[0] in "百千":  # 百万元 of 上百万元: no number
        return None
    whole, _, rest = printed.partition("点")
    value = number(whole)
    if value is None:
        return None
    return Decimal(value) + (Decimal(f"0.{number(rest) or 0:0{len(rest)}d}") if rest else 0)


# --------------------------------------------------------------------------------------------------- statements


def _any(words: str) -> str:
    return "|".join(sorted(map(re.escape, words.split()), key=lambda word: (-len(word), word)))


_KIND_OF: dict[str, MoneyKind] = {verb: kind for kind, verbs in VERBS for verb in verbs.split()}
_VERB = late_pattern(_any(" ".join(_KIND_OF)))
_SENTENCE = late_pattern(r"[^。！？!?；;\n]++[。！？!?；;]?")
_COMMA = late_pattern(r"[，,：:（）()]")
_NOT_WRONGLY = "".join(f"(?<!{word})" for word in WRONGLY.split())
_OTHER = late_pattern(f"{_any(NOT_MOVED)}|{_NOT_WRONGLY}(?:{_any(NOT_MOVED_BUT_WRONGLY)})(?!资金|费|成本|经费|金额)")
_SIZE = late_pattern(_any(ABOUT_SIZE))
_OF_SIZE = late_pattern(_any(ABOUT_SIZE_WIDELY))
_ORDERED = late_pattern(f"{_any(ORDERED)}|(?<![按照合符])(?<!有关)(?:{ORDERED_BARE})")
_ADVERBS = rf"(?:{_any(ADVERBS)}|[0-9]{{1,4}}[年月日]|于|在)"
_NOT_DONE = late_pattern(
    rf"(?<![相供对反适响])(?:{_any(NEXT_TO_VERB)})(?:予以|进行|及时|全部|全额|按规定|按期|如数|足额){{0,2}}\Z"
)
_DONE = late_pattern("|".join(SURELY_DONE))
_BETWEEN = late_pattern(rf"(?:整|的|资金|款项|费用)?(?>{_ADVERBS}{{0,5}})")
_ALONE = late_pattern(r"(?:完毕|到位|到账|至|到|入|国库|财政|专户|原渠道|账户|[，,。；;、）)]|\Z)")
_TO_WHOM = late_pattern(r"[^，,。；;0-9]{0,16}+(?:[，,。；;）)]|\Z)")
"""Behind a verb of giving: who got it."""
_TOTAL = late_pattern("共|累计|合计|总计")
_PART_OF = late_pattern("其中|包括|含")
_VAGUELY = late_pattern(r"(?:(?<![预节契合])约|将近|接近|近|超过|逾)\Z")
_WIDER, _YEARLY = late_pattern(_any(WIDER)), re.compile(_any(YEARLY) + "|年(?=节)")


def statements_in(text: str) -> Iterator[Statement]:
    """What the sentences of a text say became of money, in order."""
    if "元" not in text or not _VERB.search(text):
        return
    for sentence in _SENTENCE.finditer(text):
        words = sentence[0]
        amounts = list(islice(amounts_in(words), _MOST))
        if amounts and _VERB.search(words):
            for said in _read(words, amounts):
                at = sentence.start()
                amount = said.amount._replace(start=said.amount.start + at, end=said.amount.end + at)
                lead = len(words) - len(words.lstrip())
                yield said._replace(amount=amount, start=at + lead, end=sentence.end())


_MOST = 30
"""Amounts of a sentence that are looked at: more than people write, and a bound to what a hostile one costs."""


class _Bound(NamedTuple):
    """An amount with its verb."""

    amount: Amount
    verb: re.Match[str]
    clause: int
    """Where the clause of the verb begins."""


def _read(words: str, amounts: Sequence[Amount]) -> Iterator[Statement]:
    """The statements of one sentence."""
    inside = [(one.start, one.end) for one in amounts]
    commas = [c.end() for c in _COMMA.finditer(words) if not any(a <= c.start() < b for a, b in inside)]
    clauses = list(zip([0, *commas], [*commas, len(words)], strict=True))
    bound = [found for amount in amounts if (found := _bind(words, amount, clauses))]
    for one in bound:
        kind = _KIND_OF[one.verb[0]]
        clause = words[one.clause : max(one.amount.end, one.verb.end())]
        before = words[: one.verb.start()]
        yield Statement(
            kind="fined" if kind == "paid-in" and re.search("罚款|罚金", clause) else kind,
            verb=one.verb[0],
            amount=one.amount,
            start=0,
            end=len(words),
            doubt=_doubt(one, words, clause, before),
            is_total=bool(_TOTAL.search(words, one.clause, max(one.amount.start, one.verb.start()))),
            is_part=bool(_PART_OF.search(words, 0, one.amount.start)) and one is not bound[0],
            is_paid_in=kind in ("recovered", "refunded") and _goes_on(words, one, inside),
        )


def _bind(words: str, amount: Amount, clauses: Sequence[tuple[int, int]]) -> _Bound | None:
    """The verb that an amount belongs to: before it in its clause, right behind it, or alone in the next clause."""
    at = next(i for i, (start, end) in enumerate(clauses) if start <= amount.start < end)
    start = clauses[at][0]
    before = list(_VERB.finditer(words, start, amount.start))
    if before and not _OTHER.search(words, before[-1].end(), amount.start):
        return _Bound(amount, before[-1], start)
    if before or _SIZE.search(words, start, amount.start):
        return None
    if verb := _behind(words, amount.end):
        return _Bound(amount, verb, start)
    if at + 1 == len(clauses) or not _COMMA.match(words, amount.end) or _OF_SIZE.search(words, start, amount.start):
        return None
    start = clauses[at + 1][0]
    verb = _behind(words, start)
    return _Bound(amount, verb, start) if verb and verb.start() > start else None


def _behind(words: str, at: int) -> re.Match[str] | None:
    """The verb that is at `at`, adverbs aside, and moves what was named before it."""
    between = _BETWEEN.match(words, at)
    verb = _VERB.match(words, between.end()) if between else None
    if verb is None:
        return None
    is_giving = _KIND_OF[verb[0]] in ("refunded", "paid-in")
    return verb if _ALONE.match(words, verb.end()) or (is_giving and _TO_WHOM.match(words, verb.end())) else None


def _goes_on(words: str, one: _Bound, inside: Sequence[tuple[int, int]]) -> bool:
    """Whether the next verb behind is of paying in, with no amount of its own."""
    behind = max(one.amount.end, one.verb.end())
    verb = _VERB.search(words, behind)
    if not verb or _KIND_OF[verb[0]] != "paid-in":
        return False
    between = words[behind : verb.start()]
    is_done = not _NOT_DONE.search(between) and not _ORDERED.search(between)
    return is_done and not any(start >= behind for start, _ in inside)


def _doubt(one: _Bound, words: str, clause: str, before: str) -> str:
    """Why the amount cannot be summed; empty when it can."""
    amount, own = one.amount, words[one.clause : one.verb.start()]
    if _NOT_DONE.search(before) or _ORDERED.search(own):
        return "原文没有写已经做到"
    if _ORDERED.search(before) and not _DONE.search(own):
        return "原文没有写已经做到"
    if amount.mark == "至":
        return "原文是一个范围"
    if _VAGUELY.search(before) or re.search("约[合计为]", clause):
        return "原文是约数（约）"
    if amount.mark:
        return f"原文是约数（{amount.mark}）"
    if amount.is_rate or _YEARLY.search(clause):
        return "原文是每人、每年等单位数"
    if _KIND_OF[one.verb[0]] == "fined" or re.search("罚款|罚金", clause):
        return "罚没的多是执法对象的钱，且常互相包含"
    if _WIDER.search(before) or _WIDER.search(clause):
        return "口径不限于本单位"
    return ""
