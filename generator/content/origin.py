"""Where a notice came from: the words of its source, and the notice that an import of that source makes today.

    content/sources/<id>/<file> ── read, parse ──► Origin ──► kept in .cache/sources/ by the hash of the source

Reading a scan or a .doc takes seconds. What was read once by this version of the program is not read again as long as
the bytes are the same; the folder may be deleted at any time.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import json
from pathlib import Path
from typing import NamedTuple

from generator import parser, readers  # whose parts are loaded by who reads a source: few that ask for one do
from generator.base.diagnostics import DiscloseError
from generator.base.files import write_bytes
from generator.base.layout import SOURCES, digest_of_program, source_file
from generator.content.gathered import RECORD, notice_of_record
from generator.content.notice_file import read_notice, write_notice
from generator.model.notice import Notice, Source
from generator.model.proof import with_edits
from generator.readers.document import Document

_CACHE = ".cache/sources"


class Origin(NamedTuple):
    """What a source says."""

    words: str
    """Its text, as the reader gives it."""
    notice: Notice
    """What an import makes of it."""
    is_exported: bool = False
    """The source is a content file of another site: its words stand as they are, no edit is to be applied to them."""

    def edited(self, notice: Notice) -> str:
        """The words of the source with the edits that are on record. Raises ValueError when these do not fit."""
        return self.notice.text if self.is_exported else with_edits(self.words, notice.edits)


class OriginError(DiscloseError):
    """There is no source to compare with, or it is another one. `code` says which."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def origin_of(site: Path, notice: Notice) -> Origin:
    """The origin of a notice of the site. Raises OriginError: source-unproved, source-changed."""
    data, path = _bytes_of(site, notice)
    if hashlib.sha256(data).hexdigest() != notice.source.sha256:
        raise OriginError("source-changed", f"{path} is not the file that was imported: its SHA-256 is another")
    kept = _kept(site, notice.source.sha256, path.name)
    if kept is not None:
        return kept
    try:
        origin, _ = read_origin(data, path.name)
    except DiscloseError as error:
        raise OriginError("source-unproved", f"its source cannot be read: {error}") from error
    remember(site, notice.source.sha256, path.name, origin)
    return origin


def _bytes_of(site: Path, notice: Notice) -> tuple[bytes, Path]:
    """The source of a notice and where it lies."""
    path = source_file(site, notice.id, notice.source.file)
    if path is None:
        for other in sorted((site / SOURCES / notice.id).glob("*")):
            if other.is_file() and hashlib.sha256(other.read_bytes()).hexdigest() == notice.source.sha256:
                raise OriginError("source-changed", f"its source is {other.name}, not {notice.source.file}")
        raise OriginError("source-unproved", f"its source {notice.source.file} is not here")
    try:
        return path.read_bytes(), path
    except OSError as error:
        raise OriginError("source-unproved", f"{path} cannot be read: {error.strerror}") from error


def read_origin(data: bytes, name: str) -> tuple[Origin, Document]:
    """What a source file says, whatever it is; raises ReadError for what no reader can read."""
    if Path(name).name == RECORD:
        return Origin("", notice_of_record(data), is_exported=True), Document(text="", blocks=(), format="json")
    document = readers.read_document(data, name)
    exported, _ = read_notice(document.text, name) if document.format == "md" else (None, [])
    if exported is not None:
        return Origin(document.text, exported, is_exported=True), document
    source = Source(file=Path(name).name, format=document.format, sha256=hashlib.sha256(data).hexdigest())
    return Origin(document.text, parser.parse(document, source)), document


def remember(site: Path, sha256: str, name: str, origin: Origin) -> None:
    """Keep what was read; what earlier versions of the program kept of this source goes.

    A content file of another site is not kept: the hash in it is that of its own source.
    """
    if origin.is_exported:
        return
    place = _place(site, sha256, name)
    record = {"words": origin.words, "notice": write_notice(origin.notice), "is_exported": origin.is_exported}
    with contextlib.suppress(OSError, UnicodeEncodeError):  # a folder that cannot be written costs time, no more
        for old in place.parent.glob(f"{sha256}*"):
            old.unlink()
        write_bytes(place, json.dumps(record, ensure_ascii=False).encode())


def _kept(site: Path, sha256: str, name: str) -> Origin | None:
    place = _place(site, sha256, name)
    try:
        found = place.stat()
    except OSError:
        return None
    return _read(place, found.st_mtime_ns, found.st_size)


@functools.lru_cache(maxsize=4)
def _read(place: Path, _stamp: int, _size: int) -> Origin | None:
    """What is kept at a place. An act at the desk asks for the same one several times."""
    try:
        record = json.loads(place.read_bytes())
        notice, problems = read_notice(record["notice"])
        return None if notice is None or problems else Origin(record["words"], notice, record["is_exported"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _place(site: Path, sha256: str, name: str) -> Path:
    """Where it is kept. The reader depends on the file's ending, too."""
    key = hashlib.sha256(f"{digest_of_program()}{Path(name).suffix.lower()}".encode()).hexdigest()
    return site / _CACHE / f"{sha256}-{key[:16]}.json"
