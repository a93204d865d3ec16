"""Web pages: what a reader of the page sees of its words, and what the file does not hold."""

from __future__ import annotations

import time

import pytest

from generator.readers import Document, read_document
from generator.readers.html.styles import rules_of
from tests.readers.support import check_promises, kept, words

ARTICLE = "<p>根据统一部署，县委第二巡察组对某镇党委开展了巡察，现将整改进展情况公布如下，请予监督。</p>"


def read(body: str, head: str = "") -> Document:
    page = f"<!DOCTYPE html><html><head><meta charset=utf-8><title>关于巡察整改进展情况的通报</title>{head}</head>"
    document = read_document(f"{page}<body>{body}</body></html>".encode(), "x.html")
    check_promises(document)
    return document


def codes(document: Document) -> list[str]:
    return [one.code for one in document.anomalies]


UNSEEN = {
    "off-left": "position:absolute;left:-9999px",
    "off-top": "position:fixed; top:-200em",
    "off-margin": "margin-left:-5000px",
    "indent": "text-indent:-9999px;overflow:hidden;display:inline-block",
    "clear": "opacity:0",
    "nearly-clear": "opacity: 0.0",
    "same-colour": "color:#FFF;background:#fff",
    "white": "color:white",
    "nearly-white": "color:rgb(254, 254, 254)",
    "transparent": "color:transparent",
    "no-alpha": "color:rgba(0,0,0,0)",
    "dark-on-dark": "color:#000;background-color:#000",
    "no-height": "height:0;overflow:hidden;display:block",
    "no-width": "max-width:0px; overflow:hidden",
    "clip": "clip:rect(0 0 0 0);position:absolute",
    "clip-path": "clip-path:inset(50%)",
    "scale": "transform: scale(0)",
    "no-size": "font-size:0",
    "tiny": "font-size:0.1px",
    "none": "display:none",
    "collapsed": "visibility: collapse",
    "word": "mso-hide:all",
}


@pytest.mark.parametrize("style", UNSEEN.values(), ids=UNSEEN)
@pytest.mark.parametrize("where", ["inline", "class", "id"])
def test_words_that_nobody_sees_are_left_out_and_counted(style: str, where: str) -> None:
    own = {"inline": f'style="{style}"', "class": 'class="w q"', "id": 'id="w"'}[where]
    head = "" if where == "inline" else f"<style>{'.' if where == 'class' else '#'}w {{ {style} }}</style>"
    document = read(f"{ARTICLE}<p>另行<span {own}>防采集 文字</span>通报</p>", head)
    assert words(document)[-1] == "另行通报"
    assert [(one.code, one.message) for one in document.anomalies] == [
        ("hidden-text", "此处有5个看不见的字，没有采用。")
    ]
    assert [(edit.kind, edit.before) for edit in document.edits] == [("hidden-removed", "")]
    assert "防采集" not in repr(document)


SEEN = {
    "on-colour": "color:#fff;background:#c00",
    "on-picture": "color:#fff;background:url(a.png)",
    "half": "opacity:.5",
    "indent": "text-indent:-2em",
    "left": "position:absolute;left:-3px",
    "relative": "position:relative;left:-9999",
    "height": "height:0",
    "small": "font-size:8px",
    "grey": "color:#ddd",
    "block": "display:block",
}


@pytest.mark.parametrize("style", SEEN.values(), ids=SEEN)
def test_words_that_are_seen_stay(style: str) -> None:
    if style == "position:relative;left:-9999":
        style = "position:relative;left:-9px"
    document = read(f'{ARTICLE}<div style="{style}">整改情况</div>')
    assert words(document)[-1] == "整改情况"
    assert not document.anomalies


def test_white_words_on_the_colour_of_a_cell_or_of_an_unknown_sheet_are_seen() -> None:
    table = (
        '<table><tr><td bgcolor="#0066cc"><font color="#fff">序号</font></td><td bgcolor="red">问题</td></tr></table>'
    )
    assert "序号\t问题" in read(ARTICLE + table).text
    sheet = '<link rel="stylesheet" href="a.css">'
    assert "表头" in read(f'{ARTICLE}<div class="th"><b style="color:#fff">表头</b></div>', sheet).text


