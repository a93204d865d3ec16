"""What a release changes for the public, notice by notice and page by page, in words that a person checks it by."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from generator.base.diagnostics import Diagnostic
from generator.base.language import say
from generator.editorial.selection import Choice
from generator.release.live import RECORD, SHOWN, Live, ids_shown
from generator.release.releases import Changes

State = Literal["new", "corrected", "withdrawn", "removed", "waits", "untouched"]
STATES: tuple[State, ...] = get_args(State)
"""新增 · 更正 · 撤下 · 移除 · 留下未发 · 未动, in the order of the table."""
_TITLE = re.compile(r"<title>([^<]*+)</title>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What becomes of a notice; one that waits while its approved version stays public has two rows."""

    state: State
    id: str
    title: str
    why: tuple[Diagnostic, ...] = ()
    """What it waits for; empty: it was not named to go."""

    def __str__(self) -> str:
        """A line of the table, in the language that is spoken."""
        line = f"{_name(self.state)}  {self.title}  {self.id}"
        if self.state != "waits":
            return line
        more = f" (and {len(self.why) - 1} more)" if len(self.why) > 1 else ""
        return f"{line}: " + say(f"{self.why[0].message}{more}" if self.why else "not named with --only")


def rows_of(choices: Sequence[Choice], live: Live, output: Path, files: Mapping[str, str]) -> list[Row]:
    """What becomes of each notice, when `output`, with these files, takes the place of what is live."""
    shown = {id_: str(row.get("title") or id_) for id_, row in ids_shown((output / SHOWN).read_bytes()).items()}
    there = {found[1] for path in files if (found := RECORD.fullmatch(path))}
    rows = [Row(state=_state(id_, live, files), id=id_, title=title) for id_, title in shown.items()]
    for id_, title in live.titles.items():
        if id_ not in shown:
            rows.append(Row(state="withdrawn" if id_ in there else "removed", id=id_, title=title))
    waiting = (one for one in choices if not one.is_present)
    rows += (Row(state="waits", id=one.id, title=one.title, why=one.blocked_by) for one in waiting)
    return sorted(rows, key=lambda row: (STATES.index(row.state), row.id))


def _name(state: State) -> str:
    """A state in the language that is spoken, as wide as the others."""
    name = say(state)
    return name.ljust(9) if name == state else name.ljust(4, "\u3000")


def _state(id_: str, live: Live, files: Mapping[str, str]) -> State:
    if id_ not in live.titles:
        return "new"
    record = f"notices/{id_}/notice.json"
    return "untouched" if live.files.get(record) == files.get(record) else "corrected"


def table(rows: Sequence[Row], *, all_of_them: bool = False) -> Iterator[str]:
    """A line for each notice that changes or waits; those that stay as they are only counted."""
    untouched = [row for row in rows if row.state == "untouched"]
    yield from (str(row) for row in rows if all_of_them or row.state != "untouched")
    if untouched and not all_of_them:
        yield f"{_name('untouched')}  {len(untouched)}"


def pages(changes: Changes, output: Path) -> Iterator[str]:
    """A line for each page that changes: its path and its title."""
    for mark, paths in (("+", changes.added), ("~", changes.changed), ("-", changes.removed)):
        yield from (f"{mark} {path}  {_title(output / path)}".rstrip() for path in paths if path.endswith(".html"))


def _title(path: Path) -> str:
    try:
        found = _TITLE.search(path.read_text("utf-8", errors="replace"))
    except OSError:
        return ""
    return html.unescape(found[1]).partition("_")[0].strip() if found else ""
