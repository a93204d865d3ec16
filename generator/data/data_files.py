"""The files under data/: each table whole, as text that programs read, and books that hold all tables.

A book is a workbook, a database and a file of lines a table, of the whole site or of a year of a large one (books.py).
An edit makes the rows of its piece (pieces.py) and copies the others from the files of the last build; the books of
other years it leaves alone.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, NamedTuple

from generator.base.archives import Packed
from generator.data.books import Chosen
from generator.data.database import Database
from generator.data.formats import CSV_MARK, JSON_HEAD, JSON_JOINT, TableRows, csv_rows, json_lines, json_rows, sql_rows
from generator.data.pieces import KnownPieces, Lengths, PlacedPiece, TablePiece, known_from, note_of, pieces_of
from generator.data.table import Table
from generator.data.tables import TABLES
from generator.data.workbook import Sheet, Workbook

KINDS = ("json", "csv")
"""The formats of a table by itself."""
WORKBOOK, DATABASE, LINES = "disclosure.xlsx", "disclosure.sqlite", "ndjson"
"""The files of a book that hold all its tables, and the format of those that hold one each."""

_PlacedPieces = Mapping[str, PlacedPiece]


class NotedFile(NamedTuple):
    """A file that was written."""

    name: str
    note: str
    """What is to be known of it the next time."""


@dataclass(frozen=True, slots=True)
class LastData:
    """The files of an earlier build."""

    folder: Path
    known: Mapping[str, KnownPieces]
    """By the name of the table."""


Update = Callable[[Chosen, Path, str, LastData | None], Iterator[NotedFile]]
"""Writes files of what is chosen into a folder; each is whole when its name comes.