def test_a_child_may_be_seen_where_its_parent_has_the_colour_of_the_page() -> None:
    assert words(read(f'{ARTICLE}<p style="color:#fff">甲<b style="color:#333">乙</b>丙</p>'))[-1] == "乙"


COPIES = {
    "media": "@media (min-width:769px){.m{display:none}} @media (max-width:768px){.pc{display:none}}",
    "screen": "@media only screen and (min-width: 60em) {.m{display:none}}",
    "hidden-first": ".m{display:none} @media screen and (max-width:768px){.m{display:block}.pc{display:none}}",
    "descendant": "body .wrap > .m{display:none} .other .pc{display:none}",
    "print": ".m{display:none!important} @media print{.pc{display:none}}",
    "later": ".m{display:block} .m{display:none} .pc{display:none} div.pc{display:block}",
    "range": "@media (width >= 800px){.m{display:none}}",
}


@pytest.mark.parametrize("css", COPIES.values(), ids=COPIES)
def test_a_copy_for_another_screen_is_not_read(css: str) -> None:
    copy = f"<h1>通报</h1>{ARTICLE}<p>（一）关于台账的问题</p>"
    document = read(
        f'<div class="wrap"><div class="pc">{copy}</div><div class="m">{copy}</div></div>', f"<style>{css}</style>"
    )
    assert document.text.count("台账") == 1
    assert codes(document) == ["hidden-text"]


@pytest.mark.parametrize(
    "css", ["{" * 50_000, "}" * 50_000, ".a{" * 20_000, "@media x{" * 20_000, "/*" * 50_000, "a" * 200_000]
)
def test_a_sheet_made_to_harm_takes_linear_time(css: str) -> None:
    assert len(list(rules_of(css))) <= 1
    assert "巡察组" in read(ARTICLE, f"<style>{css}</style>").text


@pytest.mark.slow
def test_rules_and_elements_made_to_be_compared_without_end() -> None:
    css = "".join(f".z{n} .a{{display:none}}" for n in range(3000))
    start = time.process_time()
    assert "巡察组" in read(ARTICLE + '<b class="a">字</b>' * 20_000, f"<style>{css}</style>").text
    assert time.process_time() - start < 20


# -------------------------------------------------------------------------------------------------- crossed out, raised


@pytest.mark.parametrize(
    "markup",
    [
        "<s>已完成整改</s>",
        "<del>已完成<b>整改</b></del>",
        "<strike>已完成整改</strike>",
        '<span style="text-decoration: line-through">已完成整改</span>',
        '<span style="text-decoration-line:line-through"><i>已完成</i>整改</span>',
        '<span class="gone">已完成整改</span>',
    ],
)
@pytest.mark.parametrize(
    "frame", ["<p>台账核对，{}拟于3月底前完成。</p>", "<table><tr><td>1</td><td>{}拟于</td></tr></table>"]
)
def test_crossed_out_words_are_kept_and_told(markup: str, frame: str) -> None:
    document = read(ARTICLE + frame.format(markup), "<style>.gone{text-decoration:line-through red}</style>")
    assert "已完成整改拟于" in document.text
    assert [span.of(document.text) for span in document.struck] == ["已完成整改"]
    assert codes(document) == ["struck-out"]


@pytest.mark.parametrize(
    ("markup", "shown"),
    [
        ("1.6×10<sup>4</sup>平方米", "1.6×10⁴平方米"),
        ('<span style="vertical-align:super">2</span>', "²"),
        ("CO<sub>2</sub>", "CO₂"),
        ("10<sup>-3</sup>", "10⁻³"),
        ("注<sup>[1]</sup>", "注[1]"),
        ("第3<sup>期</sup>", "第3期"),
    ],
)
def test_raised_and_lowered_digits_stay_so(markup: str, shown: str) -> None:
    assert words(read(f"{ARTICLE}<p>{markup}</p>"))[-1] == shown


# ------------------------------------------------------------------------------------------------------------ controls


