"""What the board knows of a notice: everything is derived from its content file, nothing is stored."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.base.diagnostics import Severity
from generator.base.files import read_text, stem_of
from generator.base.layout import TOPICS
from generator.base.shipped import site_or_shipped
from generator.content.config import Config, load_config
from generator.content.journal import imported_on
from generator.content.masks import address_of
from generator.content.phrases import Phrases
from generator.content.publication import published
from generator.content.record import record_of
from generator.content.review import missing_steps, void_steps
from generator.content.topics import TopicRules, read_topics
from generator.data.formats import to_json
from generator.desk.notices import Opened, opened
from generator.editorial.acceptance import Finding
from generator.editorial.advice import ADVICE
from generator.editorial.checks import check_notice, site_phrases
from generator.model.decisions import Review
from generator.model.notice import Notice

OF_REVIEW = frozenset({"draft", "review-missing", "review-void", "review-doubtful"})
"""Codes that speak of signatures, and are no doubts about the notice: 三审 tells of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What of a site decides about all its notices."""

    config: Config
    phrases: Phrases
    topics: TopicRules


@dataclass(frozen=True, slots=True, kw_only=True)
class DueItem:
    """An issue or a follow-up whose deadline comes, and that is not done."""

    day: dt.date
    anchor: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """One notice."""

    id: str
    version: str
    """SHA-256 of the content file."""
    title: str
    unit: str = ""
    kind: str = ""
    region: str = ""
    published: str = ""
    """ISO date."""
    problems: tuple[tuple[int, str], ...] = ()
    """Line and message: why the file cannot be read; empty: it can."""
    issues: int = 0
    followups: int = 0
    doubts: tuple[tuple[str, int], ...] = ()
    """Names of what nobody settled, and how often."""
    personal: int = 0
    """How many of them are personal data that nobody masked."""
    blocks: int = 0
    """How many of them a release waits for."""
    accepted: int = 0
    touched: bool = False
    """Whether a person has decided anything about it."""
    signed: tuple[Review, ...] = ()
    """That hold."""
    missing: tuple[str, ...] = ()
    """Steps that nobody signed for these words."""
    void: tuple[str, ...] = ()
    masks: int = 0
    corrections: int = 0
    withdrawn: str = ""
    """ISO date; empty: it is not."""
    imported: str = ""
    """ISO date; empty: it is not known."""
    dues: tuple[DueItem, ...] = ()
    address: str = ""
    """Id under which it is shown."""
    digest: str = ""
    """SHA-256 of its record as a build of these words publishes it: what is live has it when these words are."""

    @property
    def open(self) -> int:
        """How many doubts nobody settled."""
        return sum(count for _, count in self.doubts)


def rules_of(site: Path) -> Rules:
    """The rules of a site as they are now. Raises DiscloseError."""
    topics = read_topics(read_text(site_or_shipped(site, TOPICS), TOPICS))
    return Rules(config=load_config(site), phrases=site_phrases(site), topics=topics)


def summarize(site: Path, path: Path, rules: Rules) -> Summary:
    """What the board knows of the notice at `path`. Raises FileNotFoundError."""
    found = opened(path)
    if found.notice is None:
        said = tuple((one.line, one.message) for one in found.problems)
        return Summary(id=found.id, version=found.version, title=found.id, problems=said or ((0, ""),))
    findings = check_notice(found.notice, found.text, path, site, rules.config, rules.phrases)
    return summary_of(site, found, found.notice, findings, rules)


def summaries(site: Path, files: Sequence[str], rules: Rules) -> list[Summary | None]:
    """What the board knows of some files of the site; None: it is no longer there."""
    return [_summary(site, file, rules) for file in files]


def _summary(site: Path, file: str, rules: Rules) -> Summary | None:
    try:
        return summarize(site, site / file, rules)
    except FileNotFoundError:
        return None
    except OSError as error:
        return faulty(file, error)


def faulty(file: str, error: Exception) -> Summary:
    """What is known of a file that could not be read to its end."""
    fault = f"the process that read this file was ended by the system ({type(error).__name__})"
    return Summary(id=stem_of(file), version="", title=stem_of(file), problems=((0, fault),))


def open_findings(findings: Sequence[Finding]) -> list[Finding]:
    """The doubts that somebody has to settle: warnings and errors that nobody answers for, reviews aside."""
    return [
        one
        for one in findings
        if one.accepted is None
        and one.diagnostic.severity is not Severity.NOTE
        and one.diagnostic.code not in OF_REVIEW
    ]


def name_of(one: Finding) -> str:
    """What people call a finding."""
    code = one.diagnostic.code
    return ADVICE[code].name if code in ADVICE else code


def summary_of(
    site: Path, found: Opened, notice: Notice, findings: Sequence[Finding], rules: Rules,
    public: Container[str] | None = None,
) -> Summary:  # fmt: skip
    """What the board knows of a notice that was read and checked.

    `public`: the addresses that are live. A digest takes long, and says nothing of others; None: it is wanted anyway.
    """
    address = address_of(notice)
    doubts = open_findings(findings)
    names = Counter(name_of(one) for one in doubts)
    void, imported = void_steps(notice), imported_on(site, notice.id)
    decided = (notice.reviews, notice.accepted, notice.masks, notice.errata, notice.corrections, notice.withdrawn)
    steps = rules.config.review_steps
    return Summary(
        id=found.id,
        version=found.version,
        title=notice.title,
        unit=notice.unit.name,
        kind=notice.inspection.kind or "",
        region=notice.unit.region.name if notice.unit.region else "",
        published=notice.published.iso if notice.published else "",
        issues=len(notice.issues),
        followups=len(notice.followups),
        doubts=tuple(names.most_common()),
        personal=sum(one.diagnostic.code.startswith("personal-") for one in doubts),
        blocks=sum(one.blocks for one in doubts),
        accepted=len(notice.accepted),
        touched=any(decided) or _has_acts(site, notice.id),
        signed=tuple(one for one in notice.reviews if one.step not in void),
        missing=tuple(step for step in steps if step in {*missing_steps(notice, steps), *void}),
        void=void,
        masks=len(notice.masks),
        corrections=len(notice.corrections),
        withdrawn=notice.withdrawn.date.iso if notice.withdrawn else "",
        imported=imported.iso if imported else "",
        dues=tuple(_dues(notice)),
        address=address,
        digest=digest_of(notice, rules) if public is None or address in public else "",
    )


def digest_of(notice: Notice, rules: Rules) -> str:
    """SHA-256 of the record that a build publishes of a notice."""
    shown = published(notice, rules.config)
    topics = {issue.id: rules.topics.assign(issue) for issue in shown.issues}
    return hashlib.sha256(to_json(record_of(shown, topics))).hexdigest()


def _has_acts(site: Path, notice_id: str) -> bool:
    """Whether the desk's journal tells of an act on it."""
    path = site / "journal" / f"{notice_id}.jsonl"
    return path.is_file() and path.stat().st_size > 0


def _dues(notice: Notice) -> Iterator[DueItem]:
    if notice.withdrawn:
        return
    for one in notice.issues:
        if one.deadline and one.status != "done":
            yield DueItem(day=one.deadline.last_day, anchor=one.id, title=one.title)
    for item in notice.followups:
        if item.deadline:
            yield DueItem(day=item.deadline.last_day, anchor=item.id, title=item.title)
