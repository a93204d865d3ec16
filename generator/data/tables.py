"""The open data tables: which there are, what each column means, and their rows.

Persons held to account are named in the words of a notice alone: no table carries those words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from generator.data.books import Chosen, ChosenUnit
from generator.data.table import Column, DatedNotice, S, Table
from generator.model.money_rules import MONEY_NAMES
from generator.model.notice import Notice, PartialDate, Unit
from generator.model.vocabulary import DEADLINE_WORDS, FIELD_NAMES, STATUS_NAMES
from generator.site.ledger import ledger_of, ledger_of_notice
from generator.site.ledger_entries import LedgerEntry, MoneyEntry, PeopleEntry
from generator.site.model import SiteFollowup, SiteIssue, SiteNotice, SiteUnit


def _notices(chosen: Chosen) -> Sequence[SiteNotice]:
    return chosen.notices


def _dated(chosen: Chosen) -> Sequence[DatedNotice]:
    of = chosen.site.deadlines_of
    return [DatedNotice(one, {d.anchor: d.state for d in of[one.notice.id]}) for one in chosen.notices]


def _units(chosen: Chosen) -> Sequence[ChosenUnit]:
    return chosen.units


def _iso(date: PartialDate | None) -> str | None:
    return date.iso if date else None


_Of = Callable[[S], Any]

YES = "是"
_YES_NO: Mapping[int, str] = {1: YES, 0: "否"}

ALL_PEOPLE = "问责"
"""What the ledger calls a notice's own total of people held to account."""


def _place(unit_of: Callable[[S], Unit]) -> tuple[Column[S], ...]:
    def part(name: str) -> Callable[[S], str | None]:
        def get(source: S) -> str | None:
            region = unit_of(source).region
            return getattr(region, name) if region else None

        return get

    return (
        Column(name="region_code", heading="行政区划代码", about="行政区划代码（GB/T 2260）", of=part("code")),
        Column(name="province", heading="省", about="省级地区", of=part("province")),
        Column(name="city", heading="市", about="市级地区", of=part("city")),
        Column(name="county", heading="县", about="县级地区", of=part("county")),
    )


def _unit(unit_of: Callable[[S], Unit]) -> tuple[Column[S], ...]:
    return (
        Column(name="unit_id", heading="单位编号", about="单位编号", of=lambda source: unit_of(source).id),
        Column(name="unit", heading="单位", about="被巡察单位", of=lambda source: unit_of(source).name),
        *_place(unit_of),
    )


def _stated(name: str) -> Callable[[SiteNotice], int | float | None]:
    def get(item: SiteNotice) -> int | float | None:
        found: int | float | None = getattr(item.notice.stated, name)
        return found

    return get


def _of_notice(get: Callable[[Notice], Any]) -> Callable[[SiteNotice], Any]:
    return lambda item: get(item.notice)


def _people(notice: Notice) -> int | None:
    return notice.accountability.people if notice.accountability else None


