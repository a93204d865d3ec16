"""Paragraphs that a page break or a wrapped line cut in two, joined again; a whole notice on one line, opened."""

from __future__ import annotations

import functools
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import TypeVar

from generator.model.notice import Edit
from generator.model.numbering import ONE_SIGN, UNIT, Label, label_at
from generator.parser.clean import join_edit
from generator.parser.habits import Habits
from generator.parser.lines import Line, is_wrapped, line_of, names_problem, title_end
from generator.parser.role_labels import role_label_at
from generator.parser.rules import chrome, figure_patterns, status, units, wordlists
from generator.parser.status import closing_of
from generator.parser.text import TERMINAL, Paragraph, joined, patterns
from generator.readers.document import Document

_Part = TypeVar("_Part")
_SUMMARY = re.compile(figure_patterns.SUMMARY)
_OPEN_END = re.compile(r"(?:[及和与或、，,的（(“《‘/－-])$")
_STRUCTURE = re.compile(
    rf"(?:{status.CLOSING}|欢迎|附件|联系|监督电话|中共\S{{4,30}}(?:党组|党委|委员会)$|\d{{4}}年\d{{1,2}}月\d{{1,2}}日$|[（(]此件)"
)
_MAIL_LAST = re.compile(r"@[\w.-]{1,40}\.[A-Za-z]{2,4}$", re.ASCII)
_BLANK = (" ", "\u3000", "\t", "\u00a0")
_FEWEST_INDENTS = 3
_INDENTED = 0.6
"""Share of the first lines of paragraphs that have an indent; titles and signatures are centred."""
_NEVER_FIRST = "、，。；：！？”’）》】,;"
"""No paragraph begins with one of these."""
_ORDINAL = "一二三四五六七八九十0123456789"
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
    if role_label_at(after.text) is not None or _STRUCTURE.match(after.text):
        return True
    is_title = before.text.rstrip("”’").endswith(wordlists.HEADING_ENDS)
    return label_at(after.text) is not None and (before.text[-1] in TERMINAL or is_title)


def _is_whole(before: Paragraph, after: Paragraph) -> bool:
    """Whether `before` ends in a mail address, and what follows is none of it."""
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
        names = after.role_label is None or (
            after.role_label.role == "finding" and after.role_label.end < len(after.text)
        )  # （一）, and below it 反馈问题：…
        return after.label is None and names and not _STRUCTURE.match(after.text)
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


def _begins_anew(before: str, after: str) -> bool:
    """Whether words begin a paragraph, or tell of all issues: …约谈3人。整改完成, then 截至目前，已完成17个。"""
    if _STRUCTURE.match(after):
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


# ------------------------------------------------------------------------------------------------- one long line

