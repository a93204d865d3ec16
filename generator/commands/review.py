"""`disclose review NOTICE…`: sign a step of the review (三审三校) for the words that a notice has now."""

from __future__ import annotations

import argparse
import datetime as dt
from pathlib import Path

from generator.base.console import tell
from generator.base.dates import PartialDate
from generator.base.diagnostics import ContentError, UsageError, nearest
from generator.base.files import read_text, write_text
from generator.base.language import say
from generator.base.locks import editing
from generator.base.structure import dump, plain, replace_keys
from generator.commands import slip
from generator.commands.history import add_no_git, commit
from generator.content.config import Config, load_config
from generator.content.journal import keep
from generator.content.naming import find_notices
from generator.content.notice_file import read_notice
from generator.content.review import fingerprint, void_steps
from generator.editorial.signing import changed_since, refuse_to_sign, sign
from generator.model.decisions import Review
from generator.model.notice import Notice

_SLIP = "slip"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `disclose review`."""
    parser.add_argument(
        "notices",
        nargs="+",
        metavar="NOTICE",
        help="notices by id, unit, title, source file or content file; “slip NOTICE” prints their slips (送审单)",
    )
    parser.add_argument("--step", help="the step: one of review_steps in site.yml (初审, 复审, 终审)")
    parser.add_argument("--name", help="who answers for it; not published unless site.yml says so")
    parser.add_argument("--date", type=day_of, metavar="DATE", help="the day of the review (default: today)")
    parser.add_argument("--again", action="store_true", help="put this signature in the place of another person's")
    slip.add_options(parser)
    add_no_git(parser)


def today() -> PartialDate:
    """The day of this machine."""
    return PartialDate.of(dt.datetime.now(dt.UTC).astimezone().date())


def day_of(text: str) -> PartialDate:
    """The day of an option. Raises ArgumentTypeError for anything else."""
    try:
        found = PartialDate.parse(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error
    if not found.day:
        raise argparse.ArgumentTypeError(f"“{text}” is not a day; write 2025-12-01")
    return found


def run(options: argparse.Namespace) -> int:
    """Sign; print what was changed since the last signature, and what each notice still lacks."""
    if options.notices[0] == _SLIP:
        options.notices = options.notices[1:]
        return slip.run(options)
    config = load_config(options.site)
    _check(options, config)
    one = Review(step=options.step, name=options.name.strip(), date=options.date or today(), words="")
    for path in find_notices(options.site, options.notices):
        with editing(options.site):  # another's signature between reading and writing would be lost
            _sign(path, config, one, options)
            commit(options, f"review: {one.step}: {path.stem}", one.name)
    return 0


def _check(options: argparse.Namespace, config: Config) -> None:
    steps = config.review_steps
    if options.step is None or options.name is None:
        raise UsageError("--step and --name are needed: which step, and who answers for it")
    if options.step not in steps:
        raise UsageError(
            f"--step: no step “{options.step}”{nearest(options.step, steps)}; steps are {'、'.join(steps)}"
        )
    if not options.name.strip():
        raise UsageError("--name: somebody must answer for the review")


def _sign(path: Path, config: Config, one: Review, options: argparse.Namespace) -> None:
    text = read_text(path, str(path))
    notice, problems = read_notice(text, str(path))
    if notice is None:
        raise ContentError(problems)
    refuse_to_sign(notice, config, one, options.site, today=today(), again=options.again)
    _tell_changes(notice, options.site)
    signed = sign(notice, config, Review(step=one.step, name=one.name, date=one.date, words=fingerprint(notice)))
    text = with_signatures(text, signed)
    write_text(path, text)
    keep(options.site, text, signed)
    tell(f"{path}: {one.step} signed by {one.name} on {one.date.iso}; {_next(signed, config.review_steps)}")


def _tell_changes(notice: Notice, site: Path) -> None:
    """What the one who signs must know: what differs from what was signed last, and whose signatures are void."""
    if since := changed_since(site, notice):
        tell(f"{notice.id}: changed since it was signed last:", *(f"  {say(str(change))}" for change in since))
    void = void_steps(notice)
    for one in notice.reviews:
        if one.step in void:
            tell(f"{one.step} of {one.name} ({one.date.iso}) was for other words, and is void")


def with_signatures(text: str, notice: Notice) -> str:
    """The content file with the signatures of `notice`; every other line stays as the editor wrote it."""
    return replace_keys(
        text, {"review": dump({"review": notice.review}), "reviews": dump({"reviews": plain(notice.reviews)})}
    )


def _next(notice: Notice, steps: tuple[str, ...]) -> str:
    signed = {one.step for one in notice.reviews}
    waiting = [step for step in steps if step not in signed]
    return f"waits for {'、'.join(waiting)}" if waiting else "reviewed"
