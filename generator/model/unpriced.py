"""Sentences that say money came back, or is to, and name no amount (写了追缴，没写金额)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from generator.base.late_patterns import late_pattern
from generator.model.money_rules import MONEY_WORDS, NOT_SURELY, ONLY_MONEY_VERBS, UNPRICED_VERBS


class Unpriced(NamedTuple):
    """`text[start:end]` is a sentence that moves money by `verb`; neither it nor the one before names an amount."""

    verb: str
    start: int
    end: int


_SENTENCE = late_pattern(r"[^。！？!?；;\n]+[。！？!?；;]?")
_VERBS, _BARE = "|".join(UNPRICED_VERBS.split()), "|".join(ONLY_MONEY_VERBS.split())
_WORDS, _HOW = "|".join(MONEY_WORDS.split()), "(?:予以|全额|足额|如数|全部|已)"
_ENDS = r"(?=[，,。；;、）)！!]|\Z)"
_MOVED = late_pattern(
    rf"(?P<verb>{_VERBS})(?:了|多)?[^，,。；;：:、0-9（(]{{0,14}}?(?:{_WORDS}){_ENDS}"
    rf"|(?:{_WORDS})[^，,。；;：:、0-9（(]{{0,8}}?{_HOW}(?P<behind>{_VERBS}){_ENDS}"
    rf"|{_HOW}(?P<bare>{_BARE}){_ENDS}"
)
_NOT_SURELY = late_pattern("|".join(NOT_SURELY.split()))
_AMOUNT = late_pattern("元|[0-9一二三四五六七八九十百千][万亿]")


def unpriced_in(text: str) -> Iterator[Unpriced]:
    """The sentences of a text that move money and name no amount, in order; what is ordered, planned or denied is none.

    >>> [one.verb for one in unpriced_in("退回多收费用；清退借用人员3名；追缴补贴2万元。已全部清退。")]
    ['退回']
    """
    was_priced = False
    for sentence in _SENTENCE.finditer(text):
        is_priced = bool(_AMOUNT.search(sentence[0]))
        found = None if is_priced or was_priced else _MOVED.search(sentence[0])
        verb = found.lastgroup if found else None
        if found and verb and not _NOT_SURELY.search(sentence[0], 0, found.start(verb)):
            lead = len(sentence[0]) - len(sentence[0].lstrip())
            yield Unpriced(found[verb], sentence.start() + lead, sentence.end())
        was_priced = is_priced
