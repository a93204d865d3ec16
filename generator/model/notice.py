"""The records that everything speaks of: a Notice (通报), its words, its facts and the issues in it.

All frozen and plain, without I/O; what a notice has a hundred of is a named tuple, which is quicker to make and to send
to another process. The words are kept once, as `Notice.body`; `text`, `outline`, `issues` and `followups` are derived
from the body, so both roads agree about them by construction.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, get_args

from generator.base.dates import PartialDate as PartialDate  # noqa: PLC0414  # part of the records, needed below them, too
from generator.base.diagnostics import Span
from generator.base.structure import SPARSE
from generator.model.decisions import (
    Acceptance,
    Correction,
    Erratum,
    Gathering,
    Mask,
    Redaction,
    Review,
    ReviewState,
    Withdrawal,
)
from generator.model.enumeration import measures_of
from generator.model.listed import ListedProblems
from generator.model.numbering import number_in

Status = Literal["done", "ongoing", "long-term", "unstated"]
"""整改状态: 已完成 · 整改中 · 长期坚持 · 未注明."""

Role = Literal[
    "title",  # 标题
    "addressee",  # 主送机关
    "heading",  # 部分、类、问题的题目
    "prose",  # 正文
    "finding",  # 问题表现
    "response",  # 整改情况
    "status",  # 整改状态的原话
    "deadline",  # 整改时限
    "responsible",  # 责任领导、责任单位
    "reason",  # 未完成整改原因
    "next",  # 下一步整改措施
    "accountability",  # 追责问责，载有姓名
    "contact",  # 联系方式
    "signature",  # 发文机关署名
    "date",  # 成文日期
    "annex",  # 附件及署名以后的文字
]
ROLES: frozenset[str] = frozenset(get_args(Role))
STATUSES: tuple[Status, ...] = get_args(Status)


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueMarks:
    """What an editor may set on the heading of an issue (问题)."""

    status: Status = "unstated"
    quote: str | None = None
    """The words that say the status when no run of the issue is one: in its answer, a blanket sentence, a heading."""
    deadline: PartialDate | None = None
    """整改时限."""
    responsible: str | None = None
    """责任领导、责任单位, as printed."""
    topics: tuple[str, ...] | None = None
    """专题 set by hand; None: by the rules of topics.yml."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowupMarks:
    """What an editor may set on the heading of a follow-up (需进一步整改事项)."""

    deadline: PartialDate | None = None
    refers_to: str | None = None
    """Anchor of the issue that it continues."""


class Passage(NamedTuple):
    """A run of the notice's words with one role."""

    words: str
    """Verbatim, without line break, not empty at both ends unless there is a label."""
    role: Role = "prose"
    label: str = ""
    """The printed label: a heading's number (`（1）`) or a paragraph's role (`整改情况：`). Part of the words."""
    level: int = 0
    """1–5 for a heading, outermost first; else 0."""
    run_on: bool = False
    """Continues the paragraph of the passage before it."""
    anchor: str | None = None
    """Fragment of its permalink: `s2` a heading, `i7` an issue, `f2` a follow-up, `b1` any other."""
    marks: IssueMarks | FollowupMarks | None = None
    """Set on a heading that opens an issue or a follow-up."""

    @property
    def text(self) -> str:
        """Label and words."""
        return self.label + self.words


class Heading(NamedTuple):
    """A line of the outline (目次)."""

    level: int
    label: str
    title: str
    anchor: str


class Issue(NamedTuple):
    """The smallest numbered problem (问题) with its own rectification text: a view of the body."""

    id: str
    label: str
    """The printed number, without a word beside it, which its heading keeps: 1.【反馈问题】 is 1."""
    path: tuple[str, ...]
    """The headings above it, outermost first, label and title."""
    title: str
    finding: str | None
    """问题表现; None when the notice prints none beside the title."""
    response: str
    """整改情况, verbatim, without the role label and without a closing status sentence; paragraphs by newline."""
    status: Status
    status_quote: str | None
    deadline: PartialDate | None
    responsible: str | None
    topics: tuple[str, ...] | None
    """Set by hand; None: by rule."""
    at: int
    """Index of its heading in `Notice.body`."""

    @property
    def measures(self) -> tuple[str, ...]:
        """整改措施: the enumerated items of the response, label included; empty when it does not enumerate."""
        return measures_of(self.response)


