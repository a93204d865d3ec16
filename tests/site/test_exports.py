"""Open data: every format holds the same rows, and opens where it should."""

from __future__ import annotations

import csv
import datetime as dt
import gc
import io
import json
import re
import sqlite3
import subprocess
import zipfile
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from jsonschema import Draft202012Validator
from python_calamine import CalamineWorkbook

from generator.build.driver import build
from generator.content.config import read_config
from generator.content.record import record_of
from generator.content.topics import TopicRules
from generator.data import books as data_books
from generator.data import workbook
from generator.data.books import all_of, books_of, by_year
from generator.data.catalogue import Address, sitemaps
from generator.data.data_files import (
    DATABASE,
    KINDS,
    LINES,
    WORKBOOK,
    book_files,
    last_data,
    tables_files,
    update_book,
    update_tables,
)
from generator.data.database import Database
from generator.data.feeds import atom, listings
from generator.data.formats import csv_rows
from generator.data.schema import notice_schema
from generator.data.site_numbers import site_numbers
from generator.data.table import Table
from generator.data.tables import FOLLOWUPS, ISSUES, TABLES, UNITS
from generator.data.vcard_ical import calendar, vcard
from generator.data.workbook import LEGEND, OPEN, Workbook, said_of_time
from generator.model.notice import Contact, IssueMarks, Passage
from generator.model.phones import dialled
from generator.site.assemble import build_site
from generator.site.model import LoadedNotice, digest_of
from tests.samples import SITE_YML, make_site, notice, put_notice, variety
from tests.test_build import tree

HOSTILE = ("=1+1", "+8613800000000", "-2", "@SUM(A1)", "\t=1", "'=1")


def site_of(notices, settings=""):
    site, problems = build_site(
        read_config(SITE_YML + settings),
        TopicRules(()),
        [LoadedNotice(f"{n.id}.md", n, digest_of(repr(n))) for n in notices],
    )
    assert not problems
    return site


SITE = site_of(variety())


@pytest.fixture(params=["whole", "by year"])
def parted(request, monkeypatch):
    """Whether books are those of years."""
    if request.param == "by year":
        monkeypatch.setattr(data_books, "MOST_WHOLE", 1)
    return request.param == "by year"


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_format_holds_the_same_rows(built, table):
    data = built[1] / "data"
    rows = json.loads((data / f"{table.name}.json").read_text(encoding="utf-8"))
    assert rows
    head, *lines, tail, _ = (data / f"{table.name}.json").read_text(encoding="utf-8").split("\n")
    assert (head, tail) == ("[", "]")
    assert [json.loads(line.removesuffix(",")) for line in lines] == rows
    text = (data / f"{table.name}.csv").read_bytes()
    assert text.startswith(b"\xef\xbb\xbf")
    assert text.count(b"\n") == text.count(b"\r\n") == len(rows) + 1
    found = list(csv.DictReader(io.StringIO(text.decode("utf-8-sig"), newline="")))
    key = table.key[-1]
    assert [row[key] for row in found] == [row[key] for row in rows]
    with closing(sqlite3.connect(data / DATABASE)) as base:
        stored = [value for (value,) in base.execute(f'SELECT "{key}" FROM "{table.name}"')]
    assert sorted(stored) == sorted(row[key] for row in rows)
    lines = (data / f"{table.name}.{LINES}").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line) for line in lines] == rows


def test_no_cell_of_a_csv_is_a_formula():
    items = [
        Passage(words=words, role="heading", level=1, anchor=f"i{n}", marks=IssueMarks())
        for n, words in enumerate(HOSTILE)
    ]
    names = [column.name for column in ISSUES.columns]
    (part,) = ISSUES.parts(all_of(site_of([notice(1, passages=tuple(items))])))
    text = csv_rows(ISSUES.rows_of(part)).decode()
    titles = [row["title"] for row in csv.DictReader(io.StringIO(text, newline=""), names)]
    assert all(not title.startswith(("=", "+", "-", "@", "\t")) for title in titles)
    assert [title.lstrip("'") for title in titles] == [words.strip().lstrip("'") for words in HOSTILE]


