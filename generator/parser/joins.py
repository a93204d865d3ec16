"""Paragraphs that a page break or a wrapped line cut in two, joined again."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import TypeVar

from generator.model.notice import Edit
from generator.model.numbering import label_at
from generator.parser.clean import join_edit
from generator.parser.habits import Habits
from generator.parser.lines import Line, is_wrapped, line_of, title_end
from generator.parser.role_labels import role_label_at
from generator.parser.rules import chrome, figure_patterns, status, wordlists
from generator.parser.status import closing_of
from generator.parser.text import TERMINAL, Paragraph, joined, patterns
from generator.readers.document import Document

_Part = TypeVar("_Part")
_SUMMARY = re.compile(figure_patterns.SUMMARY)
_OPEN_END = re.compile(r"(?:[及和与或、，,的（(“《‘/－-])$")
_CLOSING = re.compile(rf"(?:{status.CLOSING})|{figure_patterns.ORGAN_WILL}")
_STRUCTURE = re.compile(
    r"(?:欢迎|(?:附件|联系|监督电话)(?=[^，。]{0,8}[：:\d])|中共\S{4,30}(?:党组|党委|委员会)$|\d{4}年\d{1,2}月\d{1,2}日$|[（(]此件"
    r"|[\u4e00-\u9fff（）()]{4,40}(?:党组|党委|委员会|党工委|支部|总支)\s{1,8}\d{4}年\d{1,2}月\d{1,2}日$)"
)
_MAIL_LAST = re.compile(r"@[\w.-]{1,40}\.[A-Za-z]{2,4}$", re.ASCII)
_TITLE_LAST = re.compile(r"情况的?(?:通报|报告|公示|公告)$|如下$")
_BLANK = (" ", "\u3000", "\t", "\u00a0")
_FEWEST_INDENTS = 3
_INDENTED = 0.6
"""Share of the first lines of paragraphs that have an indent; titles and signatures are centred."""
_NEVER_FIRST = "、，。；：！？”’）》】,;"
"""No paragraph begins with one of these."""
_ORDINAL = "一二三四五六七八九十0123456789"
_STOPS = "。．."
_GOES_ON = ("，", ",", "、", "目前", "现在", "至此")
_SHORTEST_COPY = 12
_PROSE = re.compile(r"[，。；,;、]")


def join_wrapped(paragraphs: Sequence[Paragraph], document: Document) -> tuple[list[Paragraph], list[Edit]]:
    """The paragraphs with those joined that the file wrapped at the edge of its page, and an edit for each join."""
    wrapped = {block.start for block in document.blocks if block.wrapped}
    if not wrapped:
        return list(paragraphs), []
    indents = _begins_by_indent(document)

    def goes_on(before: Paragraph, after: Paragraph) -> bool:
        if before.is_row or after.is_row or (_FIELDS.match(before.text) and _OPENING.match(after.text)):
            return False
        if before.start not in wrapped:
            return indents and _is_below_indent(before, after, document) and not _begins(before, after)
        return indents or not (_begins(before, after) or _is_whole(before, after))

    runs = _runs(paragraphs, goes_on)
    return [joined(run) for run in runs], _join_edits(runs, document.text)


_FIELDS = re.compile(rf"(?:{patterns(chrome.FIELDS)})\s?[:：](?!.*。)")
_OPENING = re.compile(r"根据|按照|依据|遵照|为[贯深认]|经\S{1,12}?(?:批准|同意)|(?:19|20)\d\d年\d{1,2}月")
"""A page's own fields in one line, and how a notice begins below them."""


def _begins_by_indent(document: Document) -> bool:
    """Whether paragraphs begin with an indent: then a line without one below a full line goes on with it."""
    firsts = [below for above, below in pairwise(document.blocks) if not above.wrapped]
    indented = sum(document.text[block.start - 1 : block.start] in _BLANK for block in firsts)
    return indented >= _FEWEST_INDENTS and indented >= _INDENTED * len(firsts)


def _is_below_indent(before: Paragraph, after: Paragraph, document: Document) -> bool:
    """Whether a line without an indent stands right below one that has one and ends amid a sentence."""
    is_set_in = document.text[before.start - 1 : before.start] in _BLANK
    is_flush = document.text[after.start - 1 : after.start] == "\n"
    is_near = after.line == before.line + 1 and before.text[-1] not in TERMINAL
    return is_set_in and is_flush and is_near and "。" in before.text and _is_prose(after.text)


def _begins(before: Paragraph, after: Paragraph) -> bool:
    """Whether `after` begins as a paragraph does, where nothing but its words can say so."""
    is_ended = before.text[-1] in TERMINAL
    if (found := role_label_at(after.text)) is not None and (is_ended or after.text[found.end - 1] not in _STOPS):
        return True  # …每周调度一次 / 进展情况。三是…
    if _STRUCTURE.match(after.text) or _closes(before.text, after.text):
        return True
    if len(after.text) >= _SHORTEST_COPY and before.text.endswith(after.text):
        return True  # 名称：…通报, and the title itself below it
    is_title = before.text.rstrip("”’").endswith(wordlists.HEADING_ENDS)
    return label_at(after.text) is not None and (is_ended or is_title)


def _is_whole(before: Paragraph, after: Paragraph) -> bool:
    """Whether `before` ends in a mail address, and what follows is none of it; or as a notice's title does."""
    if _TITLE_LAST.search(before.text) is not None and after.text[0] not in _NEVER_FIRST:
        return True
    return _MAIL_LAST.search(before.text) is not None and not after.text[0].isascii()


