from __future__ import annotations

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.readers import ReadError, read_document
from generator.readers.text import plain as text_reader
from generator.readers.text.encoding import decode
from generator.readers.text.labels import CODECS
from tests import examples
from tests.readers.support import NOTICE, check_promises, squeezed, words


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "gb18030", "gbk"]
)
def test_every_encoding_gives_the_same_text(encoding: str) -> None:
    assert read_document(NOTICE.encode(encoding), "x.txt").text == NOTICE


def test_traditional_text_in_big5_is_told_from_gbk() -> None:
    text = (
        "關於巡察整改進展情況的通報。根據縣委巡察工作統一部署，縣委第一巡察組對我局進行了巡察，現將整改情況予以公布。\n"
        * 3
    )
    assert decode(text.encode("big5")) == (text, "big5hkscs")


def test_a_wrong_declaration_does_not_mislead() -> None:
    assert decode(NOTICE.encode("gb18030"), "iso-8859-1")[0] == NOTICE
    assert decode(NOTICE.encode("utf-8"), "gb2312")[0] == NOTICE


def test_gb2312_means_gb18030_as_in_browsers() -> None:
    assert decode("一 — 二 · 三，整改情况".encode("gbk"), "gb2312")[0] == "一 — 二 · 三，整改情况"


@pytest.mark.parametrize(
    "name", ["punycode", "idna", "rot13", "zlib", "undefined", "unicode_escape", "hz", "utf-7", "", "\0"]
)
def test_what_a_page_names_is_an_encoding_of_browsers_or_none(name: str) -> None:
    assert decode(NOTICE.encode("gb18030"), name) == (NOTICE, "gb18030")
    page = f'<meta charset="{name}"><p>整改情况</p><p>已完成整改。</p>'.encode()
    assert words(read_document(page, "x.html")) == ["整改情况", "已完成整改。"]


def test_every_label_of_browsers_has_a_codec() -> None:
    assert len(CODECS) > 200
    for label, codec in CODECS.items():
        assert decode(b"\xa1\x40 \xff", label)[0]
        assert "一".encode("gb18030").decode(codec, "replace")


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("關於理論學習不深入的問題", "big5"),
        ("整改情況：已完成。", "big5hkscs"),
        ("关于理论学习不深入的问题", "gbk"),
        ("整改情况：已完成。", "gb18030"),
    ],
)
def test_a_short_text_is_read_in_its_encoding(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding))[0] == text
    assert decode(text.encode(encoding), "big5" if encoding.startswith("gb") else "gb2312")[0] == text


UNSEEN = ["\u061c", "\u034f", "\u3164", "\uffa0", "\u115f", "\ufe0f", "\U000e0100", "\U000e0041\U000e007f"]
UNSEEN += ["\ufdd0\ufdd2", "\u2800", "\U00013430", "\U0001d159", "\U00016fe4"]


@pytest.mark.parametrize("char", UNSEEN)
@pytest.mark.parametrize("name", ["x.txt", "x.md", "x.html"])
def test_characters_without_a_shape_are_taken_out_and_recorded(char: str, name: str) -> None:
    document = read_document(
        f"<p>葛{char}某的账</p>".encode() if name == "x.html" else f"葛{char}某的账".encode(), name
    )
    assert document.text == "葛某的账"
    assert [(edit.kind, edit.after) for edit in document.edits] == [("control-removed", "")]
    assert not document.struck


@pytest.mark.parametrize("char", ["\ue123", "\U000f0001", "\U00100001", "\ufffc"])
def test_characters_of_one_font_alone_are_told(char: str) -> None:
    document = read_document(f"账{char}目".encode(), "x.txt")
    assert document.text == f"账{char}目"
    assert [one.code for one in document.anomalies] == ["undecodable"]


