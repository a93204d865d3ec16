"""The end of a notice: contact, signature and date found, page chrome below them set aside (FORMATS h, i)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from generator.model.numbering import label_at
from generator.parser.printed_dates import Token, tokens_of
from generator.parser.role_labels import role_label_at
from generator.parser.rules import chrome, units, wordlists
from generator.parser.text import Paragraph, patterns, squeezed

_BOTTOM = tuple((kind, re.compile(pattern)) for kind, pattern in chrome.BOTTOM)
_FOOTER = re.compile(chrome.FOOTER)
_IMPRINT = re.compile(chrome.IMPRINT)
_CONTACT_KEY = re.compile("|".join(wordlists.CONTACT_KEYS))
_KEY_LAST = re.compile(r"(?:电话|方式|热线|传真|手机|邮箱|信箱|邮件|电邮|[Ee]-?mail|邮编|邮政编码)[:：]?$")
_PLACE_LAST = re.compile(r"地址[:：]$")
_LONGEST_PLACE = 60
_PLACE_CUT = re.compile(r"地[址点][:：][^，。；,;号楼室层栋座院]{4,60}$")
_REST_OF_PLACE = re.compile(r"[^，。；,;:：\s]{0,16}(?:号|号楼|楼|室|层|栋|座|院|办公室)[。；;.]?")
"""An address that goes on in the next line: …碾伯镇古, 城大街17号。"""
_MAIL_CUT = re.compile(r"[A-Za-z0-9_](?:[@＠]|[@＠][\w.-]{0,40}[.-])$", re.ASCII)
"""An address of mail that goes on in the next line."""
_VALUE = re.compile(r"[\w.@＠#+＋()（） 、，/－—-]{6,60}[。；;，,.]?", re.ASCII)
"""A mail address, a number or a few of them, alone on a line."""
_WELCOME = re.compile("|".join(wordlists.WELCOME))
_OPENING = re.compile(r"^(?>.*?巡[察视]).*(?:进行|开展|实施|反馈)", re.MULTILINE)
_NAME = re.compile(
    r"(?:中共|中国共产党)?[\u4e00-\u9fff（）()·“”、 ]{2,60}?"
    rf"(?:{patterns((*units.ORGANS, *units.BODIES))})(?:[（(][^（()）]{{1,10}}[）)])?"
)
_ANNEX = re.compile(r"附件\s*(?:\d+\s*)?[:：]?|[（(]此件.{0,12}[）)]")
_DATE_WORDS = re.compile(r"(?:(?:落款|印发|成文|发文|签发|发布|公布|公开|公示|通报)?(?:日期|时间)?|落款|公元)[:：]?")
_DATE_TAIL = re.compile(
    r"[ 　\u00a0]*+(?:印发|发布|公布)?(?:[（(]?(?:星期|周)[一二三四五六日天][）)]?)?"
    r"[ 　\u00a0]*+(?:[（(](?:公章|盖章|印章|章|此件[^（()）]{2,12})[）)])?[ 　。.．）)]*+"
)
"""What may stand behind the date of a signature: the day of the week, a place for the seal, （此件公开发布）."""
_FORMULA = re.compile("(?:现|以上情况)?特此(?:公示|公告|通报|通告|公布|公开|报告|汇报|说明|告知)[。．.！]?")
"""Ends a notice in words, and is no answer."""
_SPREAD = 2
"""Signs that stand alone among blanks in a name that is set wide; one is the end of a wrapped line."""
_LOOK_BACK = 40
_LONGEST_CHROME = 200
_LONGEST_CONTACT = 600
_NUMBERED = 40
"""Characters of a numbered line in which the key of a contact must stand."""


@dataclass(frozen=True, slots=True)
class Closing:
    """Where the parts of the end begin; indices of paragraphs, in the list that was given."""

    contact: tuple[int, ...]
    signature: tuple[int, ...]
    date: int | None
    token: Token | None
    """The date of the signature."""
    split: int | None
    """When unit and date share a line: the offset of the date in it."""
    annex: tuple[int, ...]
    aside: tuple[int, ...]
    """Page chrome below the notice."""
    end: int
    """Index of the first paragraph of the closing: the text ends before it."""


def closing_of(paragraphs: Sequence[Paragraph], floor: int = 0) -> Closing:
    """The closing of the notice that `paragraphs` (without its front) print; it begins at `floor` or below."""
    size = len(paragraphs)
    first = max(floor, size - _LOOK_BACK)
    aside = _page_below(paragraphs, first) or _chrome_from(paragraphs, first)
    aside = [*_imprint(paragraphs, first, aside[0] if aside else size), *aside]
    stop = aside[0] if aside else size
    date, token, split = _date_line(paragraphs, first, stop)
    if date is not None:
        below = [i for i in range(date + 1, stop) if _FOOTER.match(squeezed(paragraphs[i].text))]
        if not aside and not _contact(paragraphs, first, date, set()):
            below = [i for i in below if not _is_contact(paragraphs[i].text)]  # no page's footer: the notice's contact
        below += _page_from(paragraphs, date, size)
        aside = sorted({*aside, *below})
        stop = min((i for i in aside if i > date), default=stop)
    signature = _signature(paragraphs, date, split, first, stop)
    anchor = date if date is not None else (signature[-1] if signature else None)
    annex = _annex(paragraphs, anchor, first, stop)
    contact = _contact(paragraphs, first, stop, {*signature, *annex, *([date] if date is not None else [])})
    end = min([*contact[:1], *signature[:1], *([date] if date is not None else []), *annex[:1], *aside[:1], size])
    while end > first and _FORMULA.fullmatch(squeezed(paragraphs[end - 1].text)):
        end -= 1
    return Closing(tuple(contact), tuple(signature), date, token, split, tuple(annex), tuple(aside), end)


def _chrome_from(paragraphs: Sequence[Paragraph], first: int) -> list[int]:
    """The paragraphs at the very end that are page chrome, with nothing else behind or between them."""
    found: list[int] = []
    for index in range(len(paragraphs) - 1, first - 1, -1):
        if not _is_chrome(paragraphs[index]):
            break
        found.append(index)
    return sorted(found)


def _page_below(paragraphs: Sequence[Paragraph], first: int) -> list[int]:
    """The page's own lines at the very end, its phones and address last: below its links, and the notice's contact."""
    begin = len(paragraphs)
    while begin > first and (_is_chrome(paragraphs[begin - 1]) or _is_of_page(paragraphs[begin - 1])):
        begin -= 1
    start = next((index for index in range(begin, len(paragraphs)) if _is_chrome(paragraphs[index])), len(paragraphs))
    return list(range(start, len(paragraphs))) if _contact(paragraphs, first, start, set()) else []


def _is_of_page(paragraph: Paragraph) -> bool:
    """Whether a line would be the page's, if such lines stood around it: its address, its phones."""
    return _FOOTER.match(squeezed(paragraph.text)) is not None or _is_contact(paragraph.text)


