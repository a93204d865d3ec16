"""Word files: what stands outside the plain text, and marks that are out of balance. Nothing is lost without a word."""

from __future__ import annotations

import pytest

from generator.readers import Document, ReadError, read_document
from tests.readers.support import W, check_promises, docx, numbered, numbering, packed, paragraph, words
from tests.readers.test_docx import cell, field, row_table, run

A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
DIAGRAM = "http://schemas.openxmlformats.org/drawingml/2006/diagram"


def read(body: str, **parts: str) -> Document:
    document = read_document(docx(body, **parts), "x.docx")
    check_promises(document)
    return document


def codes(document: Document) -> list[str]:
    return sorted({one.code for one in document.anomalies})


def drawn(inside: str) -> str:
    graphic = f"<a:graphic {A}><a:graphicData>{inside}</a:graphicData></a:graphic>"
    return f'<w:r><w:drawing><wp:inline xmlns:wp="wp">{graphic}</wp:inline></w:drawing></w:r>'


# -------------------------------------------------------------------------------------------------------- drawn words


def with_diagram(points: str, kind: str = "diagramData") -> bytes:
    """A Word file with a diagram whose data model is `points`."""
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    ids = drawn(f'<dgm:relIds xmlns:dgm="{DIAGRAM}" {R} r:dm="d1" r:lo="d2"/>')
    body = paragraph("整改流程如下") + paragraph(ids) + paragraph("完")
    link = f'<Relationship Id="d1" Type="{relations}/{kind}" Target="diagrams/data1.xml"/>'
    namespace = "http://schemas.openxmlformats.org/package/2006/relationships"
    main = f'<Relationship Id="a" Type="{relations}/officeDocument" Target="word/document.xml"/>'
    return packed(
        {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": f'<Relationships xmlns="{namespace}">{main}</Relationships>',
            "word/_rels/document.xml.rels": f'<Relationships xmlns="{namespace}">{link}</Relationships>',
            "word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>",
            "word/diagrams/data1.xml": f'<dgm:dataModel xmlns:dgm="{DIAGRAM}" {A}>{points}</dgm:dataModel>',
        }
    )


def point(name: str, text: str = "", kind: str = "node") -> str:
    words = f"<dgm:t><a:p><a:r><a:t>{text}</a:t></a:r></a:p></dgm:t>" if text else ""
    return f'<dgm:pt modelId="{name}" type="{kind}">{words}</dgm:pt>'


def link(above: str, below: str, order: int) -> str:
    return f'<dgm:cxn modelId="c{above}{below}" srcId="{above}" destId="{below}" srcOrd="{order}"/>'


def test_words_of_a_diagram_are_read_in_its_order_and_told() -> None:
    points = point("0", kind="doc") + point("2", "复核") + point("1", "建账") + point("3", "销号")
    points += point("9", "只画", kind="pres")
    links = link("0", "1", 0) + link("0", "3", 1) + link("1", "2", 0)
    document = read_document(with_diagram(f"<dgm:ptLst>{points}</dgm:ptLst><dgm:cxnLst>{links}</dgm:cxnLst>"), "x.docx")
    assert words(document) == ["整改流程如下", "建账", "复核", "销号", "完"]
    assert codes(document) == ["unread-part"]


def test_points_that_refer_to_each_other_are_read_once() -> None:
    links = link("1", "2", 0) + link("2", "1", 0)
    document = read_document(with_diagram(point("1", "甲") + point("2", "乙") + links), "x.docx")
    assert words(document) == ["整改流程如下", "甲", "乙", "完"]


@pytest.mark.parametrize(("points", "kind"), [("", "diagramData"), (point("1", "甲"), "image")])
def test_a_diagram_without_words_is_told(points: str, kind: str) -> None:
    document = read_document(with_diagram(points, kind), "x.docx")
    assert words(document) == ["整改流程如下", "完"]
    assert codes(document) == ["unread-part"]


def shape(inside: str, style: str = "width:400pt;height:50pt") -> str:
    return f'<v:shape style="{style}">{inside}</v:shape>'


