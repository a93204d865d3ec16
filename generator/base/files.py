"""Finding, reading and writing an editor's text files."""

from __future__ import annotations

import errno
import os
import re
import secrets
import sys
from pathlib import Path

from generator.base.diagnostics import ContentError, Diagnostic, DiscloseError

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
    if path.exists() and not path.is_file():  # nobody waits for a pipe
        raise ContentError([not_a_file(shown)])
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ContentError([_unreadable(shown, f"cannot be read: {error.strerror}")]) from error
    return text_in(data, shown)


def text_in(data: bytes, shown: str) -> str:
    """The text in the bytes of such a file. Raises ContentError as `read_text` does."""
    try:
        text = data.decode("utf-8-sig")
        return text if "\n" in text else text.replace("\r", "\n")  # as old Macs end lines
    except UnicodeDecodeError as error:
        raise ContentError([_encoding_error(data, shown, error)]) from error


def bytes_of(path: Path) -> bytes:
    """The bytes of a file. Raises OSError also for what is none: nobody waits for a pipe."""
    if path.exists() and not path.is_file():
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(path))
    return path.read_bytes()


def unwritable(place: Path, error: OSError, *, is_output: bool = False) -> DiscloseError:
    """What a person is told of a place that cannot be written, with what helps; for an output another may be named."""
    said = error.strerror or error
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        if is_output:
            return DiscloseError(
                f"{place}: cannot be written: {said}; free space there, or name a folder on another disk with --output"
            )
        return DiscloseError(f"{place}: cannot be written: {said}; free space there")
    if is_output:
        return DiscloseError(
            f"{place}: cannot be written: {said}; check its rights, or name another folder with --output"
        )
    return DiscloseError(f"{place}: cannot be written: {said}; check its rights")


def not_a_file(shown: str) -> Diagnostic:
    """Says that nothing is read from a pipe, a device or a folder."""
    return _unreadable(shown, "it is no file, but a folder, a pipe or a device")


def _unreadable(shown: str, message: str) -> Diagnostic:
    hint = "Check that the file is there and that you may read it."
    return Diagnostic(code="unreadable", file=shown, message=message, hint=hint)


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


UNFINISHED = ".disclose-"
"""How the name of a file begins that is being written."""


def write_text(path: Path, text: str) -> None:
    """Put `text` in `path` as UTF-8, in one step: a reader sees the old file or the new one."""
    write_bytes(path, text.encode())


_NO_SIGNS = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
"""What no name of Windows has; a colon there even leads to another stream of the file."""
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|$)", re.IGNORECASE)
_LONGEST = (120, 240)
"""Characters and bytes of a kept name: paths of Windows have 259 characters, names of Linux 255 bytes."""


def kept_name(name: str) -> str:
    """What a file that came as `name` is called where it is kept: the same where every system takes it."""
    file = _NO_SIGNS.sub("_", Path(name).name).rstrip(". ") or "_"
    file = f"_{file}" if _DEVICES.match(file) else file
    stem, suffix = os.path.splitext(file)
    stem, suffix = (file, "") if len(suffix) > _LONGEST[0] // 10 else (stem, suffix)
    while len(stem + suffix) > _LONGEST[0] or len(os.fsencode(stem + suffix)) > _LONGEST[1]:
        stem = stem[:-1]
    return stem.rstrip(". ") + suffix


def write_bytes(path: Path, data: bytes, *, is_lasting: bool = False) -> None:
    """Put `data` in `path` in one step, to be read by whom the old file lets, or else the umask: content is clear.

    What is lasting is on the disk when this comes back, and outlives a power cut.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    name = path.parent / f"{UNFINISHED}{secrets.token_hex(8)}.tmp"
    handle = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(data)
            if is_lasting:
                out.flush()
                os.fsync(out.fileno())
        if path.is_file():
            name.chmod(path.stat().st_mode & 0o777)
        name.replace(path)
        if is_lasting:
            sync_folder(path.parent)
    except BaseException:
        name.unlink(missing_ok=True)
        raise


def sync_folder(folder: Path) -> None:
    """Have the names in a folder on the disk, where the system knows how."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
