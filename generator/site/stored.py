"""A notice of which the facts are there; its words and its issues are read when somebody asks for them.

Of a thousand notices an edit asks the words of some thirty. Those asked for last are held, the others are let go. Lists
ask for the issues of all, again and again: whoever plans them has these held, without the words around them.
"""

from __future__ import annotations

import copy
import functools
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields, replace
from typing import Any, NamedTuple

from generator.model.notice import Notice
from generator.site.ledger_entries import Ledger
from generator.site.model import SiteFollowup, SiteIssue, SiteNotice

_HELD = 64
"""Notices whose words are held."""

_WORDS = ("body", "edits", "anomalies", "evidence", "grounds", "outline", "issues", "followups")
"""What is read of a notice."""
_ITEMS = ("issues", "followups", "ledger")
"""What is read of a notice in its place, beside its anchors."""
_FACTS = tuple(one.name for one in fields(Notice) if one.name not in _WORDS)
_FACTS_OF_ITEM = tuple(one.name for one in fields(SiteNotice) if one.name not in ("notice", "anchors", *_ITEMS))

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
    ledger: Sequence[Ledger]
    """Its entries are of any item."""


class WordsReader:
    """Reads words and issues, by the name of a content file."""

    def __init__(self, words: Callable[[str], StoredWords], items: Callable[[str], StoredItems]) -> None:
        self.words = functools.lru_cache(_HELD)(words)
        self._items = functools.lru_cache(_HELD)(items)
        self._read, self._holds = items, False

    def items(self, file: str) -> StoredItems:
        """The issues of a file."""
        return self._items(file)

    def hold(self) -> None:
        """Let go no issues from now on: those of all will be asked for again."""
        if not self._holds:
            self._items, self._holds = functools.cache(self._read), True


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

    __slots__ = ("_items", "_words")
    _words: Callable[[], StoredWords]
    _items: Callable[[], StoredItems]

    def __getattr__(self, name: str) -> Any:
        """Called for what is not there."""
        if name == "anchors":
            return self._words().anchors
        if name not in _ITEMS:
            raise AttributeError(name)
        found = getattr(self._items(), name)
        return [_ledger_of(self, one) for one in found] if name == "ledger" else found

    def __reduce__(self) -> tuple[Any, ...]:
        """A copy, and what is sent to another process, is a whole notice."""
        facts = {name: getattr(self, name) for name in (*_FACTS_OF_ITEM, "anchors", "issues", "followups")}
        whole = SiteNotice(notice=self._words().notice, **facts)
        whole.ledger.extend(_ledger_of(whole, one) for one in self._items().ledger)
        return copy.copy, (whole,)


def _ledger_of(item: Any, ledger: Ledger) -> Ledger:
    """The ledger with this item in its entries: pages ask which entries are of it."""
    return replace(
        ledger,
        money=tuple(replace(one, item=item) for one in ledger.money),
        people=tuple(replace(one, item=item) for one in ledger.people),
        unpriced=tuple(replace(one, item=item) for one in ledger.unpriced),
    )


def words_to_store(item: SiteNotice) -> StoredWords:
    """The words of a notice."""
    notice = item.notice
    return StoredWords(copy.copy(notice) if isinstance(notice, StoredNotice) else notice, item.anchors)


def items_to_store(item: SiteNotice) -> StoredItems:
    """Its issues, and so on, without itself."""
    return StoredItems(item.issues, item.followups, [_ledger_of(None, one) for one in item.ledger])


def facts_to_store(item: SiteNotice) -> StoredFacts:
    """What `stored_item` is made from, beside what is read."""
    return tuple(getattr(item.notice, name) for name in _FACTS), tuple(getattr(item, name) for name in _FACTS_OF_ITEM)


def stored_item(facts: StoredFacts, file: str, reader: WordsReader) -> SiteNotice:
    """A notice of these facts, whose words the reader has by the name of its file."""
    words, items = functools.partial(reader.words, file), functools.partial(reader.items, file)
    of_notice, of_item = facts
    notice, item = object.__new__(StoredNotice), object.__new__(StoredItem)
    _fill(notice, zip(_FACTS, of_notice, strict=True))
    _fill(item, zip(_FACTS_OF_ITEM, of_item, strict=True))
    _fill(notice, [("_words", words)])
    _fill(item, [("_words", words), ("_items", items), ("notice", notice)])
    return item


def _fill(one: object, values: Iterable[tuple[str, Any]]) -> None:
    for name, value in values:
        object.__setattr__(one, name, value)