@dataclass(frozen=True, slots=True, kw_only=True)
class Followup:
    """An item of the notice's own list of unfinished matters (需进一步整改事项)."""

    id: str
    label: str
    title: str
    problem: str | None
    reason: str | None
    next: str | None
    deadline: PartialDate | None
    refers_to: str | None
    at: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A place of GB/T 2260; names in full, `county` and `city` None above their level."""

    code: str
    province: str
    city: str | None = None
    county: str | None = None

    @property
    def name(self) -> str:
        """福建省漳州市东山县; a city that is in the column of counties, too, is named once."""
        return "".join(dict.fromkeys(filter(None, (self.province, self.city, self.county))))


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """单位: who was inspected and publishes."""

    id: str
    name: str
    region: Region | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspection:
    """巡察: by whom, of what kind, when. None: the notice does not say."""

    inspector: str | None = None
    kind: str | None = None
    round: str | None = None
    start: PartialDate | None = None
    end: PartialDate | None = None
    feedback: PartialDate | None = None
    printed: str | None = None
    """The dates of the inspection as printed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """通报自述数字: totals that the notice itself gives. None: not given; 0: it says there are none."""

    issues: int | None = None
    done: int | None = None
    aspects: int | None = None
    groups: int | None = None
    measures: int | None = None
    systems: int | None = None
    people: int | None = None
    ongoing: int | None = None
    money: float | None = None
    """In yuan."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """联系方式, as printed."""

    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    address: str | None = None
    postcode: str | None = None
    whose: tuple[tuple[str, str], ...] = field(default=(), metadata=SPARSE)
    """Phone → the office that it is of, where the notice says it."""
    unread: tuple[str, ...] = field(default=(), metadata=SPARSE)
    """Words of the contact that could not be read: the page sends to the words themselves."""

    def __bool__(self) -> bool:
        """Whether the notice gives any way to reach the unit."""
        return bool(self.phones or self.emails or self.address or self.postcode)


@dataclass(frozen=True, slots=True, kw_only=True)
class Accountability:
    """追责问责: how many people, by which action; only what is printed."""

    people: int | None
    actions: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """整理: a change that import made to the characters of the source."""

    kind: str
    line: int
    """1-based line of the source."""
    before: str
    after: str
    start: int | None = None
    """Offset of `before` in the source's text; None: the reader set it aside before there was a text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Anomaly:
    """疑点: something that a careful editor would flag."""

    code: str
    line: int
    quote: str
    message: str
    span: Span | None = None
    """Where the quote is in `Notice.text`; None: nowhere in it."""


