"""The file is edited by hand while its page is open: what is shown, what is done, and that nothing is lost."""

from __future__ import annotations

import pytest

from generator.content.notice_file import write_notice
from tests.desk.browser.test_proofing import VERSION, Desk, unseeing
from tests.desk.browser.test_structure import TITLE, passage, settled
from tests.desk.tools import CENTRE, running
from tests.samples import make_site, notice

pytestmark = pytest.mark.browser
FOUND = "2023年只开会一次<b>。"


@pytest.fixture
def desk(tmp_path, chromium):
    with running(make_site(tmp_path / "site", [notice()]), who="陈某") as found:
        [path] = (found.site / "content/notices").rglob("*.md")
        one = Desk(found, path, chromium)
        one.address = one.address.replace(CENTRE, path.stem)
        yield one
        one.close()


def edit(desk, old, new):
    text = desk.bytes.decode()
    assert old in text
    desk.path.write_text(text.replace(old, new), "utf-8")
    return desk.bytes


def status(page, name):
    """Sets the status of the second issue."""
    passage(page, TITLE).locator("> div").click(position={"x": 20, "y": 8})
    page.locator(f"#ctl label.{name}").click()


def said(page, words):
    page.locator("#toast", has_text=words).wait_for()
    page.evaluate("document.querySelector('#toast').textContent = ''")


def test_an_edit_beside_the_open_page_is_shown_at_once_and_the_next_act_keeps_it(desk):
    page = desk.open()
    settled(page, lambda: edit(desk, "county: 朝阳区", "county: 海淀区"))
    assert "已接上，都在" in page.locator("#outside").inner_text()
    settled(page, lambda: status(page, "done"))
    assert desk.notice.unit.region.county == "海淀区"
    assert desk.notice.issues[1].status == "done"

    other = desk.open()  # what another tab does is no edit from outside
    version = page.evaluate(VERSION)
    settled(other, lambda: status(other, "unstated"))
    page.wait_for_function(f"v => {VERSION} !== v", arg=version)
    assert page.locator("#outside").count() == 0


def test_an_edit_that_the_page_has_not_seen_yet(desk):
    """Unrelated: the act is joined on. The same passage: a band, the file stays, and the act can be sent on."""
    page = desk.open()
    unseeing(page)
    edit(desk, "county: 朝阳区", "county: 海淀区")
    settled(page, lambda: status(page, "done"))
    said(page, "已接上编辑台外的改动")
    assert (desk.notice.unit.region.county, desk.notice.issues[1].status) == ("海淀区", "done")

    edited = edit(desk, "采购程序不规范", "采购程序不够规范")
    page.locator("#ctl label.unstated").click()
    page.locator("#conflict").wait_for()
    assert desk.bytes == edited
    assert all(words in page.locator("#conflict").inner_text() for words in ("采购程序不规范", "采购程序不够规范"))
    settled(page, lambda: page.locator("#conflict .btn--main").click())
    assert desk.notice.issues[1].status == "unstated"
    assert "采购程序不够规范" in desk.notice.text


def test_a_file_that_breaks_goes_and_comes_back_as_another(desk):
    page = desk.open()
    page.set_default_timeout(120_000)
    good = desk.bytes
    broken = edit(desk, "review: draft", "review: [")
    said(page, "不是合格的 YAML")
    status(page, "done")
    said(page, "不是合格的 YAML")
    assert desk.bytes == broken

    other = desk.open()  # a page that cannot be shown says so, and opens once the file is mended
    other.get_by_text("内容文件读不懂").wait_for()
    desk.path.write_bytes(good)
    other.wait_for_selector("#docin")
    desk.path.unlink()
    said(page, "没有这份通报")
    status(page, "done")
    said(page, "没有这份通报")
    assert not desk.path.exists()

    other = write_notice(notice().replace(title="另一份", body=notice().body[:6]))
    settled(page, lambda: desk.path.write_text(other, "utf-8"))
    page.locator("#outside").wait_for()
    assert page.locator(".issue").count() == 0
    settled(page, lambda: desk.path.write_bytes(good))
    settled(page, lambda: status(page, "done"))
    assert desk.notice.issues[1].status == "done"
