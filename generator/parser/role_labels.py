"""Role labels of a paragraph, such as 整改情况：, at its start and inside it (FORMATS f)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from generator.model.notice import Role
from generator.model.numbering import CN, number
from generator.parser import status
from generator.parser.rules.role_labels import LABELS
from generator.parser.text import patterns

_TURNS = ("finding", "response")
_LONG = 4
"""Characters of a role label that no other words are."""
_ROLES: dict[str, Role] = dict(LABELS)  # type: ignore[arg-type]  # rows are roles; the table's test proves it
_AND = re.compile("[及和与、暨/]")
"""Joins two role labels to one: 整改措施及成效."""
BULLET = r"(?:(?:[★☆✦◆◇●○■□▪▲△▼◎❖➢▶▷►➤※→·•*✓√－—–#＃-]|\*\*)\s?)?"
"""May stand before a role label: ★整改措施：, **整改措施：**."""
_BOLD = r"(?:\*\*)?"
_NOTE = r"[（(](?:截[至止]|截止至|至)?[\d年月日.－—\-至底末前\s]{4,20}[）)]"
"""Of when a role label speaks: 整改进展情况（截至2024年8月31日）：."""
_REMARK = r"(?P<remark>[（(][^（()）：:，,。；]{2,12}[）)])"
"""How far the issue is, behind the word of a role label: 整改情况（已完成）：."""
_REMARKED = re.compile(rf"{_REMARK}\s?[:：]\s*")
_LABEL = re.compile(
    BULLET + r"[【\[〔（(]?\s?(?P<word>[\u4e00-\u9fff][\u4e00-\u9fff \u3000、/]{1,14}?\d{0,2})\s?"
    rf"(?:[】\]〕]\s*[:：]?|(?:[）)]|{_NOTE}(?=\s?[:：])|{_REMARK}(?=\s?[:：]))?[ \u3000]*{_BOLD}(?:[:：\t]|$)){_BOLD}"
)
_LABEL_END = re.compile(r"[:：】〕\]\t]")
_LONGEST_LABEL = 24
_MARK = re.compile(r"[:：】〕\]]")
"""Behind a role label inside a text."""
_INLINE_LABEL = re.compile(
    r"(?:(?<=[。！？；;”’）)\s，,])|(?<=——)(?!—)|(?=[（(]))"
    r"(?P<label>" + BULLET + rf"[【\[〔（(]?(?P<word>[\u4e00-\u9fff、/]{{2,15}}\d{{0,2}})){_BOLD}\Z"
)
"""The words before that mark."""
_SPACED_LABEL = re.compile(r"(?<=[。！？；;”’）)\s，,])(?P<label>(?P<word>[\u4e00-\u9fff](?: [\u4e00-\u9fff]){3,7}))\Z")
"""The same, a blank between its characters: 整 改 情 况：."""
_SET_OFF = re.compile(
    rf"(?P<bullet>{BULLET})(?P<word>{patterns(word for word, role in LABELS if role in _TURNS and len(word) >= _LONG)})"
    r"(?P<mark>—{1,2}|[。．](?=.)|[★☆✦◆●■▲※])\s*"
)
"""A role label that something else than a colon ends: 整改情况——, 整改情况。, ★整改情况★."""
_MARK_AND_BLANKS = re.compile(rf"(?:[】\]〕][:：]?|[:：]){_BOLD}\s*")
_LONGEST_INLINE = 20
_BESIDE = ("deadline", "responsible", "status")
"""Roles of role labels that stand behind a comma or in brackets, too: （责任单位：…，整改时限：…）."""
_COUNTED = ("response", "next")
"""Roles of role labels that may be numbered: 措施1：."""
_MEASURE = ("措施", "举措", "做法")
_OF_ISSUE = re.compile("整改|销号|办结")
_FIRST_TWO = (("1：", "1:", "一：", "一:"), ("2：", "2:", "二：", "二:"))
_NUMBERED = re.compile(rf"(?:\d{{1,2}}|[{CN}]{{1,2}})$")


_ENDS_OWN = "：:】〕）)」"
_BEFORE_OWN = '。！？；”’）) \u3000\u00a0\t"'
"""What a notice's own role label may stand behind."""


class RoleLabel(NamedTuple):
    """A role label in a paragraph: `整改情况：`."""

    role: Role
    start: int
    end: int
    """Behind the colon and the blanks after it."""


class OwnLabel(NamedTuple):
    """A role label that only this notice has, as it prints it: `怎么改的：`."""

    form: str
    role: Role
    needs_blank: bool = False
    """Nothing but a blank sets it off from what follows."""
    is_alone: bool = False
    """It stands alone in its line."""

    @property
    def is_inside(self) -> bool:
        """Whether it may stand inside a paragraph: a colon or a bracket ends it."""
        return self.form[-1] in _ENDS_OWN

    def all_in(self, text: str, begin: int) -> Iterator[RoleLabel]:
        """The places behind `begin` where it begins a sentence."""
        at = text.find(self.form, begin)
        while at >= 0:
            if at > 0 and text[at - 1] in _BEFORE_OWN and (role_label := self.match(text, at)):
                yield role_label
            at = text.find(self.form, at + len(self.form))

    def match(self, text: str, start: int) -> RoleLabel | None:
        """The role label at `start`."""
        if not text.startswith(self.form, start):
            return None
        end = start + len(self.form)
        while end < len(text) and text[end].isspace():
            end += 1
        if (self.needs_blank and end == start + len(self.form)) or (self.is_alone and end < len(text)):
            return None
        return RoleLabel(self.role, start, end)