WORDART = shape('<v:textpath string="中共某镇委员会文件"/>')
IMAGE = "<v:imagedata/>"
WORKSHEET = f'<w:object>{shape(IMAGE)}<o:OLEObject xmlns:o="o" ProgID="Excel.Sheet.12"/></w:object>'


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        (f"<w:r><w:pict>{WORDART}</w:pict></w:r>", ["中共某镇委员会文件"]),
        (drawn("<a:p><a:r><a:t>某镇党委</a:t></a:r><a:br/><a:r><a:t>文件</a:t></a:r></a:p>"), ["某镇党委", "文件"]),
        (drawn("<a:sp><a:p><a:r><a:t>甲</a:t></a:r></a:p><a:p><a:r><a:t>乙</a:t></a:r></a:p></a:sp>"), ["甲", "乙"]),
    ],
    ids=["wordart-vml", "wordart-drawing", "shape"],
)  # fmt: skip
def test_drawn_words_are_read_behind_their_paragraph(inside: str, expected: list[str]) -> None:
    assert words(read(paragraph("前", inside) + paragraph("后"))) == ["前", *expected, "后"]


@pytest.mark.parametrize(
    "inside",
    [
        f"<w:r>{WORKSHEET}</w:r>",
        '<w:r><w:object><w:control w:name="c"/></w:object></w:r>',
        f"<w:r><w:pict>{shape(IMAGE, 'width:400pt;height:150pt')}</w:pict></w:r>",
        f"<w:r><w:pict>{shape(IMAGE, 'width:14.2cm;height:4cm')}</w:pict></w:r>",
        drawn(f'<c:chart xmlns:c="c" {R} r:id="r9"/>'),
        '<w:r><w:drawing><extent cx="5000000" cy="1500000"/><pic/></w:drawing></w:r>',
    ],
    ids=["worksheet", "control", "old-picture", "old-picture-cm", "chart", "picture-of-a-table"],
)  # fmt: skip
def test_what_cannot_be_read_is_told_at_its_place(inside: str) -> None:
    document = read(paragraph("正文") + paragraph("任务清单如下", inside) + paragraph("完"))
    assert words(document) == ["正文", "任务清单如下", "完"]
    assert [(one.code, one.line, one.quote) for one in document.anomalies] == [("unread-part", 2, "任务清单如下")]


def test_a_seal_is_no_picture_of_words() -> None:
    seal = '<w:r><w:drawing><extent cx="1500000" cy="1500000"/><pic/></w:drawing></w:r>'
    assert not read(paragraph("正文", seal)).anomalies


# --------------------------------------------------------------------------------------------------- fields and forms


def mark(kind: str, inside: str = "") -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}">{inside}</w:fldChar></w:r>'


def instruction(text: str) -> str:
    return f"<w:r><w:instrText>{text}</w:instrText></w:r>"


AFTER = paragraph("第二段") + paragraph("第三段")
TOC = mark("begin") + instruction(' TOC \\o "1-3" ') + mark("separate")


@pytest.mark.parametrize(
    "first",
    [
        paragraph("第一段", mark("begin"), instruction(" PAGE ")),
        paragraph("第一段", mark("begin")),
        paragraph(mark("begin"), instruction(" HYPERLINK x "), "第一段"),
        paragraph(mark("begin"), instruction(" DATE "), mark("separate"), "第一段"),
        paragraph(mark("begin"), mark("begin"), instruction(" IF "), mark("separate"), mark("end"), "第一段"),
        paragraph(TOC, "第一段"),
        paragraph(TOC, f"<w:del>{mark('end')}</w:del>", "第一段"),
        paragraph("第一段", mark("separate"), mark("end"), mark("end"), instruction(" DATE ")),
    ],
    ids=["no-separate", "bare", "before", "no-end", "nested", "contents", "end-deleted", "orphans"],
)
def test_a_field_out_of_balance_swallows_nothing(first: str) -> None:
    assert words(read(first + AFTER)) == ["第一段", "第二段", "第三段"]


def test_a_field_that_never_ends_is_told() -> None:
    assert codes(read(paragraph("甲", mark("begin"), instruction(" PAGE ")) + AFTER)) == ["field-unread"]


def test_a_contents_field_whose_end_is_there_is_set_aside_all_the_same() -> None:
    document = read(paragraph(TOC, "一、情况\t1") + paragraph("二、打算\t2") + paragraph(mark("end")) + AFTER)
    assert words(document) == ["第二段", "第三段"]


