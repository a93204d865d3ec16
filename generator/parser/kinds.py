"""Whether a page is a rectification notice, and what it is when it is none (FORMATS m)."""

from __future__ import annotations

import re

from generator.model.notice import Notice
from generator.parser.rules import kinds
from generator.parser.rules.kinds import KINDS, NearKind

_ANNOUNCED = re.compile(kinds.ANNOUNCED)
_INSPECTED = re.compile(r"巡[察视]")
_PAST = re.compile(kinds.PAST)
_FOREIGN = re.compile(kinds.FOREIGN)
_COMPILED = tuple((kind, tuple(map(re.compile, kind.patterns)), tuple(map(re.compile, kind.unless))) for kind in KINDS)
_MASKED = re.compile(kinds.MASKED)
_MANY = re.compile(kinds.MANY, re.DOTALL)
_TOP = 4000
"""Characters of the text that say what a page is."""


def refusal(notice: Notice) -> NearKind | None:
    """None for a rectification notice; else the kind of page that it is.

    A notice speaks of a past inspection of its unit, and announces how it was rectified or answers at least one issue.
    """
    top = notice.text[:_TOP] or notice.title
    head = f"{notice.title if notice.title_origin == 'printed' else ''}\n{top}"
    answered = [issue for issue in notice.issues if issue.response]
    announced = bool(_ANNOUNCED.search(top)) or bool(re.search(r"整改(?:进展|落实|完成)?情况", notice.title))
    is_notice = (
        bool(_INSPECTED.search(head))
        and bool(_PAST.search(head))
        and ((announced and notice.title_origin == "printed") or bool(answered) or bool(_ANNOUNCED.search(top)))
    )
    if is_notice and len(_MASKED.findall(notice.text)) > 2:
        return _named("template")
    if is_notice and _FOREIGN.search(head) and not notice.inspection.inspector:
        return _named("audit") if "审计" in head else _named("environment")
    if is_notice and not answered and _MANY.search(head):
        return _named("round-summary")
    if is_notice and not answered and not notice.issues and len(notice.text) < 600 and "附件" in notice.text:
        return _named("attachment")
    if is_notice:
        return None
    for kind, patterns, unless in _COMPILED:
        if any(pattern.search(head) for pattern in patterns) and not any(pattern.search(head) for pattern in unless):
            return kind
    return NearKind("unknown", "something else: it speaks of no past inspection, or announces and answers nothing", ())


def _named(code: str) -> NearKind:
    return next(kind for kind in KINDS if kind.code == code)
