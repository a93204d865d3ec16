"""`disclose check [PATH…]`: what an editor must look at before publishing."""

from __future__ import annotations

import argparse
import datetime as dt
from pathlib import Path

from generator.base.console import put
from generator.base.diagnostics import Severity
from generator.base.layout import OUTPUT
from generator.commands.jobs import add_jobs
from generator.content.naming import find_notices
from generator.editorial.checks import check
from generator.editorial.report import REPORTS


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `disclose check`."""
    parser.add_argument(
        "paths",
        nargs="*",
        metavar="PATH",
        help="notices: content files, ids, units, titles or source files (default: the whole site)",
    )
    parser.add_argument(
        "--output", type=Path, metavar="DIR", help="the built site, checked too (default: output/ in the site)"
    )
    parser.add_argument("--format", choices=tuple(REPORTS), default="text", help="how to print (default: text)")
    parser.add_argument("--strict", action="store_true", help="let warnings fail, too")
    add_jobs(parser)


def run(options: argparse.Namespace) -> int:
    """Print the findings of the contents, then of the built site; 1 when one of them is an error nobody accepted.

    Content files that are named are checked alone, unless an output is named, too.
    """
    paths = find_notices(options.site, options.paths)
    output = None if paths and not options.output else options.output or options.site / OUTPUT
    report = check(options.site, paths, output, day=dt.datetime.now().astimezone().date(), jobs=options.jobs)
    (print if options.format == "text" else put)(REPORTS[options.format](report))
    fails = {Severity.ERROR, Severity.WARNING} if options.strict else {Severity.ERROR}
    return 1 if any(one.diagnostic.severity in fails and one.accepted is None for one in report.findings) else 0
