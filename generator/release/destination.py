"""What a destination of `disclose publish` can do; a local folder and a folder behind SSH are the two there are.

DESTINATION/
  releases/000012-20251128T093000Z-1f2e3d4c5b6a/          the files, as the web server sends them
  releases/000012-20251128T093000Z-1f2e3d4c5b6a.sha256    their hashes, as `sha256sum --check` reads them
  current → releases/000012-…                             the root of the web server
  .publish.lock                                           held by the publish that is under way
"""

from __future__ import annotations

import os
import re
import socket
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from itertools import pairwise
from pathlib import Path, PurePath
from typing import Protocol

from generator.base.diagnostics import DiscloseError
from generator.base.manifest import Hashes
from generator.release.packing import Track
from generator.release.releases import Release, releases_among

RELEASES = "releases"
CURRENT = "current"
LOCK = ".publish.lock"
INCOMING = ".incoming-"
REMOVING = ".removing-"
LISTED = ".sha256"
_UPLOAD = re.compile(re.escape(INCOMING) + "[a-z0-9_]{4,16}")


class Destination(Protocol):
    """Where a site is published. Every method raises DiscloseError when it cannot do what it says."""

    shown: str
    """As it was named by the user."""

    def locked(self) -> AbstractContextManager[None]:
        """Keep every other publish away, make ready for a first one, and remove what a killed one left."""

    def releases(self) -> list[Release]:
        """The releases that are kept, oldest first."""

    def live(self) -> Release | None:
        """The release that the web server shows; None before the first."""

    def read(self, release: Release, path: str) -> bytes:
        """A file of a release."""

    def listed(self, release: Release) -> dict[str, str]:
        """The hashes of all files of a release, companions too, as they were when it was published."""

    def receive(self, sources: Sequence[Path], files: Hashes, live: Release | None, track: Track) -> str:
        """Take the files in from the folders `sources`; returns the name of the folder, which is no release yet."""

    def hashes(self, folder: str) -> dict[str, str]:
        """The hashes of all that lies in a folder of releases/, read again."""

    def accept(self, folder: str, release: Release, files: Hashes) -> None:
        """Make a received folder a release, on the disk and not only in memory."""

    def switch(self, release: Release) -> None:
        """Show a release, in one step."""

    def remove(self, release: Release) -> None:
        """Take a release away."""


def leftovers(names: Iterable[str]) -> list[str]:
    """What a publish that was killed left in releases/, uploads first: they are still of use to the next."""
    there = set(names)
    return sorted(name for name in there if _is_leftover(name, there))


def _is_leftover(name: str, there: set[str]) -> bool:
    """Whether a name is one that a publish gives, to the last character: what else lies there is somebody's."""
    if name.endswith(LISTED):
        return name.removesuffix(LISTED) not in there and bool(releases_among([name.removesuffix(LISTED)]))
    if name.startswith(REMOVING):
        return bool(releases_among([name.removeprefix(REMOVING)]))
    return bool(_UPLOAD.fullmatch(name))


def is_current(link: str) -> bool:
    """Whether `current` leads where a publish lets it lead; another link is somebody's."""
    parts = PurePath(link).parts
    return len(parts) == 2 and parts[0] == RELEASES and bool(releases_among(parts[1:]))


def listing(files: Hashes) -> str:
    """The hashes of files as `sha256sum --check` reads them."""
    return "".join(f"{sha256}  {path}\n" for path, sha256 in sorted(files.items()))


_LINE = re.compile(r"([0-9a-f]{64})  (?:\./)?(.+)")


def read_listing(text: str, shown: str) -> dict[str, str]:
    """The hashes in a listing, or in what sha256sum prints. Raises DiscloseError for anything else in it."""
    found = {}
    for line in text.split("\n"):
        if line:
            entry = _LINE.fullmatch(line)
            if entry is None:
                raise DiscloseError(f"{shown}: not a line of hash and path: {line[:200]}")
            found[entry[2]] = entry[1]
    return found


def owner() -> str:
    """Who is publishing, for the one who has to wait."""
    user = os.environ.get("USER") or os.environ.get("USERNAME") or "somebody"
    return f"{user} on {socket.gethostname()}, process {os.getpid()}"


def held(shown: str, by: str) -> DiscloseError:
    """Why a second publish does not begin."""
    return DiscloseError(f"{shown}: another publish is under way ({by or 'unknown'}); try again when it has ended")


def check_place(shown: str, folder: PurePath, names: Iterable[str]) -> None:
    """Refuse a folder among the releases of a destination, such as the root of the web server.

    `folder` is absolute, without links; `names` is what lies in it. Raises DiscloseError.
    """
    whole = [*folder.parts, *(one.name for one in releases_among(names))]
    for at, (part, inner) in enumerate(pairwise(whole)):
        if part == RELEASES and releases_among([inner]):
            place = PurePath(*whole[:at])
            raise DiscloseError(f"{shown}: lies among the releases of {place}; name that folder as destination")


def no_switch(shown: str) -> DiscloseError:
    """Why nothing is published to a folder without links: any other switch takes the site away for a moment."""
    return DiscloseError(
        f"{shown}: a release is put live by replacing a symbolic link, and here that cannot be done; publish to a "
        "server (sftp://user@host/path), or make a zip and put it up there: disclose publish site.zip"
    )


def not_a_destination(shown: str, name: str) -> DiscloseError:
    """Why a folder that somebody filled is left alone."""
    return DiscloseError(
        f"{shown}: {name} is there and was not made by disclose; name an empty or a new folder as destination, "
        f"and let the web server's root be {shown.rstrip('/')}/{CURRENT}"
    )
