"""Readers: bytes of one format in, a Document out. A reader knows nothing of notices."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from generator.readers.document import Block, Document, Reader, ReadError

if TYPE_CHECKING:
    from generator.readers.all_readers import READERS, read_document, suffixes

__all__ = ["READERS", "Block", "Document", "ReadError", "Reader", "read_document", "suffixes"]


def __getattr__(name: str) -> Any:
    """The readers, loaded by who reads: to build a site asks for none of them, and they take a quarter of a second."""
    if name not in __all__:
        raise AttributeError(name)
    from generator.readers import all_readers  # noqa: PLC0415

    return getattr(all_readers, name)
