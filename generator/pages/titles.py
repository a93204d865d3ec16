"""A title as lists show it: without the words around it that say only that it is a problem."""

from __future__ import annotations

import functools
import re

from generator.pages.long_texts import clipped

_AROUND = re.compile(
    r"^(?:(?:针对|关于|对于|对)(?=.{2}))?(?P<core>.+?)"
    r"(?:(?:方面)?(?:的|等)?(?:具体|主要|突出)?(?:问题|事项)(?:的?整改(?:落实|进展)?情况)?)?$",
    re.DOTALL,
)
_QUOTED = re.compile(r"^“([^“”]+)”$|^「([^「」]+)」$")


@functools.lru_cache(maxsize=65536)
def short(title: str) -> str:
    """What is between 针对 and 的问题; the whole title when that leaves nothing. For lists only: never for the words.

    >>> [short(title) for title in ("针对“报销手续不规范”问题", "关于违规发放津补贴事项", "“三会一课”不规范", "问题")]
    ['报销手续不规范', '违规发放津补贴', '“三会一课”不规范', '问题']
    """
    found = _AROUND.match(title)
    core = found["core"].strip() if found else title
    quoted = _QUOTED.match(core)
    return clipped((quoted[1] or quoted[2]) if quoted else core or title)
