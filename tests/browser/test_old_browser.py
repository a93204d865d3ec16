"""Key pages, filters, search and print in a real Chromium 88."""

import base64
import platform

import pypdfium2
import pytest

from tests.browser.old import OldChromium
from tests.browser.test_pages import FULL
from tests.browser.tools import tool

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    if platform.machine() != "x86_64":
        pytest.skip("the old Chromium is a program for x86-64")
    found = OldChromium(tool("chrome-aws-lambda/bin/chromium.br"), tmp_path_factory.mktemp("old"))
    yield found
    found.close()


@pytest.fixture
def old(browser):
    browser.faults.clear()
    yield browser
    assert browser.faults == []


SHOWN = "[...document.querySelectorAll('%s')].filter(e => e.getClientRects().length).length"

PAGES = [
    "",
    FULL,
    "notices/",
    "units/",
    "issues/",
    "contacts/",
    "deadlines/",
    "regions/110105/",
    "progress/",
    "regions/",
    "data/",
    "search/",
]


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("width", [390, 1280])
def test_a_page_has_its_style_and_fits(old, site, path, width):
    old.open(site + path.removesuffix("index.html"), width)
    assert old.value("getComputedStyle(document.querySelector('.nav')).borderBottomStyle") == "solid"
    assert old.value("getComputedStyle(document.querySelector('.masthead')).display") == "flex"
    assert old.value("document.documentElement.scrollWidth") <= width
    icons = "[...document.querySelectorAll('svg:not([role=img])')]"
    assert old.value(f"Math.max(...{icons}.map(e => e.getBoundingClientRect().height))") < 60
    assert old.value(
        "[...document.querySelectorAll('.wrap')].every(e => parseFloat(getComputedStyle(e).paddingLeft) >= 8)"
    )


def test_the_filter_of_a_notice(old, site):
    old.open(site + FULL)
    assert old.value(SHOWN % ".issue") == 3
    old.press("[for=st-ongoing]")
    assert old.value(SHOWN % ".issue") == 1
    old.press("[for=st-all]")
    old.press("[for=titles]")
    assert old.value(SHOWN % ".issue__rows") == 0


def test_large_type_and_high_contrast(old, site):
    old.open(site)
    old.press("[for=size-xl]")
    assert old.value("getComputedStyle(document.querySelector('.lead')).fontSize") == "30px"
    old.press("[for=contrast]")
    assert old.value("getComputedStyle(document.body).backgroundColor") == "rgb(0, 0, 0)"
    old.press("[for=contrast]")
    old.press("[for=size-m]")


def test_search_finds_and_filters(old, site):
    old.open(site + "search/index.html?q=%E9%87%87%E8%B4%AD")
    old.wait(SHOWN % ".hit")
    all_of_them = old.value(SHOWN % ".hit")
    assert old.value("document.querySelector('.hit mark').textContent") == "采购"
    assert all_of_them >= 1


def on_paper(old, address):
    """The sheets that printing the page gives, as text."""
    old.open(address)
    pdf = base64.b64decode(old.ask("Page.printToPDF", preferCSSPageSize=True)["data"])
    return [sheet.get_textpage().get_text_range() for sheet in pypdfium2.PdfDocument(pdf)]


def test_a_notice_on_paper(old, site):
    sheets = on_paper(old, site + FULL)
    assert "采购程序不规范" in "".join(sheets)
    assert "只看题目" not in "".join(sheets)
    assert len(sheets) < 10
    assert all(map(str.strip, sheets))


@pytest.mark.parametrize("path", [path for path in PAGES if path != FULL])
def test_a_list_on_paper(old, site, path):
    assert len(on_paper(old, site + path)) < 12
