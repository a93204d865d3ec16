"""Whether a kept release is the one that was published, and holds nothing that is secret today."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from generator.base.diagnostics import DiscloseError, UsageError
from generator.base.manifest import MANIFEST, Hashes
from generator.release.brought_back import OPTION
from generator.release.local import LocalTarget
from generator.release.packing import is_companion
from generator.release.releases import Release, digest_of
from generator.release.signature import SIGNATURE, signature_fault
from generator.release.target import Target
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


def refuse_unsigned(target: Target, release: Release, live: Release | None, manifest: bytes, key: Path | None) -> None:
    """Raise DiscloseError when the release is not signed by `key`; UsageError when one is needed and none is named."""
    if key is None:
        if live and _signature(target, live) is not None:
            raise UsageError(
                f"{live.name} is signed, so a return needs the public key to check {release.name}: --key KEY.pub"
            )
        return
    signature = _signature(target, release)
    if signature is None:
        raise DiscloseError(f"{release.name}: it is not signed; choose another release")
    if fault := signature_fault(manifest, signature, key):
        raise DiscloseError(f"{release.name}: not the signature of {key} over its manifest: {fault}")


def _signature(target: Target, release: Release) -> bytes | None:
    """The signature that a release has; one that its list names and nobody can read is no signature."""
    try:
        return target.read(release, SIGNATURE)
    except DiscloseError:
        return b"" if _is_listed(target, release) else None


def _is_listed(target: Target, release: Release) -> bool:
    try:
        return SIGNATURE in target.listed(release)
    except DiscloseError:
        return False


def refuse_secrets(target: Target, release: Release, live: Hashes, secrets: Sequence[Secret]) -> None:
    """Raise DiscloseError when the release shows what a mask of the site hides today.

    On another machine only those files are read that the live release, whose files are `live`, has not the same.
    """
    if not secrets:
        return
    files = {path: sha256 for path, sha256 in target.listed(release).items() if path not in (MANIFEST, SIGNATURE)}
    is_near = isinstance(target, LocalTarget)
    search, found = Search(secrets), list[str]()
    for path, sha256 in sorted(files.items()):
        if is_companion(path, files) or (not is_near and live.get(path) == sha256):
            continue
        hits, unread = search.file(path, target.read(release, path))
        found += [f"  {path}: {unread}"] if unread else []
        found += [f"  {path}: {secret.kind}, masked in {secret.notice}" for secret in hits]
    if found:
        rest = f"\n  and {len(found) - _SHOWN} more" if len(found) > _SHOWN else ""
        lines = "\n".join(found[:_SHOWN])
        raise DiscloseError(
            f"{release.name}: shows what masks (遮蔽) of the site hide today:\n{lines}{rest}\n"
            f"Nothing was switched. Publish the site without the change that you want undone, or, when these may be "
            f"public again, return with {OPTION}."
        )
