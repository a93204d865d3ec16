"""What earlier builds of a site worked out: an SQLite file in its cache folder, which may be deleted at any time.

The content files are the only truth: a row is believed when it was made from the same bytes by the same program, and
is whole. A store that is missing, damaged or of another program is begun anew. Where it cannot be read or written (a
read-only folder, a full disk, another build that is writing) a build goes on without it, and works everything out.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import sqlite3
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple, Protocol

from generator.base.resting import remove

PLACE = ".cache/build.sqlite"
"""Below a site's folder."""
CHUNKS = ".cache/index"
"""The folder of what the search index is made of (search/kept_arrays.py)."""
_TABLES = (
    "CREATE TABLE program (digest TEXT NOT NULL)",
    "CREATE TABLE row (kind TEXT, name TEXT, made_from TEXT, value BLOB, hash BLOB, PRIMARY KEY (kind, name))",
)
_PATIENCE = 5.0
"""Seconds to wait for another build that is writing."""


class StoredRow(NamedTuple):
    """A value with the digest of what it was made from."""

    name: str
    made_from: str
    value: bytes


class RowStore(Protocol):
    """Keeps rows of some kinds by their names."""

    def rows(self, kind: str) -> Iterator[StoredRow]:
        """The rows of a kind that are whole."""

    def sources(self, kind: str) -> Mapping[str, str]:
        """By name what the rows of a kind were made from; whether these are whole is not known."""

    def value(self, kind: str, name: str, made_from: str) -> bytes | None:
        """The value of a row that is whole and was made from that; any process may ask."""

    def add(self, kind: str, rows: Iterable[StoredRow]) -> bool:
        """Keep further rows of a kind; whether they are kept."""

    def keep(self, kind: str, made_from: Mapping[str, str], value_of: Callable[[str], bytes]) -> None:
        """By name what the rows of a kind are made from: new ones are asked for, and what is not named goes."""


class NoStore:
    """Keeps nothing."""

    def rows(self, _: str) -> Iterator[StoredRow]:
        """None."""
        return iter(())

    def sources(self, _: str) -> Mapping[str, str]:
        """None."""
        return {}

    def value(self, kind: str, name: str, made_from: str) -> bytes | None:
        """None."""

    def add(self, _: str, __: Iterable[StoredRow]) -> bool:
        """Nothing is kept."""
        return False

    def keep(self, kind: str, made_from: Mapping[str, str], value_of: Callable[[str], bytes]) -> None:
        """Nothing is kept."""


class Store:
    """The rows of one program."""

    def __init__(self, path: Path, base: sqlite3.Connection) -> None:
        self._path, self._base = path, base
        self._readers = {os.getpid(): base}
        """By process: a connection must not be used by two, nor be closed by a forked one."""

    def rows(self, kind: str) -> Iterator[StoredRow]:
        """The rows of a kind that are whole."""
        with contextlib.suppress(sqlite3.Error):
            for name, made_from, value, digest in self._base.execute(
                "SELECT name, made_from, value, hash FROM row WHERE kind = ?", (kind,)
            ):
                if _is_whole(name, made_from, value, digest):
                    yield StoredRow(name, made_from, value)

    def sources(self, kind: str) -> Mapping[str, str]:
        """By name what the rows of a kind were made from; whether these are whole is not known."""
        with contextlib.suppress(sqlite3.Error):
            return dict(self._base.execute("SELECT name, made_from FROM row WHERE kind = ?", (kind,)).fetchall())
        return {}

    def value(self, kind: str, name: str, made_from: str) -> bytes | None:
        """The value of a row that is whole and was made from that; any process may ask."""
        asked = "SELECT value, hash FROM row WHERE kind = ? AND name = ? AND made_from = ?"
        with contextlib.suppress(sqlite3.Error):
            for value, digest in self._reader().execute(asked, (kind, name, made_from)).fetchall():
                if _is_whole(name, made_from, value, digest):
                    return bytes(value)
        return None

    def _reader(self) -> sqlite3.Connection:
        process = os.getpid()
        if process not in self._readers:
            place = f"{self._path.absolute().as_uri()}?mode=ro"
            self._readers[process] = sqlite3.connect(place, uri=True, timeout=_PATIENCE)
        return self._readers[process]

    def add(self, kind: str, rows: Iterable[StoredRow]) -> bool:
        """Keep further rows of a kind, in one step or not at all; whether they are kept."""
        try:
            with self._base as base:
                base.executemany("REPLACE INTO row VALUES (?, ?, ?, ?, ?)", ((kind, *row, _hash(*row)) for row in rows))
        except sqlite3.Error:
            return False
        return True

    def keep(self, kind: str, made_from: Mapping[str, str], value_of: Callable[[str], bytes]) -> None:
        """By name what the rows of a kind are made from: new ones are asked for, and what is not named goes.

        In one step or not at all.
        """
        with contextlib.suppress(sqlite3.Error), self._base as base:
            known = self.sources(kind)
            gone = [(kind, name) for name in known.keys() - made_from.keys()]
            new = ((name, source, value_of(name)) for name, source in made_from.items() if known.get(name) != source)
            base.executemany("DELETE FROM row WHERE kind = ? AND name = ?", gone)
            base.executemany("REPLACE INTO row VALUES (?, ?, ?, ?, ?)", ((kind, *row, _hash(*row)) for row in new))


