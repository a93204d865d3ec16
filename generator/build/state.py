"""What the last build of an output read and wrote: a file beside it, by which the next build knows what to make.

It may be deleted at any time: a build that finds none, or none that it understands, makes everything. It is JSON Lines:

    {"lines": [lengths of the others], "version": …}        what was read, what was said
    {"paths": […], "sizes": […], "times": […]}              files as they were written; a line for each 20 000
    {"names": […], "fingerprints": […], "counts": […]}      targets, and how many of the files each has;
     "notes": of some what each of their files is made from;
     "sections": names, what each was made from, and how many of the targets it has

so that processes divide among them to see that nobody touched a file, and the last line is read only when something
changed. The files' hashes are in the output's manifest.json.
"""

from __future__ import annotations

import contextlib
import dataclasses
import itertools
import os
import time
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import orjson

from generator.base.clearing import listed_in
from generator.base.diagnostics import Diagnostic, Severity
from generator.base.files import bytes_of, write_bytes
from generator.base.looked import is_recent
from generator.base.staging import Staging, Written, is_as_written
from generator.base.workers import in_processes
from generator.build.made import NOTHING, LastMade, Made, SectionMade

_VERSION = 6
_MANY = 20_000
"""Files of one line: they are looked at faster than another process is started."""

Stamp = tuple[int, int, int, int]
"""Size, time of change, time of change of the inode, inode: what tells without reading that a file is the same."""


