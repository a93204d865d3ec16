"""`disclose correct ID…`: put on record who answers for words and facts that differ from the source (勘误)."""

from __future__ import annotations

import argparse
from pathlib import Path

from generator.base.console import tell
from generator.base.diagnostics import ContentError, UsageError
from generator.base.files import read_text, write_text
from generator.base.locks import editing
from generator.base.structure import dump, plain, replace_keys
from generator.commands.history import add_no_git, commit
from generator.commands.named_notices import add_notices
from generator.commands.review import day_of, today
from generator.content.naming import find_notices
from generator.content.notice_file import read_notice
from generator.editorial.against_source import RecordedAnswers, answers_for


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `disclose correct`."""
    add_notices(parser)
    parser.add_argument("--who", required=True, metavar="NAME", help="who answers for the difference")
    parser.add_argument("--why", required=True, help="why words or facts are not those of the source")
    parser.add_argument("--date", type=day_of, metavar="DATE", help="the day (default: today)")
    add_no_git(parser)
    parser.add_argument("--dry-run", action="store_true", help="show the differences, and write nothing")


def run(options: argparse.Namespace) -> int:
    """Record each difference; print it."""
    if not options.who.strip() or not options.why.strip():
        raise UsageError("--who, --why: somebody must answer for a difference, and say why")
    site: Path = options.site
    for path in find_notices(site, options.notices):
        with editing(site):
            text = read_text(path, str(path))
            notice, problems = read_notice(text, str(path))
            if notice is None:
                raise ContentError(problems)
            found = answers_for(
                notice, site, who=options.who.strip(), why=options.why.strip(), when=options.date or today()
            )
            if not options.dry_run and (found.errata or found.accepted):
                write_text(path, _with(text, found, notice.errata, notice.accepted))
        tell(*(f"{path}: {message}" for message in found.told))
        if options.dry_run:
            tell(f"{path}: {len(found.errata)} errata, {len(found.accepted)} facts would be recorded")
            continue
        commit(options, f"correct: {path.stem}", options.who.strip())
        tell(f"{path}: {len(found.errata)} errata, {len(found.accepted)} facts recorded")
    return 0


def _with(text: str, found: RecordedAnswers, errata: tuple[object, ...], accepted: tuple[object, ...]) -> str:
    """The content file with the records added; every other line stays as it is."""
    values = {}
    if found.errata:
        values["errata"] = dump({"errata": plain((*errata, *found.errata))})
    if found.accepted:
        values["accepted"] = dump({"accepted": plain((*accepted, *found.accepted))})
    return replace_keys(text, values)
