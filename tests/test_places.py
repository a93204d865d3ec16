"""Places: provinces as tiles, and a page for each place with what is overdue first and whom to call."""

from __future__ import annotations

from dataclasses import replace

import pytest

from generator.model.notice import IssueMarks, Passage, Region
from generator.pages.places import region_pages
from generator.pages.tiles import PLACES, STEPS, scale, tiles_of
from tests.samples import DATE, HEAD, notice, region
from tests.test_site import site_of


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
        assert value.address.endswith(path)
    assert [link.text for link in pages["regions/350626/index.html"].value.records] == ["有什么变化", "单位对照"]
    assert pages["regions/350000/index.html"].value.calendar == ""
    assert pages["regions/350626/index.html"].value.calendar == "regions/350626/deadlines.ics"


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
