"""What was changed between two versions of a notice, for a person who must answer for the new one."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from generator.base.structure import plain_fields
from generator.content.notice_file import DECISIONS, FACTS
from generator.model.notice import Notice, Passage

_CONTEXT = 10
"""Characters shown before and behind what differs in a passage."""
_MOST = 4000
"""Passages of a run that are compared one by one; a longer run is told of as a whole."""
_NOT_REVIEWED = {"review", "reviews", "accepted", "withdrawn"}


class Change(NamedTuple):
    """A fact or a passage that differs."""

    place: str
    """The key of the fact, or the anchor of the heading above the passage."""
    before: str
    after: str

    def __str__(self) -> str:
        """One line."""
        if not self.before:
            return f"{self.place}: added “{self.after}”"
        if not self.after:
            return f"{self.place}: taken out “{self.before}”"
        return f"{self.place}: “{self.before}” → “{self.after}”"


def changes(old: Notice, new: Notice) -> Iterator[Change]:
    """The facts, then the passages that differ."""
    names = [name for name in (*FACTS, *DECISIONS) if name not in _NOT_REVIEWED]
    yield from _facts("", plain_fields(old, names), plain_fields(new, names))
    yield from _passages(old.body, new.body)


def _facts(place: str, old: object, new: object) -> Iterator[Change]:
    if isinstance(old, dict) and isinstance(new, dict):
        for key in dict.fromkeys([*old, *new]):
            yield from _facts(f"{place}.{key}".lstrip("."), old.get(key), new.get(key))
    elif old != new:
        yield Change(place, _plain(old), _plain(new))


def _plain(value: object) -> str:
    return "" if value in (None, [], {}, ()) else str(value)


def _passages(old: Sequence[Passage], new: Sequence[Passage]) -> Iterator[Change]:
    start, end = _alike(old, new)
    old_run, new_run = old[start : len(old) - end], new[start : len(new) - end]
    if max(len(old_run), len(new_run)) > _MOST:
        yield Change(_place(new, start), f"{len(old_run)} …", f"{len(new_run)} …")
        return
    for how, i, j, k, m in difflib.SequenceMatcher(None, old_run, new_run, autojunk=False).get_opcodes():
        if how == "equal":
            continue
        for at in range(max(j - i, m - k)):
            before = old_run[i + at] if i + at < j else None
            after = new_run[k + at] if k + at < m else None
            place = _place(new, start + k + at) if after else _place(old, start + i + at)
            yield _difference(place, before, after)


def _difference(place: str, before: Passage | None, after: Passage | None) -> Change:
    """What of two passages differs: their words, else how they are marked."""
    one, other = _words(before), _words(after)
    if before and after and one == other:
        return Change(place, _marks(before), _marks(after))
    start, end = _alike(one, other)
    return (
        Change(place, _cut(one, start, end), _cut(other, start, end)) if before and after else Change(place, one, other)
    )


def _alike(one: Sequence[object], other: Sequence[object]) -> tuple[int, int]:
    """How many items two sequences share at their beginning, and how many more at their end."""
    most = min(len(one), len(other))
    start = next((at for at in range(most) if one[at] != other[at]), most)
    end = next((at for at in range(most - start) if one[-1 - at] != other[-1 - at]), most - start)
    return start, end


def _cut(text: str, start: int, end: int) -> str:
    """The part of a text that differs, with a few characters around it."""
    first, last = max(0, start - _CONTEXT), min(len(text), len(text) - end + _CONTEXT)
    return ("…" if first else "") + text[first:last] + ("…" if last < len(text) else "")


def _words(passage: Passage | None) -> str:
    return passage.label + passage.words if passage else ""


def _marks(passage: Passage) -> str:
    marks = plain_fields(passage.marks, passage.marks.__slots__) if passage.marks else {}
    given = {"role": passage.role, "level": passage.level, "anchor": passage.anchor, "run_on": passage.run_on, **marks}
    return " ".join(f"{key}={value}" for key, value in given.items() if value)


def _place(body: Sequence[Passage], at: int) -> str:
    """The anchor of the heading at or above a passage, else the number of the passage."""
    above = (passage.anchor for passage in reversed(body[: at + 1]) if passage.role == "heading" and passage.anchor)
    return next((f"#{anchor}" for anchor in above), f"{at + 1}")
