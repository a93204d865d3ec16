"""历史: who did what when; any two versions beside each other; any version read and restored."""

from __future__ import annotations

import datetime as dt
import secrets
from itertools import groupby
from typing import Any, NamedTuple

from generator.content.naming import named
from generator.desk import words
from generator.desk.comparison import ComparedVersions, compare
from generator.desk.doing import Paper
from generator.desk.handler import Handler
from generator.desk.journal import JournalEntry
from generator.desk.telling import act_in_words


class HistoryRow(NamedTuple):
    """An act, newest first."""

    entry: JournalEntry
    time: str
    day: str
    says: str
    why: str
    is_undone: bool


class HistoryPage(Handler):
    """Of one notice."""

    async def get(self, notice_id: str) -> None:
        """Answer with its acts, and the two versions that were chosen (`a`, `b`), else its first and its last."""
        self.page("history.html", **await self.apart(self._values, notice_id))

    def _values(self, notice_id: str) -> dict[str, Any]:
        found = self.opened(notice_id)
        paper = Paper(self.desk.site, found.path)
        now = paper.journal.keep(found.data)
        state = paper.state()
        rows = _rows(paper)
        known = {one.after: one.n for one in state.entries}
        is_outside = bool(state.entries) and state.head != now
        first = state.entries[0].after if state.entries else now
        a, b = (self.get_query_argument(name, default) for name, default in (("a", first), ("b", now)))
        whole = bool(self.get_query_argument("all", ""))
        return {
            "opened": found,
            "good": None if found.notice else paper.last_readable(),
            "days": [(day, list(some)) for day, some in groupby(rows, key=lambda row: row.day)],
            "a": a,
            "b": b,
            "number": known,
            "now": now,
            "is_outside": is_outside,
            "whole": whole,
            "compared": self._compared(paper, a, b, whole=whole),
            "nonce": secrets.token_hex(12),
            "fixed": True,
            "here": "历史",
        }

    def _compared(self, paper: Paper, a: str, b: str, *, whole: bool) -> ComparedVersions | None:
        old, new = paper.notice_of(a), paper.notice_of(b)
        return compare(old, new, whole=whole) if old and new else None


def _rows(paper: Paper) -> list[HistoryRow]:
    state = paper.state()
    undone: set[int] = set()
    for one in state.entries:
        if one.kind == "Undo":
            undone.add(one.of)
        elif one.kind == "Redo":
            undone.discard(one.of)
    by_number = {one.n: one for one in state.entries}
    rows = []
    for one in reversed(state.entries):
        turned = by_number.get(one.of) if one.kind in ("Undo", "Redo") else None
        says = ("撤销　" if one.kind == "Undo" else "重做　") if turned else ""
        act = turned or one
        notice = paper.notice_of(act.before or act.after) or paper.notice_of(act.after)
        at = dt.datetime.fromisoformat(one.at)
        rows.append(
            HistoryRow(
                entry=one,
                time=f"{at:%H:%M}",
                day=f"{at.year}年{at.month}月{at.day}日",
                says=says + (act_in_words(act.act, notice) if notice else act.kind),
                why=_why(act.act),
                is_undone=one.n in undone,
            )
        )
    return rows


def _why(act: Any) -> str:
    """The reason that an act has."""
    if isinstance(act, dict):
        if isinstance(act.get("why"), str):
            return str(act["why"])
        return next((found for value in act.values() if (found := _why(value))), "")
    if isinstance(act, list):
        return next((found for value in act if (found := _why(value))), "")
    return ""


class VersionText(Handler):
    """A version as its content file."""

    async def get(self, notice_id: str, version: str) -> None:
        """Answer with it, to be kept."""
        found = self.opened(notice_id)
        data = await self.apart(Paper(self.desk.site, found.path).journal.text, version)
        if data is None:
            self.refuse(404, words.NO_PAGE)
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.set_header("Content-Disposition", f'attachment; filename="{notice_id}-{version[:8]}.md"')
        self.finish(data)


class Histories(Handler):
    """Of all notices: which have one."""

    async def get(self) -> None:
        """Answer with the notices on which somebody acted, the last first."""
        self.page("histories.html", rows=await self.apart(self._rows), here="历史")

    def _rows(self) -> list[tuple[str, str, str, str]]:
        rows = []
        for path in (self.desk.site / "journal").glob("*.jsonl"):
            entries = Paper(self.desk.site, path.with_suffix(".md")).state().entries
            content = self.desk.notices.path(path.stem)
            if entries and content:
                rows.append((entries[-1].at, path.stem, named(content).title or path.stem, entries[-1].who))
        return sorted(rows, reverse=True)
