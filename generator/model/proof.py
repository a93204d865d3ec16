"""The proof of promise 1: source characters − recorded edits = characters of the text, white space aside.

The same alignment leads each span of a notice's text back to the place in the source where it was printed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from generator.base.diagnostics import Span
from generator.model.notice import Edit


@dataclass(frozen=True, slots=True)
class Difference:
    """Where source and text first part: what the source has, what the text has, each with a little of what follows."""

    offset: int
    """In the squeezed texts."""
    expected: str
    found: str


def hash_of_words(text: str) -> str:
    r"""SHA-256 of the characters of `text` without white space, as the page's button and `disclose verify` compute it.

    >>> hash_of_words("甲 乙\n丙") == hash_of_words("甲乙丙")
    True
    """
    return hashlib.sha256("".join(text.split()).encode("utf-8", "replace")).hexdigest()


def _parts(source: str, edits: Iterable[Edit]) -> Iterator[tuple[int, str, bool]]:
    """The edited source in parts: offset in the source, characters, whether an edit put them there.

    Raises ValueError when an edit's `before` does not stand where it says, or two edits overlap.
    """
    done = 0
    for edit in sorted((e for e in edits if e.start is not None), key=lambda e: (e.start or 0, len(e.before))):
        start = edit.start or 0
        if start < done or source[start : start + len(edit.before)] != edit.before:
            raise ValueError(f"the edit {edit.kind} of line {edit.line} does not fit the source: {edit.before!r}")
        yield done, source[done:start], False
        yield start, edit.after, True
        done = start + len(edit.before)
    yield done, source[done:], False


def with_edits(source: str, edits: Iterable[Edit]) -> str:
    """`source` with all edits applied that have a place in it. Raises ValueError when they do not fit it."""
    return "".join(part for _, part, _ in _parts(source, edits))


class Alignment:
    """Where each character of a notice's text is in its source."""

    def __init__(self, source: str, edits: Iterable[Edit], text: str) -> None:
        """Raises ValueError when text and edited source differ."""
        found = [
            start if is_edit else start + at
            for start, part, is_edit in _parts(source, edits)
            for at, char in enumerate(part)
            if not char.isspace()
        ]
        places = [at for at, char in enumerate(text) if not char.isspace()]
        if len(places) != len(found):
            raise ValueError("the text is not the edited source")
        self._source = dict(zip(places, found, strict=True))
        self._size = len(source)

    def span(self, span: Span) -> Span:
        """The span of the source in which the words of a span of the text were printed."""
        inside = [self._source[at] for at in range(span.start, span.end) if at in self._source]
        return Span(inside[0], min(inside[-1] + 1, self._size)) if inside else Span(0, 0)


def difference(source: str, edits: Iterable[Edit], text: str) -> Difference | None:
    """Where `text` is not the edited source, white space aside; None when it is, character for character."""
    expected = "".join(with_edits(source, edits).split())
    found = "".join(text.split())
    if expected == found:
        return None
    size = min(len(expected), len(found))
    at = next((i for i in range(size) if expected[i] != found[i]), size)
    return Difference(at, expected[at : at + 24], found[at : at + 24])
