"""Which titles are alike: pairs of neighbouring characters that two share, over what both titles weigh (cosine).

A pair weighs more the fewer titles have it. Only titles that share a rare run of characters are compared, all of them
at once, as arrays: of ten thousand notices there are hundreds of thousands. Weights are whole numbers, so that their
sums depend on no order.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from generator.site.changes import same_title

Indices = NDArray[np.int64]
Core = tuple[str, ...]
"""The runs of a title that say what it is about."""

LEAST = 0.65
"""The score from which two titles are shown as alike."""
_NEARLY = LEAST - 1e-9
_RARE = 24
"""So many titles at most may share a run of characters by which others are looked for."""
_LEAST_CORE = 4
"""Characters that say what a title is about, for titles that are not the same."""
_UNIT = 1 << 20
"""What a weight of one is counted as."""
_CODE = 21
"""Bits of a character."""
_SHORTEST = 5
"""Characters of a title that says enough."""
_AT_ONCE = 1 << 14
"""Comparisons that are held in memory."""

_COMMON = re.compile(
    "不?(?:到位|规范|及时|严格|严肃|够|严|力|足|高|强|深入|彻底|完善|健全|完整|合规|扎实|清|符)|未?按(?:规定|要求|期)"
    "|存在|部分|一些|个别|有的|仍然?|有所|缺失|弱化|滞后|缓慢|薄弱|漏洞|混乱|差距|流于形式|问题"
    "|执行|落实|履行|推进|开展|进行|加强|力度|意识|责任制?|制度|管理|使用|工作|程序|监管|建设|手续|环节|情况|方面"
)
"""What titles say of any matter: it makes none alike."""


class Titles:
    """The titles of a site's issues, and which are alike."""

    def __init__(self, titles: Sequence[tuple[str, str]]) -> None:
        """`titles`: the unit and the title of each issue; they are known by their number."""
        self._units = [unit for unit, _ in titles]
        self._words = [same_title(title) for _, title in titles]
        self._numbers: dict[str, list[int]] = {}
        cores = dict[str, Core]()
        for number, words in enumerate(self._words):
            if words not in cores and len(words) >= _SHORTEST and (core := core_of(words)):
                cores[words], self._numbers[words] = core, []
            if words in cores:
                self._numbers[words].append(number)
        self._nearest = nearest(cores)

    def like(self, number: int) -> Iterator[tuple[float, int]]:
        """Issues of other units with a title like that of issue `number`: score and number, the nearest first."""
        words, unit = self._words[number], self._units[number]
        if words not in self._numbers:
            return
        for score, other in ((1.0, words), *self._nearest.get(words, ())):
            yield from ((score, found) for found in self._numbers[other] if self._units[found] != unit)


class _Sets(NamedTuple):
    """A set of numbers for each title, all of them one after the other."""

    owners: Indices
    """Whose each member is, ascending."""
    members: Indices
    """Ascending within a set; from 0 on, without gaps."""


def core_of(words: str) -> Core:
    """The core of a title."""
    return tuple(part for part in _COMMON.split(words) if len(part) > 1)


def nearest(cores: Mapping[str, Core]) -> dict[str, list[tuple[float, str]]]:
    """By title those that are like it, with their scores, the nearest first; titles without any are not there.

    The titles come with their cores, of which none is empty.
    """
    words = sorted(cores)
    found = _nearest(words, [cores[one] for one in words])
    for alike in found.values():
        alike.sort(key=lambda pair: (-pair[0], pair[1]))
    return found


def _nearest(words: Sequence[str], cores: Sequence[Core]) -> dict[str, list[tuple[float, str]]]:
    pairs = _sets(cores, 2)
    weights = _weights(pairs.members, len(words))
    squares = np.bincount(pairs.owners, weights[pairs.members], len(words))
    norms = np.sqrt(squares)
    found: dict[str, list[tuple[float, str]]] = {}
    for ones, others in _comparisons(cores, norms):
        scores = _shared(pairs, weights, ones, others) / (norms[ones] * norms[others])
        for at in np.flatnonzero(scores >= LEAST).tolist():
            one, other, score = words[ones[at]], words[others[at]], float(scores[at])
            found.setdefault(one, []).append((score, other))
            found.setdefault(other, []).append((score, one))
    return found


