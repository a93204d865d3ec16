"""Personal data in a text, proven by check digits where there are any (GOV-SITE 7)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.base.diagnostics import Span
from generator.model.personal_rules import ID_CHECK, ID_WEIGHTS, ROWS, SURNAMES, Row

_PATTERNS = tuple((row, re.compile(row.hint or row.pattern), re.compile(row.pattern)) for row in ROWS)
_MAYBE = re.compile(
    r"[0-9０-９@A-Zq微患病遗低学幼儿](?:(?<=@)|(?<=[0-9０-９])(?:(?:[ -]?[0-9０-９]){7}|[栋幢室]|号楼|单元)"
    rf"|(?<=[Qq])[Qq]|(?<=[A-Z])[·. ]?[0-9A-Z]{{5}}|(?<=微)信|(?<![0-9０-９A-Zq])(?:[者人属生儿童]|保户)[{SURNAMES}])"
)
"""A quick look before the exact ones: where it finds nothing, no row does."""


def suspects(text: str) -> Iterator[Span]:
    """Where personal data may stand: a quick look, behind which `personal_data` finds nothing elsewhere."""
    return (Span(found.start(), found.end()) for found in _MAYBE.finditer(text))


def personal_data(text: str) -> Iterator[tuple[Row, Span]]:
    """What of `text` is personal data, and of which kind; row by row, in the order of the text."""
    if not _MAYBE.search(text):
        return
    held: dict[re.Pattern[str], bool] = {}
    for row, hint, pattern in _PATTERNS:
        if hint not in held:  # rows share hints
            held[hint] = bool(hint.search(text))
        for found in pattern.finditer(text) if held[hint] else ():
            if _holds(row, found[0]):
                yield row, Span(found.start(), found.end())


def _holds(row: Row, value: str) -> bool:
    return {"id": _is_id, "luhn": _passes_luhn}.get(row.test, bool)(value)


def _is_id(number: str) -> bool:
    total = sum(int(digit) * weight for digit, weight in zip(number[:17], ID_WEIGHTS, strict=True))
    return ID_CHECK[total % 11] == number[17].upper()


def _passes_luhn(number: str) -> bool:
    digits = [int(char) for char in reversed(number) if char.isdecimal()]
    return sum(d if i % 2 == 0 else d * 2 - 9 * (d > 4) for i, d in enumerate(digits)) % 10 == 0
