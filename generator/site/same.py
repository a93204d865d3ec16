"""同类问题: issues of other units whose titles share rare words, and the same title in earlier rounds of the unit.

The measure is one (alike_titles.py). The words shared explain it; below the threshold nothing is shown.
"""

from __future__ import annotations

import bisect
import functools
import itertools
import weakref
from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from generator.model.notice import PartialDate
from generator.site.changes import IssueMention, same_title
from generator.site.model import Site, SiteNotice, SiteUnit, joined

if TYPE_CHECKING:
    from generator.site.alike_titles import Titles

_SHOWN = 5
_SHORTEST = 5
"""Characters of a title that says enough."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alike:
    """An issue of another unit."""

    mention: IssueMention
    score: float
    shared: tuple[str, ...]
    """The runs of words that both titles have."""


def shared_words(one: str, other: str) -> tuple[str, ...]:
    """The longest runs of characters, of two at least, that both titles have, in the order of the first."""
    found, at = [], 0
    while at < len(one) - 1:
        end = at + 2
        if one[at:end] not in other:
            at += 1
            continue
        while end < len(one) and one[at : end + 1] in other:
            end += 1
        found.append(one[at:end])
        at = end
    return tuple(found)


Nearest = Sequence[tuple[float, int]]
"""Score and number of issues, of other units and of each unit one, the nearest first."""
AlikeTable = tuple[bytes, bytes, bytes]
"""By the number of an issue where those like it begin, and the end; the scores of these, and their numbers."""


class _Arrays(NamedTuple):
    """The same as arrays."""

    starts: array[int]
    scores: array[float]
    others: array[int]


class Same:
    """What is alike in a site, worked out once."""

    def __init__(self, site: Site, known: AlikeTable | None = None) -> None:
        """`known` is what `table` gave for the same titles."""
        self._items = site.notices
        self._starts = [0, *itertools.accumulate(len(item.brief.words) for item in site.notices)]
        """By notice the number of its first issue; and the end."""
        self._first = {item.notice.id: start for item, start in zip(site.notices, self._starts, strict=False)}
        self._nearest = dict[int, Nearest]()
        self._known = _Arrays(array("I", known[0]), array("d", known[1]), array("I", known[2])) if known else None

    @functools.cached_property
    def _titles(self) -> Titles:
        from generator.site.alike_titles import Titles  # noqa: PLC0415 - loads numpy

        return Titles([(item.notice.unit.id, one.issue.title) for item in self._items for one in item.issues])

    def _whole(self) -> _Arrays:
        if self._known is None:
            starts, scores, others = _Arrays(array("I", [0]), array("d"), array("I"))
            for number in range(self._starts[-1]):
                near = self._near(number)
                scores.extend(score for score, _ in near)
                others.extend(other for _, other in near)
                starts.append(len(others))
            self._known = _Arrays(starts, scores, others)
        return self._known

    def table(self) -> AlikeTable:
        """What is like each issue; it says all, and depends on the units and titles alone."""
        starts, scores, others = self._whole()
        return starts.tobytes(), scores.tobytes(), others.tobytes()

    def _near(self, number: int) -> Nearest:
        if self._known:
            starts, scores, others = self._known
            place = slice(starts[number], starts[number + 1])
            return tuple(zip(scores[place], others[place], strict=True))
        if number not in self._nearest:
            alike: dict[str, tuple[float, int]] = {}
            for score, other in self._titles.like(number):
                alike.setdefault(self._place(other)[0].notice.unit.id, (score, other))
                if len(alike) == _SHOWN:
                    break
            self._nearest[number] = tuple(alike.values())
        return self._nearest[number]

    @functools.cached_property
    def _words(self) -> Sequence[str]:
        """By number what is said of an issue where it is like another one."""
        return [one for item in self._items for one in item.brief.words]

    def told(self, item: SiteNotice) -> str:
        """Says which issues of others are like those of a notice, and all their words."""
        starts, _, others = self._whole()
        first = self._first[item.notice.id]
        ends = starts[first : first + len(item.brief.words) + 1]
        words = map(self._words.__getitem__, others[ends[0] : ends[-1]])
        return joined([end - ends[0] for end in ends], words) if ends[0] < ends[-1] else ""

    def _place(self, number: int) -> tuple[SiteNotice, int]:
        """The notice of an issue, and which of its issues it is."""
        at = bisect.bisect_right(self._starts, number) - 1
        return self._items[at], number - self._starts[at]

    def elsewhere(self, item: SiteNotice) -> Mapping[str, tuple[Alike, ...]]:
        """By the anchor of an issue the nearest ones of other units, one of each unit, newest first where alike."""
        found: dict[str, tuple[Alike, ...]] = {}
        for number, others in self.like(item):
            issue = item.issues[number]
            title = same_title(issue.issue.title)
            mentions = [(score, IssueMention(item=other, issue=other.issues[at])) for score, other, at in others]
            found[issue.anchor] = tuple(
                Alike(mention=other, score=score, shared=shared_words(title, same_title(other.issue.issue.title)))
                for score, other in mentions
            )
        return found

    def like(self, item: SiteNotice) -> Iterator[tuple[int, Sequence[tuple[float, SiteNotice, int]]]]:
        """By which of its issues it is, each that has any like it: scores, notices, which of their issues."""
        first = self._first[item.notice.id]
        for number in range(len(item.brief.words)):
            if near := self._near(first + number):
                yield number, [(score, *self._place(other)) for score, other in near]


_SAME: weakref.WeakKeyDictionary[Site, Same] = weakref.WeakKeyDictionary()


def same_of(site: Site) -> Same:
    """What is alike in a site, worked out once."""
    found = _SAME.get(site)
    if found is None:
        found = _SAME[site] = Same(site)
    return found


def know_same(site: Site, table: AlikeTable) -> None:
    """Take what `Same.table` gave for a site with the same `titles_digest`, instead of working it out."""
    _SAME[site] = Same(site, table)


def titles_digest(site: Site) -> str:
    """Says all that decides which issues are alike: unit and title of each, in order."""
    return joined(len(site.notices), (item.brief.titles for item in site.notices))


def earlier(unit: SiteUnit, item: SiteNotice) -> Mapping[str, tuple[IssueMention, ...]]:
    """By the anchor of an issue the same title in notices of earlier inspections of the unit, the earliest first."""
    day = _day(item)
    if day is None or len(unit.notices) == 1:
        return {}
    found: dict[str, list[IssueMention]] = {}
    anchors = {same_title(one.issue.title): one.anchor for one in item.issues}
    for other in reversed(unit.notices):
        before = _day(other)
        if other is item or before is None or before.last_day >= day.first_day:
            continue
        for one in other.issues:
            title = same_title(one.issue.title)
            if len(title) >= _SHORTEST and title in anchors:
                found.setdefault(anchors[title], []).append(IssueMention(item=other, issue=one))
    return {anchor: tuple(told) for anchor, told in found.items()}


def _day(item: SiteNotice) -> PartialDate | None:
    inspection = item.notice.inspection
    return inspection.feedback or inspection.start
