"""What a destination shows of each notice now."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from generator.base.diagnostics import DiscloseError
from generator.base.manifest import MANIFEST, read_manifest
from generator.content.config import Config
from generator.content.masks import address_of
from generator.content.publication import published
from generator.content.record import record_of
from generator.data.formats import to_json
from generator.model.notice import Notice
from generator.release.destination import Destination

RECORD = re.compile(r"notices/([^/]+)/notice\.json")
SHOWN = "data/notices.json"
"""Has a row for each notice that is shown, and none for one that was withdrawn."""


def ids_shown(data: bytes) -> dict[str, dict[str, Any]]:
    """The rows of the notices that are shown, by id. Raises ValueError, KeyError or TypeError for anything else."""
    return {str(row["id"]): row for row in json.loads(data)}


class Live:
    """The notices of the live release; none before the first release, and of one that was damaged."""

    def __init__(self, destination: Destination) -> None:
        self._destination = destination
        self._release = destination.live()
        self._records: dict[str, Any] = {}

    @cached_property
    def files(self) -> Mapping[str, str]:
        """Every file of it, and its hash."""
        try:
            return read_manifest(self._read(MANIFEST), MANIFEST)
        except DiscloseError:
            return {}

    @cached_property
    def titles(self) -> Mapping[str, str]:
        """Id → title of each notice that is shown."""
        try:
            return {id_: str(row.get("title") or id_) for id_, row in ids_shown(self._read(SHOWN)).items()}
        except (DiscloseError, ValueError, KeyError, TypeError, AttributeError):
            return {}

    def shows(self, notice: Notice, config: Config) -> bool:
        """Whether these very words and facts are what the public reads of the notice now."""
        shown = published(notice, config)
        path = f"notices/{address_of(notice)}/notice.json"
        if path not in self.files:
            return False
        if path not in self._records:
            try:
                self._records[path] = _comparable(self._read(path))
            except (DiscloseError, ValueError, KeyError, TypeError, AttributeError):
                self._records[path] = None
        there, here = self._records[path], _comparable(to_json(record_of(shown)))
        return there is not None and all(there[key] == here[key] for key in there.keys() & here.keys())

    def _read(self, path: str) -> bytes:
        if self._release is None:
            raise DiscloseError(path)
        return self._destination.read(self._release, path)


def _comparable(data: bytes) -> Any:
    """A record without the topics, which follow from a table of the site."""
    record = json.loads(data)
    record.pop("id")  # is the address, from which a mask may take something away
    for issue in record.get("issues") or ():
        issue.pop("topics", None)
        issue.pop("topic_words", None)
    return record
