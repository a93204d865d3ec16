"""The marks of issues and follow-ups: status and the words that say it, deadline, what continues what."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Sequence
from typing import NamedTuple

from generator.base.diagnostics import Span
from generator.model.notice import FollowupMarks, IssueMarks, PartialDate, Passage, Status
from generator.model.numbering import label_at
from generator.parser import status
from generator.parser.around import Around
from generator.parser.by_count import open_by_count, place_at, rest_by_headings
from generator.parser.days import Days, said_of_the_past, unsettled
from generator.parser.due import Due, due_around, due_of, promise
from generator.parser.facts import Facts
from generator.parser.items import BodyItem, MarkAnomaly, Place, PlacedStatus, is_blanket, items_of
from generator.parser.leftovers import is_left_in, left_at_end, may_be_of_found, may_be_of_part, open_at_end, plans_rest
from generator.parser.note_marks import decisive, doubted
from generator.parser.still_left import left_in
from generator.parser.text import items_behind, squeezed


class Marked(NamedTuple):
    """The body with the marks of every issue and follow-up, the deadlines that were inferred, and where marks stand."""

    body: tuple[Passage, ...]
    inferred: tuple[str, ...]
    evidence: tuple[tuple[str, Span], ...]
    mark_anomalies: tuple[MarkAnomaly, ...]


def marked(body: Sequence[Passage], starts: Sequence[int], facts: Facts) -> Marked:
    """The marks of a body's issues and follow-ups: status with its quote, deadline, what continues what."""
    items = items_of(body)
    issues = [item for item in items if item.is_issue]
    followups = [item for item in items if not item.is_issue]
    stated = facts.stated
    is_unfinished = bool(stated.issues and stated.done and stated.done < stated.issues)
    days = Days(facts.dates.feedback or facts.dates.end or facts.published, facts.published)
    after = days.after
    new = list(body)
    inferred: list[str] = []
    places: list[tuple[str, Place]] = []
    continued: dict[str, BodyItem] = {}
    titles = {item.name: item for item in reversed(issues)} if followups else {}

    def keep(path: str, due: Due | None) -> None:
        if due is not None:
            places.append((path, due.place))
            inferred.extend([path] if due.is_damaged else [])

    for item in followups:
        issue = _same_title(item.name, titles)
        refers_to = issue.head.anchor if issue else None
        due = due_of(item, ("deadline",), after) or due_of(item, ("next",), after) or promise(item, days)
        keep(f"followups.{item.head.anchor}.deadline", due)
        marks = FollowupMarks(deadline=due.date if due else None, refers_to=refers_to)
        new[item.at] = _marked(item.head, marks)
        if refers_to is not None:
            continued.setdefault(refers_to, item._replace(head=new[item.at]))
    is_all_told = all(_same_title(item.name, titles) for item in followups)
    followed = (
        frozenset(item.at for item in issues if item.head.anchor in continued) if is_all_told else frozenset[int]()
    )
    around = Around.of(
        body,
        items,
        is_unfinished=is_unfinished,
        inspector=facts.inspector,
        followed=followed,
        unsettled=unsettled(body, days) | doubted(body),
    )
    _doubt_headings(body, issues, around, days)
    reads = [(item, continued.get(item.head.anchor or "")) for item in issues]
    read = [_read(item, follow, around, days) for item, follow in reads]
    read = [
        (said, due or due_around(item, said, around, days, body))
        for (item, _), (said, due) in zip(reads, read, strict=True)
    ]
    done_at = next((span.start for path, span in facts.evidence if path == "stated.done"), None)
    counted = open_by_count(
        [said for said, _ in read], stated, None if done_at is None else place_at(done_at, body, starts), body
    )
    by_headings = rest_by_headings(issues, [said for said, _ in read], body)
    for index, ((item, follow), (own, due)) in enumerate(zip(reads, read, strict=True)):
        said = own if own.status != "unstated" else by_headings.get(index) or counted or own
        if said.place is not None:
            places.append((f"issues.{item.head.anchor}.status_quote", said.place))
        keep(f"issues.{item.head.anchor}.deadline", due)
        own_marks = IssueMarks(
            status=said.status,
            quote=said.place.of(body) if said.place else None,
            deadline=due.date if due else _deadline_of(follow),
        )
        new[item.at] = _marked(item.head, own_marks)
    free = sum(map(is_blanket, body))
    for number, index in enumerate(sorted(around.spread), free + 1):
        new[index] = new[index]._replace(anchor=f"b{number}")
    evidence = tuple((path, place.in_text(body, starts)) for path, place in places)
    return Marked(tuple(new), tuple(inferred), evidence, tuple(around.mark_anomalies))


