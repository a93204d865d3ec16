"""Which records hold which pair of characters: lists of numbers as text, cut into shards of even size.

A list is named by two units of the folded text, or by one and a blank for a single one, and reads `R|T|P`
(numbers.py): R the records that hold it, each as its distance from the one before; T those that hold it in label or
head, the distance doubled, plus one when the head begins with it; P, for pairs that are rare, the places of the pair in
each record of R, doubled, plus one when the same record has another. So long lists stay short, and short lists tell
whether two pairs stand side by side.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from generator.search.numbers import Bytes, Numbers, encode
from generator.search.stream import CUT, Stream, Units

ALONE = 0x20
"""Stands for the second unit in the name of a list of single units: a blank, which folding drops."""
_HASH = 0x9E3779B1
_PARTS = 32
_STEP = 3
"""The table of records by place has an entry every 8 units."""

Codes = NDArray[np.uint32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Sizes that weigh bytes against requests; chosen by benchmarks/search.py."""

    shard: int = 14_000
    """Units of text that fill one shard."""
    own: int = 14_000
    """Bytes from which a list gets a file of its own."""
    places: int = 2_000
    """Occurrences up to which a list has places."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One of R, T and P of many lists: the digits, and where each list's begin (and the end)."""

    digits: Bytes
    begins: Numbers

    def between(self, start: int, end: int) -> tuple[str, str]:
        """Of the lists from `start` to `end`: the number of digits of each, and the digits."""
        begins = self.begins[start : end + 1]
        digits = self.digits[begins[0] : begins[-1]].tobytes().decode("ascii")
        return encode(np.diff(begins))[0].tobytes().decode("ascii"), digits


@dataclass(frozen=True, slots=True, kw_only=True)
class Shard:
    """A file of lists."""

    number: int | None
    """None for one that holds a single long list."""
    names: str
    """Two UTF-16 units for each list."""
    columns: tuple[tuple[str, str], ...]
    """R, T and P: the number of digits of each list, and the digits of all."""


def shard_count(stream: Stream, limits: Limits) -> int:
    """How many shards there are: a power of two."""
    wanted = len(stream.units) // limits.shard
    return 1 << max(0, wanted.bit_length() - 1)


def shard_of(codes: Codes, count: int) -> NDArray[np.uint32]:
    """The number of the shard that holds the list; search.js says the same."""
    first, second = codes >> 16, codes & 0xFFFF
    each = count // min(_PARTS, count)
    within = _hash(first * 31 + second) & (each - 1)
    return (_part_of(first, count) * each + within).astype(np.uint32)


def _part_of(first: NDArray[Any], count: int) -> NDArray[np.uint32]:
    return _hash(first) & np.uint32(min(_PARTS, count) - 1)


def _hash(codes: NDArray[Any]) -> NDArray[np.uint32]:
    return (codes.astype(np.uint32) * np.uint32(_HASH)) >> np.uint32(16)


def shards_of(stream: Stream, limits: Limits) -> Iterator[Shard]:
    """All lists of the stream. Memory beside it: a few bytes a unit, and the lists of one part."""
    count = shard_count(stream, limits)
    records = _record_table(stream)
    for places in _by_part(stream.units, count):
        if len(places):
            yield from _part_shards(stream, records, places, count, limits)


def _by_part(units: Units, count: int) -> Iterator[NDArray[np.uint32]]:
    """For each part the places of its units, ascending."""
    parts = min(_PARTS, count)
    part_of = _part_of(np.arange(1 << 16, dtype=np.uint32), count).astype(np.uint8)
    part_of[CUT] = parts
    found: list[list[NDArray[np.uint32]]] = [[] for _ in range(parts + 1)]
    step = 1 << 20
    for start in range(0, len(units), step):
        part = part_of[units[start : start + step]]
        order = np.argsort(part, kind="stable").astype(np.uint32) + np.uint32(start)
        ends = np.cumsum(np.bincount(part, minlength=parts + 1))
        for number, piece in enumerate(np.split(order, ends[:-1])[:parts]):
            found[number].append(piece)
    for number in range(parts):
        yield np.concatenate(found[number]) if found[number] else np.zeros(0, np.uint32)
        found[number] = []


def _record_table(stream: Stream) -> NDArray[np.uint32]:
    """The record at every eighth place."""
    places = np.arange(0, len(stream.units) + 1, 1 << _STEP)
    return (np.searchsorted(stream.starts, places, side="right") - 1).astype(np.uint32)


