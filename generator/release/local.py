"""A destination on this machine: a folder."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from filelock import lock_descriptor

from generator.base.diagnostics import DiscloseError
from generator.base.files import write_text
from generator.base.manifest import Hashes, hashes_of, sha256_of
from generator.release.destination import (
    CURRENT,
    INCOMING,
    LISTED,
    LOCK,
    RELEASES,
    REMOVING,
    check_place,
    held,
    is_current,
    leftovers,
    listing,
    no_switch,
    not_a_destination,
    owner,
    read_listing,
)
from generator.release.packing import Track
from generator.release.releases import Release, releases_among

_NEW = f".{CURRENT}.new"
"""Takes the place of `current` in one step."""


_CANNOT_SWITCH = sys.platform == "win32"
"""Windows cannot replace a link to a folder in one step. A name, as checkers of types would skip the rest for it."""


class LocalDestination:
    """A folder of this machine; its `current` is the root of the web server."""

    def __init__(self, folder: Path) -> None:
        if _CANNOT_SWITCH:
            raise no_switch(str(folder))
        self.shown = str(folder)
        self._folder = folder.absolute()
        self._releases = self._folder / RELEASES

    @contextlib.contextmanager
    def locked(self) -> Iterator[None]:
        """See Destination. The lock belongs to the process: killed, it leaves none behind."""
        with self._told():
            self._check()
            self._folder.parent.mkdir(parents=True, exist_ok=True)
            for folder in (self._folder, self._releases):
                if not folder.is_dir():
                    _make(folder)
            lock = os.open(self._folder / LOCK, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o644)
            try:
                if not lock_descriptor(lock, blocking=False):
                    raise held(self.shown, os.read(lock, 200).decode("utf-8", "replace").strip())
                os.truncate(lock, 0)
                os.write(lock, owner().encode())
                for name in leftovers(path.name for path in self._releases.iterdir()):
                    _remove(self._releases / name)
                self._check_links()
                yield
            finally:
                os.close(lock)

    def _check(self) -> None:
        real = self._folder.resolve()
        check_place(self.shown, real, (path.name for path in (real.iterdir() if real.is_dir() else ())))
        current = self._folder / CURRENT
        if os.path.lexists(current) and not (current.is_symlink() and is_current(str(current.readlink()))):
            raise not_a_destination(self.shown, CURRENT)
        new = self._folder / _NEW
        if os.path.lexists(new) and not new.is_symlink():
            raise not_a_destination(self.shown, _NEW)
        for folder in (self._folder, self._releases):
            if folder.exists() and not folder.is_dir():
                raise not_a_destination(self.shown, folder.name)

    def _check_links(self) -> None:
        """Find out before anything is sent whether it can be switched to."""
        new = self._folder / _NEW
        new.unlink(missing_ok=True)
        try:
            new.symlink_to(RELEASES)
        except (OSError, NotImplementedError) as error:
            raise no_switch(self.shown) from error
        new.unlink()

    @contextlib.contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            where = error.filename or self.shown
            raise DiscloseError(f"{where}: {error.strerror or error}; what is live stays as it was") from error

    def releases(self) -> list[Release]:
        """See Destination."""
        with self._told():
            return releases_among(path.name for path in self._releases.iterdir()) if self._releases.is_dir() else []

    def live(self) -> Release | None:
        """See Destination."""
        with self._told():
            self._check()
            current = self._folder / CURRENT
            found = releases_among([current.readlink().name] if current.is_symlink() else [])
            return found[0] if found else None

    def read(self, release: Release, path: str) -> bytes:
        """See Destination."""
        with self._told():
            return (self._releases / release.name / path).read_bytes()

    def listed(self, release: Release) -> dict[str, str]:
        """See Destination."""
        path = self._releases / (release.name + LISTED)
        with self._told():
            return read_listing(path.read_text("utf-8"), str(path))

    def receive(self, sources: Sequence[Path], files: Hashes, live: Release | None, track: Track) -> str:
        """See Destination. A file that the live release has is linked, so that a release costs what it changes."""
        with self._told():
            incoming = Path(tempfile.mkdtemp(dir=self._releases, prefix=INCOMING))
            incoming.chmod(0o755)
            before = self._releases / live.name if live else None
            for folder in sorted({parent for path in files for parent in (incoming / path).parents}):
                if incoming in folder.parents:
                    _make(folder)
            for path in track(sorted(files), len(files), "copying"):
                new = incoming / path
                if not (before and _link(before / path, new, files[path])):
                    source = next((folder for folder in sources if (folder / path).is_file()), sources[0])
                    shutil.copyfile(source / path, new)
                    new.chmod(0o644)
            return incoming.name

    def hashes(self, folder: str) -> dict[str, str]:
        """See Destination."""
        with self._told():
            return hashes_of(self._releases / folder)

    def accept(self, folder: str, release: Release, files: Hashes) -> None:
        """See Destination."""
        with self._told():
            listed = self._releases / (release.name + LISTED)
            write_text(listed, listing(files))
            listed.chmod(0o644)
            if sys.platform != "win32":
                os.sync()
            (self._releases / folder).rename(self._releases / release.name)

    def switch(self, release: Release) -> None:
        """See Destination."""
        with self._told():
            new = self._folder / _NEW
            new.unlink(missing_ok=True)
            new.symlink_to(f"{RELEASES}/{release.name}")
            new.replace(self._folder / CURRENT)

    def remove(self, release: Release) -> None:
        """See Destination. It vanishes in one step: half of it is never taken for a release."""
        with self._told():
            gone = self._releases / (REMOVING + release.name)
            (self._releases / release.name).rename(gone)
            (self._releases / (release.name + LISTED)).unlink(missing_ok=True)
            _remove(gone)


def _make(folder: Path) -> None:
    folder.mkdir()
    folder.chmod(0o755)  # the web server is another user, whatever the umask of this one


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink()


def _link(old: Path, new: Path, sha256: str) -> bool:
    """Whether `new` is now `old`, which holds what is wanted: a damaged file is not handed on."""
    try:
        if old.is_symlink() or sha256_of(old) != sha256:
            return False
        new.hardlink_to(old)
    except OSError:
        return False
    return True
