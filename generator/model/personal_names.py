"""Names of private persons in folded text.

Chinese names are not set apart, so that a name is found only behind a word for a private person (村民, 患者) or before
a word that tells somebody's health or papers. Officials are named by their offices, and so never found
(docs/architecture.md, Decided).
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.base.late_patterns import late_pattern
from generator.model.name_rules import (
    BEHIND,
    BEHIND_LONG,
    BOTH,
    DOUBLE,
    HEALTH,
    MIDDLE,
    NEVER,
    NEVER_LAST,
    PEOPLE,
    SURNAMES,
    WORDS,
)  # fmt: skip
from generator.model.personal_rules import NAME, PersonalDataRule

_FIRST = "[" + "".join(sorted({*SURNAMES, *(double[0] for double in DOUBLE)})) + "]"
_PEOPLE = late_pattern(rf"(?:{PEOPLE})[ :]?(?={_FIRST})")
_BEGINS = late_pattern(rf"(?:^|[,，。、;:(\n对给向与和同及由为查其])(?={_FIRST})")
_TELLS = late_pattern(rf",?[男女],|\(?,?(?:公民)?身份证|因?(?:{HEALTH})")
_SIGNS = late_pattern(f"男,|女,|身份证|{HEALTH}")
_BEHIND = late_pattern(BEHIND)
_AND = ("、", "和", "与", "及")
"""What names one more of the same persons."""


def names_in(text: str) -> Iterator[tuple[PersonalDataRule, int, int]]:
    """The names of private persons: their row, start and end."""
    for found in _PEOPLE.finditer(text):
        start = found.end()
        while end := _behind_people(text, start):
            yield NAME, start, end
            start = end + 1 if text[end : end + 1] in _AND else len(text)
    for found in _BEGINS.finditer(text) if _SIGNS.search(text) else ():
        ends = (end for end in _ends(text, found.end()) if _TELLS.match(text, end))
        if end := next(ends, 0):
            yield NAME, found.end(), end


def _behind_people(text: str, start: int) -> int:
    """Where the name behind a word for a person ends; 0: there is none.

    What can follow a name decides how long it is. Three characters, which ordinary words seldom look like, may have
    anything behind them.
    """
    for end in _ends(text, start):
        is_long = end - start > 2
        if _BEHIND.match(text, end) and (is_long or text[end : end + 1] not in BEHIND_LONG or end == len(text)):
            return end
    long = next(_ends(text, start), start)
    is_sure = long - start > 2 and text[long - 1] not in NEVER_LAST and text[start + 1] not in BOTH.get(text[start], ())
    return long if is_sure else 0


def _ends(text: str, start: int) -> Iterator[int]:
    """Where a name that begins here may end, the longer one first."""
    head = 2 if text[start : start + 2] in DOUBLE else 1 if text[start : start + 1] in SURNAMES else 0
    given = text[start + head : start + head + 2]
    if not head or not given or text[start + 1] in WORDS.get(text[start], ()):
        return
    if len(given) == 2 and _is_given(given[1]) and (_is_given(given[0]) or given[0] in MIDDLE):
        yield start + head + 2
    if _is_given(given[0]):
        yield start + head + 1


def _is_given(char: str) -> bool:
    return char.isalpha() and not char.isascii() and char not in NEVER
