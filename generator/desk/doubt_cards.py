"""A finding as a card: what is doubted, where, why, how it can be read, and what may be done about it.

What can be done is data: each choice is an act (generator/desk/rows.py) in which `$why`, `$date` and the like stand for
what the editor fills in. What blocks a release has no choice that is chosen beforehand.
"""

from __future__ import annotations

import functools
import json
import zlib
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, NamedTuple

from generator.base.diagnostics import Severity, Span
from generator.desk.acts import Accept, Act, Batch, MarkIssue, MarkRole, SetStatus
from generator.desk.date_readings import DatedFact, DateReading, fact_at, readings_at
from generator.desk.places import GuardedPlace, place, whole
from generator.desk.rows import row_of
from generator.desk.summary import OF_REVIEW
from generator.editorial.acceptance import Finding
from generator.editorial.advice import ADVICE, Advice
from generator.model.decisions import Acceptance
from generator.model.notice import STATUSES, Notice
from generator.model.numbering import label_at
from generator.model.vocabulary import STATUS_NAMES

OF_MASKS = ("personal-", "mask-")
"""How codes begin that are settled where masks are made."""


class CardChoice(NamedTuple):
    """A thing that may be done."""

    label: str
    act: str
    """The act as JSON; empty: it leads elsewhere."""
    note: str = ""
    key: str = ""
    field: str = ""
    """What the editor fills in: `date`, `text`, `region`, `issue`."""
    leads: str = ""
    """`errata`, `mask`: what opens instead."""
    is_asis: bool = False
    """What Y does: the words stay as they are."""


def is_of_words(code: str) -> bool:
    """Whether a finding is settled here: not by a signature, and not by a mask."""
    return code not in OF_REVIEW and not code.startswith(OF_MASKS)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class DoubtCard:
    """One doubt; made once, and the same as long as nothing of it changes."""

    key: str
    """What tells it from others: of its kind and words, so that it stays the same when others come and go."""
    code: str
    name: str
    quote: str
    """The words as the finding has them: what an acceptance names."""
    span: Span | None
    """Where in the text; None: nowhere in particular."""
    index: int
    """The passage; -1: none."""
    start: int
    """Where the passage begins in the text; -1: there is none."""
    place: str
    before: str
    words: str
    after: str
    why: str
    blocks: bool
    is_note: bool
    readings: tuple[DateReading, ...]
    choices: tuple[CardChoice, ...]
    chosen: int
    """Index of the choice that Enter takes; -1: the editor has to choose."""
    reason: str
    accepted: Acceptance | None

    @property
    def is_done(self) -> bool:
        """Whether somebody answers for it."""
        return self.accepted is not None

    @property
    def asis(self) -> str:
        """What Y does, as JSON; empty: there is no such choice."""
        return next((one.act for one in self.choices if one.is_asis), "")

    @property
    def asks_issue(self) -> bool:
        """Whether one of its choices wants an issue of the notice."""
        return any(one.field == "issue" for one in self.choices)

    @property
    def may_go_together(self) -> bool:
        """Whether all of its kind may be settled at once: no dates, and nothing that blocks a release."""
        return bool(self.asis) and self.chosen >= 0 and not self.blocks and not self.code.startswith(_DATES)


def cards_of(notice: Notice, findings: Sequence[Finding], places: Sequence[str]) -> list[DoubtCard]:
    """The doubts of a notice in the order of its text, those of no place first; `places` names each passage."""
    found = [one for one in findings if is_of_words(one.diagnostic.code)]
    placed = [(one, _span_of(one, notice)) for one in found]
    placed.sort(key=lambda row: (row[1].start if row[1] else -1, row[0].diagnostic.code == "deadline-past"))
    missed = functools.cache(lambda: tuple(islice(_numbered_lines(notice), _CANDIDATES)))
    return [
        _card(_parts_of(key, _PlacedFinding(notice, one, span, _index(notice, span), missed), places))
        for key, (one, span) in zip(_keys(one for one, _ in placed), placed, strict=True)
    ]


