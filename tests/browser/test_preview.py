"""The page that an editor has open reloads by itself."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.samples import notice, put_notice
from tests.test_preview import folder, served  # noqa: F401 - fixtures

pytestmark = pytest.mark.browser


def test_an_open_page_reloads_at_a_save_and_shows_a_mistake(folder, served, page):  # noqa: F811
    url, _ = served
    page.goto(f"{url}notices/{notice(1).id}/index.html", wait_until="networkidle")
    path = put_notice(folder, notice(1, title="存过的题目", title_origin="constructed", passages=notice(1).body[1:]))
    expect(page.locator("h1")).to_have_text("存过的题目", timeout=30_000)
    path.write_text("---\nid: [\n---\n", encoding="utf-8")
    expect(page.locator(".preview")).to_contain_text("yaml-syntax", timeout=30_000)
    put_notice(folder, notice(1))
    expect(page.locator(".preview")).to_have_count(0, timeout=30_000)
