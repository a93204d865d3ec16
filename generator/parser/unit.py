"""The unit's name in its fullest printed form, and a title where the source prints none (FORMATS b, c, i)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.model.numbering import CN
from generator.parser.rules import units
from generator.parser.text import patterns, squeezed

_ORGANS = patterns(units.ORGANS)
_BODIES = patterns(units.BODIES)
_IN_TITLE = re.compile(
    rf"(?P<unit>.{{2,60}}?(?:{_ORGANS}|{_BODIES})(?:[（(][^（()）]{{1,20}}[）)](?:{_ORGANS})?)?)(?=关于|落实|贯彻|对|就|巡[察视]|整改|"
    rf"第?[{CN}\d]{{1,3}}届|[省市县区旗州]委(?:第|巡|反馈)|中央(?:第|巡)|$)"
)
_ABOUT = re.compile(r"(?P<unit>.{2,60}?)(?=关于)")
_PLAN = re.compile(rf"《(?P<unit>[^《》]{{4,42}}?(?:{_ORGANS}))(?:关于)?[^《》]{{0,60}}整改[^《》]{{0,12}}》")
_TAIL = re.compile(
    rf"(?:[省市县区旗州镇乡村]|街道|{_BODIES}|(?:{_BODIES})?(?:{_ORGANS}))(?:{_ORGANS})?(?=关于|落实|对|巡[察视])"
)
_NAME = re.compile(rf"[\u4e00-\u9fff（）()]{{4,40}}(?:{_ORGANS})")
_SELF = re.compile(r"^(?:我|本)|^(?:局|院|委|校|中心|学校|公司|集团)(?:党组|党委|党总支|支部)?$")
_KIN = re.compile(r"[（(](?:以下|下称|简称|含|包括)[^（()）]*[）)]")
_AND_BELOW = re.compile(
    rf"(?:以?及|和|、)(?=其|所属|所辖|下属|下辖|直属|[省市县区]属|部分|\d+[家个所]|[{CN}]+[家个所]).*$"
)
_INSPECTED = re.compile(rf"本级|各|所属|下属|(?<![高中初])等|全[省市县区]|辖区|\d+[家个所]|(?:{_ORGANS})(?:和|及|、)")
"""Of several units, or of a kind of them."""


def unit_in_title(title: str) -> str | None:
    """The unit that a title begins with."""
    words = re.sub("^关于(?=中共)", "", squeezed(title))
    if words.startswith("关于"):
        return None
    found = _ABOUT.match(words) if re.match(r".{2,40}关于", words) else None
    if found and re.search(rf"(?:{_ORGANS}|{_BODIES})(?:[（(].{{1,20}}[）)])?$", found["unit"]):
        return found["unit"]
    found = _IN_TITLE.match(words)
    return found["unit"] if found else None


def is_tail_of_name(title: str) -> bool:
    """Whether a title begins with the last words of a unit's name alone: 医院党委关于…, cut out of a longer one."""
    return _TAIL.match(squeezed(title)) is not None


def fullest(names: Sequence[str | None]) -> str | None:
    """Of names for one unit, the surest first: the longest of those that hold the first one or lie in it."""
    known = [squeezed(name) for name in names if name]
    if not known:
        return None
    best = known[0]
    for name in known[1:]:
        if _core(best) in _core(name) or _core(name) in _core(best):
            best = max(best, name, key=len)
    return best


def _core(name: str) -> str:
    """A name without 中共 and without the organ: what two forms of it share."""
    return re.sub(rf"(?:{_ORGANS})$", "", re.sub(r"^(?:中共|中国共产党)", "", name))


def object_name(printed: str) -> str | None:
    """The inspected unit as the opening names it; None when it only says 我局党组 or names a policy field."""
    name = _AND_BELOW.sub("", squeezed(_KIN.sub("", printed)))
    if _SELF.match(name) or _INSPECTED.search(name) or re.search(r"领域|资金|项目|工作$", name):
        return None
    return name if re.search(rf"(?:{_ORGANS}|{_BODIES})$", name) and len(name) >= 4 else None


def unit_in_line(line: str) -> str | None:
    """The unit that a line under the title names, and nothing else: （南岭省能源局党组）."""
    name = squeezed(line).strip("（()）")
    return name if _NAME.fullmatch(name) and not _SELF.match(name) else None


def unit_in_plan(text: str) -> str | None:
    """The unit named in the title of its own plan: 《中共X局党组关于…整改方案》."""
    found = _PLAN.search(text)
    return found["unit"] if found else None


def constructed_title(unit: str, *, is_higher: bool) -> str:
    """A title for a notice that prints none: unit and kind, in the form that most notices have."""
    return f"{unit}关于{'巡视' if is_higher else '巡察'}整改进展情况的通报"
