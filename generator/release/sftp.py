"""A destination that is reached by SFTP alone: no program runs on the other machine, and none but Python on this one.

For Windows, and for hosts that give an account for files and no shell. The releases are those of the other
destinations; three things are done in another way, because SFTP has no locks and no hashes:

- *The lock* is a file (sftp_lock.py).
- *What arrived* is read back whole. A file that the live release has is linked, not sent, and read back all the same.
- *The switch* is the one rename that replaces (`posix-rename@openssh.com`); a server without it is refused.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import posixpath
import secrets
import threading
from collections.abc import Coroutine, Iterable, Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import Any, TypeVar, cast

import asyncssh

from generator.base.diagnostics import DiscloseError
from generator.base.manifest import Hashes
from generator.release.destination import (
    CURRENT,
    INCOMING,
    LISTED,
    RELEASES,
    REMOVING,
    check_place,
    is_current,
    leftovers,
    listing,
    not_a_destination,
    read_listing,
)
from generator.release.packing import Track
from generator.release.releases import Release, releases_among
from generator.release.sftp_connection import connected, disconnected, what_happened
from generator.release.sftp_lock import SftpLock
from generator.release.shell import RemoteFolder

_AT_ONCE = 16
"""Files that travel side by side: a server answers slowly, but many at a time."""
_PIECE = 1 << 20
_FOLDER, _FILE = 0o755, 0o644
_NEW = f".{CURRENT}.new"
"""Takes the place of `current` in one step."""

_T = TypeVar("_T")


class SftpDestination:
    """A folder of another machine, behind SFTP. Its connection lives in a thread, so that the lock stays fresh."""

    def __init__(self, shown: str, place: RemoteFolder, ssh: str) -> None:
        """Connect. Raises DiscloseError, with what to do, when that fails; UsageError for options that are none."""
        self.shown = shown
        self._host = place.host
        self._root = place.path.rstrip("/") or "/"
        self._proved: dict[str, str] = {}
        """Hashes of files that were linked and read back, by their path."""
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        try:
            self._connection, self._sftp = self._run(connected(place, ssh))
        except BaseException:
            self._end_loop()
            raise

    def close(self) -> None:
        """End the connection."""
        with contextlib.suppress(DiscloseError):
            self._run(disconnected(self._connection))
        self._end_loop()

    def _end_loop(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def _run(self, work: Coroutine[Any, Any, _T]) -> _T:
        waiting = asyncio.run_coroutine_threadsafe(work, self._loop)
        try:
            return waiting.result()
        except (asyncssh.Error, OSError, TimeoutError) as error:
            raise DiscloseError(f"{self.shown}: {what_happened(error, self._host)}") from error
        except KeyboardInterrupt:
            waiting.cancel()
            raise

    def _path(self, *parts: str) -> str:
        return posixpath.join(self._root, *parts)

    def _release(self, *parts: str) -> str:
        return self._path(RELEASES, *parts)

    # ------------------------------------------------------------------------------------------------- the lock

    @contextlib.contextmanager
    def locked(self) -> Iterator[None]:
        """See Destination."""
        self._run(self._made_ready())
        lock = self._lock = SftpLock(self._sftp, self._root, self.shown)
        self._run(lock.take())
        beating = asyncio.run_coroutine_threadsafe(lock.keep_fresh(), self._loop)
        try:
            self._run(self._cleared())
            yield
        finally:
            beating.cancel()
            with contextlib.suppress(DiscloseError):
                self._run(lock.release())

    async def _made_ready(self) -> None:
        await self._check()
        for folder in (self._root, self._release()):
            if not await self._sftp.isdir(folder):
                await self._sftp.makedirs(folder, exist_ok=True)
                await self._sftp.chmod(folder, _FOLDER)

    async def _check(self) -> None:
        real = str(await self._sftp.realpath(self._root))
        names = await self._names(self._root)
        check_place(self.shown, PurePosixPath(real), names)
        if CURRENT in names:
            current = self._path(CURRENT)
            is_ours = await self._sftp.islink(current) and is_current(str(await self._sftp.readlink(current)))
            if not is_ours:
                raise not_a_destination(self.shown, CURRENT)
        if _NEW in names and not await self._sftp.islink(self._path(_NEW)):
            raise not_a_destination(self.shown, _NEW)

    async def _names(self, folder: str) -> list[str]:
        """What lies in a folder; nothing where there is none."""
        try:
            return sorted(name for name in map(str, await self._sftp.listdir(folder)) if name not in (".", ".."))
        except (asyncssh.SFTPNoSuchFile, asyncssh.SFTPNoSuchPath):
            return []

    async def _cleared(self) -> None:
        for name in leftovers(await self._names(self._release())):
            await self._delete(self._release(name))

    async def _delete(self, path: str) -> None:
        if await self._sftp.isdir(path) and not await self._sftp.islink(path):
            await self._sftp.rmtree(path)
        else:
            await self._sftp.remove(path)

    # ------------------------------------------------------------------------------------------------- what is there

    def releases(self) -> list[Release]:
        """See Destination."""
        return releases_among(self._run(self._names(self._release())))

    def live(self) -> Release | None:
        """See Destination."""
        return self._run(self._live())

    async def _live(self) -> Release | None:
        await self._check()
        if not await self._sftp.lexists(self._path(CURRENT)):
            return None
        found = releases_among([posixpath.basename(str(await self._sftp.readlink(self._path(CURRENT))))])
        return found[0] if found else None

    def read(self, release: Release, path: str) -> bytes:
        """See Destination."""
        return self._run(self._bytes(self._release(release.name, path)))

    async def _bytes(self, path: str) -> bytes:
        async with self._sftp.open(path, "rb") as file:
            return cast("bytes", await file.read())

    def listed(self, release: Release) -> dict[str, str]:
        """See Destination."""
        return read_listing(self.read(release, f"../{release.name}{LISTED}").decode("utf-8"), release.name + LISTED)

    def hashes(self, folder: str) -> dict[str, str]:
        """See Destination. Every file is read, but those that were read since they were linked."""
        return self._run(self._hashes(self._release(folder)))

    async def _hashes(self, root: str) -> dict[str, str]:
        found, odd = await self._walk(root)
        paths = [f"{root}/{path}" for path in found]
        digests = await _side_by_side(self._hash_or_proved(path) for path in paths)
        return dict(zip(found, digests, strict=True)) | dict.fromkeys(odd, "")

    async def _walk(self, root: str) -> tuple[list[str], list[str]]:
        """The files below a folder, and what is neither file nor folder."""
        files, odd, folders = list[str](), list[str](), [""]
        while folders:
            folder = folders.pop()
            async for entry in self._sftp.scandir(posixpath.join(root, folder)):
                name = str(entry.filename)
                path = posixpath.join(folder, name)
                if entry.attrs.type == asyncssh.FILEXFER_TYPE_DIRECTORY:
                    folders += [] if name in (".", "..") else [path]
                else:
                    (files if entry.attrs.type == asyncssh.FILEXFER_TYPE_REGULAR else odd).append(path)
        return files, odd

    async def _hash_or_proved(self, path: str) -> str:
        return self._proved.get(path) or await self._hash(path)

    async def _hash(self, path: str) -> str:
        digest = hashlib.sha256()
        async with self._sftp.open(path, "rb") as file:
            while piece := cast("bytes", await file.read(_PIECE)):
                digest.update(piece)
        return digest.hexdigest()

    # ------------------------------------------------------------------------------------------------- what changes

    def receive(self, sources: Sequence[Path], files: Hashes, live: Release | None, track: Track) -> str:
        """See Destination."""
        try:
            before = self.listed(live) if live else {}
        except DiscloseError:
            before = {}  # a damaged release: everything travels
        folder = INCOMING + secrets.token_hex(8)
        known = self._release(live.name) if live else ""
        self._run(self._receive(folder, sources, files, known, before, track))
        return folder

    async def _receive(
        self, folder: str, sources: Sequence[Path], files: Hashes, known: str, before: Hashes, track: Track
    ) -> None:
        incoming = self._release(folder)
        parents = {str(parent) for path in files for parent in PurePosixPath(path).parents}
        for parent in sorted(parents):
            await self._sftp.mkdir(posixpath.normpath(f"{incoming}/{parent}"))
            await self._sftp.chmod(posixpath.normpath(f"{incoming}/{parent}"), _FOLDER)
        paths = track(sorted(files), len(files), "sending")
        await _side_by_side(
            self._put(
                f"{incoming}/{path}",
                next((one / path for one in sources if (one / path).is_file()), sources[0] / path),
                f"{known}/{path}" if before.get(path) == files[path] else "",
                files[path],
            )
            for path in paths
        )

    async def _put(self, new: str, source: Path, old: str, sha256: str) -> None:
        if old and await self._linked(new, old, sha256):
            return
        async with self._sftp.open(new, "wb") as file:
            with source.open("rb") as data:
                while piece := data.read(_PIECE):
                    await file.write(piece)
            with contextlib.suppress(asyncssh.SFTPOpUnsupported):
                await file.fsync()
        await self._sftp.chmod(new, _FILE)

    async def _linked(self, new: str, old: str, sha256: str) -> bool:
        """Whether `new` is now `old`, which holds what is wanted: a damaged file is not handed on."""
        try:
            await self._sftp.link(old, new)
        except asyncssh.SFTPError:  # the server has no links, or the file is gone
            return False
        if await self._hash(new) != sha256:
            await self._sftp.remove(new)
            return False
        self._proved[new] = sha256
        return True

    def accept(self, folder: str, release: Release, files: Hashes) -> None:
        """See Destination."""
        self._run(self._accept(folder, release, files))

    async def _accept(self, folder: str, release: Release, files: Hashes) -> None:
        listed = self._release(release.name + LISTED)
        async with self._sftp.open(listed, "wb") as file:
            await file.write(listing(files).encode())
        await self._sftp.chmod(listed, _FILE)
        await self._sftp.rename(self._release(folder), self._release(release.name))

    def switch(self, release: Release) -> None:
        """See Destination."""
        self._run(self._switch(release))

    async def _switch(self, release: Release) -> None:
        await self._lock.check()
        new = self._path(_NEW)
        if await self._sftp.lexists(new):
            await self._sftp.remove(new)
        await self._sftp.symlink(f"{RELEASES}/{release.name}", new)
        await self._sftp.posix_rename(new, self._path(CURRENT))

    def remove(self, release: Release) -> None:
        """See Destination. It vanishes in one step: half of it is never taken for a release."""
        self._run(self._remove(release))

    async def _remove(self, release: Release) -> None:
        await self._lock.check()
        gone = self._release(REMOVING + release.name)
        await self._sftp.rename(self._release(release.name), gone)
        listed = self._release(release.name + LISTED)
        if await self._sftp.lexists(listed):
            await self._sftp.remove(listed)
        await self._delete(gone)


async def _side_by_side(works: Iterable[Coroutine[Any, Any, _T]]) -> list[_T]:
    """What all of them give, in order; so many at once. The first that fails ends all."""
    free, tasks = asyncio.Semaphore(_AT_ONCE), list[asyncio.Task[_T]]()

    async def one(work: Coroutine[Any, Any, _T]) -> _T:
        try:
            return await work
        finally:
            free.release()

    try:
        async with asyncio.TaskGroup() as group:
            for work in works:
                await free.acquire()
                tasks.append(group.create_task(one(work)))
    except BaseExceptionGroup as many:
        raise many.exceptions[0] from None
    return [task.result() for task in tasks]
