"""Whether a page is a rectification notice, and what it is when it is none (FORMATS m)."""

from __future__ import annotations

import itertools
import re
from typing import NamedTuple

from generator.model.notice import Notice
from generator.model.numbering import label_at
from generator.parser.mirror import simplified
from generator.parser.rules import kinds
from generator.parser.rules.kinds import KINDS, NearKind

_ANNOUNCED = re.compile(kinds.ANNOUNCED)
_INSPECTED = re.compile(r"巡[察视]")
_TOLD_BY_TITLE = re.compile(r"整改(?:进展|落实|完成)?情况")
_PAST = re.compile(kinds.PAST)
_FOREIGN = re.compile(kinds.FOREIGN)
_COMPILED = tuple((kind, tuple(map(re.compile, kind.patterns)), tuple(map(re.compile, kind.unless))) for kind in KINDS)
_MASKED = re.compile(kinds.MASKED)
_MANY = re.compile(kinds.MANY, re.DOTALL)
_PLAN_TITLE, _PLAN = re.compile(kinds.PLAN_TITLE), re.compile(kinds.PLAN)
_MODEL_TITLE, _NEWS_TITLE = re.compile(kinds.MODEL_TITLE), re.compile(kinds.NEWS_TITLE)
_PRESS, _OFFICE = re.compile(kinds.PRESS), re.compile(kinds.OFFICE)
_REPLY_TITLE, _REPLY = re.compile(kinds.REPLY_TITLE), re.compile(kinds.REPLY)
_FINDINGS, _ANSWERED = re.compile(rf"{kinds.FINDINGS_TITLE}|{kinds.FINDINGS}", re.MULTILINE), re.compile(kinds.ANSWERED)
_CASES_TITLE, _DELIBERATION = re.compile(kinds.CASES_TITLE), re.compile(kinds.DELIBERATION)
_LINK = re.compile(kinds.LINK)
_CUES = tuple(map(re.compile, kinds.CUES))
_TOP = 4000
"""Characters of the text that say what a page is."""
_OPENING = 400
"""Characters of the title and the opening."""
_LONGEST_TITLE = 80
_MOST_MASKED = 2
"""Slots in a real notice, which may mask a name."""
_SHORT = 600
"""Characters of a page whose text is in an attachment."""
_MOST_CUES = 9
"""Places of one cue that are looked at."""
_QUOTED = 30
"""Characters of the evidence that a refusal quotes."""


class Refusal(NamedTuple):
    """Why a page is no notice: the kind of page that it is, and the nearest words on both sides."""

    kind: NearKind
    against: str
    """The words that make it that kind; empty when it is for want of any."""
    speaks_for: str
    """The words that a notice has, too; empty when there are none."""

    @property
    def code(self) -> str:
        """Stable name of the kind."""
        return self.kind.code


def refusal(notice: Notice) -> Refusal | None:
    """None for a rectification notice; else the kind of page that it is.

    A notice speaks of a past inspection of its unit, and announces how it was rectified or answers at least one issue.
    """
    title = notice.title if notice.title_origin == "printed" else _first_line(notice.text)
    printed = f"{title}\n{notice.text or notice.title}"
    words = simplified(printed)
    title, text = words[: len(title)], words[len(title) + 1 :]
    head = f"{title}\n{text[:_TOP]}"
    found = _near(notice, title, head, text) if _is_like_a_notice(notice, title, head) else _other(head)
    if found is None:
        return None
    code, against = found
    quote = _quote(printed, against) if against else None
    return Refusal(_KINDS[code], quote.words if quote else "", _speaking_for(head, printed, quote))


def _first_line(text: str) -> str:
    """What stands in a title's place where no title is a notice's."""
    line = text[:_LONGEST_TITLE].partition("\n")[0]
    return "" if len(line) >= _LONGEST_TITLE or line.endswith(("。", "：")) or label_at(line) else line


def _is_like_a_notice(notice: Notice, title: str, head: str) -> bool:
    is_told = notice.title_origin == "printed" and bool(_TOLD_BY_TITLE.search(title) and not _NEWS_TITLE.search(title))
    is_answered = any(issue.response for issue in notice.issues)
    is_over = bool(_INSPECTED.search(head) and _PAST.search(head))
    return is_over and (is_told or is_answered or bool(_ANNOUNCED.search(head)))


