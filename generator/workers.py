"""Work in several processes. They are forked: they share what was read, and what they do need not be sendable."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any, Protocol, TypeVar

from generator.diagnostics import DiscloseError

Item = TypeVar("Item")
Result = TypeVar("Result")

_LOOK = 0.5
"""Seconds between two looks whether the process that forked this one still lives."""


class Bar(Protocol):
    """Shows how far some work is."""

    def update(self, n: int) -> Any:
        """`n` more are done."""


Progress = Callable[[str, int], contextlib.AbstractContextManager[Bar]]
"""Called with what is being done and how many there are of it."""


class _Silent:
    def update(self, n: int) -> None:
        """Nothing is shown."""


def silent(_: str, __: int) -> contextlib.AbstractContextManager[Bar]:
    """Progress that shows nothing."""
    return contextlib.nullcontext(_Silent())


_shared: dict[str, Any] = {}  # what forked processes find: nothing of it is sent


def in_processes(do: Callable[[Item], Result], items: Sequence[Item], *, jobs: int = 1) -> Iterator[Result]:
    """What `do` makes of each item, in order; it is begun at once, in up to `jobs` processes.

    Only the results are sent between processes. Raises DiscloseError when a process dies.
    """
    jobs = min(jobs, len(items))
    if jobs <= 1 or "fork" not in multiprocessing.get_all_start_methods():
        return map(do, items)
    pool = ProcessPoolExecutor(
        jobs, mp_context=multiprocessing.get_context("fork"), initializer=_follow, initargs=(os.getpid(),)
    )
    _shared["do"], _shared["items"] = do, items
    futures = [pool.submit(_at, number) for number in range(len(items))]  # the first one forks
    return _results(pool, futures)


def _results(pool: ProcessPoolExecutor, futures: list[Future[Any]]) -> Iterator[Any]:
    try:
        for number, future in enumerate(futures):
            yield future.result()
            futures[number] = Future()  # a result is held no longer than it is needed
    except BrokenProcessPool as error:
        raise DiscloseError(
            "a process of this command was ended from outside, perhaps for want of memory. Nothing was changed; "
            "run it again, with --jobs 1 if it happens again."
        ) from error
    except BaseException:
        for child in multiprocessing.active_children():
            child.terminate()
        pool.shutdown(wait=False, cancel_futures=True)
        raise
    pool.shutdown()


def _at(number: int) -> Any:
    return _shared["do"](_shared["items"][number])


def _follow(parent: int) -> None:
    """End with the parent: Ctrl-C ends this process without a word, and so does the parent's own end."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(_LOOK)
    os._exit(1)
