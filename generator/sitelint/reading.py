"""无障碍: what anybody needs to read a page (GOV-SITE G-A11Y), and lists that hold something (G-IND-05)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping

from generator.pages.page import NAVIGATION
from generator.sitelint.built import BuiltOutput, BuiltPage, Fault, line_of, words
from generator.sitelint.names import POPUPS

MAX_PAGE = 300_000
"""Bytes of a page that a slow line brings in 3 seconds when compressed."""
_HEADINGS = "//h1|//h2|//h3|//h4|//h5|//h6"


def language(page: BuiltPage) -> Iterator[Fault]:
    """`<html lang="zh-CN">`."""
    if page.root.get("lang") != "zh-CN":
        yield Fault(f"the page's language is “{page.root.get('lang', '')}”, not zh-CN")


def title(page: BuiltPage) -> Iterator[Fault]:
    """标题_栏目_站名; the home page's is 站名."""
    found = page.all("//head/title")
    text = words(found[0]) if found else ""
    site, column = ((page.labels(name) or [""])[0] for name in ("SiteName", "ColumnName"))
    end = re.sub(r"\s+", " ", site if page.is_home else f"_{column}_{site}").strip()
    if (text != end) if page.is_home else not (text.endswith(end) and len(text) > len(end)):
        yield Fault(f"the page's title “{text}” is not {'站名' if page.is_home else '标题_栏目_站名'}")


def headings(page: BuiltPage) -> Iterator[Fault]:
    """One h1, first; no level is skipped."""
    ones = len(page.all("//h1"))
    if ones != 1:
        yield Fault(f"the page has {ones} h1 headings")
    above = 1 if ones != 1 else 0
    for heading in page.all(_HEADINGS):
        level = int(str(heading.tag)[1])
        if level > above + 1:
            yield Fault(f"an h{level} follows {f'an h{above}' if above else 'nothing'}", line_of(heading))
        above = level


def landmarks(page: BuiltPage) -> Iterator[Fault]:
    """header, nav, one main, footer; first of all a link that skips to main."""
    for name in ("header", "nav", "footer"):
        if not page.all(f"//{name}"):
            yield Fault(f"the page has no <{name}>")
    mains = page.all("//main")
    if len(mains) != 1:
        yield Fault(f"the page has {len(mains)} <main>")


def skip_link(page: BuiltPage) -> Iterator[Fault]:
    """The first link of a page leads to its main part."""
    first = next(iter(page.all("//body//a[@href]")), None)
    mains = page.all("//main")
    if first is None or not mains or first.get("href") != f"#{mains[0].get('id')}":
        yield Fault("the first link does not skip to the page's main part")


def tables(page: BuiltPage) -> Iterator[Fault]:
    """Every table has header cells, and each says what it heads."""
    for table in page.all("//table"):
        cells = list(table.iter("th"))
        if not cells:
            yield Fault("a table has no header cell", line_of(table))
        if any(cell.get("scope") not in ("col", "row", "colgroup", "rowgroup") for cell in cells):
            yield Fault("a header cell of a table has no scope", line_of(table))


def pictures(page: BuiltPage) -> Iterator[Fault]:
    """Every picture has its words, or says that it needs none."""
    for picture in page.all("//img[not(@alt)]|//area[not(@alt)]"):
        yield Fault("a picture has no alt text", line_of(picture))
    for drawing in page.all("//*[@role='img'][not(@aria-label)][not(@aria-labelledby)]"):
        yield Fault("a drawing has no aria-label", line_of(drawing))


def large_type(page: BuiltPage) -> Iterator[Fault]:
    """大字版 is offered on every page."""
    if not any("大字版" in words(label) for label in page.all("//label|//button|//header//a")):
        yield Fault("the page offers no 大字版")


