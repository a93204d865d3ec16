"""What the last build of an output read and wrote: a file beside it, by which the next build knows what to make.

It may be deleted at any time: a build that finds none, or none that it understands, makes everything. It is JSON Lines:

    {"lines": [lengths of the others], "version": …}        what was read, what was said
    {"paths": […], "sizes": […], "times": […]}              files as they were written; a line for each 20 000
    {"names": […], "keys": […], "counts": […]}              products, and how many of the files each has

so that processes divide among them to see that nobody touched a file, and the last line is read only when something
changed. The files' hashes stand in the output's manifest.json.
"""

from __future__ import annotations

import contextlib
import dataclasses
import functools
import itertools
import os
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import orjson

from generator.base.diagnostics import Diagnostic, Severity
from generator.base.files import Written, is_as_written, write_bytes
from generator.base.manifest import MANIFEST
from generator.base.workers import in_processes

_VERSION = 3
_MANY = 20_000
"""Files of one line: they are looked at faster than another process is started."""

Stamp = tuple[int, int, int, int]
"""Size, time of change, time of change of the inode, inode: what tells without reading that a file is the same."""

_FINE, COARSE = 50_000_000, 2_000_000_000
"""Nanoseconds in which two changes of a file may get the same time, where times have fractions and where not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A product as it was made."""

    key: str
    files: tuple[Written, ...]


@dataclass(frozen=True, kw_only=True)
class LastBuild:
    """A build that came to its end."""

    program: str
    """The hash of the program that built."""
    inputs: Mapping[str, Stamp]
    """Every file that was there to be read."""
    notices: int
    pages: int
    files: int
    """How many files were written."""
    diagnostics: tuple[Diagnostic, ...]
    _output: Path
    _files: Sequence[bytes]
    _products: bytes

    def is_whole(self, jobs: int = 1) -> bool:
        """Whether every file stands in the output as it was written."""
        return all(in_processes(self._stand, self._files, jobs=jobs))

    def _stand(self, line: bytes) -> bool:
        stat = os.stat
        try:
            with _inside(self._output) as (root, folder):
                for path, size, written in _rows(line):
                    found = stat(folder + path, dir_fd=root)
                    if found.st_size != size or found.st_mtime_ns != written:
                        return False
        except (OSError, *_DAMAGED):
            return False
        return True

    @functools.cached_property
    def products(self) -> Mapping[str, Made]:
        """By name; none when what stands in the output is not what was built."""
        try:
            listed = orjson.loads((self._output / MANIFEST).read_bytes())["files"]
            files = [
                Written(path=path, sha256=listed[path]["sha256"], size=size, time=written, changed=False)
                for path, size, written in itertools.chain.from_iterable(map(_rows, self._files))
            ]
            columns = orjson.loads(self._products)
            ends = itertools.accumulate(columns["counts"])
            made = {
                name: Made(key=key, files=tuple(files[end - count : end]))
                for name, key, count, end in zip(
                    columns["names"], columns["keys"], columns["counts"], ends, strict=True
                )
            }
        except (OSError, *_DAMAGED):
            return {}
        return made if sum(columns["counts"]) == len(files) else {}


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


def stamps(files: Iterable[tuple[str, str]]) -> dict[str, Stamp]:
    """The stamps of files as they are now."""
    now = time.time_ns()
    return {name: _stamp(path, now) for name, path in files}


_NEVER: Stamp = (-1, 0, 0, 0)


def _stamp(path: str, now: int) -> Stamp:
    try:
        found = os.stat(path)  # noqa: PTH116 - ten thousand of them: a Path costs more than the question
    except OSError:
        return _NEVER
    newest = max(found.st_mtime_ns, found.st_ctime_ns)
    if newest + (COARSE if newest % 1_000_000_000 == 0 else _FINE) > now:
        return _NEVER  # a change in this very moment would not show in the times (Git calls such a file racy)
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino


def is_changed(before: Stamp | None, now: Stamp | None) -> bool:
    """Whether a file surely came, went or changed; one that changed a moment ago cannot be told."""
    return before != now and _NEVER not in (before, now)


def same(before: Mapping[str, Stamp], now: Mapping[str, Stamp]) -> bool:
    """Whether no file came, went or changed."""
    return before == now and _NEVER not in now.values()


# ------------------------------------------------------------------------------------------------- reading, writing


def load(output: Path) -> LastBuild | None:
    """The last build of what stands in `output`; None when nothing is known of it."""
    try:
        first, _, rest = _place(output).read_bytes().partition(b"\n")
        data = orjson.loads(first)
        if data["version"] != _VERSION or not is_as_written(output, Written(**data["manifest"])):
            return None
        *files, products = _cut(rest, data["lines"])
        return LastBuild(
            program=data["program"],
            inputs={name: tuple(stamp) for name, stamp in data["inputs"].items()},
            notices=data["notices"],
            pages=data["pages"],
            files=data["files"],
            diagnostics=tuple(
                Diagnostic(**row | {"severity": Severity(row["severity"])}) for row in data["diagnostics"]
            ),
            _output=output,
            _files=files,
            _products=products,
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
    *,
    program: str,
    inputs: Mapping[str, Stamp],
    products: Mapping[str, Made],
    manifest: Written,
    notices: int,
    pages: int,
    diagnostics: Iterable[Diagnostic],
) -> None:
    """Note a build that has come to its end.

    A place that cannot be written costs the next build its speed, and so does an asset whose name is no text.
    """
    files = [file for made in products.values() for file in made.files]
    made_from = {
        "names": list(products),
        "keys": [made.key for made in products.values()],
        "counts": [len(made.files) for made in products.values()],
    }
    parts = [_columns(files[at : at + _MANY]) for at in range(0, len(files), _MANY)]
    data = {
        "version": _VERSION,
        "program": program,
        "notices": notices,
        "pages": pages,
        "files": len(files) + 1,
        "manifest": manifest._asdict(),
        "diagnostics": [dataclasses.asdict(found) for found in diagnostics],
        "inputs": inputs,
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
