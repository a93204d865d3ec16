"""What an answer says is left, where nothing else says how far the issue is."""

from __future__ import annotations

import re

from generator.base.late_patterns import late_pattern
from generator.model.notice import Status
from generator.parser.rules import status
from generator.parser.status import StatedStatus
from generator.parser.text import sentences

_STILL: tuple[tuple[Status, re.Pattern[str]], ...] = (
    ("long-term", late_pattern("|".join(status.STILL_LONG))),
    ("ongoing", late_pattern("|".join(status.STILL_OPEN))),
)


def left_in(answer: str) -> StatedStatus | None:
    """What an answer says is left, or goes on for long, where nothing else says how far it is: 其余2处待批复后拆除."""
    for said, pattern in _STILL:
        if pattern.search(answer) is None:
            continue
        found = [span for span in sentences(answer, status.STOPS) if pattern.search(answer, *span)]
        return StatedStatus(said, found[-1]) if found else None
    return None
