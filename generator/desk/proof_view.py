"""校对: what the page shows of a notice, as one value: facts, passages with their roles, issues, doubts, the source."""

from __future__ import annotations

import functools
import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from generator.base.diagnostics import Span
from generator.content.notice_file import fact_lines
from generator.desk.doubt_cards import DoubtCard, cards_of
from generator.desk.journal import JournalEntry, State
from generator.desk.long_notice import ShownPart, part_at
from generator.desk.sides import SourceLine, SourceSide, source_of
from generator.desk.telling import act_in_words
from generator.editorial.acceptance import Finding
from generator.model.notice import FollowupMarks, Issue, IssueMarks, Notice, Passage
from generator.model.vocabulary import STATUS_CLASSES
from generator.parser.tally import tallies

ROLE_NAMES = {
    "title": "题目",
    "addressee": "主送",
    "prose": "正文",
    "finding": "表现",
    "response": "整改",
    "status": "状态",
    "deadline": "期限",
    "responsible": "责任",
    "reason": "原因",
    "next": "下一步",
    "accountability": "问责",
    "contact": "联系",
    "signature": "署名",
    "date": "日期",
    "annex": "附件",
}
LEVEL_NAMES = {1: "部分", 2: "类", 3: "大项", 4: "标题", 5: "标题"}


class ProofPart(NamedTuple):
    """A run of a passage's words; a doubt's key where one is about it."""

    words: str
    doubt: str = ""
    is_done: bool = False
    is_label: bool = False
    """Whether it is the number of a heading, or the label of a role; never where a doubt is about it."""


class ProofRun(NamedTuple):
    """A passage as the page shows it."""

    number: int
    """Index in the body."""
    key: str
    """Where it begins, told from others that begin there: stays the same when passages before it are cut or joined."""
    start: int
    """Where it begins in the text."""
    label: str
    """Its number or role label."""
    kind: str
    """`title`, `part`, `issue`, `followup`, or a role."""
    name: str
    level: int
    anchor: str
    line: int
    """Of the source; 0: none."""
    parts: tuple[ProofPart, ...]
    is_on: bool = False


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ProofItem:
    """Passages that stand together: an issue with what is below its heading, or what stands outside of issues.

    It is made once, and the same as long as nothing of it changes.
    """

    runs: tuple[ProofRun, ...]
    issue: Issue | None = None
    number: int = 0
    look: str = ""
    """Class of its status."""
    doubts: int = 0

    @property
    def start(self) -> int:
        """Where it begins in the text."""
        return self.runs[0].start


class ProofFact(NamedTuple):
    """A row of 基本信息."""

    path: str
    name: str
    value: str
    raw: str
    """As an editor types it."""
    origin: str
    """原文, 推定, 手定; empty: it does not say it."""
    kind: str
    """`text`, `date`, `region`, `list`, `number`."""


