"""What every XLSX file has around its rows (ECMA-376 part 1, 18; part 2, 10): types, relations, looks of cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

BOLD, WRAPPED, DATE, LINK = 1, 2, 3, 4
"""Looks of cells: numbers of `xf` in the styles below."""

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE = "http://schemas.openxmlformats.org"
_MAIN = f'xmlns="{_OFFICE}/spreadsheetml/2006/main"'
_RELATION = f"{_OFFICE}/officeDocument/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_FONT = '<sz val="11"/><name val="Calibri"/>'
_STYLES = f"""<styleSheet {_MAIN}>\
<numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts>\
<fonts count="3"><font>{_FONT}</font><font><b/>{_FONT}</font><font><u/><sz val="11"/><color rgb="FF0B4A8C"/>\
<name val="Calibri"/></font></fonts>\
<fills count="2"><fill><patternFill patternType="none"/></fill>\
<fill><patternFill patternType="gray125"/></fill></fills>\
<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>\
<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>\
<cellXfs count="5"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>\
<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>\
<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" applyAlignment="1">\
<alignment vertical="top" wrapText="1"/></xf>\
<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>\
<xf numFmtId="0" fontId="2" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs>\
<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>"""


def frame(title: str, sheets: Sequence[str]) -> Mapping[str, bytes]:
    """Path → bytes of the parts that are no sheets."""
    numbers = range(1, len(sheets) + 1)
    kinds = {f"/{sheet_path(number)}": f"{_TYPE}.worksheet+xml" for number in numbers} | {
        "/xl/workbook.xml": f"{_TYPE}.sheet.main+xml",
        "/xl/styles.xml": f"{_TYPE}.styles+xml",
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    }
    types = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in kinds.items())
    named = "".join(f'<sheet name="{escape(sheets[n - 1])}" sheetId="{n}" r:id="rId{n}"/>' for n in numbers)
    inside = [(f"{_RELATION}/worksheet", f"worksheets/sheet{number}.xml") for number in numbers]
    texts = {
        "[Content_Types].xml": f'<Types xmlns="{_OFFICE}/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{types}</Types>',
        "_rels/.rels": _relations(
            (f"{_RELATION}/officeDocument", "xl/workbook.xml"),
            (f"{_OFFICE}/package/2006/relationships/metadata/core-properties", "docProps/core.xml"),
        ),
        "docProps/core.xml": f'<cp:coreProperties xmlns:cp="{_OFFICE}/package/2006/metadata/core-properties" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{escape(title)}</dc:title></cp:coreProperties>',
        "xl/workbook.xml": f'<workbook {_MAIN} xmlns:r="{_RELATION}"><sheets>{named}</sheets>'
        '<calcPr fullCalcOnLoad="1"/></workbook>',
        "xl/_rels/workbook.xml.rels": _relations(*inside, (f"{_RELATION}/styles", "styles.xml")),
        "xl/styles.xml": _STYLES,
    }
    return {name: (_HEAD + text).encode() for name, text in texts.items()}


def _relations(*targets: tuple[str, str]) -> str:
    rows = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{_OFFICE}/package/2006/relationships">{rows}</Relationships>'


def sheet_path(number: int) -> str:
    """The path of the sheet of that number, from 1."""
    return f"xl/worksheets/sheet{number}.xml"


def sheet_head(widths: Sequence[int], *, is_frozen: bool) -> bytes:
    """What stands before the rows of a sheet; a frozen one keeps its first row in sight."""
    pane = '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>' if is_frozen else ""
    columns = "".join(f'<col min="{n}" max="{n}" width="{w}" customWidth="1"/>' for n, w in enumerate(widths, 1))
    view = f'<sheetViews><sheetView workbookViewId="0">{pane}</sheetView></sheetViews>'
    return f"{_HEAD}<worksheet {_MAIN}>{view}<cols>{columns}</cols><sheetData>".encode()


def sheet_tail(filtered: str) -> bytes:
    """What follows the rows of a sheet; `filtered` are the cells that can be filtered: A1:F9, or empty."""
    chosen = f'<autoFilter ref="{filtered}"/>' if filtered else ""
    return f"</sheetData>{chosen}</worksheet>".encode()


_LETTERS = 26


def letters(index: int) -> str:
    """The letters of a column, counted from 0: A … Z, AA … ZZ."""
    return ("" if index < _LETTERS else chr(64 + index // _LETTERS)) + chr(65 + index % _LETTERS)
