"""The edge to a person at a terminal: what is said there is in his language, and steers no terminal."""

from __future__ import annotations

import sys
import unicodedata

from generator.base.diagnostics import Diagnostic, visible
from generator.base.language import say


def tell(*messages: object) -> None:
    """Say each message on a line of its own, on standard output."""
    for message in messages:
        print(_said(message))


def warn(*messages: object) -> None:
    """Say each message on a line of its own, on standard error."""
    for message in messages:
        print(_said(message), file=sys.stderr, flush=True)


def put(text: str) -> None:
    """Write what is no message but a file (JSON, HTML) on standard output: as UTF-8, whatever a terminal takes."""
    sys.stdout.flush()
    if binary := getattr(sys.stdout, "buffer", None):
        binary.write(f"{text}\n".encode("utf-8", "replace"))
        binary.flush()
    else:
        print(text)


def column(text: str, cells: int) -> str:
    """A text in the language that is spoken, filled up to so many cells of a terminal: a Chinese sign takes two."""
    said = say(text)
    return said + " " * (cells - sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in said))


def _said(message: object) -> str:
    return str(message) if isinstance(message, Diagnostic) else visible(say(str(message)))
