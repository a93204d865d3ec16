"""Zip files that are the same on every system."""

from __future__ import annotations

import zipfile

_UNIX = 3
_FILE = 0o100644 << 16
"""A plain file that everybody may read."""


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
