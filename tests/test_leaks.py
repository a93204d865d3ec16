"""The search of an output for masked values finds them in every form, tells none of them, and finds nothing else."""

from __future__ import annotations

import gzip
import io
import json
import sqlite3
import zipfile
from dataclasses import replace

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from generator.build.driver import build
from generator.content.masks import any_of, bare
from generator.editorial.gate import blocking
from generator.model.decisions import Mask
from generator.model.notice import Passage
from generator.search.index import write_index
from generator.search.index_reader import IndexReader
from generator.search.records import SearchGroup, SearchRecord
from generator.sitelint.leaks import Secret, leaks, secrets_of
from tests.samples import make_site, notice

SECRET = Secret(bare="13800138000", kind="手机号码", notice="a")
NAME = Secret(bare="王小明", kind="个人姓名", notice="a")


def xlsx(text):
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        book.add_worksheet().write_string(0, 0, text)
    return out.getvalue()


def zipped(data):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("inner/a.txt", data)
    return out.getvalue()


def sqlite(text):
    with sqlite3.connect(":memory:") as base:
        base.execute('CREATE TABLE "a ""b" (x)')
        base.execute('INSERT INTO "a ""b" VALUES (?)', ("x" * 5000 + text,))
        base.commit()
        data = base.serialize()
    base.close()
    return data


FORMS = {
    "plain.txt": b"13800138000",
    "spaced.html": b"<p>138 0013\xc2\xa08000</p>",
    "hyphens.csv": "138-0013‑8000".encode(),
    "wide.txt": "１３８００１３８０００".encode(),
    "entities.html": "".join(f"&#{ord(c)};" for c in "13800138000").encode(),
    "tags.html": b"<b>138</b><i>0013</i>8000",
    "escaped.json": b'"\\u0031\\u0033800138000"',
    "urls.html": b'<a href="?q=%31%33800138000">x</a>',
    "zero-width.txt": "138\u200b0013\u200b8000".encode(),
    "slashes.txt": b"138/0013/8000",
    "brackets.txt": "（138）0013 8000".encode(),
    "dots.txt": "138·0013·8000".encode(),
    "letters.txt": b"138OO138ooo",
    "numerals.txt": "一三八〇〇一三八〇〇〇".encode(),
    "capitals.txt": "壹叁捌零零壹叁捌零零零".encode(),
    "selectors.txt": "138\ufe00\U000e0100\U000e0031\u034f\u061c\u3164\uffa000138000".encode(),
    "variation.txt": "王\U000e0100小\ufe0f明".encode(),
    "folded.vcf": b"TEL:1380013\r\n 8000",
    "name.txt": "王 小 明".encode(),
    "name.json": json.dumps("王小明").encode(),
    "packed.html.gz": gzip.compress(b"13800138000"),
    "table.xlsx": xlsx("13800138000"),
    "base.sqlite": sqlite("13800138000"),
    "twice.zip": zipped(zipped(gzip.compress(b"13800138000"))),
    "13800138000.txt": b"",
    "king\u7389/王小明.html": b"",
}


@pytest.mark.parametrize("path", FORMS)
def test_a_value_is_found_in_every_form(tmp_path, path):
    file = tmp_path / path
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(FORMS[path])
    (tmp_path / "innocent.html").write_text("<p>13800138001 王小民</p>", encoding="utf-8")
    found = leaks(tmp_path, [SECRET, NAME])
    assert [(said.code, said.file) for said in found] == [("masked-value", str(file))]
    told = " ".join(str(said).replace(str(file), "") for said in found)
    assert "13800138000" not in told
    assert "王小明" not in told


@pytest.mark.parametrize(
    "path", ["a.br", "broken.gz", "broken.xlsx", "broken.sqlite"]
)  # fmt: skip
def test_what_cannot_be_searched_is_no_release(tmp_path, path):
    heads = {"gz": b"\x1f\x8b junk", "xlsx": b"PK\x03\x04 junk", "sqlite": b"SQLite format 3\0junk"}
    (tmp_path / path).write_bytes(heads.get(path.rpartition(".")[2], b"junk"))
    assert ["so it could not be searched" in said.message for said in leaks(tmp_path, [SECRET])] == [True]
    assert leaks(tmp_path, []) == []


