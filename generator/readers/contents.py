"""Tables of contents (目录) by the look of their lines: a title, leaders or a tab, and the number of a page.

Word's own tables are fields, and known as such; these were typed, or printed to a PDF.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from generator.readers.document import Block

_LEADERS = re.compile(
    r"(?:(?<!…)…{2,}+|(?<![.．·・⋯_\-─—])[.．·・⋯_\-─—]{6,}+|(?<![.．·・…] )(?>(?:[.．·・…] ){4,}))"
    r"[ \u3000\t]*+[-—(（]?\d{1,3}[-—)）]?$"
)
_TABBED = re.compile(r"\t[ \u3000]*\d{1,3}$")
_HEAD = re.compile(r"目[ \u3000]*[录錄次]")
_FEWEST = 2
"""Lines of the shortest table of contents."""
_LONGEST = 120
"""Characters of its longest line."""
_MOST_TITLES = 60
"""Titles in a table of contents without pages."""
_LAST_START = 60
"""Lines above such a table, at most."""
_FEWEST_TABBED = 3
"""A tab and a number end the rows of other tables, too: only below the head 目录 are they pages."""


def is_entry(line: str) -> bool:
    """Whether leaders lead from the line's words to the number of a page."""
    return len(line) <= _LONGEST and line[-1:] in "0123456789-—)）" and bool(_LEADERS.search(line))


def with_contents(text: str, blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks of `text`, those of a table of contents and its head marked as `contents`."""
    lines = [text[block.start : block.end] if block.end - block.start <= _LONGEST else "" for block in blocks]
    result = list(blocks)
    index = 0
    while index < len(lines):
        first = index
        has_head = bool(_HEAD.fullmatch(lines[first]))
        index += has_head
        end = _end_of(lines, index, has_head=has_head)
        if end == index:
            index = first + 1
            continue
        result[first:end] = [replace(block, kind="contents", wrapped=False) for block in blocks[first:end]]
        index = end
    return tuple(result)


def _end_of(lines: Sequence[str], start: int, *, has_head: bool) -> int:
    """Index behind the entries that begin at `start`; `start` when these are none."""
    at = start
    while at < len(lines) and is_entry(lines[at]):
        at += 1
    if at - start >= _FEWEST or (has_head and at > start):
        return at
    at = start
    while has_head and at < len(lines) and (_TABBED.search(lines[at]) or is_entry(lines[at])):
        at += 1
    if at - start >= _FEWEST_TABBED:
        return at
    return _end_of_titles(lines, start) if has_head else start


def _end_of_titles(lines: Sequence[str], start: int) -> int:
    """Index behind titles without pages, each of which stands again below, in their order; `start` when none do."""
    words = ["".join(line.split()) for line in lines[start:]] if start <= _LAST_START else []
    place = words.index(words[0], 1) if words and words[0] in words[1:] else 0
    size = min(place, 1)
    while 0 < size < min(place, _MOST_TITLES) and words[size] in words[place + 1 :]:
        place = words.index(words[size], place + 1)
        size += 1
    return start + size if size >= _FEWEST else start
