"""Anomalies about how a notice was cut into problems: of two near readings, the one that loses nothing was taken."""

from __future__ import annotations

from collections.abc import Iterator

from generator.base.diagnostics import Span
from generator.model.notice import Issue, Notice
from generator.model.numbering import label_at
from generator.parser.text import items_behind


def readings_of(notice: Notice) -> Iterator[tuple[str, Span, str]]:
    """Code, place in the text and message of each anomaly."""
    for issue in notice.issues:
        faults = _faults(notice, issue)
        if faults > 1:
            yield "answer-shared", _head(notice, issue), f"{faults}个编号的问题表现共用一处整改情况，按一个问题计。"
    numbered = {notice.body[issue.at].level for issue in notice.issues if issue.label}
    for issue in notice.issues:
        if not issue.label and notice.body[issue.at].level in numbered:
            yield "number-missing", _head(notice, issue), "没有编号，按上下文读作一个问题的题目。"


def _head(notice: Notice, issue: Issue) -> Span:
    start = notice.starts[issue.at]
    return Span(start, start + len(notice.body[issue.at].text))


def _faults(notice: Notice, issue: Issue) -> int:
    """How many numbered faults stand right below a problem's title and above its answer; 0 behind 存在问题：."""
    count, style = 0, ""
    for passage in items_behind(notice.body, issue.at):
        if passage.role != "finding" or passage.label:
            return count
        label = label_at(passage.words)
        if label is None or label.style == "shi" or label.value != count + 1 or style not in ("", label.style):
            return count
        count, style = count + 1, label.style
    return count
