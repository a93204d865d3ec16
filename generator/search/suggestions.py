"""Names to suggest while a query is typed, the pinyin by which they can be typed, and how people shorten them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from generator.model.folding import fold
from generator.search.alike import ALIKE
from generator.search.short_names import short_names
from generator.site.pinyin import readings


def suggestions_of(units: Sequence[str]) -> list[Any]:
    """`[names, one a line, in the order of their groups; pinyin, each with its characters; roots; ends; alike]`."""
    chars: dict[str, list[str]] = {}
    for char, found in readings(sorted({char for name in units for char in fold(name)})).items():
        for reading in found:
            chars.setdefault(reading, []).append(char)
    pinyin = " ".join(reading + "".join(chars[reading]) for reading in sorted(chars))
    roots, ends, _ = short_names()
    return ["\n".join(units), pinyin, list(roots.items()), ends, ALIKE]
