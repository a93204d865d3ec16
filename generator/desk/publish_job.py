"""What is done in the process that publishes: it says how far it is, and may be ended at any moment.

A release is switched in one step, so whoever ends it leaves the old one live or the new one, whole.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Literal

from generator.base.diagnostics import DiscloseError
from generator.base.layout import OUTPUT
from generator.base.manifest import load_manifest
from generator.base.workers import ProgressBar, processors
from generator.content.config import load_config
from generator.desk import words
from generator.desk.in_the_way import InTheWay, blocking, in_the_way
from generator.editorial.next_release import NextRelease, next_release
from generator.editorial.outcome import NoticeOutcome, PageChange, page_changes
from generator.editorial.selection import keep_approved
from generator.release.destination import Destination
from generator.release.publish import check_apart, opened, preview_rollback, publish, rollback
from generator.release.releases import Changes, Release
from generator.sitelint.leaks import secrets_of

Work = Literal["check", "publish", "look-back", "roll-back"]
STEPS = ("生成网站", "查一遍", "送过去", "逐个核对", "切换", "再看一眼")


@dataclass(frozen=True, slots=True, kw_only=True)
class JobOrder:
    """What is to be done."""

    work: Work
    site: Path
    address: str
    """Where to."""
    only: str = ""
    """Id of the notice that may change; empty: all."""
    expected: str = ""
    """The release that the person saw and confirmed: the hash of its manifest."""
    wanted: str = ""
    """Name of the release to return to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """What a release would change, as the page shows it."""

    digest: str = ""
    rows: tuple[NoticeOutcome, ...] = ()
    pages: tuple[PageChange, ...] = ()
    files: tuple[str, ...] = ()
    """All files that change, marked."""
    counts: tuple[int, int, int, int] = (0, 0, 0, 0)
    """Files added, changed, removed, unchanged."""
    blocking: tuple[InTheWay, ...] = ()
    open: tuple[InTheWay, ...] = ()
    is_held: bool = False
    releases: tuple[Release, ...] = ()
    """Kept at the place, the newest first."""
    live: Release | None = None
    back_to: Release | None = None
    """The release to return to, when that is what was asked."""
    refusal: str = ""
    """Why it may not be returned to."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing would change."""
        return not any(self.counts[:3])


@dataclass(frozen=True, slots=True, kw_only=True)
class JobWord:
    """A word from the process: how far it is, what came of it."""

    step: int = 0
    done: int = 0
    total: int = 0
    planned: Planned | None = None
    released: Release | None = None
    failed: str = ""
    changed_since: bool = False
    """Whether it is another release than the one that was confirmed."""
    is_last: bool = False


