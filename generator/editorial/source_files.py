"""The files that are to be imported: what paths name, and what zip archives hold, each with its bytes."""

from __future__ import annotations

import contextlib
import os
import stat
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.base.diagnostics import DiscloseError
from generator.readers import ReadError, limits
from generator.readers.archive import is_archive, is_of_a_system, members


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFile:
    """A file to import: a path's, or a member of a zip archive at that path."""

    name: str
    """As it is shown: `整改.zip/卫健局/通报.docx`."""
    data: bytes | DiscloseError
    """Its bytes, or why there are none."""


def source_paths(paths: Sequence[Path]) -> list[Path]:
    """The files that `paths` name: files as they are, folders with all that lies in them, in order of name.

    Hidden files, links, what systems leave, and the folder that a browser saves beside a page are passed over.
    """
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            found += [inner for inner in sorted(path.rglob("*")) if _is_source(inner, path)]
        else:
            found.append(path)
    return found


def _is_source(path: Path, root: Path) -> bool:
    inside = path.relative_to(root).parts
    if any(part.startswith(".") or is_of_a_system(part) or part.endswith(_PAGE_FOLDERS) for part in inside):
        return False
    return path.is_file() and not path.is_symlink()


_PAGE_FOLDERS = ("_files", ".files", "_文件")
"""Ends of the folder of pictures and scripts that a browser saves beside a page."""


def files_of(path: Path) -> Iterator[SourceFile]:
    """The file at `path`; of a zip archive each member."""
    shown = shown_name(path)
    try:
        data = _bytes_of(path)
    except ReadError as error:
        yield SourceFile(name=shown, data=DiscloseError(f"{shown}: {error}"))
    except OSError as error:
        yield SourceFile(name=shown, data=DiscloseError(f"{shown}: cannot be read: {error.strerror}"))
    else:
        yield from files_in(shown, data)


def files_in(shown: str, data: bytes) -> Iterator[SourceFile]:
    """The file with these bytes; of a zip archive each member."""
    try:
        if not is_archive(data):
            yield SourceFile(name=shown, data=data)
            return
        for name, content in members(data):
            yield SourceFile(name=f"{shown}/{name}", data=content)
    except ReadError as error:
        yield SourceFile(name=shown, data=DiscloseError(f"{shown}: {error}"))
    except Exception as error:  # noqa: BLE001 - whatever a file brings, the others go on
        yield SourceFile(name=shown, data=DiscloseError(failure_of(shown, error)))


def _bytes_of(path: Path) -> bytes:
    """The bytes of a plain file: a pipe or a device may never end."""
    with os.fdopen(os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0)), "rb") as file:
        found = os.fstat(file.fileno())
        if not stat.S_ISREG(found.st_mode):
            raise ReadError("this is a pipe, a device or a folder. Only plain files are imported.")
        limits.check("bytes", found.st_size)
        return file.read()


def failure_of(name: str, error: Exception) -> str:
    """What is told of a file at which the program itself failed."""
    said = f"{type(error).__name__}: {error}"[:200]
    return f"{name}: the program could not read it ({said}). Nothing was written; please report this file."


def shown_name(path: Path | str) -> str:
    """The name of a file as words, on one line: one that is no UTF-8 (from an archive of Windows) is read as GBK.

    A character that steers is written as its escape, as `visible` does.
    """
    raw = os.fsencode(path)
    name = raw.decode("utf-8", "replace")
    for encoding in ("gb18030", "utf-8"):
        with contextlib.suppress(UnicodeDecodeError):
            name = raw.decode(encoding)
    return "".join(ascii(char)[1:-1] if unicodedata.category(char) in _STEERS else char for char in name)


_STEERS = ("Cc", "Cf", "Zl", "Zp")
"""Categories of characters that end a line, or steer a terminal: a name could forge a line of what is told."""
