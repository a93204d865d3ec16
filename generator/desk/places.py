"""Places in the words of a notice, guarded by the words that stand there, and the cutting of passages at them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from generator.base.diagnostics import Span
from generator.model.differing import hunks
from generator.model.notice import Notice, Passage


class RefusedAct(Exception):  # noqa: N818  # an answer to the editor, no fault of the program
    """An act that cannot be done. `code` names why (generator/desk/refusals.py), `words` what it was about."""

    def __init__(self, code: str, words: str = "") -> None:
        super().__init__(f"{code}: {words}")
        self.code, self.words = code, words


@dataclass(frozen=True, slots=True)
class GuardedPlace:
    """`Notice.text[start:end]`, which must be `words`: no act speaks of other words than the editor saw."""

    start: int
    end: int
    words: str

    def span(self, text: str) -> Span:
        """Where it is. Raises RefusedAct when other words stand there."""
        if not self.words or text[self.start : self.end] != self.words:
            raise RefusedAct("moved", self.words)
        return Span(self.start, self.end)


def place(notice: Notice, start: int, end: int) -> GuardedPlace:
    """The place of `text[start:end]`."""
    return GuardedPlace(start, end, notice.text[start:end])


def whole(notice: Notice, index: int) -> GuardedPlace:
    """The place of a passage."""
    start = notice.starts[index]
    return place(notice, start, start + len(notice.body[index].text))


def moved(one: GuardedPlace, old: str, new: str) -> GuardedPlace | None:
    """The place in a newer text; None when its words, or what stands right beside them, are others there."""
    if old == new:
        return one
    shift = 0
    for hunk in hunks(old, new):
        if hunk.start <= one.end and one.start <= hunk.end:
            return None
        if hunk.end < one.start:
            shift += (hunk.other_end - hunk.other) - (hunk.end - hunk.start)
    return GuardedPlace(one.start + shift, one.end + shift, one.words)


def index_at(notice: Notice, span: Span) -> int:
    """The passage in which a span lies. Raises RefusedAct when it runs over several, or lies in none."""
    indexes = indexes_at(notice, span)
    if len(indexes) != 1:
        raise RefusedAct("several", span.of(notice.text))
    return indexes[0]


def indexes_at(notice: Notice, span: Span) -> range:
    """The passages that a span touches. Raises RefusedAct for white space alone."""
    words = span.of(notice.text)
    if not words.strip():
        raise RefusedAct("blank", words)
    start = span.start + len(words) - len(words.lstrip())
    end = span.end - (len(words) - len(words.rstrip()))
    return range(bisect_right(notice.starts, start) - 1, bisect_right(notice.starts, end - 1))


def isolated(notice: Notice, span: Span) -> tuple[list[Passage], int]:
    """The body in which the words of the span are a passage of their own, and its index.

    The span lies in one passage. White space stays behind the words before it, for no passage begins with it. A label
    belongs to the words behind it, an anchor to the first part; what is cut off a heading or title is prose.
    """
    index = index_at(notice, span)
    one, base = notice.body[index], notice.starts[index]
    words = span.of(notice.text)
    start = span.start - base + len(words) - len(words.lstrip())
    parts = cut(one, [0 if start <= len(one.label) else start, _over_blanks(one.text, span.end - base)])
    body = [*notice.body[:index], *parts, *notice.body[index + 1 :]]
    return body, index + (1 if start > len(one.label) else 0)


def _over_blanks(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def cut(one: Passage, at: Sequence[int]) -> list[Passage]:
    """The passage cut at places of its text, which lie behind its label; places at its ends cut nothing."""
    size = len(one.label)
    places = [0, *sorted({place for place in at if size < place < len(one.text)}), len(one.text)]
    parts = []
    for start, end in pairwise(places):
        if not start:
            parts.append(one._replace(words=one.text[size:end]))
        else:
            role = "prose" if one.role in ("heading", "title") else one.role
            parts.append(Passage(words=one.text[start:end], role=role, run_on=True))
    return parts


def free_anchor(body: Sequence[Passage], kind: str) -> str:
    """The next anchor of its kind (`i`, `f`, `s`, `b`) that nothing has: none is ever given twice."""
    known = [one.anchor[len(kind) :] for one in body if one.anchor and one.anchor.startswith(kind)]
    return f"{kind}{max((int(rest) for rest in known if rest.isascii() and rest.isdecimal()), default=0) + 1}"


def index_of(notice: Notice, anchor: str) -> int:
    """The passage that has an anchor. Raises RefusedAct when none has it."""
    found = next((index for index, one in enumerate(notice.body) if anchor and one.anchor == anchor), None)
    if found is None:
        raise RefusedAct("no-anchor", anchor)
    return found
