from __future__ import annotations

import re

import pytest

from generator.readers import Document, ReadError, read_document
from generator.readers.pdf import worker
from generator.readers.pdf.lines import DrawnRun, PrintedLine
from generator.readers.pdf.margins import marginal
from generator.readers.pdf.page_layout import lines_of, without_menus
from generator.readers.pdf.paragraphs import paragraphs_of
from generator.readers.radicals import with_characters
from tests.readers.conftest import Print
from tests.readers.support import NOTICE, check_promises, squeezed, words

LINES = [line for line in NOTICE.split("\n") if line]


def read(data: bytes) -> Document:
    document = read_document(data, "x.pdf")
    check_promises(document)
    return document


def line(text: str, y: float, x0: float = 60, *, page: int = 0, size: float = 12) -> PrintedLine:
    """A printed line whose characters are as wide as they are high."""
    return PrintedLine(text=text, x0=x0, x1=x0 + size * len(text), y=y, size=size, page=page, region=0)


# ------------------------------------------------------------------------------------------------------- real programs


@pytest.mark.browser
@pytest.mark.parametrize(
    "style",
    [
        "p{text-indent:2em;margin:0}",
        "p{text-indent:0;margin:12px 0}",
        "body{text-align:justify;font-size:21px;line-height:1.9} p{text-indent:2em;margin:0} h1{text-align:center}",
    ],
    ids=["indent", "space", "justified"],
)
def test_paragraphs_of_a_printed_page_are_joined(printed: Print, style: str) -> None:
    body = f"<h1>{LINES[0]}</h1>" + "".join(f"<p>{text}</p>" for text in LINES[1:])
    markup = f'<meta charset="utf-8"><title>t</title><style>{style}</style>{body}'
    document = read(printed(markup, display_header_footer=True))
    found = [squeezed(text) for text in words(document)]
    assert "".join(found) == squeezed(NOTICE)
    assert [text for text in map(squeezed, LINES[1:]) if text not in found] == []
    assert {edit.kind for edit in document.edits} == {"running-head", "running-foot"}


@pytest.mark.browser
def test_two_columns_are_read_one_after_the_other(printed: Print) -> None:
    body = "".join(f"<p>{text}</p>" for text in LINES[1:])
    style = "p{text-indent:2em;margin:0} div{column-count:2;column-gap:40px}"
    document = read(printed(f'<meta charset="utf-8"><style>{style}</style><h2>{LINES[0]}</h2><div>{body}</div>'))
    assert squeezed(document.text) == squeezed(NOTICE)


@pytest.mark.browser
@pytest.mark.parametrize("border", ["border-collapse:collapse", "border-spacing:4px"])
def test_cells_of_a_table_are_read_row_by_row(printed: Print, border: str) -> None:
    rows = [("序号", "反馈问题", "整改措施"), ("1", LINES[7], LINES[8]), ("2", "第二个问题", "已经整改")]
    cells = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    style = f"table{{{border};width:100%}} td{{border:1px solid #000;width:30%}}"
    page = f'<meta charset="utf-8"><style>{style}</style><p>表前文字</p><table>{cells}</table><p>表后文字</p>'
    document = read(printed(page))
    assert [squeezed(text) for text in words(document)] == [
        "表前文字",
        *(squeezed("".join(row)) for row in rows),
        "表后文字",
    ]
    assert [block.kind for block in document.blocks] == ["paragraph", "row", "row", "row", "paragraph"]
    assert words(document)[3] == "2\t第二个问题\t已经整改"


@pytest.mark.browser
def test_a_table_over_several_pages_is_one(printed: Print) -> None:
    head = ("序号", "反馈问题", "整改措施", "整改时限")
    long = "，".join(f"第{number}项措施已经研究部署并且组织实施到位" for number in range(1, 40)) + "。"
    rows = [(f"{number}", f"第{number}个问题", f"{number}号：{long}", "2024年6月底前") for number in range(1, 6)]
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    heads = "".join(f"<th>{cell}</th>" for cell in head)
    style = "table{border-collapse:collapse} td,th{border:1px solid #000} td{width:8em} td:nth-child(3){width:30em}"
    style += "thead{break-inside:avoid}"
    table = f"<table><thead><tr>{heads}</tr></thead>{body}</table>"
    document = read(printed(f'<meta charset="utf-8"><style>{style}</style>{table}<p>表后文字。</p>'))
    assert words(document) == ["\t".join(head), *("\t".join(row) for row in rows), "表后文字。"]
    repeated = [edit for edit in document.edits if edit.kind == "head-repeated"]
    assert len(repeated) > 1
    assert {edit.before for edit in repeated} == {"\t".join(head)}