class Ground(NamedTuple):
    """What a fact rests on where the notice says it in several ways, or by one weak cue: the editor can weigh it."""

    fact: str
    """Path of the fact: `unit.name`."""
    rank: int
    """1: what was taken; from 2 on what was not."""
    source: str
    """Where it was found: `title`, `signature`, `opening`, `plan`, `page`, `phone` …"""
    quote: str
    """As printed there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The file that the notice was read from."""

    file: str
    format: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """通报: one published document. `compare=False` fields are derived from `body`."""

    id: str
    title: str
    title_origin: Literal["printed", "constructed"]
    unit: Unit
    inspection: Inspection = Inspection()
    published: PartialDate | None = None
    inferred: tuple[str, ...] = ()
    """Paths of fields (`inspection.start`) whose source was damaged and had to be inferred."""
    stated: Stated = Stated()
    contact: Contact = Contact()
    metadata: tuple[tuple[str, str], ...] = ()
    """The document-metadata block as printed, in order."""
    accountability: Accountability | None = None
    body: tuple[Passage, ...]
    edits: tuple[Edit, ...] = ()
    anomalies: tuple[Anomaly, ...] = ()
    evidence: tuple[tuple[str, Span], ...] = ()
    """Path of a fact (`inspection.feedback`) → where it is in `text`."""
    grounds: tuple[Ground, ...] = ()
    """Facts that were chosen among several, or rest on one weak cue; not for the public."""
    source: Source
    review: ReviewState = "draft"
    """三审三校: whether its release was approved; what it says counts only together with `reviews`."""
    reviews: tuple[Review, ...] = ()
    accepted: tuple[Acceptance, ...] = ()
    masks: tuple[Mask, ...] = ()
    """What is to be hidden; applied and gone in a notice that is about to be shown (content/publication.py)."""
    redactions: tuple[Redaction, ...] = ()
    """What was hidden, by kind; only in a notice that is about to be shown."""
    errata: tuple[Erratum, ...] = ()
    corrections: tuple[Correction, ...] = ()
    withdrawn: Withdrawal | None = None
    gathered: Gathering | None = None
    """Where it was published, when it came from another site (release/gathering.py)."""
    outline: tuple[Heading, ...] = field(init=False, compare=False, repr=False)
    issues: tuple[Issue, ...] = field(init=False, compare=False, repr=False)
    followups: tuple[Followup, ...] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "outline", tuple(_outline(self.body)))
        items = list(_items(self.body))
        object.__setattr__(self, "issues", tuple(_issues(items, self.body)))
        object.__setattr__(self, "followups", tuple(_followups(items)))

    @property
    def text(self) -> str:
        """The words, paragraphs joined by newline."""
        return _STREAMS.of(self.body)[0]

    @property
    def starts(self) -> Sequence[int]:
        """For each passage of the body, the offset of its label in `text`."""
        return _STREAMS.of(self.body)[1]

    def replace(self, **fields: object) -> Notice:
        """The notice with these fields, none of them the body: what is derived from it is not derived again."""
        other = copy.copy(self)
        for name, value in fields.items():
            object.__setattr__(other, name, value)
        return other


def text_of(body: Sequence[Passage]) -> str:
    """The words of `body`, paragraphs joined by newline."""
    parts: list[str] = []
    for passage in body:
        parts += (passage.label if passage.run_on or not parts else "\n" + passage.label, passage.words)
    return "".join(parts)


def starts_of(body: Sequence[Passage]) -> list[int]:
    """For each passage, the offset of its label in `text_of(body)`."""
    starts, offset = [], 0
    for index, passage in enumerate(body):
        offset += 0 if passage.run_on or not index else 1
        starts.append(offset)
        offset += len(passage.label) + len(passage.words)
    return starts


class _Streams:
    """Text and starts of bodies. Notices need not hold their words twice: those asked for last are kept.

    Of two bodies, for a notice is often compared with another one: with its source, or with what an act makes of it.
    """

    def __init__(self) -> None:
        nothing: tuple[Sequence[Passage], tuple[str, Sequence[int]]] = ((), ("", ()))
        self._kept = (nothing, nothing)

    def of(self, body: Sequence[Passage]) -> tuple[str, Sequence[int]]:
        """`text_of` and `starts_of` the body."""
        last, before = self._kept  # in one step: other threads may ask, too
        if last[0] is body:
            return last[1]
        found = before[1] if before[0] is body else (text_of(body), starts_of(body))
        if found[0] == last[1][0]:
            found = last[1][0], found[1]  # one and the same, so that what is kept by it is found at once
        self._kept = ((body, found), last)
        return found


_STREAMS = _Streams()


_TITLE_END = "。．.：:；;，,、 　—–√✓✔★☆▲△▽"


def title_of(heading: Passage) -> str:
    """The words of a heading without the punctuation, and the sign of a status, at their end."""
    return heading.words.rstrip(_TITLE_END).strip()


