"""The same notice gives the same record whatever the file: made by LibreOffice, recognised from a scan."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from generator.content.record import record_of
from generator.model.notice import Source
from generator.parser import parse
from generator.readers import ReadError, read_document
from tests.readers.conftest import Convert, Print
from tests.readers.support import FIXTURES, NOTICE, docx, numbered, numbering, squeezed, words

_OF_THE_FILE = {"source", "edits", "anomalies", "spans"}


def record(data: bytes, name: str) -> Any:
    """The record without what belongs to the file, white space aside."""
    document = read_document(data, name)
    notice = parse(document, Source(file=name, format=document.format, sha256="0" * 64))
    return _squeezed({key: value for key, value in record_of(notice).items() if key not in _OF_THE_FILE})


def _squeezed(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _squeezed(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_squeezed(inner) for inner in value]
    return squeezed(value) if isinstance(value, str) else value


@pytest.mark.office
@pytest.mark.parametrize("suffix", ["docx", "pdf", "html", "doc", "rtf", "odt"])
def test_a_file_of_libreoffice_gives_the_record_of_the_text(convert: Convert, suffix: str) -> None:
    data = convert(FIXTURES / "notice.txt", suffix)
    expected = record(NOTICE.encode(), "notice.txt")
    assert record(data, f"notice.{suffix}") == expected
    assert len(expected["issues"]) == 4


@pytest.mark.office
def test_numbers_are_written_out_as_libreoffice_prints_them(convert: Convert, tmp_path: Path) -> None:
    outer = ("chineseCountingThousand", "%1、"), ("chineseCounting", "（%2）")
    levels = numbering(*outer, ("decimal", "%3．"), ("decimalEnclosedCircle", "%4"))
    body = "".join(
        numbered(text, level=level)
        for text, level in [
            *(("部分", 0), ("类别", 1), ("问题", 2), ("措施", 3), ("措施", 3), ("问题", 2), ("措施", 3)),
            *((("类别", 1), ("问题", 2)) * 11),
            *(("部分", 0), ("类别", 1), ("措施", 3)),
        ]
    )
    source = tmp_path / "list.docx"
    source.write_bytes(docx(body, numbering=levels, styles=""))
    read = [squeezed(text) for text in words(read_document(source.read_bytes(), "list.docx"))]
    assert read[:5] == ["一、部分", "（一）类别", "1．问题", "①措施", "②措施"]
    printed = read_document(convert(source, "pdf"), "list.pdf")
    assert squeezed(printed.text) == "".join(read)


@pytest.mark.browser
@pytest.mark.parametrize(("portal", "scale"), [("modern", 1.0), ("tables", 0.6)])
def test_a_printed_portal_page_gives_the_issues_of_the_text(printed: Print, portal: str, scale: float) -> None:
    title, *body = [line for line in NOTICE.split("\n") if line]
    page = (FIXTURES / "portals" / f"{portal}.html").read_text(encoding="utf-8").replace("gb2312", "utf-8")
    page = page.replace("@TITLE@", title).replace("@BODY@", "".join(f"<p>{line}</p>" for line in body))
    expected = record(NOTICE.encode(), "notice.txt")
    for found in (record(page.encode(), "x.html"), record(printed(page, scale=scale), "x.pdf")):
        for fact in ("title", "unit", "inspection", "stated", "issues", "contact", "published"):
            assert found[fact] == expected[fact]


@pytest.mark.slow
@pytest.mark.office
def test_a_scan_is_recognised_and_marked(convert: Convert) -> None:
    document = read_document(_scanned(convert(FIXTURES / "notice.txt", "pdf")), "scan.pdf")
    wrong = sum(a != b for a, b in zip(squeezed(document.text), squeezed(NOTICE), strict=False))
    assert abs(len(squeezed(document.text)) - len(squeezed(NOTICE))) <= 3
    assert wrong < 0.02 * len(NOTICE)
    assert [anomaly.code for anomaly in document.anomalies] == ["ocr"]
    assert "一)落实上级决策部署方面" in document.text.replace("）", ")")


@pytest.mark.office
def test_a_scan_needs_the_extra(convert: Convert, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.readers.ocr.reader.is_installed", lambda: False)
    with pytest.raises(
        ReadError,
        match=r"no text layer; its pages are pictures\..*pip install rapidocr onnxruntime",
    ):
        read_document(_scanned(convert(FIXTURES / "notice.txt", "pdf")), "scan.pdf")


def test_an_old_word_file_needs_libreoffice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(ReadError, match="needs LibreOffice, which is not installed"):
        read_document(b"{\\rtf1 x}", "x.rtf")


def _scanned(data: bytes) -> bytes:
    """A PDF whose pages are pictures of the pages of another one."""
    pictures = [page.render(scale=150 / 72).to_pil().convert("L") for page in pypdfium2.PdfDocument(data)]
    buffer = io.BytesIO()
    pictures[0].save(buffer, "PDF", save_all=True, append_images=pictures[1:], resolution=150)
    return buffer.getvalue()
