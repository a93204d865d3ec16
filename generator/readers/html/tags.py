"""What the elements of a web page mean to a reader: tables of names, and the questions that they answer."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bs4 import BeautifulSoup
from bs4.element import Tag

from generator.readers.html.attributes import attribute, names

UNSEEN = names("""
    script style noscript template head iframe object embed applet svg canvas audio video map area datalist
    select option textarea input button progress meter rt rp rtc param source track link meta base title img
""")
"""Elements that show no words of the page; `rt` holds the pinyin above a character."""

CONTROLS = names("input select textarea")
"""Elements whose state is shown."""

PARTS = names("iframe object embed applet svg canvas img")
"""Elements that may show words that are not in the page."""

BLOCKS = names("""
    address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption
    figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p pre section
    summary table tbody td tfoot th thead tr ul
""")
"""Elements that begin and end a line."""

_CHROME_TAGS = frozenset({"nav", "footer", "aside", "menu"})
_CHROME_NAME = re.compile(
    r"""
    (?:^|[\s_-])
    (?: nav(?:bar|igation)? | menu | bread(?:crumbs?)? | crumbs? | (?:cur(?:rent)?)?(?:position|location|weizhi|dqwz)
      | footer | foot | bottom(?:bar|nav)? | copyright
      | (?<!article.)(?<!content.)(?<!detail.)(?<!news.)(?<!title.)header
      | top-?(?:bar|nav|menu) | banner | logo | side(?:bar|nav)?
      | share(?:box|bar)? | bdsharebuttonbox | toolbar | tools? | font-?size | zihao | print | qr(?:code)? | ewm
      | related? | xgxw | xgwz | recommend | hot(?:news)? | prev(?:next)? | next | pager? | pagination
      | search(?:box|bar)? | login | friend-?links? | yqlj | comments? | float | pop(?:up)? | modal | cookies?
    )
    (?:$|[\s_-]|\d)
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""Class names and ids by which portals mark what is not the article."""

_FILE = re.compile(r"\.(?:docx?|wps|pdf|ofd|xlsx?|et|pptx?|zip|rar|jpe?g|png|tif)$", re.IGNORECASE)

LIST_STYLES = {
    "1": "decimal",
    "a": "lowerLetter",
    "A": "upperLetter",
    "i": "lowerRoman",
    "I": "upperRoman",
    "decimal": "decimal",
    "decimal-leading-zero": "decimalZero",
    "lower-alpha": "lowerLetter",
    "lower-latin": "lowerLetter",
    "upper-alpha": "upperLetter",
    "upper-latin": "upperLetter",
    "lower-roman": "lowerRoman",
    "upper-roman": "upperRoman",
    "cjk-ideographic": "chineseCountingThousand",
    "simp-chinese-informal": "chineseCountingThousand",
    "trad-chinese-informal": "taiwaneseCountingThousand",
    "simp-chinese-formal": "chineseLegalSimplified",
    "trad-chinese-formal": "ideographLegalTraditional",
    "cjk-decimal": "ideographDigital",
    "cjk-heavenly-stem": "ideographTraditional",
    "cjk-earthly-branch": "ideographZodiac",
    "japanese-informal": "japaneseCounting",
    "hiragana": "aiueoFullWidth",
    "katakana": "aiueoFullWidth",
    "none": "none",
}
"""Type of an `<ol>`, or its CSS list style → format of numerals.py."""
IDEOGRAPHIC = frozenset(name for name in LIST_STYLES if name.startswith(("cjk", "simp", "trad", "japanese")))
"""List styles behind whose numbers browsers put 、 and not a full stop."""


def names_of(tag: Tag) -> str:
    """Class names and id, as one string."""
    return f"{attribute(tag, 'class')} {attribute(tag, 'id')}" if tag.attrs else ""


def is_chrome(tag: Tag) -> bool:
    """Whether the element says itself that it is not the article."""
    if tag.name in _CHROME_TAGS or attribute(tag, "role") in ("navigation", "banner", "contentinfo", "search"):
        return True
    return bool(tag.attrs) and bool(_CHROME_NAME.search(names_of(tag)[:500]))


def is_file_link(tag: Tag) -> bool:
    """Whether a link leads to a file, such as an annex (附件), and not to another page."""
    return bool(_FILE.search(attribute(tag, "href").partition("?")[0]))


def list_style(tag: Tag) -> str:
    """How the numbers of an `<ol>` are printed: a key of LIST_STYLES."""
    for declaration in attribute(tag, "style").lower().split(";"):
        name, _, value = declaration.replace("!important", "").partition(":")
        if name.strip() in ("list-style", "list-style-type"):
            return next((word for word in reversed(value.split()) if word in LIST_STYLES), "decimal")
    kind = attribute(tag, "type")
    return kind if kind in LIST_STYLES else "decimal"


def page_titles(soup: BeautifulSoup) -> Iterable[str]:
    """What the page says in its head that it is called."""
    if soup.title is not None:
        yield soup.title.get_text()
    for meta in soup.find_all("meta"):
        if attribute(meta, "name").lower() in ("articletitle", "title", "og:title"):
            yield attribute(meta, "content")
