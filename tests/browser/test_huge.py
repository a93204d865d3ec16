"""Texts and lists of a size that no notice has: pages load, a list stays a list, every data file is whole."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from collections import defaultdict
from urllib.parse import quote

import pytest

from generator.build.driver import build
from generator.model.notice import Contact, Inspection, Passage
from tests.browser.guarded import faults_after, guarded
from tests.samples import body, make_site, notice
from tests.site.test_article import squeezed

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.long]

MILLION = 1_000_000
LARGE = 100_000
"""Of each of a dozen fields of one notice."""


def long(size):
    """Words that change script at every second character: what a browser has most work with."""
    return "题<b>" * (size // 4)


def with_words(words, *where):
    """The sample's passages, some of them replaced: those with such an anchor or role."""
    return tuple(one._replace(words=words) if one.anchor in where or one.role in where else one for one in body())


def huge_title(number):
    return notice(number, title=long(MILLION), passages=with_words(long(MILLION), "title"))


def huge_paragraph(number):
    return notice(number, passages=with_words(long(MILLION), "finding"))


def many_paragraphs(number):
    return notice(number, passages=(*body(), *(Passage(words="题<b>。") for _ in range(100_000))))


def huge_facts(number):
    text = long(LARGE)
    return notice(
        number,
        unit="huge",
        name=text,
        passages=with_words(text, "i2", "f1", "contact", "signature"),
        inspection=Inspection(inspector=text, kind=text, printed=text),
        contact=Contact(phones=(text,), emails=(text,), address=text, postcode=text),
        metadata=((text, text),),
    )


@pytest.fixture(scope="module", params=[huge_title, huge_paragraph, many_paragraphs, huge_facts])
def huge(request, tmp_path_factory):
    """A site with such a notice and a plain one: (the notice, the output folder)."""
    item = request.param(7)
    folder = make_site(tmp_path_factory.mktemp("huge"), [notice(1, unit="lin-ju", name="临局党组"), item])
    report = build(folder, folder / "output")
    assert not report.failed, report.diagnostics
    return item, folder / "output"


@pytest.fixture(scope="module")
def address(huge):
    with guarded(huge[1]) as address:
        yield address


def heaviest_of_each_kind(output):
    """Of the pages whose folders have the same first name the heaviest: addresses."""
    kinds = defaultdict(list)
    for path in output.rglob("*.html"):
        relative = path.relative_to(output)
        kinds[relative.parts[0]].append((path.stat().st_size, relative.as_posix()))
    return sorted(max(of_kind)[1] for of_kind in kinds.values())


def test_every_kind_of_page_loads_and_obeys_nothing(huge, address, watched):
    item, output = huge
    for path in heaviest_of_each_kind(output):
        watched.goto(address + path)
        assert watched.evaluate("document.body.offsetHeight") > 0
        assert (path, faults_after(watched)) == (path, [])
        bold = "[...document.querySelectorAll('main b')].filter(b => /题/.test(b.textContent)).length"
        assert (path, watched.evaluate(bold)) == (path, 0)
    watched.goto(f"{address}notices/{item.id}/index.html")
    shown = watched.evaluate("[...document.querySelectorAll('.verbatim')].map(e => e.textContent).join('')")
    assert squeezed(shown) == squeezed(item.text)


@pytest.mark.parametrize("query", ["题<b>题", "采购", "010-12345678"])
def test_a_search_that_finds_it_shows_it(huge, address, watched, query):
    watched.goto(f"{address}search/index.html?q={quote(query)}")
    watched.wait_for_function("/共|没有/.test(document.querySelector('[data-count]').textContent)")
    assert faults_after(watched) == []


def test_lists_stay_light(huge):
    """But for the pages that are about it, and the one whose buttons copy a number, whatever it is."""
    item, output = huge
    for path in output.rglob("*.html"):
        if not {item.id, item.unit.id, "contacts"} & set(path.parts):
            assert path.stat().st_size < 300_000, path


def test_every_data_file_holds_it_whole(huge):
    item, output = huge
    record = json.loads((output / "notices" / item.id / "notice.json").read_bytes())
    assert squeezed((output / "notices" / item.id / "notice.txt").read_text("utf-8")) == squeezed(item.text)
    assert squeezed(record["text"]) == squeezed(item.text)
    rows = json.loads((output / "data/notices.json").read_bytes())
    lines = (output / "data/notices.ndjson").read_text("utf-8").splitlines()
    csv.field_size_limit(10**8)
    cells = list(csv.DictReader(io.StringIO((output / "data/notices.csv").read_text("utf-8-sig"))))
    with sqlite3.connect(output / "data/disclosure.sqlite") as base:
        titles = [title for (title,) in base.execute("select title from notices")]
    found = (
        [row["title"] for row in rows],
        [json.loads(line)["title"] for line in lines],
        [row["title"] for row in cells],
    )
    assert all(item.title in each for each in (*found, titles))
