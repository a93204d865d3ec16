"""How a part is called that lists the issues, for whoever needs nothing else of the parser."""

from __future__ import annotations

from generator.base.late_patterns import late_pattern
from generator.parser.rules import wordlists

ISSUES_TITLE = late_pattern("|".join(wordlists.ISSUES_TITLE))
"""What the heading of a part about issues says: 反馈问题整改情况."""
