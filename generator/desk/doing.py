"""An act done to a content file: read, compare, apply, write, in such an order that it is done or not, never half.

    intention (fsync) → content file (temporary file, fsync, rename) → done

Who calls it holds the site (generator/desk/writing.py).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from generator.base.dates import PartialDate
from generator.base.diagnostics import ContentError, DiscloseError
from generator.base.files import write_bytes
from generator.content.config import Config
from generator.content.journal import keep, release, reviewed_versions
from generator.content.notice_file import read_notice
from generator.content.origin import origin_of
from generator.desk.acts import Act, By, Restore, Sign, apply
from generator.desk.journal import Journal, JournalEntry, State, hash_of
from generator.desk.notices import opened_as, remember
from generator.desk.patch import patched
from generator.desk.places import RefusedAct
from generator.desk.rebasing import cells, rebased
from generator.desk.rows import row_of
from generator.editorial.signing import refuse_to_sign
from generator.model.decisions import Review
from generator.model.notice import Notice


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Who asks for an act, and for which version of the file."""

    id: str
    """Made once for each click; a request that is sent again has the same."""
    version: str
    who: str
    at: dt.datetime
    config: Config


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What came of it: the act as it was noted. `is_repeated`: it had been done before, with the same id."""

    entry: JournalEntry
    is_repeated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ActRow:
    """A cell of a conflict: what it was when the page was made, and what it is now."""

    name: str
    opened: Any
    now: Any


class Conflict(Exception):  # noqa: N818  # an answer to the editor
    """What the act concerns is another in the file now. It was not done, and is kept as held in the journal."""

    def __init__(self, rows: list[ActRow], version: str, act: dict[str, Any]) -> None:
        super().__init__("conflict")
        self.rows, self.version, self.act = rows, version, act


class Paper:
    """One content file with its journal."""

    def __init__(self, site: Path, path: Path) -> None:
        self._site, self._path = site, path
        self.journal = Journal(site, path.stem)

    # ------------------------------------------------------------------------------------------------------ reading

    def text_of(self, version: str) -> str | None:
        """The content file of a version; None when it is not kept, or is no text."""
        data = self.journal.text(version)
        try:
            return data.decode("utf-8") if data is not None else None
        except UnicodeDecodeError:
            return None

    def last_readable(self) -> JournalEntry | None:
        """The last act after which the file could be read; None: there is none."""
        return next((one for one in reversed(self.state().entries) if self.notice_of(one.after)), None)

    def notice_of(self, version: str) -> Notice | None:
        """The notice of a version."""
        text = self.text_of(version)
        return read_notice(text)[0] if text is not None else None

    def state(self) -> State:
        """What the journal says; what happened without the desk is not in it yet."""
        return self.journal.read()

    # ------------------------------------------------------------------------------------------------------- acting

    def do(self, act: Act, asked: Asked) -> Done:
        """The act, done to the file as it is now.

        Raises RefusedAct; Conflict; ContentError for a broken file, but by what restores it; DiscloseError where a step
        may not be signed.
        """
        text, notice, state = self._now(asked, may_be_broken=isinstance(act, Restore))
        if found := state.answered(asked.id):
            return Done(entry=found, is_repeated=True)
        version = state.head
        wanted, joined = act, False
        if asked.version != version and notice is not None:
            wanted, joined = self._rebased(act, notice, asked, state), True
        if isinstance(wanted, Sign):
            self._check_signing(notice, wanted, asked)
        after = apply(notice, wanted, self._by(asked))
        new = self._text_of(wanted, text, notice, after, asked.config)
        entry = replace(self._entry(asked, state, row_of(wanted), version, hash_of(new)), joined=joined)
        self._write(entry, new)
        if not isinstance(wanted, Restore):
            remember(self._path, entry.after, after)
        self._after(wanted, after, new)
        return Done(entry=entry)

    def undo(self, number: int, asked: Asked) -> Done:
        """The act of a number, the last that was done, taken back: the same bytes as before."""
        return self._turn_back("Undo", number, asked)

    def redo(self, number: int, asked: Asked) -> Done:
        """The act of a number, the last that was undone, done again."""
        return self._turn_back("Redo", number, asked)

    def _turn_back(self, kind: str, number: int, asked: Asked) -> Done:
        _, _, state = self._now(asked, may_be_broken=True)
        if found := state.answered(asked.id):
            return Done(entry=found, is_repeated=True)
        undo, redo = state.stacks()
        stack = undo if kind == "Undo" else redo
        if not stack or stack[-1].n != number:
            raise RefusedAct("not-the-last", str(number))
        one = stack[-1]
        data = self.journal.text(one.before if kind == "Undo" else one.after)
        if data is None:
            raise RefusedAct("no-version", str(number))
        self._check_anchors(data, asked.config)
        entry = self._entry(asked, state, {kind: {"of": number}}, state.head, hash_of(data))
        self._write(entry, data)
        if "Sign" in one.act:
            self._turn_signature(kind, one, data)
        return Done(entry=entry)

    # ------------------------------------------------------------------------------------------------------ in parts

    def _now(self, asked: Asked, *, may_be_broken: bool = False) -> tuple[str, Notice, State]:
        """The file, the notice in it, and a journal that ends with it: what happened without the desk is noted."""
        try:
            data = self._path.read_bytes()
        except OSError as error:
            raise RefusedAct("gone", self._path.name) from error
        version = self.journal.keep(data)
        state = self.journal.settle(version)
        self._keep_signature(state, data)
        if state.head != version:
            kind = "Outside" if state.entries else "Import"
            before = state.head
            one = self._entry(replace(asked, id="", who=""), state, {kind: {}}, before, version)
            self.journal.begin(one)
            self.journal.end(one.n, "done")
            state = self.journal.read()
        found = opened_as(self._path, data)
        if found.notice is None:
            if may_be_broken:
                return found.text, _nothing(), state
            raise ContentError(found.problems)
        return found.text, found.notice, state

    def _rebased(self, act: Act, notice: Notice, asked: Asked, state: State) -> Act:
        """The act for the file as it is now. Raises Conflict, and keeps the act as held."""
        old = self.notice_of(asked.version)
        to = rebased(act, old, notice) if old else None
        if to is not None:
            return to
        entry = self._entry(asked, state, row_of(act), state.head, state.head)
        self.journal.begin(entry)
        self.journal.end(entry.n, "held")
        rows = list(_rows(act, old, notice)) if old else []
        raise Conflict(rows, state.head, entry.act)

    def _by(self, asked: Asked) -> By:
        return By(
            who=asked.who,
            day=PartialDate.of(asked.at.date()),
            config=asked.config,
            version=self._version,
            source=self._source,
        )

    def _version(self, version: str) -> Notice:
        found = self.notice_of(version)
        if found is None:
            raise RefusedAct("no-version", version)
        return found

    def _source(self) -> str | None:
        notice = read_notice(self._path.read_text("utf-8"))[0]
        try:
            return origin_of(self._site, notice).words if notice else None
        except DiscloseError:
            return None

    def _text_of(self, act: Act, text: str, notice: Notice, after: Notice, config: Config) -> bytes:
        if isinstance(act, Restore):
            data = self.journal.text(act.version) or b""
            self._check_anchors(data, config)
            return data
        try:
            return patched(text, notice, after).encode()
        except ValueError as error:
            raise RefusedAct("unsayable") from error

    def _check_signing(self, notice: Notice, act: Sign, asked: Asked) -> None:
        day = PartialDate.of(asked.at.date())
        one = Review(step=act.step, name=act.name.strip(), date=day, words="")
        if act.step in asked.config.review_steps:
            refuse_to_sign(notice, asked.config, one, self._site, today=day, again=False)

    def _check_anchors(self, data: bytes, config: Config) -> None:
        """Raise RefusedAct when a version lacks an anchor that was published: links to it would be dead."""
        text = data.decode("utf-8")
        approved = list(reviewed_versions(self._site, self._path.stem, config.review_steps))
        notice = read_notice(text)[0] if approved else None
        there = {one.anchor for one in notice.body} if notice else set()
        for version in approved:
            lost = next((one.anchor for one in version.notice.body if one.anchor and one.anchor not in there), None)
            if lost:
                raise RefusedAct("anchor-published", lost)

    def _entry(self, asked: Asked, state: State, act: dict[str, Any], before: str, after: str) -> JournalEntry:
        at = asked.at.isoformat(timespec="seconds")
        return JournalEntry(n=state.last + 1, id=asked.id, at=at, who=asked.who, act=act, before=before, after=after)

    def _write(self, entry: JournalEntry, data: bytes) -> None:
        self.journal.keep(data)
        self.journal.begin(entry)
        write_bytes(self._path, data, is_lasting=True)
        self.journal.end(entry.n, "done")

    # --------------------------------------------------------------------------------------------------- signatures

    def _after(self, act: Act, after: Notice, data: bytes) -> None:
        if isinstance(act, Sign):
            keep(self._site, data.decode("utf-8"), after)

    def _keep_signature(self, state: State, data: bytes) -> None:
        """Keep what was signed, where the program was killed between the file and that."""
        last = state.entries[-1] if state.entries else None
        if last and last.kind == "Sign" and hash_of(data) == last.after:
            notice, _ = read_notice(data.decode("utf-8"))
            if notice:
                keep(self._site, data.decode("utf-8"), notice)

    def _turn_signature(self, kind: str, one: JournalEntry, data: bytes) -> None:
        """A signature that is taken back approves nothing any more."""
        text = data.decode("utf-8")
        notice, _ = read_notice(text)
        if kind == "Undo":
            release(self._site, self._path.stem, self.text_of(one.after) or "")
        if notice and notice.reviews:
            keep(self._site, text, notice)


def _nothing() -> Any:
    """Stands for the notice of a file that is broken: to take an act back, none is needed."""
    return None


def _rows(act: Act, old: Notice, new: Notice) -> Iterator[ActRow]:
    """What the act concerns, as it was and as it is."""
    before, now = list(cells(act, old)), dict(_safe_cells(act, new))
    for name, value in before:
        if now.get(name) != value:
            yield ActRow(name=name, opened=value, now=now.get(name))


def _safe_cells(act: Act, notice: Notice) -> list[tuple[str, Any]]:
    """The same of another version, in which the places of the act may lie elsewhere or nowhere."""
    found = []
    for name, value in cells(act, notice):
        is_words = isinstance(value, tuple) and any(hasattr(one, "words") for one in value)
        if is_words and name not in "".join(one.text for one in value):
            continue
        found.append((name, value))
    return found