def test_a_contents_field_that_runs_into_the_text_ends_there() -> None:
    late = paragraph("现将整改情况公布如下。") + paragraph("一、情况", mark("end")) + paragraph("二、打算")
    document = read(paragraph(TOC, "一、情况\t1") + paragraph("二、打算\t2") + late)
    assert words(document) == ["现将整改情况公布如下。", "一、情况", "二、打算"]
    assert codes(document) == ["field-unread"]


def drop_down(*entries: str, state: str) -> str:
    rows = "".join(f'<w:listEntry w:val="{entry}"/>' for entry in entries)
    return f"<w:ffData><w:ddList>{state}{rows}</w:ddList></w:ffData>"


def box(state: str) -> str:
    return f"<w:ffData><w:checkBox>{state}</w:checkBox></w:ffData>"


@pytest.mark.parametrize(
    ("state", "shown"),
    [
        (drop_down("正在整改", "已完成整改", state='<w:result w:val="1"/>'), "已完成整改"),
        (drop_down("正在整改", "已完成整改", state='<w:default w:val="1"/>'), "已完成整改"),
        (drop_down("正在整改", "已完成整改", state=""), "正在整改"),
        (drop_down("正在整改", state='<w:result w:val="7"/>'), ""),
        (box('<w:default w:val="0"/><w:checked/>'), "☑"),
        (box('<w:default w:val="1"/>'), "☑"),
        (box('<w:default w:val="1"/><w:checked w:val="0"/>'), "☐"),
    ],
)
def test_a_field_of_a_form_shows_its_state(state: str, shown: str) -> None:
    form = mark("begin", state) + instruction(" FORMX ") + mark("end")
    document = read(paragraph("完成情况：", form, "。"))
    assert document.text == f"完成情况：{shown}。"
    assert [(edit.kind, edit.after) for edit in document.edits] == [("form-field", shown)]


def test_a_form_field_with_a_result_shows_that() -> None:
    state = drop_down("甲", "乙", state='<w:result w:val="1"/>')
    form = mark("begin", state) + instruction(" FORMDROPDOWN ") + mark("separate") + run("乙") + mark("end")
    assert read(paragraph("选", form, "。")).text == "选乙。"


def control(content: str, properties: str = "") -> str:
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def test_controls_show_their_content_and_an_unfilled_one_is_told() -> None:
    filled = control(run("已完成"), '<w:dropDownList><w:listItem w:value="1" w:displayText="未完成"/></w:dropDownList>')
    prompt = "<w:showingPlcHdr/>"
    body = paragraph("状态：", filled) + paragraph("责任人：", control(run("单击此处输入"), prompt))
    document = read(body + control(paragraph("选择一项。"), prompt))
    assert words(document) == ["状态：已完成", "责任人：单击此处输入", "选择一项。"]
    assert [(one.code, one.line) for one in document.anomalies] == [("unread-part", 2), ("unread-part", 3)]


# ------------------------------------------------------------------------------------------------------- merged cells

HEAD = tuple(map(cell, ("序号", "问题", "措施")))


def test_words_in_a_cell_that_goes_on_with_the_one_above_are_not_printed() -> None:
    first = (cell("1", merged="restart"), cell("账目不清", merged="restart"), cell("清查"))
    again = (cell("1", merged="continue"), cell("账目不清", merged="continue"), cell("追回"))
    other = (cell("2"), cell("无台账", merged="continue"), cell("补录"))
    document = read(row_table(HEAD, first, again, other))
    assert words(document) == ["序号\t问题\t措施", "1\t账目不清\t清查", "追回", "2\t\t补录"]
    assert [(one.code, one.line, one.message) for one in document.anomalies] == [
        ("hidden-text", 4, "此处合并的单元格里有3个看不见的字，没有采用。")
    ]
    assert "无台账" not in repr(document)


def test_a_cell_that_goes_on_with_nothing_is_printed() -> None:
    row = (cell("1", merged="continue"), cell("甲", merged="continue"), cell("乙"))
    assert words(read(row_table(row, HEAD))) == ["1\t甲\t乙", "序号\t问题\t措施"]