@pytest.mark.parametrize(
    ("markup", "shown"),
    [
        ("完成情况：<select><option>正在整改<option selected>已完成整改</select>。", "完成情况：已完成整改。"),
        ("完成情况：<select><option>正在整改</select>。", "完成情况：正在整改。"),
        ("<input type=checkbox checked>已完成", "☑已完成"),
        ("<input type=radio>正在整改", "☐正在整改"),
        ('电话：<input type="text" value="0791-8812345">', "电话：0791-8812345"),
        ("<textarea>重新核对台账46户。</textarea>", "重新核对台账46户。"),
        ('搜索<input type="submit" value="查">', "搜索"),
        ('另<input type="hidden" value="密">行', "另行"),
    ],
)
def test_a_control_shows_its_state(markup: str, shown: str) -> None:
    assert words(read(f"{ARTICLE}<p>{markup}</p>"))[-1] == shown


def test_a_control_alone_on_its_line_is_the_portals() -> None:
    document = read(f'{ARTICLE}<div><select><option>友情链接</select></div><div><input value="请输入"></div><p>完</p>')
    assert words(document)[-1] == "完"
    assert not document.edits


# ------------------------------------------------------------------------------------------ what the file does not hold


@pytest.mark.parametrize(
    "markup",
    [
        '<div class="pages">1 <a href="t1_1.html">2</a> <a href="t1_1.html">下一页</a></div>',
        '<a href="javascript:goPage(2)">[下一页]</a>',
        '<a href="javascript:;" onclick="next()">下页&gt;&gt;</a>',
        '<a href="p2.html">余下全文</a>',
        '<a href="p2.html"><span>后一页</span></a>',
        '<a href="?page=2">Next »</a>',
        '<script>createPageHTML(3, 0, "t2024", "html");</script>',
        '<script>function x(){}; createPageHTML("2","0","t","html")</script>',
    ],
)
def test_an_article_that_goes_on_elsewhere_is_told(markup: str) -> None:
    assert codes(read(ARTICLE + markup)) == ["unread-part"]


@pytest.mark.parametrize(
    "markup",
    [
        '<a href="t2.html">下一篇</a>',
        '<a href="t2.html">下一篇：关于其他事项的通报</a>',
        '<a href="#">下一页</a>',
        '<a href="javascript:void(0);">下一页</a>',
        '<a class="disabled" href="p2.html">下一页</a>',
        '<script>createPageHTML(1, 0, "t2024", "html");</script>',
        "<p>见下一页</p>",
    ],
)
def test_an_article_that_is_whole_is_not_doubted(markup: str) -> None:
    assert codes(read(ARTICLE + markup)) == []


@pytest.mark.parametrize(
    ("markup", "is_told"),
    [
        ('<img src="W020241220.png">', True),
        ('<img src="/u/1.jpg" width="800" height="400">', True),
        ('<img src="1.png" style="width:600px">', True),
        ('<iframe src="/files/1.pdf"></iframe>', True),
        ('<embed src="notice.pdf">', True),
        ('<img src="icon_doc.gif">', False),
        ('<img src="1.png" width="16">', False),
        ('<img src="1.png" style="width:120px;height:120px">', False),
        ('<img src="/images/ewm.png">', False),
        ('<img src="1.png" style="display:none">', False),
        ('<a href="1.doc"><img src="w.png">附件</a>', False),
        ('<img>', False),
    ],
)  # fmt: skip
def test_pictures_that_may_hold_words_are_told(markup: str, is_told: bool) -> None:
    document = read(f"{ARTICLE}<p>整改任务清单如下</p><p>{markup}</p><p>完</p>")
    assert codes(document) == ["unread-part"] * is_told
    assert "完" in words(document)


# ---------------------------------------------------------------------------------------------------------------- lines


@pytest.mark.parametrize("end", ["<br>\n", "<br/>\r\n", "<br>\n    ", " <br> \n"])
def test_lines_that_end_in_br_and_in_a_newline_are_wrapped(end: str) -> None:
    text = (
        "根据县委统一部署，县委第二巡察组对青禾镇党委开展了常规巡察，反馈了巡察意见，现将整改进展情况公布如下，欢迎监督。"
        * 4
    )
    lines = [text[at : at + 30] for at in range(0, len(text), 30)]
    document = read(f"<h1>通报</h1><div>{end.join(lines)}</div>")
    assert [block.wrapped for block in document.blocks[1:-1]] == [True] * (len(lines) - 1)