def written(site, folder, settings="", before=None, notes=None):
    """The names of the data files and what is noted of each; `before` may hold those of an earlier build."""
    found = {}
    updates = [(all_of(site), update_tables), *((chosen, update_book) for chosen in books_of(site))]
    for chosen, update in updates:
        inside = f"{chosen.name}/" if chosen.name else ""
        names = tables_files() if update is update_tables else book_files()
        known = {name: notes[inside + name] for name in names if inside + name in notes} if notes else {}
        last = last_data(before / chosen.name, known) if before else None
        found |= {inside + name: note for name, note in update(chosen, folder / chosen.name, settings, last)}
    return found


@pytest.mark.usefixtures("parted")
def test_the_data_files_are_alike_for_alike_notices(tmp_path):
    folders = [tmp_path / name for name in "ab"]
    names = [list(written(SITE, folder)) for folder in folders]
    assert names[0] == names[1]
    for name in names[0]:
        assert (folders[0] / name).read_bytes() == (folders[1] / name).read_bytes(), name


MANY = [notice(n, unit=f"u{n % 7}", published=f"202{n % 5}-05-06") for n in range(1, 30)]


@pytest.mark.parametrize("rows", [workbook._ROWS, 5])
@pytest.mark.usefixtures("parted")
def test_what_is_copied_from_the_last_files_is_what_would_be_made_anew(tmp_path, monkeypatch, rows):
    """Also where a sheet is full before its table ends."""
    monkeypatch.setattr(workbook, "_ROWS", rows)
    longer = Passage(words="又一个问题", role="heading", level=1, anchor="i9", marks=IssueMarks())
    versions = (
        MANY,
        [*MANY[:12], MANY[12].replace(body=(*MANY[12].body[:-2], longer)), *MANY[13:]],
        [*MANY[5:], notice(99, unit="u3", published="2026-01-02")],
        [MANY[0].replace(title="=另一个题目"), *MANY[3:]],
        [],
        MANY,
    )
    before, notes, rows_made, of = None, {}, [], Table.rows_of
    monkeypatch.setattr(Table, "rows_of", lambda table, part: rows_made.append(part) or of(table, part))
    for number, items in enumerate(versions):
        site, folder, clean = site_of(items), tmp_path / str(number), tmp_path / f"{number} clean"
        whole = written(site, clean, "a")
        rows_made.clear()
        assert written(site, folder, "a", before, notes) == whole
        assert tree(folder) == tree(clean)
        assert number != 1 or rows == 5 or 0 < len(rows_made) < 2 * len(items)
        before, notes = folder, whole
    damaged = {name: note.replace("1", "2") for name, note in whole.items()}
    assert last_data(folder, {}) is last_data(folder, damaged) is None
    rows_made.clear()
    written(site, tmp_path / "other", "b", before, notes)
    assert len(rows_made) == sum(len(t.parts(one)) for one in (all_of(site), *books_of(site)) for t in TABLES)
    for one in books_of(site):
        with (
            zipfile.ZipFile(folder / one.name / WORKBOOK) as book,
            closing(sqlite3.connect(folder / one.name / DATABASE)) as base,
        ):
            assert (book.testzip(), base.execute("PRAGMA integrity_check").fetchone()) == (None, ("ok",))


def test_an_edit_makes_the_books_of_its_year_alone(tmp_path, monkeypatch):
    monkeypatch.setattr(data_books, "MOST_WHOLE", len(MANY) - 1)
    folder = make_site(tmp_path, MANY)
    build(folder, folder / "output")
    before = tree(folder / "output/data")
    body = tuple(one._replace(words="改写了一句。") if one.role == "response" else one for one in MANY[7].body)
    put_notice(folder, MANY[7].replace(body=body))
    build(folder, folder / "output")
    after = tree(folder / "output/data")
    changed = {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}
    year = f"{MANY[7].published.year}/"
    assert {path for path in changed if path.startswith("20")} == {
        year + name for name in (WORKBOOK, DATABASE, f"issues.{LINES}")
    }
    build(folder, folder / "clean", clean=True)
    assert tree(folder / "clean/data") == after


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_site_that_grows_has_books_of_its_years_instead_of_one_of_all(tmp_path, monkeypatch, jobs):
    monkeypatch.setattr(data_books, "MOST_WHOLE", len(MANY) - 1)
    folder = make_site(tmp_path, MANY[1:])
    build(folder, folder / "output", jobs=jobs)
    assert (folder / "output/data" / WORKBOOK).is_file()
    put_notice(folder, MANY[0])
    build(folder, folder / "output", jobs=jobs)
    years = {str(one.published.year) for one in MANY}
    assert {path.parent.name for path in (folder / "output/data").rglob(WORKBOOK)} == years
    page = (folder / "output/data/index.html").read_text("utf-8")
    data = folder / "output/data"
    files = {f"data/{year}/{path.name}" for year in years for path in (data / year).iterdir()}
    assert files <= {href.removeprefix("../") for href in re.findall('href="([^"]+)" download', page)}
    catalogue = (folder / "output/data/catalog.jsonld").read_text("utf-8")
    assert all(f"/{file}" in catalogue for file in files)
    build(folder, folder / "clean", clean=True)
    assert tree(folder / "clean") == tree(folder / "output")


