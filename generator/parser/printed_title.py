"""The title that a page prints: which lines are it, their copies, and what was put before it (FORMATS b)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.parser.printed_dates import Token, tokens_of
from generator.parser.rules import chrome, wordlists
from generator.parser.text import CJK_BLANK, Paragraph, patterns, squeezed
from generator.parser.unit import core_of, is_tail_of_name, unit_in_title

TITLE = re.compile(
    r"(?!.*现将)(?=.*(?:整改|巡[察视]))(?=.*[\u4e00-\u9fff]{6})"
    rf".{{4,160}}?(?:{patterns(wordlists.TITLE_ENDS)})(?:[（(][^（()）]{{1,12}}[）)])?(?<!^)[^\w\s。，；：:;,（）()、]{{0,3}}"
)
_TITLE_TAIL = re.compile(rf"(?:情况)?的?(?:{patterns(wordlists.TITLE_ENDS)})(?:[（(][^（()）]{{1,12}}[）)])?")
"""A line of a title in which no more than its end stands."""
TITLE_DATE = re.compile(rf"(?<!\s)\s*+[（(\[]?(?P<date>{chrome.DATE.replace('日?', '日?[ ]*+')})[）)\]]?$")
_PREFIX = re.compile(r"^\[[^\]]{2,8}\]\s*|^(?:标题|题目)\s?[:：]\s*|^(?!【)(?:(?!关于)[^“”《》]){1,12}?(?=中共(?!党))")
"""A column's name in brackets, or words that a mirror put before the title; 【巡察整改】 is the title's own."""
_BOOK = re.compile(r"《(?P<book>[^《》]+)》|[“\"](?P<quoted>[^“”\"]+)[”\"]|\*{1,3}(?P<bold>[^*]+)\*{1,3}")
_DECORATION = re.compile(r"^[^\w\s《“\"【（(〔\[]{1,3}|[^\w\s》”\"】）)〕\]]{1,3}$")
_CRUMB = rf"(?:{patterns(chrome.COLUMNS)})"
_CRUMBS = re.compile(rf"(?>(?:{_CRUMB}[\s>»/|·:：-]*+)+)(?<!关于)")
"""Names of columns that an extractor left before the title."""
BEFORE_STROKE = re.compile(r"[^|｜]{2,14}[|｜]\s*(?=[^关|｜][^|｜]{1,60}关于)")
"""What a column calls the article, before a stroke: 巡察整改公开丨某镇党委关于…"""
LONG_LINE = 200
"""No line of a title is longer."""
TITLE_LINES = 7
"""Most lines that a title was broken into."""
_COVER = re.compile(
    r"(?:[^《》]{0,40})?关于(?:印发|转发|公布|报送|上报|呈报)《(?P<title>[^《》]{6,80})》的(?:通知|报告|函|公告)"
)
_NO_TITLE = ("。", "：", ":", "；")


def titles_in(
    left: Sequence[Paragraph],
) -> tuple[list[Paragraph], list[Paragraph], list[tuple[Paragraph, Token | None]], list[Paragraph]]:
    """Title paragraphs, their copies, dates printed behind a title, and the lines that are neither."""
    lines: list[Paragraph] = []
    dates: list[tuple[Paragraph, Token | None]] = []
    for paragraph in left:
        cut = TITLE_DATE.search(paragraph.text) if len(paragraph.text) <= LONG_LINE else None
        if cut and cut.start() and TITLE.fullmatch(squeezed(paragraph.text[: cut.start()])):
            at = cut.start("date")
            dates.append((paragraph.cut(cut.start(), len(paragraph.text)), next(tokens_of(paragraph.text, at), None)))
            paragraph = paragraph.cut(0, len(paragraph.text[: cut.start()].rstrip()))  # noqa: PLW2901
        lines.append(paragraph)
    best: tuple[int, int] | None = None
    covers = {at for at, line in enumerate(lines) if _is_cover(line, lines[at + 1 :])}
    for last in (at for at in range(len(lines)) if at not in covers):
        for first in range(last, max(-1, last - TITLE_LINES), -1):
            is_long = len(lines[first].text) > LONG_LINE
            if is_long or first in covers or any(line.text.endswith(_NO_TITLE) for line in lines[first:last]):
                break
            if TITLE.fullmatch(squeezed("".join(line.text for line in lines[first : last + 1]))):
                best = (first, last)
        if best is not None:
            break
    if best is None:
        return [], [], dates, lines
    first, last = _named_below(lines, best)
    while last + 1 < len(lines) and _TITLE_TAIL.fullmatch(squeezed(lines[last + 1].text)):
        last += 1  # 关于…整改进展情况, then 的通报
    first = _without_copies(lines, first, last)
    title = lines[first : last + 1]
    words = squeezed("".join(line.text for line in title))
    repeated = [
        line
        for line in (*lines[:first], *lines[last + 1 :])
        if len(squeezed(line.text)) > 8 and squeezed(line.text) in words
    ]
    return title, repeated, dates, [line for line in lines if line not in title and line not in repeated]


def _named_below(lines: Sequence[Paragraph], best: tuple[int, int]) -> tuple[int, int]:
    """The lines of the title, or the line below that is one and names its unit, where these name a column at most."""
    words = squeezed("".join(line.text for line in lines[best[0] : best[1] + 1]))
    if "关于" in words:
        return best
    for at in range(best[1] + 1, min(best[1] + TITLE_LINES, len(lines))):
        own = squeezed(lines[at].text[:LONG_LINE])
        if TITLE.fullmatch(own) and "关于" in own and unit_in_title(own):
            return at, at
    return best


def _is_cover(line: Paragraph, below: Sequence[Paragraph]) -> bool:
    """Whether a line is the title of a letter with the notice, whose own stands below: 关于印发《…》的通知."""
    found = _COVER.fullmatch(squeezed(line.text)) if len(line.text) <= LONG_LINE else None
    return found is not None and any(squeezed(one.text) == found["title"] for one in below)


def _without_copies(lines: Sequence[Paragraph], first: int, last: int) -> int:
    """The first title line when the lines above it are other things: a name of a column, a copy."""
    for index in range(last, first, -1):
        rest = squeezed("".join(line.text for line in lines[index : last + 1]))
        if rest.startswith("中共") and TITLE.fullmatch(rest):
            return index
    while first < last and TITLE.fullmatch(squeezed("".join(line.text for line in lines[first + 1 : last + 1]))):
        head = squeezed(lines[first].text)
        rest = squeezed("".join(line.text for line in lines[first + 1 : last + 1]))
        if (
            head in rest
            or not (_begins_title(head) or is_tail_of_name(rest))
            or _is_other_head(head, rest)
            or _names_it_too(head, rest)
        ):
            first += 1
        else:
            break
    return first


_OWN_PLACE = re.compile(
    r"(?:共青团)?[^关巡届第委落对就，。]{2,12}?(?:省|自治区|市|县|区|旗|州|盟|镇|乡|街道)[^关巡]{2,30}?(?:关于|落实|巡[察视])"
)
_OPEN_NAME = (
    "省",
    "市",
    "县",
    "区",
    "旗",
    "州",
    "盟",
    "镇",
    "乡",
    "中共",
    "共产党",
    "公司",
    "集团",
    "银行",
    "大学",
    "学院",
    "的",
    "和",
    "与",
    "、",
)
"""Ends of a line that the name of a unit goes on from."""


def _is_other_head(head: str, rest: str) -> bool:
    """Whether a line above a title that names its unit with its place is the head of a site, or another organ."""
    return _OWN_PLACE.match(rest) is not None and not head.endswith(_OPEN_NAME)


def _names_it_too(head: str, rest: str) -> bool:
    """Whether a line above a title names the unit that the title begins with: 某大学化工学院, 化工学院党委关于…"""
    core = core_of(unit_in_title(rest) or "")
    return len(core) >= _SHORTEST_CORE and head.endswith(core)


_SHORTEST_CORE = 4


def _begins_title(head: str) -> bool:
    is_name = re.search(r"^中共|(?:关于|落实|党组|党委|委员会|局|院|中心|公司|学校|大学|支部|总支|工委)", head)
    return is_name is not None and not head.endswith(("文件", *chrome.COLUMN_ENDS))


def title_words(paragraphs: Sequence[Paragraph]) -> str:
    """The title as one line: blanks between Chinese characters, left over from wrapping, taken out."""
    return CJK_BLANK.sub("", "".join(paragraph.text for paragraph in paragraphs)).strip()


def _within_marks(title: str) -> str:
    """A title without the marks around it: 《…》, “…”, ***…***, 📢…📢."""
    inside = _BOOK.fullmatch(title)
    return _DECORATION.sub("", inside[inside.lastgroup or 0] if inside else title)


def bare_title(title: str) -> str:
    """The title without what was put before it: a column's name in brackets, a mirror's words, crumbs of the page."""
    bare = _within_marks(_PREFIX.sub("", _within_marks(title)))
    crumbs = BEFORE_STROKE.match(bare) or _CRUMBS.match(bare)
    if crumbs is None or TITLE.fullmatch(squeezed(rest := bare[crumbs.end() :])) is None or is_tail_of_name(rest):
        return bare
    return rest
