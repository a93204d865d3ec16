"""Document → Notice: the stages of the parser in their order."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from operator import itemgetter

from generator.base.diagnostics import Span
from generator.model.notice import (
    Anomaly,
    Edit,
    Inspection,
    Notice,
    PartialDate,
    Passage,
    Role,
    Source,
    Unit,
    starts_of,
)
from generator.model.numbering import label_at
from generator.parser import anomalies, facts, marks
from generator.parser.answered_by_number import answered_by_number
from generator.parser.blanket_passages import with_blankets
from generator.parser.body import Piece, pieces_of
from generator.parser.clean import join_edit, paragraphs_of
from generator.parser.closing import Closing, closing_of
from generator.parser.front import Front, front_of
from generator.parser.grid import IssueTable, tables_of
from generator.parser.habits import habits_of
from generator.parser.joins import join_cut, join_wrapped
from generator.parser.line_ends import headings_apart, unfold
from generator.parser.lines import (
    Line,
    answers_behind_findings,
    line_of,
    measures_in_answers,
    numbered_role_labels,
    without_lists_of_faults,
)
from generator.parser.mirror import as_printed, shadow_of
from generator.parser.notice_anomalies import limited
from generator.parser.outline import outline_of
from generator.parser.printed_title import bare_title, title_words
from generator.parser.run_on import problems_apart
from generator.parser.slugs import short, slug
from generator.parser.status_labels import answers_behind_status, statuses_before_answers, tables_below_answers
from generator.parser.text import CJK_BLANK, Lines, Paragraph, joined
from generator.parser.unit import constructed_title
from generator.readers.document import Document


def parse(document: Document, source: Source) -> Notice:
    """The notice that a document prints; never refuses, keeps what it cannot place as prose, and flags anomalies."""
    shadow = shadow_of(document)
    return _parse(document, source) if shadow is None else as_printed(_parse(shadow, source), shadow, document)


def _parse(document: Document, source: Source) -> Notice:
    cleaned = paragraphs_of(document)
    whole, wraps = join_wrapped(cleaned.paragraphs, document)
    paragraphs = headings_apart(unfold(whole))
    front = front_of(paragraphs)
    rest = paragraphs[front.start :]
    tables = list(tables_of(rest, document))
    closing = closing_of(rest, tables[-1].end if tables else 0)
    lines, joins = _lines(rest[: closing.end], tables, document)
    lines, named = answered_by_number(lines)
    outline = outline_of(lines, named, is_cut=closing.end == len(rest))
    title, title_edits = _title(front, document)
    pieces = with_blankets([*_front_pieces(front, title), *pieces_of(lines, outline), *_closing_pieces(rest, closing)])
    edits = _edits(document, cleaned.edits, front, closing, rest, [*wraps, *joins, *title_edits])
    return _with_facts(_Parsing(document, cleaned.lines, source, front, closing, tuple(pieces), edits, title))


@dataclass(frozen=True, slots=True)
class _Parsing:
    """The words are final; the facts are still to be found."""

    document: Document
    lines: Lines
    source: Source
    front: Front
    closing: Closing
    pieces: tuple[Piece, ...]
    edits: tuple[Edit, ...]
    title: Paragraph | None


def _lines(
    paragraphs: Sequence[Paragraph], tables: Sequence[IssueTable], document: Document
) -> tuple[list[Line], list[Edit]]:
    """The lines of the notice's text, torn paragraphs joined and tables read row by row, and the edits of that."""
    lines: list[Line] = []
    edits: list[Edit] = []
    done = 0
    numbers = [label_at(paragraph.text) for paragraph in paragraphs]
    habits = habits_of(paragraphs, numbers)
    for start, end, inside, made in (*tables, IssueTable(len(paragraphs), len(paragraphs), (), ())):
        read = [line_of(paragraphs[index], numbers[index], habits) for index in range(done, start)]
        plain, joins = join_cut(read, document, habits)
        plain = problems_apart(answers_behind_findings(answers_behind_status(numbered_role_labels(plain))), habits)
        plain = tables_below_answers(measures_in_answers(plain))
        lines += [*statuses_before_answers(without_lists_of_faults(plain)), *inside]
        edits += [*joins, *made]
        done = end
    return lines, edits


