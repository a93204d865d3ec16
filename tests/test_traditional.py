"""The 繁體 edition: every page has a twin, and every link of it leads somewhere."""

from __future__ import annotations

import posixpath
from urllib.parse import unquote, urlsplit

import pytest
from bs4 import BeautifulSoup

from generator.base.diagnostics import ContentError
from generator.build.driver import build
from generator.render import traditional
from tests.samples import make_site, notice, variety
from tests.test_build import links, tree


@pytest.fixture(scope="module")
def output(tmp_path_factory):
    folder = make_site(tmp_path_factory.mktemp("hant"), variety(), "traditional: true\n")
    assert not build(folder, folder / "output").failed
    return folder / "output"


def test_every_page_has_a_twin_but_search_and_wrong_address(output):
    pages = {path for path in tree(output) if path.endswith(".html")}
    simplified = {path for path in pages if not path.startswith("zh-hant/")}
    assert {path.removeprefix("zh-hant/") for path in pages - simplified} == simplified - {
        "search/index.html",
        "404.html",
    }


def test_every_link_of_a_twin_leads_somewhere(output):
    files = set(tree(output))
    for path in sorted(files):
        if path.startswith("zh-hant/"):
            for _, href in links(BeautifulSoup((output / path).read_bytes(), "html.parser")):
                parts = urlsplit(href)
                if not parts.scheme and parts.path:
                    target = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(parts.path)))
                    assert target in files, (path, href)


def test_words_are_converted_labels_are_not_and_each_leads_to_the_other(output):
    path = f"notices/{notice(1).id}/index.html"
    soup = BeautifulSoup((output / "zh-hant" / path).read_bytes(), "html.parser")
    assert soup.html["lang"] == "zh-Hant"
    assert "針對“三會一課”不規範的問題" in soup.get_text()
    assert soup.select_one('meta[name="ArticleTitle"]')["content"] == notice(1).title
    assert "以簡體文本為準" in soup.get_text()
    there = soup.select_one('.settings a[hreflang="zh-CN"]')["href"]
    assert posixpath.normpath(posixpath.join("zh-hant", posixpath.dirname(path), there)) == path
    back = BeautifulSoup((output / path).read_bytes(), "html.parser").select_one('a[hreflang="zh-Hant"]')["href"]
    assert posixpath.normpath(posixpath.join(posixpath.dirname(path), back)) == "zh-hant/" + path


def test_without_opencc_the_wish_is_refused_with_the_remedy(tmp_path, monkeypatch):
    monkeypatch.setattr(traditional, "opencc", None)
    with pytest.raises(ContentError, match=r"error\[no-opencc\].*\n.*pip install"):
        build(make_site(tmp_path, [], "traditional: true\n"), tmp_path / "output")
