"""content/journal/: what was approved of each notice, word for word, whatever became of its content file since.

    content/journal/<id>/0001-3f2a….md      the content file as it was signed first; the digits are its fingerprint
    content/journal/<id>/0002-9b1c….md      as it was signed after a change

A version that somebody alters has another fingerprint than its signatures: it is passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from generator.base.diagnostics import ContentError
from generator.base.files import read_text, write_text
from generator.content.notice_file import read_notice
from generator.content.review import fingerprint, is_reviewed
from generator.model.notice import Notice

JOURNAL = "content/journal"
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
