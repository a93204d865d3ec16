"""Lines behind the last issue that speak of the whole notice: 截至目前，反馈的20个问题已完成整改18个。

They are no part of the last issue's answer.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.model.notice import Passage
from generator.parser.blankets import blankets_in
from generator.parser.lines import Line
from generator.parser.outline import Outline
from generator.parser.rules import figure_patterns
from generator.parser.stated_figures import accountability_in
from generator.parser.totals import Totals

_BEGINS = re.compile(figure_patterns.SUMMARY)
_OF_ALL = re.compile(
    r"(?:反馈|巡察|巡视|整改)[^。；]{0,24}?(?:问题|任务)|^(?:综上|总的来?看)"
    r"|(?<!以上)(?<!上述)(?<![\d])\d{1,3}[个项条](?:具体)?问题中?[，,]?(?:已|均|全部|除|\d+[个项条]已)"
)
_BY_NOW = re.compile(figure_patterns.BY_NOW)
_WILL = re.compile(figure_patterns.ORGAN_WILL)
_OF_ONE = re.compile(r"[该此本这上前][^，。；]{0,3}(?:问题|项|事项|任务)|\d\s?[月日年]|[月年季]底")
"""What is said of the last issue alone, or of a day."""
_LONGEST = 600


def summary_lines(lines: Sequence[Line], outline: Outline) -> set[int]:
    """The lines at the end of a part that speak of the whole notice."""
    found: set[int] = set()
    is_end = True
    for index in range(len(lines) - 1, -1, -1):
        if outline.kinds[index] != "text":
            is_end = outline.kinds[index] == "heading" and outline.levels[index] == 1
        elif is_end and (
            is_summary(lines[index]) or (index and _closes(lines[index]) and _holds_text(lines, outline, index - 1))
        ):
            found.add(index)
        else:
            is_end = False
    return found


def _holds_text(lines: Sequence[Line], outline: Outline, index: int) -> bool:
    """Whether a line is text, or a title with its answer behind it."""
    return outline.kinds[index] == "text" or outline.ends[index] < len(lines[index].text)


def _closes(line: Line) -> bool:
    """Whether a line says what the organ will go on with after all issues: 局党组将持续深化整改."""
    text = line.text
    is_plain = line.label is None and not line.role_labels and len(text) <= _LONGEST
    return is_plain and _WILL.match(text) is not None and not _OF_ONE.search(text)


def is_summary(line: Line) -> bool:
    """Whether a line gives totals of the notice, or says how far all issues are, or how many people were punished."""
    text = line.text
    if line.label is not None or line.role_labels or len(text) > _LONGEST or not _BEGINS.match(text):
        return False
    if _OF_ALL.search(text) and (_gives_totals(text) or any(blanket.reach != "above" for blanket in blankets_in(text))):
        return True
    told = accountability_in(text) if text.startswith(figure_patterns.PERIODS) else None
    return told is not None


def tells_totals(text: str, *, is_plan: bool) -> bool:
    """Whether words of a plan, or beside a contact, give totals of the problems, or of the people who were punished."""
    told = text.lstrip()
    if told.startswith(figure_patterns.PERIODS) and accountability_in(told) is not None:
        return True
    begins = _BY_NOW.match(told) or told.startswith(figure_patterns.PERIODS) if is_plan else _BEGINS.match(told)
    return bool(begins) and _gives_totals(text)


def _gives_totals(text: str) -> bool:
    totals = Totals()
    totals.read(text, 0)
    return "issues" in totals.values and len(totals.values) > 1


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
