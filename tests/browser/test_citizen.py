"""What a citizen asks and opens: a number of the ledger, two units, and the way there from the home page."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.build.driver import build
from generator.model.notice import FollowupMarks, IssueMarks, Passage
from tests.browser.journeys import JOURNEYS, TABLE, walk
from tests.browser.modes import set_reading
from tests.samples import HEAD, make_site, notice

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


_CUT = """() => {
  const walk = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT), cut = [];
  for (let node; (node = walk.nextNode());)
    for (const found of node.data.matchAll(/[0-9][0-9,]+/g)) {
      const range = document.createRange();
      range.setStart(node, found.index);
      range.setEnd(node, found.index + found[0].length);
      if (new Set([...range.getClientRects()].map(box => box.top)).size > 1) cut.push(found[0]);
    }
  return cut;
}"""


@pytest.mark.parametrize(
    "path", ["progress/index.html", "ledger/index.html", "regions/index.html", "changes/index.html"]
)
def test_no_number_is_cut_by_the_end_of_a_line(site, page, path):
    """Not on a phone, nor in the largest type: 20 and 21 below each other are no year."""
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(site + path)
    for size in ("", "xl"):
        set_reading(page, size, "")
        assert page.evaluate(_CUT) == [], size


def test_the_first_number_of_a_table_is_in_sight_in_the_largest_type(site, page):
    page.set_viewport_size({"width": 360, "height": 800})
    for path in ("ledger/index.html", "regions/index.html"):
        page.goto(site + path)
        set_reading(page, "xl", "")
        for table in page.locator(".grid-t").all():
            box = table.locator("tbody td").first.bounding_box()
            assert box["x"] + box["width"] <= 360, path


def test_what_can_be_checked_is_said_of_the_answer_and_marked_without_weight(page, tmp_path):
    passages = (
        Passage(words="没有按期开会", label="一、", level=1, anchor="i1", marks=IssueMarks(status="ongoing"), **HEAD),
        Passage(words="2023年9月26日后没有开会。", role="finding"),
        Passage(words="加强学习。", role="response"),
        Passage(words="需要进一步整改的事项", label="二、", level=1, anchor="s2", **HEAD),
        Passage(words="关于开会的事项。", label="（一）", level=2, anchor="f1", marks=FollowupMarks(), **HEAD),
        Passage(words="仍有5家没有开会。", label="存在问题：", role="finding"),
    )
    item = notice(1, passages=passages)
    assert not build(make_site(tmp_path, [item]), tmp_path / "output").failed
    page.goto((tmp_path / f"output/notices/{item.id}/index.html").as_uri())
    assert page.locator("#i1 dd b").all_inner_texts() == ["2023年9月26日"]
    assert page.locator("#i1 .strip").inner_text() == "整改情况无可核实要素"
    assert page.locator("#f1 dd b").all_inner_texts() == ["5家"]
    weights = "all => all.map(one => getComputedStyle(one).fontWeight)"
    assert set(page.locator(".verbatim b").evaluate_all(weights)) == {"400"}


TOLD = {row[0]: row for row in TABLE.findall((Path(__file__).parents[2] / "docs/site.md").read_text(encoding="utf-8"))}


@pytest.mark.parametrize("question", JOURNEYS)
def test_a_question_has_its_answer_in_the_steps_and_bytes_that_the_docs_tell(built, site, page, question):
    answer, (_, steps, _, kilo) = walk(page, site, built[1], question)
    assert JOURNEYS[question][1] in answer
    told = TOLD[question]
    assert (steps, kilo) == (int(told[1]), pytest.approx(int(told[2]), rel=0.15, abs=3))


def test_the_docs_tell_every_question():
    assert list(TOLD) == list(JOURNEYS)