# -------------------------------------------------------------------------------------------------------------- notes


def test_a_note_with_a_sign_of_its_own_takes_no_number() -> None:
    own = '<w:r><w:footnoteReference w:customMarkFollows="1" w:id="2"/><w:t>※</w:t></w:r>'
    plain = '<w:r><w:footnoteReference w:id="3"/></w:r>'
    notes = f'<w:footnote w:id="2">{paragraph("※ 均已核实")}</w:footnote>'
    notes += f'<w:footnote w:id="3">{paragraph("出处")}</w:footnote>'
    document = read(paragraph("线索", own, "已办结", plain, "。"), footnotes=notes)
    assert words(document) == ["线索※已办结[1]。", "※ 均已核实", "[1] 出处"]


# ------------------------------------------------------------------------------------------------------- looks of words


@pytest.mark.parametrize("properties", ["<w:strike/>", "<w:dstrike/>", '<w:rStyle w:val="s"/>'])
def test_crossed_out_words_are_kept_and_told(properties: str) -> None:
    styles = '<w:style w:type="character" w:styleId="s"><w:rPr><w:strike/></w:rPr></w:style>'
    body = paragraph("台账核对，", run("已完成", properties), run("整改", properties), "拟于3月底前完成。")
    document = read(paragraph("　　前") + body, styles=styles)
    assert words(document) == ["前", "台账核对，已完成整改拟于3月底前完成。"]
    assert [span.of(document.text) for span in document.struck] == ["已完成整改"]
    assert [(one.code, one.line, one.quote) for one in document.anomalies] == [("struck-out", 2, "已完成整改")]


def test_words_whose_style_is_switched_off_are_valid() -> None:
    styles = '<w:style w:type="paragraph" w:styleId="s"><w:rPr><w:strike/></w:rPr></w:style>'
    body = paragraph(run("有效", '<w:strike w:val="0"/>'), "作废", properties='<w:pStyle w:val="s"/>')
    document = read(body, styles=styles)
    assert [span.of(document.text) for span in document.struck] == ["作废"]


WHITE = '<w:color w:val="FFFFFF"/>'


@pytest.mark.parametrize("properties", [WHITE, '<w:sz w:val="2"/>', "<w:vanish/>", '<w:rStyle w:val="w"/>'])
def test_words_that_nobody_sees_are_left_out_and_counted(properties: str) -> None:
    styles = f'<w:style w:type="character" w:styleId="w"><w:rPr>{WHITE}</w:rPr></w:style>'
    document = read(paragraph("公开", run("起草 某人", properties), "的字"), styles=styles)
    assert document.text == "公开的字"
    assert [(one.code, one.message) for one in document.anomalies] == [
        ("hidden-text", "此处有4个看不见的字，没有采用。")
    ]
    assert [(edit.kind, edit.before) for edit in document.edits] == [("hidden-removed", "")]


def test_white_words_on_a_colour_are_seen() -> None:
    shade = '<w:shd w:val="clear" w:fill="C00000"/>'
    styles = f'<w:style w:type="table" w:styleId="t"><w:tblStylePr><w:tcPr>{shade}</w:tcPr></w:tblStylePr></w:style>'
    white = paragraph(run("表头", WHITE))
    row = f"<w:tr><w:tc><w:tcPr>{shade}</w:tcPr>{white}</w:tc></w:tr>"
    styled = f'<w:tbl><w:tblPr><w:tblStyle w:val="t"/></w:tblPr><w:tr><w:tc>{white}</w:tc></w:tr></w:tbl>'
    box = f"<w:r><w:pict><v:textbox><w:txbxContent>{white}</w:txbxContent></v:textbox></w:pict></w:r>"
    body = paragraph(run("字", WHITE + shade)) + paragraph(run("段", WHITE), properties=shade)
    body += f"<w:tbl>{row}</w:tbl>{styled}" + paragraph("框", box)
    document = read(body, styles=styles)
    assert words(document) == ["字", "段", "表头", "表头", "框", "表头"]
    assert not document.anomalies


