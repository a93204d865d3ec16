"""Which version of a notice may leave the house: the one that was approved, as a reader of the site would see it."""

from __future__ import annotations

from pathlib import Path

from generator.base.diagnostics import ContentError, Diagnostic
from generator.base.files import read_text
from generator.content.config import Config
from generator.content.journal import reviewed_versions
from generator.content.notice_file import read_notice
from generator.content.publication import published
from generator.editorial.checks import check_file, site_phrases
from generator.model.notice import Notice


def approved(path: Path, site: Path, config: Config) -> Notice:
    """The present version where it is reviewed and nothing blocks it, else the last one that was; masks applied.

    Raises ContentError with what the present version waits for, when no version may go; also for a present version that
    cannot be read, as it might say that the notice was withdrawn.
    """
    present, waits_for = as_shown(path, config), _blocking(path, site, config)
    if not waits_for:
        return present
    for kept in reviewed_versions(site, path.stem, config.review_steps):
        if not _blocking(kept.path, site, config):
            return as_shown(kept.path, config)
    raise ContentError(waits_for)


def as_shown(path: Path, config: Config) -> Notice:
    """The notice of a content file as a reader would see it. Raises ContentError for one that says nothing."""
    notice, problems = read_notice(read_text(path, str(path)), str(path))
    if notice is None:
        raise ContentError(problems)
    if notice.withdrawn:
        fault = "the notice was withdrawn: no page of it may be put up anywhere"
        raise ContentError([Diagnostic(code="withdrawn", file=str(path), message=fault)])
    return published(notice, config)


def _blocking(path: Path, site: Path, config: Config) -> list[Diagnostic]:
    findings, _ = check_file(path, site, config, site_phrases(site))
    return [one.diagnostic for one in findings if one.blocks]
