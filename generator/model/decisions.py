"""What people decided about a notice before it is shown: review, acceptance, masks, corrections, withdrawal.

All of it is in the front matter of the content file (docs/content.md); none of it is a word of the notice.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from generator.base.dates import PartialDate
from generator.base.diagnostics import Span

ReviewState = Literal["draft", "reviewed"]
"""待审 · 已审."""

MaskKind = Literal[
    "id-card",
    "mobile",
    "bank-card",
    "address",
    "birth-date",
    "person",
    "passport",
    "plate",
    "email",
    "account",
    "other",
]
"""What a mask hides; model/personal_rules.py says how each is found and shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """A step of the review (三审三校) that somebody signed."""

    step: str
    """One of `review_steps` of site.yml: 初审, 复审, 终审."""
    name: str
    date: PartialDate
    words: str
    """Fingerprint of what was reviewed (generator/content/review.py): another one now means that the review is void."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathering:
    """汇集: the site that published the notice; this one shows its record, and answers for none of its words."""

    site: str
    """Its name."""
    address: str
    """The notice's page there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Acceptance:
    """A finding of `disclose check` that somebody answers for."""

    code: str
    who: str
    when: PartialDate
    why: str
    quote: str | None = None
    """The words that the finding quotes; None: every finding of that code in the file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mask:
    """遮蔽: something that no output may show."""

    kind: MaskKind
    why: str
    value: str | None = None
    """The characters to hide, however they are spaced; None: all that the kind's own pattern finds."""
    label: str | None = None
    """What is in their place; None: as is usual for the kind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Redaction:
    """What a mask hid, told without telling it."""

    kind: MaskKind
    count: int
    """How often, in words, metadata and edits."""
    why: str
    places: tuple[Span, ...] = ()
    """Where in the shown text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """更正: what of a published notice was changed, and when."""

    date: PartialDate
    what: str
    why: str
    before: str | None = None
    """The wording until then; None: not the words were changed but a fact, or the old wording may not be kept."""
    after: str | None = None
    """The wording since; it is in the notice once."""
    who: str | None = None
    """Who answers for it; a correction of words counts only when somebody does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Erratum:
    """勘误: words that an editor fixed before the notice was published: a misread scan, a slip in the file."""

    before: str
    """The words of the source, with neighbours, white space aside."""
    after: str
    """The words now; they are in the notice once."""
    who: str
    when: PartialDate
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal:
    """撤下: since when, and why, a notice is no longer shown."""

    date: PartialDate
    why: str
