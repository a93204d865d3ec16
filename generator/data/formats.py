"""Rows in each open format, as bytes that depend on the rows alone; the bytes of parts are joined to files."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Any

import orjson

LIST_JOINT = "；"
"""Between the items of a list in formats that know no lists."""

TableRows = Sequence[Sequence[Any]]
"""Rows of values as `Table.rows_of` makes them: texts, numbers, lists of texts and None."""


def to_json(value: Any) -> bytes:
    """A value as one line of UTF-8 JSON."""
    return orjson.dumps(value, option=orjson.OPT_APPEND_NEWLINE)


def json_lines(names: Sequence[str], rows: TableRows) -> bytes:
    """Each row as an object on a line of its own (NDJSON)."""
    return b"".join(to_json(dict(zip(names, row, strict=True))) for row in rows)


JSON_JOINT = b",\n"
"""Before each row of a JSON file but the first."""
JSON_HEAD = b"[\n"
"""Before the first one: as long as a joint."""


def json_rows(names: Sequence[str], rows: TableRows) -> bytes:
    """Each row as an object on a line of its own, a joint before each."""
    return b"".join(JSON_JOINT + orjson.dumps(dict(zip(names, row, strict=True))) for row in rows)


CSV_MARK = b"\xef\xbb\xbf"
"""The byte order mark by which spreadsheet programs know UTF-8."""


def csv_rows(rows: TableRows) -> bytes:
    """Lines for spreadsheets, without mark: CRLF (RFC 4180), and no cell that would be a formula."""
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerows([[_csv_cell(value) for value in row] for row in rows])
    return out.getvalue().encode()


def _csv_cell(value: Any) -> Any:
    cell = LIST_JOINT.join(value) if value.__class__ is list else value
    return "'" + cell if cell.__class__ is str and cell[:1] in _FORMULA else cell


_FORMULA = frozenset("=+-@\t\r\n＝＋－＠")  # what spreadsheet programs take for the start of a formula (OWASP)


def sql_rows(rows: TableRows) -> TableRows:
    """The rows with lists as JSON arrays."""
    return [[orjson.dumps(v).decode() if v.__class__ is list else v for v in row] for row in rows]
