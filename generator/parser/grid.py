"""Tables of issues (序号 | 反馈问题 | 整改措施 | 完成时限), each row read as the lines of an issue (FORMATS k).

A table comes as rows whose cells a tab or a `|` parts, or, where an extractor lost the rows, with one cell a line. No
word is dropped: the head stays as it is printed, a row's number and problem become a heading, its other cells
paragraphs whose role the head says. Edits say what is taken off: a `|` between cells, a head that is printed again, and
a number that stands before the group and not before the problem that it numbers.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from generator.model.notice import ROLES, Edit, Role
from generator.model.numbering import Label, label_at, number
from generator.parser.card_tables import Card, cards_of, lines_of_card, pairs_of
from generator.parser.clean import join_edit, moved
from generator.parser.habits import Habits
from generator.parser.lines import Line, line_of
from generator.parser.role_labels import RoleLabel
from generator.parser.table_columns import (
    COLUMNS,
    MOST_COLUMNS,
    TITLE_OR_FINDING,
    column_of,
    columns_of,
    is_of_followups,
    is_of_issues,
    named_from_above,
    with_one_title,
)
from generator.parser.text import Paragraph, items_behind, joined, squeezed
from generator.readers.document import Document

_LONGEST_GROUP = 60
_BETWEEN = re.compile(r"[\t|｜]")
_PIPE = re.compile(r"[|｜]")
_TAB = re.compile(r"\t")
_RULE = re.compile(r"(?=[^|｜]*+[|｜])[\s|｜:+=-]++")
"""A line drawn below the head: |---|---|."""


FOLLOWUP_ROW = "row-followup"
"""Style of the number of a row that is a follow-up."""


class IssueTable(NamedTuple):
    """A table of issues in a list of paragraphs: `[start:end)`, and what it is read as."""

    start: int
    end: int
    lines: tuple[Line, ...]
    edits: tuple[Edit, ...]


_GridRow = list[tuple[str, Paragraph]]
"""The cells of a row that hold words, each with its column."""


def tables_of(paragraphs: Sequence[Paragraph], document: Document) -> Iterator[IssueTable]:
    """The tables of issues among the paragraphs, in order."""
    paragraphs = _with_tabs(paragraphs)
    done = tried = 0
    cards = itertools.count(1)
    has_rows = any(_BETWEEN.search(paragraph.text) for paragraph in paragraphs)
    for index, paragraph in enumerate(paragraphs):
        may_head = paragraph.text in COLUMNS or (has_rows and _BETWEEN.search(paragraph.text))
        if not may_head or index < done:
            continue
        found = None
        if index >= tried:
            tried, found = _cards_at(paragraphs, index, document, cards)
        found = found or _table_at(paragraphs, index, document)
        if found is not None:
            done = found.end
            yield found


_BLANKS = re.compile("[ \u3000\u00a0]+")
_FEWEST_ROWS = 2


def _with_tabs(paragraphs: Sequence[Paragraph]) -> Sequence[Paragraph]:
    """The paragraphs, a tab in place of the first blank between the cells of a table whose cells blanks alone part.

    Its head is nothing but names of columns, the first that of the number, and each row below it has as many cells.
    """
    found: dict[int, Paragraph] = {}
    for start, head in enumerate(paragraphs):
        if not head.text.startswith(_NUMBER_HEADS) or _BETWEEN.search(head.text) or start in found:
            continue
        columns = columns_of(head.text.split())
        if "prose" in columns or not is_of_issues(columns) or columns[0] != "number":
            continue
        below = itertools.takewhile(functools.partial(_is_blank_row, len(columns)), items_behind(paragraphs, start))
        rows = [head, *below]
        if len(rows) > _FEWEST_ROWS:
            found |= {start + at: row._replace(text=_BLANKS.sub(_tabbed, row.text)) for at, row in enumerate(rows)}
    return [found.get(index, paragraph) for index, paragraph in enumerate(paragraphs)] if found else paragraphs


_NUMBER_HEADS = tuple(word for word, column in COLUMNS.items() if column == "number")


def _is_blank_row(size: int, row: Paragraph) -> bool:
    words_ = row.text.split(maxsplit=size)
    return len(words_) == size and number(words_[0]) is not None and not _BETWEEN.search(row.text)


def _tabbed(blanks: re.Match[str]) -> str:
    return "\t" + blanks[0][1:]


def _table_at(paragraphs: Sequence[Paragraph], start: int, document: Document) -> IssueTable | None:
    """The table whose head stands at `start`; None when none does."""
    edits: list[Edit] = []
    is_across = _BETWEEN.search(paragraphs[start].text) is not None
    if is_across:
        columns = _columns_of_two(paragraphs, start)
        body = start + (2 if columns else 1)
        columns = with_one_title(columns or columns_of(_heads(paragraphs[start])))
        end, rows = _across(paragraphs, body - 1, columns, document, edits) if is_of_issues(columns) else (body, [])
    else:
        below = (squeezed(paragraph.text) for paragraph in paragraphs[start : start + MOST_COLUMNS + 1])
        heads = list(itertools.takewhile(lambda text: number(text) != 1, below))
        columns = columns_of(heads)
        body = start + len(heads)
        is_head = columns[0] == "number" and is_of_issues(columns)
        end, rows = _down(paragraphs, body, columns, document, edits) if is_head else (body, [])
    if not any(column == "title" for row in rows for column, _ in row):
        return None
    rows = _with_groups(rows) if TITLE_OR_FINDING in columns else rows
    kind = FOLLOWUP_ROW if is_of_followups(columns) else "row-title"
    head = [line_of(one, label_at(one.text), Habits()) for one in paragraphs[start:body]]
    head[1:] = [one._replace(role_label=None, role_labels=()) for one in head[1:]] if is_across else head[1:]
    lines = [*head, *_lines(rows, kind, document, edits)]
    return IssueTable(start, end, tuple(lines), tuple(edits))


def _cards_at(
    paragraphs: Sequence[Paragraph], start: int, document: Document, counts: Iterator[int]
) -> tuple[int, IssueTable | None]:
    """Where the rows of pairs that begin at `start` end, and the cards that they are; None when they are none."""
    rows: list[Card] = []
    end = start
    while end < len(paragraphs) and (row := pairs_of(_cells(paragraphs[end]), COLUMNS.get)):
        rows.append(row)
        end += 1
    edits = [_line_edit(row, *found.span()) for row in paragraphs[start:end] for found in _pipes(row)]
    cards = cards_of(rows) if len(rows) > 1 else []  # a row alone is rather the head of a table
    lines = [line for card in cards for line in lines_of_card(card, next(counts), document, edits)]
    return end, IssueTable(start, end, tuple(lines), tuple(edits)) if lines else None


def _with_groups(rows: list[_GridRow]) -> list[_GridRow]:
    """The rows of a table with two columns of problems: where one has the second alone, the first names groups."""
    is_grouped = any(column == TITLE_OR_FINDING for row in rows for column, _ in row) and not all(
        any(column == "title" for column, _ in row) for row in rows if row[:1] and row[0][0] != "group"
    )
    names = {"title": "group", TITLE_OR_FINDING: "title"} if is_grouped else {TITLE_OR_FINDING: "finding"}
    return [[(names.get(column, column), cell) for column, cell in row] for row in rows]


def _heads(row: Paragraph) -> list[str]:
    """The cells of a head, without blanks; two of known names that only a blank parts are two: 序号 存在问题."""
    heads: list[str] = []
    for cell in _cells(row):
        words_ = cell.text.split()
        are_two = len(words_) > 1 and squeezed(cell.text) not in COLUMNS and all(word in COLUMNS for word in words_)
        heads += words_ if are_two else [squeezed(cell.text)]
    return heads


def _columns_of_two(paragraphs: Sequence[Paragraph], start: int) -> list[str]:
    """What stands in the columns below a head of two rows, the first with cells over those of the second.

    Empty when there is none: the second row begins below a head that is merged over several columns, and ends before
    those that are merged downwards.
    """
    upper, lower, first = [*paragraphs[start : start + 3], *[None] * 3][:3]
    if first is not None and not first.is_row and start + 3 < len(paragraphs):
        first = paragraphs[start + 3]  # a group runs across the table first
    if not upper or not lower or not first or not lower.column or upper.column != 0 or first.column != 0:
        return []
    heads, below = _heads(upper), _heads(lower)
    behind = len(_cells(first)) - lower.column - len(below)
    over = heads[lower.column : len(heads) - behind]
    if behind < 0 or not over or not all(below) or len(over) >= len(below):
        return []
    below = [one if column_of(one) else named_from_above(one, over) for one in below]
    columns = columns_of([*heads[: lower.column], *below, *heads[len(heads) - behind :]])
    return columns if is_of_issues(columns) else []


def _has_pipes(row: Paragraph) -> bool:
    """Whether upright lines may part the cells; where tabs do, a line is a part of the words."""
    return "\t" not in row.text or bool(_PIPE.match(row.text))


def _pipes(row: Paragraph) -> Iterator[re.Match[str]]:
    """The upright lines that part the cells of a row."""
    return _PIPE.finditer(row.text) if _has_pipes(row) else iter(())


def _cells(row: Paragraph) -> list[Paragraph]:
    """The cells of a row, empty ones too."""
    first = 1 if _PIPE.match(row.text) else 0
    last = len(row.text) - 1 if first and _PIPE.match(row.text, len(row.text) - 1) else len(row.text)
    cells: list[Paragraph] = []
    for words_ in (_BETWEEN if _has_pipes(row) else _TAB).split(row.text[first:last]):
        start = first + len(words_) - len(words_.lstrip())
        cells.append(row.cut(start, start + len(words_.strip())))
        first += len(words_) + 1
    return cells


def _across(
    paragraphs: Sequence[Paragraph], start: int, columns: Sequence[str], document: Document, edits: list[Edit]
) -> tuple[int, list[_GridRow]]:
    """The rows below the head at `start`, as long as they fit it; `edits` takes what parts their cells.

    A line between two rows is a cell that runs across the table: the group of the rows below it.
    """
    rows: list[_GridRow] = []
    head = squeezed(paragraphs[start].text)
    for index in range(start + 1, len(paragraphs)):
        row = paragraphs[index]
        if _RULE.fullmatch(row.text):
            edits.append(_line_edit(row, 0, len(row.text)))
        elif squeezed(row.text) == head:
            edits.append(_head_edit(row, document))
        elif _fits(row, columns):
            cells = _cells(row)
            rest = columns[_first_column(row, cells, columns) :]
            inside = [(column, cell) for column, cell in zip(rest, cells, strict=False) if cell.text]
            if rows and "number" in columns and [column for column, _ in inside] == ["title"]:
                inside = [("finding", inside[0][1])]  # below the name of the problem, the other cells run down
            rows.append(_one_number(inside, row))
            edits += [_line_edit(row, found.start(), found.end()) for found in _pipes(row)]
        elif rows and index + 1 < len(paragraphs) and paragraphs[index + 1].is_row and _tells_more(row, rows[-1]):
            rows.append([("finding", row)])
        elif _is_group(row) and index + 1 < len(paragraphs) and _begins_issue(paragraphs[index + 1], columns):
            rows.append([("group", row)])
        else:
            return index, rows
    return len(paragraphs), rows


def _tells_more(line: Paragraph, above: _GridRow) -> bool:
    """Whether a line below a row is one more cell below its problem's name: a sentence that says what was found."""
    columns = {column for column, _ in above}
    return not line.is_row and line.text.endswith("。") and {"number", "title"} <= columns and "finding" not in columns


