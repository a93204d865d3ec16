"""The first results of what most records hold, ready to be shown.

Who types a frequent word wants ten results and their number, not the list of all records and ten files of words. So
an answer is that list cut to the entries that come first, how many more there are, and the words of those records in
the form of a file of words, cut to what the page shows: the first match and what stands around it.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np

from generator.search.holders import IN_HEAD, STARTS, Entries, encoded
from generator.search.numbers import Numbers
from generator.search.part import IndexRow
from generator.search.record_numbers import RecordNumbers
from generator.search.script import made_from
from generator.search.stream import fold_units, length, utf16
from generator.search.word_files import WordFiles

FIRST = 10
"""Results in an answer: as many as the page shows at once."""
LOAD = 2
"""Answers in a file, on average; who asks for one gets those beside it."""
_BEFORE, _BEHIND = 32, 92
"""Characters that are kept around the beginning of a match: a few more than search.js shows."""


class Pack(NamedTuple):
    """Answers in a file."""

    source: str
    """The hash of what they are made from."""
    value: Callable[[], dict[str, Any]]
    shown: Sequence[Numbers]
    """By word the numbers of the records that are shown."""


class Answers:
    """Makes the answers of a site."""

    def __init__(self, words: WordFiles, numbering: RecordNumbers) -> None:
        self._words, self._numbering = words, numbering

    def pack(self, words: Sequence[tuple[str, Entries]]) -> Pack:
        """The answers to words that come with the entries of all records that hold them."""
        firsts = [self.first(entries) for _, entries in words]
        more = [len(entries) - len(some) for (_, entries), some in zip(words, firsts, strict=True)]
        shown = [(some >> 2).astype(np.int64) for some in firsts]
        rows = [list(self._places(numbers[::-1])) for numbers in shown]
        said = [
            f"{word}\0{left}\0{' '.join(self._words.source(*row) for row in found)}"
            for (word, _), left, found in zip(words, more, rows, strict=True)
        ]
        source = made_from("\n".join(said).encode("utf-8", "surrogatepass"), *(some.tobytes() for some in firsts))
        return Pack(source, lambda: self._answers([word for word, _ in words], firsts, more, rows), shown)

    def _places(self, numbers: Numbers) -> Iterator[tuple[int, int]]:
        """(how many records are before it, its group) of each record."""
        groups = self._numbering.groups(numbers)
        yield from zip(self._numbering.places(numbers, groups).tolist(), groups.tolist(), strict=True)

    def _answers(
        self,
        words: Sequence[str],
        firsts: Sequence[Entries],
        more: Sequence[int],
        rows: Sequence[Sequence[tuple[int, int]]],
    ) -> dict[str, Any]:
        """To each word `[entries, how many more, addresses and titles, rows, how far characters fold]`.

        Rows come in the order of results.
        """
        answers = {}
        for word, left, found, text in zip(words, more, rows, encoded(firsts, list(map(len, firsts))), strict=True):
            held = [self._words.row(*row) for row in found]
            far = {char: to for _, _, table in held for char, to in table.items()}
            answers[word] = [text, left, [head for head, *_ in held], [shown(row, word) for _, row, _ in held], far]
        return answers

    def first(self, entries: Entries) -> Entries:
        """Those of the entries that are shown first, ascending: units, then titles, then others.

        Among titles those of a newer notice come first, within a notice those that begin with the word.
        """
        units = len(entries) - int(np.searchsorted(entries, self._numbering.base << 2))
        results = entries[::-1]
        briefs, rest = results[: min(units, FIRST)], results[units:]
        left = FIRST - len(briefs)
        heads = rest[(rest & 3) >= IN_HEAD]
        texts = rest[:FIRST][(rest[:FIRST] & 3) < IN_HEAD][: max(0, left - len(heads))]
        if len(heads) > left:
            order = np.lexsort((-heads.astype(np.int64), (heads & 3) != STARTS, -self._numbering.groups(heads >> 2)))
            heads = heads[order[:left]]
        return np.sort(np.concatenate([briefs, heads, texts]))


def shown(row: IndexRow, word: str) -> IndexRow:
    """The row with its runs cut to what a search for `word` shows of them; units stay whole."""
    kind, url, status, due, label, head, runs, also = row
    skip = label + head
    if kind < 2 or any(length(run) != len(run) for run in runs):
        return row
    place = _place(runs, skip, word)
    if place is None:
        return (kind, url, status, due, label, head, (runs[0][:skip],), also)
    index, at = place
    run, least = runs[index], 0 if index else skip
    begin = max(least, at - _BEFORE)
    end = begin + _BEFORE + _BEHIND
    cut = (runs[0][:end],) if begin == skip and not index else (runs[0][:skip], run[begin:end])
    return (kind, url, status, due, label, head, cut, also)


def _place(runs: tuple[str, ...], skip: int, word: str) -> tuple[int, int] | None:
    """(run, offset in it) of the first match that ends behind the head, or of what follows the head."""
    first = None
    for index, run in enumerate(runs):
        least = 0 if index else skip
        if first is None and len(run) > least:
            first = index, least
        text, offsets = _folded(run)
        behind = int(offsets[least]) if least < len(offsets) else len(text)
        at = text.find(word)
        while 0 <= at <= behind - len(word):
            at = text.find(word, at + len(word))
        if at >= 0:
            begin = int(np.searchsorted(offsets, at, side="right"))
            return index, max(begin - 1, least)
    return first


@functools.lru_cache(1 << 13)
def _folded(text: str) -> tuple[str, Numbers]:
    """The folded text, and at which offset of it the folded form of each character begins."""
    units, offsets = fold_units(utf16(text))
    return units.tobytes().decode("utf-16-le"), offsets
