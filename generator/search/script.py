"""A value as a classic script that hands it over: loads by script element, from disk too, under a strict policy."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any, NamedTuple

import orjson

File = tuple[str, bytes]
"""Path below the folder of the index, content."""


class IndexFile(NamedTuple):
    """A file of the index, by what it is made from."""

    path: str
    """Below the folder of the index."""
    note: str
    """What is to be known of it the next time."""
    content: bytes | None
    """None: it is the one that was known."""


KnownFiles = Mapping[str, str]
"""Path → note of the files that are there."""


def made_from(*values: bytes | memoryview) -> str:
    """The hash of what a file is made from; all of `NOTE` characters."""
    digest = hashlib.blake2b(_FORMAT, digest_size=NOTE // 2)
    for value in values:
        digest.update(len(value).to_bytes(8, "little"))
        digest.update(value)
    return digest.hexdigest()


NOTE = 32
CONTENT_NOTE = 64
"""Characters of the hash of the bytes of a file that is known by these."""
HASH = 6
"""Characters of a hash."""
_FORMAT = b"6 "
"""Goes into every hash: a new form of the files is never taken for an old one."""
_CALL = "discloseSearch("
_ALONE = re.compile("[\ud800-\udfff]")


def script(value: Any) -> bytes:
    """`discloseSearch(value)`."""
    return b"%b%b)" % (_CALL.encode(), _encoded(value))


def stamped(content: bytes, stamp: str) -> bytes:
    """The script that hands over a stamp, too."""
    return b'%b,"%b")' % (content[:-1], stamp.encode())


def value(content: bytes) -> Any:
    """What a file of the index hands over. Raises ValueError for what is no such file."""
    return handed(content)[0]


def handed(content: bytes) -> list[Any]:
    """The same, and its stamp when it has one."""
    text = content.decode()
    if not text.startswith(_CALL) or not text.endswith(")"):
        raise ValueError("no file of a search index")
    found: list[Any] = json.loads(f"[{text[len(_CALL) : -1]}]")
    return found


def _encoded(value: Any) -> bytes:
    """JSON that is a script too; half characters, which UTF-8 cannot hold, are escaped."""
    try:
        data = orjson.dumps(value)
    except TypeError:
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        data = _ALONE.sub(lambda match: f"\\u{ord(match[0]):04x}", text).encode()
    return data.replace("\u2028".encode(), b"\\u2028").replace("\u2029".encode(), b"\\u2029")


def content_hash(*contents: bytes | memoryview) -> str:
    """Six letters and digits that stand for the contents; alike on disks that ignore case."""
    digest = hashlib.sha256(_FORMAT)
    for content in contents:
        digest.update(content)
    return base64.b32encode(digest.digest()).decode()[:HASH].lower()


def known_by_content(known: KnownFiles, path: str, content: bytes, state: str = "") -> IndexFile:
    """A file that is known by its bytes alone; with a `state` that is noted behind them."""
    note = hashlib.sha256(content).hexdigest()
    return IndexFile(path, note + state, None if known.get(path, "")[:CONTENT_NOTE] == note else content)


def hashed(name: str, value: Any) -> File:
    """`<name>-<hash>.js` of `value`."""
    content = script(value)
    return f"{name}-{content_hash(content)}.js", content
