"""The edge to a person at a terminal: what is said there is in his language, and steers no terminal."""

from __future__ import annotations

import sys

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


def _said(message: object) -> str:
    return str(message) if isinstance(message, Diagnostic) else visible(say(str(message)))
