"""What this machine keeps about the desk of a site: its key and port, who sits here, where the site is published to.

One JSON file in the user's state folder, which its owner alone may read: whoever has the key is the editor.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import secrets
import sys
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any, NamedTuple

from generator.base.files import unwritable

PORT = 5510
_OWNER_ONLY = 0o600
_OTHERS = 0o077


class PublishPlace(NamedTuple):
    """Where the site may be published to."""

    name: str
    address: str
    """A folder, `user@host:path` or `ssh://…`, as `disclose publish` takes it."""


def _secret() -> str:
    return secrets.token_hex(16)  # 128 bits


@dataclass(frozen=True, slots=True, kw_only=True)
class Local:
    """The desk of one site on this machine."""

    key: str = field(default_factory=_secret, repr=False)
    """Begins every path: who does not know it is not answered. It stays the same, so that bookmarks live on."""
    csrf: str = field(default_factory=_secret, repr=False)
    """Stands in every form of the desk."""
    port: int = PORT
    """Of the desk; the preview has the next one."""
    who: str = ""
    """The name under which acts are noted."""
    places: tuple[PublishPlace, ...] = ()
    single_keys: bool = True
    """Whether single letters are shortcuts (WCAG 2.1.4)."""
    large: bool = False
    """Whether the desk's own text is larger."""


def place_of(site: Path) -> Path:
    """The file in which it is kept."""
    return _state_folder() / "disclose" / f"desk-{hashlib.sha256(os.fsencode(site.resolve())).hexdigest()[:16]}.json"


def _state_folder() -> Path:
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData/Local")
    return Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local/state")


def load(site: Path) -> Local:
    """What is kept of the desk of a site; what is not, or cannot be read, is new. A key that others could read is none.

    Nothing is written.
    """
    path = place_of(site)
    try:
        known = json.loads(path.read_bytes())
        is_open = os.name == "posix" and bool(path.stat().st_mode & _OTHERS)
        return _read(known, is_open=is_open)
    except (OSError, ValueError, TypeError, AttributeError, KeyError):
        return Local()


def _read(known: dict[str, Any], *, is_open: bool) -> Local:
    """What the file says. Raises ValueError for what no desk wrote."""
    kinds = {one.name: type(getattr(_NEW, one.name)) for one in fields(Local)}
    values = {name: known[name] for name in kinds if name in known}
    values["places"] = tuple(PublishPlace(*map(str, place)) for place in values.get("places", ()))
    if any(not isinstance(value, kinds[name]) for name, value in values.items()):
        raise ValueError(known)
    if is_open or not all(_SECRET.fullmatch(values.get(name, "")) for name in ("key", "csrf")):
        values = {name: value for name, value in values.items() if name not in ("key", "csrf")}
    return Local(**values)


_NEW = Local()
_SECRET = re.compile("[0-9a-f]{32}")


def save(site: Path, local: Local) -> None:
    """Keep it, in one step, for its owner alone. Raises DiscloseError."""
    path = place_of(site)
    name = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY)
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as out:
                json.dump(asdict(local), out, ensure_ascii=False, indent=1)
            name.replace(path)
        except BaseException:
            with contextlib.suppress(OSError):
                name.unlink()
            raise
    except OSError as error:
        raise unwritable(path, error) from error


def with_new_key(local: Local) -> Local:
    """The same desk at another address: old bookmarks and open tabs are dead."""
    return replace(local, key=_secret(), csrf=_secret())
