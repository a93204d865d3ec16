"""The opening paragraph: who inspected whom, how, when, and when the findings were fed back (FORMATS c)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.base.diagnostics import Span
from generator.model.numbering import CN, number
from generator.parser.printed_dates import Range, Token, in_year_of, ranges_of, since, tokens_of
from generator.parser.region import is_place
from generator.parser.rules import units
from generator.parser.text import patterns, sentences
from generator.parser.unit import UnitName, are_one, object_name

_LEVEL = patterns(units.LEVELS)
_KIND = patterns(units.KINDS)
_OWN = (
    rf"(?:(?<=^)|(?<=[，。；：、,;:（(“\s日由经于]))[\u4e00-\u9fff]{{0,12}}?(?:{patterns(units.SUPERIORS)})"
    r"(?:[（(][^（()）]{1,6}[）)])?(?:党委|党组)"
    rf"|(?:(?<=^)|(?<=[，。；：、,;:（(“\s日由经于]))(?:(?![{units.NO_NAME}])[\u4e00-\u9fff]){{2,10}}?(?:党委|党组)(?=第[{CN}\d]{{1,3}}巡[察视]组|巡[察视]第?[{CN}\d]{{0,3}}组)"
)
"""A superior body's own committee: 学校党委, 集团公司党委, 市局（公司）党组, 省农村信用联社党委."""
_TERM = rf"(?:第?[{CN}\d]{{1,3}}届)"
_ROUND = rf"(?:第[{CN}\d]{{1,3}}轮)"
_NTH = rf"(?:第?[{CN}\d]{{1,3}})"

