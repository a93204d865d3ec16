"""`disclose build`: content → output/."""

from __future__ import annotations

import argparse
from pathlib import Path

from generator.base.console import tell, warn
from generator.base.layout import OUTPUT
from generator.build.driver import build
from generator.commands.jobs import add_jobs
from generator.commands.progress import bar


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.add_argument("--output", type=Path, metavar="DIR", help="where to build (default: output/ in the site)")
    add_jobs(parser)
    parser.add_argument(
        "--cluster",
        metavar="ADDRESS",
        help="have the workers of a Dask cluster make the files: its scheduler's address, tcp://HOST:8786 or tls://…",
    )
    parser.add_argument("--clean", action="store_true", help="make every file, changed or not")


def run(args: argparse.Namespace) -> int:
    """Build; 1 when there were errors, though all that could be built is in the output."""
    if args.cluster is not None:
        from generator.build.cluster import host_and_port  # noqa: PLC0415 - slow to load

        host_and_port(args.cluster)  # also where nothing is to be done
    output = args.output or args.site / OUTPUT
    report = build(args.site, output, jobs=args.jobs, clean=args.clean, progress=bar, cluster=args.cluster)
    warn(*report.diagnostics)
    tell(
        f"{report.notices} notices, {report.pages} pages, {report.files} files "
        f"({report.made} made, {report.changed} changed): "
        f"{output / 'index.html'}"
    )
    return 1 if report.failed else 0