def test_a_site_without_notices_has_empty_tables(tmp_path):
    assert len(written(site_of([]), tmp_path)) == (len(KINDS) + 1) * len(TABLES) + 2
    for table in TABLES:
        assert json.loads((tmp_path / f"{table.name}.json").read_bytes()) == []
        assert (tmp_path / f"{table.name}.{LINES}").read_bytes() == b""


def test_every_notice_is_in_one_year(tmp_path):
    undated = notice(2, unit="yi-ju").replace(published=None)
    site = site_of([notice(1), undated, notice(3, published="2022-01-02")])
    found = {one.name: [item.notice.id for item in one.notices] for one in by_year(site)}
    assert list(found.items()) == [
        ("2024", [notice(1).id]),
        ("2022", [notice(3, published="2022-01-02").id]),
        ("undated", [undated.id]),
    ]


def read(built):
    return CalamineWorkbook.from_path(built[1] / "data" / WORKBOOK)


def test_a_workbook_explains_and_has_a_sheet_a_table(built):
    with zipfile.ZipFile(built[1] / "data" / WORKBOOK) as book:
        names = re.findall(r'<sheet name="([^"]+)"', book.read("xl/workbook.xml").decode())
        assert names == [LEGEND, *(table.title for table in TABLES)]
        assert {entry.date_time[0] for entry in book.infolist()} == {1980}
        filters = [b"<autoFilter" in book.read(f"xl/worksheets/sheet{n}.xml") for n in range(1, len(names) + 1)]
        assert filters == [False, *[True] * len(TABLES)]


def shown(column, value):
    """What a cell of the workbook shows for a stored value."""
    if value is None or (column.type == "list" and not json.loads(value)):
        return ""
    if column.is_link:
        return OPEN
    values = json.loads(value) if column.type == "list" else [value]
    if column.words:
        values = [column.words.get(one, one) for one in values]
    if column.type == "date" and value.count("-") == 2:
        return dt.date.fromisoformat(value)
    return "；".join(values) if column.type == "list" else values[0]


def test_the_sheets_of_a_workbook_show_the_rows_of_the_database(built):
    book = read(built)
    with sqlite3.connect(built[1] / "data" / DATABASE) as base:
        for table in TABLES:
            head, *rows = book.get_sheet_by_name(table.title).to_python()
            assert head == [column.heading for column in table.columns]
            assert len(set(head)) == len(head), table.name
            stored = base.execute(f'SELECT * FROM "{table.name}" ORDER BY rowid').fetchall()
            assert len(rows) == len(stored) > 0
            for row, values in zip(rows, stored, strict=True):
                for column, cell, value in zip(table.columns, row, values, strict=True):
                    assert cell == shown(column, value), column.name
    base.close()


LINK = re.compile(r'<f>HYPERLINK\("([^"]+)","打开"\)</f>')


def test_a_link_opens_the_page_of_its_row(built):
    with zipfile.ZipFile(built[1] / "data" / WORKBOOK) as book:
        links = LINK.findall(book.read("xl/worksheets/sheet2.xml").decode())
    base = "https://www.example.gov.cn/gk/"
    assert len(links) > 1
    assert all(link.startswith(base) and (built[1] / link.removeprefix(base)).is_file() for link in links)


