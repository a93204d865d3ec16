"""Files made to harm, damaged files and files under a wrong name: a clear error or the words, never anything else."""

from __future__ import annotations

import contextlib
import random
import zipfile
import zlib
from collections.abc import Iterator

import pytest

from generator.readers import ReadError, read_document
from generator.readers.limits import LIMITS
from tests.readers.support import (
    FIXTURES,
    NOTICE,
    W,
    check_promises,
    docx,
    numbered,
    numbering,
    packed,
    paragraph,
    squeezed,
)
from tests.readers.test_pdf import pdf

pytestmark = pytest.mark.slow

LINES = [line for line in NOTICE.split("\n") if line]


def word_file() -> bytes:
    body = "".join(paragraph(line) for line in LINES) + numbered("条目")
    return docx(body, numbering=numbering(("chineseCounting", "%1、")), header1=paragraph("页眉"))


def print_file() -> bytes:
    """A small PDF with Latin text, compressed."""
    stream = zlib.compress(b"BT /F1 12 Tf 72 700 Td (Rectification notice of the year 2024) Tj ET").decode("latin-1")
    font = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
    page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>"
    content = f"<</Length {len(stream)}/Filter/FlateDecode>>\nstream\n{stream}\nendstream"
    return pdf(["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Count 1/Kids[3 0 R]>>", page, content, font])


def web_page() -> bytes:
    page = (FIXTURES / "portals" / "modern.html").read_text(encoding="utf-8")
    return page.replace("@TITLE@", LINES[0]).replace("@BODY@", "".join(f"<p>{x}</p>" for x in LINES)).encode()


def saved_page() -> bytes:
    return b"MIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + web_page()


FILES = {
    "docx": word_file,
    "pdf": print_file,
    "html": web_page,
    "mht": saved_page,
    "txt": NOTICE.encode,
    "md": ("---\ntitle: x\n---\n\n# **" + LINES[0] + "**\n\n" + "\n\n".join(LINES[1:])).encode,
}


@pytest.mark.parametrize("name", ["x", "x.txt", "x.pdf", "x.docx", "x.html", "x.doc", "通报"])
@pytest.mark.parametrize("kind", ["docx", "pdf", "html", "mht", "txt"])
def test_a_wrong_ending_does_no_harm(kind: str, name: str) -> None:
    data = FILES[kind]()
    assert read_document(data, name).text == read_document(data, f"x.{kind}").text


# ------------------------------------------------------------------------------------------------------- mutated files


def mutations(data: bytes, seed: int) -> Iterator[bytes]:
    """The file cut off, with bytes changed, a part doubled, a part left out."""
    chance = random.Random(seed)
    yield data[: chance.randrange(len(data))]
    for count in (1, 5, 50):
        changed = bytearray(data)
        for _ in range(count):
            changed[chance.randrange(len(data))] = chance.randrange(256)
        yield bytes(changed)
    a, b = sorted(chance.randrange(len(data)) for _ in range(2))
    yield data[:b] + data[a:]
    yield data[:a] + data[b:]


@pytest.mark.parametrize(
    ("kind", "rounds"), [("docx", 60), ("html", 20), ("mht", 20), ("txt", 60), ("md", 40), ("pdf", 2)]
)
def test_mutated_files_give_a_document_or_a_read_error(kind: str, rounds: int) -> None:
    original = FILES[kind]()
    for seed in range(rounds):
        for data in mutations(original, seed):
            with contextlib.suppress(ReadError):
                check_promises(read_document(data, f"x.{kind}"))


def test_mutated_xml_of_word_gives_a_document_or_a_read_error() -> None:
    body = "".join(paragraph(line) for line in LINES[:6]) + numbered("条目")
    levels = numbering(("chineseCounting", "%1、"))
    for seed in range(15):
        for xml in mutations(body.encode(), seed):
            for changed in mutations(levels.encode(), seed):
                with contextlib.suppress(ReadError):
                    data = docx(xml.decode("utf-8", "replace"), numbering=changed.decode("utf-8", "replace"))
                    check_promises(read_document(data, "x.docx"))


# ------------------------------------------------------------------------------------------------------- made to harm

_ENTITIES = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 9))


