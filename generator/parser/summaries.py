"""Lines behind the last issue that speak of the whole notice: 截至目前，反馈的20个问题已完成整改18个。

They are no part of the last issue's answer.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.model.notice import Passage
from generator.model.numbering import CN, number
from generator.parser.blankets import blankets_in
from generator.parser.lines import Line
from generator.parser.outline import Outline
from generator.parser.rules import figure_patterns
from generator.parser.stated_figures import accountability_in
from generator.parser.taken_back import explains_left
from generator.parser.totals import Totals

_BEGINS = re.compile(figure_patterns.SUMMARY)
_OF_ALL = re.compile(
    r"(?:反馈|巡察|巡视|整改)[^。；]{0,24}?(?:问题|任务)|^(?:综上|总的来?看)"
    r"|(?<!以上)(?<!上述)(?<![\d])\d{1,3}[个项条](?:具体)?问题中?[，,]?(?:已|均|全部|除|\d+[个项条]已)"
)
_SUMS_UP = re.compile(figure_patterns.SUMS_UP)
_OF_PEOPLE = re.compile(figure_patterns.OF_PEOPLE)
_BY_NOW = re.compile(figure_patterns.BY_NOW)
_WILL = re.compile(figure_patterns.ORGAN_WILL)
_PLANS = re.compile(figure_patterns.ORGAN_PLANS)
_NO_BLAME = re.compile(
    "(?:整改期间|集中整改期间|截至目前)?[，,]?(?:尚|暂)?[未无](?:发现)?需要?(?:追究|追责|问责|处理)[^。；]{0,16}[。；]?$"
)
"""整改期间未发现需要追究责任的情形。"""
_SHOWN = re.compile(r"公示(?:日期|时间|期限?)\s?[:：为]")
_HEAD_OF_PEOPLE = re.compile("(?:监督)?(?:执纪)?(?:追责)?问责(?:追责)?(?:处理)?情况[：:]?|责任追究情况[：:]?")
_OF_ONE = re.compile(r"[该此本这上前][^，。；]{0,3}(?:问题|项|事项|任务)|\d\s?[月日年]|[月年季]底")
"""What is said of the last issue alone, or of a day."""
_REMARK = re.compile(r"[（(【\[](?P<words>[^（()）【】]{6,200})[）)】\]][。]?")
"""A line that is all in brackets."""
_OF_OTHERS = re.compile(r"(?:其余|其他|其它|剩余|另外?|余下)[^，。；：]{0,8}(?:问题|事项|任务)")
_LOOKS_BACK = re.compile(figure_patterns.LOOKS_BACK)
_OF_THIS = re.compile(r"[该此本这](?:一|个|项|类|条)?(?:问题|事项|任务)")
_LONGEST = 600


def summary_lines(lines: Sequence[Line], outline: Outline) -> set[int]:
    """The lines at the end of a part that speak of the whole notice."""
    found: set[int] = set()
    is_end, plans = True, sum(_PLANS.match(line.text) is not None for line in lines)
    issues = [index for index, kind in enumerate(outline.kinds) if kind == "issue"] or [0]
    first, last = issues[0], issues[-1]
    looking_back = [at for at in range(first, len(lines)) if outline.kinds[at] == "text" and _looks_back(lines[at])]
    listed = _plan_with_items(lines, outline, last) if plans == 1 else range(0)
    for index in range(len(lines) - 1, -1, -1):
        if outline.kinds[index] != "text":
            is_end = outline.kinds[index] == "heading" and outline.levels[index] == 1
        elif is_end and (
            index in listed
            or is_summary(lines[index])
            or (index > last and (_counts_all(lines[index], len(issues)) or _explains(lines[index])))
            or (index + 1 in found and _HEAD_OF_PEOPLE.fullmatch(lines[index].text))
            or (index and _closes(lines[index], is_sole=plans == 1) and _holds_text(lines, outline, index - 1))
            or (index in looking_back and looking_back[0] > last and _holds_text(lines, outline, index - 1))
        ):
            found.add(index)
        else:
            is_end = False
    return found | _behind_tables(lines, outline)


def _plan_with_items(lines: Sequence[Line], outline: Outline, last: int) -> range:
    """The line below the last issue that says what the organ will go on with, and the items of that plan below it.

    下一步，局党组将抓好以下工作：, then （一）持续…（二）持续…; none where an item speaks of one problem or of a day.
    """
    plan = next((at for at in range(last + 1, len(lines)) if _closes(lines[at], is_sole=True)), None)
    if plan is None:
        return range(0)
    end = next((at for at in range(plan + 1, len(lines)) if outline.levels[at] == 1), len(lines))
    items = lines[plan + 1 : end]
    are_items = bool(items) and all(
        _is_item(line) and outline.kinds[plan + 1 + at] == "text" for at, line in enumerate(items)
    )
    return range(plan, end) if are_items else range(0)


def _is_item(line: Line) -> bool:
    is_numbered = line.label is not None or _ITEM.match(line.text) is not None
    return is_numbered and not line.role_labels and not _OF_ONE.search(line.text)


_ITEM = re.compile(rf"第?[{CN}]{{1,2}}(?:是|要|、|，)")


def _behind_tables(lines: Sequence[Line], outline: Outline) -> set[int]:
    """The plain paragraphs below the last row of a table, which no cell holds; none where rows seem to follow."""
    found: set[int] = set()
    below: list[int] = []
    is_row = is_broken = False
    for index, line in enumerate(lines):
        if outline.kinds[index] != "text":
            found.update(() if is_broken else below)
            below, is_broken = [], False
            is_row = line.label is not None and line.label.style.startswith("row-")
        elif is_row and (below or not line.role_labels):
            below.append(index)
            is_broken = is_broken or line.label is not None or bool(_CELLS.search(line.text))
    return found if is_broken else found.union(below)


def _counts_all(line: Line, count: int) -> bool:
    """Whether a line says how far all `count` issues above are: 上述9个问题均已整改到位，收回41.6万元."""
    found = _ALL_ABOVE.match(line.text)
    is_plain = line.label is None and not line.role_labels and len(line.text) <= _LONGEST
    return is_plain and found is not None and count > 1 and number(found["n"]) == count


def _explains(line: Line) -> bool:
    """Whether a line behind the last answer tells which issues are left: 需要说明的是，第3项问题尚未完成整改，…"""
    return _may_sum_up(line) and explains_left(line.text)


_ALL_ABOVE = re.compile(
    rf"(?:(?:目前|现|至此|截[至止]目前|截至[^，。；]{{2,12}})[，,]?)?(?:以上|上述|前述)(?:反馈的?)?(?P<n>\d{{1,3}}|[{CN}]{{1,3}})[个项条](?:反馈|具体)?(?:问题|事项|任务)"
)
_CELLS = re.compile(r"[\t|｜]")


def _holds_text(lines: Sequence[Line], outline: Outline, index: int) -> bool:
    """Whether a line is text, or a title with its answer behind it."""
    return outline.kinds[index] == "text" or outline.ends[index] < len(lines[index].text)


def _may_sum_up(line: Line) -> bool:
    """Whether a line is a plain paragraph, and short enough to speak of the whole notice."""
    return line.label is None and not line.role_labels and len(line.text) <= _LONGEST


def _closes(line: Line, *, is_sole: bool) -> bool:
    """Whether a line says what the organ will go on with after all issues: 局党组将持续深化整改.

    `is_sole`: no other line begins with a plan of the organ, as the answers of a notice may do.
    """
    text = line.text
    tells = _WILL.match(text) or (_PLANS.match(text) if is_sole else None)
    return _may_sum_up(line) and tells is not None and not _OF_ONE.search(text)


def _looks_back(line: Line) -> bool:
    """Whether a line looks back on all that was done, or on what it was about: 经过努力，…; 以上问题从发现到整改，…"""
    return _may_sum_up(line) and _LOOKS_BACK.match(line.text) is not None and not _OF_THIS.search(line.text)


def is_summary(line: Line) -> bool:
    """Whether a line gives totals of the notice, or says how far all issues are, or how many people were punished.

    So does a remark in brackets below the last answer, and one about other issues: （其余问题整改情况略）.
    """
    text = line.text
    if (remark := _REMARK.fullmatch(text)) is not None:
        text = remark["words"]
        if _OF_OTHERS.match(text):
            return True
    if not _may_sum_up(line):
        return False
    if _NO_BLAME.match(text) or _SHOWN.match(text) or (_OF_PEOPLE.match(text) and accountability_in(text) is not None):
        return True
    if not _BEGINS.match(text) or not _OF_ALL.search(text):
        return False
    return gives_totals(text) or any(blanket.reach != "above" for blanket in blankets_in(text))


def tells_totals(text: str, *, is_plan: bool) -> bool:
    """Whether words of a plan, or beside a contact, give totals of the problems, or of the people who were punished."""
    told = text.lstrip()
    if _OF_PEOPLE.match(told) and accountability_in(told) is not None:
        return True
    begins = _BY_NOW.match(told) or told.startswith(figure_patterns.PERIODS) if is_plan else _BEGINS.match(told)
    return bool(begins) and gives_totals(text)


def sums_up(text: str) -> bool:
    """Whether a paragraph gives the totals of the notice at its end, whatever part it stands in: 综上，…"""
    return _SUMS_UP.match(text) is not None and gives_totals(text)


def gives_totals(text: str) -> bool:
    """Whether words say how many problems there are, and more of them; 综上，反馈的12个问题 says enough."""
    totals = Totals()
    totals.read(text, 0)
    return "issues" in totals.values and (len(totals.values) > 1 or _SUMS_UP.match(text) is not None)


def below_answers(body: Sequence[Passage]) -> list[int]:
    """Indices of the prose that stands behind an answer, under the same heading: summaries, by their place."""
    found: list[int] = []
    is_answered = False
    for index, passage in enumerate(body):
        if passage.role == "heading":
            is_answered = False
        elif passage.role in ("response", "status", "next", "reason"):
            is_answered = True
        elif passage.role == "prose" and is_answered and not passage.label:
            found.append(index)
    return found
