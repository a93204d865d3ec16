"""Work in several processes. They are forked: they share what was read, and what they do need not be sendable."""

from __future__ import annotations

import contextlib
import math
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable, Generator, Sequence
from multiprocessing.connection import Connection, wait
from typing import Any, Protocol, TypeVar, cast

from generator.base.diagnostics import DiscloseError

Item = TypeVar("Item")
Result = TypeVar("Result")

_LOOK = 0.5
"""Seconds between two looks whether the process that forked this one still lives."""


def processors() -> int:
    """How many processes can work at once: the processors that this process may use, which may be fewer than all."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


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


def in_processes(
    do: Callable[[Item], Result],
    items: Sequence[Item],
    *,
    jobs: int = 1,
    life: float = math.inf,
    lost: Callable[[Item], Result] | None = None,
) -> Generator[Result, None, None]:
    """What `do` makes of each item, in order; it is begun at once, in up to `jobs` processes.

    Only results are sent between processes. What a process touches of the memory that it shares with this one becomes
    its own: after `life` seconds another takes its place. (Not where this process has threads: it must not fork then.)
    Closed before its end, it ends them. When one dies, by a signal perhaps, `lost` gives the result of the item that it
    had, and the rest goes on; without it, DiscloseError is raised.
    """
    jobs = min(jobs, len(items))
    if jobs <= 1 or "fork" not in multiprocessing.get_all_start_methods():
        return (do(item) for item in items)

    def work(number: int) -> Any:
        return do(items[number])

    def gone(number: int) -> Any:
        if lost is None:
            raise DiscloseError(
                "a process of this command was ended from outside, perhaps for want of memory. Nothing was changed; "
                "run it again, with --jobs 1 if it happens again."
            )
        return lost(items[number])

    return _in_order(work, [_Worker(work, first) for first in range(jobs)], len(items), life, gone)


class _Worker:
    """A forked process that works on one number after the other. A pool would hang when one dies while it answers."""

    def __init__(self, work: Callable[[int], Any], first: int) -> None:
        context = multiprocessing.get_context("fork")
        self.pipe, other = context.Pipe()
        self._process = context.Process(target=_answer, args=(work, first, other, os.getpid()), daemon=True)
        self._process.start()
        self._born = time.monotonic()
        self._number = first
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


def _in_order(
    work: Callable[[int], Any], workers: Sequence[_Worker], count: int, life: float, gone: Callable[[int], Any]
) -> Generator[Any, None, None]:
    by_pipe = {worker.pipe: worker for worker in workers}
    begun, found = len(workers), dict[int, tuple[Any, BaseException | None]]()
    try:
        for number in range(count):
            while number not in found:
                for pipe in wait(list(by_pipe)):
                    worker = by_pipe[cast("Connection", pipe)]
                    answer = worker.answer()
                    has_died = isinstance(answer, int)
                    at, result, error = (answer, gone(answer), None) if isinstance(answer, int) else answer
                    found[at] = (result, error)
                    if begun == count:
                        if has_died:
                            by_pipe.pop(worker.pipe).end()
                        continue
                    if has_died or worker.age > life:
                        by_pipe.pop(worker.pipe).end()
                        worker = _Worker(work, begun)
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
