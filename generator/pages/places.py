"""Pages of units and regions, and the lists of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from generator.model.notice import Status
from generator.pages.base import Link, Page, Pager, Section, column_link, list_page, paged, region_crumb, sections
from generator.pages.charts import Bar, bar_of
from generator.pages.issues import UNFINISHED_FIRST
from generator.pages.ledger import LedgerTable, unit_ledger
from generator.pages.notice import Headline, Step, headline_of
from generator.site.changes import events_of
from generator.site.model import (
    Figures,
    IssueRow,
    Site,
    SiteDeadline,
    SiteRegion,
    SiteUnit,
    add_figures,
)


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
    has_changes: bool
    ledger: LedgerTable | None
    """Money and people by notice; None without any."""


def unit_pages(site: Site, unit: SiteUnit) -> Iterator[Page]:
    """The page of a unit, and those with the rest of its issues."""
    row = unit_row(unit)
    issues = [row for item in unit.notices for row in site.rows_of[item.notice.id]]
    issues.sort(key=lambda row: UNFINISHED_FIRST.index(row.issue.issue.status))
    steps = _unit_steps(site, unit)
    for pager, rows in paged(issues, site.config.page_size, unit.path):
        value = UnitPage(
            unit=unit,
            figures=row.figures,
            bar=row.bar,
            headline=headline_of(row.figures),
            by_status=tuple(
                (status, tuple(same)) for status, same in groupby(rows, key=lambda row: row.issue.issue.status)
            ),
            pager=pager,
            steps=steps,
            followups=sum(len(notice.followups) for notice in unit.notices),
            ledger=unit_ledger(site, unit) if pager.number == 1 else None,
            has_changes=next(events_of(site, unit), None) is not None,
            has_deadlines=any(site.deadlines_of[notice.notice.id] for notice in unit.notices),
        )
        yield list_page(
            pager,
            template="unit.html",
            name=unit.unit.name,
            column="units",
            value=value,
            crumbs=(column_link(site.config, "units"), *region_crumb(unit)),
            description=f"{unit.unit.name}的巡察整改通报、问题、期限和联系方式",
        )


def unit_paths(site: Site, unit: SiteUnit) -> list[str]:
    """The paths of the pages of a unit."""
    count = sum(len(notice.issues) for notice in unit.notices)
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


def region_pages(site: Site) -> Iterator[Page]:
    """The list of regions, and the pages of each."""
    provinces = site.province_of
    for pager, rows in paged(site.regions, site.config.page_size, "regions/"):
        yield list_page(
            pager,
            template="regions.html",
            name=site.config.columns.regions,
            column="regions",
            value=RegionList(
                sections=sections(rows, lambda row: provinces[row.code].code, lambda row: provinces[row.code].name),
                pager=pager,
            ),
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
    bar, headline = bar_of(figures), headline_of(figures)
    own = len(site.issues_by_region.get(region.code, ()))
    issues = Link(href=region.issues_path + "index.html", text=f"{region.name}的问题（{own}）") if own else None
    for pager, rows in paged(region.units, site.config.page_size, region.path):
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
            ),
            crumbs=(column_link(site.config, "regions"),),
            description=f"{region.full_name}各单位的巡察整改通报",
        )
