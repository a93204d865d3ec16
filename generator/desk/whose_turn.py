"""待办: the state of each notice, whose turn it is, and what is due; all of it follows from what is seen now."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from generator.base.language import chinese
from generator.desk.public import Public
from generator.desk.summary import Summary

NoticeState = Literal["broken", "new", "doubt", "review", "ready", "live", "past"]
Turn = Literal["mine", "others", "new", "live"]
TURNS: tuple[tuple[Turn, str], ...] = (("mine", "轮到我"), ("others", "等别人"), ("new", "刚导入"), ("live", "已上线"))
LANES: tuple[tuple[NoticeState, str], ...] = (
    ("new", "新导入"),
    ("doubt", "有疑点"),
    ("review", "待审"),
    ("ready", "可发布"),
    ("live", "已发布"),
    ("past", "已更正、撤下"),
)
SHOWN = 50
"""Rows of a turn that are not filtered."""
DUE_DAYS = 30
STEPS = ("校对", "遮盖", "三审", "发布")


class PipeStep(NamedTuple):
    """A part of the bar of a row."""

    name: str
    look: Literal["ok", "now", ""]


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardRow:
    """A notice on the board."""

    about: Summary
    state: NoticeState
    turn: Turn
    why: str
    """What blocks, in words."""
    tag: str
    look: Literal["red", "ok", ""]
    who: str
    """Who acts next."""
    since: str
    page: str
    """Where the button leads, from the notice's address on."""
    verb: str
    is_main: bool = False
    """Whether the button is one to press now."""

    @property
    def name(self) -> str:
        """Unit and kind."""
        one = self.about
        return f"{one.unit}　{one.kind or '巡察'}整改" if one.unit else one.title

    @property
    def steps(self) -> tuple[PipeStep, ...]:
        """校对, 遮盖, 三审, 发布: done, at hand, to come."""
        at = {"broken": 0, "new": -1, "doubt": 0, "review": 2, "ready": 3, "live": 4, "past": 4}[self.state]
        looks = ["ok" if n < at else "now" if n == at else "" for n in range(len(STEPS))]
        return tuple(PipeStep(name, look) for name, look in zip(STEPS, looks, strict=True))  # type: ignore[arg-type]


def state_of(one: Summary, public: Public) -> NoticeState:
    """The state of a notice, derived from its findings, its signatures and the live release."""
    if one.problems:
        return "broken"
    if not one.withdrawn and one.open:
        return "doubt" if one.touched else "new"
    if not one.withdrawn and one.missing:
        return "review" if one.touched or not one.imported else "new"
    if not public.has(one.address, one.digest):
        return "ready"
    return "past" if one.withdrawn or one.corrections else "live"


def rows_of(found: Iterable[Summary], public: Public) -> list[BoardRow]:
    """A row for each notice, by state; within one those that were imported, or published, last first."""
    newest = sorted(sorted(found, key=lambda one: one.id), key=lambda one: (one.imported, one.published), reverse=True)
    rows = [_row(one, state_of(one, public), public) for one in newest]
    return sorted(rows, key=lambda row: _ORDER.index(row.state))


_ORDER: tuple[NoticeState, ...] = ("broken", "ready", "doubt", "review", "new", "live", "past")


class Tab(NamedTuple):
    """A step of a notice, above its pages."""

    page: str
    name: str
    left: int
    """What is left to do there."""
    is_ok: bool


def tabs_of(one: Summary, public: Public) -> list[Tab]:
    """校对, 遮盖, 预览, 三审, 发布: what is left at each."""
    doubts, missing = one.open - one.personal, len(one.missing)
    is_read, is_signed = one.touched or not one.open, not one.missing
    is_live = public.has(one.address, one.digest)
    return [
        Tab("proof", "校对", doubts, is_read and not doubts),
        Tab("mask", "遮盖", one.personal, is_read and not one.open),
        Tab("preview", "预览", 0, is_signed and not one.open),
        Tab("review", "三审", missing, is_signed),
        Tab("publish", "发布", 0, is_live and is_signed),
    ]


def counts(rows: Iterable[BoardRow]) -> Counter[NoticeState]:
    """How many are in each state."""
    return Counter(row.state for row in rows)


def _row(one: Summary, state: NoticeState, public: Public) -> BoardRow:
    return {
        "broken": _broken,
        "new": _doubtful,
        "doubt": _doubtful,
        "review": _waiting,
        "ready": _ready,
        "live": _live,
        "past": _live,
    }[state](one, state, public)


def _broken(one: Summary, state: NoticeState, _: Public) -> BoardRow:
    line, message = one.problems[0]
    place = f"第 {line} 行：" if line else ""
    return BoardRow(
        about=one, state=state, turn="mine", tag="内容文件读不懂", look="red", who="我 · 修好它", since="",
        why=f"{place}{chinese().say(message)}（有人在编辑台外面改过）", page="proof", verb="看怎么修", is_main=True,
    )  # fmt: skip


