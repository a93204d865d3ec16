"""Pinyin of names, for directories from A to Z."""

from __future__ import annotations

import functools

_PREFIX = "中共"  # says nothing of the name: every party committee begins with it


@functools.lru_cache(maxsize=65536)
def sort_key(name: str) -> tuple[str, str]:
    """Pinyin without tones, and the name itself, so that the order is total."""
    from pypinyin import Style, lazy_pinyin  # noqa: PLC0415 - its dictionaries take a quarter of a second to load

    return " ".join(lazy_pinyin(name.removeprefix(_PREFIX), style=Style.NORMAL)).lower(), name


def readings(char: str) -> tuple[str, ...]:
    """Every reading of a character, without tones; none of what is no Chinese character."""
    from pypinyin import Style, pinyin  # noqa: PLC0415 - as above

    found = pinyin(char, style=Style.NORMAL, heteronym=True, errors="ignore")
    return tuple(dict.fromkeys(found[0])) if found else ()


def initial(name: str) -> str:
    """The capital letter under which a directory lists `name`; `#` when it begins with no letter."""
    first = sort_key(name)[0][:1].upper()
    return first if "A" <= first <= "Z" else "#"