@dataclass(frozen=True, kw_only=True)
class ProofView:
    """All of the page."""

    notice: Notice
    items: tuple[ProofItem, ...]
    part: ShownPart
    """What of them the page holds."""
    facts: tuple[ProofFact, ...]
    tallies: tuple[tuple[str, int, int | None, bool | None], ...]
    source: SourceSide
    cards: tuple[DoubtCard, ...]
    masks: int
    """What is to be looked at where masks are made."""
    undo: JournalEntry | None
    redo: JournalEntry | None
    undo_says: str
    redo_says: str
    shown: str
    """Key of the doubt at hand; empty: none is left."""

    @cached_property
    def open(self) -> list[DoubtCard]:
        """What nobody settled."""
        return [one for one in self.cards if not one.is_done and not one.is_note]

    @property
    def done(self) -> list[DoubtCard]:
        """What somebody answers for."""
        return [one for one in self.cards if one.is_done]

    @property
    def notes(self) -> list[DoubtCard]:
        """What needs nothing."""
        return [one for one in self.cards if one.is_note and not one.is_done]

    @property
    def ticks(self) -> list[tuple[int, bool]]:
        """Where doubts stand in the whole, in thousandths; whether each is settled."""
        length = max(1, len(self.notice.text))
        found = dict[int, bool]()
        for one in self.cards:
            if one.span and not one.is_note:
                place = 1000 * one.span.start // length
                found[place] = found.get(place, True) and one.is_done
        return sorted(found.items())

    @property
    def here(self) -> tuple[ProofItem, ...]:
        """The items that the page holds."""
        return self.items[self.part.items]

    @property
    def issues(self) -> list[ProofItem]:
        """The items that are issues; those of the whole notice."""
        return [one for one in self.items if one.issue]

    @property
    def chosen(self) -> ProofRun | None:
        """The passage that the address chooses."""
        return next((run for one in self.here for run in one.runs if run.is_on), None)

    def card_rows(self, key: str | None) -> list[tuple[DoubtCard, tuple[tuple[int, str, str], ...], bool]]:
        """The doubts that the page holds, or the one with a key alone, as the template takes them.

        With each the issues that it may name, and whether others of its kind are open.
        """
        return [
            (one, self.numbered if one.asks_issue else (), self.same[one.code] > 1)
            for one in self.cards_here
            if key in (None, one.key)
        ]

    def rows(self, cards: Sequence[DoubtCard], key: str) -> list[tuple[DoubtCard, bool]]:
        """Doubts, and whether each is the one at hand."""
        return [(one, one.key == key) for one in cards]

    @property
    def cards_here(self) -> list[DoubtCard]:
        """The doubts about these, the one at hand, and those about no place."""
        if not self.part.is_cut:
            return list(self.cards)
        runs = [run.number for item in self.here for run in item.runs]
        inside = range(runs[0], runs[-1] + 1) if runs else range(0)
        return [one for one in self.cards if one.index < 0 or one.index in inside or one.key == self.shown]

    @property
    def lines_here(self) -> list[SourceLine]:
        """The lines of the source that these were made of, and what was set aside between them."""
        numbers = [run.line for item in self.here for run in item.runs if run.line]
        if not self.part.is_cut or not numbers:
            return list(self.source.lines)
        first = 1 if self.part.before is None else min(numbers)
        last = len(self.source.lines) if self.part.after is None else max(numbers)
        return list(self.source.lines[first - 1 : last])

    @cached_property
    def same(self) -> Counter[str]:
        """How many doubts of each kind nobody settled."""
        return Counter(one.code for one in self.cards if not one.is_done)

    @cached_property
    def numbered(self) -> tuple[tuple[int, str, str], ...]:
        """The issues: number, anchor, and how the title begins."""
        return tuple((number, one.id, one.title[:24]) for number, one in enumerate(self.notice.issues, 1))

    @property
    def statuses(self) -> list[tuple[str, int]]:
        """How many issues of each status, by class."""
        counts = {look: sum(one.look == look for one in self.items) for look in STATUS_CLASSES.values()}
        return [(look, count) for look, count in counts.items() if count]


def proof_of(
    site: Path, text: str, notice: Notice, findings: Sequence[Finding], state: State,
    *, at: int | None = None, shown: str = "", after: str = "", between: tuple[int, int] | None = None,
) -> ProofView:  # fmt: skip
    """The page of a notice; `at` is a place of the text that is chosen, `shown` the doubt that is at hand.

    Without it that is the first open one behind the doubt `after`. Of a long notice it holds the part with the places
    `between`, else that of what is chosen or at hand.
    """
    names = list(_places(notice))
    cards = cards_of(notice, findings, names)
    source = source_of(site, notice)
    undo, redo = state.stacks()
    shown = _at_hand(cards, shown, after)
    items = tuple(_items(notice, _runs(notice, cards, source, at)))
    hand = at if at is not None else next((one.span.start for one in cards if one.span and one.key == shown), 0)
    return ProofView(
        notice=notice,
        items=items,
        part=part_at(items, len(notice.text), *(between or (hand, hand))),
        facts=tuple(_facts(notice, text)),
        tallies=tuple(
            (one.name, one.stated, one.counted, one.agrees) for one in tallies(notice) if one.stated is not None
        ),
        source=source,
        cards=tuple(cards),
        masks=sum(one.accepted is None and one.diagnostic.code.startswith(("personal-", "mask-")) for one in findings),
        undo=undo[-1] if undo else None,
        redo=redo[-1] if redo else None,
        undo_says=act_in_words(undo[-1].act, notice) if undo else "",
        redo_says=act_in_words(redo[-1].act, notice) if redo else "",
        shown=shown,
    )


