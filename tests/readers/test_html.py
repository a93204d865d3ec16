from __future__ import annotations

import base64
import html as escaping
import re
from collections.abc import Callable

import pytest

from generator.readers import Document, ReadError, read_document
from tests.readers.support import FIXTURES, NOTICE, check_promises, kept, squeezed, words

LINES = [line for line in NOTICE.split("\n") if line]
TITLE, *BODY = LINES


def read(page: str | bytes, name: str = "x.html") -> Document:
    document = read_document(page.encode() if isinstance(page, str) else page, name)
    check_promises(document)
    return document


def _word(lines: list[str]) -> str:
    """As pasted from Word: a span for every change of font, conditional comments, empty paragraphs."""
    rows = []
    for line in lines:
        pieces = re.findall(".{1,23}", line)
        spans = "".join(
            f'<span\n lang=EN-US style="font-size:16pt">{escaping.escape(piece)}</span>' for piece in pieces
        )
        rows.append(f'<p class="MsoNormal"><!--[if gte mso 9]><xml>x</xml><![endif]--><b>{spans}</b><o:p></o:p></p>')
    return '<p class="MsoNormal"><o:p>&nbsp;</o:p></p>\n'.join(rows)


BODIES: dict[str, Callable[[list[str]], str]] = {
    "paragraphs": lambda lines: "\n".join(f'<p style="text-indent:2em">{escaping.escape(line)}</p>' for line in lines),
    "nbsp": lambda lines: "".join(f"<p>&nbsp;&nbsp;&nbsp;&nbsp;{escaping.escape(line)}</p>" for line in lines),
    "breaks": lambda lines: "<br>\n".join("　　" + escaping.escape(line) for line in lines),
    "double-breaks": lambda lines: "<br /><br />".join("&emsp;&emsp;" + escaping.escape(line) for line in lines),
    "word": _word,
    "divs": lambda lines: "<div>" + "".join(f"<div>{escaping.escape(line)}</div>" for line in lines) + "</div>",
    "sections": lambda lines: "".join(
        f"<section><section><p><span>{escaping.escape(line)}</span></p></section></section>" for line in lines
    ),
    "pre": lambda lines: "<pre>" + "\n".join("　　" + escaping.escape(line) for line in lines) + "</pre>",
    "source-wrapped": lambda lines: "".join(
        "<p>" + "\n      ".join(map(escaping.escape, re.findall(".{1,30}", line))) + "</p>" for line in lines
    ),
}
ENCODINGS = ("utf-8", "gb18030", "utf-16")


def portal(name: str, body: str) -> str:
    page = (FIXTURES / "portals" / f"{name}.html").read_text(encoding="utf-8")
    return page.replace("@TITLE@", TITLE).replace("@BODY@", body)


@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize("name", ["modern", "tables", "bare"])
def test_the_notice_is_found_in_the_portal_page(name: str, body: str) -> None:
    encoding = ENCODINGS[len(body) % 3]
    found = kept(read(portal(name, BODIES[body](BODY)).encode(encoding)))
    at = [squeezed(line) for line in found].index(squeezed(TITLE))
    start = next(index for index in range(at, len(found)) if found[index].startswith("根据县委"))
    if body != "source-wrapped":
        assert [squeezed(line) for line in found[start : start + len(BODY)]] == [squeezed(line) for line in BODY]
    assert squeezed("".join(BODY)) in squeezed("".join(found))


@pytest.mark.parametrize("name", ["modern", "tables", "bare"])
def test_the_chrome_is_marked(name: str) -> None:
    document = read(portal(name, BODIES["paragraphs"](BODY)))
    text = "\n".join(kept(document))
    for words_of_chrome in ("首页", "当前位置", "现在的位置", "无障碍", "脚本", "即将离开", "ICP", "Copyright", "横屏"):
        assert words_of_chrome not in text
    assert len([block for block in document.blocks if block.kind == "chrome"]) <= 4


def test_the_metadata_table_is_kept_as_rows() -> None:
    document = read(portal("tables", BODIES["paragraphs"](BODY)))
    rows = [document.text[block.start : block.end] for block in document.blocks if block.kind == "row"]
    assert rows == [
        "索 引 号\t000014349/2024-00012\t主题分类\t其他",
        "发布机构\t市卫生健康局\t发文日期\t2024年05月20日",
    ]


def test_a_link_to_a_file_is_an_annex_and_no_menu() -> None:
    document = read(portal("modern", BODIES["paragraphs"](BODY)))
    assert "附件：整改清单.docx" in kept(document)


def test_a_few_links_in_the_article_stay() -> None:
    document = read("<div>" + "<p>正文一段很长的文字，说明情况。</p>" * 5 + '<p><a href="/a">查看原文</a></p></div>')
    assert kept(document)[-1] == "查看原文"


@pytest.mark.parametrize(
    ("markup", "shown"),
    [
        ("<ol><li>甲<li>乙</ol>", ["1. 甲", "2. 乙"]),
        ('<ol start=4><li>甲<li value="9">乙<li>丙</ol>', ["4. 甲", "9. 乙", "10. 丙"]),
        ("<ol type=a><li>甲<li>乙</ol>", ["a. 甲", "b. 乙"]),
        ('<ol style="list-style-type: cjk-ideographic"><li>甲<li>乙</ol>', ["一、甲", "二、乙"]),
        ('<ol style="list-style:none"><li>甲</ol>', ["甲"]),
        ("<ol reversed><li>甲<li>乙</ol>", ["2. 甲", "1. 乙"]),
        ("<ol><li>甲<ol><li>子</ol><li>乙</ol>", ["1. 甲", "1. 子", "2. 乙"]),
        ("<ol><li>（一）甲<li>（二）乙</ol>", ["（一）甲", "（二）乙"]),
        ("<ol><li><p>甲</p><p>子</p><li><div>乙</div></ol>", ["1. 甲", "子", "2. 乙"]),
        ("<ol><li><p></p><li><p>乙</ol>", ["2. 乙"]),
        ("<ol><li>一是甲</ol>", ["1. 一是甲"]),
        ("<ul><li>甲<li>乙</ul>", ["甲", "乙"]),
    ],
)
def test_numbers_of_lists_are_written_out(markup: str, shown: list[str]) -> None:
    assert words(read(f"<html><body>{markup}</body></html>")) == shown


