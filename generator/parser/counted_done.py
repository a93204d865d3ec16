"""Sentences that count the problems first and end their account later: 对13个问题制定措施40条，均已整改到位."""

from __future__ import annotations

import re

from generator.model.numbering import CN, number
from generator.parser.rules import counted

_COUNT = re.compile(
    rf"(?P<n>\d{{1,3}}|[{CN}]{{1,3}})\s?[个项条](?:反馈|具体|突出|主要|整改)?的?(?:问题|反馈意见|整改任务|任务(?!清单))"
)
_OURS = re.compile(counted.OF_THE_NOTICE)
_OTHER_COUNT = re.compile(counted.COUNTED_APART)
_STATE = re.compile(counted.ALL_RECTIFIED)
_LEFT = re.compile(counted.MAY_BE_LEFT)
_HARMLESS = re.compile(counted.HARMLESS_BETWEEN)
_ALREADY, _BY_NOW = re.compile(counted.ALREADY), re.compile(counted.BY_NOW)
_ANNOUNCED = re.compile(counted.ANNOUNCED_BEHIND)
_SUM, _TO_COME = re.compile(counted.SUM_OF), re.compile(counted.TO_COME)
_AT_ONCE = re.compile(counted.AT_ONCE)
_DIGIT = re.compile(r"\d")
_CLAUSE = re.compile("[，,]")


def counted_done(sentence: str) -> int:
    """How many problems a sentence counts and says to be rectified, all of them; 0 where it may say less.

    No number may stand between but that of measures and meetings, and nothing that may be left anywhere.
    """
    sentence = _AT_ONCE.sub("", sentence)
    counts = list(_COUNT.finditer(sentence))
    if len(counts) != 1 or _LEFT.search(sentence) or _OTHER_COUNT.search(sentence[: counts[0].end()]):
        return 0
    if not _OURS.fullmatch(_CLAUSE.split(sentence[: counts[0].start()])[-1].strip()):
        return 0
    state = _STATE.search(sentence, counts[0].end())
    if state is None or not (
        state.start() == counts[0].end() or sentence[state.start()] in "，," or sentence[state.start() - 1] in "，,"
    ):
        return 0
    if not (_ALREADY.search(state[0]) or _BY_NOW.search(sentence, 0, state.start())):
        return 0
    between = _CLAUSE.split(sentence[counts[0].end() : state.start()])
    behind = [clause for clause in _CLAUSE.split(sentence[state.end() :].strip("。；; ")) if clause]
    are_harmless = all(_HARMLESS.fullmatch(clause.strip()) for clause in between)
    are_sums = all(_is_sum(clause) or _ANNOUNCED.fullmatch(clause) for clause in behind)
    return (number(counts[0]["n"]) or 0) if are_harmless and are_sums else 0


def _is_sum(clause: str) -> bool:
    """Whether a clause says how much came of it, and of nothing that is to come: 建章立制4项."""
    return bool(_SUM.search(clause) and _DIGIT.search(clause)) and not _TO_COME.search(clause)
