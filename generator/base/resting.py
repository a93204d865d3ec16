"""A tree that rests: second names for the files of an output, in the site's cache folder, until its next build.

To link a hundred thousand files into a new folder and to delete them in the old one takes longer than all else that an
edit asks for. So the two trees take turns: the folder that was replaced keeps what it shares with the new output, and
the next build fills it instead of an empty one. It holds no file that the output does not hold, and may be deleted.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from generator.base.clearing import BEGUN, clear, is_ours, listed_in
from generator.base.looked import TreeLook, TreeSeen, load_seen, save_seen
from generator.base.manifest import MANIFEST

PLACE = ".cache/outputs"
"""Below a site's folder."""
LOOKS = ".cache/folders.json"
"""What was seen in its folders, and in those of the output that took its place."""
_RESTING, _OUTPUT = "resting", "output"


class Woken(NamedTuple):
    """What lay in a tree."""

    files: frozenset[str]
    """The paths of its files."""
    unsure: frozenset[str]
    """Those of them that may be others than were laid to rest: their folder has another stamp."""


@dataclass(frozen=True, slots=True)
class RestingTree:
    """The tree of one output; a site has one at a time."""

    site: Path
    output: Path
    """Its true path."""
    _seen: dict[str, TreeSeen] = field(default_factory=dict, repr=False)
    """Of the tree that woke, what was seen in it; of the output, what was seen before it was the output."""

    @property
    def folder(self) -> Path:
        """Where it rests."""
        return self.site / PLACE / hashlib.sha256(os.fsencode(self.output)).hexdigest()[:12]

    def wake(self, new: Path) -> Woken:
        """Give it the name `new`, and say its files; where none rests, `new` is an empty folder. Both have BEGUN."""
        try:
            mark = self.folder / BEGUN
            links = (mark, self.folder, self.folder.parent)
            if mark.is_file() and not any(map(Path.is_symlink, links)):
                seen = load_seen(self.site / LOOKS, str(self.output))
                self._seen[_OUTPUT] = seen.get(_OUTPUT, {})
                look = TreeLook(self.folder, seen.get(_RESTING))
                os.rename(self.folder, new)
                self._seen[_RESTING] = look.seen
                return Woken(frozenset(look.names - {BEGUN}), frozenset(look.listed))
        except OSError:  # it is damaged, or on another disk
            pass
        new.mkdir()
        (new / BEGUN).touch()
        return Woken(frozenset(), frozenset())

    def lay(self, old: Path, same: Collection[str], was_written: Callable[[str], bool]) -> bool:
        """Lay the output that was replaced to rest, with those of its files that are the `same` as in the new one.

        False, and nothing is done, when it shares none, or holds what no build wrote; `was_written` vouches for a file
        without a look at its bytes.
        """
        try:
            look = TreeLook(old, self._seen.get(_OUTPUT))
            one = next(iter(same), None)
            if one is None or not os.path.samefile(old / one, self.output / one):
                return False
            changed = look.names.difference(same)
            others = {path for path in changed if path != MANIFEST and not was_written(path)}
            listed = (listed_in(old) or {}) if others else {}
            if not all(path in listed and is_ours(old, path, listed[path], self.output) for path in others):
                return False
            self.folder.parent.mkdir(parents=True, exist_ok=True)
            if self.folder.parent.is_symlink():  # it may be somebody's folder
                return False
            for other in self.folder.parent.iterdir():
                clear(other, self.output)
            os.rename(old / MANIFEST, old / BEGUN)  # from here on it is what a build left, in whatever state
            without(old, changed - {MANIFEST})
            os.rename(old, self.folder)
        except OSError:
            return False
        save_seen(self.site / LOOKS, str(self.output), {_RESTING: look.seen, _OUTPUT: self._seen.get(_RESTING, {})})
        return True


def without(folder: Path, paths: Iterable[str]) -> None:
    """Delete files of a folder that may be there, and the folders that are empty then."""
    emptied = set[str]()
    for path in paths:
        place = f"{folder}/{path}"
        if os.path.lexists(place) and not os.path.isdir(place):
            os.unlink(place)
            emptied.add(path.rpartition("/")[0])
    for path in sorted(emptied, key=len, reverse=True):
        inside = path
        while inside and os.path.isdir(f"{folder}/{inside}") and not os.listdir(f"{folder}/{inside}"):
            os.rmdir(f"{folder}/{inside}")
            inside = inside.rpartition("/")[0]


def remove(path: str) -> None:
    """Delete a file, or a folder with all that is in it; a link goes, not what it leads to."""
    if os.path.isdir(path) and not os.path.islink(path):
        shutil.rmtree(path)
    else:
        os.unlink(path)