def _one_number(cells: _GridRow, row: Paragraph) -> _GridRow:
    """The cells of a row, two numbers side by side (of the group and of the problem) as one: 1 1 学习不深入."""
    for at in range(len(cells) - 2):
        (first, one), (second, other), (third, _) = cells[at : at + 3]
        if first == second == "number" and third == "title" and not one.segments and not other.segments:
            start = row.text.index(one.text) if not at else row.text.index(one.text, len(cells[at - 1][1].text))
            end = row.text.index(other.text, start + len(one.text)) + len(other.text)
            return [*cells[:at], ("number", row.cut(start, end)), *cells[at + 2 :]]
    return cells


def _fits(row: Paragraph, columns: Sequence[str]) -> bool:
    fewest = 1 if row.column is not None else 2
    return fewest <= len(_cells(row)) <= len(columns) - (row.column or 0)


def _is_group(line: Paragraph) -> bool:
    return len(line.text) <= _LONGEST_GROUP and not line.text.endswith(("。", "；", ";"))


def _begins_issue(row: Paragraph, columns: Sequence[str]) -> bool:
    """Whether a row has a number or a problem of its own."""
    if not _BETWEEN.search(row.text) or not _fits(row, columns):
        return False
    cells = _cells(row)
    return columns[_first_column(row, cells, columns)] in ("number", "title")


