"""`disclose publish TARGET`: build, check, and put the site live in one step; or return to an earlier release."""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from pathlib import Path

from generator.base.console import tell, warn
from generator.base.diagnostics import DiscloseError, UsageError
from generator.build.driver import build
from generator.commands.build import OUTPUT
from generator.commands.jobs import add_jobs
from generator.commands.progress import tracked
from generator.content.config import load_config
from generator.editorial.gate import blocking
from generator.release.brought_back import OPTION
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


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.add_argument(
        "target",
        metavar="TARGET",
        help=f"a folder, user@host:path or ssh://user@host:port/path; the web server's root is TARGET/{CURRENT}",
    )
    parser.add_argument("--dry-run", action="store_true", help="list what would change, and change nothing")
    parser.add_argument(
        "--rollback",
        nargs="?",
        const="",
        metavar="RELEASE",
        help="return to the release before the live one, or to the one with this number or digest",
    )
    parser.add_argument(
        OPTION, action="store_true", help="with --rollback: also to a release with notices that were withdrawn since"
    )
    parser.add_argument("--list", action="store_true", help="list the releases that are kept")
    parser.add_argument("--keep", type=int, metavar="N", help="releases to keep (default: keep_releases in site.yml)")
    parser.add_argument("--sign", type=Path, metavar="KEY", help="sign the manifest with this key of OpenSSH")
    parser.add_argument("--ssh", default="ssh", metavar="COMMAND", help="what runs SSH, with options (default: ssh)")
    add_jobs(parser)


def run(options: argparse.Namespace) -> int:
    """Publish, roll back or list; 1 when something stands in the way, and then what is live stays as it was."""
    if options.keep is not None and options.keep < 1:
        raise UsageError("--keep: a number of releases, 1 or more")
    if options.allow_withdrawn and options.rollback is None:
        raise UsageError(f"{OPTION}: goes with --rollback")
    if options.list or options.rollback is not None:
        with opened(options.target, options.ssh) as target:
            return _list(target) if options.list else _rollback(target, options)
    return _publish(options)


def _list(target: Target) -> int:
    kept = target.releases()
    tell(*rows(kept, target.live()) if kept else ("nothing has been published here yet",))
    return 0


def _rollback(target: Target, options: argparse.Namespace) -> int:
    if options.dry_run:
        release, changes, refusal = preview_rollback(target, options.rollback)
        _show(changes, f"would return to {release.name}")
        if refusal and not options.allow_withdrawn:
            raise DiscloseError(refusal)
        return 0
    _tell(rollback(target, options.rollback, allow_withdrawn=options.allow_withdrawn), options)
    return 0


def _publish(options: argparse.Namespace) -> int:
    site: Path = options.site
    output = site / OUTPUT
    check_apart(options.target, output)
    config = load_config(site)
    report = build(site, output, jobs=options.jobs)
    waits_for = blocking(site, output, jobs=options.jobs)
    warn(*dict.fromkeys([*report.diagnostics, *waits_for]))
    if report.failed or waits_for:
        warn("Nothing was published: mend the errors above first.")
        return 1
    with opened(options.target, options.ssh) as target:
        if options.dry_run:
            _show(preview(output, target), "would be published")
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
    _tell(done, options)
    return 0


def _show(changes: Changes, what: str) -> None:
    tell(*changes.rows(), f"{changes}; {what}; nothing was changed.")


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
