"""The numbers of records: what lists say.

They are counted from the oldest notice up, and in a notice from its last record up: the order of results is the
descending one, and a new notice moves no number. A unit has, above a base, the number of its newest notice among
notices: when it gets a new one, it alone moves. The base moves when notices have twice as many records.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from generator.search.numbers import Numbers


class RecordNumbers:
    """The numbers of all records; those of units stand behind those of notices."""

    def __init__(self, counts: Numbers, newest: Sequence[int]) -> None:
        """By notice, the oldest first, how many records it has; by unit, ascending, the number of its newest notice.

        A unit has one record.
        """
        self.notices = int(counts.sum())
        """Records of notices."""
        self.base = 1 << self.notices.bit_length()
        """No notice has a record of this number or a greater one."""
        ends = np.concatenate([np.cumsum(counts), self.notices + 1 + np.arange(len(newest))])
        self.positions = np.append(np.zeros(1, dtype=np.int64), ends)
        """By group, how many records all before it have, and how many there are."""
        self.firsts = np.concatenate([self.positions[: len(counts)], self.base + np.array(newest, dtype=np.int64)])
        """By group, the number of its first record."""

    def groups(self, numbers: Numbers) -> Numbers:
        """The group of each record."""
        return np.asarray(np.searchsorted(self.firsts, numbers, side="right") - 1, dtype=np.int64)

    def places(self, numbers: Numbers, groups: Numbers) -> Numbers:
        """How many records are before each record, which is in this group."""
        return np.asarray(numbers - self.firsts[groups] + self.positions[groups], dtype=np.int64)


def numbers_of(firsts: Sequence[int], counts: Numbers) -> Numbers:
    """The numbers of all records of groups, by the first of each, and how many there are."""
    begins = np.cumsum(counts) - counts
    return np.repeat(np.array(firsts, dtype=np.int64) - begins, counts) + np.arange(int(counts.sum()))
