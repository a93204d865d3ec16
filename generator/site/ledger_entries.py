"""What the ledger (账本) is made of: its lines, and the lines of a notice, a unit or a place together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar, NamedTuple

from generator.model.money import Statement
from generator.model.money_rules import MoneyKind
from generator.site.model import Digested, SiteNotice

RETURNED: frozenset[MoneyKind] = frozenset({"recovered", "refunded", "paid-in"})
"""Money that came back; what was saved or fined is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerEntry(Digested):
    """A line of the ledger (一笔)."""

    letter: ClassVar[str]
    """Before its number, so that each kind counts for itself."""
    item: SiteNotice
    issue: int | None
    """The number of the issue that it is in; None: it is outside of the issues."""
    anchor: str
    """Where it is on the notice's page; empty: before the first heading."""
    number: int
    """1-based in its notice: with the notice's id what it is known by."""
    quote: str
    """Its sentence; of a part that names persons only the words of the entry."""
    is_counted: bool
    """Whether it is part of sums."""
    why: str
    """Why it is not summed, or what of it is part of another sum; may be empty."""

    @property
    def id(self) -> str:
        """Unique in the site."""
        return f"{self.item.notice.id}-{self.letter}{self.number}"

    @property
    def href(self) -> str:
        """Its place on the notice's page, from the site's root on."""
        return f"{self.item.path}index.html" + (f"#{self.anchor}" if self.anchor else "")

    @property
    def digest(self) -> str:  # type: ignore[override]
        """Says what it was made from: its notice, and what the unit's others make of it."""
        return f"{self.id} {self.item.digest} {self.is_counted} {self.why}"

    @property
    def shown(self) -> str:  # type: ignore[override]
        """Its sentence, and what is counted of it."""
        place = f"{self.id} {self.item.facts} {self.anchor} {self.issue}"
        return f"{place} {self.is_counted} {self.why} {self.quote} {self._said}"

    @property
    def _said(self) -> tuple[object, ...]:
        raise NotImplementedError


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyEntry(LedgerEntry):
    """An amount that was moved."""

    is_money: ClassVar = True
    is_priced: ClassVar = True
    letter = ""
    statement: Statement
    printed: str
    """The amount as printed."""

    @property
    def kind(self) -> MoneyKind:
        """收回、清退 …"""
        return self.statement.kind

    @property
    def fen(self) -> int:
        """In 分."""
        return self.statement.amount.fen

    @property
    def _said(self) -> tuple[object, ...]:
        return self.statement, self.printed


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleEntry(LedgerEntry):
    """A number of people held to account."""

    is_money: ClassVar = False
    letter = "p"
    measure: str
    """诫勉谈话 …; empty: all measures together."""
    count: int
    is_times: bool
    """人次."""

    @property
    def _said(self) -> tuple[object, ...]:
        return self.measure, self.count, self.is_times


@dataclass(frozen=True, slots=True, kw_only=True)
class UnpricedEntry(LedgerEntry):
    """Money that a sentence moves without naming an amount: 予以追缴."""

    is_money: ClassVar = True
    is_priced: ClassVar = False
    letter = "u"
    verb: str

    @property
    def _said(self) -> tuple[object, ...]:
        return (self.verb,)


@dataclass(frozen=True, kw_only=True)
class Ledger:
    """The entries of a notice, a unit or a place, newest notice first."""

    money: tuple[MoneyEntry, ...] = ()
    people: tuple[PeopleEntry, ...] = ()
    unpriced: tuple[UnpricedEntry, ...] = ()
    """They are no numbers: alone they make no ledger."""

    def __bool__(self) -> bool:
        return bool(self.money or self.people)

    def of_kind(self, kind: MoneyKind) -> tuple[MoneyEntry, ...]:
        """The amounts of a kind."""
        return tuple(entry for entry in self.money if entry.kind == kind)

    @cached_property
    def returned(self) -> int | None:
        """What came back, in 分: 收回, 清退 and 上缴; None when no amount of those can be summed."""
        return total(entry for entry in self.money if entry.kind in RETURNED)

    @cached_property
    def heads(self) -> int | None:
        """People held to account, by the notices' own totals; None when no notice gives one."""
        found = [entry.count for entry in self.people if entry.is_counted and not entry.measure]
        return sum(found) if found else None

    @cached_property
    def measures(self) -> tuple[tuple[str, int], ...]:
        """Measure → how often it was taken, as the notices' own accounts say, most often first."""
        counts: Counter[str] = Counter()
        for entry in self.people:
            if entry.is_counted and entry.measure:
                counts[entry.measure] += entry.count
        return tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


class LedgerSums(NamedTuple):
    """What a ledger sums up to."""

    is_any: bool
    """Whether it has an entry that is a number."""
    returned: int | None
    heads: int | None


def total(entries: Iterable[MoneyEntry]) -> int | None:
    """The sum of the entries that are counted, in 分; None when none is."""
    found = [entry.fen for entry in entries if entry.is_counted]
    return sum(found) if found else None


def add_ledgers(ledgers: Iterable[Ledger]) -> Ledger:
    """The entries of several, in order."""
    found = tuple(ledgers)
    return Ledger(
        money=tuple(entry for one in found for entry in one.money),
        people=tuple(entry for one in found for entry in one.people),
        unpriced=tuple(entry for one in found for entry in one.unpriced),
    )
