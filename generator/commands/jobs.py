"""`--jobs N`, of the commands that work in several processes."""

from __future__ import annotations

import argparse

from generator.base.workers import processors


def add_jobs(parser: argparse.ArgumentParser) -> None:
    """Declare the option; `options.jobs` is 1 or more."""
    parser.add_argument(
        "--jobs", type=_number, default=processors(), metavar="N", help="processes (default: one a processor)"
    )


def _number(written: str) -> int:
    if written.isdecimal() and int(written) > 0:
        return int(written)
    raise argparse.ArgumentTypeError(f"a number of processes, 1 or more; not “{written}”")
