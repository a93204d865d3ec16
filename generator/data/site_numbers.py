"""How each number of the site, or of a year, follows from the tables: as a sentence and as a spreadsheet's formula."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from generator.data.books import Chosen
from generator.data.table import Table
from generator.data.tables import ALL_PEOPLE, DEADLINE_STATES, FOLLOWUPS, ISSUES, LEDGER, NOTICES, UNITS, YES
from generator.data.workbook_parts import letters
from generator.model.money_rules import MONEY_NAMES
from generator.model.vocabulary import DEADLINE_WORDS, STATUS_NAMES
from generator.site.ledger_entries import RETURNED, MoneyEntry, PeopleEntry
from generator.site.model import SiteDeadline, add_figures


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """Rows of a table that are counted, or whose numbers are added."""

    table: Table[Any, Any]
    where: tuple[tuple[str, str], ...] = ()
    """Column and what its cell shows."""
    add: str = ""
    """The column that is added; empty: the rows are counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteNumber:
    """A number that pages show, and what makes it up."""

    name: str
    value: float
    terms: tuple[Term, ...]


def site_numbers(chosen: Chosen) -> Sequence[SiteNumber]:
    """The numbers of the pages as far as these notices make them up, in the order of the tables."""
    states: Counter[str] = Counter(deadline.state for deadline in deadlines_in(chosen))
    figures = add_figures(item.figures for item in chosen.notices)
    entries = [entry for part in chosen.units for entry in LEDGER.sources(part) if entry.is_counted]
    counted = ("counted", YES)
    return (
        SiteNumber(name="通报", value=len(chosen.notices), terms=(Term(table=NOTICES),)),
        SiteNumber(name="单位", value=len(chosen.units), terms=(Term(table=UNITS),)),
        SiteNumber(name="问题", value=sum(figures.values()), terms=(Term(table=ISSUES),)),
        *(
            SiteNumber(name=name, value=figures[status], terms=(Term(table=ISSUES, where=(("status", name),)),))
            for status, name in STATUS_NAMES.items()
        ),
        *(
            SiteNumber(
                name=words,
                value=states[state],
                terms=tuple(
                    Term(table=table, where=(("deadline_state", DEADLINE_STATES[state]),))
                    for table in (ISSUES, FOLLOWUPS)
                ),
            )
            for state, words in DEADLINE_WORDS.items()
        ),
        SiteNumber(
            name="收回、清退和上缴（元）",
            value=sum(one.fen for one in entries if isinstance(one, MoneyEntry) and one.kind in RETURNED) / 100,
            terms=tuple(
                Term(table=LEDGER, where=(("kind", name), counted), add="yuan")
                for kind, name in MONEY_NAMES.items()
                if kind in RETURNED
            ),
        ),
        SiteNumber(
            name="受到处理的人（通报自述）",
            value=sum(one.count for one in entries if isinstance(one, PeopleEntry) and not one.measure),
            terms=(Term(table=LEDGER, where=(("kind", ALL_PEOPLE), counted), add="people"),),
        ),
    )


def deadlines_in(chosen: Chosen) -> Iterator[SiteDeadline]:
    """The deadlines of the notices."""
    return (deadline for item in chosen.notices for deadline in chosen.site.deadlines_of[item.notice.id])


def told(number: SiteNumber) -> str:
    """How the number is made, for people: “问题”表，“整改状态”为“已完成”的行数."""
    return "，加".join(_told(term) for term in number.terms)


def _told(term: Term) -> str:
    heading = {column.name: column.heading for column in term.table.columns}
    chosen = "、".join(f"“{heading[name]}”为“{value}”" for name, value in term.where)
    what = f"“{heading[term.add]}”之和" if term.add else "行数"
    return f"“{term.table.title}”表" + (f"，{chosen}的" if chosen else "的") + what


def formula_of(number: SiteNumber) -> str:
    """The number as a formula that works in Excel, WPS and LibreOffice."""
    return "+".join(_formula(term) for term in number.terms)


def _formula(term: Term) -> str:
    def column(name: str) -> str:
        at = [one.name for one in term.table.columns].index(name)
        letter = letters(at)
        return f"'{term.table.title}'!${letter}:${letter}"

    if not term.where:
        return f"COUNTA({column(term.table.columns[0].name)})-1"
    conditions = ",".join(f'{column(name)},"{value}"' for name, value in term.where)
    return f"SUMIFS({column(term.add)},{conditions})" if term.add else f"COUNTIFS({conditions})"
