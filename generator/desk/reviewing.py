"""三审: who signed, what was changed since, and what the one who signs must know."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal, NamedTuple

from generator.base.diagnostics import DiscloseError
from generator.base.language import chinese
from generator.content.config import Config
from generator.content.in_words import Said
from generator.content.journal import JOURNAL, versions
from generator.content.origin import origin_of
from generator.content.review import fingerprint, missing_steps, void_steps
from generator.content.version_changes import Change, changes
from generator.desk import words
from generator.desk.public import Public
from generator.desk.summary import OF_REVIEW, Rules, digest_of, name_of, open_findings
from generator.editorial.acceptance import Finding
from generator.model.decisions import Review
from generator.model.notice import Notice
from generator.model.vocabulary import figures_in_words

Against = Literal["signed", "import", "live"]
AGAINST: tuple[tuple[Against, str], ...] = (("signed", "上次签名"), ("import", "导入时"), ("live", "线上"))


class SignRow(NamedTuple):
    """A step of the review."""

    number: int
    step: str
    by: Review | None
    state: Literal["ok", "void", "next", "waits"]
    after: str
    """The step that must be signed first; empty: none."""
    suggested: str
    """A name for the form: empty where the step wants another person."""


def sign_rows(notice: Notice, config: Config, who: str) -> Iterator[SignRow]:
    """The steps in order: signed, void, the one to sign now, those that wait for it."""
    void, signed, missing = void_steps(notice), {one.step: one for one in notice.reviews}, ""
    holding = {one.name for one in notice.reviews if one.step not in void}
    for number, step in enumerate(config.review_steps, 1):
        by = signed.get(step)
        if by is not None and step not in void:
            yield SignRow(number, step, by, "ok", "", "")
            continue
        usual = by.name if by else who if not holding else ""
        is_taken = usual in holding and config.distinct_reviewers
        yield SignRow(
            number, step, by, "waits" if missing else "void" if by else "next", missing, "" if is_taken else usual
        )
        missing = missing or step


class ChangesAgainst(NamedTuple):
    """What was changed against an earlier version."""

    against: Against
    rows: Sequence[Change]
    why: str = ""
    """Why there is nothing to compare with; empty: there is."""
    step: str = ""
    """The step whose own last version it is, where that step is the next to sign."""


def compared(site: Path, notice: Notice, against: Against, rules: Rules, public: Public) -> ChangesAgainst:
    """What differs from what was signed last, from the import or from what is live.

    Who signs next sees what was changed since that step was signed last, however often others signed in between.
    """
    if against == "import":
        try:
            return ChangesAgainst(against, tuple(changes(origin_of(site, notice).notice.replace(id=notice.id), notice)))
        except DiscloseError as error:
            return ChangesAgainst(against, (), words.of_error(error))
    found = (one.notice for one in versions(site, notice.id))
    if against == "live":
        live = set(public.records.values())
        found = (one for one in found if digest_of(one, rules) in live)
    kept, steps = list(found), rules.config.review_steps
    base, step = kept[0] if kept else None, _next_step(notice, steps)
    if base is None:
        return ChangesAgainst(against, (), "还没有签过。" if against == "signed" else public.why or "线上没有这一份。")
    own = next((one for one in kept if _holds(one, step, steps)), None) if against == "signed" else None
    return ChangesAgainst(against, tuple(changes(own or base, notice)), step=step if own else "")


def _next_step(notice: Notice, steps: Sequence[str]) -> str:
    return next((step for step in steps if not _holds(notice, step, steps)), "")


def _holds(notice: Notice, step: str, steps: Sequence[str]) -> bool:
    """Whether a step is signed for the words that the notice has."""
    return bool(step) and step not in {*missing_steps(notice, steps), *void_steps(notice)}


def in_chinese(said: Said) -> str:
    """A value of a change."""
    return said.text if said.is_own else chinese().say(said.text)


class ToKnow(NamedTuple):
    """Something that the one who signs must know."""

    name: str
    said: str
    is_grave: bool = False


def to_know(notice: Notice, findings: Sequence[Finding]) -> Iterator[ToKnow]:
    """What the notice holds, the doubts that somebody answers for, what it states and what was counted, masks."""
    yield ToKnow("内容", figures_in_words(Counter(issue.status for issue in notice.issues)) or "没有逐项列出问题")
    accepted = Counter(name_of(one) for one in findings if one.accepted)
    if accepted:
        yield ToKnow("疑点", f"{accepted.total()} 处有人负责：{_counted(accepted)}；都写明了理由")
    left = open_findings(list(findings))
    if left:
        yield ToKnow("没有处理的", _counted(Counter(map(name_of, left))), is_grave=True)
    if not accepted and not left:
        yield ToKnow("疑点", "没有")
    yield from _figures(notice)
    doubtful = [chinese().say(one.diagnostic.message) for one in findings if one.diagnostic.code == "review-doubtful"]
    if doubtful:
        yield ToKnow("签名", "；".join(doubtful))
    yield ToKnow("遮盖", f"{len(notice.masks)} 处" if notice.masks else "没有")
    if notice.corrections:
        yield ToKnow("更正", f"{len(notice.corrections)} 处")
    blocks = Counter(name_of(one) for one in findings if one.blocks and one.diagnostic.code not in OF_REVIEW)
    yield ToKnow("挡发布的", _counted(blocks) if blocks else "除三审外没有", is_grave=bool(blocks))


def _figures(notice: Notice) -> Iterator[ToKnow]:
    """The notice's own totals beside what was counted."""
    done = sum(issue.status == "done" for issue in notice.issues)
    pairs = (("问题", notice.stated.issues, len(notice.issues)), ("已完成", notice.stated.done, done))
    said = [f"{name} {stated} {'=' if stated == count else '≠'} {count}" for name, stated, count in pairs if stated]
    if said:
        yield ToKnow("自述与清点", "，".join(said), is_grave=any("≠" in one for one in said))


def _counted(names: Counter[str]) -> str:
    return "、".join(f"{name} {count}" for name, count in names.most_common())


class Scan(NamedTuple):
    """A signed slip that is kept."""

    name: str
    is_of_now: bool
    """Whether it was signed for the words that the notice has now."""


def scans_of(site: Path, notice: Notice) -> list[Scan]:
    """The signed slips of a notice."""
    now = f"signed-{fingerprint(notice)[:16]}"
    folder = site / JOURNAL / notice.id
    names = sorted(path.name for path in folder.glob("signed-*")) if folder.is_dir() else []
    return [Scan(name, name.startswith(now)) for name in names]
