"""Findings that somebody answers for: told with who, when and why, and no longer in the way of a release."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from generator.base.diagnostics import Diagnostic, Severity
from generator.model.decisions import Acceptance

NEVER = frozenset(
    {"draft", "review-missing", "review-void", "placeholder", "site-value", "masked-value", "not-built", "g-ind-02",
     "gathered-differs"}
)  # fmt: skip
"""Codes that nobody can answer for: a draft, an invented value, a leak, a file that no build made, and another site's
notice in other words stay out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A thing to look at before a release, and who looked at it."""

    diagnostic: Diagnostic
    accepted: Acceptance | None = None

    @property
    def blocks(self) -> bool:
        """Whether a release must wait for it."""
        return self.diagnostic.severity is Severity.ERROR and self.accepted is None


def settle(found: Sequence[Diagnostic], accepted: Sequence[Acceptance], file: str) -> list[Finding]:
    """The findings of one file with its acceptances, and behind them what is wrong with the acceptances themselves."""
    used: set[int] = set()
    findings = []
    for diagnostic in found:
        number = next((n for n, one in enumerate(accepted) if _covers(one, diagnostic)), None)
        findings.append(Finding(diagnostic=diagnostic, accepted=None if number is None else accepted[number]))
        used |= {number} if number is not None else set()
    return findings + [Finding(diagnostic=diagnostic) for diagnostic in _idle(accepted, used, file)]


def _covers(one: Acceptance, diagnostic: Diagnostic) -> bool:
    return one.code == diagnostic.code and diagnostic.code not in NEVER and one.quote in (None, diagnostic.quote)


def _idle(accepted: Sequence[Acceptance], used: Iterable[int], file: str) -> list[Diagnostic]:
    rows = [
        (one, "" if one.quote is None else f" “{one.quote}”")
        for number, one in enumerate(accepted)
        if number not in set(used)
    ]
    return [
        Diagnostic(
            code="acceptance-refused" if one.code in NEVER else "acceptance-idle",
            severity=Severity.ERROR if one.code in NEVER else Severity.WARNING,
            file=file,
            message=f"accepted: {one.code}{quote} can be accepted by nobody"
            if one.code in NEVER
            else f"accepted: {one.code}{quote} accepts nothing that is found now",
            hint="Take it out of “accepted”; what it says no longer speaks of this file.",
            quote=one.quote or "",
        )
        for one, quote in rows
    ]