def _title(front: Front, document: Document) -> tuple[Paragraph | None, list[Edit]]:
    """The title on one line, without the blanks that wrapping left between Chinese characters."""
    if not front.title:
        return None, []
    edits = [join_edit(first, second, document.text) for first, second in pairwise(front.title)]
    return joined(front.title), edits


def _front_pieces(front: Front, title: Paragraph | None) -> list[Piece]:
    pieces = [Piece(Passage(words=p.text, role="addressee"), p, 0, len(p.text), -1) for p in front.addressee]
    pieces += [Piece(Passage(words=p.text), p, 0, len(p.text), -1) for p in front.rest]
    if title is not None:
        words = CJK_BLANK.sub("", title.text).strip()
        pieces.append(Piece(Passage(words=words, role="title"), title, 0, len(title.text), -1))
    return sorted(pieces, key=lambda piece: piece.paragraph.source(0))


def _closing_pieces(rest: Sequence[Paragraph], closing: Closing) -> list[Piece]:
    pieces: list[Piece] = []
    for index in range(closing.end, len(rest)):
        if index in closing.aside:
            continue
        paragraph, size = rest[index], len(rest[index].text)
        if index == closing.date and closing.split is not None:
            cut = len(paragraph.text[: closing.split].rstrip(" 　（("))
            pieces.append(Piece(Passage(words=paragraph.text[:cut], role="signature"), paragraph, 0, cut, -1))
            words = paragraph.text[cut:].strip()
            start = paragraph.text.index(words, cut)
            pieces.append(Piece(Passage(words=words, role="date", run_on=True), paragraph, start, size, -1))
            continue
        pieces.append(Piece(Passage(words=paragraph.text, role=_closing_role(closing, index)), paragraph, 0, size, -1))
    return pieces


def _closing_role(closing: Closing, index: int) -> Role:
    if index in closing.contact:
        return "contact"
    if index in closing.signature:
        return "signature"
    if index == closing.date:
        return "date"
    below = max((*closing.signature, closing.date or 0))
    return "annex" if index in closing.annex or 0 < below < index else "prose"


def _edits(
    document: Document,
    cleaned: Sequence[Edit],
    front: Front,
    closing: Closing,
    rest: Sequence[Paragraph],
    others: Sequence[Edit],
) -> tuple[Edit, ...]:
    """All edits in the order of the source; one inside a paragraph that is set aside goes with it."""
    aside = [(kind, paragraph) for kind, paragraph in front.aside]
    aside += [("chrome-removed", rest[index]) for index in closing.aside]
    whole: list[Edit] = []
    for kind, paragraph in aside:
        start, end = paragraph.source(0), paragraph.source_end(len(paragraph.text))
        before = document.text[start:end]
        whole.append(Edit(kind=kind, line=paragraph.line, before=before, after="", start=start))
    gone = [*whole, *(edit for edit in others if edit.kind == "head-repeated")]
    spans = sorted((edit.start or 0, (edit.start or 0) + len(edit.before)) for edit in gone)
    others = [edit for edit in others if edit.kind != "head-repeated"]
    kept = [edit for edit in (*cleaned, *others) if not _lies_in(spans, edit.start or 0)]
    return (*document.edits, *sorted([*gone, *kept], key=lambda edit: (edit.start or 0, len(edit.before))))


def _lies_in(spans: Sequence[tuple[int, int]], offset: int) -> bool:
    """Whether one of the spans, sorted and apart from each other, holds the offset."""
    at = bisect_right(spans, offset, key=itemgetter(0)) - 1
    return at >= 0 and offset < spans[at][1]


# ------------------------------------------------------------------------------------------------------------ facts


