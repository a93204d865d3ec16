"""Which records hold which pair of characters: lists of numbers as text, cut into shards of even size.

A list is named by two units of the folded text; by one and a blank for a single one; by two halves of characters, which
no text holds, for four digits, so that numbers are found by rarer things than pairs of digits. It has three columns
(numbers.py): R, the records that hold it, each as its distance from the one before; T, those that hold it in label or
head, the distance doubled, plus one when the head begins with it; P, unless it is a single unit, its places in each
record of R, doubled, plus one when the same record has another. Places tell whether two pairs stand side by side.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from generator.search.numbers import Numbers, encode
from generator.search.stream import CUT, Stream, Units

ALONE = 0x20
"""Stands for the second unit in the name of a list of single units: a blank, which folding drops."""
DIGITS = 0xDC00
"""Added to each two of four digits, it gives the name of their list."""
_HASH = 0x9E3779B1
_PARTS = 64
_LEAST, _GROWTH = 1500, 0.7
_CHUNK = 1 << 16
_STEP = 3
"""The table of records by place has an entry every 8 units."""

Codes = NDArray[np.uint32]
Places = NDArray[np.uint32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Sizes that weigh the bytes of a query against the number of files; chosen by benchmarks/search.py."""

    shards: int
    """Files of lists."""
    own: int
    """Occurrences above which a list gets a file of its own, and another for its places."""


