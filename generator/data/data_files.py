"""The files under data/: every table in every format, each part's rows made once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

from generator.data.database import Database
from generator.data.formats import CSV_MARK, csv_lines, encode
from generator.data.table import Table
from generator.data.tables import TABLES
from generator.data.workbook import Workbook
from generator.site.model import Site

KINDS = ("json", "ndjson", "csv")
"""The formats of a table by itself."""
WHOLE = ("disclosure.xlsx", "disclosure.sqlite")
"""The files that hold all tables."""
DATA_FILES = tuple(f"data/{name}" for name in (*(f"{table.name}.{kind}" for table in TABLES for kind in KINDS), *WHOLE))
"""The paths of all that is written, from the site's root on."""


def write_data(site: Site, folder: Path, tables: Sequence[Table[Any, Any]] = TABLES) -> Iterator[str]:
    """Write the tables into `folder`; yields the name of each file once it is whole."""
    folder.mkdir(parents=True, exist_ok=True)
    with closing(Workbook(folder / WHOLE[0], tables, site)) as book, closing(Database(folder / WHOLE[1])) as base:
        for table in tables:
            yield from _write_table(table, site, folder, book, base)
    yield from WHOLE


def _write_table(table: Table[Any, Any], site: Site, folder: Path, book: Workbook, base: Database) -> Iterator[str]:
    names = [f"{table.name}.{kind}" for kind in KINDS]
    base.begin(table)
    with ExitStack() as stack:
        array, lines, sheets = (stack.enter_context((folder / name).open("wb")) for name in names)
        sheet = stack.enter_context(closing(book.sheet(table)))
        sheets.write(CSV_MARK + csv_lines([[column.name for column in table.columns]]))
        joint = b"[\n"
        for part in table.parts(site):
            rows = encode(table, part)
            if not rows.sql:
                continue
            array.write(joint + rows.ndjson[:-1].replace(b"\n", b",\n"))
            joint = b",\n"
            lines.write(rows.ndjson)
            sheets.write(rows.csv)
            sheet.add(rows.rows)
            base.add(table, rows.sql)
        array.write(b"[]\n" if joint == b"[\n" else b"\n]\n")
    yield from names
