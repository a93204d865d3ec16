"""What facts of a content file are not what its source says, one by one.

Nothing is read here: both notices come as values. What people recorded (errata, corrections) is taken into account.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Mapping
from itertools import zip_longest
from typing import Any, Literal, NamedTuple

from generator.content.errata import as_imported, changes_of
from generator.content.fidelity import Comparison
from generator.content.masks import bare
from generator.model.notice import Followup, Issue, Notice, PartialDate, Status
from generator.model.numbering import CN, number
from generator.parser import status

_FACTS = ("title", "title_origin", "unit", "inspection", "published", "stated", "contact", "metadata", "accountability")
FaultKind = Literal["differs", "reread", "contradicts", "unproved", "elsewhere", "missing", "better"]


class FactFault(NamedTuple):
    """A fact that source or words do not bear out."""

    kind: FaultKind
    """`differs`: the source says something else; `reread`: it does as the program reads it today, and the file has what
    stands at the place that its import recorded; `contradicts`: the words do; `unproved`: nothing says it; `elsewhere`:
    other words of the notice say it, not those of its item; `missing`: the source says it, and the file does not;
    `better`: a status that no words prove."""
    path: str
    """`inspection.start`, `issues.i7.deadline`."""
    value: str
    """What the file says; empty: nothing."""
    source: str = ""
    """What the source says; empty: nothing."""


def fact_faults(notice: Notice, compared: Comparison | None) -> Iterator[FactFault]:
    """What is wrong with the facts, against the words and, where there is one, against the source."""
    origin = compared.origin if compared else None
    judge = _Judge(notice)
    mine, fresh = _flat(notice), _flat(origin.notice) if origin else {}
    for path in dict.fromkeys((*mine, *fresh)):
        for value, other in _pairs(mine.get(path), fresh.get(path)):
            yield from judge.fact(path, value, other)
    if compared is None:
        for issue in notice.issues:
            yield from _stated(judge, f"issues.{issue.id}", issue, "unstated")
        return
    yield from _no_longer_inferred(notice, compared.origin.notice, mine, fresh)
    yield from _items(judge, compared)


def _pairs(value: Any, other: Any) -> list[tuple[Any, Any]]:
    """The value and what the source has for it; of lists the entries that only one of the two has, in order."""
    if not isinstance(value, tuple) and not isinstance(other, tuple):
        return [(value, other)]
    mine, fresh = value or (), other or ()
    return list(zip_longest((one for one in mine if one not in fresh), (one for one in fresh if one not in mine)))


def _flat(notice: Notice) -> dict[str, Any]:
    """The facts by path; what is absent is left out."""
    found = {"source.format": notice.source.format}
    for name in _FACTS:
        found |= _flat_value(name, getattr(notice, name))
    return found


def _flat_value(path: str, value: Any) -> dict[str, Any]:
    if value is None or value in ("", ()):
        return {}
    if dataclasses.is_dataclass(value) and not isinstance(value, PartialDate):
        rows: dict[str, Any] = {}
        for field in dataclasses.fields(value):
            rows |= _flat_value(f"{path}.{field.name}", getattr(value, field.name))
        return rows
    return {path: value}


class _Judge:
    """Compares single facts with source and words."""

    def __init__(self, notice: Notice) -> None:
        self._notice = notice
        self._text = notice.text
        self._evidence = dict(notice.evidence)
        self._imported = as_imported(notice.text, changes_of(notice))[0]
        self._contact = "".join(p.text for p in notice.body if p.role == "contact")
        self._aside = "".join(edit.before for edit in notice.edits)

    def fact(self, path: str, value: Any, other: Any, own: str | None = None) -> Iterator[FactFault]:
        """What is wrong with a fact, `other` is what the source says; None: nothing. `own`: its item's words."""
        if value == other:
            return
        if value is None:
            yield FactFault("missing", path, "", shown(other))
        elif other is not None:
            if not self._follows(value, other):
                kind: FaultKind = "reread" if self._is_recorded(path, value) else "differs"
                yield FactFault(kind, path, shown(value), shown(other))
        elif path.startswith(_BESIDE):
            return  # the words do not say it: an editor knows it
        elif self._contradicts(path, value):
            yield FactFault("contradicts", path, shown(value))
        elif not said_in(value, self._text + self._aside):
            yield FactFault("unproved", path, shown(value))
        elif own is not None and not said_in(value, own):
            yield FactFault("elsewhere", path, shown(value))

    def own(self, item: Issue | Followup) -> str:
        """The words of an item: its heading and what stands below it, up to the next one."""
        body = self._notice.body
        end = next((n for n in range(item.at + 1, len(body)) if body[n].role == "heading"), len(body))
        return "".join(passage.text for passage in body[item.at : end])

    def stands(self, words: str) -> bool:
        """Whether words stand in the notice as they are."""
        return words in self._text

    def printed(self, path: str, value: str, other: str | None) -> Iterator[FactFault]:
        """What is wrong with words that an editor may name at will, as long as the notice has them."""
        if not said_in(value, self._text):
            yield FactFault("differs" if other else "contradicts", path, value, other or "")

    def _is_recorded(self, path: str, value: Any) -> bool:
        """Whether the fact is what stands where import found it: another reading of today is no alteration then."""
        span = self._evidence.get(path)
        words = span.of(self._text) if span else ""
        return bool(words) and (bare(value) == bare(words) if isinstance(value, str) else said_in(value, words))

    def _follows(self, value: Any, other: Any) -> bool:
        """Whether a recorded change of the words made the fact another: its old form stood there, its new one does."""
        if self._imported == self._text or said_in(other, self._text):
            return False
        return said_in(other, self._imported) and said_in(value, self._text)

    def _contradicts(self, path: str, value: Any) -> bool:
        """Whether the words say something else than a fact that is as printed, or that they must print."""
        if path.startswith(_AS_PRINTED):
            around = self._contact if path.startswith("contact.") and self._contact else self._text
            return not said_in(value, around) or not is_counted(path, value, around)
        inspection = self._notice.inspection
        if path in ("inspection.start", "inspection.end") and inspection.printed and path not in self._notice.inferred:
            return not {value.month, value.day} <= {int(found) for found in _DIGITS.findall(inspection.printed)}
        return False


