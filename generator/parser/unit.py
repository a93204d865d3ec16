"""The unit's name in its fullest printed form, and a title where the source prints none (FORMATS b, c, i)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from generator.model.numbering import CN
from generator.parser.region import gazetteer
from generator.parser.rules import units
from generator.parser.text import patterns, squeezed

_ORGANS = patterns(units.ORGANS)
_BODIES = patterns(units.BODIES)
_IN_TITLE = re.compile(
    rf"(?P<unit>.{{2,60}}?(?:{_ORGANS}|{_BODIES})(?:[（(][^（()）]{{1,20}}[）)](?:{_ORGANS})?)?)(?=关于|落实|贯彻|对|就|巡[察视]|整改|"
    rf"第?[{CN}\d]{{1,3}}届|[省市县区旗州]委(?:第|巡|反馈)|中央(?:第|巡)|$)"
)
_BOTH = re.compile(
    r"(?P<unit>[\u4e00-\u9fff]{2,40}[村居区][“\"]?(?:支部委员会、村民委员会|支?村?两委|党支部、村委会)[”\"]?)关于"
)
"""石门村“两委”: a village's Party branch and its committee."""
_ABOUT = re.compile(r"(?P<unit>.{2,60}?)(?=关于)")
_SOON_ABOUT = re.compile(".{2,40}关于")
_IS_UNIT = re.compile(rf"(?:{_ORGANS}|{_BODIES})(?:[（(].{{1,20}}[）)])?$")
_PARTY = re.compile("^(?:中共|中国共产党)")
_ORGAN_LAST = re.compile(rf"(?:{_ORGANS})$")
_COLUMN = re.compile("^(?:【[^】]{2,12}】)?(?:关于(?=中共))?")
"""What may stand before the unit's name in a title."""
_BEFORE = re.compile(r"[（(]原[^（()）]{2,40}[）)]")
_PLAN = re.compile(rf"《(?P<unit>[^《》]{{4,42}}?(?:{_ORGANS}))(?:关于)?[^《》]{{0,60}}整改[^《》]{{0,12}}》")
_PLAN_TITLE = re.compile(r"《([^《》]{0,70}整改[^《》]{0,12})》")
_OF_ANOTHER = re.compile("关于|落实|贯彻|整改|巡[察视]")
"""《关于落实对某局党组巡察…》 names the unit that a paper is about, in the words of another."""
_SET_UP = re.compile("成立了?")
_GROUP_CLAUSE = 120
"""Characters in which the name of a leading group ends."""
_GROUP_ABOUT = re.compile("落实|贯彻|关于|巡[察视]|整改|[省市县区旗州盟]委(?=第|巡|反馈)|中央|工作")
_CALLED = {"会": ("会", "联", "协"), "院": ("院", "所"), "委": ("委", "局")}
"""What 我会 can be: 妇联, 科协 …; where nothing is said, a name holds the very word."""
_OURS = re.compile("我(?P<what>局|乡|镇|村|院|校|中心|公司|街道|社区|委|办|馆|站|厅|会|行|队)")
_TAIL = re.compile(
    rf"(?:[省市县区旗州镇乡村]|街道|{_BODIES}|(?:{_BODIES})?(?:{_ORGANS}))(?:{_ORGANS})?(?=关于|落实|对|巡[察视])"
)
_NAME = re.compile(rf"[\u4e00-\u9fff（）()]{{4,40}}(?:{_ORGANS})")
_BODY_NAME = re.compile(rf"[\u4e00-\u9fff（）()]{{4,40}}(?:{_BODIES})")
_SELF = re.compile(r"^(?:我|本)|^(?:局|院|委|校|中心|学校|公司|集团)(?:党组|党委|党总支|支部)?$")
_SEVERAL = re.compile(
    rf"(?:[二两三四五六七八九十]|[1-9]\d|[2-9])[个家所](?:行政|建制|基层|直属)?(?:村|社区|镇|乡|街道|学校|单位|部门|企业|党组织|党支部|党委|党组)"
    rf"|(?:村|社区|镇|乡|街道|{_ORGANS})、[^、，。；]{{1,24}}(?:村|社区|镇|乡|街道|{_ORGANS})"
    rf"|(?P<body>{_BODIES})、[^、，。；]{{1,24}}(?P=body)$"
)
_ENDS_AS_NAME = re.compile(rf"(?:{_ORGANS}|{_BODIES})$")
_SHORT = re.compile("[省市县区旗州盟团].{1,3}")
"""区妇联, 团县委: a name of three characters begins with its level."""
_KIN = re.compile(r"[（(](?:以下|下称|简称|含|包括)[^（()）]*[）)]")
_AND_BELOW = re.compile(
    rf"(?:以?及|和|、)(?=其|所属|所辖|下属|下辖|直属|[省市县区]属|部分|\d+[家个所]|[{CN}]+[家个所]).*$"
)
_ITS_RECTIFYING = re.compile(
    rf"(?:的|落实|关于|上一?轮|以往|[省市县区旗州]委|第?[{CN}\d]{{1,3}}[届轮]){{0,4}}(?:巡[察视])?(?:反馈)?(?:的?(?:问题|意见))?的?整改(?:落实|进展|完成)?(?:情况|工作)?$"
)
"""What a look back was at: 对某局党组落实巡察整改情况开展了“回头看”."""
_FIELD = re.compile("领域|资金|项目|工作$")
_INSPECTED = re.compile(rf"本级|各|所属|下属|(?<![高中初])等|全[省市县区]|辖区|\d[家个所]|(?:{_ORGANS})(?:和|及|、)")
"""Of several units, or of a kind of them."""


