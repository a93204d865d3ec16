"""What of a notice may be shown: the one gate that every notice passes on its way from the content file to a site.

    content file ── read_notice ──► Notice ── published ──► Notice as shown ──► pages, data, feeds, index

Behind it nobody knows what a mask hides, what an old wording was that is not shown, or what a withdrawn notice said.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePath

from generator.content.audience import public_anomalies, public_edits, public_name
from generator.content.config import Config
from generator.content.masks import masked
from generator.content.review import is_reviewed
from generator.model.decisions import Correction
from generator.model.notice import Edit, Notice, Source

INERT = frozenset({".docx", ".doc", ".wps", ".pdf", ".txt", ".rtf", ".ofd"})
"""Endings of sources that no browser runs: a saved page would run its scripts on the site, under its own policy."""


_UNSEEN = frozenset({"hidden-text", "comment", "tracked-change", "struck-out"})
"""Anomalies of files that hold words which the notice does not show, or shows as withdrawn."""


def published_source(notice: Notice, config: Config) -> str | None:
    """The name under which the source file may be beside a notice of a content file; None: it may not."""
    name = public_name(notice)
    if not config.publish_sources or holds_more(notice, config):
        return None
    return name if PurePath(name).suffix.lower() in INERT else None


def holds_more(notice: Notice, config: Config) -> bool:
    """Whether the source file shows what the notice does not: what is masked, unseen, withdrawn, or worded anew."""
    old = [*(one.before for one in notice.errata), *(one.before for one in notice.corrections)]
    has_old = any(old) and not config.show_old_wording
    is_unseen = any(one.code in _UNSEEN for one in notice.anomalies)
    is_unseen = is_unseen or any(one.kind == "hidden-removed" for one in notice.edits)
    return bool(notice.masks or notice.withdrawn or has_old or is_unseen)


def published(notice: Notice, config: Config) -> Notice:
    """The notice as it may be shown.

    A review that does not hold is a draft's; reviewers are named, and old wording is kept, only when `config` says so.
    """
    review = notice.review
    if review == "reviewed" and not is_reviewed(notice, config.review_steps):
        review = "draft"
    shown = masked(notice.replace(anomalies=public_anomalies(notice), edits=public_edits(notice)))
    if shown.withdrawn:
        shown = _stub(shown)
    return shown.replace(
        review=review,
        reviews=shown.reviews if config.publish_reviewers else (),
        accepted=(),
        edits=(*shown.edits, *_errata(shown, is_old_shown=config.show_old_wording)),
        errata=(),
        corrections=tuple(_correction(one, config) for one in shown.corrections),
        source=replace(shown.source, file=public_name(shown)),
    )


def _correction(one: Correction, config: Config) -> Correction:
    return replace(
        one,
        before=one.before if config.show_old_wording else None,
        who=one.who if config.publish_reviewers else None,
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


def _errata(notice: Notice, *, is_old_shown: bool) -> tuple[Edit, ...]:
    """勘误 as edits that the page tells of; their line of the source is not known."""
    return tuple(
        Edit(kind="errata", line=0, before=one.before if is_old_shown else "", after=one.after) for one in notice.errata
    )
