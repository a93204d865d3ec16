"""What differs between some sections of an index and others that took their place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from generator.search.numbers import counted
from generator.search.position_lists import BUCKETS
from generator.search.section_lists import IndexSection
from generator.search.spread import Codes

_T = TypeVar("_T", bound=np.generic)


def other_names(old: Sequence[IndexSection], new: Sequence[IndexSection]) -> tuple[Codes, Codes] | None:
    """The names, as two code points each, of places that one side alone has; None when there is too much to compare."""
    both = [*old, *new]
    codes = _joined([np.zeros(0, np.uint32), *(section.lists.codes for section in both)])
    numbers = _joined([np.zeros(0, np.int64), *(section.numbers for section in both)])
    places = max((section.lists.place_bits for section in both), default=1)
    symbols, records = len(codes).bit_length(), len(numbers).bit_length()
    if 2 * symbols + records + places > 64:
        return None

    def keys(sections: Sequence[IndexSection]) -> NDArray[np.uint64]:
        found = [np.zeros(0, dtype=np.uint64)]
        for section in sections:
            every = section.places_in([range(BUCKETS)], codes, 1 << places - 1)
            key = every.names.astype(np.uint64) >> np.uint64(16) << np.uint64(symbols) | every.names & np.uint64(0xFFFF)
            key = key << np.uint64(records) | np.searchsorted(numbers, every.records).astype(np.uint64)
            found.append(key << np.uint64(places) | every.places)
        return np.concatenate(found)

    names, _ = counted(np.setxor1d(keys(old), keys(new), assume_unique=True) >> np.uint64(records + places))
    return codes[names >> np.uint64(symbols)], codes[names & np.uint64((1 << symbols) - 1)]


def other_codes(old: Sequence[IndexSection], new: Sequence[IndexSection]) -> Codes:
    """The code points of the symbols that records of one side alone hold, or otherwise."""

    def keys(sections: Sequence[IndexSection]) -> NDArray[np.uint64]:
        found = [np.zeros(0, dtype=np.uint64)]
        for section in sections:
            codes, counts = section.lists.codes, np.diff(section.lists.ends, prepend=0)
            found.append(np.repeat(codes.astype(np.uint64), counts) << np.uint64(32) | section.entries_of(codes))
        return np.concatenate(found)

    alone = np.setxor1d(keys(old), keys(new), assume_unique=True)
    return counted((alone >> np.uint64(32)).astype(np.uint32))[0]


def _joined(arrays: Iterable[NDArray[_T]]) -> NDArray[_T]:
    """The values of all, each once, ascending."""
    return np.asarray(counted(np.concatenate(list(arrays)))[0])
