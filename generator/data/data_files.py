"""The files under data/: every table in every format, each part's rows made once.

An edit makes the rows of its piece (pieces.py) and copies the others from the files of the last build.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, NamedTuple

from generator.base.archives import Packed
from generator.data.database import Database
from generator.data.formats import CSV_MARK, csv_lines, encode
from generator.data.pieces import KnownPieces, Lengths, PlacedPiece, TablePiece, known_from, note_of, pieces_of
from generator.data.table import Table
from generator.data.tables import TABLES
from generator.data.workbook import Sheet, Workbook
from generator.site.model import Site

KINDS = ("json", "ndjson", "csv")
"""The formats of a table by itself."""
WHOLE = ("disclosure.xlsx", "disclosure.sqlite")
"""The files that hold all tables."""
DATA_FILES = tuple(f"data/{name}" for name in (*(f"{table.name}.{kind}" for table in TABLES for kind in KINDS), *WHOLE))
"""The paths of all that is written, from the site's root on."""


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


def last_data(folder: Path, notes: Mapping[str, str]) -> LastData | None:
    """What can be copied from the files in `folder`, of which `update_data` gave the notes; None: nothing."""
    known = {table.name: known_from(notes.get(f"{table.name}.ndjson", "")) for table in TABLES}
    whole = {name: found for name, found in known.items() if found}
    return LastData(folder, whole) if len(whole) == len(known) else None


def update_data(
    site: Site, folder: Path, settings: str, last: LastData | None, tables: Sequence[Table[Any, Any]] = TABLES
) -> Iterator[NotedFile]:
    """Write the tables into `folder`, a file after the other; each is whole when its name comes.

    What is as in the `last` files is copied. `settings` says what all rows are made from but notices.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        book = stack.enter_context(closing(Workbook(folder / WHOLE[0], tables, site)))
        base = stack.enter_context(closing(Database(folder / WHOLE[1], last.folder / WHOLE[1] if last else None)))
        old_book = stack.enter_context((last.folder / WHOLE[0]).open("rb")) if last else None
        for table in tables:
            writer = _TableWriter(table, folder, book, base, last, old_book)
            with closing(writer):
                for piece in pieces_of(settings, table.parts(site)):
                    writer.add(piece)
            yield from writer.files()
    yield from (NotedFile(name, "") for name in WHOLE)


class _TableWriter:
    """The files of a table, written piece by piece."""

    def __init__(
        self,
        table: Table[Any, Any],
        folder: Path,
        book: Workbook,
        base: Database,
        last: LastData | None,
        old_book: IO[bytes] | None,
    ) -> None:
        self._table, self._base = table, base
        self._pieces: list[tuple[str, Lengths]] = []
        self._stack = ExitStack()
        base.begin(table)
        names = [f"{table.name}.{kind}" for kind in KINDS]
        self._array, self._lines, self._sheets = (
            self._stack.enter_context((folder / name).open("wb")) for name in names
        )
        self._sheet: Sheet = self._stack.enter_context(closing(book.sheet(table)))
        self._head = CSV_MARK + csv_lines([[column.name for column in table.columns]])
        self._sheets.write(self._head)
        self._joint = b"[\n"
        self._known: Mapping[str, PlacedPiece] = {}
        if last and old_book:
            self._known, self._first = last.known[table.name].by_source, last.known[table.name].first
            self._old_lines, self._old_sheets = (
                self._stack.enter_context((last.folder / name).open("rb")) for name in names[1:]
            )
            self._old_book = old_book

    def add(self, piece: TablePiece) -> None:
        """Add a piece, as it was or made anew."""
        known = self._known.get(piece.source)
        if known and self._sheet.takes(known.long.rows):
            self._copy(known)
            lengths = known.long
        else:
            lengths = self._make(piece)
        self._pieces.append((piece.source, lengths))

    def _make(self, piece: TablePiece) -> Lengths:
        made = [encode(self._table, part) for part in piece.parts]
        ndjson, csv = b"".join(one.ndjson for one in made), b"".join(one.csv for one in made)
        self._write(ndjson, csv)
        packed = self._sheet.add([row for one in made for row in one.rows])
        sql = [row for one in made for row in one.sql]
        self._base.add(self._table, sql)
        return Lengths(len(sql), len(ndjson), len(csv), len(packed.data), packed.size, packed.crc)

    def _copy(self, known: PlacedPiece) -> None:
        at, long = known
        self._write(
            _read(self._old_lines, at.ndjson, long.ndjson),
            _read(self._old_sheets, len(self._head) + at.csv, long.csv),
        )
        packed = _read(self._old_book, self._first + at.packed, long.packed)
        self._sheet.add_again(Packed(packed, long.raw, long.crc), long.rows)
        self._base.copy(self._table, at.rows + 1, long.rows)

    def _write(self, ndjson: bytes, csv: bytes) -> None:
        if ndjson:
            self._array.write(self._joint + ndjson[:-1].replace(b"\n", b",\n"))
            self._joint = b",\n"
        self._lines.write(ndjson)
        self._sheets.write(csv)

    def close(self) -> None:
        """Finish the files."""
        with self._stack:
            self._array.write(b"[]\n" if self._joint == b"[\n" else b"\n]\n")

    def files(self) -> Iterator[NotedFile]:
        """The files, once they are whole."""
        notes = {"ndjson": note_of(self._sheet.first, self._pieces)}
        yield from (NotedFile(f"{self._table.name}.{kind}", notes.get(kind, "")) for kind in KINDS)


def _read(file: IO[bytes], at: int, size: int) -> bytes:
    file.seek(at)
    return file.read(size)
