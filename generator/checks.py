"""What an editor must look at before publishing: faults of files, anomalies, drafts, the built site."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from generator.acceptance import Finding, settle
from generator.config import Config, load_config, missing_values
from generator.content import read_notice
from generator.conventions.check import check_output
from generator.diagnostics import ContentError, Diagnostic, Severity
from generator.files import MANIFEST, notice_files, read_text
from generator.inputs import SITE_FILE
from generator.model import Anomaly, Notice
from generator.parser.doubts import doubts_of
from generator.review import faults
from generator.tables.severities import HINTS, SEEN_ANEW, SEVERITIES


def check(site: Path, paths: Iterable[Path] = (), output: Path | None = None) -> list[Finding]:
    """All that is to be looked at, by file: of the content files `paths` (none: the whole site), and of `output`."""
    chosen = list(paths)
    config = load_config(site)
    found: list[Finding] = []
    if not chosen:
        found += settle(missing_values(config, read_text(site / SITE_FILE, SITE_FILE)), (), SITE_FILE)
        chosen = notice_files(site)
    for path in chosen:
        found += check_file(path, config)
    if output is not None:
        found += settle(check_built(config, output), config.accepted, SITE_FILE)
    return sorted(found, key=lambda one: (one.said.file, one.said.line, one.said.column, one.said.code))


def check_built(config: Config, output: Path) -> list[Diagnostic]:
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
    return check_output(output, config)


def check_file(path: Path, config: Config) -> list[Finding]:
    """What is to be looked at in one content file."""
    try:
        text = read_text(path, str(path))
    except ContentError as error:
        return settle(error.diagnostics, (), str(path))
    notice, problems = read_notice(text, str(path))
    if notice is None:
        return settle(problems, (), str(path))
    lines = text.split("\n")
    said = [_review(*fault, file=str(path)) for fault in faults(notice, config.review_steps)]
    said += [_diagnostic(anomaly, notice, lines, str(path)) for anomaly in _anomalies(notice)]
    return settle(said, notice.accepted, str(path))


def _review(code: str, message: str, hint: str, *, file: str) -> Diagnostic:
    return Diagnostic(code=code, file=file, message=message, hint=hint)


def _anomalies(notice: Notice) -> list[Anomaly]:
    """What import noted and cannot be seen again, and what the notice shows as it is now, after the editor's work."""
    noted = [anomaly for anomaly in notice.anomalies if anomaly.code not in SEEN_ANEW]
    known = {(anomaly.code, anomaly.span) for anomaly in noted}
    return noted + [anomaly for anomaly in doubts_of(notice) if (anomaly.code, anomaly.span) not in known]


def _diagnostic(anomaly: Anomaly, notice: Notice, lines: list[str], file: str) -> Diagnostic:
    line, column = _place(anomaly, notice, lines)
    quote = f"“{anomaly.quote}” " if anomaly.quote else ""
    return Diagnostic(
        code=anomaly.code,
        severity=SEVERITIES.get(anomaly.code, Severity.WARNING),
        file=file,
        line=line,
        column=column,
        message=quote + anomaly.message,
        hint=HINTS.get(anomaly.code, ""),
        quote=anomaly.quote,
    )


def _place(anomaly: Anomaly, notice: Notice, lines: list[str]) -> tuple[int, int]:
    """Line and column of the anomaly in the content file: the same paragraph, counted from the top of the body."""
    if anomaly.span is None:
        return 0, 0
    needle = anomaly.quote
    before = notice.text.count(needle, 0, anomaly.span.start)
    start = next((i for i, line in enumerate(lines[1:], 1) if line == "---"), 0)
    for number in range(start + 1, len(lines)):
        count = lines[number].count(needle)
        if count > before:
            return number + 1, lines[number].index(needle) + 1
        before -= count
    return 0, 0
