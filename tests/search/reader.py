"""Reads the files of an index as search.js does, to check what they say."""

import json
from itertools import accumulate

import numpy as np

from generator.search.numbers import DIGITS
from generator.search.postings import shard_of


def value(content):
    text = content.decode()
    assert text.startswith("discloseSearch(")
    assert text.endswith(")")
    return json.loads(text[len("discloseSearch(") : -1])


def numbers(text):
    digits = [DIGITS.index(char) for char in text]
    found, at = [], 0
    while at < len(digits):
        first = digits[at]
        more, least, prefix = (
            (0, 0, 0) if first < 60 else (1, 60, 60) if first < 84 else (2, 2244, 84) if first < 90 else (4, 51930, 90)
        )
        number = first - prefix
        for digit in digits[at + 1 : at + 1 + more]:
            number = number * 91 + digit
        found.append(number + least)
        at += 1 + more
    return found


def units_of(text):
    """The UTF-16 units of a text, as JavaScript sees them."""
    raw = text.encode("utf-16-le", "surrogatepass")
    return [chr(raw[at] | raw[at + 1] << 8) for at in range(0, len(raw), 2)]


def names_in(text):
    units = units_of(text)
    return ["".join(units[at : at + 2]) for at in range(0, len(units), 2)]


class Reader:
    def __init__(self, files):
        self.files = {path: value(content) for path, content in files}
        self.entry = self.files["index.js"]

    def list(self, name):
        """(records, heads, places by record) of the list of a name of two units."""
        own = names_in(self.entry["own"])
        if name in own:
            shard = self.files[f"{self.entry['lists']}/o{own.index(name)}.js"]
            places = self.files[f"{self.entry['lists']}/q{own.index(name)}.js"]
        else:
            code = np.array([ord(name[0]) << 16 | ord(name[1])], dtype=np.uint32)
            shard = self.files.get(f"{self.entry['lists']}/{shard_of(code, self.entry['shards'])[0]}.js")
            places = None
        names = names_in(shard[0]) if shard else []
        if name not in names:
            return [], [], {}
        number = names.index(name)

        def column(lengths, digits):
            ends = [0, *accumulate(numbers(lengths))]
            return numbers(digits[ends[number] : ends[number + 1]])

        records = _summed(column(*shard[1:3]))
        heads = column(*shard[3:5])
        steps = numbers(places) if places is not None else column(*shard[5:7])
        return (
            records,
            list(zip(_summed([step >> 1 for step in heads]), [step & 1 for step in heads], strict=True)),
            dict(zip(records, _places(steps), strict=True) if steps else {}),
        )


def _summed(steps):
    return [total - 1 for total in accumulate(step + 1 for step in steps)]


def _places(steps):
    found, fresh = [], True
    for step in steps:
        if fresh:
            found.append([step >> 1])
        else:
            found[-1].append(found[-1][-1] + 1 + (step >> 1))
        fresh = not step & 1
    return found