def _doubt_headings(body: Sequence[Passage], issues: Sequence[BodyItem], around: Around, days: Days) -> None:
    """Take no heading's word that all beneath it is done where something there is said to be unfinished."""
    for at in [at for at, said in around.headings.items() if said == "done"]:
        inside = [item for item in issues if at in item.above]
        own = (_own_status(item, around, days) for item in inside)
        if any(said is not None and said.status == "ongoing" for said in own) or _is_open_below(body, at):
            del around.headings[at]
            around.mark_anomalies.append(MarkAnomaly("blanket-unclear", Place(at), _CONTRADICTED))


_CONTRADICTED = "称所列问题均已完成，而其中有正在整改的，各问题未据此标注状态。"
_REMARK = 24
"""No remark that says how far something is, and nothing else, is longer."""


def _is_open_below(body: Sequence[Passage], at: int) -> bool:
    """Whether a remark below a heading says that something is unfinished: 【正在推进】."""
    for passage in items_behind(body, at):
        if passage.role == "heading" and passage.level <= body[at].level:
            return False
        remark = passage.words.strip("【】[]（）() ")
        is_remark = passage.role in ("prose", "response", "status") and len(remark) <= _REMARK
        if is_remark and status.decisive(remark) in ("ongoing", "long-term") and not passage.label:
            return True
    return False


def _marked(head: Passage, marks: IssueMarks | FollowupMarks) -> Passage:
    return Passage(
        words=head.words, role=head.role, label=head.label, level=head.level, run_on=head.run_on,
        anchor=head.anchor, marks=marks,
    )  # fmt: skip


def _read(item: BodyItem, follow: BodyItem | None, around: Around, days: Days) -> tuple[PlacedStatus, Due | None]:
    """The status of an issue and its deadline.

    An answer that promises a date to come is not done, whatever a blanket sentence says of all issues.
    """
    said = _status(item, follow, around, days)
    if said.is_open:
        known = days if days.published else days._replace(published=days.after)  # an open issue's days are to come
        return said, due_of(item, ("deadline", "status", "next"), days.after) or promise(item, known)
    due = due_of(item, ("deadline",), days.after)
    if due is not None:
        is_unsettled = any(index in around.unsettled for index, _ in item.last_first("status"))
        is_open = said.status == "unstated" and days.is_to_come(due.date) and not is_unsettled
        return (PlacedStatus("ongoing", Place(due.place.at)) if is_open else said), due
    due = None if said.is_own else promise(item, days)
    if due is None or not days.is_to_come(due.date):
        return said, None
    return PlacedStatus("ongoing", due.place), due


def _status(item: BodyItem, follow: BodyItem | None, around: Around, days: Days) -> PlacedStatus:
    """The status of an issue; none that is sure, where a part behind it may call unfinished what is called finished."""
    said = _said(item, follow, around, days)
    named = around.named.get(item.at)
    if said.status != "done" or named is None or named.place is None or not named.is_taken_back:
        return said
    around.mark_anomalies.append(MarkAnomaly("status-unclear", named.place, _TAKEN_BACK))
    return PlacedStatus("unstated")


_TAKEN_BACK = "又说到称已完成的问题，可能尚未整改到位，所涉问题的状态作未注明。"


def _said(item: BodyItem, follow: BodyItem | None, around: Around, days: Days) -> PlacedStatus:
    """The status of an issue by the words of its own, else by what stands around it."""
    if follow is not None:
        return PlacedStatus("ongoing", Place(follow.at), is_own=True)
    named = around.named.get(item.at)
    if named is not None and named.is_open:
        return named
    own = _own_status(item, around, days) or _said_by_deadline(item)
    if own is not None and own.status != "unstated":
        return own
    told = own or _status_around(item, around)
    if told.status == "unstated":
        return _said_in(list(item.last_first("response")), days, left_in) or _open_at_end(item) or told
    left = _left_at_end(item) if told.status == "done" and not told.is_own else None
    if left is None:
        return told
    around.mark_anomalies.append(MarkAnomaly("status-unclear", left, _LEFT_BY_ITS_ANSWER))
    return PlacedStatus("unstated")


