"""`disclose share`: the preview on this network for a while, to look at it on a phone before it is live."""

from __future__ import annotations

import argparse
import io
import sys

import segno

from generator.base.console import warn
from generator.build.sharing import Shared, one_address, own_address, share

_MOST = 240
_DARK = "" if sys.platform == "win32" else "\033[97;40m"
"""Light on dark, whatever the terminal looks like: old consoles of Windows show such codes, and are dark."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.add_argument(
        "--minutes", type=_minutes, default=60, metavar="N", help="how long, 240 minutes at most (default: 60)"
    )
    parser.add_argument(
        "--address",
        metavar="ADDRESS",
        help="which of this machine's addresses (default: the one that it has in its network)",
    )
    parser.add_argument("--port", type=int, default=5600, metavar="N", help="port on this machine (default: 5600)")


def run(options: argparse.Namespace) -> int:
    """Serve until the time is over or somebody interrupts."""
    address = one_address(options.address) if options.address else own_address()
    try:
        share(options.site, address=address, port=options.port, seconds=options.minutes * 60, opened=_told)
    except KeyboardInterrupt:
        warn("\nClosed: nobody reaches the preview any more.")
    else:
        warn("The time is over. Closed: nobody reaches the preview any more.")
    return 0


def _minutes(written: str) -> int:
    if written.isdecimal() and 1 <= int(written) <= _MOST:
        return int(written)
    raise argparse.ArgumentTypeError(f"from 1 to {_MOST} minutes; not “{written}”")


def _told(shared: Shared) -> None:
    warn(
        f"This opens a preview of {shared.notices} notices, {shared.drafts} of them drafts that are not approved.",
        "Whoever is in this network and has this address sees it; it is not encrypted on its way.",
    )
    code = segno.make(shared.url, error="l", micro=False)
    print(drawn(code), file=sys.stderr, flush=True)
    warn(shared.url, f"Open until {shared.until:%H:%M}; Ctrl+C closes it at once.")


def drawn(code: segno.QRCode) -> str:
    """The code as signs of a terminal, one for two squares where it knows such signs."""
    out = io.StringIO()
    try:
        "▀▄█".encode(sys.stderr.encoding or "ascii")
    except UnicodeEncodeError:
        code.terminal(out, border=2)
        return out.getvalue()
    code.terminal(out, border=2, compact=True)
    end = _DARK and "\033[0m"
    return "\n".join(f"{_DARK}{line}{end}" for line in out.getvalue().splitlines())
