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
        ("##（一）情况", "（一）情况", "heading"),
        ("###问题###", "问题", "heading"),
        ("***（一）情况***", "（一）情况", "paragraph"),
        ("___重点___整改", "重点整改", "paragraph"),
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


# ----------------------------------------------------------------------------------------- shown otherwise than written


def codes(document: Document) -> list[str]:
    return [one.code for one in document.anomalies]


@pytest.mark.parametrize(
    "written",
    [
        "前<!-- 内部：某人经手 -->后",
        "前<!-- 内部：\n某人\n\n经手 -->后",
        "前<!--某人--><!-- 内部经手 -->后",
        '前<span style="display:none">内部某人经手</span>后',
        "前<span hidden>内部某人经手</span>后",
        '前<font color="white">内部某人经手</font>后',
        "前后\n\n[//]: # (内部某人经手)",
        "[comment]: <> (内部某人经手)\n\n前后",
    ],
)
def test_what_a_page_does_not_show_is_left_out_and_counted(written: str) -> None:
    document = read(f"文\n\n{written}\n\n字")
    assert squeezed(document.text) == "文前后字"
    assert codes(document) == ["hidden-text"]
    assert "某人" not in repr(document)


@pytest.mark.parametrize("written", ["前<!-- 没有结束", "前 --> 后", "<!" * 1000, "<!--" * 1000, "[注]: 说明"])
def test_a_sign_that_opens_nothing_is_words(written: str) -> None:
    assert squeezed(read(written).text) == squeezed(written)


@pytest.mark.parametrize(
    "written", ["~~已完成整改~~", "<s>已完成整改</s>", "<del>已完成**整改**</del>", "**~~已完成整改~~**"]
)
def test_crossed_out_words_are_kept_and_told(written: str) -> None:
    document = read(f"台账核对，{written}拟于3月底前完成。\n")
    assert document.text == "台账核对，已完成整改拟于3月底前完成。"
    assert [span.of(document.text) for span in document.struck] == ["已完成整改"]
    assert codes(document) == ["struck-out"]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("| 1 | 核对\\|补录 | 已完成 |", "1\t核对|补录\t已完成"),
        ("| 1 | 甲<br>乙 | 已完成 |", "1\t甲 乙\t已完成"),
        ("| 1 |  | 已完成 |", "1\t\t已完成"),
        ("1.6×10<sup>4</sup>", "1.6×10⁴"),
        ("CO<sub>2</sub>", "CO₂"),
        ("见`config`项", "见config项"),
        ("⼀、葛\U000e0100某", "一、葛某"),
    ],
)
def test_marks_that_change_what_is_shown(written: str, shown: str) -> None:
    assert words(read(f"文\n\n{written}\n"))[-1] == shown


def test_a_table_without_outer_lines_is_a_table() -> None:
    document = read("序号 | 问题 | 情况\n--- | --- | ---\n1 | 台账不实 | 已完成\n2 | 超标 |\n\n甲 | 乙\n")
    assert words(document) == ["序号\t问题\t情况", "1\t台账不实\t已完成", "2\t超标", "甲 | 乙"]
    assert [block.kind for block in document.blocks] == ["row", "row", "row", "paragraph"]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("1. 甲\n1. 乙\n1. 丙", ["1. 甲", "2. 乙", "3. 丙"]),
        ("1) 甲\n\n1) 乙", ["1) 甲", "2) 乙"]),
        ("1. 甲\n2. 乙\n4. 丙", ["1. 甲", "2. 乙", "4. 丙"]),
        ("1. 甲\n正文\n1. 乙", ["1. 甲", "正文", "1. 乙"]),
        ("1.甲\n1.乙", ["1.甲", "1.乙"]),
    ],
)
def test_numbers_that_are_all_one_count_on(written: str, shown: list[str]) -> None:
    assert words(read(written)) == shown


def test_a_picture_is_told() -> None:
    assert codes(read("见下图\n\n![任务清单](a.png)\n")) == ["unread-part"]


def test_what_is_taken_off_the_source_is_recorded() -> None:
    document = read("整\u200b改\n")
    assert [(edit.kind, edit.before) for edit in document.edits] == [("control-removed", "\u200b")]


def test_an_answered_heading_above_a_table_of_others_is_an_issue_itself() -> None:
    rows = "| 序号 | 问题 | 整改措施 | 完成情况 |\n| --- | --- | --- | --- |\n| 1 | 台账不实 | 核对\\|补录 | 已完成 |\n"
    rows += "| 2 | 占地超标 | 清退 | 正在整改 |\n"
    top = "# 中共某镇委员会关于巡察整改进展情况的通报\n\n根据统一部署，县委巡察组开展了巡察，现公布如下。\n\n"
    top += "一、整改落实情况\n\n"
    issue = "（一）关于审核把关不严的问题\n\n整改情况：退回超标准列支款1.2万元。已完成整改。\n\n"
    document = read(top + issue + rows + "\n二、下一步打算\n\n持续抓好整改。\n")
    notice = parse(document, Source(file="x.md", format="md", sha256="0" * 64))
    assert [issue.title for issue in notice.issues] == ["关于审核把关不严的问题", "台账不实", "占地超标"]
    assert [issue.status for issue in notice.issues] == ["done", "done", "ongoing"]
    assert notice.issues[1].response == "核对|补录"


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("<u>已完成整改。</u>", "已完成整改。"),
        ("文<font color=red size='3'>字</font><mark>亮</mark>", "文字亮"),
        ('<p align="center">标题</p>正文', "标题\n正文"),
        ("<details><summary>题</summary>\n\n答\n\n</details>", "题\n答"),
        ("==重点==字", "重点字"),
        ("a<b 且 c>d，3<5", "a<b 且 c>d，3<5"),
        ("- [x] 已完成\n- [ ] 正在整改", "☑ 已完成\n☐ 正在整改"),
        ("文[^a]字[^2]。\n\n[^2]: 注二。\n[^a]: 注**一**。\n\n末", "文[1]字[2]。\n末\n[1] 注一。\n[2] 注二。"),
        ("文[^9]字", "文[^9]字"),
        ("文\n\n[TOC]\n\n字", "文\n字"),
        (
            "上\n<table>\n<tr><td>甲</td>\n<td>乙<br>丙</td><td>丁</td></tr></table>\n\n下",
            "上\n甲\t乙\u2003丙\t丁\n下",
        ),
        ("上\n<table><tr><td></td></tr></table>\n下", "上\n下"),
    ],
)
def test_html_and_marks_of_editors_leave_their_words(source: str, shown: str) -> None:
    assert read(f"题\n\n{source}\n").text == f"题\n{shown}"


@pytest.mark.parametrize(
    "source", ["<s><u>已完成整改。</u></s>", "<table><tr><td><s>已完成整改。</s></td></tr></table>"]
)
def test_what_html_crosses_out_is_struck(source: str) -> None:
    document = read(f"题\n\n{source}\n")
    assert [document.text[span.start : span.end] for span in document.struck] == ["已完成整改。"]


def test_what_html_hides_or_only_draws_is_told() -> None:
    document = read('题\n<table><!-- <tr><td>许某</td></tr> --><tr><td>甲</td></tr></table>\n<img src="a.png">\n')
    assert "许某" not in document.text
    assert {anomaly.code for anomaly in document.anomalies} == {"hidden-text", "unread-part"}
