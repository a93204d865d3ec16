"""`disclose review NOTICE…`: sign a step of the review (三审三校) for the words that a notice has now."""

from __future__ import annotations

import argparse
import datetime as dt
from pathlib import Path

from generator.base.console import tell
from generator.base.dates import PartialDate
from generator.base.diagnostics import ContentError, UsageError, nearest
from generator.base.files import editing, read_text, write_text
from generator.base.structure import dump, plain, replace_keys
from generator.content.config import Config, load_config
from generator.content.journal import keep
from generator.content.naming import find_notices
from generator.content.notice_file import read_notice
from generator.content.review import fingerprint, void_steps
from generator.model.decisions import Review
from generator.model.notice import Notice


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `disclose review`."""
    parser.add_argument(
        "notices", nargs="+", metavar="NOTICE", help="notices, each by its id, unit, title, source file or content file"
    )
    parser.add_argument("--step", required=True, help="the step: one of review_steps in site.yml (初审, 复审, 终审)")
    parser.add_argument("--name", required=True, help="who answers for it; not published unless site.yml says so")
    parser.add_argument("--date", type=day_of, metavar="DATE", help="the day of the review (default: today)")


def today() -> PartialDate:
    """The day of this machine."""
    now = dt.datetime.now(dt.UTC).astimezone().date()
    return PartialDate(now.year, now.month, now.day)


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
    """Sign; print what each notice still lacks."""
    site: Path = options.site
    config = load_config(site)
    steps = config.review_steps
    if options.step not in steps:
        raise UsageError(
            f"--step: no step “{options.step}”{nearest(options.step, steps)}; steps are {'、'.join(steps)}"
        )
    if not options.name.strip():
        raise UsageError("--name: somebody must answer for the review")
    day = options.date or today()
    for path in find_notices(site, options.notices):
        with editing(site):  # another's signature between reading and writing would be lost
            text = read_text(path, str(path))
            notice, problems = read_notice(text, str(path))
            if notice is None:
                raise ContentError(problems)
            signed = sign(notice, config, step=options.step, name=options.name.strip(), day=day)
            text = with_signatures(text, signed)
            write_text(path, text)
            keep(site, text, signed)
        tell(f"{path}: {options.step} {options.name.strip()} {day.iso}; {_next(signed, steps)}")
    return 0


def sign(notice: Notice, config: Config, *, step: str, name: str, day: PartialDate) -> Notice:
    """The notice with the step signed for its words as they are now.

    Signatures for other words are void, and gone; with the last step of `review_steps` it is reviewed.
    """
    void = {*void_steps(notice), step}
    kept = tuple(one for one in notice.reviews if one.step not in void)
    reviews = (*kept, Review(step=step, name=name, date=day, words=fingerprint(notice)))
    done = {one.step for one in reviews}.issuperset(config.review_steps)
    return notice.but(reviews=reviews, review="reviewed" if done else "draft")


def with_signatures(text: str, notice: Notice) -> str:
    """The content file with the signatures of `notice`; every other line stays as the editor wrote it."""
    return replace_keys(
        text, {"review": dump({"review": notice.review}), "reviews": dump({"reviews": plain(notice.reviews)})}
    )


def _next(notice: Notice, steps: tuple[str, ...]) -> str:
    signed = {one.step for one in notice.reviews}
    waiting = [step for step in steps if step not in signed]
    return f"waits for {'、'.join(waiting)}" if waiting else "reviewed"
