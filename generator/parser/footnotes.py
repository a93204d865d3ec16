"""Footnotes that a page's foot left between the lines of the text: they are no part of the answer above them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.model.numbering import CIRCLED
from generator.parser.lines import Line
from generator.parser.text import NOTE_MARK

_MARKED = re.compile(rf"(?P<mark>{NOTE_MARK}|[{CIRCLED}]|\d{{1,2}})[ \u3000\u00a0]*(?P<term>“[^“”]{{2,30}}”)?")
_EXPLAINS = re.compile(r"注(?:释)?(?:\d{1,2})?[：:]\s?“[^“”]{2,30}”[^，。；]{0,10}?(?:是指|指|即|包括)")
"""注：“双报到”指…; 注：该问题正在整改 says how far an issue is."""
_MARK = re.compile(rf"(?<=[\w”’）》]){NOTE_MARK}")
"""Behind a word; behind a stop it numbers what follows."""
_TERM_AND_MARK = re.compile(rf"“[^“”]{{2,30}}”(?:[{CIRCLED}]|\d{{1,2}}(?![\d年月日个项条名人次、.．]))")


def footnotes(lines: Sequence[Line]) -> set[int]:
    """The lines that begin with a mark which stands in a line above: [1]…; ①“往来款”指… below “往来款”①.

    A mark that may as well number a measure proves nothing without the term that it hangs on.
    """
    found: set[int] = set()
    terms: set[str] = set()
    marks: set[str] = set()
    for index, line in enumerate(lines):
        note = _MARKED.match(line.text)
        if _EXPLAINS.match(line.text) or (note is not None and _is_note(note, marks, terms)):
            found.add(index)
            continue
        marks.update(_MARK.findall(line.text))
        terms.update(_TERM_AND_MARK.findall(line.text))
    return found


def _is_note(note: re.Match[str], marks: set[str], terms: set[str]) -> bool:
    if note["mark"][0] == "[":
        return note["mark"] in marks
    return note["term"] is not None and f"{note['term']}{note['mark']}" in terms
