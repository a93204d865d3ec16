"""A notice of which the facts are there, and the words are read when somebody asks for them.

Of a thousand notices an edit asks the words of some thirty. Those asked for last are held, the others are let go;
who asks for very many, as all lists do, has them all held: they will be asked for again.
"""

from __future__ import annotations

import copy
import functools
from collections.abc import Callable, Iterable
from dataclasses import fields, replace
from typing import Any

from generator.model.notice import Notice
from generator.site.ledger_entries import Ledger
from generator.site.model import SiteNotice

_HELD, _MANY = 64, 256
"""Notices whose words are held, and how many must have been asked for until those of any are."""

_WORDS = ("body", "edits", "anomalies", "evidence", "grounds", "outline", "issues", "followups")
"""What is read of a notice."""
_PLACES = ("anchors", "issues", "followups", "ledger")
"""What is read of a notice in its place."""
_FACTS = tuple(one.name for one in fields(Notice) if one.name not in _WORDS)
_FACTS_OF_ITEM = tuple(one.name for one in fields(SiteNotice) if one.name not in ("notice", *_PLACES))

StoredFacts = tuple[tuple[Any, ...], tuple[Any, ...]]
"""The facts of a notice, and of it in its place."""


class WordsReader:
    """Reads notices whole, by the name of their content file."""

    def __init__(self, read: Callable[[str], SiteNotice]) -> None:
        self._read = read
        self._recent = functools.lru_cache(_HELD)(self._counted)
        self._asked = 0
        self._held = dict[str, SiteNotice]()

    def of(self, file: str) -> SiteNotice:
        """The notice of a file."""
        return self._held.get(file) or self._recent(file)

    def _counted(self, file: str) -> SiteNotice:
        found = self._read(file)
        self._asked += 1
        if self._asked > _MANY:
            self._held[file] = found
        return found


class StoredNotice(Notice):
    """A notice whose words are read when they are asked for."""

    __slots__ = ("_whole",)
    _whole: Callable[[], SiteNotice]

    def __getattr__(self, name: str) -> Any:
        """Called for what is not there."""
        if name not in _WORDS:
            raise AttributeError(name)
        return getattr(self._whole().notice, name)

    def __reduce__(self) -> tuple[Any, ...]:
        """A copy, and what is sent to another process, is a whole notice."""
        return copy.copy, (self._whole().notice,)


class StoredItem(SiteNotice):
    """The same in its place."""

    __slots__ = ("_whole",)
    _whole: Callable[[], SiteNotice]

    def __getattr__(self, name: str) -> Any:
        """Called for what is not there."""
        if name not in _PLACES:
            raise AttributeError(name)
        found = getattr(self._whole(), name)
        return [_ledger_of(self, one) for one in found] if name == "ledger" else found

    def __reduce__(self) -> tuple[Any, ...]:
        """A copy, and what is sent to another process, is a whole notice."""
        return copy.copy, (self._whole(),)


def _ledger_of(item: SiteNotice, ledger: Ledger) -> Ledger:
    """The ledger with this item in its entries: pages ask which entries are of it."""
    return replace(
        ledger,
        money=tuple(replace(one, item=item) for one in ledger.money),
        people=tuple(replace(one, item=item) for one in ledger.people),
        unpriced=tuple(replace(one, item=item) for one in ledger.unpriced),
    )


def facts_to_store(item: SiteNotice) -> StoredFacts:
    """What `stored_item` is made from, beside its words."""
    return tuple(getattr(item.notice, name) for name in _FACTS), tuple(getattr(item, name) for name in _FACTS_OF_ITEM)


def stored_item(facts: StoredFacts, file: str, reader: WordsReader) -> SiteNotice:
    """A notice of these facts, whose words the reader has by the name of its file."""
    whole = functools.partial(reader.of, file)
    of_notice, of_item = facts
    notice, item = object.__new__(StoredNotice), object.__new__(StoredItem)
    _fill(notice, zip(_FACTS, of_notice, strict=True))
    _fill(item, zip(_FACTS_OF_ITEM, of_item, strict=True))
    _fill(notice, [("_whole", whole)])
    _fill(item, [("_whole", whole), ("notice", notice)])
    return item


def _fill(one: object, values: Iterable[tuple[str, Any]]) -> None:
    for name, value in values:
        object.__setattr__(one, name, value)
