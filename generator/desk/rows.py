"""Acts as rows of plain text: what a form sends and a line of the journal keeps. Both directions are the identity."""

from __future__ import annotations

import dataclasses
import functools
import json
import types
import typing
from collections.abc import Mapping
from typing import Any

from generator.base.dates import PartialDate
from generator.desk.acts import ACTS, Act, Batch
from generator.desk.places import GuardedPlace, RefusedAct


def row_of(act: Act) -> dict[str, Any]:
    """The act as JSON has it: its name and its fields; what is as usual is left out."""
    if isinstance(act, Batch):
        return {"Batch": {"acts": [row_of(one) for one in act.acts]}}
    values = {one.name: getattr(act, one.name) for one in dataclasses.fields(act)
              if getattr(act, one.name) != one.default}  # fmt: skip
    return {type(act).__name__: {name: _plain(value) for name, value in values.items()}}


def _plain(value: Any) -> Any:
    if isinstance(value, GuardedPlace):
        return f"{value.start}-{value.end}:{value.words}"
    if isinstance(value, PartialDate):
        return value.iso
    return list(value) if isinstance(value, tuple) else value


def act_of(name: str, values: Mapping[str, Any]) -> Act:
    """The act of a name with fields as `row_of` gives them, or as a form does: all of them texts.

    Raises RefusedAct: `form` when there is no such act, or a field is missing or wrong; `date` for what is no date.
    """
    kind = ACTS.get(name)
    if kind is None:
        raise RefusedAct("form", name)
    hints, found = _hints(kind), dict[str, Any]()
    for one in dataclasses.fields(kind):
        if one.name in values:
            found[one.name] = _typed(values[one.name], hints[one.name], one.name)
        elif one.default is dataclasses.MISSING:
            raise RefusedAct("form", one.name)
    act: Act = kind(**found)
    return act


@functools.cache
def _hints(kind: Any) -> dict[str, Any]:
    return typing.get_type_hints(kind)


def _typed(value: Any, hint: Any, name: str) -> Any:
    options = typing.get_args(hint) if isinstance(hint, types.UnionType) else (hint,)
    if type(None) in options:
        if value in (None, ""):
            return None
        hint = options[0]
    try:
        return _value(value, hint)
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        raise RefusedAct("date" if hint is PartialDate else "form", name) from error


def _value(value: Any, hint: Any) -> Any:
    """Raises ValueError, TypeError or AttributeError for what is no such value."""
    if hint is GuardedPlace:
        span, _, words = value.partition(":")
        start, _, end = span.partition("-")
        return GuardedPlace(int(start), int(end), words.replace("\r\n", "\n"))
    if hint is PartialDate:
        return PartialDate.parse(value.strip())
    if hint is bool:
        return value in (True, "1", "on", "true")
    if hint is int:
        return int(value)
    if typing.get_origin(hint) is tuple:
        is_of_acts = typing.get_args(hint)[0] is not str
        return _acts(value) if is_of_acts else _names(value)
    if typing.get_origin(hint) is typing.Literal and value not in typing.get_args(hint):
        raise ValueError(value)
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _acts(value: Any) -> tuple[Act, ...]:
    rows = json.loads(value) if isinstance(value, str) else value
    return tuple(act_of(kind, fields) for row in rows for kind, fields in row.items())


def _names(value: Any) -> tuple[str, ...]:
    parts = value.replace("，", ",").split(",") if isinstance(value, str) else value
    return tuple(part.strip() for part in parts if part.strip())
