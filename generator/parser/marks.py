"""Anchors for headings, and the marks of issues and follow-ups: status and quote, deadline, what continues what."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from generator.diagnostics import Span
from generator.model import FollowupMarks, IssueMarks, PartialDate, Passage, Status, title_of
from generator.parser import status
from generator.parser.body import Piece
from generator.parser.dates import tokens_of
from generator.parser.facts import Facts
from generator.parser.text import sentences

_SUMMARY_ROLES = ("prose",)


def anchored(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces with anchors on all headings, and the blanket sentence about all issues cut out as a passage `b1`."""
    counts = {"s": 0, "i": 0, "f": 0}
    found: list[Piece] = []
    has_blanket = seen_issue = False
    for piece in pieces:
        passage = piece.passage
        if passage.role == "heading":
            kind = "i" if isinstance(passage.marks, IssueMarks) else "f" if passage.marks else "s"
            seen_issue = seen_issue or kind == "i"
            counts[kind] += 1
            found.append(
                Piece(_heading(passage, f"{kind}{counts[kind]}"), piece.paragraph, piece.start, piece.end, piece.line)
            )
            continue
        said = None
        if not has_blanket and not seen_issue and passage.role == "prose":
            said = status.blanket_in(passage.words)
        if said is None:
            found.append(piece)
        else:
            has_blanket = True
            found += _cut_out(piece, said.span)
    return found


def _heading(head: Passage, anchor: str | None, marks: IssueMarks | FollowupMarks | None = None) -> Passage:
    """The heading with an anchor and marks (those it had, when None is given)."""
    return Passage(
        words=head.words, role=head.role, label=head.label, level=head.level, run_on=head.run_on,
        anchor=anchor, marks=marks or head.marks,
    )  # fmt: skip


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
        parts.append(replace(piece, passage=passage, start=shift + begin, end=shift + begin + len(text)))
    return parts


@dataclass(frozen=True, slots=True)
class _Item:
    """An issue or follow-up in the body: its heading, and the passages under it."""

    at: int
    head: Passage
    below: tuple[Passage, ...]
    above: tuple[str, ...]
    """Titles of the headings above it, innermost first."""


def marked(body: Sequence[Passage], facts: Facts) -> tuple[tuple[Passage, ...], tuple[str, ...]]:
    """The body with the marks of every issue and follow-up, and the paths of deadlines that had to be inferred."""
    items = _items(body)
    issues = [item for item in items if isinstance(item.head.marks, IssueMarks)]
    followups = [item for item in items if isinstance(item.head.marks, FollowupMarks)]
    blanket = next((passage.words for passage in body if passage.anchor == "b1"), None)
    unfinished = _unfinished_sentences(body)
    new = list(body)
    inferred: list[str] = []
    continued: dict[str, _Item] = {}
    titles = {_core(title_of(item.head)): item for item in reversed(issues)}
    for item in followups:
        issue = _same_title(_core(title_of(item.head)), titles)
        deadline, _ = _deadline(item, facts, roles=("deadline",))
        refers_to = issue.head.anchor if issue else None
        new[item.at] = _heading(item.head, item.head.anchor, FollowupMarks(deadline=deadline, refers_to=refers_to))
        if issue is not None:
            continued.setdefault(issue.head.anchor or "", new_item(item, new[item.at]))
    for item in issues:
        said, quote = _status(item, continued.get(item.head.anchor or ""), blanket, unfinished)
        roles = ("deadline", "status", "next") if said in ("ongoing", "long-term") else ("deadline",)
        deadline, damaged = _deadline(item, facts, roles=roles)
        if damaged:
            inferred.append(f"issues.{item.head.anchor}.deadline")
        follow = continued.get(item.head.anchor or "")
        if deadline is None and follow is not None and isinstance(follow.head.marks, FollowupMarks):
            deadline = follow.head.marks.deadline
        if said == "unstated" and deadline and facts.published and deadline.first_day > facts.published.last_day:
            said, quote = "ongoing", next((p.words for p in item.below if p.role == "deadline"), None)
        marks = IssueMarks(status=said, quote=quote, deadline=deadline)
        new[item.at] = _heading(item.head, item.head.anchor, marks)
    return tuple(new), tuple(inferred)


