"""The issues and follow-ups of a body, and places in its words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from generator.base.diagnostics import Span
from generator.model.notice import IssueMarks, Passage, Role, Status, names_of, title_of
from generator.parser.title_names import core


class BodyItem(NamedTuple):
    """An issue or follow-up in the body: its heading, and the passages under it."""

    at: int
    head: Passage
    below: tuple[Passage, ...]
    above: tuple[int, ...]
    """Indices of the headings above it, outermost first."""
    name: str
    """Its title, to compare titles by."""

    @property
    def is_issue(self) -> bool:
        """Whether it is an issue, and not a follow-up."""
        return isinstance(self.head.marks, IssueMarks)

    def last_first(self, *roles: Role) -> Iterator[tuple[int, Passage]]:
        """The passages of `roles` under the heading, each with its index in the body, the last one first."""
        for offset in range(len(self.below) - 1, -1, -1):
            if self.below[offset].role in roles:
                yield self.at + 1 + offset, self.below[offset]

    def left_over(self) -> Iterator[tuple[int, Passage]]:
        """What stands behind the first words of the answer under a label of its own: 存在不足：…, 备注：…."""
        first = next((at for at, passage in enumerate(self.below) if passage.role == "response"), len(self.below))
        places = self.last_first("finding", "reason", "prose")
        return ((at, passage) for at, passage in places if passage.label and at > self.at + 1 + first)


class Place(NamedTuple):
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


class PlacedStatus(NamedTuple):
    """A status, and the place that says it when that is not a status sentence of the issue."""

    status: Status
    place: Place | None = None
    is_own: bool = False
    """Said of this issue alone."""
    is_taken_back: bool = False
    """A later part may call it unfinished, whatever its own words say: no other word makes it finished."""

    @property
    def is_open(self) -> bool:
        """Whether something is left to do."""
        return self.status in ("ongoing", "long-term")


class MarkAnomaly(NamedTuple):
    """Words that an editor must read: a code, where, and why."""

    code: str
    place: Place
    message: str


_ENDS = ("heading", "contact", "signature", "date", "annex")


def is_blanket(passage: Passage) -> bool:
    """Whether it is a sentence about many issues that was cut out of its paragraph."""
    return passage.role == "prose" and passage.anchor is not None and passage.anchor.startswith("b")


def items_of(body: Sequence[Passage]) -> list[BodyItem]:
    """The issues and follow-ups of a body, in order."""
    heads: list[tuple[int, Passage]] = []
    paths: list[tuple[int, ...]] = []
    above: list[tuple[int, int]] = []
    for index, passage in enumerate(body):
        if passage.role != "heading":
            continue
        while above and above[-1][1] >= passage.level:
            above.pop()
        if passage.marks is not None:
            heads.append((index, passage))
            paths.append(tuple(at for at, _ in above))
        above.append((index, passage.level))
    found: list[BodyItem] = []
    for (index, head), path, (_, title) in zip(heads, paths, names_of(body, heads), strict=True):
        end = index + 1
        while end < len(body) and body[end].role not in _ENDS:
            end += 1
        found.append(BodyItem(index, head, tuple(body[index + 1 : end]), path, core(title)))
    return found
