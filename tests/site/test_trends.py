"""Series by year: of the whole site, of provinces, and how long deadlines have been over."""

from __future__ import annotations

import pytest

from generator.pages.overview import home_page, progress_page
from generator.pages.trends import ages_of
from generator.render.renderer import thousands
from tests.samples import notice, region
from tests.site.test_deadlines import FUJIAN, site, unit


def years_of(trend):
    return [(one.year, one.done, one.issues, one.over, one.deadlines) for one in trend.years]


def test_a_series_counts_issues_by_their_notice_and_deadlines_by_their_day():
    value = progress_page(
        site(
            unit(1, "✓2022-06-30", "2023-06-30", published="2022-01-01"),
            unit(2, "✓2024-06-30", "2024-09-30", "2025-06-30", published="2024-01-01"),
        )
    ).value
    # the year between has no notice and keeps its place
    assert years_of(value.trend) == [(2022, 1, 2, 0, 0), (2023, 0, 0, 1, 1), (2024, 1, 3, 1, 1)]
    assert [(one.share, one.over_share) for one in value.trend.years] == [(50, None), (None, 100), (33, 100)]
    assert value.trend.label == "全部：2022年 1/2 项已完成，2024年 1/3 项已完成"


def test_one_year_is_no_series():
    value = progress_page(site(unit(1, "2024-09-30"), unit(2, "2024-09-30"))).value
    assert value.trend is None
    assert value.provinces == ()


def test_a_share_is_never_rounded_up_to_all():
    body = [*["✓2024-06-30"] * 399, "2024-06-30"]
    value = progress_page(site(unit(1, *body, published="2023-01-01"), unit(2, "✓2024-06-30"))).value
    assert [one.share for one in value.trend.years] == [99, 100]


def test_provinces_with_a_series_stand_beside_each_other():
    notices = [
        unit(1, "2023-09-30", published="2023-01-01", of="a"),
        unit(2, "✓2024-09-30", published="2024-01-01", of="a"),
        unit(3, "2023-09-30", published="2023-01-01", place=region(), of="b"),
        unit(4, "✓2024-09-30", published="2024-01-01", place=region(), of="b"),
    ]
    assert [trend.link.text for trend in progress_page(site(*notices)).value.provinces] == ["北京市", "福建省"]
    assert progress_page(site(*notices[:3])).value.provinces == ()


@pytest.mark.parametrize(
    ("day", "age"),
    [
        ("2024-11-30", "30 天以内"),
        ("2024-11-01", "30 天以内"),
        ("2024-10-31", "31—90 天"),
        ("2024-09-02", "31—90 天"),
        ("2024-06-04", "91—180 天"),
        ("2023-12-02", "181—365 天"),
        ("2023-12-01", "一年以上"),
    ],
)
def test_how_long_ago_a_deadline_passed(day, age):
    whole = site(unit(1, day, "2025-06-30", place=FUJIAN))
    assert {row.name: row.count for row in ages_of(whole.deadlines, whole.as_of) if row.count} == {age: 1}


def test_what_is_not_over_has_no_age():
    whole = site(unit(1, "2025-06-30"))
    assert ages_of(whole.deadlines, whole.as_of) == ()


def test_the_samples_of_the_home_page_are_those_of_the_settings():
    whole = site(notice(1), settings="samples: [卫健局, 采购, 卫健局]\n")
    assert home_page(whole).value.hints == ("卫健局", "采购")
    assert "某局党组" in home_page(site(notice(1))).value.hints


@pytest.mark.parametrize(("number", "shown"), [(0, "0"), (999, "999"), (1693, "1,693"), (1234567, "1,234,567")])
def test_thousands_are_separated(number, shown):
    assert thousands(number) == shown
