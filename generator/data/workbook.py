"""The tables as one XLSX file: the frame is XlsxWriter's, rows are put in as XML that the parts of a table keep."""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, Any

from generator.data.tables import Table
from generator.site.model import Site

_ROWS = 1_048_576 - 1  # of a sheet, below its head: the limit of the format
_LEVEL = 2  # of compression: a third of the time of zlib's usual level, a tenth more bytes
_DIMENSION = re.compile(rb"<dimension [^<>]*/>")  # counts the rows of the frame; readers do without
_ROW_END = b"</row>"


class Sheet:
    """A sheet that is being written. What it cannot hold is left out; CSV and SQLite are whole."""

    def __init__(self, out: IO[bytes]) -> None:
        self._out, self._left = out, _ROWS

    def add(self, rows: bytes) -> None:
        """Add what `sheet_rows` makes."""
        count = rows.count(_ROW_END)
        if count > self._left:
            rows = b"".join(row + _ROW_END for row in rows.split(_ROW_END)[: self._left])
        self._left = max(0, self._left - count)
        self._out.write(rows)


class Workbook:
    """An XLSX file with a sheet a table, alike for alike rows."""

    def __init__(self, path: Path, tables: Sequence[Table[Any, Any]], site: Site) -> None:
        self._file = zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL)
        self._sheets: dict[str, bytes] = {}
        with zipfile.ZipFile(_frame(tables, site)) as frame:
            for name in frame.namelist():
                if name.startswith("xl/worksheets/"):
                    self._sheets[name] = _DIMENSION.sub(b"", frame.read(name))
                else:
                    self._put(name, frame.read(name))
        self._names = {table.name: f"xl/worksheets/sheet{number}.xml" for number, table in enumerate(tables, 1)}

    @contextlib.contextmanager
    def sheet(self, table: Table[Any, Any]) -> Iterator[Sheet]:
        """The sheet of a table, until it is full; one at a time."""
        name = self._names[table.name]
        head, end, tail = self._sheets[name].partition(b"</sheetData>")
        with self._file.open(name, "w", force_zip64=True) as out:
            out.write(head)
            yield Sheet(out)
            out.write(end + tail)

    def _put(self, name: str, data: bytes) -> None:
        with self._file.open(name, "w") as out:
            out.write(data)

    def close(self) -> None:
        """Write what closes the file."""
        self._file.close()


def _frame(tables: Sequence[Table[Any, Any]], site: Site) -> io.BytesIO:
    """The workbook with the heads of its sheets alone."""
    import xlsxwriter  # noqa: PLC0415 — slow to load, and only here

    out = io.BytesIO()
    options = {"constant_memory": True, "in_memory": False}
    with xlsxwriter.Workbook(out, options) as book:
        day = site.as_of or dt.date(2000, 1, 1)
        book.set_properties(
            {"title": site.config.name, "created": dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC)}
        )
        bold = book.add_format({"bold": True})
        for table in tables:
            sheet = book.add_worksheet(table.title)
            sheet.freeze_panes(1, 0)
            sheet.write_row(0, 0, [column.name for column in table.columns], bold)
    return out