_LEFT_BY_ITS_ANSWER = "说到多个问题的话称已完成，而这一项的整改情况末尾可能说有未完成的，状态作未注明。"


def _left_at_end(item: BodyItem) -> Place | None:
    """The last words of an answer that say what is left, whatever a sentence about all issues says."""
    index, answer = next(item.last_first("response"), (0, None))
    left = left_at_end(answer.words) if answer else None
    return Place(index, left) if left else None


def _open_at_end(item: BodyItem) -> PlacedStatus | None:
    """What the last words of an answer say is under way, where nothing else says how far the issue is."""
    index, answer = next(item.last_first("response"), (0, None))
    said = open_at_end(answer.words) if answer else None
    return PlacedStatus("ongoing", Place(index, said), is_own=True) if said else None


def _said_by_deadline(item: BodyItem) -> PlacedStatus | None:
    """What stands in the place of a day: 整改时限：长期坚持, or behind it: 2024年6月（已完成）, 立行立改，已完成."""
    for index, passage in item.last_first("deadline"):
        marked = status.bracketed_in(passage.words)
        if marked is not None:
            return PlacedStatus(marked.status, Place(index, marked.span), is_own=True)
        said = status.decisive(passage.words)
        is_told = said in ("ongoing", "long-term") or (said == "done" and "已" in passage.words)
        if said is not None and is_told and not any(sign.isdigit() for sign in passage.words):
            return PlacedStatus(said, Place(index), is_own=True)
        behind = status.behind_a_day(passage.words)
        if behind is not None:
            return PlacedStatus(behind.status, Place(index, behind.span), is_own=True)
    return None


def _own_status(item: BodyItem, around: Around, days: Days) -> PlacedStatus | None:
    """What the issue's own words say: its status passages, its title, its answer. What is open there stays open."""
    said = _said_by_passages(item, around, days)
    found = said or _said_by_answers(item, days)
    if found is None:
        return None
    is_left = found.status == "done" and (
        is_left_in(_behind(item, found.place))
        or any(status.is_open_inside(p.words) for _, p in item.last_first("response"))
        or (said is not None and any(is_left_in(p.words) for _, p in item.left_over()))
        or (said is not None and any(plans_rest(p.words) for _, p in item.last_first("next")))
    )
    return PlacedStatus("unstated") if is_left else found._replace(place=found.place if said is None else None)


def _said_by_passages(item: BodyItem, around: Around, days: Days) -> PlacedStatus | None:
    """What the status passages of an issue say; the place is that of the last."""
    found = [
        (_as_of_now(said, index, passage, around, days), index)
        for index, passage in item.last_first("status")
        if index not in around.spread
        and (said := decisive(passage.words))
        and not (said == "done" and _may_be_of_less(item, index, around))
    ]
    worst: Status = next((one for one, _ in found if one != "done"), "done")
    if len(found) > 1 and all(_is_of_item(item, index) for _, index in found):
        worst = next((one for one, _ in found if one == "ongoing"), worst)  # 1.…正在推进。2.…需长期坚持。
    return PlacedStatus(worst, Place(found[0][1]), is_own=True) if found else None


def _as_of_now(said: Status, index: int, passage: Passage, around: Around, days: Days) -> Status:
    """What a status sentence says, if that can be so on the day of the notice."""
    if said == "ongoing" and not passage.label:
        return said_of_the_past(passage.words, days) or said
    if said != "done" or (index not in around.unsettled and days.holds(passage.words)):
        return said
    return "unstated" if index in around.unsettled else "ongoing"


def _is_of_item(item: BodyItem, index: int) -> bool:
    """Whether a closing sentence is that of a numbered item of the answer: 2.修订办法。已完成整改。"""
    at = index - item.at - 1
    return bool(at) and item.below[at].run_on and label_at(item.below[at - 1].words) is not None


def _behind(item: BodyItem, place: Place | None) -> str:
    """The words of the answer behind those that say the status; none behind a label, or a mark of the title."""
    at = place.at - item.at if place else 0
    said = item.below[at - 1] if at else None
    is_mark = said is not None and said.role == "status" and (bool(said.label) or at == 1)
    if place is None or said is None or said.role == "finding" or is_mark:
        return ""
    here = said.words[place.span.end :] if place.span else ""
    return "。".join((here, *(passage.words for passage in item.below[at:] if passage.role in _ANSWERING)))


