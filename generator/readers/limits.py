"""How much of a file is read at most: one table, so that an error can name the limit and its number.

A notice has some ten thousand characters, and the longest known fewer than a hundred thousand. The limits lie two
orders of magnitude above that, and below what would cost more than some seconds and 500 MB.
"""

from __future__ import annotations

from dataclasses import dataclass

from generator.readers.document import ReadError


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """A number that a file must not exceed."""

    most: int
    what: str
    """What is counted, as the error says it."""
    hint: str = "A notice is far smaller; check that this is the right file."


LIMITS = {
    "bytes": Limit(most=64 << 20, what="bytes in the file"),
    "text-bytes": Limit(most=40 << 20, what="bytes of text"),
    "characters": Limit(most=12_000_000, what="characters of text"),
    "paragraphs": Limit(most=200_000, what="paragraphs with text"),
    "edits": Limit(most=100_000, what="control characters and other changes to record"),
    "unpacked-bytes": Limit(most=200 << 20, what="bytes after unpacking"),
    "part-bytes": Limit(most=64 << 20, what="bytes in one unpacked part"),
    "ratio": Limit(
        most=200, what="times the packed size after unpacking", hint="Such a file is made to harm; leave it out."
    ),
    "members": Limit(most=10_000, what="files in the archive"),
    "elements": Limit(most=300_000, what="elements"),
    "tags": Limit(most=150_000, what="tags in the web page"),
    "pages": Limit(most=1_000, what="pages"),
    "pdf-characters": Limit(most=2_000_000, what="characters of text"),
    "office-bytes": Limit(most=32 << 20, what="bytes in the file"),
    "mime-parts": Limit(most=2_000, what="parts in the saved page"),
    "ocr-pages": Limit(most=100, what="scanned pages to recognise"),
}


def check(name: str, amount: int) -> None:
    """Nothing; raises ReadError, naming the limit and its number, when `amount` exceeds the limit `name`."""
    limit = LIMITS[name]
    if amount > limit.most:
        raise ReadError(f"more than {limit.most:,} {limit.what} (found {amount:,}). {limit.hint}")
