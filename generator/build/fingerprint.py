"""What a target of the build was made from, as a hash: the same hash, the same bytes.

Inputs are plain values. A notice, an issue, a unit or a region among them counts by a short text that says what is
shown of it elsewhere than on its own pages: the inputs of a list of a hundred rows are a hundred short texts and not a
hundred notices, and other texts when a row of the list looks otherwise. `Whole` says that all of it counts.
"""

from __future__ import annotations

import dataclasses
import functools
import hashlib
import io
import pickle
from collections.abc import Callable
from typing import Any, NamedTuple

from generator.site.elsewhere import Elsewhere
from generator.site.model import Digested, IssueRow, SiteIssue


class Whole(NamedTuple):
    """A value of which every word counts."""

    value: Digested


class _InputsPickler(pickle.Pickler):
    """Writes what a value says; nothing ever reads it back."""

    def persistent_id(self, value: Any) -> object:
        """Pickle's hook for what is known by another value."""
        kind = value.__class__
        if kind in _PLAIN:
            return None
        if kind is Whole:
            return value.value.digest
        if isinstance(value, _DIGESTED):
            return value.shown
        said = _said_by(kind)
        return said(value) if said else None


class _WholePickler(_InputsPickler):
    """The same where anything may be shown of anything."""

    def persistent_id(self, value: Any) -> object:
        """Pickle's hook for what is known by another value."""
        return value.digest if isinstance(value, _DIGESTED) else super().persistent_id(value)


_DIGESTED = Digested | SiteIssue | IssueRow | Elsewhere
_PLAIN = frozenset({str, int, tuple, bool, list, dict, type(None)})
"""Kinds of most of what is asked."""


@functools.cache
def _said_by(kind: type) -> Callable[[Any], tuple[object, ...]] | None:
    """What says all of a record of this kind, in half the time that pickle takes for it; None for any other kind."""
    name = f"{kind.__module__}.{kind.__qualname__}"
    if issubclass(kind, tuple):
        return lambda value: (name, *value)
    if not dataclasses.is_dataclass(kind):
        return None
    fields = [field.name for field in dataclasses.fields(kind)]
    return lambda value: (name, *[getattr(value, field) for field in fields])


def fingerprint(*values: object, is_whole: bool = False) -> str:
    """The hash of plain values: equal values, equal hashes, in every process.

    With `is_whole` every word of every notice among them counts.
    """
    out = io.BytesIO()
    writer = (_WholePickler if is_whole else _InputsPickler)(out, protocol=5)
    writer.fast = True  # without it equal values that share their parts differently would be written differently
    writer.dump(values)
    return hashlib.sha256(out.getbuffer()).hexdigest()
