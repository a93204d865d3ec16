"""What others show of a notice or an issue, as a short text: lists stay as they are when other words change.

A list shows of a notice its facts and how many of its issues have which status, of an issue its title, what was found
and its marks, never the answer: that counts where it is shown, on the notice's own pages. `tests/test_shown.py` changes
each kind of word, fact and mark and proves it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import NamedTuple

from generator.content.topics import Assigned
from generator.model.notice import Issue, Notice, PartialDate


class NoticeBrief(NamedTuple):
    """What is asked of all notices when one of them changed, so that the words of the others need not be read."""

    titles: str
    """Says the unit and the titles of its issues, in order."""
    words: tuple[str, ...]
    """By issue: says what is shown of it elsewhere and its words."""
    dues: tuple[tuple[PartialDate, str, str], ...]
    """Deadline, title and anchor of each follow-up, and of each issue that is not done and no follow-up continues."""


def short_hash(*values: object) -> str:
    """A hash of values whose `repr` says all of them."""
    return hashlib.blake2b(repr(values).encode("utf-8", "backslashreplace"), digest_size=12).hexdigest()


def facts_of(notice: Notice) -> str:
    """All but its words, what import did to them and where facts stand in them."""
    return short_hash(notice.replace(body=(), edits=(), anomalies=(), evidence=(), grounds=()), len(notice.followups))


def shown_of(
    issue: Issue, topics: Sequence[Assigned], deadline: PartialDate | None, followup: str | None, number: int
) -> str:
    """An issue's title, what was found and its marks."""
    why = [(assigned.topic.id, assigned.word) for assigned in topics]
    told = (issue.title, issue.finding, issue.label, issue.status, issue.status_quote)
    return short_hash(number, told, deadline, followup, why)


def words_of(issue: Issue) -> str:
    """An issue's words, and the headings above it."""
    return short_hash(issue.path, issue.title, issue.finding, issue.response, issue.responsible)
