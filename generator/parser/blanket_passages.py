"""Sentences about many issues that stand outside of them, each cut out of its paragraph as a passage of its own."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterator, Sequence

from generator.base.diagnostics import Span
from generator.model.notice import IssueMarks, Passage, title_of
from generator.parser.blankets import blankets_in
from generator.parser.body import Piece
from generator.parser.meant_issues import OF_ALL_FED_BACK, may_name
from generator.parser.title_names import core

_MOST_BLANKETS = 50


def with_blankets(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces with each sentence about many issues that stands outside of them cut out as a passage `b1`, `b2`, …"""
    found: list[Piece] = []
    count, is_outside, has_issues = itertools.count(1), True, False
    names = functools.cache(lambda: _issue_names(pieces))
    for piece in pieces:
        passage = piece.passage
        if passage.role == "heading":
            is_outside, has_issues = passage.marks is None, has_issues or passage.marks is not None
        if passage.role == "contact" and has_issues and (end := _told_first(passage.words)):
            found += _cut_out(piece, [Span(0, end)], count)
            continue
        if passage.role != "prose" or not (is_outside or passage.label == ""):
            found.append(piece)
            continue
        spans = [
            one.span
            for one in itertools.islice(blankets_in(passage.words), _MOST_BLANKETS)
            if (has_issues or one.reach != "above" or one.total > 1 or OF_ALL_FED_BACK.search(one.words))
            and (one.status or one.apart or any(may_name(n, names()) for n, _ in one.named))
        ]
        found += _cut_out(piece, spans, count) if spans else [piece]
    return found


_INVITES = re.compile(r"[，,。；;](?=(?:欢迎|敬请|恳请|请|如有|如对|特此|监督|联系|举报|咨询|电话|公示期))")
_LONGEST_TOLD = 120


def _told_first(words: str) -> int:
    """Where the words end that a contact paragraph begins with, and that say how far all issues are; 0: it has none.

    以上问题均已整改到位，欢迎继续监督，电话：…
    """
    invites = _INVITES.search(words, 0, _LONGEST_TOLD)
    if invites is None:
        return 0
    told = next(blankets_in(words[: invites.start()]), None)
    return invites.end() if told is not None and told.status is not None else 0


def _issue_names(pieces: Sequence[Piece]) -> list[str]:
    return [core(title_of(piece.passage)) for piece in pieces if isinstance(piece.passage.marks, IssueMarks)]


def _cut_out(piece: Piece, spans: Sequence[Span], count: Iterator[int]) -> Iterator[Piece]:
    """The piece in parts, those at `spans` of its words with an anchor."""
    words, shift = piece.passage.words, piece.end - len(piece.passage.words)
    ends = [0, *(place for span in spans for place in (span.start, span.end)), len(words)]
    is_first = True
    for at, (start, end) in enumerate(itertools.pairwise(ends)):
        text = words[start:end].strip()
        if not text and (spans or not is_first):
            continue
        begin = words.index(text, start)
        passage = Passage(
            words=text,
            role="prose" if at % 2 else piece.passage.role,
            anchor=f"b{next(count)}" if at % 2 else piece.passage.anchor,
            run_on=not is_first or piece.passage.run_on, label=piece.passage.label if is_first else "",
        )  # fmt: skip
        yield Piece(passage, piece.paragraph, shift + begin, shift + begin + len(text), piece.line)
        is_first = False