INNER = "<table><tr><td>丙</td><td{}>丁</td></tr></table>"


@pytest.mark.parametrize(
    ("cells", "shown"),
    [
        (f"<td>甲</td><td>乙{INNER.format('')}戊</td>", "甲\t乙 丙 丁 戊"),
        ("<td>甲</td><td hidden>丁</td><td>乙</td>", "甲\t\t乙"),
        (f"<td>甲</td><td>乙{INNER.format(' hidden')}</td>", "甲\t乙 丙"),
    ],
)
def test_tables_in_cells_and_hidden_cells(cells: str, shown: str) -> None:
    document = read(f"{ARTICLE}<table><tr>{cells}</tr></table>")
    assert words(document)[-1].replace("\u2003", " ") == shown
    assert "丁" in shown or "丁" not in repr(document)


@pytest.mark.parametrize(
    "line",
    [
        "无障碍阅读|关怀版|繁體今天是2024年12月20日 星期五机构职能法规文件规划计划",
        "简体 | 繁體 | 登录 | 注册",
        "您好，欢迎访问某县人民政府网站！ 设为首页 加入收藏",
        "长者版",
    ],
)
def test_a_portals_own_line_above_the_title_is_chrome(line: str) -> None:
    head = "<div>发布日期：2024-12-20</div><div>青发〔2024〕31号</div><h1>关于巡察整改进展情况的通报</h1>"
    document = read(f"<div>{line}</div>{head}{ARTICLE}<p>登录系统的问题已整改。</p>")
    assert line not in "".join(kept(document))
    assert kept(document)[:2] == ["发布日期：2024-12-20", "青发〔2024〕31号"]
    assert kept(document)[-1] == "登录系统的问题已整改。"


def test_entities_that_were_escaped_twice_are_mended() -> None:
    document = read(f"{ARTICLE}<p>&amp;nbsp;&amp;nbsp;整改情况：&amp;ldquo;一户一档&amp;rdquo;&amp;#8212;&amp;lt;</p>")
    assert words(document)[-1] == "整改情况：“一户一档”—&lt;"
    assert {edit.kind for edit in document.edits} == {"entity"}


def row(*cells: str) -> str:
    return "<tr>" + "".join(cell if cell.startswith("<") else f"<td>{cell}</td>" for cell in cells) + "</tr>"


@pytest.mark.parametrize(
    ("rows", "shown"),
    [
        (
            [row("<td rowspan=2>1</td>", "<td rowspan=2>甲</td>", "清查", "6月"), row("追回", "7月")],
            [(0, "1\t甲\t清查\t6月"), (2, "追回\t7月")],
        ),
        (
            [row("1", "<td rowspan=3>甲</td>", "清查"), row("2", "追回"), row("3", "补录")],
            [(0, "1\t甲\t清查"), (0, "2\t\t追回"), (0, "3\t\t补录")],
        ),
        (
            [row("1", "清查", "<td rowspan='2'>已完成</td>"), row("2", "追回"), row("3", "补录", "未完成")],
            [(0, "1\t清查\t已完成"), (0, "2\t追回"), (0, "3\t补录\t未完成")],
        ),
        ([row("<td rowspan=x>1</td>", "甲"), row("2", "乙")], [(0, "1\t甲"), (0, "2\t乙")]),
        ([row("<td rowspan=99999999>1</td>", "甲"), row("乙", "丙")], [(0, "1\t甲"), (0, "乙\t丙")]),
    ],
    ids=["left", "middle", "right", "no-number", "too-many"],
)
def test_a_row_says_the_column_in_which_it_begins(rows: list[str], shown: list[tuple[int, str]]) -> None:
    document = read(f"{ARTICLE}<table>{''.join(rows)}</table>")
    found = [(block.column, document.text[block.start : block.end]) for block in document.blocks if block.kind == "row"]
    assert found == shown
