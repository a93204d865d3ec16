"""The tables as one SQLite file, lists as JSON arrays, with a table `columns` that says what each column means."""

from __future__ import annotations

import contextlib
import errno
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from generator.data.formats import TableRows
from generator.data.table import Table

_SQL_TYPES = {"integer": "INTEGER", "number": "REAL"}
_PAGE = 16_384  # bytes: rows are long, and a page that holds several of them is quicker to fill
_VERSION_AT = 96  # the header's “version of SQLite that wrote last”: the one field that differs between machines


class Database:
    """A database that is being written, alike for alike rows. A build that fails leaves no use for half of it.

    A disk that is full or cannot be written raises OSError, as with any other file.
    """

    def __init__(self, path: Path, old: Path | None = None) -> None:
        """`old` is a database of the same tables, from which rows may be copied."""
        self._path, self._is_broken = path, False
        path.unlink(missing_ok=True)
        self._base = sqlite3.connect(path, isolation_level=None, uri=True)
        for setting in (f"page_size = {_PAGE}", "journal_mode = OFF", "synchronous = OFF", "locking_mode = EXCLUSIVE"):
            self._base.execute(f"PRAGMA {setting}")
        if old:
            with self._told():
                self._base.execute("ATTACH ? AS old", (f"{old.absolute().as_uri()}?mode=ro&immutable=1",))
        self._base.execute("BEGIN")
        self._base.execute(
            "CREATE TABLE columns (table_name TEXT, name TEXT, about TEXT, PRIMARY KEY (table_name, name))"
        )

    def begin(self, table: Table[Any, Any]) -> None:
        """Make a table."""
        named = ", ".join(f'"{column.name}" {_SQL_TYPES.get(column.type, "TEXT")}' for column in table.columns)
        key = ", ".join(f'"{name}"' for name in table.key)
        with self._told():
            self._base.execute(f'CREATE TABLE "{table.name}" ({named}, PRIMARY KEY ({key}))')
            self._base.executemany(
                "INSERT INTO columns VALUES (?, ?, ?)",
                [(table.name, column.name, column.about) for column in table.columns],
            )

    @contextlib.contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.OperationalError as error:
            self._is_broken = True
            code = errno.ENOSPC if error.sqlite_errorcode == sqlite3.SQLITE_FULL else errno.EIO
            raise OSError(code, os.strerror(code), str(self._path)) from error

    def add(self, table: Table[Any, Any], rows: TableRows) -> None:
        """Add rows."""
        marks = ", ".join("?" * len(table.columns))
        with self._told():
            self._base.executemany(f'INSERT INTO "{table.name}" VALUES ({marks})', rows)  # noqa: S608

    def copy(self, table: Table[Any, Any], first: int, count: int) -> None:
        """Add so many rows of the old database, from the one of that number on: the same as if they were made anew."""
        with self._told():
            # with a condition: rows of whole tables would be copied in another way, which gives other bytes
            self._base.execute(
                f'INSERT INTO main."{table.name}" SELECT * FROM old."{table.name}" WHERE rowid BETWEEN ? AND ?',  # noqa: S608
                (first, first + count - 1),
            )

    def close(self) -> None:
        """Finish the file."""
        try:
            with self._told():
                if not self._is_broken:
                    self._base.execute("COMMIT")
        finally:
            self._base.close()
        if self._is_broken:
            return
        with self._path.open("r+b") as file:
            file.seek(_VERSION_AT)
            file.write(bytes(4))
