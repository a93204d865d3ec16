"""Where two sequences differ: runs of the one and what stands for them in the other; in time that grows linearly."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Hashable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

_GRAM = 6
"""Items in a row that tie two sequences together where both have them exactly once."""
_SMALL = 40_000
"""Pairs of items that are compared each with each."""


class Hunk(NamedTuple):
    """`a[start:end]` of the one sequence stands where the other has `b[other:other_end]`; one of them may be empty."""

    start: int
    end: int
    other: int
    other_end: int


def hunks(a: Sequence[Hashable], b: Sequence[Hashable], *, near: int = 1) -> list[Hunk]:
    """The differences in order; empty when the sequences are the same.

    Those with up to `near` items between them are one: 398 → 389 is told at once.

    >>> hunks("面积398亩。", "面积389亩。")
    [Hunk(start=3, end=5, other=3, other_end=5)]
    >>> hunks("abc", "abxc"), hunks("abc", "ac")
    ([Hunk(start=2, end=2, other=2, other_end=3)], [Hunk(start=1, end=2, other=1, other_end=1)])
    """
    if a == b:
        return []
    return _joined(list(_differing(a, b, Hunk(0, len(a), 0, len(b)))), near)


def _joined(found: list[Hunk], near: int) -> list[Hunk]:
    out: list[Hunk] = []
    for hunk in found:
        if out and hunk.start - out[-1].end <= near:
            out[-1] = Hunk(out[-1].start, hunk.end, out[-1].other, hunk.other_end)
        else:
            out.append(hunk)
    return out


def _differing(a: Sequence[Hashable], b: Sequence[Hashable], within: Hunk) -> Iterator[Hunk]:
    start, end, other, other_end = _trimmed(a, b, within)
    if start == end and other == other_end:
        return
    if start == end or other == other_end:
        yield Hunk(start, end, other, other_end)
        return
    if (end - start) * (other_end - other) <= _SMALL:
        matcher = SequenceMatcher(None, a[start:end], b[other:other_end], autojunk=False)
        for tag, i, i_end, j, j_end in matcher.get_opcodes():
            if tag != "equal":
                yield Hunk(start + i, start + i_end, other + j, other + j_end)
        return
    ties = _ties(a, b, Hunk(start, end, other, other_end))
    if not ties:
        yield Hunk(start, end, other, other_end)
        return
    for i, j in ties:
        yield from _between(a, b, Hunk(start, i, other, j))
        start, other = i, j
    yield from _between(a, b, Hunk(start, end, other, other_end))


def _between(a: Sequence[Hashable], b: Sequence[Hashable], part: Hunk) -> Iterator[Hunk]:
    """The differences of a part between two ties. A large part that no trimming and no tie makes smaller is one."""
    start, end, other, other_end = _trimmed(a, b, part)
    if (end - start) * (other_end - other) <= _SMALL:
        yield from _differing(a, b, Hunk(start, end, other, other_end))
    else:
        yield Hunk(start, end, other, other_end)


def _trimmed(a: Sequence[Hashable], b: Sequence[Hashable], within: Hunk) -> Hunk:
    start, end, other, other_end = within
    while start < end and other < other_end and a[start] == b[other]:
        start, other = start + 1, other + 1
    while start < end and other < other_end and a[end - 1] == b[other_end - 1]:
        end, other_end = end - 1, other_end - 1
    return Hunk(start, end, other, other_end)


def _ties(a: Sequence[Hashable], b: Sequence[Hashable], within: Hunk) -> list[tuple[int, int]]:
    """Places of runs that occur once in each of the two, in the same order in both."""
    in_a = _single(a, within.start, within.end)
    in_b = _single(b, within.other, within.other_end)
    pairs = sorted((at, in_b[gram]) for gram, at in in_a.items() if gram in in_b)
    return _rising(pairs)


def _single(items: Sequence[Hashable], start: int, end: int) -> dict[tuple[Hashable, ...], int]:
    """The runs that occur once in `items[start:end]`, and where."""
    places: dict[tuple[Hashable, ...], int] = {}
    for at in range(start, end - _GRAM + 1):
        gram = tuple(items[at : at + _GRAM])
        places[gram] = -1 if gram in places else at
    return {gram: at for gram, at in places.items() if at >= 0}


def _rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest run of pairs that rises in both places."""
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for number, (_, place) in enumerate(pairs):
        at = bisect_left(ends, place)
        before.append(last[at - 1] if at else -1)
        if at == len(ends):
            ends.append(place)
            last.append(number)
        else:
            ends[at], last[at] = place, number
    found = []
    number = last[-1] if last else -1
    while number >= 0:
        found.append(pairs[number])
        number = before[number]
    return found[::-1]
