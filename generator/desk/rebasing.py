"""Whether an act may be applied to a newer version of a file: what it reads and writes is there as it was."""

from __future__ import annotations

import dataclasses
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from generator.desk import facts
from generator.desk.acts import (
    Accept,
    Act,
    AddMask,
    Batch,
    Join,
    MergeIssue,
    Reinstate,
    RemoveMask,
    Restore,
    Retract,
    SetFact,
    Sign,
    Withdraw,
    moved_act,
)
from generator.desk.places import GuardedPlace, RefusedAct
from generator.model.notice import Notice


def rebased(act: Act, old: Notice, new: Notice) -> Act | None:
    """The act as it may be applied to a newer version than it was made for; None: what it concerns is another there."""
    try:
        to = moved_act(act, old.text, new.text)
    except RefusedAct:
        return None
    return to if list(cells(act, old)) == list(cells(to, new)) else None


Cells = Iterator[tuple[str, Any]]


def cells(act: Act, notice: Notice) -> Cells:
    """What an act reads and writes of a notice: names and values."""
    if isinstance(act, Batch):
        for one in act.acts:
            yield from cells(one, notice)
        return
    if type(act) in _CELLS:
        yield from _CELLS[type(act)](notice, act)
    for cell in dataclasses.fields(act):
        value = getattr(act, cell.name)
        if isinstance(value, GuardedPlace):
            yield value.words, _passages(notice, value)
        elif cell.name in ("anchor", "issue", "of") and value:
            yield value, next((p for p in notice.body if p.anchor == value), None)


_CELLS: Mapping[Any, Callable[[Notice, Any], Cells]] = {
    Join: lambda n, a: iter([("above", _above(n, _first(n, a.at) - 1))]),
    MergeIssue: lambda n, a: iter([("above", _heading_above(n, a.anchor))]),
    SetFact: lambda n, a: iter([(a.path, (facts.value_of(n, a.path), a.path in n.inferred))]),
    Accept: lambda n, a: iter([_accepted(n, a)]),
    Retract: lambda n, a: iter([_accepted(n, a)]),
    AddMask: lambda n, a: iter([(a.value or a.kind, [one for one in n.masks if one.value == a.value])]),
    RemoveMask: lambda n, a: iter([(str(a.number), n.masks[: a.number])]),
    Sign: lambda n, a: iter([(a.step, n)]),
    Withdraw: lambda n, _: iter([("withdrawn", n.withdrawn)]),
    Reinstate: lambda n, _: iter([("withdrawn", n.withdrawn)]),
    Restore: lambda n, _: iter([("restore", n)]),
}
"""What acts read and write besides their places and anchors."""


def _first(notice: Notice, at: GuardedPlace) -> int:
    return max(0, bisect_right(notice.starts, at.start) - 1)


def _passages(notice: Notice, at: GuardedPlace) -> Any:
    return notice.body[_first(notice, at) : bisect_right(notice.starts, max(at.start, at.end - 1))]


def _above(notice: Notice, index: int) -> Any:
    return notice.body[index] if index >= 0 else None


def _heading_above(notice: Notice, anchor: str) -> Any:
    above = None
    for one in notice.body:
        if one.anchor == anchor:
            return above
        above = one if one.role == "heading" else above
    return None


def _accepted(notice: Notice, act: Accept | Retract) -> tuple[str, Any]:
    key = (act.code, act.quote)
    return " ".join(filter(None, key)), next((one for one in notice.accepted if (one.code, one.quote) == key), None)
