"""Pages that list notices and contacts. Every row has a date."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

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
        yield list_page(
            pager,
            template="notices.html",
            name=name,
            column="notices",
            value=NoticeList(sections=by_year, pager=pager, years=years, year=year),
            crumbs=(column_link(site.config, "notices"),) if year else (),
            description="巡察整改情况通报，按通报日期由新到旧",
        )


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
