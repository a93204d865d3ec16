"""What a careful editor would flag (疑点). Each has a stable code, a place in the words, and a sentence for the editor."""

from __future__ import annotations

from generator.model import Anomaly, Notice
from generator.parser.facts import Facts


def anomalies_of(notice: Notice, facts: Facts) -> tuple[Anomaly, ...]:
    """The anomalies of a parsed notice, in the order of the text."""
    return ()
