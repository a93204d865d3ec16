"""The site that this repository is: five real notices, whole, light, and as a person counted them."""

from __future__ import annotations

import gzip
import json

import pytest

from generator.build.driver import build
from tests.site.test_article import squeezed, verbatim
from tests.test_build import ROOT, dead_links, pages, tree

COUNTS = {
    "dongshan-xian-weisheng-jiankang-ju-20251128": (12, ["0596-5835406"]),
    "pingluo-xian-weisheng-jiankang-ju-20250324": (52, []),
    "zhangfan-jiedao-shequ-weisheng-fuwu-zhongxin-20250920": (38, ["0632-4622992"]),
    "quanzhou-shi-weisheng-jiankang-weiyuanhui-20211203": (34, ["0595-22278066", "0595-22273996"]),
    "heyang-xian-weisheng-jiankang-ju-20221202": (3, ["0913—5522185"]),
}


@pytest.fixture(scope="module")
def output(tmp_path_factory):
    folder = tmp_path_factory.mktemp("own") / "output"
    assert not build(ROOT, folder).failed
    return folder


@pytest.mark.parametrize("notice", COUNTS)
def test_issues_and_phones_are_those_of_the_notice(output, notice):
    record = json.loads((output / "notices" / notice / "notice.json").read_text(encoding="utf-8"))
    page = (output / "notices" / notice / "index.html").read_text(encoding="utf-8")
    issues, phones = COUNTS[notice]
    assert (len(record["issues"]), record["contact"]["phones"]) == (issues, phones)
    assert page.count('<article class="issue ') == issues
    assert all(phone in page for phone in phones)
    assert verbatim(page) == squeezed(record["text"])


def test_no_link_is_dead(output):
    assert list(dead_links(output)) == []


def weight(data):
    return len(gzip.compress(data, 9))


def test_every_first_view_is_light(output):
    """Budget: page, style and scripts 100 kB compressed; style 12, scripts 12."""
    files = tree(output)
    style = weight(files["assets/site.css"])
    scripts = weight(files["assets/boot.js"]) + weight(files["assets/site.js"])
    assert (style < 12_000, scripts + weight(files["assets/search.js"]) < 12_000) == (True, True)
    heaviest = max(weight(text.encode()) for text in pages(output).values())
    assert heaviest + style + scripts + weight(files["assets/favicon.svg"]) < 100_000
    assert max(len(text.encode()) for text in pages(output).values()) < 300_000