def unit_in_title(title: str) -> str | None:
    """The unit that a title begins with, without what it was called before (原…)."""
    words = _BEFORE.sub("", _COLUMN.sub("", squeezed(title)))
    if words.startswith("关于"):
        return None
    found = _ABOUT.match(words) if _SOON_ABOUT.match(words) else None
    if found and (_IS_UNIT.search(found["unit"]) or _is_named_by_place(found["unit"])):
        return _first_of_one(found["unit"])
    found = _IN_TITLE.match(words)
    if found is not None and found["unit"].endswith("委") and _INSPECTORS.match(words, found.end()):
        return None  # 某州委巡察组反馈意见…: who inspected
    if found is None or "关于" not in found["unit"]:
        return found["unit"] if found else None
    both = _BOTH.match(words)
    return both["unit"] if both else None


def _first_of_one(names: str) -> str:
    """Of a committee and its own body, both named, the first: 中共某局党组、某局; else what is printed."""
    first, _, second = names.partition("、")
    is_one = len(core_of(first)) > 1 and core_of(first) == core_of(second)
    return first if is_one else names


def _is_named_by_place(words: str) -> bool:
    """Whether words before 关于 are a unit's name, whatever it ends in: they begin with a place."""
    name = _PARTY.sub("", words)
    place = gazetteer().name_at(name, 0)
    return place is not None and len(name) - len(place) >= 2 and _NO_NAME.search(name) is None


_INSPECTORS = re.compile(rf"(?:第?[{CN}\d]{{1,3}})?巡[察视][{CN}]?组")
_NO_NAME = re.compile("整改|巡[察视]|反馈|通报|公示|[，。：；、]")


def is_tail_of_name(title: str) -> bool:
    """Whether a title begins with the last words of a unit's name alone: 医院党委关于…, cut out of a longer one."""
    return _TAIL.match(squeezed(title)) is not None


def _core(name: str) -> str:
    """A name without 中共 and without the organ: what two forms of it share."""
    return _ORGAN_LAST.sub("", _PARTY.sub("", name))


def object_name(printed: str) -> str | None:
    """The inspected unit as the opening names it; None when it only says 我局党组 or names a policy field."""
    name = _AND_BELOW.sub("", _ITS_RECTIFYING.sub("", squeezed(_KIN.sub("", printed))))
    if _SELF.match(name) or is_of_several(name) or _INSPECTED.search(name) or _FIELD.search(name):
        return None
    return name if _ENDS_AS_NAME.search(name) and (len(name) >= 4 or _SHORT.fullmatch(name)) else None


