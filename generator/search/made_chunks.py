"""What was made of the chunks of an earlier index: a file each in the site's cache folder, by the hash of its chunk.

An edit changes one chunk, or two; to cut the others into places again and to sort these is a third of the time of an
index. A file bears a hash of its own: one that is damaged is not believed. Where none can be read or written all chunks
are made.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np

from generator.base.files import write_bytes
from generator.search.chunks import Keys
from generator.search.holders import Entries
from generator.search.numbers import Numbers

_SUFFIX = ".chunk"
_SEAL = 16
_LENGTHS = 4


class MadeChunk(NamedTuple):
    """What lists take from a chunk."""

    entries: Entries
    """The records that hold each symbol, by symbol."""
    ends: Numbers
    """Where the entries of each symbol end."""
    keys: Keys
    """Names and addresses of all places, by runs of shards."""
    counts: Numbers
    """How many of these each run of shards has."""


class ChunkStore:
    """The chunks of one site; those that were not asked for when it is closed are deleted."""

    def __init__(self, folder: Path | None = None, program: str = "") -> None:
        """Without a folder it keeps nothing; what another `program` made is not believed."""
        self._folder, self._program = folder, program
        self._asked = set[str]()

    def made(self, source: str, make: Callable[[], MadeChunk]) -> MadeChunk:
        """What was made of the chunk of that hash, now or earlier."""
        self._asked.add(source)
        found = self._read(source)
        if found is None:
            found = make()
            self._write(source, found)
        return found

    def close(self) -> None:
        """Delete what is not needed any longer."""
        with contextlib.suppress(OSError):
            for path in self._folder.glob(f"*{_SUFFIX}") if self._folder else ():
                if path.stem not in self._asked:
                    path.unlink()

    def _read(self, source: str) -> MadeChunk | None:
        try:
            data = self._place(source).read_bytes() if self._folder else b""
        except OSError:
            return None
        body = memoryview(data)[_SEAL:]
        if not body or data[:_SEAL] != self._seal(source, body):
            return None
        lengths = np.frombuffer(body, dtype=np.int64, count=_LENGTHS).tolist()
        ends = np.cumsum([_LENGTHS * 8, *(8 * length for length in lengths[:3])]).tolist()
        keys = np.frombuffer(body[: ends[1]], dtype=np.uint64, offset=ends[0])
        symbol_ends, counts = (
            np.frombuffer(body[:end], dtype=np.int64, offset=at).copy() for at, end in pairwise(ends[1:])
        )
        entries = np.frombuffer(body, dtype=np.uint32, offset=ends[3]).copy()  # a view would hold all the others, too
        return MadeChunk(entries=entries, ends=symbol_ends, keys=keys, counts=counts)

    def _write(self, source: str, made: MadeChunk) -> None:
        if self._folder is None:
            return
        parts = (
            made.keys.astype(np.uint64, copy=False),
            made.ends.astype(np.int64, copy=False),
            made.counts.astype(np.int64, copy=False),
            made.entries.astype(np.uint32, copy=False),
        )
        lengths = np.array([len(part) for part in parts], dtype=np.int64)
        body = b"".join((lengths.tobytes(), *(part.tobytes() for part in parts)))
        with contextlib.suppress(OSError):
            write_bytes(self._place(source), self._seal(source, memoryview(body)) + body)

    def _place(self, source: str) -> Path:
        assert self._folder  # noqa: S101 - who has none does not come here
        return self._folder / f"{source}{_SUFFIX}"

    def _seal(self, source: str, body: memoryview) -> bytes:
        found = hashlib.blake2b(f"{self._program} {source}".encode(), digest_size=_SEAL)
        found.update(body)
        return found.digest()
