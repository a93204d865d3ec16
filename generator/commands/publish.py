"""`disclose publish TARGET`: build, check, and put the site live in one step; or return to an earlier release."""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

from generator.base.console import tell, warn
from generator.base.diagnostics import DiscloseError, UsageError
from generator.base.layout import SITE_FILE
from generator.base.manifest import load_manifest
from generator.commands.build import OUTPUT
from generator.commands.history import add_no_git, commit
from generator.commands.jobs import add_jobs
from generator.commands.progress import bar, tracked
from generator.content.config import load_config
from generator.content.naming import find_notices
from generator.editorial.gate import Prepared, prepare
from generator.editorial.outcome import Row, pages, rows_of, table
from generator.editorial.selection import Selector, keep_approved
from generator.release.brought_back import OPTION
from generator.release.live import Live
from generator.release.publish import (
    Published,
    check_apart,
    opened,
    preview,
    preview_rollback,
    publish,
    rollback,
)
from generator.release.releases import Changes, rows
from generator.release.target import CURRENT, Target
from generator.sitelint.leaks import secrets_of


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.add_argument(
        "target",
        metavar="TARGET",
        help=f"a folder, user@host:path or ssh://user@host:port/path; the web server's root is TARGET/{CURRENT}",
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
    """Publish, roll back or list; 1 when something stands in the way, and then what is live stays as it was."""
    if options.keep is not None and options.keep < 1:
        raise UsageError("--keep: a number of releases, 1 or more")
    if options.allow_withdrawn and options.rollback is None:
        raise UsageError(f"{OPTION}: goes with --rollback")
    if options.key and options.rollback is None:
        raise UsageError("--key: goes with --rollback")
    if options.list or options.rollback is not None:
        with opened(options.target, options.ssh) as target:
            return _list(target) if options.list else _rollback(target, options)
    return _publish(options)


def _list(target: Target) -> int:
    kept = target.releases()
    tell(*rows(kept, target.live()) if kept else ("nothing has been published here yet",))
    return 0


def _rollback(target: Target, options: argparse.Namespace) -> int:
    wanted, how = options.rollback, {"allow_withdrawn": options.allow_withdrawn, "key": options.key}
    secrets = secrets_of(options.site)
    if not (options.site / SITE_FILE).is_file():
        warn(f"{options.site}: no site here, so the old release cannot be searched for what is masked today.")
    if options.dry_run:
        release, changes, refusal = preview_rollback(target, wanted, secrets=secrets, **how)
        _show(changes, f"would return to {release.name}", changes.rows())
        if refusal:
            raise DiscloseError(refusal)
        return 0
    _tell(rollback(target, wanted, secrets=secrets, **how), options)
    return 0


def _publish(options: argparse.Namespace) -> int:
    site, output = options.site, options.site / OUTPUT
    check_apart(options.target, output)
    config = load_config(site)
    only = {path.stem for path in find_notices(site, options.only)} if options.only else None
    with opened(options.target, options.ssh) as target:
        live = Live(target)
        selector = Selector(site=site, config=config, live=live, only=only)
        prepared = prepare(site, output, selector, jobs=options.jobs, progress=bar)
        if prepared.choices and not any(one.path for one in prepared.choices):
            raise DiscloseError("no notice is approved: nothing to publish. What each waits for: disclose check")
        files, _ = load_manifest(output)
        rows = rows_of(prepared.choices, live, output, files)
        tell(*table(rows, all_of_them=options.verbose))
        _warn(prepared, rows, options)
        if prepared.blocking or _is_held_back(rows, only):
            warn("Nothing was published: mend the errors above first.")
            return 1
        if options.dry_run:
            _preview(preview(output, target), output, options)
            return 0
        done = publish(
            output,
            target,
            keep=options.keep or config.keep_releases,
            now=dt.datetime.now(dt.UTC),
            track=tracked,
            say=_say,
            key=options.sign,
        )
    keep_approved(site, prepared.choices, config.review_steps)
    commit(options, f"publish: {done.release.name}")
    _tell(done, options)
    return 0


def _warn(prepared: Prepared, rows: Sequence[Row], options: argparse.Namespace) -> None:
    """List what nobody answered for in what goes, and what stands in the way."""
    going = {row.id for row in rows if row.state in ("new", "corrected")}
    open_ones = [said for one in prepared.choices if one.address in going for said in one.warnings]
    waiting = [said for one in prepared.choices for said in one.blocked_by] if options.verbose else []
    warn(*dict.fromkeys([*open_ones, *prepared.warnings, *waiting, *prepared.blocking]))
    if open_ones:
        warn(f"open warnings that go with it: {len(open_ones)}; mend them, or accept them in the content files.")


def _is_held_back(rows: Sequence[Row], only: Collection[str] | None) -> bool:
    """Whether a notice that was named to go must wait."""
    held = [row for row in rows if row.state == "waits" and only is not None and row.id in only]
    return bool(held)


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
    pruned = f"; {done.pruned} old releases removed" if done.pruned else ""
    tell(f"{done.release.name} is live ({done.changes}{pruned}): {options.target.rstrip('/')}/{CURRENT}")
    if done.lost_signature:
        warn("The release before was signed; this one is not signed. To sign it: --sign KEY")
    if done.before is None:
        tell(f"This is the first release: let the web server's root be {options.target.rstrip('/')}/{CURRENT}")


def _say(text: str) -> None:
    if sys.stderr.isatty():
        warn(text)
