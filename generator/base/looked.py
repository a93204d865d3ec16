"""What was seen in the folders of a tree: one that has the stamp that it had holds the same names, and needs no look.

To list thirteen thousand folders takes ten times as long as to ask for their stamps. What is noted is what was seen
before a build changed anything, so a folder that it, or anybody, changed since has another stamp.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
import time
from collections.abc import Mapping
from pathlib import Path

import orjson

from generator.base.files import bytes_of, write_bytes

FINE, COARSE = 50_000_000, 2_000_000_000
"""Nanoseconds in which two changes may get the same time, where times have fractions and where not."""


SeenFolder = tuple[list[int], list[str], list[str]]
"""The stamp of a folder (time of change, time of change of the inode, inode), and which folders and files it held."""
TreeSeen = Mapping[str, SeenFolder]
"""By the path below the root: empty, or ending in `/`."""


def is_recent(newest: int, now: int) -> bool:
    """Whether another change may get the same time, so that it would not show (Git calls such a file racy)."""
    return newest + (COARSE if newest % 1_000_000_000 == 0 else FINE) > now


class TreeLook:
    """A look at all names in a folder; folders that are as they were `seen` are not listed again."""

    def __init__(self, folder: Path, seen: TreeSeen | None = None) -> None:
        """Raises OSError when there is anything else in it than files and folders that hold some."""
        self.names = set[str]()
        """The paths of all files."""
        self.listed = set[str]()
        """Those of them in folders that had to be listed."""
        self.seen = dict[str, SeenFolder]()
        """For the next look; who changed a moment ago is not in it."""
        self._known = (seen or {}) if os.name == "posix" and os.stat in os.supports_dir_fd else {}
        self._now = time.time_ns()
        root = os.open(folder, os.O_RDONLY) if self._known else None
        try:
            self._look(f"{folder}/", root)
        finally:
            if root is not None:
                os.close(root)

    def _look(self, folder: str, root: int | None) -> None:
        todo, sure = [""], self._now - COARSE
        while todo:
            inside = todo.pop()
            if root is None:
                found = os.lstat(folder + inside)
            else:
                found = os.stat(inside or ".", dir_fd=root, follow_symlinks=False)
            stamp = [found.st_mtime_ns, found.st_ctime_ns, found.st_ino]
            held = self._known.get(inside)
            is_seen = held is not None and held[0] == stamp and stat.S_ISDIR(found.st_mode)
            if held is None or not is_seen:
                held = _listed(folder + inside, stamp)
            _, folders, files = held
            paths = [inside + name for name in files] if inside else files
            self.names.update(paths)
            if not is_seen:
                self.listed.update(paths)
            if folders:
                todo += [f"{inside}{name}/" for name in folders]
            newest = max(stamp[:2])
            if newest < sure or not is_recent(newest, self._now):
                self.seen[inside] = held


def _listed(folder: str, stamp: list[int]) -> SeenFolder:
    folders, files = list[str](), list[str]()
    with os.scandir(folder) as scanned:
        for entry in scanned:
            if entry.is_dir(follow_symlinks=False):
                folders.append(entry.name)
            elif entry.is_file(follow_symlinks=False):
                files.append(entry.name)
            else:
                raise FileExistsError(folder, entry.path)
    if not files and not folders:
        raise FileNotFoundError(folder)
    return stamp, folders, files


def load_seen(path: Path, what: str) -> Mapping[str, TreeSeen]:
    """What `save_seen` wrote of trees, if it was of that `what` and is whole; else nothing."""
    try:
        seal, _, data = bytes_of(path).partition(b"\n")
        if seal.decode() != _seal(data, what):
            return {}
        return {
            tree: dict(zip(names, zip(stamps, folders, files, strict=True), strict=True))
            for tree, (names, stamps, folders, files) in orjson.loads(data).items()
        }
    except (OSError, ValueError):
        return {}


def save_seen(path: Path, what: str, trees: Mapping[str, TreeSeen]) -> None:
    """Note what was seen. A name that is no text is not noted, and a place that cannot be written costs time alone."""
    nothing = ((), (), ())
    columns = {
        tree: [list(seen), *(zip(*seen.values(), strict=True) if seen else nothing)] for tree, seen in trees.items()
    }
    try:
        data = orjson.dumps(columns)
        write_bytes(path, f"{_seal(data, what)}\n".encode() + data)
    except (OSError, orjson.JSONEncodeError):
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)


def _seal(data: bytes, what: str) -> str:
    return hashlib.blake2b(data, key=b"1", person=hashlib.blake2b(what.encode(), digest_size=16).digest()).hexdigest()
