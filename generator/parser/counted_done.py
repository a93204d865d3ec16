"""Sentences that count the problems first and end their account later: 对13个问题制定措施40条，均已整改到位."""

from __future__ import annotations

import re

from generator.model.numbering import CN, number
from generator.parser.rules import counted

_N = rf"(?:\d{{1,3}}|[{CN}]{{1,3}})"
_COUNT = re.compile(
    rf"(?P<n>{_N})\s?(?P<unit>[个项条])(?:反馈|具体|突出|主要|整改)?的?(?:问题|反馈意见|整改任务|任务(?!清单))"
    rf"|(?:问题|(?<=反馈)意见)(?:共计|共有|共|计|有)?(?:{_N}\s?[个大]?(?:方面|大类|类)、?){{0,2}}(?P<then>{_N})\s?(?P<its>[个项条])"
    rf"|{_N}\s?个?方面(?:反馈|具体|突出|主要)?的?问题"
)
"""14个问题; 问题3方面15项; 10个方面问题, which says of all and does not count them."""
_NUMBER = re.compile(rf"{_N}\s?(?P<unit>[个项条])")
_OURS = re.compile(counted.OF_THE_NOTICE)
_OTHER_COUNT = re.compile(counted.COUNTED_APART)
_STATE = re.compile(counted.ALL_RECTIFIED)
_AGAIN = re.compile(counted.AS_MANY_RECTIFIED.replace("N", _N))
_MADE = re.compile(counted.MADE_FOR_EACH)
_MEASURES = re.compile(counted.MEASURES_BEHIND.replace("N", _N))
_LEFT = re.compile(counted.MAY_BE_LEFT)
_HARMLESS = re.compile(counted.HARMLESS_BETWEEN)
_ALREADY, _BY_NOW = re.compile(counted.ALREADY), re.compile(counted.BY_NOW)
_ANNOUNCED = re.compile(counted.ANNOUNCED_BEHIND)
_SUM, _TO_COME = re.compile(counted.SUM_OF), re.compile(counted.TO_COME)
_AT_ONCE = re.compile(counted.AT_ONCE)
_DIGIT = re.compile(r"\d")
_CLAUSE = re.compile("[，,]")


def counted_done(sentence: str) -> int | None:
    """How many problems a sentence counts and says to be rectified, all of them; None where it may say less.

    0: it speaks of all and does not count them. No number may stand between but that of measures and meetings, and
    nothing that may be left anywhere.
    """
    sentence = _AT_ONCE.sub("", sentence)
    counts = list(_COUNT.finditer(sentence))
    if len(counts) != 1 or _LEFT.search(sentence) or _OTHER_COUNT.search(sentence[: counts[0].end()]):
        return None
    if not _OURS.fullmatch(_CLAUSE.split(sentence[: counts[0].start()])[-1].strip()):
        return None
    state = _all_rectified(sentence, counts[0].end()) or _as_many_rectified(sentence, counts[0])
    if state is None:
        return None
    between = _CLAUSE.split(sentence[counts[0].end() : state.start()])
    behind = [clause for clause in _CLAUSE.split(sentence[state.end() :].strip("。；; ")) if clause]
    are_harmless = all(_HARMLESS.fullmatch(clause.strip()) for clause in between)
    are_sums = all(_is_sum(clause) or _ANNOUNCED.fullmatch(clause) or _MEASURES.fullmatch(clause) for clause in behind)
    return _counted(counts[0]) if are_harmless and are_sums else None


def _counted(count: re.Match[str]) -> int:
    return number(count["n"] or count["then"] or "") or 0


def _all_rectified(sentence: str, start: int) -> re.Match[str] | None:
    """What says behind `start` that all are rectified: 均已整改到位, a clause of its own."""
    state = _STATE.search(sentence, start)
    if state is None or not (
        state.start() == start or sentence[state.start()] in "，," or sentence[state.start() - 1] in "，,"
    ):
        return None
    is_told = _ALREADY.search(state[0]) or _BY_NOW.search(sentence, 0, state.start())
    return state if is_told else None


def _as_many_rectified(sentence: str, count: re.Match[str]) -> re.Match[str] | None:
    """What says that as many are rectified as were counted: 14个问题，…，已整改14个.

    No measure may be counted in the same word between; where plans were made, 已完成14个 may be said of them.
    """
    state = _AGAIN.search(sentence, count.end())
    if state is None or number(state["n"]) != _counted(count):
        return None
    between, unit = sentence[count.end() : state.start()], count["unit"] or count["its"]
    is_of_plans = _MADE.search(between) is not None and "整改" not in state[0]
    is_of_measures = any(found["unit"] == unit for found in _NUMBER.finditer(between))
    return state if state["unit"] == unit and not (is_of_plans or is_of_measures) else None


def _is_sum(clause: str) -> bool:
    """Whether a clause says how much came of it, and of nothing that is to come: 建章立制4项."""
    return bool(_SUM.search(clause) and _DIGIT.search(clause)) and not _TO_COME.search(clause)