def _doubtful(one: Summary, state: NoticeState, _: Public) -> BoardRow:
    doubts = "、".join(f"{name} {count}" for name, count in one.doubts[:_NAMED])
    more = f" 等 {len(one.doubts)} 种" if len(one.doubts) > _NAMED else ""
    what = f"{one.issues} 个问题" + (f" · {doubts}{more}" if doubts else " · 没有疑点")
    is_new = state == "new"
    return BoardRow(
        about=one,
        state=state,
        turn="new" if is_new else "mine",
        tag="没打开过" if is_new else f"还有 {one.open} 处疑点",
        look="" if is_new else "red",
        why=what,
        who="还没有人" if is_new else "我 · 校对",
        since=f"{_day(one.imported)}导入" if one.imported else "",
        page="proof",
        verb="我来校对" if is_new else "接着校对",
        is_main=True,
    )


_NAMED = 4


def _waiting(one: Summary, state: NoticeState, _: Public) -> BoardRow:
    step = one.missing[0]
    last = one.signed[-1] if one.signed else None
    if one.void:
        tag, look = f"{'、'.join(one.void)}已失效：签后有改动", "red"
    else:
        tag, look = (f"{last.step}已签" if last else "还没有人签"), ""
    return BoardRow(
        about=one,
        state=state,
        turn="others" if last else "mine",
        tag=tag,
        look=look,  # type: ignore[arg-type]
        why=f"{one.issues} 个问题" + (f"、{one.followups} 个后续事项" if one.followups else ""),
        who=f"{step}" if last else f"我 · 送{step}",
        since=f"{last.name} {_day(last.date.iso)}{last.step}" if last else "",
        page="review",
        verb="去三审" if not last else "送审单",
        is_main=last is None,
    )


def _ready(one: Summary, state: NoticeState, public: Public) -> BoardRow:
    accepted = f" · 接受的疑点 {one.accepted} 处，都写明了理由" if one.accepted else ""
    last = one.signed[-1] if one.signed else None
    tag = "已撤下，待发布" if one.withdrawn else "三审已签齐"
    return BoardRow(
        about=one, state=state, turn="mine", tag=tag, look="ok",
        why=f"{one.issues} 个问题{accepted}" + (f" · {public.why}" if public.why else ""),
        who="我 · 发布", since=f"{last.name} {_day(last.date.iso)}{last.step}" if last else "",
        page="publish", verb="去发布", is_main=True,
    )  # fmt: skip


def _live(one: Summary, state: NoticeState, _: Public) -> BoardRow:
    tag = (
        f"{_day(one.withdrawn)}撤下"
        if one.withdrawn
        else f"更正过 {one.corrections} 处"
        if one.corrections
        else "已发布"
    )
    return BoardRow(
        about=one, state=state, turn="live", tag=tag, look="", why=f"{one.issues} 个问题",
        who="没有事", since="", page="correct", verb="更正、撤下",
    )  # fmt: skip


def _day(iso: str) -> str:
    """11月28日."""
    parts = iso.split("-")
    return f"{int(parts[1])}月{int(parts[2])}日" if len(parts) == 3 else iso


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Which rows a person looks for; empty: all."""

    words: str = ""
    state: str = ""
    year: str = ""
    region: str = ""

    @property
    def is_set(self) -> bool:
        """Whether anything is asked for."""
        return bool(self.words or self.state or self.year or self.region)

    def fits(self, row: BoardRow) -> bool:
        """Whether a row is looked for."""
        one = row.about
        return (
            all(word in f"{one.id} {one.title} {one.unit}" for word in self.words.split())
            and self.state in ("", row.state)
            and one.published.startswith(self.year)
            and self.region in one.region
        )


class BoardGroup(NamedTuple):
    """The rows of one turn."""

    turn: Turn
    name: str
    rows: Sequence[BoardRow]
    total: int
    """More than there are rows: the others are found by the filter."""


def groups(rows: Sequence[BoardRow], wanted: Filter) -> Iterator[BoardGroup]:
    """The rows by whose turn it is; of many those that came last."""
    for turn, name in TURNS:
        mine = [row for row in rows if row.turn == turn and wanted.fits(row)]
        if mine:
            yield BoardGroup(turn, name, mine if wanted.is_set or turn == "mine" else mine[:SHOWN], len(mine))


class DueRow(NamedTuple):
    """A deadline that comes."""

    when: str
    is_over: bool
    """It is today."""
    row: BoardRow
    titles: tuple[str, ...]
    anchor: str


def dues(rows: Iterable[BoardRow], today: dt.date) -> list[DueRow]:
    """What is due within thirty days, today's first; what is due on one day in one notice together."""
    found: dict[tuple[dt.date, str], list[tuple[BoardRow, str, str]]] = {}
    for row in rows:
        for due in row.about.dues:
            if today <= due.day <= today + dt.timedelta(days=DUE_DAYS):
                found.setdefault((due.day, row.about.id), []).append((row, due.title, due.anchor))
    return [
        DueRow(
            "今天到期" if day == today else f"{day.month}月{day.day}日",
            day == today,
            same[0][0],
            tuple(title for _, title, _ in same),
            same[0][2],
        )
        for (day, _), same in sorted(found.items())
    ]
