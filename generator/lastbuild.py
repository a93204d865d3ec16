"""What the last build of an output read and wrote: a JSON file beside it, by which the next build knows what to make.

It may be deleted at any time: a build that finds none, or none that it understands, makes everything.
"""

from __future__ import annotations

import contextlib
import dataclasses
import functools
import hashlib
import json
import os
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from generator.diagnostics import Diagnostic, Severity
from generator.files import MANIFEST, Written, write_bytes
from generator.workers import in_processes

_VERSION = 2

Stamp = tuple[int, int, int, int]
"""Size, time of change, time of change of the inode, inode: what tells without reading that a file is the same."""

_MANY = 20_000
"""Files that are looked at faster than another process is started."""
_FINE, _COARSE = 50_000_000, 2_000_000_000
"""Nanoseconds in which two changes of a file may get the same time, where times have fractions and where not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A product as it was made."""

    key: str
    files: tuple[Written, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Products:
    """What was made, by columns."""

    names: Sequence[str]
    keys: Sequence[str]
    counts: Sequence[int]
    """How many files each has, in the order of the columns of files."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Files:
    """Files that were written, by columns: there are hundreds of thousands, and most builds only look for a change."""

    paths: Sequence[str]
    hashes: Sequence[str]
    sizes: Sequence[int]
    times: Sequence[int]

    def stand_in(self, root: str, start: int = 0, end: int | None = None) -> bool:
        """Whether nobody touched the files from `start` to `end` in the folder `root` since they were written."""
        stat, part = os.stat, slice(start, end)
        try:
            for path, size, written in zip(self.paths[part], self.sizes[part], self.times[part], strict=True):
                found = stat(root + path)
                if found.st_size != size or found.st_mtime_ns != written:
                    return False
        except OSError:
            return False
        return True

    def written(self, start: int, end: int) -> tuple[Written, ...]:
        """The files from `start` to `end`."""
        part = slice(start, end)
        return tuple(
            Written(path=path, sha256=sha256, size=size, time=written, changed=False)
            for path, sha256, size, written in zip(
                self.paths[part], self.hashes[part], self.sizes[part], self.times[part], strict=True
            )
        )


@dataclass(frozen=True, kw_only=True)
class LastBuild:
    """A build that came to its end."""

    program: str
    """The hash of the program that built."""
    inputs: Mapping[str, Stamp]
    """Every file that was there to be read."""
    notices: int
    pages: int
    diagnostics: tuple[Diagnostic, ...]
    _products: _Products
    _files: _Files

    @functools.cached_property
    def products(self) -> dict[str, Made]:
        """By name."""
        made, at, all_of = dict[str, Made](), 0, self._products
        for name, key, count in zip(all_of.names, all_of.keys, all_of.counts, strict=True):
            made[name] = Made(key=key, files=self._files.written(at, at + count))
            at += count
        return made

    @property
    def files(self) -> int:
        """How many files were written."""
        return len(self._files.paths)

    def is_whole(self, output: Path, jobs: int = 1) -> bool:
        """Whether every file stands in `output` as it was written."""
        root, many = f"{output}/", max(_MANY, -(-self.files // jobs))
        return all(
            in_processes(
                lambda start: self._files.stand_in(root, start, start + many),
                range(0, self.files, many),
                jobs=jobs,
            )
        )


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
    if newest + (_COARSE if newest % 1_000_000_000 == 0 else _FINE) > now:
        return _NEVER  # a change in this very moment would not show in the times (Git calls such a file racy)
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino


def same(before: Mapping[str, Stamp], now: Mapping[str, Stamp]) -> bool:
    """Whether no file came, went or changed."""
    return before == now and _NEVER not in now.values()


# ------------------------------------------------------------------------------------------------- reading, writing


def load(output: Path) -> LastBuild | None:
    """The last build of what stands in `output`; None when nothing is known of it."""
    try:
        data = orjson.loads(_place(output).read_bytes())
        if data["version"] != _VERSION or data["manifest"] != _hash_of_manifest(output):
            return None
        products, files = _Products(**data["products"]), _Files(**data["files"])
        if {len(column) for column in data["files"].values()} != {sum(products.counts)}:
            return None
        return LastBuild(
            program=data["program"],
            inputs={name: tuple(stamp) for name, stamp in data["inputs"].items()},
            notices=data["notices"],
            pages=data["pages"],
            diagnostics=tuple(
                Diagnostic(**row | {"severity": Severity(row["severity"])}) for row in data["diagnostics"]
            ),
            _products=products,
            _files=files,
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def save(
    output: Path,
    *,
    program: str,
    inputs: Mapping[str, Stamp],
    products: Mapping[str, Made],
    notices: int,
    pages: int,
    diagnostics: Iterable[Diagnostic],
) -> None:
    """Note a build that has come to its end. A place that cannot be written costs the next build its speed."""
    written = [file for made in products.values() for file in made.files]
    data: dict[str, Any] = {
        "version": _VERSION,
        "manifest": _hash_of_manifest(output),
        "program": program,
        "notices": notices,
        "pages": pages,
        "diagnostics": [dataclasses.asdict(found) for found in diagnostics],
        "inputs": inputs,
        "products": {
            "names": list(products),
            "keys": [made.key for made in products.values()],
            "counts": [len(made.files) for made in products.values()],
        },
        "files": {
            "paths": [file.path for file in written],
            "hashes": [file.sha256 for file in written],
            "sizes": [file.size for file in written],
            "times": [file.time for file in written],
        },
    }
    with contextlib.suppress(OSError):
        write_bytes(_place(output), json.dumps(data, ensure_ascii=False).encode())


def _place(output: Path) -> Path:
    output = output.absolute()
    return output.with_name(f".{output.name}.build.json")


def _hash_of_manifest(output: Path) -> str:
    return hashlib.sha256((output / MANIFEST).read_bytes()).hexdigest()
