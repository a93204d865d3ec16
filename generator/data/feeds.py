"""What each list publishes beside its page: an Atom feed and its rows as JSON."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from html import escape
from typing import Any, Generic, NamedTuple, TypeVar

from generator.content.config import Config
from generator.data.formats import to_json
from generator.model.money_rules import MONEY_NAMES
from generator.model.notice import PartialDate, Unit
from generator.model.vocabulary import DEADLINE_WORDS, STATUS_NAMES, figures_in_words
from generator.site.changes import KIND_NAMES, Event, IssueMention, events_of, in_order, withdrawals
from generator.site.ledger import ledgers_of
from generator.site.ledger_entries import MoneyEntry, PeopleEntry
from generator.site.model import (
    IssueRow,
    Site,
    SiteDeadline,
    SiteNotice,
    SiteRegion,
    SiteUnit,
    figures_of,
    newest_first,
)

T = TypeVar("T")

_MAX = 50
"""Entries of a feed: readers ask often, and older entries they have already."""


class Entry(NamedTuple):
    """An entry of a feed and of the list's JSON."""

    id: str
    """Unique in the site, never changes."""
    title: str
    href: str
    """Relative to the site's root."""
    date: PartialDate | None
    summary: str
    author: str
    status: str | None = None
    is_news: bool = False
    """Whether it tells of a notice on another day than its own (更正, 撤下, 期限到了): no date of publication."""


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
    news = tuple(_news(site.notices, site.withdrawn))
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
            some = tuple(row for row in site.issues if row.issue.issue.status == status)
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


def change_entry(event: Event) -> Entry:
    """A change in a feed, on its day."""
    summary = event.why or (event.correction.what if event.correction else "")
    if event.before and event.after:
        old, new = (f"{STATUS_NAMES[one.issue.issue.status]}（{_quoted(one)}）" for one in (event.before, event.after))
        summary = f"{old} → {new}"
    if event.deadline:
        summary = f"整改期限 {event.date.chinese}，{DEADLINE_WORDS[event.deadline.state]}。"
    return Entry(
        id=f"change/{event.id}",
        title=f"{KIND_NAMES[event.kind]}：{_brief(event.title)}",
        href=event.href,
        date=event.date,
        summary=_brief(summary or event.title),
        author=event.item.notice.unit.name,
        is_news=event.date != event.item.notice.published,
    )


_BRIEF = 400
"""Characters of a text in feeds that many places have."""


def _brief(text: str) -> str:
    return text if len(text) <= _BRIEF else text[:_BRIEF] + "……"


def _quoted(one: IssueMention) -> str:
    quote = one.issue.issue.status_quote
    return f"“{quote}”" if quote else "没有写明"


def unit_listing(site: Site, unit: SiteUnit, withdrawn: Iterable[SiteNotice]) -> Listing[SiteNotice]:
    """The notices of a unit, and what else changed about it; `withdrawn` are notices that it had."""
    changed = map(change_entry, in_order(_beside(events_of(site, unit), ("moved", "due"))))
    news = (*_news(unit.notices, withdrawn), *changed)
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
    return Listing(folder=folder, title=unit.name, rows=(), entry=notice_entry, news=tuple(_news((), withdrawn)))


def _news(notices: Iterable[SiteNotice], withdrawn: Iterable[SiteNotice]) -> Iterator[Entry]:
    """更正 and 撤下, each dated by its own day."""
    for item in notices:
        for number, one in enumerate(item.notice.corrections, 1):
            yield _announced(
                item, f"correction/{number}", "更正", "#corrections", one.date, f"{one.what}　原因：{one.why}"
            )
    for item in withdrawn:
        if gone := item.notice.withdrawn:
            yield _announced(item, "withdrawn", "撤下", "", gone.date, f"原因：{gone.why}")


def _announced(item: SiteNotice, name: str, what: str, fragment: str, date: PartialDate, summary: str) -> Entry:
    return Entry(
        id=f"{item.notice.id}/{name}",
        title=f"{what}：{item.notice.title}",
        href=f"{item.path}index.html{fragment}",
        date=date,
        summary=summary,
        author=item.notice.unit.name,
        is_news=True,
    )


