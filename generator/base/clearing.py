"""What a build may delete: the files that an earlier build listed, as it wrote them, and nothing else."""

from __future__ import annotations

import contextlib
import functools
import os
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

from generator.base.diagnostics import DiscloseError
from generator.base.manifest import MANIFEST, Hashes, manifest_in, read_manifest, sha256_of
from generator.base.workers import in_processes

BEGUN = ".disclose-begun"
"""Is in a folder that a build fills, as long as it does: what is left of a killed one is known by it."""
_FEW = 5_000
"""Files that are sooner deleted than another process is begun."""


def check_replaceable(output: Path, manifest: str | None = None) -> None:
    """Refuse a folder that no build made: replacing it would take someone's files away.

    `manifest` is the hash of the one that a build is known to have written there.
    """
    if output.exists() and not output.is_dir():
        raise DiscloseError(f"{output}: is a file; the output needs a folder")
    if manifest and (output / MANIFEST).is_file() and sha256_of(output / MANIFEST) == manifest:
        return
    if not output.is_dir() or not any(output.iterdir()):
        return
    listed = listed_in(output)
    if listed is None:
        raise DiscloseError(f"{output}: holds files, but no {MANIFEST} of an earlier build; name an empty folder")
    if listed and not any((output / path).is_file() for path in listed):
        raise DiscloseError(f"{output}: holds nothing that its {MANIFEST} lists; name an empty folder")


def listed_in(folder: Path) -> Hashes | None:
    """What the manifest in a folder lists; None when no build wrote it. Other programs have a manifest.json, too."""
    if (folder / MANIFEST).is_symlink():
        return None
    try:
        return _listed(manifest_in(folder))
    except DiscloseError:
        return None


@functools.lru_cache(1)
def _listed(manifest: bytes) -> Hashes:
    """A build asks for that of the old output before it begins, and when it has another name."""
    return read_manifest(manifest, MANIFEST)


def clear(folder: Path, live: Path, jobs: int = 1) -> Path | None:
    """Delete an old output or an unfinished one; gives where what no build wrote was put, None when all was a build's.

    `live` is what took its place: a file that both share needs no look. Links are never followed.
    """
    if folder.is_symlink():
        folder.unlink()
        return None
    if not folder.exists():
        return None
    listed = listed_in(folder)
    if listed is None:  # a build that was not finished has no manifest yet
        return _clear_begun(folder, live, jobs)
    below = [path.name for path in folder.iterdir() if _is_folder(path)]
    together = jobs if len(listed) > _FEW else 1
    for _ in in_processes(lambda name: _clear(folder, name, listed, live), below, jobs=together):
        pass
    if (folder / BEGUN).is_file() and not (folder / BEGUN).is_symlink():
        (folder / BEGUN).unlink()  # it was killed when its manifest was just written
    _clear(folder, "", listed, live)  # last: while others take folders away, nobody can look which are there
    if [path.name for path in folder.iterdir()] == [MANIFEST]:
        _remove(folder)
        return None
    kept = _put_aside(folder, live)
    (kept / MANIFEST).unlink()
    return kept


def _clear_begun(folder: Path, live: Path, jobs: int) -> Path | None:
    """Delete what a killed build left, or an empty folder; anything else under its name is somebody's."""
    mark = folder / BEGUN
    if not mark.is_file() or mark.is_symlink():
        with contextlib.suppress(OSError):  # something is in it
            folder.rmdir()
            return None
        return _put_aside(folder, live)
    _remove_below(folder, jobs)
    for path in folder.iterdir():
        if path != mark:
            path.unlink()
    _remove(folder)
    return None


def _clear(folder: Path, name: str, listed: Hashes, live: Path) -> None:
    """Delete what is listed below a folder of the output, and the folders that are empty then; "": its own files."""
    for path in _files(folder, name):
        if path != MANIFEST and path in listed and is_ours(folder, path, listed[path], live):
            (folder / path).unlink()
    for base, _, __ in os.walk(folder / name, topdown=False) if name else ():
        with contextlib.suppress(OSError):  # something is left in it
            Path(base).rmdir()


def _files(folder: Path, name: str) -> Iterator[str]:
    if not name:
        yield from (path.name for path in folder.iterdir() if not _is_folder(path))
        return
    for base, _, names in os.walk(folder / name):  # does not follow links
        inside = Path(base).relative_to(folder).as_posix()
        yield from (f"{inside}/{one}" for one in names)


def is_ours(folder: Path, path: str, sha256: str, live: Path) -> bool:
    """Whether a file is as a build listed it: a plain file, and the one that `live` holds too, or with that hash."""
    found = (folder / path).lstat()
    if not stat.S_ISREG(found.st_mode):
        return False
    with contextlib.suppress(OSError):
        if os.path.samestat(found, (live / path).lstat()):
            return True
    return sha256_of(folder / path) == sha256


def _is_folder(path: Path) -> bool:
    return stat.S_ISDIR(path.lstat().st_mode)


def _put_aside(folder: Path, live: Path) -> Path:
    return folder.rename(_free(live))


def _free(live: Path) -> Path:
    """A name beside the output that nothing has: `output.kept`, `output.kept-2` …"""
    names = (live.with_name(f"{live.name}.kept{f'-{number}' if number > 1 else ''}") for number in range(1, 10**6))
    return next(name for name in names if not os.path.lexists(name))


def _remove(folder: Path) -> None:
    shutil.rmtree(folder)


def _remove_below(folder: Path, jobs: int) -> None:
    """Delete the folders in a folder; several processes, since a disk is slow to say that a file is gone."""
    below = [path for path in folder.iterdir() if path.is_dir() and not path.is_symlink()]
    for _ in in_processes(shutil.rmtree, below, jobs=jobs):
        pass
