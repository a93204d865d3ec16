"""What kind of file some bytes are, whatever the file's name says: one row a signature."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Signature:
    """Bytes by which a kind of file is known."""

    kind: str
    pattern: re.Pattern[bytes]
    name: str
    """As an error says it."""
    within: int = 64
    """How many bytes of the file's beginning are looked at."""


def _row(kind: str, pattern: bytes, name: str, within: int = 64) -> Signature:
    return Signature(kind, re.compile(pattern, re.DOTALL | re.IGNORECASE), name, within)


_TAGS = (
    rb"!doctype\s+html|html|head|body|meta|title|table|tbody|tr|div|p|br|span|center|font|h[1-6]|ul|ol|section|article|"
    rb"main|header|style|script|link|base|b|strong|a|img"
)
"""Tags that a web page, or a piece of one, begins with."""
_ANYWHERE = re.compile(
    rb".*?<(?:!doctype\s+html|html|head|body|meta|title|table|div|p|br)\b", re.DOTALL | re.IGNORECASE
)

SIGNATURES: tuple[Signature, ...] = (
    _row("pdf", rb"\s*%PDF-", "a PDF file", 1024),
    _row("zip", rb"PK(\x03\x04|\x05\x06|\x07\x08)", "a zip archive"),
    _row("ole", rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office file"),
    _row("rtf", rb"\s*\{\\rtf", "a rich text file"),
    _row("wordml", rb"\s*(\xef\xbb\xbf)?<\?xml.{0,200}<\?mso-application\s+progid=.Word", "a Word XML file", 512),
    _row("picture", rb"\x89PNG|\xff\xd8\xff|GIF8|BM.{4}\0\0\0\0|II\*\0|MM\0\*|RIFF.{4}WEBP", "a picture"),
    _row("ofd", rb"<\?xml.{0,200}ofd:OFD", "an OFD file", 512),
    _row("rar", rb"Rar!\x1a\x07|7z\xbc\xaf\x27\x1c|\x1f\x8b\x08|BZh|\xfd7zXZ", "an archive that is not a zip"),
    _row("program", rb"MZ.{58}|\x7fELF", "a program"),
    _row("caj", rb"CAJ|HN|KDH ", "a CAJ file", 4),
    _row("mht", rb"\s*+(?:[\w-]++:[^\n]*+\n(?>(?:[ \t][^\n]*+\n)*))*?mime-version:", "a saved web page (.mht)", 4096),
    _row("html", rb"\s*+(?>(?:(?><!--.*?-->|<\?xml[^>]*+>)\s*+)*)<(?:" + _TAGS + rb")\b", "a web page", 4096),
)

FOREIGN = frozenset({"picture", "ofd", "rar", "program", "caj"})
"""Kinds that no reader reads, whatever the file is called."""

_BY_KIND = {signature.kind: signature for signature in SIGNATURES}
_BOMS = ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))


def signature_of(data: bytes) -> str | None:
    """The kind of the first signature that `data` begins with; None: text, or nothing known."""
    head = _narrow(data[:8192])
    for signature in SIGNATURES:
        if signature.pattern.match(head[: signature.within]):
            return signature.kind
    return None


def has_tags(data: bytes) -> bool:
    """Whether tags stand near the beginning: a text may speak of them, so the file's name has to say it is a page."""
    return _ANYWHERE.match(_narrow(data[:8192])[:4096]) is not None


def name_of(kind: str) -> str:
    """The kind as an error says it: `a PDF file`."""
    return _BY_KIND[kind].name


def _narrow(head: bytes) -> bytes:
    """The ASCII in UTF-16 text as ASCII, so that one pattern fits every encoding."""
    for bom, encoding in _BOMS:
        if head.startswith(bom):
            return head[2:].decode(encoding, "replace").encode("ascii", "replace")
    return head.removeprefix(b"\xef\xbb\xbf")
