"""Puts the notices of all content files in their place: what is wrong between them, their units, their order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from generator.base.diagnostics import Diagnostic
from generator.content.config import Config
from generator.content.publication import published, published_source
from generator.content.record import anchors_of
from generator.content.topics import OTHER, Assigned, TopicRules
from generator.model.notice import Notice
from generator.site.model import (
    LoadedNotice,
    Site,
    SiteFollowup,
    SiteIssue,
    SiteNotice,
    SiteUnit,
    face_of,
    figures_of,
    joined,
    newest_first,
)
from generator.site.pinyin import sort_keys
from generator.site.shown import NoticeBrief, facts_of, short_hash, shown_of, words_of


class Assembled(NamedTuple):
    """What follows from one content file alone."""

    file: str
    item: SiteNotice | None
    """None when it cannot have an address."""
    order: tuple[int, str]
    """By `newest_first`."""
    problems: tuple[Diagnostic, ...]


class Known:
    """What followed from the notices of an earlier site with the same rules and settings.

    A preview that sees one changed notice among ten thousand need not work out the others again.
    """

    def __init__(self) -> None:
        self.files: dict[tuple[str, str], Assembled] = {}
        """By name and digest."""
        self.units: dict[str, SiteUnit] = {}
        """By id, in their order."""


def build_site(
    config: Config, rules: TopicRules, found: Iterable[LoadedNotice], known: Known | None = None
) -> tuple[Site, list[Diagnostic]]:
    """The site of the notices in `found`, and what is wrong between them. `known` is brought up to date.

    Notices that share an id are all left out: which of them the address belongs to, only an editor can say.
    """
    known = known or Known()
    before = known.files
    known.files = {
        (item.file, item.digest): before.get((item.file, item.digest)) or placed_alone(item, rules, config)
        for item in sorted(found, key=lambda item: item.file)
    }
    every, problems = _unique(known.files.values())
    problems += [problem for one in known.files.values() for problem in one.problems]
    placed = [item for item in every if not item.notice.withdrawn]
    withdrawn = sorted((item for item in every if item.notice.withdrawn), key=_last_withdrawn_first)
    as_of = config.as_of_day or next((item.notice.published.last_day for item in placed if item.notice.published), None)
    units = _units(placed, known.units)
    known.units = {unit.unit.id: unit for unit in units}
    digest = joined(as_of, (item.digest for item in (*placed, *withdrawn)))
    site = Site(
        digest=digest,
        shown=digest,
        config=config,
        rules=rules,
        as_of=as_of,
        notices=tuple(placed),
        withdrawn=tuple(withdrawn),
        units=units,
    )
    return site, problems


def _unique(files: Iterable[Assembled]) -> tuple[list[SiteNotice], list[Diagnostic]]:
    """The notices that have an id for themselves, newest first, and what is wrong with the others."""
    by_id: dict[str, list[Assembled]] = {}
    for one in files:
        if one.item:
            by_id.setdefault(one.item.notice.id, []).append(one)
    problems = [
        Diagnostic(
            code="duplicate-id",
            file=same[0].file,
            line=2,
            message=f"the id “{notice_id}” is in {len(same)} files: {', '.join(one.file for one in same)}",
            hint="An id is an address. Keep it in the file that was published first; give the others a new one.",
        )
        for notice_id, same in by_id.items()
        if len(same) > 1
    ]
    alone = sorted((same[0] for same in by_id.values() if len(same) == 1), key=lambda one: one.order)
    return [one.item for one in alone if one.item], problems


def placed_alone(found: LoadedNotice, rules: TopicRules, config: Config) -> Assembled:
    """What follows from a content file."""
    if wrong := _bad_address(found):
        return Assembled(found.file, None, (0, ""), wrong)
    item = _place(found, rules, config)
    return Assembled(found.file, item, newest_first(item), _unknown_topics(rules, found))


_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)


def _bad_address(found: LoadedNotice) -> tuple[Diagnostic, ...]:
    """What of a notice's unit and region cannot be part of an address."""
    unit = found.notice.unit
    parts = (("unit.id", unit.id), ("unit.region.code", unit.region.code if unit.region else "0"))
    return tuple(
        Diagnostic(
            code="bad-id",
            file=found.file,
            message=f"{key}: “{value}” holds more than a–z, 0–9 and hyphens",
            hint="It is part of an address. A unit's id is its name in pinyin, a region's code is of GB/T 2260.",
        )
        for key, value in parts
        if not _SLUG.fullmatch(value)
    )


