"""The lock of a destination behind SFTP, which knows none: a file that only one publish can make.

Its maker touches it as long as it lives. One that nobody touched for a while is dead, by the clock of the server, and
so is one of a process of this machine that ended: the next publish takes it away.
"""

from __future__ import annotations

import asyncio
import os
import posixpath
import re
import secrets
from typing import cast

import asyncssh

from generator.release.destination import held, owner

HELD = ".publish.held"
_BEAT, _DEAD = 15.0, 60.0
"""Seconds between two touches of the lock, and after which one that nobody touched is dead."""
_TRIES = 3


class SftpLock:
    """The lock of the destination `shown`, whose folder is `root`."""

    def __init__(self, sftp: asyncssh.SFTPClient, root: str, shown: str) -> None:
        self._sftp = sftp
        self._path = posixpath.join(root, HELD)
        self._shown = shown
        self._mine = f"{owner()}\n{secrets.token_hex(8)}"

    async def take(self) -> None:
        """Make the lock. Raises DiscloseError when another publish is under way."""
        for _ in range(_TRIES):
            if await self._made():
                return
            theirs = await self._read(self._path)
            if theirs is not None:
                if not await self._is_dead(theirs):
                    raise held(self._shown, theirs.partition("\n")[0])
                await self._break(theirs)
        raise held(self._shown, "")

    async def check(self) -> None:
        """Raise DiscloseError when the lock was taken away: this process slept so long that another one goes on."""
        theirs = await self._read(self._path)
        if theirs != self._mine:
            raise held(self._shown, (theirs or "").partition("\n")[0])

    async def keep_fresh(self) -> None:
        """Touch the lock, until this is cancelled."""
        while True:
            await asyncio.sleep(_BEAT)
            if await self._read(self._path) == self._mine:
                await self._sftp.utime(self._path, None)

    async def release(self) -> None:
        """Take the lock away, if it is still ours."""
        if await self._read(self._path) == self._mine:
            await self._sftp.remove(self._path)

    async def _made(self) -> bool:
        """Whether the file is ours now."""
        try:
            async with self._sftp.open(self._path, "xb") as file:
                await file.write(self._mine.encode())
        except asyncssh.SFTPError:  # the servers differ in what they say of a file that is there
            if not await self._sftp.lexists(self._path):
                raise
            return False
        return True

    async def _read(self, path: str) -> str | None:
        try:
            async with self._sftp.open(path, "rb") as file:
                return cast("bytes", await file.read(1000)).decode("utf-8", "replace")
        except (asyncssh.SFTPNoSuchFile, asyncssh.SFTPNoSuchPath):
            return None

    async def _is_dead(self, theirs: str) -> bool:
        if _ended_here(theirs):
            return True
        probe = self._aside()
        async with self._sftp.open(probe, "wb") as file:
            await file.write(b".")
        now = (await self._sftp.stat(probe)).mtime or 0
        await self._sftp.remove(probe)
        return now - ((await self._sftp.stat(self._path)).mtime or 0) > _DEAD

    async def _break(self, theirs: str) -> None:
        """Take a dead lock away; one that another publish made meanwhile is put back."""
        aside = self._aside()
        await self._sftp.posix_rename(self._path, aside)
        if await self._read(aside) == theirs:
            await self._sftp.remove(aside)
        else:
            await self._sftp.rename(aside, self._path)

    def _aside(self) -> str:
        return f"{self._path}-{secrets.token_hex(8)}"


_OWNER = re.compile(re.escape(owner().partition(", process ")[0]) + r", process (\d+)")
"""What a lock says of a publish of this user on this machine."""


def _ended_here(theirs: str) -> bool:
    """Whether the lock is of a process of this machine that is no more."""
    found = _OWNER.match(theirs)
    if not found or os.name == "nt":  # asking there for a process could end it
        return False
    try:
        os.kill(int(found[1]), 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return False
