"""Releases: what they are called, which come next and go, and how two of them differ."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from generator.base.diagnostics import DiscloseError
from generator.base.manifest import Differing, Hashes, differing

_NAME = re.compile(r"(\d{6,})-(\d{8}T\d{6}Z)-([0-9a-f]{12})")


class Release(NamedTuple):
    """A published state of the site. Sorts by number: a clock that runs in the past brings nothing into disorder."""

    number: int
    time: str
    """When it was published, UTC, `20251128T093000Z`."""
    digest: str
    """The first 12 digits of the SHA-256 of its manifest: the same for the same content."""

    @property
    def name(self) -> str:
        """The name of its folder."""
        return f"{self.number:06}-{self.time}-{self.digest}"


def digest_of(manifest: bytes) -> str:
    """The digest by which a release is known, from the bytes of its manifest."""
    return hashlib.sha256(manifest).hexdigest()[:12]


def releases_among(names: Iterable[str]) -> list[Release]:
    """The releases among the names in a folder, oldest first; other names are passed over."""
    matches = (_NAME.fullmatch(name) for name in names)
    return sorted(Release(int(found[1]), found[2], found[3]) for found in matches if found)


def next_release(kept: Sequence[Release], now: dt.datetime, manifest: bytes) -> Release:
    """The release that follows those that are kept."""
    number = max((release.number for release in kept), default=0) + 1
    return Release(number, now.astimezone(dt.UTC).strftime("%Y%m%dT%H%M%SZ"), digest_of(manifest))


def to_prune(kept: Sequence[Release], live: Release, keep: int) -> list[Release]:
    """The releases beyond the newest `keep`, oldest first; never the one that is live."""
    return [release for release in sorted(kept)[: max(0, len(kept) - keep)] if release != live]


def chosen(kept: Sequence[Release], live: Release | None, wanted: str) -> Release:
    """The release that `wanted` names: its number, its name or the beginning of its digest; empty: the one before.

    Raises DiscloseError, with the releases that are kept, when there is none or more than one.
    """
    if not wanted:
        before = [release for release in kept if live is None or release.number < live.number]
        if before:
            return before[-1]
        raise DiscloseError("there is no release before the one that is live" + _listed(kept, live))
    found = [release for release in kept if wanted in (release.name, str(release.number), f"{release.number:06}")]
    found = found or [release for release in kept if release.digest.startswith(wanted.lower())]
    if len(found) != 1:
        raise DiscloseError(f"{wanted}: {'more than one release' if found else 'no release'}{_listed(kept, live)}")
    return found[0]


def _listed(kept: Sequence[Release], live: Release | None) -> str:
    return "\nThere are:\n" + "\n".join(rows(kept, live)) if kept else "\nNothing has been published yet."


def rows(kept: Sequence[Release], live: Release | None) -> Iterator[str]:
    """A line for each release, newest first."""
    for release in sorted(kept, reverse=True):
        day = dt.datetime.strptime(release.time, "%Y%m%dT%H%M%SZ").replace(tzinfo=dt.UTC)
        mark = "  ← live" if release == live else ""
        yield f"  {release.number:6}  {day:%Y-%m-%d %H:%M:%S} UTC  {release.digest}{mark}"


class Changes(NamedTuple):
    """How a release differs from the one that is live."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: int

    def __str__(self) -> str:
        """Counts, in one line."""
        return (
            f"{len(self.added)} added, {len(self.changed)} changed, {len(self.removed)} removed, "
            f"{self.unchanged} unchanged"
        )

    def rows(self) -> Iterator[str]:
        """A line for each file, marked `+`, `~` or `-`."""
        for mark, paths in (("+", self.added), ("~", self.changed), ("-", self.removed)):
            yield from (f"{mark} {path}" for path in paths)


def changes(old: Hashes, new: Hashes) -> Changes:
    """What goes from `old` to `new`."""
    found: dict[str, list[str]] = {"extra": [], "changed": [], "missing": []}
    for path, how in differing(new, old):
        found[how].append(path)
    touched = len(found["extra"]) + len(found["changed"])
    return Changes(tuple(found["extra"]), tuple(found["changed"]), tuple(found["missing"]), len(new) - touched)


def said(faults: Sequence[Differing], most: int = 10) -> str:
    """What differs, one line a file, the first ones of many."""
    lines = [f"  {how}: {path}" for path, how in faults[:most]]
    return "\n".join([*lines, f"  and {len(faults) - most} more"] if len(faults) > most else lines)
