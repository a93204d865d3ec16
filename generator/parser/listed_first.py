"""Problems that a part only lists, and a later part answers: 二、反馈的问题, then 三、整改情况 (FORMATS e)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from generator.parser.levels import HeadingTree
from generator.parser.line_facts import LineFacts
from generator.parser.lines import is_wrapped
from generator.parser.title_names import core

_FED_BACK = re.compile("反馈|存在|发现|指出|查找|巡[察视]")
_PROBLEMS = ("问题", "意见", "问题情况", "问题清单")
_ANSWERS = re.compile("整改")
_FEWEST = 2
_MOST = 0.8
"""Share of the problems listed that the later part must answer."""
_FAR = 3
"""Parts below it in which the answers are looked for."""


def listed_first(facts: LineFacts, levels: Sequence[int], tree: HeadingTree) -> Iterator[int]:
    """The headings of the parts that only list what a part below them answers, problem by problem."""
    tops = [index for index, level in enumerate(levels) if level == 1]
    for at, part in enumerate(tops):
        if not _lists(facts.titles[part]):
            continue
        own = _leaves(tree, levels, part)
        later = (one for one in tops[at + 1 : at + 1 + _FAR] if _ANSWERS.search(facts.titles[one]))
        if len(own) >= _FEWEST and any(_answers(facts, own, _leaves(tree, levels, one)) for one in later):
            yield part


def _lists(title: str) -> bool:
    """Whether a part is called as one that says what was found, and not what was done: 巡察反馈的主要问题."""
    is_called = title.endswith(_PROBLEMS) and _FED_BACK.search(title) is not None
    return is_called and not (_ANSWERS.search(title) or is_wrapped(title))


def _leaves(tree: HeadingTree, levels: Sequence[int], part: int) -> list[int]:
    return [at for at in range(part + 1, tree.end[part]) if levels[at] and not tree.children[at]]


def _answers(facts: LineFacts, listed: Sequence[int], later: Sequence[int]) -> bool:
    """Whether the later headings take up the listed ones by their names."""
    names = {core(facts.titles[at]) for at in later} - {""}
    again = sum(core(facts.titles[at]) in names for at in listed)
    return again >= max(_FEWEST, _MOST * len(listed))
