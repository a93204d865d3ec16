"""What the elements of a web page mean to a reader: tables of names, and the questions that they answer."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bs4 import BeautifulSoup
from bs4.element import Tag


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


UNSEEN = _names("""
    script style noscript template head iframe object embed applet svg canvas audio video map area datalist
    select option textarea input button progress meter rt rp rtc param source track link meta base title
""")
"""Elements that show no words of the page; `rt` holds the pinyin above a character."""

BLOCKS = _names("""
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

_HIDDEN_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all"
    r"|mso-element\s*:\s*(?:header|footer|comment)",
    re.IGNORECASE,
)
_NO_SIZE = re.compile(r"font-size\s*:\s*0(?:px|pt|em)?\s*(?:[;!]|$)", re.IGNORECASE)
_AT_RULE = re.compile(r"@[^{;]*(?:;|\{(?:[^{}]|\{[^{}]*\})*\})")
_CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_RULE = re.compile(r"([^{}]*)\{([^{}]*)\}")
_SIMPLE_SELECTOR = re.compile(r"[.#][\w-]+")
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


def attribute(tag: Tag, name: str) -> str:
    """The attribute as one string, empty when it is missing."""
    found = tag.attrs.get(name) if tag.attrs else None
    return " ".join(found) if isinstance(found, list) else str(found or "")


def names_of(tag: Tag) -> str:
    """Class names and id, as one string."""
    return f"{attribute(tag, 'class')} {attribute(tag, 'id')}" if tag.attrs else ""


def is_chrome(tag: Tag) -> bool:
    """Whether the element says itself that it is not the article."""
    if tag.name in _CHROME_TAGS or attribute(tag, "role") in ("navigation", "banner", "contentinfo", "search"):
        return True
    return bool(tag.attrs) and bool(_CHROME_NAME.search(names_of(tag)[:500]))


def is_hidden(tag: Tag, hidden_names: frozenset[str]) -> bool:
    """Whether a browser shows nothing of the element."""
    if not tag.attrs:
        return False
    style = attribute(tag, "style")
    if "hidden" in tag.attrs or _HIDDEN_STYLE.search(style) or (_NO_SIZE.search(style) and not _gives_size(tag)):
        return True
    return any(
        prefix + name in hidden_names
        for prefix, key in ((".", "class"), ("#", "id"))
        for name in attribute(tag, key).split()
    )


def _gives_size(tag: Tag) -> bool:
    """Whether elements inside have a size of their own: then no size only takes the gaps between them away."""
    return any("font-size" in attribute(inner, "style") for inner in tag.contents if isinstance(inner, Tag))


_MOST = 0.6
"""An element that hides a greater share of the page's words waits for a script to show it."""


def unveil(soup: BeautifulSoup, hidden_names: frozenset[str]) -> None:
    """Shows the element that hides most of the page's words until a script has run, as pages of WeChat do."""
    whole = len(soup.get_text())
    stack: list[Tag] = [soup]
    while stack:
        tag = stack.pop()
        if not is_hidden(tag, hidden_names):
            stack += [inner for inner in tag.contents if isinstance(inner, Tag) and inner.name not in UNSEEN]
        elif len(tag.get_text()) > _MOST * whole:
            tag.attrs = {}
            return


def hidden_names(soup: BeautifulSoup) -> frozenset[str]:
    """`.class` and `#id` of what the page's own style sheets hide on a screen; only selectors of one name."""
    found: set[str] = set()
    for style in soup.find_all("style"):
        css = _AT_RULE.sub("", _CSS_COMMENT.sub("", style.get_text()))
        for selectors, body in _RULE.findall(css):
            if _HIDDEN_STYLE.search(body):
                found |= {one for one in map(str.strip, selectors.split(",")) if _SIMPLE_SELECTOR.fullmatch(one)}
    return frozenset(found)


def is_file_link(tag: Tag) -> bool:
    """Whether a link leads to a file, such as an annex (附件), and not to another page."""
    return bool(_FILE.search(attribute(tag, "href").partition("?")[0]))


def list_style(tag: Tag) -> str:
    """How the numbers of an `<ol>` are printed: a key of LIST_STYLES."""
    css = re.search(r"list-style(?:-type)?\s*:[^;]*?([\w-]+)\s*(?:!important)?\s*(?:;|$)", attribute(tag, "style"))
    if css and css[1].lower() in LIST_STYLES:
        return css[1].lower()
    kind = attribute(tag, "type")
    return kind if kind in LIST_STYLES else "decimal"


def page_titles(soup: BeautifulSoup) -> Iterable[str]:
    """What the page says in its head that it is called."""
    if soup.title is not None:
        yield soup.title.get_text()
    for meta in soup.find_all("meta"):
        if attribute(meta, "name").lower() in ("articletitle", "title", "og:title"):
            yield attribute(meta, "content")