_LONG = 500
"""A paragraph longer than this may hold the whole notice."""
_SHORTEST = 120
_MOST = 0.8
"""So may a shorter one that is most of the text."""
_SAMPLE = 20_000
_BLANKS = "[ \u3000\t]"
_HAN = "\u4e00-\u9fff"
_NUMBER = (
    rf"[一二三四五六七八九十]{{1,3}}、|第[一二三四五六七八九十]{{1,3}}(?:条|部分)(?={_BLANKS})|[（(][一二三四五六七八九十]{{1,3}}[）)]|\d{{1,2}}[.．、](?!\d)|[（(]\s?\d{{1,2}}\s?[）)]"
    rf"|\d{{1,2}}(?:[）)]|{_BLANKS}?(?:关于|针对))|[{ONE_SIGN}]|○\d\d|(?:\d{{1,2}}[.．]){{1,3}}\d{{1,2}}(?={_BLANKS}+[{_HAN}“《])(?!{_BLANKS}+(?:{UNIT}))|[【]?(?:反馈)?问题[一二三四五六七八九十\d]{{1,3}}[：:】]"
)
_LABEL = r"[【]?整改(?:进展|落实|完成)?(?:情况|措施|状态|结果|成效)[：:】]|存在问题[：:]|问题描述[：:]"
_DIGIT = r"[\d一二三四五六七八九十]"
_BEHIND_NO_NUMBER = rf"(?<!{_DIGIT}[）)])(?<!{_DIGIT}[.．、])(?<![{ONE_SIGN}])(?<!问题{_DIGIT}[：:】])"
_HEADING_END = "|".join(rf"(?<=[一二三四五六七八九]、{heading})" for heading in wordlists.WHOLE_HEADINGS)
_NO_HEADING_END = r"打算|安排|计划|重点|措施|的|和|及|与|如下|通报|报告"
_INSIDE = re.compile(
    # a number or a label, behind a stop or a blank; a label that stands directly behind a number stays with it
    rf"(?:(?<=[。！？；：…”）)])|(?<!{_BLANKS})(?={_BLANKS})){_BLANKS}*(?={_NUMBER}|欢迎|中共)"
    rf"|(?:(?<=[。！？；：…”）)])|(?<!{_BLANKS})(?={_BLANKS})){_BEHIND_NO_NUMBER}{_BLANKS}*(?={_LABEL})"
    # a blank that was a line end: behind a stop, before an opening, before or behind a date, between words
    rf"|(?<=[。！？：]){_BLANKS}+(?=[{_HAN}])"
    rf"|(?:(?<=通报)|(?<=报告)|(?<=公示))(?=(?:根据|按照|\d{{4}}年\d{{1,2}}月)[^。]{{20}})"
    rf"|(?<!{_BLANKS}){_BLANKS}+(?=根据|按照|为贯彻|\d{{4}}年\d{{1,2}}月(?:\d{{1,2}}日)?|(?:19|20)\d\d-\d)"
    # a heading that lost its line end: 二、整改落实情况（一）…; the contact behind the last stop
    rf"|(?<=情况|方面|事项|打算|措施)(?=[（(]一[）)])|(?:{_HEADING_END})(?=[{_HAN}“《])(?!{_NO_HEADING_END})"
    rf"|(?<=。)(?=(?:联系|监督|举报|咨询){{0,2}}(?:电话|方式|热线|地址)[:：])"
    # a page's own fields before or behind a title
    rf"|(?<!{_BLANKS}){_BLANKS}+(?=[（(【\[]?(?:{patterns(chrome.FIELDS)})[:：])|(?:(?<=-\d\d[）)】\]])|(?<=日[）)】\]])){_BLANKS}+(?=[{_HAN}])"
    rf"|(?<!{_BLANKS}){_BLANKS}+(?=[•●■])|(?:(?<=[-:]\d\d)|(?<=-\d{{5}})){_BLANKS}+(?=[{_HAN}])"
    rf"|(?<=[{_HAN}”’）)》】])(?<![\d一二三四五六七八九十][）)】])(?<!第[一二三四五六七八九十]条)(?<!第[一二三四五六七八九十]部分){_BLANKS}+(?=[{_HAN}“《【])(?![{_HAN}]{_BLANKS}*[:：])(?![{_HAN}]{_BLANKS})"
)
_GLUED = re.compile(
    r"[^。，；：]{6,120}?(?:情况|问题)的?(?:通报|报告|公示)(?P<gap>\s?)(?:(?=(?:根据|按照|\d{4}年\d{1,2}月)[^。]{20})|(?<=\s)(?=[^。]{10,120}?巡[察视]))"
)
"""A title that runs into the opening."""
_FRONT = 12
"""Paragraphs in which it is looked for."""
_PARTS = re.compile(r"[一二三四五六七八九十](?<![^。！？\s].)[一二三四五六七八九十]?、", re.DOTALL)


