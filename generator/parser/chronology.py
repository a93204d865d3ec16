"""The notice's dates, read together: of all readings those that keep the order of what happened (FORMATS c)."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

from generator.model.notice import PartialDate
from generator.parser.printed_dates import Range, Token, partial


@dataclass(frozen=True, slots=True, kw_only=True)
class Solved:
    """The notice's dates after all readings were weighed; None where none or several are left."""

    start: PartialDate | None
    end: PartialDate | None
    feedback: PartialDate | None
    published: PartialDate | None
    unsolved: tuple[str, ...]
    """Names of dates that are printed, but can be read in several ways."""
    violated: bool
    """No reading keeps the order start ≤ end < feedback ≤ published."""


def solve(
    inspected: Range | None,
    feedback: Token | None,
    published: Token | None,
    duration: tuple[int, int] | None,
    year: int = 0,
) -> Solved:
    """The dates, read so that start ≤ end < feedback ≤ published and a stated duration fits; none among several.

    A year that is left out is that of the date before it, or the next one when the month would lie before (FORMATS c);
    where the range has none at all, the `year` that the opening begins with, that of the feedback, or the year before.
    """
    combos = list(_combinations(inspected, feedback, published, year))
    fitting = [combo for combo in combos if _in_order(combo)]
    if duration is not None:
        fitting = [c for c in fitting if _lasts(c, duration)] or fitting
    violated = bool(combos) and not fitting
    left = fitting or combos
    values = [_only(combo[i] for combo in left) for i in range(4)]
    names = ("inspection.start", "inspection.end", "inspection.feedback", "published")
    tokens = (inspected.start if inspected else None, inspected.end if inspected else None, feedback, published)
    unsolved = tuple(
        name for name, token, value in zip(names, tokens, values, strict=True) if token is not None and value is None
        and any(combo[names.index(name)] is not None for combo in left)
    )  # fmt: skip
    return Solved(
        start=values[0], end=values[1], feedback=values[2], published=values[3], unsolved=unsolved, violated=violated
    )


_Combo = tuple[PartialDate | None, PartialDate | None, PartialDate | None, PartialDate | None]


def _combinations(
    inspected: Range | None, feedback: Token | None, published: Token | None, told: int
) -> Iterator[_Combo]:
    firsts = inspected.start.readings if inspected else (None,)
    seconds = inspected.end.readings if inspected and inspected.end else (None,)
    backs = feedback.readings if feedback else (None,)
    outs = published.readings if published else (None,)
    for first, second, back, out in itertools.product(firsts, seconds, backs, outs):
        start = end = fed = pub = None
        if inspected and first and inspected.end is None:
            start = partial(first, inspected.start.fuzzy) if first[0] else None
        elif inspected and inspected.end and first and second:
            year = first[0] or second[0] or told or _year_before(second, feedback, back)
            start = partial((year, *first[1:]), inspected.start.fuzzy) if year else None
            if first[0] == 0 and year and first[1:] > second[1:]:
                start = partial((year - (not told), *first[1:]), inspected.start.fuzzy)
            end = _following(second, inspected.end.fuzzy, start)
        if feedback and back:
            fed = _following(back, feedback.fuzzy, end or start)
        if published and out:
            pub = partial(out, published.fuzzy) if out[0] else None
        yield start, end, fed, pub


def _year_before(end: tuple[int, int, int], feedback: Token | None, back: tuple[int, int, int] | None) -> int:
    """The year of the last such day before the feedback, which was printed whole; 0 where it was not."""
    if feedback is None or feedback.is_damaged or back is None or not back[0]:
        return 0
    return back[0] - (end[1:] > back[1:])


def _following(reading: tuple[int, int, int], fuzzy: str, before: PartialDate | None) -> PartialDate | None:
    """The date of a reading; without a year the first such day after `before`."""
    year, month, day = reading
    if not year:
        if before is None:
            return None
        is_earlier = (month, day or 31) < (before.month, before.day)
        year = before.year + is_earlier
    return partial((year, month, day), fuzzy)


def _in_order(combo: _Combo) -> bool:
    start, end, fed, pub = combo
    pairs = ((start, end), (end or start, fed), (fed or end or start, pub))
    return all(a is None or b is None or a.first_day <= b.last_day for a, b in pairs)


def _lasts(combo: _Combo, duration: tuple[int, int]) -> bool:
    start, end = combo[0], combo[1]
    if start is None or end is None or not (start.day and end.day):
        return True
    return duration[0] <= (end.first_day - start.first_day).days + 1 <= duration[1]


def _only(values: Iterator[PartialDate | None]) -> PartialDate | None:
    found = set(values)
    return found.pop() if len(found) == 1 else None
