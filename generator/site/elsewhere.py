"""All that others show of a notice, as one short text: where it is the same, no list needs to be planned again.

Lists, feeds and calendars show of a notice its facts, the faces of its issues with what was found, its follow-ups and
its lines of the ledger. Nothing else of its words: `tests/test_shown.py` changes each of them and proves it.
"""

from __future__ import annotations

from typing import NamedTuple

from generator.site.ledger import ledger_of_notice
from generator.site.model import SiteNotice
from generator.site.shown import short_hash


def elsewhere_of(item: SiteNotice) -> str:
    """The text; worked out once."""
    if not item.elsewhere:
        ledger = ledger_of_notice(item)
        item.elsewhere.append(
            short_hash(
                item.shown,
                [(one.anchor, one.shown) for one in item.issues],
                [(one.anchor, one.followup, one.issue.anchor if one.issue else "") for one in item.followups],
                [one.shown for one in (*ledger.money, *ledger.people, *ledger.unpriced)],
            )
        )
    return item.elsewhere[0]


class Elsewhere(NamedTuple):
    """A notice as an input of all lists."""

    item: SiteNotice

    @property
    def digest(self) -> str:
        """Says all of it."""
        return self.item.digest

    @property
    def shown(self) -> str:
        """Says what others show of it."""
        return elsewhere_of(self.item)
