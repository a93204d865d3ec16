"""校对 of a long notice: the part at hand and its neighbours are on the page, and the tally leads to the others."""

from __future__ import annotations

from typing import NamedTuple

import pytest
from playwright.sync_api import expect

from generator.content.notice_file import read_notice
from generator.desk import long_notice
from tests.desk.browser.test_proofing import Desk, press
from tests.desk.tools import CENTRE, post, running, site_of

pytestmark = pytest.mark.browser
SEEN = "[...document.querySelectorAll('.p')].map(p => +p.dataset.s)"
LINES = "[...document.querySelectorAll('#srcin [data-line]')].map(e => +e.dataset.line)"
AT = "+document.querySelector('.p.is-on').dataset.s"
IS_IN_VIEW = """(() => {
  const [p, pane] = ['.p.is-on', '#doc'].map(s => document.querySelector(s).getBoundingClientRect());
  return p.top >= pane.top && p.top <= pane.bottom;
})()"""


@pytest.fixture
def desk(tmp_path, chromium, monkeypatch):
    """A desk for which notice 002 is long, and is cut into some ten parts."""
    monkeypatch.setattr(long_notice, "LONG", 5_000)
    monkeypatch.setattr(long_notice, "PART", 900)
    path = site_of(tmp_path / "site")
    with running(tmp_path / "site", who="陈某") as found:
        one = Desk(found, path, chromium)
        yield one
        one.close()


def test_the_part_at_hand_and_its_neighbours(desk):
    before, notice = desk.bytes, desk.notice
    page = desk.open()
    first, last = page.evaluate(SEEN), notice.issues[-1]
    assert len(first) < len(notice.body) / 2
    page.locator(".tally a").last.click()
    page.wait_for_selector(f".issue.is-cur[data-id={last.id}] #ctl")
    assert not set(first) & set(page.evaluate(SEEN))
    assert min(page.evaluate(LINES)) > 10
    press(page, "4")  # an act on this part changes the whole file, and this part stays
    assert desk.notice.issues[-1].status == "unstated"
    assert page.locator(f".issue.is-cur[data-id={last.id}]").get_attribute("data-status") == "unstated"
    press(page, "Control+z")
    assert desk.bytes == before

    page.locator(".tally a").first.click()  # to read on brings what comes next, and what is read stays where it is
    page.wait_for_function(f"first => {SEEN}.includes(first)", arg=notice.starts[notice.issues[0].at])
    page.locator(".p").first.locator("> div").click(position={"x": 40, "y": 8})
    end = int(page.locator("#docin").get_attribute("data-to"))
    while page.evaluate(AT) < end:
        page.keyboard.press("Shift+ArrowDown")
    page.wait_for_function("end => +document.querySelector('#docin').dataset.from === end", arg=end)
    assert page.evaluate(AT) >= end
    assert page.evaluate(IS_IN_VIEW)

    keys = page.evaluate("[...document.querySelectorAll('#qopen li')].map(e => e.dataset.d)")
    away = next(key for key in reversed(keys) if not page.locator(f"#d{key}").count())
    page.locator(f".queue li[data-d='{away}'] a").click()
    page.wait_for_selector(f"#d{away}:not([hidden])")
    page.wait_for_selector(f"mark.d[data-d='{away}'].is-on")


def test_without_script_links_lead_on(desk):
    page = desk.open(script=False)
    page.get_by_role("link", name="再往后").click()
    expect(page.get_by_role("link", name="再往前")).to_have_count(1)  # a page is shown before all of it has come
    part = post(desk.desk, f"n/{CENTRE}/part", {"from": 9000, "to": 9000}, script=True).text
    assert "<html" not in part
    assert desk.notice.issues[-1].title in part


class Item(NamedTuple):
    start: int


def test_a_notice_is_cut_between_issues_and_nothing_is_left_out(desk):
    notice, _ = read_notice(desk.bytes.decode())
    items = [Item(start) for start in notice.starts]
    shown, place = [], 0
    while place is not None:
        part = long_notice.part_at(items, len(notice.text), place, place)
        assert part.span.start <= place < part.span.end
        shown += [one.start for one in items if one.start in range(part.span.start, part.span.end)]
        place = part.span.end if part.span.end <= notice.starts[-1] else None
    assert shown == list(notice.starts)
    whole = long_notice.part_at(items, 5_000, 0, 0)
    assert (whole.items, whole.is_cut) == (slice(0, len(items)), False)
