"""The page of one notice."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from generator.model.notice import Notice, PartialDate, Stated
from generator.model.proof import hash_of_words
from generator.model.vocabulary import figures_in_words
from generator.pages.article import Article, BodyBlock, FollowupCard, Group, IssueCard
from generator.pages.article_layout import lay_out
from generator.pages.charts import Bar, Length, bar_of, lengths_of
from generator.pages.figure_tables import still_due
from generator.pages.page import ArticleTags, Page, column_link, region_crumb
from generator.pages.qr import qr_code
from generator.pages.same import SameRow
from generator.parser.tally import tallies
from generator.site.changes import IssueMention, courses
from generator.site.model import Figures, Site, SiteDeadline, SiteFollowup, SiteIssue, SiteNotice, SiteUnit


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """The answer first: a number and what it says."""

    number: int
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A day in the course of the inspection (经过)."""

    date: PartialDate
    name: str
    field: str
    """The fact that it shows, for the mark 推定; empty for a deadline."""
    kind: str
    """`past`, `now` (the notice itself), `over` or `due` (deadlines)."""
    gap: int | None
    """Days to the next step; None: it is the last, or a day is not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """What the notice states beside what the site counted."""

    name: str
    stated: int | None
    counted: int | None
    agrees: bool | None
    """None: there is nothing to compare."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TocEntry:
    """A line of the contents (目录)."""

    anchor: str
    text: str
    depth: int
    """0 or 1 for a heading."""
    item: SiteIssue | None = None
    followup: SiteFollowup | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Accounting:
    """How the characters of the source are accounted for (原文对照), blanks aside."""

    kept: int
    """Characters of the published text."""
    removed: int
    """Characters of the source that edits took out."""
    added: int
    """Characters that edits put in."""

    @property
    def source(self) -> int:
        """Characters of the source: those of the text that no edit put in, and those that edits took out."""
        return self.kept - self.added + self.removed

    def share(self, part: int) -> str:
        """`part` of the source's characters, in per cent."""
        return f"{100 * part / self.source:.1f}%" if self.source else "—"


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticePage:
    """The value of `notice.html`."""

    item: SiteNotice
    notice: Notice
    unit: SiteUnit
    article: Article
    headline: Headline | None
    """None when the notice lists no issues."""
    bar: Bar
    stated: str
    """What the notice says of its own figures, in one sentence; may be empty."""
    pending: tuple[SiteIssue, ...]
    """Issues that the notice calls unfinished and no follow-up continues: 整改中 first, the earliest deadline first."""
    new_followups: int
    """Follow-ups that continue none of the issues."""
    deadlines: tuple[SiteDeadline, ...]
    deadline_of: Mapping[str, SiteDeadline]
    """By anchor, of issues and follow-ups."""
    over: int
    """How many deadlines have passed without a later notice."""
    still_due: str
    """As in DeadlineFigures."""
    timeline: tuple[Step, ...]
    toc: tuple[TocEntry, ...]
    filter_at: int
    """Number of the first block that lists issues: the filter stands before it."""
    ends_at: str | None
    """Anchor of the heading above the follow-ups, when any has a deadline: the table of deadlines is there."""
    inferred: Mapping[str, int | None]
    """Fact that was inferred → number of the anomaly that shows why."""
    checks: tuple[Check, ...]
    actions: tuple[Length, ...]
    """追责问责 by action."""
    actions_add_up: bool
    accounting: Accounting
    file_sha256: str
    """SHA-256 of notice.txt (正文文件校验值)."""
    words_sha256: str
    """SHA-256 of the words without white space (页面文字校验值): what the page's script computes from what is shown."""
    address: str
    """Where the page is on the web, as its print says it."""
    qr: str | None
    """The same, for a telephone's camera."""
    course_of: Mapping[str, tuple[IssueMention, ...]]
    """By the anchor of an issue that other notices of the unit surely tell of, too: what each says, earliest first."""
    same_of: Mapping[str, SameRow]
    """By the anchor of an issue those like it."""
    others: tuple[SiteNotice, ...]
    """The unit's other notices, newest first."""
    source: str | None
    """File name of the published source."""