class _ReadStore(Store):
    """The rows as they are."""

    def add(self, _: str, __: Iterable[StoredRow]) -> bool:
        """Nothing is kept."""
        return False

    def keep(self, kind: str, made_from: Mapping[str, str], value_of: Callable[[str], bytes]) -> None:
        """Nothing is kept."""


def opened_to_read(site: Path, program: str) -> RowStore:
    """The store of a site as it is, for a process that works for the one that has it open; empty for another program.

    Nobody is asked for a lock, which not every shared disk gives: the store is written before others read it, and of
    what another build writes meanwhile nothing is believed that is not whole.
    """
    path = site.absolute() / PLACE
    try:
        base = sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
    except sqlite3.Error:
        return NoStore()
    with contextlib.suppress(sqlite3.Error):
        if base.execute("SELECT digest FROM program").fetchall() == [(program,)]:
            return _ReadStore(path, base)
    base.close()
    return NoStore()


def _is_whole(name: str, made_from: str, value: object, digest: object) -> bool:
    """Whether a row is as it was written; a damaged one may hold values of any kind."""
    return isinstance(value, bytes) and _hash(name, made_from, value) == digest


def _hash(name: str, made_from: str, value: bytes) -> bytes:
    """By which a row is known to be as it was written."""
    found = hashlib.blake2b(f"{name}\0{made_from}\0".encode("utf-8", "backslashreplace"), digest_size=16)
    found.update(value)
    return found.digest()


@contextlib.contextmanager
def opened(site: Path, program: str, *, anew: bool = False) -> Iterator[RowStore]:
    """The store of a site for the program of that hash; with `anew` an empty one."""
    path = site / PLACE
    if anew:
        _delete(path)
        with contextlib.suppress(OSError):
            remove(f"{site / CHUNKS}")
    base = _begun(path, program)
    if base is None:
        yield NoStore()
        return
    try:
        yield Store(path, base)
    finally:
        with contextlib.suppress(sqlite3.Error):
            base.close()


def _begun(path: Path, program: str) -> sqlite3.Connection | None:
    """A connection to the store of this program; one of another, or a damaged one, is deleted first."""
    for _ in range(2):
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            if not all(map(_is_file_or_nothing, _files_of(path))):
                _delete(path)
            base = sqlite3.connect(path, timeout=_PATIENCE)
            if _is_of(base, program):
                return base
            base.close()
        except (OSError, sqlite3.Error) as error:
            if "locked" in str(error):  # another build is at it
                return None
        _delete(path)
    return None


def _delete(path: Path) -> None:
    with contextlib.suppress(OSError):
        for old in _files_of(path):
            old.unlink(missing_ok=True)


def _files_of(path: Path) -> tuple[Path, Path]:
    return path.with_name(f"{path.name}-journal"), path


def _is_file_or_nothing(path: Path) -> bool:
    """SQLite would wait for a pipe, and write into what a link leads to."""
    try:
        return stat.S_ISREG(path.lstat().st_mode)
    except FileNotFoundError:
        return True


def _is_of(base: sqlite3.Connection, program: str) -> bool:
    """Whether a store is of this program; an empty file becomes one. Raises sqlite3.Error for what is no store."""
    base.execute("PRAGMA synchronous = OFF")  # what a crash of the system spoils is known by its hash
    if base.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,):
        with base:
            for table in _TABLES:
                base.execute(table)
            base.execute("INSERT INTO program VALUES (?)", (program,))
    return bool(base.execute("SELECT digest FROM program").fetchall() == [(program,)])