def _is_chrome(paragraph: Paragraph) -> bool:
    bare = squeezed(paragraph.text)
    return len(bare) < _LONGEST_CHROME and any(pattern.fullmatch(bare) for _, pattern in _BOTTOM)


def _page_from(paragraphs: Sequence[Paragraph], date: int, stop: int) -> list[int]:
    """The page's own lines below the notice's date, where one surely is: from there on also its phones and address."""
    first = next((index for index in range(date + 1, stop) if _is_chrome(paragraphs[index])), stop)
    return [
        index
        for index in range(first, stop)
        if _is_chrome(paragraphs[index])
        or _FOOTER.match(squeezed(paragraphs[index].text))
        or _is_contact(paragraphs[index].text)
    ]


def _imprint(paragraphs: Sequence[Paragraph], first: int, stop: int) -> list[int]:
    """The lines below a signature that say to whom copies went, and who printed them when (GB/T 9704, 版记)."""
    begin = stop
    while begin > first and _IMPRINT.fullmatch(squeezed(paragraphs[begin - 1].text)):
        begin -= 1
    is_signed = begin < stop and _date_line(paragraphs, first, begin)[0] is not None
    return list(range(begin, stop)) if is_signed else []


def _date_line(paragraphs: Sequence[Paragraph], first: int, stop: int) -> tuple[int | None, Token | None, int | None]:
    for index in range(stop - 1, first - 1, -1):
        text = paragraphs[index].text
        if len(text) > 80:
            continue
        tokens = list(tokens_of(text))
        token = tokens[-1] if tokens else None
        if token is None or not _DATE_TAIL.fullmatch(text, token.span.end) or not token.has_year:
            continue
        before = text[: token.span.start].rstrip(" 　（(")
        if _DATE_WORDS.fullmatch(squeezed(before)):
            return index, token, None
        if _NAME.fullmatch(signed_name(before)) and not re.search(r"[，。；：,;:]", _SIGNED_BY.sub("", before)):
            return index, token, token.span.start
    return None, None, None


