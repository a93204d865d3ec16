"""`disclose import PATH…`: source files and folders → content files."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

from tqdm import tqdm

from generator.base.console import warn
from generator.base.diagnostics import DiscloseError, UsageError, visible
from generator.base.files import editing
from generator.base.language import say
from generator.commands.history import add_no_git, commit
from generator.commands.review import today
from generator.editorial.importing import Imported, Importer, Outcome, files_of, source_paths


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `disclose import`."""
    parser.add_argument(
        "paths", nargs="+", type=Path, metavar="PATH", help="source files, folders or zip archives of them"
    )
    parser.add_argument("--update", action="store_true", help="replace content files that are there already")
    parser.add_argument("--force", action="store_true", help="take files even if they seem to be no notices")
    add_no_git(parser)


def run(options: argparse.Namespace) -> int:
    """Import the files; print a line for each that needs a look, and a summary."""
    site: Path = options.site
    if not (site / "site.yml").is_file():
        raise UsageError(
            f"{site / 'site.yml'}: there is no site here. Make one with “disclose new DIR”, or use --site DIR."
        )
    missing = [path for path in options.paths if not path.exists()]
    if missing:
        raise UsageError(
            "\n".join(
                f"{path}: no such file or folder. Check how it is written, or name its folder." for path in missing
            )
        )
    files = source_paths(options.paths)
    if not files:
        raise DiscloseError("no source files found: nothing to import.")
    results: list[Imported] = []
    with editing(site, _wait), tqdm(files, unit="file", disable=len(files) < 2 or not sys.stderr.isatty()) as bar:
        importer = Importer(site, force=options.force, update=options.update, day=today())
        for path in bar:
            for file in files_of(path):
                result = importer.take(file)
                results.append(result)
                bar.write(visible(say(_line(result))), file=sys.stderr)
    _summary(results)
    _commit(results, options)
    return 1 if any(result.outcome in ("refused", "failed") for result in results) else 0


def _commit(results: list[Imported], options: argparse.Namespace) -> None:
    written = [result.content for result in results if result.outcome in ("imported", "updated") and result.content]
    if len(written) == 1:
        commit(options, f"import: {written[0].stem}")
    elif written:
        commit(options, f"import: {len(written)} notices")


def _wait() -> None:
    warn("waiting for another command that changes the content of this site …")


def _line(result: Imported) -> str:
    if result.notice is None:
        return f"{result.outcome:9} {result.reason}"
    notice = result.notice
    doubts = f", {len(notice.anomalies)} to look at" if notice.anomalies else ""
    line = f"{result.outcome:9} {result.source} → {result.content} ({len(notice.issues)} issues{doubts})"
    if result.beside is not None:
        line += f"\n          Same unit and day as {result.beside}. If it is the same notice, delete one of the two."
    return line


def _summary(results: list[Imported]) -> None:
    """Counts, and below them what did not come in and why, and what needs a look."""
    counts = Counter(result.outcome for result in results)
    look = [result for result in results if result.notice is not None and result.notice.anomalies]
    rows = [f"{counts[name]:6} {name}" for name in _OUTCOMES if counts[name]]
    rows += [f"{len(look):6} need a look: disclose check"] if look else []
    if len(results) > 1:
        rows += ["", "not imported:"] if counts["refused"] or counts["failed"] else []
        rows += [f"  {result.reason}" for result in results if result.outcome in ("refused", "failed")]
        rows += ["", "to look at:"] if look else []
        rows += [f"  {len(r.notice.anomalies):3}  {r.content}" for r in look if r.notice is not None]
    warn(*rows)


_OUTCOMES: tuple[Outcome, ...] = ("imported", "updated", "unchanged", "refused", "failed")
