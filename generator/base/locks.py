"""One command at a time: locks that belong to a process, and end with it."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from filelock import lock_descriptor

from generator.base.files import UNFINISHED, unwritable


@contextlib.contextmanager
def alone(output: Path, waiting: Callable[[], None] = lambda: None) -> Iterator[None]:
    """Hold the lock of the folder that holds `output`: a second command waits until the first is done.

    The lock belongs to the process: killed, it leaves none behind. It cannot be taken twice. `waiting` is called when
    another process holds it.
    """
    lock = _opened(output.absolute().parent)
    try:
        if not lock_descriptor(lock, blocking=False):
            waiting()
            lock_descriptor(lock)
        yield
    finally:
        os.close(lock)


def _opened(folder: Path) -> int:
    """What is locked of a folder: itself, or a file in it where folders cannot be opened."""
    if sys.platform == "win32":
        return os.open(folder / ".disclose.lock", os.O_RDWR | os.O_CREAT)
    return os.open(folder, os.O_RDONLY)


_cleared = set[Path]()
"""Contents in which this process has looked for what was left unfinished."""


@contextlib.contextmanager
def editing(site: Path, waiting: Callable[[], None] = lambda: None) -> Iterator[None]:
    """Keep every other command from changing the content of the site; the first time, clear what a killed one left.

    Raises DiscloseError when the content cannot be written at all.
    """
    content = site / "content"
    try:
        content.mkdir(exist_ok=True)
        with alone(content / "notices", waiting):
            if content.absolute() not in _cleared:  # a look at all of a large site, at each act of a desk
                for rest in content.rglob(f"{UNFINISHED}*.tmp"):
                    rest.unlink()
                _cleared.add(content.absolute())
            yield
    except OSError as error:
        raise unwritable(content, error) from error
