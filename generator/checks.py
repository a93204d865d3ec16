"""What an editor must look at before publishing: faults of the files, anomalies, placeholders, the built site."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from generator.config import SITE_FILE, load_config, missing_values
from generator.content import read_notice
from generator.conventions.check import check_output
from generator.diagnostics import ContentError, Diagnostic, Severity, by_place
from generator.files import MANIFEST, notice_files, read_text
from generator.model import Anomaly, Notice
from generator.tables.severities import HINTS, SEVERITIES


def check_site(site: Path, paths: Iterable[Path] = ()) -> list[Diagnostic]:
    """All that is to be looked at in the content files `paths` (none given: in the whole site), sorted by place."""
    chosen = list(paths)
    found: list[Diagnostic] = []
    if not chosen:
        found += missing_values(load_config(site), read_text(site / SITE_FILE, SITE_FILE))
        chosen = notice_files(site)
    for path in chosen:
        found += check_file(path)
    return by_place(found)


def check_built(site: Path, output: Path) -> list[Diagnostic]:
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
    return check_output(output, load_config(site))


def check_file(path: Path) -> list[Diagnostic]:
    """What is to be looked at in one content file."""
    try:
        text = read_text(path, str(path))
    except ContentError as error:
        return error.diagnostics
    notice, problems = read_notice(text, str(path))
    if notice is None:
        return problems
    lines = text.split("\n")
    return problems + [_diagnostic(anomaly, notice, lines, str(path)) for anomaly in notice.anomalies]


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