def sum_of(book, term):
    """A term counted row by row, as a person with filters would."""
    head, *rows = book.get_sheet_by_name(term.table.title).to_python()
    at = {column.name: head.index(column.heading) for column in term.table.columns}
    kept = [row for row in rows if all(row[at[name]] == value for name, value in term.where)]
    return sum(row[at[term.add]] or 0 for row in kept) if term.add else len(kept)


@pytest.mark.usefixtures("parted")
def test_every_number_of_the_site_follows_from_the_sheets(tmp_path):
    whole = site_of([*variety(), notice(9, unit="late", published="2025-10-01")], "as_of: 2024-10-15\n")
    written(whole, tmp_path)
    sums, numbers = Counter(), site_numbers(all_of(whole))
    assert sum(number.value > 0 for number in numbers) > len(numbers) // 2
    for one in books_of(whole):
        book, of_book = CalamineWorkbook.from_path(tmp_path / one.name / WORKBOOK), site_numbers(one)
        for number in of_book:
            assert sum(sum_of(book, term) for term in number.terms) == number.value, number.name
            sums[number.name] += number.value
        told = [row for row in book.get_sheet_by_name(LEGEND).to_python() if row[0] in {n.name for n in numbers}]
        assert [row[:2] for row in told[: len(numbers)]] == [[number.name, number.value] for number in of_book]
        assert all(row[1] == row[3] for row in told[: len(numbers)])
    units = sum(len(one.units) for one in books_of(whole))  # in each of its years
    assert sums == {number.name: number.value for number in numbers} | {"单位": units}


def test_a_workbook_says_as_of_when_where_a_deadline_is_still_due(tmp_path):
    whole = site_of([notice(1), notice(2, unit="yi-ju", published="2022-05-06", passages=())], "as_of: 2024-10-15\n")
    assert [said_of_time(one) for one in by_year(whole)] == [
        "期限状态截至 2024-10-15；网页打开时按当天再算。",
        "没有还未到期的期限。",
    ]


def test_deadlines_that_have_passed_can_be_counted_in_the_sheets():
    """What a follow-up continues counts once, in the table of follow-ups."""
    whole = site_of([notice(1)], "as_of: 2024-11-15\n")
    (part,) = ISSUES.parts(all_of(whole))
    at = [column.name for column in ISSUES.columns].index("deadline_state")
    assert [row[at] for row in ISSUES.rows_of(part)] == [None, "followup", None]
    at = [column.name for column in FOLLOWUPS.columns].index("deadline_state")
    assert [row[at] for row in FOLLOWUPS.rows_of(part)] == ["over"]


@pytest.mark.office
def test_the_formulas_give_the_numbers_in_a_spreadsheet_program(built, tmp_path):
    book = tmp_path / "again.xlsx"
    with zipfile.ZipFile(built[1] / "data" / WORKBOOK) as old, zipfile.ZipFile(book, "w") as new:
        for name in old.namelist():  # without the values that came with the formulas
            new.writestr(name, re.sub(rb"</f><v>[^<]*</v>", b"</f>", old.read(name)))
    command = [
        "soffice",
        f"-env:UserInstallation=file://{tmp_path}/home",
        "--headless",
        "--convert-to",
        "xlsx:Calc MS Excel 2007 XML",
    ]
    subprocess.run([*command, "--outdir", tmp_path / "out", book], check=True, timeout=300, capture_output=True)
    rows = CalamineWorkbook.from_path(tmp_path / "out/again.xlsx").get_sheet_by_name(LEGEND).to_python()
    told = rows[4 : 4 + len(site_numbers(all_of(site_of([]))))]
    assert told[0][0] == "通报"
    assert [row[3] for row in told] == [row[1] for row in told]


NONE = all_of(site_of([]))


def workbook_of(tmp_path, *values):
    """What a spreadsheet program reads of texts."""
    with (
        closing(Workbook(tmp_path / "a.xlsx", [UNITS], NONE)) as book,
        closing(book.sheet(UNITS)) as sheet,
    ):
        name = [column.name for column in UNITS.columns].index("name")
        sheet.add([[None] * name + [value] + [None] * (len(UNITS.columns) - name - 1) for value in values])
    rows = CalamineWorkbook.from_path(tmp_path / "a.xlsx").get_sheet_by_name(UNITS.title).to_python()[1:]
    return [row[name] for row in rows]


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+8613800138000",
        "@SUM(A1)",
        "_x0041_",
        "<b>&amp; “",
        " 空 格 ",
        "一\n二",
        "<r>原文</r>",
        "007",
        "https://a.b/c",
        "2024-01-01",
    ],
)
def test_a_cell_is_its_text_and_nothing_else(tmp_path, text):
    assert workbook_of(tmp_path, text) == [text]


