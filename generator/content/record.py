"""The public record of a notice: what `notice.json` holds and `disclose parse` prints (schema notice-v1)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from generator.base.structure import plain
from generator.content.topics import Assigned
from generator.model.decisions import Correction, Redaction, Withdrawal
from generator.model.notice import (
    Contact,
    Edit,
    Followup,
    Heading,
    Inspection,
    Issue,
    IssueMarks,
    Notice,
    PartialDate,
    Passage,
    Stated,
    Unit,
)

SCHEMA_VERSION = 1


def record_of(notice: Notice, topics: Mapping[str, Sequence[Assigned]] | None = None) -> dict[str, Any]:
    """The record, keys in the order of the contract; absent facts are None, dates ISO 8601.

    `topics` gives the topics of an issue by its id, and why; without it those that an editor set.
    """
    anchors = anchors_of(notice)
    return {
        "schema_version": SCHEMA_VERSION,
        "id": notice.id,
        "title": notice.title,
        "title_origin": notice.title_origin,
        "unit": _unit(notice.unit),
        "inspection": _inspection(notice.inspection),
        "published": _iso(notice.published),
        "inferred": list(notice.inferred),
        "stated": _stated(notice.stated),
        "contact": _contact(notice.contact),
        "metadata": dict(notice.metadata),
        "outline": [_heading(heading) for heading in notice.outline],
        "issues": [_issue(issue, anchors[issue.at], topics) for issue in notice.issues],
        "followups": [_followup(followup, anchors[followup.at]) for followup in notice.followups],
        "accountability": _accountability(notice),
        "text": notice.text,
        "edits": [_edit(edit) for edit in notice.edits],
        "anomalies": [
            {"code": anomaly.code, "line": anomaly.line, "quote": anomaly.quote, "message": anomaly.message}
            for anomaly in notice.anomalies
        ],
        "source": {"file": notice.source.file, "format": notice.source.format, "sha256": notice.source.sha256},
        "spans": {fact: [span.start, span.end] for fact, span in notice.evidence} | _item_spans(notice, anchors),
        "corrections": [_correction(one) for one in notice.corrections],
        "masks": [_decision(one) for one in notice.redactions],
        "reviews": [{"step": one.step, "name": one.name, "date": one.date.iso} for one in notice.reviews],
        "withdrawn": _decision(notice.withdrawn) if notice.withdrawn else None,
        "passages": [_passage(passage) for passage in notice.body],
    }


_ROLE_KEYS = {"finding": "finding", "response": "response", "status": "status_quote", "deadline": "deadline",
              "responsible": "responsible", "reason": "reason", "next": "next"}  # fmt: skip


def _item_spans(notice: Notice, anchors: Mapping[int, str]) -> dict[str, list[int]]:
    """Where the title and each part of an issue or follow-up are in `text`: from its first word to its last."""
    spans: dict[str, list[int]] = {}
    path = ""
    for index, (passage, start) in enumerate(zip(notice.body, notice.starts, strict=True)):
        if passage.role == "heading":
            kind = "issues." if isinstance(passage.marks, IssueMarks) else "followups." if passage.marks else ""
            path = f"{kind}{anchors[index]}." if kind else ""
        key = "title" if passage.role == "heading" else _ROLE_KEYS.get(passage.role)
        if not path or key is None or not passage.words:
            continue
        if key == "finding" and path.startswith("followups"):
            key = "problem"
        first = start + len(passage.label)
        spans.setdefault(path + key, [first, 0])[1] = first + len(passage.words)
    return spans


def anchors_of(notice: Notice) -> dict[int, str]:
    """For each heading of the body (by its index) the fragment of its permalink.

    One without an anchor of its own gets `x` and its place among the headings, dodging those that are taken.
    """
    taken = {passage.anchor for passage in notice.body if passage.anchor}
    anchors: dict[int, str] = {}
    for index, passage in enumerate(notice.body):
        if passage.role != "heading":
            continue
        anchor = passage.anchor or f"x{len(anchors) + 1}"
        while not passage.anchor and anchor in taken:
            anchor = "x" + anchor
        anchors[index] = anchor
    return anchors


def _passage(passage: Passage) -> list[str | int | None]:
    """Role, characters of the label, of the words; then level, whether it runs on, anchor, without zeros at the end.

    `text` cut by these is the body: another site can show the notice as this one does (content/gathered.py).
    """
    row: list[str | int | None] = [passage.role, len(passage.label), len(passage.words)]
    more = [passage.level, int(passage.run_on), passage.anchor]
    while more and not more[-1]:
        more.pop()
    return row + more


def _iso(date: PartialDate | None) -> str | None:
    return date.iso if date else None


def _unit(unit: Unit) -> dict[str, Any]:
    region = unit.region
    return {
        "id": unit.id,
        "name": unit.name,
        "region": region
        and {"code": region.code, "province": region.province, "city": region.city, "county": region.county},
    }


def _inspection(inspection: Inspection) -> dict[str, Any]:
    return {
        "inspector": inspection.inspector,
        "kind": inspection.kind,
        "round": inspection.round,
        "start": _iso(inspection.start),
        "end": _iso(inspection.end),
        "feedback": _iso(inspection.feedback),
        "printed": inspection.printed,
    }


def _stated(stated: Stated) -> dict[str, Any]:
    return {name: getattr(stated, name) for name in Stated.__slots__}


def _contact(contact: Contact) -> dict[str, Any]:
    return {
        "phones": list(contact.phones),
        "emails": list(contact.emails),
        "address": contact.address,
        "postcode": contact.postcode,
        "whose": dict(contact.whose),
        "unread": list(contact.unread),
    }


def _heading(heading: Heading) -> dict[str, Any]:
    return {"level": heading.level, "label": heading.label, "title": heading.title, "anchor": heading.anchor}


def _issue(issue: Issue, anchor: str, topics: Mapping[str, Sequence[Assigned]] | None) -> dict[str, Any]:
    return {
        "id": anchor,
        "label": issue.label,
        "path": list(issue.path),
        "title": issue.title,
        "finding": issue.finding,
        "response": issue.response,
        "measures": list(issue.measures),
        "status": issue.status,
        "status_quote": issue.status_quote,
        "deadline": _iso(issue.deadline),
        "responsible": issue.responsible,
        "topics": list(issue.topics or ()) if topics is None else [found.topic.name for found in topics[anchor]],
        "topic_words": {found.topic.name: found.word for found in (topics or {}).get(anchor, ()) if found.word},
    }


def _followup(followup: Followup, anchor: str) -> dict[str, Any]:
    return {
        "id": anchor,
        "label": followup.label,
        "title": followup.title,
        "problem": followup.problem,
        "reason": followup.reason,
        "next": followup.next,
        "deadline": _iso(followup.deadline),
        "refers_to": followup.refers_to,
    }


def _accountability(notice: Notice) -> dict[str, Any] | None:
    found = notice.accountability
    return {"people": found.people, "actions": dict(found.actions)} if found else None


def _correction(one: Correction) -> dict[str, Any]:
    """All but who answers for it: names are no open data."""
    return {key: value for key, value in _decision(one).items() if key != "who"}


def _decision(one: Correction | Redaction | Withdrawal) -> dict[str, Any]:
    found: dict[str, Any] = plain(one)
    return found


def _edit(edit: Edit) -> dict[str, Any]:
    return {"kind": edit.kind, "line": edit.line, "before": edit.before, "after": edit.after, "start": edit.start}
