"""Places that the words of a notice and of its page name: what may say where the unit is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.parser.region import Hint, gazetteer, place_before


def places_inspected_from(text: str) -> Iterator[Hint]:
    """The places whose committees a text names: 南通市 of 根据南通市委统一部署, with the places before them."""
    places = gazetteer()
    for found in _COMMITTEE.finditer(text):
        start = place_before(places, text, found.end())
        if start is None:
            continue
        while (above := place_before(places, text, start)) is not None:
            start = above
        yield Hint("basis", text[start : found.end()])


def sites_of(line: str) -> Iterator[Hint]:
    """The places whose government or press a line of the page names: 某市 of 某市人民政府门户网站."""
    places = gazetteer()
    for found in _SITE.finditer(line):
        start = place_before(places, line, found.start())
        if start is not None:
            above = place_before(places, line, start)
            yield Hint("page", line[start if above is None else above : found.start()])


def places_before(name: str, text: str) -> Iterator[Hint]:
    """The places that a text prints before a unit's name: 福州市鼓楼区 of 福州市鼓楼区温泉街道党工委."""
    places = gazetteer()
    begin = text.find(name)
    while begin >= 0:
        if _ORGAN_BEHIND.match(text, begin + len(name)):
            town = _TOWN_BEFORE.search(text, max(0, begin - _NEAR), begin)
            start = place_before(places, text, town.start() if town else begin)
            while start is not None and (above := place_before(places, text, start)) is not None:
                start = above
            if start is not None:
                yield Hint("opening", text[start:begin])
        begin = text.find(name, begin + len(name))


_ORGAN_BEHIND = re.compile("党组|党委|党工委|党总支|党支部|总支|支部|委员会|工作委员会|机关")
_TOWN_BEFORE = re.compile(r"(?<=[省市县区旗州])(?![省市县区旗州])[\u4e00-\u9fff]{1,6}(?:镇|乡|街道)\Z")
"""辉南县 before 朝阳镇永兴社区."""
_NEAR = 12

_COMMITTEE = re.compile(r"[省市县区旗州盟](?=委(?!员会)|纪委)")
_SITE = re.compile(
    r"(?<=[省市县区旗州盟])(?:(?:(?:(?![省市县区旗州盟])[\u4e00-\u9fff]){1,6}(?:镇|乡|街道|街道办事处))?(?:人民政府|政府)|委|纪委|纪检|人民法院|人民检察院|党建网|门户|新闻网|信息网)"
)