def unfold(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """The paragraphs; one that holds a whole notice opened at its headings and at the blanks that were line ends.

    Only white space changes, so there is no edit.
    """
    opened: list[Paragraph] = []
    most = max(_SHORTEST, _MOST * sum(len(paragraph.text) for paragraph in paragraphs))
    for paragraph in paragraphs:
        if not _is_folded(paragraph.text, most):
            glued = _GLUED.match(paragraph.text) if len(opened) < _FRONT else None
            if glued is None:
                opened += [part for whole in _signature_apart(paragraph) for part in _numbers_apart(whole)]
            else:
                opened += [paragraph.cut(0, glued.start("gap")), paragraph.cut(glued.end(), len(paragraph.text))]
            continue
        start = 0
        for found in _INSIDE.finditer(paragraph.text):
            if found.start() > start:
                opened.append(paragraph.cut(start, found.start()))
            start = found.end()
        if start < len(paragraph.text):
            opened += _signature_apart(paragraph.cut(start, len(paragraph.text)), behind="")
    return opened


_STOP_NUMBER = re.compile(rf"[。；]{_BLANKS}{{0,9}}(?={_NUMBER})")
_LONGEST_GLUED = 60
_SEEN_ATOP = 2
"""So often a number of its style begins a line, where one that does not is a heading that lost its line end."""


def headings_apart(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """The paragraphs, those opened that a heading runs into from the answer above: ….③关于“公车管理不严”的问题.

    Its number goes on from those that begin lines, where one of them is missing, or it names a problem.
    """
    labels = [label_at(paragraph.text) for paragraph in paragraphs]
    atop = Counter(label.style for label in labels if label is not None)
    following: list[int] = [0] * len(labels)
    below: dict[str, int] = {}
    for index in range(len(labels) - 1, -1, -1):
        if (label := labels[index]) is not None:
            following[index], below[label.style] = below.get(label.style, 0), label.value
    last: dict[str, Label] = {}
    nexts: dict[str, int] = {}
    opened: list[Paragraph] = []
    for index, paragraph in enumerate(paragraphs):
        if (label := labels[index]) is not None:
            last[label.style], nexts[label.style] = label, following[index]
        start = 0
        for found in () if paragraph.is_row else _STOP_NUMBER.finditer(paragraph.text):
            number = label_at(paragraph.text, found.end())
            if number is None or number.style not in last:
                continue
            is_missing = nexts[number.style] == number.value + 1 or _opens(labels, index, number)
            if atop[number.style] < _SEEN_ATOP and not is_missing:
                continue
            if number.value == last[number.style].value + 1 and _is_glued(
                paragraph.text, number, is_missing=is_missing
            ):
                opened.append(paragraph.cut(start, found.start() + 1))
                start, last[number.style] = found.end(), number
        opened.append(paragraph.cut(start, len(paragraph.text)) if start else paragraph)
    return opened


def _opens(labels: Sequence[Label | None], index: int, number: Label) -> bool:
    """Whether another series begins right below the paragraph at `index`: a part, and its first problem."""
    below = labels[index + 1] if index + 1 < len(labels) else None
    return number.style in ("cn", "cn-paren") and below is not None and below.style != number.style and below.value == 1


def _is_glued(text: str, number: Label, *, is_missing: bool) -> bool:
    """Whether a number amid a paragraph begins a heading."""
    stop = text.find("。", number.end)
    title = text[number.end : stop if stop >= 0 else len(text)]
    if len(title) > _LONGEST_GLUED:
        return False
    if is_wrapped(title) or title.rstrip("”").endswith("问题"):
        return True
    own = label_at(text)
    is_list = own is not None and own.style == number.style  # ①里程不符。②没有台账。
    is_named = names_problem(title) or (is_missing and not any(mark in title for mark in "；，,"))
    return is_named and not is_list


def _signature_apart(paragraph: Paragraph, behind: str = "。") -> list[Paragraph]:
    """The paragraph, or what stands before the signature in its line, and that: ….com。 中共某局党组 2023年5月18日."""
    text = paragraph.text
    signed = _SIGNED.search(text, max(0, len(text) - _SIGNATURE))
    if signed is None or not signed.start():
        return [paragraph]
    is_below_contact = text[signed.start() - 1].isascii() and _CONTACT.search(text) is not None
    if not (text.endswith(behind, 0, signed.start()) or is_below_contact):
        return [paragraph]
    return [paragraph.cut(0, signed.start()), paragraph.cut(signed.end(), len(text))]


_CONTACT = re.compile(r"(?:电话|邮箱|信箱|地址|邮编)[:：]")
_NEXT = r"[（(]?\d{1,2}[）).．、]|[（(][一二三四五六七八九十]{1,3}[）)]"
_NEXT_NUMBER = re.compile(rf"[。！；]{_BLANKS}{{0,9}}(?={_NEXT})")
_FIRST_NUMBER = re.compile(rf"(?:[。！；]|(?<=[{_HAN}])(?={_BLANKS})){_BLANKS}{{0,9}}(?={_NEXT})")
_LONGEST_GROUP = 40
_ANSWER = re.compile(r"整改[\u4e00-\u9fff]{0,6}[：:】]")


def _numbers_apart(paragraph: Paragraph) -> list[Paragraph]:
    """The paragraph, or the problems that lost the line ends between them: 1.…整改情况：…。2.…整改情况：…"""
    text = paragraph.text
    answers = [found.end() for found in _ANSWER.finditer(text)] if "整改" in text else []  # a quick look
    first = label_at(text) if answers else None
    if first is None:
        return [paragraph]
    cuts, styles = [0], {first.style}
    while below := _first_below(text, first, is_sole=len(answers) == 1):
        at, first = below
        if first.style in styles:
            break
        cuts.append(at)
        styles.add(first.style)
    value = first.value
    for found in _NEXT_NUMBER.finditer(text, first.end):
        number = label_at(text, found.end())
        if number is None or (number.style, number.value) != (first.style, value + 1):
            continue
        own = bisect_right(answers, cuts[-1])
        if own < len(answers) and answers[own] <= found.end() < answers[-1]:
            cuts.append(found.end())
            value += 1
    return [paragraph.cut(start, end) for start, end in pairwise([*cuts, len(text)])]


def _first_below(text: str, group: Label, *, is_sole: bool) -> tuple[int, Label] | None:
    """The first number below a group's, and where it stands: 一、…方面。（一）…整改情况：…（二）…

    Below …方面 and a blank it may be any number, and the answer that follows the only one.
    """
    found = _FIRST_NUMBER.search(text, group.end, group.end + _LONGEST_GROUP)
    number = label_at(text, found.end()) if found else None
    if not (found and number) or number.style == group.style:
        return None
    is_named = text.endswith("方面", group.end, found.start())
    return (found.end(), number) if is_named or (number.value == 1 and not is_sole) else None


_SIGNATURE = 80
"""Characters of a unit and a date at the end of a notice on one line."""
_SIGNED = re.compile(
    rf"(?<!{_BLANKS}){_BLANKS}++(?=[{_HAN}（）()]{{4,40}}(?:{patterns((*units.ORGANS, *units.BODIES))}){_BLANKS}++"
    r"(?:(?:19|20)\d{2} ?年?[\d月 ]{2,10}日?|(?:19|20)\d\d[-./]\d{1,2}[-./]\d{1,2}|[二一][^。，；]{5,12}日)\s*+$)"
)


def _is_folded(text: str, most: float) -> bool:
    """Whether a paragraph is a whole notice: it has parts inside, or is most of the text and has many line ends."""
    if len(text) < min(most, _LONG):
        return False
    if len(text) >= most and len(_INSIDE.findall(text[:_SAMPLE])) > 2:  # two may stand in a sentence
        return True
    return len(text) >= _LONG and len(_PARTS.findall(text[:_SAMPLE])) > 1
