"""Pages that list issues: by topic, by status, by year, by region."""

from __future__ import annotations

import itertools
import weakref
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter

from generator.base.dates import PartialDate
from generator.content.topics import Topic
from generator.model.notice import STATUSES, Status
from generator.model.vocabulary import STATUS_NAMES
from generator.pages.by_time import PartedBy, Times, pages_by_time
from generator.pages.charts import Bar, bar_of
from generator.pages.figure_tables import FiguresRow, FiguresTable, figures_table
from generator.pages.page import Link, Page, Pager, column_link, list_page, paged
from generator.site.model import (
    Figures,
    IssueRow,
    Site,
    SiteNotice,
    SiteRegion,
    add_figures,
    figures_of,
    newest_first,
)

UNFINISHED_FIRST: tuple[Status, ...] = ("ongoing", "long-term", "unstated", "done")
"""The order in which a reader wants them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicRow:
    """A topic in the table of topics."""

    topic: Topic
    figures: Figures
    total: int
    largest: int
    """Issues of the largest topic, whose bar is as wide as the table allows."""
    newest: tuple[IssueRow, ...]
    """A few of its issues."""

    @property
    def statuses(self) -> frozenset[Status]:
        """Those of the issues that are shown."""
        return frozenset(row.face.status for row in self.newest)

    @property
    def bar(self) -> Bar:
        """The figures as a bar."""
        return bar_of(self.figures, self.largest)

    @property
    def in_table(self) -> FiguresRow:
        """The topic as a row of a table."""
        link = Link(href=f"issues/{self.topic.id}/index.html", text=self.topic.name)
        return FiguresRow(link=link, figures=self.figures, total=self.total, full=self.largest)


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
class IssueRun:
    """Issues of one notice that follow each other in a list."""

    rows: tuple[IssueRow, ...]

    @property
    def item(self) -> SiteNotice:
        """Their notice."""
        return self.rows[0].item

    @property
    def statuses(self) -> tuple[Status, ...]:
        """Those that they have."""
        return tuple(dict.fromkeys(row.face.status for row in self.rows))


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueList:
    """The value of `issue-list.html`: the issues of a topic, a status, a year or a place."""

    about: str
    figures: Figures | None
    """Of the list, or of the part of it that this is the first page of."""
    rows: tuple[IssueRow, ...]
    pager: Pager
    times: Times
    filtered: bool
    """Whether a filter by status makes sense on the page: the list is whole and has several statuses."""
    is_mixed: bool
    """Whether its issues may have several statuses: they do not in the list of one."""

    @property
    def runs(self) -> tuple[IssueRun, ...]:
        """The rows, notice by notice."""
        by_notice = itertools.groupby(self.rows, key=lambda row: row.item.path)
        return tuple(IssueRun(rows=tuple(rows)) for _, rows in by_notice)

    @property
    def bar(self) -> Bar | None:
        """The figures as a bar."""
        return bar_of(self.figures) if self.figures else None


_SAMPLE, _REGIONS = 5, 8
_ROWS = weakref.WeakKeyDictionary[Site, "tuple[TopicRow, ...]"]()
"""Four pages show them; they go with the site."""


def topic_rows(site: Site) -> tuple[TopicRow, ...]:
    """The topics that have issues, the largest first."""
    if site not in _ROWS:
        _ROWS[site] = _topic_rows(site)
    return _ROWS[site]


def _topic_rows(site: Site) -> tuple[TopicRow, ...]:
    largest = max((len(rows) for _, rows in site.topics), default=1)
    found = []
    for topic, rows in site.topics:
        figures = figures_of(row.face for row in rows)
        ranked = (row for status in UNFINISHED_FIRST for row in rows if row.face.status == status)
        newest = tuple(itertools.islice(ranked, _SAMPLE))
        found.append(TopicRow(topic=topic, figures=figures, total=len(rows), largest=largest, newest=newest))
    return tuple(sorted(found, key=lambda row: -row.total))


def issue_lists(site: Site) -> Iterator[Page]:
    """The tables of topics and regions, and the issues of each topic, status, year and region."""
    by_status: dict[Status, list[IssueRow]] = {}
    by_year: dict[int, list[IssueRow]] = {}
    for row in site.issues:
        by_status.setdefault(row.face.status, []).append(row)
        if row.item.year:
            by_year.setdefault(row.item.year, []).append(row)
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
            total=len(site.issues),
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
        data="data/issues.json",
    )
    yield from _region_tables(site, regions)
    pages = itertools.chain(_by_topic(site), _by_status(site, by_status), _by_year(site, by_year), _by_region(site))
    # pages that show the same issues follow each other, so that a row that was made for one is at hand for the others
    yield from (page for _, page in sorted(pages, key=itemgetter(0)))


_LINES = 2
"""Issues in place of a row of another list: below the heading of their notice they are a line each."""
_Dated = tuple[tuple[int, str], Page]
"""A page of a list, and by what its first issue's notice is sorted."""


