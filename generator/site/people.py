"""People held to account, as single sentences of issues count them: by measure, never by name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from generator.base.late_patterns import late_pattern
from generator.model.numbering import number
from generator.parser.rules.figure_patterns import NUMBER, PEOPLE_ACTIONS


class Counted(NamedTuple):
    """`text[start:end]` says how many people a measure was taken with."""

    measure: str
    times: int
    is_times: bool
    """人次: one person may count several times."""
    start: int
    end: int


_MEASURE = "|".join(sorted(PEOPLE_ACTIONS, key=lambda word: (-len(word), word)))
_BEHIND = late_pattern(
    rf"(?P<measure>{_MEASURE})(?:处理|处分)?(?:的|了)?\s?(?P<n>{NUMBER})\s?(?P<unit>人次|人|名)(?!大)"
)
_BEFORE = late_pattern(
    rf"对(?:[^，,。；;：:0-9]{{0,12}}?)(?P<n>{NUMBER})(?P<unit>人次|人|名|位)[^，,。；;]{{0,24}}?(?P<measure>{_MEASURE})"
)
_ORDERED = late_pattern("将|拟|应|要求|责令|督促|建议|若|如|未|可")


def people_in(text: str) -> Iterator[Counted]:
    """What a text says of people held to account, in order; what is planned or ordered is left out."""
    if "人" not in text and "名" not in text:
        return
    end = 0
    for found in sorted((*_BEHIND.finditer(text), *_BEFORE.finditer(text)), key=lambda hit: (hit.start(), -hit.end())):
        clause = re.split("[，,。；;]", text[max(0, found.start() - 20) : found.start()])[-1]
        if found.start() < end or _ORDERED.search(clause) or not number(found["n"]):
            continue
        end = found.end()
        yield Counted(found["measure"], number(found["n"]) or 0, found["unit"] == "人次", found.start(), end)
