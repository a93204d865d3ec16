"""How the words of a notice are laid out: every passage once and in order, structure laid over.

Nothing here makes words: a `Words` is a slice of `Notice.text`, cut where a mark begins or ends.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from generator.model.checkable import counts_of
from generator.model.enumeration import items_of
from generator.model.notice import STATUSES, IssueMarks, Notice, Passage, Role, Status, starts_of
from generator.pages.article import (
    Article,
    BodyBlock,
    FollowupCard,
    Group,
    IssueCard,
    Measure,
    PlainParagraph,
    Prose,
    Row,
    Run,
    Words,
)
from generator.pages.columns import TableHeads
from generator.site.model import SiteNotice

_SIGN: frozenset[Role] = frozenset({"signature", "date"})


_CLOSING: frozenset[Role] = frozenset({"contact", "annex"})


class _Marker:
    """Cuts slices of the text at the anomalies and the places that others point to."""

    def __init__(self, item: SiteNotice, starts: Sequence[int]) -> None:
        notice = self.notice = item.notice
        self._text = notice.text
        self._notes = [
            (anomaly.span.start, anomaly.span.end, number)
            for number, anomaly in enumerate(notice.anomalies, 1)
            if anomaly.span and anomaly.span.start < anomaly.span.end
        ]
        self._ids = {
            starts[index]: passage.anchor
            for index, passage in enumerate(notice.body)
            if passage.anchor and passage.role not in ("heading", "title")
        }
        self.basis_of = self._bases(notice)
        self._notes_at, self._ending = self._swept()
        self._cuts = sorted(self._notes_at)

    def _swept(self) -> tuple[dict[int, tuple[int, ...]], dict[int, tuple[int, ...]]]:
        """For each place to cut at, the notes from there on; and those that end there."""
        changes: dict[int, list[int]] = {place: [] for place in (0, *self._ids)}
        for start, end, number in self._notes:
            changes.setdefault(start, []).append(number)
            changes.setdefault(end, []).append(-number)
        active: set[int] = set()
        notes_at: dict[int, tuple[int, ...]] = {}
        for place in sorted(changes):
            for number in sorted(changes[place]):
                (active.add if number > 0 else active.discard)(abs(number))
            notes_at[place] = tuple(sorted(active))
        return notes_at, {
            place: tuple(sorted(-number for number in numbers if number < 0)) for place, numbers in changes.items()
        }

    def _bases(self, notice: Notice) -> Mapping[str, str]:
        """Words outside an issue that say its status → fragment of where they are."""
        quotes = dict.fromkeys(
            passage.marks.quote
            for passage in notice.body
            if isinstance(passage.marks, IssueMarks) and passage.marks.quote
        )
        named = {p.words: p.anchor for p in reversed(notice.body) if p.anchor and p.role not in ("heading", "title")}
        found: dict[str, str] = {}
        for number, quote in enumerate(quotes, 1):
            if anchor := named.get(quote):
                found[quote] = anchor
            elif (at := self._text.find(quote)) >= 0:
                found[quote] = self._ids.setdefault(at, "basis" if number == 1 else f"basis-{number}")
        return found

    def words(self, start: int, end: int) -> Words:
        """`text[start:end]` with its marks."""
        if start == end:
            return ""  # what begins there has its anchor
        first, last = bisect_right(self._cuts, start), bisect_left(self._cuts, end)
        notes = self._notes_at[self._cuts[first - 1]]
        if first >= last and not notes and start not in self._ids:
            return self._text[start:end]
        places = [start, *self._cuts[first:last], end]
        runs = []
        for a, b in pairwise(places):
            notes = self._notes_at.get(a, notes)
            ends = "、".join(map(str, self._ending.get(b, ())))
            runs.append(Run(text=self._text[a:b], notes=notes, ends=ends, id=self._ids.get(a)))
        return tuple(runs)


class _Layout:
    """Walks over the body once."""

    def __init__(self, item: SiteNotice) -> None:
        self.item = item
        self.body: Sequence[Passage] = item.notice.body
        self.starts = starts_of(self.body)
        self.marker = _Marker(item, self.starts)
        self._columns = TableHeads(self.body)
        self._issues = {issue.issue.at: issue for issue in item.issues}
        self._followups = {followup.followup.at: followup for followup in item.followups}
        self._told = False

    def article(self) -> Article:
        first = next((i for i, passage in enumerate(self.body) if passage.role == "title"), None)
        index, title = 0, list[Words]()
        before: tuple[PlainParagraph, ...] = ()
        if first is not None and all(self.body[i].role != "heading" for i in range(first)):
            before = tuple(self._paragraphs(0, first))
            index = first
            while index < len(self.body) and self.body[index].role == "title":
                title.append(self._slice(index, index + 1))
                index += 1
        blocks, _ = self._blocks(index, 0, 0)
        return Article(
            before=before, title=tuple(title), blocks=tuple(blocks), halfwidth=_is_halfwidth(self.item.notice.text)
        )

    def _blocks(self, index: int, level: int, depth: int) -> tuple[list[BodyBlock], int]:
        """What stands from `index` on, up to a heading of `level` or above it."""
        blocks: list[BodyBlock] = []
        while index < len(self.body):
            passage = self.body[index]
            if passage.role != "heading":
                end = self._next_heading(index)
                blocks.extend(self._prose(index, end))
                index = end
            elif passage.level <= level:
                break
            elif index in self._issues or index in self._followups:
                end = self._end_of_item(index + 1)
                blocks.append(self._card(index, end, depth))
                index = end
            else:
                inside, end = self._blocks(index + 1, passage.level, depth + 1)
                blocks.append(self._group(index, depth, inside))
                index = end
        return blocks, index

    def _group(self, index: int, depth: int, inside: list[BodyBlock]) -> Group:
        passage = self.body[index]
        tells = not self._told and any(
            self.body[i].role == "accountability" for i in range(index, self._next_heading(index + 1))
        )
        self._told = self._told or tells
        return Group(
            anchor=self.item.anchors[index],
            tag=_tag(depth),
            title=self._heading(index),
            text=passage.text.rstrip("。．.：:"),
            depth=depth,
            blocks=tuple(inside),
            statuses=_statuses(inside),
            has_followups=any(isinstance(block, FollowupCard) for block in inside),
            accountability=tells,
        )

    def _card(self, index: int, end: int, depth: int) -> IssueCard | FollowupCard:
        title, rows, tag = self._heading(index), tuple(self._rows(index + 1, end)), _tag(depth)
        lead = len(self.body[index].label.strip())
        issue = self._issues.get(index)
        if issue is None:
            return FollowupCard(item=self._followups[index], tag=tag, title=title, lead=lead, rows=rows)
        marks = self.body[index].marks
        quote = marks.quote if isinstance(marks, IssueMarks) else None
        basis = self.marker.basis_of.get(quote) if quote else None
        return IssueCard(
            item=issue,
            tag=tag,
            title=title,
            lead=lead,
            rows=rows,
            basis=basis,
            quote=None if basis else quote,
            answers=None if self.body[index].words else issue.issue.title or None,
            facts=counts_of(issue.issue.response),
        )

    def _rows(self, index: int, end: int) -> Iterator[Row]:
        while index < end:
            passage, last = self.body[index], index + 1
            while last < end and self.body[last].role == passage.role and not self.body[last].label:
                last += 1
            yield self._row(index, last)
            index = last

    def _row(self, index: int, last: int) -> Row:
        passage, start = self.body[index], self.starts[index]
        inner, end = start + len(passage.label), self.starts[last - 1] + len(self.body[last - 1].text)
        text = self.item.notice.text[inner:end]
        items = items_of(text) if passage.role in _ENUMERATED else ()
        lead = items[0].start if items else len(text)
        measures = tuple(
            Measure(label=text[item.start : item.words], words=self.marker.words(inner + item.words, inner + item.end))
            for item in items
        )
        return Row(
            role=passage.role,
            label=self.marker.words(start, inner) if passage.label else "",
            name="" if passage.label else self._columns.name(passage.role, index),
            paragraphs=tuple(self._lines(inner, inner + lead)),
            measures=measures,
            wide=bool(measures) and measures[0].label[-1:] == "是",
        )

    def _lines(self, start: int, end: int) -> Iterator[Words]:
        """The lines of `text[start:end]` that hold more than blanks."""
        for line in re.finditer(r"[^\n]+", self.item.notice.text[start:end]):
            if line[0].strip():
                yield self.marker.words(start + line.start(), start + line.end())

    def _prose(self, index: int, end: int) -> Iterator[Prose]:
        while index < end:
            look, last = self._look(index), index + 1
            while last < end and (self.body[last].run_on or self._look(last) == look):
                last += 1
            yield Prose(look=look, paragraphs=tuple(self._paragraphs(index, last)))
            index = last

    def _look(self, index: int) -> str:
        role = self.body[index].role
        if index in self._columns.heads:
            return "heads"
        return "sign" if role in _SIGN else "closing" if role in _CLOSING else "prose"

    def _paragraphs(self, index: int, end: int) -> Iterator[PlainParagraph]:
        while index < end:
            last = index + 1
            while last < end and self.body[last].run_on:
                last += 1
            names = any(self.body[i].role == "accountability" for i in range(index, last))
            yield PlainParagraph(words=self._slice(index, last), names=names)
            index = last

    def _slice(self, index: int, last: int) -> Words:
        return self.marker.words(self.starts[index], self.starts[last - 1] + len(self.body[last - 1].text))

    def _heading(self, index: int) -> Words:
        """The words of a heading; a bare number, as a cell of a table has it, stands apart from the title."""
        passage, start = self.body[index], self.starts[index]
        inner, end = start + len(passage.label), start + len(passage.text)
        if not _BARE.search(passage.label):
            return self.marker.words(start, end)
        label, title = self.marker.words(start, inner), self.marker.words(inner, end)
        if isinstance(label, str) and isinstance(title, str):
            return f"{label} {title}"
        return (*_runs(label), Run(text=" "), *_runs(title))

    def _end_of_item(self, index: int) -> int:
        """Where an issue or follow-up ends: at the next heading, or where the notice itself comes to its end."""
        while index < len(self.body) and self.body[index].role not in _SIGN | _CLOSING | {"heading"}:
            index += 1
        return index

    def _next_heading(self, index: int) -> int:
        while index < len(self.body) and self.body[index].role != "heading":
            index += 1
        return index


_ENUMERATED: frozenset[Role] = frozenset({"response", "next", "reason", "finding", "prose"})


_BARE = re.compile(r"[0-9A-Za-z〇一二三四五六七八九十百]\Z")


def _runs(words: Words) -> tuple[Run, ...]:
    return (Run(text=words),) if isinstance(words, str) else words


def _statuses(blocks: Sequence[BodyBlock]) -> tuple[Status, ...]:
    """Which statuses the issues in them have, in the order of STATUSES."""
    found: set[Status] = set()
    for block in blocks:
        if isinstance(block, Group):
            found.update(block.statuses)
        elif isinstance(block, IssueCard):
            found.add(block.item.issue.status)
    return tuple(status for status in STATUSES if status in found)


def _tag(depth: int) -> str:
    return f"h{min(6, depth + 2)}"


def _is_halfwidth(text: str) -> bool:
    return text.count(",") + text.count("(") > text.count("，") + text.count("（")


def lay_out(item: SiteNotice) -> Article:
    """The article of a notice."""
    return _Layout(item).article()
