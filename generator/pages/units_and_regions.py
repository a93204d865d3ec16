"""Pages of units and regions, and the lists of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from generator.model.notice import Status
from generator.pages.calendars import YearPlot, promises_of, years_of
from generator.pages.changes import place_of_changes, region_events
from generator.pages.charts import Bar, bar_of
from generator.pages.deadline_pages import ON_ITS_PAGE, place_of_deadlines, region_deadlines
from generator.pages.figure_tables import still_due
from generator.pages.issues import UNFINISHED_FIRST
from generator.pages.ledger import LedgerTable, unit_ledger
from generator.pages.notice_page import Headline, Step, headline_of
from generator.pages.page import (
    Link,
    Page,
    Pager,
    Section,
    column_link,
    list_page,
    paged,
    paged_whole,
    region_crumb,
    sections,
)
from generator.pages.qr import qr_code
from generator.pages.tiles import SHARES, Tile, scale, tiles_of
from generator.site.changes import Event
from generator.site.ledger import ledgers_of
from generator.site.model import (
    Figures,
    IssueRow,
    Site,
    SiteDeadline,
    SiteRegion,
    SiteUnit,
    add_figures,
)
from generator.site.regions import regions_below


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitRow:
    """A unit in a list."""

    unit: SiteUnit
    figures: Figures

    @property
    def bar(self) -> Bar:
        """The figures as a bar."""
        return bar_of(self.figures)


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitList:
    """The value of `units.html`."""

    sections: tuple[Section[UnitRow], ...]
    """By region."""
    pager: Pager
    provinces: tuple[SiteRegion, ...]


def unit_row(unit: SiteUnit) -> UnitRow:
    """A unit with the figures of all its notices."""
    return UnitRow(unit=unit, figures=add_figures(item.figures for item in unit.notices))


def region_name(unit: SiteUnit) -> str:
    """The full name of a unit's region."""
    return unit.unit.region.name if unit.unit.region else "地区未载明"