def _first_column(row: Paragraph, cells: Sequence[Paragraph], columns: Sequence[str]) -> int:
    """The column in which a row begins: as the file says, or that of numbers, when its first cell is one.

    Another row with too few cells is merged with the one above it, and has the last columns.
    """
    if row.column is not None:
        return row.column
    if len(cells) < len(columns) and "number" in columns and number(squeezed(cells[0].text)) is not None:
        return min(columns.index("number"), len(columns) - len(cells))
    return len(columns) - len(cells)


def _head_edit(head: Paragraph, document: Document) -> Edit:
    before = document.text[head.source(0) : head.source_end(len(head.text))]
    return Edit(kind="head-repeated", line=head.line, before=before, after="", start=head.source(0))


def _line_edit(row: Paragraph, start: int, end: int) -> Edit:
    return Edit(kind="table-line", line=row.line, before=row.text[start:end], after="", start=row.source(start))


def _down(
    paragraphs: Sequence[Paragraph], start: int, columns: Sequence[str], document: Document, edits: list[Edit]
) -> tuple[int, list[_GridRow]]:
    """The rows of a table with one cell a line: each begins with the next number.

    `edits` takes heads that are printed again, as at the top of a new page.
    """
    size = len(columns)
    heads = [squeezed(head.text) for head in paragraphs[start - size : start]]
    rows: list[_GridRow] = []
    row: list[Paragraph] = []
    again: list[Edit] = []
    index = end = start
    while index < len(paragraphs):
        cell = paragraphs[index]
        below = paragraphs[index : index + size] if cell.text == heads[0] else ()
        if below and [squeezed(head.text) for head in below] == heads:
            again += [_head_edit(head, document) for head in below]
            index += size
            continue
        if not row and number(squeezed(cell.text)) != len(rows) + 1:
            break
        row.append(cell)
        index += 1
        if len(row) == size:
            rows.append(list(zip(columns, row, strict=True)))
            edits += again
            row, again, end = [], [], index
    return end, rows


