"""Tables of figures with a bar in each row."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from generator.charts import Bar, bar_of
from generator.pages.base import Link
from generator.site import Figures


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
