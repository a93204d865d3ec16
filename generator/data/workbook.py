"""Tables as one XLSX file for people: Chinese headings, filters, dates, links, a sheet that explains.

CSV, JSON and SQLite hold the same rows as programs read them. The file is written row by row (ECMA-376 part 1, 18.3): a
library for every kind of workbook takes ten times as long, a quarter of a whole build.
"""

from __future__ import annotations

import contextlib
import zipfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from generator.base.archives import NewArchive, Packed, PackedEntry, as_everywhere, packed
from generator.base.dates import PartialDate
from generator.base.late_patterns import late_pattern
from generator.data import workbook_parts as parts
from generator.data.books import Chosen
from generator.data.formats import LIST_JOINT
from generator.data.site_numbers import deadlines_in, formula_of, site_numbers, told
from generator.data.table import Column, Table

_ROWS = 1_048_576 - 1  # of a sheet, below its head: the limit of the format
_CELL = 32_767  # characters of a cell, in UTF-16: the limit of the format
_CUT = "……（一格放不下，全文见 CSV）"
_FIRST_YEAR = 1901  # of a date in a cell: the calendar of spreadsheets is wrong before
_DAY_0 = 693_594  # 1899-12-30 as an ordinal
_LEVEL = 2  # of compression: a third of the time of zlib's usual level, a tenth more bytes
_WIDTHS = {"text": 22, "date": 12, "integer": 10, "number": 14, "list": 26}
LEGEND = "说明"
"""The sheet that explains."""
OPEN = "打开"
"""What a link shows."""

