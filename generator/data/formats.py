"""Rows in each open format, as bytes that depend on the rows alone; the bytes of parts are joined to files."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from generator.data.table import Table

LIST_JOINT = "；"
"""Between the items of a list in formats that know no lists."""

CellsOf = Sequence[Sequence[Any]]
"""Rows of texts, numbers and None."""


def to_json(value: Any) -> bytes:
    """A value as one line of UTF-8 JSON."""
    return orjson.dumps(value, option=orjson.OPT_APPEND_NEWLINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Encoded:
    """The rows of one notice or unit in every format."""

    ndjson: bytes
    csv: bytes
    rows: CellsOf
    """As the table has them."""
    sql: CellsOf


def encode(table: Table[Any, Any], part: Any) -> Encoded:
    """What `part` adds to the files of `table`."""
    rows = table.rows_of(part)
    cells = [[LIST_JOINT.join(value) if isinstance(value, list) else value for value in row] for row in rows]
    return Encoded(
        ndjson=ndjson([column.name for column in table.columns], rows),
        csv=csv_lines(cells),
        rows=rows,
        sql=[[orjson.dumps(value).decode() if isinstance(value, list) else value for value in row] for row in rows],
    )


def ndjson(names: Sequence[str], rows: CellsOf) -> bytes:
    """Each row as an object on a line of its own."""
    return b"".join(to_json(dict(zip(names, row, strict=True))) for row in rows)


CSV_MARK = b"\xef\xbb\xbf"
"""The byte order mark by which spreadsheet programs know UTF-8."""


def csv_lines(cells: CellsOf) -> bytes:
    """Lines for spreadsheets, without mark: CRLF (RFC 4180), and no cell that would be a formula."""
    out = io.StringIO(newline="")
    harmless = [
        ["'" + cell if cell.__class__ is str and cell[:1] in _FORMULA else cell for cell in row] for row in cells
    ]
    csv.writer(out, lineterminator="\r\n").writerows(harmless)
    return out.getvalue().encode()


_FORMULA = frozenset("=+-@\t\r\n＝＋－＠")  # what spreadsheet programs take for the start of a formula (OWASP)
