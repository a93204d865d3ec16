"""Masked names as addresses spell them: in pinyin, run together or parted by hyphens, dots or blanks."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterable, Iterator, Mapping

from generator.base.alternatives import any_of
from generator.base.diagnostics import Span

_HANZI = re.compile("[\u4e00-\u9fff]{2,12}")
_REST = re.compile(r"(?>(?:(?>(?:[zcs]h|[b-df-hj-np-tv-z])?)[aeiouv]{1,3}+(?>(?:ng|n|r)?))*)")
"""Syllables: what may be beside a name that is run together with other words."""
_LETTERS = re.compile("[a-z]*+")
_NEAR = 24
"""Letters beside a name that are looked at; more of them are no address."""
_JOINT = "\x01"
_BETWEEN = "(?:%20|[-_.+ ])?"
"""What may part the syllables of a name in an address or in the name of a file."""
_PARTING = re.compile("%20|[-_.+ ]")
_DOTS = dict.fromkeys(map(ord, "·•‧・．."))
_PLAIN = {
    ord(marked): plain
    for plain, some in {"a": "āáǎà", "e": "ēéěè", "i": "īíǐì", "o": "ōóǒò", "u": "ūúǔù", "v": "üǖǘǚǜ"}.items()
    for marked in some
}
_ROUNDED = {"lv": ("lv", "lyu", "lu"), "nv": ("nv", "nyu", "nu"), "lve": ("lve", "lue"), "nve": ("nve", "nue")}
"""How people write ü: as programs, as passports, as keyboards without it."""
_READINGS = 64
"""Readings of a name that are tried."""


@functools.lru_cache(maxsize=4096)
def spellings(name: str) -> tuple[tuple[str, ...], ...]:
    """The syllables of a name, in each of its readings; none of what is no Chinese word.

    >>> ("shan", "xiao", "ming") in spellings("单小明")
    True
    """
    name = name.translate(_DOTS)
    if not _HANZI.fullmatch(name):
        return ()
    from pypinyin import Style, pinyin  # noqa: PLC0415 - loads dictionaries, and most notices mask nothing

    found = pinyin(name, style=Style.NORMAL, heteronym=True)
    single = (tuple(dict.fromkeys(_written(pinyin(char, style=Style.NORMAL, heteronym=True)[0]))) for char in name)
    usual = itertools.islice(itertools.product(*(tuple(_written(each[:1])) for each in found)), _READINGS)
    return tuple(dict.fromkeys([*usual, *itertools.islice(itertools.product(*single), _READINGS)]))


def _written(readings: Iterable[str]) -> Iterator[str]:
    for one in readings:
        plain = one.replace("ü", "v")
        yield from _ROUNDED.get(plain, (plain,))


class Spelled:
    """Finds the pinyin of some names in addresses."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names: Mapping[str, tuple[str, str]] = {
            "".join(syllables): (name, syllables[0]) for name in names for syllables in spellings(name)
        }
        joined = [
            _JOINT.join(syllables)
            for name in dict.fromkeys(n for n, _ in self._names.values())
            for syllables in spellings(name)
        ]
        self._pattern = re.compile(any_of(joined).pattern.replace(_JOINT, _BETWEEN)) if joined else None

    def found(self, address: str, least: int = 0) -> Iterator[tuple[Span, str, str]]:
        """Where the address spells a name of at least `least` letters: place, the name, its first syllable."""
        text = address.lower().translate(_PLAIN)
        for match in self._pattern.finditer(text) if self._pattern else ():
            letters = _PARTING.sub("", match[0])
            if len(letters) >= least and _stands_alone(text, *match.span()):
                yield Span(*match.span()), *self._names[letters]


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether what is run together with a name are syllables of other words, and so the name no part of them."""
    before = _LETTERS.match(text[max(0, start - _NEAR) : start][::-1])
    after = _LETTERS.match(text, end, end + _NEAR)
    left = before[0][::-1] if before else ""
    return bool(_REST.fullmatch(left) and after and _REST.fullmatch(after[0]))