_AS_PRINTED = ("inspection.inspector", "inspection.kind", "inspection.round", "inspection.printed", "contact.",
               "accountability.people", "stated.issues", "stated.done", "stated.aspects", "stated.groups",
               "stated.measures", "stated.systems", "stated.people", "stated.ongoing")  # fmt: skip


_COUNTED = {
    "stated.issues": "问题|事项|线索|短板|不足",
    "stated.done": "完成|到位|办结|销号|整改率",
    "stated.ongoing": "正在|整改中|推进|长期|持续|未|尚",
    "stated.aspects": "方面",
    "stated.groups": "类|方面|大项",
    "stated.measures": "措施|举措|任务",
    "stated.systems": "制度|办法|机制|规定|规范",
    "stated.people": "人",
    "accountability.people": "人",
}
"""What a number is of, by words that stand in its clause."""


_LIST_NUMBER = re.compile(rf"[（(]?[0-9{CN}]{{1,4}}[.．、)）]")
"""The number of a heading, which counts nothing."""


_CLAUSE_ENDS = re.compile(r"[。；;！!？?\n]")


_BESIDE = ("source.", "title_origin", "unit.id", "unit.region")


_DIGITS = re.compile(r"[0-9]+")


def _without_number(sentence: str) -> str:
    sentence = sentence.strip()
    found = _LIST_NUMBER.match(sentence)
    return sentence[found.end() :] if found else sentence


def is_counted(path: str, value: Any, text: str) -> bool:
    """Whether a total stands in a sentence that speaks of what it counts: the 2 of 制度2项 is no number of problems."""
    words = _COUNTED.get(path)
    return words is None or any(
        re.search(words, sentence) and said_in(value, _without_number(sentence))
        for sentence in _CLAUSE_ENDS.split(text)
    )


def shown(value: Any) -> str:
    """A fact as an editor types it."""
    if isinstance(value, tuple):
        return "：".join(map(shown, value))
    return value.iso if isinstance(value, PartialDate) else str(value)


def said_in(value: Any, text: str) -> bool:
    """Whether a text, a number or a date stands in words, however it is spaced or written.

    >>> said_in("0596-5835406", "电话：0596—5835406"), said_in(12, "共十二个问题"), said_in(2, "共12个问题")
    (True, True, False)
    >>> said_in(PartialDate(2025, 1, 6), "2025年1月6日"), said_in(PartialDate(2025, 1, 6), "2025年1月16日")
    (True, False)
    """
    if isinstance(value, tuple):
        return all(said_in(part, text) for part in value)
    if isinstance(value, PartialDate):
        return any(f"{value.year}" in part for part in (text, _arabic(text))) and _day_in(value, text)
    if isinstance(value, int):
        return any(int(found) == value for found in _DIGITS.findall(_arabic(text)))
    if isinstance(value, float):
        return any(_plain(value / unit) in text for unit in (1, 1e4, 1e8))
    return bare(value).replace("#", "@") in bare(text).replace("#", "@")


