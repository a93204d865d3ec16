"""Geometry of the plots, as values: the templates draw them as SVG and set a table or a sentence beside each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from generator.model import STATUSES, Status

STATUS_NAMES: Mapping[Status, str] = {
    "done": "已完成",
    "ongoing": "整改中",
    "long-term": "长期坚持",
    "unstated": "未注明",
}
STATUS_CLASSES: Mapping[Status, str] = {
    "done": "done",
    "ongoing": "ongoing",
    "long-term": "long",
    "unstated": "unstated",
}

DEADLINE_WORDS: Mapping[str, str] = {"due": "未到期", "over": "期限已过", "answered": "期限已过，已有后续通报"}
"""What a page says of a deadline's state."""


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


def figures_in_words(figures: Mapping[Status, int]) -> str:
    """共38项：已完成36项，整改中1项，长期坚持1项."""
    said = "，".join(f"{STATUS_NAMES[status]}{figures[status]}项" for status in STATUSES if figures[status])
    return f"共{sum(figures.values())}项" + (f"：{said}" if said else "")


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
