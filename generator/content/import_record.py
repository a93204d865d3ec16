"""The record that import leaves at the end of a content file: edits, anomalies, where in the words each fact stands.

```json
{"edits": [
{"kind": "page-number", "line": 7, "before": "- 2 -", "after": "", "start": 118}],
"anomalies": [],
"evidence": [
{"fact": "unit.name", "quote": "某县教育局", "nth": 0, "rank": 1, "from": "page"}]}
```

A row of evidence with a rank tells what a fact rests on where there is something to weigh: 1 was taken, from 2 on was
not; `from` says where it was found. Without a rank it says where in the words the fact stands.
"""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from generator.base.diagnostics import Diagnostic, Span
from generator.base.structure import plain
from generator.model.notice import Anomaly, Edit, Ground, Notice

_FENCE = "```json\n"
_FENCE_END = "```\n"
_STRAY = re.compile(r'```|\{?"(?:edits|anomalies|evidence)": *\[')
"""Fence and lines of a record; the words have a backslash before such characters."""
_FAR = 1 << 40
"""No line and no offset is as large."""


class Provenance(NamedTuple):
    """What a record says: the fields of a Notice with these names."""

    edits: tuple[Edit, ...] = ()
    anomalies: tuple[Anomaly, ...] = ()
    evidence: tuple[tuple[str, Span], ...] = ()
    grounds: tuple[Ground, ...] = ()


def write_provenance(notice: Notice) -> str:
    """The block that closes a content file."""
    anomalies = [
        {"code": a.code, "line": a.line, "quote": a.quote, "nth": _nth(notice.text, a.span), "message": a.message}
        for a in notice.anomalies
    ]
    edits = [{k: v for k, v in plain(edit).items() if v is not None} for edit in notice.edits]
    evidence = [
        {"fact": path, "quote": span.of(notice.text), "nth": _nth(notice.text, span)} for path, span in notice.evidence
    ]
    evidence += [
        {"fact": ground.fact, "quote": ground.quote, "nth": int(ground.quote in notice.text), "rank": ground.rank,
         "from": ground.source} for ground in notice.grounds
    ]  # fmt: skip
    parts = [
        _json_rows(name, rows) for name, rows in (("edits", edits), ("anomalies", anomalies), ("evidence", evidence))
    ]
    return _FENCE + "{" + ",\n".join(parts) + "}\n" + _FENCE_END


def _json_rows(name: str, rows: Sequence[dict[str, Any]]) -> str:
    """A list with one row a line, so that a difference shows as a line."""
    lines = ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    return f'"{name}": [\n{lines}]' if lines else f'"{name}": []'


def _nth(text: str, span: Span | None) -> int:
    """Which occurrence of its own words the span is, 1-based; 0 when there is no span."""
    if span is None:
        return 0
    quote = span.of(text)
    count, start = 1, text.find(quote)
    while quote and start != -1 and start < span.start:
        count, start = count + 1, text.find(quote, start + 1)
    return count


def cut_provenance(text: str) -> tuple[str, str, int]:
    """What stands before the block, the record in it, how many lines stand before the record; all, "" and 0 without."""
    cut = text.rfind("\n" + _FENCE)
    if cut == -1:
        return text, "", 0
    start = cut + 1 + len(_FENCE)
    return text[: cut + 1], text[start:].rstrip().removesuffix("```"), text.count("\n", 0, start)


def is_stray(line: str) -> bool:
    """Whether a line comes from a block that was torn."""
    return bool(_STRAY.match(line))


def read_provenance(record: str, text: str, file: str, first_line: int) -> tuple[Provenance, list[Diagnostic]]:
    """What a record says about a notice of this text, and what is wrong with it; "" says nothing."""
    if not record.strip():
        return Provenance(), []
    try:
        return _provenance(record, text), []
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        at, what = (error.lineno - 1, error.msg) if isinstance(error, json.JSONDecodeError) else (0, error)
        problem = Diagnostic(
            code="bad-provenance",
            file=file,
            line=first_line + at,
            message=f"the record of the import at the end of the file is damaged: {what}",
            hint="Restore it from version control, or delete the whole ```json block.",
        )
        return Provenance(), [problem]


@functools.lru_cache(maxsize=4)  # few acts at the desk change it, and each reads the file that it writes
def _provenance(record: str, text: str) -> Provenance:
    data = json.loads(record)
    edits = tuple(Edit(**row) for row in data["edits"])
    anomalies = tuple(
        Anomaly(
            code=row["code"],
            line=row["line"],
            quote=row["quote"],
            message=row["message"],
            span=_occurrence(text, row["quote"], row["nth"]),
        )
        for row in data["anomalies"]
    )
    rows = [row for row in data["evidence"] if "rank" not in row]
    found = [(row["fact"], _occurrence(text, row["quote"], row["nth"])) for row in rows]
    grounds = tuple(
        Ground(row["fact"], row["rank"], row["from"], row["quote"]) for row in data["evidence"] if "rank" in row
    )
    _check_types(edits, anomalies, found, grounds)
    return Provenance(edits, anomalies, tuple((fact, span) for fact, span in found if span), grounds)


def _check_types(
    edits: Sequence[Edit],
    anomalies: Sequence[Anomaly],
    found: Sequence[tuple[str, Span | None]],
    grounds: Sequence[Ground],
) -> None:
    """Raise TypeError unless texts are texts and places are numbers of a text."""
    texts = [text for edit in edits for text in (edit.kind, edit.before, edit.after)]
    texts += [text for one in anomalies for text in (one.code, one.quote, one.message)] + [fact for fact, _ in found]
    texts += [text for ground in grounds for text in (ground.fact, ground.source, ground.quote)]
    numbers = [edit.line for edit in edits] + [edit.start or 0 for edit in edits] + [one.line for one in anomalies]
    numbers += [ground.rank for ground in grounds]
    if not all(type(text) is str for text in texts):
        raise TypeError("a text is expected")
    if not all(type(number) is int and 0 <= number < _FAR for number in numbers):
        raise TypeError("a place is a number from 0 on")


def _occurrence(text: str, quote: str, nth: int) -> Span | None:
    """Where the nth occurrence of `quote` stands; an earlier one when words were taken out; None when none does."""
    if not nth:
        return None
    span, start = None, text.find(quote)
    while start != -1 and nth:
        span, nth = Span(start, start + len(quote)), nth - 1
        start = text.find(quote, start + 1) if nth else -1
    return span
