"""链接可用性: links that lead somewhere, also from disk (GOV-SITE G-IND-06, G-SEC-02)."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from generator.sitelint.built import (
    BuiltOutput,
    BuiltPage,
    Element,
    Fault,
    PageFacts,
    PageLinks,
    is_outside,
    line_of,
    target_of,
)
from generator.sitelint.names import NEEDS_SERVER
from generator.sitelint.page_labels import day_of
from generator.sitelint.reading import script_faults


def empty_links(page: BuiltPage) -> Iterator[Fault]:
    """空链: a link that leads nowhere."""
    for element, address in page.links:
        written = address.strip().lower()
        if written in ("", "#") or written.startswith(("javascript:", "about:")):
            yield Fault(f"a link is empty: “{address}”", line_of(element))


def facts_of(page: BuiltPage) -> PageFacts:
    """What is kept of a page for the rules that compare pages."""
    return PageFacts(
        path=page.path,
        is_article=page.is_article,
        date=day_of(page),
        links=links_of(page),
        rows=tuple(_rows(page)),
    )


def links_of(page: BuiltPage) -> PageLinks:
    """What is kept of a page to say which links are dead: of the links that hold, their number."""
    anchors = {element.get("id", "") for element in page.all("//*[@id]")}
    anchors |= {element.get("name", "") for element in page.all("//a[@name]")}
    elements: dict[str, Element] = {}
    for element, address in page.links:
        elements.setdefault(address, element)
    targets: dict[tuple[str, str], Element] = {}
    for address, element in elements.items():
        target = target_of(page.path, address, page.tree.config) if address.strip() not in ("", "#") else None
        if target:
            targets.setdefault(target, element)
    return PageLinks(
        path=page.path,
        anchors=frozenset(anchors),
        count=len(targets),
        open=tuple(
            (path, fragment, line_of(element))
            for (path, fragment), element in targets.items()
            if path not in page.tree.files or (fragment and (path != page.path or fragment not in anchors))
        ),
    )


def _rows(page: BuiltPage) -> Iterator[tuple[str, str, int]]:
    """The rows of lists of notices: those that show 通报日期."""
    for label in page.all("//main//li//span[.='通报日期']"):
        row = next(label.iterancestors("li"))
        link, date = next(row.iter("a"), None), label.getnext()
        target = target_of(page.path, link.get("href", ""), page.tree.config) if link is not None else None
        if target:
            yield target[0], date.get("datetime", "") if date is not None else "", line_of(label)


def dead_links(tree: BuiltOutput, pages: tuple[PageFacts, ...]) -> Iterator[Fault]:
    """死链: what is linked is there, and has the anchor that is named."""
    return dead(tree.files, [page.links for page in pages])


def dead(files: frozenset[str], pages: Sequence[PageLinks]) -> Iterator[Fault]:
    """The links that do not hold among these files, whose pages are all given."""
    anchors = {page.path: page.anchors for page in pages}
    folded = {path.lower(): path for path in files}
    for page in pages:
        for path, fragment, line in page.open:
            if path not in files:
                other = folded.get(path.lower())
                yield Fault(
                    f"the link to {path} is dead" + (f"; the file is called {other}" if other else ""), line, page.path
                )
            elif fragment and path in anchors and fragment not in anchors[path]:
                yield Fault(f"the link to {path}#{fragment} names no anchor of that page", line, page.path)


def addresses_in_files(tree: BuiltOutput, path: str, data: bytes) -> Iterator[Fault]:
    """What feeds, site maps and descriptions give as the site's own addresses is there."""
    if not path.endswith(".xml"):
        return
    text = data.decode("utf-8", "replace")
    for found in re.finditer(r"""(?:href|template)="([^"]+)"|<loc>([^<]+)</loc>""", text):
        address = (found[1] or found[2]).replace("&amp;", "&")
        target = target_of(path, address, tree.config)
        if target and target[0] not in tree.files:
            yield Fault(f"the address {address} is dead", text.count("\n", 0, found.start()) + 1)


def relative_links(page: BuiltPage) -> Iterator[Fault]:
    """Links are relative and name a file, so that the site works in a sub-folder and from disk."""
    if page.path == "404.html":  # it is shown at any address
        return
    for element, address in page.links:
        parts = urlsplit(address) if not is_outside(address, page.tree.config) else None
        if parts is None or parts.scheme not in ("", "http", "https"):
            continue
        if (parts.netloc and element.tag != "link") or (not parts.netloc and parts.path.startswith("/")):
            yield Fault(f"the link “{address}” is not relative", line_of(element))
        elif parts.path and not posixpath.splitext(parts.path)[1]:
            yield Fault(f"the link “{address}” names a folder, not a file", line_of(element))


def modules(page: BuiltPage) -> Iterator[Fault]:
    """Scripts are classic scripts."""
    for script in page.all("//script[@type='module']"):
        yield Fault("a script is a module", line_of(script))


def server_scripts(_: BuiltOutput, path: str, data: bytes) -> Iterator[Fault]:
    """No script asks a server."""
    if path.startswith("assets/") and path.endswith(".js"):
        yield from script_faults(data, NEEDS_SERVER, "the script uses")
