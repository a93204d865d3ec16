"""content/journal/: what was approved of each notice, word for word, whatever became of its content file since.

    content/journal/<id>/0001-3f2a….md      the content file as it was signed first; the digits are its fingerprint
    content/journal/<id>/0002-9b1c….md      as it was signed after a change
    content/journal/<id>/replaced-0001.md   the content file as it was before a newer version replaced it
    content/journal/<id>/imported           the days on which it was imported
    content/journal/<id>/signed-9b1c….pdf   the paper on which it was signed, when somebody attached it

A version that somebody alters has another fingerprint than its signatures: it is passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from generator.base.dates import PartialDate
from generator.base.diagnostics import ContentError, DiscloseError, UsageError
from generator.base.files import read_text, write_bytes, write_text
from generator.content.notice_file import read_notice
from generator.content.review import fingerprint, is_reviewed
from generator.model.notice import Notice

JOURNAL = "content/journal"
_IMPORTED = "imported"
_NAME = re.compile(r"(\d{4,})-([0-9a-f]{16})\.md")


class Version(NamedTuple):
    """A notice as it was signed."""

    path: Path
    notice: Notice


def keep(site: Path, text: str, notice: Notice) -> None:
    """Keep the content file `text` of a notice that was just signed; the same words are kept once."""
    words, folder = fingerprint(notice)[:16], site / JOURNAL / notice.id
    kept = _files(folder)
    number = kept[-1][0] if kept and kept[-1][1] == words else kept[-1][0] + 1 if kept else 1
    write_text(folder / f"{number:04}-{words}.md", text)


def release(site: Path, notice_id: str, text: str) -> None:
    """Keep the content file `text` no longer: the signature that it was kept for was taken back."""
    for _, _, path in _files(site / JOURNAL / notice_id)[-1:]:
        if path.read_text("utf-8") == text:
            path.unlink()


def put_aside(site: Path, notice_id: str, text: str) -> Path:
    """Keep the content file that is about to be replaced, whatever it holds; gives where it is kept."""
    folder, number = site / JOURNAL / notice_id, 1
    while (path := folder / f"replaced-{number:04}.md").exists():
        if path.read_text("utf-8") == text:
            return path
        number += 1
    write_text(path, text)
    return path


def note_import(site: Path, notice_id: str, day: PartialDate) -> None:
    """Note the day on which a notice was imported: nobody can have reviewed it before."""
    path = site / JOURNAL / notice_id / _IMPORTED
    before = path.read_text("utf-8") if path.is_file() else ""
    if day.iso not in before.split():
        write_text(path, f"{before}{day.iso}\n")


def imported_on(site: Path, notice_id: str) -> PartialDate | None:
    """The day on which the present words of a notice were imported; None: it is not known."""
    path = site / JOURNAL / notice_id / _IMPORTED
    try:
        return PartialDate.parse(path.read_text("utf-8").split()[-1])
    except (OSError, ValueError, IndexError):
        return None


def versions(site: Path, notice_id: str) -> Iterator[Version]:
    """What was signed of a notice, the newest first; what cannot be read or was altered is passed over."""
    folder = site / JOURNAL / notice_id
    for _, words, path in reversed(_files(folder)):
        try:
            notice, _ = read_notice(read_text(path, str(path)), str(path))
        except ContentError:
            continue
        if notice and notice.id == notice_id and fingerprint(notice).startswith(words):
            yield Version(path, notice)


def reviewed_versions(site: Path, notice_id: str, steps: Sequence[str]) -> Iterator[Version]:
    """Those of them that were approved: every step was signed for their words."""
    return (one for one in versions(site, notice_id) if is_reviewed(one.notice, steps))


def _files(folder: Path) -> list[tuple[int, str, Path]]:
    """Number, fingerprint and path of what is kept, the oldest first."""
    names = ((path, _NAME.fullmatch(path.name)) for path in (folder.iterdir() if folder.is_dir() else ()))
    return sorted((int(found[1]), found[2], path) for path, found in names if found)


def attach(site: Path, notice: Notice, scan: Path) -> Path:
    """Keep the paper on which a notice was signed, for the words that it has now; nothing that is kept is replaced.

    Raises UsageError for what is no picture and no PDF.
    """
    suffix = scan.suffix.lower()
    try:
        data = scan.read_bytes()
    except OSError as error:
        raise DiscloseError(f"{scan}: cannot be read: {error.strerror}") from error
    if not any(suffix == ending and data.startswith(start) for ending, start in _SCANS):
        raise UsageError(f"{scan}: not a scan; take a .pdf, .jpg, .png or .tif file")
    stem, number = f"signed-{fingerprint(notice)[:16]}", 1
    folder = site / JOURNAL / notice.id
    while (path := folder / f"{stem}{f'-{number}' if number > 1 else ''}{suffix}").exists():
        if path.read_bytes() == data:
            return path
        number += 1
    write_bytes(path, data)
    return path


_SCANS = (
    (".pdf", b"%PDF"),
    (".jpg", b"\xff\xd8\xff"),
    (".jpeg", b"\xff\xd8\xff"),
    (".png", b"\x89PNG"),
    (".tif", b"II*\x00"),
    (".tif", b"MM\x00*"),
    (".tiff", b"II*\x00"),
    (".tiff", b"MM\x00*"),
)
"""Ending of a scan, and the bytes that it begins with."""
