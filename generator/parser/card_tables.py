"""Tables that give each issue a card: 反馈问题 | … under 整改措施 | …, a label and its words side by side (FORMATS k).

No word is dropped. The number and the problem of a card become a heading; what is printed above the problem, such as
its status, follows it, and edits record the move.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from generator.model.notice import ROLES, Edit, Role
from generator.model.numbering import Label
from generator.parser.clean import join_edit, moved
from generator.parser.lines import Line
from generator.parser.role_labels import RoleLabel
from generator.parser.text import Paragraph, joined, squeezed
from generator.readers.document import Document


class Pair(NamedTuple):
    """A label and its words."""

    role: str
    label: Paragraph
    words: Paragraph


Card = list[Pair]
_ANSWERS = frozenset({"response", "status"})


def pairs_of(cells: Sequence[Paragraph], roles: Callable[[str], str | None]) -> Card:
    """The pairs in the cells of a row; none when it is not made of them."""
    filled = [cell for cell in cells if cell.text]
    names = [roles(squeezed(cell.text).rstrip("：:")) for cell in filled]
    if not filled or len(filled) % 2 or not all(names[::2]) or any(names[1::2]) or any(c.segments for c in filled):
        return []  # what was joined or fixed before cannot be moved in one piece
    return [Pair(name or "", *both) for name, *both in zip(names[::2], filled[::2], filled[1::2], strict=True)]


def cards_of(rows: Sequence[Card]) -> list[Card]:
    """The cards that rows of pairs make: each has one problem. Empty when one of them has no problem or no answer."""
    cards: list[Card] = []
    known: set[str] = set()
    for row in rows:
        new = {pair.role for pair in row}
        is_answered = bool(known & _ANSWERS)
        if not cards or ("number" in known & new) or ("title" in known & new and is_answered):
            cards.append([])
            known = set()
        for pair in row:
            role = "finding" if pair.role == "title" and "title" in known else pair.role
            cards[-1].append(pair._replace(role=role))
            known.add(role)
    is_whole = all(
        {"title"} <= roles and roles & _ANSWERS for roles in ({pair.role for pair in card} for card in cards)
    )
    return cards if is_whole else []


def lines_of_card(card: Card, count: int, document: Document, edits: list[Edit]) -> Iterator[Line]:
    """The lines of a card, its heading first; `edits` takes joins and moves. `count` is its place among the cards."""
    at = next(index for index, pair in enumerate(card) if pair.role == "title")
    title = card[at]
    above = card[:at]
    numbers = [part for pair in above if pair.role == "number" for part in (pair.label, pair.words)]
    others = [pair for pair in above if pair.role != "number"]
    if others:
        numbers = [moved(part, title.label.source(0), title.label.line, "cell-moved", edits) for part in numbers]
    head = [*numbers, title.label, title.words]
    for first, second in pairwise(head):
        if first.line != second.line:
            edits.append(join_edit(first, second, document.text))
    whole = joined(head)
    end = len(whole.text) - len(title.words.text)
    yield Line(whole, whole.text, Label("row-title", count, whole.text[:end], end), None, ())
    behind = title.words.source_end(len(title.words.text))
    for pair in others:
        label, words = (moved(part, behind, title.words.line, "cell-moved", edits) for part in (pair.label, pair.words))
        yield _line(pair, label, words)
    for pair in card[at + 1 :]:
        yield _line(pair, pair.label, pair.words)


def _line(pair: Pair, label: Paragraph, words: Paragraph) -> Line:
    whole = joined([label, words])
    role: Role = pair.role if pair.role in ROLES else "prose"  # type: ignore[assignment]  # just asked
    role_label = RoleLabel(role, 0, len(label.text))
    return Line(whole, whole.text, None, role_label, (role_label,))
