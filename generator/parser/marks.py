"""The marks of issues and follow-ups: status and the words that say it, deadline, what continues what."""

from __future__ import annotations

import difflib
import itertools
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from generator.base.diagnostics import Span
from generator.model.notice import FollowupMarks, IssueMarks, PartialDate, Passage, Role, Status, title_of
from generator.parser import status
from generator.parser.body import Piece
from generator.parser.deadlines import labelled, promised
from generator.parser.facts import Facts
from generator.parser.lines import core
from generator.parser.text import sentences

_MOST_UNFINISHED = 20
"""Sentences above the issues that are asked whether they name one."""
_UNFINISHED = re.compile(r"(?:尚|仍|还)?未完成")


def with_blanket(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces with the sentence about all issues at once, when one stands above them, cut out as a passage `b1`."""
    for index, piece in enumerate(pieces):
        passage = piece.passage
        if isinstance(passage.marks, IssueMarks):
            break
        if passage.role == "prose" and (said := status.blanket_in(passage.words)):
            return [*pieces[:index], *_cut_out(piece, said.span), *pieces[index + 1 :]]
    return list(pieces)


def _cut_out(piece: Piece, span: Span) -> list[Piece]:
    """The piece in up to three, the part `span` of its words with the anchor `b1`."""
    words, shift = piece.passage.words, piece.end - len(piece.passage.words)
    cuts = [(0, span.start, None), (span.start, span.end, "b1"), (span.end, len(words), None)]
    parts: list[Piece] = []
    for start, end, anchor in cuts:
        text = words[start:end].strip()
        if not text:
            continue
        begin = words.index(text, start)
        passage = Passage(
            words=text, role=piece.passage.role, anchor=anchor, run_on=bool(parts) or piece.passage.run_on,
            label="" if parts else piece.passage.label,
        )  # fmt: skip
        parts.append(Piece(passage, piece.paragraph, shift + begin, shift + begin + len(text), piece.line))
    return parts


class _Item(NamedTuple):
    """An issue or follow-up in the body: its heading, and the passages under it."""

    at: int
    head: Passage
    below: tuple[Passage, ...]
    above: tuple[int, ...]
    """Indices of the headings above it, outermost first."""

    def last_first(self, *roles: Role) -> Iterator[tuple[int, Passage]]:
        """The passages of `roles` under the heading, each with its index in the body, the last one first."""
        for offset in range(len(self.below) - 1, -1, -1):
            if self.below[offset].role in roles:
                yield self.at + 1 + offset, self.below[offset]


class _Place(NamedTuple):
    """Words of the body: a part of a passage, or all of it (of a heading, its title)."""

    at: int
    span: Span | None = None

    def of(self, body: Sequence[Passage]) -> str:
        """The words."""
        passage = body[self.at]
        if self.span is not None:
            return self.span.of(passage.words)
        return title_of(passage) if passage.role == "heading" else passage.words

    def in_text(self, body: Sequence[Passage], starts: Sequence[int]) -> Span:
        """Where they stand in the notice's text."""
        passage = body[self.at]
        first = starts[self.at] + len(passage.label) + (self.span.start if self.span else 0)
        return Span(first, first + len(self.of(body)))


class _Said(NamedTuple):
    """A status, and the place that says it when that is not a status sentence of the issue."""

    status: Status
    place: _Place | None = None
    is_own: bool = False
    """Said of this issue alone."""

    @property
    def is_open(self) -> bool:
        """Whether something is left to do."""
        return self.status in ("ongoing", "long-term")


class _Due(NamedTuple):
    """A deadline and its place."""

    date: PartialDate
    place: _Place
    is_damaged: bool


class Marked(NamedTuple):
    """The body with the marks of every issue and follow-up, the deadlines that were inferred, and where marks stand."""

    body: tuple[Passage, ...]
    inferred: tuple[str, ...]
    evidence: tuple[tuple[str, Span], ...]


@dataclass(frozen=True, slots=True)
class _Around:
    """What the notice says of its issues outside of them."""

    blanket: _Place | None
    """The sentence that says the status of all."""
    unfinished: tuple[tuple[_Place, str], ...]
    """Sentences that name unfinished issues (尚未完成整改2条,一是…;二是…, FORMATS d), and their words without marks."""

    headings: dict[int, Status]
    """What a heading that is no issue and no follow-up says of all beneath it, by its index."""

    @classmethod
    def of(cls, body: Sequence[Passage]) -> _Around:
        """What stands around the issues of a body."""
        blanket = next((_Place(index) for index, passage in enumerate(body) if passage.anchor == "b1"), None)
        above = itertools.takewhile(lambda passage: passage.marks is None, body)
        places = (
            _Place(index, Span(found.start(), span.end))
            for index, passage in enumerate(above)
            if passage.role == "prose" and "未完成" in passage.words
            for span in sentences(passage.words, "。")
            if (found := _UNFINISHED.search(passage.words, span.start, span.end))
        )
        unfinished = tuple((place, core(place.of(body))) for place in itertools.islice(places, _MOST_UNFINISHED))
        titles = ((i, title_of(p)) for i, p in enumerate(body) if p.role == "heading" and p.marks is None)
        headings = {index: said for index, title in titles if (said := status.of_heading(title))}
        return cls(blanket, unfinished, headings)


def marked(body: Sequence[Passage], starts: Sequence[int], facts: Facts) -> Marked:
    """The marks of a body's issues and follow-ups: status with its quote, deadline, what continues what."""
    items = _items(body)
    issues = [item for item in items if isinstance(item.head.marks, IssueMarks)]
    followups = [item for item in items if isinstance(item.head.marks, FollowupMarks)]
    around = _Around.of(body)
    after = facts.dates.feedback or facts.dates.end or facts.published
    new = list(body)
    inferred: list[str] = []
    places: list[tuple[str, _Place]] = []
    continued: dict[str, _Item] = {}
    titles = {core(title_of(item.head)): item for item in reversed(issues)} if followups else {}

    def keep(path: str, due: _Due | None) -> None:
        if due is not None:
            places.append((path, due.place))
            inferred.extend([path] if due.is_damaged else [])

    for item in followups:
        issue = _same_title(core(title_of(item.head)), titles)
        refers_to = issue.head.anchor if issue else None
        due = _due(item, ("deadline",), after) or _due(item, ("next",), after) or _promise(item, after, facts.published)
        keep(f"followups.{item.head.anchor}.deadline", due)
        marks = FollowupMarks(deadline=due.date if due else None, refers_to=refers_to)
        new[item.at] = _marked(item.head, marks)
        if refers_to is not None:
            continued.setdefault(refers_to, item._replace(head=new[item.at]))
    for item in issues:
        follow = continued.get(item.head.anchor or "")
        said, due = _read(item, follow, around, after, facts.published)
        if said.place is not None:
            places.append((f"issues.{item.head.anchor}.status_quote", said.place))
        keep(f"issues.{item.head.anchor}.deadline", due)
        marked = IssueMarks(
            status=said.status,
            quote=said.place.of(body) if said.place else None,
            deadline=due.date if due else _deadline_of(follow),
        )
        new[item.at] = _marked(item.head, marked)
    evidence = tuple((path, place.in_text(body, starts)) for path, place in places)
    return Marked(tuple(new), tuple(inferred), evidence)


def _marked(head: Passage, marks: IssueMarks | FollowupMarks) -> Passage:
    return Passage(
        words=head.words, role=head.role, label=head.label, level=head.level, run_on=head.run_on,
        anchor=head.anchor, marks=marks,
    )  # fmt: skip


def _read(
    item: _Item, follow: _Item | None, around: _Around, after: PartialDate | None, published: PartialDate | None
) -> tuple[_Said, _Due | None]:
    """The status of an issue and its deadline.

    An answer that promises a date to come is not done, whatever a blanket sentence says of all issues.
    """
    said = _status(item, follow, around)
    if said.is_open:
        return said, _due(item, ("deadline", "status", "next"), after) or _promise(item, after, published)
    due = _due(item, ("deadline",), after)
    is_to_come = due is not None and published is not None and due.date.first_day > published.last_day
    if due is not None:
        return (_Said("ongoing", _Place(due.place.at)) if is_to_come and said.status == "unstated" else said), due
    due = None if said.is_own else _promise(item, after, published)
    if due is None or published is None or due.date.first_day <= published.last_day:
        return said, None
    return _Said("ongoing", due.place), due


def _items(body: Sequence[Passage]) -> list[_Item]:
    found: list[_Item] = []
    above: list[tuple[int, int]] = []
    for index, passage in enumerate(body):
        if passage.role != "heading":
            continue
        while above and above[-1][1] >= passage.level:
            above.pop()
        if passage.marks is not None:
            end = index + 1
            while end < len(body) and body[end].role not in ("heading", "contact", "signature", "date", "annex"):
                end += 1
            found.append(_Item(index, passage, tuple(body[index + 1 : end]), tuple(at for at, _ in above)))
        above.append((index, passage.level))
    return found


def _status(item: _Item, follow: _Item | None, around: _Around) -> _Said:
    """The status of an issue by the words of its own, else by what stands around it."""
    own = [passage for passage in item.below if passage.role == "status"]
    said = next((s for s in (status.decisive(passage.words) for passage in reversed(own)) if s), None)
    if follow is not None:
        return _Said("ongoing", _Place(follow.at), is_own=True)
    if said is not None:
        return _Said(said, is_own=True)
    if in_title := status.bracketed_in(item.head.words):
        return _Said(in_title.status, _Place(item.at, in_title.span), is_own=True)
    answer = list(item.last_first("response"))
    if clause := _said_in(answer[:1], status.last_clause_of, *_BEGINNING) or _said_in(answer[-1:], *_BEGINNING):
        return clause
    if around.unfinished and len(name := core(title_of(item.head))) >= 6:
        for place, sentence in around.unfinished:
            if name in sentence:
                return _Said("ongoing", place, is_own=True)
    for index in reversed(item.above):
        of_title = around.headings.get(index)
        if of_title is not None and not (around.blanket and of_title == "done"):
            return _Said(of_title, _Place(index))
    return _Said("done", around.blanket) if around.blanket else _Said("unstated")


_BEGINNING = (status.bracketed_in, status.first_clause_of)


def _said_in(passages: Sequence[tuple[int, Passage]], *clauses: Callable[[str], status.Said | None]) -> _Said | None:
    """What the first of the clauses that a passage has says of its issue."""
    for index, passage in passages:
        for clause_of in clauses:
            if clause := clause_of(passage.words):
                return _Said(clause.status, _Place(index, clause.span), is_own=True)
    return None


_MANY = 300
"""Issues and sentences that are compared with each other: more than a notice has, so that the cost stays linear."""


def _same_title(name: str, titles: dict[str, _Item]) -> _Item | None:
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


def _due(item: _Item, roles: Sequence[Role], after: PartialDate | None) -> _Due | None:
    """The deadline that the item's passages of `roles` print."""
    for index, passage in item.last_first(*roles):
        found = labelled(passage.words, after, is_label=passage.role == "deadline")
        if found is not None:
            return _Due(found.date, _Place(index, found.span), found.is_damaged)
    return None


def _promise(item: _Item, after: PartialDate | None, published: PartialDate | None) -> _Due | None:
    """The deadline that the issue's answer sets itself."""
    for index, passage in item.last_first("response"):
        found = promised(passage.words, after, published)
        if found is not None:
            return _Due(found.date, _Place(index, found.span), found.is_damaged)
    return None


def _deadline_of(follow: _Item | None) -> PartialDate | None:
    marks = follow.head.marks if follow else None
    return marks.deadline if isinstance(marks, FollowupMarks) else None