class Looked(NamedTuple):
    """What a look at some files of the output gave."""

    touched: Sequence[str]
    """Those that are not as they were written."""
    rested: Sequence[str]
    """As in `LastMade`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildReport:
    """What a build did."""

    diagnostics: tuple[Diagnostic, ...]
    notices: int
    pages: int
    files: int
    made: int = 0
    """Files that were made; the others stay as they were, since nothing that they are made from changed."""
    changed: int = 0
    """Files that are new or hold other bytes than before."""

    @property
    def failed(self) -> bool:
        """Whether any diagnostic is an error."""
        return any(found.severity is Severity.ERROR for found in self.diagnostics)


@dataclass(frozen=True, kw_only=True)
class BuildState:
    """A build that came to its end."""

    program: str
    """The hash of the program that built."""
    stamps: Mapping[str, Stamp]
    """Every file that was there to be read."""
    report: BuildReport
    """What it would do again: nothing was made, nothing changed."""
    _output: Path
    _files: Sequence[bytes]
    _targets: bytes

    def is_current(self, program: str, stamps: Mapping[str, Stamp], jobs: int = 1) -> bool:
        """Whether this program would read the same files, and the output is as it was written."""
        return self.program == program and same(self.stamps, stamps) and self.is_whole(jobs)

    def is_whole(self, jobs: int = 1) -> bool:
        """Whether every file is in the output as it was written."""
        return all(in_processes(self._stand, self._files, jobs=jobs, lost=lambda _: False))

    def _stand(self, line: bytes) -> bool:
        try:
            return next(_touched(self._output, _rows(line)), None) is None
        except (OSError, *_DAMAGED):
            return False

    def look(self, staging: Staging) -> Generator[Looked, None, None]:
        """Whether the files stand in the output, and those that nobody is sure of rest in the staging folder.

        It is asked by a process of its own, which is begun at once.
        """

        def look(line: bytes) -> Looked:
            unsure = [row for row in _rows(line) if row[0] in staging.unsure]
            others = set(_touched(staging.folder, unsure))
            rested = [path for path, *_ in unsure if path not in others]
            return Looked(list(_touched(self._output, _rows(line))), rested)

        return in_processes(look, self._files, lost=look)

    def made(self, looked: Iterable[Looked]) -> LastMade:
        """What it made, of which a `look` was taken; nothing when what is in the output is not what was built."""
        try:
            hashes = listed_in(self._output) or {}
            files = [
                Written(path, hashes[path], size, written, False)
                for path, size, written in itertools.chain.from_iterable(map(_rows, self._files))
            ]
            looks = list(looked)
            touched = {path for look in looks for path in look.touched}
            columns = orjson.loads(self._targets)
            ends = itertools.accumulate(columns["counts"])
            notes = columns["notes"]
            made = [
                Made(fingerprint=fingerprint, files=tuple(files[end - count : end]), notes=tuple(notes.get(name, ())))
                for name, fingerprint, count, end in zip(
                    columns["names"], columns["fingerprints"], columns["counts"], ends, strict=True
                )
            ]
            targets = list(zip(columns["names"], made, strict=True))
            rows = [columns["sections"][column] for column in ("names", "made_from", "counts")]
            places = itertools.accumulate(rows[2])
            sections = {
                name: SectionMade(str(made_from), dict(targets[end - count : end]))
                for name, made_from, count, end in zip(*rows, places, strict=True)
            }
        except (OSError, *_DAMAGED):
            return NOTHING
        if sum(columns["counts"]) != len(files) or sum(rows[2]) != len(targets):
            return NOTHING
        standing = {file.path: file for file in files if file.path not in touched}
        rested = frozenset(path for look in looks for path in look.rested)
        return LastMade(sections, standing, rested)


def _touched(folder: Path, files: Iterable[tuple[str, int, int]]) -> Iterator[str]:
    """Those of the files that are not in a folder as they were written."""
    stat = os.stat
    with _inside(folder) as (root, before):
        for path, size, written in files:
            try:
                found = stat(before + path, dir_fd=root)
                is_as_it_was = found.st_size == size and found.st_mtime_ns == written
            except OSError:
                is_as_it_was = False
            if not is_as_it_was:
                yield path


_DAMAGED = (ValueError, KeyError, TypeError, AttributeError)
"""What a note raises that is not as it was written."""


def _rows(line: bytes) -> Iterator[tuple[str, int, int]]:
    """Path, size and time of files."""
    columns = orjson.loads(line)
    return zip(columns["paths"], columns["sizes"], columns["times"], strict=True)


@contextlib.contextmanager
def _inside(folder: Path) -> Iterator[tuple[int | None, str]]:
    """The folder as a place to ask from, and what is left to write before a path in it.

    A question that does not name all folders from the root on is a quarter cheaper.
    """
    if os.stat not in os.supports_dir_fd:
        yield None, f"{folder}/"
        return
    root = os.open(folder, os.O_RDONLY)
    try:
        yield root, ""
    finally:
        os.close(root)


def stamps_of(files: Iterable[tuple[str, str]]) -> dict[str, Stamp]:
    """The stamps of files as they are now."""
    now = time.time_ns()
    return {name: _stamp_of(path, now) for name, path in files}


NEVER: Stamp = (-1, 0, 0, 0)
"""The stamp of a file that is not there, or changed a moment ago: it says nothing."""


def _stamp_of(path: str, now: int) -> Stamp:
    try:
        found = os.stat(path)  # noqa: PTH116 - ten thousand of them: a Path costs more than the question
    except OSError:
        return NEVER
    newest = max(found.st_mtime_ns, found.st_ctime_ns)
    if is_recent(newest, now):
        return NEVER
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino


def is_changed(before: Stamp | None, now: Stamp | None) -> bool:
    """Whether a file surely came, went or changed; one that changed a moment ago cannot be told."""
    return before != now and NEVER not in (before, now)


def same(before: Mapping[str, Stamp], now: Mapping[str, Stamp]) -> bool:
    """Whether no file came, went or changed."""
    return before == now and NEVER not in now.values()


# ------------------------------------------------------------------------------------------------- reading, writing


def load(output: Path) -> BuildState | None:
    """The last build of what is in `output`; None when nothing is known of it."""
    try:
        first, _, rest = bytes_of(_place(output)).partition(b"\n")
        data = orjson.loads(first)
        if data["version"] != _VERSION or not is_as_written(output, Written(**data["manifest"])):
            return None
        *files, targets = _cut(rest, data["lines"])
        return BuildState(
            program=data["program"],
            stamps={name: tuple(stamp) for name, stamp in data["stamps"].items()},
            report=BuildReport(
                diagnostics=tuple(
                    Diagnostic(**row | {"severity": Severity(row["severity"])}) for row in data["diagnostics"]
                ),
                notices=data["notices"],
                pages=data["pages"],
                files=data["files"],
            ),
            _output=output,
            _files=files,
            _targets=targets,
        )
    except (OSError, *_DAMAGED):
        return None


def _cut(lines: bytes, lengths: Sequence[int]) -> Iterator[bytes]:
    """The lines of those lengths. Raises ValueError when these are others."""
    if sum(lengths) != len(lines):
        raise ValueError("the note is not whole")
    ends = itertools.accumulate(lengths)
    return (lines[end - length : end] for end, length in zip(ends, lengths, strict=True))


def save(
    output: Path,
    report: BuildReport,
    *,
    program: str,
    stamps: Mapping[str, Stamp],
    sections: Mapping[str, SectionMade],
    manifest: Written,
) -> None:
    """Note a build that has come to its end.

    A place that cannot be written costs the next build its speed, and so does an asset whose name is no text.
    """
    targets = [one for section in sections.values() for one in section.targets.items()]
    files = [file for _, one in targets for file in one.files]
    made_from = {
        "names": [name for name, _ in targets],
        "fingerprints": [one.fingerprint for _, one in targets],
        "counts": [len(one.files) for _, one in targets],
        "notes": {name: one.notes for name, one in targets if one.notes},
        "sections": {
            "names": list(sections),
            "made_from": [one.made_from for one in sections.values()],
            "counts": [len(one.targets) for one in sections.values()],
        },
    }
    parts = [_columns(files[at : at + _MANY]) for at in range(0, len(files), _MANY)]
    data = {
        "version": _VERSION,
        "program": program,
        "notices": report.notices,
        "pages": report.pages,
        "files": report.files,
        "manifest": manifest._asdict(),
        "diagnostics": [dataclasses.asdict(found) | {"span": None} for found in report.diagnostics],
        "stamps": stamps,
    }
    with contextlib.suppress(OSError, orjson.JSONEncodeError):
        lines = [_line(part) for part in (*parts, made_from)]
        write_bytes(_place(output), b"".join([_line({"lines": list(map(len, lines)), **data}), *lines]))


def _columns(files: Sequence[Written]) -> Mapping[str, Sequence[object]]:
    return {
        "paths": [file.path for file in files],
        "sizes": [file.size for file in files],
        "times": [file.time for file in files],
    }


def _line(value: object) -> bytes:
    return orjson.dumps(value, option=orjson.OPT_APPEND_NEWLINE)


def _place(output: Path) -> Path:
    output = output.absolute()
    return output.with_name(f".{output.name}.build.json")
