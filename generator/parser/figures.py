"""The totals that the notice itself gives, and what it says of people held to account (FORMATS d, j)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.base.diagnostics import Span
from generator.model.notice import Accountability, Stated
from generator.model.numbering import number
from generator.parser.rules import figures
from generator.parser.text import patterns

_ROWS = tuple(
    (name, re.compile(pattern.replace("(?P<n>N)", r"\s?(?P<n>N)\s?").removeprefix(r"\s?").replace("N", figures.NUMBER)))
    for name, pattern in figures.ROWS
)
_ALL_DONE = tuple(
    re.compile(pattern.replace("(?P<n>N)", r"(?P<n>N)\s?").replace("N", figures.NUMBER)) for pattern in figures.ALL_DONE
)
_MEASURES = re.compile(
    rf"{figures.NUMBER}\s?(?P<before>个|项|条)(?:具体)?(?:整改)?(?:措施|举措|(?P<tasks>任务))|(?:措施|举措)(?:共|共计)?\s?{figures.NUMBER}\s?(?P<behind>个|项|条)"
)
_PROBLEMS = re.compile(rf"(?P<n>{figures.NUMBER})\s?(?:个|项|条)[^，。；、]{{0,4}}问题")
_COUNT = re.compile(rf"[{figures.DIGIT}](?:\s{{0,2}}[{figures.COUNTED}]|\.\d)")
"""A quick look: no total stands in a text without it."""
_MONEY = tuple(re.compile(pattern) for pattern in figures.MONEY)
_YUAN = {"元": 1, "万元": 10_000, "亿元": 100_000_000}
_ACTION = re.compile(
    rf"(?P<action>{patterns(figures.PEOPLE_ACTIONS)})(?:处理|处分)?(?:的)?(?:了)?\s?(?P<n>{figures.NUMBER})\s?(?:人次|人|名)"
)
_JOINT = re.compile(rf"(?:{patterns(figures.PEOPLE_ACTIONS)})(?=[、和及])")


_OF_THEM = re.compile(r"[，,（(：:]?(?:其中|包括|含)")

_ON_MEASURES = ("done", "ongoing")
"""Figures that may go on counting measures: 制定措施52条，已完成48条."""


def stated_in(texts: Sequence[tuple[int, str]]) -> tuple[Stated, tuple[tuple[str, Span], ...]]:
    """The totals in the summary paragraphs `(offset, words)`, in order, and where each stands."""
    values: dict[str, float | None] = {}
    evidence: list[tuple[str, Span]] = []

    def keep(name: str, value: float | None, offset: int, found: re.Match[str]) -> None:
        if value is not None and name not in values:
            values[name] = value
            evidence.append((f"stated.{name}", Span(offset + found.start(), offset + found.end())))

    for offset, text in texts:
        if not _COUNT.search(text):
            continue
        if found := next(filter(None, (pattern.search(text) for pattern in _ALL_DONE)), None):
            if not _is_less(text, found):
                keep("issues", number(found["n"]), offset, found)
            keep("done", number(found["n"]), offset, found)
        for name, pattern in _ROWS:
            if name not in values and (hit := _first(pattern, name, text)):
                keep(name, number(hit["n"]), offset, hit)
        for pattern in _MONEY:
            if hit := pattern.search(text):
                keep("money", float(re.sub("[,，]", "", hit["n"])) * _YUAN[hit["unit"]], offset, hit)
    whole = {name: int(value) for name, value in values.items() if value is not None and name != "money"}
    return Stated(**whole, money=values.get("money")), tuple(evidence)


def _first(pattern: re.Pattern[str], name: str, text: str) -> re.Match[str] | None:
    """The first count in a text that is of the whole, and of problems where these are asked for."""
    for found in pattern.finditer(text):
        if name == "people" and _is_one_kind(text, found):
            continue
        if not _is_partial(text, found) and not (name in _ON_MEASURES and _counts_measures(text, found)):
            return found
    return None


def _is_less(text: str, done: re.Match[str]) -> bool:
    """Whether more problems are named before those that are all done: 38个问题，应完成的34个问题已全部完成."""
    counts = (number(found["n"]) or 0 for found in _PROBLEMS.finditer(text, 0, done.start()))
    return any(count > (number(done["n"]) or 0) for count in counts)


def _counts_measures(text: str, found: re.Match[str]) -> bool:
    """Whether a count goes on counting measures (制定措施52条，已完成48条), or tasks that problems were made into."""
    before = re.split("[。；;]", text[max(0, found.start() - 120) : found.start()])[-1]
    named = list(_MEASURES.finditer(before))
    if named and named[-1]["tasks"] and not _PROBLEMS.search(before, 0, named[-1].start()):
        return False  # the tasks are what is counted: 梳理任务35项，已完成32项
    if number(found["n"]) in {number(problems["n"]) for problems in _PROBLEMS.finditer(before)}:
        return False  # as many as there are problems
    if not named or "问题" in before[named[-1].end() :] or "问题" in found[0]:
        return False
    return text[found.end("n") :].lstrip()[:1] in (named[-1]["before"], named[-1]["behind"])


def _is_partial(text: str, found: re.Match[str]) -> bool:
    """Whether a count is of a part only: 书记领办N项, 督查N次发现问题N个 (FORMATS d)."""
    before = re.split("[。；）)]", text[max(0, found.start() - 12) : found.start()])[-1]
    if found["n"] == "一" and found.start("n") == found.start():
        return True  # 不漏一个问题; but 正在整改一个
    return any(word in before for word in figures.PARTIAL)


_SENTENCE = 120
"""Characters on both sides of a count in which others of its kind are looked for."""


def _is_one_kind(text: str, found: re.Match[str]) -> bool:
    """Whether people are counted by what was done to them, beside others: 诫勉谈话4人，批评教育12人."""
    before = re.split("[。；;]", text[max(0, found.start() - _SENTENCE) : found.start()])[-1]
    behind = re.split("[。；;]", text[found.end() : found.end() + _SENTENCE])[0]
    action = _ACTION.match(text, found.start())
    if action is None:
        return False
    if action["action"] == "组织处理":  # 组织处理20人，约谈20人: the whole; 政务处分2人、组织处理11人: one of them
        return bool(_ACTION.search(before)) and not _OF_THEM.match(text, found.end())
    return bool(_ACTION.search(before) or _ACTION.search(behind))


def accountability_in(text: str) -> Accountability | None:
    """People held to account, by action, as one passage of text prints it; None when it prints no number."""
    actions: dict[str, int] = {}
    for found in _ACTION.finditer(text):
        if (
            _JOINT.search(text[max(0, found.start() - 14) : found.start()] + "、")
            and text[found.start() - 1 : found.start()] in "、和及"
        ):
            continue  # one number for several kinds together cannot be split
        actions.setdefault(found["action"], number(found["n"]) or 0)
    people = next(
        (number(hit["n"]) for name, pattern in _ROWS if name == "people" and (hit := _first(pattern, name, text))), None
    )
    if not actions and people is None:
        return None
    if people is not None and actions.get("组织处理") == people:  # the total, not an action beside others
        actions.pop("组织处理", None)
    return Accountability(people=people, actions=tuple(actions.items()))
