"""How a connection by SFTP is asked for, and what is said when it fails: in the words of OpenSSH, which people know."""

from __future__ import annotations

import argparse
import contextlib
import shlex
import socket
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import asyncssh

from generator.base.diagnostics import UsageError
from generator.release.shell import RemoteFolder
from generator.release.ssh_words import what_to_do

_AS_OPENSSH_SAYS: tuple[tuple[type[BaseException], str], ...] = (
    (asyncssh.HostKeyNotVerifiable, "Host key verification failed"),
    (asyncssh.PermissionDenied, "Permission denied (publickey)"),
    (socket.gaierror, "Could not resolve hostname"),
    (ConnectionRefusedError, "Connection refused"),
    (TimeoutError, "Connection timed out"),
)
_USER_CONFIG = "~/.ssh/config"
_SECONDS = 20


def what_happened(error: BaseException, host: str) -> str:
    """What went wrong, that nothing changed for the public, and what to do about it."""
    if isinstance(error, asyncssh.SFTPOpUnsupported):
        return "the server cannot rename over what is there, so no release could be switched; publish over SSH instead"
    said = next((words for kind, words in _AS_OPENSSH_SAYS if isinstance(error, kind)), "")
    if not said:
        return f"{str(error) or type(error).__name__}; what is live stays as it was"
    return f"{said}; what is live stays as it was\n{host}: {what_to_do(said, host)}"


@contextlib.contextmanager
def connection_options(ssh: str) -> Iterator[Sequence[str]]:
    """The files of settings that a connection reads, the first of them what `--ssh` says.

    Of the options of `ssh` those count that choose key, user, port and settings: -i, -l, -p, -F, -o. Raises UsageError
    for others.
    """
    options = _options(ssh)
    lines = [setting.replace("=", " ", 1) for setting in options.o]
    lines += [f"IdentityFile {key}" for key in options.i]
    lines += [f"Port {options.p}"] if options.p else []
    lines += [f"User {options.l}"] if options.l else []
    with tempfile.TemporaryDirectory(prefix="disclose-") as folder:
        mine = Path(folder, "config")
        mine.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        theirs = Path(options.F or _USER_CONFIG).expanduser()
        yield [str(path) for path in (mine, theirs) if path.is_file()]


async def connected(place: RemoteFolder, ssh: str) -> tuple[asyncssh.SSHClientConnection, asyncssh.SFTPClient]:
    """A connection to the machine of a place, and its files. Raises what `what_happened` has words for."""
    user, _, host = place.host.rpartition("@")
    with connection_options(ssh) as config:
        connection = await asyncssh.connect(
            host,
            int(place.port) if place.port else (),
            config=config,
            connect_timeout=_SECONDS,
            keepalive_interval=15,
            keepalive_count_max=4,
            **({"username": user} if user else {}),
        )
    return connection, await connection.start_sftp_client()


async def disconnected(connection: asyncssh.SSHClientConnection) -> None:
    """Wait for the end of a connection."""
    connection.close()
    await connection.wait_closed()


class _Options(argparse.ArgumentParser):
    def error(self, message: str) -> None:  # type: ignore[override]  # argparse would end the process
        raise UsageError(f"--ssh: {message}; over sftp:// it takes -i KEY, -l USER, -p PORT, -F FILE and -o NAME=VALUE")


def _options(ssh: str) -> argparse.Namespace:
    parser = _Options(prog="ssh", add_help=False, allow_abbrev=False)
    for name in ("-o", "-i"):
        parser.add_argument(name, action="append", default=[])
    for name in ("-l", "-p", "-F"):
        parser.add_argument(name, default="")
    try:
        words = shlex.split(ssh)
    except ValueError as error:
        raise UsageError(f"--ssh: {ssh}: {error}") from error
    return parser.parse_args(words[1:])
