"""What follows from each content file, and from the titles of all: taken from the store, where nothing of it changed.

A value is stored as a pickle, which is read back several times as fast as anything else. Read back are plain values of
this program only: what else a file in a site's folder may say, nothing of it is run.
"""

from __future__ import annotations

import contextlib
import dataclasses
import importlib
import io
import pickle
from collections.abc import Container
from pathlib import Path
from typing import Any

import orjson

from generator.base.diagnostics import ContentError
from generator.base.files import read_text
from generator.base.layout import Contents
from generator.build.fingerprint import fingerprint
from generator.build.store import RowStore
from generator.content.config import Config
from generator.content.topics import TopicRules
from generator.site.assemble import Known
from generator.site.elsewhere import elsewhere_of
from generator.site.model import LoadedNotice, Site, digest_of
from generator.site.same import know_same, same_of, titles_digest

_NOTICE, _SAME = "notice", "same"
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

    def __init__(self, store: RowStore, config: Config, rules: TopicRules) -> None:
        self.known = Known()
        """Of the files that were found again, and after `build_site` of all."""
        self._store = store
        self._settings = fingerprint(config, rules.topics)

    def find(self, contents: Contents) -> dict[str, LoadedNotice]:
        """By name the files that say what they said; the notice in each is the one that is shown of it."""
        digests = {file: digest for file, path in contents.items() if (digest := _digest(file, path))}
        found = dict[str, LoadedNotice]()
        for file, made_from, value in self._store.rows(_NOTICE):
            digest = digests.get(file)
            if digest and made_from == self._made_from(digest):
                with contextlib.suppress(Exception):  # whatever else a file in a site's folder may say
                    placed = _value_of(value)
                    found[file] = LoadedNotice(file, placed.item.notice, digest)
                    self.known.files[file, digest] = placed
        return found

    def know(self, site: Site) -> None:
        """Let the site know which of its titles are alike, where all of them are as they were."""
        digest = titles_digest(site)
        for _, made_from, value in self._store.rows(_SAME):
            if made_from == digest:
                with contextlib.suppress(ValueError, TypeError):
                    table = {
                        int(number): [(float(s), int(n)) for s, n in found] for number, found in orjson.loads(value)
                    }
                    know_same(site, table)

    def keep(self, faulty: Container[str], site: Site) -> None:
        """Store what is known now; not of the files that are `faulty`: what is wrong with them is said again."""
        placed = {
            one.file: (self._made_from(digest), one)
            for (_, digest), one in self.known.files.items()
            if one.item and not one.problems and one.file not in faulty
        }
        made_from = {file: source for file, (source, _) in placed.items()}
        self._store.keep(_NOTICE, made_from, lambda file: _packed(placed[file][1]))
        self._store.keep(_SAME, {"": titles_digest(site)}, lambda _: orjson.dumps(list(same_of(site).table().items())))

    def _made_from(self, digest: str) -> str:
        return f"{digest} {self._settings}"


def _packed(placed: Any) -> bytes:
    elsewhere_of(placed.item)  # whatever is worked out from its words alone goes with it, its ledger, too
    return pickle.dumps(placed, 5)


def _digest(file: str, path: Path) -> str | None:
    try:
        return digest_of(read_text(path, file))
    except ContentError:  # whoever reads it says what is wrong
        return None
