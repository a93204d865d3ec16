"""版面: the pages of a source as pictures, each line of its text with its box."""

from __future__ import annotations

import shutil
import struct

import docx
import pytest

from generator.base.dates import PartialDate
from generator.content.notice_file import read_notice
from generator.desk import sheets
from generator.editorial.importing import Importer
from generator.editorial.source_files import files_of
from tests.desk.tools import ask, running
from tests.samples import SITE_YML

TITLE = "某县教育局党组关于巡察整改进展情况的通报"
LINES = (
    TITLE,
    "根据县委统一部署，2025年3月1日至4月15日，县委第一巡察组对县教育局开展了巡察。",
    "一、整改落实情况",
    "（一）关于学习不深入的问题",
    "整改情况：" + "组织专题学习，建立台账，逐项销号。" * 40,
    "（二）关于采购不规范的问题",
    "整改情况：修订采购办法。整改完成。",
    "中共某县教育局党组",
    "2025年8月1日",
)


@pytest.fixture
def site(tmp_path):
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not installed")
    folder = tmp_path / "site"
    (folder / "content/notices").mkdir(parents=True)
    (folder / "site.yml").write_text(SITE_YML, "utf-8")
    document = docx.Document()
    for line in LINES:
        document.add_paragraph(line)
    document.add_page_break()
    document.add_paragraph("附件：整改清单")
    source = tmp_path / "通报.docx"
    document.save(source)
    [done] = [Importer(folder, day=PartialDate(2025, 11, 28)).take(file) for file in files_of(source)]
    assert done.outcome == "imported", done.reason
    return folder


def notice_of(site):
    [path] = (site / "content/notices").rglob("*.md")
    return read_notice(path.read_text("utf-8"))[0]


@pytest.mark.office
def test_a_word_file_has_pages_and_every_line_has_its_box(site):
    notice = notice_of(site)
    found = sheets.sheets_of(site, notice)
    assert found.unplaced == 0
    assert len(found.pages) == 2
    numbers = [box.line for page in found.pages for box in page.boxes]
    assert len(numbers) == len(set(numbers)) == len(LINES) + 1
    tops = [box.top for box in found.pages[0].boxes]
    assert tops == sorted(tops)
    long = max(found.pages[0].boxes, key=lambda box: box.height)
    assert long.height > 3 * min(box.height for box in found.pages[0].boxes)
    data = sheets.picture(site, notice, 1)
    assert data.startswith(b"\x89PNG")
    assert struct.unpack(">II", data[16:24]) == (sheets.WIDTH, found.pages[0].height)
    assert len(data) < 160_000


@pytest.mark.office
def test_it_is_drawn_once_and_a_broken_cache_is_made_anew(site, monkeypatch):
    notice = notice_of(site)
    first = sheets.sheets_of(site, notice)
    with monkeypatch.context() as patch:
        patch.setattr(sheets, "as_pdf", None)
        assert sheets.sheets_of(site, notice) == first
    [record] = (site / ".cache/sheets").rglob("sheets.json")
    record.write_text("{", "utf-8")
    assert sheets.sheets_of(site, notice) == first


@pytest.mark.office
def test_the_page_takes_them(site):
    notice = notice_of(site)
    with running(site, who="陈某") as desk:
        answer = ask(desk, path=f"n/{notice.id}/sheets", X_Desk="1")
        assert answer.status == 200
        assert answer.text.count("<figure") == 2
        assert 'data-line="1"' in answer.text
        image = ask(desk, path=f"n/{notice.id}/page/2.png")
        assert (image.status, image.headers["Content-Type"]) == (200, "image/png")
        assert ask(desk, path=f"n/{notice.id}/page/3.png").status == 404


def test_a_text_has_no_pages_and_what_is_no_pdf_draws_none(tmp_path):
    assert sheets._drawn(b"%PDF-1.7 broken", "words", tmp_path / "x") is None
