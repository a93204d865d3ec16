r"""Fields of Word: an instruction, and what is shown for it.

Most fields keep their last result beside the instruction, and that is what is printed. EQ keeps none: Word draws it.
Chinese Word writes a number in a circle (带圈字符) as `EQ \o\ac(○,22)`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from generator.model.numbering import circled

SET_ASIDE = frozenset({"TOC", "INDEX", "TOA"})
"""Fields whose result repeats what stands elsewhere: tables of contents."""

_OVERSTRIKE = re.compile(r"\\o(?:\s*\\a[clrd])*\s*\(\s*([^,，;；()]*?)\s*[,，;；]\s*([^()]*?)\s*\)", re.IGNORECASE)
_FRACTION = re.compile(r"\\f\s*\(\s*([^,，;；()]*?)\s*[,，;；]\s*([^()]*?)\s*\)", re.IGNORECASE)
_CIRCLES = "○〇◯"


@dataclass(slots=True)
class Field:
    """A field that is being read."""

    parts: list[str] = field(default_factory=list)
    """The instruction, in the pieces in which it came."""
    in_result: bool = False
    """The instruction is over, and what it shows follows."""
    is_set_aside: bool = False
    """What it shows is no part of the text, or was drawn from the instruction already."""
    aside: list[str] = field(default_factory=list)
    """The words that were set aside."""

    @property
    def instruction(self) -> str:
        """The whole instruction on one line."""
        return " ".join("".join(self.parts).split())

    @property
    def name(self) -> str:
        """`EQ`, `TOC`, `PAGE` …"""
        return self.instruction.partition(" ")[0].partition("\\")[0].upper()

    def end_instruction(self) -> None:
        """What is read from now on is the result."""
        self.in_result = True
        self.is_set_aside = self.name in SET_ASIDE or drawn(self.instruction) is not None


def drawn(instruction: str) -> str | None:
    r"""What Word draws for an EQ field; None when it is none or draws something that no text can show.

    >>> [drawn(rf"EQ \o\ac(○,{number})") for number in (1, 22, 50, 51, "√")]
    ['①', '㉒', '㊿', '○51', '○√']
    >>> drawn(r"eq \f(1,2)"), drawn("PAGE")
    ('1/2', None)
    """
    if not instruction.upper().startswith("EQ"):
        return None
    if found := _OVERSTRIKE.search(instruction):
        base, inner = found.groups()
        if base in _CIRCLES and base and inner.isascii() and inner.isdigit() and len(inner) < 5:
            return circled(int(inner))
        return base + inner
    if found := _FRACTION.search(instruction):
        return f"{found[1]}/{found[2]}"
    return None
