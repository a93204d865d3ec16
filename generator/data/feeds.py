"""What each list publishes beside its page: an Atom feed and its rows as JSON."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from html import escape
from typing import Any, Generic, TypeVar

from generator.base.late_patterns import late_pattern
from generator.content.config import Config
from generator.data.feed_entries import (
    Entry,
    change_entry,
    contact_entry,
    deadline_entry,
    issue_entry,
    issue_region_entry,
    ledger_entry,
    news_of,
    notice_entry,
    region_entry,
    unit_entry,
)
from generator.data.formats import to_json
from generator.model.notice import PartialDate, Unit
from generator.model.vocabulary import STATUS_NAMES
from generator.site.changes import Event, events_of, in_order, withdrawals
from generator.site.ledger import ledgers_of
from generator.site.model import (
    Site,
    SiteNotice,
    SiteRegion,
    SiteUnit,
    newest_first,
)

T = TypeVar("T")

_MAX = 50
"""Entries of a feed: readers ask often, and older entries they have already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing(Generic[T]):
    """A list as machines get it."""

    folder: str
    """Where it stands: empty or ending in `/`."""
    title: str
    rows: Sequence[T]
    entry: Callable[[T], Entry]
    news: tuple[Entry, ...] = ()
    """What the feed announces beside the rows."""
    has_json: bool = True
    """Whether its rows are published as JSON, too: rows that no other list has so."""
    is_newest_first: bool = False
    """Whether the rows stand in the order of a feed."""

    @property
    def entries(self) -> Iterator[Entry]:
        """Its rows as entries."""
        return map(self.entry, self.rows)

    @property
    def newest(self) -> tuple[Entry, ...]:
        """What the feed holds."""
        rows = self.rows[:_MAX] if self.is_newest_first else self.rows
        entries = (*self.news, *map(self.entry, rows))
        by_date = sorted(entries, key=lambda entry: entry.date.last_day if entry.date else dt.date.min, reverse=True)
        return tuple(by_date[:_MAX])


def listings(site: Site) -> Iterator[Listing[Any]]:
    """The lists that are not of one unit; those with rows, and the main ones in any case.

    A place has one feed, and an issue is in one JSON, that of its year.
    """
    return (listing for listing in _listings(site) if listing.rows or listing.folder.count("/") == 1)


def _listings(site: Site) -> Iterator[Listing[Any]]:
    news = tuple(news_of(site.notices, site.withdrawn))
    yield Listing(
        folder="notices/", title="整改通报", rows=site.notices, entry=notice_entry, news=news, is_newest_first=True
    )
    for year in dict.fromkeys(item.year for item in site.notices if item.year):
        of_year = tuple(item for item in site.notices if item.year == year)
        folder, title = f"notices/year/{year}/", f"{year}年整改通报"
        yield Listing(folder=folder, title=title, rows=of_year, entry=notice_entry, is_newest_first=True)
        yield Listing(
            folder=f"issues/year/{year}/",
            title=f"{year}年通报的问题",
            rows=tuple(row for item in of_year for row in site.rows_of[item.notice.id]),
            entry=issue_entry,
            is_newest_first=True,
        )
    yield Listing(folder="units/", title="单位", rows=site.units, entry=unit_entry)
    yield Listing(folder="contacts/", title="联系方式", rows=site.units, entry=contact_entry)
    yield Listing(folder="contacts/region/", title="联系方式（按地区）", rows=site.units_by_region, entry=contact_entry)
    yield Listing(folder="regions/", title="地区", rows=site.regions, entry=region_entry)
    yield Listing(
        folder="issues/region/",
        title="按地区看问题",
        rows=tuple(region for region in site.regions if region.code in site.issues_by_region),
        entry=lambda region: issue_region_entry(region, site.issues_by_region[region.code]),
    )
    for region in site.regions:
        yield region_listing(site, region)
    issues = partial(Listing, entry=issue_entry, has_json=False, is_newest_first=True)
    yield issues(folder="issues/", title="问题清单", rows=site.issues)
    for topic, rows in site.topics:
        yield issues(folder=f"issues/{topic.id}/", title=topic.name, rows=rows)
    for status, name in STATUS_NAMES.items():
        if site.figures[status]:
            some = tuple(row for row in site.issues if row.face.status == status)
            yield issues(folder=f"issues/status/{status}/", title=f"{name}的问题", rows=some)
    ledgers = [ledgers_of(site)[unit.unit.id] for unit in site.units]
    if entries := [entry for one in ledgers for entry in (*one.money, *one.people)]:
        yield Listing(folder="ledger/", title="账本", rows=entries, entry=ledger_entry)
    whole = in_order((*(event for unit in site.units for event in events_of(site, unit)), *withdrawals(site)))
    if whole:
        yield Listing(folder="changes/", title="有什么变化", rows=whole, entry=change_entry)
    yield Listing(folder="deadlines/", title="整改期限", rows=site.deadlines, entry=deadline_entry)


