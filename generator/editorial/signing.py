"""三审三校: whether a step may be signed, and what the one who signs must know."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from generator.base.dates import PartialDate
from generator.base.diagnostics import Diagnostic, DiscloseError, Severity
from generator.content.config import Config
from generator.content.journal import imported_on, versions
from generator.content.review import void_steps
from generator.content.version_changes import Change, changes
from generator.model.decisions import Review
from generator.model.notice import Notice

_SHOWN = 10
"""Changes that a finding names; signing shows all."""


def sign(notice: Notice, config: Config, one: Review) -> Notice:
    """The notice with a step signed for its words as they are now.

    Signatures for other words are void, and gone; with the last step of `review_steps` it is reviewed.
    """
    void = {*void_steps(notice), one.step}
    reviews = (*(kept for kept in notice.reviews if kept.step not in void), one)
    done = {kept.step for kept in reviews}.issuperset(config.review_steps)
    order = {step: at for at, step in enumerate(config.review_steps)}
    reviews = tuple(sorted(reviews, key=lambda kept: order.get(kept.step, len(order))))
    return notice.replace(reviews=reviews, review="reviewed" if done else "draft")


def refuse_to_sign(notice: Notice, config: Config, one: Review, site: Path, *, today: PartialDate, again: bool) -> None:
    """Raise DiscloseError when the step may not be signed so: not now, not by this person, not on such a day."""
    holding = {kept.step: kept for kept in notice.reviews if kept.step not in void_steps(notice)}
    faults = [
        *_order(holding, config, one),
        *_person(holding, config, one, again=again),
        *_day(holding, one, imported_on(site, notice.id), today),
    ]
    if faults:
        raise DiscloseError("\n".join(f"{notice.id}: {fault}" for fault in faults))


def _order(holding: dict[str, Review], config: Config, one: Review) -> Iterator[str]:
    before = config.review_steps[: config.review_steps.index(one.step)]
    missing = [step for step in before if step not in holding]
    if missing:
        yield f"{one.step} comes after {'、'.join(missing)}, which nobody has signed for these words"


def _person(holding: dict[str, Review], config: Config, one: Review, *, again: bool) -> Iterator[str]:
    there = holding.get(one.step)
    if there and not again:
        yield f"{one.step} was signed by {there.name} on {there.date.iso}; to put this one in its place: --again"
    same = [kept.step for kept in holding.values() if kept.name == one.name and kept.step != one.step]
    if same and config.distinct_reviewers:
        yield (
            f"{one.name} has signed {'、'.join(same)}: each step is signed by another person "
            "(distinct_reviewers: false in site.yml, if the unit has decided otherwise)"
        )


def _day(holding: dict[str, Review], one: Review, imported: PartialDate | None, today: PartialDate) -> Iterator[str]:
    if today.iso < one.date.iso:
        yield f"--date {one.date.iso} is after today, {today.iso}"
    if imported and one.date.iso < imported.iso:
        yield f"--date {one.date.iso} is before the notice was imported, {imported.iso}"
    later = [kept for kept in holding.values() if kept.step != one.step and one.date.iso < kept.date.iso]
    if later:
        yield f"--date {one.date.iso} is before {later[-1].step} was signed, {later[-1].date.iso}"


def changed_since(site: Path, notice: Notice) -> tuple[Change, ...] | None:
    """What was changed since the notice was signed last; None: it never was, or what was signed is not kept."""
    last = next(versions(site, notice.id), None)
    return tuple(changes(last.notice, notice)) if last else None


def with_changes(found: Diagnostic, site: Path, notice: Notice) -> Diagnostic:
    """A finding that the review is void, with what was changed since."""
    since = changed_since(site, notice) if found.code == "review-void" else None
    if not since:
        return found
    more = [f"… and {len(since) - _SHOWN} more changes"] if len(since) > _SHOWN else []
    return replace(found, hint="\n    ".join([found.hint, *map(str, since[:_SHOWN]), *more]))


def review_problems(notice: Notice, config: Config, file: str, line: int) -> Iterator[Diagnostic]:
    """Signatures that hold and yet prove little: several of one person, or in another order than the steps."""
    if notice.withdrawn:
        return
    holding = [one for one in notice.reviews if one.step not in void_steps(notice)]
    by_name: dict[str, list[str]] = {}
    for one in holding:
        by_name.setdefault(one.name, []).append(one.step)
    said = [
        f"{name} signed {'、'.join(steps)}: each step is for another person"
        for name, steps in by_name.items()
        if len(steps) > 1 and config.distinct_reviewers
    ]
    dates = {one.step: one.date.iso for one in holding}
    days = [(step, dates[step]) for step in config.review_steps if step in dates]
    said += [
        f"{step} was signed on {day}, before {earlier} on {first}"
        for (earlier, first), (step, day) in pairwise(days)
        if day < first
    ]
    for message in said:
        yield Diagnostic(
            code="review-doubtful",
            severity=Severity.WARNING,
            file=file,
            line=line,
            message=message,
            hint="Have the step signed by whoever answers for it: disclose review … --again.",
        )
