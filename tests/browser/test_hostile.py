"""Hostile words on every page, in a real browser under the policy of a server: they are shown, and nothing else."""

from __future__ import annotations

import pytest

from generator.build.driver import build
from generator.build.load import gather
from tests.browser.guarded import faults_after, guarded
from tests.payloads import PAYLOADS, hostile_site
from tests.samples import make_site
from tests.site.test_article import squeezed

BAD = PAYLOADS["handler"]
SITE = f"""\
tagline: {PAYLOADS["script"]!r}
description: {PAYLOADS["title-end"]!r}
owner: '"><svg onload=pwned=1>'
operator: "</p><script>pwned=1</script>"
phone: "{{{{ 7*7 }}}}"
address: "javascript:pwned=1"
conac: "'><img src=x onerror=pwned=1>"
id_code: "&quot;><b>"
icp: "]]><script>pwned=1</script>"
police: "{{% raw %}}"
domain: '" onfocus=pwned=1 autofocus x="'
columns: {{notices: '<b onclick=pwned=1>通报</b>', search: '</a><script>pwned=1</script>'}}
keywords: ['" http-equiv=refresh content="0;url=//evil.example/']
page_size: 20
"""
PAGE = f"# {BAD}\n\n{BAD}\n\n[x](javascript:pwned=1) ![x](javascript:pwned=1)\n\n<script>pwned=1</script>\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = make_site(tmp_path_factory.mktemp("hostile"), hostile_site(), SITE)
    (folder / "content/pages").mkdir()
    (folder / "content/pages/1-hostile.md").write_text(PAGE, encoding="utf-8")
    report = build(folder, folder / "output")
    assert not report.failed, report.diagnostics
    return folder


@pytest.fixture(scope="module")
def address(folder):
    with guarded(folder / "output") as address:
        yield address


def test_no_page_obeys_the_words(folder, address, watched):
    paths = sorted(path.relative_to(folder / "output").as_posix() for path in (folder / "output").rglob("*.html"))
    assert len(paths) > len(PAYLOADS)
    for path in paths:
        watched.goto(address + path)
        assert (path, faults_after(watched)) == (path, [])
        assert watched.url == address + path
        handlers = (
            "[...document.querySelectorAll('main *')].filter(e => [...e.attributes].some(a => /^on/.test(a.name)))"
        )
        assert (path, watched.evaluate(f"{handlers}.length")) == (path, 0)
        tags = "document.querySelectorAll('main script, iframe, object, embed, base, main style, main link').length"
        assert (path, watched.evaluate(tags)) == (path, 0)
        schemes = (
            "[...document.links].map(a => a.protocol).filter(p => !['http:','https:','tel:','mailto:'].includes(p))"
        )
        assert (path, watched.evaluate(schemes)) == (path, [])


def test_every_notice_shows_its_words(folder, address, watched):
    for item in gather(folder).site.notices:
        watched.goto(address + item.path + "index.html")
        shown = watched.evaluate("[...document.querySelectorAll('.verbatim')].map(e => e.textContent).join('')")
        assert squeezed(shown) == squeezed(as_a_page_has_it(item.notice.text))
        assert faults_after(watched) == []


def as_a_page_has_it(text):
    """HTML has no NUL: a browser leaves it out."""
    return text.replace("\x00", "")


def test_a_search_for_the_words_obeys_nothing(address, watched):
    watched.goto(address + "search/index.html")
    field = watched.locator("main [name=q]").first
    for text in PAYLOADS.values():
        if text.isprintable():
            field.fill(text[:60].replace('"', " "))
            field.press("Enter")
            watched.wait_for_load_state("networkidle")
            assert (text, faults_after(watched)) == (text, [])


def test_buttons_and_switches_obey_nothing(folder, address, watched):
    item = next(item for item in gather(folder).site.notices if item.notice.title == BAD)
    watched.goto(address + item.path + "index.html")
    for button in watched.locator("main button:visible:not([data-print]):not([data-close])").all():
        button.click()
    assert faults_after(watched) == []