def popups(page: BuiltPage) -> Iterator[Fault]:
    """Nothing opens over a page or plays by itself."""
    for element in page.all("//dialog|//*[@role='dialog' or @role='alertdialog']|//*[@autoplay]|//marquee"):
        yield Fault(f"<{element.tag}> opens over the page or moves by itself", line_of(element))


def script_popups(_: BuiltOutput, path: str, data: bytes) -> Iterator[Fault]:
    """No script opens a window or a dialog."""
    if path.startswith("assets/") and path.endswith(".js"):
        yield from script_faults(data, POPUPS, "the script opens")


def script_faults(data: bytes, patterns: Mapping[str, str], says: str) -> Iterator[Fault]:
    """A fault for each pattern that the script matches, with its line."""
    text = data.decode("utf-8", "replace")
    for pattern, name in patterns.items():
        found = re.search(pattern, text, re.MULTILINE)
        if found:
            yield Fault(f"{says} {name}", text.count("\n", 0, found.start()) + 1)


def without_script(page: BuiltPage) -> Iterator[Fault]:
    """All is readable without script: words in main, none of the notice's hidden, no button that then does nothing."""
    mains = page.all("//main")
    if mains and not words(mains[0]):
        yield Fault("the main part is empty without script", line_of(mains[0]))
    hidden = "ancestor-or-self::*[@hidden or self::template or self::noscript]"
    for element in page.all(f"//*[contains(concat(' ', @class, ' '), ' verbatim ')][{hidden}]"):
        yield Fault("words of the notice are hidden", line_of(element))
    unseen = "ancestor-or-self::*[@hidden or contains(concat(' ', @class, ' '), ' js-only ')]"
    for button in page.all(f"//button[@type='button'][not({unseen})]"):
        yield Fault(f"the button “{words(button)}” is shown without script, too", line_of(button))
    for form in page.all("//form[not(@action)]"):
        yield Fault("a form leads nowhere without script", line_of(form))


def empty_lists(page: BuiltPage) -> Iterator[Fault]:
    """No list or table without rows."""
    shown = "[not(*)][not(ancestor-or-self::*[@hidden])]"
    for element in page.all(f"//main//ol{shown}|//main//ul{shown}|//main//dl{shown}|//main//tbody{shown}"):
        yield Fault(f"a list (<{element.tag}>) has no entry", line_of(element))


def empty_pages(tree: BuiltOutput, path: str, data: bytes) -> Iterator[Fault]:
    """No region, topic, status, year or unit has a page without items."""
    if path not in _COLUMNS and _is_empty(tree, path, data):
        yield from _empty(tree, path)


def empty_columns(tree: BuiltOutput, path: str, data: bytes) -> Iterator[Fault]:
    """No column (栏目) is empty: its page stays, since its address was published, and says why."""
    if path in _COLUMNS and _is_empty(tree, path, data):
        yield from _empty(tree, path)


_COLUMNS = frozenset(page.removesuffix("index.html") + "list.json" for _, page in NAVIGATION)


def _is_empty(tree: BuiltOutput, path: str, data: bytes) -> bool:
    """Whether the file is the JSON of a list that holds nothing, or the feed of one that has no JSON."""
    if path.endswith("/feed.xml") and path.replace("feed.xml", "list.json") not in tree.files:
        return b"<entry>" not in data
    if not path.endswith("list.json"):
        return False
    try:
        items = json.loads(data).get("items")
    except (ValueError, AttributeError):
        return False
    return bool(items == [])


def _empty(tree: BuiltOutput, path: str) -> Iterator[Fault]:
    page = path.rpartition("/")[0] + "/index.html"
    if page in tree.files:
        yield Fault("the list has no item", file=page)


def weight(_: BuiltOutput, path: str, data: bytes) -> Iterator[Fault]:
    """A page comes in 3 seconds over a slow line."""
    if path.endswith(".html") and len(data) > MAX_PAGE:
        yield Fault(f"the page has {len(data):,} bytes, more than {MAX_PAGE:,}")
