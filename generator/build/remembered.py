"""What follows from each content file, and from the titles of all: taken from the store, where nothing of it changed.

Of a notice the facts are one row; its words, its issues and so on are others, read when they are asked for, so that of
ten thousand notices the words of a few are in memory (site/stored.py).
A value is stored as a pickle, which is read back several times as fast as anything else. Read back are plain values of
this program only: what else a file in a site's folder may say, nothing of it is run.
"""

from __future__ import annotations

import contextlib
import dataclasses
import functools
import importlib
import io
import pickle
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import orjson

from generator.base.diagnostics import ContentError, DiscloseError
from generator.base.files import read_text
from generator.base.layout import Contents
from generator.build.fingerprint import fingerprint
from generator.build.state import NEVER, Stamp, stamps_of
from generator.build.store import RowStore, StoredRow
from generator.content.config import Config
from generator.content.topics import OTHER, Topic, TopicRules
from generator.site.assemble import Assembled, Known, placed_alone
from generator.site.elsewhere import elsewhere_of
from generator.site.ledger import sums_alone
from generator.site.model import LoadedNotice, Site, SiteNotice, digest_of
from generator.site.same import know_same, same_of, titles_digest
from generator.site.stored import PARTS, StoredPart, facts_to_store, reader_that_holds, stored_item

_FACTS, _SAME, _READ = "notice", "same", "read"
"""Kinds of rows, beside the parts of notices."""
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
        "generator.site.stored",
    }
)


class _Unpickler(pickle.Unpickler):
    """Makes records of `_MODULES` and nothing else."""

    def __init__(self, data: bytes, topics: Mapping[str, Topic]) -> None:
        super().__init__(io.BytesIO(data))
        self._topics = topics

    def find_class(self, module: str, name: str) -> Any:
        """Pickle's hook for a name in a module."""
        if (module, name) == (__name__, topic_named.__name__):
            return self._topics.__getitem__
        return _record(module, name)


@functools.cache
def _record(module: str, name: str) -> type:
    """The record of that name; asked for ten times a notice."""
    found = getattr(importlib.import_module(module), name, None) if module in _MODULES else None
    if isinstance(found, type) and (dataclasses.is_dataclass(found) or hasattr(found, "_fields")):
        return found
    raise pickle.UnpicklingError(module, name)


def topic_named(_: str) -> Topic:
    """A topic by its id, for all its words are in the rules: which have it, only who reads it back knows."""
    raise NotImplementedError


def _value_of(data: bytes, topics: Mapping[str, Topic]) -> Any:
    """What `_packed` wrote."""
    return _Unpickler(data, topics).load()


def _packed(value: object) -> bytes:
    out = io.BytesIO()
    writer = pickle.Pickler(out, 5)
    writer.dispatch_table = {Topic: lambda topic: (topic_named, (topic.id,))}
    writer.dump(value)
    return out.getvalue()


