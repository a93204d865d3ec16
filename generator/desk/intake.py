"""Files that were dropped on the desk: what came of each, and what may be done about those that did not come in.

A file is read in a process of its own and without the lock; the lock is held only while it is put into the content.
"""

from __future__ import annotations

import itertools
import os
import tempfile
import threading
from collections import Counter
from collections.abc import Sequence
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from generator.base.dates import PartialDate
from generator.base.diagnostics import DiscloseError
from generator.base.files import content_files, notice_files
from generator.desk import words
from generator.desk.events import Events
from generator.desk.pool import Pool
from generator.desk.writing import Busy, writing
from generator.editorial.importing import Imported, Importer, Ready, read_ready
from generator.editorial.replacing import Fit, Replacement, Replacer, told
from generator.editorial.source_files import SourceFile, files_in

Came = Literal["reading", "taken", "updated", "known", "asks", "refused", "failed"]
_KEPT = 200
"""Results that the page shows at most; older ones are forgotten, and their files."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileChoice:
    """What may be done with a file that waits."""

    how: str
    """`force`, `again`, `new`, `replace:ID`, `mine:ID`, `theirs:ID`: what the form sends."""
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FileResult:
    """What came of a file."""

    number: int
    name: str
    came: Came
    said: str = ""
    id: str = ""
    """Of its notice; empty: there is none."""
    choices: tuple[FileChoice, ...] = ()
    rows: tuple[str, ...] = ()
    """What would be lost, or was kept, a line each."""


class Intake:
    """Takes files in. Its methods may be called from several threads."""

    def __init__(self, site: Path, pool: Pool, events: Events) -> None:
        self._site, self._pool, self._events = site, pool, events
        self._folder = tempfile.TemporaryDirectory(prefix="disclose-desk-")
        self._lock = threading.Lock()
        self._numbers = itertools.count(1)
        self._results: dict[int, FileResult] = {}
        self._importer: Importer | None = None
        self._learning = threading.Lock()
        self._stamps: dict[str, tuple[int, int]] = {}

    @property
    def results(self) -> list[FileResult]:
        """What came of each file, the newest first."""
        with self._lock:
            return sorted(self._results.values(), key=lambda one: -one.number)

    def counts(self) -> Counter[str]:
        """How many came in, wait, and were sent back."""
        return Counter(one.came for one in self.results)

    def forget(self) -> None:
        """Clear the list of all that is done with."""
        with self._lock:
            for number in [number for number, one in self._results.items() if one.came != "reading"]:
                self._drop(number)

    def close(self) -> None:
        """Delete what waits."""
        self._folder.cleanup()

    def take(self, name: str, data: bytes) -> list[FileResult]:
        """Take in a file, or all that are in an archive."""
        shown = name.replace("\\", "/").rpartition("/")[2] or words.NO_NAME
        return [self._begin(file) for file in files_in(shown, data)]

    def again(self, number: int, how: str) -> FileResult | None:
        """Try a file once more, as a choice says; None: it is no longer there."""
        with self._lock:
            one = self._results.get(number)
        path = self._path(number)
        if one is None or how not in {choice.how for choice in one.choices} or not path.is_file():
            return None
        return self._read(SourceFile(name=one.name, data=path.read_bytes()), number, how)

    def _begin(self, file: SourceFile) -> FileResult:
        with self._lock:
            number = next(self._numbers)
            for old in sorted(self._results)[: -_KEPT + 1 or None] if len(self._results) >= _KEPT else ():
                self._drop(old)
        if isinstance(file.data, DiscloseError):
            said = words.of_import(str(file.data), file.name)
            return self._keep(FileResult(number=number, name=file.name, came="failed", said=said))
        self._path(number).write_bytes(file.data)
        return self._read(file, number, "")

    def _read(self, file: SourceFile, number: int, how: str) -> FileResult:
        self._keep(FileResult(number=number, name=file.name, came="reading"))
        try:
            ready = self._pool.submit(read_ready, file, force=how == "force").result()
            with writing(self._site):
                found = self._put(file, ready, how)
        except BrokenProcessPool:
            found = FileResult(number=0, name="", came="failed", said=words.BROKE)
        except Busy:
            found = FileResult(number=0, name="", came="failed", said=words.BUSY, choices=(_AGAIN,))
        except DiscloseError as error:
            found = FileResult(number=0, name="", came="failed", said=words.of_error(error), choices=(_AGAIN,))
        return self._keep(replace(found, number=number, name=file.name))

    def _put(self, file: SourceFile, ready: Ready | Imported, how: str) -> FileResult:
        """Put a file that was read into the content, or say why not. The lock is held."""
        if isinstance(ready, Imported):
            return _refused(ready)
        importer = self._fresh()
        way, _, into = how.partition(":")
        if importer.known(file) is None and way in ("", "again"):
            if same := importer.same(ready[0]):
                return _known(same)
            if near := importer.near(ready[0]):
                return _asks(near)
        path = next((path for path in notice_files(self._site) if path.stem == into), None) if into else None
        side = _SIDES.get(way)
        chosen = importer.but(
            day=PartialDate.of(words.today()),
            force=way == "force" or path is not None,
            as_new=way == "new",
            into=path,
            replacer=Replacer(self._site, choose=lambda _, __: side) if path else None,
        )
        done = chosen.take(file, ready)
        if done.content is not None:
            place = done.content.relative_to(self._site).as_posix()
            self._stamps[place] = _stamp(self._site, place)
        return _result(done, into)

    def learn(self) -> None:
        """Learn what is in the content before a file comes: of a thousand notices that takes seconds."""
        self._fresh()

    def _fresh(self) -> Importer:
        """An importer that knows what is in the content now."""
        with self._learning:
            stamps = {file: _stamp(self._site, file) for file in content_files(self._site)}
            if self._importer is None or self._stamps.keys() - stamps.keys():
                self._importer = Importer(self._site)
            else:
                for file in (file for file, stamp in stamps.items() if self._stamps.get(file) != stamp):
                    self._importer.see(self._site / file)
            self._stamps = stamps
            return self._importer

    def _path(self, number: int) -> Path:
        return Path(self._folder.name, str(number))

    def _keep(self, one: FileResult) -> FileResult:
        with self._lock:
            self._results[one.number] = one
        if one.came != "reading" and not one.choices:
            self._path(one.number).unlink(missing_ok=True)
        self._events.tell("import", number=one.number, came=one.came)
        return one

    def _drop(self, number: int) -> None:
        del self._results[number]
        self._path(number).unlink(missing_ok=True)


_AGAIN = FileChoice(how="again", name="再试")
_SIDES: dict[str, Literal["mine", "theirs"]] = {"mine": "mine", "theirs": "theirs"}


def _stamp(site: Path, file: str) -> tuple[int, int]:
    found = os.stat(f"{site}/{file}")  # noqa: PTH116 - a thousand of them at every file
    return found.st_mtime_ns, found.st_size


def _known(path: Path) -> FileResult:
    return FileResult(number=0, name="", came="known", said=words.KNOWN, id=path.stem)


def _asks(near: Sequence[Fit]) -> FileResult:
    choices = [
        FileChoice(how=f"replace:{one.path.stem}", name=words.replaces(one.path.stem, one.share)) for one in near
    ]
    return FileResult(
        number=0, name="", came="asks", said=words.ASKS, choices=(*choices, FileChoice(how="new", name="这是新的一份"))
    )


def _refused(done: Imported) -> FileResult:
    came: Came = "refused" if done.outcome == "refused" else "failed"
    choice = (
        FileChoice(how="force", name="仍要收下") if done.outcome == "refused" and "--force" in done.reason else _AGAIN
    )
    return FileResult(number=0, name="", came=came, said=words.of_import(done.reason, done.source), choices=(choice,))


def _result(done: Imported, into: str) -> FileResult:
    """What the page says of an import."""
    if done.outcome == "unchanged" and done.content is not None:
        return _known(done.content)
    if done.outcome in ("imported", "updated") and done.content is not None and done.notice is not None:
        return FileResult(
            number=0,
            name="",
            came="taken" if done.outcome == "imported" else "updated",
            said=words.of_notice(done.notice),
            id=done.content.stem,
            rows=tuple(words.lines(told(done.replaced))) if done.replaced else (),
        )
    if done.replaced is not None and done.replaced.merged.open:
        return _differs(done.replaced, into)
    return _refused(done)


def _differs(done: Replacement, into: str) -> FileResult:
    sides = (FileChoice(how=f"mine:{into}", name="都留我改的"), FileChoice(how=f"theirs:{into}", name="都用新版的"))
    rows = words.lines(row.partition("; the place is called ")[0] for row in told(done, is_open=True))
    return FileResult(number=0, name="", came="asks", said=words.DIFFERS, id=into, choices=sides, rows=tuple(rows))