def _keys(findings: Iterable[Finding]) -> Iterator[str]:
    """A short key for each finding: of what it is about, and the how manieth of these it is."""
    seen: Counter[str] = Counter()
    for one in findings:
        about = f"{one.diagnostic.code}\n{one.diagnostic.quote}"
        key = f"{zlib.crc32(about.encode('utf-8', 'surrogatepass')):08x}"
        seen[key] += 1
        yield key if seen[key] == 1 else f"{key}-{seen[key]}"


def _span_of(one: Finding, notice: Notice) -> Span | None:
    said = one.diagnostic
    if said.span:
        return said.span
    path, _, value = said.quote.partition(" ")
    if (span := dict(notice.evidence).get(path)) and value:
        return span
    at = notice.text.rfind(said.quote) if said.quote else -1
    return Span(at, at + len(said.quote)) if at >= 0 else None


_AROUND = 16
_DATES = ("date-", "deadline-")


def _parts_of(key: str, doubt: _PlacedFinding, places: Sequence[str]) -> _CardParts:
    notice, one, span, index, _ = doubt
    said, text = one.diagnostic, notice.text
    start, end = span or Span(0, 0)
    line = text.rfind("\n", 0, start) + 1
    first = max(line, start - _AROUND)
    line_end = text.find("\n", end)
    last = min(line_end if line_end >= 0 else len(text), end + _AROUND)
    rule = RULES.get(said.code, _AS_PRINTED)
    return _CardParts(
        key=key,
        code=said.code,
        severity=said.severity,
        message=said.message,
        quote=said.quote,
        span=span,
        passage=index,
        start=notice.starts[index] if index >= 0 else -1,
        place=places[index] if 0 <= index < len(places) else "全文",
        before=("…" if first > line else "") + text[first:start] if span else "",
        words=text[start:end] if span else said.quote,
        after=text[end:last] + ("…" if line_end > last else "") if span else "",
        accepted=one.accepted,
        fact=fact_at(notice, span) if rule.has_readings else None,
        readings=readings_at(text, span) if rule.has_readings and span else (),
        sought=tuple(rule.seek(doubt)) if rule.seek else (),
    )


@functools.lru_cache(maxsize=4096)  # an act leaves most doubts of a notice as they were
def _card(doubt: _CardParts) -> DoubtCard:
    rule = RULES.get(doubt.code, _AS_PRINTED)
    choices = tuple(choice for make in rule.choices for choice in make(doubt))
    blocks = doubt.severity is Severity.ERROR
    is_chosen = rule.is_sure and not blocks and bool(choices)
    return DoubtCard(
        key=doubt.key,
        code=doubt.code,
        name=ADVICE.get(doubt.code, Advice(doubt.code, "")).name,
        quote=doubt.quote,
        span=doubt.span,
        index=doubt.passage,
        start=doubt.start,
        place=doubt.place,
        before=doubt.before,
        words=doubt.words,
        after=doubt.after,
        why=doubt.message.removeprefix(f"“{doubt.quote}” "),
        blocks=blocks,
        is_note=doubt.severity is Severity.NOTE,
        readings=doubt.readings,
        choices=choices,
        chosen=0 if is_chosen else -1,
        reason=rule.reason,
        accepted=doubt.accepted,
    )


def _index(notice: Notice, span: Span | None) -> int:
    if span is None:
        return -1
    return bisect_right(notice.starts, span.start) - 1


class _PlacedFinding(NamedTuple):
    """A finding where it stands in a notice: what choices are sought for."""

    notice: Notice
    finding: Finding
    span: Span | None
    passage: int
    missed: Callable[[], tuple[CardChoice, ...]]
    """Lines that may be headings, sought once for all doubts."""


class _CardParts(NamedTuple):
    """All that a card is made of."""

    key: str
    code: str
    severity: Severity
    message: str
    quote: str
    span: Span | None
    passage: int
    start: int
    place: str
    before: str
    words: str
    after: str
    accepted: Acceptance | None
    fact: DatedFact | None
    """What a date in these words says."""
    readings: tuple[DateReading, ...]
    sought: tuple[CardChoice, ...]
    """What was found in the notice that may be done."""

    @property
    def accept(self) -> Accept:
        return Accept(self.code, self.quote or None, "$why")

    @property
    def at(self) -> GuardedPlace | None:
        return GuardedPlace(*self.span, self.words) if self.span else None


def as_json(act: Act | dict[str, Any]) -> str:
    """An act, or a row with slots in it, as a form sends it."""
    return _JSON(act) if isinstance(act, dict) else _act_as_json(act)


@functools.lru_cache(maxsize=4096)  # the cards are made again after each act, and most offer what they did
def _act_as_json(act: Act) -> str:
    return _JSON(row_of(act))


_JSON = json.JSONEncoder(ensure_ascii=False).encode


ChoiceMaker = Callable[[_CardParts], Iterator[CardChoice]]
ChoiceSeeker = Callable[[_PlacedFinding], Iterable[CardChoice]]


def _asis(label: str = "原文如此，照登", note: str = "公开页上标出，读者看得到") -> ChoiceMaker:
    def make(doubt: _CardParts) -> Iterator[CardChoice]:
        yield CardChoice(label, as_json(doubt.accept), note, is_asis=True)

    return make


def _errata(doubt: _CardParts) -> Iterator[CardChoice]:
    if doubt.span:
        yield CardChoice("字确实错了，勘误…", "", "改字要写理由，留下改前改后", key="E", leads="errata")


def _inferred(doubt: _CardParts) -> Iterator[CardChoice]:
    """What import inferred stays, and somebody answers for it."""
    fact = doubt.fact
    if fact and fact.value:
        label = f"采用推定：{fact.name} {fact.value}"
        yield CardChoice(label, as_json(doubt.accept), "公开页上标“推定”，原来的字照样显示", is_asis=True)
    else:
        yield from _asis()(doubt)


def _another_date(doubt: _CardParts) -> Iterator[CardChoice]:
    fact = doubt.fact
    if fact:
        act = {"Batch": {"acts": [fact.row("$date", doubt.at, inferred=True), row_of(doubt.accept)]}}
        yield CardChoice("换一个日期…", as_json(act), key="D", field="date")


def _read_as(doubt: _CardParts) -> Iterator[CardChoice]:
    """Each way in which a damaged date can be read."""
    fact = doubt.fact
    for one in doubt.readings:
        if fact and one.date:
            act = {"Batch": {"acts": [fact.row(one.date.iso, doubt.at, inferred=True), row_of(doubt.accept)]}}
            yield CardChoice(f"读作 {one.date.chinese}", as_json(act), one.why)


def _sought(doubt: _CardParts) -> Iterator[CardChoice]:
    yield from doubt.sought


def _set(path: str, label: str, field: str) -> ChoiceMaker:
    def make(_: _CardParts) -> Iterator[CardChoice]:
        yield CardChoice(label, as_json({"SetFact": {"path": path, "value": f"${field}"}}), field=field)

    return make


_CANDIDATES = 6


def _numbered_lines(notice: Notice) -> Iterator[CardChoice]:
    """Lines that begin with such a number as the issues have, and are no headings."""
    styles = {label.style for issue in notice.issues if (label := label_at(notice.body[issue.at].label))}
    for index, one in enumerate(notice.body):
        number = None if one.role in ("heading", "title") or one.run_on else label_at(one.text)
        if number and (not styles or number.style in styles):
            yield CardChoice(f"这一行是问题：{one.text[:20]}…", as_json(MarkIssue(whole(notice, index))), key="W")


def _missed_heading(doubt: _PlacedFinding) -> tuple[CardChoice, ...]:
    return doubt.missed()


def _next_is_answer(doubt: _PlacedFinding) -> Iterator[CardChoice]:
    """The paragraphs below the heading that could be its answer."""
    notice, head = doubt.notice, doubt.passage
    if head < 0:
        return
    for index in range(head + 1, min(head + 4, len(notice.body))):
        if notice.body[index].role == "heading":
            return
        words = notice.body[index].text[:18]
        yield CardChoice(f"这段是整改情况：{words}…", as_json(MarkRole(whole(notice, index), "response")), key="Z")


def _status_by_words(doubt: _PlacedFinding) -> Iterator[CardChoice]:
    """One of the four, and the words in question prove it."""
    issue = next((one for one in reversed(doubt.notice.issues) if one.at <= doubt.passage), None)
    if issue is None or not doubt.span:
        return
    words, said = place(doubt.notice, *doubt.span), doubt.finding.diagnostic
    for number, status in enumerate(STATUSES, 1):
        quote = words if status != "unstated" else None
        act = Batch((SetStatus(issue.id, status, quote), Accept(said.code, said.quote or None, "$why")))
        yield CardChoice(STATUS_NAMES[status], as_json(act), key=str(number))


def _which_issue(doubt: _PlacedFinding) -> Iterator[CardChoice]:
    head = next((n for n in range(doubt.passage, -1, -1) if doubt.notice.body[n].role == "heading"), -1)
    if head >= 0:
        at = whole(doubt.notice, head)
        row = {"MarkFollowup": {"at": f"{at.start}-{at.end}:{at.words}", "of": "$issue"}}
        yield CardChoice("它接着的是这一项：", as_json(row), field="issue")


def _mask(_: _CardParts) -> Iterator[CardChoice]:
    yield CardChoice("去遮盖", "", leads="mask")


class CardRule(NamedTuple):
    """What may be done about a kind of finding."""

    choices: tuple[ChoiceMaker, ...]
    is_sure: bool = True
    """Whether the first choice may be taken by Enter; never where the finding blocks a release."""
    reason: str = "对照纸质件，原件如此"
    has_readings: bool = False
    """Whether it is about a date that can be read in several ways."""
    seek: ChoiceSeeker | None = None
    """What finds choices in the notice; `_sought` offers them."""


_BY_DATES = "按前后日期推算，唯一成立"
_MARKS = "原文标点，不影响文意"
_AS_PRINTED = CardRule((_asis(), _errata))
_FIND = CardRule((_asis("原文如此，照登", "自述和清点并列公布"), _sought), seek=_missed_heading)
_DATE_OPEN = CardRule((_read_as, _another_date, _asis("照原样，不定日期", "公开页上写原来的字")), is_sure=False,
                  reason="对照纸质件核对", has_readings=True)  # fmt: skip
_UNSAID = _asis("通报没有写", "公开页上写“未载明”")
_STATUS = CardRule((_sought, _asis()), is_sure=False, reason="按原话", seek=_status_by_words)

RULES: Mapping[str, CardRule] = {
    "date-damaged": CardRule((_inferred, _another_date, _errata), reason=_BY_DATES, has_readings=True),
    "deadline-past": CardRule(
        (_asis("转告单位，照登", "记在理由里"), _asis("原文如此，照登")), reason="已电话告知单位，10日内答复"
    ),
    "date-ambiguous": _DATE_OPEN,
    "date-impossible": _DATE_OPEN,
    "date-order": _DATE_OPEN,
    "stated-differs": _FIND,
    "number-skipped": _FIND,
    "answer-apart": _FIND,
    "no-response": CardRule((_sought, _asis()), is_sure=False, seek=_next_is_answer),
    "no-issues": CardRule((_sought, _asis()), is_sure=False, seek=_missed_heading),
    "status-contradicts": _STATUS,
    "status-mostly": _STATUS,
    "status-unclear": _STATUS,
    "unpaired": CardRule((_asis(), _errata), reason=_MARKS),
    "phrase": CardRule((_errata, _asis("原文如此，负责人担责", "记在您名下")), is_sure=False, reason=""),
    "no-unit": CardRule((_set("unit.name", "单位是", "text"), _UNSAID), is_sure=False),
    "no-region": CardRule((_set("unit.region", "地区是", "region"), _UNSAID), is_sure=False),
    "region-ambiguous": CardRule((_set("unit.region", "地区是", "region"), _UNSAID), is_sure=False),
    "no-date": CardRule((_set("published", "日期是", "date"), _UNSAID), is_sure=False),
    "followup-alone": CardRule((_sought, _asis("没有对应的问题", "原文就是单列")), is_sure=False, seek=_which_issue),
    "contact-mail": CardRule((_asis("照登", "已建议单位改用政务邮箱"),), reason="单位现用邮箱，已建议改用政务邮箱"),
    "contact-mobile": CardRule((_asis("是公务电话，照登", ""), _mask), is_sure=False, reason="已电话核实，是公务电话"),
}
"""Code → what may be done; any other: the words stay, or are mended."""
