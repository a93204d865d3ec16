"""`disclose publish DESTINATION`: build, check, and put the site live in one step; or return to an earlier release."""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from collections.abc import Iterable
from pathlib import Path

from generator.base.console import tell, warn
from generator.base.diagnostics import DiscloseError, UsageError
from generator.base.layout import OUTPUT, SITE_FILE
from generator.commands.history import add_no_git, commit
from generator.commands.jobs import add_jobs
from generator.commands.progress import bar, tracked
from generator.content.config import load_config
from generator.content.naming import find_notices
from generator.editorial.next_release import NextRelease, next_release
from generator.editorial.outcome import pages, table
from generator.editorial.selection import keep_approved
from generator.release.brought_back import OPTION
from generator.release.destination import CURRENT, Destination
from generator.release.publish import (
    Published,
    check_apart,
    opened,
    preview_rollback,
    publish,
    rollback,
)
from generator.release.releases import Changes, rows
from generator.release.zipped import GUIDE, zip_of
from generator.sitelint.leaks import secrets_of


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.add_argument(
        "destination",
        metavar="DESTINATION",
        help="a folder, user@host:path, ssh://user@host:port/path, sftp://… or a file.zip; "
        f"the web server's root is DESTINATION/{CURRENT}",
    )
    parser.add_argument("--dry-run", action="store_true", help="list what would change, and change nothing")
    parser.add_argument(
        "-v", "--verbose", action="store_true", help="list every notice, page and file, and all findings"
    )
    parser.add_argument(
        "--only",
        action="append",
        metavar="NOTICE",
        help="change only this notice (its id, unit, title or source file); may be given several times",
    )
    parser.add_argument(
        "--rollback",
        nargs="?",
        const="",
        metavar="RELEASE",
        help="return to the release before the live one, or to the one with this number or digest",
    )
    parser.add_argument(
        OPTION,
        action="store_true",
        help="with --rollback: also to a release that shows what was withdrawn or masked since",
    )
    parser.add_argument(
        "--key",
        type=Path,
        metavar="KEY.pub",
        help="with --rollback: the public key that signed the release; wanted when the live one is signed",
    )
    parser.add_argument("--list", action="store_true", help="list the releases that are kept")
    parser.add_argument("--keep", type=int, metavar="N", help="releases to keep (default: keep_releases in site.yml)")
    parser.add_argument("--sign", type=Path, metavar="KEY", help="sign the manifest with this key of OpenSSH")
    parser.add_argument("--ssh", default="ssh", metavar="COMMAND", help="what runs SSH, with options (default: ssh)")
    add_jobs(parser)
    add_no_git(parser)


def run(options: argparse.Namespace) -> int:
    """Publish, roll back or list; 1 when something is in the way, and then what is live stays as it was."""
    if options.keep is not None and options.keep < 1:
        raise UsageError("--keep: a number of releases, 1 or more")
    if options.allow_withdrawn and options.rollback is None:
        raise UsageError(f"{OPTION}: goes with --rollback")
    if options.key and options.rollback is None:
        raise UsageError("--key: goes with --rollback")
    if options.list or options.rollback is not None:
        with opened(options.destination, options.ssh) as destination:
            return _list(destination) if options.list else _rollback(destination, options)
    return _publish(options)


def _list(destination: Destination) -> int:
    kept = destination.releases()
    tell(*rows(kept, destination.live()) if kept else ("nothing has been published here yet",))
    return 0


def _rollback(destination: Destination, options: argparse.Namespace) -> int:
    wanted, how = options.rollback, {"allow_withdrawn": options.allow_withdrawn, "key": options.key}
    secrets = secrets_of(options.site)
    if not (options.site / SITE_FILE).is_file():
        warn(f"{options.site}: no site here, so the old release cannot be searched for what is masked today.")
    if options.dry_run:
        release, changes, refusal = preview_rollback(destination, wanted, secrets=secrets, **how)
        _show(changes, f"would return to {release.name}", changes.rows())
        if refusal:
            raise DiscloseError(refusal)
        return 0
    _tell(rollback(destination, wanted, secrets=secrets, **how), options)
    return 0


def _publish(options: argparse.Namespace) -> int:
    site, output = options.site, options.site / OUTPUT
    check_apart(options.destination, output)
    config = load_config(site)
    only = {path.stem for path in find_notices(site, options.only)} if options.only else None
    with opened(options.destination, options.ssh) as destination:
        release = next_release(site, output, destination, config, only=only, jobs=options.jobs, progress=bar)
        tell(*table(release.rows, all_of_them=options.verbose))
        _warn(release, options)
        if release.is_held:
            warn("Nothing was published: fix the errors above first.")
            return 1
        if options.dry_run:
            _preview(release.changes, output, options)
            return 0
        done = publish(
            output,
            destination,
            keep=options.keep or config.keep_releases,
            now=dt.datetime.now(dt.UTC),
            track=tracked,
            say=_say,
            key=options.sign,
        )
    keep_approved(site, release.prepared.choices, config.review_steps)
    commit(options, f"publish: {done.release.name}")
    _tell(done, options)
    return 0


def _warn(release: NextRelease, options: argparse.Namespace) -> None:
    """List what nobody answered for in what goes, and what is in the way."""
    prepared, open_ones = release.prepared, release.open
    waiting = [said for one in prepared.choices for said in one.blocked_by] if options.verbose else []
    warn(*dict.fromkeys([*open_ones, *prepared.warnings, *waiting, *prepared.blocking]))
    if open_ones:
        warn(f"open warnings that go with it: {len(open_ones)}; fix them, or accept them in the content files.")


def _preview(changes: Changes, output: Path, options: argparse.Namespace) -> None:
    shown = list(pages(changes, output))
    tell(*(shown if options.verbose else shown[:_PAGES]))
    if len(shown) > _PAGES and not options.verbose:
        tell(f"… and {len(shown) - _PAGES} more pages (-v lists them, and all files)")
    files = [row for row in changes.rows() if not row.endswith(".html")] if options.verbose else ()
    _show(changes, "would be published", files)


_PAGES = 20


def _show(changes: Changes, what: str, rows: Iterable[str]) -> None:
    tell(*rows, f"{changes}; {what}; nothing was changed.")


def _tell(done: Published, options: argparse.Namespace) -> None:
    if done.release == done.before:
        tell(f"{done.release.name} is live already, and whole: nothing to do.")
        return
    path, place = zip_of(options.destination), f"{options.destination.rstrip('/')}/{CURRENT}"
    pruned = f"; {done.pruned} old releases removed" if done.pruned else ""
    if path:
        tell(f"{path}: the site as a zip ({done.changes}); how to put it up says {GUIDE} in it")
    else:
        tell(f"{done.release.name} is live ({done.changes}{pruned}): {place}")
    if done.lost_signature:
        warn("The release before was signed; this one is not signed. To sign it: --sign KEY")
    if done.before is None and path is None:
        tell(f"This is the first release: let the web server's root be {place}")


def _say(text: str) -> None:
    if sys.stderr.isatty():
        warn(text)
