"""A destination that is one file: a zip of the release, to be carried to where it is put up by hand.

SITE.zip
  site/              the files, as the web server sends them, manifest and compressed companions among them
  怎样上线.html       what to do with them

The same files make the same bytes: entries in order, without times and rights. A zip holds one release and keeps none
before it; what the one of that name held counts as what is public.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import string
import sys
import tempfile
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from importlib import resources
from pathlib import Path

from filelock import lock_descriptor

from generator.base.archives import NewArchive, as_everywhere
from generator.base.diagnostics import DiscloseError
from generator.base.files import sync_folder
from generator.base.manifest import MANIFEST, Hashes
from generator.release.packing import Track
from generator.release.releases import Release, digest_of

SITE = "site/"
"""Where the files of the site stand in the zip."""
GUIDE = "怎样上线.html"
ENDING = ".zip"
_BEGUN = "19800101T000000Z"
"""The first moment that a zip can name: the time of all entries, so that they are the same each time."""


def zip_of(destination: str) -> Path | None:
    """The zip that `destination` names; None for what is a folder, here or elsewhere."""
    is_here = ":" not in destination.partition("/")[0] or (sys.platform == "win32" and destination[1:2] == ":")
    return Path(destination).expanduser() if is_here and destination.lower().endswith(ENDING) else None


class ZipDestination:
    """A zip of this machine."""

    def __init__(self, path: Path) -> None:
        self.shown = str(path)
        self._path = path.absolute()
        self._begun = f".{path.name}."
        self._new: Path | None = None

    @contextlib.contextmanager
    def locked(self) -> Iterator[None]:
        """See Destination. Each publish writes a file of its own, so that there is nothing to be kept from others."""
        with self._told():
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._live()
            for path in self._path.parent.glob(f"{self._begun}*.tmp"):
                _clear(path)
        try:
            yield
        finally:
            if self._new:
                self._new.unlink(missing_ok=True)

    @contextlib.contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
            raise DiscloseError(
                f"{self.shown}: is there and is no zip that disclose made ({error}); move it away, or name another file"
            ) from error
        except OSError as error:
            raise DiscloseError(
                f"{error.filename or self.shown}: {error.strerror or error}; {self.shown} stays as it was"
            ) from error

    def _live(self) -> Release | None:
        if not os.path.lexists(self._path):
            return None
        with zipfile.ZipFile(self._path) as archive:
            inside(archive)
            try:
                return Release(1, _BEGUN, digest_of(archive.read(SITE + MANIFEST)))
            except KeyError:
                raise zipfile.BadZipFile(f"{SITE}{MANIFEST} is missing") from None

    def releases(self) -> list[Release]:
        """See Destination."""
        live = self.live()
        return [live] if live else []

    def live(self) -> Release | None:
        """See Destination. What the zip holds; its number and time are always the same."""
        with self._told():
            return self._live()

    def read(self, release: Release, path: str) -> bytes:  # noqa: ARG002 - there is one
        """See Destination."""
        with self._told(), zipfile.ZipFile(self._path) as archive:
            try:
                return archive.read(SITE + path)
            except KeyError:
                raise DiscloseError(f"{self.shown}: it holds no {path}") from None

    def listed(self, release: Release) -> dict[str, str]:
        """See Destination. A zip is its own list: each entry has its checksum."""
        return self.hashes(release.name)

    def receive(self, sources: Sequence[Path], files: Hashes, live: Release | None, track: Track) -> str:  # noqa: ARG002
        """See Destination."""
        with self._told():
            handle, name = tempfile.mkstemp(dir=self._path.parent, prefix=self._begun, suffix=".tmp")
            self._new = Path(name)
            with os.fdopen(handle, "wb") as out:
                lock_descriptor(handle)  # another publish leaves it alone
                with NewArchive(out, "w", zipfile.ZIP_DEFLATED) as archive:
                    for path in track(sorted(files), len(files), "copying"):
                        source = next((folder for folder in sources if (folder / path).is_file()), sources[0])
                        with (source / path).open("rb") as file, archive.open(SITE + path, "w") as entry:
                            shutil.copyfileobj(file, entry)
                    with archive.open(GUIDE, "w") as entry:
                        entry.write(guide(files))
                    as_everywhere(archive)
                out.flush()
                os.fsync(handle)
            return self._new.name

    def hashes(self, folder: str) -> dict[str, str]:
        """See Destination."""
        path = self._new if self._new and self._new.name == folder else self._path
        with self._told(), zipfile.ZipFile(path) as archive:
            return {name: _sha256(archive, info) for name, info in inside(archive).items()}

    def accept(self, folder: str, release: Release, files: Hashes) -> None:
        """See Destination. It is on the disk already."""

    def switch(self, release: Release) -> None:
        """See Destination."""
        if self._new is None or release.digest != self._digest(self._new):
            raise DiscloseError(f"{self.shown}: a zip keeps no release before its own; publish instead")
        with self._told():
            self._new.chmod(0o644)
            self._new.replace(self._path)
            sync_folder(self._path.parent)
            self._new = None

    def _digest(self, path: Path) -> str:
        with self._told(), zipfile.ZipFile(path) as archive:
            return digest_of(archive.read(SITE + MANIFEST))

    def remove(self, release: Release) -> None:
        """See Destination. There is nothing besides what is live."""


def inside(archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    """The files of the site in a zip, and what lies beside `site/`: `../name` where the site has such a name.

    Raises BadZipFile where a name stands twice: programs differ in which of the two they unpack.
    """
    entries = archive.infolist()
    twice = [name for name, count in Counter(info.filename for info in entries).items() if count > 1]
    if twice:
        raise zipfile.BadZipFile(f"“{twice[0]}” stands in it twice")
    found = {info.filename.removeprefix(SITE): info for info in entries if info.filename.startswith(SITE)}
    beside = [info for info in entries if not info.filename.startswith(SITE) and info.filename != GUIDE]
    return found | {f"../{info.filename}" if info.filename in found else info.filename: info for info in beside}


def guide(files: Hashes) -> bytes:
    """The page that says how to put the files up."""
    text = (resources.files("generator.release") / "put_up.html").read_text(encoding="utf-8")
    return string.Template(text).substitute(count=len(files), sha256=files[MANIFEST]).encode()


def _sha256(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> str:
    with archive.open(info) as file:
        digest = hashlib.sha256()
        while some := file.read(1 << 20):
            digest.update(some)
        return digest.hexdigest()


def _clear(path: Path) -> None:
    """Take away what a publish that was killed left; one that is under way holds its file's lock."""
    with contextlib.suppress(FileNotFoundError):
        handle = os.open(path, os.O_RDWR)
        try:
            is_left = lock_descriptor(handle, blocking=False)
        finally:
            os.close(handle)
        if is_left:
            path.unlink()