def is_of_several(printed: str) -> bool:
    """Whether the words name several units (五个村党支部); what lies below one (及所辖10个社区) does not count."""
    return _SEVERAL.search(_AND_BELOW.sub("", squeezed(_KIN.sub("", printed)))) is not None


def unit_in_line(line: str) -> str | None:
    """The unit that a line beside the title is the name of: （南岭省能源局党组）; one without organ by its place."""
    name = squeezed(line).strip("（()）")
    is_body = _BODY_NAME.fullmatch(name) is not None and gazetteer().name_at(name, 0) is not None
    return name if (is_body or _NAME.fullmatch(name)) and not _SELF.match(name) else None


def unit_in_plan(text: str) -> str | None:
    """The unit named in the title of its own plan: 《中共X局党组关于…整改方案》."""
    names = (found["unit"] for found in _PLAN.finditer(text))
    return next((name for name in names if _NAME.fullmatch(name) and not _OF_ANOTHER.search(name)), None)


def plan_titles(text: str) -> list[str]:
    """The titles of plans of rectification that a text names, without their brackets."""
    return [found[1] for found in _PLAN_TITLE.finditer(text)]


def unit_in_group(text: str) -> str | None:
    """The unit whose leading group was set up: 成立东山县卫生健康局巡察整改工作领导小组."""
    for found in _SET_UP.finditer(text):
        stop = text.find("小组", found.end(), found.end() + _GROUP_CLAUSE)
        clause = squeezed(text[found.end() : max(stop, found.end())])
        clause = clause[max(clause.rfind(mark) for mark in "的，。；：、") + 1 :]
        about = _GROUP_ABOUT.search(clause)
        name = object_name(clause[: about.start()]) if about else None
        if name is not None:
            return name
    return None


def self_in(opening: str) -> str | None:
    """What a notice calls its unit instead of naming it: 局 of 我局党组; None when it does not, or says 我单位."""
    found = _OURS.search(opening)
    return found["what"] if found else None


class UnitName(NamedTuple):
    """A name of the unit, and what printed it."""

    source: str
    name: str


def unit_of(
    sure: Sequence[UnitName], others: Sequence[UnitName], ours: str | None
) -> tuple[UnitName | None, list[UnitName]]:
    """The unit's fullest name, and the names that speak of another unit.

    `sure` names (title, signature, opening) come first; of `others` (a plan, a leading group, the page) the first one
    stands for a name that is printed nowhere else, if it is one of what the notice calls itself (我局).
    """
    fitting = [
        named for named in others if ours is None or any(sign in named.name for sign in _CALLED.get(ours, (ours,)))
    ]
    if not sure:
        return (fitting[0] if fitting else None), [named for named in fitting[1:] if not are_one(fitting[0], named)]
    best = sure[0]
    for named in (*sure[1:], *(named for named in fitting if named.source != "page")):
        if len(named.name) > len(best.name) and _holds(best.name, named.name):
            best = named
    return best, [named for named in sure if not are_one(best, named)]


def are_one(one: UnitName, two: UnitName) -> bool:
    """Whether two names can be of one unit: 市文旅局 is short for 荔城市文化和旅游局."""
    first, second = sorted((_bare(one.name), _bare(two.name)), key=len)
    rest = iter(second)
    return all(char in rest for char in first)


def _holds(one: str, two: str) -> bool:
    return _core(one) in _core(two) or _core(two) in _core(one)


def _bare(name: str) -> str:
    """A name without its place, level and organ."""
    return core_of(name).rstrip("委")


def core_of(name: str) -> str:
    """A name without 中共, its place, its level and the organ: what it is called wherever it is named."""
    core = _core(name)
    places = gazetteer()
    while place := places.name_at(core, 0):
        core = core[len(place) :]
    return core.lstrip("省市县区旗州盟")


def constructed_title(unit: str, *, is_higher: bool) -> str:
    """A title for a notice that prints none: unit and kind, in the form that most notices have."""
    return f"{unit}关于{'巡视' if is_higher else '巡察'}整改进展情况的通报"
