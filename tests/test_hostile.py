"""Whatever a notice holds is text: in every data file it stands as it is, and nowhere else."""

from __future__ import annotations

import csv
import io
import json
import re
import sqlite3
import unicodedata
from dataclasses import replace

import jsonschema
import pytest
from bs4 import BeautifulSoup
from lxml import etree
from python_calamine import CalamineWorkbook

from generator.build.driver import build
from generator.build.load import gather
from generator.content.notice_file import read_notice, write_notice
from generator.data.books import all_of
from generator.data.schema import notice_schema
from generator.data.tables import TABLES
from generator.editorial.importing import read_source
from generator.model.notice import Edit
from generator.readers.characters import clean
from generator.render.content_page import read_content_page
from generator.search.script import handed
from tests.payloads import PAYLOADS, hostile, hostile_site
from tests.samples import make_site, notice
from tests.site.test_article import squeezed, verbatim
from tests.test_build import tree


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    site = make_site(tmp_path_factory.mktemp("hostile"), hostile_site(), "page_size: 20\n")
    report = build(site, site / "output")
    assert not report.failed, report.diagnostics
    return site


@pytest.fixture(scope="module")
def files(folder):
    return tree(folder / "output")


@pytest.fixture(scope="module")
def site(folder):
    return gather(folder).site


@pytest.mark.parametrize("name", PAYLOADS)
def test_a_content_file_holds_any_words(name):
    item = hostile(1, PAYLOADS[name])
    assert read_notice(write_notice(item)) == (item, [])


def test_no_file_stands_outside_of_its_place(files):
    assert not [path for path in files if ".." in path or not re.fullmatch(r"[a-z0-9./_-]+", path, re.IGNORECASE)]


def test_record_text_and_page_have_the_words_of_the_notice(files, site):
    for item in site.notices:
        record = json.loads(files[item.path + "notice.json"])
        jsonschema.validate(record, notice_schema())
        assert record["text"] == item.notice.text
        assert files[item.path + "notice.txt"].decode() == item.notice.text + "\n"
        assert verbatim(files[item.path + "index.html"].decode()) == squeezed(item.notice.text)


def test_a_template_language_in_the_words_is_not_obeyed(files, site):
    item = next(item for item in site.notices if item.notice.title == PAYLOADS["jinja"])
    assert "{{ 7*7 }}{% for x in range(9) %}" in files[item.path + "index.html"].decode()


def rows_of(table, chosen):
    return [row for part in table.parts(chosen) for row in table.rows_of(part)]


def flat(cell):
    return "；".join(cell) if isinstance(cell, list) else "" if cell is None else str(cell)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
class TestData:
    """Each table in each format says what its rows say."""

    def test_json(self, files, site, table):
        names = [column.name for column in table.columns]
        rows = [dict(zip(names, row, strict=True)) for row in rows_of(table, all_of(site))]
        assert json.loads(files[f"data/{table.name}.json"]) == rows
        lines = files[f"data/{table.name}.ndjson"].decode().rstrip("\n").split("\n")
        assert [json.loads(line) for line in lines] == rows

    def test_csv(self, files, site, table):
        text = files[f"data/{table.name}.csv"].decode("utf-8-sig")
        read = list(csv.reader(io.StringIO(text, newline="")))[1:]
        for cells, row in zip(read, rows_of(table, all_of(site)), strict=True):
            for cell, wanted in zip(cells, map(flat, row), strict=True):
                assert cell in (wanted, "'" + wanted)
                assert not (cell.startswith(("=", "+", "-", "@", "\t", "\r")) and not cell.lstrip("-").isdigit())

    def test_xlsx(self, files, site, table):
        book = CalamineWorkbook.from_filelike(io.BytesIO(files["data/disclosure.xlsx"]))
        read = book.get_sheet_by_name(table.title).to_python(skip_empty_area=False)[1:]
        for cells, row in zip(read, rows_of(table, all_of(site)), strict=True):
            for column, cell, wanted in zip(table.columns, cells, row, strict=False):
                if isinstance(wanted, str | list) and column.type != "date" and not (column.words or column.is_link):
                    assert storable(str(cell)) == storable(flat(wanted))

    def test_sqlite(self, files, site, table):
        base = sqlite3.connect(":memory:")
        base.deserialize(files["data/disclosure.sqlite"])
        names = ", ".join(f'"{name}"' for name in table.key)
        read = sorted(map(list, base.execute(f'SELECT * FROM "{table.name}" ORDER BY {names}')))
        wanted = [
            [json.dumps(v, ensure_ascii=False) if isinstance(v, list) else v for v in row]
            for row in rows_of(table, all_of(site))
        ]
        told = {row[0]: row for row in read}
        assert len(read) == len(wanted)
        for row in wanted if len(table.key) == 1 else ():
            assert [same(cell) for cell in told[row[0]]] == [same(cell) for cell in row]
        base.close()


