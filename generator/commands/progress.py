"""How far a command is, for a person who waits."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterable, Iterator

from generator.base.language import say
from generator.base.workers import ProgressBar, silent


def bar(what: str, total: int) -> contextlib.AbstractContextManager[ProgressBar]:
    """A progress bar with rate and time left; nothing where nobody looks."""
    if not sys.stderr.isatty():
        return silent(what, total)
    from tqdm import tqdm  # noqa: PLC0415 - slow to load

    tqdm.monitor_interval = 0  # no thread: a process with threads must not fork
    shown: contextlib.AbstractContextManager[ProgressBar] = tqdm(total=total, desc=say(what), leave=False, delay=1)
    return shown


def tracked(paths: Iterable[str], count: int, what: str) -> Iterator[str]:
    """The paths, `count` of them, while a bar shows how far the work on them is."""
    with bar(what, count) as shown:
        for path in paths:
            yield path
            shown.update(1)