def unit_lists(site: Site) -> Iterator[Page]:
    """All units by region."""
    for pager, rows in paged(site.units_by_region, site.config.page_size, "units/"):
        yield list_page(
            pager,
            template="units.html",
            name="单位",
            column="units",
            value=UnitList(
                sections=sections(
                    [unit_row(unit) for unit in rows],
                    lambda row: row.unit.region_code,
                    lambda row: region_name(row.unit),
                ),
                pager=pager,
                provinces=tuple(region for region in site.regions if region.depth == 0),
            ),
            description="公开了巡察整改情况的单位，按地区排列",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitPage:
    """The value of `unit.html`."""

    unit: SiteUnit
    figures: Figures
    bar: Bar
    headline: Headline | None
    by_status: tuple[tuple[Status, tuple[IssueRow, ...]], ...]
    """The issues of all notices, unfinished ones first: those of this page."""
    pager: Pager
    """On pages after the first there are only issues."""
    steps: tuple[tuple[Step, tuple[SiteDeadline, ...]], ...]
    followups: int
    has_deadlines: bool
    ledger: LedgerTable | None
    """Money and people by notice; None without any."""


def unit_pages(site: Site, unit: SiteUnit) -> Iterator[Page]:
    """The page of a unit, and those with the rest of its issues."""
    row = unit_row(unit)
    issues = [row for item in unit.notices for row in site.rows_of[item.notice.id]]
    issues.sort(key=lambda row: UNFINISHED_FIRST.index(row.face.status))
    steps = _unit_steps(site, unit)
    for pager, rows in paged(issues, site.config.page_size, unit.path):
        value = UnitPage(
            unit=unit,
            figures=row.figures,
            bar=row.bar,
            headline=headline_of(row.figures),
            by_status=tuple((status, tuple(same)) for status, same in groupby(rows, key=lambda row: row.face.status)),
            pager=pager,
            steps=steps,
            followups=sum(len(notice.followups) for notice in unit.notices),
            ledger=unit_ledger(site, unit) if pager.number == 1 else None,
            has_deadlines=any(site.deadlines_of[notice.notice.id] for notice in unit.notices),
        )
        yield list_page(
            pager,
            template="unit.html",
            name=unit.unit.name,
            column="units",
            value=value,
            crumbs=(column_link(site.config, "units"), *region_crumb(unit)),
            has_json=False,
            description=f"{unit.unit.name}的巡察整改通报、问题、期限和联系方式",
        )


def unit_paths(site: Site, unit: SiteUnit) -> list[str]:
    """The paths of the pages of a unit."""
    count = sum(len(notice.brief.words) for notice in unit.notices)
    return [pager.path(pager.number) for pager, _ in paged(range(count), site.config.page_size, unit.path)]


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


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionList:
    """The value of `regions.html`."""

    sections: tuple[Section[SiteRegion], ...]
    """By province."""
    pager: Pager
    tiles: Sequence[Tile]
    """Provinces by the number of deadlines that have passed, or by the share of issues that are done: on the first page
    of several."""
    scale: tuple[tuple[int, str], ...]
    provinces: tuple[ProvinceRow, ...]
    """The numbers of the tiles and more, the worst first; on the first page."""
    is_by_done: bool
    """Whether the tiles tell the share of issues that are done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvinceRow:
    """A province with its numbers."""

    region: SiteRegion
    notices: int
    figures: Figures
    over: int
    """Deadlines that have passed, without a later notice."""

    @property
    def share(self) -> int | None:
        """Issues done, in per cent, rounded down; None without issues."""
        total = sum(self.figures.values())
        return 100 * self.figures["done"] // total if total else None

    @property
    def bar(self) -> Bar:
        """The figures as a bar."""
        return bar_of(self.figures)


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionPage:
    """The value of `region.html`."""

    region: SiteRegion
    below: tuple[SiteRegion, ...]
    """The regions one level below it."""
    issues: Link | None
    """The list of its own units' issues, when there are any."""
    figures: Figures
    bar: Bar
    headline: Headline | None
    units: tuple[UnitRow, ...]
    pager: Pager
    over: tuple[SiteDeadline, ...]
    """Deadlines that have passed without a later notice, the longest passed first; the first of them."""
    over_count: int
    due: tuple[SiteDeadline, ...]
    """Those next due."""
    due_count: int
    still_due: str
    """As in DeadlineFigures."""
    years: tuple[YearPlot, ...]
    """The promises of this year, or of the years around it where no other page has them; on the first page."""
    news: tuple[Event, ...]
    """What changed last, or all that changed, where no other page has it."""
    is_all_news: bool
    records: tuple[Link, ...]
    """The place's ledger, changes and pairs, where there are any."""
    deadlines: Link | None
    """The page of its deadlines, where this one does not show all."""
    calendar: str | None
    """The path of its calendar, where it has deadlines."""
    address: str
    """The page's whole address, for paper."""

    @property
    def qr(self) -> str | None:
        """The same, for a telephone's camera."""
        return qr_code(self.address)


_NEWS = 5


def region_pages(site: Site) -> Iterator[Page]:
    """The list of regions, the country by share done, and the pages of each region."""
    provinces = site.province_of
    rows = [_province(site, one) for one in site.regions if one.depth == 0]
    ranked = tuple(sorted(rows, key=_worst_first))
    tiles = tiles_of({row.region.code: (row.over, row.region.path + "index.html") for row in ranked})
    of_province = groupby(site.regions, key=lambda one: provinces[one.code].code)
    for pager, some in paged_whole([list(same) for _, same in of_province], site.config.page_size, "regions/"):
        is_first = pager.number == 1
        yield list_page(
            pager,
            template="regions.html",
            name=site.config.columns.regions,
            column="regions",
            value=RegionList(
                sections=sections(some, lambda row: provinces[row.code].code, lambda row: provinces[row.code].name),
                pager=pager,
                tiles=tiles if is_first else (),
                scale=scale(),
                provinces=ranked if is_first else (),
                is_by_done=False,
            ),
            description="按行政区划查单位和通报",
        )
    if tiles:
        yield _by_done(site, rows)
    for index, region in enumerate(site.regions):
        yield from _region(site, region, regions_below(site.regions, index))


BY_DONE = "regions/by-done/index.html"


def _by_done(site: Site, rows: Sequence[ProvinceRow]) -> Page:
    """The country by the share of issues that are done, the least first."""
    ranked = sorted(rows, key=lambda row: (row.share is None, row.share or 0, row.region.code))
    return Page(
        path=BY_DONE,
        template="regions.html",
        name="各地已完成的份额",
        column="regions",
        value=RegionList(
            sections=(),
            pager=Pager(number=1, count=1, total=len(ranked), folder="regions/by-done/"),
            tiles=tiles_of({row.region.code: (row.share, row.region.path + "index.html") for row in ranked}, SHARES),
            scale=scale(SHARES),
            provinces=tuple(ranked),
            is_by_done=True,
        ),
        crumbs=(column_link(site.config, "regions"),),
        description="各省级地区的问题里写明已完成的份额",
    )


def _province(site: Site, region: SiteRegion) -> ProvinceRow:
    items = [item for unit in region.units for item in unit.notices]
    return ProvinceRow(
        region=region,
        notices=len(items),
        figures=add_figures(item.figures for item in items),
        over=sum(deadline.state == "over" for deadline in region_deadlines(site, region)),
    )


def _worst_first(row: ProvinceRow) -> tuple[int, str]:
    return -row.over, row.region.code


def _region(site: Site, region: SiteRegion, below: tuple[SiteRegion, ...]) -> Iterator[Page]:
    items = [item for unit in region.units for item in unit.notices]
    figures = add_figures(item.figures for item in items)
    bar, headline = bar_of(figures), headline_of(figures)
    own = len(site.issues_by_region.get(region.code, ()))
    issues = Link(href=region.issues_path + "index.html", text=f"{region.name}的问题（{own}）") if own else None
    promised = region_deadlines(site, region)
    over, due = ([deadline for deadline in promised if deadline.state == state] for state in ("over", "due"))
    here, all_of_them = f"{region.path}index.html", place_of_deadlines(site, region)
    deadlines = Link(href=all_of_them, text=f"{region.name}的全部期限") if all_of_them and all_of_them != here else None
    promises, is_all_news = promises_of(items, promised), place_of_changes(site, region) == here
    years = years_of(promises, site.as_of, most=1) if deadlines else years_of(promises, site.as_of)
    news, address = region_events(site, region), site.config.base_url + region.path
    for pager, rows in paged(region.units, site.config.page_size, region.path):
        is_first = pager.number == 1
        yield list_page(
            pager,
            template="region.html",
            name=region.full_name,
            column="regions",
            value=RegionPage(
                region=region,
                below=below,
                issues=issues,
                figures=figures,
                bar=bar,
                headline=headline,
                units=tuple(unit_row(unit) for unit in rows),
                pager=pager,
                over=tuple(over[: ON_ITS_PAGE["over"]]) if is_first else (),
                over_count=len(over),
                due=tuple(due[: ON_ITS_PAGE["due"]]) if is_first else (),
                due_count=len(due),
                still_due=still_due(due),
                years=years if is_first else (),
                news=(news if is_all_news else news[:_NEWS]) if is_first else (),
                is_all_news=is_all_news,
                records=tuple(_records(site, region, not is_all_news)),
                deadlines=deadlines,
                calendar=f"{region.path}deadlines.ics" if promised else None,
                address=address,
            ),
            crumbs=(column_link(site.config, "regions"),),
            has_json=False,
            description=f"{region.full_name}各单位的巡察整改通报",
        )


def _records(site: Site, region: SiteRegion, has_changes: bool) -> Iterator[Link]:
    if any(ledgers_of(site)[unit.unit.id] for unit in region.units):
        yield Link(href=f"ledger/{region.code}/index.html", text="账本")
    if has_changes:
        yield Link(href=f"changes/{region.code}/index.html", text="有什么变化")
    if len(region.own) > 1:
        yield Link(href=f"compare/{region.code}/index.html", text="单位对照")
