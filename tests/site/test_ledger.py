"""The ledger: money and people as the words say them, and nothing summed twice."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from generator.base.diagnostics import Span
from generator.content.notice_file import read_notice
from generator.data.books import all_of
from generator.data.tables import LEDGER, NOTICES
from generator.model.money import amounts_in, statements_in
from generator.model.notice import Accountability, Inspection, IssueMarks, Passage
from generator.model.unpriced import unpriced_in
from generator.pages.ledger import ledger_pages, unit_ledger, yuan
from generator.pages.list_pages import record_links
from generator.site.ledger import ledger_of, ledgers_of
from generator.site.ledger_entries import UnpricedEntry
from generator.site.people import people_in
from tests.samples import DATE, HEAD, notice
from tests.site.test_site import site_of

AMOUNTS = [
    ("1969元", [(196900, "")]),
    ("2.56万元", [(2560000, "")]),
    ("11.05 万元", [(11050000, "")]),
    ("1.2亿元", [(12_000_000_000, "")]),
    ("1亿2000万元", [(12_000_000_000, "")]),
    ("1万2千元", [(1200000, "")]),
    ("1,234.56元", [(123456, "")]),
    ("１２．５万元", [(12500000, "")]),
    ("12，000元", [(1200000, "")]),
    ("十二万三千元", [(12300000, "")]),
    ("两千元", [(200000, "")]),
    ("三百零五元", [(30500, "")]),
    ("3元5角", [(350, "")]),
    ("人民币800元整", [(80000, "")]),
    ("近2000万元", [(2_000_000_000, "近")]),
    ("约3万元", [(3000000, "约")]),
    ("12万余元", [(12000000, "余")]),
    ("12余万元", [(12000000, "余")]),
    ("5万多元", [(5000000, "多")]),
    ("3万元左右", [(3000000, "左右")]),
    ("3至5万元", [(3000000, "至")]),
    ("500元-1000元", [(50000, "至")]),
    ("几十万元", []),
    ("数万元", []),
    ("上百万元", []),
    ("若干元", []),
    ("3万美元", []),
    ("元旦3天", []),
    ("2025年元月", []),
    ("0.0001元", []),
]


@pytest.mark.parametrize(("text", "expected"), AMOUNTS, ids=[row[0] for row in AMOUNTS])
def test_amounts_are_read_to_the_fen(text, expected):
    assert [(amount.fen, amount.mark) for amount in amounts_in(text)] == expected


SUMMED = [
    ("共清退超标准接待费1969元,并上缴国库。", [("refunded", 1969)]),
    ("已向原住户全部收回0.13万元,并于5月31日上缴财政。", [("recovered", 1300)]),
    ("违规发放的津补贴3万元，已全部清退。", [("refunded", 30000)]),
    ("未按规定发放的补贴3万元已全部清退。", [("refunded", 30000)]),
    ("将违规发放的3万元收回。", [("recovered", 30000)]),
    ("已将5万元退还给群众。", [("refunded", 50000)]),
    ("追缴违规资金十二万三千元。", [("recovered", 123000)]),
    ("追回违规支付的劳务费3万元。", [("recovered", 30000)]),
    ("清退津补贴5万元、接待费3万元。", [("refunded", 50000), ("refunded", 30000)]),
    ("补缴社保费12万元。", [("paid-in", 120000)]),
    ("核减工程款35.6万元。", [("saved", 356000)]),
    ("节约采购资金5万元。", [("saved", 50000)]),
    ("按要求退还群众800元。", [("refunded", 800)]),
    ("责令其整改，已退还3万元。", [("refunded", 30000)]),
]


@pytest.mark.parametrize(("text", "expected"), SUMMED, ids=[row[0] for row in SUMMED])
def test_money_that_was_moved_may_be_summed(text, expected):
    said = [(one.kind, one.amount.fen / 100) for one in statements_in(text) if not one.doubt]
    assert said == expected


@pytest.mark.parametrize(
    "text",
    [
        "涉及金额12万元，已全部追缴。",
        "涉及资金12万元。",
        "2021年预算安排经费800万元，已上缴报表。",
        "项目总投资200亿元。",
        "收回公房12套价值300万元。",
        "收回房屋后投入改造资金30万元。",
        "未上缴利息3万元。",
        "尚未清退3万元。",
        "没有清退3万元。",
        "拟清退3万元。",
        "将收回3万元。",
        "应退还3万元。",
        "责令退还3万元。",
        "责令某所将加油费2.56万元全额收回。",
        "要求其于月底前退还3万元。",
        "正在追缴3万元。",
        "预计节约50万元。",
        "尚有3万元未收回。",
        "年节省近2000万元。",
        "每人退还500元。",
        "退还500元/人。",
        "追回约12万元。",
        "收回欠款3至5万元。",
        "全市共节约采购资金13.85亿元。",
        "全县共清退违规资金50万元。",
        "罚款14起11.05万元。",
        "缴纳罚款3万元。",
        "材料退回重写，费用3万元。",
    ],
)
def test_what_says_less_is_never_summed(text):
    assert [one for one in statements_in(text) if not one.doubt] == []


@pytest.mark.parametrize("piece", ["元", "1", "1,234", "一", "约", "清退1元、", "上缴", "3至", "，"])
def test_cost_grows_with_the_length_alone(piece):
    text = piece * 20_000
    list(statements_in(text + "清退3万元"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("整理列出明细表,予以追缴。", ["追缴"]),
        ("退回多收费用；已收回会诊费用，并更正。", ["退回", "收回"]),
        ("对违规领取的津贴予以清退。", ["清退"]),
        ("已将多领的补贴全部追缴。", ["追缴"]),
        # with an amount it is another's
        ("清退补贴3万元。已全部追缴。", []),
        ("追回资金约5万。", []),
        # of something else
        ("清退借用人员3名。", []),
        ("追回两份验收手续。", []),
        ("密件全部收回。", []),
        ("推行清退预交金等便民举措。", []),
        ("收回经费使用权。", []),
        # ordered, planned, denied, a rule
        ("将协商退回费用。", []),
        ("责令其退还补助。", []),
        ("费用应予以清退。", []),
        ("未按规定清退补贴。", []),
        ("凡违规发放的补贴予以追缴。", []),
        ("建立追缴费用制度。", []),
        ("费用正在核实清退中。", []),
    ],
)
def test_money_that_is_moved_without_an_amount(text, expected):
    assert [one.verb for one in unpriced_in(text)] == expected


@pytest.mark.parametrize("piece", ["追缴", "费", "予以", "退回费", "1万"])
def test_cost_of_what_names_no_amount_grows_with_the_length_alone(piece):
    list(unpriced_in(piece * 20_000 + "予以追缴"))


def test_what_names_no_amount_is_shown_and_is_no_number():
    site = site_of([told("清退3万元。", "整理列出明细表,予以追缴。")])
    first, *_ = ledger_pages(site)
    assert [(row.name, row.cell.text) for row in first.value.money] == [
        ("清退", "30,000 元"),
        ("写了追缴、清退、退回，没写金额", "1 处"),
    ]
    at = first.value.money[-1].cell.href.partition("#e-")[2]
    (entry,) = [entry for entry in first.value.entries if entry.id == at]
    assert (entry.quote, entry.anchor, entry.is_counted) == ("整理列出明细表,予以追缴。", "i2", False)
    assert not ledgers_of(site_of([told("予以追缴。")]))["mou-ju"]


def test_no_words_about_persons_are_told_for_want_of_an_amount():
    named = Passage(words="对张三丰违纪款予以追缴。", role="accountability")
    item = told("清退3万元。")
    (unit,) = site_of([item.replace(body=(*item.body, named))]).units
    assert ledger_of(unit).unpriced == ()


def told(*answers, summary="", **more):
    """A notice whose issues are answered so."""
    body = [Passage(words="整改情况", label="一、", level=1, anchor="s1", **HEAD)]
    if summary:
        body.append(Passage(words=summary))
    for number, answer in enumerate(answers, 1):
        body += [
            Passage(words="某问题", label=f"{number}.", level=2, anchor=f"i{number}", marks=IssueMarks(), **HEAD),
            Passage(words="查出违规发放、未上缴的钱9万元，已清退7万元。", role="finding"),
            Passage(words=answer, role="response"),
        ]
    fields = {"accountability": None, "anomalies": (), "evidence": (), "inferred": ()}
    return notice(passages=tuple(body), **(fields | more))


TOTALS = [
    pytest.param(["清退3万元。", "收回5万元。"], "", 80000, id="different issues add up"),
    pytest.param(["清退3万元。"], "整改期间，共清退12万元。", 120000, id="the notice's total holds the issue's"),
    pytest.param(["清退3万元。", "清退3万元。"], "", 30000, id="the same number twice counts once"),
    pytest.param(["追回5万元，上缴财政3万元。"], "", 50000, id="paid in after it came back"),
    pytest.param(["追回5万元。已上缴财政5万元。"], "", 50000, id="paid in in the next sentence"),
    pytest.param(["共追回10万元，其中退还群众4万元。"], "", 100000, id="part of it"),
    pytest.param(["清退3万元。累计清退5万元。"], "", 50000, id="a total in the same issue"),
    pytest.param(["清退津补贴5万元、接待费3万元。"], "", 80000, id="two on one verb"),
    pytest.param(["上缴财政2万元。"], "", 20000, id="paid in alone"),
    pytest.param(["约追回3万元，追回2万元左右。"], "", None, id="nothing exact"),
    pytest.param(["加强管理。"], "", None, id="no money at all"),
]


@pytest.mark.parametrize(("answers", "summary", "expected"), TOTALS)
def test_what_may_be_told_twice_is_counted_once(answers, summary, expected):
    (unit,) = site_of([told(*answers, summary=summary)]).units
    ledger = ledger_of(unit)
    assert (ledger.returned and ledger.returned / 100) == expected
    assert all(entry.why for entry in ledger.money if not entry.is_counted)


def test_a_later_notice_of_the_same_inspection_counts_once():
    inspection = Inspection(feedback=DATE("2023-09-01"))
    first = told("清退3万元。", "收回1万元。", published="2024-01-01", inspection=inspection)
    later = replace(told("清退3.5万元。", inspection=inspection), id="later", published=DATE("2025-01-01"))
    (unit,) = site_of([first, later]).units
    assert ledger_of(unit).returned == 4_000_000
    other = later.replace(inspection=Inspection(feedback=DATE("2024-12-01")))
    (unit,) = site_of([first, other]).units
    assert ledger_of(unit).returned == 7_500_000


def test_people_are_counted_by_the_notice_and_named_nowhere():
    item = told(
        "对3名责任人进行诫勉谈话。拟对2名责任人约谈。", accountability=Accountability(people=5, actions=(("约谈", 2),))
    )
    site = site_of([item])
    ledger = ledger_of(site.units[0])
    assert (ledger.heads, ledger.measures) == (5, (("约谈", 2),))
    assert [(e.measure, e.count, e.is_counted) for e in ledger.people][2:] == [("诫勉谈话", 3, False)]


def test_a_measure_may_hold_any_sign():
    item = told("完成。", accountability=Accountability(people=None, actions=(("**(约谈", 2),)))
    item = item.replace(evidence=(("accountability", Span(0, 4)),))
    assert [(e.measure, e.count) for e in ledger_of(site_of([item]).units[0]).people] == [("**(约谈", 2)]


def test_the_words_about_persons_are_in_no_table():
    named = Passage(words="收缴张三丰违纪款3万元，对张三丰给予诫勉谈话。", role="accountability")
    item = told("完成。")
    site = site_of([notice(passages=(*item.body, named), accountability=None, anomalies=(), evidence=())])
    rows = [row for part in all_of(site).units for row in LEDGER.rows_of(part)]
    assert rows
    assert "张三丰" not in str(rows)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("诫勉谈话5人，通报批评3人。", [("诫勉谈话", 5), ("通报批评", 3)]),
        ("对6名卫生监督员逐一进行谈话提醒。", [("谈话提醒", 6)]),
        ("约谈负责人。", []),
        ("警告19起。", []),
        ("拟对3人进行约谈。", []),
    ],
)
def test_people_in_a_sentence(text, expected):
    assert [(one.measure, one.times) for one in people_in(text)] == expected


def test_every_cell_leads_to_its_sentence():
    site = site_of(
        [told("清退3万元。", "收回约5万元。"), replace(told("节约2元。"), id="x", published=DATE("2022-01-01"))]
    )
    pages = list(ledger_pages(site))
    assert [page.path for page in pages][:2] == ["ledger/index.html", "ledger/110000/index.html"]
    for page in pages:
        ids = {f"{page.path}#e-{entry.id}" for entry in page.value.entries}
        cells = [cell for table in page.value.tables for row in table.rows for cell in row.cells]
        assert {cell.href for cell in cells if cell.href} <= ids
        assert all(any(cell.href for cell in column) for table in page.value.tables for column in _columns(table))
    table = unit_ledger(site, site.units[0])
    assert {cell.href for row in table.rows for cell in row.cells if cell.href} >= {
        f"notices/{told().id}/index.html#i1"
    }


def test_every_table_tells_of_what_its_sums_leave_out():
    """Of a table's rows, of its last line and of the box above it the same number of places is told."""
    for site in (
        site_of([told("清退3万元。", "收回2万元，收回约5万元。"), replace(told("收回约2元。"), id="x")]),
        site_of(own_notices()),
    ):
        page = next(ledger_pages(site)).value
        off = sum(not entry.is_counted for entry in page.entries if not isinstance(entry, UnpricedEntry))
        assert off > 1
        for table in page.tables:
            assert sum(map(_left_out, (cell for row in table.rows for cell in row.cells))) == off
            assert not table.total or sum(map(_left_out, table.total)) == off


def own_notices():
    files = sorted((Path(__file__).parents[2] / "content/notices").rglob("*.md"))
    return [read_notice(file.read_text("utf-8"), file.name)[0] for file in files]


def _left_out(cell):
    alone = re.fullmatch(r"另列 (\d+) 处", cell.text)
    return int(alone[1]) if alone else cell.beside


def _columns(table):
    return list(zip(*(row.cells for row in table.rows), strict=True))


def test_a_site_without_money_or_people_has_no_ledger():
    site = site_of([told("加强管理。")])
    assert list(ledger_pages(site)) == []
    assert "账本" not in [link.text for link in record_links(site)]
    assert unit_ledger(site, site.units[0]) is None
    assert not ledgers_of(site)[site.units[0].unit.id]


def test_the_column_of_money_is_what_can_be_summed():
    at = [column.name for column in NOTICES.columns].index("stated_money")
    (item,) = site_of([told("清退1,234.56元。")]).notices
    assert NOTICES.rows_of(item)[0][at] == 1234.56


def test_yuan_are_printed_to_the_fen():
    assert [yuan(fen) for fen in (0, 5, 196900, 138500000005)] == ["0", "0.05", "1,969", "1,385,000,000.05"]
