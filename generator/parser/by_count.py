"""What numbers say of the issues that nothing else speaks of: 4个问题中，2个已完成整改, and two say so themselves."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence

from generator.model.notice import Passage, Stated, title_of
from generator.parser.items import BodyItem, Place, PlacedStatus
from generator.parser.leftovers import left_at_end, says_left
from generator.parser.part_status import counted_in
from generator.parser.text import sentences
from generator.parser.unclear import unclear_in

_PLAIN = re.compile(
    "(?:正在|[仍尚]在|继续|持续|未(?:全部)?完成|长期)整改|整改(?:尚|仍|还)?(?:未|中)|未(?:全部)?(?:整改|完成)"
)
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


def rest_by_headings(
    issues: Sequence[BodyItem], said: Sequence[PlacedStatus], body: Sequence[Passage]
) -> dict[int, PlacedStatus]:
    """What the unstated issues below a heading are that counts them, by their indices: 反馈4个，已完成3个，正在整改1个.

    They are finished only where those that are not say so themselves in plain words, as many as it counts, and no
    other one's answer ends with what is left.
    """
    groups: dict[int, list[int]] = {}
    for index, item in enumerate(issues):
        if item.above:
            groups.setdefault(item.above[-1], []).append(index)
    found: dict[int, PlacedStatus] = {}
    for at, inside in groups.items():
        counted = counted_in(title_of(body[at]))
        if counted is None or counted.total != len(inside):
            continue
        left = [index for index in inside if said[index].is_open]
        unstated = [index for index in inside if said[index].status == "unstated"]
        is_done = len(left) == counted.left and all(_is_plain(said[index], body) for index in left)
        is_done = is_done and not any(_ends_open(issues[index]) for index in unstated)
        if is_done or len(inside) - len(left) - len(unstated) == counted.done:
            found |= dict.fromkeys(unstated, PlacedStatus("done" if is_done else "ongoing", Place(at)))
    return found


def _is_plain(said: PlacedStatus, body: Sequence[Passage]) -> bool:
    """Whether an issue is called unfinished in so many words: by a status of its own, or 尚未竣工，正在整改."""
    return said.is_own and (said.place is None or _PLAIN.search(said.place.of(body)) is not None)


def _ends_open(item: BodyItem) -> bool:
    """Whether an answer may say that something is left, or holds words on its status that nothing follows from."""
    if any(passage.role in ("status", "deadline", "reason", "next") for passage in item.below):
        return True
    answer = " ".join(passage.words for passage in item.below if passage.role == "response")
    return says_left(answer) or left_at_end(answer) is not None or unclear_in((), answer) is not None


def place_at(offset: int, body: Sequence[Passage], starts: Sequence[int]) -> Place | None:
    """The sentence of the body in which an offset of the text lies; None in a number or label."""
    at = bisect_right(starts, offset) - 1
    inside = offset - starts[at] - len(body[at].label)
    return next(
        (Place(at, span) for span in sentences(body[at].words, "。；;") if span.start <= inside < span.end), None
    )