def notice_page(site: Site, item: SiteNotice, same: tuple[SameRow, ...] = ()) -> Page:
    """The page of a notice; `same`: its issues that have others like them, on a page beside it."""
    notice, unit = item.notice, site.unit_of[item.notice.unit.id]
    article = lay_out(item)
    deadlines = site.deadlines_of[notice.id]
    actions = notice.accountability.actions if notice.accountability else ()
    value = NoticePage(
        item=item,
        notice=notice,
        unit=unit,
        article=article,
        headline=headline_of(item.figures),
        bar=bar_of(item.figures),
        stated=stated_in_words(notice.stated),
        pending=_pending(item),
        new_followups=sum(followup.issue is None for followup in item.followups),
        deadlines=deadlines,
        deadline_of=_by_anchor(item, deadlines),
        over=sum(deadline.state == "over" for deadline in deadlines),
        still_due=still_due(deadlines),
        timeline=_timeline(notice, deadlines),
        toc=tuple(_toc(article.blocks)),
        filter_at=next((n for n, b in enumerate(article.blocks) if isinstance(b, Group) and b.statuses), 0),
        ends_at=_ends_at(article.blocks) if deadlines else None,
        inferred=_inferred(notice),
        checks=tuple(_checks(item)),
        actions=lengths_of(actions),
        actions_add_up=bool(notice.accountability)
        and notice.accountability is not None
        and notice.accountability.people == sum(count for _, count in actions),
        accounting=_accounting(notice),
        file_sha256=hashlib.sha256(file_of_words(notice)).hexdigest(),
        words_sha256=hash_of_words(notice.text),
        address=site.config.base_url + item.path,
        qr=qr_code(site.config.base_url + item.path),
        course_of=courses_of(site, item),
        same_of={row.issue.anchor: row for row in same},
        others=tuple(other for other in unit.notices if other is not item),
        source=notice.source.file if item.source_file else None,
    )
    return Page(
        path=item.path + "index.html",
        template="notice.html",
        name=notice.title,
        column="notices",
        value=value,
        crumbs=(column_link(site.config, "notices"), *region_crumb(unit)),
        description=f"{notice.unit.name}：{figures_in_words(item.figures)}。{value.stated}",
        keywords=(
            notice.unit.name,
            *dict.fromkeys(topic.topic.name for issue in item.issues for topic in issue.topics),
        ),
        article=ArticleTags(title=notice.title, date=notice.published, source=notice.unit.name),
        feed=unit.path + "feed.xml",
        data=item.path + "notice.json",
        is_whole=True,
    )


def courses_of(site: Site, item: SiteNotice) -> dict[str, tuple[IssueMention, ...]]:
    """As in NoticePage."""
    unit = site.unit_of[item.notice.unit.id]
    if len(unit.notices) == 1:
        return {}
    return {mention.issue.anchor: course for course in courses(unit) for mention in course if mention.item is item}


def file_of_words(notice: Notice) -> bytes:
    """The bytes of notice.txt."""
    return (notice.text + "\n").encode()


def headline_of(figures: Figures) -> Headline | None:
    """The most telling number of the figures; None when there are no issues."""
    total, done, unstated = sum(figures.values()), figures["done"], figures["unstated"]
    pending = figures["ongoing"] + figures["long-term"]
    if not total:
        return None
    if done == total:
        return Headline(number=total, words="项问题，全部已完成")
    if unstated == total:
        return Headline(number=total, words="项问题，通报未逐项注明状态")
    rest = f"，其余 {unstated:,} 项未注明状态" if unstated else ""
    if not done:
        return Headline(number=pending, words=f"/ {total:,} 项仍需整改{rest}")
    return Headline(
        number=done, words=f"/ {total:,} 项已完成" + (f"，{pending:,} 项尚未完成" if pending else "") + rest
    )


_STATED = (
    ("issues", "问题 {} 个"),
    ("aspects", "{} 个方面"),
    ("groups", "{} 大项"),
    ("done", "已完成 {} 个"),
    ("ongoing", "未完成 {} 个"),
    ("measures", "整改措施 {} 条"),
    ("systems", "制度 {} 项"),
    ("people", "问责处理 {} 人"),
)


def stated_in_words(stated: Stated) -> str:
    """通报自述：问题 38 个、4 个方面…; empty when the notice states nothing."""
    said = [words.format(getattr(stated, name)) for name, words in _STATED if getattr(stated, name) is not None]
    if stated.money is not None:
        said.append(f"涉及金额 {stated.money:,.2f} 元".replace(".00 元", " 元"))
    return f"通报自述：{'，'.join(said)}。" if said else ""


def _pending(item: SiteNotice) -> tuple[SiteIssue, ...]:
    def urgency(issue: SiteIssue) -> tuple[bool, dt.date]:
        return issue.issue.status != "ongoing", issue.deadline.last_day if issue.deadline else dt.date.max

    unfinished = (i for i in item.issues if i.issue.status in ("ongoing", "long-term") and not i.followup)
    return tuple(sorted(unfinished, key=urgency))


