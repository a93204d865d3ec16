"""What of a site goes into a release: what is approved. Nobody waits for a colleague's draft.

Of each notice the present version goes when it is reviewed and nothing blocks it; else the one that was approved last
(content/journal); else, and when it was never approved, none. A withdrawn one goes as it is: that must not wait.
What the public reads already may stay as it is, whatever is found in it since.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from generator.base.diagnostics import ContentError, Diagnostic, Severity
from generator.base.files import content_files, read_text, stem_of
from generator.base.locks import editing
from generator.base.workers import died, in_processes
from generator.content.config import Config
from generator.content.journal import Version, keep, reviewed_versions
from generator.content.masks import address_of
from generator.content.notice_file import read_notice
from generator.content.phrases import Phrases
from generator.content.review import is_reviewed
from generator.editorial.acceptance import Finding
from generator.editorial.checks import check_file, site_phrases
from generator.model.notice import Notice
from generator.release.live import Live


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What goes of one notice."""

    file: str
    """Its content file, from the site's folder on."""
    address: str
    """The id under which it is shown."""
    title: str
    path: Path | None
    """Where the text that goes is read; None: nothing goes."""
    blocked_by: tuple[Diagnostic, ...] = ()
    """What the present version waits for."""
    warnings: tuple[Diagnostic, ...] = ()
    """What nobody answered for in the version that goes."""
    is_present: bool = False
    """Whether that is the content file: its present version goes."""

    @property
    def id(self) -> str:
        """The id of the notice: the name of its content file."""
        return stem_of(self.file)


def _refuse(file: str) -> Choice:
    """Nothing can be said of a notice at which a process died, so nothing goes: what is live stays."""
    raise ContentError([died(file)])


@dataclass(frozen=True, kw_only=True)
class Selector:
    """Chooses what goes of each notice of a site."""

    site: Path
    config: Config
    live: Live
    only: Collection[str] | None = None
    """Ids of the notices that may change; None: all."""
    _seen: dict[Path, list[Finding]] = field(default_factory=dict, repr=False)
    """What was found in the versions of the notice that is being looked at."""

    @cached_property
    def _phrases(self) -> Phrases:
        return site_phrases(self.site)

    def select(self, *, jobs: int = 1) -> tuple[Choice, ...]:
        """What goes of each notice, by content file."""
        _ = self.live.files, self._phrases  # read once, before the processes divide
        return tuple(in_processes(self.choice, content_files(self.site), jobs=jobs, lost=_refuse))

    def choice(self, file: str, refused: Mapping[Path, Sequence[Diagnostic]] | None = None) -> Choice:
        """What goes of the notice of a content file, when the versions `refused` were found wanting once built."""
        self._seen.clear()
        refused, present = refused or {}, self.site / file
        notice = _read(present)
        address = address_of(notice) if notice else stem_of(file)
        blocked_by = (*self._blocking(present), *refused.get(present, ()))
        is_named = self.only is None or stem_of(file) in self.only
        going = next(
            (one for one in self._versions(file, notice, blocked_by, is_named) if one.path not in refused), None
        )
        return Choice(
            file=file,
            address=address,
            title=notice.title if notice else stem_of(file),
            path=going.path if going else None,
            blocked_by=blocked_by,
            warnings=self._warnings(going.path) if going else (),
            is_present=going is not None and going.path == present,
        )

    def _versions(
        self, file: str, notice: Notice | None, blocked_by: Sequence[Diagnostic], is_named: bool
    ) -> Iterator[Version]:
        """The versions that may go, the best first."""
        present = [Version(self.site / file, notice)] if notice else []
        kept = list(reviewed_versions(self.site, stem_of(file), self.config.review_steps))
        if not is_named:
            yield from (one for one in (*present, *kept) if self._is_live(one.notice))
            if not notice or address_of(notice) not in self.live.titles:
                return
        if not blocked_by:
            yield from present
        yield from (one for one in (*present, *kept) if self._is_live(one.notice))
        yield from (one for one in kept if not self._blocking(one.path))

    def _is_live(self, notice: Notice) -> bool:
        """Whether the public reads this version now, and it was approved."""
        return is_reviewed(notice, self.config.review_steps) and self.live.shows(notice, self.config)

    def is_public(self, one: Choice) -> bool:
        """Whether what was chosen of a notice is what the public reads of it already."""
        notice = _read(one.path) if one.path else None
        return notice is not None and self.live.shows(notice, self.config)

    def _findings(self, path: Path) -> list[Finding]:
        if path not in self._seen:
            self._seen[path], _ = check_file(path, self.site, self.config, self._phrases)
        return self._seen[path]

    def _blocking(self, path: Path) -> tuple[Diagnostic, ...]:
        return tuple(one.diagnostic for one in self._findings(path) if one.blocks)

    def _warnings(self, path: Path) -> tuple[Diagnostic, ...]:
        found = self._findings(path)
        return tuple(
            one.diagnostic for one in found if one.diagnostic.severity is Severity.WARNING and one.accepted is None
        )


def _read(path: Path) -> Notice | None:
    try:
        return read_notice(read_text(path, str(path)), str(path))[0]
    except ContentError:
        return None


def contents_of(choices: Sequence[Choice]) -> dict[str, Path]:
    """The name of each content file that goes → where its text is read."""
    return {one.file: one.path for one in choices if one.path}


def not_kept(choices: Sequence[Choice], live: Live) -> list[Diagnostic]:
    """Notices that the public reads and that would vanish, because no approved version of them is kept."""
    return [
        Diagnostic(
            code="not-kept",
            file=one.file,
            message="it is public, was changed since, and no approved version of it is kept: it would vanish",
            hint=f"Sign what it says now (disclose review {one.id}), or withdraw it if it must not be public.",
        )
        for one in choices
        if one.path is None and one.address in live.titles
    ]


def keep_approved(site: Path, choices: Sequence[Choice], steps: Sequence[str]) -> None:
    """Keep in the journal what was published from content files: an older site may have signed it without one."""
    with editing(site):
        for one in choices:
            notice = _read(site / one.file) if one.is_present else None
            if notice and is_reviewed(notice, steps) and not notice.withdrawn:
                keep(site, read_text(site / one.file, one.file), notice)