def join_cut(lines: Sequence[Line], document: Document, habits: Habits) -> tuple[list[Line], list[Edit]]:
    """The lines with those joined whose sentence or title a page break cut, and an edit for each join."""
    runs = _runs(lines, functools.partial(_continues, habits))
    edits = _join_edits([[line.paragraph for line in run] for run in runs if len(run) > 1], document.text)
    return [_one_line(run, habits) for run in runs], edits


def _one_line(run: Sequence[Line], habits: Habits) -> Line:
    if len(run) == 1:
        return run[0]
    whole = joined([line.paragraph for line in run])
    return line_of(whole, run[0].label if _is_number_alone(run[0]) else label_at(whole.text), habits)


def _is_number_alone(line: Line) -> bool:
    """Whether a number stands alone in its line: 问题一, and below it what it numbers."""
    return line.label is not None and line.label.end >= len(line.text)


def _runs(parts: Sequence[_Part], goes_on: Callable[[_Part, _Part], bool]) -> list[list[_Part]]:
    """The parts, those together of which each goes on with the one before it."""
    runs: list[list[_Part]] = []
    for part in parts:
        if runs and goes_on(runs[-1][-1], part):
            runs[-1].append(part)
        else:
            runs.append([part])
    return runs


def _join_edits(runs: Sequence[Sequence[Paragraph]], text: str) -> list[Edit]:
    return [join_edit(before, after, text) for run in runs for before, after in pairwise(run)]


_REST_OF_TITLE = ("的", "问题。", "方面的问题")
_PAUSES = "，、"
_LONGEST_VALUE = 20
_VALUES = ("deadline", "responsible", "status")


def _ends_in_value(line: Line) -> bool:
    """Whether a line ends in a short value behind its label, which a sentence below does not go on with."""
    last = line.role_labels[-1] if line.role_labels else None
    is_value = last is not None and last.role in _VALUES and len(line.text) - last.end <= _LONGEST_VALUE
    is_open = _OPEN_END.search(line.text) is not None or line.text.count("（") > line.text.count("）")
    return is_value and not is_open


def _continues(habits: Habits, before: Line, after: Line) -> bool:
    """Whether `after` goes on in the sentence that `before` breaks off."""
    if before.paragraph.is_row or after.paragraph.is_row or before.paragraph.level != after.paragraph.level:
        return False
    if after.text[0] in _NEVER_FIRST or (before.text[-1] == "第" and after.text[0] in _ORDINAL):
        return True
    if _is_number_alone(before):
        # （一）, and below it 反馈问题：…
        names = after.role_label is None or (after.role_label.role == "finding" and not after.is_role_label_alone)
        return (
            after.label is None and names and not _STRUCTURE.match(after.text) and not _closes(before.text, after.text)
        )
    if before.text[-1] in TERMINAL:
        return False
    if before.label is not None and after.text.startswith(_REST_OF_TITLE):
        return True
    if after.label is not None or after.role_label is not None or _begins_anew(before.text, after.text):
        return False
    if _ends_in_value(before):
        return False
    if not ("\u4e00" <= after.text[0] <= "\u9fff" or after.text[0] in "“《（(、，。；" or after.text[0].isdigit()):
        return False
    role_label = before.role_label if before.label is None else role_label_at(before.text, own=habits.own_labels)
    if role_label is not None and role_label.end >= len(before.text):
        return False
    if before.label is not None:
        title = title_end(before.text, before.label.end, before.role_labels)
        if title >= len(before.text) - 1:
            return _is_open(before.text, after.text) or _is_torn_title(before.text, after.text)
        return len(before.text) - title >= 4 and _is_prose(after.text)
    is_long = len(before.text) >= 20 or before.text[-1] in _PAUSES
    return is_long and bool(_PROSE.search(before.text)) and _is_prose(after.text)


def _closes(before: str, after: str) -> bool:
    """Whether words begin as what closes an answer does, and go on with none: 该问题已完成整改, but not behind 目前."""
    return _CLOSING.match(after) is not None and not before.endswith(_GOES_ON)


def _begins_anew(before: str, after: str) -> bool:
    """Whether words begin a paragraph, or tell of all issues: …约谈3人。整改完成, then 截至目前，已完成17个。"""
    if _STRUCTURE.match(after) or _closes(before, after):
        return True
    return _SUMMARY.match(after) is not None and closing_of(before) is not None


def _is_open(before: str, after: str) -> bool:
    """Whether a title breaks off in the middle: at a joining word, or inside quotation marks that `after` closes."""
    if _OPEN_END.search(before):
        return True
    return before.count("“") > before.count("”") and "”" in after[:60]


_NARROWEST = 14
"""Characters on a line of the narrowest page: a shorter heading was not wrapped."""


def _is_torn_title(before: str, after: str) -> bool:
    """Whether a heading was wrapped: it is open at its end, and the next line, no title itself, closes it at once."""
    if after.startswith(("关于", "针对")) and is_wrapped(after):
        return False
    if len(before) < _NARROWEST:
        return False
    is_open = not before.rstrip("”’").endswith(wordlists.HEADING_ENDS)
    closes = re.match(r"[^。；;]{1,40}?(?:问题|事项|方面|情况)[”’]?(?:的整改)?(?:情况)?[。：:]?$", after)
    return is_open and closes is not None


def _is_prose(after: str) -> bool:
    return bool(_PROSE.search(after)) or after[-1] in TERMINAL
