"""网络与安全: no stranger, nothing inline, nothing that was not meant to be published (GOV-SITE G-SEC, G-IND-02)."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from generator.base.diagnostics import DiscloseError
from generator.base.manifest import MANIFEST, differing, hashes_of, load_manifest
from generator.content.publication import INERT
from generator.sitelint.built import BuiltOutput, BuiltPage, Element, Fault, PageFacts, is_outside, line_of, words
from generator.sitelint.names import (
    FOREIGN_TAGS,
    MACHINE_PATH,
    POLICY,
    POLICY_SOURCES,
    REQUESTING_RELS,
    TEXT_SUFFIXES,
    UNPUBLISHABLE,
)


def requests(page: BuiltPage) -> Iterator[Fault]:
    """No element makes the browser ask another host."""
    for element, address in page.links:
        if _asks(element) and is_outside(address, page.tree.config):
            yield Fault(f"<{element.tag}> asks another host: {address}", line_of(element))
    for meta in page.all("//meta[@http-equiv]"):
        if meta.get("http-equiv", "").lower() == "refresh":
            yield Fault("the page leads to another by itself", line_of(meta))


def _asks(element: Element) -> bool:
    if element.tag == "link":
        return bool(REQUESTING_RELS & set((element.get("rel") or "").lower().split()))
    return element.tag not in ("a", "area")


def style_requests(_: BuiltOutput, path: str, data: bytes) -> Iterator[Fault]:
    """No style sheet or drawing asks another host."""
    if not path.endswith((".css", ".svg")):
        return
    text = data.decode("utf-8", "replace")
    for found in re.finditer(
        r"""(?:url\(|@import\s|href=)\s*+["']?\s*+((?:https?:)?//[^"')\s]++)""", text, re.IGNORECASE
    ):
        yield Fault(f"it asks another host: {found[1]}", text.count("\n", 0, found.start()) + 1)


def inline(page: BuiltPage) -> Iterator[Fault]:
    """No script, style or handler inside the page."""
    for script in page.all("//script[not(@src)]"):
        if not (script.get("type") or "").endswith("json"):
            yield Fault("a script is inside the page", line_of(script))
    for style in page.all("//style|//*[@style]"):
        yield Fault(f"a style is inside the page (<{style.tag}>)", line_of(style))
    for element in page.all("//*[@*[starts-with(name(), 'on')]]"):
        yield Fault(f"<{element.tag}> has a handler inside the page", line_of(element))


def policy(page: BuiltPage) -> Iterator[Fault]:
    """The page states a Content-Security-Policy that allows the site and nothing else."""
    found = [
        meta.get("content", "")
        for meta in page.all("//head/meta[@http-equiv]")
        if meta.get("http-equiv", "").lower() == "content-security-policy"
    ]
    if not found:
        yield Fault("the page states no Content-Security-Policy")
        return
    directives = {
        name: value.split() for name, _, value in (part.strip().partition(" ") for part in found[0].split(";"))
    }
    for name, needed in POLICY.items():
        if directives.get(name) != [needed]:
            yield Fault(f"the Content-Security-Policy does not say {name} {needed}")
    allowed = {source for sources in directives.values() for source in sources} - POLICY_SOURCES
    if allowed:
        yield Fault(f"the Content-Security-Policy allows {' '.join(sorted(allowed))}")


def outside_links(page: BuiltPage) -> Iterator[Fault]:
    """A link to another host says noopener."""
    for link in page.all("//a[@href]"):
        href = link.get("href", "")
        if is_outside(href, page.tree.config) and "noopener" not in (link.get("rel") or "").split():
            yield Fault(f"the link to {href.partition('?')[0]} has no rel=noopener", line_of(link))


def marked_links(page: BuiltPage) -> Iterator[Fault]:
    """A link that leaves .gov.cn says so."""
    for link in page.all("//a[@href]"):
        found = re.match(r"https?://([^/:?#]+)", link.get("href", ""))
        if not found or not is_outside(link.get("href", ""), page.tree.config):
            continue
        text = words(link) + (link.get("aria-label") or "") + (link.get("title") or "")
        if not found[1].endswith(".gov.cn") and "外部链接" not in text:
            yield Fault(f"the link to {found[1]} leaves .gov.cn and does not say so", line_of(link))


def foreign_markup(page: BuiltPage) -> Iterator[Fault]:
    """No element that only somebody's text can have brought."""
    for tag in FOREIGN_TAGS:
        for element in page.all(f"//{tag}"):
            yield Fault(f"the page holds <{tag}>", line_of(element))


def encoding(_: BuiltOutput, path: str, data: bytes) -> Iterator[Fault]:
    """Pages are UTF-8 without byte order mark, and say so."""
    if not path.endswith(".html"):
        return
    if data.startswith(b"\xef\xbb\xbf"):
        yield Fault("the page begins with a byte order mark", 1)
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        yield Fault("the page is not UTF-8", data.count(b"\n", 0, error.start) + 1)
    if not re.search(rb"<meta\s+charset=[\"']?utf-8", data[:1024], re.IGNORECASE):
        yield Fault("the page does not say <meta charset=utf-8> at its beginning")


def unpublishable(tree: BuiltOutput, _: tuple[PageFacts, ...]) -> Iterator[Fault]:
    """No draft, source file, source map or builder's file."""
    for path in sorted(tree.files):
        folder, name = posixpath.split(path)
        is_source = path.startswith("notices/") and folder.endswith("/source")
        if is_source and not tree.config.publish_sources:
            yield Fault("a source file is published, though site.yml does not say publish_sources: true", file=path)
        elif is_source and posixpath.splitext(name)[1].lower() not in INERT:
            yield Fault("a source of this kind runs in a browser", file=path)
        elif not is_source and (posixpath.splitext(name)[1].lower() in UNPUBLISHABLE or name.startswith((".", "~"))):
            yield Fault("a file of this kind is not meant to be published", file=path)


def traces(_: BuiltOutput, path: str, data: bytes) -> Iterator[Fault]:
    """No path of the machine that built the site, no pointer to a source map."""
    suffix = posixpath.splitext(path)[1]
    if suffix not in TEXT_SUFFIXES:
        return
    for found in re.finditer(MACHINE_PATH, data):
        name = found[0].decode("utf-8", "replace")
        yield Fault(f"the file names a folder of a machine: {name}", data.count(b"\n", 0, found.start()) + 1)
    if suffix in (".js", ".css") and b"sourceMappingURL=" in data:
        yield Fault("the file points to a source map")


def tampering(tree: BuiltOutput, _: tuple[PageFacts, ...]) -> Iterator[Fault]:
    """Every file is the one that the build wrote: listed in the manifest, with the same bytes."""
    try:
        listed, _bytes = load_manifest(tree.folder)
    except DiscloseError:
        yield Fault("the list of files cannot be read", file=MANIFEST)
        return
    found = hashes_of(tree.folder)
    found.pop(MANIFEST)
    for path, how in differing(found, listed):
        yield Fault(_TAMPERED[how], file=path)


_TAMPERED = {
    "extra": "no build made this file",
    "missing": "the build made this file, and it is gone",
    "changed": "the file was changed after the build",
}
