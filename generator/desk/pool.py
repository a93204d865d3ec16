"""Processes for what counts long.

Pages stay quick while a hundred files are read, and a file that ends a process ends nothing else.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import forkserver
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from typing import ParamSpec, TypeVar

from generator.base.workers import processors

_LATER = 5
"""How much less of a processor a process asks for than a page does."""
Given = ParamSpec("Given")
T = TypeVar("T")


class Pool:
    """A few processes that know nothing of this one: what they are given and what they give is sent to and fro."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._pool: ProcessPoolExecutor | None = None
        self._is_closed = False

    def submit(self, work: Callable[Given, T], *arguments: Given.args, **named: Given.kwargs) -> Future[T]:
        """Have a process work; where one has died, all are made anew. What it had raises BrokenProcessPool."""
        with self._lock:
            if self._is_closed:
                raise RuntimeError(work)
            if self._pool is None or self._pool._broken:  # noqa: SLF001
                self._pool = _new()
            return self._pool.submit(work, *arguments, **named)

    def close(self) -> None:
        """End them, whatever they do."""
        with self._lock:
            self._is_closed = True
            if self._pool is not None:
                workers = list(self._pool._processes.values())  # noqa: SLF001 - no other way to end what hangs
                self._pool.shutdown(wait=False, cancel_futures=True)
                for worker in workers:
                    worker.terminate()


def _new() -> ProcessPoolExecutor:
    most = max(1, min(processors(), 4))
    return ProcessPoolExecutor(most, mp_context=clean_context(), initializer=_begin_work)


def _begin_work() -> None:
    """Let whoever waits at a page go first, and end when the desk is gone.

    One that was killed tells nobody, and work would be waited for.
    """
    if sys.platform != "win32":
        os.nice(_LATER)
    desk = multiprocessing.parent_process()
    if desk is not None:
        threading.Thread(target=_end_after, args=(desk,), daemon=True).start()


def _end_after(process: BaseProcess) -> None:
    process.join()
    os._exit(1)


def begin() -> None:
    """Have the process that others are forked from load what they need, while this one does something else."""
    if clean_context().get_start_method() == "forkserver":
        forkserver.ensure_running()


_LOADED = ["generator.desk.summary", "generator.desk.publish_job", "generator.parser.pipeline",
           "generator.readers.all_readers"]  # fmt: skip
"""What the processes need, loaded once for all of them."""


def clean_context() -> BaseContext:
    """Makes processes that share nothing with this one, which has threads: to fork it as it is would not be safe."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(_LOADED)
    return context
