"""The place of a unit, from its name, address, postcode, area code or index number, against GB/T 2260 (data/README)."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import NamedTuple

from generator.model.notice import Region
from generator.parser.rules import place_names as rules

_PROVINCE_SUFFIX = re.compile(r"(?:维吾尔|壮族|回族)?自治区$|特别行政区$|[省市]$")


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """The places of GB/T 2260 by code and by name."""

    names: dict[str, str]
    """code → full name; 2, 4 or 6 digits."""
    by_name: dict[str, tuple[str, ...]]
    """full name → codes."""
    area_codes: dict[str, str]
    """telephone area code → code."""
    postcodes: dict[str, str]
    """first four digits of a postcode → code of the city, or of the province."""
    longest: int
    """Characters of the longest full name."""
    provinces: dict[str, str]
    """A province's short name → code."""
    municipalities: dict[str, str]
    """Of these the cities right under the centre: 北京."""
    cities: dict[str, str]
    """The name of a city or of a 地区 without its last characters → code."""

    def name_at(self, text: str, start: int) -> str | None:
        """The longest full name that begins at `start` of `text`."""
        for end in range(min(start + self.longest, len(text)), start, -1):
            name = text[start:end]
            if name in self.by_name:
                return name
        return None

    def region(self, code: str) -> Region:
        """The region of a code that exists."""
        city, county = self.names.get(code[:4]), self.names.get(code) if len(code) == 6 else None
        county = None if county == city else county  # 东莞市 441900
        return Region(
            code=code.ljust(6, "0"),
            province=self.names[code[:2]],
            city=city if len(code) >= 4 else None,
            county=county,
        )


_PEOPLES = (
    "满|蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|拉祜|水|东乡|纳西|景颇|柯尔克孜|土|达斡尔|仫佬|羌|布朗|撒拉"
    "|毛南|仡佬|锡伯|普米|塔吉克|怒|鄂温克|保安|裕固|独龙|各"
)
_AUTONOMOUS = re.compile(rf"^(.{{2,8}}?)(?:(?:{_PEOPLES})族?)*族?自治([州县旗])$")
"""凉山彝族自治州 is called 凉山州; 河南县 of 河南蒙古族自治县 may be of the province."""


@functools.cache
def gazetteer() -> Gazetteer:
    """The gazetteer, read once."""
    names = dict(_rows("regions.tsv"))
    by_name: dict[str, list[str]] = {}
    for code, name in names.items():
        if names.get(code[:-2]) != name:  # 东莞市 4419 is 441900 too: a city without counties
            by_name.setdefault(name, []).append(code)
    for code, name in names.items():
        short = _AUTONOMOUS.sub(r"\1\2", name)
        may_be_any = short.endswith("县") and f"{short[:-1]}省" in by_name
        if short != name and short not in by_name and not may_be_any:
            by_name[short] = [code]
        if short != name:
            by_name.setdefault(_AUTONOMOUS.sub(r"\1自治\2", name), [code])  # 湘西自治州
    for short, name in rules.SHORT_NAMES.items():
        by_name.setdefault(short, by_name[name])
    by_name |= {zone: [code] for zone, code in rules.ZONES.items()}
    return Gazetteer(
        names=names,
        by_name={name: tuple(codes) for name, codes in by_name.items()},
        area_codes=dict(_rows("area_codes.tsv")),
        postcodes=dict(_rows("postcodes.tsv")),
        longest=max(map(len, by_name)),
        provinces={_PROVINCE_SUFFIX.sub("", name): code for code, name in names.items() if len(code) == 2},
        municipalities={name[:-1]: code for code, name in names.items() if len(code) == 2 and name.endswith("市")},
        cities={
            name.removesuffix("市").removesuffix("地区"): code
            for code, name in names.items()
            if len(code) == 4 and name.endswith(("市", "地区"))
        },
    )


