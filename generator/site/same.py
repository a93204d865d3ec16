"""同类问题: issues of other units whose titles share rare words, and the same title in earlier rounds of the unit.

The measure is one: pairs of neighbouring characters that two titles share, each weighing more the fewer titles have it,
over what both titles weigh (cosine). The words shared explain it; below the threshold nothing is shown.
"""

from __future__ import annotations

import bisect
import functools
import itertools
import math
import re
import weakref
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.model.notice import PartialDate
from generator.site.changes import IssueMention, same_title
from generator.site.model import Site, SiteNotice, SiteUnit, joined

LEAST = 0.65
"""The score from which two titles are shown as alike."""
_NEARLY = LEAST - 1e-9
_SHOWN = 5
_RARE = 24
"""So many titles at most may share a run of characters by which others are looked for."""
_RUN = 3
_LEAST_CORE = 4
"""Characters that say what a title is about, for titles that are not the same."""
_SHORTEST = 5
"""Characters of a title that says enough."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alike:
    """An issue of another unit."""

    mention: IssueMention
    score: float
    shared: tuple[str, ...]
    """The runs of words that both titles have."""


class Titles:
    """The titles of a site's issues, and which are alike."""

    def __init__(self, titles: Sequence[tuple[str, str]]) -> None:
        """`titles`: the unit and the title of each issue; they are known by their number."""
        self._units = [unit for unit, _ in titles]
        self._words = [same_title(title) for _, title in titles]
        distinct: dict[str, list[int]] = {}
        for number, words in enumerate(self._words):
            if len(words) >= _SHORTEST and _core(words):
                distinct.setdefault(words, []).append(number)
        self._numbers = distinct
        self._known: dict[str, list[tuple[float, str]]] = {}
        self._pairs = {words: _pairs(words) for words in distinct}
        counts = Counter(pair for pairs in self._pairs.values() for pair in pairs)
        total = len(distinct) + 1
        self._square = {pair: math.log(1 + total / count) ** 2 for pair, count in counts.items()}
        self._norm = {words: math.sqrt(self._squares(pairs)) for words, pairs in self._pairs.items()}
        runs: dict[str, list[str]] = defaultdict(list)
        for words in filter(_says_enough, distinct):
            for run in _runs(words):
                runs[run].append(words)
        self._runs = {run: found for run, found in runs.items() if 1 < len(found) <= _RARE}

    def like(self, number: int) -> Iterator[tuple[float, int]]:
        """Issues of other units with a title like that of issue `number`: score and number, the nearest first."""
        words, unit = self._words[number], self._units[number]
        if words not in self._numbers:
            return
        for score, other in self._near(words):
            yield from ((score, found) for found in self._numbers[other] if self._units[found] != unit)

    def _near(self, words: str) -> list[tuple[float, str]]:
        """The titles like one, itself first; worked out once for all issues that have it."""
        found = self._known.get(words)
        if found is None:
            scores = ((self.score(words, other), other) for other in self._candidates(words))
            alike = sorted((pair for pair in scores if pair[0] >= LEAST), key=lambda pair: (-pair[0], pair[1]))
            found = self._known[words] = [(1.0, words), *alike]
        return found

    def _candidates(self, words: str) -> set[str]:
        """Titles that share a rare run with one, and so many pairs that they may come near it."""
        if not _says_enough(words):
            return set()
        pairs_of, norms, mine = self._pairs, self._norm, self._pairs[words]
        heaviest = sorted(map(self._square.__getitem__, mine), reverse=True)
        most = [0.0, *itertools.accumulate(heaviest)]  # so much any one, two, three of its pairs weigh together
        least = _NEARLY * norms[words]
        found = {other for run in _runs(words) for other in self._runs.get(run, ()) if other != words}
        return {other for other in found if most[len(mine & pairs_of[other])] >= least * norms[other]}

    def score(self, one: str, other: str) -> float:
        """How alike two titles are, 0 to 1."""
        return self._squares(self._pairs[one] & self._pairs[other]) / (self._norm[one] * self._norm[other])

    def _squares(self, pairs: frozenset[str]) -> float:
        """What pairs weigh together; exact, for the order of a set is another one in each process."""
        return math.fsum(map(self._square.__getitem__, pairs))


_COMMON = re.compile(
    "不?(?:到位|规范|及时|严格|严肃|够|严|力|足|高|强|深入|彻底|完善|健全|完整|合规|扎实|清|符)|未?按(?:规定|要求|期)"
    "|存在|部分|一些|个别|有的|仍然?|有所|缺失|弱化|滞后|缓慢|薄弱|漏洞|混乱|差距|流于形式|问题"
    "|执行|落实|履行|推进|开展|进行|加强|力度|意识|责任制?|制度|管理|使用|工作|程序|监管|建设|手续|环节|情况|方面"
)
"""What titles say of any matter: it makes none alike."""


@functools.lru_cache(maxsize=1 << 16)
def _core(words: str) -> tuple[str, ...]:
    """The runs of a title that say what it is about."""
    return tuple(part for part in _COMMON.split(words) if len(part) > 1)


def _says_enough(words: str) -> bool:
    return sum(map(len, _core(words))) >= _LEAST_CORE


def _pairs(words: str) -> frozenset[str]:
    return frozenset(part[at : at + 2] for part in _core(words) for at in range(len(part) - 1))


def _runs(words: str) -> set[str]:
    """By which other titles are looked for: the whole of a short part, else its runs of three."""
    parts = _core(words)
    return {part[at : at + _RUN] for part in parts for at in range(max(1, len(part) - _RUN + 1))}


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


class Same:
    """What is alike in a site, worked out once."""

    def __init__(self, site: Site, known: Mapping[int, Nearest] | None = None) -> None:
        """`known` is what `table` gave for the same titles."""
        self._items = site.notices
        self._starts = [0, *itertools.accumulate(len(item.brief.words) for item in site.notices)]
        """By notice the number of its first issue; and the end."""
        self._first = {item.notice.id: start for item, start in zip(site.notices, self._starts, strict=False)}
        self._is_known = known is not None
        self._nearest: dict[int, Nearest] = dict(known or {})

    @functools.cached_property
    def _titles(self) -> Titles:
        return Titles([(item.notice.unit.id, one.issue.title) for item in self._items for one in item.issues])

    def table(self) -> dict[int, Nearest]:
        """By the number of an issue those like it; it says all, and depends on the units and titles alone."""
        return {number: found for number in range(self._starts[-1]) if (found := self._near(number))}

    def _near(self, number: int) -> Nearest:
        if self._is_known:
            return self._nearest.get(number, ())
        if number not in self._nearest:
            alike: dict[str, tuple[float, int]] = {}
            for score, other in self._titles.like(number):
                alike.setdefault(self._place(other)[0].notice.unit.id, (score, other))
                if len(alike) == _SHOWN:
                    break
            self._nearest[number] = tuple(alike.values())
        return self._nearest[number]

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


def know_same(site: Site, table: Mapping[int, Nearest]) -> None:
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
