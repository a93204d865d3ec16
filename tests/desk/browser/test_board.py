"""待办 in a real browser: drag and drop, the list that grows, without script, accessible in every state."""

from __future__ import annotations

import signal
from contextlib import closing

import pytest
from playwright.sync_api import expect

from tests.desk.browser.conftest import seated
from tests.desk.test_board import NEAR, WORDS
from tests.desk.tools import program
from tests.samples import make_site, notice, put_notice

pytestmark = pytest.mark.browser

DROP = """files => {
  const data = new DataTransfer();
  for (const [name, text] of files) data.items.add(new File([text], name));
  for (const type of ['dragover', 'drop'])
    document.body.dispatchEvent(new DragEvent(type, {dataTransfer: data, bubbles: true, cancelable: true}));
}"""


def test_files_are_dropped_and_each_is_told_of(seat):
    page = seat.open()
    page.wait_for_selector("#rows .work")
    page.evaluate(DROP, [["水务局.txt", WORDS], ["公告.txt", NEAR], ["坏.docx", "PK\x03\x04"]])
    page.wait_for_selector("#files .ico.ok")
    seat.until("document.querySelectorAll('#files .ico.red').length == 2")
    assert page.locator("#files li", has_text="公告.txt").inner_text().count("没有收下") == 1
    seat.until("document.querySelector('#toast').textContent.includes('3 个文件')")
    page.locator("#files li", has_text="公告.txt").get_by_role("button", name="仍要收下").click()
    seat.until("document.querySelectorAll('#files .ico.ok').length == 2")
    assert seat.check() == []


def test_an_answer_that_comes_late_shows_nothing_older(seat, site):
    """Two changes within a moment, and what was asked after the first is answered last."""
    page, held = seat.open(), []
    page.wait_for_selector("#rows .work")

    def hold(route):
        held.append((route, route.fetch()))
        if len(held) > 1:
            route.fulfill(response=held[-1][1])

    page.route("**/?parts*", hold)
    page.evaluate("fresh()")
    while not held:
        page.wait_for_timeout(50)
    put_notice(site, notice(9, unit="ganglai", name="刚来某局党组"))
    page.evaluate("later()")
    page.wait_for_timeout(800)
    held[0][0].fulfill(response=held[0][1])
    page.locator("#rows", has_text="刚来某局党组").wait_for()
    page.wait_for_timeout(500)
    assert "刚来某局党组" in page.locator("#rows").inner_text()


def test_without_script_a_form_does_the_same(plain, tmp_path):
    page = plain.open()
    (tmp_path / "水务局.txt").write_text(WORDS, encoding="utf-8")
    (tmp_path / "公告.txt").write_text(NEAR, encoding="utf-8")
    page.set_input_files("#drop-file", [tmp_path / "水务局.txt", tmp_path / "公告.txt"])
    page.get_by_role("button", name="导入", exact=True).click()
    expect(page.locator("#files .ico.ok")).to_have_count(1)
    page.get_by_role("button", name="仍要收下").click()
    expect(page.locator("#files .ico.ok")).to_have_count(2)
    page.get_by_label("按单位、标题查").fill("水务局")
    page.get_by_role("button", name="查").click()
    expect(page.locator(".work > li")).to_have_count(1)


@pytest.mark.parametrize("state", ["some", "filtered to none", "empty", "broken", "settings broken"])
def test_every_state_is_accessible_and_fits(seat, site, state, tmp_path):
    if state == "empty":
        for path in (site / "content/notices").rglob("*.md"):
            path.unlink()
    if state == "broken":
        next((site / "content/notices").rglob("*.md")).write_text("---\n[", encoding="utf-8")
    if state == "settings broken":
        (site / "site.yml").write_text("name: [", encoding="utf-8")
    seat.open("?words=nothing" if state == "filtered to none" else "")
    assert seat.check() == []


def test_keys_work_by_position_and_are_dead_in_fields_and_while_composing(seat):
    page = seat.open()
    page.wait_for_selector("#f-words")
    fire = "([code, more]) => document.body.dispatchEvent(new KeyboardEvent('keydown', {code, bubbles: true, ...more}))"
    focused = "document.activeElement.id"
    for more in ({"isComposing": True}, {"keyCode": 229}, {"altKey": True}, {"metaKey": True}):
        page.evaluate(fire, ["KeyF", more])
        assert page.evaluate(focused) != "f-words"
    page.evaluate(fire, ["KeyF", {"key": "Process"}])
    assert page.evaluate(focused) == "f-words"
    page.keyboard.type("f?")
    assert page.input_value("#f-words") == "f?"
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("Shift+Slash")
    assert page.get_by_role("dialog").is_visible()
    assert seat.check() == []
    page.keyboard.press("Escape")
    assert page.get_by_role("dialog").count() == 0


def test_hostile_words_do_nothing(seat, site):
    from tests.desk.test_board import HOSTILE  # noqa: PLC0415

    make_site(site, [notice(9, title=HOSTILE, name=HOSTILE)])
    page = seat.open()
    page.evaluate(DROP, [[HOSTILE.replace("/", "_"), "x"]])
    page.wait_for_selector("#files .ico.red")
    assert seat.check() == []


def test_a_page_tells_when_the_desk_ends_keeps_what_it_shows_and_finds_it_again(chromium, site):
    with program(site, who="陈某") as desk, closing(seated(chromium, desk)) as opened:
        seat = next(opened)
        page = seat.open()
        page.wait_for_selector("#rows .work")
        rows = page.locator("#rows").inner_text()
        desk.process.send_signal(signal.SIGINT)
        page.get_by_text("编辑台没有回应").wait_for()
        assert page.locator("#rows").inner_text() == rows
        assert [fault for fault in seat.check() if "net::ERR_" not in fault] == []
        desk.process.wait(60)
        with program(site, who="陈某", port=desk.local.port, key=desk.local.key):
            page.get_by_text("编辑台没有回应").wait_for(state="hidden")
