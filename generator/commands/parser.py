"""The parser of the command line, in the language that is spoken: help, headings and what it finds wrong."""

from __future__ import annotations

import argparse
import re
import sys
import unicodedata
from collections.abc import Iterable
from typing import Any, NoReturn

from generator.base.language import say, spoken


class Formatter(argparse.HelpFormatter):
    """Headings in the language that is spoken, and columns that are below each other where a sign takes two cells."""

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
        super().add_usage(usage, actions, groups, _in_cells(said) if prefix is None else prefix)

    def format_help(self) -> str:
        """See argparse."""
        text = super().format_help().replace(_SECOND, "")
        return text if spoken() == "en" else _HEADING.sub(r"\1：", text)

    def _format_args(self, action: argparse.Action, default_metavar: str) -> str:
        return _in_cells(super()._format_args(action, default_metavar))

    def _format_action_invocation(self, action: argparse.Action) -> str:
        return _in_cells(super()._format_action_invocation(action))

    def _split_lines(self, text: str, width: int) -> list[str]:
        return super()._split_lines(_in_cells(text), width)

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        return super()._fill_text(_in_cells(text), width, indent)

    def _get_default_metavar_for_optional(self, action: argparse.Action) -> str:
        return say(super()._get_default_metavar_for_optional(action))

    def _get_default_metavar_for_positional(self, action: argparse.Action) -> str:
        return say(super()._get_default_metavar_for_positional(action))


_SECOND = "\0"
"""Stands for the second cell of a sign that takes two, as long as lines are measured."""
_HEADING = re.compile(r"(?m)^(\S+):$")


def _in_cells(text: str) -> str:
    """A text that is as long as it is wide."""
    text = text.replace(_SECOND, "")
    return "".join(char + _SECOND if unicodedata.east_asian_width(char) in "WF" else char for char in text)


class Parser(argparse.ArgumentParser):
    """An argparse parser whose every word is in the language that is spoken."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"formatter_class": Formatter, **options})

    def add_argument(self, *names: Any, **options: Any) -> argparse.Action:
        """See argparse; the help, and the name of a value, are said in the language that is spoken."""
        if options.get("help") not in (None, argparse.SUPPRESS):
            options["help"] = say(options["help"])
        if isinstance(options.get("metavar"), str):
            options["metavar"] = say(options["metavar"])
        return super().add_argument(*names, **options)

    def error(self, message: str) -> NoReturn:
        """See argparse."""
        self.print_usage(sys.stderr)
        self.exit(2, f"{self.prog}: {say('error')}{': ' if spoken() == 'en' else '：'}{say(message)}\n")
