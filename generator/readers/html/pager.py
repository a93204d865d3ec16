"""Whether an article goes on on a further page, which the file does not hold."""

from __future__ import annotations

import re

from bs4 import BeautifulSoup
from bs4.element import Tag

from generator.readers.html.attributes import attribute

_NEXT = re.compile(
    r"[\[【（(]?(?:下一?[页頁]|后一?[页頁]|後一?[页頁]|余下全文|餘下全文|阅读余下|查看余下|剩余全文|next(?:\s*page)?)[\]】）)]?[>»›→＞.…]*",
    re.IGNORECASE,
)
"""What leads to the next page of an article; 下一篇 leads to another article."""
_NOWHERE = re.compile(r"(?:#.*|javascript:\s*+(?:void\(0?\))?;?\s*+)?")
_OFF = re.compile(r"disabled?|\boff\b|\bno-?next\b|unable", re.IGNORECASE)
_PAGES = re.compile(r"\b(?:createPageHTML|createPage|pageHtml)\s*\(\s*[\'\"]?(\d{1,4})", re.IGNORECASE)
"""How portals' scripts draw the numbers of an article's pages: the first argument counts them."""


def goes_on(soup: BeautifulSoup) -> bool:
    """Whether the page leads to a next one of the same article."""
    if any("next" in attribute(link, "rel").lower().split() for link in soup.find_all("link")):
        return True
    if any(_leads_on(link) for link in soup.find_all("a")):
        return True
    return any(int(found[1]) > 1 for script in soup.find_all("script") for found in _PAGES.finditer(script.get_text()))


def _leads_on(link: Tag) -> bool:
    words = "".join(link.get_text().split()) if len(link.contents) < 5 else ""
    if not _NEXT.fullmatch(words) or _OFF.search(attribute(link, "class")):
        return False
    return not _NOWHERE.fullmatch(attribute(link, "href").strip()) or bool(attribute(link, "onclick"))
