"""Pinyin of names, for directories from A to Z."""

from __future__ import annotations

import functools

from pypinyin import Style, lazy_pinyin

_PREFIX = "中共"  # says nothing of the name: every party committee begins with it


@functools.lru_cache(maxsize=65536)
def sort_key(name: str) -> tuple[str, str]:
    """Pinyin without tones, and the name itself, so that the order is total."""
    return " ".join(lazy_pinyin(name.removeprefix(_PREFIX), style=Style.NORMAL)).lower(), name


def initial(name: str) -> str:
    """The capital letter under which a directory lists `name`; `#` when it begins with no letter."""
    first = sort_key(name)[0][:1].upper()
    return first if "A" <= first <= "Z" else "#"