@pytest.mark.parametrize(
    ("text", "properties", "shown"),
    [
        ("4", '<w:vertAlign w:val="superscript"/>', "⁴"),
        ("-3", '<w:vertAlign w:val="superscript"/>', "⁻³"),
        ("2", '<w:vertAlign w:val="subscript"/>', "₂"),
        ("2", '<w:position w:val="12"/><w:sz w:val="16"/>', "²"),
        ("2", '<w:position w:val="3"/>', "2"),
        ("[1]", '<w:vertAlign w:val="superscript"/>', "[1]"),
        ("注", '<w:vertAlign w:val="superscript"/>', "注"),
    ],
)
def test_raised_and_lowered_digits_stay_so(text: str, properties: str, shown: str) -> None:
    document = read(paragraph("占地1.6×10", run(text, properties), "亩"))
    assert document.text == f"占地1.6×10{shown}亩"
    assert "".join(edit.after for edit in document.edits if edit.kind == "raised") == ("" if shown == text else shown)


MATH = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'


@pytest.mark.parametrize(
    ("formula", "shown"),
    [
        ("<m:sSup><m:e><m:r><m:t>10</m:t></m:r></m:e><m:sup><m:r><m:t>4</m:t></m:r></m:sup></m:sSup>", "10⁴"),
        ("<m:sSub><m:e><m:r><m:t>CO</m:t></m:r></m:e><m:sub><m:r><m:t>2</m:t></m:r></m:sub></m:sSub>", "CO₂"),
        ("<m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>3</m:t></m:r></m:den></m:f>", "1/3"),
    ],
)
def test_formulas_keep_their_shape(formula: str, shown: str) -> None:
    assert read(paragraph("占", f"<m:oMath {MATH}>{formula}</m:oMath>", "亩")).text == f"占{shown}亩"


def test_a_cell_that_was_deleted_is_left_out() -> None:
    gone = f'<w:tc><w:tcPr><w:cellDel w:id="1"/></w:tcPr>{paragraph("秘密")}</w:tc>'
    document = read(row_table(HEAD, (cell("1"), gone, cell("清查"))))
    assert words(document)[-1] == "1\t\t清查"
    assert codes(document) == ["tracked-change"]
    assert "秘密" not in repr(document)


# ------------------------------------------------------------------------------------------------------------- the file


@pytest.mark.parametrize("before", ["", " " * 5000, f"<!-- {'x' * 9000} -->"])
def test_a_document_type_is_refused_wherever_it_stands(before: str) -> None:
    xml = f'{before}<!DOCTYPE x [<!ENTITY e "密">]><w:document {W}><w:body>{paragraph("甲&e;乙")}</w:body></w:document>'
    with pytest.raises(ReadError, match="document type"):
        read_document(packed({"[Content_Types].xml": "<Types/>", "word/document.xml": xml}), "x.docx")


def test_radicals_selectors_and_entities_are_mended_and_recorded() -> None:
    document = read(paragraph("⼀、葛\U000e0100某的&amp;ldquo;账&amp;rdquo;\u3164"))
    assert document.text == "一、葛某的“账”"
    assert [(edit.kind, edit.before, edit.after) for edit in document.edits] == [
        ("radical", "⼀", "一"),
        ("control-removed", "\U000e0100", ""),
        ("entity", "&ldquo;", "“"),
        ("entity", "&rdquo;", "”"),
        ("control-removed", "\u3164", ""),
    ]


def test_a_typed_table_of_contents_is_set_aside() -> None:
    entries = "".join(paragraph(f"{title}\t{page}") for title, page in [("一、情况", 1), ("二、打算", 4), ("附件", 9)])
    document = read(paragraph("标题") + paragraph("目　录") + entries + paragraph("一、情况"))
    assert [block.kind for block in document.blocks] == ["paragraph", *["contents"] * 4, "paragraph"]


def test_numbers_after_a_table_count_on() -> None:
    body = numbered("甲") + row_table(HEAD) + numbered("乙")
    assert words(read(body, numbering=numbering(("chineseCounting", "（%1）")))) == [
        "（一）甲",
        "序号\t问题\t措施",
        "（二）乙",
    ]


def test_a_field_in_a_cell_shows_its_result() -> None:
    inner = f"<w:tc>{paragraph('共', field('NUMPAGES', '3'), '页')}</w:tc>"
    assert words(read(row_table((cell("甲"), inner)))) == ["甲\t共3页"]
