"""What stands in the columns of a table of issues, by the words of its head: 序号 | 反馈问题 | 整改措施 | 完成时限."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.parser import status
from generator.parser.role_labels import role_of
from generator.parser.rules import role_labels

COLUMNS = {**dict(role_labels.LABELS), **dict(role_labels.COLUMNS)}
_HINTS = tuple((re.compile(pattern), role) for pattern, role in role_labels.COLUMN_HINTS)
_NOTE = re.compile(r"[（(][^（()）]*[）)]")
"""What a column's head says in brackets besides: 整改情况（截至6月底）."""
_NAMES = re.compile("事项|任务|名称|内容|问题")
"""In the head of a column that names what is unfinished."""
_LONGEST_HEAD = 24
_FEWEST_GUESSED = 3
"""A row of two cells may be a label and its words (问题 | 整改措施不力): there no column is guessed."""
MOST_COLUMNS = 12


def column_of(head: str) -> str | None:
    """What stands in a column by its head: one that a table knows, or several joined, 整改措施及落实情况."""
    return COLUMNS.get(head) or (role_of(head) if len(head) <= _LONGEST_HEAD else None)


def columns_of(heads: Sequence[str]) -> list[str]:
    """What stands in the columns of these heads; one that no row of the tables knows is prose."""
    if len(heads) > MOST_COLUMNS or any(len(head) > _LONGEST_HEAD for head in heads):
        return ["prose"]
    found = [column_of(head) or column_of(_NOTE.sub("", head)) for head in heads]
    if len(heads) < _FEWEST_GUESSED or not any(found):
        return [role or "prose" for role in found]
    taken = {"title", "number"}.intersection(filter(None, found))
    for index, head in enumerate(heads):
        if found[index] is None and not _NAMES.search(head) and status.decisive(head) is not None:
            found[index] = "status" if status.decisive(head) == "done" else "prose"  # √ below 已完成, 正在整改
            continue
        hint = next((role for pattern, role in _HINTS if pattern.search(_NOTE.sub("", head))), "prose")
        is_beside = hint == "number" and "number" in (*found[max(0, index - 1) : index], *found[index + 1 : index + 2])
        found[index] = found[index] or ("prose" if hint in taken and not is_beside else hint)
        if hint in ("title", "number"):
            taken.add(hint)
    columns = [role or "prose" for role in found]
    if "title" not in columns and "finding" in columns:
        columns[columns.index("finding")] = "title"  # 问题类别 | 问题表现 | 整改情况
    return _with_finding(columns, heads) if is_of_followups(columns) else columns


TITLE_OR_FINDING = "title-or-finding"
"""A second column of problems: what was found, or the problems of which the first one names the groups."""


def with_one_title(columns: list[str]) -> list[str]:
    """The columns, the second one of problems kept apart: 反馈问题 | 具体问题."""
    places = [index for index, column in enumerate(columns) if column == "title"]
    if len(places) == 2 and "finding" not in columns:
        columns[places[1]] = TITLE_OR_FINDING
    return columns


def named_from_above(head: str, over: Sequence[str]) -> str:
    """A head that says too little with the one over it: 责任 over 单位 is 责任单位."""
    known = next((above + head for above in over if above + head in COLUMNS), None)
    return known or (over[0] + head if len(over) == 1 else head)


def _with_finding(columns: list[str], heads: Sequence[str]) -> list[str]:
    """The columns of a table of follow-ups: what has a name before it (未完成事项 | 存在的问题) is what was found."""
    at = columns.index("title") if "title" in columns else 0
    name = next((index for index in range(at) if columns[index] == "prose" and _NAMES.search(heads[index])), None)
    if name is not None:
        columns[name], columns[at] = "title", "finding"
    return columns


def is_of_issues(columns: Sequence[str]) -> bool:
    """Whether the columns are those of a table of issues: one for the problem, and one for what was done about it."""
    return "title" in columns and ("response" in columns or "status" in columns or is_of_followups(columns))


def is_of_followups(columns: Sequence[str]) -> bool:
    """Whether a table lists what is unfinished: why, and what comes next, but nothing that was done."""
    return "response" not in columns and ("next" in columns or "reason" in columns)
