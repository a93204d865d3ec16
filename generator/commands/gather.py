"""`disclose gather SITE…`: one portal over several published sites."""

from __future__ import annotations

import argparse
import contextlib
from pathlib import Path

from generator.base.console import tell, warn
from generator.base.diagnostics import DiscloseError
from generator.base.layout import OUTPUT
from generator.build.driver import build
from generator.commands.jobs import add_jobs
from generator.commands.progress import bar
from generator.release.copies import copy_of
from generator.release.gathering import gather_site


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.add_argument(
        "sites",
        nargs="+",
        metavar="SITE",
        help="a published site: its address, its folder, a release, or a zip of one",
    )
    parser.add_argument("--key", type=Path, metavar="PUB", help="their manifests must be signed by this public key")
    add_jobs(parser)


def run(options: argparse.Namespace) -> int:
    """Take each site, then build; 1 when one of them could not be taken: of it the portal keeps what it had."""
    failed, taken = 0, set[str]()
    for named in options.sites:
        try:
            with contextlib.closing(copy_of(named, is_anywhere=True)) as copy:
                done = gather_site(options.site, copy, key=options.key, others=taken, progress=bar)
        except DiscloseError as error:
            failed += 1
            warn(f"{error}. The portal keeps what it had of this site.")
            continue
        taken.add(done.address)
        tell(
            f"{done.name} ({done.address}): {done.added} new notices, {done.changed} changed, {done.gone} gone, "
            f"{done.unchanged} as before"
        )
    output = options.site / OUTPUT
    report = build(options.site, output, jobs=options.jobs, progress=bar)
    warn(*report.diagnostics)
    tell(f"{report.notices} notices, {report.pages} pages: {output / 'index.html'}")
    return 1 if failed or report.failed else 0