class Remembered:
    """What follows from the content files of a site under its settings and topics."""

    def __init__(self, store: RowStore, config: Config, rules: TopicRules, read: ReadNotice) -> None:
        """`read` reads a content file."""
        self.known = Known()
        """Of the files that were found again, and after `build_site` of all."""
        self._store, self._config, self._rules, self._read = store, config, rules, read
        self._settings = fingerprint(config, rules.topics)
        self._topics = {topic.id: topic for topic in (*rules.topics, OTHER)}
        self._digests = dict[str, str]()
        self._stamps: Mapping[str, Stamp] = {}
        self._part = reader_that_holds(self._part_of)

    def find(self, contents: Contents) -> dict[str, LoadedNotice]:
        """By name the files that say what they said; the notice in each is the one that is shown of it.

        Its words are read when they are asked for.
        """
        self._digests = self._digests_of(contents)
        parts = [self._store.sources(part) for part in PARTS]
        found = dict[str, LoadedNotice]()
        for file, made_from, value in self._store.rows(_FACTS):
            digest = self._digests.get(file)
            if digest and made_from == self._made_from(digest) and all(one.get(file) == made_from for one in parts):
                with contextlib.suppress(Exception):  # as above
                    found[file] = self._stored(file, digest, value)
        return found

    def _stored(self, file: str, digest: str, facts: bytes) -> LoadedNotice:
        order, stored = _value_of(facts, self._topics)
        item = stored_item(stored, file, self._part)
        self.known.files[file, digest] = Assembled(file, item, order, ())
        return LoadedNotice(file, item.notice, digest)

    def take(self, found: Sequence[LoadedNotice]) -> Iterator[LoadedNotice]:
        """Notices that were read, without their words, which are stored; as they came where they cannot be.

        Nothing is stored of a notice that has no address, or of which something must be said again.
        """
        placed = [placed_alone(one, self._rules, self._config) for one in found]
        sound = [(one, alone) for one, alone in zip(found, placed, strict=True) if alone.item and not alone.problems]
        facts = [_packed_facts(alone) for _, alone in sound]
        are_stored = all(
            self._add(part, sound, [_packed(PARTS[part](_item(alone))) for _, alone in sound]) for part in PARTS
        ) and self._add(_FACTS, sound, facts)
        self.known.files.update(((one.file, one.digest), alone) for one, alone in zip(found, placed, strict=True))
        without = dict[str, LoadedNotice]()
        for (one, alone), packed in zip(sound, facts, strict=True) if are_stored else ():
            self._digests[one.file] = one.digest
            without[one.file] = self._stored(one.file, one.digest, packed)
            _item(alone).ledger.clear()  # or the two would hold each other, and all words, to the end of the build
        return (without.get(one.file, one) for one in found)

    def _add(self, kind: str, sound: Sequence[tuple[LoadedNotice, Assembled]], values: Iterable[bytes]) -> bool:
        rows = zip(sound, values, strict=True)
        return self._store.add(kind, (StoredRow(one.file, self._made_from(one.digest), row) for (one, _), row in rows))

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

    def _part_of(self, part: str, file: str) -> StoredPart:
        value = self._store.value(part, file, self._made_from(self._digests[file]))
        if value is not None:
            with contextlib.suppress(Exception):  # as above
                found = _value_of(value, self._topics)
                if isinstance(found, StoredPart):
                    return found
        return PARTS[part](self._read_again(file))

    def _read_again(self, file: str) -> SiteNotice:
        """The notice of a file that was found. Raises DiscloseError when the file was changed meanwhile."""
        found = self._read(file)
        if found is None or found.digest != self._digests[file]:
            raise DiscloseError(f"{file}: was changed while the site was built; build it again")
        return _item(placed_alone(found, self._rules, self._config))

    def know(self, site: Site) -> None:
        """Let the site know which of its titles are alike, where all of them are as they were."""
        digest = titles_digest(site)
        for _, made_from, value in self._store.rows(_SAME):
            if made_from == digest:
                with contextlib.suppress(Exception):  # as above
                    know_same(site, _value_of(value, self._topics))

    def keep_same(self, site: Site) -> None:
        """Store which of the titles of the site are alike."""

        def table(_: str) -> bytes:
            found = same_of(site).table()
            know_same(site, found)  # and let go what it was worked out from
            return _packed(found)

        self._store.keep(_SAME, {"": titles_digest(site)}, table)

    def keep(self, faulty: Container[str]) -> None:
        """Store what is known now; not of the files that are `faulty`: what is wrong with them is said again."""
        placed = {
            one.file: (self._made_from(digest), one)
            for (_, digest), one in self.known.files.items()
            if one.item and not one.problems and one.file not in faulty
        }
        made_from = {file: source for file, (source, _) in placed.items()}
        for part in PARTS:
            self._store.keep(part, made_from, functools.partial(_packed_part, part, placed))
        self._store.keep(_FACTS, made_from, lambda file: _packed_facts(placed[file][1]))
        read = {file: (digest, *self._stamps[file]) for file, digest in self._digests.items()}
        self._store.keep(_READ, {"": fingerprint(read)}, lambda _: orjson.dumps(read))

    def _made_from(self, digest: str) -> str:
        return f"{digest} {self._settings}"


def _packed_part(part: str, placed: Mapping[str, tuple[str, Assembled]], file: str) -> bytes:
    return _packed(PARTS[part](_item(placed[file][1])))


def _packed_facts(one: Assembled) -> bytes:
    item = _item(one)
    sums_alone(item)
    elsewhere_of(item)
    return _packed((one.order, facts_to_store(item)))


def _item(one: Assembled) -> SiteNotice:
    assert one.item  # noqa: S101 - what has no address is not kept
    return one.item


def _digest(file: str, path: Path) -> str | None:
    try:
        return digest_of(read_text(path, file))
    except ContentError:  # whoever reads it says what is wrong
        return None
