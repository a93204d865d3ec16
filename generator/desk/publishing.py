"""发布: one piece of work at a time, in a process of its own; pages come and go, and find it again."""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import os
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from generator.base.language import chinese
from generator.base.layout import files_read
from generator.desk.events import Events
from generator.desk.pool import clean_context
from generator.desk.publish_job import JobOrder, JobWord, Planned, work
from generator.release.releases import Release


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishRun:
    """A piece of work: under way, done, failed or stopped."""

    order: JobOrder
    stamp: str
    """What the site was when it began."""
    step: int = 0
    done: int = 0
    total: int = 0
    is_running: bool = True
    planned: Planned | None = None
    released: Release | None = None
    failed: str = ""
    """Why it came to nothing, in Chinese."""
    changed_since: bool = False
    seconds: float = 0
    ended: str = ""
    """Clock time."""


class Publisher:
    """Its methods may be called from several threads."""

    def __init__(self, site: Path, events: Events, after: Callable[[PublishRun], None]) -> None:
        """`after` is called, in a thread, when a release was put live."""
        self._site, self._events, self._after = site, events, after
        self._lock = threading.Lock()
        self._run: PublishRun | None = None
        self._process: Any = None

    @property
    def run(self) -> PublishRun | None:
        """The work that is under way, or the last one."""
        return self._run

    def stamp(self) -> str:
        """Changes when any file changes that a release is made from."""
        found = hashlib.sha256()
        for name, place in files_read(self._site):
            with contextlib.suppress(OSError):
                seen = os.stat(place)  # noqa: PTH116 - thousands of them at every look
                found.update(f"{name}\0{seen.st_mtime_ns}\0{seen.st_size}\0".encode())
        return found.hexdigest()

    def start(self, order: JobOrder) -> bool:
        """Begin; False while other work is under way."""
        stamp = self.stamp()
        with self._lock:
            if self._run is not None and self._run.is_running:
                return False
            context: Any = clean_context()
            mine, other = context.Pipe(duplex=False)
            self._process = context.Process(target=work, args=(other, order), daemon=False)
            self._run = PublishRun(order=order, stamp=stamp)
            self._process.start()
            other.close()
        threading.Thread(target=self._follow, args=(mine, self._process), daemon=True).start()
        self._events.tell("publish", step=0)
        return True

    def stop(self) -> None:
        """End the work: what is live is the old release or the new one, whole."""
        with self._lock:
            process = self._process
        if process is not None and process.is_alive():
            process.terminate()

    def _follow(self, pipe: Connection, process: Any) -> None:
        begun, last = time.monotonic(), None
        with contextlib.suppress(EOFError, OSError), contextlib.closing(pipe):
            while last is None or not last.is_last:
                last = pipe.recv()
                self._hear(last)
        process.join()
        self._end(last, time.monotonic() - begun)

    def _hear(self, said: JobWord) -> None:
        with self._lock:
            if self._run is not None:
                self._run = replace(self._run, step=said.step, done=said.done, total=said.total)
        self._events.tell("publish", step=said.step, done=said.done, total=said.total)

    def _end(self, last: JobWord | None, seconds: float) -> None:
        is_whole = last is not None and last.is_last
        failed = "" if is_whole else "停下了，或者程序中断了。"
        if last is not None and last.failed:
            failed = chinese().say(last.failed)
        with self._lock:
            if self._run is None:
                return
            self._run = replace(
                self._run,
                is_running=False,
                planned=last.planned if last and is_whole else None,
                released=last.released if last and is_whole else None,
                changed_since=bool(last and last.changed_since),
                failed=failed,
                seconds=seconds,
                ended=f"{dt.datetime.now().astimezone():%H:%M:%S}",
            )
            run = self._run
        if run.released is not None:
            self._after(run)
        self._events.tell("publish", step=run.step, ended=True)
