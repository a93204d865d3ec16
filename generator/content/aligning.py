"""The passages of three versions of a notice side by side."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

from generator.model.differing import Hunk, hunks
from generator.model.notice import Passage

ChooseSide = Callable[[str, object, object, object], Literal["mine", "theirs"]]
"""Asked where the versions differ: name of the place, and the three; whose is taken?"""
Body = Sequence[Passage]
ParagraphKeys = Sequence[Hashable]


class Triple(NamedTuple):
    """A passage of the merged notice, and what stands for it in the three versions."""

    taken: Passage
    base: Passage | None
    mine: Passage | None
    theirs: Passage | None
    name: str = ""
    """Where it stands: the anchor above, and how many passages below that."""


class _AlignedRuns(NamedTuple):
    """Runs of the three versions that stand for one another."""

    base: slice
    mine: slice
    theirs: slice
    is_mine: bool
    """Whether `mine` differs from the base here."""
    is_theirs: bool


def aligned(base: Body, mine: Body, theirs: Body, side: ChooseSide) -> list[Triple]:
    """The passages of the merged notice in order. Words and their order are chosen here, all else is left as it is."""
    found: list[Triple] = []
    above, number = "", 0
    for region in _regions(*([p.text for p in body] for body in (base, mine, theirs))):
        runs = base[region.base], mine[region.mine], theirs[region.theirs]
        for row in _rows(region, *runs, side, f"#{above}+{number + 1}"):
            anchor = (row.mine or row.taken).anchor
            above, number = (anchor, 0) if anchor else (above, number + 1)
            found.append(row._replace(name=f"#{above}+{number}"))
    return _with_strays(found, base, mine)


def _regions(base: ParagraphKeys, mine: ParagraphKeys, theirs: ParagraphKeys) -> Iterator[_AlignedRuns]:
    """The three versions cut into runs, in order: what none changed one by one."""
    ours, news = hunks(base, mine, near=0), hunks(base, theirs, near=0)
    at = m = t = 0
    while at < len(base) or ours or news:
        start = min([h.start for h in (*ours[:1], *news[:1])] or [len(base)])
        while at < start:
            yield _AlignedRuns(slice(at, at + 1), slice(m, m + 1), slice(t, t + 1), is_mine=False, is_theirs=False)
            at, m, t = at + 1, m + 1, t + 1
        if not ours and not news:
            return
        one, other, end = _touching(ours, news, start)
        del ours[: len(one)], news[: len(other)]
        m_end, t_end = m + end - start + _grown(one), t + end - start + _grown(other)
        yield _AlignedRuns(
            slice(start, end), slice(m, m_end), slice(t, t_end), is_mine=bool(one), is_theirs=bool(other)
        )
        at, m, t = end, m_end, t_end


def _grown(found: Sequence[Hunk]) -> int:
    return sum((h.other_end - h.other) - (h.end - h.start) for h in found)


def _touching(ours: Sequence[Hunk], news: Sequence[Hunk], start: int) -> tuple[list[Hunk], list[Hunk], int]:
    """The first hunks of both that lie over one another, and where in the base they end."""
    one, other, end = list[Hunk](), list[Hunk](), start
    has_grown = True
    while has_grown:
        has_grown = False
        for some, found in ((ours, one), (news, other)):
            while len(found) < len(some) and _meets(some[len(found)], start, end):
                found.append(some[len(found)])
                end = max(end, found[-1].end)
                has_grown = True
    return one, other, end


def _meets(hunk: Hunk, start: int, end: int) -> bool:
    """Whether a hunk lies over the run, or begins where it begins."""
    return hunk.start < end or hunk.start == start


def _rows(region: _AlignedRuns, base: Body, mine: Body, theirs: Body, side: ChooseSide, name: str) -> list[Triple]:
    """The passages that a run comes to."""
    if not region.is_mine and not region.is_theirs:
        return [Triple(new, old, own, new) for old, own, new in zip(base, mine, theirs, strict=True)]
    was, own_words, new_words = (tuple(p.text for p in some) for some in (base, mine, theirs))
    label = f"#{mine[0].anchor}" if len(mine) == 1 and mine[0].anchor else name
    if len(base) == len(mine) == len(theirs) == 1 and region.is_mine and region.is_theirs:
        both = merged_words(was[0], own_words[0], new_words[0])
        if both is not None and own_words != new_words:
            side(label, was, was, new_words)
            return [Triple(_reworded(theirs[0], both), base[0], mine[0], theirs[0])]
    if side(label, was, own_words, new_words) == "mine":
        old, new = _pairs(base, mine), _pairs(theirs, mine)
        return [Triple(own, old.get(at), own, new.get(at)) for at, own in enumerate(mine)]
    old, own_of = _pairs(base, theirs), _pairs(mine, theirs)
    return [Triple(new, old.get(at), own_of.get(at), new) for at, new in enumerate(theirs)]


def merged_words(base: str, mine: str, theirs: str) -> str | None:
    """Words with the changes of both; None where both changed the same place.

    >>> merged_words("面积389亩，补交12万元。", "面积398亩，补交12万元。", "面积389亩，补交15万元。")
    '面积398亩，补交15万元。'
    """
    parts: list[str] = []
    for region in _regions(base, mine, theirs):
        own, new = mine[region.mine], theirs[region.theirs]
        if region.is_mine and region.is_theirs and own != new:
            return None
        parts.append(own if region.is_mine else new)
    return "".join(parts)


def _reworded(passage: Passage, text: str) -> Passage:
    """The passage with other words; its label stays as long as they begin with it."""
    label = passage.label if text.startswith(passage.label) else ""
    return passage._replace(label=label, words=text[len(label) :])


_ALIKE = 0.6
"""Share of the same characters from which on two passages are the same one, changed."""
_MANY = 400
"""Pairs of passages that are compared with each other."""
_LONG = 200
"""Characters of a passage that are compared."""
_FRAME = re.compile("关于|针对|方面|问题|的|[（）()。，,]")
"""What titles of problems have in common."""


def _pairs(some: Body, others: Body) -> dict[int, Passage]:
    """For passages of `others`, by index, the one of `some` that is the same: by its words, else by most of them."""
    found: dict[int, Passage] = {}
    waiting: dict[tuple[bool, str], list[Passage]] = {}
    for passage in some:
        waiting.setdefault(_key(passage), []).append(passage)
    for number, other in enumerate(others):
        if same := waiting.get(_key(other)):
            found[number] = same.pop(0)
    rest = [passage for left in waiting.values() for passage in left]
    if len(rest) * (len(others) - len(found)) > _MANY:
        return found
    for number, other in enumerate(others):
        near = next((passage for passage in rest if number not in found and alike(passage, other)), None)
        if near is not None:
            found[number] = near
            rest.remove(near)
    return found


def _key(passage: Passage) -> tuple[bool, str]:
    return passage.role == "heading", passage.words


def alike(one: Passage, other: Passage) -> bool:
    """Whether two passages are the same one, perhaps changed."""
    if (one.role == "heading") != (other.role == "heading"):
        return False
    a, b = (_FRAME.sub("", passage.words[:_LONG]) for passage in (one, other))
    matcher = SequenceMatcher(None, a, b, autojunk=False)
    return a == b or (matcher.quick_ratio() >= _ALIKE and matcher.ratio() >= _ALIKE)


def _with_strays(rows: Sequence[Triple], base: Body, mine: Body) -> list[Triple]:
    """The rows, headings that moved with what stands for them: elsewhere in the older versions, by their words."""
    used = {id(row.mine) for row in rows if row.mine}
    own, old = _by_words(p for p in mine if id(p) not in used), _by_words(base)
    found = []
    for row in rows:
        stray = own.pop(row.taken.words, None) if row.mine is None and row.taken.role == "heading" else None
        found.append(row._replace(mine=stray, base=old.get(stray.words)) if stray else row)
    return found


def _by_words(body: Iterable[Passage]) -> dict[str, Passage]:
    """The headings whose words are there once."""
    found: dict[str, list[Passage]] = {}
    for passage in body:
        if passage.role == "heading":
            found.setdefault(passage.words, []).append(passage)
    return {words: some[0] for words, some in found.items() if len(some) == 1}
