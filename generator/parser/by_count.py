"""What totals say of the issues that nothing else speaks of: 4个问题中，2个已完成整改, and two say so themselves."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence

from generator.model.notice import Passage, Stated
from generator.parser.items import Place, PlacedStatus
from generator.parser.text import sentences

_LONG = "长期"
"""Some of the others may be 长期坚持."""


def open_by_count(
    said: Sequence[PlacedStatus], stated: Stated, place: Place | None, body: Sequence[Passage]
) -> PlacedStatus | None:
    """What all unstated issues are: unfinished, where just as many others are done as the totals say are; else None.

    `said` is what the issues' words say, `place` where the totals stand. That issues are done is never taken from
    figures: one that was read wrong would make another one done.
    """
    counts = Counter(one.status for one in said)
    is_counted = stated.issues == len(said) and 0 < counts["done"] == stated.done
    if place is None or not is_counted or not counts["unstated"] or _LONG in place.of(body):
        return None
    return PlacedStatus("ongoing", place)


def place_at(offset: int, body: Sequence[Passage], starts: Sequence[int]) -> Place | None:
    """The sentence of the body in which an offset of the text lies; None in a number or label."""
    at = bisect_right(starts, offset) - 1
    inside = offset - starts[at] - len(body[at].label)
    return next(
        (Place(at, span) for span in sentences(body[at].words, "。；;") if span.start <= inside < span.end), None
    )
