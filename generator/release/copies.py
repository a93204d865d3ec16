"""A published copy of a site: a folder, a zip, or what a web server of this machine sends."""

from __future__ import annotations

import contextlib
import http.client
import ipaddress
import socket
import threading
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol
from urllib.parse import quote, urlsplit

from generator.base.diagnostics import DiscloseError, UsageError
from generator.base.manifest import MANIFEST
from generator.release.destination import CURRENT, LISTED, read_listing
from generator.release.packing import unpacked
from generator.release.zipped import SITE, inside, zip_of


class Copy(Protocol):
    """Where the files of a site can be read."""

    shown: str
    """As it was named by the user."""

    def paths(self) -> set[str] | None:
        """The files that are there; None: this cannot be known, a web server does not list them."""

    def read(self, path: str) -> bytes | None:
        """The bytes of a file; None when there is none. Raises DiscloseError when the copy cannot be read at all."""

    def packed(self, path: str) -> bytes | None:
        """What comes out of the compressed form of a file; None when it has none."""

    def listing(self) -> dict[str, str]:
        """The hashes noted when it was published, companions too; empty: it is no release, or cannot be known."""

    def name(self) -> str:
        """The name of the folder in which it lies; empty: it cannot be known."""

    def close(self) -> None:
        """Let go of what was opened."""


MOST = 1 << 30
"""Bytes of one file of a copy at most, packed or not: a server may send without end."""
MOST_FROM_AFAR = 1 << 28
"""The same of another's server: the manifest of 100 000 notices."""
PATIENCE = 60.0
"""Seconds for one file at most: a server may send a byte at a time."""


class Folder:
    """A folder: output/, or a release at a destination."""

    def __init__(self, folder: Path) -> None:
        if not folder.is_dir():
            raise UsageError(f"{folder}: no such folder; build the site: disclose build")
        current = folder / CURRENT
        if current.is_symlink() and not (folder / MANIFEST).exists():
            folder = current  # a destination was named: what is live there is meant
        self.shown = str(folder)
        self._folder = folder.resolve()  # what is live now, though another release may become it in between

    def paths(self) -> set[str] | None:
        """See Copy. A link counts as a file: none belongs into a site."""
        found = self._folder.rglob("*")
        return {p.relative_to(self._folder).as_posix() for p in found if p.is_symlink() or not p.is_dir()}

    def read(self, path: str) -> bytes | None:
        """See Copy."""
        file = self._folder / path
        try:
            return None if file.is_symlink() or (file.exists() and not file.is_file()) else file.read_bytes()
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            return None
        except OSError as error:
            raise DiscloseError(f"{file}: cannot be read: {error.strerror}") from error

    def packed(self, path: str) -> bytes | None:  # noqa: ARG002 (companions are files like others, see verify.py)
        """See Copy."""
        return None

    def listing(self) -> dict[str, str]:
        """See Copy."""
        path = self._folder.with_name(self._folder.name + LISTED)
        try:
            return read_listing(path.read_text("utf-8", "surrogateescape"), str(path)) if path.is_file() else {}
        except OSError as error:
            raise DiscloseError(f"{path}: cannot be read: {error.strerror}") from error

    def name(self) -> str:
        """See Copy."""
        return self._folder.name

    def close(self) -> None:
        """See Copy."""


class Zipped:
    """A zip that publish made. Each process opens it for itself."""

    def __init__(self, path: Path) -> None:
        self.shown = str(path)
        self._path = path
        self._archive: zipfile.ZipFile | None = None
        self._opened()

    def paths(self) -> set[str] | None:
        """See Copy. All but the page that says how to put them up."""
        return set(inside(self._opened()))

    def read(self, path: str) -> bytes | None:
        """See Copy."""
        archive = self._opened()
        try:
            if archive.getinfo(SITE + path).file_size > MOST:
                raise DiscloseError(f"{self.shown}: {path} does not end; more than {MOST >> 20} MB came")
            return archive.read(SITE + path)
        except KeyError:
            return None
        except (OSError, EOFError, zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError) as error:
            raise DiscloseError(f"{self.shown}: {path} cannot be read: {error}") from error

    def packed(self, path: str) -> bytes | None:  # noqa: ARG002 (companions are files like others, see verify.py)
        """See Copy."""
        return None

    def listing(self) -> dict[str, str]:
        """See Copy."""
        return {}

    def name(self) -> str:
        """See Copy."""
        return ""

    def close(self) -> None:
        """See Copy."""
        if self._archive:
            self._archive.close()
            self._archive = None

    def _opened(self) -> zipfile.ZipFile:
        if self._archive is None:
            try:
                self._archive = zipfile.ZipFile(self._path)
                inside(self._archive)
            except (OSError, zipfile.BadZipFile) as error:
                raise UsageError(f"{self._path}: no zip that can be read: {error}") from error
        return self._archive


