"""Which reader reads a file: by what its bytes are, else by its name."""

from __future__ import annotations

from pathlib import PurePath

from generator.base.diagnostics import Diagnostic
from generator.readers import limits
from generator.readers.document import Document, Reader, ReadError
from generator.readers.html.mht import READER as MHT
from generator.readers.html.reader import READER as HTML
from generator.readers.pdf.reader import READER as PDF
from generator.readers.signatures import FOREIGN, has_tags, name_of, signature_of
from generator.readers.text.markdown import READER as MARKDOWN
from generator.readers.text.plain import READER as TEXT
from generator.readers.word.docx import READER as DOCX
from generator.readers.word.office import READER as OFFICE

READERS: tuple[Reader, ...] = (PDF, DOCX, OFFICE, MHT, HTML, MARKDOWN, TEXT)
"""In the order in which they are asked."""


def suffixes() -> frozenset[str]:
    """The endings of files that a reader knows, in small letters: `.txt`."""
    return frozenset(suffix for reader in READERS for suffix in reader.suffixes)


def read_document(data: bytes, name: str) -> Document:
    """What the file `name` says: by the reader that its bytes call for, else by the one that its name calls for.

    Raises ReadError that names every reader that was tried, and why it gave up.
    """
    failures: list[tuple[str, ReadError]] = []
    try:
        limits.check("bytes", len(data))
    except ReadError as error:
        raise _unreadable(name, [("", error)]) from None
    for reader in _readers_for(data, PurePath(name).suffix.lower()):
        try:
            return reader.read(data)
        except ReadError as error:
            failures.append((reader.format, error))
    raise _unreadable(name, failures or [("", ReadError(_unknown(data)))])


def _readers_for(data: bytes, suffix: str) -> list[Reader]:
    """The readers to try: those that claim the bytes; where none does, those of the name's ending.

    Text says little by its bytes: its kinds differ by name only. A page that does not begin with a tag is one where
    its name does not say text: a text that speaks of tags must keep them.
    """
    claiming = [reader for reader in READERS if reader.claims(data)]
    if not claiming and signature_of(data) in FOREIGN:
        return []
    named = [reader for reader in READERS if suffix in reader.suffixes and reader not in claiming]
    if claiming == [TEXT]:
        if MARKDOWN in named or suffix in TEXT.suffixes:
            return [reader for reader in named if reader is MARKDOWN] + claiming
        return [HTML, *claiming] if has_tags(data) else claiming
    return claiming or named


_ADVICE = {
    "picture": "Ask for the file that it was made from, or make it a PDF with text.",
    "rar": "Unpack it and import what it holds, or pack it again as a zip.",
    "program": "Do not start it; ask whoever sent it for the notice.",
}
_SAVE_AS = "Open it in the program that made it and save it as .docx, .pdf or .txt."


def _unknown(data: bytes) -> str:
    kind = signature_of(data)
    what, advice = name_of(kind) if kind else "no format known here", _ADVICE.get(kind or "", _SAVE_AS)
    return f"this cannot be read, it is {what}. {advice}"


def _unreadable(name: str, failures: list[tuple[str, ReadError]]) -> ReadError:
    reasons = "; ".join(f"{tried}: {why}" if len(failures) > 1 else str(why) for tried, why in failures)
    return ReadError(str(Diagnostic(code="unreadable", file=name, message=reasons)))