_INSPECTOR = re.compile(
    rf"""
    (?:
      {_TERM}?(?:[省市县区旗州]委[\u4e00-\u9fff]{{2,6}}工委|{_OWN}|{_LEVEL})  # 六届市委　中央　学校党委　省委教育工委
      (?:(?:20\d\d年度?)?{_ROUND}(?:{_KIND})?(?:巡[察视])?)?  # 第九轮　第九轮巡察　2023年第一轮巡察
    | (?=第)                                          # 第三巡察组, without level
    )
    (?:(?:派出)?(?:的)?)
    (?:
      # 第一专项巡察组　巡察三组
      (?:{_NTH}(?:[、和]{_NTH}){{0,8}})?(?:[（(][^（()）]{{1,10}}[）)])?(?:{_KIND})?巡[察视](?:工作)?(?:[“"]回头看[”"])?(?:{_NTH}|[（(]{_NTH}[）)])?(?:个)?(?:联动|专项)?(?:巡[察视])?组(?:第{_NTH}组)?
    # X领域专项巡察组
    | (?:(?!部署|安排|决定|批准|[对向委第])[\u4e00-\u9fff“”、]){{2,24}}?(?:领域(?:{_KIND})?|{_KIND})巡[察视]{_NTH}?组
    | {_NTH}个巡[察视]组
    )
    # 、第六巡察组　、巡察五组　、五组
    (?:[、和及](?:{_LEVEL})?(?:{_NTH}(?:{_KIND})?巡[察视]组|(?:巡[察视])?{_NTH}组)){{0,20}}
    """,
    re.VERBOSE,
)
_GROUP = re.compile(rf"第?(?P<n>[{CN}\d]{{1,3}})(?![届轮])[^第届轮]*$")
_GROUP_NUMBER = re.compile(rf"[{CN}\d]{{1,3}}(?=[、和及]|\S{{0,8}}组)")
_WHOSE = re.compile(_LEVEL)
_COMMITTEE = re.compile("党委|党组|工委")
_NUMBERED = re.compile(rf"第[{CN}\d]|[{CN}\d]组")
_TERM_BEFORE = re.compile(rf"(?:中共|{_TERM})$")
_BARE_INSPECTOR = re.compile(r"(?:[\u4e00-\u9fff]{2,10})?巡[察视]组")
_ROUND_NAME = re.compile(
    rf"{_TERM}(?:[\u4e00-\u9fff]{{2,7}}?(?=[省市县区旗州盟]委))?(?:{_LEVEL})?{_ROUND}(?:{_KIND})?(?:巡[察视])?|(?:{_OWN}|{_LEVEL}){_ROUND}(?:{_KIND})?(?:巡[察视])?"
)
_VERB = re.compile(
    rf"(?:(?:进行|开展|实施)了?|完成了)(?:为期[^，。]{{1,8}}?的)?(?P<kind>(?:{_KIND}){{0,4}}(?:[\u4e00-\u9fff、“”]{{0,16}}?)"
    r"巡[察视](?:整改)?(?:落实)?(?:情况)?(?:[“\"‘][^”\"’]{2,6}[”\"’])?|[“\"‘]回头看[”\"’])"
)
_OF_PAPER = re.compile("(?:工作)?的(?:决定|通知|通告|方案|安排|部署|公告|意见)")
_KIND_TOLD = re.compile(
    rf"巡[察视](?:工作)?(?:为|是|属于?|系)(?P<before>(?:{_KIND})巡[察视](?!组))|反馈(?:了)?(?P<after>(?:{_KIND})巡[察视])(?=意见|情况|问题)"
    rf"|对[^，。；]{{2,40}}?的(?P<of>(?:{_KIND}){{1,3}}巡[察视])工作"
    rf"|接受了?[^，。；]{{2,24}}?[组委]的?(?P<accepted>(?:{_KIND}){{1,3}}巡[察视])(?!组)"
)
_PLAIN = re.compile(r"巡[察视]")
_FEEDBACK = re.compile(r"反馈|通报了")
_FED_BACK_ON = re.compile(r"反馈了?(?:巡[察视])?(?:意见|情况)?(?:[（(]|(?:的?时间|日期)(?:为|是|[:：]))")
_BY_NOW = re.compile(r"截[至止]\s?$")
"""Before a date: it says of when the totals behind it are, and not when they were fed back."""
_YEAR_FIRST = re.compile(r"\s*(20\d\d)年(?:以来)?[，,]")
_DURATION = re.compile(rf"为期(?P<about>近|约)?(?P<n>两|半|[{CN}]|\d{{1,3}})(?:个)?(?P<more>多)?(?P<unit>天|日|周|月)")
_KIND_IN_INSPECTOR = re.compile(rf"({_KIND})(?=巡[察视]\S{{0,4}}组|巡[察视]{_NTH}?组)")
_KIND_IN_TITLE = re.compile(
    rf"(?:(?:{_KIND})巡[察视]|巡[察视](?:整改)?(?:落实)?(?:情况)?[“\"‘]回头看[”\"’]|(?<=[\u4e00-\u9fff])领域专项巡[察视])"
)
_OBJECT = re.compile(
    r"(?:对|进驻|(?P<told>巡[察视]了))(?P<object>[^，。；,;]{2,60}?)(?:领导班子|党组织|班子)?(?:及其(?:成员|领导班子成员)[^，。]{0,12})?"
    r"(?:(?:进行|开展|实施)了?|完成了|[，。,](?<=(?:党组|党委|工委|总支|支部).)|(?(told)[，。；,;]|(?!)))"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """What the opening says; spans index the text that was given."""

    inspector: Span | None
    kind: Span | None
    round: Span | None
    range: Range | None
    feedback: Token | None
    object: Span | None
    inspected: Span | None
    """The sentence that tells of the inspection."""
    inspectors: tuple[Span, ...]
    """Every name of inspectors."""
    ranges: tuple[Range, ...]
    """Every range of dates in that sentence, and in others that tell of an inspection."""
    year: int
    """The year that its first sentence begins with: 2020年，根据…，…于8月20日至10月10日; 0: none."""
    duration: tuple[int, int] | None
    """Fewest and most days that a printed duration (为期两个多月) allows."""


_TIME_TOLD = re.compile(r"巡[察视](?:起止|开展|进驻)?(?:时间|日期|期间)\s?[:：]\s?")
_KIND_KEYED = re.compile(rf"巡[察视](?:类型|类别|方式|形式|性质)\s?[:：]\s?(?P<kind>(?:{_KIND}){{1,3}}巡[察视])")
_LONGEST_RANGE = 60


def _keyed_range(text: str) -> Range | None:
    """The range of dates in a list of the inspection's own fields: 巡察时间：2022年4月13日至5月5日."""
    key = _TIME_TOLD.search(text)
    found = next(ranges_of(text, key.end(), key.end() + _LONGEST_RANGE), None) if key else None
    return found if key and found and found.span.start == key.end() else None


def opening_of(text: str, unit: str = "") -> Opening:
    """The facts in the opening paragraphs' words; of several inspections that of the `unit` that the title names."""
    spans = list(sentences(text, "。"))
    told = _inspecting_sentences(text, spans)
    inspected = _last_fed_back(text, told, unit) if told else None
    ranges = tuple(ranges_of(text, *inspected)) if inspected else ()
    found = _keyed_range(text) or _range_at(text, inspected, ranges) or _range_anywhere(text, spans)
    found = found or (since(text, *inspected) if inspected else None)
    inspectors = inspectors_in(text)
    return Opening(
        inspector=fullest(text, inspectors, inspected),
        kind=_kind_in(text, inspected) or _kind_told(text),
        round=round_in(text),
        range=found,
        feedback=_feedback(text, inspected, found),
        object=_object(text, inspected),
        inspected=inspected,
        inspectors=inspectors,
        ranges=(*ranges, *(r for span in told if span != inspected for r in ranges_of(text, *span))),
        year=int(year[1]) if (year := _YEAR_FIRST.match(text)) else 0,
        duration=_duration(text),
    )


def tells_of_inspection(text: str) -> bool:
    """Whether a paragraph says that an inspection took place."""
    found = _OBJECT.search(text)
    return found is not None and (found["told"] is not None or _VERB.search(text) is not None)


def inspectors_in(text: str) -> tuple[Span, ...]:
    """Where names of inspectors stand, without the place before their committee."""
    return tuple(Span(*found.span()) for found in _INSPECTOR.finditer(text))


def fullest(text: str, inspectors: Sequence[Span], sentence: Span | None = None) -> Span | None:
    """The fullest form of the inspector's name: the longest of those with a committee, else of any.

    Of several groups the one that `sentence`, which tells of the inspection, names.
    """
    if not inspectors:
        return None
    found = [_with_place(text, span) for span in inspectors]
    told = {_group(s.of(text)) for s in found if sentence and sentence.start <= s.start < sentence.end} - {None}
    found = [span for span in found if not told or _group(span.of(text)) in {None, *told}]
    return max(found, key=lambda span: (_says_who(span.of(text)), span.end - span.start, -span.start))


def fuller(told: str | None, titled: str | None) -> str | None:
    """The opening's name of the inspectors; the title's where the opening says whose they are, and it which ones."""
    if told is None or titled is None:
        return told or titled
    is_number_lacking = _NUMBERED.search(told) is None and _NUMBERED.search(titled) is not None
    whose = _WHOSE.search(told)
    is_same = whose is not None and whose[0] in titled and told.endswith(_PLAIN_GROUP) and told[-3:-1] in titled
    return titled if is_number_lacking and is_same else told


_PLAIN_GROUP = ("委巡察组", "委巡视组")


def _group(name: str) -> str | None:
    """The number of a group in its name: 三 of 六届市委第三巡察组; None when it has none."""
    found = _GROUP.search(name)
    return found["n"] if found else None


def groups_in(name: str) -> frozenset[str]:
    """The numbers of the groups that a name of inspectors holds: 三 and 五 of 市委第三、第五巡察组."""
    rest = _ROUND_NAME.sub("", name)
    return frozenset(str(number(n)) for n in _GROUP_NUMBER.findall(rest) if number(n))


def is_level(name: str) -> bool:
    """Whether a name of inspectors says whose they are: 市委第三巡察组, not 第三巡察组."""
    return _WHOSE.search(name) is not None or _COMMITTEE.search(name) is not None


def _with_place(text: str, span: Span) -> Span:
    """The inspector's name with the place before its committee: 南通市委第三巡察组, 六届南通市委第二巡察组."""
    for size in range(2, 7):
        start = span.start - size
        if start >= 0 and is_place(text[start : span.start + 1]):
            before = _TERM_BEFORE.search(text, max(0, start - 6), start)
            return Span(before.start() if before else start, span.end)
    return span


def _says_who(name: str) -> tuple[bool, bool]:
    return bool(_WHOSE.search(name)), bool(_NUMBERED.search(name))


def round_in(text: str) -> Span | None:
    """The term and round of the inspection: 十一届区委第九轮巡察."""
    found = [Span(m.start(), m.end()) for m in _ROUND_NAME.finditer(text)]
    return max(found, key=lambda span: (span.end - span.start, -span.start)) if found else None


def kind_in_name(name: str) -> str | None:
    """专项巡察, from an inspector's name 第一专项巡察组."""
    found = _KIND_IN_INSPECTOR.search(name)
    return found[1] + ("巡视" if "巡视" in name else "巡察") if found else None


def kind_in_title(title: str) -> str | None:
    """The kind that a title names."""
    found = _KIND_IN_TITLE.search(title)
    return found[0] if found else None


def _inspecting_sentences(text: str, spans: Sequence[Span]) -> list[Span]:
    found = [
        span
        for span in spans
        if (_VERB.search(text, span.start, span.end) or "进驻" in span.of(text))
        and _PLAIN.search(text, span.start, span.end)
    ]
    return found or [span for span in spans if _BARE_INSPECTOR.search(text, span.start, span.end)][:1]


def _last_fed_back(text: str, found: Sequence[Span], unit: str) -> Span:
    """Of several inspections the last of the unit that was fed back: one before it, or a look back since, stand beside.

    Of some no more than the year may be told.
    """
    dated = [span for span in found if any(ranges_of(text, span.start, span.end))]
    if not dated:
        return found[0]
    ends = [*(span.start for span in dated[1:]), len(text)]
    fed_back = [
        span
        for span, end in zip(dated, ends, strict=True)
        if _FEEDBACK.search(text[span.start : end].partition("现将")[0])
        and (span is dated[0] or _INSPECTOR.search(text, span.start, span.end))
    ]
    own = [span for span in fed_back if _is_of(text, span, unit)]
    return (own or fed_back or dated[:1])[-1]


def _is_of(text: str, sentence: Span, unit: str) -> bool:
    """Whether an inspection may have been of a unit: of another one it was where its own name says so."""
    told = _object(text, sentence)
    name = object_name(told.of(text)) if told else None
    return not (name and unit) or are_one(UnitName("opening", name), UnitName("title", unit))


def _range_at(text: str, span: Span | None, found: Sequence[Range]) -> Range | None:
    """The range of dates nearest to the inspecting verb of its sentence."""
    if span is None:
        return None
    verb = _verb_in(text, span)
    at = verb.start() if verb else span.end
    ranges = list(_merged(text, found))
    if inside := _object(text, span):  # 对X党委2019年1月至2021年12月履职情况进行了巡察: that is no time of inspection
        ranges = [r for r in ranges if not inside.start < r.span.start < inside.end] or ranges
    return min(ranges, key=lambda r: (r.span.start > at, abs(at - r.span.end))) if ranges else None


def _merged(text: str, ranges: Sequence[Range]) -> Iterator[Range]:
    """The ranges, those that a comma of enumeration joins as one: an inspection that a holiday broke in two."""
    last: Range | None = None
    for found in ranges:
        if last is not None and text[last.span.end : found.span.start].strip() in ("、", "和", "及"):
            span = Span(last.span.start, found.span.end)
            last = Range(span, span.of(text), last.start, found.end)
            continue
        if last is not None:
            yield last
        last = found
    if last is not None:
        yield last


def _range_anywhere(text: str, spans: Sequence[Span]) -> Range | None:
    for span in spans:
        if _PLAIN.search(text, span.start, span.end) and "集中整改" not in span.of(text):
            found = next(ranges_of(text, span.start, span.end), None)
            if found:
                return found
    return None


def _feedback(text: str, sentence: Span | None, inspected: Range | None) -> Token | None:
    """The date that stands before 反馈 in its clause, after the inspection and its dates; or right behind the word."""
    verb = _verb_in(text, sentence) if sentence else None
    after = max(inspected.span.end if inspected else 0, verb.end() if verb else 0)
    for found in _FEEDBACK.finditer(text, after):
        begin = max(text.rfind("。", 0, found.start()) + 1, after)
        tokens = [
            t
            for t in tokens_of(text, begin, found.start())
            if (not t.fuzzy or t.readings[0][1]) and not _BY_NOW.search(text, begin, t.span.start)
        ]
        if tokens and found.start() - tokens[-1].span.end <= 60:
            return in_year_of(inspected.start, tokens[-1], text) if inspected else tokens[-1]
    for found in _FED_BACK_ON.finditer(text, after):
        token = next(tokens_of(text, found.end(), found.end() + 16), None)
        if token is not None and token.span.start == found.end():
            return token
    return None


def _verb_in(text: str, span: Span) -> re.Match[str] | None:
    """What says that an inspection took place, and not a paper's name: 《关于开展第三轮巡察的通知》, …的决定."""
    for found in _VERB.finditer(text, span.start, span.end):
        is_in_title = text.rfind("《", span.start, found.start()) > text.rfind("》", 0, found.start())
        if not is_in_title and not _OF_PAPER.match(text, found.end()):
            return found
    return None


def _kind_in(text: str, span: Span | None) -> Span | None:
    if span is None:
        return None
    found = _verb_in(text, span)
    if not found or found["kind"] in ("巡察", "巡视") or _ROUND_NAME.search(found["kind"]):
        return None
    return Span(found.start("kind"), found.end("kind"))


def _kind_told(text: str) -> Span | None:
    """The kind that another sentence names: 此次巡察为机动巡察, 反馈了专项巡察意见, 接受县委第四巡察组常规巡察."""
    found = _KIND_TOLD.search(text) or _KIND_KEYED.search(text)
    return Span(*found.span(found.lastgroup or 0)) if found else None


def _object(text: str, span: Span | None) -> Span | None:
    found = _OBJECT.search(text, span.start, span.end) if span else None
    return Span(found.start("object"), found.end("object")) if found else None


_UNIT_DAYS = {"天": 1, "日": 1, "周": 7, "月": 30}


def _duration(text: str) -> tuple[int, int] | None:
    found = _DURATION.search(text)
    if not found:
        return None
    size = _UNIT_DAYS[found["unit"]]
    count = 0.5 if found["n"] == "半" else float(number(found["n"]) or 0)
    fewest, most = count * size, count * size
    if found["more"]:
        most += size
    if found["about"]:
        fewest -= size * 0.5
    slack = {1: 1, 7: 3, 30: 8}[size]
    return int(fewest) - slack, int(most) + slack
