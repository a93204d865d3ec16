"""The words of a notice as lines of a manuscript: one a paragraph, cut into runs that are set alike."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Literal, NamedTuple

from generator.model.notice import Notice, Passage

SheetPlace = Literal["title", "addressee", "heading", "text", "annex", "signature", "date"]
"""Where a paragraph stands on the sheet: GB/T 9704-2012 sets each of these in its own way."""

_PLACES: dict[str, SheetPlace] = {
    "title": "title",
    "addressee": "addressee",
    "annex": "annex",
    "signature": "signature",
    "date": "date",
}
_LEVELS = 4
"""Levels that GB/T 9704 sets apart; deeper ones look like the last."""


class SheetRun(NamedTuple):
    """Words that are set alike."""

    text: str
    is_heading: bool
    is_label: bool


@dataclass(frozen=True, slots=True)
class SheetLine:
    """A paragraph of the manuscript."""

    place: SheetPlace
    runs: tuple[SheetRun, ...]
    level: int = 0
    """1–4 where the paragraph begins with a heading; else 0."""
    anchor: str | None = None
    """Of the heading, so that a link to an issue leads on where the platform keeps it."""

    @property
    def is_whole_heading(self) -> bool:
        """Whether nothing but the heading stands in the paragraph."""
        return all(run.is_heading for run in self.runs)


def lines_of(notice: Notice) -> Iterator[SheetLine]:
    """The paragraphs of the notice, in order; joined by newline they are `Notice.text`."""
    for passages in _paragraphs(notice.body):
        first = passages[0]
        is_heading = first.role == "heading"
        yield SheetLine(
            place="heading" if is_heading else _PLACES.get(first.role, "text"),
            runs=tuple(_runs(passages)),
            level=min(first.level, _LEVELS) if is_heading else 0,
            anchor=first.anchor if is_heading else None,
        )


def _paragraphs(body: tuple[Passage, ...]) -> Iterator[list[Passage]]:
    number, numbered = -1, list[tuple[int, Passage]]()
    for passage in body:
        number += not passage.run_on or number < 0
        numbered.append((number, passage))
    for _, group in groupby(numbered, key=lambda one: one[0]):
        yield [passage for _, passage in group]


def _runs(passages: list[Passage]) -> Iterator[SheetRun]:
    for passage in passages:
        is_heading = passage.role == "heading"
        pieces = ((passage.label, not is_heading), (passage.words, False))
        yield from (SheetRun(text, is_heading, is_label) for text, is_label in pieces if text)