_NOT_XML = late_pattern("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LIKE_ESCAPE = late_pattern("_(?=x[0-9A-Fa-f]{4}_)")

CellWriter = Callable[[Any], str]
"""A value as the XML of a cell."""


class Sheet:
    """A sheet that is being written. What it cannot hold is left out; CSV and SQLite are whole."""

    def __init__(
        self, out: PackedEntry, widths: Sequence[int], head: Sequence[str], cells: Sequence[CellWriter]
    ) -> None:
        self._out, self._cells, self._count = out, cells, 0
        row = "".join(text_cell(name, parts.BOLD) for name in head)
        out.add(_packed(parts.sheet_head(widths, is_frozen=True) + f"<row>{row}</row>".encode()))
        self.first = out.at
        """Where in the workbook the packed rows begin."""

    def add(self, rows: Sequence[Sequence[Any]]) -> Packed:
        """Add rows of values as `Table.rows_of` makes them; gives them as they were added."""
        kept = rows[: max(0, _ROWS - self._count)]
        piece = _packed("".join(map(self._row, kept)).encode())
        self._out.add(piece)
        self._count += len(rows)
        return piece

    def takes_again(self, at: int, rows: int) -> bool:
        """Whether it can hold as many further rows, and one that held them behind `at` others held all of them."""
        return max(self._count, at) + rows <= _ROWS

    def add_again(self, piece: Packed, rows: int) -> None:
        """Add rows that `add` gave."""
        self._out.add(piece)
        self._count += rows

    def _row(self, row: Sequence[Any]) -> str:
        cells = ["<c/>" if value is None else cell(value) for cell, value in zip(self._cells, row, strict=True)]
        return f"<row>{''.join(cells)}</row>"

    def close(self) -> None:
        """Let every column be filtered."""
        last = f"{parts.letters(len(self._cells) - 1)}{min(max(self._count, 1), _ROWS) + 1}"
        try:
            self._out.add(_packed(parts.sheet_tail(f"A1:{last}")))
        finally:
            self._out.close()  # the archive cannot be closed before


def _packed(data: bytes) -> Packed:
    return packed(data, _LEVEL)


class Workbook:
    """An XLSX file with a sheet a table, alike for alike rows; the sheets are written in order, one at a time."""

    def __init__(self, path: Path, tables: Sequence[Table[Any, Any]], chosen: Chosen) -> None:
        self._base = chosen.site.config.base_url
        self._out = path.open("w+b")
        self._file = NewArchive(self._out, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL)
        self._names = {table.name: parts.sheet_path(number) for number, table in enumerate(tables, 2)}
        try:
            self._begin(tables, chosen)
        except BaseException:
            with contextlib.suppress(OSError):
                self._out.close()
            raise

    def _begin(self, tables: Sequence[Table[Any, Any]], chosen: Chosen) -> None:
        names = [LEGEND, *(table.title for table in tables)]
        for name, data in parts.frame(_name(chosen), names).items():
            with self._file.open(name, "w") as out:
                out.write(data)
        with self._file.open(parts.sheet_path(1), "w") as out:
            rows = "".join(f"<row>{''.join(cells)}</row>" for cells in _legend(chosen, tables))
            out.write(parts.sheet_head((22, 22, 60, 40, 40), is_frozen=False) + rows.encode() + parts.sheet_tail(""))

    def sheet(self, table: Table[Any, Any]) -> Sheet:
        """The sheet of a table."""
        out = PackedEntry(self._file, self._out, self._names[table.name])
        widths = [8 if column.is_link else _WIDTHS[column.type] for column in table.columns]
        return Sheet(out, widths, [column.heading for column in table.columns], [self._cell(c) for c in table.columns])

    def close(self) -> None:
        """Write what closes the file."""
        as_everywhere(self._file)
        with self._out:
            self._file.close()

    def _cell(self, column: Column[Any]) -> CellWriter:
        """How the values of a column are written."""
        if column.is_link:
            base = self._base
            return lambda value: formula_cell(f'HYPERLINK("{base}{value}","{OPEN}")', OPEN, parts.LINK)
        if column.words:
            return lambda value: text_cell(_in_words(column, value))
        if column.type == "date":
            return _date_cell
        return _number_cell if column.type in ("integer", "number") else text_cell


def said_of_time(chosen: Chosen) -> str:
    """As of when the states of its deadlines are said; only one that is still due becomes another later."""
    if all(deadline.state != "due" for deadline in deadlines_in(chosen)):
        return "没有还未到期的期限。"
    as_of = chosen.site.as_of
    return f"期限状态截至 {as_of.isoformat()}；网页打开时按当天再算。" if as_of else "没有一份通报写明日期。"


def _name(chosen: Chosen) -> str:
    name = chosen.site.config.name
    return f"{name}（{chosen.title}）" if chosen.title else name


def _legend(chosen: Chosen, tables: Sequence[Table[Any, Any]]) -> Iterable[list[str]]:
    """How each number of the site follows from the sheets, and what each column holds."""
    yield [text_cell(_name(chosen), parts.BOLD)]
    if chosen.title:
        yield [text_cell("本文件载这一年的通报。网站上的数是各年之和；单位例外：几年都有通报的单位，各年都列。")]
    yield [text_cell(said_of_time(chosen))]
    yield []
    value = "这一年" if chosen.title else "数"
    yield [text_cell(head, parts.BOLD) for head in ("网站上的数", value, "怎样从各表得到", "用公式再算一遍")]
    for number in site_numbers(chosen):
        again = formula_cell(formula_of(number), number.value, parts.WRAPPED)
        yield [text_cell(number.name), _number_cell(number.value), text_cell(told(number), parts.WRAPPED), again]
    yield []
    yield [text_cell(head, parts.BOLD) for head in ("表", "列", "含义", "程序里的列名", "程序里的值")]
    for table in tables:
        for column in table.columns:
            values = "；".join(f"{shown} = {value}" for value, shown in column.words.items())
            said = (table.title, column.heading, column.about, f"{table.name}.{column.name}", values)
            yield [text_cell(one, parts.WRAPPED) for one in said]


def text_cell(value: Any, style: int = 0) -> str:
    """A text, or a list of texts, as nothing but text."""
    text = LIST_JOINT.join(value) if value.__class__ is list else value
    if len(text) > _CELL // 2:
        text = _fitting(text)
    if not (text.isascii() and text.isalnum()):
        text = _escaped(text)
    look = f' s="{style}"' if style else ""
    return f'<c{look} t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def formula_cell(formula: str, value: Any, style: int) -> str:
    """A formula and what it gives."""
    kind = ' t="str"' if isinstance(value, str) else ""
    return f'<c s="{style}"{kind}><f>{_escaped(formula)}</f><v>{value}</v></c>'


def _number_cell(value: float) -> str:
    return f"<c><v>{value}</v></c>"


def _date_cell(value: str) -> str:
    date = PartialDate.parse(value)
    if not date.day or date.year < _FIRST_YEAR:  # known to the month or the year only
        return text_cell(value)
    return f'<c s="{parts.DATE}"><v>{date.first_day.toordinal() - _DAY_0}</v></c>'


def _in_words(column: Column[Any], value: Any) -> str:
    values = value if isinstance(value, list) else [value]
    return LIST_JOINT.join(column.words.get(one, str(one)) for one in values)


def _fitting(text: str) -> str:
    units = text.encode("utf-16-le", "surrogatepass")
    if len(units) <= 2 * _CELL:
        return text
    return units[: 2 * (_CELL - len(_CUT))].decode("utf-16-le", "ignore") + _CUT


def _escaped(text: str) -> str:
    """The text escaped: a character that XML cannot hold is written `_x0007_` (ECMA-376 part 1, 22.9.2.19)."""
    if "_x" in text:
        text = _LIKE_ESCAPE.sub("_x005F_", text)
    if not text.isprintable():
        text = _NOT_XML.sub(lambda found: f"_x{ord(found[0]):04X}_", text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
