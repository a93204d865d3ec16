"""Titles as pages show them: in lists the heart of it, above the words in lines that end where a word does."""

from __future__ import annotations

import functools
import re

from generator.pages.long_texts import clipped

_AROUND = re.compile(
    r"^(?:(?:针对|关于|对于|对)(?=.{2}))?(?P<core>.+?)"
    r"(?:(?:方面)?(?:的|等)?(?:具体|主要|突出)?(?:问题|事项)(?:的?整改(?:落实|进展)?情况)?)?$",
    re.DOTALL,
)
_QUOTED = re.compile(r"^“([^“”]+)”$|^「([^「」]+)」$")


@functools.lru_cache(maxsize=65536)
def short(title: str) -> str:
    """What is between 针对 and 的问题; the whole title when that leaves nothing. For lists only: never for the words.

    >>> [short(title) for title in ("针对“报销手续不规范”问题", "关于违规发放津补贴事项", "“三会一课”不规范", "问题")]
    ['报销手续不规范', '违规发放津补贴', '“三会一课”不规范', '问题']
    """
    found = _AROUND.match(title)
    core = found["core"].strip() if found else title
    quoted = _QUOTED.match(core)
    return clipped((quoted[1] or quoted[2]) if quoted else core or title)


_LINE_ENDS = re.compile(
    r"(?<=.{3})(?=关于|落实(?!情况)|反馈(?:意见|问题)|整改(?:落实|进展|工作|完成)?(?:情况|报告))"
    r"|(?<=组)(?=[对巡])"
    # behind the place of a unit's name: 卫生健康局党组 stays together
    r"|(?<=..[省市县区旗州])(?<!社区)(?<!小区)(?<!地区)(?=[^省市县区旗州关对]{2,16}(?:局|院|会|中心|公司|党[组委]))(?![场政民容域直级委])"
    # a long name without one has no better place
    r"|(?<=[^省市县区旗州关对组]{12})(?=党(?:组|委|总支|支部)(?!成员))"
)


def lines_of(title: str) -> list[str]:
    """The parts of a long title between which a line may end (GB/T 9704: 回行时词意完整); joined they are the title.

    >>> lines_of("中共某县卫生健康局党组关于巡察整改进展情况的通报")
    ['中共某县', '卫生健康局党组', '关于巡察', '整改进展情况的通报']
    >>> lines_of("某中心关于县委第二巡察组对某中心反馈意见整改落实情况的报告")
    ['某中心', '关于县委第二巡察组', '对某中心', '反馈意见', '整改落实情况的报告']
    """
    return _LINE_ENDS.split(title)
