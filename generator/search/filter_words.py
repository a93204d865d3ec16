"""Words of a query that filter: names of places, and what people say for a state."""

from __future__ import annotations

import re
from collections.abc import Iterable

from generator.model.folding import fold

_SUFFIX = re.compile(r"(?:维吾尔|壮族|回族)?自治区$|特别行政区$|[省市县区旗]$")
_STATES = {
    ("due", "over"): "逾期 已逾期 逾期未完成 超期 过期 已过期 已到期 到期未完成 期限已过",
    ("due", "due"): "未到期 未逾期 期限未到",
    ("status", "done"): "已完成 完成整改 整改完成 已整改",
    ("status", "ongoing"): "整改中 正在整改",
    ("status", "long-term"): "长期坚持",
    ("status", "unstated"): "未注明",
}
"""(filter, value) → words for it."""


def filter_words(places: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Word → (filter, value): the places in full and in short, and the states."""
    found = {word: state for state, words in _STATES.items() for word in words.split()}
    for place in places:
        short = _SUFFIX.sub("", place)
        for name in (place, short if len(short) > 1 else place):
            found.setdefault(fold(name), ("region", place))
    return found
