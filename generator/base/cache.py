"""What is slow to work out and always comes out the same, kept from one run to the next.

It is in the user's folder for compiled templates, below that for temporary files, as JSON: item → result. A file there
begins with the hash of what follows. It may be deleted at any time; one that is not as it was written is not believed,
and a folder that cannot be written costs only time.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import orjson
from jinja2 import FileSystemBytecodeCache

from generator.base.files import bytes_of, write_bytes


def remembered(kind: str, items: Iterable[str], work_out: Callable[[Sequence[str]], Iterable[str]]) -> dict[str, str]:
    """What `work_out` makes of each of the items, asked only for those of which nothing is known yet.

    `kind` names the file; it must change when results may.
    """
    place, wanted = _place(kind), list(dict.fromkeys(items))
    known = _load(place) if place else {}
    missing = [item for item in wanted if item not in known]
    if missing:
        known |= dict(zip(missing, work_out(missing), strict=True))
        if place:
            with contextlib.suppress(OSError):
                keep(place, json.dumps(known).encode())
    return {item: known[item] for item in wanted}


def keep(place: Path, data: bytes) -> None:
    """Keep bytes in a file, to be believed as long as it is as it was written. Raises OSError."""
    write_bytes(place, _seal(data) + data)


def kept(place: Path) -> bytes | None:
    """What `keep` wrote there; None where nothing is, or something else."""
    try:
        found = bytes_of(place)
    except OSError:
        return None
    seal, data = found[:_SEAL], found[_SEAL:]
    return data if seal == _seal(data) else None


_SEAL = 16


def _seal(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=_SEAL).digest()


def _place(kind: str) -> Path | None:
    try:
        return Path(FileSystemBytecodeCache().directory, f"disclose-{kind}.json")  # only this user may use that folder
    except (OSError, RuntimeError):  # no such folder can be made
        return None


def _load(place: Path) -> dict[str, str]:
    try:
        found = orjson.loads(kept(place) or b"{}")
    except ValueError:
        return {}
    if isinstance(found, dict) and all(isinstance(value, str) for value in found.values()):
        return found
    return {}