def region_listing(site: Site, region: SiteRegion) -> Listing[SiteNotice]:
    """The notices of a place, and what else changed there."""
    items = tuple(sorted((item for unit in region.units for item in unit.notices), key=newest_first))
    news = tuple(map(change_entry, in_order(_beside(event for u in region.units for event in events_of(site, u)))))
    return Listing(
        folder=region.path,
        title=region.full_name,
        rows=items,
        entry=notice_entry,
        news=news,
        has_json=False,
        is_newest_first=True,
    )


def _beside(events: Iterable[Event], kinds: Container[str] = ("moved", "due", "corrected")) -> Iterator[Event]:
    """The events that a feed of notices has as news."""
    return (event for event in events if event.kind in kinds)


def unit_listing(site: Site, unit: SiteUnit, withdrawn: Iterable[SiteNotice]) -> Listing[SiteNotice]:
    """The notices of a unit, and what else changed about it; `withdrawn` are notices that it had."""
    changed = map(change_entry, in_order(_beside(events_of(site, unit), ("moved", "due"))))
    news = (*news_of(unit.notices, withdrawn), *changed)
    return Listing(
        folder=unit.path,
        title=unit.unit.name,
        rows=unit.notices,
        entry=notice_entry,
        news=news,
        has_json=False,
        is_newest_first=True,
    )


def former_listing(unit: Unit, withdrawn: Iterable[SiteNotice]) -> Listing[SiteNotice]:
    """What the feed of a unit says that has no notice any more."""
    folder = f"units/{unit.id}/"
    return Listing(folder=folder, title=unit.name, rows=(), entry=notice_entry, news=tuple(news_of((), withdrawn)))


def rows_json(config: Config, listing: Listing[Any], as_of: dt.date | None) -> bytes:
    """All rows of the list, with whole addresses."""
    base = config.base_url
    return to_json(
        {
            "title": listing.title,
            "site": config.name,
            "url": base + listing.folder + "index.html",
            "as_of": as_of.isoformat() if as_of else None,
            "items": [_item(base, entry) for entry in listing.entries],
        }
    )


def _item(base: str, entry: Entry) -> dict[str, str | None]:
    item = {
        "title": entry.title,
        "url": base + entry.href,
        "published": entry.date.iso if entry.date and not entry.is_news else None,
        "unit": entry.author,
        "summary": entry.summary,
    }
    if entry.is_news and entry.date:
        item["date"] = entry.date.iso
    if entry.status:
        item["status"] = entry.status
    return item


def atom(config: Config, listing: Listing[Any], as_of: dt.date | None, path: str | None = None) -> bytes:
    """The newest rows of the list as Atom (RFC 4287), times at +08:00.

    At the `path` of the site's own feed it has the site's name.
    """
    path, shown = path or listing.folder + "feed.xml", listing.newest
    updated = _time(next((entry.date for entry in shown if entry.date), None), as_of)
    title = config.name if path == "feed.xml" else f"{listing.title}_{config.name}"
    rows = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-CN">',
        f"<id>{_tag(config, path)}</id>",
        f"<title>{xml(title)}</title>",
        f"<updated>{updated}</updated>",
        f'<link rel="self" type="application/atom+xml" href="{escape(config.base_url + path)}"/>',
        f'<link rel="alternate" type="text/html" href="{escape(config.base_url + listing.folder + "index.html")}"/>',
        *_entries(config, shown, as_of),
        "</feed>\n",
    ]
    return "\n".join(rows).encode()


def _entries(config: Config, entries: Sequence[Entry], as_of: dt.date | None) -> Iterable[str]:
    for entry in entries:
        time = _time(entry.date, as_of)
        published = f"<published>{time}</published>" if entry.date and not entry.is_news else ""
        yield (
            f"<entry><id>{_tag(config, entry.id)}</id><title>{xml(entry.title)}</title>"
            f"<updated>{time}</updated>{published}"
            f'<link rel="alternate" type="text/html" href="{escape(config.base_url + entry.href)}"/>'
            f"<author><name>{xml(entry.author)}</name></author><summary>{xml(entry.summary)}</summary></entry>"
        )


def _time(date: PartialDate | None, as_of: dt.date | None) -> str:
    day = date.first_day if date else as_of or dt.date(1970, 1, 1)
    return f"{day.isoformat()}T00:00:00+08:00"


def _tag(config: Config, name: str) -> str:
    """A tag URI (RFC 4151): stays the same when the site moves to another folder."""
    return xml(f"tag:{config.authority},2025:{name}")


_NOT_XML = late_pattern("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml(text: str) -> str:
    """`text` escaped, without the characters that XML 1.0 cannot hold."""
    return escape(text if text.isprintable() else _NOT_XML.sub("", text), quote=False)
