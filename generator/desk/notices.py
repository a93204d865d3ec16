"""The content files as the desk sees them: each read when it is asked for, with the hash that tells its version."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.base.diagnostics import ContentError, Diagnostic
from generator.base.files import content_files, stem_of, text_in
from generator.content.notice_file import read_notice
from generator.model.notice import Notice


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A content file, read."""

    id: str
    """The name of the file, and the address of its pages."""
    path: Path
    data: bytes
    text: str
    """What `data` says; empty where it is no text."""
    version: str
    """SHA-256 of the bytes: what a page was made from, and what an act was made for."""
    notice: Notice | None
    """None: the file is broken."""
    problems: Sequence[Diagnostic] = ()


def opened(path: Path) -> Opened:
    """The content file at `path` as it is now. One that cannot be read has problems, and no notice. Raises OSError."""
    return opened_as(path, path.read_bytes())


def opened_as(path: Path, data: bytes) -> Opened:
    """The same of a file whose bytes are read already: words and version are of one moment."""
    version = version_of(data)
    try:
        text = text_in(data, str(path))
    except ContentError as error:
        text, notice, problems = "", None, error.diagnostics
    else:
        notice, problems = _read(path, version, text)
    return Opened(id=path.stem, path=path, data=data, text=text, version=version, notice=notice, problems=problems)


_KEPT: dict[tuple[Path, str], tuple[Notice | None, list[Diagnostic]]] = {}
_MOST = 8
"""Versions that are not read again: an act looks at the same one several times."""


def remember(path: Path, version: str, notice: Notice) -> None:
    """Keep what a version is read as, where it is known already: it was read back before it was written."""
    _keep((path, version), (notice, []))


def _read(path: Path, version: str, text: str) -> tuple[Notice | None, list[Diagnostic]]:
    key = (path, version)
    found = _KEPT.get(key)
    if found is None:
        found = read_notice(text, str(path))
        _keep(key, found)
    return found


def _keep(key: tuple[Path, str], found: tuple[Notice | None, list[Diagnostic]]) -> None:
    while len(_KEPT) >= _MOST:
        _KEPT.pop(next(iter(_KEPT)), None)
    _KEPT[key] = found


def version_of(data: bytes) -> str:
    """The version of a content file with these bytes."""
    return hashlib.sha256(data).hexdigest()


class Notices:
    """Where the content files of a site lie; may be asked from several threads."""

    def __init__(self, site: Path) -> None:
        self._site = site
        self._paths: dict[str, Path] = {}
        self._lock = threading.Lock()

    def path(self, notice_id: str) -> Path | None:
        """The content file of a notice; None: there is none."""
        with self._lock:
            found = self._paths.get(notice_id)
            if found is None or not found.is_file():
                self._paths = {stem_of(file): self._site / file for file in content_files(self._site)}
                found = self._paths.get(notice_id)
            return found

    def open(self, notice_id: str) -> Opened | None:
        """The notice as it is now; None: there is none."""
        path = self.path(notice_id)
        try:
            return opened(path) if path else None
        except FileNotFoundError:  # deleted between the two
            return None