def limits_of(units: int) -> Limits:
    """The limits for a text of so many units: files and what they hold both grow with its square root."""
    shard = max(_LEAST, int(units**0.5 * _GROWTH))
    return Limits(shards=max(1, units // shard), own=2 * shard)


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One of R, T and P of many lists: the digits, and where each list's begin (and the end)."""

    digits: bytes
    begins: Numbers
    lengths: bytes
    """The number of digits of each list, as digits."""
    lengths_begin: Numbers

    def between(self, start: int, end: int) -> tuple[str, str]:
        """Of the lists from `start` to `end`: the number of digits of each, and the digits."""
        lengths = self.lengths[self.lengths_begin[start] : self.lengths_begin[end]]
        digits = self.digits[self.begins[start] : self.begins[end]]
        return lengths.decode("ascii"), digits.decode("ascii")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shard:
    """A file of lists."""

    number: int | None
    """None for one that holds a single long list."""
    names: str
    """Two UTF-16 units for each list."""
    columns: tuple[tuple[str, str], ...]
    """R, T and P: the number of digits of each list, and the digits of all."""


def shard_of(codes: Codes, count: int) -> NDArray[np.uint32]:
    """The number of the shard that holds the list; search.js says the same."""
    mixed = ((codes >> 16) * np.uint32(31) + (codes & 0xFFFF)) * np.uint32(_HASH)
    return np.asarray((mixed >> np.uint32(8)) % np.uint32(count), dtype=np.uint32)


def shards_of(stream: Stream, limits: Limits) -> Iterator[Shard]:
    """All lists of the stream. Memory beside it: a few bytes a unit, and the lists of one part."""
    records = _record_table(stream)
    for places in _by_part(stream.units, limits.shards):
        names = [name(stream.units, own) for name, own in zip(_NAMES, places, strict=True)]
        if len(names[0]) or len(names[1]):
            yield from _part_shards(stream, records, np.concatenate(places), np.concatenate(names), limits)


def _single(units: Units, places: Places) -> Codes:
    return units[places].astype(np.uint32) << np.uint32(16) | np.uint32(ALONE)


def _pair(units: Units, places: Places) -> Codes:
    return units[places].astype(np.uint32) << np.uint32(16) | units[places + 1]


def _four_digits(units: Units, places: Places) -> Codes:
    first, second, third, fourth = (units[places + index].astype(np.uint32) - np.uint32(48) for index in range(4))
    return (first * 10 + second + np.uint32(DIGITS)) << np.uint32(16) | (third * 10 + fourth + np.uint32(DIGITS))


_NAMES = (_single, _pair, _four_digits)
"""The names of the lists that begin at places, by kind of list."""


def _by_part(units: Units, count: int) -> Iterator[list[Places]]:
    """For each run of shards, the places where its lists occur, by kind and ascending.

    Held as 16 bits within a step of the text, they take little more room than the text.
    """
    parts = min(_PARTS, count)
    steps = range(0, len(units), _CHUNK)
    held: list[list[list[NDArray[np.uint16]]]] = [[[] for _ in _NAMES] for _ in range(parts)]
    for start in steps:
        for kind, places in enumerate(_places_in(units, start)):
            part = (shard_of(_NAMES[kind](units, places), count) * np.uint32(parts) // np.uint32(count)).astype(
                np.uint8
            )
            order = np.argsort(part, kind="stable")
            ends = np.cumsum(np.bincount(part, minlength=parts))
            within = (places[order] - np.uint32(start)).astype(np.uint16)
            for number, piece in enumerate(np.split(within, ends[:-1])):
                held[number][kind].append(piece)
    for number in range(parts):
        yield [
            np.concatenate(
                [np.zeros(0, np.uint32), *(piece + np.uint32(start) for piece, start in zip(kind, steps, strict=True))]
            )
            for kind in held[number]
        ]
        held[number] = []


def _places_in(units: Units, start: int) -> list[Places]:
    """Where in a step of the text a unit, a pair, and four digits begin; no run ends but with CUT."""
    near = units[start : start + _CHUNK + 3]
    size = min(_CHUNK, len(units) - start)
    text = near != CUT
    digit = (near >= ord("0")) & (near <= ord("9"))
    single = np.flatnonzero(text[:size])
    pair = single[text[np.minimum(single + 1, len(near) - 1)]]
    digits = np.flatnonzero(digit[:-3] & digit[1:-2] & digit[2:-1] & digit[3:])
    found = (single, pair, digits[digits < size])
    return [(places + start).astype(np.uint32) for places in found]


def _record_table(stream: Stream) -> Places:
    """The record at every eighth place."""
    places = np.arange(0, len(stream.units) + 1, 1 << _STEP)
    return (np.searchsorted(stream.starts, places, side="right") - 1).astype(np.uint32)


def _records_at(stream: Stream, table: Places, places: Places) -> Numbers:
    records: Numbers = table[places >> _STEP].astype(np.int64)
    behind = np.flatnonzero(stream.starts[records + 1] <= places)
    while len(behind):
        records[behind] += 1
        behind = behind[stream.starts[records[behind] + 1] <= places[behind]]
    return records


def _part_shards(stream: Stream, table: Places, places: Places, codes: Codes, limits: Limits) -> Iterator[Shard]:
    order = np.argsort((codes & 0xFFFF).astype(np.uint16), kind="stable")
    order = order[np.argsort((codes >> 16).astype(np.uint16)[order], kind="stable")]
    codes = codes[order]
    begins = np.flatnonzero(_changes(codes))
    sizes = np.diff(begins, append=len(codes))
    names = codes[begins]
    count = limits.shards
    shard = np.where(sizes > limits.own, np.uint32(count), shard_of(names, count))
    by_shard = np.lexsort((names, shard))
    names, shard, sizes, begins = names[by_shard], shard[by_shard], sizes[by_shard], begins[by_shard]
    moved = np.arange(len(places)) + np.repeat(begins - (np.cumsum(sizes) - sizes), sizes)
    columns = _columns(stream, table, places[order[moved]], names, sizes)
    edges = np.flatnonzero(_changes(shard) | (shard == count))
    for start, end in pairwise([*edges.tolist(), len(names)]):
        number = int(shard[start])
        yield Shard(
            number=number if number < count else None,
            names=_text(names[start:end]),
            columns=tuple(column.between(start, end) for column in columns),
        )


def _changes(values: NDArray[Any]) -> NDArray[np.bool_]:
    """Where a value differs from the one before; true for the first."""
    changes = np.ones(len(values), dtype=np.bool_)
    np.not_equal(values[1:], values[:-1], out=changes[1:])
    return changes


def _columns(
    stream: Stream, table: Places, places: Places, names: Codes, sizes: Numbers
) -> tuple[Column, Column, Column]:
    """R, T and P of the lists."""
    records = _records_at(stream, table, places)
    begins = np.cumsum(sizes) - sizes
    fresh = _changes(records)
    fresh[begins] = True
    at = np.flatnonzero(fresh)
    first_at = np.searchsorted(at, begins)
    held = records[at]

    alone = names & 0xFFFF == ALONE
    width = np.repeat(np.where(alone, 1, np.where(_is_digits(names), 4, 2)), np.diff(first_at, append=len(at)))
    head_at = np.flatnonzero(places[at] + width <= stream.heads[held])
    first_head = np.searchsorted(head_at, first_at)
    starts = places[at[head_at]] == stream.labels[held[head_at]]

    in_record = places - stream.starts[records]
    steps = in_record.copy()
    steps[1:] -= np.where(fresh[1:], 0, in_record[:-1] + 1)
    steps *= 2
    steps[:-1] += ~fresh[1:]
    placed = ~alone
    first_place = np.cumsum(np.where(placed, sizes, 0)) - np.where(placed, sizes, 0)
    return (
        _column(_distances(held, first_at), first_at),
        _column(_distances(held[head_at], first_head) * 2 + starts, first_head),
        _column(steps[np.repeat(placed, sizes)], first_place),
    )


def _is_digits(names: Codes) -> NDArray[np.bool_]:
    """Whether the list is one of four digits: two halves of characters that no text holds side by side."""
    first, second = names >> 16, names & 0xFFFF
    return np.asarray((first >> 7 == DIGITS >> 7) & (second >> 7 == DIGITS >> 7), dtype=np.bool_)


def _distances(records: Numbers, firsts: Numbers) -> Numbers:
    """Records between each and the one before in its list (or the first of all)."""
    distances = np.diff(records, prepend=-1) - 1
    firsts = firsts[firsts < len(records)]
    distances[firsts] = records[firsts]
    return np.asarray(distances, dtype=np.int64)


def _column(values: Numbers, firsts: Numbers) -> Column:
    digits, at = encode(values)
    begins = np.append(at[firsts], len(digits))
    lengths, lengths_begin = encode(np.diff(begins))
    return Column(digits=digits.tobytes(), begins=begins, lengths=lengths.tobytes(), lengths_begin=lengths_begin)


def _text(names: Codes) -> str:
    units = np.stack((names >> 16, names & 0xFFFF), axis=1).astype("<u2")
    return units.tobytes().decode("utf-16-le", "surrogatepass")
