"""Who sees an anomaly, the editor or the public as well: one table, and what follows from it for what is shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from generator.content.current_anomalies import current_anomalies
from generator.model.notice import Anomaly, Edit, Notice

Audience = Literal["editor", "public", "always"]
"""`editor`: never shown; `public`: shown until somebody accepts it; `always`: shown, since it informs the reader."""

_CODES: Mapping[Audience, tuple[str, ...]] = {
    "always": (
        "date-damaged",
        "date-ambiguous",
        "date-impossible",
        "stated-differs",
        "status-contradicts",
        "contact-unread",
        "masked",
    ),
    "public": ("date-order", "deadline-past", "people-differ", "number-repeated", "number-skipped", "residue"),
}
AUDIENCE: Mapping[str, Audience] = {code: seen_by for seen_by, codes in _CODES.items() for code in codes}
"""By code; all others are for the editor: what a source hides, what was hard to read, how the file is marked."""

_EDITORS_EDITS = frozenset({"hidden-removed"})
"""Kinds of edits that tell of what a source hides."""


def public_anomalies(notice: Notice) -> tuple[Anomaly, ...]:
    """The anomalies that readers are told of, in the order of the text; those about the whole notice come last."""
    found = [one for one in current_anomalies(notice, AUDIENCE) if _is_public(one, notice)]
    return tuple(sorted(found, key=lambda one: one.span.start if one.span else len(notice.text)))


def _is_public(one: Anomaly, notice: Notice) -> bool:
    seen_by = AUDIENCE.get(one.code, "editor")
    return seen_by == "always" or (
        seen_by == "public" and not any(by.code == one.code and by.quote in (None, one.quote) for by in notice.accepted)
    )


def public_edits(notice: Notice) -> tuple[Edit, ...]:
    """The edits that readers are told of."""
    return tuple(edit for edit in notice.edits if edit.kind not in _EDITORS_EDITS)


def public_name(notice: Notice) -> str:
    """What the source is called in public: its own name may tell of versions and persons."""
    return f"{notice.id}.{notice.source.format}" if notice.source.format else ""
