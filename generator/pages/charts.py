"""Geometry of the plots, as values: the templates draw them as SVG and set a table or a sentence beside each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from generator.model.notice import STATUSES, Status
from generator.model.vocabulary import figures_in_words


@dataclass(frozen=True, slots=True, kw_only=True)
class BarPart:
    """A stretch of a bar, in per cent of its width."""

    status: Status
    x: str
    width: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A bar of figures, and the words that say the same."""

    label: str
    parts: tuple[BarPart, ...]


def bar_of(figures: Mapping[Status, int], whole: int | None = None) -> Bar:
    """The figures as one bar; `whole` is what the full width stands for (default: their sum)."""
    total = sum(figures.values())
    whole = whole or total or 1
    parts, x = [], 0.0
    for status in STATUSES:
        if count := figures[status]:
            width = 100 * count / whole
            parts.append(BarPart(status=status, x=f"{x:.2f}%", width=f"{width:.2f}%"))
            x += width
    return Bar(label=figures_in_words(figures), parts=tuple(parts))


@dataclass(frozen=True, slots=True, kw_only=True)
class Length:
    """A row of a plot of counts."""

    name: str
    count: int
    width: str
    """In per cent of the longest."""


def lengths_of(rows: Iterable[tuple[str, int]]) -> tuple[Length, ...]:
    """The rows as bars beside each other, the longest full."""
    found: Sequence[tuple[str, int]] = tuple(rows)
    longest = max((count for _, count in found), default=0) or 1
    return tuple(Length(name=name, count=count, width=f"{100 * count / longest:.1f}%") for name, count in found)