@pytest.mark.parametrize(
    ("path", "is_found"),
    [
        ("notices/mou-ju-wang-xiaoming-2025/index.html", True),
        ("units/wangxiaoming/feed.xml", True),
        ("units/mou-ju-wangxiaomingan/a.txt", True),
        ("units/wang-xiao-ming/a.txt", True),
        ("units/wang-xiaomin-g/a.txt", False),
        ("units/wang-xiao/ming.txt", False),
    ],
)
def test_a_masked_name_is_found_in_addresses_as_pinyin(tmp_path, path, is_found):
    file = tmp_path / path
    file.parent.mkdir(parents=True)
    file.write_text("", encoding="utf-8")
    (tmp_path / "sitemap.xml").write_text(f"<loc>https://a.cn/{path}</loc>", encoding="utf-8")
    told = {said.file for said in leaks(tmp_path, [NAME])}
    assert told == ({str(file), str(tmp_path / "sitemap.xml")} if is_found else set())


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("欧阳建国", "ou-yang-jian-guo"),
        ("欧阳建国", "ouyang-jianguo"),
        ("仇正和", "qiu-zhenghe"),
        ("仇正和", "chou-zhenghe"),
        ("曾国华", "ceng-guo-hua"),
        ("吕丽丽", "lv-lili"),
        ("吕丽丽", "lyu-lili"),
        ("吕丽丽", "lu-li-li"),
        ("吕丽丽", "l\u00fc-lili"),
        ("吕丽丽", "l\u01da-l\u00ecl\u00ec"),
        ("王小明", "w\u00e1ng-xi\u01ceom\u00edng"),
        ("王小明", "Wang.Xiao.Ming"),
        ("王小明", "WANG%20XIAOMING"),
        ("王小明", "wang xiaoming"),
        ("买买提·艾力", "maimaiti-aili"),
        ("阿不都热合曼·买买提江", "abudurehemanmaimaitijiang"),
    ],
)
def test_a_masked_name_is_found_however_it_is_spelled(tmp_path, name, address):
    file = tmp_path / f"gongzuoshi-{address}-2025.txt"
    file.write_text("", encoding="utf-8")
    assert [said.file for said in leaks(tmp_path, [replace(NAME, bare=name)])] == [str(file)]


def test_a_short_name_is_no_part_of_other_words(tmp_path):
    for name in ("linan-xian.txt", "hunlina.txt", "lina-x.txt", "x-linaan.txt"):
        (tmp_path / name).write_text("lina", encoding="utf-8")
    told = leaks(tmp_path, [replace(NAME, bare="李娜")])
    assert {said.file.rpartition("/")[2] for said in told} == {"lina-x.txt", "x-linaan.txt", "hunlina.txt"}


MASKS = "[{kind: person, value: 王小明, why: 个人信息}]"


@pytest.mark.parametrize(
    "key", ['"masks": ', "masks : ", "'masks':  ", '"m\\u0061sks": ', '"\\x6dasks": ', "? masks\n: "]
)
def test_masks_are_known_however_their_key_is_written(tmp_path, key):
    folder = make_site(tmp_path, [notice(1)])
    path = next((folder / "content/notices").rglob("*.md"))
    path.write_text(path.read_text("utf-8").replace("\n---\n", f"\n{key}{MASKS}\n---\n", 1), encoding="utf-8")
    assert [one.bare for one in secrets_of(folder)] == ["王小明"]


def index(*texts):
    records = tuple(SearchRecord(kind="notice", url="", runs=(text,)) for text in texts)
    return list(write_index([SearchGroup(url="u", title="t", unit="单位", region=(), date=None, records=records)]))


@given(
    st.text("张王小明138", min_size=2, max_size=6),
    st.lists(st.text("张王小明138", min_size=1, max_size=12), min_size=1),
)
def test_the_lists_of_the_index_tell_what_stands_side_by_side(value, texts):
    assert IndexReader(index(*texts)).holds(value) == any(value in text for text in texts)


def test_a_value_that_only_the_lists_of_the_index_tell_is_found(tmp_path):
    for path, data in index("电话13800138000。"):
        if path.startswith("p/") or "/" not in path:
            file = tmp_path / "search" / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
    assert [said.file for said in leaks(tmp_path, [SECRET])] == [str(tmp_path / "search/index.js")]


def with_phone(number=1, **more):
    body = (*notice(1).body[:8], Passage(words="打了138 0013-8000电话。", role="finding"), *notice(1).body[8:])
    return notice(number, passages=body, **more)


def test_a_value_masked_in_one_notice_and_shown_in_another_is_no_release(tmp_path):
    mask = Mask(kind="mobile", why="个人信息")
    folder = make_site(tmp_path, [with_phone(1, masks=(mask,)), with_phone(2, unit="b-ju")])
    build(folder, folder / "output")
    told = [said for said in blocking(folder, folder / "output") if said.code == "masked-value"]
    assert any("/notices/b-ju" in said.file for said in told)
    assert not any("/notices/mou-ju" in said.file for said in told)
    make_site(tmp_path, [replace(with_phone(2, unit="b-ju"), masks=(mask,))])
    build(folder, folder / "output")
    assert not [said for said in blocking(folder, folder / "output") if said.code == "masked-value"]
    assert [one.bare for one in secrets_of(folder)] == ["13800138000"]


@given(st.sets(st.text("ab.*+(é", min_size=1, max_size=5), min_size=1, max_size=8), st.text("ab.*+(é", max_size=30))
def test_many_values_are_found_as_one_by_one(values, text):
    assert bool(any_of(values).search(text)) == any(value in text for value in values)
    assert all(match in values for match in any_of(values).findall(text))


@given(st.text(st.characters(exclude_categories=("Cs",)), max_size=20))
def test_folding_a_value_does_not_depend_on_how_it_is_spaced(text):
    assert bare(" - ".join(text)) == bare(text)
