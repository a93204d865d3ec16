"""What one group gives to the index: a function of the group alone, made of texts, bytes, numbers and tuples."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from generator.model.notice import STATUSES, Status
from generator.search.records import KINDS, SearchGroup, SearchRecord
from generator.search.stream import far_in, folded, length, may_be_far, utf16

IndexRow = tuple[int, str, int, str, int, int, tuple[str, ...], tuple[str, ...]]
"""Kind, address, status, deadline, lengths of label and head in UTF-16 units, runs, also."""
Head = tuple[str, str, str, str, str]
"""Address, title, unit, date, region of a group: what all its records share."""
IndexFact = tuple[int, int, str]
"""Numbers of kind and status (-1: none), deadline."""

_KINDS = {kind: number for number, kind in enumerate(KINDS)}
_STATUSES: dict[Status | None, int] = {None: -1, **{status: number for number, status in enumerate(STATUSES)}}


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexPart:
    """One group, ready to be joined with others; its records as they are numbered, the last one first."""

    url: str
    unit: str
    is_unit: bool
    region: tuple[str, ...]
    year: int
    head: Head
    rows: tuple[IndexRow, ...]
    far: tuple[str, ...]
    """By record: the characters in it that a reader may not know how to fold."""
    facts: tuple[IndexFact, ...]
    topics: tuple[tuple[str, ...], ...]
    units: bytes
    """The folded text of all records, UTF-16, each run ended by CUT."""
    marks: bytes
    """Three int32 a record: where it begins, its label ends, its head ends in `units`."""


def part_of(group: SearchGroup) -> IndexPart:
    """The part of `group`."""
    records = group.records[::-1]
    texts = ["\0".join((*record.runs, *record.also, group.unit, "")) for record in records]
    raw = utf16("".join(texts))
    count = len if len(raw) == sum(map(len, texts)) else length
    rows = tuple(_row(record, count) for record in records)
    units, marks = folded(raw, texts, [(record.label, record.head) for record in records])
    return IndexPart(
        url=group.url,
        unit=group.unit,
        is_unit=group.newest is not None,
        region=group.region,
        year=group.date.year if group.date else 0,
        head=(group.url, group.title, group.unit, group.date.iso if group.date else "", "".join(group.region)),
        rows=rows,
        far=tuple(map(far_in, texts)) if may_be_far(raw) else ("",) * len(rows),
        facts=tuple((kind, status, due) for kind, _, status, due, *_ in rows),
        topics=tuple(record.topics for record in records),
        units=units,
        marks=marks,
    )


def _row(record: SearchRecord, count: Callable[[str], int]) -> IndexRow:
    return (
        _KINDS[record.kind],
        record.url,
        _STATUSES[record.status],
        record.due.iso if record.due else "",
        count(record.label),
        count(record.head),
        record.runs,
        record.also,
    )
