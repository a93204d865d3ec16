"""Labels of a status that lead in what was done, and answers that begin with how far the issue is (FORMATS f).

整改完成情况： may stand before either. What decides is what stands behind it in the notice: words of a status, or
sentences that say none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from generator.parser import status
from generator.parser.lines import Line
from generator.parser.role_labels import RoleLabel
from generator.parser.rules.role_labels import COLUMNS, LABELS, NUMBERS

_OF_ISSUES = frozenset(word for word, role in (*COLUMNS, *LABELS) if role in ("title", "finding", "response"))
"""Heads of columns that only a table of issues has."""
_LONG_STATUS = 40
"""Characters: no status is longer."""
_FEWEST = 2
"""So many answers at least begin with a status where that is the habit of the notice."""
_SHORTEST = 4
_MARKS = "【】[]〔〕（）()：: \u3000\t*"


class _Value(NamedTuple):
    """A label of a status, and what stands behind it."""

    at: int
    word: str
    words: str
    is_status: bool


def answers_behind_status(lines: Sequence[Line]) -> list[Line]:
    """The lines, 整改完成情况： taken for the label of the answer where no other one is, and no status follows it.

    A short text is none where that label leads in sentences in most of its places.
    """
    blocks = list(_blocks_without_answer(lines))
    values = [value for start, end in blocks for value in _values(lines, start, end)]
    told = Counter(value.word for value in values if not value.is_status and value.words.endswith("。"))
    places = Counter(value.word for value in values)
    words = {word for word, count in told.items() if count > 1 and count * 2 > places[word]}
    found = list(lines)
    for start, end in blocks:
        for index in range(start, end):
            line = lines[index]
            own = tuple(_as_answer(lines, index, one, words) for one in line.role_labels)
            if own != line.role_labels:
                found[index] = line._replace(
                    role_label=own[0] if line.role_label is not None else None, role_labels=own
                )
    return found


def _blocks_without_answer(lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """The lines from one number or bullet to the next, where none of them has the label of an answer."""
    starts = [index for index, line in enumerate(lines) if not index or line.words_at]
    for start, end in pairwise([*starts, len(lines)]):
        if not any(one.role == "response" for line in lines[start:end] for one in line.role_labels):
            yield start, end


def _values(lines: Sequence[Line], start: int, end: int) -> Iterator[_Value]:
    for index in range(start, end):
        for one in lines[index].role_labels:
            if one.role == "status":
                words = _words_behind(lines, index, one)
                yield _Value(index, _word(lines[index].text, one), words, status.decisive(words) is not None)


def _words_behind(lines: Sequence[Line], index: int, role_label: RoleLabel) -> str:
    """What stands behind a label in its line, or, where it stands alone, in the next one."""
    line = lines[index]
    if role_label.end < len(line.text) or index + 1 >= len(lines):
        return line.text[role_label.end :]
    below = lines[index + 1]
    return below.text if below.label is None and not below.role_labels else ""


def _word(text: str, role_label: RoleLabel) -> str:
    return text[role_label.start : role_label.end].strip(_MARKS)


def _as_answer(lines: Sequence[Line], index: int, role_label: RoleLabel, told: Collection[str]) -> RoleLabel:
    if role_label.role != "status":
        return role_label
    text = lines[index].text
    is_long, is_told = len(text) - role_label.end > _LONG_STATUS, _word(text, role_label) in told
    words = _words_behind(lines, index, role_label) if is_long or is_told else ""
    is_answer = bool(words) and ((is_long and is_told) or status.decisive(words) is None)
    return role_label._replace(role="response") if is_answer else role_label


def tables_below_answers(lines: Sequence[Line]) -> list[Line]:
    """The lines, 序号 taken for a word where it heads a table that is not of issues: 序号, 项目, 进度.

    Its rows are words of the answer above, unless that ends with how far the issue is.
    """
    found = list(lines)
    for index, (above, line) in enumerate(pairwise(lines), 1):
        cells = ["".join(cell.split()) for cell in line.text.split("\t")]
        is_head = line.role_label is not None and cells[0] in NUMBERS and len(cells) > 1 and not cells[1][:1].isdigit()
        if is_head and _OF_ISSUES.isdisjoint(cells) and status.closing_of(above.text) is None:
            found[index] = line._replace(role_label=None, role_labels=())
    return found


def statuses_before_answers(lines: Sequence[Line]) -> list[Line]:
    """The lines, the sentence that says how far the issue is set apart from the answer that it begins: 已完成。清退…

    One answer that begins so proves nothing; the sentence may tell of a part of it.
    """
    places = {index: place for index, line in enumerate(lines) if (place := _first_status(line)) is not None}
    if len(places) < _FEWEST:
        return list(lines)
    found = list(lines)
    for index, (at, begin, end) in places.items():
        line = lines[index]
        apart = (RoleLabel("status", begin, begin), RoleLabel("response", end, end))
        found[index] = line._replace(role_labels=(*line.role_labels[: at + 1], *apart, *line.role_labels[at + 1 :]))
    return found


def _first_status(line: Line) -> tuple[int, int, int] | None:
    """Which of its labels is an answer's that begins with a status: its place, and where the status begins and ends."""
    for at, one in enumerate(line.role_labels):
        limit = line.role_labels[at + 1].start if at + 1 < len(line.role_labels) else len(line.text)
        said = status.first_clause_of(line.text[one.end : limit]) if one.role == "response" else None
        if said is None or said.span.start:
            continue
        end = one.end + said.span.end
        if line.text[end - 1] == "。" and limit - end >= _SHORTEST:
            return at, one.end, end
    return None
