"""Rows in each open format, as bytes that depend on the rows alone; the bytes of parts are joined to files."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from generator.data.tables import Table

LIST_JOINT = "；"
"""Between the items of a list in formats that know no lists."""

Cells = Sequence[Sequence[Any]]
"""Rows of texts, numbers and None."""


def to_json(value: Any) -> bytes:
    """A value as one line of UTF-8 JSON."""
    return orjson.dumps(value, option=orjson.OPT_APPEND_NEWLINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Encoded:
    """The rows of one notice or unit in every format."""

    ndjson: bytes
    csv: bytes
    sheet: bytes
    sql: Cells


def encode(table: Table[Any, Any], part: Any) -> Encoded:
    """What `part` adds to the files of `table`."""
    rows = table.rows_of(part)
    cells = [[LIST_JOINT.join(value) if isinstance(value, list) else value for value in row] for row in rows]
    return Encoded(
        ndjson=ndjson([column.name for column in table.columns], rows),
        csv=csv_lines(cells),
        sheet=sheet_rows(cells),
        sql=[[orjson.dumps(value).decode() if isinstance(value, list) else value for value in row] for row in rows],
    )


def ndjson(names: Sequence[str], rows: Cells) -> bytes:
    """Each row as an object on a line of its own."""
    return b"".join(to_json(dict(zip(names, row, strict=True))) for row in rows)


CSV_MARK = b"\xef\xbb\xbf"
"""The byte order mark by which spreadsheet programs know UTF-8."""


def csv_lines(cells: Cells) -> bytes:
    """Lines for spreadsheets, without mark: CRLF (RFC 4180), and no cell that would be a formula."""
    out = io.StringIO(newline="")
    harmless = [
        ["'" + cell if cell.__class__ is str and cell[:1] in _FORMULA else cell for cell in row] for row in cells
    ]
    csv.writer(out, lineterminator="\r\n").writerows(harmless)
    return out.getvalue().encode()


_FORMULA = frozenset("=+-@\t\r\n＝＋－＠")  # what spreadsheet programs take for the start of a formula (OWASP)


_CELL = 32_767  # characters of a cell, in UTF-16: the limit of the format
_CUT = "……（一格放不下，全文见 CSV）"
_NOT_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LIKE_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


def sheet_rows(cells: Cells) -> bytes:
    """Rows of an XLSX sheet (ECMA-376 part 1, 18.3.1.73), texts as texts; where they stand follows from their order.

    A text too long for a cell is cut, and says so: CSV and SQLite are whole.
    """
    return "".join(f"<row>{''.join(map(_cell, row))}</row>" for row in cells).encode()


def _cell(value: Any) -> str:
    if value.__class__ is not str:
        return "<c/>" if value is None else f"<c><v>{value}</v></c>"
    text = value if len(value) <= _CELL // 2 else _fitting(value)
    if not (text.isascii() and text.isalnum()):
        text = _sheet_text(text)
    return f'<c t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def _fitting(text: str) -> str:
    units = text.encode("utf-16-le", "surrogatepass")
    if len(units) <= 2 * _CELL:
        return text
    return units[: 2 * (_CELL - len(_CUT))].decode("utf-16-le", "ignore") + _CUT


def _sheet_text(text: str) -> str:
    """The text escaped: a character that XML cannot hold is written `_x0007_` (ECMA-376 part 1, 22.9.2.19)."""
    if "_x" in text:
        text = _LIKE_ESCAPE.sub("_x005F_", text)
    if not text.isprintable():
        text = _NOT_XML.sub(lambda found: f"_x{ord(found[0]):04X}_", text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
