"""Reads the files of an index as search.js does, to prove what they say and what they do not say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from itertools import accumulate
from typing import Any

import numpy as np

from generator.model.folding import fold
from generator.search.clause_places import HEAD, place_behind
from generator.search.grams import Ends, grams_of
from generator.search.numbers import BASE, DIGITS, decode, number_at
from generator.search.position_lists import beyond
from generator.search.script import File, handed
from generator.search.spread import spread, spread_alone
from generator.search.stamps import split, stamp_in


def units_of(text: str) -> str:
    """The UTF-16 units of a text, as JavaScript sees them."""
    raw = text.encode("utf-16-le", "surrogatepass")
    return "".join(chr(raw[at] | raw[at + 1] << 8) for at in range(0, len(raw), 2))


class IndexReader:
    """An index."""

    def __init__(self, files: Iterable[File]) -> None:
        """`files` are all files of the index, paths below the folder of the search page."""
        self.files = {path: handed(content) for path, content in files}
        self.entry = self.files["index.js"][0]
        self.frequent = self._frequent()
        self._slots = self._places()
        self._ranks = self._units()

    def _units(self) -> dict[int, int]:
        """Number of a unit → how many results stand before it."""
        found = accumulate(decode(self.entry["numbers"]))
        return {number: self.entry["briefs"] - 1 - at for at, number in enumerate(found)}

    def _rank(self, number: int) -> int:
        """How many results stand before the record of a number when all records are results of one kind."""
        last: int = self.entry["last"]
        return self._ranks.get(number, last - number)

    def _places(self) -> dict[str, int]:
        """The place of a list among those of its kind; others have their number."""
        names = (self.frequent.values(), map(ord, units_of(self.entry["common"])))
        return {f"{kind}{code}": at for kind, codes in zip("oc", names, strict=True) for at, code in enumerate(codes)}

    def _frequent(self) -> dict[str, int]:
        """Run → the code point that stands for it."""
        levels = list[Ends]()
        for level, (prefixes, counts, units) in enumerate(self.entry["frequent"]):
            held = list(accumulate(decode(prefixes))) if level else list(map(ord, units_of(prefixes)))
            ends = np.repeat(np.array(held, np.uint16), decode(counts))
            levels.append((ends, np.array(list(map(ord, units_of(units))), np.uint16)))
        grams = grams_of(levels)
        return dict(zip(grams.names, grams.codes.tolist(), strict=True))

    def holders(self, run: str) -> dict[int, tuple[bool, bool]]:
        """{record: whether in the head, whether the head begins with it} of a unit or a frequent run."""
        common = units_of(self.entry["common"])
        if run in self.frequent:
            digits = self.file(f"o{self.frequent[run]}")
        elif run in common:
            digits = self.file(f"c{ord(run)}")
        else:
            shard = spread_alone(np.array([ord(run)], np.uint32), self.entry["singles"])[0]
            digits = self._list(f"s{shard}", run)
        return self.held_by(digits)

    def held_by(self, digits: str) -> dict[int, tuple[bool, bool]]:
        """What a list of holders says."""
        found, record = dict[int, tuple[bool, bool]](), -1
        for step in decode(digits):
            record += step // 3 + 1
            found[self._rank(record)] = (step % 3 > 0, step % 3 == 2)
        return found

    def places(self, name: str, codes: Sequence[int]) -> dict[int, dict[int, bool]]:
        """{record: {place: whether a head begins there}} of a list with places."""
        shard = spread(np.array(codes[:1], np.uint32), np.array(codes[1:], np.uint32), self.entry["shards"])[0]
        digits, width = self._list(str(shard), name), self.entry["width"]
        found, record, at = dict[int, dict[int, bool]](), -1, 0
        while at < len(digits):
            step, at = number_at(digits, at)
            record += step
            where = reduce(lambda total, digit: total * BASE + DIGITS.index(digit), digits[at : at + width], 0)
            at += width
            is_start = where >= beyond(width)
            found.setdefault(self._rank(record), {})[where - beyond(width) * is_start] = is_start
        return found

    def grams(self, word: str) -> Iterator[tuple[int, int, str, list[int]]]:
        """(offset, size, name, codes) of the runs of the word that have lists with places."""
        for size in range(2, len(word) + 1):
            for at in range(len(word) - size + 1):
                run = word[at : at + size]
                prefix, suffix = run[:-1], run[1:]
                if run in self.frequent:
                    continue
                if size == 2:
                    yield at, size, run, [ord(prefix), ord(suffix)]
                elif prefix in self.frequent:
                    code = self.frequent[prefix]
                    yield at, size, chr(code) + run[-1], [code, ord(run[-1])]
                elif suffix in self.frequent:
                    code = self.frequent[suffix]
                    yield at, size, run[0] + chr(code), [ord(run[0]), code]

    def search(self, word: str) -> dict[int, tuple[bool, bool]]:
        """{record: whether in the head, whether the head begins with it}: what the lists alone say."""
        if len(word) == 1 or word in self.frequent:
            return self.holders(word)
        grams = list(self.grams(word))
        covered = {at + index for at, size, *_ in grams for index in range(size)}
        if covered != set(range(len(word))):
            raise ValueError(f"no lists cover “{word}”")
        held = [(at, self.places(name, codes)) for at, _, name, codes in grams]
        begins = next(places for at, places in held if at == 0)
        records = set.intersection(*(set(places) for _, places in held))
        found = dict[int, tuple[bool, bool]]()
        for record in records:
            for place, is_begin in begins[record].items():
                if all(place_behind(place, word[:at]) in places[record] for at, places in held):
                    in_head, is_start = found.get(record, (False, False))
                    is_in = place + len(word) <= HEAD
                    found[record] = (in_head or is_in, is_start or (is_in and is_begin))
        return found

    def holds(self, text: str) -> bool:
        """Whether the lists say that some record's words hold `text`."""
        word = units_of(fold(text))
        return bool(word) and bool(self.search(word))

    def file(self, name: str) -> Any:
        """What a file of lists says. Raises ValueError for one of another index."""
        found, stamp = self.files[f"p/{name}.js"]
        sheet, at = stamp_in(self.entry, name, self._slots[name] if name in self._slots else split(name)[1])
        if self.files[sheet][0][at] != stamp:
            raise ValueError(f"p/{name}.js is of another index")
        return found

    def _list(self, file: str, name: str) -> str:
        names, sizes, digits = self.file(file)
        held = [units_of(each) for each in names.split("\n")]
        if units_of(name) not in held:
            return ""
        index, ends = held.index(units_of(name)), [0, *accumulate(decode(sizes))]
        found: str = digits[ends[index] : ends[index + 1]]
        return found
