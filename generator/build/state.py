"""What the last build of an output read and wrote: a file beside it, by which the next build knows what to make.

It may be deleted at any time: a build that finds none, or none that it understands, makes everything. It is JSON Lines:

    {"lines": [lengths of the others], "version": …}        what was read, what was said
    {"names": […], "made_from": […]}                        sections, and what each is made from
    {"paths": […], "sizes": […], "times": […]}              of each section the files as they were written
    {"names": […], "fingerprints": […], "counts": […]}      of each its targets, and how many of the files each has;
     "hashes": of the files;
     "notes": of some targets what each of their files is made from

so that processes divide among them to see that nobody touched a file, and of a section that stays as it is nothing else
is read: it is noted again as it was.
"""

from __future__ import annotations

import contextlib
import dataclasses
import hashlib
import itertools
import os
import time
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import orjson

from generator.base.diagnostics import Diagnostic, Severity
from generator.base.files import bytes_of, write_bytes
from generator.base.looked import is_recent
from generator.base.staging import Staging, Written, is_as_written
from generator.base.workers import in_processes
from generator.build.made import NOTHING, LastMade, SectionMade, files_of

_VERSION = 7
_MANY = 1_500_000
"""Bytes of the note: the files that they tell of are looked at faster than another process is started."""

Stamp = tuple[int, int, int, int]
"""Size, time of change, time of change of the inode, inode: what tells without reading that a file is the same."""


class Looked(NamedTuple):
    """What a look at the files of some sections gave: as in `LastMade`."""

    touched: Sequence[str]
    unlinked: Sequence[str]
    unsettled: Sequence[int]
    """The numbers of the sections."""


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
    manifest: str
    """The hash of the manifest that it wrote."""
    _output: Path
    _seal: str
    _index: bytes
    _files: Sequence[bytes]
    _rest: Sequence[bytes]

    def is_current(self, program: str, stamps: Mapping[str, Stamp], jobs: int = 1) -> bool:
        """Whether this program would read the same files, and the output is as it was written."""
        return self.program == program and same(self.stamps, stamps) and self.is_whole(jobs)

    def is_whole(self, jobs: int = 1) -> bool:
        """Whether every file is in the output as it was written."""
        return all(in_processes(self._stand, self._shares(), jobs=jobs, lost=lambda _: False))

    def _shares(self) -> Sequence[range]:
        """The numbers of the sections, shared out."""
        starts, count = [0], 0
        for number, line in enumerate(self._files):
            count += len(line)
            if count > _MANY:
                starts.append(number + 1)
                count = 0
        return [range(*pair) for pair in itertools.pairwise((*starts, len(self._files)))]

    def _stand(self, share: range) -> bool:
        try:
            with _inside(self._output) as output:
                return all(_is_as_it_was(output, *file) for n in share for file in files_of(self._files[n]))
        except (OSError, *_DAMAGED):
            return False

    def look(self, staging: Staging) -> Generator[Looked, None, None]:
        """Whether the files stand in the output, and rest in the staging folder.

        It is asked by a process of its own, which is begun at once.
        """

        def look(share: range) -> Looked:
            all_touched, all_unlinked, unsettled = list[str](), list[str](), list[int]()
            with _inside(self._output) as output, _inside(staging.folder) as folder:
                for number in share:
                    touched, unlinked = list[str](), list[str]()
                    for file in files_of(self._files[number]):
                        path = file[0]
                        if not _is_as_it_was(output, *file):
                            touched.append(path)
                        elif path not in staging.rested or (
                            path in staging.unsure and not _is_as_it_was(folder, *file)
                        ):
                            unlinked.append(path)
                    if touched or unlinked:
                        unsettled.append(number)
                        all_touched += touched
                        all_unlinked += unlinked
            return Looked(all_touched, all_unlinked, unsettled)

        return in_processes(look, self._shares(), lost=look)

    def made(self, looked: Iterable[Looked]) -> LastMade:
        """What it made, of which a `look` was taken; nothing when the note is not as it was written."""
        if _seal_of((self._index, *self._files, *self._rest)) != self._seal:
            return NOTHING
        try:
            looks, index = list(looked), orjson.loads(self._index)
        except OSError:  # somebody takes the output away
            return NOTHING
        noted = zip(self._files, self._rest, strict=True)
        names = index["names"]
        return LastMade(
            {
                name: SectionMade(made_from, noted=lines)
                for name, made_from, lines in zip(names, index["made_from"], noted, strict=True)
            },
            frozenset(path for look in looks for path in look.touched),
            frozenset(path for look in looks for path in look.unlinked),
            frozenset(names[number] for look in looks for number in look.unsettled),
        )


def _is_as_it_was(place: tuple[int | None, str], path: str, size: int, written: int) -> bool:
    root, before = place
    try:
        found = os.stat(before + path, dir_fd=root)
    except OSError:
        return False
    return found.st_size == size and found.st_mtime_ns == written


_DAMAGED = (ValueError, KeyError, TypeError, AttributeError)
"""What a note raises that is not as it was written."""


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
        index, *lines = _cut(rest, data["lines"])
        half = len(lines) // 2
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
            manifest=data["manifest"]["sha256"],
            _output=output,
            _seal=data["seal"],
            _index=index,
            _files=lines[:half],
            _rest=lines[half:],
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
        noted = [section.noted for section in sections.values()]
        index = {"names": list(sections), "made_from": [section.made_from for section in sections.values()]}
        lines = [_line(index), *(files for files, _ in noted), *(rest for _, rest in noted)]
        first = _line({"lines": list(map(len, lines)), "seal": _seal_of(lines), **data})
        write_bytes(_place(output), b"".join([first, *lines]))


def _seal_of(lines: Iterable[bytes]) -> str:
    """By which lines are known to be as they were written."""
    found = hashlib.blake2b(digest_size=16)
    for line in lines:
        found.update(line)
    return found.hexdigest()


def _line(value: object) -> bytes:
    return orjson.dumps(value, option=orjson.OPT_APPEND_NEWLINE)


def _place(output: Path) -> Path:
    output = output.absolute()
    return output.with_name(f".{output.name}.build.json")