def _by_anchor(item: SiteNotice, deadlines: tuple[SiteDeadline, ...]) -> dict[str, SiteDeadline]:
    found = {deadline.anchor: deadline for deadline in deadlines}
    for issue in item.issues:
        if issue.followup in found:
            found[issue.anchor] = found[issue.followup]
    return found


_DUE_DAYS = 3
"""So many days with deadlines are in the course one by one; the table of deadlines below has them all."""


def _timeline(notice: Notice, deadlines: tuple[SiteDeadline, ...]) -> tuple[Step, ...]:
    inspection = notice.inspection
    days: list[tuple[PartialDate | None, str, str, str]] = [
        (inspection.start, "巡察开始", "inspection.start", "past"),
        (inspection.end, "巡察结束", "inspection.end", "past"),
        (inspection.feedback, "反馈意见", "inspection.feedback", "past"),
        (notice.published, "公布通报", "published", "now"),
    ]
    days += [(date, name, "", kind) for date, name, kind in _due_days(deadlines)]
    known = [(date, name, field, kind) for date, name, field, kind in days if date]
    known.sort(key=lambda day: day[0].last_day)
    steps = []
    for index, (date, name, field, kind) in enumerate(known):
        after = known[index + 1][0] if index + 1 < len(known) else None
        gap = (after.first_day - date.first_day).days if after and after.day and date.day else None
        steps.append(Step(date=date, name=name, field=field, kind=kind, gap=gap))
    return tuple(steps)


def _due_days(deadlines: tuple[SiteDeadline, ...]) -> Iterator[tuple[PartialDate, str, str]]:
    """Day, name and state of each day with deadlines; of many days the first, the last, and those between as one."""
    days = [(date, list(same)) for date, same in groupby(deadlines, key=lambda deadline: deadline.date)]
    if len(days) <= _DUE_DAYS:
        yield from ((date, f"{len(due)} 项整改到期", due[0].state) for date, due in days)
        return
    (first, earliest), *between, (last, latest) = days
    yield first, f"{len(earliest)} 项整改到期", earliest[0].state
    yield between[0][0], f"此日起陆续 {sum(len(due) for _, due in between)} 项到期", between[0][1][0].state
    yield last, f"最后 {len(latest)} 项到期", latest[0].state


def _toc(blocks: tuple[BodyBlock, ...]) -> Iterator[TocEntry]:
    for block in blocks:
        if isinstance(block, Group):
            if block.depth < 2:
                yield TocEntry(anchor=block.anchor, text=block.text, depth=block.depth)
            yield from _toc(block.blocks)
        elif isinstance(block, IssueCard):
            yield TocEntry(anchor=block.item.anchor, text=block.item.issue.title, depth=2, item=block.item)
        elif isinstance(block, FollowupCard):
            yield TocEntry(anchor=block.item.anchor, text=block.item.followup.title, depth=2, followup=block.item)


def _ends_at(blocks: tuple[BodyBlock, ...]) -> str | None:
    for block in blocks:
        if isinstance(block, Group):
            if block.has_followups:
                return block.anchor
            if found := _ends_at(block.blocks):
                return found
    return None


def _inferred(notice: Notice) -> dict[str, int | None]:
    """Each inferred fact with the first anomaly that overlaps its evidence."""
    spans = dict(notice.evidence)
    found: dict[str, int | None] = {}
    for fact in notice.inferred:
        span = spans.get(fact)
        found[fact] = next(
            (
                number
                for number, anomaly in enumerate(notice.anomalies, 1)
                if span and anomaly.span and anomaly.span.start < span.end and span.start < anomaly.span.end
            ),
            None,
        )
    return found


_SHOWN = ("issues", "done", "ongoing", "measures", "people")
"""Figures that the page compares; of those that come third and later, only what the notice states."""


def _checks(item: SiteNotice) -> Iterator[Check]:
    for one in tallies(item.notice):
        if one.field in ("issues", "done") or (one.field in _SHOWN and one.stated is not None):
            yield Check(name=one.name, stated=one.stated, counted=one.counted, agrees=one.agrees)
    if item.followups:
        yield Check(name="需进一步整改事项", stated=None, counted=len(item.followups), agrees=None)


def _accounting(notice: Notice) -> Accounting:
    def inked(text: str) -> int:
        return len("".join(text.split()))

    return Accounting(
        kept=inked(notice.text),
        removed=sum(inked(edit.before) for edit in notice.edits),
        added=sum(inked(edit.after) for edit in notice.edits),
    )