def _at_hand(cards: Sequence[DoubtCard], shown: str, after: str) -> str:
    """The doubt that is asked for, else the first that nobody settled behind another one, else the first of all."""
    keys = [one.key for one in cards]
    first = keys.index(after) + 1 if after in keys else 0
    left = [one.key for one in (*cards[first:], *cards[:first]) if not one.is_done and not one.is_note]
    return shown if shown in keys else next(iter(left), "")


def _places(notice: Notice) -> Iterator[str]:
    """What each passage is called in a word: 开头, 一、, 第22项, 结尾."""
    name, number, followups = "开头", 0, 0
    for one in notice.body:
        if one.role == "heading":
            if isinstance(one.marks, IssueMarks):
                number += 1
                name = f"第{number}项"
            elif isinstance(one.marks, FollowupMarks):
                followups += 1
                name = f"后续事项{followups}"
            else:
                name = one.label.strip() or one.words[:6]
        closing = {"contact": "结尾", "signature": "落款", "date": "落款", "annex": "附件", "title": "题目"}
        yield closing.get(one.role, name)


def _runs(notice: Notice, cards: Sequence[DoubtCard], source: SourceSide, at: int | None) -> Iterator[ProofRun]:
    spans, keys = _spans_of(notice, cards), Counter[int]()
    for index, (one, start) in enumerate(zip(notice.body, notice.starts, strict=True)):
        end = start + len(one.text)
        keys[start] += 1
        key = str(start) if keys[start] == 1 else f"{start}-{keys[start]}"
        is_on = at is not None and start <= at < end
        yield _run(one, index, key, start, source.line_of[index], tuple(spans.get(index, ())), is_on)


@functools.lru_cache(maxsize=4096)  # an act leaves most passages of a notice as they were
def _run(
    one: Passage, index: int, key: str, start: int, line: int, spans: tuple[_DoubtedWords, ...], is_on: bool
) -> ProofRun:  # fmt: skip
    return ProofRun(
        number=index,
        key=key,
        start=start,
        label=one.label,
        kind=_kind(one),
        name=_name(one),
        level=one.level,
        anchor=one.anchor or "",
        line=line,
        parts=tuple(_parts(one, start, spans)),
        is_on=is_on,
    )


_DoubtedWords = tuple[Span, str, bool]
"""Words that a doubt is about, its key, and whether it is settled."""


def _spans_of(notice: Notice, cards: Sequence[DoubtCard]) -> dict[int, list[_DoubtedWords]]:
    """For each passage the words in it that a doubt is about, in the order of the text, with the doubt's key."""
    found: dict[int, list[_DoubtedWords]] = {}
    spans = ((one.span, one.key, one.is_done) for one in cards if one.span and not one.is_note)
    for span, key, is_done in sorted(spans, key=lambda row: row[0]):
        for index in range(max(0, bisect_right(notice.starts, span.start) - 1), bisect_left(notice.starts, span.end)):
            start = notice.starts[index]
            own = Span(max(span.start, start), min(span.end, start + len(notice.body[index].text)))
            if own.start < own.end:
                found.setdefault(index, []).append((own, key, is_done))
    return found


def _kind(one: Passage) -> str:
    if one.role != "heading":
        return one.role
    return "issue" if isinstance(one.marks, IssueMarks) else "followup" if one.marks else "part"


def _name(one: Passage) -> str:
    if one.role != "heading":
        return ROLE_NAMES[one.role]
    return "问题" if isinstance(one.marks, IssueMarks) else "后续" if one.marks else LEVEL_NAMES.get(one.level, "标题")


