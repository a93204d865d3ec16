"""The gate before a release: what must be mended, or answered for, before the site may be published."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from generator.base.diagnostics import Diagnostic
from generator.editorial.checks import check


def blocking(site: Path, output: Path, *, jobs: int = 1) -> list[Diagnostic]:
    """All that a release of the site, built in `output`, must wait for, sorted by place; empty: it may be published.

    Faults of the files, drafts, placeholders, errors that nobody accepted, faults of the built site. Raises
    DiscloseError when site.yml cannot be read.
    """
    found = check(site, output=output, day=dt.date.min, jobs=jobs).findings  # no rule asks for the day
    return [one.said for one in found if one.blocks or one.said.code == "not-built"]
