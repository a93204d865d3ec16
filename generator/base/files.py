"""Reading an editor's text files, and filling an output folder that replaces the old one whole."""

from __future__ import annotations

import contextlib
import filecmp
import hashlib
import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from generator.base.clearing import check_replaceable, clear
from generator.base.console import warn
from generator.base.diagnostics import ContentError, Diagnostic, DiscloseError
from generator.base.exchange import exchange

try:
    import fcntl
except ImportError:  # not POSIX: two builds at once are then the user's to avoid
    fcntl: Any = None  # type: ignore[no-redef]


NOTICES = "content/notices"
"""Where the content files of a site stand."""


def notice_files(site: Path) -> list[Path]:
    """The content files of the site's notices, sorted; a README.md among them is for people."""
    return [site / file for file in content_files(site)]


def content_files(site: Path) -> list[str]:
    """The same, from the site's folder on."""
    found = []
    for base, _, names in os.walk(site / NOTICES):  # plain strings: ten thousand files are listed at every start
        inside = Path(base).relative_to(site).as_posix()
        found += [f"{inside}/{name}" for name in names if is_notice_file(f"{base}/{name}")]
    return sorted(found, key=lambda file: file.split("/"))


def is_notice_file(path: str) -> bool:
    """Whether a file below the folder of the notices is there and is a notice."""
    name = path.rpartition("/")[2]
    return name.endswith(".md") and name not in (".md", "README.md") and os.path.isfile(path)


def stem_of(file: str) -> str:
    """The name of a content file without its folders and its ending."""
    return file.rpartition("/")[2].removesuffix(".md")


def read_text(path: Path, shown: str) -> str:
    """The text of a UTF-8 file. Raises ContentError, with the line of the first bad byte, for what is no text."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ContentError(
            [
                Diagnostic(
                    code="unreadable",
                    file=shown,
                    message=f"cannot be read: {error.strerror}",
                    hint="Check that the file is there and that you may read it.",
                )
            ]
        ) from error
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ContentError([_encoding_error(data, shown, error)]) from error


def _encoding_error(data: bytes, shown: str, error: UnicodeDecodeError) -> Diagnostic:
    guess = next((name for name in ("gb18030", "utf-16") if _decodes(data, name)), None)
    return Diagnostic(
        code="encoding",
        file=shown,
        line=data.count(b"\n", 0, error.start) + 1,
        message="the file is not UTF-8" + (f"; it looks like {guess.upper()}" if guess else ""),
        hint="Save it as UTF-8 (in Notepad: 另存为 → 编码 UTF-8).",
    )


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


_UNFINISHED = ".disclose-"
"""How the name of a file begins that is being written."""


def write_text(path: Path, text: str) -> None:
    """Put `text` in `path` as UTF-8, in one step: a reader sees the old file or the new one."""
    write_bytes(path, text.encode())


def write_bytes(path: Path, data: bytes) -> None:
    """Put `data` in `path` in one step, to be read by whom the old file lets, or else the umask: content is clear."""
    path.parent.mkdir(parents=True, exist_ok=True)
    name = path.parent / f"{_UNFINISHED}{secrets.token_hex(8)}.tmp"
    handle = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(data)
        if path.is_file():
            name.chmod(path.stat().st_mode & 0o777)
        name.replace(path)
    except BaseException:
        name.unlink(missing_ok=True)
        raise


@contextlib.contextmanager
def editing(site: Path, waiting: Callable[[], None] = lambda: None) -> Iterator[None]:
    """Keep every other command from changing the content of the site, and clear what a killed one left unfinished.

    Raises DiscloseError when the content cannot be written at all.
    """
    content = site / "content"
    try:
        content.mkdir(exist_ok=True)
        with alone(content / "notices", waiting):
            for rest in content.rglob(f"{_UNFINISHED}*.tmp"):
                rest.unlink()
            yield
    except OSError as error:
        raise DiscloseError(f"{content}: cannot be written: {error.strerror or error}; check its rights") from error


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
    """A folder that is being filled beside `target` and will replace it. Cheap to send to another process."""

    target: Path
    folder: Path
    _made: set[str] = field(default_factory=set, repr=False)
    """Folders that are there."""

    def put(self, path: str, data: bytes) -> Written:
        """Add a file. One whose bytes did not change is the old file itself, linked."""
        old, new = f"{self.target}/{path}", self._place(path)
        same = _holds(old, data)
        time = os.stat(new).st_mtime_ns if same and _linked(old, new) else _write(new, data)
        return Written(path=path, sha256=hashlib.sha256(data).hexdigest(), size=len(data), time=time, changed=not same)

    def take(self, file: Written) -> bool:
        """Take over a file that `target` holds as it was written; False when it cannot be."""
        return is_as_written(self.target, file) and _linked(f"{self.target}/{file.path}", self._place(file.path))

    def adopt(self, path: str) -> Written:
        """Count a file that was written straight into the folder, as `put` does."""
        old, new = f"{self.target}/{path}", f"{self.folder}/{path}"
        same = os.path.isfile(old) and filecmp.cmp(old, new, shallow=False)
        if same:
            os.unlink(new)
            if not _linked(old, new):
                shutil.copyfile(old, new)
        with open(new, "rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        found = os.stat(new)
        return Written(path=path, sha256=digest, size=found.st_size, time=found.st_mtime_ns, changed=not same)

    def keep(self, path: str) -> Iterator[Written]:
        """Take over what `target` holds below `path` as it is."""
        for old in sorted((self.target / path).rglob("*")):
            if old.is_file():
                yield self.put(old.relative_to(self.target).as_posix(), old.read_bytes())

    def _place(self, path: str) -> str:
        place = f"{self.folder}/{path}"
        parent = place.rpartition("/")[0]
        if parent not in self._made:
            os.makedirs(parent, exist_ok=True)
            self._made.add(parent)
        return place


def _write(path: str, data: bytes) -> int:
    """Make a file. Gives the time of its change; a hundred thousand files are too many for Python's own way."""
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o666)
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(file, rest) :]
        return os.fstat(file).st_mtime_ns
    finally:
        os.close(file)


