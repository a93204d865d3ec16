"""Whether words tell of a deed, as an answer does, or of what was found."""

from __future__ import annotations

import re

from generator.parser.rules import wordlists
from generator.parser.text import patterns

_DEED = re.compile(
    rf"(?<![未没不仅只才])(?<![未没不仅只才].)(?<![未没不仅只才]..)(?:{patterns(wordlists.DEEDS)})(?!得?不|[牌栏])"
)


def tells_deed(words: str) -> bool:
    """Whether words tell of a deed: what was found tells of none."""
    return _DEED.search(words) is not None