@pytest.mark.parametrize(
    "hidden",
    [
        '<span style="display: none">藏</span>',
        '<span style="VISIBILITY:hidden">藏</span>',
        "<span hidden>藏</span>",
        '<span style="font-size:0">藏</span>',
        '<span class="x">藏</span>',
        "<!-- 藏 -->",
        "<script>藏</script>",
        "<style>藏</style>",
        "<noscript>藏</noscript>",
        "<template>藏</template>",
        '<input type="hidden" value="藏">',
        '<input type="submit" value="藏">',
        "<button>藏</button>",
        "<ruby><rt>藏</rt></ruby>",
        "<![CDATA[藏]]>",
    ],
)
def test_what_a_browser_does_not_show_is_not_read(hidden: str) -> None:
    css = "<style>/* a */ @media print{.y{display:none}} .x, .z{color:red;display:none!important}</style>"
    document = read(f'<html><head>{css}</head><body><p class="y">明{hidden}白</p></body></html>')
    assert document.text == "明白"


def test_a_size_of_zero_that_elements_inside_overrule_hides_nothing() -> None:
    markup = (
        '<p style="font-size:0"><span style="font-size:16px">整改</span> <span style="font-size:16px">情况</span></p>'
    )
    assert squeezed(read(f"<html><body>{markup}</body></html>").text) == "整改情况"


def test_a_page_that_only_a_script_fills_is_refused() -> None:
    with pytest.raises(ReadError, match="shows no text"):
        read("<html><body><div id=app></div><script>load()</script></body></html>")


def test_unclosed_tags_nest_deeply_and_lose_nothing() -> None:
    document = read("<html><body>" + "<div><font>字" * 5000 + "</body></html>")
    assert squeezed(document.text) == "字" * 5000


def test_pages_in_one_file_are_read() -> None:
    page = portal("modern", BODIES["paragraphs"](BODY))
    body = page.replace('charset="utf-8"', 'charset="gb2312"').encode("gb18030")
    mht = (
        b"From: <Saved by Blink>\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/related;\r\n\tboundary="--b"\r\n\r\n'
        b'----b\r\nContent-Type: text/html; charset="gb2312"\r\nContent-Transfer-Encoding: base64\r\n\r\n'
        + base64.encodebytes(body)
        + b"\r\n----b\r\nContent-Type: image/png\r\n\r\nx\r\n----b--\r\n"
    )
    assert squeezed("".join(BODY)) in squeezed("".join(kept(read(mht, "x.mht"))))
    assert read(mht, "x.doc").format == "html"


SENTENCES = "".join(f"<p>局党组第{number}次研究整改，逐项明确责任、措施和时限。</p>" for number in range(1, 20))


@pytest.mark.parametrize(
    "how",
    ['style="visibility: hidden; opacity: 0;"', 'style="display:none"', "hidden", 'class="wait"'],
)
def test_an_element_that_hides_most_of_the_page_waits_for_a_script(how: str) -> None:
    page = f'<style>.wait{{visibility:hidden}}</style><p>关注我们</p><div id="js_content" {how}>{SENTENCES}</div>'
    assert "第19次" in read(f"<html><body>{page}</body></html>").text


def test_a_hidden_copy_of_what_is_shown_stays_hidden() -> None:
    page = f'<div>{SENTENCES}</div><div class="mobile" style="display:none">{SENTENCES}</div>'
    assert read(f"<html><body>{page}</body></html>").text.count("第19次") == 1


@pytest.mark.parametrize(
    ("markup", "is_kept"),
    [
        ("<article><header><h1>关于整改情况的通报</h1></header>{}</article>", True),
        ('<div class="article-header"><h1>关于整改情况的通报</h1></div>{}', True),
        ("<header><h1>关于整改情况的通报</h1></header><article>{}</article>", False),
        ('<div class="page-header"><h1>关于整改情况的通报</h1></div>{}', False),
    ],
)
def test_the_header_of_an_article_is_not_the_page_s(markup: str, is_kept: bool) -> None:
    document = read(f"<html><body>{markup.format(SENTENCES)}</body></html>")
    assert ("关于整改情况的通报" in kept(document)) is is_kept


def test_the_name_above_a_menu_goes_with_it() -> None:
    menu = "<b>栏目导航</b><br>" + "".join(f'<a href="{n}">栏目{n}</a><br>' for n in range(4))
    document = read(f"<html><body><table><tr><td>{menu}</td><td>{SENTENCES}</td></tr></table></body></html>")
    assert not any("栏目" in line for line in kept(document))


def test_a_row_of_a_table_of_issues_may_be_long() -> None:
    answer = "修订制度，逐项核对。" * 150
    page = f"<table><tr><th>序号<th>反馈问题<th>整改情况</tr><tr><td>1<td>学习不深入<td>{answer}</tr></table>"
    assert words(read(f"<html><body>{page}</body></html>")) == ["序号\t反馈问题\t整改情况", f"1\t学习不深入\t{answer}"]
