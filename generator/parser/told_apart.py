"""What was found and what was done, told without labels in a paragraph each, behind a problem's name (FORMATS f)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from generator.parser.lines import Line, is_problem
from generator.parser.outline import Outline
from generator.parser.rules import wordlists
from generator.parser.text import patterns

_DEED = re.compile(rf"(?<![未没不])(?<![未没不].)(?<![未没不]..)(?:{patterns(wordlists.DEEDS)})")
_LACK = re.compile("没|无|只有|仅|超|长期")
_FEWEST = 3
_MOST = 0.8
"""Share of the problems of a notice that must be told so."""


class _Apart(NamedTuple):
    """The two first paragraphs behind the name of a problem; the first may stand in its line."""

    at: int
    """Line of the first."""
    first: str
    second: str

    @property
    def is_apart(self) -> bool:
        """Whether the first tells no deed, and the second does."""
        return _DEED.search(self.first) is None and _DEED.search(self.second) is not None


def findings_apart(lines: Sequence[Line], outline: Outline) -> frozenset[int]:
    """The lines that tell what was found, the answer in the paragraph below; none unless nearly all problems do so.

    A single problem proves nothing: an answer, too, may begin with a paragraph that tells no deed.
    """
    count = outline.kinds.count("issue")
    if count < _FEWEST:
        return frozenset()
    pairs = [pair for pair in _pairs(lines, outline) if pair.is_apart]
    faults = sum(is_problem(pair.first) or _LACK.search(pair.first) is not None for pair in pairs)
    is_habit = len(pairs) >= max(_FEWEST, _MOST * count) and faults * 2 >= len(pairs)
    is_shorter = sum(len(pair.first) for pair in pairs) < sum(len(pair.second) for pair in pairs)
    return frozenset(pair.at for pair in pairs) if is_habit and is_shorter else frozenset()


def _pairs(lines: Sequence[Line], outline: Outline) -> Iterator[_Apart]:
    """The first two paragraphs of each problem that has no label."""
    for index, kind in enumerate(outline.kinds):
        if kind != "issue" or lines[index].role_labels:
            continue
        rest = lines[index].text[outline.ends[index] :].strip()
        first = index if len(rest) > 1 else index + 1
        below = list(range(index + 1, first + 2))
        if below[-1] < len(lines) and all(
            outline.kinds[at] == "text" and not (lines[at].label or lines[at].role_labels) for at in below
        ):
            yield _Apart(first, rest if first == index else lines[first].text, lines[first + 1].text)