def role_label_at(text: str, start: int = 0, own: Sequence[OwnLabel] = ()) -> RoleLabel | None:
    """The role label at `start`, one of the notice's `own` too; without a colon only when it is alone.

    >>> role_label_at("整改情况：已完成。"), role_label_at("整改措施"), role_label_at("整改措施得力")
    (RoleLabel(role='response', start=0, end=5), RoleLabel(role='response', start=0, end=4), None)
    """
    for known in own:
        if (found_own := known.match(text, start)) is not None:
            return found_own
    if (set_off := _set_off(_SET_OFF.match(text, start))) is not None:
        return set_off
    if not _LABEL_END.search(text, start, start + _LONGEST_LABEL) and len(text) > start + _LONGEST_LABEL:
        return None
    found = _LABEL.match(text, start)
    if not found:
        return None
    word = "".join(found["word"].split())
    role = role_of(word)
    if role is None:
        return None
    if found["remark"] and role == "response" and _says_how_far(word, found["remark"]):
        return RoleLabel("status", start, found.start("remark"))
    if (value := _in_a_run(text, word)) is not None:
        return RoleLabel(role, start, start) if value == 1 else None
    end = found.end()
    while end < len(text) and text[end].isspace():
        end += 1
    return RoleLabel(role, start, end)


def _set_off(found: re.Match[str] | None) -> RoleLabel | None:
    """The role label that a dash, a stop or a second bullet ends, as the first one begins it."""
    if found is None or (found["mark"] not in "——。．" and found["bullet"].strip() != found["mark"]):
        return None
    return RoleLabel(_ROLES[found["word"]], found.start(), found.end())


def _says_how_far(word: str, remark: str) -> bool:
    """Whether a remark behind a role label's word is the issue's status; 整改措施（已完成） may be less."""
    if status.mark_before(remark) is None:
        return False
    return not word.endswith(_MEASURE) or status.decisive(remark[1:-1]) != "done" or bool(_OF_ISSUE.search(remark))


def role_of(word: str) -> Role | None:
    """The role of a role label's word, or of several joined to one: that of the first; None when one is not known."""
    if word in _ROLES:
        return _ROLES[word]
    if (counted := _NUMBERED.search(word)) is not None:
        role = _ROLES.get(word[: counted.start()])
        return role if role in _COUNTED else None
    roles = [_ROLES.get(part) for part in _AND.split(word)]
    return roles[0] if all(roles) else None


def _in_a_run(text: str, word: str) -> int | None:
    """The number of 措施1, where the text goes on with 措施2: they number what was done, and belong to its words.

    None for any other role label, and for one that has its own paragraph.
    """
    counted = _NUMBERED.search(word)
    if counted is None or word in _ROLES or not (kind := word[: counted.start()]).endswith(_MEASURE):
        return None
    is_run = all(any(f"{kind}{sign}" in text for sign in signs) for signs in _FIRST_TWO)
    return number(counted[0]) if is_run else None


def role_labels_in(text: str, start: int = 0, own: Sequence[OwnLabel] = ()) -> list[RoleLabel]:
    """All role labels in `text` from `start` on that begin a sentence; `own` are those that only the notice has."""
    has_mark = "：" in text or ":" in text or "】" in text or "〕" in text or "\t" in text
    if (
        not has_mark
        and len(text) > start + _LONGEST_LABEL
        and "]" not in text
        and not own
        and not _SET_OFF.search(text)
    ):
        return []
    first = role_label_at(text, start, own)
    found = [first] if first else []
    begin = first.end if first else start
    if first is not None and (behind := _REMARKED.match(text, begin)) is not None:
        begin = behind.end()
        found.append(RoleLabel("response", begin, begin))
    if has_mark or any(known.is_inside for known in own) or _SET_OFF.search(text, begin):
        found += _inside(text, begin, own)
    return _without_leads(found)


def _inside(text: str, begin: int, own: Sequence[OwnLabel]) -> list[RoleLabel]:
    """The role labels that begin a sentence behind `begin`."""
    found = [role_label for known in own if known.is_inside for role_label in known.all_in(text, begin)]
    set_off = filter(None, map(_set_off, _SET_OFF.finditer(text, begin)))
    found += [one for one in set_off if one.start > begin and text[one.start - 1] in _BEFORE_OWN]
    for mark in _MARK.finditer(text, begin):
        window = max(begin, mark.start() - _LONGEST_INLINE)
        before = _INLINE_LABEL.search(text, window, mark.start()) or _SPACED_LABEL.search(text, window, mark.start())
        end = _MARK_AND_BLANKS.match(text, mark.start())
        if before and end and (role := _role_inside(text, before)):
            at, value = before.start("label"), _in_a_run(text, before["word"])
            if value is None:
                found.append(RoleLabel(role, at, end.end()))
            elif value == 1 and not any(role_label.role == role for role_label in found):
                found.append(RoleLabel(role, at, at))
    return sorted(found, key=_start)


def _without_leads(found: Sequence[RoleLabel]) -> list[RoleLabel]:
    """The role labels, what only leads in the words of the one right before left to these: 整改情况：采取以下措施：…"""
    kept = list(found[:1])
    for before, one in pairwise(found):
        if one.start != before.end or one.role != "response" or before.role not in ("response", "status"):
            kept.append(one)
        elif before.role == "status":  # 整改完成情况：已采取以下措施：…
            kept.append(one._replace(end=one.start))
    return kept


def _start(role_label: RoleLabel) -> int:
    return role_label.start


def _role_inside(text: str, found: re.Match[str]) -> Role | None:
    """The role of what looks like a role label inside a text; None when it is none."""
    role, start = role_of(found["word"].replace(" ", "")), found.start("label")
    is_beside = text[start] in "（(" or text[start - 1] in "，,"
    return role if not is_beside or role in _BESIDE else None
