"""How commands are told which notices they are about."""

from __future__ import annotations

import argparse


def add_notices(parser: argparse.ArgumentParser) -> None:
    """Declare the notices, one or more."""
    parser.add_argument(
        "notices",
        nargs="+",
        metavar="NOTICE",
        help="notices, each by its id, unit, title, source file or content file",
    )
