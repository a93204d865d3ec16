"""Puts the notices of all content files in their place: what is wrong between them, their units, their order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from generator.config import Config
from generator.diagnostics import Diagnostic
from generator.pinyin import sort_keys
from generator.publication import published
from generator.record import anchors_of
from generator.site import Found, Site, SiteFollowup, SiteIssue, SiteNotice, SiteUnit, figures_of, joined, newest_first
from generator.topics import OTHER, Assigned, TopicRules


def build_site(
    config: Config, rules: TopicRules, found: Iterable[Found], known: dict[str, SiteNotice] | None = None
) -> tuple[Site, list[Diagnostic]]:
    """The site of the notices in `found`, and what is wrong between them.

    `known` holds each notice of an earlier site with the same rules and settings by its digest, brought up to date.

    Notices that share an id are all left out: which of them the address belongs to, only an editor can say.
    """
    files, problems = _addressable(sorted(found, key=lambda item: item.file))
    notices, twice = _unique(files)
    problems += twice
    problems += _unknown_topics(rules, files)
    known = {} if known is None else known
    every = sorted((known.get(item.digest) or _place(item, rules, config) for item in notices), key=newest_first)
    known.clear()
    known |= {item.digest: item for item in every}
    placed = [item for item in every if not item.notice.withdrawn]
    withdrawn = sorted((item for item in every if item.notice.withdrawn), key=_last_withdrawn_first)
    as_of = config.as_of_day or next((item.notice.published.last_day for item in placed if item.notice.published), None)
    site = Site(
        digest=joined(as_of, (item.digest for item in (*placed, *withdrawn))),
        config=config,
        rules=rules,
        as_of=as_of,
        notices=tuple(placed),
        withdrawn=tuple(withdrawn),
        units=_units(placed),
    )
    return site, problems


_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)


def _addressable(files: Sequence[Found]) -> tuple[list[Found], list[Diagnostic]]:
    """The notices whose unit and region can be part of an address, and what is wrong with the others."""
    good, problems = [], []
    for item in files:
        file, notice, _ = item
        region = notice.unit.region
        wrong = [
            (key, value)
            for key, value in (("unit.id", notice.unit.id), ("unit.region.code", region.code if region else "0"))
            if not _SLUG.fullmatch(value)
        ]
        problems += [
            Diagnostic(
                code="bad-id",
                file=file,
                message=f"{key}: “{value}” holds more than a–z, 0–9 and hyphens",
                hint="It is part of an address. A unit's id is its name in pinyin, a region's code is of GB/T 2260.",
            )
            for key, value in wrong
        ]
        if not wrong:
            good.append(item)
    return good, problems


def _unique(files: Sequence[Found]) -> tuple[list[Found], list[Diagnostic]]:
    by_id: dict[str, list[Found]] = {}
    for item in files:
        by_id.setdefault(item.notice.id, []).append(item)
    problems = [
        Diagnostic(
            code="duplicate-id",
            file=same[0].file,
            line=2,
            message=f"the id “{notice_id}” stands in {len(same)} files: {', '.join(item.file for item in same)}",
            hint="An id is an address. Keep it in the file that was published first; give the others a new one.",
        )
        for notice_id, same in by_id.items()
        if len(same) > 1
    ]
    return [same[0] for same in by_id.values() if len(same) == 1], problems


def _unknown_topics(rules: TopicRules, files: Sequence[Found]) -> list[Diagnostic]:
    return [
        Diagnostic(
            code="unknown-topic",
            file=file,
            message=f"issue {issue.label}{issue.title}: no topic {said}",
            hint=f"Topics of content/topics.yml: {'、'.join(topic.name for topic in rules.topics)}.",
        )
        for file, notice, _ in files
        for issue in notice.issues
        for said in (rules.unknown(issue) if issue.topics else ())
    ]


def _place(found: Found, rules: TopicRules, config: Config) -> SiteNotice:
    notice = published(found.notice, config)
    anchors = anchors_of(notice)
    continued = {item.refers_to: (anchors[item.at], item.deadline) for item in notice.followups if item.refers_to}
    issues = []
    for number, issue in enumerate(notice.issues, 1):
        anchor = anchors[issue.at]
        followup, deadline = continued.get(anchor, (None, None))
        issues.append(
            SiteIssue(
                within=found.digest,
                issue=issue,
                number=number,
                anchor=anchor,
                topics=rules.assign(issue) or (Assigned(topic=OTHER, word=None),),
                deadline=issue.deadline or deadline,
                followup=followup,
            )
        )
    by_anchor = {item.anchor: item for item in issues}
    followups = tuple(
        SiteFollowup(
            digest=f"{found.digest}#{anchors[item.at]}",
            followup=item,
            number=number,
            anchor=anchors[item.at],
            issue=by_anchor.get(item.refers_to or ""),
        )
        for number, item in enumerate(notice.followups, 1)
    )
    return SiteNotice(
        digest=found.digest,
        notice=notice,
        anchors=anchors,
        issues=tuple(issues),
        followups=followups,
        figures=figures_of(issues),
    )


def _last_withdrawn_first(item: SiteNotice) -> tuple[int, str]:
    gone = item.notice.withdrawn
    return (-gone.date.last_day.toordinal() if gone else 0, item.notice.id)


def _units(placed: Sequence[SiteNotice]) -> tuple[SiteUnit, ...]:
    by_id: dict[str, list[SiteNotice]] = {}
    for item in placed:
        by_id.setdefault(item.notice.unit.id, []).append(item)
    keys = sort_keys(same[0].notice.unit.name for same in by_id.values())
    units = []
    for same in by_id.values():
        source = next((item for item in same if item.notice.contact), same[0])
        unit = same[0].notice.unit
        units.append(
            SiteUnit(
                digest=joined(unit.id, (item.digest for item in same)),
                unit=unit,
                notices=tuple(same),
                contact=source.notice.contact,
                contact_from=source,
                sort_key=keys[unit.name],
            )
        )
    return tuple(sorted(units, key=lambda unit: (*unit.sort_key, unit.unit.id)))
