"""The list of a build's files: manifest.json, path → SHA-256 and size; and how a folder differs from such a list."""

from __future__ import annotations

import bisect
import errno
import hashlib
import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import orjson

from generator.base.diagnostics import DiscloseError

MANIFEST = "manifest.json"
"""What the list is called in an output folder."""
Hashes = Mapping[str, str]
"""Path relative to the folder (`/` between names) → SHA-256, in hexadecimal digits."""

_SAFE = re.compile(r"(?!\.{0,2}(?:/|$))[^/\x00-\x1f\\]+(?:/(?!\.{0,2}(?:/|$))[^/\x00-\x1f\\]+)*")
_SHA256 = re.compile("[0-9a-f]{64}")


class Differing(NamedTuple):
    """A file that is not as listed."""

    path: str
    how: str
    """`missing`, `changed` or `extra`."""


ListedFile = tuple[str, str, int]
"""Path, SHA-256 and size."""
_HEAD, _END = b'{"files": {\n', b"\n}}\n"


def manifest_of(files: Iterable[ListedFile]) -> bytes:
    r"""The manifest of files.

    >>> manifest_of([("b", "22", 1), ("a", "11", 0)]).decode()
    '{"files": {\n"a": {"sha256": "11", "size": 0},\n"b": {"sha256": "22", "size": 1}\n}}\n'
    """
    return _HEAD + b",\n".join(map(_row, sorted(files))) + _END


def manifest_after(before: bytes, gone: Iterable[str], new: Iterable[ListedFile]) -> bytes | None:
    r"""The manifest of the same files without those that are `gone`, and with `new` ones, which may have their paths.

    None when `before` is none of `manifest_of`, or must be read for that.

    >>> before = manifest_of([("b", "22", 1), ("a", "11", 0)])
    >>> manifest_after(before, ["b", "a"], [("c", "33", 2), ("b", "44", 3)]).decode()
    '{"files": {\n"b": {"sha256": "44", "size": 3},\n"c": {"sha256": "33", "size": 2}\n}}\n'
    """
    if not before.startswith(_HEAD) or not before.endswith(_END) or b"\\" in before:
        return None
    rows = [row for row in before[len(_HEAD) : -len(_END)].split(b",\n") if row]
    changes = dict.fromkeys(gone, b"") | {file[0]: _row(file) for file in new}
    if any(b"\\" in row for row in changes.values()):
        return None
    added = list[bytes]()
    for path, row in changes.items():
        key = path.encode()
        at = bisect.bisect_left(rows, key, key=_path_in)
        if at < len(rows) and _path_in(rows[at]) == key:
            rows[at] = row or b'"%b": ' % key
        elif row:
            added.append(row)
    found = [row for row in rows if row.endswith(b"}")] + added
    if added:
        found.sort(key=_path_in)
    return _HEAD + b",\n".join(found) + _END


def _row(file: ListedFile) -> bytes:
    path, sha256, size = file
    return f'{_quoted(path)}: {{"sha256": "{sha256}", "size": {size}}}'.encode()


_quoted = json.JSONEncoder(ensure_ascii=False).encode


def _path_in(row: bytes) -> bytes:
    return row[1 : row.index(b'"', 1)]


def read_manifest(data: bytes, shown: str) -> dict[str, str]:
    """The hashes of the files that a build wrote, the manifest itself left out.

    Raises DiscloseError, with `shown` for the file's name, for what no build can have written: a path that leads out
    of the folder is such a thing.
    """
    try:
        files = orjson.loads(data)["files"]
        found = {str(path): str(entry["sha256"]) for path, entry in files.items()}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise DiscloseError(f"{shown}: this is no list of files as a build writes it; build the site again") from error
    for path, sha256 in found.items():
        if not _SAFE.fullmatch(path) or not _SHA256.fullmatch(sha256) or path == MANIFEST:
            raise DiscloseError(f"{shown}: no build lists “{path}” with “{sha256}”; build the site again")
    return found


def load_manifest(folder: Path) -> tuple[dict[str, str], bytes]:
    """The manifest in a folder, and its bytes. Raises DiscloseError where there is none."""
    data = manifest_in(folder)
    return read_manifest(data, str(folder / MANIFEST)), data


def manifest_in(folder: Path) -> bytes:
    """The bytes of the manifest in a folder. Raises DiscloseError where there is none."""
    path = folder / MANIFEST
    try:
        if not path.is_file():  # nobody waits for a pipe
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
        data = path.read_bytes()
    except OSError as error:
        raise DiscloseError(f"{path}: cannot be read: {error.strerror}; build the site: disclose build") from error
    return data


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def hashes_of(folder: Path) -> dict[str, str]:
    """The hashes of all that lies in a folder; what is neither file nor folder (a link) has the hash ``."""
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_symlink() or not path.is_dir():
            is_file = path.is_file() and not path.is_symlink()
            found[path.relative_to(folder).as_posix()] = sha256_of(path) if is_file else ""
    return found


def differing(found: Hashes, expected: Hashes) -> Iterator[Differing]:
    """Where a folder is not as listed, by path."""
    for path in sorted(found.keys() | expected.keys()):
        if path not in found:
            yield Differing(path, "missing")
        elif path not in expected:
            yield Differing(path, "extra")
        elif found[path] != expected[path]:
            yield Differing(path, "changed")
