"""The totals that the notice itself gives, and what it says of people held to account (FORMATS d, j)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from generator.base.diagnostics import Span
from generator.model.notice import Accountability, Stated
from generator.model.numbering import number
from generator.parser.rules import figure_patterns
from generator.parser.text import patterns
from generator.parser.totals import Totals

_ROWS = tuple(
    (
        name,
        re.compile(
            pattern.replace("(?P<n>N)", r"\s?(?P<n>N)\s?").removeprefix(r"\s?").replace("N", figure_patterns.NUMBER)
        ),
    )
    for name, pattern in figure_patterns.ROWS
)
_COUNT = re.compile(rf"[{figure_patterns.DIGIT}](?:\s{{0,2}}[{figure_patterns.COUNTED}]|\.\d)")
"""A quick look: no total stands in a text without it."""
_MONEY = tuple(re.compile(pattern) for pattern in figure_patterns.MONEY)
_YUAN = {"元": 1, "万元": 10_000, "亿元": 100_000_000}
_ACTION = re.compile(
    rf"(?P<action>{patterns(figure_patterns.PEOPLE_ACTIONS)})(?:处理|处分)?(?:的)?(?:了)?\s?(?P<n>{figure_patterns.NUMBER})\s?(?:人次|人|名)"
)
_JOINT = re.compile(rf"(?:{patterns(figure_patterns.PEOPLE_ACTIONS)})(?=[、和及])")


_STOP = re.compile("[。；;]")
_SUM = re.compile("(?:共计|合计|总计|累计|共)$")
_STOP_OR_BRACKET = re.compile("[。；;）)]")
_COMMA = re.compile("[，,]")
_ABOUT_LESS = re.compile("(?:问题|事项)[，,]")
_OF_THEM = re.compile(r"[，,（(：:]?(?:其中|包括|含)")


class StatedFigures(NamedTuple):
    """The totals of a notice, where each stands, and those that cannot be right."""

    stated: Stated
    evidence: tuple[tuple[str, Span], ...]
    impossible: tuple[tuple[Span, str], ...]
    rivals: tuple[tuple[Span, str], ...]
    """Other totals that might be meant."""


def stated_in(texts: Sequence[tuple[int, str]]) -> StatedFigures:
    """The totals in the summary paragraphs `(offset, words)`, in order, and where each stands."""
    totals = Totals()
    values: dict[str, float] = {}
    spans: dict[str, Span] = {}
    for offset, text in texts:
        if not _COUNT.search(text):
            continue
        totals.read(text, offset)
        for name, pattern in _ROWS:
            if name not in values and (hit := _first(pattern, name, text)):
                count = number(hit["n"]) or 0, hit.end()
                values[name], end = _with_revised(hit, text) if name == "systems" else count
                spans[name] = Span(offset + hit.start(), offset + end)
        for pattern in _MONEY:
            if "money" not in values and (hit := pattern.search(text)):
                values["money"] = float(re.sub("[,，]", "", hit["n"])) * _YUAN[hit["unit"]]
                spans["money"] = Span(offset + hit.start(), offset + hit.end())
    impossible = totals.drop_impossible()
    taken = totals.values.get("issues")
    others = totals.rivals if taken is not None else ()
    rivals = tuple((span, f"此处写{n}个问题，另一处写{taken}个，采用了后者。") for span, n in others)
    money = values.pop("money", None)
    whole = {name: int(value) for name, value in values.items()} | totals.values
    evidence = tuple((f"stated.{name}", span) for name, span in (spans | totals.spans).items())
    return StatedFigures(Stated(**whole, money=money), evidence, impossible, rivals)


def _first(pattern: re.Pattern[str], name: str, text: str) -> re.Match[str] | None:
    """The first count in a text that is of the whole, or the sum behind it: 新建制度7项、修订5项，共完善制度12项."""
    first: re.Match[str] | None = None
    for found in pattern.finditer(text):
        before = _STOP_OR_BRACKET.split(text[max(0, found.start() - 12) : found.start()])[-1]
        if name in ("measures", "people", "systems") and not _ABOUT_LESS.search(before):
            before = _COMMA.split(before)[-1]  # 坚持立行立改，制定整改措施41条; 移交线索5件，处理26人
        is_partial = any(word in before for word in figure_patterns.PARTIAL)
        if is_partial or (name == "people" and _is_one_kind(text, found)):
            continue
        if first is None:
            first = found
        elif _STOP.search(text, first.end(), found.start()):
            break
        elif (
            name in ("systems", "people")
            and _SUM.search(before)
            and (number(found["n"]) or 0) > (number(first["n"]) or 0)
        ):
            return found
    return first


_MADE = re.compile(figure_patterns.MADE)
_REVISED = re.compile("修订|修改|完善")
_ALSO_REVISED = re.compile(figure_patterns.ALSO_REVISED.replace("N", figure_patterns.NUMBER))


def _with_revised(made: re.Match[str], text: str) -> tuple[int, int]:
    """How many systems a notice says were made and revised, and where its words end: 新建制度7项、修订3项."""
    count = number(made["n"]) or 0
    revised = _ALSO_REVISED.match(text, made.end()) if _MADE.match(made[0]) and not _REVISED.search(made[0]) else None
    return (count, made.end()) if revised is None else (count + (number(revised["n"]) or 0), revised.end())


_SENTENCE = 120
"""Characters on both sides of a count in which others of its kind are looked for."""


_LONGEST_ACTION = 12
"""Characters of an action that a count may stand in: 党内警告处分1人."""


def _is_one_kind(text: str, found: re.Match[str]) -> bool:
    """Whether people are counted by what was done to them, beside others: 诫勉谈话4人，批评教育12人."""
    before = _STOP.split(text[max(0, found.start() - _SENTENCE) : found.start()])[-1]
    behind = _STOP.split(text[found.end() : found.end() + _SENTENCE])[0]
    near = max(0, found.start() - _LONGEST_ACTION)
    action = next((one for one in _ACTION.finditer(text, near) if one.end() > found.start("n")), None)
    if action is None or action.start() > found.start():
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
