"""Pages about the whole site: home, progress, search, content pages, site map, 404."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from generator.pages.charts import Bar, Length, bar_of
from generator.pages.figure_tables import DeadlineFigures, FiguresTable, deadline_figures, figures_table, still_due
from generator.pages.issues import TopicRow, topic_rows
from generator.pages.long_texts import LISTED
from generator.pages.notice_page import Headline, headline_of
from generator.pages.page import NAVIGATION, Link, Page
from generator.pages.trends import Trend, ages_of, province_trends, site_trend
from generator.site.model import Figures, Site, SiteDeadline, SiteNotice, SiteRegion, SiteUnit, add_figures


@dataclass(frozen=True, slots=True, kw_only=True)
class HomePage:
    """The value of `home.html`."""

    notices: int
    units: int
    issues: int
    hints: tuple[str, ...]
    """Words to try in the search; those that site.yml does not give are all found."""
    provinces: tuple[tuple[SiteRegion, tuple[SiteRegion, ...], int], ...]
    """Provinces, regions in them that have units of their own, and how many more there are."""
    figures: Figures
    headline: Headline | None
    bar: Bar
    newest: tuple[SiteNotice, ...]
    deadlines: tuple[SiteDeadline, ...]
    """Those next due, then those that passed last; latest first, so that they stay in order when more of them pass."""
    over: int
    still_due: str
    """As in DeadlineFigures."""
    topics: tuple[TopicRow, ...]


_NEWEST, _DEADLINES, _TOPICS, _PLACES, _LEAST_PLACES = 8, 8, 12, 48, 3


def home_page(site: Site) -> Page:
    """The home page."""
    due = [deadline for deadline in site.deadlines if deadline.state == "due"]
    over = [deadline for deadline in site.deadlines if deadline.state == "over"]
    topics = topic_rows(site)
    value = HomePage(
        notices=len(site.notices),
        units=len(site.units),
        issues=sum(site.figures.values()),
        hints=_hints(site, topics),
        provinces=tuple(_provinces(site)),
        figures=site.figures,
        headline=headline_of(site.figures),
        bar=bar_of(site.figures),
        newest=site.notices[:_NEWEST],
        deadlines=tuple((due[-_DEADLINES:] + over)[:_DEADLINES]),
        over=len(over),
        still_due=still_due(due),
        topics=topics[:_TOPICS],
    )
    return Page(
        path="index.html",
        template="home.html",
        name=site.config.name,
        column="home",
        value=value,
        description=site.config.description,
        keywords=site.config.keywords,
        feed="feed.xml",
    )


_AREA_CODE = re.compile(r"0\d{2,3}(?=\D)", re.ASCII)


def _hints(site: Site, topics: tuple[TopicRow, ...]) -> tuple[str, ...]:
    """Those of site.yml; else a unit's name, words by which issues were put under topics, and an area code."""
    if site.config.samples:
        return tuple(word for word in dict.fromkeys(site.config.samples) if len(word) <= LISTED)
    words = [row.newest[0].issue.topics[0].word for row in topics[:4] if row.newest]
    names = [site.notices[0].notice.unit.name.removeprefix("中共")] if site.notices else []
    codes = (_AREA_CODE.match(unit.contact.phones[0]) for unit in site.units if unit.contact.phones)
    found = dict.fromkeys((*names, *words, next((code[0] for code in codes if code), None)))
    return tuple(word for word in found if word and len(word) <= LISTED)


