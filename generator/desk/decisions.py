"""What people decide about a notice on the desk, by the functions that the commands use: one way of doing it."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

from generator.base.dates import PartialDate
from generator.base.diagnostics import Span
from generator.content.config import Config
from generator.content.errata import SourceDifference, errata_of
from generator.content.masks import faulty_masks, idle_masks
from generator.content.review import fingerprint
from generator.desk.facts import set_status
from generator.desk.places import GuardedPlace, RefusedAct, index_at, place
from generator.desk.structure import shift
from generator.editorial.acceptance import NEVER
from generator.editorial.signing import sign as signed
from generator.model.decisions import Acceptance, Correction, Mask, MaskKind, Review, Withdrawal
from generator.model.notice import Notice, Status


def accept(notice: Notice, code: str, quote: str | None, why: str, who: str, day: PartialDate) -> Notice:
    """Somebody answers for a finding; who answered for it before is replaced."""
    if code in NEVER:
        raise RefusedAct("never", code)
    if not why.strip() or not who.strip():
        raise RefusedAct("no-reason" if who.strip() else "nobody")
    kept = tuple(one for one in notice.accepted if (one.code, one.quote) != (code, quote))
    one = Acceptance(code=code, who=who.strip(), when=day, why=why.strip(), quote=quote)
    return notice.replace(accepted=(*kept, one))


def retract(notice: Notice, code: str, quote: str | None) -> Notice:
    """Nobody answers for a finding any more."""
    kept = tuple(one for one in notice.accepted if (one.code, one.quote) != (code, quote))
    if len(kept) == len(notice.accepted):
        raise RefusedAct("not-accepted", quote or code)
    return notice.replace(accepted=kept)


def add_mask(notice: Notice, kind: MaskKind, value: str | None, label: str | None, why: str) -> Notice:
    """Something that no output may show."""
    if kind not in get_args(MaskKind):
        raise RefusedAct("mask-kind", kind)
    if not why.strip():
        raise RefusedAct("no-reason")
    one = Mask(kind=kind, value=value, label=label, why=why.strip())
    changed = notice.replace(masks=(*(kept for kept in notice.masks if kept.value != value or value is None), one))
    if any(True for _ in faulty_masks(changed.replace(masks=(one,)))):
        raise RefusedAct("mask-faulty", value or kind)
    if one in idle_masks(changed):
        raise RefusedAct("mask-idle", value or kind)
    return changed


def remove_mask(notice: Notice, number: int) -> Notice:
    """The mask of that number, counted from 1, is taken back."""
    if not 1 <= number <= len(notice.masks):
        raise RefusedAct("no-mask", str(number))
    return notice.replace(masks=notice.masks[: number - 1] + notice.masks[number:])


def _mended(notice: Notice, span: Span, after: str) -> Notice:
    """The notice with other words at a span, which lies in the label or in the words of one passage."""
    if "\n" in after or "\r" in after:
        raise RefusedAct("line-break")
    index = index_at(notice, span)
    one, base = notice.body[index], notice.starts[index]
    start, end, size = span.start - base, span.end - base, len(one.label)
    if start < size < end:
        raise RefusedAct("several", span.of(notice.text))
    if end <= size:
        changed = one._replace(label=one.label[:start] + after + one.label[end:])
    else:
        changed = one._replace(words=one.words[: start - size] + after + one.words[end - size :])
    if not changed.text.strip() or changed.text[:1].isspace():
        raise RefusedAct("empty", span.of(notice.text))
    body = (*notice.body[:index], changed, *notice.body[index + 1 :])
    return replace(shift(notice, span, len(after)), body=body)


def fix(notice: Notice, at: GuardedPlace, after: str, why: str, who: str, day: PartialDate) -> Notice:
    """Other words at a place, and the erratum that says who answers for it: source and errata still prove the words."""
    if not why.strip() or not who.strip():
        raise RefusedAct("no-reason" if who.strip() else "nobody")
    span = at.span(notice.text)
    if after == at.words:
        raise RefusedAct("same-words", after)
    changed = _mended(notice, span, after)
    parting = SourceDifference(span.start, span.start + len(after), at.words)
    errata = errata_of(changed.text, [parting], who=who.strip(), when=day, why=why.strip())
    return changed.replace(errata=(*notice.errata, *errata))


def correct(
    notice: Notice, what: str, why: str, at: GuardedPlace | None, after: str, who: str, day: PartialDate
) -> Notice:
    """A correction of what was published: of words at a place, or of a fact (no place). The public reads of it."""
    if not what.strip() or not why.strip():
        raise RefusedAct("no-reason")
    if not who.strip():
        raise RefusedAct("nobody")
    one = Correction(date=day, what=what.strip(), why=why.strip(), who=who.strip())
    changed = notice
    if at is not None:
        fixed = fix(notice, at, after, why, who, day)
        [words] = fixed.errata[len(notice.errata) :]
        changed = fixed.replace(errata=notice.errata)
        one = replace(one, before=words.before, after=words.after)
    return changed.replace(corrections=(*notice.corrections, one))


def add_news(
    notice: Notice,
    issue: str,
    status: Status,
    at: GuardedPlace,
    words: str,
    *,
    what: str,
    why: str,
    who: str,
    day: PartialDate,
) -> Notice:
    """What a unit's letter says, behind words that stay as they are; it proves the status. The public reads of it."""
    changed = correct(notice, what, why, at, at.words + words, who, day)
    return set_status(changed, issue, status, place(changed, at.end, at.end + len(words)))


def withdraw(notice: Notice, why: str, day: PartialDate) -> Notice:
    """The notice is no longer shown."""
    if not why.strip():
        raise RefusedAct("no-reason")
    return notice.replace(withdrawn=Withdrawal(date=day, why=why.strip()))


def reinstate(notice: Notice) -> Notice:
    """The notice is shown again."""
    if notice.withdrawn is None:
        raise RefusedAct("not-withdrawn")
    return notice.replace(withdrawn=None)


def sign(notice: Notice, step: str, name: str, day: PartialDate, config: Config) -> Notice:
    """A step of the review signed for the words that the notice has now."""
    if step not in config.review_steps:
        raise RefusedAct("no-step", step)
    if not name.strip():
        raise RefusedAct("nobody")
    return signed(notice, config, Review(step=step, name=name.strip(), date=day, words=fingerprint(notice)))
