"""Lines behind the last issue that speak of the whole notice: 截至目前，反馈的20个问题已完成整改18个。

They are no part of the last issue's answer.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.model.notice import Passage
from generator.parser.blankets import blankets_in
from generator.parser.figures import accountability_in
from generator.parser.lines import Line
from generator.parser.outline import Outline
from generator.parser.rules import figures
from generator.parser.totals import Totals

_BEGINS = re.compile(figures.SUMMARY)
_OF_ALL = re.compile(r"(?:反馈|巡察|巡视|整改)[^。；]{0,24}?(?:问题|任务)")
_LONGEST = 600


def summary_lines(lines: Sequence[Line], outline: Outline) -> set[int]:
    """The lines at the end of a part that speak of the whole notice."""
    found: set[int] = set()
    is_end = True
    for index in range(len(lines) - 1, -1, -1):
        if outline.kinds[index] != "text":
            is_end = outline.kinds[index] == "heading" and outline.levels[index] == 1
        elif is_end and is_summary(lines[index]):
            found.add(index)
        else:
            is_end = False
    return found


def is_summary(line: Line) -> bool:
    """Whether a line gives totals of the notice, or says how far all issues are, or how many people were punished."""
    text = line.text
    if line.label is not None or line.leads or len(text) > _LONGEST or not _BEGINS.match(text):
        return False
    if _OF_ALL.search(text):
        totals = Totals()
        totals.read(text, 0)
        if "issues" in totals.values and len(totals.values) > 1:
            return True
        if any(not blanket.is_above for blanket in blankets_in(text)):
            return True
    told = accountability_in(text) if text.startswith(figures.PERIODS) else None
    return told is not None


def below_answers(body: Sequence[Passage]) -> list[int]:
    """Indices of the prose that stands behind an answer, under the same heading: summaries, by their place."""
    found: list[int] = []
    is_answered = False
    for index, passage in enumerate(body):
        if passage.role == "heading":
            is_answered = False
        elif passage.role in ("response", "status"):
            is_answered = True
        elif passage.role == "prose" and is_answered and not passage.label:
            found.append(index)
    return found
