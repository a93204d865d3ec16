"""A shell on another machine, through SSH: one connection, one script after the other."""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import select
import shlex
import subprocess
import sys
import tempfile
import time
from types import TracebackType
from typing import NamedTuple

from generator.base.diagnostics import DiscloseError, UsageError, visible
from generator.release.ssh_words import what_to_do

_KEEPALIVE = ("-o", "ServerAliveInterval=15", "-o", "ServerAliveCountMax=4", "-o", "ConnectTimeout=20")
"""A dead line is noticed within a minute. OpenSSH takes the first value of an option: the user's come before."""


_LONGEST = 2000
"""Characters of what SSH or the login shell says that are shown."""
_GREETING = 1 << 26
"""Bytes of what a login shell says by itself at most; more of them have no end."""
_PATIENCE = 25.0
"""Seconds until a shell must have answered: from the start where nobody can be asked for a password, else from its
first word on."""
_PIECE = 1 << 16


def _can_ask() -> bool:
    """Whether somebody may be typing a password or touching a key, so that silence says nothing."""
    if sys.platform == "win32" or any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "SSH_AUTH_SOCK")):
        return True
    try:
        os.close(os.open("/dev/tty", os.O_RDWR | os.O_NOCTTY))
    except OSError:
        return False
    return True


class RemoteFolder(NamedTuple):
    """A folder on another machine."""

    host: str
    """As SSH takes it: `user@host`, or a name in ~/.ssh/config."""
    port: str
    """Empty: what SSH thinks."""
    path: str
    """Absolute, or relative to the home folder."""


_DRIVE = re.compile(r"[A-Za-z]:(?:[\\/]|$)|\\\\" if sys.platform == "win32" else r"[A-Za-z]:(?:\\|$)|\\\\")
"""A folder of Windows. Elsewhere `h:/srv` is the folder of a host with a short name, as scp takes it."""
SFTP = "sftp:"
"""How a destination begins that is reached by SFTP alone."""
_URL = re.compile(r"(?:ssh|sftp)://((?:[^@/\s]+@)?(?:\[[0-9A-Fa-f:.]+\]|[^@/:\s\[\]]+))(?::(\d+))?(/.*)")
_SCP = re.compile(r"((?:[^@/:\s]+@)?(?:\[[0-9A-Fa-f:.]+\]|[^@/:\s\[\]]+)):(.*)", re.DOTALL)


def place_of(destination: str) -> RemoteFolder | None:
    """The place that `user@host:path`, `ssh://user@host:port/path` or `sftp://…` names; None for a folder here.

    Raises UsageError for what looks like one and is none.
    """
    if _DRIVE.match(destination):
        raise UsageError(
            f"{destination}: a folder of Windows, and publishing to a folder needs Linux or macOS. Publish to the web "
            "server (sftp://user@host/path), or make a zip and put it up there: disclose publish site.zip"
        )
    if destination.startswith(("ssh:", SFTP)):
        found = _URL.fullmatch(destination)
        host, port, path = found.groups() if found else ("", "", "")
    else:
        if ":" not in destination.partition("/")[0]:
            return None
        found = _SCP.fullmatch(destination)
        host, port, path = (found[1], "", found[2]) if found else ("", "", "")
    path = re.sub("^/?~/", "", path)
    if not host or host.startswith("-") or not path.strip("/") or re.search(r"[\x00-\x1f]", path):
        raise UsageError(f"{destination}: not an address over SSH; write user@host:path or ssh://user@host:port/path")
    return RemoteFolder(host.replace("[", "").replace("]", ""), port or "", path)


def ssh_command(ssh: str, place: RemoteFolder) -> list[str]:
    """The words that run SSH, the host left out. Raises UsageError when `ssh` cannot be split into words."""
    try:
        words = shlex.split(ssh)
    except ValueError as error:
        raise UsageError(f"--ssh: {ssh}: {error}") from error
    return [*words, *(("-p", place.port) if place.port else ()), *_KEEPALIVE]


