"""Web pages (.html): the lines of the article, with the portal's chrome around it marked as such.

Beautiful Soup over lxml reads the page; html_lines.py turns it into the lines that a browser shows; here it is decided
which of them are the article.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bs4 import BeautifulSoup
from bs4.element import Tag

from generator.readers import limits
from generator.readers.document import Document, Reader, ReadError
from generator.readers.draft import Draft
from generator.readers.html.lines import Line, Page
from generator.readers.html.tags import hidden_names, page_titles, unveil
from generator.readers.signatures import signature_of
from generator.readers.text.encoding import decode

_DECLARED = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
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
_STEP = re.compile(r"[>»›→＞]+")
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
    hidden = hidden_names(soup)
    unveil(soup, hidden)
    page = Page(soup, hidden)
    if not page.lines:
        raise ReadError("the page shows no text. If a script loads it, open it in a browser and save the whole page.")
    draft = Draft()
    _add(draft, page, soup)
    return draft.document(file_format, encoding)


def _add(draft: Draft, page: Page, soup: BeautifulSoup) -> None:
    """Adds the lines of the page; lines of chrome that follow each other as one block."""
    titles = [_squeezed(title) for title in page_titles(soup)]
    chrome: list[str] = []
    for line, is_chrome in zip(page.lines, _chrome(page, soup), strict=True):
        title = _is_title(line, titles)
        if is_chrome and not title:
            chrome.append(line.words)
            continue
        if chrome:
            draft.add(" ".join(" ".join(chrome).split()), kind="chrome")
            chrome = []
        for edit in line.edits:
            draft.edit(*edit)
        draft.add(line.words, kind="title" if title else line.kind, level=0 if title else line.level)
    if chrome:
        draft.add(" ".join(" ".join(chrome).split()), kind="chrome")


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _is_title(line: Line, titles: Sequence[str]) -> bool:
    """Whether the page's head calls the page by these words."""
    words = _squeezed(line.words) if len(line.words) < 200 else ""
    return len(words) >= _TITLE and not line.linked and any(words in title for title in titles)


# ------------------------------------------------------------------------------------------------ finding the article


def _chrome(page: Page, soup: BeautifulSoup) -> list[bool]:
    """For each line whether it is the portal's and not the article's."""
    prose = _running_total([max(0, len(line.words) - line.linked) for line in page.lines])
    article, around = _article(page, soup, prose)
    first, last = page.ranges.get(id(article), (0, len(page.lines)))
    marked = [_is_marked(line, page, prose, around) for line in page.lines]
    menus = _menus(page.lines)
    inside = [marked[index] or menus[index] for index in range(len(page.lines))]
    result = list(inside)
    for index in range(first):
        result[index] = inside[index] or _is_link(page.lines[index]) or _heads_menu(page.lines, menus, index)
    gone = False
    for index in range(
        last, len(page.lines)
    ):  # what follows the article's element is the article's until chrome begins
        gone = gone or inside[index] or _is_link(page.lines[index])
        result[index] = gone
    return result


def _running_total(sizes: Sequence[int]) -> list[int]:
    total = [0]
    for size in sizes:
        total.append(total[-1] + size)
    return total


def _article(page: Page, soup: BeautifulSoup, prose: Sequence[int]) -> tuple[Tag, frozenset[int]]:
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


def _prose_in(tag: Tag, page: Page, prose: Sequence[int]) -> int:
    """Characters of the element's lines that are no links."""
    first, last = page.ranges.get(id(tag), (0, 0))
    return prose[last] - prose[first]


def _is_marked(line: Line, page: Page, prose: Sequence[int], around: frozenset[int]) -> bool:
    """Whether an element around the line says that it is chrome, and is not the article's own."""
    chrome = line.chrome
    if chrome is None or id(chrome) in around:
        return False
    return _prose_in(chrome, page, prose) <= max(_FOOTER, _MOST_IN_CHROME * prose[-1])


def _is_link(line: Line) -> bool:
    """Whether the line is mostly links, or the path of links that leads to the page."""
    is_path = line.linked > 0 and len(_STEP.findall(line.words[:200])) > 1
    return is_path or line.linked > _LINKED * len(_squeezed(line.words))


def _heads_menu(lines: Sequence[Line], menus: Sequence[bool], index: int) -> bool:
    """Whether the line is the name of the menu below it: 栏目导航."""
    return index + 1 < len(lines) and menus[index + 1] and len(_squeezed(lines[index].words)) <= _MENU_HEAD


def _menus(lines: Sequence[Line]) -> list[bool]:
    """Which lines belong to several lines of links that follow each other."""
    result = [False] * len(lines)
    start = 0
    for index in range(len(lines) + 1):
        if index < len(lines) and _is_link(lines[index]):
            continue
        if index - start >= _LINKS:
            result[start:index] = [True] * (index - start)
        start = index + 1
    return result


READER = Reader(
    format="html",
    suffixes=(".html", ".htm", ".xhtml", ".shtml"),
    claims=lambda data: signature_of(data) == "html",
    read=read,
)
