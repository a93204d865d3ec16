"""A value as a classic script that hands it over: loads by script element, from disk too, under a strict policy."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from typing import Any

import orjson

File = tuple[str, bytes]
"""Path below the folder of the index, content."""

_FORMAT = b"3 "
"""Goes into every hash: a new form of the files is never taken for an old one."""
_CALL = "discloseSearch("
_ALONE = re.compile("[\ud800-\udfff]")


def script(value: Any) -> bytes:
    """`discloseSearch(value)`."""
    return b"%b%b)" % (_CALL.encode(), _encoded(value))


def value(content: bytes) -> Any:
    """What a file of the index hands over. Raises ValueError for what is no such file."""
    text = content.decode()
    if not text.startswith(_CALL) or not text.endswith(")"):
        raise ValueError("no file of a search index")
    return json.loads(text[len(_CALL) : -1])


def _encoded(value: Any) -> bytes:
    """JSON that is a script too; half characters, which UTF-8 cannot hold, are escaped."""
    try:
        data = orjson.dumps(value)
    except TypeError:
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        data = _ALONE.sub(lambda match: f"\\u{ord(match[0]):04x}", text).encode()
    return data.replace("\u2028".encode(), b"\\u2028").replace("\u2029".encode(), b"\\u2029")


def stamp(*contents: bytes | memoryview) -> str:
    """Six letters and digits that stand for the contents; alike on disks that ignore case."""
    digest = hashlib.sha256(_FORMAT)
    for content in contents:
        digest.update(content)
    return base64.b32encode(digest.digest()).decode()[:6].lower()


def stamped(name: str, value: Any) -> File:
    """`<name>-<stamp>.js` of `value`."""
    content = script(value)
    return f"{name}-{stamp(content)}.js", content