class Shell:
    """A shell that stays open, so that a lock it holds is held as long as we live and no longer."""

    def __init__(self, ssh: list[str], host: str) -> None:
        """Raises DiscloseError when SSH cannot be run."""
        self._host = host
        self._read = bytearray()
        self._until: float | None
        self._is_greeting, self._until = False, None
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 (as long as the shell); questions come by the terminal
        try:
            self._process = subprocess.Popen(  # noqa: S603 (the user names it)
                [*ssh, host, "exec sh"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._errors
            )
        except OSError as error:
            raise DiscloseError(f"{ssh[0]}: cannot be run: {error.strerror}; install OpenSSH's client") from error

    def __enter__(self) -> Shell:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the connection; the shell ends with what it reads from."""
        for stream in (self._process.stdin, self._process.stdout):
            if stream:
                with contextlib.suppress(BrokenPipeError):
                    stream.close()
        self._process.wait()
        self._errors.close()

    def run(self, script: str, *, here: bool = False) -> str:
        """What the script prints. Raises DiscloseError, with what it printed, when it fails.

        `here`: run it in the shell itself, where what it opens stays open; else in a subshell.
        """
        text, code = self.attempt(script, here=here)
        if code:
            raise DiscloseError(f"{self._host}: {text.strip() or f'a command ended with {code}'}")
        return text

    def attempt(self, script: str, *, here: bool = False) -> tuple[str, int]:
        """What the script prints and its exit code."""
        mark = secrets.token_hex(8)
        opening, closing = "{}" if here else "()"
        self._send(
            f"printf '\\n%s\\n' 'begin {mark}'\n{opening}\n{script}\n{closing} 2>&1 </dev/null\n"
            f"printf '\\n%s %s\\n' 'end {mark}' \"$?\"\n"
        )
        self._greeted(f"begin {mark}\n")
        lines: list[str] = []
        while not (line := self._line()).startswith(f"end {mark} "):
            lines.append(line)
        return "".join(lines)[:-1], int(line.split()[2])

    def _greeted(self, opening: str) -> None:
        """Read what the login shell says by itself, with or without an end of line, up to the opening."""
        said, size = "", 0
        self._is_greeting, self._until = True, None if _can_ask() else time.monotonic() + _PATIENCE
        while (line := self._line(said)) != opening:
            said, size = (said + line)[-_LONGEST:], size + len(line)
            if size > _GREETING:
                self._process.kill()
                raise DiscloseError(f"{self._host}: this is no shell: it talks without end; nothing was changed")
        self._is_greeting, self._until = False, None

    def _send(self, text: str) -> None:
        stream = self._process.stdin
        try:
            if stream:
                stream.write(text.encode("utf-8", "surrogateescape"))
                stream.flush()
        except BrokenPipeError:
            rest = self._process.stdout.read(_GREETING) if self._process.stdout else b""
            raise self._ended(rest.decode("utf-8", "surrogateescape")[-_LONGEST:]) from None

    def _line(self, said: str = "") -> str:
        """The next line, or what there is of one that does not end. `said`: what came before it, for a message."""
        read, looked = self._read, 0
        while (end := read.find(b"\n", looked)) < 0 and len(read) < _GREETING:
            looked = len(read)
            more = self._more(said)
            if not more:
                break
            read += more
        size = end + 1 if end >= 0 else len(read)
        line = bytes(read[:size])
        del read[:size]
        if not line:
            raise self._ended(said)
        return line.decode("utf-8", "surrogateescape")

    def _more(self, said: str) -> bytes:
        """What the shell says next; empty when the connection has ended. Raises DiscloseError when it must not wait."""
        stream = self._process.stdout
        if stream is None:
            return b""
        if self._is_greeting and self._until is None and (said or self._read):
            self._until = time.monotonic() + _PATIENCE
        if self._until is not None and sys.platform != "win32":
            left = self._until - time.monotonic()
            if left <= 0 or not select.select([stream], [], [], left)[0]:
                self._process.kill()
                said = visible((said + self._read.decode("utf-8", "replace"))[-_LONGEST:].strip())
                asked = (
                    f"{self._host}: no answer within {_PATIENCE:g} seconds; nothing was changed. Try by hand what its "
                    f"login shell says: ssh {self._host} true"
                )
                raise DiscloseError("\n".join(filter(None, (said, asked))))
        return os.read(stream.fileno(), _PIECE)

    def _ended(self, greeting: str = "") -> DiscloseError:
        self._process.wait()
        self._errors.seek(0)
        said = self._errors.read().decode("utf-8", "replace").strip()[-_LONGEST:]
        ended = f"{self._host}: the connection ended; what is live stays as it was"
        words = what_to_do(said, self._host)
        greeting = visible(greeting.encode("utf-8", "surrogateescape").decode("utf-8", "replace").strip())
        return DiscloseError(
            "\n".join(filter(None, (greeting, said, ended, f"{self._host}: {words}" if words else "")))
        )