def _parts(one: Passage, start: int, inside: Sequence[_DoubtedWords]) -> Iterator[ProofPart]:
    text, done = one.text, 0
    for span, key, is_done in inside:
        first, last = span.start - start, span.end - start
        if first < done:
            continue  # two doubts about the same words: the first is shown there
        if first > done:
            yield from _plain(one, done, first)
        yield ProofPart(text[first:last], key, is_done)
        done = last
    yield from _plain(one, done, len(text))


def _plain(one: Passage, first: int, last: int) -> Iterator[ProofPart]:
    """Words that no doubt is about: its number or label, and the rest."""
    cut = min(max(first, len(one.label)), last)
    if first < cut:
        yield ProofPart(one.text[first:cut], is_label=True)
    if cut < last:
        yield ProofPart(one.text[cut:last])


def _items(notice: Notice, runs: Iterator[ProofRun]) -> Iterator[ProofItem]:
    issues = {issue.at: (number, issue) for number, issue in enumerate(notice.issues, 1)}
    group: list[ProofRun] = []
    head: tuple[int, Issue | None] = (0, None)
    for run in runs:
        if run.kind in ("issue", "followup", "part") and group:
            yield _item(tuple(group), *head)
            group, head = [], (0, None)
        if run.number in issues:
            head = issues[run.number]
        group.append(run)
    if group:
        yield _item(tuple(group), *head)


@functools.lru_cache(maxsize=4096)
def _item(group: tuple[ProofRun, ...], number: int, issue: Issue | None) -> ProofItem:
    return ProofItem(
        runs=group,
        issue=issue,
        number=number,
        look=STATUS_CLASSES[issue.status] if issue else "",
        doubts=sum(bool(part.doubt) and not part.is_done for run in group for part in run.parts),
    )


_FACTS = (
    ("unit.name", "单位", "text"),
    ("unit.region", "地区", "region"),
    ("inspection.inspector", "巡察机构", "text"),
    ("inspection.kind", "巡察类型", "text"),
    ("inspection.start", "巡察开始", "date"),
    ("inspection.end", "巡察结束", "date"),
    ("inspection.feedback", "反馈", "date"),
    ("published", "通报日期", "date"),
    ("contact.phones", "联系电话", "list"),
    ("contact.emails", "电子邮箱", "list"),
    ("contact.address", "通信地址", "text"),
    ("contact.postcode", "邮编", "text"),
    ("stated.issues", "自述问题数", "number"),
    ("stated.done", "自述已完成", "number"),
)


def _facts(notice: Notice, text: str) -> Iterator[ProofFact]:
    from_words = {path for path, _ in notice.evidence}
    known, bare = fact_lines(text), _bare(notice.text)
    for path, name, kind in _FACTS:
        value: object = notice
        for part in path.split("."):
            value = getattr(value, part)
        shown, raw = _shown(value, kind)
        is_said = path in from_words or (path in known and _is_in_words(raw, bare))
        origin = "" if not shown else "推定" if path in notice.inferred else "原文" if is_said else "手定"
        yield ProofFact(path, name, shown, raw, origin if kind != "region" else "", kind)


def _shown(value: object, kind: str) -> tuple[str, str]:
    if value in (None, ()):
        return "", ""
    if kind == "date":
        iso = str(getattr(value, "iso", ""))
        return iso, iso
    if kind == "region":
        return str(getattr(value, "name", "")), str(getattr(value, "code", ""))
    if isinstance(value, tuple):
        return "、".join(map(str, value)), "\n".join(map(str, value))
    return str(value), str(value)


_SPACE = re.compile(r"\s+")


@functools.lru_cache(maxsize=2)  # most acts leave the words as they are
def _bare(text: str) -> str:
    return _SPACE.sub("", text)


def _is_in_words(raw: str, bare: str) -> bool:
    """Whether every line of a value stands in a text, white space aside, which the text has lost already."""
    return all(_SPACE.sub("", line) in bare for line in raw.split("\n"))