def _lines(rows: Sequence[_GridRow], kind: str, document: Document, edits: list[Edit]) -> Iterator[Line]:
    """The lines of the rows, their problems numbered in the style `kind`.

    `edits` takes how numbers come to stand before what they number.
    """
    counts = {"title": 0, "group": 0}
    for row in rows:
        label: Paragraph | None = None
        target: Paragraph | None = None
        for at, (column, cell) in enumerate(row):
            if column == "number" and label is None and not cell.segments and (numbered := _numbered(row[at + 1 :])):
                target, label = numbered, cell
                if row[at + 1][1] is not target:
                    label = moved(cell, target.source(0), target.line, "number-moved", edits)
            elif column in counts:
                counts[column] += 1
                own = label if cell is target else None
                if own is not None and own.line != cell.line:  # one cell a line
                    edits.append(join_edit(own, cell, document.text))
                yield _heading(own, cell, kind if column == "title" else f"row-{column}", counts[column])
                label = label if own is None else None
            else:
                role_label = RoleLabel(_role(column), 0, 0)
                yield Line(cell, cell.text, None, role_label, (role_label,))


def _numbered(cells: Sequence[tuple[str, Paragraph]]) -> Paragraph | None:
    """What a number before these cells of its row numbers: the problem, or the group where there is none."""
    return next((cell for role in ("title", "group") for column, cell in cells if column == role), None)


def _heading(label: Paragraph | None, cell: Paragraph, style: str, value: int) -> Line:
    """The heading that a cell is; the number before it, when there is one, is its label."""
    whole = joined([label, cell]) if label else cell
    own = label_at(cell.text) if label is None and style != "row-group" else None
    is_numbered = own is not None and own.style in _IN_CELLS and own.end < len(cell.text)
    end = len(label.text) if label else own.end if own is not None and is_numbered else 0
    return Line(whole, whole.text, Label(style, value, whole.text[:end], end), None, ())


_IN_CELLS = frozenset({"ar", "ar-paren", "cn", "cn-paren", "circled", "named"})
"""Styles of numbers that the cell of a problem may begin with: 1.学习不深入."""


def _role(column: str) -> Role:
    return column if column in ROLES else "prose"  # type: ignore[return-value]  # just asked
