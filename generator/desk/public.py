"""What is live now, as far as the board needs it: which words of each notice the public reads."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass

from generator.base.diagnostics import DiscloseError
from generator.desk import words
from generator.release.live import RECORD, Live
from generator.release.publish import opened


@dataclass(frozen=True, slots=True, kw_only=True)
class Public:
    """The live release at a place."""

    records: Mapping[str, str]
    """Address of a notice → SHA-256 of its record."""
    release: str = ""
    """The name of the live release; empty: none is."""
    why: str = ""
    """Why it is not known what is live, in Chinese; empty: it is."""

    def has(self, address: str, digest: str) -> bool:
        """Whether the public reads a notice in these words: its record's SHA-256 is that of the live one."""
        return self.records.get(address) == digest


UNKNOWN = Public(records={}, why="正在去看线上有哪些")


def look(address: str) -> Public:
    """What is live at a place now."""
    if not address:
        return Public(records={}, why="还没有设置发布到哪里")
    try:
        with opened(address) as target:
            live = target.live()
            files = Live(target).files if live else {}
    except DiscloseError as error:
        return Public(records={}, why=words.of_error(error))
    records = {found[1]: sha for path, sha in files.items() if (found := RECORD.fullmatch(path))}
    return Public(records=records, release=live.name if live else "")


class Watch:
    """Keeps what was seen last. May be asked from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.seen = UNKNOWN

    def refresh(self, address: str) -> Public:
        """Look again."""
        with self._lock:
            self.seen = look(address)
            return self.seen
