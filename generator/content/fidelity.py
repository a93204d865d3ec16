"""What of a content file is not what its source says: words, character by character, and facts, one by one.

Nothing is read here: both notices come as values. What people recorded (errata, corrections) is taken into account.
"""

from __future__ import annotations

import dataclasses
import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate, zip_longest
from typing import Any, Literal, NamedTuple

from generator.base.diagnostics import Span
from generator.content.errata import SourceDifference, WordChange, as_imported, changes_of, errata_of
from generator.content.masks import bare, mask_edits
from generator.content.origin import Origin
from generator.model.decisions import Erratum
from generator.model.differing import Hunk, hunks
from generator.model.notice import Followup, Issue, Notice, PartialDate, Status
from generator.model.numbering import CN, number
from generator.model.proof import Difference, difference
from generator.parser import status

_CONTEXT = 4
"""Characters told on both sides of a difference."""
_FACTS = ("title", "title_origin", "unit", "inspection", "published", "stated", "contact", "metadata", "accountability")


# ------------------------------------------------------------------------------------------------------------- words


class Altered(NamedTuple):
    """Words that nobody put on record."""

    before: str
    """What the source has, with its neighbours."""
    after: str
    """What the file has, with its neighbours."""
    span: Span
    """Where in the notice's text; empty where something is missing."""

    @property
    def quote(self) -> str:
        """What an acceptance quotes."""
        return f"{self.before}→{self.after}"


class Comparison:
    """The words of a notice beside those of its source, white space and recorded changes aside."""

    def __init__(self, notice: Notice, origin: Origin) -> None:
        """Raises ValueError when the recorded edits do not fit the source."""
        self.notice, self.origin = notice, origin
        rows = ["".join(row.split()) for row in origin.edited(notice).split("\n")]
        self._source = "".join(rows)
        self._row_starts = frozenset(accumulate(map(len, rows), initial=0))
        text, places = as_imported(notice.text, self._changes(changes_of(notice)))
        kept = [(char, place) for char, place in zip(text, places, strict=True) if not char.isspace()]
        self._found = "".join(char for char, _ in kept)
        self._places = [place for _, place in kept] + [len(notice.text)]
        self._hunks = hunks(self._source, self._found)

    def _changes(self, found: Sequence[WordChange]) -> list[WordChange]:
        """The recorded changes that the source does not have itself: a newer version of it may."""
        return [one for one in found if not is_in_source(one.before, one.after, self._source)]

    def altered(self) -> list[Altered]:
        """Where the words are not those of the source."""
        rows = []
        for start, end, other, other_end in self._hunks:
            left, right = self._source[max(0, start - _CONTEXT) : start], self._source[end : end + _CONTEXT]
            first = self._places[other] if other_end > other else self._gap(start, end, other)
            last = self._places[other_end - 1] + 1 if other_end > other else first
            before, after = self._source[start:end], self._found[other:other_end]
            rows.append(Altered(left + before + right, left + after + right, Span(first, max(first, last))))
        return rows

    def _gap(self, start: int, end: int, other: int) -> int:
        """Where words are missing: behind what they followed, or before what they began."""
        begins_row = start in self._row_starts and end not in self._row_starts
        return self._places[other] if begins_row or not other else self._places[other - 1] + 1

    def errata(self, *, who: str, when: PartialDate, why: str) -> tuple[Erratum, ...]:
        """What records all differences of the words; it stands behind the errata that the notice has."""
        base, back = as_imported(self.notice.text, self._changes(changes_of(self.notice)[len(self.notice.errata) :]))
        partings = []
        for start, end, other, other_end in self._hunks:
            first = bisect_left(back, self._places[other])
            last = bisect_left(back, self._places[other_end - 1]) + 1 if other_end > other else first
            partings.append(SourceDifference(first, max(first, last), self._source[start:end]))
        return errata_of(base, partings, who=who, when=when, why=why)

    def place(self, offset: int) -> int:
        """Where in the squeezed source a place of the notice's text stands."""
        return _across(self._hunks, bisect_left(self._places, offset))

    def fresh_places(self) -> list[int]:
        """The same for each place of the text that an import makes today: it may set other things aside."""
        text = self.origin.notice.text
        before = [0, *accumulate(not char.isspace() for char in text)]
        found = hunks(self._source, "".join(text.split()))
        return [_across(found, place) for place in before] if found else before


def is_in_source(before: str, after: str, source: str) -> bool:
    """Whether the source itself has the words that a change made, and no more those before it."""
    old, new = ("".join(words.split()) for words in (before, after))
    source = "".join(source.split())
    return new in source and old not in source


def _across(found: Sequence[Hunk], place: int) -> int:
    """Where in the one sequence a place of the other stands."""
    return place + sum((h.end - h.start) - (h.other_end - h.other) for h in found if h.other_end <= place)


def wording_difference(notice: Notice, origin: Origin, shown: str) -> Difference | None:
    """Where `shown` is not the source with all that is on record: edits, errata, corrections, masks; None: it is.

    `notice` is that of the content file, `shown` the text that was published of it. Promise 1, from the file that the
    unit gave to the page that a citizen reads. Raises ValueError when an edit does not fit the source.
    """
    answered = {one.quote for one in notice.accepted if one.code == "source-differs"}
    for one in Comparison(notice, origin).altered():
        if None not in answered and one.quote not in answered:
            return Difference(one.span.start, one.before, one.after)
    return difference(notice.text, mask_edits(notice), shown)


# ------------------------------------------------------------------------------------------------------------- facts

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


# ------------------------------------------------------------------------------------------------- issues, follow-ups


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
