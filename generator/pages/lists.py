"""Pages that list: notices, units, regions, issues, contacts, deadlines. Every row has a date, no list is empty."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Generic, TypeVar

from generator.charts import STATUS_NAMES, Bar, bar_of
from generator.model import STATUSES, Status
from generator.pages.base import Link, Page, Pager, column_link, paged
from generator.pages.notice import Headline, Step, headline_of
from generator.pinyin import initial
from generator.site import (
    NO_REGION,
    Figures,
    Site,
    SiteDeadline,
    SiteIssue,
    SiteNotice,
    SiteRegion,
    SiteUnit,
    add_figures,
    figures_of,
)
from generator.topics import Topic

Row = TypeVar("Row")
IssueRow = tuple[SiteNotice, SiteIssue]


@dataclass(frozen=True, slots=True, kw_only=True)
class Section(Generic[Row]):
    """Rows under one heading."""

    title: str
    rows: tuple[Row, ...]
    key: str = ""
    about: str = ""


def sections(
    rows: Iterable[Row], key: Callable[[Row], Hashable], title: Callable[[Row], str]
) -> tuple[Section[Row], ...]:
    """Rows that follow each other with the same key, as sections."""
    found = []
    for value, same in groupby(rows, key=key):
        group = tuple(same)
        found.append(Section(title=title(group[0]), rows=group, key=str(value)))
    return tuple(found)


# -------------------------------------------------------------------------------------------------------- notices


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeList:
    """The value of `notices.html`."""

    sections: tuple[Section[SiteNotice], ...]
    """By year."""
    pager: Pager
    years: tuple[tuple[Link, int], ...]
    year: int | None
    """The year whose notices these are; None: all."""


def notice_lists(site: Site) -> Iterator[Page]:
    """All notices, and those of each year."""
    years: dict[int, list[SiteNotice]] = {}
    for item in site.notices:
        if item.year:
            years.setdefault(item.year, []).append(item)
    links = tuple(
        (Link(href=f"notices/year/{year}/index.html", text=f"{year}年"), len(items)) for year, items in years.items()
    )
    yield from _notice_list(site, site.notices, None, links)
    for year, items in years.items():
        yield from _notice_list(site, items, year, links)


def _notice_list(
    site: Site, items: Sequence[SiteNotice], year: int | None, years: tuple[tuple[Link, int], ...]
) -> Iterator[Page]:
    folder = f"notices/year/{year}/" if year else "notices/"
    name = f"{year}年整改通报" if year else "整改通报"
    for pager, rows in paged(items, site.config.page_size, folder):
        by_year = sections(rows, lambda item: item.year, lambda item: f"{item.year}年" if item.year else "日期未载明")
        yield Page(
            path=pager.path(pager.number),
            template="notices.html",
            name=_numbered(name, pager),
            column="notices",
            value=NoticeList(sections=by_year, pager=pager, years=years, year=year),
            crumbs=(column_link(site.config, "notices"),) if year else (),
            description="巡察整改情况通报，按通报日期由新到旧",
            feed=folder + "feed.xml",
            data=folder + "list.json",
        )


def _numbered(name: str, pager: Pager) -> str:
    return name if pager.number == 1 else f"{name}（第 {pager.number} 页）"


# ---------------------------------------------------------------------------------------------------------- units


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitRow:
    """A unit in a list."""

    unit: SiteUnit
    figures: Figures
    bar: Bar


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitList:
    """The value of `units.html`."""

    sections: tuple[Section[UnitRow], ...]
    """By region."""
    pager: Pager
    provinces: tuple[SiteRegion, ...]


def unit_row(unit: SiteUnit) -> UnitRow:
    """A unit with the figures of all its notices."""
    figures = add_figures(item.figures for item in unit.notices)
    return UnitRow(unit=unit, figures=figures, bar=bar_of(figures))


def region_name(unit: SiteUnit) -> str:
    """The full name of a unit's region."""
    return unit.unit.region.name if unit.unit.region else "地区未载明"


