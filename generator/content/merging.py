"""A newer version of a notice and an editor's work on the older one, merged three ways. Values in, values out.

    base    what an import of the old source makes
    mine    the content file: base, and the editor's work
    theirs  what an import of the new source makes

What only one of the two changed is taken, passage by passage and fact by fact; where both changed, somebody has to
choose. The address, the decisions and the anchors are those of `mine`: they are promises to readers.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from generator.base.diagnostics import Span
from generator.content.aligning import Triple, aligned
from generator.content.fidelity import is_in_source
from generator.content.in_words import Said, value_of
from generator.model.decisions import Erratum
from generator.model.differing import Hunk, hunks
from generator.model.notice import (
    Contact,
    FollowupMarks,
    Inspection,
    IssueMarks,
    Notice,
    Passage,
    Stated,
    Unit,
    text_of,
)

Side = Literal["mine", "theirs"]
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeChange:
    """A place where the three are not the same."""

    name: str
    """`inspection.start`, `#i7`, `#i7.status`, or the anchor above and the number of the paragraph: `#i7+2`."""
    base: str
    mine: str
    theirs: str
    taken: Side | None
    """Whose form the merged notice has; None: both changed it, and nobody chose (it has `mine`)."""
    is_own: bool = True
    """Whether the three are words of the notice or of a person; else English (content/in_words.py)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """What came of it."""

    notice: Notice
    changes: tuple[MergeChange, ...]
    gone: tuple[str, ...]
    """Anchors of the old version that nothing in the new one has."""

    @property
    def open(self) -> tuple[MergeChange, ...]:
        """The places where somebody has to choose."""
        return tuple(one for one in self.changes if one.taken is None)


Choose = Callable[[MergeChange], Side | None]
"""Which side to take where both changed; None: nobody chose."""


def merge(base: Notice, mine: Notice, theirs: Notice, choose: Choose = lambda _: None) -> Merged:
    """`theirs` with the work that `mine` holds; see the head of this module."""
    merger = _Merger(choose)
    triples = aligned(base.body, mine.body, theirs.body, merger.side)
    names = _Anchors(triples, {"base": base, "mine": mine, "theirs": theirs})
    body = tuple(merger.passage(one, names) for one in triples)
    facts = {name: merger.fact(name, *(getattr(one, name) for one in (base, mine, theirs))) for name in _FACTS}
    inferred = merger.inferred(base, mine, theirs, names)
    text = text_of(body)
    moved = _MergedSpans(hunks(theirs.text, text))
    merged = dataclasses.replace(
        mine,
        **facts,
        body=_with_quotes(body, text, mine.text + theirs.text),
        inferred=inferred,
        edits=theirs.edits,
        anomalies=tuple(dataclasses.replace(one, span=moved.span(one.span)) for one in theirs.anomalies),
        evidence=tuple(
            (names.path(path), place) for path, span in theirs.evidence if (place := moved.span(span)) is not None
        ),
        grounds=theirs.grounds,
        source=theirs.source,
        errata=tuple(one for one in mine.errata if _is_needed(one, text, theirs.text)),
    )
    return Merged(notice=merged, changes=tuple(merger.changes), gone=names.gone(mine))


def _is_needed(one: Erratum, text: str, source: str) -> bool:
    """Whether an erratum still says what was done to the source: its words stand, and the source has others."""
    return "".join(one.after.split()) in "".join(text.split()) and not is_in_source(one.before, one.after, source)


_FACTS = ("title", "title_origin", "unit", "inspection", "published", "stated", "contact", "metadata", "accountability")


