"""The gate before a release: what goes of each notice, and what the whole site must wait for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from generator.base.diagnostics import Diagnostic, Severity
from generator.base.workers import Progress, silent
from generator.build.driver import build
from generator.editorial.checks import check, check_whole
from generator.editorial.leaking import leaking
from generator.editorial.selection import Choice, Selector, contents_of, not_kept
from generator.sitelint.output_check import is_shared

_ROUNDS = 4
"""Builds after which a notice whose page still may not go is a matter of the whole site."""
_OF_THE_SITE = frozenset({"g-ind-02", "not-built"})
"""Codes that speak of the site, wherever they were found."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A site that was built for a release."""

    choices: tuple[Choice, ...]
    blocking: tuple[Diagnostic, ...]
    """What the whole site must wait for; empty: it may go."""
    warnings: tuple[Diagnostic, ...]
    """What nobody answered for in the site as a whole."""


def prepare(site: Path, output: Path, selector: Selector, *, jobs: int = 1, progress: Progress = silent) -> Prepared:
    """Build what may go of the site into `output`, and say what stands in its way.

    A finding in the page of one notice holds back that notice, and no other. Raises DiscloseError when nothing can be
    built.
    """
    choices, refused = selector.select(jobs=jobs), dict[Path, tuple[Diagnostic, ...]]()
    for number in range(_ROUNDS):
        report = build(site, output, jobs=jobs, contents=contents_of(choices), progress=progress)
        whole = check_whole(site, selector.config, output, jobs=jobs)
        shown = leaking(output, choices, selector)
        found = [said for said in report.diagnostics if said.severity is Severity.ERROR]
        found += [one.diagnostic for one in whole if one.blocks or one.diagnostic.code == "not-built"]
        own = {one: (*_of_notice(one, output, found), *shown.own.get(one.file, ())) for one in choices if one.path}
        blamed = {one: mine for one, mine in own.items() if mine}
        if not blamed or number == _ROUNDS - 1:
            break
        refused |= {one.path: mine for one, mine in blamed.items() if one.path}
        choices = tuple(selector.choice(one.file, refused) if one in blamed else one for one in choices)
    warnings = (one.diagnostic for one in whole if one.diagnostic.severity is Severity.WARNING and one.accepted is None)
    return Prepared(
        choices=choices,
        blocking=(*found, *_with_signing(shown.site, choices), *not_kept(choices, selector.live)),
        warnings=(*shown.public, *warnings),
    )


def _with_signing(found: Sequence[Diagnostic], choices: Sequence[Choice]) -> Iterator[Diagnostic]:
    """Leaks, and which notices wait: a mask in one of them hides nothing before it is signed."""
    waiting = [one.id for one in choices if one.path and not one.is_present]
    for said in found:
        hint = f"A mask hides nothing before it is signed; these wait: {', '.join(waiting)}."
        yield replace(said, hint=f"{said.hint}\n    {hint}") if waiting else said


def _of_notice(one: Choice, output: Path, found: Sequence[Diagnostic]) -> Iterator[Diagnostic]:
    """What was found in one notice alone: in its content file, or in its folder of the output."""
    folder = f"{output / 'notices' / one.address}/"
    for said in found:
        is_own = said.file == one.file or (said.file.startswith(folder) and not is_shared(said))
        if is_own and said.code not in _OF_THE_SITE:
            yield said


def blocking(site: Path, output: Path, *, jobs: int = 1) -> list[Diagnostic]:
    """All that stands between the whole site, built in `output`, and a release of all of it, sorted by place.

    Faults of the files, drafts, placeholders, errors that nobody accepted, faults of the built site. Raises
    DiscloseError when site.yml cannot be read.
    """
    found = check(site, output=output, day=dt.date.min, jobs=jobs).findings  # no rule asks for the day
    return [one.diagnostic for one in found if one.blocks or one.diagnostic.code == "not-built"]
