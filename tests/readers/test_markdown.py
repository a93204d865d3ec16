from __future__ import annotations

import pytest

from generator.content.notice_file import write_notice
from generator.model.notice import Source
from generator.parser import parse
from generator.readers import Document, read_document
from generator.readers.text.markdown import is_content_file
from tests.readers.support import NOTICE, check_promises, squeezed, words


def read(text: str) -> Document:
    document = read_document(text.encode(), "x.md")
    check_promises(document)
    return document


@pytest.mark.parametrize(
    ("line", "shown", "kind"),
    [
        ("## **一、** 情况", "一、 情况", "heading"),
        ("# 标题 ##", "标题", "heading"),
        ("- 条目", "条目", "list-item"),
        ("1. 条目", "1. 条目", "paragraph"),
        ("1\\. 条目", "1. 条目", "paragraph"),
        ("> 引文", "引文", "paragraph"),
        ("见[附件](a.pdf)，*强调*。", "见附件，强调。", "paragraph"),
        ("前![图](a.png)后", "前后", "paragraph"),
        ("2*3*4，C:\\\\a_b_c", "2*3*4，C:\\a_b_c", "paragraph"),
        ("| 甲 | 乙 |", "甲\t乙", "row"),
        ("行末\\", "行末", "paragraph"),
        ("#标签", "#标签", "paragraph"),
    ],
)
def test_marks_are_taken_off(line: str, shown: str, kind: str) -> None:
    document = read(f"文\n{line}\n文")
    assert words(document) == ["文", shown, "文"]
    assert document.blocks[1].kind == kind


@pytest.mark.parametrize("line", ["---", "* * *", "===", "|---|:-:|", "```", "~~~ text"])
def test_lines_of_marks_only_are_recorded(line: str) -> None:
    document = read(f"文\n{line}\n字")
    assert words(document) == ["文", "字"]
    assert [(edit.kind, edit.before) for edit in document.edits] == [("markup-removed", line)]


def test_front_matter_of_others_is_set_aside() -> None:
    document = read("---\ntitle: 某页\n---\n正文")
    assert document.text == "正文"
    assert [(edit.kind, edit.before) for edit in document.edits] == [("front-matter", "title: 某页")]


@pytest.mark.parametrize("name", ["x.md", "x.txt", "x"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_content_file_is_handed_on_unchanged(name: str, end: str) -> None:
    source = Source(file="notice.txt", format="txt", sha256="0" * 64)
    written = write_notice(parse(read_document(NOTICE.encode(), "notice.txt"), source))
    document = read_document(written.replace("\n", end).encode(), name)
    assert (document.format, document.text, document.edits) == ("md", written, ())
    assert is_content_file(document.text)


def test_a_notice_written_as_markdown_keeps_its_words() -> None:
    marked = "\n\n".join(f"## {line}" if line.startswith(("一", "（", "二")) else line for line in NOTICE.split("\n"))
    assert squeezed(read(marked).text) == squeezed(NOTICE)
