"""Notices made around the few words that a case is about."""

from __future__ import annotations

from generator.model.notice import Notice, Source
from generator.parser import parse
from generator.readers import read_document

SOURCE = Source(file="case.txt", format="txt", sha256="0" * 64)
TOP = """中共大河县民政局党组关于巡察整改情况的通报
2023年2月21日至4月20日，县委第六巡察组对县民政局党组开展了巡察。6月1日反馈了意见。现将整改情况予以公布。
"""


def notice_of(body: str, top: str = TOP, name: str = "case.txt") -> Notice:
    """The notice that `body` below the `top` of one prints."""
    return parse(read_document((top + body).encode(), name), SOURCE)
