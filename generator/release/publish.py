"""The order of a publish: pack, send, verify at the destination, accept, switch, prune; and the way back."""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from generator.base.diagnostics import DiscloseError, UsageError
from generator.base.files import write_bytes
from generator.base.locks import alone
from generator.base.manifest import MANIFEST, differing, hashes_of, load_manifest, read_manifest
from generator.release.authentic import refuse_foreign, refuse_renamed, refuse_secrets, refuse_unsigned
from generator.release.brought_back import refuse_to_bring_back
from generator.release.destination import RELEASES, Destination
from generator.release.local import LocalDestination
from generator.release.packing import Track, pack
from generator.release.releases import Changes, Release, changes, chosen, digest_of, next_release, said, to_prune
from generator.release.remote import RemoteDestination
from generator.release.shell import SFTP, RemoteFolder, place_of
from generator.release.signature import SIGNATURE, sign
from generator.release.zipped import ZipDestination, zip_of
from generator.sitelint.leaks import Secret

if TYPE_CHECKING:
    from generator.release.sftp import SftpDestination

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
def opened(destination: str, ssh: str = "ssh") -> Iterator[Destination]:
    """The destination that the user named."""
    if path := zip_of(destination):
        yield ZipDestination(path)
        return
    place = place_of(destination)
    if place is None:
        yield LocalDestination(folder_of(destination))
        return
    remote = _by_sftp if destination.startswith(SFTP) else RemoteDestination
    with contextlib.closing(remote(destination, place, ssh)) as opened_there:
        yield opened_there


def _by_sftp(destination: str, place: RemoteFolder, ssh: str) -> SftpDestination:
    try:
        from generator.release.sftp import SftpDestination  # noqa: PLC0415 - an extra, and seldom asked for
    except ModuleNotFoundError as error:
        raise UsageError(
            f"{destination}: SFTP needs the library asyncssh: install it beside this program (pip install asyncssh)"
        ) from error
    return SftpDestination(destination, place, ssh)


def folder_of(destination: str) -> Path:
    """The folder of this machine that `destination` names. Raises UsageError for what can only be a mistake."""
    try:
        folder = Path(destination).expanduser()
    except RuntimeError as error:
        raise UsageError(f"{destination}: {error}; {_OF_ITS_OWN}") from error
    if not destination.strip() or folder.resolve() == Path(folder.resolve().anchor):
        raise UsageError(f"“{destination}” is no place for a site; {_OF_ITS_OWN}")
    return folder


_OF_ITS_OWN = "name a folder of its own, such as /srv/www/site"


def check_apart(destination: str, output: Path) -> None:
    """Refuse a destination that lies in the output or holds it: a build would take it away; and one in the content.

    Raises UsageError.
    """
    if zip_of(destination) or place_of(destination) is None:
        folder, built = folder_of(destination).resolve(), output.resolve()
        content = built.with_name("content")
        if folder == content or content in folder.parents:
            raise UsageError(f"{destination}: holds the words that a site is made from; {_OF_ITS_OWN}")
        if folder == built or built in folder.parents or folder / RELEASES in built.parents:
            raise UsageError(f"{destination}: is the folder that builds fill; {_OF_ITS_OWN}")


def preview(output: Path, destination: Destination) -> Changes:
    """What a publish of `output` would change. Changes nothing."""
    expected, _ = load_manifest(output)
    live = destination.live()
    return changes(_manifest(destination, live) if live else {}, expected)


def _manifest(destination: Destination, release: Release) -> dict[str, str]:
    return read_manifest(destination.read(release, MANIFEST), f"{release.name}/{MANIFEST}")


