"""What is slow to work out and always comes out the same, kept from one run to the next.

It is in the user's folder for compiled templates, below that for temporary files, as plain JSON: item → result. The
file may be deleted at any time; one that cannot be read is worked out again, and a folder that cannot be written costs
only time.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import orjson
from jinja2 import FileSystemBytecodeCache

from generator.base.files import write_bytes


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
                write_bytes(place, json.dumps(known).encode())
    return {item: known[item] for item in wanted}


def _place(kind: str) -> Path | None:
    try:
        return Path(FileSystemBytecodeCache().directory, f"disclose-{kind}.json")  # only this user may use that folder
    except (OSError, RuntimeError):  # no such folder can be made
        return None


def _load(place: Path) -> dict[str, str]:
    try:
        found = orjson.loads(place.read_bytes())
    except (OSError, ValueError):
        return {}
    if isinstance(found, dict) and all(isinstance(value, str) for value in found.values()):
        return found
    return {}
