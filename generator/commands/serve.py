"""`disclose serve`: a live preview."""

from __future__ import annotations

import argparse

from generator.build.server import serve


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.add_argument("--port", type=int, default=5500, metavar="N", help="port on this machine (default: 5500)")
    parser.add_argument("--open", action="store_true", help="open the browser")


def run(args: argparse.Namespace) -> int:
    """Serve until interrupted."""
    serve(args.site, port=args.port, open_browser=args.open)
    return 0