def is_as_written(output: Path, file: Written) -> bool:
    """Whether a file stands in `output` and nobody touched it since it was written."""
    try:
        found = os.stat(f"{output}/{file.path}")
    except OSError:
        return False
    return found.st_size == file.size and found.st_mtime_ns == file.time


def _holds(path: str, data: bytes) -> bool:
    try:
        if os.stat(path).st_size != len(data):
            return False
        with open(path, "rb") as old:
            return old.read() == data
    except OSError:
        return False


def _linked(old: str, new: str) -> bool:
    try:
        os.link(old, new)
    except OSError:  # a file system without links
        return False
    return True


@contextlib.contextmanager
def replacing(target: Path, jobs: int = 1) -> Iterator[Staging]:
    """A staging folder that takes the place of `target` when the block ends well, and vanishes when it does not.

    Killed at any moment, `target` is the old folder or the new one; where the system cannot exchange two folders, it
    may for a moment be neither, and the next build puts the old one back. A link is resolved here, once: what it leads
    to is replaced. What no build wrote is kept beside it. Raises DiscloseError when it cannot be written.
    """
    target = Path(os.path.realpath(target))
    check_replaceable(target)
    new, old = (target.with_name(f".{target.name}.{name}") for name in ("new", "old"))
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with alone(target):
            if old.exists() and not target.exists():  # the last run was killed between the two renames
                old.rename(target)
            for rest in (new, old):
                _tell(clear(rest, target))
            new.mkdir()
            try:
                yield Staging(target=target, folder=new)
                if target.exists() and exchange(new, target):
                    new.rename(old)
                else:
                    if target.exists():
                        target.rename(old)
                    new.rename(target)
            finally:
                for rest in (new, old):
                    _tell(clear(rest, target, jobs))
    except OSError as error:
        raise DiscloseError(
            f"{target}: cannot be written: {error.strerror or error}; check its rights, or name another folder "
            "with --output"
        ) from error


def _tell(kept: Path | None) -> None:
    if kept:
        warn(
            f"{kept}: files that no build wrote, or that were changed since, were put here; see whether you need them."
        )


@contextlib.contextmanager
def alone(target: Path, waiting: Callable[[], None] = lambda: None) -> Iterator[None]:
    """Hold the lock of the folder that holds `target`: a second command waits until the first is done.

    The lock belongs to the process: killed, it leaves none behind. It cannot be taken twice. `waiting` is called when
    another process holds it.
    """
    if fcntl is None:
        yield
        return
    folder = os.open(target.absolute().parent, os.O_RDONLY)
    try:
        try:
            fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            waiting()
            fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)
