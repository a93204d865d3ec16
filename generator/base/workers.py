"""Work in several processes. They are forked: they share what was read, and what they do need not be sendable."""

from __future__ import annotations

import contextlib
import math
import os
import sys
import threading
from collections.abc import Callable, Generator, Sequence
from typing import Any, Protocol, TypeVar

from generator.base.diagnostics import Diagnostic, DiscloseError

T = TypeVar("T")
Result = TypeVar("Result")


def processors() -> int:
    """How many processes can work at once: the processors that this process may use, which may be fewer than all."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class ProgressBar(Protocol):
    """Shows how far some work is."""

    def update(self, n: int) -> Any:
        """`n` more are done."""


Progress = Callable[[str, int], contextlib.AbstractContextManager[ProgressBar]]
"""Called with what is being done and how many there are of it."""


class _Silent:
    def update(self, n: int) -> None:
        """Nothing is shown."""


def silent(_: str, __: int) -> contextlib.AbstractContextManager[ProgressBar]:
    """Progress that shows nothing."""
    return contextlib.nullcontext(_Silent())


def in_processes(
    do: Callable[[T], Result],
    items: Sequence[T],
    *,
    jobs: int = 1,
    life: float = math.inf,
    lost: Callable[[T], Result] | None = None,
) -> Generator[Result, None, None]:
    """What `do` makes of each item, in order; it is begun at once, in up to `jobs` processes.

    Items may be added until the first result is asked for.

    Only results are sent between processes. What a process touches of the memory that it shares with this one becomes
    its own: after `life` seconds another takes its place. (Not where this process has threads: it must not fork then.)
    Closed before its end, it ends them. When one dies, by a signal perhaps, `lost` gives the result of the item that it
    had, and the rest goes on; without it, DiscloseError is raised. With it one job has a process of its own, too, where
    this one may fork.
    """
    at_once = min(jobs, len(items))
    is_apart = at_once > 1 or (at_once == 1 and lost is not None and threading.active_count() == 1)
    if is_apart and sys.platform != "win32":  # Windows cannot fork
        from generator.base.forked import in_order  # noqa: PLC0415 - it is not there on Windows

        return in_order(
            lambda number: do(items[number]), items.__len__, jobs, life, lambda number: _lost(items[number], lost)
        )
    return (do(item) for item in items)


def died(file: str) -> Diagnostic:
    """Says that a process died at a file, or at what is made of it."""
    return Diagnostic(
        code="unreadable",
        file=file,
        message="the process that read this file was ended by the system",
        hint="Take the file out of the folder and report it; perhaps the machine has too little memory.",
    )


def _lost(item: T, lost: Callable[[T], Result] | None) -> Result:
    """The result of an item whose process died."""
    if lost is None:
        raise DiscloseError(
            "a process of this command was ended from outside, perhaps for want of memory. Nothing was changed; "
            "run it again, with --jobs 1 if it happens again."
        )
    return lost(item)
