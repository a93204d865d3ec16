"""Scanned pages (PDF without a text layer): recognised text, marked as such, with every doubtful passage an anomaly."""

from __future__ import annotations

from generator.readers.document import Document, ReadError


def read(data: bytes) -> Document:
    """The recognised text of the scanned pages in a PDF. Raises ReadError when the extra `ocr` is not installed."""
    del data
    raise ReadError(
        "its pages are pictures without text. Install text recognition, pip install 'disclose[ocr]', or import the file that it was made from."
    )
