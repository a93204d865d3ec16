"""What was done to a notice, act by act: journal/<id>.jsonl, and the texts of all versions by hash in journal/texts/.

    {"n": 31, "id": "…", "at": "2025-11-28T16:29:03+08:00", "who": "陈某", "act": {"SetDeadline": {…}},
     "before": "sha256", "after": "sha256"}
    {"done": 31}

A line with an act says what is about to be done; `done`, `undone` or `held` ends it. One without an end is settled by
the hash of the file. Beside the acts (generator/desk/rows.py) there are `Import`, with which a journal begins,
`Outside`, a change that was made without the desk, and `Undo` and `Redo` of the act of a number.

Neither build nor check nor publish reads it. Who deletes it loses undo and history, and nothing else.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from generator.base.files import sync_folder, write_bytes

FOLDER = "journal"
_TEXTS = "texts"
OURS = ("Import", "Outside", "Undo", "Redo")
"""What is in a journal and is no act of an editor on the notice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalEntry:
    """An act that was done, or held back because what it concerns had changed."""

    n: int
    id: str
    """Made by who asks, once: asked again, the same is answered."""
    at: str
    """When, ISO 8601 with the offset of this place."""
    who: str
    act: dict[str, Any]
    before: str
    """Hash of the content file before."""
    after: str
    joined: bool = False
    """Whether it was made for an older version, and joined on to this one."""

    @property
    def kind(self) -> str:
        """Name of the act."""
        return next(iter(self.act))

    @property
    def of(self) -> int:
        """The number of the act that is undone or redone."""
        return int(self.act[self.kind].get("of", 0))


@dataclass(slots=True)
class State:
    """What a journal says."""

    entries: list[JournalEntry] = field(default_factory=list)
    """What was done, in order."""
    held: list[JournalEntry] = field(default_factory=list)
    open: JournalEntry | None = None
    """An intention without an end: the program was killed."""
    last: int = 0
    """The highest number that was given."""

    @property
    def head(self) -> str:
        """The hash that the content file has, if nobody changed it without the desk; empty: nothing was done."""
        return self.entries[-1].after if self.entries else ""

    def answered(self, act_id: str) -> JournalEntry | None:
        """What was done when this id was sent first."""
        return next((one for one in self.entries if one.id == act_id), None) if act_id else None

    def is_own(self, old: str, new: str) -> bool:
        """Whether acts of the desk alone led from one version to the other."""
        version = new
        for one in reversed(self.entries):
            if version == old or one.after != version or one.kind == "Outside":
                break
            version = one.before
        return version == old

    def stacks(self) -> tuple[list[JournalEntry], list[JournalEntry]]:
        """What can be undone, and what can be redone; the next of each is the last."""
        undo: list[JournalEntry] = []
        redo: list[JournalEntry] = []
        for one in self.entries:
            if one.kind == "Undo" and undo:
                redo.append(undo.pop())
            elif one.kind == "Redo" and redo:
                undo.append(redo.pop())
            elif one.kind != "Import":
                undo.append(one)
                redo.clear()
        return undo, redo


def hash_of(data: bytes) -> str:
    """The version of a content file with these bytes."""
    return hashlib.sha256(data).hexdigest()


class Journal:
    """The journal of one notice. Who writes to it holds the site (generator/desk/writing.py)."""

    def __init__(self, site: Path, notice_id: str) -> None:
        self._path = site / FOLDER / f"{notice_id}.jsonl"
        self._texts = site / FOLDER / _TEXTS

    # ----------------------------------------------------------------------------------------------------- texts

    def keep(self, data: bytes) -> str:
        """Keep the bytes of a version, for ever on the disk; gives their hash."""
        version = hash_of(data)
        path = self._texts / version
        if not path.is_file():
            write_bytes(path, data, is_lasting=True)
        return version

    def text(self, version: str) -> bytes | None:
        """The bytes of a version; None when they are not kept, or were altered."""
        if len(version) != 64 or not version.isalnum():
            return None
        try:
            data = (self._texts / version).read_bytes()
        except OSError:
            return None
        return data if hash_of(data) == version else None

    # ----------------------------------------------------------------------------------------------------- lines

    def read(self) -> State:
        """What it says; a line that was torn, or is none of ours, is passed over."""
        try:
            data = self._path.read_bytes()
        except FileNotFoundError:
            return State()
        state = State()
        for row in _rows(data):
            _take(state, row)
        return state

    def settle(self, now: str) -> State:
        """The same, after what a killed program left is ended: done where the file is as it was meant, else undone."""
        state = self.read()
        if state.open is not None:
            is_done = now == state.open.after
            self.end(state.open.n, "done" if is_done else "undone")
            state = self.read()
        return state

    def begin(self, one: JournalEntry) -> None:
        """Say what is about to be done; it is on the disk when this comes back."""
        row = {"n": one.n, "id": one.id, "at": one.at, "who": one.who, "act": one.act,
               "before": one.before, "after": one.after}  # fmt: skip
        self._add(row | ({"joined": True} if one.joined else {}), is_lasting=True)

    def end(self, number: int, how: str) -> None:
        """Say that it was `done`, `undone` or `held`; if this is lost, the file's hash says it."""
        self._add({how: number})

    def _add(self, row: dict[str, Any], *, is_lasting: bool = False) -> None:
        is_new = not self._path.exists()
        self._path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0), 0o666)
        try:
            line = memoryview(_end_of_torn(handle) + json.dumps(row, ensure_ascii=False).encode() + b"\n")
            while line:
                line = line[os.write(handle, line) :]
            if is_lasting:
                os.fsync(handle)
        finally:
            os.close(handle)
        if is_new:
            sync_folder(self._path.parent)


def _end_of_torn(handle: int) -> bytes:
    """What ends a line that was torn when its program was killed: it stays, and says nothing."""
    size = os.fstat(handle).st_size
    if not size:
        return b""
    os.lseek(handle, size - 1, os.SEEK_SET)
    return b"" if os.read(handle, 1) == b"\n" else b"\n"


def _rows(data: bytes) -> Iterator[dict[str, Any]]:
    for line in data.split(b"\n"):
        try:
            row = json.loads(line) if line.strip() else None
        except ValueError:
            continue
        if isinstance(row, dict):
            yield row


def _take(state: State, row: dict[str, Any]) -> None:
    if "n" in row:
        try:
            one = JournalEntry(**{key: row[key] for key in ("n", "id", "at", "who", "act", "before", "after")},
                        joined=bool(row.get("joined")))  # fmt: skip
        except KeyError:
            return
        state.last, state.open = max(state.last, one.n), one
    elif state.open is not None and state.open.n in row.values():
        if "done" in row:
            state.entries.append(state.open)
        elif "held" in row:
            state.held.append(state.open)
        state.open = None