def _provinces(site: Site) -> Iterator[tuple[SiteRegion, tuple[SiteRegion, ...], int]]:
    provinces = site.province_of
    most = max(_LEAST_PLACES, _PLACES // max(1, len({province.code for province in provinces.values()})))
    for code, same in groupby(site.regions, key=lambda region: provinces[region.code].code):
        below = tuple(region for region in same if region.own and region.code != code)
        yield provinces[code], below[:most], len(below[most:])


# ------------------------------------------------------------------------------------------------------- progress


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressPage:
    """The value of `progress.html`."""

    notices: int
    figures: Figures
    total: int
    headline: Headline | None
    bar: Bar
    deadlines: DeadlineFigures | None
    tables: tuple[FiguresTable, ...]
    trend: Trend | None
    """By year; None where there is no series."""
    ages: tuple[Length, ...]
    """How long ago deadlines passed that no later notice answers."""
    provinces: tuple[Trend, ...]
    """Small plots of the provinces that have a series, where there are several."""


def progress_page(site: Site) -> Page:
    """The figures of the whole site."""
    years: dict[int, list[SiteNotice]] = {}
    for item in site.notices:
        if item.year:
            years.setdefault(item.year, []).append(item)
    tables = (
        figures_table(
            "by-year", "按通报年份", "年份", ((_year_link(year), _sum(items)) for year, items in years.items())
        ),
        figures_table(
            "by-region",
            "按地区",
            "地区",
            (
                (Link(href=region.path + "index.html", text=region.name), _sum(_notices_of(region.units)))
                for region in site.regions
                if region.depth == 0
            ),
        ),
        figures_table(
            "by-topic",
            "按专题",
            "专题",
            (
                (Link(href=f"issues/{row.topic.id}/index.html", text=row.topic.name), row.figures)
                for row in topic_rows(site)
            ),
        ),
    )
    value = ProgressPage(
        notices=len(site.notices),
        figures=site.figures,
        total=sum(site.figures.values()),
        headline=headline_of(site.figures),
        bar=bar_of(site.figures),
        deadlines=deadline_figures(site.deadlines),
        tables=tuple(table for table in tables if table.rows),
        trend=site_trend(site),
        ages=ages_of(site.deadlines, site.as_of),
        provinces=province_trends(site),
    )
    return Page(
        path="progress/index.html",
        template="progress.html",
        name="整改进度",
        column="progress",
        value=value,
        description="全部通报的问题数、整改状态和期限，按年份、地区和专题统计",
        feed="feed.xml",
        data="progress/list.json",
    )


def _year_link(year: int) -> Link:
    return Link(href=f"issues/year/{year}/index.html", text=f"{year}年")


def _notices_of(units: Iterable[SiteUnit]) -> Iterator[SiteNotice]:
    return (item for unit in units for item in unit.notices)


def _sum(items: Iterable[SiteNotice]) -> Figures:
    return add_figures(item.figures for item in items)


# ---------------------------------------------------------------------------------------------------------- others


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentPage:
    """A page that editors write in Markdown; the value of `content.html`."""

    slug: str
    title: str
    html: str
    """Made from Markdown, without any markup of the editor's own."""

    @property
    def path(self) -> str:
        """`pages/<slug>/index.html`."""
        return f"pages/{self.slug}/index.html"


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteMap:
    """The value of `sitemap.html`."""

    columns: tuple[Link, ...]
    topics: tuple[Link, ...]
    regions: tuple[Link, ...]
    pages: tuple[Link, ...]


def other_pages(site: Site, contents: tuple[ContentPage, ...]) -> Iterator[Page]:
    """Content pages, the site map, and the page of a wrong address."""
    for content in contents:
        yield Page(
            path=content.path,
            template="content.html",
            name=content.title,
            column="home",
            value=content,
            description=f"{site.config.name}：{content.title}",
            is_whole=True,
        )
    columns = site.config.columns
    yield Page(
        path="sitemap/index.html",
        template="sitemap.html",
        name="网站地图",
        column="home",
        value=SiteMap(
            columns=tuple(
                Link(href=href, text=getattr(columns, column))
                for column, href in (*NAVIGATION, ("regions", "regions/index.html"), ("data", "data/index.html"))
            ),
            topics=tuple(Link(href=f"issues/{topic.id}/index.html", text=topic.name) for topic, _ in site.topics),
            regions=tuple(
                Link(href=region.path + "index.html", text=region.name) for region in site.regions if region.depth == 0
            ),
            pages=tuple(Link(href=content.path, text=content.title) for content in contents),
        ),
        description="本站全部栏目",
    )
    yield Page(path="404.html", template="404.html", name="没有这个页面", column="home", value=None)


def search_page(site: Site) -> Page:
    """The search page; without script it leads to the lists."""
    return Page(
        path="search/index.html",
        template="search.html",
        name="搜索",
        column="search",
        value=topic_rows(site),
        description="按单位、地区、专题、状态查找",
    )