def _day_in(date: PartialDate, text: str) -> bool:
    pattern = rf"(?<!\d)0?{date.month}[年月./-]0?{date.day}(?!\d)" if date.day else rf"(?<!\d)0?{date.month}(?!\d)"
    return not date.month or re.search(pattern, re.sub(r"\s", "", _arabic(text))) is not None


_CHINESE = re.compile(f"[{CN}]+")


def _arabic(text: str) -> str:
    """The text with Chinese numbers in digits."""
    return _CHINESE.sub(lambda found: str(number(found[0]) if number(found[0]) is not None else found[0]), text)


def _plain(value: float) -> str:
    return f"{value:.6f}".rstrip("0").rstrip(".")


def _no_longer_inferred(
    notice: Notice, fresh: Notice, mine: Mapping[str, Any], other: Mapping[str, Any]
) -> Iterator[FactFault]:
    """Facts that were inferred from damaged words, and that the file gives as if they stood there."""
    for path in fresh.inferred:
        if path not in notice.inferred and path in mine and mine[path] == other.get(path):
            yield FactFault("differs", "inferred", f"{path} —", path)


_RANK = ("unstated", "ongoing", "long-term", "done")
"""A status that says more stands behind one that says less."""


def _items(judge: _Judge, compared: Comparison) -> Iterator[FactFault]:
    """What is wrong with anchors, statuses, deadlines and the like at the headings that both notices have."""
    places = compared.fresh_places()
    fresh = {places[start]: item for start, item in _headings(compared.origin.notice).items()}
    mine = {compared.place(start): item for start, item in _headings(compared.notice).items()}
    now = {fresh[place].anchor: item.anchor for place, item in mine.items() if place in fresh}
    used, given = {item.anchor for item in mine.values()}, {item.anchor for item in fresh.values()}
    for place, item in mine.items():
        other = fresh.get(place)
        if other and other.anchor not in used and item.anchor not in given:
            yield FactFault("differs", f"#{item.anchor}", f"#{item.anchor}", f"#{other.anchor}")
        if isinstance(item.view, Issue):
            yield from _issue(judge, item.view, other.view if other else None)
        elif isinstance(item.view, Followup):
            was = other.view if other and isinstance(other.view, Followup) else None
            own = judge.own(item.view)
            yield from judge.fact(f"followups.{item.anchor}.deadline", item.view.deadline, was and was.deadline, own)
            refers = now.get(was.refers_to) if was and was.refers_to else None
            if item.view.refers_to and refers and refers != item.view.refers_to:
                yield FactFault("differs", f"followups.{item.anchor}.of", item.view.refers_to, refers)


class _HeadedItem(NamedTuple):
    anchor: str
    view: Issue | Followup | None


def _headings(notice: Notice) -> dict[int, _HeadedItem]:
    """The headings with an anchor, and what each opens, by where they stand in the text."""
    items: tuple[Issue | Followup, ...] = (*notice.issues, *notice.followups)
    views = {view.at: view for view in items}
    return {
        start: _HeadedItem(passage.anchor, views.get(index))
        for index, (passage, start) in enumerate(zip(notice.body, notice.starts, strict=True))
        if passage.role == "heading" and passage.anchor
    }


def _issue(judge: _Judge, issue: Issue, other: Issue | Followup | None) -> Iterator[FactFault]:
    was = other if isinstance(other, Issue) else None
    path = f"issues.{issue.id}"
    yield from judge.fact(f"{path}.deadline", issue.deadline, other and other.deadline, judge.own(issue))
    if issue.responsible and not (was and was.responsible == issue.responsible):
        yield from judge.printed(f"{path}.responsible", issue.responsible, was.responsible if was else None)
    yield from _stated(judge, path, issue, was.status if was else "unstated")


def _stated(judge: _Judge, path: str, issue: Issue, read: Status) -> Iterator[FactFault]:
    """What is wrong with a status and the words that it names."""
    if issue.status_quote and not judge.stands(issue.status_quote):
        yield FactFault("contradicts", f"{path}.quote", issue.status_quote)
    yield from _status(path, issue, read)


def _status(path: str, issue: Issue, read: Status) -> Iterator[FactFault]:
    """A status that says more than the words that are read, unless it names words that say so."""
    if _RANK.index(issue.status) <= _RANK.index(read):
        return
    said = status.decisive(issue.status_quote) if issue.status_quote else None
    if said is None and issue.status_quote:
        yield FactFault("unproved", f"{path}.status", issue.status, read)
    elif said != issue.status:
        yield FactFault("better", f"{path}.status", issue.status, said or read)
