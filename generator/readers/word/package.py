"""The parts of an Office file, read from its zip archive and as XML without trusting either."""

from __future__ import annotations

import io
import lzma
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from lxml import etree

from generator.readers import limits
from generator.readers.document import ReadError

DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    KeyError,
    NotImplementedError,
    OSError,
    OverflowError,
    RuntimeError,  # zipfile raises it for a password
    UnicodeError,
    ValueError,
)
"""What zipfile raises for archives that are broken, cut off or made to harm."""

_WORTH_A_LOOK = 4 << 20
"""Below this many bytes the ratio of unpacked to packed does not matter."""
_ENCRYPTED = 1
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


@contextmanager
def damage_is_said(what: str) -> Iterator[None]:
    """Turns every error of a broken archive or of broken XML into a ReadError that says so."""
    try:
        yield
    except etree.XMLSyntaxError as error:
        raise ReadError(f"{what} is damaged ({error.msg}). Open it in its program and save it again.") from None
    except DAMAGED as error:
        raise ReadError(f"{what} is damaged or cut off ({error}). Fetch or save it again.") from None


def open_zip(data: bytes) -> zipfile.ZipFile:
    """The archive in `data`, its directory checked against the limits before anything is unpacked."""
    with damage_is_said("the archive"):
        archive = zipfile.ZipFile(io.BytesIO(data))
    members = archive.infolist()
    limits.check("members", len(members))
    unpacked = sum(member.file_size for member in members)
    limits.check("unpacked-bytes", unpacked)
    if unpacked > _WORTH_A_LOOK:
        limits.check("ratio", unpacked // max(1, len(data)))
    return archive


def open_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, limit: str = "part-bytes") -> IO[bytes]:
    """The unpacked bytes of `member` as a stream, which ends where the directory says. Raises ReadError."""
    if member.flag_bits & _ENCRYPTED:
        raise ReadError(f"“{member.filename}” is protected by a password. Save it without one.")
    if member.compress_type not in _METHODS:
        raise ReadError(f"“{member.filename}” is packed in an unusual way. Pack it again as an ordinary zip.")
    limits.check(limit, member.file_size)
    return archive.open(member)


class Package:
    """An Office Open XML package: its parts by name."""

    def __init__(self, data: bytes) -> None:
        self._archive = open_zip(data)
        self._members = {member.filename.lstrip("/"): member for member in self._archive.infolist()}

    def __contains__(self, name: str) -> bool:
        return name in self._members

    def tree(self, name: str) -> etree._Element | None:
        """The root of a part's XML; None when the package has no such part."""
        if name not in self._members:
            return None
        root = None
        for root in self.elements(name):  # noqa: B007  the last one that ends is the root
            pass
        return root

    def elements(self, name: str) -> Iterator[etree._Element]:
        """The elements of a part, each when it ends. A document type, which could name entities, is refused."""
        with damage_is_said("the file"):
            with open_member(self._archive, self._members[name]) as head:
                _refuse(head.read(4096))
            stream = open_member(self._archive, self._members[name])
            parser = etree.iterparse(
                stream, events=("end",), resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
            )
            for count, (_, element) in enumerate(parser):
                if not count and element.getroottree().docinfo.internalDTD is not None:
                    raise ReadError(_DOCUMENT_TYPE)
                if not count & 0xFFF:
                    limits.check("elements", count)
                yield element

    def related(self, name: str) -> dict[str, tuple[str, str]]:
        """Relationship id → (last word of its type, name of the part) of the parts that part `name` refers to."""
        folder, base = posixpath.split(name)
        root = self.tree(posixpath.join(folder, "_rels", base + ".rels"))
        found = {}
        for element in root if root is not None else ():
            if element.get("TargetMode") == "External" or not isinstance(element.tag, str):
                continue
            target = posixpath.normpath(posixpath.join("/", folder, element.get("Target", ""))).lstrip("/")
            found[element.get("Id", "")] = (element.get("Type", "").rpartition("/")[2], target)
        return found


_DOCUMENT_TYPE = "its XML declares a document type, as no Office program writes it. Leave the file out."
"""It can name entities that grow without end, other files, or words that would be missing."""


def _refuse(head: bytes) -> None:
    """A document type near the beginning is refused before anything is read; one further on, when it was read."""
    if b"<!DOCTYPE" in head.replace(b"\0", b""):
        raise ReadError(_DOCUMENT_TYPE)
