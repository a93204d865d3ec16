"""The part of a long notice that is at hand, with its neighbours: that is what its page holds.

A notice is cut into parts where an item ends: an issue with what is below its heading, or what stands outside of
issues. A short one is one part.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple, Protocol, TypeVar

from generator.base.diagnostics import Span

LONG = 200_000
"""Characters up to which a page holds the whole notice."""
PART = 10_000
"""Characters after which a part ends with the item at hand."""


class HasStart(Protocol):
    """An item that knows where in the text it begins."""

    @property
    def start(self) -> int:
        """Its place."""


class ShownPart(NamedTuple):
    """What of a notice a page holds."""

    items: slice
    """The items that are shown: those of the part and of its neighbours."""
    span: Span
    """The part itself in the text: who leaves it needs another one."""
    before: int | None
    """A place before what is shown; None: it begins with the notice."""
    after: int | None
    """The first place after it; None: it ends with the notice."""

    @property
    def is_cut(self) -> bool:
        """Whether something of the notice is not shown."""
        return self.before is not None or self.after is not None


HasStartItem = TypeVar("HasStartItem", bound=HasStart)


def part_at(items: Sequence[HasStartItem], length: int, first: int, last: int) -> ShownPart:
    """The part of a text of this length in which the places from `first` to `last` are."""
    cuts = [0]
    for number, item in enumerate(items):
        if length > LONG and item.start - items[cuts[-1]].start >= PART:
            cuts.append(number)
    places = [items[cut].start for cut in cuts] if items else [0]
    here, there = (max(0, bisect_right(places, place) - 1) for place in (first, max(first, last)))
    begin, end = max(0, here - 1), there + 2
    return ShownPart(
        items=slice(cuts[begin], cuts[end] if end < len(cuts) else len(items)),
        span=Span(0 if here == 0 else places[here], places[there + 1] if there + 1 < len(places) else length + 1),
        before=places[begin - 1] if begin else None,
        after=places[end] if end < len(places) else None,
    )
