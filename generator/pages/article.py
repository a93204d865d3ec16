"""The words of a notice as a page shows them; article_layout.py makes it of a notice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from generator.model.notice import Role, Status
from generator.site.model import SiteFollowup, SiteIssue


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A stretch of words with the same marks."""

    text: str
    notes: tuple[int, ...] = ()
    """Numbers of the anomalies (疑点) that it belongs to."""
    ends: str = ""
    """The numbers of those that end here: shown behind the words."""
    id: str | None = None
    """Fragment by which other places point here."""


Words = str | tuple[Run, ...]
"""Plain words, or words with marks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """An enumerated item: its printed number and its words."""

    label: str
    words: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of an issue or a follow-up."""

    role: Role
    label: Words
    """The printed role label; empty: the notice prints none, and the site names the row."""
    name: str
    """What the head of the table calls it, where there is no role label; empty: it is called as usual."""
    paragraphs: tuple[Words, ...]
    measures: tuple[Measure, ...]
    wide: bool
    """Whether the items are numbered 一是, 二是."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainParagraph:
    """A paragraph outside issues."""

    words: Words
    names: bool
    """Whether it names people held to account: kept out of search engines' excerpts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prose:
    """Paragraphs of one kind in a row."""

    kind: ClassVar[str] = "prose"
    look: str
    """`prose`, `heads` (of a table's columns), `closing` (contact and what follows) or `sign` (signature and date)."""
    paragraphs: tuple[PlainParagraph, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueCard:
    """An issue with its rows."""

    kind: ClassVar[str] = "issue"
    item: SiteIssue
    tag: str
    title: Words
    lead: int
    """Characters of the title that are its printed label: a citation leaves them out."""
    rows: tuple[Row, ...]
    basis: str | None
    """Fragment of the words that say the status, when they are elsewhere in the notice."""
    quote: str | None
    """Those words, when they stand nowhere in it."""
    answers: str | None
    """The problem of a list above that its heading names by number alone."""
    facts: tuple[tuple[str, int], ...]
    """可核实要素: how many dates, amounts … the answer has, by kind; empty: none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowupCard:
    """A follow-up with its rows."""

    kind: ClassVar[str] = "followup"
    item: SiteFollowup
    tag: str
    title: Words
    lead: int
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A heading and what is below it."""

    kind: ClassVar[str] = "group"
    anchor: str
    tag: str
    title: Words
    text: str
    depth: int
    blocks: tuple[BodyBlock, ...]
    statuses: tuple[Status, ...]
    """Of the issues in it."""
    has_followups: bool
    accountability: bool
    """Whether it is the first to tell who was held to account."""


BodyBlock = Prose | IssueCard | FollowupCard | Group


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """A notice laid out."""

    before: tuple[PlainParagraph, ...]
    """What the notice prints above its title."""
    title: tuple[Words, ...]
    """The printed title; empty when there is none."""
    blocks: tuple[BodyBlock, ...]
    halfwidth: bool
    """Whether the notice is set in half-width punctuation."""
