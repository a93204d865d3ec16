"""What a target of the build was made from, as a hash: the same hash, the same bytes.

Inputs are plain values. A notice, an issue, a unit or a region among them counts by a short text that says what is
shown of it elsewhere than on its own pages: the inputs of a list of a hundred rows are a hundred short texts and not a
hundred notices, and other texts when a row of the list looks otherwise. `Whole` says that all of it counts.
"""

from __future__ import annotations

import hashlib
import io
import pickle
from typing import Any, NamedTuple, cast

from generator.site.elsewhere import Elsewhere
from generator.site.model import Digested, IssueRow


class Whole(NamedTuple):
    """A value of which every word counts."""

    value: Digested


class _InputsPickler(pickle.Pickler):
    """Writes what a value says; nothing ever reads it back."""

    def persistent_id(self, value: Any) -> str | None:
        """Pickle's hook for what is known by a name of its own."""
        kind = value.__class__
        if kind in _PLAIN:
            return None
        if kind is Whole:
            return cast("str", value.value.digest)
        return value.shown if isinstance(value, _DIGESTED) else None


class _WholePickler(_InputsPickler):
    """The same where anything may be shown of anything."""

    def persistent_id(self, value: Any) -> str | None:
        """Pickle's hook for what is known by a name of its own."""
        return value.digest if isinstance(value, _DIGESTED) else None


_DIGESTED = Digested | IssueRow | Elsewhere
_PLAIN = frozenset({str, int, tuple, bool, list, dict, type(None)})
"""Kinds of most of what is asked."""


def fingerprint(*values: object, is_whole: bool = False) -> str:
    """The hash of plain values: equal values, equal hashes, in every process.

    With `is_whole` every word of every notice among them counts.
    """
    out = io.BytesIO()
    writer = (_WholePickler if is_whole else _InputsPickler)(out, protocol=5)
    writer.fast = True  # without it equal values that share their parts differently would be written differently
    writer.dump(values)
    return hashlib.sha256(out.getbuffer()).hexdigest()
