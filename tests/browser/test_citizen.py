"""What a citizen asks and opens: a number of the ledger, two units, and the way there from the home page."""

from __future__ import annotations

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def test_a_number_of_the_ledger_opens_its_place(site, page):
    page.goto(site + "index.html")
    page.click("footer a:text-is('账本')")
    page.click("#by-place + .scroll a[href*='#e-']")
    assert page.locator("li:target").count() == 1
    page.click("li:target a")
    assert "/notices/" in page.url


def test_two_units_are_chosen_and_stand_alone(site, page):
    page.goto(site + "compare/index.html")
    first, second = page.locator("[data-pairs] select").all()
    first.select_option(index=2)
    second.select_option(index=0)
    (shown,) = [pair for pair in page.locator(".pair").all() if pair.is_visible()]
    assert page.url.endswith("#p-1-3")
    heads = shown.locator("thead a").all_inner_texts()
    assert heads == [option.inner_text() for option in (first.locator("option").nth(n) for n in (0, 2))]


def test_pairs_are_there_without_a_script(site, chromium):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site + "compare/index.html")
    page.click("main li a >> nth=1")
    assert page.locator(".pair:target").is_visible()
    assert not page.locator("[data-pairs]").is_visible()
    context.close()
