"""What of a notice may be shown: the one gate that every notice passes on its way from the content file to a site.

    content file ── read_notice ──► Notice ── published ──► Notice as shown ──► pages, data, feeds, index

Behind it nobody knows what a mask hides, what an old wording was that is not shown, or what a withdrawn notice said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from generator.content.config import Config
from generator.content.masks import mask_edits, masked
from generator.content.review import is_reviewed
from generator.model.decisions import Correction
from generator.model.notice import Notice, Source
from generator.model.proof import Difference, difference


def published(notice: Notice, config: Config) -> Notice:
    """The notice as it may be shown.

    A review that does not hold is a draft's; reviewers are named, and old wording is kept, only when `config` says so.
    """
    review = notice.review
    if review == "reviewed" and not is_reviewed(notice, config.review_steps):
        review = "draft"
    shown = masked(notice)
    if shown.withdrawn:
        shown = _stub(shown)
    return shown.but(
        review=review,
        reviews=shown.reviews if config.publish_reviewers else (),
        accepted=(),
        corrections=tuple(one if config.show_old_wording else replace(one, before=None) for one in shown.corrections),
        anomalies=tuple(one for one in shown.anomalies if not one.code.startswith("personal-")),
    )


def _stub(notice: Notice) -> Notice:
    """What is left of a withdrawn notice: its address, its name, and why it is gone."""
    return Notice(
        id=notice.id,
        title=notice.title,
        title_origin=notice.title_origin,
        unit=notice.unit,
        body=(),
        source=Source(file="", format="", sha256=""),
        withdrawn=notice.withdrawn,
    )


def wording_difference(source: str, notice: Notice, shown: str) -> Difference | None:
    """Where `shown` is not the source with all that is on record: edits, corrections, masks; None: it is.

    `notice` is that of the content file, `shown` the text that was published of it. Promise 1, from the file that the
    unit gave to the page that a citizen reads. Raises ValueError when an edit does not fit the source.
    """
    before = difference(source, notice.edits, _uncorrected(notice.text, notice.corrections))
    return before or difference(notice.text, mask_edits(notice), shown)


def _uncorrected(text: str, corrections: Sequence[Correction]) -> str:
    """The text as it was before it was corrected."""
    for one in reversed(corrections):
        if one.before is not None and one.after is not None and text.count(one.after) == 1:
            text = text.replace(one.after, one.before)
    return text
