"""A table in each open format, as bytes that depend on its rows alone."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any

import xlsxwriter

from generator.exports.tables import Table
from generator.site import Site

LIST_JOINT = "；"
"""Between the items of a list in formats that know no lists."""


def to_json(value: Any) -> bytes:
    """A value as one line of UTF-8 JSON."""
    return (json.dumps(value, ensure_ascii=False) + "\n").encode()


def json_lines(table: Table[Any], site: Site) -> list[str]:
    """Each row of the table as one line of JSON."""
    return [json.dumps(row, ensure_ascii=False) for row in table.rows(site)]


def json_array(lines: Sequence[str]) -> bytes:
    """Lines of JSON as one array, a row a line."""
    return ("[\n" + ",\n".join(lines) + "\n]\n" if lines else "[]\n").encode()


def ndjson(lines: Sequence[str]) -> bytes:
    """Lines of JSON, each with its end."""
    return "".join(line + "\n" for line in lines).encode()


def csv_rows(table: Table[Any], site: Site) -> bytes:
    """The table for spreadsheets: UTF-8 with byte order mark, CRLF (RFC 4180), and no cell that would be a formula."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([column.name for column in table.columns])
    for row in table.values(site):
        writer.writerow([_harmless(_flat(value)) for value in row])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what spreadsheet programs take for the start of a formula (OWASP)


def _harmless(value: Any) -> Any:
    return "'" + value if isinstance(value, str) and value.startswith(_FORMULA) else value


def _flat(value: Any) -> Any:
    return LIST_JOINT.join(value) if isinstance(value, list) else value


_CELL, _SHEET = 32_767, 1_048_576  # characters of a cell, rows of a sheet: limits of the format


def workbook(tables: Sequence[Table[Any]], site: Site) -> bytes:
    """One XLSX file, a sheet a table, texts as texts. What a sheet cannot hold is cut; CSV and SQLite are whole."""
    out = io.BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "in_memory": False}
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
            for number, row in enumerate(table.values(site), 1):
                if number >= _SHEET:
                    break
                for at, value in enumerate(row):
                    flat = _flat(value)
                    if isinstance(flat, str):
                        sheet.write_string(number, at, flat[:_CELL])
                    elif flat is not None:
                        sheet.write_number(number, at, flat)
    return out.getvalue()


_SQL_TYPES = {"integer": "INTEGER", "number": "REAL"}
_VERSION_AT = 96  # the header's “version of SQLite that wrote last”: the one field that differs between machines


def database(tables: Sequence[Table[Any]], site: Site) -> bytes:
    """One SQLite file, lists as JSON arrays, with a table `columns` that says what each column means."""
    with sqlite3.connect(":memory:") as base:
        base.execute("CREATE TABLE columns (table_name TEXT, name TEXT, about TEXT, PRIMARY KEY (table_name, name))")
        for table in tables:
            named = ", ".join(f'"{column.name}" {_SQL_TYPES.get(column.type, "TEXT")}' for column in table.columns)
            key = ", ".join(f'"{name}"' for name in table.key)
            base.execute(f'CREATE TABLE "{table.name}" ({named}, PRIMARY KEY ({key}))')
            marks = ", ".join("?" * len(table.columns))
            base.executemany(f'INSERT INTO "{table.name}" VALUES ({marks})', _sql_rows(table, site))  # noqa: S608
            base.executemany(
                "INSERT INTO columns VALUES (?, ?, ?)",
                [(table.name, column.name, column.about) for column in table.columns],
            )
        base.commit()
        base.execute("VACUUM")
        data = bytearray(base.serialize())
    base.close()
    data[_VERSION_AT : _VERSION_AT + 4] = (0).to_bytes(4, "big")
    return bytes(data)


def _sql_rows(table: Table[Any], site: Site) -> Iterable[list[Any]]:
    for row in table.values(site):
        yield [json.dumps(value, ensure_ascii=False) if isinstance(value, list) else value for value in row]
