"""Two units side by side (对照): every pair of a small place is ready on its page, and found without a script."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from generator.model.vocabulary import STATUS_NAMES
from generator.pages.ledger import yuan
from generator.pages.page import Link, Page
from generator.pages.units_and_regions import UnitRow, unit_row
from generator.site.ledger import ledgers_of
from generator.site.model import Site, SiteRegion, SiteUnit

COMPARE = "compare/"
_MOST = 12
"""Units of a place whose pairs are all set out; of a larger one each is beside the next."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """A unit and what is compared, in the order of `ComparePage.heads`."""

    number: int
    """1-based in its place: part of the anchors of pairs."""
    row: UnitRow
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparePage:
    """The value of `compare.html`."""

    region: SiteRegion | None
    """None: all units of a small site, or the list of places."""
    heads: tuple[str, ...]
    units: tuple[Compared, ...]
    """Empty on a list of places alone."""
    pairs: tuple[tuple[Compared, Compared], ...]
    places: tuple[Link, ...]
    """The places whose units can be compared; on the first page."""


def compare_pages(site: Site) -> Iterator[Page]:
    """The page of all pairs, or the list of places, and the page of each place with two units or more."""
    if not has_pairs(site):
        return
    places = [region for region in site.regions if len(region.own) > 1]
    links = tuple(
        Link(href=f"{COMPARE}{region.code}/index.html", text=f"{region.full_name}（{len(region.own)} 个单位）")
        for region in places
    )
    yield _page(site, None, site.units if len(site.units) <= _MOST else (), links)
    for region in places:
        yield _page(site, region, region.own, ())


def has_pairs(site: Site) -> bool:
    """Whether any two units can be compared here."""
    return 1 < len(site.units) <= _MOST or any(len(region.own) > 1 for region in site.regions)


def _page(site: Site, region: SiteRegion | None, units: Sequence[SiteUnit], places: tuple[Link, ...]) -> Page:
    rows = [(unit, _facts(site, unit)) for unit in units]
    told = [name for name, _ in rows[0][1]] if rows else []
    used = [at for at, _ in enumerate(told) if any(facts[at][1] != "—" for _, facts in rows)]
    compared = tuple(
        Compared(number=number, row=unit_row(unit), values=tuple(facts[at][1] for at in used))
        for number, (unit, facts) in enumerate(rows, 1)
    )
    every = len(compared) <= _MOST
    pairs = combinations(compared, 2) if every else pairwise(compared)
    return Page(
        path=f"{COMPARE}{region.code}/index.html" if region else f"{COMPARE}index.html",
        template="compare.html",
        name=f"{region.full_name}各单位对照" if region else "两个单位对照",
        column="compare",
        value=ComparePage(
            region=region,
            heads=tuple(told[at] for at in used),
            units=compared,
            pairs=tuple(pairs),
            places=places,
        ),
        crumbs=(Link(href=f"{COMPARE}index.html", text=site.config.columns.compare),) if region else (),
        description="两个单位并排看：通报、问题、状态、期限、金额和人数",
    )


def _facts(site: Site, unit: SiteUnit) -> list[tuple[str, str]]:
    """What is compared of a unit; — where its notices do not say."""
    row, ledger = unit_row(unit), ledgers_of(site)[unit.unit.id]
    deadlines = [deadline for item in unit.notices for deadline in site.deadlines_of[item.notice.id]]
    newest, issues = unit.notices[0].notice.published, sum(row.figures.values())
    says_all = issues and not row.figures["unstated"]  # what is not said may be done
    share = f"{100 * row.figures['done'] / issues:.0f}%" if says_all else "—"
    return [
        ("最近通报", newest.iso if newest else "—"),
        ("通报", f"{len(unit.notices)} 份"),
        ("问题", f"{issues:,}" if issues else "—"),
        *((STATUS_NAMES[status], f"{count:,}" if count else "—") for status, count in row.figures.items()),
        ("已完成占比", share),
        ("写明的期限", str(len(deadlines)) if deadlines else "—"),
        ("其中期限已过", str(sum(d.state == "over" for d in deadlines)) if deadlines else "—"),
        ("收回、清退、上缴（元）", yuan(ledger.returned) if ledger.returned is not None else "—"),
        ("问责（人）", str(ledger.heads) if ledger.heads is not None else "—"),
    ]
