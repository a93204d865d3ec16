"""A built output folder and its pages, as the rules see them."""

from __future__ import annotations

import functools
import posixpath
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, cast
from urllib.parse import unquote, urlsplit

from lxml import etree

from generator.base.addresses import host_of
from generator.base.diagnostics import Severity
from generator.content.config import Config

Element = etree._Element  # noqa: SLF001 (lxml has no public name for the type of an element)


class Fault(NamedTuple):
    """One thing that is wrong."""

    message: str
    line: int = 0
    """1-based line of the file; 0 when none can be named."""
    file: str = ""
    """Path in the output; empty: the file that the rule was asked about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BuiltOutput:
    """A built output folder."""

    folder: Path
    config: Config
    files: frozenset[str]
    """Paths relative to the folder, `/` between names."""


@dataclass(frozen=True, kw_only=True)
class BuiltPage:
    """A page of the output."""

    path: str
    tree: BuiltOutput
    root: Element
    links: tuple[tuple[Element, str], ...]
    """Every element that leads or asks somewhere, with the address as written."""

    def all(self, xpath: str) -> list[Element]:
        """The elements at `xpath`, in document order."""
        return cast("list[Element]", self.root.xpath(xpath))

    def labels(self, name: str) -> list[str]:
        """The values of the page labels (`<meta name>`) of exactly this name."""
        return self._labels.get(name, [])

    @functools.cached_property
    def _labels(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for meta in self.all("//meta[@name]"):
            found.setdefault(meta.get("name", ""), []).append(meta.get("content", ""))
        return found

    @functools.cached_property
    def is_article(self) -> bool:
        """Whether it is a notice's page: the record of the notice is beside it, and it may be found."""
        beside = posixpath.join(posixpath.dirname(self.path), "notice.json")
        return beside in self.tree.files and self.labels("robots") != ["noindex"]

    @property
    def is_home(self) -> bool:
        """Whether it is the home page."""
        return self.path == "index.html"

    @property
    def shown_date(self) -> str:
        """The date of publication that the reader sees below the title, ISO; empty when there is none."""
        found = self.all("//main//time[preceding-sibling::text()[contains(., '发布时间')]]")
        return found[0].get("datetime", "") if found else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageLinks:
    """What is kept of a page to say which links are dead."""

    path: str
    anchors: frozenset[str]
    count: int
    """Targets of links, inside the output; each counts once."""
    open: tuple[tuple[str, str, int], ...]
    """Path, fragment and line of the links that cannot be said to hold without a look at the other pages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFacts:
    """What is kept of a page for the rules that compare pages."""

    path: str
    is_article: bool
    date: str
    """Date of PubDate, ISO; empty when the page has none."""
    links: PageLinks
    rows: tuple[tuple[str, str, int], ...]
    """Page that a list's row leads to, the date that the row shows, and the line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRule:
    """A rule about one page."""

    code: str
    hint: str
    find: Callable[[BuiltPage], Iterable[Fault]]
    severity: Severity = Severity.ERROR
    conversions: bool = False
    """Whether it also holds for the 繁體 pages, which a machine converted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRule:
    """A rule about the bytes of any file."""

    code: str
    hint: str
    find: Callable[[BuiltOutput, str, bytes], Iterable[Fault]]
    severity: Severity = Severity.ERROR


@dataclass(frozen=True, slots=True, kw_only=True)
class TreeRule:
    """A rule about the whole output."""

    code: str
    hint: str
    find: Callable[[BuiltOutput, tuple[PageFacts, ...]], Iterable[Fault]]
    severity: Severity = Severity.ERROR


def read_tree(folder: Path, config: Config) -> BuiltOutput:
    """The output folder, its files listed and none of them read."""
    files = frozenset(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return BuiltOutput(folder=folder, config=config, files=files)


def read_page(tree: BuiltOutput, path: str, data: bytes) -> BuiltPage | None:
    """A page from its bytes; None when there is no element in them."""
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True)
    root = etree.fromstring(data, parser) if data.strip() else None
    return None if root is None else BuiltPage(path=path, tree=tree, root=root, links=tuple(_links(root)))


_ADDRESSES = frozenset(("href", "src", "action", "{http://www.w3.org/1999/xlink}href", "xlink:href", "poster", "data"))


def _links(root: Element) -> Iterator[tuple[Element, str]]:
    for element in root.iter(etree.Element):
        for name, value in cast("list[tuple[str, str]]", element.items()):
            if name in _ADDRESSES:
                yield element, value
            elif name == "srcset":
                yield from ((element, candidate.split()[0]) for candidate in value.split(",") if candidate.strip())


def words(element: Element) -> str:
    """The text of an element as a reader sees it: white space is one blank, none at the ends."""
    return re.sub(r"\s+", " ", str(element.xpath("string()"))).strip()


def line_of(element: Element) -> int:
    """The line where the element begins."""
    line: object = element.sourceline
    return line if isinstance(line, int) else 0


def is_outside(address: str, config: Config) -> bool:
    """Whether the address leads to another host than the site's."""
    return _is_outside(address, config.base_url)


def target_of(path: str, address: str, config: Config) -> tuple[str, str] | None:
    """Path and fragment inside the output of an address written on the page `path`; None when it leads elsewhere.

    A folder means its index.html. What leads above the site's root begins with `../`.
    """
    found = _target(path.rpartition("/")[0], address, config.base_url)
    return found and (path if found[0] is None else found[0], found[1])


_MANY = 1 << 16
"""Addresses whose parts are kept: several rules ask for those of every link, and most links are on many pages."""


@functools.lru_cache(maxsize=_MANY)
def _is_outside(address: str, base_url: str) -> bool:
    host = host_of(address)
    return _split(address) is None or (host is not None and host != host_of(base_url))


@functools.lru_cache(maxsize=_MANY)
def _target(folder: str, address: str, base_url: str) -> tuple[str | None, str] | None:
    """What `target_of` says of a page in `folder`; the path None stands for the page itself."""
    parts = _split(address)
    if parts is None or _is_outside(address, base_url) or parts.scheme not in ("", "http", "https"):
        return None
    place = unquote(parts.path)
    if parts.netloc or place.startswith("/"):
        own = urlsplit(base_url).path
        place = place[len(own) :] if place.startswith(own) else "../" + place.lstrip("/")
    elif place:
        place = posixpath.join(folder, place)
    else:
        return None, unquote(parts.fragment)
    whole = posixpath.normpath(place) if place else ""
    if not place or place.endswith("/"):
        whole = posixpath.join(whole, "index.html") if whole not in ("", ".") else "index.html"
    return whole, unquote(parts.fragment)


class _SplitAddress(NamedTuple):
    scheme: str
    netloc: str
    path: str
    fragment: str


def _split(address: str) -> _SplitAddress | None:
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return None
    return _SplitAddress(parts.scheme, parts.netloc, parts.path, parts.fragment)
