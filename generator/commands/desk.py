"""`disclose desk`: the editor's desk (编辑台), a local web application."""

from __future__ import annotations

import argparse
import urllib.request
import webbrowser
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from generator.base.console import tell, warn
from generator.base.diagnostics import DiscloseError
from generator.base.guard import HOST, check_port
from generator.base.layout import SITE_FILE
from generator.desk.local import Local, load, save, with_new_key
from generator.desk.pool import begin
from generator.desk.shortcut import write_shortcut

_SECONDS = 3
_PORTS = 20
"""Pairs of ports that are tried."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.add_argument("--port", type=int, metavar="N", help="port on this machine; the preview has the next one")
    parser.add_argument("--no-open", action="store_true", help="print the address, and open no browser")
    parser.add_argument("--new-key", action="store_true", help="change the address: old bookmarks no longer lead here")
    parser.add_argument("--shortcut", action="store_true", help="put an icon on the desktop, and end")


def run(options: argparse.Namespace) -> int:
    """Serve until interrupted; where the desk of this site runs already, open that one."""
    site: Path = options.site.resolve()
    if not (site / SITE_FILE).is_file():
        raise DiscloseError(f"{site / SITE_FILE}: there is no site here; name its folder with --site")
    if options.shortcut:
        tell(f"{write_shortcut(site)}: the icon of the desk")
        return 0
    local = load(site)
    if _runs(site, local):
        if options.new_key:
            raise DiscloseError("the desk of this site runs; end it first, then change its key")
        _show(local, options)
        return 0
    begin()
    # loaded only now: meanwhile, beside it, the first process loads what it takes to read notices
    from generator.desk.app import serve  # noqa: PLC0415
    from generator.desk.desk import Desk  # noqa: PLC0415

    local = with_new_key(local) if options.new_key else local
    local = replace(local, port=options.port or _free(local.port))
    save(site, local)
    serve(Desk(site, local), lambda: _show(local, options))
    return 0


def _show(local: Local, options: argparse.Namespace) -> None:
    address = f"http://{HOST}:{local.port}/{local.key}/"
    warn(f"Desk: {address}  (Ctrl+C ends it)")
    if not options.no_open:
        webbrowser.open(address)


def _runs(site: Path, local: Local) -> bool:
    """Whether the desk of this site answers at its address."""
    with suppress(OSError, ValueError):
        where = f"http://{HOST}:{local.port}/{local.key}/alive"
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(where, timeout=_SECONDS) as answer:
            return bool(answer.read().decode() == str(site))
    return False


def _free(port: int) -> int:
    """The first of the pairs of ports from `port` on that nobody has."""
    for one in range(port, port + 2 * _PORTS, 2):
        with suppress(DiscloseError):
            check_port(one)
            check_port(one + 1)
            return one
    return port
