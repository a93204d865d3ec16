"""How far the heading of a part says that all beneath it is: 集中整改期内已完成的整改事项."""

from __future__ import annotations

import re
from typing import NamedTuple

from generator.base.late_patterns import late_pattern
from generator.model.notice import Status
from generator.model.numbering import CN
from generator.parser.clauses import Clause, clauses_of
from generator.parser.verdict import decided

_NEXT = late_pattern(r"[及和与](?:下一步|下步|后续|原因|主要原因|未完成原因).*\Z", re.DOTALL)
_NOTE = late_pattern(r"[（(【](?P<words>[^（()）【】]*)[）)】]")


def of_heading(title: str, held: int = 0) -> Status | None:
    """The status that a part's heading says of all beneath it: 集中整改期内已完成的整改事项.

    Of 立行立改的问题（3个，已全部完成） it is what the brackets say, if the part holds as many; 0 `held`: not known.
    """
    title = title.strip("【】[]") if title[:1] in "【[" else title
    note = _NOTE.search(title)
    said_of_those = _of_those(note["words"], held) if note else None
    own = _of_title(_NEXT.sub("", _NOTE.sub("", title)))
    if own == "done" and note and any(map(_says_less, clauses_of(note["words"]))):
        return None  # 已完成整改问题（2个，其中1个正在整改）
    return said_of_those if own in (None, said_of_those) else own if said_of_those is None else None


class CountedHead(NamedTuple):
    """How many issues a heading says that it holds, and how far they are."""

    total: int
    done: int
    left: int


def counted_in(title: str) -> CountedHead | None:
    """What a heading counts in brackets, where some are not finished: （反馈4个，已完成3个，正在整改1个）."""
    note = _NOTE.search(title)
    clauses = clauses_of(note["words"]) if note else ()
    total, done, left = 0, 0, 0
    for clause in clauses:
        count = clause.counted or clause.total
        if not count or not clause.is_pure or clause.kinds & {"mostly", "some", "among", "if", "aim"}:
            return None
        if clause.says is None:
            total = total or (count if clause.act == "none" and clause is clauses[0] else 0)
        elif clause.says == "done":
            done += count
        else:
            left += count
    return CountedHead(total, done, left) if total == done + left and done and left else None


def may_tell(title: str) -> bool:
    """Whether the words in brackets behind a heading's name seem to say how far the issues below it are."""
    note = _NOTE.search(title)
    return note is not None and any(clause.claims is not None for clause in clauses_of(note["words"]))


def _says_less(clause: Clause) -> bool:
    is_open = clause.says in ("ongoing", "long-term") and "mostly" not in clause.kinds
    return clause.is_negative or is_open


def _of_those(note: str, held: int) -> Status | None:
    """The status that the words in brackets behind a part's name give to all that it holds: 3个，均已完成整改."""
    clauses = clauses_of(note)
    telling = [clause for clause in clauses if clause.says]
    total = next((clause.total for clause in clauses if clause.act == "none"), 0)
    is_of_some = bool(held and total and held != total) or any(
        not clause.is_pure
        or clause.scope == "some"
        or clause.kinds & {"mostly", "some", "rest"}
        or any(word.kind == "count" and word.value != total for word in clause.words)
        or (clause not in telling and clause.act != "none")
        for clause in clauses
    )
    said = {clause.says for clause in telling}
    is_told = all(clause.says != "done" or clause.is_told for clause in telling)
    return said.pop() if len(said) == 1 and is_told and not is_of_some else None


_ABOUT = late_pattern(
    rf"(?:的)?(?:\d{{1,3}}|[{CN}]{{1,3}})?[个项条]?类?(?:反馈|具体|主要|重点|突出){{0,2}}(?P<thing>问题|整改事项|事项|整改任务|任务|整改问题)(?:的|及其?)?(?:整改)?(?:落实|进展|工作)*(?:情况)?$"
)
_WORK = frozenset({"任务", "整改任务"})
"""完成整改任务: what a part asks for, or tells of as work; 完成整改的问题 names issues."""
_AT_ONCE = frozenset({"at-once"})
"""立行立改、已完成整改的问题: it says of the same ones how."""
_TELLING = frozenset({"done", "rectify", "at-once"})
"""Words of a part of a title that is about others, where it says nothing: 完成整改的问题和正在整改的问题."""


def _of_title(title: str) -> Status | None:
    """The status that a part's heading says itself."""
    found = _ABOUT.search(title)
    if found is None:
        return None
    clauses = clauses_of(title[: found.start()])
    said = {
        clause.says
        for clause in clauses
        if clause.says or (clause.kinds & _TELLING and not (len(clauses) > 1 and clause.kinds <= _AT_ONCE))
    }
    if len(said) > 1 and not said & {"done", None}:
        return "ongoing"
    if len(said) != 1 or not all(clause.is_pure for clause in clauses):
        return None
    said_of_all = decided(clauses)
    is_slogan = found["thing"] in _WORK and not any(clause.is_told for clause in clauses)
    return None if said_of_all == "done" and is_slogan else said_of_all
