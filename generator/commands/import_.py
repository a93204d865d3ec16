"""`disclose import PATH…`: source files and folders → content files."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

from tqdm import tqdm

from generator.base.console import column, warn
from generator.base.diagnostics import DiscloseError, UsageError, visible
from generator.base.language import say
from generator.base.locks import editing
from generator.commands.history import add_no_git, commit
from generator.commands.review import today
from generator.content.merging import MergeChange, Side
from generator.content.naming import find_notices
from generator.editorial.importing import Imported, Importer, Outcome
from generator.editorial.replacing import Replacer, told
from generator.editorial.source_files import files_of, source_paths


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `disclose import`."""
    parser.add_argument(
        "paths", nargs="+", type=Path, metavar="PATH", help="source files, folders or zip archives of them"
    )
    parser.add_argument(
        "--update", action="store_true", help="let a newer version replace the notice that it fits; edits are kept"
    )
    parser.add_argument("--replace", metavar="NOTICE", help="let the file replace this notice; edits are kept")
    parser.add_argument("--as-new", action="store_true", help="take a file as another notice though its words are here")
    parser.add_argument("--dry-run", action="store_true", help="with --update or --replace: show what differs")
    parser.add_argument(
        "--take-new",
        action="append",
        default=[],
        metavar="PLACE",
        help="where both changed, take the new version; or all",
    )
    parser.add_argument(
        "--keep-mine",
        action="append",
        default=[],
        metavar="PLACE",
        help="where both changed, keep what is here; or all",
    )
    parser.add_argument(
        "--with-decisions",
        action="store_true",
        help="take over signatures, masks, acceptances of a content file (*.md); each is shown",
    )
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
    if options.dry_run and not (options.update or options.replace):
        raise UsageError("--dry-run: goes with --update or --replace")
    into = find_notices(site, [options.replace])[0] if options.replace else None
    if into is not None and (len(files) > 1 or options.update or options.as_new):
        raise UsageError("--replace: takes one file, and neither --update nor --as-new")
    results: list[Imported] = []
    with editing(site, _wait), tqdm(files, unit="file", disable=len(files) < 2 or not sys.stderr.isatty()) as bar:
        importer = Importer(
            site,
            force=options.force,
            update=options.update,
            as_new=options.as_new,
            into=into,
            replacer=_replacer(site, options),
            decisions=options.with_decisions,
            day=today(),
        )
        for path in bar:
            for file in files_of(path):
                result = importer.take(file)
                results.append(result)
                for row in _rows(result):
                    bar.write(visible(row), file=sys.stderr)
    _summary(results)
    _commit(results, options)
    return 1 if any(result.outcome in ("refused", "failed") for result in results) else 0


def _commit(results: list[Imported], options: argparse.Namespace) -> None:
    written = [result.content for result in results if result.outcome in ("imported", "updated") and result.content]
    if len(written) == 1:
        commit(options, f"import: {written[0].stem}")
    elif written:
        commit(options, f"import: {len(written)} notices")


def _replacer(site: Path, options: argparse.Namespace) -> Replacer | None:
    if not (options.update or options.replace):
        return None
    sides: tuple[tuple[Side, list[str]], ...] = (("theirs", options.take_new), ("mine", options.keep_mine))

    def choose(one: MergeChange, place: str) -> Side | None:
        for side, places in sides:
            if one.name in places or f"{one.name}".removeprefix("#") in places:
                return side
        for side, places in sides:
            if "all" in places:
                return side
        return _ask(one, place) if not options.dry_run and sys.stdin.isatty() and sys.stderr.isatty() else None

    return Replacer(site, choose=choose, is_whole="all" in options.take_new, is_dry=options.dry_run)


def _ask(one: MergeChange, place: str) -> Side | None:
    """Ask which side to take; None: somebody has to think about it."""
    mine, theirs = ((value if one.is_own else say(value)) or "—" for value in (one.mine, one.theirs))
    warn(f"{place}: both changed", f"  1 {mine}", f"  2 {theirs}")
    warn("1 keep the content file's · 2 take the new version's · Enter: decide later")
    try:
        return {"1": "mine", "2": "theirs"}.get(input("> ").strip())  # type: ignore[return-value]
    except EOFError:
        return None


def _wait() -> None:
    warn("waiting for another command that changes the content of this site …")


def _rows(result: Imported) -> list[str]:
    """What came of a file, in the language that is spoken: a line, and below it what there is to say of it."""
    notice, name = result.notice, column(result.outcome, _WIDTH)
    if notice is None:
        first, *more = say(result.reason).split("\n")
        return [f"{name} {first}", *more]
    if result.replaced is not None:
        below = list(told(result.replaced))
        below += [f"as it was: {result.replaced.kept}"] if result.replaced.kept is not None else []
        return [f"{name} {result.source} → {result.content}", *(f"{' ' * _WIDTH} {say(row)}" for row in below)]
    anomalies = f", {len(notice.anomalies)} to look at" if notice.anomalies else ""
    first = say(f"{result.source} → {result.content} ({len(notice.issues)} issues{anomalies})")
    below = []
    if result.beside is not None:
        below.append(
            f"Same unit and day as {result.beside}. If it is a newer version of that, delete this and: "
            f"disclose import FILE --replace {result.beside.stem}"
        )
    said = "decision taken over" if result.took else "decision left out (--with-decisions takes it over)"
    below += [f"{said}: {one}" for one in result.decisions]
    return [f"{name} {first}", *(f"{' ' * _WIDTH} {say(row)}" for row in below)]


def _summary(results: list[Imported]) -> None:
    """Counts, and below them what did not come in and why, and what needs a look."""
    counts = Counter(result.outcome for result in results)
    look = [result for result in results if result.notice is not None and result.notice.anomalies]
    rows = [f"{counts[name]:6} {say(name)}" for name in _OUTCOMES if counts[name]]
    rows += [f"{len(look):6} need a look: disclose check"] if look else []
    if len(results) > 1:
        rows += ["", "not imported:"] if counts["refused"] or counts["failed"] else []
        rows += [f"  {result.reason}" for result in results if result.outcome in ("refused", "failed")]
        rows += ["", "to look at:"] if look else []
        rows += [f"  {len(r.notice.anomalies):3}  {r.content}" for r in look if r.notice is not None]
    warn(*rows)


_OUTCOMES: tuple[Outcome, ...] = ("imported", "updated", "differs", "unchanged", "refused", "failed")
_WIDTH = max(map(len, _OUTCOMES))
