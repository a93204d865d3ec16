"""What changed: by month, from the words of two notices only where both surely speak of the same issue."""

from __future__ import annotations

from dataclasses import replace

import pytest

from generator.data.feeds import listings, unit_listing
from generator.model.decisions import Correction, Withdrawal
from generator.model.notice import Inspection, IssueMarks, Passage
from generator.pages.changes import change_pages, month_name
from generator.pages.compare import compare_pages
from generator.pages.notice_page import notice_page
from generator.site.changes import events_of, same_title
from tests.samples import DATE, HEAD, notice, region
from tests.site.test_site import site_of

TITLE = "针对“采购程序不规范”的问题"


def told(
    published, status, *, title=TITLE, quote="已完成整改。", feedback="2023-09-01", finding="未经招标。", twice=False
):
    body = []
    for number in (1, 2) if twice else (1,):
        marks = IssueMarks(status=status, quote=quote)
        body += [
            Passage(words=title, label=f"{number}.", level=1, anchor=f"i{number}", marks=marks, **HEAD),
            Passage(words=finding, role="finding"),
            Passage(words="已修订办法。", role="response"),
        ]
    inspection = Inspection(feedback=DATE(feedback) if feedback else None)
    fields = {"accountability": None, "anomalies": (), "evidence": (), "inferred": ()}
    return notice(passages=tuple(body), published=published, inspection=inspection, **fields)


def moved(*notices):
    site = site_of(notices)
    return [event for unit in site.units for event in events_of(site, unit) if event.kind == "moved"]


OLD = told("2024-01-01", "ongoing", quote="正在整改。")


def test_a_status_that_a_later_notice_moved_shows_both_quotes():
    (event,) = moved(OLD, told("2024-08-01", "done", title="采购程序不规范。"))
    assert (event.before.issue.issue.status_quote, event.after.issue.issue.status_quote) == (
        "正在整改。",
        "已完成整改。",
    )
    assert event.month == "2024-08"
    assert event.href.endswith("20240801-1/index.html#i1")


@pytest.mark.parametrize(
    "later",
    [
        pytest.param(told("2024-08-01", "ongoing"), id="the same status"),
        pytest.param(told("2024-08-01", "done", title="采购管理不规范"), id="another title"),
        pytest.param(told("2024-08-01", "done", feedback="2024-05-01"), id="another inspection"),
        pytest.param(told("2024-08-01", "done", feedback=None, finding="另一件事。"), id="not surely the same one"),
        pytest.param(told("2024-08-01", "done", twice=True), id="two issues with that title"),
        pytest.param(told("2024-08-01", "done", quote=None), id="no words say so"),
    ],
)
def test_what_is_not_surely_the_same_issue_moved_nothing(later):
    assert moved(OLD, later) == []


def test_without_dates_of_the_inspection_the_same_finding_tells():
    assert len(moved(told("2024-01-01", "ongoing", feedback=None), told("2024-08-01", "done"))) == 1


def test_an_issue_shows_its_course_on_both_notices():
    later = told("2024-08-01", "done")
    site = site_of([OLD, later])
    for item in site.notices:
        course = notice_page(site, item).value.course_of["i1"]
        assert [one.item.notice.published.iso for one in course] == ["2024-01-01", "2024-08-01"]


def test_months_hold_what_happened_in_them():
    correction = Correction(date=DATE("2024-10-02"), what="改正日期", why="误写")
    gone = replace(notice(7, unit="gone"), withdrawn=Withdrawal(date=DATE("2024-11-03"), why="重复收录"))
    site = site_of([notice(1).replace(corrections=(correction,)), gone], "as_of: 2024-12-01\n")
    whole, *_ = change_pages(site)
    found = {part.key: [event.kind for event in part.rows] for part in whole.value.sections}
    assert found == {
        "2024-11": ["withdrawn"],
        "2024-10": ["due", "corrected"],
        "2024-08": ["new"],
    }
    assert [link.href for link in whole.value.months] == [f"changes/index.html#m{month}" for month in found]


def test_the_head_of_a_month_counts_all_of_it_where_it_begins():
    site = site_of([notice(n, unit=f"u-{n}") for n in range(3)], "as_of: 2024-08-01\npage_size: 2\n")
    heads = [[part.about for part in page.value.sections] for page in change_pages(site) if not page.value.region]
    assert heads == [["新通报 3"], [""]]


def test_a_deadline_that_is_to_come_is_no_change():
    site = site_of([notice(1)], "as_of: 2024-09-01\n")
    assert [event.kind for event in events_of(site, site.units[0])] == ["new"]


def test_each_place_and_unit_has_its_feed():
    site = site_of([OLD, told("2024-08-01", "done")])
    of_place = {listing.folder: listing for listing in listings(site)}
    for listing in (of_place["regions/110000/"], of_place["regions/110105/"], unit_listing(site, site.units[0], ())):
        assert {item.notice.id for item in site.notices} <= {entry.id for entry in listing.newest}
        assert "整改中（“正在整改。”） → 已完成（“已完成整改。”）" in [entry.summary for entry in listing.newest]
    assert of_place["changes/"].newest[0].title.startswith("新通报")


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("针对“采购程序不规范”的问题。", "采购程序不规范"),
        ("关于采购程序不规范问题", "采购程序不规范"),
        ("采购程序不规范", "采购程序不规范"),
        ("对采购程序不规范的具体问题", "采购程序不规范"),
        ("问题", "问题"),
    ],
)
def test_titles_are_the_same_without_their_frame(title, expected):
    assert same_title(title) == expected


def test_names_of_months():
    assert [month_name(month) for month in ("2025-01", "2024")] == ["2025年1月", "2024年"]


def test_a_site_without_dates_has_no_changes():
    assert list(change_pages(site_of([notice(1).replace(published=None)], "as_of: 2024-01-01\n"))) == []


def units(count):
    places = [region(), region("350626", "福建省", "漳州市", "东山县")]
    return [
        replace(item, unit=replace(item.unit, region=places[number % 2]))
        for number in range(count)
        for item in [notice(1, unit=f"u{number}", name=f"第{number}局")]
    ]


def test_pairs_of_a_small_site_are_all_there():
    page, *places = compare_pages(site_of(units(4)))
    assert len(page.value.pairs) == 6
    assert [place.path for place in places] == ["compare/110105/index.html", "compare/350626/index.html"]
    assert [len(place.value.pairs) for place in places] == [1, 1]


def test_of_many_units_each_stands_beside_the_next():
    page, *places = compare_pages(site_of(units(30)))
    assert (page.value.units, len(page.value.places)) == ((), 2)
    assert [len(place.value.pairs) for place in places] == [14, 14]


def test_a_share_is_not_told_of_issues_without_status():
    unstated = told("2024-01-01", "unstated", quote=None)
    page, *_ = compare_pages(site_of([unstated, notice(2, unit="ling-yi-ju", name="另一局")]))
    at = page.value.heads.index("已完成占比") if "已完成占比" in page.value.heads else None
    of_unit = {one.row.unit.unit.id: one.values for one in page.value.units}
    assert at is not None
    assert of_unit[unstated.unit.id][at] == "—"
    assert of_unit["ling-yi-ju"][at] == "33%"


def test_one_unit_alone_is_compared_with_none():
    assert list(compare_pages(site_of([notice(1)]))) == []
