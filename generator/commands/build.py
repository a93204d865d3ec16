"""`disclose build`: content → output/."""

from __future__ import annotations

import argparse
import contextlib
import sys
from pathlib import Path

from generator.build import build
from generator.commands.jobs import add_jobs
from generator.workers import Bar, silent

OUTPUT = "output"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.add_argument("--output", type=Path, metavar="DIR", help="where to build (default: output/ in the site)")
    add_jobs(parser)
    parser.add_argument("--clean", action="store_true", help="make every file anew")


def run(args: argparse.Namespace) -> int:
    """Build; 1 when there were errors, though all that could be built stands in the output."""
    output = args.output or args.site / OUTPUT
    report = build(args.site, output, jobs=args.jobs, clean=args.clean, progress=_bar)
    for found in report.diagnostics:
        print(found, file=sys.stderr)
    print(
        f"{report.notices} notices, {report.pages} pages, {report.files} files "
        f"({report.made} made, {report.changed} changed): "
        f"{output / 'index.html'}"
    )
    return 1 if report.failed else 0


def _bar(what: str, total: int) -> contextlib.AbstractContextManager[Bar]:
    """A progress bar with rate and time left, for a person who waits."""
    if not sys.stderr.isatty():
        return silent(what, total)
    from tqdm import tqdm  # noqa: PLC0415 - slow to load

    bar: contextlib.AbstractContextManager[Bar] = tqdm(total=total, desc=what, leave=False, delay=1)
    return bar
