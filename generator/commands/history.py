"""`--no-git`, of the commands that change content: what one changed is a commit, where the site is kept by Git."""

from __future__ import annotations

import argparse
import contextlib

from generator.base.diagnostics import DiscloseError
from generator.base.history import record
from generator.base.language import say
from generator.content.config import load_config


def add_no_git(parser: argparse.ArgumentParser) -> None:
    """Declare the option."""
    parser.add_argument(
        "--no-git", action="store_true", help="do not commit what changes, where the site is kept by Git"
    )


def commit(options: argparse.Namespace, message: str, author: str = "") -> None:
    """Commit what the command changed, by `author` or by the `editor` of site.yml."""
    if options.no_git:
        return
    with contextlib.suppress(DiscloseError):
        author = author or load_config(options.site).editor
    record(options.site, say(message), author)