def _unknown_topics(rules: TopicRules, found: LoadedNotice) -> tuple[Diagnostic, ...]:
    return tuple(
        Diagnostic(
            code="unknown-topic",
            file=found.file,
            message=f"issue {issue.label}{issue.title}: no topic {said}",
            hint=f"Topics of content/topics.yml: {'、'.join(topic.name for topic in rules.topics)}.",
        )
        for issue in found.notice.issues
        for said in (rules.unknown(issue) if issue.topics else ())
    )


def _place(found: LoadedNotice, rules: TopicRules, config: Config) -> SiteNotice:
    notice = published(found.notice, config)
    anchors = anchors_of(notice)
    continued = {item.refers_to: (anchors[item.at], item.deadline) for item in notice.followups if item.refers_to}
    issues = []
    for number, issue in enumerate(notice.issues, 1):
        anchor = anchors[issue.at]
        followup, deadline = continued.get(anchor, (None, None))
        topics, deadline = rules.assign(issue) or (Assigned(topic=OTHER, word=None),), issue.deadline or deadline
        issues.append(
            SiteIssue(
                within=found.digest,
                issue=issue,
                number=number,
                anchor=anchor,
                topics=topics,
                deadline=deadline,
                followup=followup,
                shown=shown_of(issue, topics, deadline, followup, number),
            )
        )
    by_anchor = {item.anchor: item for item in issues}
    followups = tuple(
        SiteFollowup(
            within=found.digest,
            followup=item,
            number=number,
            anchor=anchors[item.at],
            issue=by_anchor.get(item.refers_to or ""),
        )
        for number, item in enumerate(notice.followups, 1)
    )
    faces = tuple(map(face_of, issues))
    figures = figures_of(faces)
    facts = facts_of(notice)
    return SiteNotice(
        digest=found.digest,
        shown=short_hash(facts, sorted(figures.items())),
        facts=facts,
        brief=_brief(notice, facts, issues, followups),
        source_file=found.notice.source.file if published_source(found.notice, config) else "",
        notice=notice,
        anchors=anchors,
        issues=tuple(issues),
        faces=faces,
        followups=followups,
        figures=figures,
    )


def _brief(notice: Notice, facts: str, issues: Sequence[SiteIssue], followups: Sequence[SiteFollowup]) -> NoticeBrief:
    dues = [(f.followup.deadline, f.followup.title, f.anchor) for f in followups] + [
        (i.deadline, i.issue.title, i.anchor) for i in issues if i.issue.status != "done" and not i.followup
    ]
    return NoticeBrief(
        titles=short_hash(notice.unit.id, [one.issue.title for one in issues]),
        words=tuple(short_hash(facts, one.anchor, one.shown, words_of(one.issue)) for one in issues),
        dues=tuple((date, title, anchor) for date, title, anchor in dues if date),
    )


def _last_withdrawn_first(item: SiteNotice) -> tuple[int, str]:
    gone = item.notice.withdrawn
    return (-gone.date.last_day.toordinal() if gone else 0, item.notice.id)


def _units(placed: Sequence[SiteNotice], known: Mapping[str, SiteUnit]) -> tuple[SiteUnit, ...]:
    """By pinyin. A unit of whose notices none changed is the `known` one."""
    by_id: dict[str, list[SiteNotice]] = {unit_id: [] for unit_id in known}  # what is in order is quickly sorted
    for item in placed:
        by_id.setdefault(item.notice.unit.id, []).append(item)
    keys = {unit.unit.name: unit.sort_key for unit in known.values()}
    names = {same[0].notice.unit.name for same in by_id.values() if same}
    if new := names - keys.keys():
        keys |= sort_keys(sorted(new))
    units = []
    for unit_id, same in by_id.items():
        unit = known.get(unit_id)
        if unit and unit.notices == tuple(same):
            units.append(unit)
        elif same:
            units.append(_unit(same, keys[same[0].notice.unit.name]))
    return tuple(sorted(units, key=lambda unit: (*unit.sort_key, unit.unit.id)))


def _unit(same: Sequence[SiteNotice], sort_key: tuple[str, str]) -> SiteUnit:
    source = next((item for item in same if item.notice.contact), same[0])
    unit = same[0].notice.unit
    return SiteUnit(
        digest=joined(unit.id, (item.digest for item in same)),
        shown=joined(unit.id, (item.shown for item in same)),
        unit=unit,
        notices=tuple(same),
        contact=source.notice.contact,
        contact_from=source,
        sort_key=sort_key,
    )
