"""A folder as units send it: six notices, each in another kind of file."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import docx as python_docx

from tests.readers.support import FIXTURES, docx, numbered, numbering, paragraph

ISSUES = (
    ("关于“三会一课”不规范的问题", "一是补开会议，二是建立台账。"),
    ("关于采购程序不规范的问题", "修订采购办法，规范采购程序。"),
    ("关于服务窗口等候时间长的问题", "增设窗口两个，实行预约办理。"),
)
DONE = "已完成整改。"


class Kind(NamedTuple):
    """A kind of file: who sends it, its name, and how it is made of the notice's lines."""

    unit: str
    file: str
    made: Callable[[str], bytes]


def lines(unit: str, labels: tuple[str, ...] = ("1.", "2.", "3."), part: str = "一、") -> Iterator[str]:
    """The lines of a notice; where a kind prints the numbers itself, `labels` and `part` are empty."""
    yield f"中共某县{unit}党组关于巡察整改进展情况的通报"
    yield (
        f"根据县委统一部署，2024年3月1日至2024年4月15日，县委第一巡察组对县{unit}党组开展了巡察。"
        "2024年6月3日，县委巡察组反馈了巡察意见。现将整改进展情况予以公布。"
    )
    yield f"{part}巡察反馈问题整改落实情况"
    for label, (title, response) in zip(labels, ISSUES, strict=True):
        yield f"{label}{title}。"
        yield f"整改情况：{response}{DONE}"
    yield from closing(unit)


def closing(unit: str) -> Iterator[str]:
    """Contact, signature, date."""
    yield (
        "欢迎广大干部群众对巡察整改落实情况进行监督。如有意见建议，请及时向我们反映。"
        f"联系电话：0596-1234567；邮政信箱：某县{unit}办公室。"
    )
    yield f"中共某县{unit}党组"
    yield "2024年12月1日"


def numbered_word(unit: str) -> bytes:
    """Word counts the headings: no number stands in the text."""
    body = ""
    for line in lines(unit, ("", "", ""), ""):
        if line.startswith("关于"):
            body += numbered(line, level=1)
        else:
            body += numbered(line) if line.endswith("落实情况") else paragraph(line)
    return docx(body, numbering=numbering(("chineseCounting", "%1、"), ("decimal", "%2.")))


def table_word(unit: str) -> bytes:
    """The issues are rows of a table."""
    made = python_docx.Document()
    head = list(lines(unit))[:3]
    for line in head:
        made.add_paragraph(line)
    table = made.add_table(rows=1, cols=4)
    for cell, words in zip(table.rows[0].cells, ("序号", "存在问题", "整改措施", "整改状态"), strict=True):
        cell.text = words
    for number, (title, response) in enumerate(ISSUES, 1):
        for cell, words in zip(table.add_row().cells, (str(number), title, response, "已完成整改"), strict=True):
            cell.text = words
    for line in closing(unit):
        made.add_paragraph(line)
    return saved(made)


DELETED, INSERTED = "内部意见先不公开", "并组织培训，"


def tracked_word(unit: str) -> bytes:
    """With changes that nobody accepted yet."""
    gone = f'<w:del w:id="1"><w:r><w:delText>{DELETED}</w:delText></w:r></w:del>'
    come = f'<w:ins w:id="2"><w:r><w:t>{INSERTED}</w:t></w:r></w:ins>'
    body = ""
    for line in lines(unit):
        before, found, after = line.partition("规范采购程序")
        body += paragraph(before, gone, come, found + after) if found else paragraph(line)
    return docx(body)


def word_of(text_lines: Iterator[str] | list[str]) -> bytes:
    """A Word file with a paragraph for each line."""
    made = python_docx.Document()
    for line in text_lines:
        made.add_paragraph(line)
    return saved(made)


def saved(made: python_docx.document.Document) -> bytes:
    """The bytes of a Word file."""
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def web_page(unit: str) -> bytes:
    """A page of a portal, saved by a browser: menus, crumbs and footer around the notice, in GB 2312."""
    title, *body = lines(unit)
    page = (FIXTURES / "portals/tables.html").read_text("utf-8")
    for printed, day in (("2024年05月20日", "2024年12月02日"), ("2024-05-20", "2024-12-02")):
        page = page.replace(printed, day)
    inside = "".join(f"<p>{line}</p>" for line in body)
    return page.replace("@TITLE@", title).replace("@BODY@", inside).encode("gb18030")


def folder(convert: Callable[[Path, str], bytes], printed: Callable[[str], bytes], place: Path) -> list[Kind]:
    """The six; LibreOffice makes the old Word file, Chromium prints the PDF."""

    def old_word(unit: str) -> bytes:
        source = place / "old.docx"
        source.write_bytes(word_of(lines(unit)))
        return convert(source, "doc")

    def pdf(unit: str) -> bytes:
        return printed("<meta charset=utf-8>" + "".join(f"<p>{line}</p>" for line in lines(unit)))

    return [
        Kind("水务局", "水务局（自动编号）.docx", numbered_word),
        Kind("教育局", "教育局（表格）.docx", table_word),
        Kind("财政局", "财政局（修订）.docx", tracked_word),
        Kind("民政局", "民政局（旧版）.doc", old_word),
        Kind("农业农村局", "农业农村局.pdf", pdf),
        Kind("文化和旅游局", "文化和旅游局.html", web_page),
    ]