class _Merger:
    """Decides place by place, and remembers what it decided."""

    def __init__(self, choose: Choose) -> None:
        self.changes: list[MergeChange] = []
        self._choose = choose

    def one(self, name: str, base: T, mine: T, theirs: T) -> T:
        """A value that cannot be taken apart."""
        return mine if self.side(name, base, mine, theirs) == "mine" else theirs

    def side(self, name: str, base: object, mine: object, theirs: object) -> Side:
        """Whose value is taken; a difference is remembered."""
        if mine == theirs:
            return "mine"
        told = _change(name, base, mine, theirs, None)
        taken: Side | None = "theirs" if mine == base else "mine" if theirs == base else self._choose(told)
        self.changes.append(dataclasses.replace(told, taken=taken))
        return taken or "mine"

    def fact(self, name: str, base: Any, mine: Any, theirs: Any) -> Any:
        """A fact: records field by field, lists of pairs key by key, other lists entry by entry."""
        if mine == theirs:
            return mine
        kinds = {type(one) for one in (base, mine, theirs)}
        if len(kinds) == 1 and isinstance(mine, _PARTS):
            fields = [field.name for field in dataclasses.fields(mine)]
            values = {
                one: self.fact(f"{name}.{one}", *(getattr(part, one) for part in (base, mine, theirs)))
                for one in fields
            }
            return dataclasses.replace(mine, **values)
        if kinds == {tuple} and all(isinstance(item, str) for one in (base, mine, theirs) for item in one):
            return self._entries(name, base, mine, theirs)
        return self.one(name, base, mine, theirs)

    def _entries(self, name: str, base: Sequence[str], mine: Sequence[str], theirs: Sequence[str]) -> tuple[str, ...]:
        """What the new version lists, without what the editor took out, with what he added."""
        both_took_out = set(base) - set(mine) - set(theirs)
        if base in (mine, theirs) or (both_took_out and set(mine) - set(base) and set(theirs) - set(base)):
            return tuple(self.one(name, base, mine, theirs))  # a number for which each has another one
        kept = [one for one in theirs if one in mine or one not in base]
        merged = tuple(dict.fromkeys((*kept, *(one for one in mine if one not in base))))
        self.changes.append(_change(name, base, mine, theirs, "mine"))
        return merged

    def inferred(self, base: Notice, mine: Notice, theirs: Notice, names: _Anchors) -> tuple[str, ...]:
        """What is inferred in the new version, with what the editor added and without what he made sure of."""
        old, new = (tuple(map(names.path, one)) for one in (base.inferred, theirs.inferred))
        sure = set(old) - set(mine.inferred)
        return tuple(dict.fromkeys([p for p in new if p not in sure] + [p for p in mine.inferred if p not in old]))

    def passage(self, one: Triple, names: _Anchors) -> Passage:
        """A passage: the words and structure that were chosen, the marks field by field."""
        passage, anchor = one.taken, names.of(one)
        name = f"#{anchor}" if anchor else one.name
        if one.mine is None or one.theirs is None:
            marks = names.marks(passage.marks, "mine" if one.mine else "theirs")
            return passage._replace(anchor=anchor, marks=marks)
        versions = (one.base or one.theirs, one.mine, one.theirs)
        sides = ("base" if one.base else "theirs", "mine", "theirs")
        role = self.one(f"{name}.role", *(p.role for p in versions))
        if role != "heading":
            return self._relabelled(passage._replace(role=role, level=0, marks=None, anchor=anchor), one)
        level = self.one(f"{name}.level", *(p.level for p in versions))
        marks = self._marks(name, *(names.marks(p.marks, side) for p, side in zip(versions, sides, strict=True)))
        return self._relabelled(passage._replace(role=role, level=level or 1, marks=marks, anchor=anchor), one)

    @staticmethod
    def _relabelled(passage: Passage, one: Triple) -> Passage:
        """The passage with its label as an editor cut it, where the words still begin with it."""
        if not (one.mine and one.base) or one.mine.text != one.base.text or one.mine.label == one.base.label:
            return passage
        label = one.mine.label
        if not passage.text.startswith(label) or passage.text == label:
            return passage
        return passage._replace(label=label, words=passage.text[len(label) :])

    def _marks(self, name: str, base: Any, mine: Any, theirs: Any) -> Any:
        kinds = {type(one) for one in (base, mine, theirs)}
        if len(kinds) > 1 or mine is None:
            return self.one(f"{name}.marks", base, mine, theirs)
        fields = [field.name for field in dataclasses.fields(mine)]
        return dataclasses.replace(
            mine,
            **{
                field: self.one(f"{name}.{field}", *(getattr(p, field) for p in (base, mine, theirs)))
                for field in fields
            },
        )


