"""Deadlines by date and place: order, groups, the year's calendar, and what a phone takes in."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.data.feeds import atom, listings
from generator.data.vcard_ical import calendar
from generator.model.notice import IssueMarks, Passage
from generator.pages.calendars import CELL, Promise, years_of
from generator.pages.deadline_pages import deadline_pages, in_order
from tests.samples import DATE, HEAD, notice, region
from tests.site.test_site import site_of

FUJIAN = region("350626", "福建省", "漳州市", "东山县")


def unit(number, *deadlines, place=FUJIAN, published="2024-08-01", title="第{}件", of=None):
    """A notice with an issue a deadline: `2024-09-30` not done, `✓2024-09-30` done."""
    body = tuple(
        Passage(
            words=title.format(at),
            label=f"{at}.",
            level=1,
            anchor=f"i{at}",
            marks=IssueMarks(
                status="done" if date[0] == "✓" else "ongoing", quote="见原文。", deadline=DATE(date.lstrip("✓"))
            ),
            **HEAD,
        )
        for at, date in enumerate(deadlines, 1)
    )
    one = notice(
        number,
        unit=of or f"u{number}",
        name=f"第{number}局",
        published=published,
        passages=body or (Passage(words="已整改。"),),
        anomalies=(),
        evidence=(),
        inferred=(),
    )
    return replace(one, unit=replace(one.unit, region=place), accountability=None)


def site(*notices, settings="as_of: 2024-12-01\n"):
    return site_of(notices, settings)


def pages_of(*notices, **more):
    return {page.path: page.value for page in deadline_pages(site(*notices, **more))}


def groups(value):
    return [(part.key, [(group.date.iso, len(group.rows)) for group in part.rows]) for part in value.sections]


def test_what_passed_longest_ago_comes_first_and_then_what_is_due_soonest():
    pages = pages_of(unit(1, "2025-03-01", "2023-05-01", "2024-11"), unit(2, "2023-05-01", "2024-12-31"))
    assert groups(pages["deadlines/index.html"]) == [
        ("over", [("2023-05-01", 2), ("2024-11", 1)]),
        ("due", [("2024-12-31", 1), ("2025-03-01", 1)]),
    ]


def test_what_a_later_notice_answers_comes_last():
    pages = pages_of(unit(1, "2024-09-30", "2024-10-31", of="u"), unit(2, "2025-01-31", published="2024-11-01", of="u"))
    assert groups(pages["deadlines/index.html"]) == [
        ("due", [("2025-01-31", 1)]),
        ("answered", [("2024-10-31", 1), ("2024-09-30", 1)]),
    ]


def test_each_place_has_its_own(monkeypatch):
    monkeypatch.setattr("generator.pages.deadline_pages.ON_ITS_PAGE", {})
    pages = pages_of(unit(1, "2024-09-30"), unit(2, "2024-10-31", "2025-01-31", place=region()), unit(3))
    assert sorted(pages) == [
        "deadlines/110000/index.html",
        "deadlines/110105/index.html",
        "deadlines/350000/index.html",
        "deadlines/350600/index.html",
        "deadlines/350626/index.html",
        "deadlines/index.html",
    ]
    assert [(link.text, count) for link, count in pages["deadlines/index.html"].places] == [
        ("北京市", 2),
        ("福建省", 1),
    ]
    assert [(link.text, count) for link, count in pages["deadlines/350000/index.html"].places] == [("漳州市", 1)]
    assert [(link.text, count) for link, count in pages["deadlines/110000/index.html"].units] == [("第2局", 1)]


def test_a_place_whose_own_page_shows_all_of_them_has_no_other():
    whole = pages_of(unit(1, "2024-09-30"), unit(2, "2024-10-31", "2025-01-31", place=region()))
    assert list(whole) == ["deadlines/index.html"]
    links = [link.href for link, _ in whole["deadlines/index.html"].places]
    assert links == ["regions/110000/index.html", "regions/350000/index.html"]
    answered = unit(3, "2024-09-30", of="u"), unit(4, published="2024-11-01", of="u")
    assert "deadlines/350626/index.html" in pages_of(*answered)


def test_a_long_list_says_where_each_state_begins():
    pages = pages_of(
        unit(1, "2024-01-31", "2024-02-29", "2024-03-31", "2025-01-31", "2025-01-31", "2025-02-28"),
        settings="as_of: 2024-12-01\npage_size: 2\n",
    )
    assert [link.href for link in pages["deadlines/index.html"].marks] == [
        "deadlines/index.html#over",
        "deadlines/page-2/index.html#due",
    ]
    assert groups(pages["deadlines/page-2/index.html"]) == [("over", [("2024-03-31", 1)]), ("due", [("2025-01-31", 1)])]
    assert pages["deadlines/index.html"].years
    assert not pages["deadlines/page-2/index.html"].years


def test_no_deadline_is_a_page_that_says_so():
    assert list(pages_of(unit(1))) == ["deadlines/index.html"]


def test_a_date_is_an_anchor_once_on_a_page():
    first, second = unit(1, "2024-09-30", of="u"), unit(2, published="2024-11-01", of="u")
    (over, answered) = pages_of(first, second, unit(3, "2024-09-30"))["deadlines/index.html"].sections
    assert [group.is_first for group in (*over.rows, *answered.rows)] == [True, False]


def test_the_flipped_rows_keep_the_order_of_dates():
    ordered = in_order(site(unit(1, "2024-09-30", "2024-12-05", "2024-11-30", "2024-12-02", "2024-12")).deadlines)
    assert all(a.date.last_day <= b.date.last_day for a, b in pairwise(ordered))


# ------------------------------------------------------------------------------------------------------- calendars

DAY = dt.date


def test_a_cell_shows_the_worst_of_its_day():
    promises = [
        Promise(DAY(2024, 2, 29), "done"),
        Promise(DAY(2024, 2, 29), "over"),
        Promise(DAY(2024, 2, 1), "done"),
    ]
    (year,) = years_of(promises, DAY(2024, 6, 1))
    february = year.months[1]
    assert [(mark.day.day, mark.state, mark.count) for mark in february.marks] == [(1, "done", 1), (29, "over", 2)]
    assert february.label == "2024年2月：1日 1 项，29日 2 项"
    assert year.counts == (("over", "期限已过", 1), ("done", "写明已完成", 2))


@pytest.mark.parametrize(
    ("years", "now", "shown"),
    [
        ((2024,), 2024, {2024: True}),
        ((2021, 2023, 2024, 2025, 2030), 2024, {2023: False, 2024: True, 2025: False}),
        ((2020, 2022), 2024, {2020: False, 2022: True}),
        ((2023, 2025), 2024, {2023: False, 2025: True}),
        ((), 2024, {}),
    ],
)
def test_the_years_around_now_are_shown(years, now, shown):
    promises = [Promise(DAY(year, 5, 1), "due") for year in years]
    assert {year.year: year.is_now for year in years_of(promises, DAY(now, 6, 1))} == shown


@given(st.dates(DAY(1900, 1, 1), DAY(2200, 12, 31)))
def test_every_day_stands_in_its_week(day):
    (year,) = years_of([Promise(day, "due")], None)
    month = year.months[day.month - 1]
    (mark,) = month.marks
    assert mark.x == day.weekday() * CELL
    weeks = [tuple(map(int, line)) for line in re.findall(r"M(\d+) (\d+)h(\d+)", month.dots)]
    assert [y for _, y, _ in weeks] == [CELL * week + CELL // 2 for week in range(month.height // CELL)]
    dots = {(x + step, y) for x, y, width in weeks for step in range(0, width + 1, CELL)}
    assert len(dots) == (DAY(day.year + day.month // 12, day.month % 12 + 1, 1) - day.replace(day=1)).days
    assert (mark.x + CELL // 2, mark.y + CELL // 2) in dots


def test_what_a_notice_calls_done_is_a_promise_and_no_deadline():
    value = pages_of(unit(1, "✓2024-09-30", "2024-10-31"))["deadlines/index.html"]
    (year,) = value.years
    assert year.counts == (("over", "期限已过", 1), ("done", "写明已完成", 1))
    assert groups(value) == [("over", [("2024-10-31", 1)])]


# -------------------------------------------------------------------------------------------------- feed and phone


def test_a_calendar_stays_below_200_kb_and_keeps_what_is_due():
    days = [(DAY(2022, 1, 1) + dt.timedelta(days=n)).isoformat() for n in range(1200)]
    whole = site(unit(1, *days, title="第{}件" + "很长的题目" * 20))
    made = calendar(whole.config, "期限", whole.deadlines, whole.as_of)
    assert len(made) < 200_000
    assert made.endswith(b"END:VCALENDAR\r\n")
    found = re.findall(rb"DTSTART;VALUE=DATE:(\d{8})", made)
    due = [day.replace("-", "").encode() for day in days if day >= "2024-12-01"]
    assert set(due) <= set(found)
    assert found == sorted(found, reverse=True)
    assert f"共 1200 项，只载最近的 {len(found)} 项" in made.decode().replace("\r\n ", "")


def test_a_short_calendar_has_all_and_says_nothing_of_more():
    whole = site(unit(1, "2024-09-30", "2025-01-31"))
    made = calendar(whole.config, "期限", whole.deadlines, whole.as_of)
    assert made.count(b"BEGIN:VEVENT") == 2
    assert b"X-WR-CALDESC" not in made


def test_the_feed_of_a_place_has_the_deadlines_that_fell_due_and_stays_short():
    many = unit(1, *["2025-01-31"] * 60, title="第{}件" + "很长的题目" * 200)
    whole = site(many, unit(2, "2024-09-30", published="2024-10-01"), unit(3, "2024-09-30", place=region()))
    found = {listing.folder: listing for listing in listings(whole)}
    assert [folder for folder in found if folder.startswith("deadlines/")] == ["deadlines/"]
    for code in ("350000", "350600", "350626"):
        entries = found[f"regions/{code}/"].newest
        assert sorted(entry.author for entry in entries if entry.title.startswith("期限到了")) == ["第2局"]
    many = found["regions/350626/"]
    assert len(many.newest) <= 50
    assert len(atom(whole.config, many, whole.as_of)) < 200_000
