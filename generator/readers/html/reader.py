"""Web pages (.html): the lines of the article, with the portal's chrome around it marked as such.

Beautiful Soup over lxml reads the page; html_lines.py turns it into the lines that a browser shows; here it is decided
which of them are the article.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from bs4 import BeautifulSoup
from bs4.element import Tag

from generator.readers import inline_marks, limits
from generator.readers.document import Document, Reader, ReadError
from generator.readers.draft import Draft
from generator.readers.html.lines import PageLine, PageLines
from generator.readers.html.pager import goes_on
from generator.readers.html.seen import unveil
from generator.readers.html.styles import PageStyles
from generator.readers.html.tags import UNSEEN, page_titles
from generator.readers.signatures import signature_of
from generator.readers.text.encoding import decode

_DECLARED = re.compile(rb"(?:charset|encoding)\s*+=\s*+[\"']?\s*+([\w.:-]+)", re.IGNORECASE)
_XML = re.compile(r"\A\s*<\?xml[^>]*>")
"""What XHTML begins with; Beautiful Soup takes such a page for no web page, and warns."""
_EMBEDDED = re.compile(r"data:[\w/+.;=-]{0,100}base64,[A-Za-z0-9+/=%\s]*")
_SHARE = 0.8
"""Share of the page's prose that the article's element must hold."""
_MOST_IN_CHROME = 0.05
"""An element that calls itself chrome, but holds a greater share of the prose, is believed to be the article's."""
_FOOTER = 300
"""Characters of a long footer: so much is chrome whatever its share is."""
_LINKS = 3
"""So many lines of links in a row are a menu."""
_MENU_HEAD = 8
"""Characters of the longest name above a menu."""
_LINKED = 0.6
"""Share of a line that must be links."""
_PORTAL = re.compile(
    "无障碍|关怀版|长者版|适老|老年模式|繁[體体]|简体|今天是|设为首页|加入收藏|收藏本站|登录|登陆|注册|网站地图|站点地图|智能问答|智能机器人|"
    "English|机构职能|法规文件|政策文件|规划计划|政务公开|政府信息公开|办事服务|互动交流|走进|新闻中心|客户端|移动版|手机版|站内搜索|您好|欢迎访问"
)
"""Words of the menus above an article."""
_PROSE = 60
"""Characters of a line that is no menu."""
_SHORT = 12
"""Characters of a line that is a menu's for one word of it."""
_STEP = re.compile(r"[>»›→＞]+")
_COPIED = 5
"""Lines of the shortest text of which a copy is told."""
_TITLE = 8
"""Characters of the shortest title."""


def read(data: bytes, *, declared: str | None = None, file_format: str = "html") -> Document:
    """The lines of a web page: the article's as paragraphs, headings, list items and rows, the others as chrome.

    `declared` is the encoding that came with the page, if any; what the page itself declares comes second, and what the
    bytes look like overrules both.
    """
    found = _DECLARED.search(data[:4096])
    text, encoding = decode(data, declared or (found[1].decode("ascii", "replace") if found else None))
    text = _EMBEDDED.sub("", _XML.sub("", text))
    limits.check("text-bytes", len(text))
    limits.check("tags", text.count("<"))
    soup = BeautifulSoup(text.replace("\0", ""), "lxml")
    sheet = PageStyles(soup)
    unveil(soup, sheet, UNSEEN)
    page = PageLines(soup, sheet)
    if not any(line.words for line in page.lines):
        raise ReadError("the page shows no text. If a script loads it, open it in a browser and save the whole page.")
    draft = Draft()
    _add(draft, page, soup)
    return draft.document(file_format, encoding)


def _add(draft: Draft, page: PageLines, soup: BeautifulSoup) -> None:
    """Adds the lines of the page; lines of chrome that follow each other as one block."""
    if goes_on(soup):
        draft.flag("unread-part", "", "网页上有下一页的链接，文章可能还没有完，后面的页没有读。")
    titles = [_squeezed(title) for title in page_titles(soup)]
    chrome: list[str] = []
    is_portals = _chrome(page, soup, titles)
    if _stands_twice([line.words for line, is_chrome in zip(page.lines, is_portals, strict=True) if not is_chrome]):
        draft.flag("text-twice", "", "网页上同一篇文字出现了两遍（可能有一份供手机显示），请对照原网页删去一份。")
    for line, is_chrome in zip(page.lines, is_portals, strict=True):
        title = _is_title(line, titles)
        if is_chrome and not title:
            chrome.append(line.words + inline_marks.UNSEEN * line.unseen)
            continue
        _add_chrome(draft, chrome)
        chrome = []
        for edit in line.edits:
            draft.edit(*edit)
        if line.parts:
            draft.flag(
                "unread-part", line.words.strip()[:30], f"此处有{line.parts}幅图片或嵌入的文件，其中如有文字没有读。"
            )
        words = line.words + inline_marks.UNSEEN * line.unseen
        if line.kind == "row" and not title:
            draft.add_row(words.split("\t"))
        else:
            draft.add(words, kind="title" if title else line.kind, level=0 if title else line.level)
    _add_chrome(draft, chrome)


