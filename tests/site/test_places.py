"""Places: provinces as tiles, and a page for each place with what is overdue first and whom to call."""

from __future__ import annotations

from dataclasses import replace

import pytest

from generator.model.notice import IssueMarks, Passage, Region
from generator.pages.changes import change_pages
from generator.pages.deadline_pages import deadline_pages
from generator.pages.page import paged_whole
from generator.pages.tiles import PLACES, SHARES, STEPS, scale, tiles_of
from generator.pages.units_and_regions import region_pages
from tests.samples import DATE, HEAD, notice, region
from tests.site.test_site import site_of


def test_every_tile_has_a_place_of_its_own():
    assert len({(x, y) for _, x, y in PLACES.values()}) == len(PLACES) == 34


@pytest.mark.parametrize(("number", "step"), [(0, 0), (1, 1), (4, 1), (5, 2), (99, 3), (100, 4), (500, 5), (9999, 5)])
def test_tiles_are_shaded_by_fixed_steps(number, step):
    tiles = tiles_of({"350000": (number, "regions/350000/index.html"), "110000": (0, "b")})
    (fujian,) = [tile for tile in tiles if tile.name == "福建"]
    assert fujian.step == step


def test_a_province_without_notices_is_no_zero():
    tiles = tiles_of({"350000": (3, "a"), "110000": (0, "b")})
    assert [tile.number for tile in tiles if tile.name in ("北京", "台湾")] == [0, None]
    assert tiles_of({"350000": (3, "a")}) == ()


@pytest.mark.parametrize(("share", "step"), [(None, 0), (0, 0), (1, 1), (50, 2), (94, 4), (95, 5), (100, 5)])
def test_tiles_tell_the_share_done_too(share, step):
    tiles = tiles_of({"350000": (share, "a"), "110000": (7, "b")}, SHARES)
    assert [tile.step for tile in tiles if tile.name == "福建"] == [step]
    assert scale(SHARES)[-1] == (5, "95 起")


def test_the_country_by_share_done_begins_with_the_least():
    pages = pages_of(unit(1, region(), "2024-10-01"), unit(2, FUJIAN))
    value = pages["regions/by-done/index.html"].value
    assert [(row.region.name, row.share) for row in value.provinces] == [("北京市", 0), ("福建省", None)]
    assert {tile.name: tile.number for tile in value.tiles if tile.number is not None} == {"北京": 0}
    assert "regions/by-done/index.html" not in pages_of(unit(1, FUJIAN))


@pytest.mark.parametrize(
    ("groups", "pages"),
    [
        ([], [0]),
        ([3], [3]),
        ([2, 2, 2], [4, 2]),
        ([9, 1], [9, 1]),
        ([1, 9, 1], [1, 9, 1]),
        ([4, 1], [4, 1]),
    ],
)
def test_no_group_is_cut_by_a_page(groups, pages):
    made = list(paged_whole([["x"] * size for size in groups], 4, "regions/"))
    assert [len(rows) for _, rows in made] == pages
    assert [(pager.number, pager.count, pager.total) for pager, _ in made] == [
        (number, len(pages), sum(groups)) for number in range(1, len(pages) + 1)
    ]


def test_the_scale_covers_all_numbers():
    assert [step for step, _ in scale()] == list(range(len(STEPS) + 1))
    assert [words for _, words in scale()] == ["0", "1—4", "5—19", "20—99", "100—499", "500 起"]


FUJIAN = region("350626", "福建省", "漳州市", "东山县")


def unit(number, place, *deadlines):
    body = tuple(
        Passage(
            words=f"第{at}件",
            label=f"{at}.",
            level=1,
            anchor=f"i{at}",
            marks=IssueMarks(status="ongoing", quote="正在整改。", deadline=DATE(date)),
            **HEAD,
        )
        for at, date in enumerate(deadlines, 1)
    ) or (Passage(words="已整改。"),)
    one = notice(number, unit=f"u{number}", name=f"第{number}局", passages=body, anomalies=(), evidence=(), inferred=())
    return replace(one, unit=replace(one.unit, region=place), accountability=None)


def pages_of(*notices):
    site = site_of(notices, "as_of: 2024-12-01\n")
    return {page.path: page for page in region_pages(site)}


def test_provinces_stand_by_what_is_overdue_and_sum_to_the_whole():
    pages = pages_of(unit(1, region(), "2024-10-01"), unit(2, FUJIAN, "2024-10-01", "2024-11-01"))
    value = pages["regions/index.html"].value
    assert [(row.region.name, row.over, row.notices) for row in value.provinces] == [("福建省", 2, 1), ("北京市", 1, 1)]
    assert {tile.name: tile.number for tile in value.tiles if tile.number is not None} == {"福建": 2, "北京": 1}


def test_a_place_shows_the_longest_overdue_first():
    pages = pages_of(unit(1, FUJIAN, "2024-11-01", "2025-03-01"), unit(2, FUJIAN, "2023-05-01", "2025-01-01"))
    for path in ("regions/350000/index.html", "regions/350600/index.html", "regions/350626/index.html"):
        value = pages[path].value
        assert [d.date.iso for d in value.over] == ["2023-05-01", "2024-11-01"]
        assert [d.date.iso for d in value.due] == ["2025-01-01", "2025-03-01"]
        assert value.qr
        assert value.address.endswith("/" + path.removesuffix("index.html"))
    assert [link.text for link in pages["regions/350626/index.html"].value.records] == ["单位对照"]
    for code in ("350000", "350626"):
        value = pages[f"regions/{code}/index.html"].value
        assert (value.deadlines, value.calendar) == (None, f"regions/{code}/deadlines.ics")
        assert [(year.year, year.is_now) for year in value.years] == [(2023, False), (2024, True), (2025, False)]
        assert value.is_all_news
        assert len(value.news) == 4


def test_a_place_with_more_than_its_page_shows_has_pages_of_them():
    dates = [f"2024-{month:02}-{day:02}" for month in range(1, 10) for day in (5, 15, 25)]
    pages = pages_of(unit(1, FUJIAN, *dates), unit(2, region(), *dates[:3]))
    whole = site_of([unit(1, FUJIAN, *dates), unit(2, region(), *dates[:3])], "as_of: 2024-12-01\n")
    long, short = pages["regions/350626/index.html"].value, pages["regions/110105/index.html"].value
    assert (long.deadlines.href, short.deadlines) == ("deadlines/350626/index.html", None)
    assert [(len(one.over), len(one.news), one.is_all_news, len(one.years)) for one in (long, short)] == [
        (20, 5, False, 1),
        (3, 4, True, 1),
    ]
    for made in (deadline_pages(whole), change_pages(whole)):
        assert {code for page in made if (code := page.path.split("/")[1]).isdigit()} == {"350000", "350600", "350626"}


@pytest.mark.parametrize(
    ("place", "name"),
    [
        (Region(code="350626", province="福建省", city="漳州市", county="东山县"), "福建省漳州市东山县"),
        (Region(code="130300", province="河北省", city="秦皇岛市", county="秦皇岛市"), "河北省秦皇岛市"),
        (Region(code="110000", province="北京市", city="北京市"), "北京市"),
        (Region(code="350000", province="福建省"), "福建省"),
    ],
)
def test_a_place_is_named_once(place, name):
    assert place.name == name
