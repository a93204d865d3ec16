"""勘误: changes of words that somebody answers for, as data: undone, proved, and made from a difference."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from generator.base.dates import PartialDate
from generator.model.decisions import Erratum
from generator.model.notice import Notice


class WordChange(NamedTuple):
    """A recorded change of words: an erratum, or a correction."""

    before: str
    after: str


def changes_of(notice: Notice) -> list[WordChange]:
    """The recorded changes of words, oldest first; a correction counts only when somebody answers for it."""
    found = [WordChange(one.before, one.after) for one in notice.errata]
    return found + [
        WordChange(one.before, one.after) for one in notice.corrections if one.before and one.after and one.who
    ]


def as_imported(text: str, changes: Sequence[WordChange]) -> tuple[str, Sequence[int]]:
    """The words before the changes, and for each of their characters where in `text` it stands now.

    >>> as_imported("面积398亩", [WordChange("389亩", "398亩")])
    ('面积389亩', [0, 1, 2, 2, 2, 2])
    """
    if not changes:
        return text, range(len(text))
    places = list(range(len(text)))
    for before, after in reversed(changes):
        if stands_once(after, text):
            at = text.index(after)
            end = at + len(after)
            places[at:end] = [places[at]] * len(before)
            text = text[:at] + before + text[end:]
    return text, places


def stands_once(words: str, text: str) -> bool:
    """Whether words are in a text at one place and no other, overlapping ones counted."""
    at = text.find(words) if words else -1
    return at >= 0 and text.find(words, at + 1) < 0


def unproved(text: str, changes: Sequence[WordChange]) -> list[WordChange]:
    """The changes whose new wording is not in the words exactly once, those after them undone."""
    found = []
    for one in reversed(changes):
        if not stands_once(one.after, text):
            found.append(one)
        text, _ = as_imported(text, [one])
    return found[::-1]


class SourceDifference(NamedTuple):
    """`text[start:end]`, which stands where the source has `before`."""

    start: int
    end: int
    before: str


def errata_of(
    text: str, partings: Sequence[SourceDifference], *, who: str, when: PartialDate, why: str
) -> tuple[Erratum, ...]:
    """What records that somebody made `text` of the source's words, so that `as_imported` gives these back.

    >>> day = PartialDate(2025, 12, 1)
    >>> read = [SourceDifference(10, 13, "389")]
    >>> [one] = errata_of("面积共398亩，占地398亩。", read, who="陈某", when=day, why="扫描误识")
    >>> one.before, one.after
    ('占地389亩。', '占地398亩。')
    """
    found = []
    for start, end, before in reversed(partings):
        first, last = _unique(text, start, end)
        left, right = text[first:start], text[end:last]
        found.append(Erratum(before=left + before + right, after=text[first:last], who=who, when=when, why=why))
        text = text[:start] + before + text[end:]
    return tuple(reversed(found))


def _unique(text: str, start: int, end: int) -> tuple[int, int]:
    """The place widened on both sides until its words are in the text once."""
    size = 2
    while True:
        first, last = max(0, start - size), min(len(text), end + size)
        if stands_once(text[first:last], text) or last - first == len(text):
            return first, last
        size *= 2