What is as in the last files is copied. The text says what all rows are made from but notices.
"""


def tables_files() -> tuple[str, ...]:
    """The names of the files that `update_tables` writes."""
    return tuple(f"{table.name}.{kind}" for table in TABLES for kind in KINDS)


def book_files() -> tuple[str, ...]:
    """The names of the files that `update_book` writes."""
    return (WORKBOOK, DATABASE, *(f"{table.name}.{LINES}" for table in TABLES))


def sources_of(chosen: Chosen, settings: str) -> Iterator[str]:
    """All that its files are made from, as short texts."""
    for table in TABLES:
        yield table.name
        yield from (piece.source for piece in pieces_of(settings, table.parts(chosen)))


def last_data(folder: Path, notes: Mapping[str, str]) -> LastData | None:
    """What can be copied from the files in `folder`, of which an update gave the notes; None: nothing."""
    said = [notes.get(f"{table.name}.json") or notes.get(f"{table.name}.{LINES}") or "" for table in TABLES]
    known = {table.name: found for table, note in zip(TABLES, said, strict=True) if (found := known_from(note))}
    return LastData(folder, known) if len(known) == len(TABLES) else None


def update_tables(chosen: Chosen, folder: Path, settings: str, last: LastData | None) -> Iterator[NotedFile]:
    """An `Update` of each table as JSON and CSV."""
    folder.mkdir(parents=True, exist_ok=True)
    for table in TABLES:
        with closing(_Texts(table, folder, last)) as writer:
            note = writer.write(pieces_of(settings, table.parts(chosen)))
        yield from (NotedFile(f"{table.name}.{kind}", note if kind == KINDS[0] else "") for kind in KINDS)


def update_book(chosen: Chosen, folder: Path, settings: str, last: LastData | None) -> Iterator[NotedFile]:
    """An `Update` of a book."""
    folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        book = stack.enter_context(closing(Workbook(folder / WORKBOOK, TABLES, chosen)))
        base = stack.enter_context(closing(Database(folder / DATABASE, last.folder / DATABASE if last else None)))
        old = stack.enter_context((last.folder / WORKBOOK).open("rb")) if last else None
        for table in TABLES:
            with closing(_Book(table, folder, book, base, last, old)) as writer:
                note = writer.write(pieces_of(settings, table.parts(chosen)))
            yield NotedFile(f"{table.name}.{LINES}", note)
    yield NotedFile(WORKBOOK, "")
    yield NotedFile(DATABASE, "")


class _TableWriter(ABC):
    """The files of a table, written piece by piece, as they were or made anew."""

    first = 0
    """Where in the file that is noted so the first piece begins."""

    def __init__(self, table: Table[Any, Any], last: LastData | None) -> None:
        self._table = table
        self._known: _PlacedPieces = last.known[table.name].by_source if last else {}

    def write(self, pieces: Iterator[TablePiece]) -> str:
        """Write all pieces; gives what is to be known of them."""
        return note_of(self.first, [(piece.source, self._add(piece)) for piece in pieces])

    def _add(self, piece: TablePiece) -> Lengths:
        known = self._known.get(piece.source)
        if known and self._copied(known):
            return known.long
        return self._made([row for part in piece.parts for row in self._table.rows_of(part)])

    @abstractmethod
    def _made(self, rows: TableRows) -> Lengths:
        """Add rows."""

    @abstractmethod
    def _copied(self, known: PlacedPiece) -> bool:
        """Add rows that the last files hold; False where they cannot be added so."""

    @abstractmethod
    def close(self) -> None:
        """Finish the files."""


class _Texts(_TableWriter):
    """JSON and CSV of a table, of which a piece takes so many bytes each."""

    def __init__(self, table: Table[Any, Any], folder: Path, last: LastData | None) -> None:
        super().__init__(table, last)
        self._names = [column.name for column in table.columns]
        self._head = CSV_MARK + csv_rows([self._names])
        self._stack = ExitStack()
        files = [f"{table.name}.{kind}" for kind in KINDS]
        self._json, self._csv = (self._stack.enter_context((folder / name).open("wb")) for name in files)
        if last:
            self._old_json, self._old_csv = (
                self._stack.enter_context((last.folder / name).open("rb")) for name in files
            )
        self._csv.write(self._head)
        self._joint = JSON_HEAD

    def _made(self, rows: TableRows) -> Lengths:
        return self._write(json_rows(self._names, rows), csv_rows(rows))

    def _copied(self, known: PlacedPiece) -> bool:
        (json_at, csv_at), (json_long, csv_long) = known
        self._write(_read(self._old_json, json_at, json_long), _read(self._old_csv, len(self._head) + csv_at, csv_long))
        return True

    def _write(self, json: bytes, csv: bytes) -> Lengths:
        if json:
            self._json.write(self._joint)
            self._json.write(memoryview(json)[len(JSON_JOINT) :])
            self._joint = JSON_JOINT
        self._csv.write(csv)
        return len(json), len(csv)

    def close(self) -> None:
        """Finish the files."""
        with self._stack:
            self._json.write(b"[]\n" if self._joint == JSON_HEAD else b"\n]\n")


class _Book(_TableWriter):
    """The sheet of a table, its rows in a database and its lines.

    Of a piece they know how many rows it has; of the sheet the bytes, packed and unpacked, and the checksum; the bytes
    of its lines.
    """

    def __init__(
        self,
        table: Table[Any, Any],
        folder: Path,
        book: Workbook,
        base: Database,
        last: LastData | None,
        old: IO[bytes] | None,
    ) -> None:
        super().__init__(table, last)
        self._names = [column.name for column in table.columns]
        self._base, self._old = base, old
        self._first_then = last.known[table.name].first if last else 0
        base.begin(table)
        self._sheet: Sheet = book.sheet(table)
        self.first = self._sheet.first
        self._stack = ExitStack()
        self._stack.callback(self._sheet.close)
        file = f"{table.name}.{LINES}"
        self._lines = self._stack.enter_context((folder / file).open("wb"))
        self._old_lines = self._stack.enter_context((last.folder / file).open("rb")) if last else None

    def _made(self, rows: TableRows) -> Lengths:
        packed, lines = self._sheet.add(rows), json_lines(self._names, rows)
        self._base.add(self._table, sql_rows(rows))
        self._lines.write(lines)
        return len(rows), len(packed.data), packed.size, packed.crc, len(lines)

    def _copied(self, known: PlacedPiece) -> bool:
        (rows_at, packed_at, _, _, lines_at), (rows, packed, size, crc, lines) = known
        if self._old is None or self._old_lines is None or not self._sheet.takes_again(rows_at, rows):
            return False
        self._sheet.add_again(Packed(_read(self._old, self._first_then + packed_at, packed), size, crc), rows)
        self._base.copy(self._table, rows_at + 1, rows)
        self._lines.write(_read(self._old_lines, lines_at, lines))
        return True

    def close(self) -> None:
        """Finish the sheet and the lines."""
        self._stack.close()


def _read(file: IO[bytes], at: int, size: int) -> bytes:
    file.seek(at)
    return file.read(size)