def _records_at(stream: Stream, table: NDArray[np.uint32], places: NDArray[np.uint32]) -> Numbers:
    records = table[places >> _STEP].astype(np.int64)
    behind = np.flatnonzero(stream.starts[records + 1] <= places)
    while len(behind):
        records[behind] += 1
        behind = behind[stream.starts[records[behind] + 1] <= places[behind]]
    return records


def _part_shards(
    stream: Stream, table: NDArray[np.uint32], places: NDArray[np.uint32], count: int, limits: Limits
) -> Iterator[Shard]:
    codes, places = _grouped(stream.units, places)
    begins = np.flatnonzero(_changes(codes))
    sizes = np.diff(begins, append=len(codes))
    names = codes[begins]
    shard = np.where(sizes > limits.own, np.uint32(count), shard_of(names, count))
    order = np.lexsort((names, shard))
    names, shard, sizes = names[order], shard[order], sizes[order]
    ends = np.cumsum(sizes)
    places = places[np.arange(len(places)) + np.repeat(begins[order] - (ends - sizes), sizes)]
    columns = _columns(stream, _records_at(stream, table, places), places, names, sizes, limits)
    edges = np.flatnonzero(_changes(shard) | (shard == count))
    for start, end in pairwise([*edges.tolist(), len(names)]):
        number = int(shard[start])
        yield Shard(
            number=number if number < count else None,
            names=_text(names[start:end]),
            columns=tuple(column.between(start, end) for column in columns),
        )


def _grouped(units: Units, places: NDArray[np.uint32]) -> tuple[Codes, NDArray[np.uint32]]:
    """The name of the list that each occurrence belongs to, and its place: lists together, places ascending."""
    first, second = units[places], units[places + 1]
    single = np.argsort(first, kind="stable")
    pair = np.argsort(second, kind="stable")
    pair = pair[second[pair] != CUT]
    pair = pair[np.argsort(first[pair], kind="stable")]
    order = np.concatenate((single, pair))
    codes = first[order].astype(np.uint32) << 16
    codes[: len(single)] |= ALONE
    codes[len(single) :] |= second[pair]
    return codes, places[order]


def _changes(values: NDArray[Any]) -> NDArray[np.bool_]:
    """Where a value differs from the one before; true for the first."""
    changes = np.ones(len(values), dtype=np.bool_)
    np.not_equal(values[1:], values[:-1], out=changes[1:])
    return changes


def _columns(
    stream: Stream, records: Numbers, places: NDArray[np.uint32], names: Codes, sizes: Numbers, limits: Limits
) -> tuple[Column, Column, Column]:
    """R, T and P of the lists."""
    begins = np.cumsum(sizes) - sizes
    fresh = _changes(records)
    fresh[begins] = True
    at = np.flatnonzero(fresh)
    first_at = np.searchsorted(at, begins)
    held = records[at]

    width = np.repeat(np.where(names & 0xFFFF == ALONE, 1, 2), np.diff(first_at, append=len(at)))
    head_at = np.flatnonzero(places[at] + width <= stream.heads[held])
    first_head = np.searchsorted(head_at, first_at)
    starts = places[at[head_at]] == stream.labels[held[head_at]]

    in_record = places - stream.starts[records]
    steps = in_record.copy()
    steps[1:] -= np.where(fresh[1:], 0, in_record[:-1] + 1)
    steps *= 2
    steps[:-1] += ~fresh[1:]
    placed = (sizes <= limits.places) & (names & 0xFFFF != ALONE)
    first_place = np.cumsum(np.where(placed, sizes, 0)) - np.where(placed, sizes, 0)
    return (
        _column(_distances(held, first_at), first_at),
        _column(_distances(held[head_at], first_head) * 2 + starts, first_head),
        _column(steps[np.repeat(placed, sizes)], first_place),
    )


def _distances(records: Numbers, firsts: Numbers) -> Numbers:
    """Records between each and the one before in its list (or the first of all)."""
    distances = np.diff(records, prepend=-1) - 1
    firsts = firsts[firsts < len(records)]
    distances[firsts] = records[firsts]
    return np.asarray(distances, dtype=np.int64)


def _column(values: Numbers, firsts: Numbers) -> Column:
    digits, at = encode(values)
    return Column(digits=digits, begins=np.append(at[firsts], len(digits)))


def _text(names: Codes) -> str:
    units = np.stack((names >> 16, names & 0xFFFF), axis=1).astype("<u2")
    return units.tobytes().decode("utf-16-le", "surrogatepass")
