"""Units in people's words: 东山卫健局 is 中共东山县卫生健康局党组. The table is short_names.json.

search-more.js states the same rule.
"""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Iterator, Sequence
from importlib import resources
from typing import NamedTuple

_PARTY = "中共"
"""Nobody types it, and its characters are no part of a name."""


class ShortNames(NamedTuple):
    """What people say for what names of units say."""

    roots: dict[str, list[str]]
    """卫健 → 卫生健康; of two in a word the first of the table counts."""
    ends: dict[str, list[str]]
    """What a word with a root may end with instead: people say 卫健委 to a 卫生健康局."""
    bodies: list[str]
    """How words end that name a unit."""

    @property
    def pattern(self) -> str:
        """A pattern for queries that may name a unit in short, for Python and JavaScript."""
        return rf".(?:{'|'.join((*self.bodies, *self.roots))})(?:\s|$)"


@functools.cache
def short_names() -> ShortNames:
    """The table of this version."""
    data = json.loads((resources.files("generator.search") / "short_names.json").read_text(encoding="utf-8"))
    return ShortNames(**data)


def skipped(words: Sequence[str], name: str) -> int | None:
    """How many characters a folded name has between those of the words, folded too; None: not all in order."""
    name = name.removeprefix(_PARTY)
    found = [_skipped_of(word.removeprefix(_PARTY), name) for word in words]
    sure = [count for count in found if count is not None]
    return sum(sure) if words and len(sure) == len(found) else None


def _skipped_of(word: str, name: str) -> int | None:
    if word in name:
        return 0
    counts = [_least(form, name) for form in _forms(word)] if len(word) > 1 else []
    return min((count for count in counts if count is not None), default=None)


def _forms(word: str) -> Iterator[str]:
    """The word, and what its root and its end may stand for."""
    yield word
    roots, ends, _ = short_names()
    root = next((root for root in roots if root in word), None)
    if root is None:
        return
    for full in roots[root]:
        form = word.replace(root, full, 1)
        yield form
        if not word.endswith(root):
            yield from (form[:-1] + end for end in ends.get(form[-1], ()))


def _least(form: str, name: str) -> int | None:
    """The fewest characters left out between those of the form, wherever it begins."""
    found = (_left_out(form, name, start.start()) for start in re.finditer(re.escape(form[0]), name))
    return min((count for count in found if count is not None), default=None)


def _left_out(form: str, name: str, start: int) -> int | None:
    at = start
    for char in form[1:]:
        at = name.find(char, at + 1)
        if at < 0:
            return None
    return at + 1 - start - len(form)
