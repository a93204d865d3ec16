"""Long lists by year and month: every row once, and a row more or less moves pages of its month alone."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.base.dates import PartialDate
from generator.base.manifest import MANIFEST, read_manifest
from generator.build.driver import build
from generator.pages.by_time import pages_by_time
from generator.pages.page import Link
from generator.release.copies import Folder
from generator.release.verify import verify
from tests.samples import make_site, notice

LIST = Link(href="issues/status/done/index.html", text="已完成的问题")
FOLDER = "issues/status/done/"


def newest_first(dates):
    known = sorted((date for date in dates if date), key=lambda date: (date.last_day, date), reverse=True)
    return [*known, *(date for date in dates if not date)]


def pages(rows, size=2, parted_by="year"):
    return list(pages_by_time(rows, size, LIST, lambda row: row[0], parted_by))


def rows_of(dates):
    return [(date, number) for number, date in enumerate(newest_first(dates))]


def written(found):
    """What is on each page, by its path."""
    return {one.pager.path(one.pager.number): (tuple(one.rows), one.times) for one in found}


dates = st.lists(
    st.one_of(
        st.none(),
        st.builds(PartialDate, st.integers(2021, 2024)),
        st.builds(PartialDate, st.integers(2021, 2024), st.integers(1, 12)),
        st.builds(PartialDate, st.integers(2021, 2024), st.integers(1, 12), st.integers(1, 28)),
    ),
    max_size=120,
)


@given(dates, st.integers(1, 4))
def test_every_row_stands_once_in_its_part(found, size):
    rows = rows_of(found)
    every = pages(rows, size)
    assert len(written(every)) == len(every)
    own = [row for one in every if not one.times.parts for row in one.rows]
    assert sorted(own, key=lambda row: row[1]) == rows
    if len(rows) <= 10 * size:
        assert own == rows
    for one in every:
        assert len(one.rows) <= max(1, size + size // 2)
        assert one.times.parts == () or list(one.rows) == list(one.whole[:size])
        assert sum(count for _, count in one.times.parts) in (0, len(one.whole))


@given(dates, st.integers(1, 4))
def test_every_link_leads_to_a_page(found, size):
    every = written(pages(rows_of(found), size))
    for _, times in every.values():
        beside = [link for link in (times.newer, times.older) if link]
        for link in (*times.above, *(link for link, _ in times.parts), *beside):
            assert link.href in every


@pytest.mark.parametrize(
    ("dates", "parted_by", "expected"),
    [
        ([], "year", {"": (0, "")}),
        (["2024-05-01"] * 3, "year", {"": (1, ""), "page-2/": (2, "")}),
        (
            ["2024-05-01"] * 15 + ["2023"] * 3 + [None] * 3,
            "year",
            {
                "": (2, ""),
                "2024/": (1, "2024年"),
                **{f"2024/page-{number}/": (2, "2024年") for number in range(2, 9)},
                "2023/": (1, "2023年"),
                "2023/page-2/": (2, "2023年"),
                "undated/": (1, "日期未载明"),
                "undated/page-2/": (2, "日期未载明"),
            },
        ),
        (
            ["2024"] * 2 + ["2024-12-01"] * 2 + ["2024-02"] * 18,
            "month",
            {
                "": (2, ""),
                "undated/": (2, "月份未载明"),
                "12/": (2, "12月"),
                "02/": (2, "2月"),
                **{f"02/page-{number}/": (2, "2月") for number in range(2, 10)},
            },
        ),
    ],
    ids=["empty", "short", "years", "months"],
)
def test_addresses(dates, parted_by, expected):
    rows = rows_of([PartialDate.parse(date) if date else None for date in dates])
    found = {path: (len(some), times.when) for path, (some, times) in written(pages(rows, 2, parted_by)).items()}
    assert found == {f"{FOLDER}{folder}index.html": value for folder, value in expected.items()}


def test_a_year_of_more_than_ten_pages_has_months():
    rows = rows_of([PartialDate(2024, month, 1) for month in range(1, 13) for _ in range(2)] + [PartialDate(2023)])
    every = written(pages(rows))
    assert f"{FOLDER}2024/03/index.html" in every
    assert [link.text for link, _ in every[f"{FOLDER}2024/index.html"][1].parts][:2] == ["2024年12月", "2024年11月"]
    march = every[f"{FOLDER}2024/03/index.html"][1]
    assert [link.text for link in march.above] == ["已完成的问题", "2024年"]
    assert (march.newer.text, march.older.text) == ("2024年4月", "2024年2月")
    assert every[f"{FOLDER}2023/index.html"][1].newer.text == "2024年1月"


@pytest.mark.parametrize("seed", range(5))
def test_a_row_that_goes_moves_pages_of_its_month_alone(seed):
    chance = random.Random(seed)
    some = [PartialDate(chance.choice((2021, 2022, 2023)), chance.randint(1, 12), 1) for _ in range(3000)]
    rows = rows_of(some)
    before = written(pages(rows, 5))
    gone = chance.choice(rows)
    after = written(pages([row for row in rows if row != gone], 5))
    changed = {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}
    year, month = gone[0].year, gone[0].month
    parted = {f"{FOLDER}index.html", f"{FOLDER}{year}/index.html"}
    assert all(path in parted or path.startswith(f"{FOLDER}{year}/{month:02}/") for path in changed)


def test_a_row_that_comes_leaves_full_pages_as_they_are():
    rows = [(PartialDate(2024, 5, 2), number) for number in range(9)]
    before, after = written(pages(rows)), written(pages([(PartialDate(2024, 5, 3), 9), *rows]))
    full = {path for path in before if "page-" in path}
    assert len(full) == 4
    assert {path: before[path] for path in full} == {path: after[path] for path in full}


def test_a_changed_status_makes_a_few_pages(tmp_path):
    """Of a site whose lists are long, built: what changes, and that every link leads somewhere."""
    items = [notice(number, published=f"2024-{number % 12 + 1:02}-{number // 12 + 1:02}") for number in range(60)]
    site, output = make_site(tmp_path, items, "page_size: 1\n"), tmp_path / "output"
    build(site, output)
    before = read_manifest((output / MANIFEST).read_bytes(), MANIFEST)
    assert "issues/status/done/2024/03/page-2/index.html" in before
    assert not verify(Folder(output), site=site).failed
    file = next(site.glob("content/notices/2024/*-20240301-*.md"))
    file.write_text(file.read_text("utf-8").replace("status=ongoing", "status=done", 1), encoding="utf-8")
    build(site, output)
    after = read_manifest((output / MANIFEST).read_bytes(), MANIFEST)
    changed = {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}
    lists = {path for path in changed if path.startswith("issues/")}
    assert "issues/status/done/2024/03/index.html" in lists
    assert {path.split("/")[4] for path in lists if path.count("/") > 5} == {"03"}
    assert 10 * len(lists) < sum(path.startswith("issues/") for path in after)
