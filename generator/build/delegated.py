"""Targets made by other processes, of this machine or of others, that share a site's folders with this one.

Whoever runs them is an executor as Python has it (`concurrent.futures.Executor`). A task is a list of names and what
the last build made of these: a process that gets one gathers the site for itself, once a build, and makes them as this
one would. It may be run twice, one after the other or at once, since a process that is believed dead may not be.
"""

from __future__ import annotations

import dataclasses
import gc
import hashlib
import os
import pickle
import queue
import socket
import sqlite3
import threading
import zlib
from collections import deque
from collections.abc import Callable, Generator, Mapping, Sequence
from concurrent.futures import CancelledError, Future
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from generator.base.clearing import BEGUN
from generator.base.diagnostics import ContentError, DiscloseError
from generator.base.layout import SOURCES, TEMPLATES, Contents, digest_of_program, files_read
from generator.base.shipped import shipped
from generator.base.staging import Staging
from generator.build.executor import Executed, Hands, Maker
from generator.build.load import gather
from generator.build.made import SectionMade
from generator.build.plan import Plan
from generator.build.store import opened_to_read
from generator.build.targets.target import TargetSection

_AHEAD = 500
"""Tasks that are given out and not done yet: more than any cluster has processors, and a few megabytes."""
_LOOK = 1.0
"""Seconds without a result after which is asked whether there is still somebody who works."""


class Workforce(Protocol):
    """An executor of which can be told what became of it."""

    def submit(self, do: Callable[[str, bytes], bytes], /, *args: Any) -> Future[bytes]:
        """Have something done by whoever is free."""

    def watch(self) -> None:
        """Raise DiscloseError when nobody works any longer."""

    def is_deadly(self, error: BaseException) -> bool:
        """Whether a task failed because each process that had it died."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedBuild:
    """A build of which others make targets."""

    site: Path
    """From the root on."""
    contents: Contents | None
    """The notices that are built (`driver.build`)."""
    staging: Staging
    """Nothing rests in it, and nothing stands."""
    digest: str
    """The hash of all that was read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Task:
    """Sections to make."""

    build: SharedBuild
    names: Sequence[str]
    """Of sections."""
    target: str
    """The name of one of theirs, which alone is to be made; empty: all."""
    before: Mapping[str, SectionMade]
    """What the last build made of them."""
    touched: frozenset[str] | None
    unlinked: frozenset[str]
    """As in the staging folder, of their files."""


# --------------------------------------------------------------------------------------------- the one that gives out


def shared_build(site: Path, contents: Contents | None, plan: Plan, staging: Staging) -> SharedBuild:
    """The build of a plan into a shared staging folder, as others are told of it."""
    bare = Staging(output=staging.output, folder=staging.folder, apart=staging.apart)
    placed = None if contents is None else {name: path.absolute() for name, path in contents.items()}
    return SharedBuild(site=site.absolute(), contents=placed, staging=bare, digest=_digest(plan, site))


def delegated(workforce: Workforce, build: SharedBuild) -> Hands:
    """Has targets made by others; one at which every process dies is kept as it was."""
    return lambda maker, tasks: _Giving(workforce, build, maker).results(tasks)


class _HandedOut(NamedTuple):
    """Sections that are given out; with a target that one of them alone."""

    sections: Sequence[TargetSection]
    target: str = ""


class _Giving:
    """Gives tasks out. One that dies takes others with it: what is lost is given again target by target, then alone."""

    def __init__(self, workforce: Workforce, build: SharedBuild, maker: Maker) -> None:
        self._workforce, self._build, self._maker = workforce, build, maker
        self._program = _program()
        self._waiting = dict[Future[bytes], _HandedOut]()
        self._done = queue.SimpleQueue[Future[bytes]]()

    def results(self, tasks: Sequence[Sequence[TargetSection]]) -> Generator[Executed, None, None]:
        """What comes, as it comes."""
        todo, suspects = deque(map(_HandedOut, tasks)), list[_HandedOut]()
        while todo or self._waiting:
            while todo and len(self._waiting) < _AHEAD:
                self._give(todo.popleft())
            given, found = self._next()
            if found:
                yield found
            elif given.target:
                suspects.append(given)
            else:
                parts = [_HandedOut([one], target.name) for one in given.sections for target in one.plan()]
                todo.extendleft(reversed(parts))
        for given in suspects:
            self._give(given)
            yield self._next()[1] or self._maker.kept(given.sections[0].name, given.target)

    def _give(self, given: _HandedOut) -> None:
        future = self._workforce.submit(make_named, self._program, _packed(self._build, self._maker, given))
        self._waiting[future] = given
        future.add_done_callback(self._done.put)

    def _next(self) -> tuple[_HandedOut, Executed | None]:
        """The next of which something is heard; without a result when each process that had it died."""
        while True:
            try:
                future = self._done.get(timeout=_LOOK)
                break
            except queue.Empty:
                self._workforce.watch()
        given = self._waiting.pop(future)
        error = None if future.cancelled() else future.exception()
        if error and self._workforce.is_deadly(error):
            return given, None
        return given, _result(self._workforce, future)


