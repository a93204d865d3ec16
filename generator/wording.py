"""The proof of promise 1: source characters − recorded edits = characters of the text, white space aside."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from generator.model import Edit


@dataclass(frozen=True, slots=True)
class Difference:
    """Where source and text first part: what the source has, what the text has, each with a little of what follows."""

    offset: int
    """In the squeezed texts."""
    expected: str
    found: str


def with_edits(source: str, edits: Iterable[Edit]) -> str:
    """`source` with all edits applied that have a place in it.

    Raises ValueError when an edit's `before` does not stand where it says, or two edits overlap.
    """
    out: list[str] = []
    done = 0
    for edit in sorted((e for e in edits if e.start is not None), key=lambda e: (e.start or 0, len(e.before))):
        start = edit.start or 0
        if start < done or source[start : start + len(edit.before)] != edit.before:
            raise ValueError(f"the edit {edit.kind} of line {edit.line} does not fit the source: {edit.before!r}")
        out += (source[done:start], edit.after)
        done = start + len(edit.before)
    out.append(source[done:])
    return "".join(out)


def difference(source: str, edits: Iterable[Edit], text: str) -> Difference | None:
    """Where `text` is not the edited source, white space aside; None when it is, character for character."""
    expected = "".join(with_edits(source, edits).split())
    found = "".join(text.split())
    if expected == found:
        return None
    size = min(len(expected), len(found))
    at = next((i for i in range(size) if expected[i] != found[i]), size)
    return Difference(at, expected[at : at + 24], found[at : at + 24])
