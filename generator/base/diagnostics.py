"""Where something stands, what is wrong there, and how that is said to a person.

DiscloseError              anything that stops a command; its message is for the user, never a traceback
├── UsageError             the command was used wrongly (exit 2)
└── ContentError           files are wrong; carries every Diagnostic found, not just the first (exit 1)
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from generator.base.language import say


class Span(NamedTuple):
    """A half-open range `[start, end)`, in code points of one text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The characters of `text` that the span covers."""
        return text[self.start : self.end]


class Severity(StrEnum):
    """How much a diagnostic weighs: an error stops a release, a warning is reported, a note informs."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnostic:
    """One thing that an editor can fix."""

    code: str
    """Stable name, documented in docs/diagnostics.md."""
    message: str
    """What is wrong, one sentence."""
    file: str = ""
    line: int = 0
    """1-based; 0 when no line can be named."""
    column: int = 0
    """1-based, in code points; 0 when no column can be named."""
    hint: str = ""
    """How to fix it."""
    source_line: str = ""
    """The line that is meant, shown with a marker below `column`."""
    width: int = 1
    """Code points to mark from `column` on."""
    severity: Severity = Severity.ERROR
    quote: str = ""
    """The words that are meant, as they are there; empty: none in particular."""
    span: Span | None = None
    """Where these are in the text of a notice; None: nowhere in it, or it is not known."""

    def __str__(self) -> str:
        """`file:line:column: error[code]: message`, the line and its marker, then the hint, indented.

        In the language that is spoken; the fields are English whatever it is.
        """
        place = ":".join([self.file or "-", *(str(n) for n in (self.line, self.column) if n)])
        rows = [f"{place}: {say(self.severity.value)}[{self.code}]: {say(self.message)}"]
        if self.source_line:
            rows.append(f"    {self.source_line}")
            if self.column:
                rows.append(f"    {_marker(self.source_line, self.column - 1, self.width)}")
        if self.hint:
            rows.append(f"    {say(self.hint)}")
        return visible("\n".join(rows))


def visible(text: str) -> str:
    r"""The text for a terminal: what would steer it, or turn what follows around, is written as its number.

    >>> print(visible("通报\x1b[2J\u202etxt.exe"))
    通报\x1b[2J\u202etxt.exe
    """
    return _STEERING.sub(lambda found: ascii(found[0])[1:-1], text)


_STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def _marker(line: str, column: int, width: int) -> str:
    return " " * _cells(line[:column]) + "^" * max(1, _cells(line[column : column + width]))


def _cells(text: str) -> int:
    """Display columns of `text`: a full-width character takes two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def by_place(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """The diagnostics sorted by file, line, column and code."""
    return sorted(diagnostics, key=lambda d: (d.file, d.line, d.column, d.code, d.message))


def nearest(name: str, known: Iterable[str]) -> str:
    """`; did you mean “status”?` when a known name is near to `name`, else an empty string."""
    found = difflib.get_close_matches(name, list(known), n=1, cutoff=0.6)
    return f"; did you mean “{found[0]}”?" if found else ""


class DiscloseError(Exception):
    """Stops a command; the message is for the user."""

    exit_code = 1


class UsageError(DiscloseError):
    """The command was used wrongly."""

    exit_code = 2


class ContentError(DiscloseError):
    """Files are wrong. Carries all that is wrong with them, sorted by place."""

    def __init__(self, diagnostics: Sequence[Diagnostic]) -> None:
        self.diagnostics = by_place(diagnostics)
        super().__init__("\n".join(str(d) for d in self.diagnostics))

    def __reduce__(self) -> tuple[type[ContentError], tuple[Sequence[Diagnostic]]]:
        """What brings it from another process: an exception is else made again from its message."""
        return type(self), (self.diagnostics,)