def _with_facts(draft: _Parsing) -> Notice:
    body: tuple[Passage, ...] = tuple(piece.passage for piece in draft.pieces)
    title = next((t for t in map(bare_title, (title_words(draft.front.title), *draft.front.other_titles)) if t), "")
    starts = starts_of(body)
    found = facts.facts_of(body, starts, draft.front, draft.closing, title)
    body, deadlines, places, unclear = marks.marked(body, starts, found)
    unit = found.unit or ""
    notice = Notice(
        id=_notice_id(unit, found.published, draft.source),
        title=title or constructed_title(unit, is_higher=found.is_higher),
        title_origin="printed" if title else "constructed",
        unit=Unit(id=slug(unit), name=unit, region=found.region.region),
        inspection=Inspection(
            inspector=found.inspector, kind=found.kind, round=found.round, start=found.dates.start, end=found.dates.end,
            feedback=found.dates.feedback, printed=found.printed,
        ),
        published=found.published,
        inferred=(*found.inferred, *deadlines),
        stated=found.stated,
        contact=found.contact,
        metadata=draft.front.metadata,
        accountability=found.accountability,
        body=body,
        edits=draft.edits,
        evidence=_evidence((*found.evidence, *places)),
        grounds=found.grounds,
        source=draft.source,
    )  # fmt: skip
    place = _SourceLines(draft, notice)
    own = [
        Anomaly(code=a.code, line=place.line(a.span), quote=a.quote, message=a.message, span=a.span)
        for a in anomalies.anomalies_of(notice, found, unclear)
    ]
    read = [place.found(anomaly, notice) for anomaly in draft.document.anomalies]
    return notice.replace(anomalies=tuple(limited((*read, *own))))


def _evidence(found: Sequence[tuple[str, Span]]) -> tuple[tuple[str, Span], ...]:
    """One place for each fact: the first."""
    first: dict[str, Span] = {}
    for path, span in found:
        if span.end > span.start:
            first.setdefault(path, span)
    return tuple(first.items())


_UNIT = 36
"""Characters of a unit in a permalink: with the date, and the number of a second one of that day, 48 at most."""


def _notice_id(unit: str, published: PartialDate | None, source: Source) -> str:
    """The permalink: unit and date of publication; where one of them is unknown, the source's hash stands for it."""
    name = short(slug(unit), _UNIT) or "notice"
    return f"{name}-{re.sub('-', '', published.iso) if published and unit else source.sha256[:8]}"


_NEAR = 8
"""Passages of one line in which a reader's quote is looked for."""


class _SourceLines:
    """From spans of the text to lines of the source, and back."""

    def __init__(self, draft: _Parsing, notice: Notice) -> None:
        self._pieces = draft.pieces
        self._starts = notice.starts
        self._lines = draft.lines
        self._first: dict[int, int] = {}
        """Line of the source → index of its first piece."""
        for index, piece in enumerate(draft.pieces if draft.document.anomalies else ()):
            self._first.setdefault(self._lines.at(piece.paragraph.source(piece.start)), index)

    def found(self, anomaly: Anomaly, notice: Notice) -> Anomaly:
        """A reader's anomaly with its place in the text: that of its quote, of what of it stands in one passage."""
        first = self._first.get(anomaly.line)
        if first is None or anomaly.span is not None:
            return anomaly
        for index in range(first, min(first + _NEAR, len(self._pieces))):
            passage = self._pieces[index].passage
            label, words = passage.label, passage.words
            start = self._starts[index] + len(label)
            for quote in (anomaly.quote, anomaly.quote.removeprefix(label).lstrip(), *anomaly.quote.split("\t")):
                cut = quote[: len(words)]
                if cut and (at := words.find(cut)) >= 0:
                    span = Span(start + at, start + at + len(cut))
                    return replace(anomaly, quote=span.of(notice.text), span=span)
        return anomaly

    def line(self, span: Span | None) -> int:
        """1-based line of the source in which the span begins; 0 without span."""
        if span is None:
            return 0
        index = max(bisect_right(self._starts, span.start) - 1, 0)
        piece = self._pieces[index]
        offset = min(piece.start + span.start - self._starts[index], max(len(piece.paragraph.text) - 1, 0))
        return self._lines.at(piece.paragraph.source(offset))