@pytest.mark.parametrize("unit", ["题", "𠮷"])
def test_a_cell_says_that_its_text_goes_on_elsewhere(tmp_path, unit):
    """Spreadsheet programs count UTF-16 and refuse a file whose cell is longer."""
    fitting = unit * (32_767 // len(unit.encode("utf-16-le")) * 2)
    whole, cut = workbook_of(tmp_path, fitting, fitting + "又多出六个字")
    assert whole == fitting
    assert cut.endswith(unit + "……（一格放不下，全文见 CSV）")
    assert 32_760 < len(cut.encode("utf-16-le")) // 2 <= 32_767


def test_a_disk_that_is_full_is_told_as_for_any_file(tmp_path):
    """SQLite has errors of its own, and a build knows OSError."""
    rows = [[str(number), "i1", *[None] * (len(ISSUES.columns) - 2)] for number in range(10_000)]
    with closing(Database(tmp_path / "a.sqlite")) as base:
        base.begin(ISSUES)
        base._base.execute("PRAGMA max_page_count = 1")
        with pytest.raises(OSError, match="No space left on device"):
            base.add(ISSUES, rows)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a disk that is full is needed")
@pytest.mark.parametrize("rows", [0, 20_000])
def test_a_workbook_on_a_full_disk_ends_in_that_error_alone(rows, capsys):
    """Its zip is not closed once more later, when that is told as a fault of the program."""
    values = [[f"第{number}行" for _ in UNITS.columns] for number in range(rows)]
    with pytest.raises(OSError, match="No space left on device"):  # noqa: SIM117 - the book is opened within
        with (
            closing(Workbook(Path("/dev/full"), [UNITS], NONE)) as book,
            closing(book.sheet(UNITS)) as sheet,
        ):
            sheet.add(values)
    gc.collect()
    assert "Exception ignored" not in capsys.readouterr().err


def test_the_database_says_what_its_columns_mean(built):
    with sqlite3.connect(built[1] / "data" / DATABASE) as base:
        assert base.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        said = dict(base.execute("SELECT name, about FROM columns WHERE table_name = 'issues' ORDER BY rowid"))
        assert list(said) == [column.name for column in ISSUES.columns]
        assert ["基层党建"] in [json.loads(topics) for (topics,) in base.execute("SELECT topics FROM issues")]
    base.close()


def conforms(value, schema):
    """Where `value` breaks the schema."""
    Draft202012Validator.check_schema(schema)
    return [error.json_path for error in Draft202012Validator(schema).iter_errors(value)]


@pytest.mark.parametrize("item", variety(), ids=lambda item: item.id)
def test_records_keep_their_schema(item):
    record = record_of(item)
    assert conforms(record, notice_schema()) == []
    assert set(record) == set(notice_schema()["properties"])


def test_a_record_that_breaks_the_schema_is_noticed():
    record = record_of(notice(1))
    record["issues"][0]["status"] = "finished"
    record["published"] = "2024年8月"
    del record["text"]
    assert sorted(conforms(record, notice_schema())) == ["$", "$.issues[0].status", "$.published"]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_tables_keep_their_schema(built, table):
    data = built[1] / "data"
    schema = json.loads((data / f"schema/{table.name}-v1.json").read_text(encoding="utf-8"))
    assert conforms(json.loads((data / f"{table.name}.json").read_text(encoding="utf-8")), schema) == []


def test_the_keys_of_a_record_stand_in_the_order_of_the_contract():
    assert " ".join(record_of(notice(1))) == (
        "schema_version id title title_origin unit inspection published inferred stated contact metadata outline "
        "issues followups accountability text edits anomalies source spans "
        "corrections masks reviews withdrawn passages"
    )


def test_every_list_has_a_feed_that_is_well_formed(built):
    feeds = sorted(built[1].rglob("feed.xml"))
    assert len(feeds) > 20
    for path in feeds:
        feed = BeautifulSoup(path.read_bytes(), "xml").feed
        own = path.relative_to(built[1]).as_posix()
        assert feed.find("link", rel="self")["href"] == f"https://www.example.gov.cn/gk/{own}"
        ids = [entry.id.text for entry in feed.find_all("entry")]
        assert ids, own
        assert len(set(ids)) == len(ids)
        stamps = [entry.updated.text for entry in feed.find_all("entry")]
        assert feed.updated.text == max(stamps)


def test_what_xml_cannot_hold_is_left_out_of_a_feed():
    (item,) = [notice(1, title="甲\x0b乙\ufffe<&>")]
    listing = next(listings(site_of([item])))
    feed = BeautifulSoup(atom(SITE.config, listing, SITE.as_of), "xml")
    assert feed.entry.title.text == "甲乙<&>"


def test_a_card_holds_the_contact():
    card = vcard(SITE.config, SITE.unit_of["mou-ju"]).decode()
    assert "\r\nTEL;VALUE=uri;TYPE=work,voice:tel:+861012345678\r\n" in card
    assert "\r\nADR:;;某路1号；二楼;;;100020;中国\r\n" in card
    assert card.startswith("BEGIN:VCARD\r\nVERSION:4.0\r\n")


def test_lines_of_cards_and_calendars_are_folded_between_characters():
    unit = site_of([notice(1, name="长" * 90, contact=Contact(phones=("1",)))]).units[0]
    raw = vcard(SITE.config, unit)
    assert max(len(line) for line in raw.split(b"\r\n")) <= 75
    assert "FN:" + "长" * 90 in raw.replace(b"\r\n ", b"").decode()


def test_a_calendar_has_an_event_a_deadline():
    text = calendar(SITE.config, "期限", SITE.deadlines, SITE.as_of).decode()
    assert text.count("BEGIN:VEVENT") == len(SITE.deadlines) > 0
    assert "DTSTART;VALUE=DATE:20241031\r\nDTEND;VALUE=DATE:20241101\r\n" in text


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("0596-5835406", "+865965835406"),
        ("0913—5522185", "+869135522185"),
        ("（010）12345678", "+861012345678"),
        ("０１０－１２３４", "+86101234"),
        ("8612345678", "8612345678"),
        ("+86 10 12345678", "+861012345678"),
        ("13800000000", "+8613800000000"),
        ("12345", "12345"),
        ("0596-5835406转8012", "+865965835406;ext=8012"),
        ("见官网", ""),
    ],
)
def test_dialled(printed, number):
    assert dialled(printed) == number


