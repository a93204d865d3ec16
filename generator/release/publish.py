"""The order of a publish: pack, send, verify at the target, accept, switch, prune; and the way back."""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.base.diagnostics import DiscloseError, UsageError
from generator.base.files import alone, write_bytes
from generator.base.manifest import MANIFEST, differing, hashes_of, load_manifest, read_manifest
from generator.release.authentic import refuse_renamed, refuse_secrets, refuse_unsigned
from generator.release.brought_back import refuse_to_bring_back
from generator.release.local import LocalTarget
from generator.release.packing import Track, pack
from generator.release.releases import Changes, Release, changes, chosen, digest_of, next_release, said, to_prune
from generator.release.remote import RemoteTarget
from generator.release.shell import place_of
from generator.release.signature import SIGNATURE, sign
from generator.release.target import RELEASES, Target
from generator.sitelint.leaks import Secret

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What a publish or a rollback did."""

    release: Release
    """The one that is live now."""
    before: Release | None
    """The one that was live; the same when there was nothing to do."""
    changes: Changes
    pruned: int = 0
    lost_signature: bool = False
    """Whether the release before was signed, and this one is not."""


@contextlib.contextmanager
def opened(target: str, ssh: str = "ssh") -> Iterator[Target]:
    """The target that the user named."""
    place = place_of(target)
    if place is None:
        yield LocalTarget(folder_of(target))
        return
    with contextlib.closing(RemoteTarget(target, place, ssh)) as remote:
        yield remote


def folder_of(target: str) -> Path:
    """The folder of this machine that `target` names. Raises UsageError for what can only be a mistake."""
    try:
        folder = Path(target).expanduser()
    except RuntimeError as error:
        raise UsageError(f"{target}: {error}; {_OF_ITS_OWN}") from error
    if not target.strip() or folder.resolve() == Path(folder.resolve().anchor):
        raise UsageError(f"“{target}” is no place for a site; {_OF_ITS_OWN}")
    return folder


_OF_ITS_OWN = "name a folder of its own, such as /srv/www/site"


def check_apart(target: str, output: Path) -> None:
    """Refuse a target that lies in the output or holds it: a build would take it away; and one in the content.

    Raises UsageError.
    """
    if place_of(target) is None:
        folder, built = folder_of(target).resolve(), output.resolve()
        content = built.with_name("content")
        if folder == content or content in folder.parents:
            raise UsageError(f"{target}: holds the words that a site is made from; {_OF_ITS_OWN}")
        if folder == built or built in folder.parents or folder / RELEASES in built.parents:
            raise UsageError(f"{target}: is the folder that builds fill; {_OF_ITS_OWN}")


def preview(output: Path, target: Target) -> Changes:
    """What a publish of `output` would change. Changes nothing."""
    expected, _ = load_manifest(output)
    live = target.live()
    return changes(_manifest(target, live) if live else {}, expected)


def _manifest(target: Target, release: Release) -> dict[str, str]:
    return read_manifest(target.read(release, MANIFEST), f"{release.name}/{MANIFEST}")


def publish(
    output: Path, target: Target, *, keep: int, now: dt.datetime, track: Track, say: Say, key: Path | None = None
) -> Published:
    """Put `output` live: every file is read back at the target and compared before the web server sees one of them.

    Interrupted at any moment, the old release is live or the new one, whole. Raises DiscloseError.
    """
    with alone(output, lambda: say("waiting for another build or publish of this site …")), target.locked():
        expected, manifest = load_manifest(output)
        files = expected | {MANIFEST: hashlib.sha256(manifest).hexdigest()}
        _compare(hashes_of(output), files, f"{output}: is not as it was built; build it anew")
        live = target.live()
        packed = _pack(output, files, manifest, key, track)
        files |= hashes_of(packed)
        changed = changes(_manifest_or_none(target, live), expected)
        if live and live.digest == digest_of(manifest) and _is_whole(target, live, files):
            return Published(release=live, before=live, changes=changed)
        was_signed = live is not None and _is_signed(target, live)
        say("sending …")
        folder = target.receive((output, packed), files, live, track)
        say("verifying what has arrived …")
        _compare(
            target.hashes(folder), files, f"{target.shown}: what arrived is not what was sent; nothing is switched"
        )
        release = next_release(target.releases(), now, manifest)
        target.accept(folder, release, files)
        target.switch(release)
        gone = to_prune(target.releases(), release, keep)
        for old in gone:
            target.remove(old)
        return Published(
            release=release,
            before=live,
            changes=changed,
            pruned=len(gone),
            lost_signature=was_signed and SIGNATURE not in files,
        )


def _pack(output: Path, files: dict[str, str], manifest: bytes, key: Path | None, track: Track) -> Path:
    """The folder of what goes beside the files: their compressed companions, and the signature."""
    packed = output.absolute().with_name(f".{output.name}.packed")
    try:
        pack(output, packed, files, track)
        if key:
            write_bytes(packed / SIGNATURE, sign(manifest, key))
    except OSError as error:
        raise DiscloseError(f"{packed}: cannot be written: {error.strerror or error}; nothing was published") from error
    return packed


def _compare(found: dict[str, str], expected: dict[str, str], message: str) -> None:
    faults = list(differing(found, expected))
    if faults:
        raise DiscloseError(f"{message}:\n{said(faults)}")


def _manifest_or_none(target: Target, live: Release | None) -> dict[str, str]:
    """The files of the live release; of one that was damaged, none: the way out is to publish."""
    try:
        return _manifest(target, live) if live else {}
    except DiscloseError:
        return {}


def _is_whole(target: Target, release: Release, files: dict[str, str]) -> bool:
    """Whether a release holds exactly these files. A damaged one is published anew."""
    try:
        return target.listed(release) == files and target.hashes(release.name) == files
    except DiscloseError:
        return False


def _is_signed(target: Target, release: Release) -> bool:
    try:
        return SIGNATURE in target.listed(release)
    except DiscloseError:  # a damaged release, which is being replaced
        return False


def rollback(
    target: Target,
    wanted: str = "",
    *,
    allow_withdrawn: bool = False,
    key: Path | None = None,
    secrets: Sequence[Secret] = (),
) -> Published:
    """Return to a kept release, when it is the one that was published and shows nothing that is hidden now.

    `key` is the public key that signed it, wanted when the live release is signed; `secrets` are what the site masks
    today. Raises DiscloseError; what is live then stays as it was.
    """
    with target.locked():
        live = target.live()
        release = chosen(target.releases(), live, wanted)
        changed = back(target, release, live)
        if release != live:
            files = target.listed(release)
            missing = _manifest(target, release).items() - files.items()
            _compare(
                target.hashes(release.name), files, f"{release.name}: is not as it was published; choose another one"
            )
            if missing:
                raise DiscloseError(f"{release.name}: its manifest and its list of hashes differ; choose another one")
            _refuse(target, release, live, key, None if allow_withdrawn else secrets)
            target.switch(release)
        return Published(release=release, before=live, changes=changed)


def _refuse(
    target: Target, release: Release, live: Release | None, key: Path | None, secrets: Sequence[Secret] | None
) -> None:
    """Raise DiscloseError when the release is not the one that was published, or shows what is hidden now.

    `secrets`: None when it may show that.
    """
    manifest = target.read(release, MANIFEST)
    refuse_renamed(release, manifest)
    refuse_unsigned(target, release, live, manifest, key)
    if secrets is not None:
        files = _manifest_or_none(target, live)
        refuse_to_bring_back(target, release, live, files)
        refuse_secrets(target, release, files, secrets)


def back(target: Target, release: Release, live: Release | None) -> Changes:
    """What a return to `release` changes."""
    return changes(_manifest_or_none(target, live), _manifest(target, release))


def preview_rollback(
    target: Target,
    wanted: str,
    *,
    allow_withdrawn: bool = False,
    key: Path | None = None,
    secrets: Sequence[Secret] = (),
) -> tuple[Release, Changes, str]:
    """The release to which a rollback would return, what that changes, and why it would be refused; changes nothing."""
    live = target.live()
    release = chosen(target.releases(), live, wanted)
    refusal = ""
    try:
        if release != live:
            _refuse(target, release, live, key, None if allow_withdrawn else secrets)
    except UsageError:
        raise
    except DiscloseError as error:
        refusal = str(error)
    return release, back(target, release, live), refusal