def _rows(file: str) -> Iterable[tuple[str, str]]:
    text = resources.files("generator.parser.rules").joinpath(file).read_text("utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            key, _, value = line.partition("\t")
            yield key, value


class Hint(NamedTuple):
    """Words of the notice or its page that begin with a place."""

    source: str
    words: str


@dataclass(frozen=True, slots=True)
class RegionFound:
    """The place that was found, or the candidates between which the notice does not decide."""

    region: Region | None
    candidates: tuple[Region, ...] = ()
    source: str = ""
    """What decided: `name`, `address`, or the name of one of the other hints."""
    quote: str = ""
    """Its words."""
    is_weak: bool = False
    """Nothing but one hint that could mean another place says so."""
    rivals: tuple[Hint, ...] = ()
    """What says another place."""


def region_of(
    unit: str,
    *,
    address: str | None,
    postcode: str | None,
    phones: Sequence[str],
    index_number: str | None,
    others: Sequence[Hint] = (),
) -> RegionFound:
    """The region of a unit: the finest that its name and the other hints agree on.

    Strong hints (the name, the address) make candidates; `others` (names printed in the notice or its page, the surest
    first) and numbers (postcode, area code, index number) decide between several, or stand for a name that says none.
    """
    places = gazetteer()
    numbers = _numbers(places, phones, postcode, index_number)
    candidates = _codes_in(places, unit)
    is_short = not any(places.names[code] in unit for code in candidates)
    own = _local(unit)
    is_named_so = _SCHOOL.match(own) or _COMPANY.match(own) or _NATIONAL_BODY.match(own)
    decided = Hint("short" if is_short and is_named_so else "name", unit)
    from_address = _codes_in(places, address or "")
    if not candidates:
        candidates, decided = _at_own_level(places, unit, from_address), Hint("address", address or "")
    elif from_address:
        candidates = _agreeing(candidates, from_address) or candidates
    for other in others:
        found = _codes_in(places, other.words)
        if not candidates and found:
            candidates, decided = _at_own_level(places, unit, found), other
        elif found and (len(candidates) > 1 or _is_finer(unit, candidates, found)):
            candidates = _at_own_level(places, unit, _within(candidates, found)) or candidates
    if not candidates and numbers and _agree([code for code, _ in numbers]):
        code, decided = max(numbers, key=lambda number: len(number[0]))
        candidates = _at_own_level(places, unit, _of_county_named(places, own, code))  # 芷江城乡建设集团 by 0745
    elif numbers:
        candidates = _agreeing(candidates, [code for code, _ in numbers]) or candidates
    if len(candidates) != 1:
        return RegionFound(None, tuple(places.region(code) for code in candidates))
    chosen = candidates[0]
    hints = [*numbers, *((code, Hint("address", address or "")) for code in from_address[:1])]
    is_weak = decided.source in WEAK and not any(_agreeing([chosen], [code]) for code, hint in hints if hint != decided)
    rivals = tuple(hint for code, hint in hints if not _agreeing([chosen], [code]))
    return RegionFound(places.region(chosen), (), decided.source, decided.words, is_weak, rivals)


WEAK = frozenset({"page", "phone", "postcode", "short"})
"""Hints that may name the place of another: the site's, the contact's, that of a school named after a place."""


_SHORTEST = 3
"""Characters of a place's name; 城区 and 郊区 are words too."""


def place_before(places: Gazetteer, text: str, end: int) -> int | None:
    """Where the longest place's name begins that ends at `end` of `text`."""
    starts = range(max(0, end - places.longest), end - _SHORTEST + 1)
    return next((start for start in starts if text[start:end] in places.by_name), None)


def _numbers(
    places: Gazetteer, phones: Sequence[str], postcode: str | None, index_number: str | None
) -> list[tuple[str, Hint]]:
    """The codes of places that numbers stand for, each with its hint."""
    found: list[tuple[str, Hint]] = []
    if index_number and (printed := _INDEX_CODE.match(index_number)):
        code = printed[1]
        known = next((known for known in (code, code[:4], code[:2]) if known in places.names), None)
        found += [(known, Hint("index", index_number))] if known else []
    if postcode and postcode[:4] in places.postcodes:
        found.append((places.postcodes[postcode[:4]], Hint("postcode", postcode)))
    for phone in phones:
        digits = re.sub(r"\D", "", phone)
        code = next((places.area_codes[digits[:size]] for size in (4, 3) if digits[:size] in places.area_codes), "")
        found += [(code, Hint("phone", phone))] if code else []
    return found


_INDEX_CODE = re.compile(r"(?:1[1-9A-Z])?(\d{6})(?:/|[0-9A-Z]{10}/)")
"""411524/2022-00031, or a unified code of 18 characters with the place in its third to eighth."""


def _agree(codes: Sequence[str]) -> bool:
    longest = max(codes, key=len)
    return all(longest.startswith(code) for code in codes)


def _agreeing(candidates: Sequence[str], hints: Sequence[str]) -> list[str]:
    """The candidates that lie in a hint's place or hold it."""
    return [c for c in candidates if any(c.startswith(h) or h.startswith(c) for h in hints)]


def _within(candidates: Sequence[str], found: Sequence[str]) -> list[str]:
    """The finer ones of candidates and hints that agree."""
    return list(
        dict.fromkeys(max(c, f, key=len) for c in candidates for f in found if f.startswith(c) or c.startswith(f))
    )


_OWN_LEVEL = (("省", 2), ("自治区", 2), ("市", 4), ("州", 4), ("盟", 4))
"""A unit that is named after its level (市教育局) lies no deeper than that."""
_COUNTY_LEVEL = re.compile("^(?:中共)?(?:县|区|旗|团县委|团区委|.{1,8}[乡镇村]|.{1,8}(?:街道|社区))")


def _is_finer(unit: str, candidates: Sequence[str], found: Sequence[str]) -> bool:
    """Whether hints name a county in the city of a unit of a county: 县教育局."""
    return bool(_COUNTY_LEVEL.match(unit)) and len(candidates[0]) == 4 and any(len(code) == 6 for code in found)


def _at_own_level(places: Gazetteer, unit: str, codes: Sequence[str]) -> list[str]:
    """The codes cut to the level that the unit's name says; a city may be one of a county's rank (诸暨市)."""
    prefix, size = next((row for row in _OWN_LEVEL if re.sub("^中共", "", unit).startswith(row[0])), ("", 6))
    cut = (code if prefix == "市" and places.names.get(code, "").endswith("市") else code[:size] for code in codes)
    return list(dict.fromkeys(cut))


def _codes_in(places: Gazetteer, text: str) -> list[str]:
    """The codes of the place that `text` begins with, finest first: 福建省漳州市东山县 → 350626; several for 鼓楼区."""
    whole, text = text, _local(text)
    chain: list[str] = []
    position = 0
    short = next((size for size in (2, 3) if text[:size] in places.provinces), 0)
    if short and places.name_at(text, short) and not places.name_at(text, 0):
        chain, position = [places.provinces[text[:short]]], short  # 福建东山县, 宁夏平罗县
    while name := places.name_at(text, position):
        codes = places.by_name[name]
        inner = [code for code in codes if any(code.startswith(above) for above in chain)] if chain else list(codes)
        if not inner:
            break
        chain, position = inner, position + len(name)
    if len(chain) == 1 and len(chain[0]) == 4:
        chain = _of_county_named(places, text[position:], chain[0])
    if chain:
        return _of_branch(places, text, chain)
    if _CORPS.match(whole):
        return [rules.CORPS_PLACE]
    named = _named_after(places, text, whole)
    branch = _BRANCH.search(text)
    if branch is None:
        return named
    if (start := place_before(places, text, branch.start())) is not None:
        return list(places.by_name[text[start : branch.start()]])  # 冀南供电公司武邑县分公司
    within = (code for code in _of_short_before(places, text, branch.start()) if code[:2] in named)
    return _outermost(within) or named  # 内蒙古电力公司赤峰分公司


def _of_county_named(places: Gazetteer, name: str, city: str) -> list[str]:
    """The county of a city or province that a company, school or zone is named after: 盐城市亭湖城市发展集团.

    Else the city or province itself.
    """
    if not any(pattern.match(name) for pattern in (_COMPANY, _SCHOOL, _ZONE)):
        return [city]
    names = (name[:size] + kind for size in (3, 2) for kind in "区县市" if name[size : size + 1] not in _WATERS)
    found = (code for full in names for code in places.by_name.get(full, ()) if code.startswith(city))
    counties = list(dict.fromkeys(found))
    return counties if len(counties) == 1 else [city]


_WATERS = tuple("湖山江河海岛")
"""Behind a place's name: it is that of something else, 洪泽湖."""


def _of_branch(places: Gazetteer, text: str, chain: list[str]) -> list[str]:
    """The codes of the county whose branch of a city's body it is: 宜昌市自然资源局点军区分局, 某市公安局点军分局."""
    found = _BRANCH.search(text)
    if found is None:
        return chain
    start = place_before(places, text, found.start())
    inner = places.by_name[text[start : found.start()]] if start else _of_short_before(places, text, found.start())
    return _outermost(c for c in inner if any(c.startswith(above) and c != above for above in chain)) or chain


def _outermost(codes: Iterable[str]) -> list[str]:
    """The code of the place that holds all others, 广安市 of it and 广安区; else all of them."""
    found = list(codes)
    return [min(found, key=len)] if found and _agree(found) else found


def _of_short_before(places: Gazetteer, text: str, end: int) -> list[str]:
    """The codes of the places whose names without 区, 县 or 市 end at `end` of `text`."""
    names = (text[max(0, end - size) : end] + kind for size in (4, 3, 2) for kind in "区县市旗")
    return [code for name in names for code in places.by_name.get(name, ())]


_BRANCH = re.compile(r"(?:供电|电力|烟草|石油|燃气|水务)?(?:分局|支局|分公司|支公司|分行|支行|分院|分校|分中心|大队)")


def _local(name: str) -> str:
    """A unit's name from its place on."""
    found = _NATIONAL.match(name)
    name = name[found.end() :] if found else name
    corps = _CORPS.match(name)
    return name[corps.end() :] if corps else name


_CORPS = re.compile(rules.CORPS)


def _named_after(places: Gazetteer, text: str, whole: str) -> list[str]:
    """The city or the province that a zone, a company or a school is named after: 芜湖三山经济开发区, 湖北商贸学院."""
    is_zone, is_school = _ZONE.match(text) is not None, _SCHOOL.match(text) is not None
    is_branch = text != whole and _NATIONAL_BODY.match(text) is not None
    if not (is_zone or is_school or is_branch or _COMPANY.match(text)) or text.startswith(_OF_PEOPLE):
        return []
    tables = (places.cities, places.municipalities) if is_zone else (places.provinces, places.cities)
    found = {code for table in tables for size in (4, 3, 2) if (code := table.get(text[:size]))}
    if not found:
        return []
    province = min(found)
    size = next((size for size in (3, 2) if places.provinces.get(text[:size]) == province), 0)
    return _of_county_named(places, text[size:], province) if size and _COMPANY.match(text) else [province]


_SCHOOL = re.compile(r"[\u4e00-\u9fff]{2,20}?(?:大学|学院|专科学校|技工学校|医院|研究院)")
_NATIONAL_BODY = re.compile(
    r"[\u4e00-\u9fff]{2,6}?(?:调查总?队|税务局|监管分?局|支局|中心支行|分行|支行|分公司|支公司|供电|海关)"
)
"""What a national body calls its branch: 国家统计局绵阳调查队."""
_COMPANY = re.compile(r"[\u4e00-\u9fff（）()]{2,24}?(?:集团|公司)")
_OF_PEOPLE = ("中山",)
"""Cities that bear a man's name, as many schools elsewhere do."""
_ZONE = re.compile(
    r"[\u4e00-\u9fff]{2,16}?(?:开发区|高新区|经开区|示范区|度假区|工业园区|经济区|保税区|园区|港务区|试验区|合作区)"
)


_NATIONAL = re.compile(
    "(?:中共|中国共产党)?(?:中华人民共和国)?(?:共青团|中国共产主义青年团|政协|中国人民政治协商会议|国家税务总局|国家统计局|国家金融监督管理总局|中国人民银行|国网"
    "|中国(?:电信|移动|联通|联合网络|铁塔|邮政|石油|石化|人寿|人民财产)(?:通信)?(?:保险)?(?:集团)?(?:股份)?(?:有限)?(?:责任)?(?:公司)?"
    "|(?:中国(?:工商|农业发展|农业|建设|邮政储蓄|进出口)?|交通|国家开发)银行(?:股份有限公司)?)?"
)
"""What the name of a unit begins with before its place."""


def is_place(name: str) -> bool:
    """Whether `name` is a full name of GB/T 2260."""
    return name in gazetteer().by_name
