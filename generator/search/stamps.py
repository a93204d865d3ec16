"""Stamps of the lists, by which a reader knows whether a list that was read is one of this index.

A list keeps its name when what it holds changes, so an edit changes few files. What index.js, the words and everything
else with a hash in its name say is of one build; a list that comes from a cache, or from a site that was replaced a
moment ago, may be of another. So each hands over its stamp, the hash of what it says, beside the value, and sheets
have the stamps that the lists of this index bear. A sheet bears a hash in its name, and index.js says the names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from generator.search.script import HASH, NOTE, File, IndexFile, KnownFiles, content_hash, script, stamped

SHEET = 256
"""Stamps in a sheet: a query asks for one or two, and each edit changes most of them."""


def split(name: str) -> tuple[str, int]:
    """The kind and the number of a list.

    >>> split("o12"), split("7")
    (('o', 12), ('', 7))
    """
    kind = name.rstrip("0123456789")
    return kind, int(name[len(kind) :])


class StampWriter:
    """Takes lists one by one, in any order, and writes their stamps down."""

    def __init__(self, known: KnownFiles) -> None:
        """Lists that are `known` are not made again when they would be made from the same."""
        self._known = known
        self._stamps: dict[str, str] = {}
        """By name."""

    def is_known(self, name: str, source: str) -> bool:
        """Whether the list of that name is there, made from that."""
        return self._known.get(f"p/{name}.js", "").startswith(source)

    def again(self, name: str) -> IndexFile | None:
        """The file of a list that is made from the same as the known one; None when none is known."""
        path = f"p/{name}.js"
        return self._noted(name, IndexFile(path, note, None)) if (note := self._known.get(path)) else None

    def add(self, name: str, source: str, value: Callable[[], Any]) -> IndexFile:
        """The file of a list that is made from what has the hash `source`; no value is asked for when it is known."""
        path = f"p/{name}.js"
        if self.is_known(name, source):
            note, content = self._known[path], None
        else:
            content = script(value())
            note = source + content_hash(content)
            content = stamped(content, note[NOTE:])
        return self._noted(name, IndexFile(path, note, content))

    def _noted(self, name: str, file: IndexFile) -> IndexFile:
        self._stamps[name] = file.note[NOTE:]
        return file

    def sheets(self, names: Iterable[str]) -> Iterator[File]:
        """The sheets, with the stamps of lists in this order, those of a kind together; sets `entry`."""
        slots, stamps = dict[str, int](), list[str]()
        for name in names:
            slots.setdefault(split(name)[0], len(stamps))
            stamps.append(self._stamps[name])
        hashes = list[str]()
        for first in range(0, len(stamps), SHEET):
            content = script("".join(stamps[first : first + SHEET]))
            hashes.append(content_hash(content))
            yield f"stamps-{hashes[-1]}.js", content
        sheets = "".join(hashes)
        self.entry: dict[str, Any] = {
            "slots": slots,
            "sheet": SHEET,
            "sheets": sheets,
            "version": content_hash(sheets.encode()),
        }


def stamp_in(entry: dict[str, Any], name: str, place: int) -> tuple[str, slice]:
    """The sheet with the stamp of the list at this place among those of its kind, and where; as search.js says."""
    kind, _ = split(name)
    sheet, at = divmod(entry["slots"][kind] + place, entry["sheet"])
    return f"stamps-{entry['sheets'][sheet * HASH : (sheet + 1) * HASH]}.js", slice(at * HASH, (at + 1) * HASH)
