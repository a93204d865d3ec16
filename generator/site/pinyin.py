"""Pinyin of names, for directories from A to Z and for typing them.

What was worked out is remembered: to load the dictionaries takes a quarter of a second, more than a small site's pages.
"""

from __future__ import annotations

import importlib.metadata
from collections.abc import Iterable, Iterator, Mapping

from generator.base.cache import remembered

_PREFIX = "中共"  # says nothing of the name: every party committee begins with it
_VERSION = importlib.metadata.version("pypinyin")


def sort_keys(names: Iterable[str]) -> Mapping[str, tuple[str, str]]:
    """For each name its pinyin without tones, and the name itself, so that the order is total."""
    return {name: (pinyin, name) for name, pinyin in remembered(f"names-{_VERSION}", names, _spelled).items()}


def readings(chars: Iterable[str]) -> Mapping[str, Iterable[str]]:
    """Every reading of each character, without tones; none of what is no Chinese character."""
    return {char: found.split() for char, found in remembered(f"readings-{_VERSION}", chars, _read).items()}


def initial(key: tuple[str, str]) -> str:
    """The capital letter under which a directory lists a name with this sort key; `#` when it begins with no letter."""
    first = key[0][:1].upper()
    return first if "A" <= first <= "Z" else "#"


def _spelled(names: Iterable[str]) -> Iterator[str]:
    from pypinyin import Style, lazy_pinyin  # noqa: PLC0415 - see above

    return (" ".join(lazy_pinyin(name.removeprefix(_PREFIX), style=Style.NORMAL)).lower() for name in names)


def _read(chars: Iterable[str]) -> Iterator[str]:
    from pypinyin import Style, pinyin  # noqa: PLC0415 - see above

    for char in chars:
        found = pinyin(char, style=Style.NORMAL, heteronym=True, errors="ignore")
        yield " ".join(dict.fromkeys(found[0])) if found else ""