def _outline(body: Iterable[Passage]) -> Iterator[Heading]:
    for passage in body:
        if passage.role == "heading" and passage.anchor:
            yield Heading(
                level=passage.level, label=passage.label.strip(), title=title_of(passage), anchor=passage.anchor
            )


_HeadingItem = tuple[int, Passage, tuple[str, ...], dict[str, list[Passage]]]


def _items(body: Sequence[Passage]) -> Iterator[_HeadingItem]:
    """Each heading with marks: its index, itself, the path above it, and the passages below it by role.

    What is below is all up to the next heading: an item is a leaf, headings inside it are the text of others.
    """
    above: list[tuple[int, str]] = []
    index, size = 0, len(body)
    while index < size:
        head = body[index]
        index += 1
        if head.role != "heading":
            continue
        while above and above[-1][0] >= head.level:
            above.pop()
        path = tuple(step for _, step in above)
        above.append((head.level, head.label + title_of(head)))
        if head.marks is None:
            continue
        at, below = index - 1, dict[str, list[Passage]]()
        while index < size and body[index].role != "heading":
            below.setdefault(body[index].role, []).append(body[index])
            index += 1
        yield at, head, path, below


def _joined(passages: Sequence[Passage]) -> str | None:
    """The words (labels left out) of the passages: one paragraph or role label a line; None when there are none."""
    if not passages:
        return None
    rows: list[str] = []
    for passage in passages:
        words = passage.words
        if passage.label[:1] in _OPENS and words[-1:] in _CLOSES and not any(sign in words[:-1] for sign in "（("):
            words = words[:-1]  # （具体表现：…）
        if passage.run_on and rows and not passage.label:
            rows[-1] += words
        elif words:
            rows.append(words)
    return "\n".join(rows)


_OPENS = ("（", "(")
_CLOSES = ("）", ")")


def _values(passages: Sequence[Passage]) -> str | None:
    """The words of passages that are rows of a form, without the stops between them: 牵头领导：…；责任部门：…；"""
    words = _joined(passages)
    return words and "\n".join(row.rstrip("；;，,、 ") for row in words.split("\n"))


def names_of(body: Sequence[Passage], heads: Iterable[tuple[int, Passage]]) -> Iterator[tuple[str, str]]:
    """Label and title of each heading of an issue: its own, or those of the problem that it names by its number alone.

    `heads`: index in the body and passage of each, in order.
    """
    listed, done = ListedProblems(), 0
    for at, head in heads:
        if head.words:
            yield number_in(head.label), title_of(head)
            continue
        for passage in body[done:at]:
            if passage.role == "prose":
                listed.read(passage.text)
        done = at
        problem = listed.answered_at(head.label)
        yield (problem.label, problem.title) if problem else (number_in(head.label), "")


def _issues(items: Sequence[_HeadingItem], body: Sequence[Passage]) -> Iterator[Issue]:
    for (at, head, path, below), (label, title) in zip(
        items, names_of(body, ((at, head) for at, head, _, _ in items)), strict=True
    ):
        marks = head.marks
        if not isinstance(marks, IssueMarks):
            continue
        response = _joined(below.get("response", [])) or ""
        said = below.get("status")
        yield Issue(
            id=head.anchor or "",
            label=label,
            path=path,
            title=title,
            finding=_joined(below.get("finding", [])),
            response=response,
            status=marks.status,
            status_quote=marks.quote or (said[-1].words if said else None),
            deadline=marks.deadline,
            responsible=marks.responsible or _values(below.get("responsible", [])),
            topics=marks.topics,
            at=at,
        )


def _followups(items: Iterable[_HeadingItem]) -> Iterator[Followup]:
    for at, head, _, below in items:
        if isinstance(head.marks, FollowupMarks):
            yield Followup(
                id=head.anchor or "",
                label=number_in(head.label),
                title=title_of(head),
                problem=_joined(below.get("finding", [])),
                reason=_joined(below.get("reason", [])),
                next=_joined(below.get("next", [])),
                deadline=head.marks.deadline,
                refers_to=head.marks.refers_to,
                at=at,
            )
