"""What a notice says of its own figures beside what its headings count to: the one function for check and page."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Literal, NamedTuple

from generator.model.notice import Issue, Notice
from generator.parser import status
from generator.parser.text import items_behind

CountedAs = Literal["done", "open", "apart"]
"""Where a notice counts what is 基本完成, 阶段性完成 or 长期坚持: as finished, as unfinished, or by itself."""


class Tally(NamedTuple):
    """A figure."""

    field: str
    """Field of `Stated`."""
    name: str
    """As readers know it: 已完成."""
    stated: int | None
    """None: the notice does not say."""
    counted: int | None
    """None: it cannot be counted."""
    agrees: bool | None
    """None: there is nothing to compare, or the two count different things."""


def tallies(notice: Notice) -> list[Tally]:
    """The figures of a notice in a fixed order, also those that it does not state."""
    stated, issues = notice.stated, notice.issues
    done, left = _finished(notice)
    rows = [
        _tally("issues", "反馈问题", stated.issues, len(issues) or None),
        _tally("done", "已完成", stated.done, done),
        _tally("ongoing", "尚未完成", stated.ongoing, left),
        _tally("measures", "整改措施", stated.measures, _measures(issues)),
    ]
    if stated.issues is None or stated.issues == len(issues):
        rows.append(_tally("aspects", "方面", stated.aspects, _nearest(stated.aspects, _headings_above(notice), 2)))
        rows.append(_tally("groups", "大项", stated.groups, _nearest(stated.groups, _headings_above(notice), 1)))
    people = notice.accountability
    if people:
        total = sum(count for _, count in people.actions) or None
        agrees = True if total is not None and total == people.people else None  # one person may have had several
        rows.append(Tally("people", "问责人数", people.people, total, agrees))
    return rows


def _tally(field: str, name: str, stated: int | None, counted: int | None) -> Tally:
    return Tally(field, name, stated, counted, None if stated is None or counted is None else stated == counted)


def _measures(issues: tuple[Issue, ...]) -> int | None:
    """The measures of all issues; None when an answer does not enumerate: how many it means cannot be counted."""
    counts = [len(issue.measures) for issue in issues]
    return sum(counts) if counts and all(counts) else None


def _finished(notice: Notice) -> tuple[int | None, int | None]:
    """How many issues are finished and unfinished, as the notice itself counts what lies between.

    An issue whose status is not known may be either: then neither can be counted.
    """
    if not notice.issues or any(issue.status == "unstated" for issue in notice.issues):
        return None, None
    kinds = [_kind(notice, issue) for issue in notice.issues]
    stated = notice.stated
    first: tuple[int, int] | None = None
    for places in _readings(kinds):
        where = [places.get(kind, kind) for kind in kinds]
        found = where.count("done"), where.count("open")
        first = first or found
        if all(said is None or said == real for said, real in zip((stated.done, stated.ongoing), found, strict=True)):
            return found
    return first or (None, None)


def _readings(kinds: list[str]) -> Iterator[dict[str, str]]:
    """What a notice may mean by finished: as the statuses say first, then the other ways to count what lies between."""
    between: dict[str, tuple[CountedAs, ...]] = {
        "mostly-done": ("done", "apart", "open"),
        "mostly-open": ("open", "apart", "done"),
        "staged": ("open", "apart", "done"),
        "long-term": ("apart", "open", "done"),
    }
    there = [kind for kind in between if kind in kinds]
    for places in product(*(between[kind] for kind in there)):
        yield dict(zip(there, places, strict=True))


def _kind(notice: Notice, issue: Issue) -> str:
    """What an issue counts as: `done`, `open`, or one of the kinds between."""
    words = _status_words(notice, issue)
    if status.is_mostly(words):
        return "mostly-done" if issue.status == "done" else "mostly-open"
    if issue.status == "ongoing" and "阶段性" in words:
        return "staged"
    return {"done": "done", "ongoing": "open"}.get(issue.status, issue.status)


def _status_words(notice: Notice, issue: Issue) -> str:
    """The words that say the status of an issue: its own, and the place that it names."""
    own = [issue.status_quote or ""]
    for passage in items_behind(notice.body, issue.at):
        if passage.role == "heading":
            break
        if passage.role == "status":
            own.append(passage.words)
    return " ".join(own)


def _headings_above(notice: Notice) -> list[int]:
    """How many headings stand one level above the issues, two, …; empty when the issues lie at different depths."""
    depths = {len(issue.path) for issue in notice.issues}
    depth = depths.pop() if len(depths) == 1 else 0
    return [len({issue.path[: depth - up + 1] for issue in notice.issues}) for up in range(1, depth)]


def _nearest(stated: int | None, counts: list[int], up: int) -> int | None:
    """The count that is stated where one of the levels has it, else that of the level that is usually meant."""
    if stated in counts:
        return stated
    return counts[up - 1] if len(counts) >= up else None
