"""What follows from each content file, and from the titles of all: taken from the store, where nothing of it changed.

Of a notice the facts are one row; all of it, with its words, is another, read when it is asked for (site/stored.py).
A value is stored as a pickle, which is read back several times as fast as anything else. Read back are plain values of
this program only: what else a file in a site's folder may say, nothing of it is run.
"""

from __future__ import annotations

import contextlib
import copy
import dataclasses
import importlib
import io
import pickle
from collections.abc import Callable, Container, Mapping
from pathlib import Path
from typing import Any

import orjson

from generator.base.diagnostics import ContentError, DiscloseError
from generator.base.files import read_text
from generator.base.layout import Contents
from generator.build.fingerprint import fingerprint
from generator.build.state import NEVER, Stamp, stamps_of
from generator.build.store import RowStore
from generator.content.config import Config
from generator.content.topics import TopicRules
from generator.site.assemble import Assembled, Known, placed_alone
from generator.site.elsewhere import elsewhere_of
from generator.site.ledger import ledger_of_notice, sums_alone
from generator.site.model import LoadedNotice, Site, SiteNotice, digest_of
from generator.site.same import know_same, same_of, titles_digest
from generator.site.stored import StoredItem, WordsReader, facts_to_store, stored_item

_FACTS, _WORDS, _SAME, _READ = "notice", "words", "same", "read"
ReadNotice = Callable[[str], LoadedNotice | None]
"""Reads a content file by its name; None when it holds no notice."""
_MODULES = frozenset(
    {
        "generator.base.dates",
        "generator.base.diagnostics",
        "generator.content.topics",
        "generator.model.decisions",
        "generator.model.notice",
        "generator.model.money",
        "generator.site.assemble",
        "generator.site.ledger_entries",
        "generator.site.model",
        "generator.site.shown",
    }
)


class _Unpickler(pickle.Unpickler):
    """Makes records of `_MODULES` and nothing else."""

    def find_class(self, module: str, name: str) -> Any:
        """Pickle's hook for a name in a module."""
        found = getattr(importlib.import_module(module), name, None) if module in _MODULES else None
        if isinstance(found, type) and (dataclasses.is_dataclass(found) or hasattr(found, "_fields")):
            return found
        raise pickle.UnpicklingError(module, name)


def _value_of(data: bytes) -> Any:
    return _Unpickler(io.BytesIO(data)).load()


class Remembered:
    """What follows from the content files of a site under its settings and topics."""

    def __init__(self, store: RowStore, config: Config, rules: TopicRules, read: ReadNotice) -> None:
        """`read` reads a content file."""
        self.known = Known()
        """Of the files that were found again, and after `build_site` of all."""
        self._store, self._config, self._rules, self._read = store, config, rules, read
        self._settings = fingerprint(config, rules.topics)
        self._digests = dict[str, str]()
        self._stamps: Mapping[str, Stamp] = {}
        self._words = WordsReader(self._whole)

    def find(self, contents: Contents) -> dict[str, LoadedNotice]:
        """By name the files that say what they said; the notice in each is the one that is shown of it.

        Its words are read when they are asked for.
        """
        self._digests = self._digests_of(contents)
        words = self._store.sources(_WORDS)
        found = dict[str, LoadedNotice]()
        for file, made_from, value in self._store.rows(_FACTS):
            digest = self._digests.get(file)
            if digest and made_from == self._made_from(digest) == words.get(file):
                with contextlib.suppress(Exception):  # as above
                    order, facts = _value_of(value)
                    item = stored_item(facts, file, self._words)
                    found[file] = LoadedNotice(file, item.notice, digest)
                    self.known.files[file, digest] = Assembled(file, item, order, ())
        return found

    def _digests_of(self, contents: Contents) -> dict[str, str]:
        """The digests of files that can be read; one with the stamp that it had when it was read last is not read."""
        known = dict[str, tuple[str, Stamp]]()
        for _, __, value in self._store.rows(_READ):
            with contextlib.suppress(Exception):  # whatever else a file in a site's folder may say
                known = {file: (str(digest), tuple(stamp)) for file, (digest, *stamp) in orjson.loads(value).items()}
        self._stamps = stamps_of((file, str(path)) for file, path in contents.items())
        found = dict[str, str]()
        for file, path in contents.items():
            seen, stamp = known.get(file, ("", NEVER))
            digest = seen if stamp == self._stamps[file] != NEVER else _digest(file, path)
            if digest:
                found[file] = digest
        return found

    def _whole(self, file: str) -> SiteNotice:
        """The notice of a file that was found. Raises DiscloseError when the file was changed meanwhile."""
        digest = self._digests[file]
        value = self._store.value(_WORDS, file, self._made_from(digest))
        if value is not None:
            with contextlib.suppress(Exception):  # as above
                whole = _value_of(value)
                if isinstance(whole, SiteNotice):
                    return whole
        found = self._read(file)
        if found is None or found.digest != digest:
            raise DiscloseError(f"{file}: was changed while the site was built; build it again")
        item = _item(placed_alone(found, self._rules, self._config))
        ledger_of_notice(item)
        return item

    def know(self, site: Site) -> None:
        """Let the site know which of its titles are alike, where all of them are as they were."""
        digest = titles_digest(site)
        for _, made_from, value in self._store.rows(_SAME):
            if made_from == digest:
                with contextlib.suppress(Exception):  # as above
                    know_same(site, _value_of(value))

    def keep_same(self, site: Site) -> None:
        """Store which of the titles of the site are alike."""
        self._store.keep(_SAME, {"": titles_digest(site)}, lambda _: pickle.dumps(same_of(site).table(), 5))

    def keep(self, faulty: Container[str]) -> None:
        """Store what is known now; not of the files that are `faulty`: what is wrong with them is said again."""
        placed = {
            one.file: (self._made_from(digest), one)
            for (_, digest), one in self.known.files.items()
            if one.item and not one.problems and one.file not in faulty
        }
        made_from = {file: source for file, (source, _) in placed.items()}
        self._store.keep(_WORDS, made_from, lambda file: _packed_words(placed[file][1]))
        self._store.keep(_FACTS, made_from, lambda file: _packed_facts(placed[file][1]))
        read = {file: (digest, *self._stamps[file]) for file, digest in self._digests.items()}
        self._store.keep(_READ, {"": fingerprint(read)}, lambda _: orjson.dumps(read))

    def _made_from(self, digest: str) -> str:
        return f"{digest} {self._settings}"


def _packed_words(one: Assembled) -> bytes:
    item = _item(one)
    whole = copy.copy(item) if isinstance(item, StoredItem) else item
    elsewhere_of(whole)  # whatever is worked out from its words alone goes with it, its ledger, too
    return pickle.dumps(whole, 5)


def _packed_facts(one: Assembled) -> bytes:
    item = _item(one)
    sums_alone(item)
    elsewhere_of(item)
    return pickle.dumps((one.order, facts_to_store(item)), 5)


def _item(one: Assembled) -> SiteNotice:
    assert one.item  # noqa: S101 - what has no address is not kept
    return one.item


def _digest(file: str, path: Path) -> str | None:
    try:
        return digest_of(read_text(path, file))
    except ContentError:  # whoever reads it says what is wrong
        return None
