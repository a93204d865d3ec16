"""Characters that no reader hands on: line ends of other systems, and what nobody can see."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.model.notice import Anomaly, Edit
from generator.readers import limits

_LINE_END = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")

# Control characters but tab and newline, and characters without width: nobody sees them, they hide words from a
# search, and those that turn the direction of writing can show other words than are there.
_INVISIBLE = re.compile(
    "[\0-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]+"
)
_UNREADABLE = re.compile("[\ufffd\ue000-\uf8ff]")


def clean(text: str, line: int = 1) -> tuple[str, tuple[Edit, ...]]:
    """`text` with newlines as its only line ends and without invisible characters, and an edit for each run of them.

    `line` is the number of its first line.
    """
    text = _LINE_END.sub("\n", text)
    if not _INVISIBLE.search(text):
        return text, ()
    edits: list[Edit] = []
    seen = 0
    for found in _INVISIBLE.finditer(text):
        line += text.count("\n", seen, found.start())
        seen = found.start()
        edits.append(Edit(kind="control-removed", line=line, before=found[0], after=""))
        limits.check("edits", len(edits))
    return _INVISIBLE.sub("", text), tuple(edits)


def unreadable(text: str) -> Iterator[Anomaly]:
    """An anomaly for each line with a character that could not be decoded, or that only the file's own font shows."""
    if not _UNREADABLE.search(text):
        return
    for number, line in enumerate(text.split("\n"), 1):
        if found := _UNREADABLE.search(line):
            quote = line[max(0, found.start() - 10) : found.start() + 10].strip()
            yield Anomaly(code="undecodable", line=number, quote=quote, message=_WHY[found[0] == "\ufffd"])


_WHY = {
    True: "此处有不能识读的字符，请对照原件。",
    False: "此处有只在原文件字体中才有的字符，请对照原件。",
}