class Web:
    """A web server, of this machine unless told otherwise. One connection, no redirects."""

    def __init__(self, address: str, *, is_anywhere: bool = False) -> None:
        """Raises UsageError for an address that is not on this machine, unless it may be anywhere."""
        try:
            parts = urlsplit(address)
            port = parts.port
        except ValueError as error:
            raise UsageError(f"{address}: {error}; write it as http://127.0.0.1:8080/") from error
        self._most = MOST_FROM_AFAR if is_anywhere else MOST
        is_known = parts.scheme == "http" and is_here(parts.hostname or "")
        self.is_safe = is_known or parts.scheme == "https"
        """Whether nobody on the way can send other bytes."""
        if is_anywhere:
            is_known = parts.scheme in ("http", "https") and bool(parts.hostname)
        if is_anywhere and (not is_known or parts.query or parts.fragment):
            raise UsageError(f"{address}: write the address of the site itself, such as https://www.example.gov.cn/")
        if not is_known or parts.query or parts.fragment:
            raise UsageError(
                f"{address}: only a server of this machine can be asked, such as http://127.0.0.1:8080/; for one "
                "elsewhere, run this there on the release folder, or see the site's page 怎样核对通报"
            )
        self.shown = address
        self._base = parts.path.rstrip("/") + "/"
        kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        self._connection = kind(parts.hostname or "", port, timeout=30)
        self._plain: tuple[str, bytes | None] = "", None

    def paths(self) -> set[str] | None:
        """See Copy."""
        return None

    def read(self, path: str) -> bytes | None:
        """See Copy."""
        data, _ = self._get(path, "identity")
        self._plain = path, data
        return data

    def packed(self, path: str) -> bytes | None:
        """See Copy. What comes unpacked to who takes gzip, as browsers do, counts only where it is another file."""
        data, encoding = self._get(path, "gzip")
        if data is None:
            return None
        if encoding.strip().lower() in ("", "identity"):
            plain = self._plain[1] if self._plain[0] == path else self.read(path)
            return None if data == plain else data
        found = unpacked(data, self._most) if encoding.strip().lower() in ("gzip", "x-gzip") else None
        return b"" if found is None else found  # cut off, without end, two in one, or packed as nobody asked for

    def listing(self) -> dict[str, str]:
        """See Copy."""
        return {}

    def name(self) -> str:
        """See Copy."""
        return ""

    def close(self) -> None:
        """See Copy."""
        self._connection.close()

    def _get(self, path: str, encoding: str) -> tuple[bytes | None, str]:
        headers = {"Accept-Encoding": encoding, "Cache-Control": "no-cache"}
        for is_last in (False, True):
            late = threading.Event()
            try:
                with _limited(self._connection, late):
                    self._connection.request("GET", self._base + quote(path), headers=headers)
                    answer = self._connection.getresponse()
                    data = answer.read(self._most + 1)
            except (OSError, http.client.HTTPException) as error:
                self._connection.close()  # a server may close a connection that it kept open; ask once more
                self._check_time(path, late)
                if is_last:
                    raise DiscloseError(f"{self.shown}: does not answer: {error}") from error
            else:
                self._check_time(path, late)
                if len(data) > self._most:
                    self._connection.close()
                    raise DiscloseError(f"{self.shown}: {path} does not end; more than {self._most >> 20} MB came")
                return (data if answer.status == 200 else None), answer.headers.get("Content-Encoding", "")
        raise AssertionError

    def _check_time(self, path: str, late: threading.Event) -> None:
        if late.is_set():
            self._connection.close()
            raise DiscloseError(f"{self.shown}: {path} did not come whole within {PATIENCE:.0f} seconds")


@contextlib.contextmanager
def _limited(connection: http.client.HTTPConnection, late: threading.Event) -> Iterator[None]:
    """Cut the connection when the block takes too long, and set `late`: its own limit starts anew with each byte."""
    if connection.sock is None:
        connection.connect()
    sock = connection.sock  # an answer without a length takes it away from the connection

    def cut() -> None:
        late.set()
        with contextlib.suppress(OSError):
            sock.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(PATIENCE, cut)
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()


def is_here(host: str) -> bool:
    """Whether a host is this machine."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def copy_of(named: str, *, is_anywhere: bool = False) -> Copy:
    """What a user names: an address, a zip or a folder. Raises UsageError for what is none of them."""
    if "://" in named:
        return Web(named, is_anywhere=is_anywhere)
    path = Path(named)
    return Zipped(path) if zip_of(named) and not path.is_dir() else Folder(path)
