"""校对 in a real browser: by keys and by mouse, back to the bytes of the import, in every state."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest

from generator.content.notice_file import read_notice
from tests.browser.guarded import faults_after, watch
from tests.browser.modes import _ALL, _AXE
from tests.browser.tools import tool
from tests.desk.tools import CENTRE, running, site_of

pytestmark = pytest.mark.browser
VERSION = "document.querySelector('#docin').dataset.version"


class Desk:
    """A desk with notice 002, and one who sits at it."""

    def __init__(self, desk, path, browser):
        self.desk, self.path, self._browser = desk, Path(path), browser
        self.address = f"http://127.0.0.1:{desk.local.port}{desk.base}n/{CENTRE}/"
        self.pages = []

    def open(self, page="proof", *, size=(1366, 768), script=True, watched=True):
        context = self._browser.new_context(
            viewport={"width": size[0], "height": size[1]}, bypass_csp=not watched, java_script_enabled=script
        )
        found = context.new_page()
        found.faults = []
        found.on("pageerror", lambda error: found.faults.append(str(error)))
        if script and watched:
            watch(found)
        found.set_default_timeout(20_000)
        found.goto(self.address + page)
        self.pages.append((found, script and watched))
        return found

    @property
    def bytes(self):
        return self.path.read_bytes()

    @property
    def notice(self):
        return read_notice(self.bytes.decode())[0]

    def close(self):
        faults = [
            fault for page, is_watched in self.pages for fault in (faults_after(page) if is_watched else page.faults)
        ]
        for page, _ in self.pages:
            page.context.close()
        assert faults == []


@pytest.fixture
def desk(tmp_path, chromium):
    path = site_of(tmp_path / "site")
    with running(tmp_path / "site", who="陈某") as found:
        one = Desk(found, path, chromium)
        yield one
        one.close()


def press(page, key):
    """Presses a key and waits until what it does is on the disk and on the page."""
    version = page.evaluate(VERSION)
    page.keyboard.press(key)
    page.wait_for_function(f"v => {VERSION} !== v", arg=version)


def mark(page, words):
    """Selects words of the notice, as a person does with the mouse or Shift and arrows.

    It scrolls there at one go, so that all of the page has to have its height.
    """
    page.wait_for_function("() => !document.querySelector('[data-early]')")
    found = page.evaluate(
        """words => {
          for (const p of document.querySelectorAll('.p')) {
            const from = p.children[1].textContent.indexOf(words);
            if (from < 0) continue;
            const walker = document.createTreeWalker(p.children[1], NodeFilter.SHOW_TEXT);
            const range = document.createRange();
            for (let node, at = 0; (node = walker.nextNode()); at += node.length) {
              const [start, end] = [from - at, from + words.length - at];
              if (start >= 0 && start < node.length) range.setStart(node, start);
              if (end > 0 && end <= node.length) range.setEnd(node, end);
            }
            p.scrollIntoView({block: 'center'});
            getSelection().removeAllRanges();
            getSelection().addRange(range);
            return true;
          }
          return false;
        }""",
        words,
    )
    assert found, words


def choose(page, words):
    """Makes the passage that begins with words the one at hand, by a click."""
    page.locator(".p", has_text=words).first.locator("> div").click(position={"x": 40, "y": 8})


ANSWER = "1.完善资料留存。"


def test_a_role_by_mouse(desk):
    page = desk.open()
    one = page.locator(".p", has_text=ANSWER).first
    one.locator(".role").click()
    menu = page.locator("#rolemenu")
    assert menu.is_visible()
    version = page.evaluate(VERSION)
    menu.get_by_text("问题表现").click()
    page.wait_for_function(f"v => {VERSION} !== v", arg=version)
    assert next(one for one in desk.notice.body if one.text.startswith(ANSWER)).role == "finding"


def test_what_is_looked_at_stands_at_the_same_height_on_both_sides(desk):
    page = desk.open()
    for number in (21, 2, 30):
        page.locator(".tally a").nth(number).click()
        middles = page.evaluate(
            """() => ['.srctext .is-on', '.p.is-on'].map(s => document.querySelector(s).getBoundingClientRect())
              .map(r => (r.top + r.bottom) / 2)"""
        )
        assert abs(middles[0] - middles[1]) < 40, (number, middles)


def test_a_status_by_mouse(desk):
    page = desk.open()
    page.locator(".tally a").nth(5).click()
    assert page.locator("#ctl [value=long-term]").is_checked()
    version = page.evaluate(VERSION)
    page.locator("#ctl label.ongoing").click()
    page.wait_for_function(f"v => {VERSION} !== v", arg=version)
    assert desk.notice.issues[5].status == "ongoing"
    assert page.locator(".tally a").nth(5).get_attribute("class").startswith("ongoing")


def test_selected_words_prove_a_status(desk):
    page = desk.open()
    mark(page, "目前我院对该问题已完成软件平台的搭建")
    assert page.locator("#selbar").is_visible()
    page.locator(".tally a").nth(21).click()
    mark(page, "以上问题需继续整改")
    press(page, "2")
    issue = desk.notice.issues[21]
    assert (issue.status, issue.status_quote) == ("ongoing", "以上问题需继续整改")


def test_a_deadline_is_read_from_selected_words(desk):
    page = desk.open()
    mark(page, "20257月底")
    before = desk.notice.issues[21].deadline
    assert before.iso == "2025-07-31"
    page.locator(".tally a").nth(21).click()
    mark(page, "20257月底")
    press(page, "q")
    assert desk.notice.issues[21].deadline.iso == "2025-07"
    assert "issues.i22.deadline" in desk.notice.inferred


def test_words_are_mended_only_by_an_erratum_with_a_reason(desk):
    page = desk.open()
    mark(page, "制约服务质")
    page.keyboard.press("e")
    page.fill("#er-n", "制约服务质量")
    assert page.locator("#er-d").inner_text().endswith("加 1 字，减 0 字")
    page.locator("#erf .btn--main").click()
    assert desk.notice.errata == ()  # no reason, no erratum
    page.fill("#er-w", "原件漏字，已向单位核实")
    version = page.evaluate(VERSION)
    page.locator("#erf .btn--main").click()
    page.wait_for_function(f"v => {VERSION} !== v", arg=version)
    [one] = desk.notice.errata
    assert "制约服务质量" in one.after
    assert "勘误、更正 1 处" in page.locator("#account").inner_text()
    assert "丢失 0" in page.locator("#account").inner_text()


def test_another_date_is_typed(desk):
    page = desk.open()
    page.keyboard.press("d")
    page.keyboard.type("2024-11-21")
    press(page, "Enter")
    assert desk.notice.inspection.start.iso == "2024-11-21"


def test_a_fact_by_its_button(desk):
    page = desk.open()
    page.locator(".facts summary", has_text="区委第六巡察组").click()
    page.fill(".facts details[open] [name=value]", "区委第七巡察组")
    version = page.evaluate(VERSION)
    page.locator(".facts details[open] button").click()
    page.wait_for_function(f"v => {VERSION} !== v", arg=version)
    assert desk.notice.inspection.inspector == "区委第七巡察组"


def test_a_mask_on_selected_words(desk):
    page = desk.open()
    mark(page, "未对该失职人员")
    page.keyboard.press("m")
    assert page.locator("#mk-o").inner_text() == "未对该失职人员"
    version = page.evaluate(VERSION)
    page.locator("#mkf .btn--main").click()
    page.wait_for_function(f"v => {VERSION} !== v", arg=version)
    [one] = desk.notice.masks
    assert one.value == "未对该失职人员"


def test_keys_are_dead_in_fields_and_while_composing(desk):
    page = desk.open()
    before = desk.bytes
    page.focus(".doubt:not([hidden]) [name=why]")
    page.keyboard.type("wxzt1y")
    assert "wxzt1y" in page.input_value(".doubt:not([hidden]) [name=why]")
    page.evaluate("document.activeElement.blur()")
    for how in ({"isComposing": True}, {"keyCode": 229}, {"altKey": True}, {"metaKey": True}):
        page.evaluate(
            "how => document.body.dispatchEvent(new KeyboardEvent('keydown', {code: 'KeyY', bubbles: true, ...how}))",
            how,
        )
    page.wait_for_timeout(400)
    assert desk.bytes == before


def test_keys_go_by_place_on_the_keyboard_not_by_what_they_type(desk):
    """A Chinese input method that is on sends another `key`."""
    page = desk.open()
    version = page.evaluate(VERSION)
    page.evaluate("document.body.dispatchEvent(new KeyboardEvent('keydown', {code: 'KeyY', key: '丫', bubbles: true}))")
    page.wait_for_function(f"v => {VERSION} !== v", arg=version)
    assert len(desk.notice.accepted) == 1


def unseeing(page):
    """The page does not hear in time what changes beside it; what it asks for when it is opened has come."""
    page.wait_for_function("() => !document.querySelector('[data-early]')")
    page.route("**/part", lambda route: route.fulfill(status=204))


def test_two_tabs(desk):
    one, other = desk.open(), desk.open()
    unseeing(other)
    press(one, "Enter")
    choose(other, ANSWER)
    press(other, "x")  # made for the version before, about other things
    assert "已接上" in other.locator("#toast").inner_text()
    assert len(desk.notice.accepted) == 1
    assert next(p for p in desk.notice.body if p.text.startswith(ANSWER)).role == "finding"


def test_a_double_click_does_it_once(desk):
    page = desk.open()
    version = page.evaluate(VERSION)
    page.locator(".doubt:not([hidden]) [data-take]").dblclick()
    page.wait_for_function(f"v => {VERSION} !== v", arg=version)
    page.wait_for_timeout(600)
    assert len(desk.notice.accepted) == 1


def test_a_conflict_is_a_band_and_nothing_is_lost(desk):
    page = desk.open()
    unseeing(page)
    page.locator(".tally a").nth(21).click()
    text = desk.bytes.decode()
    desk.path.write_text(text.replace("{#i22 .issue status=ongoing", "{#i22 .issue status=long-term"), "utf-8")
    page.locator("#ctl label.done").click()
    page.wait_for_selector("#conflict")
    assert desk.notice.issues[21].status == "long-term"
    assert "长期坚持" in page.locator("#conflict").inner_text()
    version = page.evaluate(VERSION)
    page.locator("#conflict .btn--main").click()
    page.wait_for_function(f"v => {VERSION} !== v", arg=version)
    assert desk.notice.issues[21].status == "done"


def test_without_an_answer_acts_are_shut_and_reading_goes_on(desk):
    page = desk.open()
    before = desk.bytes
    page.route("**/do", lambda route: route.abort())
    for _ in range(30):  # on a busy machine the first key may come before the page listens
        page.keyboard.press("Enter")
        page.wait_for_timeout(500)
        if page.locator("#offline:not([hidden])").count():
            break
    page.keyboard.press("j")
    assert "没有回应" in page.locator("#offline").inner_text()
    assert desk.bytes == before


def test_signatures_are_not_voided_unasked(desk):
    text = desk.bytes.decode()
    signed = "reviews:\n- step: 初审\n  name: 甲\n  date: 2025-11-28\n  words: " + "0" * 64 + "\n"
    desk.path.write_text(text.replace("source:\n", signed + "source:\n", 1), "utf-8")
    before = desk.bytes
    page = desk.open()
    choose(page, ANSWER)
    page.keyboard.press("x")
    page.wait_for_selector("#void:not([hidden])")
    assert desk.bytes == before
    version = page.evaluate(VERSION)
    page.locator("[data-void=go]").click()
    page.wait_for_function(f"v => {VERSION} !== v", arg=version)


@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080), (683, 384)])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(desk, size):
    page = desk.open(size=size, watched=False)
    page.evaluate(tool("axe-core/axe.min.js").read_text(encoding="utf-8"))
    panes = ["src", "doc", "rail"] if size[0] < 900 else [""]
    for pane in panes:
        if pane:
            page.locator(f".pick [value={pane}] + label").click()
        page.locator(".tally a").nth(2).dispatch_event("click")
        assert page.evaluate(_AXE, _ALL) == []
        assert not page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    page.keyboard.press("Shift+Slash")
    assert page.evaluate(_AXE, _ALL) == []


def test_without_script_all_of_it_is_forms(desk):
    page = desk.open(script=False)
    page.locator(".doubt:not([hidden]) [data-take]").click()
    assert len(desk.notice.accepted) == 1
    page.locator(".p", has_text=ANSWER).first.locator(".role").click()
    page.locator("#chosen select[name=role]").select_option("finding")
    page.locator("#chosen form").first.locator("button").click()
    assert next(one for one in desk.notice.body if one.text.startswith(ANSWER)).role == "finding"
    page.locator("[data-turn=undo]").click()
    assert next(one for one in desk.notice.body if one.text.startswith(ANSWER)).role == "response"


def test_names_for_a_screen_reader(desk):
    page = desk.open()
    names = {
        "region": ["原件，可滚动", "通报，可滚动", "疑点，可滚动"],
        "button": ["撤销", "重做", "上一个问题", "下一个问题", "采用 Enter", "原文如此 Y"],
        "navigation": ["38 个问题，点一格去看"],
        "radio": ["采用推定：巡察开始 2024-11-20"],
    }
    for role, said in names.items():
        for name in said:
            assert page.get_by_role(role, name=re.compile("^" + re.escape(name))).count(), (role, name)


def test_an_answer_that_comes_late_shows_nothing_older(desk):
    """Asked before an act was taken back, answered after it was done again: the version was the same both times."""
    page = desk.open()
    choose(page, ANSWER)
    press(page, "x")
    done = page.evaluate(VERSION)
    late, own = [], []

    def hold(into, route, is_wanted=True):
        if is_wanted and not into:
            into.append((route, route.fetch()))
        else:
            route.continue_()

    page.route("**/undo", lambda route: hold(own, route))
    page.route("**/part", lambda route: hold(late, route, bool(own) and done in route.request.post_data))
    page.keyboard.press("Control+z")
    until(page, lambda: own)
    page.evaluate("look()")  # as when the change of the file is heard of before the answer to the act
    page.wait_for_timeout(500)
    [(route, answer)] = own
    route.fulfill(response=answer)
    page.wait_for_function(f"v => {VERSION} !== v", arg=done)
    choose(page, ANSWER)
    press(page, "x")
    assert page.evaluate(VERSION) == done
    for route, answer in late:
        route.fulfill(response=answer)
    page.wait_for_timeout(500)
    assert page.evaluate(VERSION) == hashlib.sha256(desk.bytes).hexdigest() == done


def until(page, found):
    """Lets the page go on until something is found."""
    for _ in range(600):
        if found():
            return
        page.wait_for_timeout(50)
    raise AssertionError("it never came")
