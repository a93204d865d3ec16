"""The parser of the command line, in the language that is spoken: help, headings and what it finds wrong."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from typing import Any, NoReturn

from generator.base.language import say, spoken


class Formatter(argparse.HelpFormatter):
    """Headings in the language that is spoken."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=None if spoken() == "en" else _CHARACTERS)

    def start_section(self, heading: str | None) -> None:
        """See argparse."""
        super().start_section(say(heading) if heading else heading)

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[Any],
        prefix: str | None = None,
    ) -> None:
        """See argparse."""
        said = "usage: " if spoken() == "en" else say("usage:")
        super().add_usage(usage, actions, groups, said if prefix is None else prefix)


_CHARACTERS = 60
"""Of a line of help in Chinese, most of which take two columns."""


class Parser(argparse.ArgumentParser):
    """An argparse parser whose every word is in the language that is spoken."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"formatter_class": Formatter, **options})

    def add_argument(self, *names: Any, **options: Any) -> argparse.Action:
        """See argparse; the help is said in the language that is spoken."""
        if options.get("help") not in (None, argparse.SUPPRESS):
            options["help"] = say(options["help"])
        return super().add_argument(*names, **options)

    def error(self, message: str) -> NoReturn:
        """See argparse."""
        self.print_usage(sys.stderr)
        self.exit(2, f"{self.prog}: {say('error')}{':' if spoken() == 'en' else '：'} {say(message)}\n")
