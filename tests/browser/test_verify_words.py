"""The button that recomputes the hash of the words on screen, in a real browser."""

from __future__ import annotations

import functools
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from generator.build.driver import build
from tests.browser.conftest import _Quiet, _QuietServer
from tests.conftest import ARGUMENTS, CHROMIUM
from tests.samples import make_site, notice, variety

pytestmark = pytest.mark.browser

ODD = "不断\u00a0空　全角\u2028行\u200b零宽\ufeff头😀𠮷é\u0085尾<b>&amp;"


@pytest.fixture(scope="module")
def odd(tmp_path_factory):
    """A site whose notice has every kind of character in it."""
    item = notice(1)
    body = tuple(p._replace(words=p.words.replace("已修订办法", ODD)) for p in item.body)
    folder = make_site(tmp_path_factory.mktemp("odd"), [replace(item, body=body)])
    assert not build(folder, folder / "output").failed
    return folder / "output"


def press(page):
    page.get_by_role("button", name="核对本页文字").click()
    page.locator("[data-verified]:not(:empty)").wait_for()
    return page.locator("[data-verified]").inner_text()


@pytest.mark.parametrize("item", variety(), ids=lambda item: item.id)
def test_the_words_on_screen_are_those_that_were_published(page, site, item):
    page.goto(f"{site}notices/{item.id}/index.html")
    assert page.evaluate("typeof window.verifyWords") == "undefined"  # loaded only when it is asked for
    assert press(page) == f"一致：页面上的正文共 {len(''.join(item.text.split()))} 字，校验值与公布的相同。"


def test_one_character_that_was_altered_is_noticed_and_its_return_too(page, site):
    page.goto(f"{site}notices/{variety()[0].id}/index.html")
    page.evaluate("window.kept = document.querySelector('.verbatim').innerHTML")
    page.evaluate("document.querySelector('.verbatim').append('。')")
    assert press(page).startswith("不一致：页面上的正文校验值是 ")
    page.evaluate("document.querySelector('.verbatim').innerHTML = window.kept")
    page.evaluate("document.querySelector('[data-verified]').textContent = ''")
    assert press(page).startswith("一致")


def test_every_kind_of_character_counts_as_in_python_also_from_disk(page, odd):
    page.goto((odd / "notices" / notice(1).id / "index.html").as_uri())
    assert press(page).startswith("一致")


def test_without_https_it_says_kindly_what_to_do_instead(chromium, built):
    handler = functools.partial(_Quiet, directory=str(built[1]))
    with _QuietServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        rule = f"--host-resolver-rules=MAP www.mouqu.gov.cn 127.0.0.1:{server.server_address[1]}"
        browser = chromium.browser_type.launch(executable_path=CHROMIUM, args=[*ARGUMENTS, rule])
        page = browser.new_page()
        page.goto(f"http://www.mouqu.gov.cn/notices/{variety()[0].id}/index.html")
        assert page.evaluate("window.isSecureContext") is False
        assert press(page).startswith("这个浏览器只在 https 网页上提供校验功能")
        browser.close()
        server.shutdown()


def test_a_converted_page_offers_no_check_of_words_that_are_not_the_original(tmp_path):
    folder = make_site(tmp_path, [notice(1)], "traditional: true\n")
    build(folder, folder / "output")
    pages = [folder / "output" / name / "notices" / notice(1).id / "index.html" for name in ("", "zh-hant")]
    assert ["data-verify=" in Path(page).read_text("utf-8") for page in pages] == [True, False]
