"""What an editor must look at before publishing: faults of files, anomalies, drafts, the built site."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from generator.base.diagnostics import ContentError, Diagnostic, Severity
from generator.base.files import notice_files, read_text
from generator.base.history import fitting
from generator.base.layout import PHRASES, SITE_FILE, files_read
from generator.base.manifest import MANIFEST
from generator.base.shipped import site_or_shipped
from generator.base.workers import died, in_processes
from generator.build import state
from generator.content.config import Config, faulty_values, load_config, missing_values
from generator.content.journal import imported_on
from generator.content.masks import masked
from generator.content.notice_file import editable, read_notice
from generator.content.phrases import Phrases, read_phrases
from generator.editorial.acceptance import Finding, settle
from generator.editorial.against_source import against_source
from generator.editorial.inspection import inspect
from generator.editorial.report import Masked, Report
from generator.editorial.signing import review_problems, with_changes
from generator.model.field_names import FIELD_NAMES
from generator.model.notice import Notice
from generator.sitelint.leaks import leaks, secrets_of
from generator.sitelint.output_check import check_output


def check(site: Path, paths: Iterable[Path] = (), output: Path | None = None, *, day: dt.date, jobs: int = 1) -> Report:
    """All that is to be looked at: in the content files `paths` (none: in the whole site), and in `output`.

    `day` is the day of the check; it is done in `jobs` processes. Raises DiscloseError for a site.yml or table of
    phrases that cannot be read.
    """
    chosen = list(paths)
    config = load_config(site)
    phrases = site_phrases(site)
    found: list[Finding] = []
    ledger: list[Masked] = []
    if not chosen:
        from generator.build.load import leading_out  # noqa: PLC0415 - a build's parts: the desk checks without them

        found += _of_settings(site, config)
        links = leading_out(site)
        found += settle(links, (), SITE_FILE)
        outside = {site / one.file for one in links}
        chosen = [path for path in notice_files(site) if not outside & {path, *path.parents}]
    checked = in_processes(
        lambda path: check_file(path, site, config, phrases),
        chosen,
        jobs=jobs,
        lost=lambda path: (settle([died(str(path))], (), str(path)), []),
    )
    for findings, hidden in checked:
        found += findings
        ledger += hidden
    if output is not None:
        found += settle(_outdated(site, output), (), SITE_FILE)
        found += _of_output(site, config, output, jobs=jobs)
    found.sort(key=lambda one: (one.diagnostic.file, one.diagnostic.line, one.diagnostic.column, one.diagnostic.code))
    return Report(site=config.name, day=day, findings=tuple(found), ledger=tuple(ledger))


def site_phrases(site: Path) -> Phrases:
    """The fixed phrases of the site. Raises DiscloseError for a table that cannot be read."""
    return read_phrases(read_text(site_or_shipped(site, PHRASES), PHRASES))


def check_whole(site: Path, config: Config, output: Path, *, jobs: int = 1) -> list[Finding]:
    """What is to be looked at in the site's settings, and in what was built of it in `output`; leaks aside."""
    return [*_of_settings(site, config), *settle(check_built(config, output, jobs=jobs), config.accepted, SITE_FILE)]


def _of_settings(site: Path, config: Config) -> list[Finding]:
    text = read_text(site / SITE_FILE, SITE_FILE)
    return settle([*missing_values(config, text), *faulty_values(config, text)], (), SITE_FILE)


def _of_output(site: Path, config: Config, output: Path, *, jobs: int) -> list[Finding]:
    found = settle(check_built(config, output, jobs=jobs), config.accepted, SITE_FILE)
    return found + settle(leaks(output, secrets_of(site)), (), SITE_FILE)


def check_built(config: Config, output: Path, *, jobs: int = 1) -> list[Diagnostic]:
    """What the site built in `output` does not keep of the conventions; a note when nothing has been built there."""
    if not (output / MANIFEST).is_file():
        return [
            Diagnostic(
                code="not-built",
                severity=Severity.NOTE,
                file=str(output),
                message="there is no built site here, so its pages were not checked",
                hint="Build it, then check again: disclose build.",
            )
        ]
    return check_output(output, config, jobs=jobs)