def _document(body: str, before: str = "", method: int = zipfile.ZIP_STORED) -> bytes:
    xml = f"<?xml version='1.0'?>{before}<w:document {W}><w:body>{body}</w:body></w:document>"
    return packed({"[Content_Types].xml": "<Types/>", "word/document.xml": xml}, method)


HOSTILE: dict[str, tuple[str, object, str]] = {
    "entity-bomb": (
        "x.docx",
        lambda: _document("<w:p><w:r><w:t>&e8;</w:t></w:r></w:p>", f'<!DOCTYPE x [<!ENTITY e0 "ha">{_ENTITIES}]>'),
        "document type",
    ),
    "external-entity": (
        "x.docx",
        lambda: _document("<w:p><w:t>&x;</w:t></w:p>", '<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
        "document type",
    ),
    "zip-bomb": ("x.docx", lambda: _document(" " * (20 << 20), method=zipfile.ZIP_DEFLATED), "times the packed size"),
    "large-part": ("x.docx", lambda: _document(" " * (65 << 20)), "bytes in"),
    "deep-xml": ("x.docx", lambda: _document("<w:tbl>" * 3000 + "</w:tbl>" * 3000), "damaged"),
    "million-empty-paragraphs": ("x.docx", lambda: _document("<w:p/>" * 1_000_000), "more than 300,000 elements"),
    "many-paragraphs": (
        "x.html",
        lambda: b"<html><pre>" + b"a\n" * (LIMITS["paragraphs"].most + 1),
        "paragraphs with text",
    ),
    "cut-off": ("x.docx", lambda: word_file()[:-40], "damaged or cut off"),
    "encrypted": (
        "x.docx",
        lambda: (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 600
        ),
        "protected by a password",
    ),
    "spreadsheet": ("x.doc", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2000, "no Word document"),
    "many-tags": ("x.html", lambda: b"<html>" + b"<i>" * (LIMITS["tags"].most + 1), "tags in the web page"),
    "huge-text": ("x.txt", lambda: b"a" * (LIMITS["text-bytes"].most + 1), "bytes of text"),
    "many-lines": ("x.txt", lambda: b"a\n" * (LIMITS["paragraphs"].most + 1), "paragraphs with text"),
    "noise": ("x.txt", lambda: random.Random(1).randbytes(5000), "no text in any encoding"),
    "archive": ("x.rar", lambda: b"Rar!\x1a\x07\x00" + b"\0" * 99, "an archive that is not a zip"),
    "program": ("x.docx", lambda: b"\x7fELF" + b"\0" * 99, "a program"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_with_its_reason(name: str) -> None:
    file, make, reason = HOSTILE[name]
    assert callable(make)
    with pytest.raises(ReadError, match=reason) as caught:
        read_document(make(), file)
    assert str(caught.value).startswith(f"{file}: error[unreadable]: ")


def test_the_size_of_a_file_is_checked_first() -> None:
    class Huge(bytes):
        def __len__(self) -> int:
            return LIMITS["bytes"].most + 1

    with pytest.raises(ReadError, match=r"more than 67,108,864 bytes in the file"):
        read_document(Huge(b"x"), "x.txt")


def test_many_empty_paragraphs_are_no_trouble() -> None:
    body = "<w:p/>" * 290_000 + "<w:p><w:r><w:t>末</w:t></w:r></w:p>"
    assert read_document(_document(body), "x.docx").text == "末"


def test_lists_that_refer_to_each_other_and_to_nothing_end() -> None:
    styles = (
        '<w:style w:styleId="a"><w:basedOn w:val="b"/></w:style><w:style w:styleId="b"><w:basedOn w:val="a"/></w:style>'
    )
    body = paragraph("甲", properties='<w:pStyle w:val="a"/>') + numbered("乙", list_id=9) + numbered("丙", level=77)
    assert (
        squeezed(read_document(docx(body, styles=styles, numbering=numbering(("x", "%1"))), "x.docx").text) == "甲乙丙"
    )


def test_the_worker_that_reads_pdf_is_ended_when_it_takes_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.readers.pdf.reader._MEMORY", 20 << 20)
    with pytest.raises(ReadError, match="took more than 12 seconds or 20 MB"):
        read_document(print_file() + b"\n%" + b"x" * (16 << 20), "x.pdf")
