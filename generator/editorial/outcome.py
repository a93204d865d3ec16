"""What a release changes for the public, notice by notice and page by page, in words that a person checks it by."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple, get_args

from generator.base.console import column
from generator.base.diagnostics import Diagnostic
from generator.base.language import say, spoken
from generator.editorial.selection import Choice
from generator.release.live import RECORD, SHOWN, Live, ids_shown
from generator.release.releases import Changes

PublicChange = Literal["new", "corrected", "withdrawn", "removed", "waits", "untouched"]
PUBLIC_CHANGES: tuple[PublicChange, ...] = get_args(PublicChange)
"""新增 · 更正 · 撤下 · 移除 · 留下未发 · 未动, in the order of the table."""
_WIDTH = max(map(len, PUBLIC_CHANGES))
_TITLE = re.compile(r"<title>([^<]*+)</title>")


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeOutcome:
    """What becomes of a notice; one that waits while its approved version stays public has two rows."""

    state: PublicChange
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
        return f"{line}{'：' if spoken() == 'zh' else ': '}" + say(
            f"{self.why[0].message}{more}" if self.why else "not named with --only"
        )


def rows_of(choices: Sequence[Choice], live: Live, output: Path, files: Mapping[str, str]) -> list[NoticeOutcome]:
    """What becomes of each notice, when `output`, with these files, takes the place of what is live."""
    shown = {id_: str(row.get("title") or id_) for id_, row in ids_shown((output / SHOWN).read_bytes()).items()}
    there = {found[1] for path in files if (found := RECORD.fullmatch(path))}
    rows = [NoticeOutcome(state=_state(id_, live, files), id=id_, title=title) for id_, title in shown.items()]
    for id_, title in live.titles.items():
        if id_ not in shown:
            rows.append(NoticeOutcome(state="withdrawn" if id_ in there else "removed", id=id_, title=title))
    waiting = (one for one in choices if not one.is_present)
    rows += (NoticeOutcome(state="waits", id=one.id, title=one.title, why=one.blocked_by) for one in waiting)
    return sorted(rows, key=lambda row: (PUBLIC_CHANGES.index(row.state), row.id))


def _name(state: PublicChange) -> str:
    """A state in the language that is spoken, as wide as the others."""
    return column(state, _WIDTH)


def _state(id_: str, live: Live, files: Mapping[str, str]) -> PublicChange:
    if id_ not in live.titles:
        return "new"
    record = f"notices/{id_}/notice.json"
    return "untouched" if live.files.get(record) == files.get(record) else "corrected"


def table(rows: Sequence[NoticeOutcome], *, all_of_them: bool = False) -> Iterator[str]:
    """A line for each notice that changes or waits; those that stay as they are only counted."""
    untouched = [row for row in rows if row.state == "untouched"]
    yield from (str(row) for row in rows if all_of_them or row.state != "untouched")
    if untouched and not all_of_them:
        yield f"{_name('untouched')}  {len(untouched)}"


class PageChange(NamedTuple):
    """A page that a release changes."""

    mark: Literal["+", "~", "-"]
    path: str
    title: str
    """Empty: it is no longer there, or has none."""


def page_changes(changes: Changes, output: Path) -> list[PageChange]:
    """The pages that come, change and go; those of notices first."""
    found = [
        *(PageChange("+", path, _title(output / path)) for path in changes.added if path.endswith(".html")),
        *(PageChange("~", path, _title(output / path)) for path in changes.changed if path.endswith(".html")),
        *(PageChange("-", path, "") for path in changes.removed if path.endswith(".html")),
    ]
    return sorted(found, key=lambda one: RECORD.fullmatch(one.path.replace("index.html", "notice.json")) is None)


def pages(changes: Changes, output: Path) -> Iterator[str]:
    """A line for each page that changes: its path and its title."""
    return (f"{one.mark} {one.path}  {one.title}".rstrip() for one in page_changes(changes, output))


def _title(path: Path) -> str:
    try:
        found = _TITLE.search(path.read_text("utf-8", errors="replace"))
    except OSError:
        return ""
    return html.unescape(found[1]).partition("_")[0].strip() if found else ""
