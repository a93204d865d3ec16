"""Whether a kept release is the one that was published, and holds nothing that is secret today."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from generator.base.diagnostics import DiscloseError, UsageError
from generator.base.manifest import MANIFEST, Hashes, read_manifest
from generator.release.brought_back import OPTION
from generator.release.destination import Destination
from generator.release.local import LocalDestination
from generator.release.packing import SUFFIX, is_companion, unpacked
from generator.release.releases import Release, digest_of
from generator.release.signature import SIGNATURE, signature_fault
from generator.sitelint.leaks import Search, Secret

_SHOWN = 10
"""Files that a message names."""


def refuse_renamed(release: Release, manifest: bytes) -> None:
    """Raise DiscloseError when the manifest is not the one after which the release is named."""
    if digest_of(manifest) != release.digest:
        raise DiscloseError(
            f"{release.name}: its manifest is not the one that was published: its SHA-256 begins with "
            f"{digest_of(manifest)}; choose another release"
        )


def refuse_foreign(destination: Destination, release: Release, live: Release | None, manifest: bytes) -> None:
    """Raise DiscloseError when the release holds what its manifest does not speak for.

    That is a file that no build made, or a compressed companion, which is what the web server sends, of other bytes.
    One that the live release has, too, of the same file, is not read.
    """
    listed, mine = destination.listed(release), _files(manifest, release)
    shown, there = _of_live(destination, live)
    found = []
    for path in sorted(listed.keys() - mine.keys() - {SIGNATURE}):
        plain = path.removesuffix(SUFFIX)
        if not is_companion(path, mine):
            found.append(f"  {path}: its manifest does not list it")
        elif (shown.get(path), there.get(plain)) != (listed[path], mine[plain]) and not _is_packed(
            destination, release, path
        ):
            found.append(f"  {path}: what comes out when it is unpacked is not the file")
    if found:
        raise DiscloseError(f"{release.name}: holds what was not published; choose another release:\n{_first(found)}")


def _files(manifest: bytes, release: Release) -> dict[str, str]:
    return read_manifest(manifest, f"{release.name}/{MANIFEST}") | {MANIFEST: hashlib.sha256(manifest).hexdigest()}


def _of_live(destination: Destination, live: Release | None) -> tuple[Hashes, Hashes]:
    """What was sent with the live release, and what its manifest lists; nothing where it was damaged."""
    try:
        return (destination.listed(live), _files(destination.read(live, MANIFEST), live)) if live else ({}, {})
    except DiscloseError:
        return {}, {}


def _is_packed(destination: Destination, release: Release, path: str) -> bool:
    data = destination.read(release, path.removesuffix(SUFFIX))
    return unpacked(destination.read(release, path), len(data)) == data


def _first(found: Sequence[str]) -> str:
    return "\n".join([*found[:_SHOWN], f"  and {len(found) - _SHOWN} more"] if len(found) > _SHOWN else found)


def refuse_unsigned(
    destination: Destination, release: Release, live: Release | None, manifest: bytes, key: Path | None
) -> None:
    """Raise DiscloseError when the release is not signed by `key`; UsageError when one is needed and none is named."""
    if key is None:
        if live and _signature(destination, live) is not None:
            raise UsageError(
                f"{live.name} is signed, so a return needs the public key to check {release.name}: --key KEY.pub"
            )
        return
    signature = _signature(destination, release)
    if signature is None:
        raise DiscloseError(f"{release.name}: it is not signed; choose another release")
    if fault := signature_fault(manifest, signature, key):
        raise DiscloseError(f"{release.name}: not the signature of {key} over its manifest: {fault}")


def _signature(destination: Destination, release: Release) -> bytes | None:
    """The signature that a release has; one that its list names and nobody can read is no signature."""
    try:
        return destination.read(release, SIGNATURE)
    except DiscloseError:
        return b"" if _is_listed(destination, release) else None


def _is_listed(destination: Destination, release: Release) -> bool:
    try:
        return SIGNATURE in destination.listed(release)
    except DiscloseError:
        return False


def refuse_secrets(destination: Destination, release: Release, live: Hashes, secrets: Sequence[Secret]) -> None:
    """Raise DiscloseError when the release shows what a mask of the site hides today.

    On another machine only those files are read that the live release, whose files are `live`, has not the same.
    """
    if not secrets:
        return
    files = {path: sha256 for path, sha256 in destination.listed(release).items() if path not in (MANIFEST, SIGNATURE)}
    is_near = isinstance(destination, LocalDestination)
    search, found = Search(secrets), list[str]()
    for path, sha256 in sorted(files.items()):
        if is_companion(path, files) or (not is_near and live.get(path) == sha256):
            continue
        hits, unread = search.file(path, destination.read(release, path))
        found += [f"  {path}: {unread}"] if unread else []
        found += [f"  {path}: {secret.kind}, masked in {secret.notice}" for secret in hits]
    if found:
        raise DiscloseError(
            f"{release.name}: shows what masks (遮蔽) of the site hide today:\n{_first(found)}\n"
            f"Nothing was switched. Publish the site without the change that you want undone, or, when these may be "
            f"public again, return with {OPTION}."
        )
