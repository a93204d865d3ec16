"""Facts of a notice and its issues that a person sets: a value, the words that prove it, and whether it is inferred."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from generator.base.dates import PartialDate
from generator.base.diagnostics import Span
from generator.desk.places import GuardedPlace, RefusedAct, free_anchor, index_of, indexes_at, isolated
from generator.desk.structure import RANK, with_body
from generator.model.notice import FollowupMarks, IssueMarks, Notice, Passage, Region, Stated, Status
from generator.parser.region import gazetteer
from generator.parser.slugs import slug


def set_status(notice: Notice, anchor: str, status: Status, quote: GuardedPlace | None) -> Notice:
    """The status of an issue and the words that say it.

    Words of the issue itself become its run of status; others are quoted at its heading. One that says more than the
    issue had must name words. Raises RefusedAct.
    """
    index, marks = _issue(notice, anchor)
    issue = next(one for one in notice.issues if one.at == index)
    if quote is None:
        if RANK.index(status) > RANK.index(marks.status) and not issue.status_quote:
            raise RefusedAct("no-evidence", issue.title)
        return _with_marks(notice, index, replace(marks, status=status))
    span = quote.span(notice.text)
    words = span.of(notice.text).strip()
    if _is_below(notice, index, span):
        body, at = isolated(notice, span)
        body[at] = body[at]._replace(role="status", level=0, marks=None)
        found = body[index].marks
        said = [one.words for one in body[index + 1 : at + 1] if one.role == "status"]
        last = _last_status(body, index)
        told = None if last == at and said else words
        body[index] = body[index]._replace(marks=replace(found, status=status, quote=told))  # type: ignore[type-var]
        return with_body(notice, body)
    body = list(notice.body)
    body[index] = body[index]._replace(marks=replace(marks, status=status, quote=words))
    at = next((n for n, one in enumerate(body) if one.words == words and one.role != "heading"), -1)
    if at >= 0 and body[at].anchor is None and body[at].role != "title":
        body[at] = body[at]._replace(anchor=free_anchor(body, "b"))
    return with_body(notice, body)


def _last_status(body: list[Passage], index: int) -> int:
    last = -1
    for at in range(index + 1, len(body)):
        if body[at].role == "heading":
            break
        last = at if body[at].role == "status" else last
    return last


def _is_below(notice: Notice, index: int, span: Span) -> bool:
    """Whether a span lies in one run below a heading and above the next one."""
    touched = indexes_at(notice, span)
    end = next((n for n in range(index + 1, len(notice.body)) if notice.body[n].role == "heading"), len(notice.body))
    return len(touched) == 1 and index < touched[0] < end


def _issue(notice: Notice, anchor: str) -> tuple[int, IssueMarks]:
    index = index_of(notice, anchor)
    marks = notice.body[index].marks
    if not isinstance(marks, IssueMarks):
        raise RefusedAct("no-issue", anchor)
    return index, marks


def _with_marks(notice: Notice, index: int, marks: IssueMarks | FollowupMarks) -> Notice:
    body = list(notice.body)
    body[index] = body[index]._replace(marks=marks)
    return with_body(notice, body)


def set_deadline(
    notice: Notice, anchor: str, date: PartialDate | None, quote: GuardedPlace | None, *, inferred: bool
) -> Notice:
    """The deadline of an issue or a follow-up, and where the words say it."""
    index = index_of(notice, anchor)
    marks = notice.body[index].marks
    if marks is None:
        raise RefusedAct("no-issue", anchor)
    kind = "issues" if isinstance(marks, IssueMarks) else "followups"
    changed = _with_marks(notice, index, replace(marks, deadline=date))
    return _proved(changed, f"{kind}.{anchor}.deadline", quote, inferred=inferred and date is not None)


def set_responsible(notice: Notice, anchor: str, at: GuardedPlace | None) -> Notice:
    """Who is responsible for an issue, in the words of the notice; None: nobody is named at its heading."""
    index, marks = _issue(notice, anchor)
    words = at.span(notice.text).of(notice.text).strip() if at else None
    return _with_marks(notice, index, replace(marks, responsible=words))


def set_topics(notice: Notice, anchor: str, names: tuple[str, ...] | None) -> Notice:
    """The topics of an issue, set by hand; None: by rule."""
    index, marks = _issue(notice, anchor)
    bad = next((name for name in names or () if not name.strip() or any(sign in name for sign in ",，")), None)
    if bad is not None:
        raise RefusedAct("topic", bad)
    return _with_marks(notice, index, replace(marks, topics=names))


def _proved(notice: Notice, path: str, quote: GuardedPlace | None, *, inferred: bool) -> Notice:
    """The notice with where a fact stands in its words, and whether it had to be inferred."""
    evidence = [row for row in notice.evidence if row[0] != path]
    if quote is not None:
        evidence.append((path, quote.span(notice.text)))
    paths = [one for one in notice.inferred if one != path]
    return notice.replace(evidence=tuple(evidence), inferred=tuple([*paths, path] if inferred else paths))


# ------------------------------------------------------------------------------------------------- front matter


def _text(value: str) -> str | None:
    return value.strip() or None


def _date(value: str) -> PartialDate | None:
    try:
        return PartialDate.parse(value.strip()) if value.strip() else None
    except ValueError as error:
        raise RefusedAct("date", value) from error


def _count(value: str) -> int | None:
    if value.strip() and not (value.strip().isascii() and value.strip().isdecimal() and len(value) < 16):
        raise RefusedAct("number", value)
    return int(value) if value.strip() else None


def _amount(value: str) -> float | None:
    try:
        found = float(value) if value.strip() else None
    except ValueError as error:
        raise RefusedAct("number", value) from error
    if found is not None and not 0 <= found < 1 << 53:
        raise RefusedAct("number", value)
    return found


def _list(value: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.strip() for one in value.replace("\r", "").split("\n") if one.strip()))


def region_of_code(value: str) -> Region | None:
    """The region of a code of GB/T 2260, two to six digits. Raises RefusedAct for one that there is not."""
    code = value.strip()
    if not code:
        return None
    places = gazetteer()
    while len(code) > 2 and code.endswith("00") and code not in places.names:
        code = code[:-2]
    if code not in places.names:
        raise RefusedAct("region", value)
    return places.region(code)


Convert = Callable[[str], Any]
PATHS: Mapping[str, Convert] = {
    "title": lambda value: value.strip(),
    "unit.name": lambda value: value.strip(),
    "unit.region": region_of_code,
    **{f"inspection.{name}": _text for name in ("inspector", "kind", "round", "printed")},
    **{f"inspection.{name}": _date for name in ("start", "end", "feedback")},
    "published": _date,
    **{f"stated.{name}": _count for name in Stated.__slots__ if name != "money"},
    "stated.money": _amount,
    **{f"contact.{name}": _list for name in ("phones", "emails", "unread")},
    **{f"contact.{name}": _text for name in ("address", "postcode")},
}
"""The facts that a person may set, and what becomes of what he types; empty: the notice does not say it. Lists: a
line each."""


def value_of(notice: Notice, path: str) -> Any:
    """The fact at a path of `PATHS`."""
    found: Any = notice
    for name in path.split("."):
        found = getattr(found, name)
    return found


def set_fact(notice: Notice, path: str, value: str, quote: GuardedPlace | None, *, inferred: bool) -> Notice:
    """A fact of the front matter, where the words say it, and whether it had to be inferred."""
    if path not in PATHS:
        raise RefusedAct("fact", path)
    typed = PATHS[path](value)
    if typed == "":
        raise RefusedAct("empty", path)
    head, _, name = path.partition(".")
    changed: Any = typed
    if name:
        record: Any = getattr(notice, head)
        changed = replace(record, **{name: typed})
        if path == "unit.name" and slug(notice.unit.name) == notice.unit.id:
            changed = replace(changed, id=slug(typed) or notice.unit.id)  # the address of the unit's page goes with it
    return _proved(notice.replace(**{head: changed}), path, quote, inferred=inferred and typed not in (None, ()))
