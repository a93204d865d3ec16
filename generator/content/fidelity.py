"""What of a content file is not what its source says: its words, character by character.

Nothing is read here: both notices come as values. What people recorded (errata, corrections) is taken into account.
"""

from __future__ import annotations

import functools
import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate, chain
from typing import NamedTuple

from generator.base.diagnostics import Span
from generator.content.errata import SourceDifference, WordChange, as_imported, changes_of, errata_of
from generator.content.masks import mask_edits
from generator.content.origin import Origin
from generator.model.decisions import Erratum
from generator.model.differing import Hunk, hunks
from generator.model.notice import Notice, PartialDate
from generator.model.proof import Difference, difference

_CONTEXT = 4
"""Characters told on both sides of a difference."""


_RUN = re.compile(r"\S+")


def _runs(text: str) -> list[tuple[int, int]]:
    """Where characters are that are no white space."""
    return [found.span() for found in _RUN.finditer(text)]


class Altered(NamedTuple):
    """Words that nobody put on record."""

    before: str
    """What the source has, with its neighbours."""
    after: str
    """What the file has, with its neighbours."""
    span: Span
    """Where in the notice's text; empty where something is missing."""

    @property
    def quote(self) -> str:
        """What an acceptance quotes."""
        return f"{self.before}→{self.after}"


class _Squeezed(NamedTuple):
    """Words beside those of their source, both without white space."""

    source: str
    row_starts: frozenset[int]
    found: str
    places: list[int]
    """Where in the text each of its characters stands, and where that ends."""
    hunks: list[Hunk]


@functools.lru_cache(maxsize=2)  # most acts at the desk leave the words as they are
def _squeezed(source: str, text: str, changes: tuple[WordChange, ...]) -> _Squeezed:
    rows = ["".join(row.split()) for row in source.split("\n")]
    squeezed = "".join(rows)
    imported, places = as_imported(text, [one for one in changes if not is_in_source(one.before, one.after, squeezed)])
    runs = _runs(imported)
    found = "".join(imported[start:end] for start, end in runs)
    return _Squeezed(
        squeezed,
        frozenset(accumulate(map(len, rows), initial=0)),
        found,
        [*chain.from_iterable(places[start:end] for start, end in runs), len(text)],
        hunks(squeezed, found),
    )


@functools.lru_cache(maxsize=2)
def _places_of(text: str, source: str) -> list[int]:
    """Where in the squeezed source each place of a text stands."""
    before = list[int]()
    count = last = 0
    for start, end in _runs(text):
        before += [count] * (start - last)
        before += range(count, count + end - start)
        count, last = count + end - start, end
    before += [count] * (len(text) + 1 - last)
    found = hunks(source, "".join(text.split()))
    return [_across(found, place) for place in before] if found else before


class Comparison:
    """The words of a notice beside those of its source, white space and recorded changes aside."""

    def __init__(self, notice: Notice, origin: Origin) -> None:
        """Raises ValueError when the recorded edits do not fit the source."""
        self.notice, self.origin = notice, origin
        found = _squeezed(origin.edited(notice), notice.text, tuple(changes_of(notice)))
        self._source, self._row_starts, self._found, self._places, self._hunks = found

    def _changes(self, found: Sequence[WordChange]) -> list[WordChange]:
        """The recorded changes that the source does not have itself: a newer version of it may."""
        return [one for one in found if not is_in_source(one.before, one.after, self._source)]

    def altered(self) -> list[Altered]:
        """Where the words are not those of the source."""
        rows = []
        for start, end, other, other_end in self._hunks:
            left, right = self._source[max(0, start - _CONTEXT) : start], self._source[end : end + _CONTEXT]
            first = self._places[other] if other_end > other else self._gap(start, end, other)
            last = self._places[other_end - 1] + 1 if other_end > other else first
            before, after = self._source[start:end], self._found[other:other_end]
            rows.append(Altered(left + before + right, left + after + right, Span(first, max(first, last))))
        return rows

    def _gap(self, start: int, end: int, other: int) -> int:
        """Where words are missing: behind what they followed, or before what they began."""
        begins_row = start in self._row_starts and end not in self._row_starts
        return self._places[other] if begins_row or not other else self._places[other - 1] + 1

    def errata(self, *, who: str, when: PartialDate, why: str) -> tuple[Erratum, ...]:
        """What records all differences of the words; it stands behind the errata that the notice has."""
        base, back = as_imported(self.notice.text, self._changes(changes_of(self.notice)[len(self.notice.errata) :]))
        partings = []
        for start, end, other, other_end in self._hunks:
            first = bisect_left(back, self._places[other])
            last = bisect_left(back, self._places[other_end - 1]) + 1 if other_end > other else first
            partings.append(SourceDifference(first, max(first, last), self._source[start:end]))
        return errata_of(base, partings, who=who, when=when, why=why)

    def place(self, offset: int) -> int:
        """Where in the squeezed source a place of the notice's text stands."""
        return _across(self._hunks, bisect_left(self._places, offset))

    def fresh_places(self) -> list[int]:
        """The same for each place of the text that an import makes today: it may set other things aside."""
        return _places_of(self.origin.notice.text, self._source)


def is_in_source(before: str, after: str, source: str) -> bool:
    """Whether the source itself has the words that a change made, and no more those before it."""
    old, new = ("".join(words.split()) for words in (before, after))
    source = "".join(source.split())
    return new in source and old not in source


def _across(found: Sequence[Hunk], place: int) -> int:
    """Where in the one sequence a place of the other stands."""
    return place + sum((h.end - h.start) - (h.other_end - h.other) for h in found if h.other_end <= place)


def wording_difference(notice: Notice, origin: Origin, shown: str) -> Difference | None:
    """Where `shown` is not the source with all that is on record: edits, errata, corrections, masks; None: it is.

    `notice` is that of the content file, `shown` the text that was published of it. Promise 1, from the file that the
    unit gave to the page that a citizen reads. Raises ValueError when an edit does not fit the source.
    """
    answered = {one.quote for one in notice.accepted if one.code == "source-differs"}
    for one in Comparison(notice, origin).altered():
        if None not in answered and one.quote not in answered:
            return Difference(one.span.start, one.before, one.after)
    return difference(notice.text, mask_edits(notice), shown)
