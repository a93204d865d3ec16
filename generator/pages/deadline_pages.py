"""Pages of deadlines, of all and of each place: by date, what passed longest ago first."""

from __future__ import annotations

import weakref
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from generator.model.notice import PartialDate
from generator.model.vocabulary import DEADLINE_WORDS
from generator.pages.calendars import YearPlot, promises_of, years_of
from generator.pages.figure_tables import DeadlineFigures, deadline_figures
from generator.pages.page import Link, Page, Pager, Section, column_link, list_page, paged, sections
from generator.site.model import Site, SiteDeadline, SiteRegion, SiteUnit
from generator.site.regions import regions_below

DEADLINES = "deadlines/"


@dataclass(frozen=True, slots=True, kw_only=True)
class DateGroup:
    """What is due by one date and in one state."""

    date: PartialDate
    rows: tuple[SiteDeadline, ...]
    is_first: bool
    """Whether no group of the page before it has its date: an anchor occurs once on a page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineList:
    """The value of `deadlines.html`."""

    region: SiteRegion | None
    """None: the whole site."""
    sections: tuple[Section[DateGroup], ...]
    """期限已过, the longest first · 未到期, the soonest first · 已有后续通报, the latest first."""
    marks: tuple[Link, ...]
    """Where each of these begins."""
    pager: Pager
    figures: DeadlineFigures | None
    """Of all deadlines, on the first page."""
    years: tuple[YearPlot, ...]
    """On the first page."""
    places: tuple[tuple[Link, int], ...]
    """The places one level below, and how many deadlines each has; on the first page."""
    units: tuple[tuple[Link, int], ...]
    """The units with most deadlines that have passed, and how many; on the first page of a place."""
    calendar: str
    """Path of the calendar."""


_ORDER = ("over", "due", "answered")
_ABOUT_STATE = {
    "due": "最近的在前。",
    "over": "原定期限已过，本站未收录该单位的后续通报；不等于未完成。过得最久的在前。",
    "answered": "原定期限已过，该单位此后又公布过通报，进展见后续通报。最近的在前。",
}
_UNITS = 8


_OF_REGION: weakref.WeakKeyDictionary[Site, dict[str, tuple[SiteDeadline, ...]]] = weakref.WeakKeyDictionary()


def region_deadlines(site: Site, region: SiteRegion) -> tuple[SiteDeadline, ...]:
    """The deadlines of a region's units, the earliest first; worked out once for all that shows them."""
    known = _OF_REGION.setdefault(site, {})
    found = known.get(region.code)
    if found is None:
        of_units = (d for unit in region.units for d in _of_unit(site, unit))
        found = tuple(sorted(of_units, key=lambda d: (d.date.last_day, d.notice.notice.id, d.anchor)))
        known[region.code] = found
    return found


ON_ITS_PAGE = {"over": 20, "due": 8}
"""Deadlines that the page of a place shows itself, by state; of those that were answered none."""


def place_of_deadlines(site: Site, region: SiteRegion) -> str | None:
    """The path of the page that has all deadlines of a place: its own page while they are few; None: it has none."""
    found = Counter(deadline.state for deadline in region_deadlines(site, region))
    if not found:
        return None
    is_short = all(count <= ON_ITS_PAGE.get(state, 0) for state, count in found.items())
    return f"{region.path if is_short else f'{DEADLINES}{region.code}/'}index.html"


def deadline_pages(site: Site) -> Iterator[Page]:
    """All deadlines, and those of each place whose own page does not show all. Without any one page says so."""
    tops = [(index, region) for index, region in enumerate(site.regions) if region.depth == 0]
    yield from _pages(site, None, site.units, site.deadlines, tuple(region for _, region in tops))
    for index, region in enumerate(site.regions):
        if place_of_deadlines(site, region) == f"{DEADLINES}{region.code}/index.html":
            found = region_deadlines(site, region)
            yield from _pages(site, region, region.units, found, regions_below(site.regions, index))


def _pages(
    site: Site,
    region: SiteRegion | None,
    units: Sequence[SiteUnit],
    deadlines: Sequence[SiteDeadline],
    below: Sequence[SiteRegion],
) -> Iterator[Page]:
    folder = f"{DEADLINES}{region.code}/" if region else DEADLINES
    pages = list(paged(in_order(deadlines), site.config.page_size, folder))
    marks: dict[str, Link] = {}
    for pager, rows in pages:
        for d in rows:
            href = f"{pager.path(pager.number)}#{d.state}"
            marks.setdefault(d.state, Link(href=href, text=DEADLINE_WORDS[d.state]))
    years = years_of(promises_of((i for unit in units for i in unit.notices), deadlines), site.as_of)
    for pager, rows in pages:
        is_first = pager.number == 1
        yield list_page(
            pager,
            template="deadlines.html",
            name=f"{region.full_name}的整改期限" if region else "整改期限",
            column="deadlines",
            value=DeadlineList(
                region=region,
                sections=tuple(_sections(rows)),
                marks=tuple(marks.values()),
                pager=pager,
                figures=deadline_figures(deadlines) if is_first else None,
                years=years if is_first else (),
                places=tuple(_places(site, below)) if is_first else (),
                units=tuple(_worst(site, units)) if region and is_first else (),
                calendar=f"{region.path}deadlines.ics" if region else f"{DEADLINES}deadlines.ics",
            ),
            crumbs=(column_link(site.config, "deadlines"),) if region else (),
            feeds=region.path if region else None,
            has_json=not region,
            description="通报写明的整改期限：期限已过未见后续通报和未到期的事项，按日期排列",
        )


def in_order(deadlines: Sequence[SiteDeadline]) -> list[SiteDeadline]:
    """As the pages show them: what passes by the visitor's clock goes from the head of one to the end of the other."""
    earliest = sorted(deadlines, key=lambda d: (d.date.last_day, d.date, d.notice.notice.id, d.anchor))
    of = {state: [d for d in earliest if d.state == state] for state in _ORDER}
    of["answered"].sort(key=lambda d: (d.date.last_day, d.date), reverse=True)
    return [d for state in _ORDER for d in of[state]]


def _sections(rows: Sequence[SiteDeadline]) -> Iterator[Section[DateGroup]]:
    seen: set[str] = set()
    for part in sections(rows, lambda d: d.state, lambda d: DEADLINE_WORDS[d.state]):
        groups = []
        for date, same in groupby(part.rows, key=lambda d: d.date):
            groups.append(DateGroup(date=date, rows=tuple(same), is_first=date.iso not in seen))
            seen.add(date.iso)
        yield Section(title=part.title, rows=tuple(groups), key=part.key, about=_ABOUT_STATE[part.key])


def _places(site: Site, below: Sequence[SiteRegion]) -> Iterator[tuple[Link, int]]:
    for region in below:
        if place := place_of_deadlines(site, region):
            yield Link(href=place, text=region.name), len(region_deadlines(site, region))


def _worst(site: Site, units: Sequence[SiteUnit]) -> Iterator[tuple[Link, int]]:
    over = Counter({unit.unit.id: sum(d.state == "over" for d in _of_unit(site, unit)) for unit in units})
    for unit_id, count in sorted(over.items(), key=lambda pair: (-pair[1], pair[0]))[:_UNITS]:
        if count:
            unit = site.unit_of[unit_id]
            yield Link(href=f"{unit.path}index.html", text=unit.unit.name), count


def _of_unit(site: Site, unit: SiteUnit) -> Iterator[SiteDeadline]:
    return (d for item in unit.notices for d in site.deadlines_of[item.notice.id])
