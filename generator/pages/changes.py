"""What changed, by month: the whole site's, and what is newest in each place."""

from __future__ import annotations

import weakref
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.pages.page import Link, Page, Pager, Section, list_page, paged, sections
from generator.site.changes import KIND_NAMES, Event, events_of, in_order, withdrawals
from generator.site.model import Site, SiteRegion

CHANGES = "changes/"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeList:
    """The value of `changes.html`."""

    region: SiteRegion | None
    """None: the whole site."""
    sections: tuple[Section[Event], ...]
    """By month, the latest first; `about` says how many changes of each kind are in it."""
    months: tuple[Link, ...]
    """Where each month begins."""
    feeds: tuple[tuple[Link, int], ...]
    """The feeds of the places, and how many notices each has; on the first page of the whole site."""
    pager: Pager
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


def change_pages(site: Site) -> Iterator[Page]:
    """All changes, and those of each place. Without any there is no such page."""
    events = site_events(site)
    if not events:
        return
    pages = list(paged(events, site.config.page_size, CHANGES))
    months: dict[str, Link] = {}
    for pager, rows in pages:
        for event in rows:
            href = f"{pager.path(pager.number)}#m{event.month}"
            months.setdefault(event.month, Link(href=href, text=month_name(event.month)))
    feeds = tuple(_feeds(site))
    for pager, rows in pages:
        yield _page(site, None, pager, rows, tuple(months.values()), feeds if pager.number == 1 else (), 0)
    for region in site.regions:
        of_region = region_events(site, region)
        if of_region:
            size = site.config.page_size
            pager = Pager(number=1, count=1, total=len(of_region), folder=f"{CHANGES}{region.code}/")
            yield _page(site, region, pager, of_region[:size], (), (), len(of_region[size:]))


def has_changes(site: Site) -> bool:
    """Whether anything has a day."""
    return any(item.notice.published for item in site.notices) or bool(site.withdrawn)


def month_name(month: str) -> str:
    """2025年11月."""
    year, _, number = month.partition("-")
    return f"{year}年" + (f"{int(number)}月" if number else "")


def _feeds(site: Site) -> Iterator[tuple[Link, int]]:
    for region in site.regions:
        if region.depth == 0 or len(site.regions) <= _MOST_FEEDS:
            count = sum(len(unit.notices) for unit in region.units)
            yield Link(href=f"{CHANGES}{region.code}/index.html", text=region.full_name), count


_MOST_FEEDS = 60
"""Places whose feeds are all named on one page; of more only the provinces."""


def _about(rows: Sequence[Event]) -> str:
    counts = Counter(event.kind for event in rows)
    return "，".join(f"{name} {counts[kind]}" for kind, name in KIND_NAMES.items() if kind in counts)


def _page(
    site: Site,
    region: SiteRegion | None,
    pager: Pager,
    rows: Sequence[Event],
    months: tuple[Link, ...],
    feeds: tuple[tuple[Link, int], ...],
    more: int,
) -> Page:
    parts = sections(rows, lambda event: event.month, lambda event: month_name(event.month))
    return list_page(
        pager,
        template="changes.html",
        name=f"{region.full_name}的变化" if region else "有什么变化",
        column="changes",
        value=ChangeList(
            region=region,
            sections=tuple(
                Section(title=part.title, rows=part.rows, key=part.key, about=_about(part.rows)) for part in parts
            ),
            months=months,
            feeds=feeds,
            pager=pager,
            more=more,
        ),
        crumbs=(Link(href=f"{CHANGES}index.html", text=site.config.columns.changes),) if region else (),
        feeds=region.path if region else None,
        has_json=not region,
        description="新通报、状态变化、到期的期限、更正和撤下，按月列出",
    )
