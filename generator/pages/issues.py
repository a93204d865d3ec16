"""Pages that list issues: by topic, by status, by year, by region."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from generator.charts import STATUS_NAMES, Bar, bar_of
from generator.model import STATUSES, Status
from generator.pages.base import Link, Page, Pager, column_link, list_page, paged
from generator.pages.figures import FiguresRow, FiguresTable, figures_table
from generator.site import (
    Figures,
    Site,
    SiteDeadline,
    SiteIssue,
    SiteNotice,
    SiteRegion,
    add_figures,
    figures_of,
)
from generator.topics import Topic

IssueRow = tuple[SiteNotice, SiteIssue]


class ListedIssue(NamedTuple):
    """An issue in a list."""

    item: SiteNotice
    issue: SiteIssue
    due: SiteDeadline | None
    """Its deadline or that of the follow-up that continues it, while it is not done."""


def listed(site: Site, rows: Iterable[IssueRow]) -> tuple[ListedIssue, ...]:
    """The rows with what has become of their deadlines."""
    return tuple(ListedIssue(item, issue, _due(site, item, issue)) for item, issue in rows)


def _due(site: Site, item: SiteNotice, issue: SiteIssue) -> SiteDeadline | None:
    if issue.deadline is None or issue.issue.status == "done":
        return None
    anchor = issue.followup or issue.anchor
    return next((due for due in site.deadlines_of[item.notice.id] if due.anchor == anchor), None)


UNFINISHED_FIRST: tuple[Status, ...] = ("ongoing", "long-term", "unstated", "done")
"""The order in which a reader wants them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicRow:
    """A topic in the table of topics."""

    topic: Topic
    figures: Figures
    total: int
    bar: Bar
    newest: tuple[ListedIssue, ...]
    """A few of its issues."""

    @property
    def in_table(self) -> FiguresRow:
        """The topic as a row of a table."""
        link = Link(href=f"issues/{self.topic.id}/index.html", text=self.topic.name)
        return FiguresRow(link=link, figures=self.figures, total=self.total, bar=self.bar)


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueIndex:
    """The value of `issues.html`."""

    topics: tuple[TopicRow, ...]
    table: FiguresTable
    """The topics' figures."""
    figures: Figures
    total: int
    statuses: tuple[tuple[Status, Link], ...]
    years: tuple[Link, ...]
    regions: tuple[FiguresRow, ...]
    """The regions with the most issues."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueRegions:
    """The value of `issue-regions.html`: the regions that have issues of their own units."""

    table: FiguresTable
    pager: Pager


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueList:
    """The value of `issue-list.html`: the issues of a topic, a status or a year."""

    title: str
    about: str
    figures: Figures
    bar: Bar
    rows: tuple[ListedIssue, ...]
    pager: Pager
    filtered: bool
    """Whether a filter by status makes sense on the page: the list is whole and has several statuses."""


_SAMPLE, _REGIONS = 5, 8


@functools.lru_cache(maxsize=1)  # four pages show them
def topic_rows(site: Site) -> tuple[TopicRow, ...]:
    """The topics that have issues, the largest first."""
    largest = max((len(rows) for _, rows in site.topics), default=1)
    found = []
    for topic, rows in site.topics:
        figures = figures_of(issue for _, issue in rows)
        ranked = (row for status in UNFINISHED_FIRST for row in rows if row[1].issue.status == status)
        newest, bar = listed(site, itertools.islice(ranked, _SAMPLE)), bar_of(figures, largest)
        found.append(TopicRow(topic=topic, figures=figures, total=len(rows), bar=bar, newest=newest))
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
    topics, regions = topic_rows(site), _regions_table(site.regions)
    yield Page(
        path="issues/index.html",
        template="issues.html",
        name="问题清单",
        column="issues",
        value=IssueIndex(
            topics=topics,
            table=FiguresTable(id="by-topic", title="各专题", head="专题", rows=tuple(row.in_table for row in topics)),
            figures=site.figures,
            total=len(everything),
            statuses=tuple(
                (status, Link(href=f"issues/status/{status}/index.html", text=STATUS_NAMES[status]))
                for status in STATUSES
                if status in by_status
            ),
            years=tuple(Link(href=f"issues/year/{year}/index.html", text=f"{year}年") for year in by_year),
            regions=tuple(sorted(regions.rows, key=lambda row: -row.total)[:_REGIONS]),
        ),
        description="巡察反馈的问题，按专题、整改状态、年份和地区排列",
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
    yield from _by_region(site, regions)


def _regions_table(regions: Iterable[SiteRegion]) -> FiguresTable:
    """The regions that have issues of their own units: an issue is counted in one of them, not in three."""
    rows = (
        (
            Link(href=r.issues_path + "index.html", text=r.full_name),
            add_figures(n.figures for u in r.own for n in u.notices),
        )
        for r in regions
    )
    return figures_table("by-region", "各地区", "地区", rows)


def _by_region(site: Site, table: FiguresTable) -> Iterator[Page]:
    """The table of regions, and the list of each."""
    index = Link(href="issues/region/index.html", text="按地区看问题")
    if not table.rows:
        return
    for pager, some in paged(table.rows, site.config.page_size, "issues/region/"):
        yield list_page(
            pager,
            template="issue-regions.html",
            name=index.text,
            column="issues",
            value=IssueRegions(table=replace(table, rows=tuple(some)), pager=pager),
            crumbs=(column_link(site.config, "issues"),),
            description="巡察反馈的问题，按单位所在地区排列",
        )
    for region in site.regions:
        if rows := region.issues:
            below = "，下辖地区的另列" if len(region.own) < len(region.units) else ""
            about = f"{region.full_name}的单位公开的问题{below}。"
            name = f"{region.full_name}的问题"
            yield from _issue_list(site, region.issues_path, name, about, rows, (index,))


def _issue_list(
    site: Site, folder: str, name: str, about: str, rows: Sequence[IssueRow], crumbs: tuple[Link, ...] = ()
) -> Iterator[Page]:
    figures = figures_of(issue for _, issue in rows)
    statuses, bar = sum(1 for count in figures.values() if count), bar_of(figures)
    for pager, some in paged(rows, site.config.page_size, folder):
        yield list_page(
            pager,
            template="issue-list.html",
            name=name,
            column="issues",
            value=IssueList(
                title=name,
                about=about,
                figures=figures,
                bar=bar,
                rows=listed(site, some),
                pager=pager,
                filtered=pager.count == 1 and statuses > 1,
            ),
            crumbs=(column_link(site.config, "issues"), *crumbs),
            description=f"{name}：{about}",
        )
