"""Line ends that a notice lost: one that stands on a single line is opened, and so is a heading amid a paragraph."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from generator.model.numbering import ONE_SIGN, UNIT, Label, label_at
from generator.parser.lines import is_wrapped, names_problem
from generator.parser.rules import chrome, units, wordlists
from generator.parser.text import Paragraph, patterns

_LONG = 500
"""A paragraph longer than this may hold the whole notice."""
_SHORTEST = 120
_MOST = 0.8
"""So may a shorter one that is most of the text."""
_SAMPLE = 20_000
_BLANKS = "[ \u3000\t]"
_GAP = rf"(?<!{_BLANKS}){_BLANKS}+"
"""All the blanks between two words."""
_HAN = "\u4e00-\u9fff"
_NUMERAL = "一二三四五六七八九十"
_CN = f"[{_NUMERAL}]{{1,3}}"
_NUMBER = "|".join(
    (
        rf"{_CN}、",
        rf"第{_CN}(?:条|部分)(?={_BLANKS})",
        rf"[（(]{_CN}[）)]",
        r"\d{1,2}[.．、](?!\d)",
        r"[（(]\s?\d{1,2}\s?[）)]",
        rf"\d{{1,2}}(?:[）)]|{_BLANKS}?(?:关于|针对))",
        rf"[{ONE_SIGN}]",
        r"○\d\d",
        rf"(?:\d{{1,2}}[.．]){{1,3}}\d{{1,2}}(?={_BLANKS}+[{_HAN}“《])(?!{_BLANKS}+(?:{UNIT}))",
        rf"[【]?(?:反馈)?问题[{_NUMERAL}\d]{{1,3}}[：:】]",
    )
)
"""Of a heading that lost its line end; narrower than that of one which begins a line."""
_LABEL = r"[【]?整改(?:进展|落实|完成)?(?:情况|措施|状态|结果|成效)[：:】]|存在问题[：:]|问题描述[：:]"
_DIGIT = rf"[\d{_NUMERAL}]"
_BEHIND_NO_NUMBER = rf"(?<!{_DIGIT}[）)])(?<!{_DIGIT}[.．、])(?<![{ONE_SIGN}])(?<!问题{_DIGIT}[：:】])"
_HEADING_END = "|".join(rf"(?<=[一二三四五六七八九]、{heading})" for heading in wordlists.WHOLE_HEADINGS)
_NO_HEADING_END = r"打算|安排|计划|重点|措施|的|和|及|与|如下|通报|报告"
_BEHIND_STOP = rf"(?:(?<=[。！？；：…”）)])|(?<!{_BLANKS})(?={_BLANKS}))"
"""Or at the first of some blanks."""
_INSIDE = re.compile(
    # a number or a label, behind a stop or a blank; a label that stands directly behind a number stays with it
    rf"{_BEHIND_STOP}{_BLANKS}*(?={_NUMBER}|欢迎|中共)"
    rf"|{_BEHIND_STOP}{_BEHIND_NO_NUMBER}{_BLANKS}*(?={_LABEL})"
    # a blank that was a line end: behind a stop, before an opening, before or behind a date, between words
    rf"|(?<=[。！？：]){_BLANKS}+(?=[{_HAN}])"
    rf"|(?:(?<=通报)|(?<=报告)|(?<=公示))(?=(?:根据|按照|\d{{4}}年\d{{1,2}}月)[^。]{{20}})"
    rf"|{_GAP}(?=根据|按照|为贯彻|\d{{4}}年\d{{1,2}}月(?:\d{{1,2}}日)?|(?:19|20)\d\d-\d)"
    # a heading that lost its line end: 二、整改落实情况（一）…; the contact behind the last stop
    rf"|(?<=情况|方面|事项|打算|措施)(?=[（(]一[）)])|(?:{_HEADING_END})(?=[{_HAN}“《])(?!{_NO_HEADING_END})"
    rf"|(?<=。)(?=(?:联系|监督|举报|咨询){{0,2}}(?:电话|方式|热线|地址)[:：])"
    # a page's own fields before or behind a title
    rf"|{_GAP}(?=[（(【\[]?(?:{patterns(chrome.FIELDS)})[:：])"
    rf"|(?:(?<=-\d\d[）)】\]])|(?<=日[）)】\]])){_BLANKS}+(?=[{_HAN}])"
    rf"|{_GAP}(?=[•●■])|(?:(?<=[-:]\d\d)|(?<=-\d{{5}})){_BLANKS}+(?=[{_HAN}])"
    # a blank between two words, none of them a number or a single character
    rf"|(?<=[{_HAN}”’）)》】])(?<!{_DIGIT}[）)】])(?<!第[{_NUMERAL}]条)(?<!第[{_NUMERAL}]部分)"
    rf"{_BLANKS}+(?=[{_HAN}“《【])(?![{_HAN}]{_BLANKS}*[:：])(?![{_HAN}]{_BLANKS})"
)
_GLUED = re.compile(
    r"[^。，；：]{6,120}?(?:情况|问题)的?(?:通报|报告|公示)(?P<gap>\s?)(?:(?=(?:根据|按照|\d{4}年\d{1,2}月)[^。]{20})|(?<=\s)(?=[^。]{10,120}?巡[察视]))"
)
"""A title that runs into the opening."""
_FRONT = 12
"""Paragraphs in which it is looked for."""
_PARTS = re.compile(rf"[{_NUMERAL}](?<![^。！？\s].)[{_NUMERAL}]?、", re.DOTALL)


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


def _is_folded(text: str, most: float) -> bool:
    """Whether a paragraph is a whole notice: it has parts inside, or is most of the text and has many line ends."""
    if len(text) < min(most, _LONG):
        return False
    if len(text) >= most and len(_INSIDE.findall(text[:_SAMPLE])) > 2:  # two may stand in a sentence
        return True
    return len(text) >= _LONG and len(_PARTS.findall(text[:_SAMPLE])) > 1


_SIGNATURE = 80
"""Characters of a unit and a date at the end of a notice on one line."""
_SIGNED = re.compile(
    rf"(?<!{_BLANKS}){_BLANKS}++(?=[{_HAN}（）()]{{4,40}}(?:{patterns((*units.ORGANS, *units.BODIES))}){_BLANKS}++"
    r"(?:(?:19|20)\d{2} ?年?[\d月 ]{2,10}日?|(?:19|20)\d\d[-./]\d{1,2}[-./]\d{1,2}|[二一][^。，；]{5,12}日)\s*+$)"
)
_CONTACT = re.compile(r"(?:电话|邮箱|信箱|地址|邮编)[:：]")


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


_NEXT = rf"[（(]?\d{{1,2}}[）).．、]|[（(]{_CN}[）)]"
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
