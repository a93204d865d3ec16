"""The anomalies about a notice as it is now: those that import noted, and those that its words and facts show today."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import replace

from generator.model.notice import Anomaly, Notice
from generator.parser.notice_anomalies import anomalies_in

SEEN_AGAIN = frozenset(
    {
        "deadline-past",
        "number-style",
        "number-repeated",
        "number-skipped",
        "stated-differs",
        "no-issues",
        "people-differ",
        "confusion",
        "residue",
        "masked",
        "unpaired",
        "status-contradicts",
        "status-mostly",
        "status-unclear",
        "no-response",
        "answer-apart",
        "followup-alone",
        "issue-repeated",
        "contact-unread",
        "personal-id",
        "personal-mobile",
        "personal-card",
        "personal-address",
        "personal-passport",
        "personal-plate",
        "personal-email",
        "personal-account",
        "personal-birth",
        "personal-name",
    }
)
"""Anomalies that a check finds in the notice as it is now: what import noted of them may have been fixed since."""


def current_anomalies(notice: Notice, codes: Container[str] | None = None) -> list[Anomaly]:
    """What import noted and cannot be seen again, then what the notice shows as it is now, after the editor's work.

    Of these `codes`; None: of all.
    """
    lines = {(one.code, one.span): one.line for one in notice.anomalies}
    noted = [one for one in notice.anomalies if one.code not in SEEN_AGAIN and (codes is None or one.code in codes)]
    known = {(one.code, one.span) for one in noted}
    now = (one for one in anomalies_in(notice, codes) if (one.code, one.span) not in known)
    return noted + [replace(one, line=line) if (line := lines.get((one.code, one.span))) else one for one in now]
