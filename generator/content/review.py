"""三审三校: whether a notice's release was approved, for the words and facts that it has now.

A signature names a step of `review_steps` in site.yml, who signed, when, and the fingerprint of what was signed. Who
then changes a word or a fact changes the fingerprint, and the signatures are void.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence

from generator.base.structure import plain_fields
from generator.content.body_text import write_body
from generator.content.notice_file import DECISIONS, FACTS
from generator.model.notice import Notice

_REVIEWED = tuple(name for name in (*FACTS, *DECISIONS) if name not in {"review", "reviews", "accepted", "withdrawn"})


def fingerprint(notice: Notice) -> str:
    """SHA-256 of what a reviewer answers for: facts, words, masks, corrections.

    What is absent is left out, so that a later version with one more fact does not void old signatures. What came of
    the import (edits, anomalies) and what was accepted is no part of it.
    """
    facts = _present(plain_fields(notice, _REVIEWED))
    digest = hashlib.sha256(json.dumps(facts, ensure_ascii=False, sort_keys=True).encode("utf-8", "surrogatepass"))
    digest.update(write_body(notice.body).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def _present(value: object) -> object:
    if isinstance(value, dict):
        return {key: _present(inner) for key, inner in value.items() if inner not in (None, [], {}, ())}
    return [_present(inner) for inner in value] if isinstance(value, list) else value


def missing_steps(notice: Notice, steps: Sequence[str]) -> tuple[str, ...]:
    """The steps that nobody has signed, in order; of another site's notice none is asked for."""
    if notice.gathered:
        return ()
    signed = {review.step for review in notice.reviews}
    return tuple(step for step in steps if step not in signed)


def void_steps(notice: Notice) -> tuple[str, ...]:
    """The steps that were signed for other words than the notice has now."""
    if not notice.reviews:
        return ()
    now = fingerprint(notice)
    return tuple(review.step for review in notice.reviews if review.words != now)


def is_reviewed(notice: Notice, steps: Sequence[str]) -> bool:
    """Whether the notice may be published as far as its review goes."""
    return not any(True for _ in faults(notice, steps))


def faults(notice: Notice, steps: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """What the review of a notice lacks: code, what is wrong, how to fix it.

    One that was withdrawn needs none: its words are not shown, and taking it down must not wait. Nor does one that
    another site published: that site answers for it, and here it must be what it is there (`gathered-differs`).
    """
    if notice.withdrawn or notice.gathered:
        return
    missing, void = missing_steps(notice, steps), void_steps(notice)
    step = next((step for step in steps if step in {*missing, *void}), steps[-1])
    sign = _sign(notice, step)
    if notice.review == "draft":
        waits = f", it waits for {'、'.join(missing)}" if missing else ""
        yield "draft", f"the notice is a draft: its review is not finished{waits}", sign
        return
    if missing:
        yield "review-missing", f"the notice is said to be reviewed, and nobody signed {'、'.join(missing)}", sign
    if void:
        yield (
            "review-void",
            f"the notice was changed after {'、'.join(void)} was signed",
            f"What was changed needs a new review. {sign}",
        )
    for review in notice.reviews:
        if not review.name.strip():
            yield "review-missing", f"{review.step} was signed without a name", _sign(notice, review.step)


def _sign(notice: Notice, step: str) -> str:
    return f"Read it against the original, then sign: disclose review {notice.id} --step {step} --name NAME."
