"""The files of a table in pieces: a few notices or units each, the same bytes as long as these are the same.

Where a piece ends follows from the addresses alone, so that one more notice changes one piece. What is known of the
files of the last build says where in them each piece lies: an edit copies the others and makes its own.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any, NamedTuple, TypeVar

from generator.data.books import ChosenUnit
from generator.data.table import DatedNotice
from generator.site.elsewhere import elsewhere_of
from generator.site.model import SiteNotice

_ODDS = 4
"""One address in four ends a piece."""
_SEAL = 16
"""Digits of the hash by which a note is known to be as it was written."""

T = TypeVar("T", SiteNotice, DatedNotice, ChosenUnit)

Lengths = Sequence[int]
"""How much of each file a piece takes, and what else is to be known of it: as the writer of the files says it."""


class PlacedPiece(NamedTuple):
    """Where a piece lies in the files of a table: all that is before it, and what it takes."""

    at: Lengths
    long: Lengths


@dataclass(frozen=True, slots=True)
class TablePiece:
    """Some parts of a table that follow each other."""

    source: str
    """The hash of all that its rows are made from."""
    parts: Sequence[Any]


@dataclass(frozen=True, slots=True)
class KnownPieces:
    """The pieces of a table in the files of the last build."""

    first: int
    """Where in the file that is noted so the first one begins."""
    by_source: Mapping[str, PlacedPiece]


def pieces_of(settings: str, parts: Iterable[T]) -> Iterator[TablePiece]:
    """The parts of a table in pieces; `settings` says what all of them are made from beside themselves."""
    held, said = list[T](), [settings]
    for part in parts:
        path, digest = _said_of(part)
        held.append(part)
        said.append(digest)
        if zlib.crc32(path.encode("utf-8", "backslashreplace")) % _ODDS == 0:
            yield TablePiece(_hash("\0".join(said)), held)
            held, said = [], [settings]
    if held:
        yield TablePiece(_hash("\0".join(said)), held)


def _said_of(part: SiteNotice | DatedNotice | ChosenUnit) -> tuple[str, str]:
    """The address of a part, and a text that says all that its rows are made from."""
    if isinstance(part, DatedNotice):
        return part.item.path, f"{part.item.digest} {sorted(part.states.items())}"
    if isinstance(part, ChosenUnit):  # facts and lines of the ledger: no row of a unit shows other words
        chosen = [item.notice.id for item in part.items]
        return part.unit.path, f"{chosen} {[elsewhere_of(item) for item in part.unit.notices]}"
    return part.path, part.digest


def _hash(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "backslashreplace"), digest_size=_SEAL // 2).hexdigest()


def note_of(first: int, pieces: Iterable[tuple[str, Lengths]]) -> str:
    """Pieces in order, by their sources, as a text that `known_from` reads."""
    text = ";".join([str(first), *(f"{source} {' '.join(map(str, lengths))}" for source, lengths in pieces)])
    return f"{_hash(text)};{text}"


def known_from(note: str) -> KnownPieces | None:
    """What `note_of` wrote; None when it is anything else."""
    seal, _, text = note.partition(";")
    if seal != _hash(text):
        return None
    first, *rows = text.split(";")
    named = [(source, tuple(map(int, numbers))) for source, *numbers in map(str.split, rows)]
    lengths = [long for _, long in named]
    at = accumulate(lengths, _sum, initial=(0,) * len(lengths[0] if lengths else ()))
    return KnownPieces(
        int(first), {source: PlacedPiece(before, long) for before, (source, long) in zip(at, named, strict=False)}
    )


def _sum(at: tuple[int, ...], long: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(map(sum, zip(at, long, strict=True)))