_PARTS = (Unit, Inspection, Stated, Contact)
"""Facts that are merged field by field; a region is one."""


def _change(name: str, base: object, mine: object, theirs: object, taken: Side | None) -> MergeChange:
    said = [_said(name, value) for value in (base, mine, theirs)]
    texts = dict(zip(("base", "mine", "theirs"), (one.text for one in said), strict=True))
    return MergeChange(name=name, **texts, taken=taken, is_own=all(one.is_own for one in said))


def _said(name: str, value: object) -> Said:
    if isinstance(value, tuple) and name.startswith("#") and "." not in name:
        return Said(" / ".join(value))  # passages
    return value_of(name, value)


class _Anchors:
    """What each anchor of the three versions is called in the merged one; none of `mine` is given to anything else."""

    def __init__(self, triples: Sequence[Triple], versions: Mapping[str, Notice]) -> None:
        self._maps: dict[str, dict[str, str]] = {"base": {}, "mine": {}, "theirs": {}}
        self._given: dict[int, str | None] = {}
        self._there = {side: {p.anchor for p in one.body if p.anchor} for side, one in versions.items()}
        taken = set(self._there["mine"])
        for one in triples:
            anchor = one.mine.anchor if one.mine else None
            if anchor is None and one.theirs and one.theirs.anchor:
                anchor = _free(one.theirs.anchor, taken)
                taken.add(anchor)
            self._given[id(one)] = anchor
            for side, passage in (("base", one.base), ("mine", one.mine), ("theirs", one.theirs)):
                if passage and passage.anchor and anchor:
                    self._maps[side].setdefault(passage.anchor, anchor)

    def of(self, one: Triple) -> str | None:
        """The anchor of a passage of the merged notice."""
        return self._given[id(one)]

    def marks(self, marks: IssueMarks | FollowupMarks | None, side: str) -> IssueMarks | FollowupMarks | None:
        """The marks with what they refer to under its name in the merged notice."""
        if isinstance(marks, FollowupMarks) and marks.refers_to:
            to = marks.refers_to
            return dataclasses.replace(
                marks, refers_to=self._maps[side].get(to, None if to in self._there[side] else to)
            )
        return marks

    def path(self, path: str) -> str:
        """The path of a fact, an issue in it under its name in the merged notice."""
        head, dot, rest = path.partition(".")
        anchor, end, field = rest.partition(".")
        if head in ("issues", "followups"):
            return head + dot + self._maps["theirs"].get(anchor, anchor) + end + field
        return path

    def gone(self, mine: Notice) -> tuple[str, ...]:
        """The anchors of headings of `mine` that the merged notice does not have."""
        there = {anchor for anchor in self._given.values() if anchor}
        return tuple(p.anchor for p in mine.body if p.role == "heading" and p.anchor and p.anchor not in there)


def _free(anchor: str, taken: set[str]) -> str:
    """`anchor`, or one of its kind with the next number that nothing has."""
    kind = anchor.rstrip("0123456789")
    number = int(anchor[len(kind) :] or 1)
    while anchor in taken:
        number += 1
        anchor = f"{kind}{number}"
    return anchor


def _with_quotes(body: tuple[Passage, ...], text: str, older: str) -> tuple[Passage, ...]:
    """The body without quotes of a status that stood in one of the versions and are in it no more."""
    return tuple(
        p._replace(marks=dataclasses.replace(p.marks, quote=None))
        if isinstance(p.marks, IssueMarks) and p.marks.quote and p.marks.quote not in text and p.marks.quote in older
        else p
        for p in body
    )


class _MergedSpans:
    """Where a place of one text is in another."""

    def __init__(self, found: Sequence[Hunk]) -> None:
        self._hunks = found

    def span(self, span: Span | None) -> Span | None:
        """The span; None when its words are others."""
        if span is None or any(h.start < span.end and span.start < h.end for h in self._hunks):
            return None
        shift = sum((h.other_end - h.other) - (h.end - h.start) for h in self._hunks if h.end <= span.start)
        return Span(span.start + shift, span.end + shift)