def _near(notice: Notice, title: str, head: str, text: str) -> tuple[str, re.Match[str] | None] | None:
    """The near kind of a page that has all that a notice has, and what makes it that; None for a notice."""
    is_answered = any(issue.response for issue in notice.issues)
    is_announced = _ANNOUNCED.search(head) is not None
    is_told = is_announced or _ANSWERED.search(text) is not None
    masked = list(itertools.islice(_MASKED.finditer(text), _MOST_MASKED + 1))
    ways = (
        ("template", _MODEL_TITLE.search(title)),
        ("template", masked[0] if len(masked) > _MOST_MASKED else None),
        ("reply", _REPLY_TITLE.search(title)),
        ("reply", None if is_announced else _REPLY.search(head)),
        ("findings", None if is_told else _FINDINGS.search(head)),
        ("cases", _CASES_TITLE.search(title)),
        ("deliberation", _DELIBERATION.search(head[:_OPENING])),
        ("plan", _PLAN_TITLE.search(title)),
        ("plan", None if is_announced else _PLAN.search(head)),
        ("audit" if "审计" in head else "environment", None if notice.inspection.inspector else _FOREIGN.search(head)),
        ("round-summary", _OFFICE.search(head)),
        ("round-summary", None if is_answered else _MANY.search(head)),
        ("press", None if is_answered else _PRESS.search(head)),
        ("index", None if is_answered else _links(text)),
        ("attachment", _in_attachment(notice)),
    )
    return next((way for way in ways if way[1] is not None), None)


def _links(text: str) -> re.Match[str] | None:
    """The first words that lead to a unit's notice, where several units have one."""
    found = list(itertools.islice(_LINK.finditer(text), kinds.FEWEST_LINKS * 4))
    return found[0] if len({link["unit"] for link in found}) >= kinds.FEWEST_LINKS else None


def _in_attachment(notice: Notice) -> re.Match[str] | None:
    return None if notice.issues or len(notice.text) >= _SHORT else re.search("附件", notice.text)


def _other(head: str) -> tuple[str, re.Match[str] | None]:
    """What a page is that lacks something every notice has, and what makes it that."""
    for kind, patterns, unless in _COMPILED:
        found = next(filter(None, (pattern.search(head) for pattern in patterns)), None)
        if found and not any(pattern.search(head) for pattern in unless):
            return kind.code, found
    return "unknown", None


class _Quote(NamedTuple):
    """Words of a line."""

    line: str
    start: int
    end: int

    @property
    def words(self) -> str:
        """The words, and whether the line has more."""
        words = self.line[self.start : self.end].strip()
        return f"{'…' * (self.start > 0)}{words}{'…' * (self.end < len(self.line))}"

    def shares(self, other: _Quote) -> bool:
        """Whether words are quoted by both: of one line, or of two that say the same, as the title and its copy."""
        return self.line == other.line and self.start < other.end and other.start < self.end


def _quote(text: str, found: re.Match[str]) -> _Quote:
    """The words that were found, with a few of those around them when they are short."""
    start, end = found.span()
    begin = text.rfind("\n", 0, start) + 1
    before = max(begin, start - max(0, _QUOTED - (end - start)) // 2)
    line = text[begin:].partition("\n")[0]
    last = before + min(max(end - before, _QUOTED), 2 * _QUOTED)
    return _Quote(line, before - begin, min(last - begin, len(line)))


def _speaking_for(head: str, printed: str, against: _Quote | None) -> str:
    """The surest words that a notice has, too, where nothing of them is quoted against one; else they alone."""
    many = (list(itertools.islice(pattern.finditer(head), _MOST_CUES)) for pattern in _CUES)
    surest = next(filter(None, many), [])
    quotes = (_quote(printed, found) for found in surest)
    apart = next((quote.words for quote in quotes if against is None or not quote.shares(against)), None)
    return apart or (printed[slice(*surest[0].span())] if surest else "")


_UNKNOWN = NearKind("unknown", "something else: it speaks of no past inspection, or announces and answers nothing", ())
_KINDS = {kind.code: kind for kind in (*KINDS, _UNKNOWN)}
