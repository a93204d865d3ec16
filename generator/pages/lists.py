"""Pages that list notices and contacts. Every row has a date."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from generator.base.dates import PartialDate
from generator.model.vocabulary import UNDATED
from generator.pages.by_time import TimedPage, Times, is_parted, pages_by_time
from generator.pages.page import Link, Page, Pager, Section, column_link, list_page, paged, sections
from generator.pages.units_and_regions import region_name
from generator.site.model import (
    Site,
    SiteNotice,
    SiteUnit,
)
from generator.site.pinyin import initial


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeList:
    """The value of `notices.html`."""

    sections: tuple[Section[SiteNotice], ...]
    """By year."""
    pager: Pager
    times: Times
    years: tuple[tuple[Link, int], ...]
    """On the first page of a list: all years, when there are several, and how many notices each has."""
    list_at: Link
    """The list of the year, or of all."""


_ALL = Link(href="notices/index.html", text="整改通报")


def notice_lists(site: Site) -> Iterator[Page]:
    """All notices, and those of each year; when there are many the newest, and those of each year and of none."""
    size, is_long = site.config.page_size, is_parted(site.notices, site.config.page_size)
    years: dict[int, list[SiteNotice]] = {}
    for item in site.notices:
        if item.year or is_long:
            years.setdefault(item.year or 0, []).append(item)
    links = tuple((_year(year), len(items)) for year, items in years.items())
    if is_long:
        pager = Pager(number=1, count=1, total=len(site.notices), folder="notices/")
        times = Times(parts=links)
        yield _notice_page(
            site, TimedPage(pager=pager, rows=site.notices[:size], whole=site.notices, times=times), _ALL
        )
    else:
        for one in pages_by_time(site.notices, size, _ALL, _published):
            yield _notice_page(site, one, _ALL, links)
    for year, items in years.items():
        for one in pages_by_time(items, size, _year(year), _published, "month"):
            yield _notice_page(site, one, _year(year), links)


def _year(year: int) -> Link:
    """The list of a year; 0: of what has no date."""
    return Link(href=f"notices/year/{year or 'undated'}/index.html", text=f"{year}年" if year else UNDATED)


def _notice_page(
    site: Site, one: TimedPage[SiteNotice], list_at: Link, years: tuple[tuple[Link, int], ...] = ()
) -> Page:
    pager, times = one.pager, one.times
    name = list_at.text if list_at is _ALL else f"{list_at.text}整改通报"
    return list_page(
        pager,
        template="notices.html",
        name=f"{name}（{times.when}）" if times.when else name,
        column="notices",
        value=NoticeList(
            sections=sections(
                one.rows, lambda item: item.year, lambda item: f"{item.year}年" if item.year else UNDATED
            ),
            pager=pager,
            times=times,
            years=years if len(years) > 1 and pager.number == 1 and not times.when else (),
            list_at=list_at,
        ),
        crumbs=(*(() if list_at is _ALL else (column_link(site.config, "notices"),)), *times.above),
        list_folder=list_at.href.removesuffix("index.html"),
        description="巡察整改情况通报，按通报日期由新到旧",
    )


def _published(item: SiteNotice) -> PartialDate | None:
    return item.notice.published


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactList:
    """The value of `contacts.html`."""

    sections: tuple[Section[SiteUnit], ...]
    """By the first letter of the pinyin, or by region."""
    pager: Pager
    orders: tuple[Link, ...]
    """The orders that there are."""
    marks: tuple[Link, ...]
    """Where each letter, or each province, begins."""
    without: int
    """Units whose notices give no contact at all."""


class _Order(NamedTuple):
    """One way to set out the directory."""

    name: str
    link: Link
    units: Sequence[SiteUnit]
    part: Callable[[SiteUnit], tuple[str, str]]
    """Key and title of the section that a unit is in."""
    mark: Callable[[SiteUnit], str]
    """What is linked at the top: the first section with each is where the link leads."""


def contact_lists(site: Site) -> Iterator[Page]:
    """The directory, from A to Z and by region."""
    provinces = site.province_of
    orders = (
        _Order(
            name="联系方式",
            link=Link(href="contacts/index.html", text="按拼音"),
            units=site.units,
            part=lambda unit: (_letter_id(initial(unit.sort_key)), initial(unit.sort_key)),
            mark=lambda unit: initial(unit.sort_key),
        ),
        _Order(
            name="联系方式（按地区）",
            link=Link(href="contacts/region/index.html", text="按地区"),
            units=site.units_by_region,
            part=lambda unit: (f"region-{unit.region_code}", region_name(unit)),
            mark=lambda unit: provinces[unit.region_code].name,
        ),
    )
    filled = orders if site.units else orders[:1]  # an empty directory has one page, not two
    for order in filled:
        yield from _directory(site, order, tuple(other.link for other in filled))


def _directory(site: Site, order: _Order, orders: tuple[Link, ...]) -> Iterator[Page]:
    folder = order.link.href.removesuffix("index.html")
    pages = list(paged(order.units, site.config.page_size, folder))
    marks: dict[str, Link] = {}
    without = sum(not unit.contact and not unit.contact.unread for unit in site.units)
    for pager, rows in pages:
        for unit in rows:
            text = order.mark(unit)
            marks.setdefault(text, Link(href=f"{pager.path(pager.number)}#{order.part(unit)[0]}", text=text))
    for pager, rows in pages:
        yield list_page(
            pager,
            template="contacts.html",
            name=order.name,
            column="contacts",
            value=ContactList(
                sections=sections(rows, lambda unit: order.part(unit)[0], lambda unit: order.part(unit)[1]),
                pager=pager,
                orders=orders,
                marks=tuple(marks.values()),
                without=without,
            ),
            crumbs=() if order.link == orders[0] else (column_link(site.config, "contacts"),),
            description="各单位受理巡察整改意见建议的电话、邮箱和地址",
        )


def _letter_id(letter: str) -> str:
    return "letter-" + (letter.lower() if letter.isalpha() else "other")