NOTICES: Table[SiteNotice, SiteNotice] = Table(
    name="notices",
    title="通报",
    about="每行一份通报。",
    key=("id",),
    parts=_notices,
    sources=lambda item: (item,),
    columns=(
        Column(name="id", heading="通报编号", about="通报编号，也是网址的一部分", of=lambda item: item.notice.id),
        Column(
            name="url",
            heading="网页",
            about="页面地址，从网站根目录算起",
            is_link=True,
            of=lambda item: item.path + "index.html",
        ),
        Column(name="title", heading="标题", about="标题", of=_of_notice(lambda n: n.title)),
        Column(
            name="title_origin",
            heading="标题来源",
            about="printed 原文标题；constructed 原文没有标题，由本站拟定",
            of=_of_notice(lambda n: n.title_origin),
            words={"printed": "原文标题", "constructed": "本站拟定"},
        ),
        *_unit(lambda item: item.notice.unit),
        Column(name="inspector", heading="巡察组", about="巡察组", of=_of_notice(lambda n: n.inspection.inspector)),
        Column(name="kind", heading="巡察类型", about="巡察类型", of=_of_notice(lambda n: n.inspection.kind)),
        Column(name="round", heading="轮次", about="轮次", of=_of_notice(lambda n: n.inspection.round)),
        Column(
            name="inspected_from",
            heading="巡察开始",
            about="巡察开始",
            type="date",
            of=_of_notice(lambda n: _iso(n.inspection.start)),
        ),
        Column(
            name="inspected_to",
            heading="巡察结束",
            about="巡察结束",
            type="date",
            of=_of_notice(lambda n: _iso(n.inspection.end)),
        ),
        Column(
            name="feedback",
            heading="反馈日期",
            about="反馈日期",
            type="date",
            of=_of_notice(lambda n: _iso(n.inspection.feedback)),
        ),
        Column(
            name="published",
            heading="通报日期",
            about="通报日期",
            type="date",
            of=_of_notice(lambda n: _iso(n.published)),
        ),
        Column(
            name="inferred",
            heading="推定的字段",
            about="原文有损、由上下文推定的字段",
            type="list",
            of=_of_notice(lambda n: list(n.inferred)),
            words=FIELD_NAMES,
        ),
        Column(
            name="issues", heading="问题数", about="逐项清点的问题数", type="integer", of=lambda item: len(item.issues)
        ),
        Column(name="done", heading="已完成", about="其中已完成", type="integer", of=lambda item: item.figures["done"]),
        Column(
            name="ongoing",
            heading="整改中",
            about="其中整改中",
            type="integer",
            of=lambda item: item.figures["ongoing"],
        ),
        Column(
            name="long_term",
            heading="长期坚持",
            about="其中长期坚持",
            type="integer",
            of=lambda item: item.figures["long-term"],
        ),
        Column(
            name="unstated",
            heading="未注明",
            about="其中未注明状态",
            type="integer",
            of=lambda item: item.figures["unstated"],
        ),
        Column(
            name="followups",
            heading="后续事项数",
            about="需进一步整改事项数",
            type="integer",
            of=lambda item: len(item.followups),
        ),
        Column(
            name="stated_issues", heading="自述问题数", about="通报自述的问题数", type="integer", of=_stated("issues")
        ),
        Column(
            name="stated_done", heading="自述完成数", about="通报自述的已完成数", type="integer", of=_stated("done")
        ),
        Column(
            name="stated_measures",
            heading="自述措施数",
            about="通报自述的整改措施数",
            type="integer",
            of=_stated("measures"),
        ),
        Column(
            name="stated_money",
            heading="自述金额（元）",
            about="通报写明收回、清退、上缴的金额（元），可以相加的各笔之和；逐笔见 ledger",
            type="number",
            of=lambda item: _yuan(ledger_of_notice(item).returned),
        ),
        Column(name="people", heading="问责人数", about="追责问责人数", type="integer", of=_of_notice(_people)),
        Column(
            name="anomalies",
            heading="疑点数",
            about="疑点数",
            type="integer",
            of=_of_notice(lambda n: len(n.anomalies)),
        ),
        Column(
            name="corrected",
            heading="最近更正",
            about="最近一次更正的日期",
            type="date",
            of=_of_notice(lambda n: max((one.date.iso for one in n.corrections), default=None)),
        ),
        Column(
            name="masked",
            heading="遮蔽处数",
            about="遮蔽的处数",
            type="integer",
            of=_of_notice(lambda n: sum(one.count for one in n.redactions)),
        ),
        Column(
            name="source_sha256",
            heading="源文件校验值",
            about="源文件的 SHA-256",
            of=_of_notice(lambda n: n.source.sha256),
        ),
    ),
)

