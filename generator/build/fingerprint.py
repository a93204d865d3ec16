"""What a product of the build was made from, as a hash: the same hash, the same bytes.

A slice is any plain value. A notice, an issue, a unit or a region in it counts by its own digest, which says all that
was read of it, so that the slice of a list of a hundred rows is a hundred short texts and not a hundred notices.
"""

from __future__ import annotations

import hashlib
import io
import pickle
from typing import Any

from generator.site.model import Digested, IssueRow


class _Slices(pickle.Pickler):
    """Writes what a value says; nothing ever reads it back."""

    def persistent_id(self, value: Any) -> str | None:
        """Pickle's hook for what is known by a name of its own."""
        return value.digest if isinstance(value, Digested | IssueRow) else None


def digest(*values: object) -> str:
    """The hash of plain values: equal values, equal hashes, in every process."""
    out = io.BytesIO()
    writer = _Slices(out, protocol=5)
    writer.fast = True  # without it equal values that share their parts differently would be written differently
    writer.dump(values)
    return hashlib.sha256(out.getbuffer()).hexdigest()