def test_a_large_site_map_is_an_index(monkeypatch):
    monkeypatch.setattr("generator.data.catalogue._MAX_URLS", 2)
    found = sitemaps(SITE.config, [Address(path=f"{n}.html", changed=None) for n in range(5)])
    assert list(found) == ["sitemap.xml", "sitemap-1.xml", "sitemap-2.xml", "sitemap-3.xml"]
    assert found["sitemap.xml"].count(b"<sitemap>") == 3


def test_the_site_map_holds_every_page_with_the_date_of_its_content(built):
    pages = {path.relative_to(built[1]).as_posix() for path in built[1].rglob("index.html")}
    found = BeautifulSoup((built[1] / "sitemap.xml").read_bytes(), "xml").find_all("url")
    assert {url.loc.text.removeprefix("https://www.example.gov.cn/gk/") for url in found} == pages
    dates = {url.loc.text.split("/gk/")[1]: url.lastmod.text for url in found if url.lastmod}
    assert dates[f"notices/{notice(1).id}/index.html"] == "2024-08-01"


def test_the_catalogue_has_the_checksum_of_every_file(built):
    catalogue = json.loads((built[1] / "data/catalog.jsonld").read_text(encoding="utf-8"))
    listed = json.loads((built[1] / "manifest.json").read_text(encoding="utf-8"))["files"]
    files = [file for dataset in catalogue["dcat:dataset"] for file in dataset["dcat:distribution"]]
    assert len(files) == len(tables_files()) + len(book_files())
    for file in files:
        path = file["dcat:downloadURL"]["@id"].split("/gk/")[1]
        assert file["spdx:checksum"]["spdx:checksumValue"] == listed[path]["sha256"]
