"""Patterns that are compiled when they are first asked for: a build loads many hundreds and uses some."""

from __future__ import annotations

import re
from typing import Any, cast


class LatePattern:
    """Stands for a pattern; what was asked of it once is its own from then on."""

    def __init__(self, pattern: str, flags: int) -> None:
        self._pattern, self._flags = pattern, flags

    def __getattr__(self, name: str) -> Any:
        """Called for what was not asked yet."""
        if name.startswith("_"):
            raise AttributeError(name)
        found = getattr(re.compile(self._pattern, self._flags), name)
        setattr(self, name, found)
        return found


def late_pattern(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """The pattern as `re.compile` gives it, which takes a moment when it is first used and none before.

    >>> late_pattern("[0-9]+").findall("7 of 19")
    ['7', '19']
    """
    return cast("re.Pattern[str]", LatePattern(pattern, flags))
