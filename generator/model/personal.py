"""Personal data in a text, however it is written, proven by check digits where there are any (GOV-SITE 7)."""

from __future__ import annotations

import functools
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate

from generator.base.diagnostics import Span
from generator.base.late_patterns import late_pattern
from generator.model.folding import fold_with, folding, unwritten
from generator.model.personal_names import names_in
from generator.model.personal_numbers import numbers_in
from generator.model.personal_rules import ROWS, PersonalDataRule

_BLANKS = (
    "\t\v\f \xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\u2028\u2029"
)
_DASHES = "‐‑‒–—―−－─ー"
_FIRST_PLANE = 0xFFFF
_LEFT = 12
"""How far back a row's `unless` looks."""
_PATTERNS = tuple(
    (
        row,
        late_pattern(row.signs) if row.signs else None,
        late_pattern(row.pattern),
        late_pattern(row.unless or "(?!)"),
    )
    for row in ROWS
    if row.pattern
)


@functools.cache
def _table() -> dict[int, str]:
    """The search's folding, but with blanks and lines kept, since they part numbers from one another."""
    table = {ord(char): to for char, to in folding().table.items()}
    table |= dict.fromkeys(map(ord, _BLANKS), " ") | {ord("\n"): "\n"}
    table |= dict.fromkeys(map(ord, _DASHES), "-") | dict.fromkeys(map(ord, "•‧・･．"), "·") | {ord("．"): "."}
    circled = (*range(0x2460, 0x249C), *range(0x24EA, 0x2500), *range(0x2776, 0x2794), *range(0x3251, 0x32C0))
    return table | unwritten() | dict.fromkeys(circled, " ")  # they number a list, and are no digits of anything


@functools.cache
def _foldable() -> re.Pattern[str]:
    """A character that folds to another, or any beyond the first plane."""
    chars = (re.escape(chr(code)) for code, to in _table().items() if code <= _FIRST_PLANE and to != chr(code))
    return re.compile(f"[{''.join(chars)}\U00010000-\U0010ffff]")


def _folded(text: str) -> str:
    """The text with every character folded: one in twenty is, and `str.translate` would look up all of them."""
    rows = _table()
    return _foldable().sub(lambda found: rows.get(ord(found[0]), found[0]), text)


@functools.lru_cache(maxsize=64)  # a check asks several times for the same words, and the desk at each act
def personal_data(text: str) -> tuple[tuple[PersonalDataRule, Span], ...]:
    """What of `text` is personal data, and of which kind, in the order of the text; of spans in one another the outer.

    Time is linear in the length of the text.
    """
    return tuple(_outer(text))


def _outer(text: str) -> Iterator[tuple[PersonalDataRule, Span]]:
    folded = _folded(text)
    found = sorted(_found(folded), key=lambda one: (one[1], -one[2]))
    if not found:
        return
    places = _TextPlaces(text, folded)
    last = -1
    for row, start, end in found:
        if end > last:
            last = end
            yield row, Span(places.of(start), places.of(end - 1) + 1)


class _TextPlaces:
    """Where the characters of a folded text are in the text; worked out for the lines that are asked for."""

    _places: Sequence[int]

    def __init__(self, text: str, folded: str) -> None:
        self._lines = text.split("\n")
        self._starts = _starts(self._lines)
        self._folded = _starts(folded.split("\n"))
        self._line, self._places = -1, ()

    def of(self, at: int) -> int:
        """The offset in the text of a character of the folded text."""
        line = bisect_right(self._folded, at) - 1
        if line != self._line:
            self._line, self._places = line, fold_with(self._lines[line], _table()).places
        return self._starts[line] + self._places[at - self._folded[line]]


def _starts(lines: Sequence[str]) -> list[int]:
    """Where each line begins, the lines being apart by one character."""
    return list(accumulate((len(line) + 1 for line in lines), initial=0))


def _found(text: str) -> Iterator[tuple[PersonalDataRule, int, int]]:
    yield from numbers_in(text)
    yield from names_in(text)
    for row, signs, pattern, unless in _PATTERNS:
        for match in pattern.finditer(text) if signs is None else found_beside(signs, pattern, text):
            group = match.lastindex or 0
            start, end = match.span(group)
            if not unless.search(text, max(0, start - _LEFT), start):
                yield row, start, end


def found_beside(signs: re.Pattern[str], pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """The matches of a pattern, looked for in the lines alone that hold a sign: no match has a line's end inside.

    A match may begin with the end of the line before, and look at the character behind its own line's end.
    """
    done = 0
    for sign in signs.finditer(text):
        if sign.end() <= done:
            continue
        first, stop = text.rfind("\n", 0, sign.start()), text.find("\n", sign.end())
        done = len(text) if stop < 0 else stop
        yield from pattern.finditer(text, max(first, 0), done + 2)
