"""遮盖, 历史, 更正 and the printed pages in a real browser: axe finds nothing, nothing scrolls sideways, keys do it."""

from __future__ import annotations

import shutil

import pytest

from tests.browser.modes import _ALL, _AXE, _OF_LOOK, _TOO_WIDE
from tests.browser.tools import tool
from tests.desk.browser.test_proofing import VERSION, Desk, mark, press
from tests.desk.test_masking import NAME, item
from tests.desk.test_sheets import site as word_site  # noqa: F401  a fixture
from tests.desk.tools import CENTRE, running, site_of
from tests.samples import make_site

pytestmark = pytest.mark.browser
SIZES = ((1366, 768), (1920, 1080), (683, 384))


@pytest.fixture
def desk(tmp_path, chromium):
    path = site_of(tmp_path / "site")
    with running(tmp_path / "site", who="陈某") as found:
        one = Desk(found, path, chromium)
        yield one
        one.close()


@pytest.fixture
def private(tmp_path, chromium):
    """A desk with a notice in which a patient is named."""
    site = make_site(tmp_path / "site", [item()])
    [path] = (site / "content/notices").rglob("*.md")
    with running(site, who="陈某") as found:
        one = Desk(found, path, chromium)
        one.address = one.address.replace(CENTRE, path.stem)
        yield one
        one.close()


def faults(page):
    """What axe finds and what scrolls sideways, at three sizes."""
    page.evaluate(tool("axe-core/axe.min.js").read_text(encoding="utf-8"))
    found = []
    for number, (width, height) in enumerate(SIZES):
        page.set_viewport_size({"width": width, "height": height})
        found += page.evaluate(_AXE, _OF_LOOK if number else _ALL)
        found += ["too wide"] if page.evaluate(_TOO_WIDE) else []
    return found


def test_masks_by_keys_with_their_proof(private):
    page = private.open("mask")
    seen = "document.querySelector('#seenin').dataset.version"
    version = page.evaluate(seen)
    page.keyboard.press("Enter")
    page.wait_for_function(f"v => {seen} !== v", arg=version)
    assert private.notice.masks[0].value == NAME
    page.wait_for_selector("#strip[data-done] h2:has-text('证明')", timeout=60_000)
    assert page.locator(".m").first.get_attribute("aria-label").startswith("已遮盖：王某")
    assert not page.locator(".m s").first.is_visible()
    page.keyboard.down("v")
    assert page.locator(".m s").first.is_visible()
    page.keyboard.up("v")
    version = page.evaluate(seen)
    page.keyboard.press("Control+z")
    page.wait_for_function(f"v => {seen} !== v", arg=version)
    assert private.notice.masks == ()


def test_masks_without_script(private):
    page = private.open("mask", script=False)
    page.locator(".doubt:not([hidden]) [data-take]").click()
    assert private.notice.masks[0].value == NAME
    assert page.url.endswith("/mask")


def test_axe_finds_nothing_in_masks(private):
    page = private.open("mask", watched=False)
    page.wait_for_selector("#strip[data-done]", timeout=60_000)
    assert faults(page) == []


def test_history_by_keys(desk):
    page = desk.open()
    press(page, "Enter")
    press(page, "Enter")
    page.goto(desk.address + "history")
    assert page.locator(".act").count() == 3
    page.locator("[name=a]").nth(1).check()
    page.get_by_role("button", name="比较选中的两版").click()
    assert page.locator(".cmp").inner_text().count("接受的疑点") == 1
    page.locator(".restore summary").click()
    page.locator(".restore form button").click()
    assert len(desk.notice.accepted) == 1


@pytest.mark.parametrize("where", ["history", "history?all=1", "correct", "correct?how=news", "correct?how=withdraw"])
def test_axe_finds_nothing(desk, where):
    page = desk.open()
    press(page, "Enter")
    page.context.close()
    desk.pages.pop()
    assert faults(desk.open(where, watched=False)) == []


@pytest.mark.office
def test_the_printed_pages_stand_beside_the_notice(word_site, chromium):  # noqa: F811
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not installed")
    [path] = (word_site / "content/notices").rglob("*.md")
    with running(word_site, who="陈某") as found:
        one = Desk(found, path, chromium)
        one.address = one.address.replace(CENTRE, path.stem)
        page = one.open(watched=False)
        page.wait_for_selector("#sheets .sheet", timeout=90_000)
        assert page.locator("#views").is_visible()
        page.locator(".sheet .ln").nth(6).click(force=True)
        assert page.locator(".p.is-on").count() == 1
        page.keyboard.press("v")
        assert page.locator("#srctext").is_visible()
        assert faults(page) == []
        one.close()


def test_words_marked_with_the_mouse_can_be_masked_from_proofing(desk):
    page = desk.open()
    mark(page, "未对该失职人员")
    page.locator("#selbar [data-key=KeyM]").click()
    version = page.evaluate(VERSION)
    page.locator("#mkf .btn--main").click()
    page.wait_for_function(f"v => {VERSION} !== v", arg=version)
    assert desk.notice.masks[0].value == "未对该失职人员"
