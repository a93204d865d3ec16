"""The notice in the record (`notice.json`) that another site published of it, for one portal over several sites."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from generator.base.diagnostics import DiscloseError, Span
from generator.base.structure import Decoder, dump
from generator.content.import_record import read_provenance
from generator.content.notice_file import read_notice, write_notice
from generator.content.record import anchors_of, record_of
from generator.model.notice import ROLES, FollowupMarks, IssueMarks, Notice, Passage, Source, Unit

RECORD = "notice.json"
_FACTS = (
    "id", "title", "title_origin", "unit", "inspection", "published", "inferred", "stated", "contact", "metadata",
    "accountability", "corrections",
)  # fmt: skip
_OWN = frozenset({"source", "masks", "reviews"})
"""Keys of a record that are another's matter: which file it was, who signed, what is hidden."""
_LARGEST = 1 << 24
"""Bytes of a record at most: sixteen times the longest notice that an import takes."""


def notice_of_record(data: bytes) -> Notice:
    """The notice of a record; what it is not, is proved: its own record says the same, word for word and fact by fact.

    Raises DiscloseError for what is no record of a notice, or of a form that this program does not know.
    """
    if len(data) > _LARGEST:
        raise DiscloseError(f"the record has {len(data) >> 20} MB; {_LARGEST >> 20} are taken at most")
    try:
        record = json.loads(data)
        if not isinstance(record, dict) or record.get("schema_version") != 1:
            raise DiscloseError("this is no record of a notice")
        if "passages" not in record:
            raise DiscloseError(
                "the record comes from an older version of the program: build and publish its site again"
            )
        notice = _notice(record, data)
        found = json.loads(json.dumps(record_of(notice)))
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError) as error:
        raise DiscloseError("this is no record of a notice") from error
    for key in found.keys() - _OWN:
        if _comparable(key, found[key]) != _comparable(key, record[key]):
            raise DiscloseError(f"the record contradicts itself: “{key}” is not what its words say")
    again, _ = read_notice(write_notice(notice))
    if again != notice:
        raise DiscloseError("the record holds what no content file can hold")
    return notice


def _comparable(key: str, value: Any) -> Any:
    """A value without what is the site's own view: to which topics an issue belongs."""
    if key != "issues":
        return value
    return [{name: said for name, said in issue.items() if not name.startswith("topic")} for issue in value]


def _notice(record: Mapping[str, Any], data: bytes) -> Notice:
    decoder = Decoder(RECORD)
    facts = {name: record[name] for name in _FACTS}
    facts |= {"withdrawn": record["withdrawn"]} if record["withdrawn"] else {}
    values = decoder.fields(decoder.compose(dump(facts)), Notice, (*_FACTS, "withdrawn"))
    if decoder.problems:
        raise DiscloseError(f"the record cannot be read: {decoder.problems[0].message}")
    body = _body(record)
    text = record["text"]
    import_record = {
        "edits": record["edits"],
        "anomalies": [one | {"nth": 0} for one in record["anomalies"]],
        "evidence": [],
    }
    provenance, problems = read_provenance(json.dumps(import_record), text, RECORD, 1)
    if problems:
        raise DiscloseError(f"the record cannot be read: {problems[0].message}")
    items = ("issues.", "followups.")
    spans = {fact: span for fact, span in record["spans"].items() if not fact.startswith(items)}
    return Notice(
        **{
            **values,
            "body": body,
            "edits": provenance.edits,
            "anomalies": provenance.anomalies,
            "evidence": tuple((fact, Span(int(start), int(end))) for fact, (start, end) in spans.items()),
            "source": Source(file=RECORD, format="json", sha256=hashlib.sha256(data).hexdigest()),
            "review": "reviewed",
        }
    )


def _body(record: Mapping[str, Any]) -> tuple[Passage, ...]:
    """`text` cut into passages; what stands on the headings of issues and follow-ups comes from these."""
    text, at, body = record["text"], 0, list[Passage]()
    for row in record["passages"]:
        passage = _passage(text, at, [*row, *_USUAL[len(row) - 3 :]], is_first=not body)
        body.append(passage)
        at += len(passage.label) + len(passage.words) + (0 if passage.run_on or len(body) == 1 else 1)
    bare = Notice(id="x", title="", title_origin="printed", unit=_NOBODY, body=tuple(body), source=_NO_SOURCE)
    places = {anchor: index for index, anchor in anchors_of(bare).items()}
    for row in record["issues"]:
        at = places[row["id"]]
        body[at] = body[at]._replace(marks=_decoded(_issue_marks(row, _below(body, at)), IssueMarks))
    for row in record["followups"]:
        at = places[row["id"]]
        marks = {"deadline": row["deadline"], "refers_to": row["refers_to"]}
        body[at] = body[at]._replace(marks=_decoded(marks, FollowupMarks))
    return tuple(body)


_USUAL = (0, 0, None)
"""Level, whether it runs on, anchor: where a row does not say."""


def _passage(text: str, at: int, row: Sequence[Any], *, is_first: bool) -> Passage:
    """The passage of a row of `passages`; the one before it ends at `at`."""
    role, label, words, level, run_on, anchor = row
    start = at + (0 if run_on or is_first else 1)
    middle, end = start + int(label), start + int(label) + int(words)
    if role not in ROLES or not start <= middle <= end <= len(text):
        raise ValueError(role)
    return Passage(text[middle:end], role, text[start:middle], int(level), bool(run_on), anchor)


_NOBODY = Unit(id="x", name="")
_NO_SOURCE = Source(file="", format="", sha256="")


def _issue_marks(row: Mapping[str, Any], below: Sequence[Passage]) -> dict[str, Any]:
    """What stands on an issue's heading; what its passages say is not said twice."""
    said = [passage.words for passage in below if passage.role == "status"]
    has_responsible = any(passage.role == "responsible" for passage in below)
    return {
        "status": row["status"],
        "quote": None if said and said[-1] == row["status_quote"] else row["status_quote"],
        "deadline": row["deadline"],
        "responsible": None if has_responsible else row["responsible"],
    }


def _below(body: Sequence[Passage], at: int) -> list[Passage]:
    """The passages below a heading, up to the next."""
    end = next((index for index in range(at + 1, len(body)) if body[index].role == "heading"), len(body))
    return list(body[at + 1 : end])


def _decoded(values: Mapping[str, Any], record: type) -> Any:
    decoder = Decoder(RECORD)
    found = decoder.record(decoder.compose(dump(values)), record)
    if decoder.problems:
        raise ValueError(decoder.problems[0].message)
    return found
