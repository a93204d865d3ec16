"""页面框架: breadcrumb, source line, footer, addresses (GOV-SITE G-FRAME)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.sitelint.built import BuiltOutput, BuiltPage, Element, Fault, PageFacts, line_of, target_of, words
from generator.sitelint.names import FOOTER_LINKS, FOOTER_WORDS

_WITHOUT_BREADCRUMB = ("index.html", "404.html")
_SEARCH = "search/index.html"


def breadcrumb(page: BuiltPage) -> Iterator[Fault]:
    """当前位置：首页 > … > 正文; each step but the last is a link."""
    if page.path in _WITHOUT_BREADCRUMB:
        return
    found = [nav for nav in page.all("//nav") if words(nav).startswith(("当前位置：", "当前位置:"))]
    if not found:
        yield Fault("there is no breadcrumb that begins with “当前位置：”")
        return
    steps = list(found[0].iter("li"))
    links = [next(step.iter("a"), None) for step in steps]
    if not steps or links[0] is None or words(steps[0]) != "首页" or _leads(page, links[0]) != "index.html":
        yield Fault("the breadcrumb does not begin with a link to 首页", line_of(found[0]))
    for step, link in zip(steps[:-1], links[:-1], strict=True):
        if link is None:
            yield Fault(f"the breadcrumb's step “{words(step)}” is no link", line_of(step))
    if steps and links[-1] is not None:
        yield Fault("the breadcrumb's last step is a link to the page itself", line_of(steps[-1]))


def _leads(page: BuiltPage, link: Element) -> str | None:
    target = target_of(page.path, link.get("href", ""), page.tree.config)
    return target[0] if target else None


def source_line(page: BuiltPage) -> Iterator[Fault]:
    """Below a notice's title: 来源 and 发布时间 in one line; 打印 and 关闭 as buttons."""
    if not page.is_article:
        return
    lines = [words(p).replace(":", "：") for p in page.all("//main//p[contains(., '来源')]")]
    if not any(re.search(r"^(?>.*?来源：)\s*+[^\s：](?>.*?发布时间：)\s*+\S", line) for line in lines):
        yield Fault("the line below the title does not say 来源：… 发布时间：…")
    buttons = " ".join(words(button) for button in page.all("//button"))
    for tool in ("打印", "关闭"):
        if tool not in buttons:
            yield Fault(f"there is no button {tool}")


def footer(page: BuiltPage) -> Iterator[Fault]:
    """The footer says who answers for the site and under which numbers."""
    found = page.all("//footer")
    if not found:
        yield Fault("the page has no footer")
        return
    foot = found[-1]
    text = "\n".join(words(block) for block in foot.iter("p", "li", "span"))
    lacking = [name for name in FOOTER_WORDS if not _says(text, name)]
    links = [(link.get("href", ""), words(link)) for link in foot.iter("a")]
    for name, pattern in FOOTER_LINKS.items():
        if not any(re.match(pattern, href) and text and "〔" not in text for href, text in links):
            lacking.append(name)
    if lacking:
        yield Fault(f"the footer lacks, or has a mere placeholder for: {'、'.join(lacking)}", line_of(foot))


def _says(text: str, name: str) -> bool:
    """Whether a real value follows the label on its line."""
    others = "|".join(FOOTER_WORDS)
    return re.search(rf"{name}[：:][^\S\n]*(?!〔|(?:{others})[：:])\S", text) is not None


def addresses(tree: BuiltOutput, _: tuple[PageFacts, ...]) -> Iterator[Fault]:
    """Every file's address is lower-case ASCII."""
    for path in sorted(tree.files):
        if not re.fullmatch(r"[a-z0-9._/-]+", path):
            yield Fault("the address is not lower-case ASCII", file=path)


def queries(page: BuiltPage) -> Iterator[Fault]:
    """No page's address has a query string; only the search takes one."""
    for element, address in page.links:
        target = target_of(page.path, address, page.tree.config)
        if target and target[0] != _SEARCH and "?" in address.partition("#")[0]:
            yield Fault(f"the link “{address}” has a query string", line_of(element))
