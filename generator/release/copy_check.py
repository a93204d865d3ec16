"""What is seen in some files of a copy. Each is read once, in whatever process, and what is sent back is small."""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple

from generator.base.diagnostics import DiscloseError
from generator.base.workers import in_processes
from generator.release.copies import Copy
from generator.release.packing import SUFFIX, unpacked
from generator.release.same_words import Origins, faults_of_copies, text_of_record
from generator.sitelint.built import BuiltOutput, BuiltPage, PageLinks, read_page
from generator.sitelint.links import links_of

_RECORD, _PAGE, _TEXT = "notice.json", "index.html", "notice.txt"
_FOLDER = re.compile(r"notices/[^/]+/")
_LEAST = 64
"""Files of a portion, at least, so that processes do not wait for each other."""


class CopyFault(NamedTuple):
    """What does not hold."""

    code: str
    path: str
    """In the copy."""
    message: str
    line: int = 0


@dataclass(slots=True)
class Faults:
    """What was seen in some files."""

    files: list[CopyFault] = field(default_factory=list)
    """What is wrong with their bytes."""
    words: list[CopyFault] = field(default_factory=list)
    """Which of them have other words than they should."""
    pages: list[PageLinks] = field(default_factory=list)
    companions: int = 0
    notices: int = 0
    sourced: int = 0
    """Notices whose words were compared with their source."""
    unproved: list[str] = field(default_factory=list)
    """Why those of the others could not be."""

    def add(self, other: Faults) -> None:
        """Add what was seen in other files."""
        self.files += other.files
        self.words += other.words
        self.pages += other.pages
        self.companions += other.companions
        self.notices += other.notices
        self.sourced += other.sourced
        self.unproved += other.unproved


def portions(paths: Iterable[str]) -> list[list[str]]:
    """The paths in runs that can be looked at each alone: the files of a notice are in one."""
    found: list[list[str]] = [[]]
    for _, group in groupby(sorted(paths), _group):
        found[-1] += group
        if len(found[-1]) >= _LEAST:
            found.append([])
    return [portion for portion in found if portion]


def _group(path: str) -> str:
    """The folder of the notice to which the file belongs; of any other file its path."""
    found = _FOLDER.match(path)
    return found[0] if found else path


def dead_at(paths: Sequence[str]) -> list[CopyFault]:
    """Says that a process died at a file, or at one in the folder that some have in common."""
    path = paths[0] if len(paths) == 1 else posixpath.commonpath(paths)
    return [CopyFault("unreadable", path, "the process that read this file was ended by the system")]


class CopyCheck:
    """Looks at the files of a copy."""

    def __init__(
        self, copy: Copy, listed: Mapping[str, str], there: Collection[str] | None, tree: BuiltOutput, origins: Origins
    ) -> None:
        """`listed`: the manifest; `there`: what is in the copy, None when this cannot be known."""
        self._copy, self._listed, self._there, self._tree, self._origins = copy, listed, there, tree, origins
        self._sent = copy.listing()

    def at(self, portion: Iterable[str]) -> Faults:
        """What is seen in one of the `portions`; the files of one notice are in memory together."""
        seen = Faults()
        for group, paths in groupby(portion, _group):
            held = {path: self._file(seen, path) for path in paths}
            is_notice = group + _RECORD in held
            for path in (group + _PAGE, group + _TEXT) if is_notice else ():
                held.setdefault(path, self._copy.read(path))  # though a forger took it off the list
            pages = {path: read_page(self._tree, path, data or b"") for path, data in held.items() if _is_page(path)}
            seen.pages += [links_of(page) for page in pages.values() if page]
            if is_notice:
                self._notice(seen, group, held, pages[group + _PAGE])
        return seen

    def one_by_one(self, portion: Iterable[str]) -> Faults:
        """What is seen in a portion at which a process died: that of which files is named."""
        whole = Faults()
        groups = [list(paths) for _, paths in groupby(portion, _group)]
        for seen in in_processes(self.at, groups, lost=lambda paths: Faults(files=dead_at(paths))):
            whole.add(seen)
        return whole

    def published(self, paths: Iterable[str]) -> list[CopyFault]:
        """Which of the files that were published, but not listed, are not byte for byte what was sent."""
        found = []
        for path in paths:
            data = self._copy.read(path)
            if data is None:
                found.append(CopyFault("file-missing", path, "it was published, and is not here"))
            elif message := _altered(data, self._sent[path], "published"):
                found.append(CopyFault("file-changed", path, message))
        return found

    def _file(self, seen: Faults, path: str) -> bytes | None:
        """The bytes of a listed file."""
        data = self._copy.read(path)
        if data is None:
            seen.files.append(CopyFault("file-missing", path, "the manifest lists this file, and it is not here"))
            return None
        if message := _altered(data, self._listed[path], "built"):
            seen.files.append(CopyFault("file-changed", path, message))
        self.companion(seen, path, data)
        return data

    def companion(self, seen: Faults, path: str, data: bytes) -> None:
        """What is sent compressed unpacks to the same bytes."""
        packed = self._copy.packed(path)
        is_beside = bool(self._there) and path + SUFFIX in (self._there or ())
        if is_beside:
            packed = unpacked(self._copy.read(path + SUFFIX) or b"", len(data))
        if is_beside or packed is not None:
            seen.companions += 1
            if packed != data:
                where = path + SUFFIX if self._there else path
                seen.files.append(
                    CopyFault("file-changed", where, "what comes out when it is unpacked is not the file")
                )

    def _notice(self, seen: Faults, folder: str, held: Mapping[str, bytes | None], page: BuiltPage | None) -> None:
        """The words of a notice are the same in its files, and those of its source."""
        seen.notices += 1
        record = held[folder + _RECORD]
        if record is None:
            return  # said already
        try:
            found = text_of_record(record)
        except DiscloseError as error:
            seen.words.append(CopyFault("words-differ", folder + _RECORD, str(error)))
            return
        if found is None:
            return
        text, id_ = found
        for name, message in faults_of_copies(text, page, held[folder + _TEXT] or b""):
            seen.words.append(CopyFault("words-differ", folder + name, message))
        try:
            fault = self._origins.fault(id_, text)
        except DiscloseError as error:
            seen.unproved.append(f"{id_}: {error}")
            return
        seen.sourced += 1
        if fault:
            seen.words.append(CopyFault(fault[0], folder + _RECORD, fault[1]))


def _is_page(path: str) -> bool:
    return path.endswith(".html")


def _altered(data: bytes, right: str, how: str) -> str | None:
    """Says that the bytes are not as they were `how`, because they have not the right SHA-256; None: they have."""
    sha256 = hashlib.sha256(data).hexdigest()
    return None if sha256 == right else f"not as it was {how}: SHA-256 {sha256}, not {right}"
