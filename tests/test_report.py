"""The release report: complete for every code, and what is about the whole of a notice is found."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

import pytest

from generator.base.diagnostics import Diagnostic, Severity
from generator.base.shipped import shipped
from generator.content.journal import note_import
from generator.editorial.acceptance import Finding
from generator.editorial.advice import ADVICE
from generator.editorial.checks import check
from generator.editorial.report import Report, as_html
from generator.model.decisions import Correction, Mask, Withdrawal
from generator.model.notice import Contact, Edit, PartialDate, Passage
from tests.samples import make_site, notice

DAY = PartialDate.parse("2025-12-01")


def documented():
    text = (shipped("templates").parent / "docs/diagnostics.md").read_text(encoding="utf-8")
    return set(re.findall(r"^\| `([a-z0-9-]+)`", text, re.MULTILINE))


def test_every_documented_code_has_chinese_advice_and_no_other():
    assert set(ADVICE) == documented()
    for advice in ADVICE.values():
        assert advice.name
        assert advice.remedy.endswith("。")


def found(tmp_path, item):
    make_site(tmp_path, [item])
    return check(tmp_path, day=dt.date(2025, 12, 1)).findings


def codes(tmp_path, item):
    quiet = {"placeholder", "draft", "stated-differs", "source-unproved", "fact-unproved", "fact-contradicts"}
    return [one.diagnostic.code for one in found(tmp_path, item) if one.diagnostic.code not in quiet]


def plain(**more):
    return notice(1, **({"anomalies": (), "contact": Contact(phones=("010-12345678",))} | more))


PHONE = "13800138000"


@pytest.mark.parametrize(
    ("item", "wanted"),
    [
        (plain(), []),
        (plain(title=f"关于{PHONE}的通报"), ["personal-mobile"]),
        (plain(metadata=(("经办", PHONE),)), ["personal-mobile"]),
        (plain(edits=(Edit(kind="x", line=1, before=f"编辑 {PHONE}", after="", start=0),)), ["personal-mobile"]),
        (plain(corrections=(Correction(date=DAY, what="电话", why=PHONE),)), ["personal-mobile"]),
        (plain(metadata=(("经办", PHONE),), masks=(Mask(kind="mobile", why="x"),)), []),
        (plain(metadata=(("经办", PHONE),), withdrawn=Withdrawal(date=DAY, why="x")), []),
        (plain(title=PHONE, withdrawn=Withdrawal(date=DAY, why="x")), ["personal-mobile"]),
        (plain(contact=Contact(phones=(PHONE,), emails=("a@126.com",))), ["contact-mail", "contact-mobile"]),
        (plain(masks=(Mask(kind="other", value="没有的字", why="x"),)), ["mask-idle"]),
        (plain(corrections=(Correction(date=DAY, what="", why="", before="甲", after="乌"),)), ["correction-unproved"]),
        (plain(corrections=(Correction(date=DAY, what="x", why="x", before="甲", after="长期坚持。"),)), []),
    ],
    ids=[
        "nothing", "title", "metadata", "edits", "correction", "masked", "withdrawn", "withdrawn-title", "contact",
        "idle", "unproved", "proved",
    ],
)  # fmt: skip
def test_what_stands_beside_the_words_is_looked_at_too(tmp_path, item, wanted):
    assert sorted(codes(tmp_path, item)) == wanted


@pytest.mark.parametrize(
    ("published", "imported", "wanted"),
    [
        ("2024-08-01", "2024-08-01", []),
        ("2024-08-02", "2024-08-01", ["date-ahead"]),
        ("2042-08-01", "2024-08-02", ["date-ahead"]),
        ("2024-08", "2024-08-01", []),
        ("2024-09", "2024-08-31", ["date-ahead"]),
        ("2042-08-01", None, []),
    ],
)
def test_a_day_behind_that_of_the_import_is_doubted(tmp_path, published, imported, wanted):
    item = plain(published=published)
    make_site(tmp_path, [item])
    if imported:
        note_import(tmp_path, item.id, PartialDate.parse(imported))
    said = [one.diagnostic for one in check(tmp_path, day=dt.date(2099, 12, 1)).findings]
    assert [one.code for one in said if one.code == "date-ahead"] == wanted
    assert all(one.line for one in said if one.code == "date-ahead")
    assert not any(one.severity is Severity.ERROR for one in said if one.code == "date-ahead")


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("身份证11010519491231002X。", ["personal-id"]),
        ("编号110105194912310021。", []),
        ("卡6222021111111113。", ["personal-card"]),
        ("卡6222021111111114。", []),
        ("账号：12345678901。", ["personal-card"]),
        ("电话138-0013-8000。", ["personal-mobile"]),
        ("文号13800138000123。", []),
        ("现住3栋201室。", ["personal-address"]),
        ("涉及32户、3号文件。", []),
        ("护照G12345678。", ["personal-passport"]),
        ("公车京A12345。", ["personal-plate"]),
        ("公车闽AD12345。", ["personal-plate"]),
        ("信箱wang@example.cn。", ["personal-email"]),
        ("微信号：wang_12345。", ["personal-account"]),
        ("患者王小明，投诉。", ["personal-name"]),
        ("患者高度评价，蔡某投诉。", []),
    ],
)
def test_personal_data_is_proved_by_check_digits(tmp_path, words, wanted):
    body = (*notice(1).body[:8], Passage(words=words, role="finding"), *notice(1).body[8:])
    assert codes(tmp_path, plain(passages=body)) == wanted


def test_a_finding_is_told_with_place_and_quote(tmp_path):
    body = (*notice(1).body[:8], Passage(words="住3栋201室。", role="finding"), *notice(1).body[8:])
    said = next(
        one.diagnostic for one in found(tmp_path, plain(passages=body)) if one.diagnostic.code == "personal-address"
    )
    lines = next(tmp_path.rglob("*.md")).read_text("utf-8").split("\n")
    assert (said.severity, said.quote, said.column) == (
        Severity.ERROR,
        "3栋201室",
        lines[said.line - 1].index("3栋") + 1,
    )


def test_hostile_words_are_words_in_the_report():
    nasty = "</dd><script>alert(1)</script>{{ 7*7 }}"
    said = Diagnostic(code="value", file=nasty, message=nasty, quote=nasty)
    report = Report(site=nasty, day=dt.date(2025, 12, 1), findings=(Finding(diagnostic=said),))
    html = as_html(report)
    assert "<script" not in html
    assert html.count("&lt;script&gt;alert(1)&lt;/script&gt;{{ 7*7 }}") == 5
    assert "可以发布" in as_html(replace(report, findings=()))
