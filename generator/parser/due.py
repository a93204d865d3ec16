"""The day by which an issue or a follow-up is to be finished, and where it is printed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from generator.base.diagnostics import Span
from generator.model.notice import PartialDate, Passage, Role
from generator.parser import status
from generator.parser.around import Around
from generator.parser.days import Days
from generator.parser.deadlines import labelled, promised
from generator.parser.items import BodyItem, Place, PlacedStatus
from generator.parser.printed_dates import tokens_of


class Due(NamedTuple):
    """A deadline and its place."""

    date: PartialDate
    place: Place
    is_damaged: bool


def due_around(item: BodyItem, said: PlacedStatus, around: Around, days: Days, body: Sequence[Passage]) -> Due | None:
    """The one day by which a sentence or a heading says that several issues are to be finished, this one among them."""
    if (
        said.place is None
        or not said.is_open
        or (said.place.at >= item.at and said.place.at <= item.at + len(item.below))
    ):
        return None
    at = said.place.at
    is_of_some = any(one.is_open and one.place == said.place for one in around.named.values())
    is_of_rest = any(one.is_open and one.place == said.place for one in around.rest.values())
    words = body[at].words
    if (is_of_some and is_of_rest) or len(list(tokens_of(words))) != 1:
        return None
    found = promised(words, days.after, days.published)
    return Due(found.date, Place(at, found.span), found.is_damaged) if found else None


def due_of(item: BodyItem, roles: Sequence[Role], after: PartialDate | None) -> Due | None:
    """The deadline that the item's passages of `roles` print."""
    for index, passage in item.last_first(*roles):
        found = labelled(passage.words, after, is_label=passage.role == "deadline")
        if found is not None:
            return Due(found.date, Place(index, found.span), found.is_damaged)
    return None


def promise(item: BodyItem, days: Days) -> Due | None:
    """The deadline that the issue's answer sets itself."""
    for index, passage in (*item.left_over(), *item.last_first("response")):
        found = promised(passage.words, days.after, days.published)
        if found is not None:
            return Due(found.date, Place(index, found.span), found.is_damaged)
    marked = status.bracketed_in(item.head.words)  # …管护不力（正在整改，预计2024年10月底前完成）
    found = promised(marked.span.of(item.head.words), days.after, days.published) if marked else None
    if marked is None or found is None:
        return None
    at = marked.span.start
    return Due(found.date, Place(item.at, Span(found.span.start + at, found.span.end + at)), found.is_damaged)
