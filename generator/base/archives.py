"""Zip files that are the same on every system."""

from __future__ import annotations

import zipfile
import zlib
from typing import IO, NamedTuple

_UNIX = 3
_FILE = 0o100644 << 16
"""A plain file that everybody may read."""
_ALL = 0xFFFFFFFF
_END = b"\x03\x00"
"""The empty block that ends what was packed."""


class NewArchive(zipfile.ZipFile):
    """A zip that is written. Where the disk is full, its end is not tried once more when nobody needs it any longer."""

    def __del__(self) -> None:
        """Leave it as it is: what went wrong was raised."""


def as_everywhere(archive: zipfile.ZipFile) -> None:
    """Say of all entries, before the archive is closed, what would be said of them elsewhere.

    Python notes the system that wrote an entry, and rights that nobody gave.
    """
    for entry in archive.infolist():
        entry.create_system, entry.external_attr = _UNIX, _FILE


class Packed(NamedTuple):
    """A piece of an entry of a zip, packed by itself: the same bytes wherever it stands."""

    data: bytes
    size: int
    """Of what was packed."""
    crc: int
    """The checksum of it."""


def packed(data: bytes, level: int) -> Packed:
    """The piece; it ends between two bytes, and what follows it refers to nothing in it."""
    packer = zlib.compressobj(level, zlib.DEFLATED, -zlib.MAX_WBITS)
    return Packed(packer.compress(data) + packer.flush(zlib.Z_SYNC_FLUSH), len(data), zlib.crc32(data))


class PackedEntry:
    """An entry of a zip that is written in pieces, which may come from an older zip as they are."""

    def __init__(self, archive: zipfile.ZipFile, out: IO[bytes], name: str) -> None:
        """`out` is the file to which the archive is written: it can be read and written from any place."""
        self._archive, self._out, self._name = archive, out, name
        self._entry = archive.open(zipfile.ZipInfo(name), "w", force_zip64=True)  # as it is: it comes packed
        self._size = self._crc = 0

    @property
    def at(self) -> int:
        """Where in the archive the next piece goes."""
        return self._out.tell()

    def add(self, piece: Packed) -> None:
        """Add a piece."""
        self._entry.write(piece.data)
        # the checksum of two texts, from theirs: that of the first goes on over as many zeros
        self._crc = zlib.crc32(bytes(piece.size), self._crc ^ _ALL) ^ _ALL ^ piece.crc
        self._size += piece.size

    def close(self) -> None:
        """Say of the entry, which is written as it is, that it is packed, and what it is unpacked."""
        self._entry.write(_END)
        self._entry.close()
        entry, end = self._archive.getinfo(self._name), self._out.tell()
        entry.compress_type, entry.file_size, entry.CRC = zipfile.ZIP_DEFLATED, self._size, self._crc
        self._out.seek(entry.header_offset)
        self._out.write(entry.FileHeader(zip64=True))
        self._out.seek(end)
