r"""Fields of Word: an instruction, and what is shown for it.

Most fields keep their last result beside the instruction, and that is what is printed. EQ keeps none: Word draws it.
Chinese Word writes a number in a circle (带圈字符) as `EQ \o\ac(○,22)`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from lxml import etree

from generator.model.numbering import circled
from generator.readers.word.ooxml import child, is_on, number, tag, value

_STOPS = frozenset("。；！？")
_LONGEST_ENTRY = 60
"""Characters of the longest entry of a table of contents that ends in no number of a page."""
CHECKED, UNCHECKED = "☑☐"
SET_ASIDE = frozenset({"TOC", "INDEX", "TOA"})
"""Fields whose result repeats what stands elsewhere: tables of contents."""

_OVERSTRIKE = re.compile(r"\\o(?>(?:\s*+\\a[clrd])*)\s*+\(([^,，;；()]*+)[,，;；]([^()]*+)\)", re.IGNORECASE)
_FRACTION = re.compile(r"\\f\s*+\(([^,，;；()]*+)[,，;；]([^()]*+)\)", re.IGNORECASE)
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
    listed: int = 0
    """How many of them stand in the paragraphs before."""
    form: str | None = None
    """What a field of a form shows that keeps no result: the chosen entry, the state of a box."""
    shows: bool = False
    """Its result has words."""

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


def is_prose(line: str) -> bool:
    """Whether a line is a paragraph of text, and no entry of a table of contents."""
    bare = line.strip()
    return bare[-1:] in _STOPS or (len(bare) > _LONGEST_ENTRY and not bare[-1].isdigit())


def form_state(mark: etree._Element) -> str | None:
    """What the mark that begins a field of a form says it shows; None: no list and no box, its result is the text.

    The chosen entry of a list (ECMA-376 17.16.9) and the state of a box (17.16.7) stand in attributes alone.
    """
    chosen = child(mark, "w:ffData", "w:ddList")
    if chosen is not None:
        entries = [value(one) or "" for one in chosen if tag(one) == "w:listEntry"]
        at = number(child(chosen, "w:result"))
        at = (number(child(chosen, "w:default")) or 0) if at is None else at
        return entries[at] if 0 <= at < len(entries) else ""
    box = child(mark, "w:ffData", "w:checkBox")
    if box is not None:
        state = is_on(child(box, "w:checked"))
        return CHECKED if (is_on(child(box, "w:default")) if state is None else state) else UNCHECKED
    return None


def unended(marks: Iterable[etree._Element]) -> frozenset[etree._Element]:
    """Of the marks of fields and the ends of paragraphs, in order, those that begin a field which never ends.

    A field's instruction ends in the paragraph in which it begins. Words behind a mark that is none are words.
    """
    open_marks: list[tuple[etree._Element, bool]] = []
    found: set[etree._Element] = set()
    for mark in marks:
        kind = value(mark, "fldCharType")
        if kind == "begin":
            open_marks.append((mark, False))
        elif kind == "separate" and open_marks:
            open_marks[-1] = (open_marks[-1][0], True)
        elif kind == "end" and open_marks:
            open_marks.pop()
        elif tag(mark) == "w:p":
            found |= {one for one, in_result in open_marks if not in_result}
            open_marks = [one for one in open_marks if one[1]]
    return frozenset(found | {one for one, _ in open_marks})


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
        base, inner = (part.strip() for part in found.groups())
        if base in _CIRCLES and base and inner.isascii() and inner.isdigit() and len(inner) < 5:
            return circled(int(inner))
        return base + inner
    if found := _FRACTION.search(instruction):
        return f"{found[1].strip()}/{found[2].strip()}"
    return None