def _stands_twice(lines: Sequence[str]) -> bool:
    """Whether nearly all of the longer lines stand in the article twice: one copy of the text is for another screen."""
    counts = Counter(_squeezed(inline_marks.plain(line)) for line in lines if len(line) >= _TITLE)
    twice = sum(count > 1 for count in counts.values())
    return twice >= _COPIED and twice >= _SHARE * len(counts)


def _add_chrome(draft: Draft, words: Sequence[str]) -> None:
    if words:
        draft.add(" ".join(" ".join(words).split()), kind="chrome")


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _is_title(line: PageLine, titles: Sequence[str]) -> bool:
    """Whether the page's head calls the page by these words."""
    words = _squeezed(inline_marks.plain(line.words)) if len(line.words) < 200 else ""
    return len(words) >= _TITLE and not line.linked and any(words in title for title in titles)


# ------------------------------------------------------------------------------------------------ finding the article


def _chrome(page: PageLines, soup: BeautifulSoup, titles: Sequence[str]) -> list[bool]:
    """For each line whether it is the portal's and not the article's."""
    prose = _running_total([line.prose for line in page.lines])
    article, around = _article(page, soup, prose)
    first, last = page.ranges.get(id(article), (0, len(page.lines)))
    marked = [_is_marked(line, page, prose, around) for line in page.lines]
    menus = _menus(page.lines)
    inside = [marked[index] or menus[index] for index in range(len(page.lines))]
    result = list(inside)
    for index in range(first):
        line = page.lines[index]
        result[index] = inside[index] or not line.words or _is_link(line) or _heads_menu(page.lines, menus, index)
    gone = False
    for index in range(
        last, len(page.lines)
    ):  # what follows the article's element is the article's until chrome begins
        gone = gone or inside[index] or _is_link(page.lines[index])
        result[index] = gone
    head = next(
        (index for index, line in enumerate(page.lines) if _is_title(line, titles) or len(line.words) > _PROSE), 0
    )
    for index in range(head):
        result[index] = result[index] or _is_portal_line(page.lines[index].words)
    return result


def _is_portal_line(words: str) -> bool:
    """Whether a line above the article is made of a portal's own words: 无障碍阅读|关怀版|繁體 今天是…."""
    found = len(set(_PORTAL.findall(words)))
    return found > 1 or (found == 1 and len(words) <= _SHORT)


def _running_total(sizes: Sequence[int]) -> list[int]:
    total = [0]
    for size in sizes:
        total.append(total[-1] + size)
    return total


def _article(page: PageLines, soup: BeautifulSoup, prose: Sequence[int]) -> tuple[Tag, frozenset[int]]:
    """The innermost element with nearly all of the prose, and the ids of the elements around it, its own included."""
    best: Tag = soup
    around = {id(best)}
    while True:
        whole = _prose_in(best, page, prose)
        inner = next((one for one in _elements(best) if _prose_in(one, page, prose) >= max(1, _SHARE * whole)), None)
        if inner is None:
            return best, frozenset(around)
        best = inner
        around.add(id(best))


def _elements(tag: Tag) -> Iterator[Tag]:
    return (inner for inner in tag.contents if isinstance(inner, Tag))


def _prose_in(tag: Tag, page: PageLines, prose: Sequence[int]) -> int:
    """Characters of the element's lines that are no links."""
    first, last = page.ranges.get(id(tag), (0, 0))
    return prose[last] - prose[first]


def _is_marked(line: PageLine, page: PageLines, prose: Sequence[int], around: frozenset[int]) -> bool:
    """Whether an element around the line says that it is chrome, and is not the article's own."""
    chrome = line.chrome
    if chrome is None or id(chrome) in around:
        return False
    return _prose_in(chrome, page, prose) <= max(_FOOTER, _MOST_IN_CHROME * prose[-1])


def _is_link(line: PageLine) -> bool:
    """Whether the line is mostly links, or the path of links that leads to the page."""
    is_path = line.linked > 0 and len(_STEP.findall(line.words[:200])) > 1
    return is_path or line.linked > _LINKED * len(_squeezed(line.words))


def _heads_menu(lines: Sequence[PageLine], menus: Sequence[bool], index: int) -> bool:
    """Whether the line is the name of the menu below it: 栏目导航."""
    return index + 1 < len(lines) and menus[index + 1] and len(_squeezed(lines[index].words)) <= _MENU_HEAD


def _menus(lines: Sequence[PageLine]) -> list[bool]:
    """Which lines belong to several lines of links that follow each other."""
    result = [False] * len(lines)
    start = 0
    for index in range(len(lines) + 1):
        if index < len(lines) and (_is_link(lines[index]) or not lines[index].words):
            continue
        if sum(bool(line.words) for line in lines[start:index]) >= _LINKS:
            result[start:index] = [True] * (index - start)
        start = index + 1
    return result


READER = Reader(
    format="html",
    suffixes=(".html", ".htm", ".xhtml", ".shtml"),
    claims=lambda data: signature_of(data) == "html",
    read=read,
)
