"""Where what a record says stands, so that a word that grows does not move all that follows it.

Label and head end at HEAD: then a place says whether what is there is in the head. From there on a clause begins at a
place that STEP divides, counted from HEAD: one that grows a little moves the rest of itself, and the clauses behind it
stay where they were. How far a place is behind another follows from what stands between them; search.js says the same.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from generator.search.stream import CUT, Offsets, Units

HEAD = 182
"""Where label and head end; what a longer head has behind as many units counts as text."""
STOPS = "。,;"
"""Each ends a clause."""
STEP = 16
_ENDS = np.array([CUT, *map(ord, STOPS)], dtype=np.uint16)
_LAST = HEAD + 4096
"""From here on clauses follow each other without a gap: a text of nothing but stops is not much longer than it is."""


def places_of(units: Units, starts: Offsets, heads: Offsets) -> NDArray[np.int32]:
    """The place of each unit in its record; each record has a start and an end of its head, and the last one an end."""
    sizes = np.diff(starts)
    first = np.maximum(0, HEAD - (heads - starts[:-1]))
    places = np.arange(len(units), dtype=np.int32)
    places += np.repeat((first - starts[:-1]).astype(np.int32), sizes)
    ends = np.flatnonzero(np.isin(units, _ENDS) & (places >= HEAD))
    record = np.searchsorted(starts, ends, side="right") - 1
    begins = np.append(-1, ends)[:-1] + 1
    is_first = np.diff(record, prepend=-1) != 0
    begins[is_first] = (starts[record] + HEAD - first[record])[is_first]
    gaps = np.zeros(len(units) + 1, dtype=np.int32)
    gaps[ends + 1] = (begins - ends - 1) % STEP
    gaps[ends[places[ends] + _behind(gaps, starts, sizes)[ends] >= _LAST] + 1] = 0
    places += _behind(gaps, starts, sizes)
    return places


def _behind(gaps: NDArray[np.int32], starts: Offsets, sizes: Offsets) -> NDArray[np.int32]:
    """How many places of gaps each unit has before it in its record."""
    sums = np.cumsum(gaps, dtype=np.int32)
    return sums[:-1] - np.repeat(sums[starts[:-1]], sizes)


def place_behind(place: int, text: str) -> int:
    """The place behind a text that begins at a place.

    >>> place_behind(HEAD - 2, "标题正文。"), place_behind(HEAD - 2, "标题。")
    (198, 198)
    """
    for unit in text:
        is_end = unit in STOPS and HEAD <= place < _LAST
        place += 1
        if is_end:
            place += (HEAD - place) % STEP
    return place