def same(cell):
    return json.loads(cell) if isinstance(cell, str) and cell.startswith("[") and cell.endswith("]") else cell


def storable(text):
    """Without what the format cannot hold."""
    return re.sub(r"[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|_x[0-9A-F]{4}_", "", text.replace("\r", "\n"))


def test_feeds_and_site_maps_are_well_formed_and_say_the_titles(files, site):
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    for path, data in files.items():
        if path.endswith(".xml"):
            etree.fromstring(data, parser)
    titles = etree.fromstring(files["notices/feed.xml"], parser).xpath(
        "//*[local-name()='entry']/*[local-name()='title']/text()"
    )
    known = {"".join(etree_safe(item.notice.title).split()) for item in (*site.notices, *site.withdrawn)}
    assert {re.sub("^(更正|撤下)：", "", "".join(title.split())) for title in titles} <= known


def etree_safe(text):
    return re.sub("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "", text)


def test_a_card_and_a_calendar_hold_one_of_each(files):
    for path, data in files.items():
        if path.endswith(".vcf"):
            lines = data.decode().replace("\r\n ", "").split("\r\n")
            assert [line for line in lines if line.startswith(("BEGIN:", "END:"))] == ["BEGIN:VCARD", "END:VCARD"]
            assert all(re.match(r"[A-Z]+[:;]", line) for line in lines if line)
        if path.endswith(".ics"):
            lines = data.decode().replace("\r\n ", "").split("\r\n")
            assert all(re.match(r"[A-Z-]+[:;]", line) for line in lines if line)


def test_the_index_is_data_and_no_script(files):
    read = {path: handed(data) for path, data in files.items() if path.startswith("search/") and path.endswith(".js")}
    assert len(read) > 5


@pytest.mark.parametrize("bad", ["../x", "..", "a/b", "a b", "A", "", "a\\b", "a\u0000", "x" * 3 + "\n", "ａ", "."])
def test_an_id_that_is_no_part_of_an_address_is_refused(bad, tmp_path):
    text = write_notice(hostile(1, "x", id="good"))
    notice, problems = read_notice(text.replace("id: good", f"id: {json.dumps(bad)}", 1), "f.md")
    assert notice is None
    assert [problem.code for problem in problems] == ["bad-id"]


@pytest.mark.parametrize("bad", ["../x", "a/b", ".."])
def test_a_unit_or_region_that_is_no_part_of_an_address_is_refused(bad, tmp_path):
    item = hostile(1, "x")
    folder = make_site(tmp_path, [item])
    path = next(folder.rglob("content/notices/*/*.md"))
    path.write_text(path.read_text("utf-8").replace("id: u1", f"id: {bad}"), encoding="utf-8")
    report = build(folder, folder / "output")
    assert [found.code for found in report.diagnostics] == ["bad-id"]
    assert not list(tmp_path.glob("x*")) + list(folder.glob("output/**/x"))


SOURCE = """\
某局党组关于巡察整改进展情况的通报

根据统一部署，区委第一巡察组对我局开展了巡察，现将整改情况公布如下。

一、整改落实情况

（一）关于{words}的问题

整改情况：已处理{words}。已完成整改。

某局党组

2024年8月1日"""


def source_files():
    """Each payload in each form; a text file with a page's <meta> in it is read as the page that it seems to be."""
    return [
        (name, form)
        for name in PAYLOADS
        for form in ("txt", "html")
        if name != "front-matter" and (name, form) != ("meta", "txt")
    ]


@pytest.mark.parametrize(("name", "form"), source_files())
def test_a_source_file_gives_its_words_as_words(name, form):
    words = clean(PAYLOADS[name])[0]
    lines = SOURCE.format(words=words).split("\n\n")
    if form == "txt":
        data = "\n\n".join(lines).encode()
    else:
        data = ("<!doctype html><meta charset=utf-8><body>" + "".join(f"<p>{escaped(x)}</p>" for x in lines)).encode()
    notice, document = read_source(data, f"a.{form}", force=True)
    assert read_notice(write_notice(notice))[0] == notice
    assert visible(words) in visible(document.text)
    assert visible(words) in visible(notice.text)


def visible(text):
    """What a reader sees: readers set invisible characters aside."""
    return "".join(char for char in text if unicodedata.category(char) not in ("Cc", "Cf") and not char.isspace())


@pytest.mark.parametrize(
    "address",
    [
        "javascript:x",
        " JavaScript:x",
        "java\tscript:x",
        "&#106;avascript:x",
        "vbscript:x",
        "data:text/html,x",
        "blob:x",
        "http://[x",
    ],
)
@pytest.mark.parametrize("form", ["[words]({})", "![words]({})", "<{}>", '[words]({} "t")', "[words][1]\n\n[1]: {}"])
def test_an_address_that_runs_is_no_address_on_a_content_page(form, address):
    html = read_content_page("# x\n\n" + form.format(address), "x").html
    soup = BeautifulSoup(html, "html.parser")
    assert not soup.select("[href], [src], script")
    assert soup.get_text().strip()


def test_links_of_a_content_page_stay_links():
    html = read_content_page(
        "# x\n\n[a](../data/index.html#x) [b](https://a.cn/?a:b) <a@b.cn> [c](tel:1) [d](x/y:z)", "x"
    ).html
    found = [link["href"] for link in BeautifulSoup(html, "html.parser").select("a")]
    assert found == ["../data/index.html#x", "https://a.cn/?a:b", "mailto:a@b.cn", "tel:1", "x/y:z"]


def escaped(text):
    return text.replace("&", "&amp;").replace("<", "&lt;")


def test_a_sign_without_shape_that_was_taken_out_is_shown_by_its_number(tmp_path):
    taken = Edit(kind="control-removed", line=3, before="\x01\u200b\ufffe\U000e0100", after="")
    site = make_site(tmp_path, [replace(notice(1), edits=(taken,))])
    assert not build(site, site / "output").failed
    page = next(data for path, data in tree(site / "output").items() if re.fullmatch("notices/.*/index.html", path))
    assert "U+0001 U+200B U+FFFE U+E0100" in page.decode()
    assert not re.search("[\x00-\x08\x0b-\x1f\u200b\ufffe\U000e0100]", page.decode())


def test_a_title_of_a_million_characters_is_a_title(tmp_path):
    folder = make_site(tmp_path, [hostile(2, "短")])
    path = next(folder.rglob("content/notices/*/*.md"))
    text = path.read_text("utf-8")
    path.write_text(
        text.replace("title: 短", "title: " + "长" * 10**6).replace("# 短 {#t1}", "# " + "长" * 10**6 + " {#t1}"),
        "utf-8",
    )
    report = build(folder, folder / "output")
    assert not report.failed
    record = json.loads((folder / "output/notices/n2/notice.json").read_bytes())
    assert (len(record["title"]), record["text"].startswith("长" * 10**6)) == (10**6, True)
    assert sum(file.stat().st_size for file in folder.rglob("output/**/*") if file.is_file()) < 200 * 10**6