@pytest.mark.browser
def test_a_table_without_upright_rules_is_read_by_its_columns(printed: Print) -> None:
    rows = [("序号", "反馈问题", "整改措施"), *((f"{at}", LINES[6 + 4 * at], LINES[7]) for at in (1, 2, 3))]
    cells = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    style = "table{border-collapse:collapse} tr{border-top:1px solid #000;border-bottom:1px solid #000} td{padding:6px}"
    page = f'<meta charset="utf-8"><style>{style}</style><p>{LINES[1]}</p><table>{cells}</table><p>{LINES[-1]}</p>'
    document = read(printed(page))
    assert [squeezed(text) for text in words(document)] == [
        squeezed(LINES[1]),
        *(squeezed("".join(row)) for row in rows),
        squeezed(LINES[-1]),
    ]
    assert words(document)[2].split("\t")[0] == "1"


@pytest.mark.browser
def test_merged_cells_of_a_printed_table_stand_in_their_first_row(printed: Print) -> None:
    table = (
        "<tr><td>序号</td><td>问题</td><td>措施</td><td>状态</td></tr><tr><td colspan=4>（一）作风建设方面</td></tr>"
        "<tr><td rowspan=2>1</td><td rowspan=2>公务接待的审批手续不全，且有超出标准的情形，群众意见比较大</td>"
        "<td>修订细则</td><td rowspan=2>已完成</td></tr><tr><td>退回超标准报销的费用</td></tr>"
    )
    style = "table{border-collapse:collapse} td{border:1px solid #000;width:7em;height:4em}"
    document = read(printed(f'<meta charset="utf-8"><style>{style}</style><table>{table}</table>'))
    problem = "公务接待的审批手续不全，且有超出标准的情形，群众意见比较大"
    assert words(document) == [
        "序号\t问题\t措施\t状态",
        "（一）作风建设方面",
        f"1\t{problem}\t修订细则\t已完成",
        "退回超标准报销的费用",
    ]
    assert [block.column for block in document.blocks] == [0, None, 0, 2]


@pytest.mark.browser
@pytest.mark.parametrize("degrees", [90, 270])
def test_a_table_across_the_page_is_read_as_it_is_meant(printed: Print, degrees: int) -> None:
    rows = [("序号", "反馈问题", "整改措施"), ("1", LINES[7], LINES[8]), ("2", "第二个问题", "已经整改")]
    cells = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    style = "table{border-collapse:collapse;width:600px} td{border:1px solid #000;width:30%}"
    style += f"div{{position:absolute;left:0;top:200px;width:600px;transform:rotate({degrees}deg)}}"
    page = f'<meta charset="utf-8"><style>{style}</style><div><p>表前的一段文字</p><table>{cells}</table></div>'
    document = read(printed(page))
    assert [squeezed(text) for text in words(document)] == ["表前的一段文字", *(squeezed("".join(row)) for row in rows)]
    assert words(document)[3] == "2\t第二个问题\t已经整改"
    assert document.edits == ()


@pytest.mark.browser
def test_a_page_that_is_a_picture_among_pages_of_text_is_flagged(printed: Print) -> None:
    dot = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"
    picture = f'<img src="{dot}" style="display:block;break-before:page;width:17cm;height:20cm">'
    document = read(printed(f'<meta charset="utf-8"><p>{LINES[0]}</p>{picture}<p style="break-before:page">{LINES[2]}'))
    assert [squeezed(text) for text in words(document)] == [squeezed(LINES[0]), squeezed(LINES[2])]
    assert [(one.code, one.message[:6]) for one in document.anomalies] == [("page-unread", "源文件第2页")]


