"""A destination on another machine: a folder behind SSH, filled by rsync."""

from __future__ import annotations

import contextlib
import re
import secrets
import shlex
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath

from generator.base.diagnostics import DiscloseError
from generator.base.manifest import Hashes
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
    not_a_destination,
    owner,
    read_listing,
)
from generator.release.packing import Track
from generator.release.releases import Release, releases_among
from generator.release.shell import RemoteFolder, Shell, ssh_command

_NEW = f".{CURRENT}.new"
_TOOLS = "rsync flock sha256sum find sync"
"""What the other machine needs; every Linux server has them or can."""


class RemoteDestination:
    """A folder of another machine. The one connection that holds the lock does all that changes the destination."""

    def __init__(self, shown: str, place: RemoteFolder, ssh: str) -> None:
        self.shown = shown
        self._place = place
        self._ssh = ssh_command(ssh, place)
        self._shell = Shell(self._ssh, place.host)
        self._uploads: list[str] = []

    def close(self) -> None:
        """End the connection."""
        self._shell.close()

    def _run(self, script: str) -> str:
        return self._shell.run(f"cd {shlex.quote(self._place.path)} && {script}")

    @contextlib.contextmanager
    def locked(self) -> Iterator[None]:
        """See Destination. The lock belongs to the shell on the other machine, which ends with the connection."""
        missing = self._shell.run(f"for tool in {_TOOLS}; do command -v $tool >/dev/null || echo $tool; done").split()
        if missing:
            raise DiscloseError(f"{self.shown}: the server lacks {', '.join(missing)}; install them there")
        path = shlex.quote(self._place.path)
        self._check_place()
        self._shell.run(f"umask 022 && mkdir -p {path}/{RELEASES}")
        self._check()
        self._run(f"umask 022 && : >>{LOCK}")
        _, code = self._shell.attempt(f"exec 9<>{path}/{LOCK}; flock -n 9", here=True)
        if code:
            raise held(self.shown, self._run(f"cat {LOCK}").strip())
        self._run(f"printf %s {shlex.quote(owner())} >{LOCK}")
        for name in leftovers(self._run(f"ls -1A {RELEASES}").split("\n")):
            if name.startswith(INCOMING):
                self._uploads.append(name)
            else:
                self._delete(name)
        yield

    def _delete(self, name: str) -> None:
        self._run(f"rm -rf -- {RELEASES}/{shlex.quote(name)}")

    def _check_place(self) -> None:
        path = shlex.quote(self._place.path)
        real, *names = self._shell.run(f"readlink -m -- {path} || :; ls -1A -- {path} 2>/dev/null || :").split("\n")
        check_place(self.shown, PurePosixPath(real), names)

    def _check(self) -> None:
        link = self._run(f"readlink {CURRENT} || test ! -e {CURRENT} || echo .")
        if link.strip() and not is_current(link.removesuffix("\n")):
            raise not_a_destination(self.shown, CURRENT)
        odd = f"if [ -L {LOCK} ]; then echo {LOCK}; elif [ -e {_NEW} ] && [ ! -L {_NEW} ]; then echo {_NEW}; fi"
        if found := self._run(odd).strip():
            raise not_a_destination(self.shown, found)

    def _is_there(self) -> bool:
        return self._shell.attempt(f"[ -d {shlex.quote(self._place.path)}/{RELEASES} ]")[1] == 0

    def releases(self) -> list[Release]:
        """See Destination."""
        return releases_among(self._run(f"ls -1A {RELEASES}").split("\n")) if self._is_there() else []

    def live(self) -> Release | None:
        """See Destination."""
        self._check_place()
        if not self._is_there():
            return None
        self._check()
        found = releases_among([self._run(f"readlink {CURRENT} || :").strip().rpartition("/")[2]])
        return found[0] if found else None

    def read(self, release: Release, path: str) -> bytes:
        """See Destination."""
        return self._run(f"cat {RELEASES}/{release.name}/{shlex.quote(path)}").encode("utf-8", "surrogateescape")

    def listed(self, release: Release) -> dict[str, str]:
        """See Destination."""
        return read_listing(self._run(f"cat {RELEASES}/{release.name}{LISTED}"), release.name + LISTED)

    def receive(
        self,
        sources: Sequence[Path],
        files: Hashes,  # noqa: ARG002 (rsync walks the sources itself)
        live: Release | None,
        track: Track,  # noqa: ARG002 (and shows how far it has come)
    ) -> str:
        """See Destination. What the live release or an interrupted upload has already does not travel again."""
        folder = INCOMING + secrets.token_hex(8)
        known = [*([live.name] if live else []), *self._uploads[:8]]
        host = f"[{self._place.host}]" if self._place.host.count(":") > 1 else self._place.host
        is_watched = sys.stderr.isatty()
        command = [
            "rsync",
            "--recursive",
            "--checksum",  # by content: a damaged file of the live release is not handed on
            "--perms",
            "--chmod=D755,F644",
            "--protect-args",
            *(f"--link-dest=../{name}" for name in known),
            f"--rsh={shlex.join(self._ssh)}",
            *(("--info=progress2", "--no-inc-recursive") if is_watched else ()),
            *(f"{source}/" for source in sources),
            f"{host}:{self._place.path}/{RELEASES}/{folder}/",
        ]
        self._run(f"mkdir {RELEASES}/{folder}")
        try:
            done = subprocess.run(  # noqa: S603 (no shell)
                command,
                check=False,
                stdin=subprocess.DEVNULL,
                stdout=sys.stderr if is_watched else subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                text=True,
            )
        except OSError as error:
            raise DiscloseError(f"rsync: cannot be run: {error.strerror}; install rsync") from error
        if done.returncode:
            raise DiscloseError(
                f"{self.shown}: the upload failed; what is live stays as it was:\n{done.stderr.strip()[-2000:]}"
            )
        while self._uploads:  # should somebody's upload still be running, the next publish takes it away
            self._shell.attempt(
                f"cd {shlex.quote(self._place.path)}/{RELEASES} && rm -rf -- {shlex.quote(self._uploads.pop())}"
            )
        return folder

    def hashes(self, folder: str) -> dict[str, str]:
        """See Destination."""
        place = f"{RELEASES}/{shlex.quote(folder)}"
        odd = self._run(f"cd {place} && find . ! -type d ! -type f").split("\n")
        text = self._run(f"cd {place} && find . -type f -exec sha256sum {{}} +")
        return read_listing(text, self.shown) | {re.sub(r"^\./", "", path): "" for path in odd if path}

    def accept(self, folder: str, release: Release, files: Hashes) -> None:
        """See Destination."""
        end = secrets.token_hex(8)
        self._run(f"cat >{RELEASES}/{release.name}{LISTED} <<'{end}'\n{listing(files)}{end}")
        self._run(f"sync && mv {RELEASES}/{folder} {RELEASES}/{release.name}")

    def switch(self, release: Release) -> None:
        """See Destination."""
        self._run(f"rm -f {_NEW} && ln -s {RELEASES}/{release.name} {_NEW} && mv -T {_NEW} {CURRENT}")

    def remove(self, release: Release) -> None:
        """See Destination."""
        gone = REMOVING + release.name
        self._run(f"mv {RELEASES}/{release.name} {RELEASES}/{gone} && rm -f {RELEASES}/{release.name}{LISTED}")
        self._delete(gone)
