"""What of an answer can be checked (可核实要素): dates, amounts, counts, document numbers and 《titles》."""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Mapping
from typing import Literal, NamedTuple

from generator.model.money import amounts_in

FactKind = Literal["date", "amount", "count", "number", "title"]
FACT_NAMES: Mapping[FactKind, str] = {
    "date": "日期",
    "amount": "金额",
    "count": "数目",
    "number": "文号",
    "title": "文件、制度",
}
_OF = "人次 人 名 次 份 场 期 台 套 家 个 项 条 件 户 册 篇 例 所 间 处 批 张 支 天 起 笔 门 轮 亩 公里 平方米 %"
_MEASURED = "|".join(_OF.split())
_PATTERNS: tuple[tuple[FactKind, re.Pattern[str]], ...] = (
    # of two that overlap the earlier row wins
    ("title", re.compile(r"《[^《》\n]{2,60}》")),
    ("number", re.compile(r"[\u4e00-\u9fff]{1,8}[〔\[［(（]\s?(?:19|20)[0-9]{2}\s?[〕\]］)）]\s?[0-9]{1,4}\s?号")),
    (
        "date",
        re.compile(
            r"(?<![0-9])(?:(?:19|20)[0-9]{2}\s?年\s?[0-9]{1,2}\s?月(?:\s?[0-9]{1,2}\s?[日号])?"
            r"|(?:19|20)[0-9]{2}[-./][0-9]{1,2}[-./][0-9]{1,2}(?![0-9])|[0-9]{1,2}\s?月\s?[0-9]{1,2}\s?[日号])"
        ),
    ),
    (
        "count",
        re.compile(rf"(?<![0-9.第])[0-9]{{1,7}}(?:\.[0-9]{{1,4}})?[余多]?\s?(?:{_MEASURED})(?!月|年|日)"),
    ),
)


class Fact(NamedTuple):
    """`text[start:end]` can be checked."""

    kind: FactKind
    start: int
    end: int


@functools.lru_cache(maxsize=256)  # a card counts them, and its rows mark them
def facts_in(text: str) -> tuple[Fact, ...]:
    """What can be checked in a text, in order; none lies in another."""
    found = [Fact(kind, hit.start(), hit.end()) for kind, pattern in _PATTERNS for hit in pattern.finditer(text)]
    found += (Fact("amount", amount.start, amount.end) for amount in amounts_in(text))
    kept: list[Fact] = []
    for fact in sorted(found, key=lambda one: (one.start, -one.end)):
        if not kept or fact.start >= kept[-1].end:
            kept.append(fact)
    return tuple(kept)


def counts_of(text: str) -> tuple[tuple[str, int], ...]:
    """How many there are of each kind, by its name; kinds without any are left out."""
    counts = Counter(fact.kind for fact in facts_in(text))
    return tuple((name, counts[kind]) for kind, name in FACT_NAMES.items() if kind in counts)
