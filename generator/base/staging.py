"""A folder that is filled beside an output and replaces it whole."""

from __future__ import annotations

import contextlib
import filecmp
import hashlib
import os
import secrets
import shutil
import tempfile
from collections.abc import Collection, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import NamedTuple

from generator.base.clearing import BEGUN, check_replaceable, clear, listed_in
from generator.base.console import warn
from generator.base.diagnostics import DiscloseError
from generator.base.exchange import exchange
from generator.base.files import unwritable
from generator.base.locks import alone
from generator.base.manifest import MANIFEST, Hashes
from generator.base.resting import RestingTree, remove, without


class Written(NamedTuple):
    """A file of the output."""

    path: str
    """Relative to the output folder, `/` between names."""
    sha256: str
    size: int
    time: int
    """When its bytes were written, in nanoseconds: nobody touched it as long as the file says so too."""
    changed: bool
    """Whether the old output had no such file or other bytes in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Staging:
    """A folder that is being filled beside `output` and will replace it. Cheap to send to another process."""

    output: Path
    folder: Path
    rested: frozenset[str] = frozenset()
    """Paths of the files that were in the folder when it began to be filled: links to those of an earlier output."""
    unsure: frozenset[str] = frozenset()
    """Those of them in folders that changed while they rested, of which each is looked at before it is taken."""
    touched: frozenset[str] | None = None
    """Paths of files that the build before wrote and `output` does not hold as they were; None: nobody looked."""
    unlinked: frozenset[str] = frozenset()
    """Paths of further ones that do not rest in the folder as they were."""
    replaced: dict[str, Written] = field(default_factory=dict, repr=False)
    """By path files that the build before wrote and that are not `same`; known once the folder is complete."""
    same: set[str] = field(default_factory=set, repr=False)
    """Paths of the files that the old output has, too; known once the folder is complete."""
    listed: set[str] = field(default_factory=set, repr=False)
    """Paths of all files but the manifest; known once the folder is complete."""
    apart: Path | None = None
    """Where files are written before they take their places in one step, of a folder that several machines fill: one
    that is believed dead may go on while another does its work again. None: one machine fills it."""
    _made: set[str] = field(default_factory=set, repr=False)
    """Folders that are there."""

    def put(self, path: str, data: bytes) -> Written:
        """Add a file. One whose bytes did not change is the old file itself, linked."""
        old, new = f"{self.output}/{path}", self._place(path)
        same = _holds(old, data)
        time = os.stat(new).st_mtime_ns if same and self._linked(old, new) else self._write(new, data)
        return Written(path=path, sha256=hashlib.sha256(data).hexdigest(), size=len(data), time=time, changed=not same)

    def take(self, file: Written) -> bool:
        """Take over a file that `output` holds as it was written; False when it cannot be."""
        if not self.stands(file):
            return False
        if self.touched is not None and file.path not in self.unlinked:
            return True
        return self._linked(f"{self.output}/{file.path}", self._place(file.path))

    def stands(self, file: Written) -> bool:
        """Whether `output` holds a file of the build before as it was written."""
        return is_as_written(self.output, file) if self.touched is None else file.path not in self.touched

    def drop(self, paths: Iterable[str]) -> None:
        """Delete files that were taken over, and are not wanted."""
        without(self.folder, paths)

    def room(self, folder: str, names: Iterable[str]) -> Path:
        """Where files of those names in a folder of the output may be written straight; each is to be adopted then.

        Nothing is there by these names: what rests, and what a process that died had adopted, may be a file of the
        output by another name, and who opened it would write into the output.
        """
        if self.apart:
            return Path(tempfile.mkdtemp(dir=self.apart))
        without(self.folder, (f"{folder}/{name}" for name in names))
        return self.folder / folder

    def adopt(self, path: str, written: Path, before: Written | None = None) -> Written:
        """Count a file that was written straight into its room, as `put` does; `before` is that of the build before."""
        old, new = f"{self.output}/{path}", self._place(path)
        with open(written, "rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        if before and self.stands(before):
            same = before.sha256 == digest
        else:
            same = os.path.isfile(old) and filecmp.cmp(old, written, shallow=False)
        if self.apart:
            if not (same and self._linked(old, new)):
                _move(str(written), new)
        elif same:
            os.unlink(new)
            if not self._linked(old, new):
                shutil.copyfile(old, new)
        found = os.stat(new)
        return Written(path=path, sha256=digest, size=found.st_size, time=found.st_mtime_ns, changed=not same)

    def keep(self, path: str, listed: Hashes) -> Iterator[Written]:
        """Take over what `output` holds below `path` as the build wrote it that `listed` it, and nothing else."""
        for file in sorted(file for file in listed if file.startswith(f"{path}/")):
            old = self.output / file
            data = old.read_bytes() if old.is_file() and not old.is_symlink() else None
            if data is not None and hashlib.sha256(data).hexdigest() == listed[file]:
                yield self.put(file, data)

    def trim(self, paths: Collection[str]) -> None:
        """Delete what is none of these files: a process died before it had said what it wrote."""
        trim(self.folder, {*paths, BEGUN})

    def complete(self, standing: Iterable[str], others: Collection[Written], before: Iterable[Written]) -> None:
        """These are all files but the manifest: what else rested in the folder goes.

        `standing` are the paths of those that are as they were, `before` what the build before wrote beside them.
        """
        self.same.update(standing)
        self.listed.update(self.same, (file.path for file in others))
        without(self.folder, self.rested - self.listed)
        self.same.update(file.path for file in others if not file.changed)
        self.replaced.update((file.path, file) for file in before if file.path not in self.same)

    def _place(self, path: str) -> str:
        place = f"{self.folder}/{path}"
        parent = place.rpartition("/")[0]
        if parent not in self._made:
            if self.apart:
                _make_below(str(self.folder), parent)
            else:
                _make_folder(parent)
            self._made.add(parent)
        return place

    def _write(self, path: str, data: bytes) -> int:
        """Make a file whole. Gives the time of its change."""
        if self.apart is None:
            return _write(path, data)
        part = self._part()
        time = _write(part, data)
        _move(part, path)
        return time

    def _linked(self, old: str, new: str) -> bool:
        """Whether a file of the output has got another name."""
        try:
            os.link(old, new)
        except FileExistsError:
            return (os.path.isfile(new) and os.path.samefile(old, new)) or self._linked_instead(old, new)
        except OSError:  # a file system without links
            return False
        return True

    def _linked_instead(self, old: str, new: str) -> bool:
        """The same where something has the name: it rested there, or a process that died left it."""
        if self.apart is None:
            remove(new)
            return self._linked(old, new)
        part = self._part()
        try:
            os.link(old, part)
        except OSError:
            return False
        _move(part, new)
        return True

    def _part(self) -> str:
        return f"{self.apart}/{secrets.token_hex(8)}"


def trim(folder: Path, wanted: Container[str]) -> set[str]:
    """Delete what is none of the files that are wanted; gives the paths of those that are there."""
    found, others = set[str](), list[str]()
    for base, _, names in os.walk(folder):
        inside = base[len(str(folder)) + 1 :].replace(os.sep, "/")
        for name in names:
            path = f"{inside}/{name}" if inside else name
            if path in wanted:
                found.add(path)
            else:
                others.append(path)
    without(folder, others)
    return found


def _make_folder(path: str) -> None:
    try:
        os.makedirs(path, exist_ok=True)
    except (
        FileExistsError,
        NotADirectoryError,
    ):  # a file that has its name, or that of a folder around it, rested there
        _remove_above(path)
        os.makedirs(path, exist_ok=True)


def _remove_above(path: str) -> None:
    """Delete the file that has the place of a folder, or of one around it."""
    above = path
    while not os.path.lexists(above):
        above = os.path.dirname(above)
    if not os.path.isdir(above):
        with contextlib.suppress(FileNotFoundError, IsADirectoryError):  # another process did it
            os.unlink(above)


def _make_below(root: str, path: str) -> None:
    """Make a folder and those around it, but not the root: it goes when a build ends, also for who works on."""
    if path == root:
        os.stat(root)
        return
    try:
        os.mkdir(path)
    except FileNotFoundError:
        _make_below(root, os.path.dirname(path))
        _make_below(root, path)
    except (FileExistsError, NotADirectoryError):
        if not os.path.isdir(path):
            _remove_above(path)
            _make_below(root, path)


def _write(path: str, data: bytes) -> int:
    """Make a file. Gives the time of its change; a hundred thousand files are too many for Python's own way.

    What is there is deleted first: it may be a file of the old output, linked.
    """
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    try:
        file = os.open(path, flags, 0o666)
    except FileExistsError:
        remove(path)
        file = os.open(path, flags, 0o666)
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(file, rest) :]
        return os.fstat(file).st_mtime_ns
    finally:
        os.close(file)


def _move(part: str, path: str) -> None:
    """Let a file have its place in one step, whatever had it."""
    try:
        os.replace(part, path)
    except OSError:
        if not os.path.isdir(path):
            raise
        shutil.rmtree(path, ignore_errors=True)  # a folder of that name rested there
        os.replace(part, path)


def is_as_written(output: Path, file: Written) -> bool:
    """Whether a file is in `output` and nobody touched it since it was written."""
    try:
        found = os.stat(f"{output}/{file.path}")
    except OSError:
        return False
    return found.st_size == file.size and found.st_mtime_ns == file.time


def _was_as_written(output: Path, replaced: Mapping[str, Written], path: str) -> bool:
    """Whether a file of an output that was replaced is as it was written."""
    file = replaced.get(path)
    return file is not None and is_as_written(output, file) and not os.path.islink(f"{output}/{path}")


def _holds(path: str, data: bytes) -> bool:
    try:
        if os.stat(path).st_size != len(data):
            return False
        with open(path, "rb") as old:
            return old.read() == data
    except OSError:
        return False


@contextlib.contextmanager
def replacing(
    site: Path, output: Path, jobs: int = 1, *, is_shared: bool = False, manifest: str | None = None
) -> Iterator[Staging]:
    """A staging folder that takes the place of `output` when the block ends well, and vanishes when it does not.

    When it holds all files, `Staging.complete` is to be called, and then the manifest is written. What the old output
    shares with the new one rests in the cache folder of the `site`. One that is shared may be filled by several
    machines: it has a name of its own, which whoever works on after its end does not find again. `manifest` is the hash
    of the one that a build is known to have written into `output`.

    Killed at any moment, `output` is the old folder or the new one; where the system cannot exchange two folders, it
    may for a moment be neither, and the next build puts the old one back. A link is resolved here, once: what it leads
    to is replaced. What no build wrote is kept beside it. Raises DiscloseError when it cannot be written.
    """
    output = Path(os.path.realpath(output))
    check_replaceable(output, manifest)
    new, old = (output.with_name(f".{output.name}.{name}") for name in ("new", "old"))
    begun = new.with_name(f"{new.name}-{secrets.token_hex(8)}") if is_shared else new
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        with alone(output):
            if not output.exists() and not old.is_symlink() and listed_in(old) is not None:
                old.rename(output)  # the last run was killed between the two renames
            for rest in (new, old):
                _tell(clear(rest, output))
            _clear_shared(new, output)
            resting = RestingTree(site, output)
            try:
                woken = resting.wake(begun)
                apart = _make_apart(begun) if is_shared else None
                staging = Staging(output=output, folder=begun, rested=woken.files, unsure=woken.unsure, apart=apart)
                yield staging
                if is_shared:
                    _take_back(begun, new, staging)
                (new / BEGUN).unlink()
                if output.exists() and exchange(new, output):
                    new.rename(old)
                else:
                    if output.exists():
                        output.rename(old)
                    new.rename(output)
                resting.lay(old, staging.same, partial(_was_as_written, old, staging.replaced))
            finally:
                for rest in (new, old):
                    _tell(clear(rest, output, jobs))
                _clear_shared(new, output)
    except OSError as error:
        raise unwritable(output, error, is_output=True) from error


def _make_apart(begun: Path) -> Path:
    apart = begun.with_name(f"{begun.name}.parts")
    apart.mkdir()
    (apart / BEGUN).touch()
    return apart


def _take_back(begun: Path, new: Path, staging: Staging) -> None:
    """Let nobody write into a shared folder any longer, and see that it holds what was listed and nothing else."""
    begun.rename(new)
    if lost := staging.listed - trim(new, staging.listed | {MANIFEST, BEGUN}):
        raise DiscloseError(f"{min(lost)}: was made and is not there; is the output on a disk that all machines share?")


def _clear_shared(new: Path, output: Path) -> None:
    """Delete what was begun by several machines and is not wanted: under another name, where none of them finds it."""
    for name in sorted(os.listdir(new.parent)):
        if name.startswith(f"{new.name}-"):
            new.with_name(name).rename(new)
            _tell(clear(new, output))


def _tell(kept: Path | None) -> None:
    if kept:
        warn(
            f"{kept}: files that no build wrote, or that were changed since, were put here; see whether you need them."
        )
