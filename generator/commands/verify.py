"""`disclose verify [DIR|ZIP|URL]`: prove that a published site is whole."""

from __future__ import annotations

import argparse
import contextlib
import json
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

from generator.base.console import put, tell
from generator.base.layout import OUTPUT
from generator.commands.jobs import add_jobs
from generator.commands.progress import bar
from generator.release.copies import Web, copy_of
from generator.release.verify import Verified, verify


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.add_argument(
        "copy",
        nargs="?",
        metavar="DIR|ZIP|URL",
        help="output/, a published release, a zip of one, or a server of this machine: http://127.0.0.1:8080/ "
        "(default: output/)",
    )
    parser.add_argument("--key", type=Path, metavar="PUB", help="the manifest must be signed by this public key")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="how to print (default: text)")
    add_jobs(parser)


def run(options: argparse.Namespace) -> int:
    """Print what does not hold; 1 when anything does not."""
    named = options.copy or str(options.site / OUTPUT)
    with contextlib.closing(copy_of(named)) as copy:
        done = verify(copy, site=options.site, key=options.key, jobs=options.jobs, progress=bar)
    if options.format == "json":
        put(json.dumps([asdict(found) for found in done.found], ensure_ascii=False, indent=1))
    else:
        tell(*done.found, *_summary(done, isinstance(copy, Web)))
    return 1 if done.failed else 0


def _summary(done: Verified, is_web: bool) -> Iterable[str]:
    yield (
        f"{done.files} files and {done.companions} compressed forms, {done.links} links, the words of {done.notices} "
        f"notices ({done.sourced} compared with their source)"
    )
    if is_web:
        yield "A web server does not list its files: whether there are others besides was not looked at."
    if done.signed is not False:
        yield (
            "Signed: checked with --key." if done.signed is None else "Signed: not checked; name the key with --key."
        )
    yield "Not whole: see above." if done.failed else "Whole: nothing is missing, altered or added."