def _signature(
    paragraphs: Sequence[Paragraph], date: int | None, split: int | None, first: int, stop: int
) -> list[int]:
    """The lines that name who signs: right above the date, or at the very end when there is no date."""
    if date is not None and split is not None:
        return [date]
    found: list[int] = []
    for index in range((date if date is not None else stop) - 1, first - 1, -1):
        text = paragraphs[index].text.strip()
        if not _is_name(text):
            break
        found.append(index)
    if not found and date is not None and date + 1 < stop and _is_name(paragraphs[date + 1].text.strip()):
        found = [date + 1]
    return sorted(found)


def _is_name(text: str) -> bool:
    return len(text) <= 60 and label_at(text) is None and bool(_NAME.fullmatch(signed_name(text)))


_SIGNED_BY = re.compile(r"(?:落款|署名|签发|发文|发布|公布|公开|通报)(?:单位|机关|部门)?\s?[:：]\s?")
_IN_BRACKETS = re.compile(r"[（(]([^（()）]+)[）)]")


def signed_name(text: str) -> str:
    """The name in the line of a signature: （某局党组）, 签发单位：某局党组, 某 局 党 组."""
    found = _SIGNED_BY.match(text)
    name = _set_close(text[found.end() :] if found else text)
    inner = _IN_BRACKETS.fullmatch(name)
    if inner is None and name[:1] in "（(" and not any(mark in name for mark in "）)"):
        return name[1:].strip()  # （某局党组 2023年11月30日）, of which the date was taken
    return _set_close(inner[1]) if inner else name


def _set_close(text: str) -> str:
    """`text` stripped; without its blanks where they spread the signs of a name: 中 共 某 县 委 员 会."""
    words = text.split()
    return "".join(words) if sum(len(word) == 1 for word in words) >= _SPREAD else text.strip()


def _annex(paragraphs: Sequence[Paragraph], anchor: int | None, first: int, stop: int) -> list[int]:
    if anchor is not None:
        return list(range(anchor + 1, stop)) if _ANNEX.match(squeezed_at(paragraphs, anchor + 1, stop)) else []
    for index in range(first, stop):
        if re.match(r"附件\s*+\d?\s*+[:：]", paragraphs[index].text) and stop - index <= 12:
            return list(range(index, stop))
    return []


def squeezed_at(paragraphs: Sequence[Paragraph], index: int, stop: int) -> str:
    """The paragraph at `index` without blanks; empty from `stop` on."""
    return squeezed(paragraphs[index].text) if index < stop else ""


def _contact(paragraphs: Sequence[Paragraph], first: int, stop: int, taken: set[int]) -> list[int]:
    """The paragraphs that invite remarks and say how to reach the unit."""
    run: list[int] = []
    for index in range(stop - 1, first - 1, -1):
        text = paragraphs[index].text
        if _is_heading(text):
            break
        is_part = _is_contact(text) or _is_key_or_value(paragraphs, index, stop)
        if index not in taken and is_part and not (index == 0 and _OPENING.search(text)):
            run.insert(0, index)
        elif run:
            break
    return run


def _is_contact(text: str) -> bool:
    label = label_at(text)
    if label is not None and label.style not in ("cn", "cn-paren"):  # 1.监督电话：…
        return bool(_CONTACT_KEY.search(squeezed(text[label.end :][:_NUMBERED])))
    if len(text) >= _LONGEST_CONTACT or label is not None or role_label_at(text) is not None:
        return False
    return bool(_CONTACT_KEY.search(squeezed(text))) or _is_welcome(text)


def _is_key_or_value(paragraphs: Sequence[Paragraph], index: int, stop: int) -> bool:
    """Whether a line ends in the key of a contact and the next is its value, or is that value: 电子邮箱：, a@b.cn。"""
    text = paragraphs[index].text
    above = squeezed(paragraphs[index - 1].text) if index else ""
    if _PLACE_LAST.search(above) and len(text) <= _LONGEST_PLACE:
        return True
    if _PLACE_CUT.search(above) and _REST_OF_PLACE.fullmatch(text):
        return True
    if _VALUE.fullmatch(text):
        return _KEY_LAST.search(above) is not None or _MAIL_CUT.search(above) is not None
    is_above = index + 1 < stop and _VALUE.fullmatch(paragraphs[index + 1].text) is not None
    return is_above and len(text) < _LONGEST_CONTACT and _KEY_LAST.search(squeezed(text)) is not None


def _is_heading(text: str) -> bool:
    """Whether a part or a group begins here: what stands above it is no closing."""
    label = label_at(text)
    return label is not None and label.style in ("cn", "cn-paren")


def _is_welcome(text: str) -> bool:
    return len(text) < 160 and bool(_WELCOME.search(text))
