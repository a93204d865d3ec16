"""What a reader says of words inside a paragraph, by marks that stand among them until the paragraph is added.

The marks are noncharacters of Unicode, which are meant for use inside a program: no file brings them in, as every
reader takes them out of what it reads (`foreign`), and none leaves, as the Draft resolves them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

STRUCK, STRUCK_END, UNSEEN, RAISED, LOWERED = "\ufdd0\ufdd1\ufdd2\ufdd3\ufdd4"
_MARK = re.compile(f"([{STRUCK}-{LOWERED}])")
_ANY = re.compile(f"[{STRUCK}-{LOWERED}]")
_OTHER = "\ufdef"

_UP = dict(zip("0123456789+-−=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ", strict=True))
_DOWN = dict(zip("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎", strict=True))


def plain(text: str) -> str:
    """`text` without marks."""
    return _ANY.sub("", text) if _ANY.search(text) else text


def foreign(text: str) -> str:
    """Text of a file, what would be a mark in it as another noncharacter, which the draft takes out and records."""
    return _ANY.sub(_OTHER, text) if _ANY.search(text) else text


def struck(words: str) -> str:
    """Words that are crossed out: everybody sees them, and that they do not hold any more."""
    return f"{STRUCK}{words}{STRUCK_END}" if words.strip() else words


def unseen(words: str) -> str:
    """What stands for words that nobody sees: how many there are, and none of them."""
    return UNSEEN * sum(not char.isspace() for char in words)


def raised(words: str) -> str:
    """Words above the line, where characters exist for all of them: the 4 of 10⁴."""
    return _shifted(words, _UP, RAISED)


def lowered(words: str) -> str:
    """Words below the line, where characters exist for all of them: the 2 of CO₂."""
    return _shifted(words, _DOWN, LOWERED)


def _shifted(words: str, table: Mapping[str, str], mark: str) -> str:
    return "".join(char + mark for char in words) if set(words) <= table.keys() else words


class MarkedRun(NamedTuple):
    """A run of a line's words between two marks."""

    words: str
    is_struck: bool
    before: str
    """The last character as the file has it, where it was raised or lowered; else empty."""
    unseen: int
    """Characters left out behind it."""


def parts(line: str, *, is_struck: bool = False) -> Iterable[MarkedRun]:
    """The line in parts, without marks; `is_struck`: it begins inside words that are crossed out.

    >>> [part.words for part in parts("占地10" + raised("4") + struck("亩")) if part.words]
    ['占地10', '⁴', '亩']
    """
    words = ""
    for piece in _MARK.split(line):
        if piece in (STRUCK, STRUCK_END):
            yield MarkedRun(words, is_struck, "", 0)
            words, is_struck = "", piece == STRUCK
        elif piece == UNSEEN:
            yield MarkedRun(words, is_struck, "", 1)
            words = ""
        elif piece in (RAISED, LOWERED):
            yield MarkedRun(words[:-1], is_struck, "", 0)
            if last := words[-1:]:
                yield MarkedRun((_UP if piece == RAISED else _DOWN).get(last, last), is_struck, last, 0)
            words = ""
        else:
            words += piece
    yield MarkedRun(words, is_struck, "", 0)


def is_struck_after(line: str, *, is_struck: bool = False) -> bool:
    """Whether words behind the line are crossed out, too."""
    opened, closed = line.rfind(STRUCK), line.rfind(STRUCK_END)
    return is_struck if opened == closed else opened > closed
