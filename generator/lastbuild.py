"""What the last build of an output read and wrote: a JSON file beside it, by which the next build knows what to make.

It may be deleted at any time: a build that finds none, or none that it understands, makes everything.
"""

from __future__ import annotations

import contextlib
import dataclasses
import hashlib
import json
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.diagnostics import Diagnostic, Severity
from generator.files import MANIFEST, Written, is_as_written, write_bytes

_VERSION = 1

Stamp = tuple[int, int, int, int]
"""Size, time of change, time of change of the inode, inode: what tells without reading that a file is the same."""

_FINE, _COARSE = 50_000_000, 2_000_000_000
"""Nanoseconds in which two changes of a file may get the same time, where times have fractions and where not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A product as it was made."""

    key: str
    files: tuple[Written, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LastBuild:
    """A build that came to its end."""

    program: str
    """The hash of the program that built."""
    inputs: Mapping[str, Stamp]
    """Every file that was there to be read."""
    products: Mapping[str, Made]
    notices: int
    diagnostics: tuple[Diagnostic, ...]

    @property
    def files(self) -> Iterator[Written]:
        """Every file that was written."""
        return (file for made in self.products.values() for file in made.files)

    def is_whole(self, output: Path) -> bool:
        """Whether every file stands in `output` as it was written."""
        return all(is_as_written(output, file) for file in self.files)


def stamps(files: Iterable[tuple[str, Path]]) -> dict[str, Stamp]:
    """The stamps of files as they are now."""
    now = time.time_ns()
    return {name: _stamp(path, now) for name, path in files}


_NEVER: Stamp = (-1, 0, 0, 0)


def _stamp(path: Path, now: int) -> Stamp:
    try:
        found = path.stat()
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
        data = json.loads(_place(output).read_bytes())
        if data["version"] != _VERSION or data["manifest"] != _hash_of_manifest(output):
            return None
        return LastBuild(
            program=data["program"],
            inputs={name: tuple(stamp) for name, stamp in data["inputs"].items()},
            products={
                name: Made(
                    key=key,
                    files=tuple(
                        Written(path=path, sha256=sha256, size=size, time=written, changed=False)
                        for path, sha256, size, written in files
                    ),
                )
                for name, (key, files) in data["products"].items()
            },
            notices=data["notices"],
            diagnostics=tuple(
                Diagnostic(**row | {"severity": Severity(row["severity"])}) for row in data["diagnostics"]
            ),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def save(output: Path, build: LastBuild) -> None:
    """Note a build that has come to its end. A place that cannot be written costs the next build its speed."""
    data: dict[str, Any] = {
        "version": _VERSION,
        "manifest": _hash_of_manifest(output),
        "program": build.program,
        "notices": build.notices,
        "diagnostics": [dataclasses.asdict(found) for found in build.diagnostics],
        "inputs": build.inputs,
        "products": {
            name: (made.key, [(file.path, file.sha256, file.size, file.time) for file in made.files])
            for name, made in build.products.items()
        },
    }
    with contextlib.suppress(OSError):
        write_bytes(_place(output), json.dumps(data, ensure_ascii=False).encode())


def _place(output: Path) -> Path:
    output = output.absolute()
    return output.with_name(f".{output.name}.build.json")


def _hash_of_manifest(output: Path) -> str:
    return hashlib.sha256((output / MANIFEST).read_bytes()).hexdigest()
