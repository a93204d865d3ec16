"""What a row of a list says in its feed and its JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from generator.model.money_rules import MONEY_NAMES
from generator.model.notice import PartialDate
from generator.model.vocabulary import DEADLINE_WORDS, STATUS_NAMES, figures_in_words
from generator.site.changes import KIND_NAMES, Event, IssueMention
from generator.site.ledger_entries import MoneyEntry, PeopleEntry
from generator.site.model import IssueRow, SiteDeadline, SiteNotice, SiteRegion, SiteUnit, figures_of

_BRIEF = 400
"""Characters of a text in feeds that many places have."""


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


def news_of(notices: Iterable[SiteNotice], withdrawn: Iterable[SiteNotice]) -> Iterator[Entry]:
    """更正 and 撤下 in a feed, each dated by its own day."""
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
    item, issue, status = row.item, row.issue, row.face.status
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
        summary=f"{figures_in_words(figures_of(row.face for row in rows))}。",
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


def _brief(text: str) -> str:
    return text if len(text) <= _BRIEF else text[:_BRIEF] + "……"


def _quoted(one: IssueMention) -> str:
    quote = one.issue.issue.status_quote
    return f"“{quote}”" if quote else "没有写明"
