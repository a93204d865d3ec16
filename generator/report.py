"""The release report: the findings of a check for a terminal and for programs."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict

from generator.acceptance import Finding
from generator.diagnostics import Severity
from generator.structure import plain

Report = Callable[[Sequence[Finding]], str]


def as_text(found: Sequence[Finding]) -> str:
    """A finding a paragraph; those that somebody answers for are told with who, when and why; the counts last."""
    counts = Counter(one.said.severity for one in found if one.accepted is None)
    accepted = sum(one.accepted is not None for one in found)
    rows = [_told(one) for one in found]
    total = ", ".join(f"{counts[severity]} {severity}s" for severity in Severity)
    return "\n".join([*rows, total + (f", {accepted} accepted" if accepted else "")])


def _told(one: Finding) -> str:
    if one.accepted is None:
        return str(one.said)
    by = one.accepted
    return f"{one.said}\n    accepted by {by.who}, {by.when.iso}: {by.why}"


def as_json(found: Sequence[Finding]) -> str:
    """A list of objects: the fields of the diagnostic, and `accepted`: null, or code, who, when, why, quote."""
    return json.dumps(
        [asdict(one.said) | {"accepted": plain(one.accepted)} for one in found], ensure_ascii=False, indent=1
    )


REPORTS: Mapping[str, Report] = {"text": as_text, "json": as_json}
"""Name of a format → what prints it."""