def unit_lists(site: Site) -> Iterator[Page]:
    """All units by region."""
    units = sorted(site.units, key=lambda unit: unit.unit.region.code if unit.unit.region else "~")
    for pager, rows in paged(units, site.config.page_size, "units/"):
        yield Page(
            path=pager.path(pager.number),
            template="units.html",
            name=_numbered("单位", pager),
            column="units",
            value=UnitList(
                sections=sections(
                    [unit_row(unit) for unit in rows],
                    lambda row: row.unit.unit.region.code if row.unit.unit.region else NO_REGION,
                    lambda row: region_name(row.unit),
                ),
                pager=pager,
                provinces=tuple(region for region in site.regions if region.depth == 0),
            ),
            description="公开了巡察整改情况的单位，按地区排列",
            feed="units/feed.xml",
            data="units/list.json",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitPage:
    """The value of `unit.html`."""

    unit: SiteUnit
    figures: Figures
    bar: Bar
    headline: Headline | None
    by_status: tuple[tuple[Status, tuple[IssueRow, ...]], ...]
    """The issues of all notices, unfinished ones first."""
    steps: tuple[tuple[Step, tuple[SiteDeadline, ...]], ...]
    followups: int
    has_deadlines: bool


_UNFINISHED_FIRST: tuple[Status, ...] = ("ongoing", "long-term", "unstated", "done")


def unit_page(site: Site, unit: SiteUnit) -> Page:
    """The page of a unit."""
    row = unit_row(unit)
    rows: dict[Status, list[IssueRow]] = {status: [] for status in STATUSES}
    for notice in unit.notices:
        for issue in notice.issues:
            rows[issue.issue.status].append((notice, issue))
    value = UnitPage(
        unit=unit,
        figures=row.figures,
        bar=row.bar,
        headline=headline_of(row.figures),
        by_status=tuple((status, tuple(rows[status])) for status in _UNFINISHED_FIRST if rows[status]),
        steps=_unit_steps(site, unit),
        followups=sum(len(notice.followups) for notice in unit.notices),
        has_deadlines=any(site.deadlines_of[notice.notice.id] for notice in unit.notices),
    )
    return Page(
        path=unit.path + "index.html",
        template="unit.html",
        name=unit.unit.name,
        column="units",
        value=value,
        crumbs=(column_link(site.config, "units"),),
        description=f"{unit.unit.name}的巡察整改通报、问题、期限和联系方式",
        feed=unit.path + "feed.xml",
        data=unit.path + "list.json",
    )


def _unit_steps(site: Site, unit: SiteUnit) -> tuple[tuple[Step, tuple[SiteDeadline, ...]], ...]:
    found: list[tuple[Step, tuple[SiteDeadline, ...]]] = []
    for item in unit.notices:
        inspection = item.notice.inspection
        by = f"：{inspection.inspector}" if inspection.inspector else ""
        for date, name, kind in (
            (inspection.start, "巡察开始" + by, "past"),
            (inspection.end, "巡察结束", "past"),
            (inspection.feedback, "反馈巡察意见", "past"),
            (item.notice.published, "公布整改进展情况通报", "now"),
        ):
            if date:
                found.append((Step(date=date, name=name, field="", kind=kind, gap=None), ()))
        for date, same in groupby(site.deadlines_of[item.notice.id], key=lambda deadline: deadline.date):
            due = tuple(same)
            step = Step(date=date, name=f"{len(due)} 项整改到期", field="", kind=due[0].state, gap=None)
            found.append((step, due))
    return tuple(sorted(found, key=lambda pair: pair[0].date.last_day))


# -------------------------------------------------------------------------------------------------------- regions


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionList:
    """The value of `regions.html`."""

    regions: tuple[SiteRegion, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionPage:
    """The value of `region.html`."""

    region: SiteRegion
    below: tuple[SiteRegion, ...]
    """The regions one level below it."""
    figures: Figures
    bar: Bar
    headline: Headline | None
    units: tuple[UnitRow, ...]
    pager: Pager


def region_pages(site: Site) -> Iterator[Page]:
    """The list of regions, and the pages of each."""
    yield Page(
        path="regions/index.html",
        template="regions.html",
        name=site.config.columns.regions,
        column="regions",
        value=RegionList(regions=site.regions),
        description="按行政区划查单位和通报",
    )
    for index, region in enumerate(site.regions):
        yield from _region(site, region, _below(site.regions, index))


def _below(regions: Sequence[SiteRegion], index: int) -> tuple[SiteRegion, ...]:
    """The regions inside the one at `index`: they follow it, deeper, up to the next of its depth."""
    inside: list[SiteRegion] = []
    for region in regions[index + 1 :]:
        if region.depth <= regions[index].depth:
            break
        inside.append(region)
    top = min((region.depth for region in inside), default=0)
    return tuple(region for region in inside if region.depth == top)


def _region(site: Site, region: SiteRegion, below: tuple[SiteRegion, ...]) -> Iterator[Page]:
    figures = add_figures(item.figures for unit in region.units for item in unit.notices)
    for pager, rows in paged(region.units, site.config.page_size, region.path):
        yield Page(
            path=pager.path(pager.number),
            template="region.html",
            name=_numbered(region.full_name, pager),
            column="regions",
            value=RegionPage(
                region=region,
                below=below,
                figures=figures,
                bar=bar_of(figures),
                headline=headline_of(figures),
                units=tuple(unit_row(unit) for unit in rows),
                pager=pager,
            ),
            crumbs=(column_link(site.config, "regions"),),
            description=f"{region.full_name}各单位的巡察整改通报",
            feed=region.path + "feed.xml",
            data=region.path + "list.json",
        )


# --------------------------------------------------------------------------------------------------------- issues


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicRow:
    """A topic in the table of topics."""

    topic: Topic
    figures: Figures
    total: int
    bar: Bar
    newest: tuple[IssueRow, ...]
    """A few of its issues."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueIndex:
    """The value of `issues.html`."""

    topics: tuple[TopicRow, ...]
    figures: Figures
    total: int
    statuses: tuple[tuple[Status, Link], ...]
    years: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueList:
    """The value of `issue-list.html`: the issues of a topic, a status or a year."""

    title: str
    about: str
    figures: Figures
    bar: Bar
    rows: tuple[IssueRow, ...]
    pager: Pager
    filtered: bool
    """Whether a filter by status makes sense on the page: the list is whole and has several statuses."""


_SAMPLE = 5


def topic_rows(site: Site) -> tuple[TopicRow, ...]:
    """The topics that have issues, the largest first."""
    largest = max((len(rows) for _, rows in site.topics), default=1)
    found = []
    for topic, rows in site.topics:
        figures = figures_of(issue for _, issue in rows)
        newest = sorted(rows, key=lambda row: _UNFINISHED_FIRST.index(row[1].issue.status))[:_SAMPLE]
        bar = bar_of(figures, largest)
        found.append(TopicRow(topic=topic, figures=figures, total=len(rows), bar=bar, newest=tuple(newest)))
    return tuple(sorted(found, key=lambda row: -row.total))


def issue_lists(site: Site) -> Iterator[Page]:
    """The table of topics, and the issues of each topic, status and year."""
    everything = [(item, issue) for item in site.notices for issue in item.issues]
    by_status: dict[Status, list[IssueRow]] = {}
    by_year: dict[int, list[IssueRow]] = {}
    for row in everything:
        by_status.setdefault(row[1].issue.status, []).append(row)
        if row[0].year:
            by_year.setdefault(row[0].year, []).append(row)
    yield Page(
        path="issues/index.html",
        template="issues.html",
        name="问题清单",
        column="issues",
        value=IssueIndex(
            topics=topic_rows(site),
            figures=site.figures,
            total=len(everything),
            statuses=tuple(
                (status, Link(href=f"issues/status/{status}/index.html", text=STATUS_NAMES[status]))
                for status in STATUSES
                if status in by_status
            ),
            years=tuple(Link(href=f"issues/year/{year}/index.html", text=f"{year}年") for year in by_year),
        ),
        description="巡察反馈的问题，按专题、整改状态和年份排列",
        feed="issues/feed.xml",
        data="issues/list.json",
    )
    for topic, within in site.topics:
        yield from _issue_list(site, f"issues/{topic.id}/", topic.name, topic.about, within)
    for status, rows in by_status.items():
        name = STATUS_NAMES[status]
        about = f"通报写明“{name}”的问题。" if status != "unstated" else "通报没有写明是否完成的问题。"
        yield from _issue_list(site, f"issues/status/{status}/", f"{name}的问题", about, rows)
    for year, rows in by_year.items():
        yield from _issue_list(site, f"issues/year/{year}/", f"{year}年通报的问题", "按通报日期的年份归入。", rows)


def _issue_list(site: Site, folder: str, name: str, about: str, rows: Sequence[IssueRow]) -> Iterator[Page]:
    figures = figures_of(issue for _, issue in rows)
    statuses = sum(1 for count in figures.values() if count)
    for pager, some in paged(rows, site.config.page_size, folder):
        yield Page(
            path=pager.path(pager.number),
            template="issue-list.html",
            name=_numbered(name, pager),
            column="issues",
            value=IssueList(
                title=name,
                about=about,
                figures=figures,
                bar=bar_of(figures),
                rows=tuple(some),
                pager=pager,
                filtered=pager.count == 1 and statuses > 1,
            ),
            crumbs=(column_link(site.config, "issues"),),
            description=f"{name}：{about}",
            feed=folder + "feed.xml",
            data=folder + "list.json",
        )


# ------------------------------------------------------------------------------------------- contacts, deadlines


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactList:
    """The value of `contacts.html`."""

    sections: tuple[Section[SiteUnit], ...]
    """By the first letter of the pinyin."""
    pager: Pager
    letters: tuple[Link, ...]
    """Where each letter begins."""
    without: int
    """Units whose notices give no contact at all."""


def contact_lists(site: Site) -> Iterator[Page]:
    """The directory, from A to Z."""
    letters: dict[str, Link] = {}
    pages = list(paged(site.units, site.config.page_size, "contacts/"))
    for pager, rows in pages:
        for unit in rows:
            letter = initial(unit.unit.name)
            letters.setdefault(letter, Link(href=f"{pager.path(pager.number)}#{_letter_id(letter)}", text=letter))
    for pager, rows in pages:
        yield Page(
            path=pager.path(pager.number),
            template="contacts.html",
            name=_numbered("联系方式", pager),
            column="contacts",
            value=ContactList(
                sections=tuple(
                    Section(title=part.title, rows=part.rows, key=_letter_id(part.title))
                    for part in sections(
                        rows, lambda unit: initial(unit.unit.name), lambda unit: initial(unit.unit.name)
                    )
                ),
                pager=pager,
                letters=tuple(letters.values()),
                without=sum(not unit.contact for unit in site.units),
            ),
            description="各单位受理巡察整改意见建议的电话、邮箱和地址",
            feed="contacts/feed.xml",
            data="contacts/list.json",
        )


def _letter_id(letter: str) -> str:
    return "letter-" + (letter.lower() if letter.isalpha() else "other")


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineList:
    """The value of `deadlines.html`."""

    sections: tuple[Section[SiteDeadline], ...]
    """未到期, soonest first · 期限已过 · 已有后续通报, latest first."""
    pager: Pager
    counts: tuple[tuple[str, str, int], ...]
    """State, its words, how many."""


DEADLINE_WORDS = {"due": "未到期", "over": "期限已过", "answered": "期限已过，已有后续通报"}
_ABOUT_STATE = {
    "due": "由近到远。",
    "over": "原定期限已过，本站未收录该单位的后续通报；不等于未完成。由近到远。",
    "answered": "原定期限已过，该单位此后又公布过通报，进展见后续通报。由近到远。",
}


def deadline_lists(site: Site) -> Iterator[Page]:
    """All deadlines by state. Without any deadline there is no such page but one that says so."""
    by_state = {state: [d for d in site.deadlines if d.state == state] for state in DEADLINE_WORDS}
    by_state["due"].reverse()
    rows = [deadline for state in DEADLINE_WORDS for deadline in by_state[state]]
    for pager, some in paged(rows, site.config.page_size, "deadlines/"):
        yield Page(
            path=pager.path(pager.number),
            template="deadlines.html",
            name=_numbered("整改期限", pager),
            column="deadlines",
            value=DeadlineList(
                sections=tuple(
                    Section(title=part.title, rows=part.rows, key=part.key, about=_ABOUT_STATE[part.key])
                    for part in sections(some, lambda d: d.state, lambda d: DEADLINE_WORDS[d.state])
                ),
                pager=pager,
                counts=tuple((state, words, len(by_state[state])) for state, words in DEADLINE_WORDS.items()),
            ),
            description="通报写明的整改期限：未到期、期限已过未见后续通报的事项",
            feed="deadlines/feed.xml",
            data="deadlines/list.json",
        )