def new_item(item: _Item, head: Passage) -> _Item:
    """The item with its heading marked."""
    return replace(item, head=head)


def _items(body: Sequence[Passage]) -> list[_Item]:
    found: list[_Item] = []
    above: list[Passage] = []
    for index, passage in enumerate(body):
        if passage.role != "heading":
            continue
        while above and above[-1].level >= passage.level:
            above.pop()
        if passage.marks is not None:
            end = index + 1
            while end < len(body) and body[end].role not in ("heading", "contact", "signature", "date", "annex"):
                end += 1
            titles = tuple(title_of(heading) for heading in reversed(above))
            found.append(_Item(index, passage, tuple(body[index + 1 : end]), titles))
        above.append(passage)
    return found


def _status(
    item: _Item, follow: _Item | None, blanket: str | None, unfinished: Sequence[str]
) -> tuple[Status, str | None]:
    """The status and, when they stand outside the issue, the words that say it."""
    own = [passage for passage in item.below if passage.role == "status"]
    said = next((s for s in (status.decisive(passage.words) for passage in reversed(own)) if s), None)
    if follow is not None:
        return "ongoing", _followup_quote(follow)
    if said is not None:
        return said, None
    core = _core(title_of(item.head))
    for sentence in unfinished:
        if len(core) >= 6 and core in _core(sentence):
            return "ongoing", sentence
    for title in item.above:
        of_title = status.of_heading(title)
        if of_title is not None and not (blanket and of_title == "done"):
            return of_title, title
    if blanket:
        return "done", blanket
    return "unstated", None


def _followup_quote(follow: _Item) -> str:
    return title_of(follow.head)


def _unfinished_sentences(body: Sequence[Passage]) -> list[str]:
    """Summary sentences that name unfinished issues: 尚未完成整改2条,一是…;二是… (FORMATS d)."""
    found: list[str] = []
    for passage in body:
        if passage.marks is not None:
            break
        if passage.role == "prose" and "未完成" in passage.words:
            for span in sentences(passage.words, "。"):
                cut = span.of(passage.words)
                if at := re.search(r"(?:尚|仍|还)?未完成", cut):
                    found.append(cut[at.start() :])
    return found


_WRAP = re.compile(r"^(?:关于|针对|对|在|就|围绕)|(?:的?整改(?:情况|落实情况)?|的?问题|事项|方面)+$")
_MARKS = re.compile(r"[\s“”‘’\"'《》（）()，,。．.、；;：:·—-]+")


def _core(title: str) -> str:
    """A title without wrapper and punctuation, to compare titles by."""
    bare = _MARKS.sub("", title)
    while (cut := _WRAP.sub("", bare)) != bare:
        bare = cut
    return bare


def _same_title(core: str, titles: dict[str, _Item]) -> _Item | None:
    """The issue whose title is the same, or nearly: one holds the other, or nine tenths agree."""
    if core in titles:
        return titles[core]
    for other, item in titles.items():
        if len(core) >= 6 and len(other) >= 6 and (core in other or other in core):
            return item
    near = difflib.get_close_matches(core, titles, n=1, cutoff=0.85)
    return titles[near[0]] if near else None


def _deadline(item: _Item, facts: Facts, *, roles: Sequence[str]) -> tuple[PartialDate | None, bool]:
    """The deadline that the item's passages of `roles` print, and whether its token was damaged.

    月底 is the last day of its month; a year left out is that of the first such month after the feedback.
    """
    for passage in reversed(item.below):
        if passage.role not in roles:
            continue
        tokens = list(tokens_of(passage.words))
        if passage.role != "deadline":
            tokens = [t for t in tokens if re.match(r"\s*(?:之|以)?前|\s*底|\s*完成", passage.words[t.span.end :])]
        for token in reversed(tokens):
            if len(token.readings) != 1:
                continue
            year, month, day = token.readings[0]
            after = facts.dates.feedback or facts.dates.end or facts.published
            if not year:
                if after is None:
                    continue
                year = after.year + (month < after.month)
            found = PartialDate(year, month, day)
            if token.fuzzy in ("底", "末"):
                last = found.last_day
                found = PartialDate(last.year, last.month, last.day)
            return found, token.is_damaged
    return None, False