def _result(workforce: Workforce, future: Future[bytes]) -> Executed:
    try:
        found: Executed = pickle.loads(future.result())  # noqa: S301 - who makes the files is trusted with more
    except CancelledError as error:
        workforce.watch()
        raise DiscloseError("the work was cancelled from outside. Nothing was changed; build again.") from error
    except ModuleNotFoundError as error:
        raise DiscloseError(
            f"a worker lacks a part of the program ({error.name}): install the same disclose on all machines, and "
            "start the workers again"
        ) from error
    return found


def _packed(build: SharedBuild, maker: Maker, given: _HandedOut) -> bytes:
    staging = maker.staging
    before = {one.name: made for one in given.sections if (made := maker.before.get(one.name))}
    paths = [path for made in before.values() for path in made.paths]
    task = _Task(
        build=build,
        names=[one.name for one in given.sections],
        target=given.target,
        before=before,
        touched=None if staging.touched is None else staging.touched.intersection(paths),
        unlinked=staging.unlinked.intersection(paths),
    )
    return pickle.dumps(task, 5)


# ------------------------------------------------------------------------------------------------- the one that makes


def make_named(program: str, packed: bytes) -> bytes:
    """What the targets of a packed task are now, packed: called in a process that works for a build.

    Raises DiscloseError where it would not make what the other does: in another program, in other folders, from other
    files. One task at a time, however many threads there are.
    """
    if program != _program():
        raise DiscloseError(
            f"{socket.gethostname()}: a worker there has another disclose, Python or library than this machine; "
            "install the same ones, and start the workers again"
        )
    task: _Task = pickle.loads(packed)  # noqa: S301 - who may give tasks may run anything (docs/scale.md)
    with _alone:
        plan, staging = _known_of(task.build)
        staging = dataclasses.replace(staging, touched=task.touched, unlinked=task.unlinked)
        maker = Maker(plan, staging, task.before)
        return pickle.dumps(maker.make([_named(plan, name, task.target) for name in task.names]), 5)


_alone = threading.Lock()
_known = dict[Path, tuple[Plan, Staging]]()
"""By its staging folder the build that was worked for last."""


def _known_of(build: SharedBuild) -> tuple[Plan, Staging]:
    """Plan and staging folder of a build."""
    if known := _known.get(build.staging.folder):
        return known
    _known.clear()
    gc.unfreeze()
    gc.collect()  # all that was known of the last one
    known = _known[build.staging.folder] = _gathered(build), build.staging
    gc.freeze()
    return known


def forget(folder: Path) -> None:
    """Let go what is known of the build with that staging folder."""
    if _known.pop(folder, None):
        gc.unfreeze()


def _gathered(build: SharedBuild) -> Plan:
    here, folder = socket.gethostname(), build.staging.folder
    if not (folder / BEGUN).is_file():
        raise DiscloseError(
            f"{here}: a worker there does not see {folder}: the site and its output must lie on a disk that all "
            "machines share, at the same path"
        )
    try:
        plan = Plan(gather(build.site, build.contents, store=opened_to_read(build.site, digest_of_program())))
        digest = _digest(plan, build.site)
    except (ContentError, OSError):
        digest = ""
    if digest != build.digest:
        raise DiscloseError(
            f"{here}: a worker there reads other files in {build.site} than this machine: it must lie on a disk that "
            "all machines share; where it was changed a moment ago, build again"
        )
    return plan


def _named(plan: Plan, name: str, target: str) -> TargetSection:
    section = plan.part(name)
    return next(section.only(one) for one in section.plan() if one.name == target) if target else section


def _program() -> str:
    """What must be the same wherever the same bytes are to be made."""
    return f"{digest_of_program()} {zlib.ZLIB_RUNTIME_VERSION} {sqlite3.sqlite_version} {os.name}"


def _digest(plan: Plan, site: Path) -> str:
    """The hash of all that a build is made from; of files that are read when they are published, size and time."""
    found, program = hashlib.sha256(plan.of_all.encode()), str(shipped(TEMPLATES))
    for name, path in sorted(files_read(site, {})):
        if name.startswith((SOURCES, TEMPLATES)):
            seen = os.stat(path)  # noqa: PTH116 - as many as there are notices
            time = 0 if path.startswith(program) else int(seen.st_mtime)  # each machine has a program of its own
            found.update(f"{name}\0{seen.st_size}\0{time}\0".encode())
    return found.hexdigest()