@dataclass
class _Voice:
    """Tells the desk how far the work is; a hundred files make one word."""

    pipe: Connection
    step: int = 0
    _every: int = field(default=1)

    def at(self, step: int, done: int = 0, total: int = 0) -> None:
        self.step = step
        self.pipe.send(JobWord(step=step, done=done, total=total))

    def progress(self, _: str, total: int) -> AbstractContextManager[ProgressBar]:
        return contextlib.nullcontext(_JobBar(self, total))

    def track(self, paths: Iterable[str], count: int, _: str) -> Iterator[str]:
        for number, path in enumerate(paths):
            if number % max(1, count // 50) == 0:
                self.at(max(self.step, 2), number, count)
            yield path

    def say(self, text: str) -> None:
        if text.startswith("sending"):
            self.at(2)
        elif text.startswith("verifying"):
            self.at(3)


class _JobBar:
    def __init__(self, voice: _Voice, total: int) -> None:
        self._voice, self._total, self._done = voice, total, 0

    def update(self, n: int) -> None:
        """Tell of it, now and then."""
        before, self._done = self._done, self._done + n
        if before * 50 // max(1, self._total) != self._done * 50 // max(1, self._total):
            self._voice.at(0, self._done, self._total)


def work(pipe: Connection, order: JobOrder) -> None:
    """Do it; the last word says what came of it."""
    voice = _Voice(pipe)
    doing: dict[Work, Callable[[JobOrder, _Voice], JobWord]] = {
        "check": _check,
        "publish": _publish,
        "look-back": _look_back,
        "roll-back": _roll_back,
    }
    try:
        os.chdir(order.site)
        last = doing[order.work](order, voice)
    except DiscloseError as error:
        last = JobWord(step=voice.step, failed=words.of_error(error), is_last=True)
    except OSError as error:
        said = f"{error.filename or order.site}: {error.strerror or error}"
        last = JobWord(step=voice.step, failed=said, is_last=True)
    pipe.send(last)


def _prepared(order: JobOrder, voice: _Voice, destination: Destination) -> tuple[NextRelease, Planned]:
    output = order.site / OUTPUT
    check_apart(order.address, output)
    voice.at(0)
    release = next_release(
        order.site,
        output,
        destination,
        load_config(order.site),
        only={order.only} if order.only else None,
        jobs=processors(),
        progress=voice.progress,
    )
    voice.at(1)
    _, manifest = load_manifest(output)
    return release, Planned(
        digest=hashlib.sha256(manifest).hexdigest(),
        rows=release.rows,
        pages=tuple(page_changes(release.changes, output)),
        files=tuple(release.changes.rows()),
        counts=_counts(release.changes),
        blocking=tuple(blocking(release.prepared, output, order.only)),
        open=tuple(in_the_way(one) for one in release.open),
        is_held=release.is_held,
        releases=tuple(reversed(destination.releases())),
        live=destination.live(),
    )


def _counts(changes: Changes) -> tuple[int, int, int, int]:
    return len(changes.added), len(changes.changed), len(changes.removed), changes.unchanged


def _check(order: JobOrder, voice: _Voice) -> JobWord:
    with opened(order.address) as destination:
        _, planned = _prepared(order, voice, destination)
    return JobWord(step=1, planned=planned, is_last=True)


def _publish(order: JobOrder, voice: _Voice) -> JobWord:
    config = load_config(order.site)
    with opened(order.address) as destination:
        release, planned = _prepared(order, voice, destination)
        if release.is_held or planned.digest != order.expected:
            return JobWord(step=1, planned=planned, changed_since=True, is_last=True)
        voice.at(2)
        done = publish(
            order.site / OUTPUT,
            destination,
            keep=config.keep_releases,
            now=dt.datetime.now(dt.UTC),
            track=voice.track,
            say=voice.say,
        )
        voice.at(5)
        _look(destination, done.release)
        planned = _with_releases(planned, destination)
    keep_approved(order.site, release.prepared.choices, config.review_steps)
    return JobWord(step=6, released=done.release, planned=planned, is_last=True)


def _look(destination: Destination, release: Release) -> None:
    """Read what is live back once more. Raises DiscloseError."""
    live = destination.live()
    if live != release or destination.hashes(release.name) != destination.listed(release):
        raise DiscloseError(f"{release.name} was put live, and is not what was sent; look at the server at once")


def _with_releases(planned: Planned, destination: Destination) -> Planned:
    values = {name: getattr(planned, name) for name in Planned.__dataclass_fields__}
    return Planned(**values | {"releases": tuple(reversed(destination.releases())), "live": destination.live()})


def _look_back(order: JobOrder, voice: _Voice) -> JobWord:
    voice.at(1)
    with opened(order.address) as destination:
        release, changes, refusal = preview_rollback(destination, order.wanted, secrets=secrets_of(order.site))
        planned = Planned(
            pages=tuple(page_changes(changes, Path())),
            files=tuple(changes.rows()),
            counts=_counts(changes),
            releases=tuple(reversed(destination.releases())),
            live=destination.live(),
            back_to=release,
            refusal=refusal,
        )
    return JobWord(step=1, planned=planned, is_last=True)


def _roll_back(order: JobOrder, voice: _Voice) -> JobWord:
    voice.at(3)
    with opened(order.address) as destination:
        done = rollback(destination, order.wanted, secrets=secrets_of(order.site))
        voice.at(5)
        _look(destination, done.release)
        planned = Planned(releases=tuple(reversed(destination.releases())), live=destination.live())
    return JobWord(step=6, released=done.release, planned=planned, is_last=True)
