"""What earlier indexes of a site were made of: arrays in files of its cache folder, by names that say their sources.

A file bears a hash of its own: one that is damaged, or of another program, is not believed. One that has the stamp
with which it was written needs no look at its bytes: an index of a thousand notices has a hundred megabytes of them,
of which an edit reads some. Where none can be read or written everything is made anew, and waits in a temporary file.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import stat
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import IO, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from generator.base.files import write_bytes
from generator.base.looked import is_recent

_SUFFIX = ".kept"
_SEAL, _LENGTH = 16, 8
_HEAD = _SEAL + _LENGTH

KeptStamp = Sequence[int]
"""Size, time of change, time of change of the inode, inode."""
Array = NDArray[Any]


class KeptLostError(Exception):
    """Something that was kept went, or changed, while it was used."""


class _ArrayPlace(NamedTuple):
    """Where an array lies in a file."""

    at: int
    length: int
    kind: np.dtype[Any]


class Kept:
    """A value and some arrays, which are read when they are asked for."""

    def __init__(
        self, said: Any, places: Sequence[_ArrayPlace], file: Path | IO[bytes] | None, held: Sequence[Array] = ()
    ) -> None:
        """The arrays are in `file`, or, when there is none, `held`."""
        self.said = said
        self._places, self._file, self._held = places, file, held

    def whole(self, number: int) -> Array:
        """An array."""
        return self._held[number] if self._file is None else self.some(number, [(0, self._places[number].length)])

    def size(self, number: int) -> int:
        """How many values an array has."""
        return len(self._held[number]) if self._file is None else self._places[number].length

    def some(self, number: int, ranges: Iterable[tuple[int, int]]) -> Array:
        """Parts of an array, from a place to another, one after the other. Raises KeptLostError."""
        if self._file is None:
            held = self._held[number]
            return np.concatenate([held[:0], *(held[at:end] for at, end in ranges)])
        place, data = self._places[number], bytearray()
        size = place.kind.itemsize
        try:
            with self._opened() as file:
                for at, end in ranges:
                    file.seek(place.at + at * size)
                    data += _read(file, (end - at) * size)
        except (OSError, EOFError) as error:
            raise KeptLostError from error
        return np.frombuffer(data, dtype=place.kind)

    def _opened(self) -> contextlib.AbstractContextManager[IO[bytes]]:
        assert self._file is not None  # noqa: S101 - else the arrays are held
        return (
            self._file.open("rb", buffering=0) if isinstance(self._file, Path) else contextlib.nullcontext(self._file)
        )


class KeptArrays:
    """What is kept of one site; what was not asked for is deleted when it is tidied."""

    def __init__(self, folder: Path | None = None, program: str = "") -> None:
        """Without a folder it keeps nothing; what another `program` made is not believed."""
        self._folder, self._program = folder, program
        self._asked = set[str]()
        self._stamps: Mapping[str, KeptStamp] = {}

    def trust(self, stamps: Mapping[str, KeptStamp]) -> None:
        """Believe the files that have these stamps, by name."""
        self._stamps = stamps

    def stamps(self) -> dict[str, KeptStamp]:
        """The stamps of all that was asked for; of what changed a moment ago none."""
        now, found = time.time_ns(), dict[str, KeptStamp]()
        for name in self._asked:
            stamp = self._stamp(name)
            if stamp and not is_recent(max(stamp[1:3]), now):
                found[name] = stamp
        return found

    def need(self, names: Iterable[str]) -> None:
        """Let these stay."""
        self._asked.update(names)

    def get(self, name: str) -> Kept | None:
        """What is kept by that name."""
        self._asked.add(name)
        path, stamp = self._path(name), self._stamp(name)
        if path is None or stamp is None:
            return None
        try:
            with path.open("rb") as file:
                if self._stamps.get(name) != stamp:
                    seal = _read(file, _SEAL)
                    if seal != self._seal(name, file.read()):
                        return None
                file.seek(_SEAL)
                length = int.from_bytes(_read(file, _LENGTH), "little")
                said = _read(file, length)
            value, kinds = json.loads(said)
        except (OSError, EOFError, ValueError):
            return None
        return Kept(value, list(_places(_HEAD + length, kinds)), path)

    def put(self, name: str, said: Any, arrays: Sequence[Array]) -> Kept:
        """Keep a value that JSON can hold, and arrays; gives them as `get` will."""
        self._asked.add(name)
        kinds = [(array.dtype.str, len(array)) for array in arrays]
        head = json.dumps([said, kinds]).encode()
        head += b" " * (-len(head) % 8)
        parts = [len(head).to_bytes(_LENGTH, "little"), head]
        for array in arrays:
            data = np.ascontiguousarray(array).tobytes()
            parts += (data, bytes(-len(data) % 8))
        body, path = b"".join(parts), self._path(name)
        with contextlib.suppress(OSError):
            if path:
                write_bytes(path, self._seal(name, body) + body)
                return Kept(said, list(_places(_HEAD + len(head), kinds)), path)
        with contextlib.suppress(OSError):
            at = self._spool.seek(0, os.SEEK_END)
            self._spool.write(body)
            return Kept(said, list(_places(at + _LENGTH + len(head), kinds)), self._spool)
        return Kept(said, (), None, arrays)

    def __enter__(self) -> KeptArrays:
        return self

    def __exit__(self, *_: object) -> None:
        if "_spool" in self.__dict__:
            self._spool.close()

    def tidy(self) -> None:
        """Delete what is not needed any longer; nothing where a link leads, which may be somebody's folder."""
        with contextlib.suppress(OSError):
            for path in self._folder.glob(f"*{_SUFFIX}") if self._folder and not self._folder.is_symlink() else ():
                if path.stem not in self._asked:
                    path.unlink()

    @cached_property
    def _spool(self) -> IO[bytes]:
        return tempfile.TemporaryFile()

    def _path(self, name: str) -> Path | None:
        return self._folder / f"{name}{_SUFFIX}" if self._folder else None

    def _stamp(self, name: str) -> KeptStamp | None:
        path = self._path(name)
        try:
            found = path.stat() if path else None
        except OSError:
            return None
        if found is None or not stat.S_ISREG(found.st_mode):  # nobody waits for a pipe
            return None
        return [found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino]

    def _seal(self, name: str, body: bytes) -> bytes:
        found = hashlib.blake2b(f"{self._program} {name}".encode(), digest_size=_SEAL)
        found.update(body)
        return found.digest()


def _places(at: int, kinds: Iterable[tuple[str, int]]) -> Iterator[_ArrayPlace]:
    for kind, count in kinds:
        place = _ArrayPlace(at, count, np.dtype(kind))
        yield place
        at += count * place.kind.itemsize
        at += -at % 8


def _read(file: IO[bytes], size: int) -> bytes:
    data = file.read(size)
    if len(data) != size:
        raise EOFError
    return data