def _outdated(site: Path, output: Path) -> list[Diagnostic]:
    """A note when what the site in `output` was made from has changed since: what is said of it may be fixed."""
    last = state.load(output)
    now = state.stamps_of(files_read(site)) if last else {}
    before = last.stamps if last else {}
    changed = sorted(name for name in before.keys() | now.keys() if state.is_changed(before.get(name), now.get(name)))
    if not changed:
        return []
    others = f" and {len(changed) - 1} other files" if len(changed) > 1 else ""
    return [
        Diagnostic(
            code="output-outdated",
            severity=Severity.NOTE,
            file=str(output),
            message=f"built before {changed[0]}{others} changed: what is said of it here may be fixed already",
            hint="Build it, then check again: disclose build.",
        )
    ]


def _misnamed(notice: Notice, path: Path) -> list[Diagnostic]:
    """An error when the id in the file is not the file's name: the id is the address, and was made once."""
    if notice.id in (path.stem, path.parent.name):  # a version of the journal lies in a folder of that name
        return []
    return [
        Diagnostic(
            code="bad-id",
            file=str(path),
            line=2,
            message=f"the id “{notice.id}” is not the name of the file",
            hint=f"Write id: {path.stem}; the id is the address of the notice and never changes.",
        )
    ]


def _ahead(notice: Notice, lines: Sequence[str], file: str, site: Path) -> Iterator[Diagnostic]:
    """A warning for a day of what has happened that lies behind the day of the import: it was not yet then.

    By the note of the import and not by a clock, so that a check says the same on any day.
    """
    imported, inspection = imported_on(site, notice.id), notice.inspection
    days = {
        "published": notice.published,
        "inspection.feedback": inspection.feedback,
        "inspection.end": inspection.end,
        "inspection.start": inspection.start,
    }
    for fact, day in days.items():
        if imported and day and day.first_day > imported.last_day:
            name, key = FIELD_NAMES[fact], fact.rpartition(".")[2]
            yield Diagnostic(
                code="date-ahead",
                severity=Severity.WARNING,
                file=file,
                line=next((at for at, line in enumerate(lines, 1) if line.lstrip().startswith(f"{key}:")), 0),
                message=f"{name}: {day.iso} lies behind {imported.iso}, the day of the import",
                hint="Compare with the original; accept it where the notice is dated ahead.",
            )


def _line_of(lines: Sequence[str], key: str) -> int:
    return next((number for number, line in enumerate(lines, 1) if line.startswith(f"{key}:")), 0)


def check_file(path: Path, site: Path, config: Config, phrases: Phrases) -> tuple[list[Finding], list[Masked]]:
    """What is to be looked at in one content file, and what is masked in it."""
    try:
        text = read_text(path, str(path))
    except ContentError as error:
        return settle(error.diagnostics, (), str(path)), []
    return check_text(text, path, site, config, phrases)


def check_text(
    text: str, path: Path, site: Path, config: Config, phrases: Phrases
) -> tuple[list[Finding], list[Masked]]:
    """The same, of a file that was read."""
    notice, problems = read_notice(text, str(path))
    if notice is None:
        return settle(fitting(problems, path), (), str(path)), []
    return check_notice(notice, text, path, site, config, phrases), [
        Masked(notice=notice.id, hidden=hidden) for hidden in masked(notice).redactions
    ]


def check_notice(notice: Notice, text: str, path: Path, site: Path, config: Config, phrases: Phrases) -> list[Finding]:
    """What is to be looked at in a notice that was read from a content file with this text."""
    lines = editable(text).split("\n")
    said = [
        *_misnamed(notice, path),
        *_ahead(notice, lines, str(path), site),
        *(with_changes(one, site, notice) for one in inspect(notice, lines, str(path), config, phrases)),
        *review_problems(notice, config, str(path), _line_of(lines, "reviews")),
        *against_source(notice, lines, str(path), site),
    ]
    return settle(fitting(said, path), notice.accepted, str(path))
