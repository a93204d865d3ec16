from __future__ import annotations

import io
import re

import docx as python_docx
import pytest
from docx.enum.text import WD_BREAK

from generator.readers import Document, ReadError, read_document
from tests.readers.support import check_promises, docx, numbered, numbering, packed, paragraph, words


def read(body: str, **parts: str) -> Document:
    document = read_document(docx(body, **parts), "x.docx")
    check_promises(document)
    return document


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def field(instruction: str, result: str | None = None) -> str:
    """A complex field, its instruction cut into two runs as Word often does."""
    half = len(instruction) // 2
    pieces = "".join(
        f'<w:r><w:instrText xml:space="preserve">{part}</w:instrText></w:r>'
        for part in (instruction[:half], instruction[half:])
    )
    shown = "" if result is None else f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(result)}'
    begin, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "end"))
    return begin + pieces + shown + end


# ------------------------------------------------------------------------------------------------------------ numbers


def test_levels_of_a_list_are_printed_and_restart() -> None:
    levels = numbering(("chineseCountingThousand", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3."))
    body = "".join(
        numbered(text, level=level)
        for text, level in [("甲", 0), ("乙", 1), ("丙", 2), ("丁", 2), ("戊", 1), ("己", 2), ("庚", 0), ("辛", 1)]
    )
    document = read(body, numbering=levels)
    assert words(document) == ["一、甲", "（一）乙", "1. 丙", "2. 丁", "（二）戊", "1. 己", "二、庚", "（一）辛"]
    assert [block.level for block in document.blocks] == [1, 2, 3, 3, 2, 3, 1, 2]
    assert [edit.after for edit in document.edits] == ["一、", "（一）", "1.", "2.", "（二）", "1.", "二、", "（一）"]


def test_a_legal_level_shows_all_its_numbers_in_digits() -> None:
    levels = numbering(("chineseCounting", "%1"), ("chineseCounting", "%1.%2"), more="<w:isLgl/>")
    assert words(read(numbered("甲") + numbered("乙", level=1), numbering=levels)) == ["1 甲", "1.1 乙"]
    levels = numbering(("upperRoman", "%1"), ("decimalZero", "%1.%2"), more="<w:isLgl/>")
    assert words(read(numbered("甲") + numbered("乙", level=1), numbering=levels)) == ["1 甲", "1.01 乙"]


@pytest.mark.parametrize("kind", ["drop", "margin"])
def test_a_first_letter_in_a_frame_of_its_own_begins_the_sentence(kind: str) -> None:
    frame = f'<w:pPr><w:framePr w:dropCap="{kind}" w:lines="2" w:wrap="around"/></w:pPr>'
    assert words(read(f"<w:p>{frame}{run('根')}</w:p><w:p>{run('据县委统一部署。')}</w:p>")) == ["根据县委统一部署。"]
    other = '<w:pPr><w:framePr w:w="2000" w:wrap="around"/></w:pPr>'
    assert words(read(f"<w:p>{other}{run('密级')}</w:p><w:p>{run('根据')}</w:p>")) == ["密级", "根据"]


def test_a_second_list_of_the_same_kind_starts_again_where_it_says_so() -> None:
    second = (
        '<w:num w:numId="2"><w:abstractNumId w:val="7"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num>'
    )
    body = "".join(numbered("项", list_id=list_id) for list_id in (1, 1, 2, 2, 3))
    document = read(body, numbering=numbering(("decimal", "%1)"), num=second))
    assert words(document) == ["1) 项", "2) 项", "5) 项", "6) 项", "7) 项"]


def test_a_level_that_never_restarts_counts_on() -> None:
    levels = numbering(("decimal", "%1."), ("decimal", "（%2）"), more='<w:lvlRestart w:val="0"/>')
    body = numbered("a") + numbered("b", level=1) + numbered("c") + numbered("d", level=1)
    assert words(read(body, numbering=levels)) == ["1. a", "（1）b", "2. c", "（2）d"]


def test_a_style_numbers_its_paragraphs() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="h1"><w:name w:val="heading 1"/><w:pPr><w:outlineLvl w:val="0"/>'
        '<w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="h1b"><w:basedOn w:val="h1"/></w:style>'
    )
    body = paragraph("总则", properties='<w:pStyle w:val="h1"/>') + paragraph(
        "附则", properties='<w:pStyle w:val="h1b"/>'
    )
    document = read(body, numbering=numbering(("chineseCounting", "第%1章")), styles=styles)
    assert words(document) == ["第一章总则", "第二章附则"]
    assert [(block.kind, block.level) for block in document.blocks] == [("heading", 1), ("heading", 1)]


def test_number_zero_takes_a_number_off() -> None:
    levels = numbering(("decimal", "%1."))
    assert words(read(numbered("甲", list_id=0) + numbered("乙"), numbering=levels)) == ["甲", "1. 乙"]


# ------------------------------------------------------------------------------------------------- fields and symbols


@pytest.mark.parametrize(
    ("instruction", "shown"),
    [(r" eq \o\ac(○,22)", "㉒"), (r"EQ \o\ac(○,51)", "○51"), (r"EQ \o(○,3)", "③"), (r" EQ \o \ac( ○ , 8 ) ", "⑧")],
)
def test_numbers_in_circles_are_drawn(instruction: str, shown: str) -> None:
    document = read(paragraph("前", field(instruction), "后"))
    assert document.text == f"前{shown}后"
    assert [(edit.kind, edit.before, edit.after) for edit in document.edits] == [
        ("field-residue", " ".join(instruction.split()), shown)
    ]


def test_other_fields_show_their_result() -> None:
    body = paragraph("见", field("REF _Toc1 \\h", "第三条"), "，共", field("NUMPAGES", "3"), "页", field("XE a"))
    assert read(body).text == "见第三条，共3页"


def test_an_equation_that_cannot_be_read_is_flagged() -> None:
    document = read(paragraph("值为", field(r"EQ \i(0,1,x)"), "。"))
    assert document.text == "值为。"
    assert [anomaly.code for anomaly in document.anomalies] == ["field-unread"]


def test_a_table_of_contents_is_set_aside() -> None:
    begin, parted, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end"))
    start = begin + '<w:r><w:instrText>TOC \\o "1-3"</w:instrText></w:r>' + parted
    contents = paragraph(start, "一、情况\t1") + paragraph("二、打算\t5") + paragraph(end)
    document = read(contents + paragraph("一、情况"))
    assert document.text == "一、情况"
    assert [edit.kind for edit in document.edits] == ["contents-removed"]


def test_symbols_become_characters() -> None:
    body = paragraph(
        '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>', "完成 ", run("l", '<w:rFonts w:ascii="Wingdings"/>')
    )
    assert read(body).text == "☑完成 ●"


def test_a_symbol_that_is_not_known_is_kept_and_flagged() -> None:
    document = read(paragraph('<w:r><w:sym w:font="Webdings" w:char="F021"/></w:r>', "字"))
    assert document.text == "\uf021字"
    assert [anomaly.code for anomaly in document.anomalies] == ["undecodable"]


# ------------------------------------------------------------------------------------------ what is not to be published


def test_the_final_text_of_tracked_changes_is_read_and_reported_without_what_was_deleted() -> None:
    deleted = '<w:del w:id="1"><w:r><w:delText>秘密</w:delText></w:r></w:del>'
    inserted = f'<w:ins w:id="2">{run("已")}</w:ins>'
    document = read(paragraph("问题", deleted, inserted, "整改"))
    assert document.text == "问题已整改"
    assert [(one.code, re.sub(r"\D", "", one.message)) for one in document.anomalies] == [
        ("tracked-change", "2"),
        ("tracked-change", "1"),
    ]
    assert "秘密" not in repr(document)


def test_a_deleted_paragraph_mark_joins_two_paragraphs() -> None:
    gone = '<w:rPr><w:del w:id="1"/></w:rPr>'
    assert words(read(paragraph("前半", properties=gone) + paragraph("后半") + paragraph("另段"))) == [
        "前半后半",
        "另段",
    ]


def test_text_that_was_moved_stands_where_it_went() -> None:
    body = paragraph(f"<w:moveFrom>{run('旧')}</w:moveFrom>", "一") + paragraph(
        "二", f"<w:moveTo>{run('旧')}</w:moveTo>"
    )
    assert words(read(body)) == ["一", "二旧"]


def test_hidden_text_and_comments_never_come_out() -> None:
    styles = '<w:style w:type="character" w:styleId="h"><w:rPr><w:vanish/></w:rPr></w:style>'
    body = paragraph(
        "公开",
        run("隐藏甲", "<w:vanish/>"),
        run("隐藏乙", '<w:rStyle w:val="h"/>'),
        run("显示", '<w:vanish w:val="0"/>'),
        '<w:r><w:commentReference w:id="1"/></w:r>',
    )
    document = read(body, styles=styles)
    assert document.text == "公开显示"
    assert sorted(one.code for one in document.anomalies) == ["comment", "hidden-text"]
    assert "隐藏" not in repr(document)


# -------------------------------------------------------------------------------------------------------------- layout


def test_rows_of_a_table_are_lines_and_a_box_around_text_is_no_table() -> None:
    def table(*rows: list[str]) -> str:
        cells = ("".join(f"<w:tc>{cell}</w:tc>" for cell in row) for row in rows)
        return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>"

    inner = table([paragraph("内"), paragraph("层")])
    body = table([paragraph("序号"), paragraph("问题")], [paragraph("1"), paragraph("甲") + paragraph("乙")])
    body += table([paragraph("只此"), paragraph("")], [paragraph("一格"), inner])
    document = read(body)
    assert words(document) == ["序号\t问题", "1\t甲 乙", "只此", "一格\t内 层"]
    assert [block.kind for block in document.blocks] == ["row", "row", "paragraph", "row"]


def cell(text: str = "", span: int = 1, merged: str = "") -> str:
    """XML of a cell: `merged` is `restart` where it begins and `continue` where it goes on with the one above."""
    down = f'<w:vMerge w:val="{merged}"/>' if merged else ""
    return f'<w:tc><w:tcPr><w:gridSpan w:val="{span}"/>{down}</w:tcPr>{paragraph(text)}</w:tc>'


def row_table(*rows: tuple[str, ...]) -> str:
    """XML of a table."""
    return "<w:tbl>" + "".join("<w:tr>" + "".join(cells) + "</w:tr>" for cells in rows) + "</w:tbl>"


def test_a_row_says_the_column_in_which_it_begins() -> None:
    head = tuple(map(cell, ("序号", "问题", "措施", "时限")))
    merged = (cell("1", merged="restart"), cell("账目不清", merged="restart"), cell("清查账目"), cell("6月底"))
    below = (cell(merged="continue"), cell(merged="continue"), cell("追回\t欠款"), cell())
    document = read(row_table(head, (cell("（一）作风方面", 4),), merged, below))
    assert words(document) == ["序号\t问题\t措施\t时限", "（一）作风方面", "1\t账目不清\t清查账目\t6月底", "追回 欠款"]
    kinds = [(block.kind, block.column) for block in document.blocks]
    assert kinds == [("row", 0), ("paragraph", None), ("row", 0), ("row", 2)]


def test_borders_that_were_dragged_leave_the_columns_as_they_are() -> None:
    head = (cell("序号"), cell("问题", 2), cell("措施"))
    row = (cell("1", 2), cell("账目不清"), cell("清查账目"))
    total = (cell("合计", 3), cell("一条"))
    document = read(row_table(head, row, total))
    assert words(document) == ["序号\t问题\t措施", "1\t账目不清\t清查账目", "合计\t\t一条"]


@pytest.mark.parametrize("span", ["0", "-3", "999999999", "x"])
def test_a_span_that_no_program_writes_costs_nothing(span: str) -> None:
    row = (cell("甲").replace('"1"', f'"{span}"'), cell("乙"), cell("丙"))
    assert words(read(row_table(row, row))) == ["甲\t乙\t丙"] * 2


def test_text_boxes_follow_their_paragraph_once() -> None:
    box = f"<w:txbxContent>{paragraph('框内')}</w:txbxContent>"
    shape = f"<w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>"
    shape += f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    assert words(read(paragraph("正文", shape) + paragraph("下段"))) == ["正文", "框内", "下段"]


def test_headers_are_set_aside_and_notes_stand_last() -> None:
    mark = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    notes = f'<w:footnote w:id="0" w:type="separator">{paragraph("")}</w:footnote>'
    notes += f'<w:footnote w:id="2">{paragraph("<w:r><w:footnoteRef/></w:r>", "出处")}</w:footnote>'
    document = read(
        paragraph("数字", mark, "。") + paragraph("完"),
        footnotes=notes,
        header1=paragraph("内部文件"),
        footer1=paragraph("— ", field("PAGE", "1"), " —"),
    )
    assert words(document) == ["数字[1]。", "完", "[1] 出处"]
    assert document.blocks[-1].kind == "note"
    assert [(edit.kind, edit.before) for edit in document.edits][:2] == [
        ("running-head", "内部文件"),
        ("running-foot", "— 1 —"),
    ]


def test_a_line_end_in_the_xml_is_a_blank() -> None:
    assert words(read(paragraph("甲\n乙"))) == ["甲 乙"]


def test_ruby_leaves_the_character() -> None:
    ruby = f"<w:r><w:ruby><w:rt>{run('tǒng')}</w:rt><w:rubyBase>{run('统')}</w:rubyBase></w:ruby></w:r>"
    assert read(paragraph(ruby, "一")).text == "统一"


def test_a_file_of_python_docx_keeps_its_words() -> None:
    made = python_docx.Document()
    made.add_heading("一、情况", level=1)
    made.add_paragraph("　　第一段").add_run("加粗").bold = True
    made.add_paragraph("甲").add_run().add_break(WD_BREAK.LINE)
    made.paragraphs[-1].add_run("乙\t丙")
    made.add_paragraph("条目", style="List Number")
    table = made.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "左", "右"
    made.sections[0].header.paragraphs[0].text = "页眉"
    buffer = io.BytesIO()
    made.save(buffer)
    document = read_document(buffer.getvalue(), "x.docx")
    assert words(document) == ["一、情况", "第一段加粗", "甲", "乙\t丙", "1. 条目", "左\t右"]
    assert (document.blocks[0].kind, document.blocks[0].level) == ("heading", 1)


# ------------------------------------------------------------------------------------------------------------- refusal


def test_an_excel_file_is_called_by_its_name() -> None:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    link = f'<Relationship Id="a" Type="{kind}" Target="xl/workbook.xml"/>'
    rels = f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{link}</Relationships>'
    with pytest.raises(ReadError, match="an Excel workbook and no Word file"):
        read_document(packed({"_rels/.rels": rels, "xl/workbook.xml": "<x/>"}), "x.docx")


def test_a_picture_as_large_as_a_page_is_flagged() -> None:
    def picture(side: int) -> str:
        inside = f'<extent cx="{side}" cy="{side}"/><pic/>'
        return f"<w:r><w:drawing>{inside}</w:drawing></w:r>"

    document = read(paragraph("正文", picture(400_000)) + paragraph("见下图", picture(5_000_000)))
    assert [(one.code, one.line) for one in document.anomalies] == [("unread-part", 2)]


def test_what_was_left_out_of_a_table_is_flagged_at_its_row() -> None:
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>密</w:t></w:r>"
    rows = [
        tuple(map(cell, ("序号", "问题", "措施"))),
        (cell("1"), cell("甲"), f"<w:tc>{paragraph('乙', hidden)}</w:tc>"),
    ]
    document = read(paragraph("表前") + row_table(*rows))
    assert [(one.code, one.line, one.quote) for one in document.anomalies] == [("hidden-text", 3, "1\t甲\t乙")]


def test_an_archive_without_word_document_is_refused() -> None:
    with pytest.raises(ReadError, match="no Word document"):
        read_document(packed({"a.txt": "字"}), "x.docx")


def test_a_document_without_text_is_refused() -> None:
    with pytest.raises(ReadError, match="no text in it"):
        read_document(docx(paragraph("")), "x.docx")
