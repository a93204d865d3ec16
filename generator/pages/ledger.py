"""The ledger (账本): money and people by place, unit and year, and the sentence of each number."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.model.money_rules import MONEY_NAMES, MoneyKind
from generator.pages.charts import Length, lengths_of
from generator.pages.page import Link, Page, Pager, list_page, paged
from generator.site.ledger import ledgers_of, sums_of
from generator.site.ledger_entries import (
    RETURNED,
    Ledger,
    LedgerEntry,
    MoneyEntry,
    PeopleEntry,
    UnpricedEntry,
    add_ledgers,
    total,
)
from generator.site.model import Site, SiteNotice, SiteRegion, SiteUnit
from generator.site.regions import regions_below

LEDGER = "ledger/"


def yuan(fen: int) -> str:
    """28,869 or 1,234.56: an amount of 分 in 元, exact.

    >>> yuan(2886900), yuan(123456)
    ('28,869', '1,234.56')
    """
    whole, rest = divmod(fen, 100)
    return f"{whole:,}" + (f".{rest:02d}" if rest else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerCell:
    """A cell of a table: what it says, and where the sentence of it stands."""

    text: str
    href: str | None
    """From the site's root on; None: the cell says that there is nothing."""
    is_summed: bool = True
    beside: int = 0
    """Entries that the sum leaves out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerColumn:
    """A column of the ledger's tables; those without any entry are not there."""

    name: str
    is_summed: bool
    """Whether its numbers may be added."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerRow:
    """A row: a place, a unit, a notice or a year."""

    link: Link
    cells: tuple[LedgerCell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerTable:
    """A table of the ledger."""

    id: str
    title: str
    head: str
    columns: tuple[LedgerColumn, ...]
    rows: tuple[LedgerRow, ...]
    total: tuple[LedgerCell, ...]
    """The last row; empty: there is but one row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyRow:
    """A kind of money at the top of the page."""

    name: str
    cell: LedgerCell
    note: str
    is_off: bool
    """Whether it is part of the sum above."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerPage:
    """The value of `ledger.html`."""

    region: SiteRegion | None
    """None: the whole site."""
    returned: str
    """收回、清退 and 上缴 together in 元; empty when there is no such amount."""
    returned_of: tuple[int, int]
    """Of how many amounts, and of how many units that is the sum."""
    money: tuple[MoneyRow, ...]
    heads: int | None
    """People held to account."""
    heads_of: int
    """Units whose notices say so."""
    measures: tuple[Length, ...]
    unsure_people: int
    """Further numbers of people that are not summed."""
    tables: tuple[LedgerTable, ...]
    entries: tuple[MoneyEntry | PeopleEntry | UnpricedEntry, ...]
    """Those of this page."""
    pager: Pager


def _paid_in(ledger: Ledger) -> list[MoneyEntry]:
    """What came back and was paid in then."""
    return [e for e in ledger.money if e.statement.is_paid_in and e.is_counted]


_EntriesOf = Callable[[Ledger], Sequence[LedgerEntry]]

COLUMNS: tuple[tuple[LedgerColumn, _EntriesOf], ...] = (
    (LedgerColumn(name="收回（元）", is_summed=True), lambda ledger: ledger.of_kind("recovered")),
    (LedgerColumn(name="清退（元）", is_summed=True), lambda ledger: ledger.of_kind("refunded")),
    (LedgerColumn(name="上缴（元）", is_summed=True), lambda ledger: ledger.of_kind("paid-in")),
    (LedgerColumn(name="其中随后上缴", is_summed=False), _paid_in),
    (LedgerColumn(name="节约（元）", is_summed=False), lambda ledger: ledger.of_kind("saved")),
    (LedgerColumn(name="罚没（元）", is_summed=False), lambda ledger: ledger.of_kind("fined")),
    (LedgerColumn(name="问责（人）", is_summed=True), lambda ledger: [e for e in ledger.people if _is_head(e)]),
    (LedgerColumn(name="另列的人数", is_summed=False), lambda ledger: [e for e in ledger.people if not e.is_counted]),
)
"""The columns and the entries of a cell in each."""


def _is_head(entry: PeopleEntry) -> bool:
    return not entry.measure and entry.is_counted


_LedgerColumns = Sequence[tuple[LedgerColumn, _EntriesOf]]


def used_columns(ledger: Ledger) -> _LedgerColumns:
    """The columns that have any entry."""
    return tuple((column, of) for column, of in COLUMNS if of(ledger))


def cells_of(ledger: Ledger, columns: _LedgerColumns, place: Callable[[LedgerEntry], str]) -> tuple[LedgerCell, ...]:
    """The cells of a row; `place` says where an entry can be read."""
    return tuple(_cell(of(ledger), column, place) for column, of in columns)


def _cell(entries: Sequence[LedgerEntry], column: LedgerColumn, place: Callable[[LedgerEntry], str]) -> LedgerCell:
    if not entries:
        return LedgerCell(text="—", href=None)
    counted = [entry for entry in entries if entry.is_counted]
    if not counted:
        return LedgerCell(text=f"另列 {len(entries)} 处", href=place(entries[0]), is_summed=False)
    text = "".join(_sum(counted))
    beside = len(entries) - len(counted)
    return LedgerCell(text=text, href=place(counted[0]), is_summed=column.is_summed, beside=beside)


def _sum(entries: Sequence[LedgerEntry]) -> Iterator[str]:
    """The sum of amounts, or of people."""
    money = [entry for entry in entries if isinstance(entry, MoneyEntry)]
    people = [entry for entry in entries if isinstance(entry, PeopleEntry)]
    if money:
        yield yuan(sum(entry.fen for entry in money))
    if people:
        yield f"{sum(entry.count for entry in people):,}"


# ------------------------------------------------------------------------------------------------------- pages


def has_ledger(site: Site) -> bool:
    """Whether any notice has an entry: without one there is no ledger."""
    return any(sums_of(unit).is_any for unit in site.units)


def ledger_pages(site: Site) -> Iterator[Page]:
    """The ledger of the site, and that of each region with entries."""
    whole = _ledger(site, site.units)
    if not whole:
        return
    provinces = [region for region in site.regions if region.depth == 0]
    yield from _pages(site, None, whole, provinces, ())
    for index, region in enumerate(site.regions):
        ledger = _ledger(site, region.units)
        if ledger:
            yield from _pages(site, region, ledger, regions_below(site.regions, index), region.own)


def _ledger(site: Site, units: Iterable[SiteUnit]) -> Ledger:
    ledgers = ledgers_of(site)
    return add_ledgers(ledgers[unit.unit.id] for unit in units)


def entries_of(ledger: Ledger) -> list[MoneyEntry | PeopleEntry | UnpricedEntry]:
    """The entries in the order of the page: money first, what is summed before what is not, and amounts before none."""
    money = sorted(ledger.money, key=lambda e: (not e.is_counted, -e.fen, e.id))
    people = sorted(ledger.people, key=lambda e: (not e.is_counted, e.item.notice.id, e.number))
    return [*money, *sorted(ledger.unpriced, key=lambda e: e.id), *people]


def _pages(
    site: Site, region: SiteRegion | None, ledger: Ledger, below: Sequence[SiteRegion], units: Sequence[SiteUnit]
) -> Iterator[Page]:
    folder = f"{LEDGER}{region.code}/" if region else LEDGER
    entries, size = entries_of(ledger), site.config.page_size
    where = {entry.id: index // size + 1 for index, entry in enumerate(entries)}
    pages = list(paged(entries, size, folder))
    first = pages[0][0]

    def place(entry: LedgerEntry) -> str:
        return f"{first.path(where[entry.id])}#e-{entry.id}"

    tables = _tables(site, ledger, below, units, place)
    for pager, some in pages:
        is_first = pager.number == 1
        yield list_page(
            pager,
            template="ledger.html",
            name=f"{region.full_name}账本" if region else "账本",
            column="ledger",
            value=LedgerPage(
                region=region,
                returned=yuan(ledger.returned) if ledger.returned is not None else "",
                returned_of=_counted(ledger),
                money=_money_rows(ledger, place) if is_first else (),
                heads=ledger.heads,
                heads_of=len({e.item.notice.unit.id for e in ledger.people if e.is_counted and not e.measure}),
                measures=lengths_of(ledger.measures),
                unsure_people=sum(not e.is_counted for e in ledger.people),
                tables=tables if is_first else (),
                entries=tuple(some),
                pager=pager,
            ),
            crumbs=(Link(href=f"{LEDGER}index.html", text=site.config.columns.ledger),) if region else (),
            feeds=region.path if region else None,
            has_json=not region,
            description="通报写明的收回、清退、上缴、节约金额和问责人数，每个数附原句",
        )


def _counted(ledger: Ledger) -> tuple[int, int]:
    found = [e for e in ledger.money if e.is_counted and e.kind in RETURNED]
    return len(found), len({e.item.notice.unit.id for e in found})


_NOTES: Mapping[MoneyKind, str] = {"saved": "少花的钱，不加", "fined": "罚的多是别人，不加"}


def _money_rows(ledger: Ledger, place: Callable[[LedgerEntry], str]) -> tuple[MoneyRow, ...]:
    rows = []
    for kind, name in MONEY_NAMES.items():
        entries = sorted(ledger.of_kind(kind), key=lambda e: not e.is_counted)
        if not entries:
            continue
        amount = total(entries)
        off = sum(not e.is_counted for e in entries)
        more = f"另有 {off} 处不加" if off and amount is not None else ""
        note = "，".join(filter(None, (_NOTES.get(kind), more)))
        text = f"{yuan(amount)} 元" if amount is not None else f"{off} 处，不加"
        cell = LedgerCell(text=text, href=place(entries[0]))
        rows.append(MoneyRow(name=name, cell=cell, note=note, is_off=amount is None or kind not in RETURNED))
    if held := _paid_in(ledger):
        cell = LedgerCell(text=f"{yuan(total(held) or 0)} 元", href=place(held[0]))
        rows.append(MoneyRow(name="其中随后上缴", cell=cell, note="已含在收回、清退内", is_off=True))
    if ledger.unpriced:
        cell = LedgerCell(text=f"{len(ledger.unpriced)} 处", href=place(min(ledger.unpriced, key=lambda e: e.id)))
        rows.append(MoneyRow(name="写了追缴、清退、退回，没写金额", cell=cell, note="", is_off=True))
    return tuple(rows)


def _tables(
    site: Site,
    ledger: Ledger,
    below: Sequence[SiteRegion],
    units: Sequence[SiteUnit],
    place: Callable[[LedgerEntry], str],
) -> tuple[LedgerTable, ...]:
    columns = used_columns(ledger)
    places = [(Link(href=f"{LEDGER}{r.code}/index.html", text=r.name), _ledger(site, r.units)) for r in below]
    of_units = [(Link(href=u.path + "index.html", text=u.unit.name), _ledger(site, [u])) for u in units]
    years: dict[int, list[Ledger]] = {}
    for year, one in _by_year(ledger):
        years.setdefault(year, []).append(one)
    of_years = [
        (Link(href=f"notices/year/{year}/index.html", text=f"{year}年"), add_ledgers(parts))
        for year, parts in sorted(years.items(), reverse=True)
    ]
    made = (
        _table("by-place", "按地方", "地方", columns, places, ledger, place),
        _table("by-unit", "按单位", "单位", columns, of_units, ledger, place),
        _table("by-year", "按通报公布的年份", "年份", columns, of_years, ledger, place),
    )
    return tuple(table for table in made if table.rows)


def _by_year(ledger: Ledger) -> Iterator[tuple[int, Ledger]]:
    for money in ledger.money:
        if money.item.year:
            yield money.item.year, Ledger(money=(money,))
    for people in ledger.people:
        if people.item.year:
            yield people.item.year, Ledger(people=(people,))


def _table(
    table_id: str,
    title: str,
    head: str,
    columns: _LedgerColumns,
    rows: Iterable[tuple[Link, Ledger]],
    whole: Ledger,
    place: Callable[[LedgerEntry], str],
) -> LedgerTable:
    made = tuple(LedgerRow(link=link, cells=cells_of(one, columns, place)) for link, one in rows if one)
    return LedgerTable(
        id=table_id,
        title=title,
        head=head,
        columns=tuple(column for column, _ in columns),
        rows=made,
        total=cells_of(whole, columns, place) if len(made) > 1 else (),
    )


def unit_ledger(site: Site, unit: SiteUnit) -> LedgerTable | None:
    """The ledger of a unit by notice, each cell with the place in the notice; None without an entry."""
    ledger = ledgers_of(site)[unit.unit.id]
    if not ledger:
        return None
    rows = [(_of_notice(item), _only(ledger, item)) for item in unit.notices]
    return _table("ledger", "账本", "通报", used_columns(ledger), rows, ledger, lambda entry: entry.href)


def _of_notice(item: SiteNotice) -> Link:
    date = item.notice.published
    return Link(href=item.path + "index.html", text=f"{date.chinese}通报" if date else "通报，日期未载明")


def _only(ledger: Ledger, item: SiteNotice) -> Ledger:
    return Ledger(
        money=tuple(e for e in ledger.money if e.item is item), people=tuple(e for e in ledger.people if e.item is item)
    )