_WHERE: tuple[Column[tuple[SiteNotice, Any, str | None]], ...] = (
    Column(
        name="url",
        heading="网页",
        about="页面地址，从网站根目录算起",
        is_link=True,
        of=lambda row: f"{row[0].path}index.html#{row[1].anchor}",
    ),
    *_unit(lambda row: row[0].notice.unit),
    Column(
        name="published",
        heading="通报日期",
        about="通报日期",
        type="date",
        of=lambda row: _iso(row[0].notice.published),
    ),
)
"""Where a part of a notice stands, and whose and of when the notice is."""

DEADLINE_STATES: Mapping[str, str] = {**DEADLINE_WORDS, "followup": "见后续整改事项", "done": "写明已完成"}
"""What a spreadsheet shows for the state of a deadline."""

_DEADLINE_STATE: Column[tuple[SiteNotice, Any, str | None]] = Column(
    name="deadline_state",
    heading="期限情况",
    about="按本站的截至日；over 是期限已过、本站没有后续通报。列为后续整改事项的问题在那张表里计，这里是 followup",
    of=lambda row: row[2],
    words=DEADLINE_STATES,
)


def _issue_state(part: DatedNotice, issue: SiteIssue) -> str | None:
    if issue.deadline is None:
        return None
    if issue.issue.status == "done":
        return "done"
    return "followup" if issue.followup else part.states[issue.anchor]


IssueSource = tuple[SiteNotice, SiteIssue, str | None]

ISSUES: Table[DatedNotice, IssueSource] = Table(
    name="issues",
    title="问题",
    about="每行一个问题，即带有自己整改情况的最小一级编号。",
    key=("notice_id", "id"),
    parts=_dated,
    sources=lambda part: ((part.item, issue, _issue_state(part, issue)) for issue in part.item.issues),
    columns=(
        Column(name="notice_id", heading="通报编号", about="通报编号", of=lambda row: row[0].notice.id),
        Column(
            name="id", heading="问题编号", about="问题在该通报中的编号，也是网址中的锚点", of=lambda row: row[1].anchor
        ),
        Column(name="number", heading="第几项", about="在该通报中的顺序", type="integer", of=lambda row: row[1].number),
        *_WHERE,
        Column(name="label", heading="原文序号", about="原文序号", of=lambda row: row[1].issue.label),
        Column(
            name="path",
            heading="上级标题",
            about="上级标题，由外到内",
            type="list",
            of=lambda row: list(row[1].issue.path),
        ),
        Column(name="title", heading="问题", about="问题", of=lambda row: row[1].issue.title),
        Column(name="finding", heading="问题表现", about="问题表现", of=lambda row: row[1].issue.finding),
        Column(name="response", heading="整改情况", about="整改情况，一字不改", of=lambda row: row[1].issue.response),
        Column(
            name="measures",
            heading="措施条数",
            about="整改措施条数",
            type="integer",
            of=lambda row: len(row[1].issue.measures),
        ),
        Column(
            name="status",
            heading="整改状态",
            about="整改状态：done 已完成，ongoing 整改中，long-term 长期坚持，unstated 未注明",
            of=lambda row: row[1].issue.status,
            words=STATUS_NAMES,
        ),
        Column(
            name="status_quote", heading="状态依据", about="说明状态的原话", of=lambda row: row[1].issue.status_quote
        ),
        Column(
            name="deadline", heading="整改期限", about="整改期限", type="date", of=lambda row: _iso(row[1].deadline)
        ),
        _DEADLINE_STATE,
        Column(
            name="responsible", heading="责任单位", about="责任领导、责任单位", of=lambda row: row[1].issue.responsible
        ),
        Column(
            name="topics",
            heading="专题",
            about="专题，由本站归类",
            type="list",
            of=lambda row: [found.topic.name for found in row[1].topics],
        ),
        Column(
            name="topic_words",
            heading="归类依据",
            about="归入各专题所依据的词；空的一项由编辑指定",
            type="list",
            of=lambda row: [found.word or "" for found in row[1].topics],
        ),
    ),
)

