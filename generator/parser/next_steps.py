"""Where a last part begins that is about what comes next: 下一步打算, without a number or with one out of turn."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.model.numbering import Label
from generator.parser.lines import Line

_PLAN = re.compile(
    r"(?:下一?步|下一?阶段|今后|后续)(?:的)?(?:整改)?(?:工作)?(?:打算|安排|计划|措施|方向|重点)(?:和打算)?[：:]?"
)
_LONGEST_PLAN = 12
"""Lines of a part about what comes next, at the end of a notice."""


def plan_at(lines: Sequence[Line]) -> int | None:
    """The line that heads a last part about what comes next: 下一步打算, without number, or one that follows none."""
    found = [
        at
        for at, line in enumerate(lines)
        if _PLAN.fullmatch(line.text, line.words_at) and (line.label is None or _follows_none(lines[:at], line.label))
    ]
    if len(found) != 1 or not 0 < len(lines) - found[0] - 1 <= _LONGEST_PLAN:
        return None
    below = [role_label.role for line in lines[found[0] + 1 :] for role_label in line.role_labels]
    return None if below else found[0]


def _follows_none(above: Sequence[Line], number: Label) -> bool:
    """Whether a number that is no first one has none of its kind above it: 三、 in the later half of a notice."""
    return number.value > 1 and not any(line.label is not None and line.label.style == number.style for line in above)
