"""A notice of which the facts are there; the rest is read in parts when somebody asks for them.

Of a thousand notices an edit asks the words and the issues of some thirty. Those asked for last are held, the others
are let go. Who plans lists asks for the faces of all issues, which are held, and for all ledgers, and keeps what he
makes of them.
"""

from __future__ import annotations

import copy
import functools
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields, replace
from typing import Any, NamedTuple

from generator.model.notice import Notice
from generator.site.ledger import ledger_of_notice
from generator.site.ledger_entries import Ledger
from generator.site.model import IssueFace, SiteFollowup, SiteIssue, SiteNotice

_HELD = 64
"""Notices whose words are held."""

_WORDS = ("body", "edits", "anomalies", "evidence", "grounds", "outline", "issues", "followups")
"""What is read of a notice."""
_PARTS = {"anchors": "words", "issues": "items", "followups": "items", "faces": "faces", "ledger": "ledger"}
"""What is read of a notice in its place, and in which part it is."""
_FACTS = tuple(one.name for one in fields(Notice) if one.name not in _WORDS)
_FACTS_OF_ITEM = tuple(one.name for one in fields(SiteNotice) if one.name not in ("notice", *_PARTS))

StoredFacts = tuple[tuple[Any, ...], tuple[Any, ...]]
"""The facts of a notice, and of it in its place."""


class StoredWords(NamedTuple):
    """A notice with its words."""

    notice: Notice
    anchors: Mapping[int, str]


class StoredItems(NamedTuple):
    """The issues of a notice, and so on."""

    issues: tuple[SiteIssue, ...]
    followups: tuple[SiteFollowup, ...]


class StoredFaces(NamedTuple):
    """The faces of its issues."""

    faces: tuple[IssueFace, ...]


class StoredLedger(NamedTuple):
    """Its ledger."""

    ledger: Sequence[Ledger]
    """Its entries are of any item."""


StoredPart = StoredWords | StoredItems | StoredFaces | StoredLedger
PartReader = Callable[[str, str], StoredPart]
"""Reads a part of a notice, by the part's name and that of the content file."""


def reader_that_holds(read: PartReader) -> PartReader:
    """The same; words and issues asked for last are held, and all faces."""
    few = functools.lru_cache(_HELD)
    by_part: Mapping[str, PartReader] = {"words": few(read), "items": few(read), "faces": functools.cache(read)}
    return lambda part, file: by_part.get(part, read)(part, file)


class StoredNotice(Notice):
    """A notice whose words are read when they are asked for."""

    __slots__ = ("_words",)
    _words: Callable[[], StoredWords]

    def __getattr__(self, name: str) -> Any:
        """Called for what is not there."""
        if name not in _WORDS:
            raise AttributeError(name)
        return getattr(self._words().notice, name)

    def __reduce__(self) -> tuple[Any, ...]:
        """A copy, and what is sent to another process, is a whole notice."""
        return copy.copy, (self._words().notice,)


class StoredItem(SiteNotice):
    """The same in its place."""

    __slots__ = ("_part",)
    _part: Callable[[str], StoredPart]

    def __getattr__(self, name: str) -> Any:
        """Called for what is not there."""
        if name not in _PARTS:
            raise AttributeError(name)
        found = getattr(self._part(_PARTS[name]), name)
        return [_ledger_of(self, one) for one in found] if name == "ledger" else found

    def __reduce__(self) -> tuple[Any, ...]:
        """A copy, and what is sent to another process, is a whole notice."""
        facts = {name: getattr(self, name) for name in (*_FACTS_OF_ITEM, *_PARTS) if name != "ledger"}
        whole = SiteNotice(notice=copy.copy(self.notice), **facts)
        whole.ledger.extend(_ledger_of(whole, one) for one in self.ledger)
        return copy.copy, (whole,)


def _ledger_of(item: Any, ledger: Ledger) -> Ledger:
    """The ledger with this item in its entries: pages ask which entries are of it."""
    return replace(
        ledger,
        money=tuple(replace(one, item=item) for one in ledger.money),
        people=tuple(replace(one, item=item) for one in ledger.people),
        unpriced=tuple(replace(one, item=item) for one in ledger.unpriced),
    )


def _words(item: SiteNotice) -> StoredWords:
    notice = item.notice
    return StoredWords(copy.copy(notice) if isinstance(notice, StoredNotice) else notice, item.anchors)


def _ledger(item: SiteNotice) -> StoredLedger:
    ledger_of_notice(item)
    return StoredLedger([_ledger_of(None, one) for one in item.ledger])


PARTS: Mapping[str, Callable[[SiteNotice], StoredPart]] = {
    "words": _words,
    "items": lambda item: StoredItems(item.issues, item.followups),
    "faces": lambda item: StoredFaces(item.faces),
    "ledger": _ledger,
}
"""What is stored of a notice beside its facts, each without the notice itself."""


def facts_to_store(item: SiteNotice) -> StoredFacts:
    """What `stored_item` is made from, beside what is read."""
    return tuple(getattr(item.notice, name) for name in _FACTS), tuple(getattr(item, name) for name in _FACTS_OF_ITEM)


def stored_item(facts: StoredFacts, file: str, read: PartReader) -> SiteNotice:
    """A notice of these facts, the parts of which are read by the name of its file."""
    of_notice, of_item = facts
    notice, item = object.__new__(StoredNotice), object.__new__(StoredItem)
    _fill(notice, zip(_FACTS, of_notice, strict=True))
    _fill(item, zip(_FACTS_OF_ITEM, of_item, strict=True))
    _fill(notice, [("_words", functools.partial(read, "words", file))])
    _fill(item, [("_part", lambda part: read(part, file)), ("notice", notice)])
    return item


def _fill(one: object, values: Iterable[tuple[str, Any]]) -> None:
    for name, value in values:
        object.__setattr__(one, name, value)
