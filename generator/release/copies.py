"""A published copy of a site: a folder, or what a web server of this machine sends."""

from __future__ import annotations

import http.client
import ipaddress
import zlib
from pathlib import Path
from typing import Protocol
from urllib.parse import quote, urlsplit

from generator.base.diagnostics import DiscloseError, UsageError
from generator.base.manifest import MANIFEST
from generator.release.target import CURRENT, LISTED, read_listing


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


class Folder:
    """A folder: output/, or a release at a target."""

    def __init__(self, folder: Path) -> None:
        if not folder.is_dir():
            raise UsageError(f"{folder}: no such folder; build the site: disclose build")
        current = folder / CURRENT
        if current.is_symlink() and not (folder / MANIFEST).exists():
            folder = current  # a target was named: what is live there is meant
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


class Web:
    """A web server of this machine. One connection, no redirects: each file stands at its own address."""

    def __init__(self, address: str) -> None:
        """Raises UsageError for an address that is not on this machine."""
        parts = urlsplit(address)
        if parts.scheme != "http" or not _is_here(parts.hostname or "") or parts.query or parts.fragment:
            raise UsageError(
                f"{address}: only a server of this machine can be asked, such as http://127.0.0.1:8080/; for one "
                "elsewhere, run this there on the release folder, or see the site's page 怎样核对通报"
            )
        self.shown = address
        try:
            self._host, self._port = parts.hostname or "", parts.port or 80
        except ValueError as error:
            raise UsageError(f"{address}: {error}; write it as http://127.0.0.1:8080/") from error
        self._base = parts.path.rstrip("/") + "/"
        self._connection = http.client.HTTPConnection(self._host, self._port, timeout=30)

    def paths(self) -> set[str] | None:
        """See Copy."""
        return None

    def read(self, path: str) -> bytes | None:
        """See Copy."""
        data, _ = self._get(path, "identity")
        return data

    def packed(self, path: str) -> bytes | None:
        """See Copy."""
        data, encoding = self._get(path, "gzip")
        if data is None or encoding != "gzip":
            return None
        unpacked = zlib.decompressobj(wbits=31)
        try:
            found = unpacked.decompress(data, MOST)
        except zlib.error:
            return b""
        return found if unpacked.eof else b""  # cut off, or without end

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
            try:
                self._connection.request("GET", self._base + quote(path), headers=headers)
                answer = self._connection.getresponse()
                data = answer.read(MOST + 1)
            except (OSError, http.client.HTTPException) as error:
                self._connection.close()  # a server may close a connection that it kept open; ask once more
                if is_last:
                    raise DiscloseError(f"{self.shown}: does not answer: {error}") from error
            else:
                if len(data) > MOST:
                    self._connection.close()
                    raise DiscloseError(f"{self.shown}: {path} does not end; more than {MOST >> 20} MB came")
                return (data if answer.status == 200 else None), answer.headers.get("Content-Encoding", "")
        raise AssertionError


def _is_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
