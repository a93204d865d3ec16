"""A site's own pages: Markdown to HTML, without markup of its own and without an address that runs."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element, SubElement

import markdown
from markdown.treeprocessors import Treeprocessor

from generator.base.addresses import host_of
from generator.pages.overview import ContentPage


class _TableCells(Treeprocessor):
    """Header cells say what they head; no cell has a style of its own, which the Content-Security-Policy forbids."""

    def run(self, root: Element) -> None:
        """Change the tables below `root`."""
        for cell in root.iter():
            if cell.tag == "th":
                cell.set("scope", "col")
            if cell.tag in ("th", "td"):
                cell.attrib.pop("style", None)


class _OutsideLinks(Treeprocessor):
    """A link to another host says so to browsers, and to readers when it leaves .gov.cn."""

    def run(self, root: Element) -> None:
        """Change the links below `root`."""
        for link in root.iter("a"):
            host = host_of(unescape(link.get("href", "")))
            if host is None:
                continue
            link.set("rel", "noopener external")
            if not f".{host.partition(':')[0]}".endswith(".gov.cn") and "外部链接" not in "".join(link.itertext()):
                SubElement(link, "span").text = "（外部链接）"


class _Addresses(Treeprocessor):
    """A link or picture whose address would run as a program, or is none, becomes its own words."""

    def run(self, root: Element) -> None:
        """Change the links and pictures below `root`."""
        for element in root.iter():
            address = element.get("href") or element.get("src") or ""
            if not _is_harmless(_INVISIBLE.sub("", unescape(address))):
                element.text = (element.get("alt") or "") + (element.text or "")
                element.tag = "span"
                element.attrib.clear()


def _is_harmless(address: str) -> bool:
    try:
        return urlsplit(address).scheme in _SCHEMES and not address.lower().startswith(_RUNNING)
    except ValueError:  # an address with a broken host
        return False


_INVISIBLE = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\ufeff]+")
_SCHEMES = frozenset({"", "http", "https", "mailto", "tel"})
_RUNNING = ("javascript:", "vbscript:", "data:", "blob:")


def read_content_page(text: str, slug: str) -> ContentPage:
    """A content page from Markdown: `# title` first, then the text. Markup in it is shown, not obeyed."""
    title, _, rest = text.lstrip("\ufeff\n").partition("\n")
    if not title.startswith("# "):
        title, rest = f"# {slug}", text
    reader = markdown.Markdown(extensions=["tables", "sane_lists", "toc"], output_format="html")
    reader.preprocessors.deregister("html_block")
    reader.inlinePatterns.deregister("html")
    reader.treeprocessors.register(_TableCells(reader), "table-cells", 0)
    reader.treeprocessors.register(_OutsideLinks(reader), "outside-links", 0)
    reader.treeprocessors.register(_Addresses(reader), "addresses", 1)  # first
    return ContentPage(slug=slug, title=title[2:].strip(), html=reader.convert(rest))
