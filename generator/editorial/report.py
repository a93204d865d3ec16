"""The release report: what a check found, for a terminal, for programs, and as one page for people who decide."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib import resources
from itertools import groupby

import jinja2

from generator.base.diagnostics import Diagnostic, Severity
from generator.base.language import chinese, say
from generator.base.structure import plain
from generator.editorial.acceptance import Finding
from generator.editorial.advice import ADVICE, Advice
from generator.model.decisions import Acceptance, Redaction
from generator.model.personal_rules import KIND_NAMES


@dataclass(frozen=True, slots=True, kw_only=True)
class Masked:
    """A row of the mask ledger (遮蔽一览)."""

    notice: str
    """Id of the notice."""
    hidden: Redaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a check found."""

    site: str
    """The name of the site."""
    day: dt.date
    """The day of the check."""
    findings: tuple[Finding, ...]
    """By file and line."""
    ledger: tuple[Masked, ...] = ()


def as_text(report: Report) -> str:
    """A finding a paragraph; those that somebody answers for are told with who, when and why; the counts last."""
    counts = _counts(report.findings)
    rows = [_told(one) for one in report.findings]
    accepted = f", {counts['accepted']} accepted" if counts["accepted"] else ""
    rows.append(say(f"{counts['error']} errors, {counts['warning']} warnings, {counts['note']} notes{accepted}"))
    if report.ledger:
        hidden = sum(row.hidden.count for row in report.ledger)
        rows.append(say(f"{hidden} masked places in {len({row.notice for row in report.ledger})} notices"))
    return "\n".join(rows)


def _counts(found: Sequence[Finding]) -> Counter[str]:
    return Counter("accepted" if one.accepted else one.diagnostic.severity.value for one in found)


def _told(one: Finding) -> str:
    if one.accepted is None:
        return str(one.diagnostic)
    by = one.accepted
    return f"{one.diagnostic}\n    " + say(f"accepted by {by.who}, {by.when.iso}: {by.why}")


def as_json(report: Report) -> str:
    """A list of objects: the fields of the diagnostic, and `accepted`: null, or code, who, when, why, quote."""
    rows = [asdict(one.diagnostic) | {"accepted": plain(one.accepted)} for one in report.findings]
    return json.dumps(rows, ensure_ascii=False, indent=1)


_SEVERITY_NAMES = {Severity.ERROR: "✕ 必须处理", Severity.WARNING: "△ 建议核对", Severity.NOTE: "○ 提示"}


@dataclass(frozen=True, slots=True, kw_only=True)
class _FindingRow:
    diagnostic: Diagnostic
    accepted: Acceptance | None
    name: str
    remedy: str
    severity: str
    look: str
    """Class of the row: its severity, or `accepted`."""
    message: str
    """What was found, in Chinese."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _FileFindings:
    name: str
    rows: tuple[_FindingRow, ...]


def as_html(report: Report) -> str:
    """One page in Chinese that needs no other file and no script."""
    source = (resources.files("generator.editorial") / "report.html").read_text(encoding="utf-8")
    template = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined).from_string(source)
    return template.render(
        report=report, counts=_counts(report.findings), files=list(_files(report.findings)), kinds=KIND_NAMES
    )


def _files(found: Sequence[Finding]) -> Iterator[_FileFindings]:
    """The findings by file, in each what blocks first."""
    order = list(Severity)
    for name, same in groupby(found, key=lambda one: one.diagnostic.file):
        rows = sorted(
            same, key=lambda one: (one.accepted is not None, order.index(one.diagnostic.severity), one.diagnostic.line)
        )
        yield _FileFindings(name=name, rows=tuple(map(_row, rows)))


def _row(one: Finding) -> _FindingRow:
    advice = ADVICE.get(one.diagnostic.code, Advice(one.diagnostic.code, ""))
    return _FindingRow(
        diagnostic=one.diagnostic,
        accepted=one.accepted,
        name=advice.name,
        remedy=advice.remedy,
        severity="✔ 已有人负责" if one.accepted else _SEVERITY_NAMES[one.diagnostic.severity],
        look="accepted" if one.accepted else one.diagnostic.severity.value,
        message=chinese().say(one.diagnostic.message),
    )


REPORTS: Mapping[str, Callable[[Report], str]] = {"text": as_text, "json": as_json, "html": as_html}
"""Name of a format → what makes it."""