FollowupSource = tuple[SiteNotice, SiteFollowup, str | None]

FOLLOWUPS: Table[DatedNotice, FollowupSource] = Table(
    name="followups",
    title="后续整改事项",
    about="每行一个事项，来自通报单列的“需进一步整改的事项”。",
    key=("notice_id", "id"),
    parts=_dated,
    sources=lambda part: ((part.item, one, part.states.get(one.anchor)) for one in part.item.followups),
    columns=(
        Column(name="notice_id", heading="通报编号", about="通报编号", of=lambda row: row[0].notice.id),
        Column(
            name="id", heading="事项编号", about="事项在该通报中的编号，也是网址中的锚点", of=lambda row: row[1].anchor
        ),
        *_WHERE,
        Column(name="label", heading="原文序号", about="原文序号", of=lambda row: row[1].followup.label),
        Column(name="title", heading="事项", about="事项", of=lambda row: row[1].followup.title),
        Column(name="problem", heading="存在问题", about="存在问题", of=lambda row: row[1].followup.problem),
        Column(name="reason", heading="未完成原因", about="未完成整改原因", of=lambda row: row[1].followup.reason),
        Column(name="next", heading="下一步措施", about="下一步整改措施", of=lambda row: row[1].followup.next),
        Column(
            name="deadline",
            heading="整改期限",
            about="整改时限",
            type="date",
            of=lambda row: _iso(row[1].followup.deadline),
        ),
        _DEADLINE_STATE,
        Column(
            name="issue_id",
            heading="对应问题",
            about="对应问题的编号",
            of=lambda row: row[1].issue.anchor if row[1].issue else None,
        ),
    ),
)

_WHERE_OF_ENTRY: tuple[Column[LedgerEntry], ...] = (
    Column(name="id", heading="编号", about="编号，在本站唯一", of=lambda entry: entry.id),
    Column(name="notice_id", heading="通报编号", about="通报编号", of=lambda entry: entry.item.notice.id),
    Column(
        name="issue_id",
        heading="所在问题",
        about="所在问题的编号；空：不在问题内",
        of=lambda e: e.anchor if e.issue else None,
    ),
    Column(
        name="url",
        heading="网页",
        about="原句所在的页面地址，从网站根目录算起",
        is_link=True,
        of=lambda entry: entry.href,
    ),
    *_unit(lambda entry: entry.item.notice.unit),
    Column(
        name="published",
        heading="通报日期",
        about="通报日期",
        type="date",
        of=lambda entry: _iso(entry.item.notice.published),
    ),
)


def _kind_of_entry(entry: LedgerEntry) -> str | None:
    if isinstance(entry, MoneyEntry):
        return MONEY_NAMES[entry.kind]
    return (entry.measure or ALL_PEOPLE) if isinstance(entry, PeopleEntry) else None


def _yuan(fen: int | None) -> float | None:
    """分 in 元: a whole number of 分 below 2⁵³ is the same in both."""
    return None if fen is None else fen / 100


def _entries(part: ChosenUnit) -> Iterator[LedgerEntry]:
    """Those of the chosen notices; which of them count follows from all of the unit's."""
    ledger, chosen = ledger_of(part.unit), {item.notice.id for item in part.items}
    return (entry for entry in (*ledger.money, *ledger.people) if entry.item.notice.id in chosen)