def test_a_table_of_contents_is_known_by_its_leaders() -> None:
    entries = "一、情况……………1\n（一）问题………………2\n二、打算............12\n"
    document = read_document(f"标题\n目 录\n{entries}一、情况\n经费......共3\n".encode(), "x.txt")
    assert [block.kind for block in document.blocks] == ["paragraph", *["contents"] * 4, "paragraph", "paragraph"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\v", "\f", "\x85", "\u2028", "\u2029"])
def test_every_line_end_ends_a_line(end: str) -> None:
    assert words(read_document(f"一行{end}　　二行  {end}{end}三行".encode(), "x.txt")) == ["一行", "二行", "三行"]


def test_invisible_characters_are_dropped_and_recorded() -> None:
    document = read_document("整\u200b改\ufeff\n情\x00\x01况".encode("utf-8"), "x.txt")
    assert document.text == "整改\n情况"
    assert [(edit.kind, edit.line, edit.before) for edit in document.edits] == [
        ("control-removed", 1, "\u200b"),
        ("control-removed", 1, "\ufeff"),
        ("control-removed", 2, "\x00\x01"),
    ]


def test_broken_characters_are_kept_in_place_and_flagged() -> None:
    data = "整改情况：已完成。".encode() + b"\xff" + "\n第二行".encode()
    document = read_document(data, "x.txt")
    assert document.text == "整改情况：已完成。\ufffd\n第二行"
    assert [(anomaly.code, anomaly.line) for anomaly in document.anomalies] == [("undecodable", 1)]


@pytest.mark.parametrize("width", [18, 25, 33, 40])
def test_lines_wrapped_at_any_width_are_told_by_geometry(width: int) -> None:
    lines: list[tuple[str, bool]] = []
    for line in NOTICE.split("\n"):
        parts = [line[at : at + width] for at in range(0, len(line), width)] or [""]
        lines += [(part, index + 1 < len(parts)) for index, part in enumerate(parts)]
    document = read_document("\n".join(text for text, _ in lines).encode(), "x.txt")
    expected = [goes_on for text, goes_on in lines if text]
    found = [block.wrapped for block in document.blocks]
    assert sum(a != b for a, b in zip(expected, found, strict=True)) <= 1


def test_paragraphs_that_are_as_long_by_chance_are_not_wrapped() -> None:
    lines = (
        "就巡察提出的问题，我街道整改如下",
        "1.关于减负不到位的问题：清理21块。",
        "2.关于管理松散的问题：修订了办法。",
        "3.关于态度差的问题：调整窗口2人。",
    )
    text = "\n".join((*lines, "城南街道"))
    assert not any(block.wrapped for block in read_document(text.encode(), "x.txt").blocks)


def test_lines_of_any_length_are_not_wrapped() -> None:
    assert not any(block.wrapped for block in read_document(NOTICE.encode(), "x.txt").blocks)


def test_a_picture_named_txt_is_refused_by_what_it_is() -> None:
    with pytest.raises(ReadError, match=r"^scan\.txt: error\[unreadable\]: this cannot be read, it is a picture\."):
        read_document(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, "scan.txt")


@given(st.binary(max_size=400))
@settings(max_examples=examples(200), deadline=None)
def test_any_bytes_give_a_document_or_a_read_error(data: bytes) -> None:
    with contextlib.suppress(ReadError):
        check_promises(read_document(data, "x.txt"))


@given(st.text(st.characters(exclude_categories=("C",)) | st.sampled_from("\u200b\u200d\ufeff"), max_size=300))
@settings(max_examples=examples(200), deadline=None)
def test_no_character_is_lost_unrecorded(text: str) -> None:
    document = text_reader.read(b"\xef\xbb\xbf" + text.encode())
    check_promises(document)
    gone = "".join(edit.before for edit in document.edits)
    come = "".join(edit.after for edit in document.edits)
    assert sorted(squeezed(document.text + gone)) == sorted(squeezed(text + come))


_QUOTING = (
    "某局党组关于巡察整改进展情况的通报\n（一）网站<meta name=SiteName>标签缺失、<p>标签和 <table border=1> 混用。\n"
    "整改情况：已补全<html><head><title>及<body>标签。"
)


@pytest.mark.parametrize("name", ["x.txt", "x.md", "x.text"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "gb18030"])
def test_a_text_that_speaks_of_tags_keeps_every_word(name: str, encoding: str) -> None:
    assert squeezed(read_document(_QUOTING.encode(encoding), name).text) == squeezed(_QUOTING)


@pytest.mark.parametrize(
    ("page", "name"),
    [
        ("<p>一段</p><p>二段</p>", "x.txt"),
        ("\ufeff\n <!-- saved from url=(0020)http://example.gov.cn/ -->\n<html><body>一段<br>二段", "x.txt"),
        ("<?xml version='1.0'?>\n<!DOCTYPE html><body><div>一段</div><div>二段", "x.txt"),
        ("<span style='x'>一段</span><br>二段", "x.txt"),
        ("一段<br>二段", "x.html"),
        ("一段<br>二段", "notice.aspx"),
    ],
)
def test_a_page_is_a_page_whatever_it_is_called(page: str, name: str) -> None:
    document = read_document(page.encode(), name)
    assert document.format == "html"
    assert words(document) == ["一段", "二段"]


@pytest.mark.parametrize("name", ["x.txt", "x.md", "x.html"])
def test_characters_crossed_out_one_by_one_are_kept_and_told(name: str) -> None:
    struck = "".join(f"{char}\u0336" for char in "已完成整改")
    document = read_document(
        f"<p>台账：{struck}，拟改。</p>".encode() if name == "x.html" else f"台账：{struck}，拟改。".encode(), name
    )
    assert [span.of(document.text) for span in document.struck] == [struck]
    assert [one.code for one in document.anomalies] == ["struck-out"]


@pytest.mark.parametrize("mark", ["\u0305", "\u0332", "\u20dd", "\u0488"])
def test_marks_laid_over_digits_and_chinese_are_told_and_accents_are_not(mark: str) -> None:
    assert [one.code for one in read_document(f"追回1{mark}3万元".encode(), "x.txt").anomalies] == ["undecodable"]
    assert not read_document(f"拼音a{mark}i".encode(), "x.txt").anomalies