def publish(
    output: Path,
    destination: Destination,
    *,
    keep: int,
    now: dt.datetime,
    track: Track,
    say: Say,
    key: Path | None = None,
) -> Published:
    """Put `output` live: every file is read back and compared before the web server sees any of them.

    Interrupted at any moment, the old release is live or the new one, whole. Raises DiscloseError.
    """
    with alone(output, lambda: say("waiting for another build or publish of this site …")), destination.locked():
        expected, manifest = load_manifest(output)
        files = expected | {MANIFEST: hashlib.sha256(manifest).hexdigest()}
        _compare(hashes_of(output), files, f"{output}: is not as it was built; build it again")
        live = destination.live()
        packed = _pack(output, files, manifest, key, track)
        files |= hashes_of(packed)
        changed = changes(_manifest_or_none(destination, live), expected)
        if live and live.digest == digest_of(manifest) and _is_whole(destination, live, files):
            return Published(release=live, before=live, changes=changed)
        was_signed = live is not None and _is_signed(destination, live)
        say("sending …")
        folder = destination.receive((output, packed), files, live, track)
        say("verifying what has arrived …")
        _compare(
            destination.hashes(folder),
            files,
            f"{destination.shown}: what arrived is not what was sent; nothing is switched",
        )
        release = next_release(destination.releases(), now, manifest)
        destination.accept(folder, release, files)
        destination.switch(release)
        gone = to_prune(destination.releases(), release, keep)
        for old in gone:
            destination.remove(old)
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
        pack(output, packed, files, track, SIGNATURE)
        if key:
            write_bytes(packed / SIGNATURE, sign(manifest, key))
    except OSError as error:
        raise DiscloseError(f"{packed}: cannot be written: {error.strerror or error}; nothing was published") from error
    return packed


def _compare(found: dict[str, str], expected: dict[str, str], message: str) -> None:
    faults = list(differing(found, expected))
    if faults:
        raise DiscloseError(f"{message}:\n{said(faults)}")


def _manifest_or_none(destination: Destination, live: Release | None) -> dict[str, str]:
    """The files of the live release; of one that was damaged, none: the way out is to publish."""
    try:
        return _manifest(destination, live) if live else {}
    except DiscloseError:
        return {}


def _is_whole(destination: Destination, release: Release, files: dict[str, str]) -> bool:
    """Whether a release holds exactly these files. A damaged one is published again."""
    try:
        return destination.listed(release) == files and destination.hashes(release.name) == files
    except DiscloseError:
        return False


def _is_signed(destination: Destination, release: Release) -> bool:
    try:
        return SIGNATURE in destination.listed(release)
    except DiscloseError:  # a damaged release, which is being replaced
        return False


def rollback(
    destination: Destination,
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
    with destination.locked():
        live = destination.live()
        release = chosen(destination.releases(), live, wanted)
        changed = back(destination, release, live)
        if release != live:
            files = destination.listed(release)
            missing = _manifest(destination, release).items() - files.items()
            _compare(
                destination.hashes(release.name),
                files,
                f"{release.name}: is not as it was published; choose another one",
            )
            if missing:
                raise DiscloseError(f"{release.name}: its manifest and its list of hashes differ; choose another one")
            _refuse(destination, release, live, key, None if allow_withdrawn else secrets)
            destination.switch(release)
        return Published(release=release, before=live, changes=changed)


def _refuse(
    destination: Destination, release: Release, live: Release | None, key: Path | None, secrets: Sequence[Secret] | None
) -> None:
    """Raise DiscloseError when the release is not the one that was published, or shows what is hidden now.

    `secrets`: None when it may show that.
    """
    manifest = destination.read(release, MANIFEST)
    refuse_renamed(release, manifest)
    refuse_foreign(destination, release, live, manifest)
    refuse_unsigned(destination, release, live, manifest, key)
    if secrets is not None:
        files = _manifest_or_none(destination, live)
        refuse_to_bring_back(destination, release, live, files)
        refuse_secrets(destination, release, files, secrets)


def back(destination: Destination, release: Release, live: Release | None) -> Changes:
    """What a return to `release` changes."""
    return changes(_manifest_or_none(destination, live), _manifest(destination, release))


def preview_rollback(
    destination: Destination,
    wanted: str,
    *,
    allow_withdrawn: bool = False,
    key: Path | None = None,
    secrets: Sequence[Secret] = (),
) -> tuple[Release, Changes, str]:
    """The release to which a rollback would return, what that changes, and why it would be refused; changes nothing."""
    live = destination.live()
    release = chosen(destination.releases(), live, wanted)
    refusal = ""
    try:
        if release != live:
            _refuse(destination, release, live, key, None if allow_withdrawn else secrets)
    except UsageError:
        raise
    except DiscloseError as error:
        refusal = str(error)
    return release, back(destination, release, live), refusal