def _sets(cores: Sequence[Core], length: int) -> _Sets:
    """The runs of two or three characters of each core; of three, a part of two is a run by itself."""
    ended = ["".join(f"{part}\0" for part in parts) for parts in cores]
    codes = np.frombuffer(f"\0{''.join(ended)}\0\0".encode("utf-32-le", "surrogatepass"), dtype="<u4")
    is_run = (codes[1:-2] > 0) & (codes[2:-1] > 0)
    if length > 2:
        is_run &= (codes[3:] > 0) | (codes[:-3] == 0)
    at = np.flatnonzero(is_run)
    owners = np.repeat(np.arange(len(cores)), np.array(list(map(len, ended)), dtype=np.int64))[at]
    runs = codes[at + 1].astype(np.int64)
    for step in range(2, length + 1):
        runs = runs << _CODE | codes[at + step]
    members = _numbered(runs)
    most = int(members.max(initial=0)) + 1
    return _Sets(*np.divmod(_distinct(owners * most + members), most))


def _weights(members: Indices, titles: int) -> Indices:
    """The square of what each pair weighs: the more, the fewer titles have it."""
    counts = np.bincount(members)
    known = _distinct(counts)
    squares = [round(_UNIT * math.log(1 + (titles + 1) / count) ** 2) for count in known.tolist()]
    return np.array(squares, dtype=np.int64)[np.searchsorted(known, counts)]


def _comparisons(cores: Sequence[Core], norms: NDArray[np.float64]) -> Iterator[tuple[Indices, Indices]]:
    """The numbers of titles that share a rare run and may come near each other, many at a time."""
    runs = _sets([parts if sum(map(len, parts)) >= _LEAST_CORE else () for parts in cores], 3)
    order = np.argsort(runs.members, kind="stable")
    owners, members = runs.owners[order], runs.members[order]
    is_rare = np.bincount(members, minlength=1)[members] <= _RARE
    owners, members = owners[is_rare], members[is_rare]
    both = [np.zeros(0, np.int64)]
    for step in range(1, _RARE):
        is_shared = members[step:] == members[:-step]
        both.append(owners[:-step][is_shared] * len(cores) + owners[step:][is_shared])
    ones, others = np.divmod(_distinct(np.concatenate(both)), len(cores) or 1)
    # they share no more than the lighter one has
    is_near = np.minimum(norms[ones], norms[others]) >= _NEARLY * np.maximum(norms[ones], norms[others])
    ones, others = ones[is_near], others[is_near]
    for at in range(0, len(ones), _AT_ONCE):
        yield ones[at : at + _AT_ONCE], others[at : at + _AT_ONCE]


def _shared(pairs: _Sets, weights: Indices, ones: Indices, others: Indices) -> Indices:
    """What the pairs that two titles share weigh together, each of the ones with the other at its place."""
    ends = np.cumsum(np.bincount(pairs.owners))
    sizes = np.diff(ends, prepend=0)[others]
    behind = np.cumsum(sizes)
    theirs = pairs.members[np.arange(behind[-1]) + np.repeat(ends[others] - behind, sizes)]
    keys, wanted = pairs.owners * len(weights) + pairs.members, np.repeat(ones, sizes) * len(weights) + theirs
    place = np.searchsorted(keys, wanted)  # quick, for the ones ascend
    place[place == len(keys)] = 0
    return np.add.reduceat(np.where(keys[place] == wanted, weights[theirs], 0), behind - sizes)


def _distinct(values: Indices) -> Indices:
    """The values that occur, ascending: as numpy's `unique`, which loads half of numpy for it."""
    ordered = np.sort(values)
    found: Indices = ordered[np.append(True, ordered[1:] != ordered[:-1])[: len(ordered)]]
    return found


def _numbered(values: Indices) -> Indices:
    """Each value by its place among those that occur."""
    found: Indices = np.searchsorted(_distinct(values), values)
    return found
