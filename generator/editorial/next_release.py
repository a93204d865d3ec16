"""What the next release would be: built, checked, and compared with what is live."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from generator.base.diagnostics import Diagnostic, DiscloseError
from generator.base.manifest import load_manifest
from generator.base.workers import Progress, silent
from generator.content.config import Config
from generator.editorial.gate import Prepared, prepare
from generator.editorial.outcome import NoticeOutcome, rows_of
from generator.editorial.selection import Selector
from generator.release.destination import Destination
from generator.release.live import Live
from generator.release.publish import preview
from generator.release.releases import Changes


@dataclass(frozen=True, slots=True, kw_only=True)
class NextRelease:
    """A site that was built for a release, and what that would change."""

    prepared: Prepared
    rows: tuple[NoticeOutcome, ...]
    """What becomes of each notice."""
    changes: Changes
    """Of the files."""
    is_held: bool
    """Whether it may not go: something blocks all of it, or a notice that was named to go must wait."""

    @property
    def open(self) -> tuple[Diagnostic, ...]:
        """What nobody answered for in the notices that go."""
        going = {row.id for row in self.rows if row.state in ("new", "corrected")}
        return tuple(said for one in self.prepared.choices if one.address in going for said in one.warnings)


def next_release(
    site: Path,
    output: Path,
    destination: Destination,
    config: Config,
    *,
    only: Collection[str] | None = None,
    jobs: int = 1,
    progress: Progress = silent,
) -> NextRelease:
    """Build what may go into `output`; `only` are the ids of the notices that may change, None: all.

    Raises DiscloseError when no notice is approved, or nothing can be built.
    """
    live = Live(destination)
    selector = Selector(site=site, config=config, live=live, only=only)
    prepared = prepare(site, output, selector, jobs=jobs, progress=progress)
    if prepared.choices and not any(one.path for one in prepared.choices):
        raise DiscloseError("no notice is approved: nothing to publish. What each waits for: disclose check")
    files, _ = load_manifest(output)
    rows = tuple(rows_of(prepared.choices, live, output, files))
    is_waiting = any(row.state == "waits" and only is not None and row.id in only for row in rows)
    return NextRelease(
        prepared=prepared,
        rows=rows,
        changes=preview(output, destination),
        is_held=bool(prepared.blocking) or is_waiting,
    )