def notice_entry(item: SiteNotice) -> Entry:
    """A notice in a feed."""
    return Entry(
        id=item.notice.id,
        title=item.notice.title,
        href=item.path + "index.html",
        date=item.notice.published,
        summary=f"{item.notice.unit.name}：{figures_in_words(item.figures)}。",
        author=item.notice.unit.name,
    )


def issue_entry(row: IssueRow) -> Entry:
    """An issue in a feed."""
    item, issue, _ = row
    status = issue.issue.status
    return Entry(
        id=f"{item.notice.id}/{issue.anchor}",
        title=f"{issue.issue.title}（{STATUS_NAMES[status]}）",
        href=f"{item.path}index.html#{issue.anchor}",
        date=item.notice.published,
        summary=issue.issue.finding or issue.issue.title,
        author=item.notice.unit.name,
        status=status,
    )


def unit_entry(unit: SiteUnit) -> Entry:
    """A unit in a feed, dated by its newest notice."""
    return Entry(
        id=f"unit/{unit.unit.id}",
        title=unit.unit.name,
        href=unit.path + "index.html",
        date=unit.notices[0].notice.published,
        summary=f"通报 {len(unit.notices)} 份。",
        author=unit.unit.name,
    )


def region_entry(region: SiteRegion) -> Entry:
    """A region in a feed, dated by the newest notice in it."""
    return Entry(
        id=f"region/{region.code}",
        title=region.full_name,
        href=region.path + "index.html",
        date=region.newest,
        summary=f"{len(region.units)} 个单位。",
        author=region.full_name,
    )


def issue_region_entry(region: SiteRegion, rows: Sequence[IssueRow]) -> Entry:
    """The list of a region's issues in a feed, dated by the newest notice of its own units."""
    return Entry(
        id=f"issues/region/{region.code}",
        title=f"{region.full_name}的问题",
        href=region.issues_path + "index.html",
        date=rows[0].item.notice.published,
        summary=f"{figures_in_words(figures_of(row.issue for row in rows))}。",
        author=region.full_name,
    )


def contact_entry(unit: SiteUnit) -> Entry:
    """A unit's contact in a feed, dated by the notice that gives it."""
    contact = unit.contact
    said = [*contact.phones, *contact.emails, *filter(None, (contact.address, contact.postcode))]
    return Entry(
        id=f"contact/{unit.unit.id}",
        title=unit.unit.name,
        href=unit.path + "index.html#contact",
        date=unit.contact_from.notice.published,
        summary="；".join(said) or ("见联系方式原文。" if contact.unread else "通报未载明联系方式。"),
        author=unit.unit.name,
    )


def deadline_entry(deadline: SiteDeadline) -> Entry:
    """A deadline in a feed, dated by the notice that sets it."""
    item = deadline.notice
    return Entry(
        id=f"deadline/{item.notice.id}/{deadline.anchor}",
        title=f"{deadline.date.chinese}：{_brief(deadline.title)}",
        href=f"{item.path}index.html#{deadline.anchor}",
        date=item.notice.published,
        summary=f"整改期限 {deadline.date.chinese}，{DEADLINE_WORDS[deadline.state]}。",
        author=item.notice.unit.name,
        status=deadline.state,
    )


def ledger_entry(entry: MoneyEntry | PeopleEntry) -> Entry:
    """A line of the ledger in a feed, dated by its notice."""
    if isinstance(entry, MoneyEntry):
        title = f"{MONEY_NAMES[entry.kind]}{entry.printed}"
    else:
        title = f"{entry.measure or '问责'}{entry.count}{'人次' if entry.is_times else '人'}"
    off = "" if entry.is_counted else f"（不计入合计：{entry.why}）"
    return Entry(
        id=f"ledger/{entry.id}",
        title=title + off,
        href=entry.href,
        date=entry.item.notice.published,
        summary=_brief(entry.quote or title),
        author=entry.item.notice.unit.name,
    )


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


_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml(text: str) -> str:
    """`text` escaped, without the characters that XML 1.0 cannot hold."""
    return escape(text if text.isprintable() else _NOT_XML.sub("", text), quote=False)
