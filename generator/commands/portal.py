"""`disclose portal NOTICE…`: 门户稿, what an editor pastes into a platform, of the approved version of a notice."""

from __future__ import annotations

import argparse
from pathlib import Path

from generator.base.console import tell, warn
from generator.commands.named_notices import add_notices
from generator.content.config import load_config
from generator.content.naming import find_notices
from generator.portal.approved import approved, as_shown
from generator.portal.pack import write_pack
from generator.sitelint.leaks import secrets_of

PORTAL = "portal"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `disclose portal`."""
    add_notices(parser)
    parser.add_argument(
        "--output", type=Path, metavar="DIR", help="where a folder for each notice goes (default: portal/ in the site)"
    )
    parser.add_argument(
        "--no-title", action="store_true", help="leave out the title: the platform prints what its title field holds"
    )
    parser.add_argument("--draft", action="store_true", help="the present version, to look at, approved or not")


def run(options: argparse.Namespace) -> int:
    """Write the files of each notice."""
    paths = find_notices(options.site, options.notices)
    config, secrets = load_config(options.site), secrets_of(options.site)
    for path in paths:
        notice = as_shown(path, config) if options.draft else approved(path, options.site, config)
        folder = (options.output or options.site / PORTAL) / notice.id
        pdf = write_pack(notice, config, folder, secrets, has_title=not options.no_title, is_draft=options.draft)
        tell(f"{folder / 'index.html'}: the files of {notice.id} for a platform, and how to put them up")
        if pdf is None:
            warn("No PDF was made: LibreOffice is not here. Open the Word file and save it as PDF.")
    return 0
