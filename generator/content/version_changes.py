"""What was changed between two versions of a notice, for a person who must answer for the new one."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from generator.base.structure import plain_fields
from generator.content.in_words import Said, marks_of, place_in, place_of, value_of
from generator.content.notice_file import DECISIONS, FACTS
from generator.model.differing import hunks
from generator.model.field_names import MARK_NAMES
from generator.model.notice import Notice, Passage

_CONTEXT = 10
"""Characters shown before and behind what differs in a passage."""
_NEAR = 3
"""Characters between two differences that are told as one."""
_MOST = 4000
"""Passages of a run that are compared one by one; a longer run is told of as a whole."""
_NOT_REVIEWED = {"review", "reviews", "accepted", "withdrawn"}


class Change(NamedTuple):
    """A fact, a mark or words that differ."""

    place: str
    """What people call it."""
    before: Said
    after: Said
    around: str = ""
    """The passage in which the words stand now, or stood; empty: they are the whole."""

    def __str__(self) -> str:
        """One line."""
        place, before, after, around = self.place, self.before.text, self.after.text, self.around
        if not (before or after):
            return f"{place}: changed"
        if around:
            if not before:
                return f"{place}: put in “{after}”: “{around}”"
            if not after:
                return f"{place}: struck out “{before}”: “{around}”"
            return f"{place}: “{before}” became “{after}”: “{around}”"
        if not (self.before.is_own and self.after.is_own):
            return _value_changed(place, before, after)
        if not before:
            return f"{place}: added “{after}”"
        return f"{place}: “{before}” → “{after}”" if after else f"{place}: taken out “{before}”"


def _value_changed(place: str, before: str, after: str) -> str:
    if not before:
        return f"{place}: now {after}"
    return f"{place}: changed from {before} to {after}" if after else f"{place}: no more {before}"


def changes(old: Notice, new: Notice) -> Iterator[Change]:
    """The facts, then the passages that differ."""
    names = [name for name in (*FACTS, *DECISIONS) if name not in _NOT_REVIEWED]
    for path, before, after in _facts("", plain_fields(old, names), plain_fields(new, names)):
        place = place_of(path, new)
        field = ".".join(part for part in path.split(".") if not part.isdigit())
        yield Change(place, value_of(field, before, old), value_of(field, after, new))
    yield from _passages(old.body, new.body)


def _facts(path: str, old: object, new: object) -> Iterator[tuple[str, object, object]]:
    """Path, old and new value of each fact that differs; of lists, each entry that only one of them has."""
    if old == new or (_is_absent(old) and _is_absent(new)):
        return
    if isinstance(old, dict) or isinstance(new, dict):
        one, other = (value if isinstance(value, dict) else {} for value in (old, new))
        inside = [
            found
            for key in dict.fromkeys([*one, *other])
            for found in _facts(f"{path}.{key}".lstrip("."), one.get(key), other.get(key))
        ]
        is_empty = not inside and (_is_absent(old) or _is_absent(new))  # a fact without a value, and none
        yield from [(path, old, new)] if is_empty else inside
    elif isinstance(old, list) or isinstance(new, list):
        yield from _entries(path, old if isinstance(old, list) else [], new if isinstance(new, list) else [])
    else:
        yield path, old, new


def _is_absent(value: object) -> bool:
    return value is None or value in ([], {})


def _entries(path: str, old: Sequence[object], new: Sequence[object]) -> Iterator[tuple[str, object, object]]:
    gone, come = ([one for one in a if one not in b] for a, b in ((old, new), (new, old)))
    for before, after in zip(gone, come, strict=False):
        number = new.index(after) + 1
        yield from _facts(f"{path}.{number}" if isinstance(after, dict) else path, before, after)
    for one in gone[len(come) :]:
        yield from _facts(f"{path}.{old.index(one) + 1}" if isinstance(one, dict) else path, one, None)
    for one in come[len(gone) :]:
        yield from _facts(f"{path}.{new.index(one) + 1}" if isinstance(one, dict) else path, None, one)
    if not gone and not come:
        yield path, old, new  # in another order, or one more of the same


def _passages(old: Sequence[Passage], new: Sequence[Passage]) -> Iterator[Change]:
    start, end = _alike(old, new)
    old_run, new_run = old[start : len(old) - end], new[start : len(new) - end]
    if max(len(old_run), len(new_run)) > _MOST:
        place = place_in(new, start) if start < len(new) else place_in(old, start)
        one, other = (Said(f"{len(run)} passages", is_own=False) for run in (old_run, new_run))
        yield Change(place, one, other)
        return
    matcher = difflib.SequenceMatcher(None, [p.text for p in old_run], [p.text for p in new_run], autojunk=False)
    for _, i, j, k, m in matcher.get_opcodes():
        for at in range(max(j - i, m - k)):
            before = old_run[i + at] if i + at < j else None
            after = new_run[k + at] if k + at < m else None
            place = place_in(new, start + k + at) if after else place_in(old, start + i + at)
            yield from _difference(place, before, after)


def _difference(place: str, before: Passage | None, after: Passage | None) -> Iterator[Change]:
    """What of two passages differs: their words, and how they are marked."""
    if before is None or after is None:
        yield Change(place, Said(before.text if before else ""), Said(after.text if after else ""))
        return
    yield from _words(place, before.text, after.text)
    old, new = marks_of(before), marks_of(after)
    if before.text != after.text:
        old.pop("label"), new.pop("label")
    for key in dict.fromkeys([*old, *new]):
        if old.get(key) != new.get(key):
            one, other = (value_of(f"#.{key}", marks.get(key) or None) for marks in (old, new))
            yield Change(f"{place} · {MARK_NAMES[key]}", one, other)


def _words(place: str, old: str, new: str) -> Iterator[Change]:
    """Each run of characters that differs, in what stands around it."""
    for start, end, other, other_end in hunks(old, new, near=_NEAR):
        before, after = old[start:end], new[other:other_end]
        around = _around(new, other, other_end) if after else _around(old, start, end)
        yield Change(place, Said(before), Said(after), around)


def _around(text: str, start: int, end: int) -> str:
    """A part of a text with a few characters around it."""
    first, last = max(0, start - _CONTEXT), min(len(text), end + _CONTEXT)
    return ("…" if first else "") + text[first:last] + ("…" if last < len(text) else "")


def _alike(one: Sequence[object], other: Sequence[object]) -> tuple[int, int]:
    """How many items two sequences share at their beginning, and how many more at their end."""
    most = min(len(one), len(other))
    start = next((at for at in range(most) if one[at] != other[at]), most)
    end = next((at for at in range(most - start) if one[-1 - at] != other[-1 - at]), most - start)
    return start, end
