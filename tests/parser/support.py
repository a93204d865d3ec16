"""Notices made around the few words that a case is about."""

from __future__ import annotations

from generator.content.notice_file import read_notice, write_notice
from generator.model.notice import Notice, Source
from generator.model.proof import Alignment, difference
from generator.parser import parse
from generator.readers import read_document
from generator.readers.document import Document

SOURCE = Source(file="case.txt", format="txt", sha256="0" * 64)
TOP = """中共大河县民政局党组关于巡察整改情况的通报
2023年2月21日至4月20日，县委第六巡察组对县民政局党组开展了巡察。6月1日反馈了意见。现将整改情况予以公布。
"""


def notice_of(body: str, top: str = TOP, name: str = "case.txt") -> Notice:
    """The notice that `body` below the `top` of one prints."""
    return parse(read_document((top + body).encode(), name), SOURCE)


def check_promises(document: Document, notice: Notice) -> None:
    """What the parser promises of any text: no word lost, each fact at its place, the same from its content file."""
    assert difference(document.text, notice.edits, notice.text) is None
    assert all(edit.before != edit.after for edit in notice.edits)
    places = Alignment(document.text, notice.edits, notice.text)
    for path, span in notice.evidence:
        assert 0 <= span.start < span.end <= len(notice.text), path
        start, end = places.span(span)
        inside = [edit for edit in notice.edits if edit.start is not None and start <= edit.start < end]
        if not inside:
            assert _squeezed(document.text[start:end]) == _squeezed(span.of(notice.text)), path
    for anomaly in notice.anomalies:
        if anomaly.span is not None:
            assert anomaly.span.of(notice.text) == anomaly.quote
    read, problems = read_notice(write_notice(notice))
    assert problems == []
    assert read == notice


def _squeezed(text: str) -> str:
    return "".join(text.split())
