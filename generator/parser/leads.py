"""Lead-in labels of a paragraph, such as 整改情况：, at its start and inside it (FORMATS f)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from generator.model.notice import Role
from generator.model.numbering import CN
from generator.parser.rules.labels import LABELS

_ROLES: dict[str, Role] = dict(LABELS)  # type: ignore[arg-type]  # rows are roles; the table's test proves it
_AND = "[及和与、暨/]"
"""Joins two lead-ins to one: 整改措施及成效."""
BULLET = r"(?:[★☆✦◆◇●○■□▪▶▷►➤※→·•*✓√－—–#＃-]\s?)?"
"""May stand before a lead-in: ★整改措施："""
_LEAD = re.compile(
    BULLET + r"[【\[〔（(]?\s?(?P<word>[\u4e00-\u9fff][\u4e00-\u9fff \u3000、/]{1,14}?\d{0,2})\s?"
    r"(?:[】\]〕]\s*[:：]?|[）)]?[ \u3000]*(?:[:：\t]|$))"
)
_LEAD_END = re.compile(r"[:：】〕\]\t]")
_LONGEST_LEAD = 24
_MARK = re.compile(r"[:：】〕\]]")
"""Behind a lead-in inside a text."""
_INLINE_LEAD = re.compile(
    r"(?:(?<=[。！？；;”’）)\s，,])|(?=[（(]))"
    r"(?P<lead>" + BULLET + r"[【\[〔（(]?(?P<word>[\u4e00-\u9fff、/]{2,15}\d{0,2}))\Z"
)
"""The words before that mark."""
_MARK_AND_BLANKS = re.compile(r"(?:[】\]〕][:：]?|[:：])\s*")
_LONGEST_INLINE = 20
_BESIDE = ("deadline", "responsible", "status")
"""Roles of lead-ins that stand behind a comma or in brackets, too: （责任单位：…，整改时限：…）."""
_COUNTED = ("response", "next")
"""Roles of lead-ins that may be numbered: 措施1：."""
_NUMBERED = re.compile(rf"(?:\d{{1,2}}|[{CN}]{{1,2}})$")


_ENDS_OWN = "：:】〕）)」"
_BEFORE_OWN = '。！？；”’）) \u3000\u00a0\t"'
"""What a notice's own lead-in may stand behind."""


class Lead(NamedTuple):
    """A lead-in label in a paragraph: `整改情况：`."""

    role: Role
    start: int
    end: int
    """Behind the colon and the blanks after it."""


class OwnLead(NamedTuple):
    """A lead-in that only this notice has, as it prints it: `怎么改的：`."""

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

    def all_in(self, text: str, begin: int) -> Iterator[Lead]:
        """The places behind `begin` where it begins a sentence."""
        at = text.find(self.form, begin)
        while at >= 0:
            if at > 0 and text[at - 1] in _BEFORE_OWN and (lead := self.match(text, at)):
                yield lead
            at = text.find(self.form, at + len(self.form))

    def match(self, text: str, start: int) -> Lead | None:
        """The lead-in at `start`."""
        if not text.startswith(self.form, start):
            return None
        end = start + len(self.form)
        while end < len(text) and text[end].isspace():
            end += 1
        if (self.needs_blank and end == start + len(self.form)) or (self.is_alone and end < len(text)):
            return None
        return Lead(self.role, start, end)


def lead_at(text: str, start: int = 0, own: Sequence[OwnLead] = ()) -> Lead | None:
    """The lead-in label at `start`, one of the notice's `own` too; without a colon only when it is alone.

    >>> lead_at("整改情况：已完成。"), lead_at("整改措施"), lead_at("整改措施得力")
    (Lead(role='response', start=0, end=5), Lead(role='response', start=0, end=4), None)
    """
    for known in own:
        if (found_own := known.match(text, start)) is not None:
            return found_own
    if not _LEAD_END.search(text, start, start + _LONGEST_LEAD) and len(text) > start + _LONGEST_LEAD:
        return None
    found = _LEAD.match(text, start)
    if not found:
        return None
    role = role_of("".join(found["word"].split()))
    if role is None:
        return None
    end = found.end()
    while end < len(text) and text[end].isspace():
        end += 1
    return Lead(role, start, end)


def role_of(word: str) -> Role | None:
    """The role of a lead-in's word, or of several joined to one: that of the first; None when one is not known."""
    if word in _ROLES:
        return _ROLES[word]
    if (counted := _NUMBERED.search(word)) is not None:
        role = _ROLES.get(word[: counted.start()])
        return role if role in _COUNTED else None
    roles = [_ROLES.get(part) for part in re.split(_AND, word)]
    return roles[0] if all(roles) else None


def leads_in(text: str, start: int = 0, own: Sequence[OwnLead] = ()) -> list[Lead]:
    """All lead-in labels in `text` from `start` on that begin a sentence; `own` are those that only the notice has."""
    has_mark = "：" in text or ":" in text or "】" in text or "〕" in text or "\t" in text
    if not has_mark and len(text) > start + _LONGEST_LEAD and "]" not in text and not own:
        return []
    first = lead_at(text, start, own)
    found = [first] if first else []
    begin = first.end if first else start
    if has_mark or any(known.is_inside for known in own):
        found += _inside(text, begin, own)
    return found


def _inside(text: str, begin: int, own: Sequence[OwnLead]) -> list[Lead]:
    """The lead-ins that begin a sentence behind `begin`."""
    found = [lead for known in own if known.is_inside for lead in known.all_in(text, begin)]
    for mark in _MARK.finditer(text, begin):
        before = _INLINE_LEAD.search(text, max(begin, mark.start() - _LONGEST_INLINE), mark.start())
        end = _MARK_AND_BLANKS.match(text, mark.start())
        if before and end and (role := _role_inside(text, before)):
            found.append(Lead(role, before.start("lead"), end.end()))
    return sorted(found, key=_start)


def _start(lead: Lead) -> int:
    return lead.start


def _role_inside(text: str, found: re.Match[str]) -> Role | None:
    """The role of what looks like a lead-in inside a text; None when it is none."""
    role, start = role_of(found["word"]), found.start("lead")
    is_beside = text[start] in "（(" or text[start - 1] in "，,"
    return role if not is_beside or role in _BESIDE else None
