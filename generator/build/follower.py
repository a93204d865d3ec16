"""Follows the files of a site: what somebody saves while a preview or a desk is open."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from watchfiles import watch

from generator.base.console import warn
from generator.base.layout import SITE_FILE, files_read, template_folders
from generator.base.looked import COARSE

_TREES = ("content", "templates")
_JOIN, _STEP = 200, 25
"""Milliseconds: saves that follow each other within the first are one change; a pause of the second ends it."""
_POLL = 500
"""Milliseconds between two looks for changes, where the system does not tell of them."""
_LOOK = 1000
"""Milliseconds between two looks whether it is time to stop."""


class Follower:
    """Tells of changes below a site's folder, of the site's own files alone: no build and no library is among them."""

    def __init__(self, folder: Path, changed: Callable[[Iterable[Path]], None], begun: int) -> None:
        self._folder, self._changed, self._begun = folder, changed, begun
        self._stop, self._again = threading.Event(), threading.Event()
        self._polls: bool | None = None
        """Whether it looks for changes itself; None: where the library knows that it must."""

    def follow_folder(self) -> None:
        """Tell of site.yml; look again which trees there are when a folder comes or goes."""
        names = {self._folder / name for name in (SITE_FILE, *_TREES)}
        for paths in self._changes(self._folder, recursive=False, stop=self._stop):
            if ours := paths & names:
                self._changed(ours)
                self._again.set()

    def follow_trees(self) -> None:
        """Tell of content and templates; first of what was saved between the first reading and the first look."""
        is_first = True
        while not self._stop.is_set():
            self._again.clear()
            trees = {self._folder / name for name in _TREES} | {
                path.absolute() for path in template_folders(self._folder)
            }
            for paths in self._changes(*filter(Path.is_dir, trees), recursive=True, stop=self._again):
                if ours := paths | set(self._missed() if is_first else ()):
                    self._changed(ours)
                is_first = False

    def stop(self) -> None:
        """Tell nothing more."""
        self._stop.set()
        self._again.set()

    def _missed(self) -> Iterator[Path]:
        """What was saved since it was begun to read; nobody told of that."""
        for _, place in files_read(self._folder):
            with contextlib.suppress(OSError):
                path = Path(place)
                if path.stat().st_mtime_ns > self._begun - COARSE:  # times may be told too early
                    yield path

    def _changes(self, *places: Path, recursive: bool, stop: threading.Event) -> Iterator[set[Path]]:
        while not stop.is_set():
            try:
                for changes in watch(
                    *places,
                    recursive=recursive,
                    watch_filter=None,
                    debounce=_JOIN,
                    step=_STEP,
                    stop_event=stop,
                    rust_timeout=_LOOK,
                    yield_on_timeout=True,
                    raise_interrupt=False,
                    force_polling=self._polls,
                    poll_delay_ms=_POLL,
                ):
                    yield {Path(path) for _, path in changes}
            except (OSError, RuntimeError) as error:  # no watches are left; no instances (WatchfilesRustInternalError)
                if self._polls:
                    warn(f"The preview follows no changes any more: {error}. Start it again.")
                    return
                self._polls = True
                warn(
                    f"The system tells of no changes ({error}): the preview looks for them itself, which takes longer."
                )
            else:
                return
