"""`disclose slip NOTICE…`: the slip (送审单) on which the steps of a notice's review are signed by hand."""

from __future__ import annotations

import argparse
import datetime as dt
from pathlib import Path

from generator.base.console import tell, warn
from generator.base.diagnostics import ContentError, UsageError
from generator.base.files import read_text, write_text
from generator.base.locks import editing
from generator.commands.history import add_no_git, commit
from generator.commands.named_notices import add_notices
from generator.content.config import load_config
from generator.content.journal import attach
from generator.content.naming import find_notices
from generator.content.notice_file import read_notice
from generator.editorial.checks import check_file, site_phrases
from generator.editorial.paper import print_pdf
from generator.editorial.slip import slip_of

SLIPS = "slips"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `disclose slip`."""
    add_notices(parser)
    add_options(parser)
    add_no_git(parser)


def add_options(parser: argparse.ArgumentParser) -> None:
    """What `disclose review slip` takes, too."""
    parser.add_argument("--output", type=Path, metavar="DIR", help="where the slips go (default: slips/ in the site)")
    parser.add_argument(
        "--attach", type=Path, metavar="SCAN", help="keep the signed slip of one notice, a PDF or a picture"
    )


def run(options: argparse.Namespace) -> int:
    """Write a slip for each notice, or keep a signed one."""
    paths = find_notices(options.site, options.notices)
    if not paths:
        raise UsageError("name the notices: disclose slip NOTICE")
    if options.attach and len(paths) > 1:
        raise UsageError("--attach: a signed slip belongs to one notice")
    for path in paths:
        _attach(path, options) if options.attach else _print(path, options)
    return 0


def _print(path: Path, options: argparse.Namespace) -> None:
    config = load_config(options.site)
    notice, problems = read_notice(read_text(path, str(path)), str(path))
    if notice is None:
        raise ContentError(problems)
    findings, _ = check_file(path, options.site, config, site_phrases(options.site))
    day = dt.datetime.now().astimezone().date()
    page = (options.output or options.site / SLIPS) / f"{notice.id}.html"
    write_text(page, slip_of(notice, config, findings, day))
    made = print_pdf(page, page.with_suffix(".pdf"))
    tell(f"{page}: the slip; print it on A4" if made is None else f"{made}: the slip, on A4 (and {page.name})")
    if made is None:
        warn("No PDF was made: neither Chromium, Edge, Chrome nor LibreOffice is here. Open the page and print it.")


def _attach(path: Path, options: argparse.Namespace) -> None:
    notice, problems = read_notice(read_text(path, str(path)), str(path))
    if notice is None:
        raise ContentError(problems)
    with editing(options.site):
        kept = attach(options.site, notice, options.attach)
        commit(options, f"slip: {notice.id}")
    tell(f"{kept}: the signed slip of {notice.id} is kept")