@pytest.mark.browser
def test_words_of_a_font_that_names_no_characters_are_not_dropped(
    printed: Print, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = "".join(f"<p>{text}</p>" for text in LINES[1:])
    data = printed(f'<meta charset="utf-8"><h1 style="font-family:Noto Serif CJK SC">{LINES[0]}</h1>{body}')
    fonts = data.count(b"/ToUnicode")
    assert fonts > 1
    whole = squeezed(read(data).text)
    pieces = data.split(b"/ToUnicode")
    blind = [
        b"/ToUnicode".join(pieces[:at]) + b"/ToUnicodX" + b"/ToUnicode".join(pieces[at:]) for at in range(1, fonts)
    ]
    partly = min((read_document(one, "x.pdf") for one in blind), key=lambda one: one.text.count("\ufffd") or 9999)
    assert "\ufffd" in partly.text
    assert len(squeezed(partly.text)) == len(whole)
    assert {one.code for one in partly.anomalies} == {"undecodable"}
    monkeypatch.setattr("generator.readers.ocr.reader.is_installed", lambda: False)
    with pytest.raises(ReadError, match=r"fonts do not say which characters they draw.*Import the Word file"):
        read_document(data.replace(b"/ToUnicode", b"/ToUnicodX"), "x.pdf")


@pytest.mark.browser
def test_a_menu_of_links_is_set_aside_and_a_stamp_too(printed: Print) -> None:
    menu = '<a href="https://example.com/a">首页</a> <a href="https://example.com/b">政务公开</a>'
    stamp = '<div style="position:absolute;left:200px;top:300px;transform:rotate(-30deg)">内部资料</div>'
    document = read(
        printed(
            f'<meta charset="utf-8"><div>{menu}</div><p>正文一段。见<a href="https://example.com">这里</a>。</p>{stamp}'
        )
    )
    assert words(document) == ["正文一段。见这里。"]
    assert {edit.kind for edit in document.edits} == {"chrome-removed", "stamp"}


# ------------------------------------------------------------------------------------------------------------ geometry


def test_a_line_that_ends_early_ends_its_paragraph() -> None:
    lines = [line("一" * 30, 700), line("二" * 30, 680), line("三" * 12, 660), line("四" * 30, 640)]
    assert [one.text[0] for one in paragraphs_of(lines)] == ["一", "四"]


def test_an_indent_begins_a_paragraph() -> None:
    lines = [line("一" * 30, 700), line("二" * 28, 680, 84), line("三" * 30, 660)]
    assert [one.text for one in paragraphs_of(lines)] == ["一" * 30, "二" * 28 + "三" * 30]


WIDE = "题" * 40
FULL = [line(char * 30, y, 100) for char, y in (("一", 700), ("二", 680), ("四", 640))]
BODY = [FULL[0], FULL[1], line("三" * 12, 660, 100), FULL[2], line("五" * 9, 620, 100)]
LARGE = [line("题" * 20, 760, 90, size=22), line("目" * 19, 730, 101, size=22)]


@pytest.mark.parametrize(
    ("lines", "heads"),
    [
        ([line(WIDE, 740, 40), *BODY], "题一四"),  # wider than the text on both sides
        ([line("题" * 20, 740, 100, size=22), *BODY], "题一四"),
        ([*LARGE, *BODY], "题一四"),
        (BODY, "一四"),
        # as wide as the text may be, too few full lines, or these too short to be a text's
        ([line(WIDE, 740, 100), *BODY], "题一二三四五"),
        ([line(WIDE, 740, 40), *BODY[1:]], "题二三四五"),
        (
            [line("题" * 20, 740, size=22), *(line(char * 12, 700 - 20 * at) for at, char in enumerate("一二三"))],
            "题一二三",
        ),
    ],
)
def test_a_title_wider_than_the_text_is_not_its_margin(lines: list[PrintedLine], heads: str) -> None:
    assert "".join(one.text[0] for one in paragraphs_of(lines)) == heads


def test_lines_in_larger_print_have_their_own_margin_where_there_is_no_other_text() -> None:
    lines = [line("一" * 20, 700, size=22), line("二" * 20, 670, size=22), line("三" * 9, 640, size=22)]
    assert [one.text[0] for one in paragraphs_of(lines)] == ["一"]


def test_a_sentence_goes_on_over_the_end_of_a_page() -> None:
    lines = [line("一" * 30, 100), line("二" * 30, 80), line("三" * 20, 760, page=1), line("四" * 5, 740, page=1)]
    assert [one.text[-1] for one in paragraphs_of(lines)] == ["三", "四"]


def test_a_full_line_with_a_stop_before_a_number_ends_its_paragraph_where_numbers_do_so() -> None:
    lines = [
        line("（一）" + "甲" * 9, 740),
        line("（二）" + "乙" * 26 + "。", 720),
        line("（三）" + "丙" * 26 + "。", 700),
        line("丁" * 9, 680),
    ]
    assert [one.text[:3] for one in paragraphs_of(lines)] == ["（一）", "（二）", "（三）"]


def test_latin_words_keep_a_blank_between_lines() -> None:
    lines = [line("整改" * 14 + "ab", 700), line("cd" + "整改" * 13, 680)]
    assert paragraphs_of(lines)[0].text.count("ab cd") == 1


def test_margins_give_up_numbers_and_heads_but_no_line_of_the_text() -> None:
    lines: list[PrintedLine] = []
    for page in range(4):
        lines.append(line("整改情况通报汇编", 800, page=page))
        lines.append(line("整改情况：", 740, page=page))
        lines += [line("文" * 30, 720 - 20 * row, page=page) for row in range(32)]
        lines.append(line(f"— {page + 1} —", 40, page=page))
    aside = marginal(lines, [842.0] * 4)
    assert sorted({(lines[index].text, kind) for index, kind in aside.items()}) == [
        ("— 1 —", "page-number"),
        ("— 2 —", "page-number"),
        ("— 3 —", "page-number"),
        ("— 4 —", "page-number"),
        ("整改情况通报汇编", "running-head"),
    ]


@pytest.mark.parametrize("text", ["第3页", "第 3 页 共 9 页", "3/9", "- 3 -", "—3—", "3", "Page 3 of 9", "第三页"])
def test_page_numbers(text: str) -> None:
    assert marginal([line("文", 400), line(text, 40)], [842.0]) == {1: "page-number"}


@pytest.mark.parametrize("text", ["2025920", "2025年9月20日", "联系电话：0599-1234567", "（3）"])
def test_what_is_no_page_number(text: str) -> None:
    assert marginal([line("文", 400), line(text, 40)], [842.0]) == {}


def test_bold_print_drawn_twice_is_read_once() -> None:
    runs = [DrawnRun("标题", 60, 84, 700, 12), DrawnRun("标题", 60.4, 84.4, 700, 12), DrawnRun("标题", 60, 84, 650, 12)]
    assert [one.text for one in lines_of(runs, (), 0)] == ["标题", "标题"]


def test_a_mark_drawn_later_into_a_gap_stands_where_it_is_seen() -> None:
    runs = [
        DrawnRun("会议", 62, 86, 700, 12),
        DrawnRun("“", 84.3, 96.3, 700, 12),
        DrawnRun("(", 86.2, 90.3, 700, 12),
        DrawnRun("三定", 96.3, 120.3, 700, 12),
    ]
    assert lines_of(runs, (), 0)[0].text == "会议(“三定"


def test_links_with_text_beside_them_are_no_menu() -> None:
    runs = [DrawnRun("首页", 60, 84, 700, 12), DrawnRun("详见", 60, 84, 600, 12), DrawnRun("附表", 86, 110, 600, 12)]
    links = [(60.0, 695.0, 84.0, 712.0), (86.0, 595.0, 110.0, 612.0)]
    text, menus = without_menus(runs, links)
    assert [run.text for run in text] == ["详见", "附表"]
    assert [run.text for run in menus] == ["首页"]


def test_radicals_become_the_characters_that_they_look_like() -> None:
    assert with_characters("⼀、⺠⽣⼯作，⻓期坚持，⼾籍") == "一、民生工作，长期坚持，户籍"


# ------------------------------------------------------------------------------------------------------------- refusal


def pdf(objects: list[str], *, trailer: str = "") -> bytes:
    """A PDF of the objects, the first of them the catalogue."""
    out, offsets = b"%PDF-1.5\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{content}\nendobj\n".encode("latin-1")
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    size = len(objects) + 1
    end = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<</Size {size}/Root 1 0 R{trailer}>>\n"
    end += f"startxref\n{len(out)}\n%%EOF"
    return out + end.encode()


_PAGES = ["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Count 1/Kids[3 0 R]>>"]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"%PDF-1.7\n" + b"x" * 500, "damaged or cut off"),
        (pdf([*_PAGES, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>"]), "no text"),
        (
            pdf(
                [
                    *_PAGES,
                    "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
                    f"<</Filter/Standard/V 1/R 2/O<{'00' * 32}>/U<{'00' * 32}>/P -4>>",
                ],
                trailer=f"/Encrypt 4 0 R/ID[<{'00' * 16}><{'00' * 16}>]",
            ),
            "protected by a password",
        ),
    ],
    ids=["damaged", "empty", "password"],
)
def test_what_cannot_be_read_is_said(data: bytes, message: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.readers.ocr.reader.is_installed", lambda: False)
    with pytest.raises(ReadError, match=message):
        read_document(data, "x.pdf")


def test_a_page_tree_that_bites_its_tail_ends() -> None:
    kids = "<</Type/Pages/Count 999999/Kids[2 0 R 2 0 R]>>"
    with pytest.raises(ReadError, match=re.compile("pages|damaged|no text|pictures|took more")):
        read_document(pdf([_PAGES[0], kids]), "x.pdf")


def test_a_limit_that_the_system_refuses_leaves_the_others(monkeypatch) -> None:
    resource = pytest.importorskip("resource")
    taken = []

    def setrlimit(limit: int, _: tuple[int, int]) -> None:
        if limit == resource.RLIMIT_AS:
            raise ValueError("as on macOS")
        taken.append(limit)

    monkeypatch.setattr(resource, "setrlimit", setrlimit)
    worker._limit(1 << 30, 10)
    assert taken == [resource.RLIMIT_CPU, resource.RLIMIT_CORE]