LEDGER: Table[ChosenUnit, LedgerEntry] = Table(
    name="ledger",
    title="账本",
    about="每行一个数：通报写明收回、清退、上缴、节约或罚没的一笔钱，或受到处理的人数。合计只加“计入合计”的行。",
    key=("id",),
    parts=_units,
    sources=_entries,
    columns=(
        *_WHERE_OF_ENTRY,
        Column(
            name="kind",
            heading="种类",
            about="收回、清退、上缴、节约、罚没；人数为处理方式，“问责”是通报自述的总人数",
            of=_kind_of_entry,
        ),
        Column(
            name="yuan",
            heading="金额（元）",
            about="金额（元）",
            type="number",
            of=lambda e: _yuan(e.fen) if isinstance(e, MoneyEntry) else None,
        ),
        Column(
            name="people",
            heading="人数",
            about="人数；原文按人次写的见 note",
            type="integer",
            of=lambda e: e.count if isinstance(e, PeopleEntry) else None,
        ),
        Column(
            name="mark",
            heading="约数",
            about="原文写的约、近、余等；至表示范围",
            of=lambda e: (e.statement.amount.mark or None) if isinstance(e, MoneyEntry) else None,
        ),
        Column(
            name="printed",
            heading="原文金额",
            about="金额，照原文",
            of=lambda e: e.printed if isinstance(e, MoneyEntry) else None,
        ),
        Column(
            name="paid_in",
            heading="随后上缴",
            about="同一笔钱随后上缴：1",
            type="integer",
            of=lambda e: int(e.statement.is_paid_in) if isinstance(e, MoneyEntry) else None,
            words=_YES_NO,
        ),
        Column(
            name="counted",
            heading="计入合计",
            about="计入合计：1；不计入：0",
            type="integer",
            of=lambda entry: int(entry.is_counted),
            words=_YES_NO,
        ),
        Column(name="note", heading="说明", about="为什么不加，或已含在哪一笔内", of=lambda entry: entry.why or None),
        Column(
            name="quote",
            heading="原句",
            about="原句；载有姓名的部分只留数字那几个字",
            of=lambda entry: entry.quote or None,
        ),
    ),
)

CONTACTS: Table[ChosenUnit, SiteUnit] = Table(
    name="contacts",
    title="联系方式",
    about="每行一个单位，取自该单位最近一份写明联系方式的通报。",
    key=("unit_id",),
    parts=_units,
    sources=lambda part: (part.unit,) if part.unit.contact else (),
    columns=(
        *_unit(lambda unit: unit.unit),
        Column(
            name="phones", heading="电话", about="电话，照原文", type="list", of=lambda unit: list(unit.contact.phones)
        ),
        Column(name="emails", heading="邮箱", about="电子邮箱", type="list", of=lambda unit: list(unit.contact.emails)),
        Column(name="address", heading="地址", about="通信地址", of=lambda unit: unit.contact.address),
        Column(name="postcode", heading="邮编", about="邮政编码", of=lambda unit: unit.contact.postcode),
        Column(
            name="notice_id", heading="通报编号", about="出处：通报编号", of=lambda unit: unit.contact_from.notice.id
        ),
        Column(
            name="published",
            heading="通报日期",
            about="出处：通报日期",
            type="date",
            of=lambda unit: _iso(unit.contact_from.notice.published),
        ),
    ),
)

UNITS: Table[ChosenUnit, SiteUnit] = Table(
    name="units",
    title="单位",
    about="每行一个单位。",
    key=("id",),
    parts=_units,
    sources=lambda part: (part.unit,),
    columns=(
        Column(name="id", heading="单位编号", about="单位编号", of=lambda unit: unit.unit.id),
        Column(
            name="url",
            heading="网页",
            about="页面地址，从网站根目录算起",
            is_link=True,
            of=lambda unit: unit.path + "index.html",
        ),
        Column(name="name", heading="单位名称", about="单位名称，照最近一份通报", of=lambda unit: unit.unit.name),
        *_place(lambda unit: unit.unit),
        Column(name="notices", heading="通报份数", about="通报份数", type="integer", of=lambda unit: len(unit.notices)),
        Column(
            name="newest",
            heading="最近通报",
            about="最近一份通报的日期",
            type="date",
            of=lambda unit: _iso(unit.notices[0].notice.published),
        ),
    ),
)

TABLES: tuple[Table[Any, Any], ...] = (NOTICES, ISSUES, FOLLOWUPS, LEDGER, CONTACTS, UNITS)
