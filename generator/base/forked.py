"""Forked processes that work on numbers, one after the other; where one dies, the others go on. Not on Windows."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Generator, Sequence
from multiprocessing.connection import Connection, wait
from typing import Any, cast

assert sys.platform != "win32"  # noqa: S101 - tells mypy, too

_LOOK = 0.5
"""Seconds between two looks whether the process that forked this one still lives."""


class _Worker:
    """A forked process that works on one number after the other. A pool would hang when one dies while it answers."""

    def __init__(self, work: Callable[[int], Any], first: int, known: int) -> None:
        """It begins with the number `first`; of `known` numbers there is something to work on."""
        context = multiprocessing.get_context("fork")
        self.pipe, other = context.Pipe()
        self._process = context.Process(target=_answer, args=(work, first, other, os.getpid()), daemon=True)
        self._process.start()
        self._born = time.monotonic()
        self._number = first
        self.known = known
        other.close()  # so that its end is the end of the pipe

    @property
    def age(self) -> float:
        """In seconds."""
        return time.monotonic() - self._born

    def ask(self, number: int) -> None:
        """Have it work on another number."""
        self._number = number
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # it has died: its answer says so
            self.pipe.send(number)

    def answer(self) -> tuple[int, Any, BaseException | None] | int:
        """Number, result, error; the number alone when the process has died at it."""
        try:
            found: tuple[int, Any, BaseException | None] = self.pipe.recv()
        except (EOFError, OSError):
            return self._number
        return found

    def end(self) -> None:
        """End the process, whatever it does."""
        self._process.terminate()
        self._process.join()
        self.pipe.close()


def in_order(
    work: Callable[[int], Any], count: Callable[[], int], jobs: int, life: float, gone: Callable[[int], Any]
) -> Generator[Any, None, None]:
    """What `work` makes of each number below the count, in order; up to `jobs` processes have begun when this returns.

    The count may grow until the first result is asked for: processes that were begun before do not know of what came
    then, and are replaced. All else as in `workers.in_processes`; `gone` gives the result of a number whose process
    died.
    """
    known = count()
    workers = [_Worker(work, first, known) for first in range(min(jobs, known))]
    found = _collected(work, workers, count, jobs, life, gone)
    next(found)  # or it would not end the processes when it is closed before anything was asked of it
    return found


def _collected(
    work: Callable[[int], Any],
    workers: Sequence[_Worker],
    count: Callable[[], int],
    jobs: int,
    life: float,
    gone: Callable[[int], Any],
) -> Generator[Any, None, None]:
    by_pipe = {worker.pipe: worker for worker in workers}
    begun, found = len(workers), dict[int, tuple[Any, BaseException | None]]()
    try:
        yield None
        whole = count()
        while begun < min(jobs, whole):
            worker = _Worker(work, begun, whole)
            by_pipe[worker.pipe] = worker
            begun += 1
        for number in range(whole):
            while number not in found:
                for pipe in wait(list(by_pipe)):
                    worker = by_pipe[cast("Connection", pipe)]
                    answer = worker.answer()
                    has_died = isinstance(answer, int)
                    at, result, error = (answer, gone(answer), None) if isinstance(answer, int) else answer
                    found[at] = (result, error)
                    if begun == whole:
                        if has_died:
                            by_pipe.pop(worker.pipe).end()
                        continue
                    if has_died or worker.age > life or begun >= worker.known:
                        by_pipe.pop(worker.pipe).end()
                        worker = _Worker(work, begun, whole)
                        by_pipe[worker.pipe] = worker
                    else:
                        worker.ask(begun)
                    begun += 1
            result, error = found.pop(number)
            if error:
                raise error
            yield result
    finally:
        for worker in by_pipe.values():
            worker.end()


def _answer(work: Callable[[int], Any], number: int, pipe: Connection, parent: int) -> None:
    _follow(parent)
    while True:
        answer: tuple[int, Any, BaseException | None]
        try:
            answer = (number, work(number), None)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is raised where the result is asked for
            answer = (number, None, error)
        pipe.send(answer)
        number = pipe.recv()


def _follow(parent: int) -> None:
    """End with the parent: Ctrl-C ends this process without a word, and so does the parent's own end."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(_LOOK)
    os._exit(1)
