"""Tables of figures with a bar in each row, and how many deadlines there are of each state."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from generator.model.vocabulary import DEADLINE_WORDS
from generator.pages.charts import Bar, bar_of
from generator.pages.page import Link
from generator.site.model import Figures, SiteDeadline


@dataclass(frozen=True, slots=True, kw_only=True)
class FiguresRow:
    """A row: what it counts, its issues by status, and the bar that shows the same."""

    link: Link
    figures: Figures
    total: int
    full: int
    """What a bar as wide as the table allows stands for."""

    @property
    def bar(self) -> Bar:
        """The figures as a bar."""
        return bar_of(self.figures, self.full)


@dataclass(frozen=True, slots=True, kw_only=True)
class FiguresTable:
    """A table of figures."""

    id: str
    title: str
    head: str
    """What the first column names."""
    rows: tuple[FiguresRow, ...]


def figures_table(table_id: str, title: str, head: str, rows: Iterable[tuple[Link, Figures]]) -> FiguresTable:
    """The rows that count anything, each bar as wide as the table allows."""
    return FiguresTable(
        id=table_id,
        title=title,
        head=head,
        rows=tuple(
            FiguresRow(link=link, figures=figures, total=total, full=total)
            for link, figures in rows
            if (total := sum(figures.values()))
        ),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineFigures:
    """How many deadlines there are, as of the day against which they are judged."""

    rows: tuple[tuple[str, str, int], ...]
    """State, its words, how many."""
    still_due: str
    """The days on which more of them pass: the page's script counts on from them."""


def deadline_figures(deadlines: Iterable[SiteDeadline]) -> DeadlineFigures | None:
    """The figures of the deadlines; None when there are none."""
    found = tuple(deadlines)
    counts: Counter[str] = Counter(deadline.state for deadline in found)
    rows = tuple((state, words, counts[state]) for state, words in DEADLINE_WORDS.items())
    return DeadlineFigures(rows=rows, still_due=still_due(found)) if found else None


def still_due(deadlines: Iterable[SiteDeadline]) -> str:
    """The last days of deadlines that have not passed, in order, each with how many: 2026-05-09:2 2026-06-01:1."""
    days = Counter(deadline.date.last_day.isoformat() for deadline in deadlines if deadline.state == "due")
    return " ".join(f"{day}:{count}" for day, count in sorted(days.items()))
