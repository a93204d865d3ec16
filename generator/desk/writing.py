"""One at a time: whoever changes the content of the site holds its lock while he reads, compares and writes."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from generator.base.locks import editing

SECONDS = 5
"""Seconds for which an act waits for another program."""
_STEP = 0.05
_threads = threading.Lock()


class Busy(Exception):  # noqa: N818 - no fault of anybody
    """Another program holds the content of the site."""


@contextlib.contextmanager
def writing(site: Path, seconds: float = SECONDS) -> Iterator[None]:
    """Keep every other thread and every other command from the content. Raises Busy when one holds it for too long.

    Raises DiscloseError when the content cannot be written at all.
    """
    end = time.monotonic() + seconds
    if not _threads.acquire(timeout=seconds):
        raise Busy
    try:
        with contextlib.ExitStack() as held:
            while True:
                try:
                    held.enter_context(editing(site, _give_up))
                    break
                except Busy:
                    if time.monotonic() > end:
                        raise
                    time.sleep(_STEP)
            yield
    finally:
        _threads.release()


def _give_up() -> None:
    raise Busy