def _by_topic(site: Site) -> Iterator[_Dated]:
    for topic, rows in site.topics:
        yield from _issue_list(site, f"issues/{topic.id}/", topic.name, topic.about, rows)


def _by_status(site: Site, by_status: Mapping[Status, Sequence[IssueRow]]) -> Iterator[_Dated]:
    for status, rows in by_status.items():
        name = STATUS_NAMES[status]
        about = f"通报写明“{name}”的问题。" if status != "unstated" else "通报没有写明是否完成的问题。"
        yield from _issue_list(site, f"issues/status/{status}/", f"{name}的问题", about, rows, is_mixed=False)


def _by_year(site: Site, by_year: Mapping[int, Sequence[IssueRow]]) -> Iterator[_Dated]:
    for year, rows in by_year.items():
        name, about = f"{year}年通报的问题", "按通报日期的年份归入。"
        yield from _issue_list(site, f"issues/year/{year}/", name, about, rows, has_json=True, level="month")


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


_REGION_TABLE = Link(href="issues/region/index.html", text="按地区看问题")


def _region_tables(site: Site, table: FiguresTable) -> Iterator[Page]:
    if not table.rows:
        return
    for pager, some in paged(table.rows, site.config.page_size, "issues/region/"):
        yield list_page(
            pager,
            template="issue-regions.html",
            name=_REGION_TABLE.text,
            column="issues",
            value=IssueRegions(table=replace(table, rows=tuple(some)), pager=pager),
            crumbs=(column_link(site.config, "issues"),),
            description="巡察反馈的问题，按单位所在地区排列",
        )


def _by_region(site: Site) -> Iterator[_Dated]:
    for region in site.regions:
        if rows := site.issues_by_region.get(region.code):
            below = "，下辖地区的另列" if len(region.own) < len(region.units) else ""
            about = f"{region.full_name}的单位公开的问题{below}。"
            name = f"{region.full_name}的问题"
            crumbs = (_REGION_TABLE,)
            yield from _issue_list(site, region.issues_path, name, about, rows, crumbs=crumbs, feeds=region.path)


def _issue_list(
    site: Site,
    folder: str,
    name: str,
    about: str,
    rows: Sequence[IssueRow],
    *,
    crumbs: tuple[Link, ...] = (),
    feeds: str | None = None,
    has_json: bool = False,
    level: PartedBy = "year",
    is_mixed: bool = True,
) -> Iterator[_Dated]:
    list_at = Link(href=f"{folder}index.html", text=name)
    for one in pages_by_time(rows, site.config.page_size, list_at, _published, level, lines=_LINES):
        pager, times = one.pager, one.times
        figures = figures_of(row.face for row in one.whole) if pager.number == 1 else None
        statuses = sum(1 for count in (figures or {}).values() if count)
        page = list_page(
            pager,
            template="issue-list.html",
            name=f"{name}（{times.when}）" if times.when else name,
            column="issues",
            value=IssueList(
                about=about,
                figures=figures,
                rows=tuple(one.rows),
                pager=pager,
                times=times,
                filtered=pager.count == 1 and statuses > 1 and not times.parts,
                is_mixed=is_mixed,
            ),
            crumbs=(column_link(site.config, "issues"), *crumbs, *times.above),
            feeds=feeds,
            has_json=has_json,
            list_folder=folder,
            description=f"{name}：{about}",
        )
        yield newest_first(one.rows[0].item), page


def _published(row: IssueRow) -> PartialDate | None:
    return row.item.notice.published
