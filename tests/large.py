"""A made-up site that asks more of pages than a real one: 300 units, and names and titles that take many lines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from benchmarks.corpus import notices
from generator.model.notice import Notice, Unit

UNITS = 300
_MANY = 12
"""Notices of one unit."""
_NAME = "（原国家级经济技术开发区管理委员会社会事业发展和退役军人事务综合服务保障中心）联合委员会"
_ISSUE = (
    "，以及对上级决策部署学习贯彻不够深入、结合本单位实际制定具体贯彻措施不够，部分干部担当作为意识不强，"
    "存在畏难情绪和等靠要思想，推动重点工作落实力度层层递减的问题。"
)


LONGEST, LONG = "many-0", "many-1"
"""Ids of the notice of 150 issues, and of one with 50, as many as the longest real ones have."""


def large_notices() -> Iterator[Notice]:
    """Short notices of 300 units, and a dozen of one unit that are long."""
    yield from (_wordy(item) for item in notices(UNITS, length=1500))
    longest, *others = map(_wordy, (*notices(1, length=30_000), *notices(_MANY - 1, length=10_000)))
    unit = Unit(id="many", name=longest.unit.name, region=longest.unit.region)
    for number, item in enumerate([longest, *others]):
        yield replace(item, id=f"many-{number}", unit=unit)


def _wordy(notice: Notice) -> Notice:
    unit = replace(notice.unit, name=notice.unit.name + _NAME)
    title = f"{unit.name}关于{notice.inspection.inspector}巡察反馈意见整改进展情况的通报"
    body = tuple(
        passage._replace(words=title)
        if passage.role == "title"
        else passage._replace(words=passage.words.rstrip("。") + _ISSUE)
        if passage.marks
        else passage
        for passage in notice.body
    )
    return replace(notice, unit=unit, title=title, body=body)
