"""The compressed companions of a site's files (`index.html.gz`), which a web server sends as they are.

They are no part of the manifest, because what gzip makes of a file may differ between two machines; each is proved by
what comes out when it is unpacked.
"""

from __future__ import annotations

import gzip
import posixpath
import zlib
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from generator.base.diagnostics import DiscloseError
from generator.base.files import write_bytes
from generator.base.manifest import MANIFEST

SUFFIX = ".gz"
COMPRESSIBLE = frozenset(
    {".html", ".css", ".js", ".json", ".jsonld", ".ndjson", ".xml", ".svg", ".txt", ".csv", ".ics", ".vcf"}
)
"""Files of text; workbooks are compressed already, and a database is fetched whole and seldom."""
_LEAST = 512
"""Bytes below which a companion saves nothing: the answer fits one packet anyway."""

Track = Callable[[Iterable[str], int, str], Iterable[str]]
"""Shows how far a walk over paths has come: (paths, their number, what is done) → the same paths."""


def is_companion(path: str, listed: Iterable[str]) -> bool:
    """Whether `path` is the compressed companion of a file in `listed`, or of the manifest."""
    plain = path.removesuffix(SUFFIX)
    return plain != path and posixpath.splitext(plain)[1] in COMPRESSIBLE and (plain in listed or plain == MANIFEST)


def unpacked(data: bytes, most: int) -> bytes | None:
    """What is packed in `data`; None when it is no whole gzip file, or holds more than `most` bytes."""
    unpacking = zlib.decompressobj(wbits=31)
    try:
        found = unpacking.decompress(data, most + 1)
    except zlib.error:
        return None
    return found if unpacking.eof and not unpacking.unused_data and len(found) <= most else None


def pack(output: Path, packed: Path, paths: Iterable[str], track: Track, beside: str) -> list[str]:
    """Fill `packed` with the companions of the files at `paths`; returns their paths, sorted.

    What lies there from the last time is kept where it still unpacks to the file, and taken away where it does not,
    with the file `beside` them. Raises DiscloseError where anything else lies there: all in it would be published.
    """
    wanted = sorted(path for path in paths if posixpath.splitext(path)[1] in COMPRESSIBLE)
    if packed.is_symlink():
        packed.unlink()
    packed.mkdir(exist_ok=True)
    _refuse_foreign(packed, beside)
    with ThreadPoolExecutor() as pool:
        made = pool.map(partial(_pack, output, packed), wanted)
        sizes = zip(track(wanted, len(wanted), "compressing"), made, strict=True)
        found = {path + SUFFIX for path, has_companion in sizes if has_companion}
    for path in packed.rglob("*"):
        if path.is_file() and path.relative_to(packed).as_posix() not in found:
            path.unlink()
    return sorted(found)


def _refuse_foreign(packed: Path, beside: str) -> None:
    for path in packed.rglob("*"):
        name = path.relative_to(packed).as_posix()
        is_ours = path.is_dir() or (path.is_file() and (name == beside or is_companion(name, {name[: -len(SUFFIX)]})))
        if path.is_symlink() or not is_ours:
            raise DiscloseError(f"{path}: no publish put this here, and it would be published; move it away")


def _pack(output: Path, packed: Path, path: str) -> bool:
    data, companion = (output / path).read_bytes(), packed / (path + SUFFIX)
    if len(data) < _LEAST:
        return False
    if companion.is_file() and unpacked(companion.read_bytes(), len(data)) == data:
        return True
    small = gzip.compress(data, 9, mtime=0)
    if len(small) >= len(data):
        return False
    write_bytes(companion, small)
    return True