def _said_by_answers(item: BodyItem, days: Days) -> PlacedStatus | None:
    """What its title and its answers say."""
    answer = [(index, passage) for index, passage in item.last_first("response") if passage.words]
    return (
        _said_in([(item.at, item.head)], days, status.bracketed_in)
        or _said_in([(i, p) for i, p in item.last_first("finding") if len(p.words) < _MARK], days, status.bracketed_in)
        or _said_in(answer[:1], days, status.last_clause_of, *_BEGINNING)
        or _said_in(answer[1:][-1:], days, *_BEGINNING)
        or _said_in(answer[:1], days, status.sentence_in)
        or _said_to_be_left(item, days)
    )


def _said_to_be_left(item: BodyItem, days: Days) -> PlacedStatus | None:
    """What is said to be unfinished behind the answer: 存在不足：办法尚未出台，问题仍在整改中."""
    said = _said_in(list(item.left_over()), days, status.closing_of, status.last_clause_of, status.sentence_in)
    return said if said is not None and said.is_open else None


def _may_be_of_less(item: BodyItem, index: int, around: Around) -> bool:
    """Whether a closing sentence may speak of what was found on the way: …发现问题58个。以上问题已整改完成。"""
    at = index - item.at - 1
    passage, before = item.below[at], item.below[at - 1] if at else None
    is_answer = before is not None and before.role == "response" and not passage.label
    if before is not None and is_answer and status.is_of_many(passage.words) and left_at_end(before.words) is not None:
        return True  # 持续推进停车场建设。以上问题均已整改完成。
    if before is None or before.role != "response" or not passage.run_on or passage.label:
        return False
    if not before.words or status.is_mark(passage.words):  # 整改情况：已完成。清退…; …均完成整改。（已完成）
        return False
    is_of_found = squeezed(passage.words) not in around.formulas and may_be_of_found(passage.words, before.words)
    is_last = all(below.role != "response" for below in item.below[at + 1 :])
    return is_of_found or may_be_of_part(passage.words, before.words, is_last=is_last)


def _status_around(item: BodyItem, around: Around) -> PlacedStatus:
    if around.unfinished and len(item.name) >= _SHORTEST_NAME:
        for place, sentence, names in around.unfinished:
            if item.name in sentence or any(item.name.startswith(name) for name in names):
                return PlacedStatus("ongoing", place, is_own=True)
    told = around.rest.get(item.at)
    for index in reversed(item.above):
        of_title = around.headings.get(index)
        if of_title is not None and (told is None or of_title != "done"):
            return PlacedStatus(of_title, Place(index))
    return told or around.named.get(item.at) or PlacedStatus("unstated")


_ANSWERING = ("response", "status", "reason", "finding")
_SHORTEST_NAME = 6
_MARK = 26
"""A finding that is shorter may be a mark behind the title: …的问题。（正在整改）"""
_BEGINNING = (status.bracketed_in, status.first_clause_of)


def _said_in(
    passages: Sequence[tuple[int, Passage]], days: Days, *clauses: Callable[[str], status.StatedStatus | None]
) -> PlacedStatus | None:
    """What the first of the clauses that a passage has says of its issue."""
    for index, passage in passages:
        for clause_of in clauses:
            if clause := clause_of(passage.words):
                holds = clause.status != "done" or days.holds(clause.span.of(passage.words))
                return PlacedStatus(clause.status if holds else "ongoing", Place(index, clause.span), is_own=True)
    return None


_MANY = 300
"""Issues and sentences that are compared with each other: more than a notice has, so that the cost stays linear."""


def _same_title(name: str, titles: dict[str, BodyItem]) -> BodyItem | None:
    """The issue whose title is the same, or nearly: one holds the other, or nine tenths agree."""
    if name in titles:
        return titles[name]
    if len(titles) > _MANY:
        return None
    for other, item in titles.items():
        if len(name) >= 6 and len(other) >= 6 and (name in other or other in name):
            return item
    near = difflib.get_close_matches(name, titles, n=1, cutoff=0.85)
    return titles[near[0]] if near else None


def _deadline_of(follow: BodyItem | None) -> PartialDate | None:
    marks = follow.head.marks if follow else None
    return marks.deadline if isinstance(marks, FollowupMarks) else None
