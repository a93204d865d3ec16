"""How it went on: issues done and deadlines kept by year, of all and of each province, and how long others passed."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from generator.pages.charts import Length, lengths_of
from generator.pages.page import Link
from generator.site.model import Site, SiteDeadline, SiteNotice

_LEAST = 2
"""Years that make a series."""
_HEIGHT = 40
"""Height of a full column of a small plot."""
_AGES = ((30, "30 天以内"), (90, "31—90 天"), (180, "91—180 天"), (365, "181—365 天"), (10**6, "一年以上"))


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendYear:
    """What the notices of a year say, and the deadlines that fall into it."""

    year: int
    issues: int
    done: int
    deadlines: int
    """Those that have passed."""
    over: int
    """Of these, those without a later notice."""

    @property
    def share(self) -> int | None:
        """Issues done, in per cent, rounded down: what is not all is not 100; None without issues."""
        return 100 * self.done // self.issues if self.issues else None

    @property
    def over_share(self) -> int | None:
        """Deadlines that have passed without a later notice, in per cent; None where none has passed."""
        return 100 * self.over // self.deadlines if self.deadlines else None

    @property
    def height(self) -> int:
        """Of its column in a small plot."""
        return max(1, _HEIGHT * self.done // self.issues) if self.issues and self.done else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """A series of years."""

    link: Link
    years: tuple[TrendYear, ...]

    @property
    def label(self) -> str:
        """The same in words: 福建省：2024年 3/5 项已完成，2025年 8/9 项已完成."""
        said = "，".join(f"{one.year}年 {one.done}/{one.issues} 项已完成" for one in self.years if one.issues)
        return f"{self.link.text}：{said}"


def trend_of(link: Link, items: Iterable[SiteNotice], deadlines: Iterable[SiteDeadline]) -> Trend | None:
    """The years of some notices and deadlines; None when there are too few for a series."""
    issues, done, passed, over = Counter[int](), Counter[int](), Counter[int](), Counter[int]()
    for item in items:
        if item.year and item.faces:
            issues[item.year] += len(item.faces)
            done[item.year] += item.figures["done"]
    for one in deadlines:
        if one.state != "due":
            passed[one.date.year] += 1
            over[one.date.year] += one.state == "over"
    if len(issues) < _LEAST:
        return None
    years = range(min(issues), max(issues) + 1)
    return Trend(
        link=link,
        years=tuple(
            TrendYear(year=y, issues=issues[y], done=done[y], deadlines=passed[y], over=over[y]) for y in years
        ),
    )


def site_trend(site: Site) -> Trend | None:
    """The series of the whole site."""
    return trend_of(Link(href="progress/index.html", text="全部"), site.notices, site.deadlines)


def province_trends(site: Site) -> tuple[Trend, ...]:
    """The series of each province that has one, on the years of the whole site."""
    found = []
    for region in site.regions:
        if region.depth == 0:
            items = [item for unit in region.units for item in unit.notices]
            deadlines = [d for item in items for d in site.deadlines_of[item.notice.id]]
            trend = trend_of(Link(href=f"{region.path}index.html", text=region.name), items, deadlines)
            if trend:
                found.append(trend)
    return tuple(found) if len(found) > 1 else ()


def ages_of(deadlines: Sequence[SiteDeadline], as_of: dt.date | None) -> tuple[Length, ...]:
    """How long ago the deadlines passed that no later notice answers; empty without any."""
    days = [(as_of - d.date.last_day).days for d in deadlines if d.state == "over" and as_of]
    if not days:
        return ()
    counted = Counter(next(name for most, name in _AGES if day <= most) for day in days)
    return lengths_of((name, counted[name]) for _, name in _AGES)
