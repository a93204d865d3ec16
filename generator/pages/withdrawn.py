"""撤下: what is at the addresses of a notice that is no longer shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.model.notice import Unit
from generator.pages.page import Page, column_link
from generator.site.model import Site, SiteNotice


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawnPage:
    """The value of `withdrawn.html`."""

    items: tuple[SiteNotice, ...]
    """The notice of this address, or all that its unit had."""
    unit: Unit
    has_unit_page: bool
    """Whether the unit has other notices, and so a page of its own."""


def withdrawn_page(site: Site, item: SiteNotice) -> Page:
    """What is at the address of a withdrawn notice: since when, and why."""
    unit = item.notice.unit
    return Page(
        path=item.path + "index.html",
        template="withdrawn.html",
        name="通报已撤下",
        column="notices",
        value=WithdrawnPage(items=(item,), unit=unit, has_unit_page=unit.id in site.unit_of),
        crumbs=(column_link(site.config, "notices"),),
        description="本通报已经撤下。",
        feed="notices/feed.xml",
        data=item.path + "notice.json",
        is_listed=False,
        is_whole=True,
    )


def former_unit_page(site: Site, unit: Unit, withdrawn: tuple[SiteNotice, ...]) -> Page:
    """What is at the address of a unit that has no notice any more: an address that was published stays true."""
    return Page(
        path=f"units/{unit.id}/index.html",
        template="withdrawn.html",
        name=unit.name,
        column="units",
        value=WithdrawnPage(items=withdrawn, unit=unit, has_unit_page=False),
        crumbs=(column_link(site.config, "units"),),
        description="该单位的通报已经撤下。",
        feed=f"units/{unit.id}/feed.xml",
        is_listed=False,
    )


def former_units(site: Site) -> Iterator[tuple[Unit, tuple[SiteNotice, ...]]]:
    """Units all of whose notices were withdrawn, with them."""
    by_id: dict[str, list[SiteNotice]] = {}
    for item in site.withdrawn:
        if item.notice.unit.id not in site.unit_of:
            by_id.setdefault(item.notice.unit.id, []).append(item)
    yield from ((same[0].notice.unit, tuple(same)) for same in by_id.values())
