"""Zip archives of source files: their members, one after the other, within limits and under harmless names."""

from __future__ import annotations

import stat
import unicodedata
import zipfile
from collections.abc import Iterator
from pathlib import PurePosixPath

from generator.readers import limits
from generator.readers.document import ReadError
from generator.readers.signatures import signature_of
from generator.readers.word.package import damage_is_said, open_member, open_zip

_UTF8_NAMES = 0x800
_PIECE = 1 << 16
_IGNORED = ("__macosx", ".ds_store", "thumbs.db", "ehthumbs.db", "desktop.ini", "@eadir", "$recycle.bin")
"""What systems leave in folders."""
_OF_PROGRAMS = ("~$", "~wr", ".~", "._")
"""Begins the names by which office programs mark that a file is open, and of what they keep beside it."""
_UNFINISHED = (".tmp", ".bak", ".wbk", ".crdownload", ".part", ".partial", ".swp", "~", ".lnk", ".url", ".webloc")
"""Ends the names of files under way, of the copies that programs keep, and of links to other places."""


_OFFICE = frozenset({"[Content_Types].xml", "_rels/.rels", "word/document.xml", "mimetype", "OFD.xml"})
"""Members by which an Office file is known, also one that lacks some of them."""


def is_archive(data: bytes) -> bool:
    """Whether the bytes are a zip archive of files, and not an Office file, which is one too."""
    if signature_of(data) != "zip":
        return False
    try:
        names = open_zip(data).namelist()
    except ReadError:
        return b"[Content_Types].xml" not in data[:4096]
    return not _OFFICE & set(names)


def is_of_a_system(name: str) -> bool:
    """Whether a file or folder of this name is no person's work: systems and programs leave it beside what is."""
    name = name.lower()
    return name in _IGNORED or name.startswith(_OF_PROGRAMS) or name.endswith(_UNFINISHED)


def members(data: bytes) -> Iterator[tuple[str, bytes | ReadError]]:
    """Name and bytes of each file in an archive, in the archive's order; an error in place of bytes that are not given.

    Names are relative, with `/` between folders, and never climb. The errors of single members: its path climbs out, it
    is a link, it is damaged, has a password, or passes a limit. Raises ReadError when the archive itself is damaged or
    passes a limit.
    """
    archive = open_zip(data)
    for member in archive.infolist():
        name = _name(member)
        if name.endswith("/") or any(map(is_of_a_system, name.split("/"))):
            continue
        try:
            yield name, _content(archive, member, name)
        except ReadError as error:
            yield name, error


def _content(archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str) -> bytes:
    if not name:
        raise ReadError("a file in it has no name. Unpack it by hand and import the files.")
    parts = PurePosixPath(name).parts
    if name.startswith("/") or ".." in parts or (parts and parts[0].endswith(":")):
        raise ReadError(f"“{name}” leads out of the archive. Unpack it by hand and import the files.")
    if stat.S_ISLNK(member.external_attr >> 16):
        raise ReadError(f"“{name}” is a link to another file, which is not followed.")
    limits.check("bytes", member.file_size)
    if member.file_size > 1 << 20:
        limits.check("ratio", member.file_size // max(1, member.compress_size))
    with damage_is_said(f"“{name}”"), open_member(archive, member, "bytes") as stream:
        return b"".join(iter(lambda: stream.read(_PIECE), b""))  # in pieces: read() unpacks all there is at once


def _name(member: zipfile.ZipInfo) -> str:
    """The member's name. Chinese Windows writes it in GBK without saying so, which zipfile takes for code page 437."""
    name = member.filename
    if not member.flag_bits & _UTF8_NAMES:
        raw = name.encode("cp437", "replace")
        for encoding in ("utf-8", "gb18030"):
            try:
                name = raw.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
    name = unicodedata.normalize("NFC", name.replace("\\", "/"))  # file names of a Mac come decomposed
    return "".join(char for char in name if char.isprintable())
