"""What the runs of a notice are: headings, issues, roles, levels. No function here changes a character of the words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from generator.base.diagnostics import Span
from generator.desk.places import GuardedPlace, RefusedAct, cut, free_anchor, index_at, index_of, indexes_at, isolated
from generator.model.notice import (
    ROLES,
    Edit,
    FollowupMarks,
    IssueMarks,
    Notice,
    Passage,
    Role,
    Status,
)
from generator.model.numbering import label_at
from generator.model.proof import Alignment
from generator.parser.status import decisive

RANK: tuple[Status, ...] = ("unstated", "ongoing", "long-term", "done")
"""A status that says more stands behind one that says less."""


def with_body(notice: Notice, body: Sequence[Passage]) -> Notice:
    """The notice with another body.

    An issue that lost the words of its status is `unstated`, for a status is never better than the words; where facts
    of an item stand that is none any more is forgotten.
    """
    after = replace(notice, body=tuple(body))
    settled = _without_lost_status(notice, after)
    after = after if settled == after.body else replace(after, body=settled)
    gone = tuple(_items(notice) - _items(after))
    if not gone:
        return after
    return after.replace(
        inferred=tuple(path for path in after.inferred if not path.startswith(gone)),
        evidence=tuple(row for row in after.evidence if not row[0].startswith(gone)),
    )


def _items(notice: Notice) -> set[str]:
    """How the paths of facts begin that speak of its issues and follow-ups."""
    return {f"issues.{one.id}." for one in notice.issues} | {f"followups.{one.id}." for one in notice.followups}


def _without_lost_status(before: Notice, after: Notice) -> tuple[Passage, ...]:
    had = {issue.id: issue.status_quote for issue in before.issues}
    body = list(after.body)
    for issue in after.issues:
        marks = body[issue.at].marks
        if issue.status_quote is None and issue.status != "unstated" and had.get(issue.id):
            body[issue.at] = body[issue.at]._replace(marks=replace(marks, status="unstated"))  # type: ignore[type-var]
    return tuple(body)


def mark_heading(notice: Notice, at: GuardedPlace, level: int) -> Notice:
    """The passage becomes a heading that opens no item."""
    return _as_heading(notice, at, level, "s", None)


def mark_issue(notice: Notice, at: GuardedPlace, level: int) -> Notice:
    """The passage becomes the heading of an issue; its status is what the run of status below it says, else none."""
    return _as_heading(notice, at, level, "i", IssueMarks())


def mark_followup(notice: Notice, at: GuardedPlace, of: str | None) -> Notice:
    """The passage becomes a follow-up, of an issue or of none."""
    if of is not None and of not in {issue.id for issue in notice.issues}:
        raise RefusedAct("no-issue", of)
    return _as_heading(notice, at, 0, "f", FollowupMarks(refers_to=of))


def _as_heading(
    notice: Notice, at: GuardedPlace, level: int, kind: str, marks: IssueMarks | FollowupMarks | None
) -> Notice:
    """`level` 0: that of the last heading with such a number, else one below the heading above."""
    if not 0 <= level <= 5:
        raise RefusedAct("level", str(level))
    body, index = isolated(notice, at.span(notice.text))
    old = body[index]
    number = label_at(old.text)
    label = old.label if old.role == "heading" else old.text[: number.end] if number else ""
    kept = _kept_marks(old.marks, marks)
    body[index] = Passage(
        words=old.text[len(label) :],
        role="heading",
        label=label,
        level=level or old.level or _fitting_level(body, index, label),
        run_on=old.run_on,
        anchor=old.anchor or free_anchor(body, kind),
        marks=kept,
    )
    if isinstance(kept, IssueMarks) and kept is not old.marks:
        body[index] = body[index]._replace(marks=IssueMarks(status=_said_below(body, index)))
    return with_body(notice, body)


def _kept_marks(
    old: IssueMarks | FollowupMarks | None, new: IssueMarks | FollowupMarks | None
) -> IssueMarks | FollowupMarks | None:
    """The marks of what an item becomes; what it is already keeps those that it has."""
    if isinstance(old, FollowupMarks) and isinstance(new, FollowupMarks):
        return replace(old, refers_to=new.refers_to or old.refers_to)
    return old if isinstance(old, IssueMarks) and isinstance(new, IssueMarks) else new


def _said_below(body: Sequence[Passage], index: int) -> Status:
    said = [body[at].words for at in _below(body, index) if body[at].role == "status"]
    return (decisive(said[-1]) or "unstated") if said else "unstated"


def _below(body: Sequence[Passage], index: int) -> Iterator[int]:
    """The passages of an item: those up to the next heading."""
    for at in range(index + 1, len(body)):
        if body[at].role == "heading":
            return
        yield at


def _fitting_level(body: Sequence[Passage], index: int, label: str) -> int:
    mine = label_at(label)
    above = [one for one in body[:index] if one.role == "heading"]
    for one in reversed(above):
        style = label_at(one.label)
        if mine and style and style.style == mine.style:
            return one.level
    return min(5, above[-1].level + 1) if above else 1


def mark_role(notice: Notice, at: GuardedPlace, role: Role) -> Notice:
    """The run, or the runs, become what `role` says; those after them keep theirs. A heading keeps its anchor."""
    if role not in ROLES - {"heading", "title"}:
        raise RefusedAct("role", role)
    span = at.span(notice.text)
    if len(indexes_at(notice, span)) == 1:
        body, index = isolated(notice, span)
        chosen = range(index, index + 1)
    else:
        body, chosen = list(notice.body), indexes_at(notice, span)
    for index in chosen:
        body[index] = body[index]._replace(role=role, level=0, marks=None)
    return with_body(notice, body)


def set_level(notice: Notice, anchor: str, level: int, *, with_below: bool) -> Notice:
    """A heading one or more levels up or down, with the headings below it or without them."""
    index = index_of(notice, anchor)
    head = notice.body[index]
    if head.role != "heading":
        raise RefusedAct("no-heading", anchor)
    body, step = list(notice.body), level - head.level
    for at in range(index, len(body)):
        one = body[at]
        if at > index and one.role == "heading" and (one.level <= head.level or not with_below):
            break
        if one.role == "heading":
            if not 1 <= one.level + step <= 5:
                raise RefusedAct("level", one.text)
            body[at] = one._replace(level=one.level + step)
    return with_body(notice, body)


def set_label(notice: Notice, at: GuardedPlace, length: int) -> Notice:
    """How many characters at the start of a passage are its number or role label."""
    index = index_at(notice, at.span(notice.text))
    one = notice.body[index]
    if not 0 <= length <= len(one.text) or (not length and one.text[:1].isspace()):
        raise RefusedAct("label", one.text)
    body = list(notice.body)
    body[index] = one._replace(label=one.text[:length], words=one.text[length:])
    return with_body(notice, body)


def split(notice: Notice, at: GuardedPlace) -> Notice:
    """The run cut where the place begins; white space there stays with the first part."""
    start = at.span(notice.text).start
    index = index_at(notice, Span(start, at.end))
    one, base = notice.body[index], notice.starts[index]
    parts = cut(one, [start - base + len(at.words) - len(at.words.lstrip())])
    if len(parts) == 1 or not parts[0].text.strip():
        raise RefusedAct("nothing-to-split", one.text)
    return with_body(notice, [*notice.body[:index], *parts, *notice.body[index + 1 :]])


def join(notice: Notice, at: GuardedPlace, source: str | None) -> Notice:
    """The passage joined to the one above: a run in its paragraph, or a line, which is an edit of its own.

    `source` is the text of the source, in which the line break of that edit has its place.
    """
    index = index_at(notice, at.span(notice.text))
    if not index:
        raise RefusedAct("first")
    above, one = notice.body[index - 1], notice.body[index]
    if one.run_on:
        if one.role == "heading":
            raise RefusedAct("heading-in-run", one.text)
        return with_body(notice, [*notice.body[: index - 1], _one_run(above, one), *notice.body[index + 1 :]])
    body = list(notice.body)
    body[index] = one._replace(run_on=True)
    if one.role == above.role and one.role != "heading" and not one.label and not one.anchor:
        body[index - 1 : index + 1] = [_one_run(above, one)]
    edits = (*notice.edits, _line_edit(notice, notice.starts[index], source))
    gap = notice.starts[index] - 1
    shifted = shift(notice, Span(gap, gap + 1), 0)
    return with_body(shifted.replace(edits=edits), body)


def _one_run(above: Passage, one: Passage) -> Passage:
    if above.anchor and one.anchor:
        raise RefusedAct("two-anchors", one.text)
    return above._replace(words=above.words + one.text, anchor=above.anchor or one.anchor)


def _line_edit(notice: Notice, start: int, source: str | None) -> Edit:
    """The edit that took the line break before a place of the text away."""
    try:
        place = Alignment(source or "", notice.edits, notice.text).span(Span(start, start + 1)).start
    except ValueError:  # no source, or words that were fixed: the edit has no place in it
        return Edit(kind="line-joined", line=0, before="\n", after="")
    source = source or ""
    begin = place
    while begin and source[begin - 1].isspace():
        begin -= 1
    line = source.count("\n", 0, place) + 1
    taken = any(e.start is not None and e.start < place and begin < e.start + len(e.before) for e in notice.edits)
    if taken or "\n" not in source[begin:place]:
        return Edit(kind="line-joined", line=line, before="\n", after="")
    return Edit(kind="line-joined", line=line, before=source[begin:place], after="", start=begin)


def shift(notice: Notice, span: Span, size: int) -> Notice:
    """The notice with evidence and doubts where they stand once the words of a span are `size` characters long.

    Those that touch the span are gone: their words are others.
    """
    step = size - (span.end - span.start)

    def moved(one: Span) -> Span | None:
        if one.end <= span.start:
            return one
        return Span(one.start + step, one.end + step) if one.start >= span.end else None

    kept = ((fact, moved(place)) for fact, place in notice.evidence)
    doubts = ((one, moved(one.span) if one.span else None) for one in notice.anomalies)
    return notice.replace(
        evidence=tuple((fact, place) for fact, place in kept if place),
        anomalies=tuple(replace(one, span=to) for one, to in doubts if to or not one.span),
    )


def merge_issue(notice: Notice, anchor: str) -> Notice:
    """The heading becomes what was found by the issue above, and keeps its anchor; of two statuses the lesser stays."""
    index = index_of(notice, anchor)
    one = notice.body[index]
    if one.role != "heading":
        raise RefusedAct("no-heading", anchor)
    above = next((at for at in range(index - 1, -1, -1) if notice.body[at].role == "heading"), None)
    marks = notice.body[above].marks if above is not None else None
    if above is None or not isinstance(marks, IssueMarks):
        raise RefusedAct("no-issue-above", one.text)
    body = list(notice.body)
    body[index] = one._replace(role="finding", level=0, marks=None)
    if isinstance(one.marks, IssueMarks) and RANK.index(one.marks.status) < RANK.index(marks.status):
        body[above] = body[above]._replace(marks=replace(marks, status=one.marks.status, quote=one.marks.quote))
    return with_body(notice, body)
