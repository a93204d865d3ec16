"""All notices of a site, as the board shows them: read at the start, and each again when its file changes."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from generator.base.diagnostics import DiscloseError
from generator.base.files import content_files, stem_of
from generator.base.layout import PHRASES, SITE_FILE, TOPICS
from generator.base.shipped import site_or_shipped
from generator.desk import words
from generator.desk.events import Events
from generator.desk.pool import Pool
from generator.desk.summary import Rules, Summary, faulty, rules_of, summaries, summarize

FileStamp = tuple[int, ...]
_AT_ONCE = 4
"""Changed files that are read while the page waits, the newest; the others are read beside it."""
_STEP = 20
"""Files that a process reads before open pages are told how far the reading is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenSite:
    """What is known of all notices now."""

    summaries: tuple[Summary, ...]
    read: int
    files: int
    """How many there are; more than `read`: the rest is being read."""
    why: str = ""
    """Why nothing can be known: what is wrong with site.yml, the topics or the phrases."""


class Overview:
    """Its methods may be called from several threads."""

    def __init__(self, site: Path, pool: Pool, events: Events, then: Callable[[], None] = lambda: None) -> None:
        """`then` is called, in a thread, whenever many files were read."""
        self._site, self._pool, self._events, self._then = site, pool, events, then
        self._lock, self._looking = threading.Lock(), threading.Lock()
        self._rules: Rules | None = None
        self._settings: FileStamp = ()
        self._known: dict[str, tuple[FileStamp, Summary]] = {}
        self._reading: dict[str, FileStamp] = {}

    def look(self) -> SeenSite:
        """What is known now. Of the files that changed the newest are read at once; the others in processes."""
        with self._looking:  # who comes meanwhile waits: he would read the same
            return self._look()

    def _look(self) -> SeenSite:
        try:
            rules = self.rules()
        except DiscloseError as error:
            return SeenSite(summaries=(), read=0, files=0, why=words.of_error(error))
        stamps = {file: stamp for file in content_files(self._site) if (stamp := self._stamp(file))}
        with self._lock:
            for gone in self._known.keys() - stamps.keys():
                del self._known[gone]
            changed = [
                file
                for file, stamp in stamps.items()
                if self._reading.get(file) != stamp and (file not in self._known or self._known[file][0] != stamp)
            ]
            changed.sort(key=lambda file: stamps[file], reverse=True)  # what somebody worked on last comes first
            now, later = changed[:_AT_ONCE], changed[_AT_ONCE:]
            self._reading.update((file, stamps[file]) for file in later)
        for at in range(0, len(later), _STEP):
            self._begin({file: stamps[file] for file in later[at : at + _STEP]}, rules)
        for file, summary in zip(now, summaries(self._site, now, rules), strict=True):
            self._keep(file, stamps[file], rules, summary)
        with self._lock:
            found = tuple(summary for _, summary in self._known.values())
        return SeenSite(summaries=found, read=len(found), files=len(stamps))

    def of(self, notice_id: str) -> Summary | None:
        """What is known of one notice, read anew when its file changed, and before its turn; None: there is none.

        Raises DiscloseError where the settings of the site cannot be read.
        """
        found = next((one for one in self.look().summaries if one.id == notice_id), None)
        path = next((self._site / file for file in content_files(self._site) if stem_of(file) == notice_id), None)
        if found is not None or path is None:
            return found
        return summarize(self._site, path, self.rules())

    def rules(self) -> Rules:
        """The rules of the site as they are now. Raises DiscloseError."""
        places = (self._site / SITE_FILE, site_or_shipped(self._site, TOPICS), site_or_shipped(self._site, PHRASES))
        now = tuple(number for place in places for number in _stamp_of(place) or (0,))
        with self._lock:
            if self._rules is not None and now == self._settings:
                return self._rules
        rules = rules_of(self._site)
        with self._lock:
            self._rules, self._settings = rules, now
            self._known.clear()
            self._reading.clear()
        return rules

    def _stamp(self, file: str) -> FileStamp | None:
        journal = _stamp_of(f"{self._site}/journal/{stem_of(file)}.jsonl")
        found = _stamp_of(f"{self._site}/{file}")
        return found and (*found, 1 if journal and journal[1] else 0)

    def _begin(self, stamps: Mapping[str, FileStamp], rules: Rules) -> None:
        future = self._pool.submit(summaries, self._site, list(stamps), rules)
        future.add_done_callback(partial(self._done, stamps, rules))

    def _done(
        self, stamps: Mapping[str, FileStamp], rules: Rules, future: Future[list[Summary | None]]
    ) -> None:  # fmt: skip
        if future.cancelled():
            return
        try:
            found = future.result()
        except BrokenProcessPool as error:
            found = [faulty(file, error) for file in stamps]
        for (file, stamp), summary in zip(stamps.items(), found, strict=True):
            self._keep(file, stamp, rules, summary)
        with self._lock:
            left = len(self._reading)
            read = len(self._known)
        self._events.tell("board", read=read, left=left)
        if not left:
            self._then()

    def _keep(self, file: str, stamp: FileStamp, rules: Rules, summary: Summary | None) -> None:
        with self._lock:
            if self._reading.get(file) == stamp:
                del self._reading[file]
            if summary is not None and self._rules is rules:  # else by other rules, and read once more
                self._known[file] = (stamp, summary)


def _stamp_of(path: Path | str) -> FileStamp | None:
    try:
        found = os.stat(path)  # noqa: PTH116 - thousands of plain strings at every look
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino
