"""What a careful editor would flag (疑点). Each has a stable code, a place in the words, and a sentence for the editor.

Nothing is fixed. Codes are documented in docs/diagnostics.md; messages are Chinese, because the page shows them. Here
stand those that need what the parser alone knows; `notice_anomalies` has those that a notice shows by itself.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Iterator

from generator.base.diagnostics import Span
from generator.model.notice import Anomaly, Notice, title_of
from generator.model.vocabulary import FIELD_NAMES
from generator.parser import part_status, status
from generator.parser.clauses import clauses_of
from generator.parser.facts import Facts
from generator.parser.items import MarkAnomaly
from generator.parser.notice_anomalies import anomalies_in, at, nowhere
from generator.parser.printed_dates import is_day
from generator.parser.text import sentences

_SOURCES = {
    "title": "标题", "signature": "落款", "line": "标题下一行", "opening": "开头", "plan": "整改方案名称",
    "group": "领导小组名称", "page": "页面", "metadata": "信息公开栏", "written": "成文日期", "changed": "更新时间",
    "phone": "电话区号", "postcode": "邮编", "index": "索引号", "address": "地址", "inspector": "巡察组名称",
    "basis": "巡察依据", "name": "单位名称", "short": "单位名称中的地名简称",
}  # fmt: skip
_DAY = re.compile(r"月(\d{1,2})日")
_MONTH_BEFORE = re.compile(r"(?:(?P<year>(?:19|20)\d\d)年)?(?<!\d)(?P<month>\d{1,2})$")
_ANY_LEAP_YEAR = 2000
_LEAP_DAY = (0, 2, 29)


def anomalies_of(notice: Notice, facts: Facts, mark_anomalies: Iterable[MarkAnomaly] = ()) -> tuple[Anomaly, ...]:
    """The anomalies of a parsed notice, in the order of the text; those without a place last.

    `mark_anomalies` are those that were met when marks were set.
    """
    starts = notice.starts
    marks = [at(one.code, notice, one.place.in_text(notice.body, starts), one.message) for one in mark_anomalies]
    totals = [at("stated-impossible", notice, span, message) for span, message in facts.impossible]
    totals += [at("stated-rival", notice, span, message) for span, message in facts.rivals]
    found = [*_dates(notice, facts), *_missing(notice, facts), *_grounds(facts), *totals, *marks, *anomalies_in(notice)]
    found += _not_spread(notice, found)
    found += _unread_of_all(notice, found)
    unique = {(a.code, a.span, a.quote, a.message): a for a in found}
    return tuple(sorted(unique.values(), key=lambda a: (a.span is None, a.span or Span(0, 0), a.code)))


def _dates(notice: Notice, facts: Facts) -> Iterator[Anomaly]:
    values = {
        "inspection.start": notice.inspection.start,
        "inspection.end": notice.inspection.end,
        "inspection.feedback": notice.inspection.feedback,
        "published": notice.published,
    }
    for path, token, span in facts.tokens:
        value, name = values[path], FIELD_NAMES[path]
        if path in facts.dates.unsolved:
            readings = "、".join(f"{y}年{m}月{d}日" if y else f"{m}月{d}日" for y, m, d in token.readings)
            yield at("date-ambiguous", notice, span, f"{name}字符缺损，可读作{readings}，无法确定，未予采用。")
        elif token.is_damaged and value is not None:
            yield at("date-damaged", notice, span, f"{name}字符缺损，推定为{value.chinese}。")
        elif value is None and token.readings == (_LEAP_DAY,):
            yield at("date-impossible", notice, span, f"{name}没有写年份，按前后日期推算的年份没有这一天。")
    if facts.dates.violated:
        yield nowhere("date-order", "巡察开始、结束、反馈、通报日期的先后次序不合，请核对原件。", facts.printed or "")
    if notice.inspection.start is None and notice.inspection.inspector is None:
        yield nowhere("no-inspection", "开头没有写明巡察机构和巡察时间。")
    for found in _DAY.finditer(notice.text):
        before = _MONTH_BEFORE.search(notice.text, max(0, found.start() - 7), found.start())
        if before is None:
            continue
        year, month, day = int(before["year"] or _ANY_LEAP_YEAR), int(before["month"]), int(found[1])
        if not is_day(year, month, day):
            yield at("date-impossible", notice, Span(before.start(), found.end()), "没有这一天。")


def _grounds(facts: Facts) -> Iterator[Anomaly]:
    """Facts that the notice says in another way, too, and those that one weak cue says."""
    for path, rows in itertools.groupby(facts.grounds, key=lambda ground: ground.fact):
        taken, *rivals = rows
        name, source = FIELD_NAMES[path], _SOURCES.get(taken.source, "")
        for rival in rivals:
            message = f"{name}采用{source}的“{taken.quote}”，{_SOURCES[rival.source]}另作“{rival.quote}”，请核对。"
            yield nowhere("fact-rival", message, rival.quote)
        if not rivals:
            yield nowhere("fact-weak", f"{name}只凭{source}（“{taken.quote}”）得出，请核对。", taken.quote)


_SPREAD = frozenset({"blanket-unclear", "status-unclear"})


def _not_spread(notice: Notice, found: Iterable[Anomaly]) -> Iterator[Anomaly]:
    """The notice's number of finished or unfinished problems, where it has all and says not of each how far it is."""
    counts = Counter(issue.status for issue in notice.issues)
    left = counts["unstated"]
    is_whole = len(notice.issues) == notice.stated.issues
    if not (is_whole and left) or any(anomaly.code in _SPREAD for anomaly in found):
        return
    places, stated = dict(notice.evidence), notice.stated
    of_each = (
        ("stated.done", "已完成", stated.done, counts["done"]),
        ("stated.ongoing", "未完成", stated.ongoing, counts["ongoing"] + counts["long-term"]),
    )
    for path, name, told, counted in of_each:
        span = places.get(path)
        if span and told and counted < told:
            message = f"自述{name}{told}项，逐项标注为{name}的{counted}项，另有{left}项没有写明。"
            yield at("blanket-unclear", notice, span, message)
            return


def _unread_of_all(notice: Notice, found: Iterable[Anomaly]) -> Iterator[Anomaly]:
    """The first sentence that calls all issues finished, or heading that tells of those below: some are unstated."""
    is_left = any(issue.status == "unstated" for issue in notice.issues)
    if not is_left or any(anomaly.code in _SPREAD for anomaly in found):
        return
    for index, (passage, start) in enumerate(zip(notice.body, notice.starts, strict=True)):
        is_heading = passage.role == "heading" and passage.marks is None
        if is_heading and part_status.may_tell(title_of(passage)) and _has_unstated(notice, index):
            place = Span(start, start + len(passage.text))
            yield at("blanket-unclear", notice, place, "标题说到所列问题的整改情况，未能判断，各问题未据此标注状态。")
            return
        if passage.role != "prose" or passage.anchor or not _OF_PROBLEMS.search(passage.words):
            continue
        for span in sentences(passage.words, "。；;"):
            words = span.of(passage.words)
            if len(words) <= _LONGEST and _OF_PROBLEMS.search(words) and _calls_all_finished(words):
                at_start = start + len(passage.label)
                place = Span(at_start + span.start, at_start + span.end)
                yield at("blanket-unclear", notice, place, "说到全部问题的整改情况，未能判断，各问题未据此标注状态。")
                return


def _has_unstated(notice: Notice, at: int) -> bool:
    """Whether one of the issues below a heading is unstated."""
    level = notice.body[at].level
    heads = (
        i for i in range(at + 1, len(notice.body)) if notice.body[i].role == "heading" and notice.body[i].level <= level
    )
    end = next(heads, len(notice.body))
    return any(at < issue.at < end and issue.status == "unstated" for issue in notice.issues)


_OF_PROBLEMS = re.compile("(?:反馈|以上|上述|全部|所有|各项)[^，。；]{0,16}(?:问题|事项)")
_LONGEST = 120


def _calls_all_finished(words: str) -> bool:
    return status.is_plural(words) and any(one.claims == "done" and "all" in one.kinds for one in clauses_of(words))


def _missing(notice: Notice, facts: Facts) -> Iterator[Anomaly]:
    if not notice.unit.name:
        yield nowhere("no-unit", "没有找到单位名称，请在文件头填写 unit.name 和 unit.id。")
    if facts.is_of_several:
        yield nowhere("units-several", "通报说的是几个单位，请核对单位名称。", notice.unit.name)
    if not notice.contact and not notice.contact.unread:
        yield nowhere("no-contact", "通报没有写明联系方式。")
    if not any(passage.role == "signature" for passage in notice.body):
        yield nowhere("no-signature", "通报没有署名。")
    if notice.published is None:
        yield nowhere("no-date", "没有找到成文日期或发布日期。")
    if facts.region.candidates:
        names = "、".join(region.name for region in facts.region.candidates[:6])
        yield nowhere("region-ambiguous", f"地区不能确定，可能是：{names}。", notice.unit.name)
    elif facts.region.region is None and notice.unit.name:
        yield nowhere("no-region", "不能从单位名称、地址、区号判断地区。", notice.unit.name)
