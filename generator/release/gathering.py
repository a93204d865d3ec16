"""One portal over several published sites: their records become notices here, word for word, linked to where they are.

A published site is taken whole or not at all: its manifest is read (and its signature, where a key is named), then the
records that are new or have another hash than here, each compared with the manifest. Only then is anything written.
What the site does not list any more goes; what is somebody else's, or was decided here, stays.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import re
import tempfile
from collections.abc import Container, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from generator.base.diagnostics import ContentError, DiscloseError
from generator.base.files import NOTICES, notice_files, read_text, write_bytes
from generator.base.layout import SOURCES
from generator.base.locks import editing
from generator.base.manifest import MANIFEST, read_manifest
from generator.base.workers import Progress, silent
from generator.content.config import load_config
from generator.content.gathered import RECORD, notice_of_record
from generator.content.notice_file import read_notice, write_notice
from generator.model.decisions import Gathering, Withdrawal
from generator.model.notice import Notice
from generator.release.copies import Copy, Web, is_here
from generator.release.signature import SIGNATURE, signature_fault

_RECORDS = re.compile(r"(notices/[a-z0-9-]+/)notice\.json")
_CATALOGUE = "data/catalog.jsonld"
_TITLE_END = "开放数据"
_LONGEST_NAME = 100
"""Characters of the name of a site."""


class GatheredSite(NamedTuple):
    """What came of a published site."""

    name: str
    address: str
    added: int
    changed: int
    gone: int
    unchanged: int


class GatheredNotice(NamedTuple):
    """A notice that was gathered before."""

    path: Path
    notice: Notice


def gather_site(
    site: Path, copy: Copy, *, key: Path | None = None, others: Container[str] = (), progress: Progress = silent
) -> GatheredSite:
    """Take what a published site holds into `site`, whole or not at all; time grows with what changed since.

    `others` are the addresses of those that were taken just now: this one may be none of them.

    Raises DiscloseError when it is no published site, its signature is another's, or what it holds is not what its own
    manifest says: then nothing was written.
    """
    if isinstance(copy, Web) and not copy.is_safe and key is None:
        raise DiscloseError(
            f"{copy.shown}: is not encrypted, so anybody on the way can alter it; name its https:// address, or the "
            "public key of its publisher with --key"
        )
    listed = _listed(copy, key)
    name, address = _whose(copy, listed)
    if address in others or not _may_be(copy, address):
        raise DiscloseError(
            f"{copy.shown}: says that its address is {address}, which is another site's; nothing is taken in its name"
        )
    if address == load_config(site).base_url:
        raise DiscloseError(f"{copy.shown}: has the address of this site itself, {address}; see base_url in site.yml")
    held = {one.notice.gathered.address: one for one in _held(site) if one.notice.gathered}
    mine = {place: one for place, one in held.items() if place.startswith(f"{address}notices/")}
    wanted = {address + found[1]: path for path in listed if (found := _RECORDS.fullmatch(path))}
    fresh = {
        place: path
        for place, path in wanted.items()
        if place not in mine or mine[place].notice.source.sha256 != listed[path]
    }
    gone = mine.keys() - wanted.keys()
    with tempfile.TemporaryDirectory(prefix="disclose-gather-") as folder:
        staged = _staged(copy, fresh, listed, name, Path(folder), progress)
        with editing(site):
            taken = {path.stem for path in notice_files(site)}
            for place, path in staged.items():
                data, old = path.read_bytes(), mine.get(place)
                notice = notice_of_record(data).replace(gathered=Gathering(site=name, address=place))
                here = _as_here(site, notice, old) if old else notice.replace(id=_free_id(notice.id, place, taken))
                taken.add(here.id)
                _write(site, here, data, old)
            for place in gone:
                _remove(site, mine[place])
    changed = len(fresh.keys() & mine.keys())
    return GatheredSite(name, address, len(fresh) - changed, changed, len(gone), len(wanted) - len(fresh))


def _staged(
    copy: Copy, fresh: Mapping[str, str], listed: Mapping[str, str], name: str, folder: Path, progress: Progress
) -> dict[str, Path]:
    """The records of these places, each proved, in files of `folder`: those of a country fit no memory."""
    staged = {}
    with progress(name, len(fresh)) as bar:
        for number, (place, path) in enumerate(fresh.items()):
            data = _read(copy, path, listed)
            try:
                own = notice_of_record(data).id
            except DiscloseError as error:
                raise DiscloseError(f"{copy.shown}: {path}: {error}") from error
            if path != f"notices/{own}/{RECORD}":
                raise DiscloseError(f"{copy.shown}: {path}: the record is that of {own}")
            staged[place] = folder / str(number)
            staged[place].write_bytes(data)
            bar.update(1)
    return staged


def _listed(copy: Copy, key: Path | None) -> Mapping[str, str]:
    manifest = copy.read(MANIFEST)
    if manifest is None:
        raise DiscloseError(f"{copy.shown}: holds no {MANIFEST}, so it is no site that a build made")
    if key is not None:
        signature = copy.read(SIGNATURE)
        fault = "it is not signed" if signature is None else signature_fault(manifest, signature, key)
        if fault:
            raise DiscloseError(f"{copy.shown}: not the signature of {key} over its manifest: {fault}")
    return read_manifest(manifest, f"{copy.shown}/{MANIFEST}")


def _read(copy: Copy, path: str, listed: Mapping[str, str]) -> bytes:
    """A file, when it is the one that the manifest lists."""
    data = copy.read(path)
    if data is None:
        raise DiscloseError(f"{copy.shown}: its manifest lists {path}, and it is not there")
    if hashlib.sha256(data).hexdigest() != listed[path]:
        raise DiscloseError(
            f"{copy.shown}: {path} is not the file that its manifest lists; perhaps it was being published"
        )
    return data


def _whose(copy: Copy, listed: Mapping[str, str]) -> tuple[str, str]:
    """Name and address of a published site, as its catalogue gives them."""
    if _CATALOGUE not in listed:
        raise DiscloseError(f"{copy.shown}: has no {_CATALOGUE}, which says whose site it is")
    try:
        catalogue = json.loads(_read(copy, _CATALOGUE, listed))
        home, title = str(catalogue["foaf:homepage"]["@id"]), str(catalogue["dct:title"]["@value"])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise DiscloseError(f"{copy.shown}: {_CATALOGUE} does not say whose site it is") from error
    address = home.removesuffix("index.html")
    if not re.fullmatch(r"https?://[^\s\"'<>\\^`{|}@]+/", address):
        raise DiscloseError(f"{copy.shown}: gives no address of a site for its own: “{home[:80]}”")
    name = title.removesuffix(_TITLE_END)
    if not name.isprintable() or not 0 < len(name) <= _LONGEST_NAME:
        raise DiscloseError(f"{copy.shown}: {_CATALOGUE} does not say whose site it is")
    return name, address


def _may_be(copy: Copy, address: str) -> bool:
    """Whether a site may have the address that it gives for its own: one far away is known by where it answers."""
    asked = urlsplit(copy.shown)
    if not isinstance(copy, Web) or is_here(asked.hostname or ""):
        return True
    own = urlsplit(address)
    return (asked.hostname, asked.path.rstrip("/")) == (own.hostname, own.path.rstrip("/"))


def _held(site: Path) -> Iterator[GatheredNotice]:
    """The notices that were gathered; a file that cannot be read is a matter of `disclose check`."""
    for path in notice_files(site):
        try:
            text = read_text(path, str(path))
        except ContentError:
            continue
        notice = read_notice(text, str(path))[0] if "\ngathered:" in text else None
        if notice is not None and notice.gathered is not None:
            yield GatheredNotice(path, notice)


def _free_id(own: str, place: str, taken: Container[str]) -> str:
    """The id of a new notice: its own, or with digits of its address where another has it, whoever chose that."""
    digits = hashlib.sha256(place.encode()).hexdigest()
    return next(one for one in (own, f"{own}-{digits[:6]}", f"{own}-{digits}") if one not in taken)


def _as_here(site: Path, notice: Notice, held: GatheredNotice) -> Notice:
    """The notice with the id that it has here, and with what was decided about it here."""
    old = held.notice
    withdrawn = _withdrawn_here(site, old) or notice.withdrawn
    return notice.replace(id=old.id, accepted=old.accepted, masks=old.masks, withdrawn=withdrawn)


def _withdrawn_here(site: Path, notice: Notice) -> Withdrawal | None:
    """The withdrawal that this portal decided: one that the record did not bring; None: there is none."""
    if notice.withdrawn is None:
        return None
    with contextlib.suppress(OSError, DiscloseError):
        if notice_of_record((site / SOURCES / notice.id / RECORD).read_bytes()).withdrawn == notice.withdrawn:
            return None
    return notice.withdrawn


def _write(site: Path, notice: Notice, data: bytes, held: GatheredNotice | None) -> None:
    """The record first: without it the content file would be one that nothing proves."""
    write_bytes(site / SOURCES / notice.id / RECORD, data)
    year = str(notice.published.year) if notice.published else "undated"
    path = held.path if held else site / NOTICES / year / f"{notice.id}.md"
    write_bytes(path, write_notice(notice).encode())


def _remove(site: Path, held: GatheredNotice) -> None:
    held.path.unlink(missing_ok=True)
    (site / SOURCES / held.notice.id / RECORD).unlink(missing_ok=True)
