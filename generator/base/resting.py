"""A tree that rests: second names for the files of an output, in the site's cache folder, until its next build.

To link a hundred thousand files into a new folder and to delete them in the old one takes longer than all else that an
edit asks for. So the two trees take turns: the folder that was replaced keeps what it shares with the new output, and
the next build fills it instead of an empty one. It holds no file that the output does not hold, and may be deleted.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

from generator.base.clearing import BEGUN, clear, is_ours, listed_in
from generator.base.manifest import MANIFEST

PLACE = ".cache/outputs"
"""Below a site's folder."""


@dataclass(frozen=True, slots=True)
class RestingTree:
    """The tree of one output; a site has one at a time."""

    site: Path
    output: Path
    """Its true path."""

    @property
    def folder(self) -> Path:
        """Where it rests."""
        return self.site / PLACE / hashlib.sha256(os.fsencode(self.output)).hexdigest()[:12]

    def wake(self, new: Path) -> frozenset[str]:
        """Give it the name `new`, and say its files; where none rests, `new` is an empty folder. Both have BEGUN."""
        try:
            mark = self.folder / BEGUN
            if mark.is_file() and not mark.is_symlink() and not self.folder.is_symlink():
                names = names_in(self.folder)
                os.rename(self.folder, new)
                return frozenset(names) - {BEGUN}
        except OSError:  # it is damaged, or on another disk
            pass
        new.mkdir()
        (new / BEGUN).touch()
        return frozenset()

    def lay(self, old: Path, same: Collection[str]) -> bool:
        """Lay the output that was replaced to rest, with those of its files that are the `same` as in the new one.

        False, and nothing is done, when it shares none, or holds what no build wrote.
        """
        try:
            listed, names = listed_in(old), names_in(old)
            one = next(iter(same), None)
            if listed is None or one is None or not os.path.samefile(old / one, self.output / one):
                return False
            changed = names.difference(same)
            if not all(
                path == MANIFEST or (path in listed and is_ours(old, path, listed[path], self.output))
                for path in changed
            ):
                return False
            self.folder.parent.mkdir(parents=True, exist_ok=True)
            for other in self.folder.parent.iterdir():
                clear(other, self.output)
            os.rename(old / MANIFEST, old / BEGUN)  # from here on it is what a build left, in whatever state
            without(old, changed - {MANIFEST})
            os.rename(old, self.folder)
        except OSError:
            return False
        return True


def names_in(folder: Path) -> set[str]:
    """The paths of all files in a folder. Raises OSError when there is anything else in it: a link, an empty folder."""
    found, todo = set[str](), [""]
    while todo:
        inside = todo.pop()
        with os.scandir(f"{folder}/{inside}") as scanned:
            entries = list(scanned)
            if not entries:
                raise FileNotFoundError(folder, inside)
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    todo.append(f"{inside}{entry.name}/")
                elif entry.is_file(follow_symlinks=False):
                    found.add(inside + entry.name)
                else:
                    raise FileExistsError(folder, entry.path)
    return found


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
