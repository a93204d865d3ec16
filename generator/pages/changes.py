"""What changed, by month: the whole site's, and what is newest in each place."""

from __future__ import annotations

import weakref
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from generator.pages.by_time import TimedPage, Times, pages_by_time
from generator.pages.page import Link, Page, Pager, Section, list_page, sections
from generator.site.changes import KIND_NAMES, Event, EventKind, events_of, in_order, withdrawals
from generator.site.model import Site, SiteRegion

CHANGES = "changes/"
_NAME = "有什么变化"


class PlaceFeed(NamedTuple):
    """The changes of a place."""

    page: Link
    feed: str
    notices: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeList:
    """The value of `changes.html`."""

    region: SiteRegion | None
    """None: the whole site."""
    sections: tuple[Section[Event], ...]
    """By month, the latest first; `about` says how many changes of each kind are in it, where it begins."""
    months: tuple[Link, ...]
    """Where each month begins, on the first page of the whole site."""
    feeds: tuple[PlaceFeed, ...]
    """Those of the places, on the first page of the whole site."""
    pager: Pager
    times: Times
    more: int
    """Older changes of the place that are not shown."""


def site_events(site: Site) -> tuple[Event, ...]:
    """All changes, the latest first."""
    return in_order((*(event for unit in site.units for event in events_of(site, unit)), *withdrawals(site)))


_OF_REGION: weakref.WeakKeyDictionary[Site, dict[str, tuple[Event, ...]]] = weakref.WeakKeyDictionary()


def region_events(site: Site, region: SiteRegion) -> tuple[Event, ...]:
    """The changes in a place, the latest first; worked out once for all that shows them."""
    known = _OF_REGION.setdefault(site, {})
    found = known.get(region.code)
    if found is None:
        found = known[region.code] = in_order(event for unit in region.units for event in events_of(site, unit))
    return found


_ON_ITS_PAGE = 20
"""Changes that the page of a place shows itself, where a line says all of each."""
_IN_A_LINE: frozenset[EventKind] = frozenset({"new", "due"})


def place_of_changes(site: Site, region: SiteRegion) -> str:
    """The path of the page that has all changes in a place: its own page as long as these are few and simple."""
    events = region_events(site, region)
    is_short = len(events) <= _ON_ITS_PAGE and all(event.kind in _IN_A_LINE for event in events)
    return f"{region.path if is_short else f'{CHANGES}{region.code}/'}index.html"


def change_pages(site: Site) -> Iterator[Page]:
    """All changes, and those of each place whose own page does not show all. Without any there is no such page."""
    events = site_events(site)
    if not events:
        return
    list_at = Link(href=f"{CHANGES}index.html", text=_NAME)
    pages = list(pages_by_time(events, site.config.page_size, list_at, lambda event: event.date))
    months, heads = dict[str, Link](), _MonthHeads.of(events)
    for one in pages:
        for event in one.rows if not one.times.when else ():
            href = f"{one.pager.path(one.pager.number)}#m{event.month}"
            months.setdefault(event.month, Link(href=href, text=month_name(event.month)))
    for one in pages:
        is_head = one.pager.number == 1 and not one.times.when
        head = (tuple(months.values()), tuple(_feeds(site))) if is_head else ((), ())
        yield _page(site, None, one, heads, *head)
    for region in site.regions:
        if place_of_changes(site, region) == f"{CHANGES}{region.code}/index.html":
            of_region = region_events(site, region)
            pager = Pager(number=1, count=1, total=len(of_region), folder=f"{CHANGES}{region.code}/")
            rows = of_region[: site.config.page_size]
            one = TimedPage(pager=pager, rows=rows, whole=of_region, times=Times())
            yield _page(site, region, one, _MonthHeads.of(of_region))


def has_changes(site: Site) -> bool:
    """Whether anything has a day."""
    return any(item.notice.published for item in site.notices) or bool(site.withdrawn)


def month_name(month: str) -> str:
    """2025年11月."""
    year, _, number = month.partition("-")
    return f"{year}年" + (f"{int(number)}月" if number else "")


def _feeds(site: Site) -> Iterator[PlaceFeed]:
    for region in site.regions:
        if region.depth == 0 or len(site.regions) <= _MOST_FEEDS:
            count = sum(len(unit.notices) for unit in region.units)
            at = Link(href=place_of_changes(site, region), text=region.full_name)
            yield PlaceFeed(at, f"{region.path}feed.xml", count)


_MOST_FEEDS = 60
"""Places whose feeds are all named on one page; of more only the provinces."""


class _MonthHeads(NamedTuple):
    """What stands beside the head of a month, wherever it begins on a page."""

    first: Mapping[str, Event]
    counts: Mapping[str, Counter[EventKind]]

    @classmethod
    def of(cls, events: Sequence[Event]) -> _MonthHeads:
        first: dict[str, Event] = {}
        counts: dict[str, Counter[EventKind]] = {}
        for event in events:
            first.setdefault(event.month, event)
            counts.setdefault(event.month, Counter())[event.kind] += 1
        return cls(first, counts)

    def about(self, month: str, rows: Sequence[Event]) -> str:
        """How many changes of each kind are in the month; nothing where it goes on from another page."""
        if rows[0] is not self.first[month]:
            return ""
        counts = self.counts[month]
        return "，".join(f"{name} {counts[kind]}" for kind, name in KIND_NAMES.items() if kind in counts)


def _page(
    site: Site,
    region: SiteRegion | None,
    one: TimedPage[Event],
    heads: _MonthHeads,
    months: tuple[Link, ...] = (),
    feeds: tuple[PlaceFeed, ...] = (),
) -> Page:
    parts = sections(one.rows, lambda event: event.month, lambda event: month_name(event.month))
    name = f"{region.full_name}的变化" if region else _NAME
    first = (Link(href=f"{CHANGES}index.html", text=site.config.columns.changes),) if region else ()
    return list_page(
        one.pager,
        template="changes.html",
        name=f"{name}（{one.times.when}）" if one.times.when else name,
        column="changes",
        value=ChangeList(
            region=region,
            sections=tuple(
                Section(title=part.title, rows=part.rows, key=part.key, about=heads.about(part.key, part.rows))
                for part in parts
            ),
            months=months,
            feeds=feeds,
            pager=one.pager,
            times=one.times,
            more=len(one.whole) - len(one.rows) if region else 0,
        ),
        crumbs=(*first, *one.times.above),
        feeds=region.path if region else None,
        has_json=not region,
        list_folder=None if region else CHANGES,
        description="新通报、状态变化、到期的期限、更正和撤下，按月列出",
    )
