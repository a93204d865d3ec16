"""Numbers in a text: what each of them counts, and what is said of that.

A number is taken when the words around it say what it counts: of measures, tasks and inspections it is none of
problems, and of a part of the problems it is no total.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

from generator.base.diagnostics import Span
from generator.model.numbering import number
from generator.parser.clauses import Clause, clauses_of
from generator.parser.leftovers import may_be_of_found
from generator.parser.rules import figure_patterns
from generator.parser.rules.figure_patterns import Thing
from generator.parser.rules.status import REASON
from generator.parser.statuswords import Word, words_in
from generator.parser.text import patterns
from generator.parser.verdict import decided

CountedState = Literal["done", "ongoing", "mostly", ""]

_NOUNS: dict[str, Thing] = {noun: thing for thing, nouns in figure_patterns.NOUNS.items() for noun in nouns.split()}
_NOT_ONE_BY_ONE = r"(?<!第)(?<!第\d)(?!(?<=一[个项条])一[个项条]|一[个项条]一[个项条])"
_ONE_BY_ONE = re.compile(r"一[个项条]件?(?:、?(?:就|即)?[\u4e00-\u9fff]{2,3}一[个项条]件?)+")
"""完成一项、销号一项; 整改一项、验收一项、销号一项."""
_ORDINALS = re.compile(rf"第[{figure_patterns.DIGIT}、和及与至\-]{{0,23}}[、和及与至\-]$")
"""Before a number: it is one of several ordinals, and counts nothing: 第2、8项."""
_MENTION = re.compile(
    rf"""
    (?P<before>(?:{patterns(_NOUNS)})(?:清单|台账)?(?:[（(][^（()）]{{1,24}}[）)])?(?:的)?(?:经?梳理后?|经归纳)?[（(]?(?:共计|共有|总共|总数|合计|总计|共|为|有|数)?\s?)?
    (?P<n>{_NOT_ONE_BY_ONE}{figure_patterns.NUMBER})\s?(?P<unit>[大个]?方面|个?大类|大项|个?类别|个?类型|[类个项条])(?!次)
    (?:(?P<between>[^，,。；;、：:（）()“”\d{figure_patterns.DIGIT}]{{0,10}}?)(?P<noun>{patterns(_NOUNS)}))?
    """,
    re.VERBOSE,
)
_QUOTED_STATE = re.compile(r"“(?P<state>[^“”]{2,24})”(?:等[次级]|档次?|状态|类)?(?:的|问题|事项|有|共|为|计){0,3}\s?$")
_BOUND = re.compile(r"[，,。；;、：:（）()！!]")
_FINER = re.compile(patterns(figure_patterns.FINER))
_NEXT_NUMBER = re.compile(rf"(?:共计?|合计|总计|有|为)?\s?{figure_patterns.NUMBER}\s?[{figure_patterns.COUNTED}]")
_SUM = re.compile(r"(?:共计|合计|总计|总共|共)(?:为|有|反馈|涉及|梳理)?$")
_VERB = re.compile(patterns(figure_patterns.VERBS))
_PARTIAL = re.compile(patterns(figure_patterns.PARTIAL))
_OF_LESS = re.compile(figure_patterns.OF_LESS)
_FED_BACK = re.compile(r"反馈|指出|提出|巡察|巡视|梳理|认领|问题|意见")
_FED_BACK_THEN = re.compile(r"反馈[的了出]*$")
_DUE = re.compile(r"应当?(?:于|在)?[^，。；]{0,12}?(?:完成|整改)")
_ALL = re.compile(r"(?<!\d)100[%％]|百分之百|均|全部|都|悉数|全面|逐一|无一")
_EACH = re.compile(r"逐[一项条个]|一一")
"""Says how they were worked on: 对反馈的24个问题逐一销号，现已完成22个."""
_RECTIFIED = re.compile(r"(?:其中|目前|共|已)?整改了?")
_LEFT = re.compile(r"(?:剩余|其余|余下|还有|尚有|仍有|另有|尚余|还剩|仅剩)的?$")
_ASIDE = re.compile(r"其中|含|包括|共性|个性|牵头|配合")
_AROUND = 60
_BRACKET = re.compile("[（()）]")
_NOTE = re.compile("[（(][^（()）]*[）)]")
_FULL_STOP = re.compile("[。；;]")
_STOP_OR_BRACKET = re.compile("[。；;）)]")
_OF_PROBLEMS = re.compile("反馈|指出|巡察|巡视|目前|至今|现已|现在|如今|截[至止]")
_BY_NOW = re.compile(rf"{figure_patterns.BY_NOW}|现已|至今")
_AIMED = re.compile(r"(?:力争|争取|确保|务必|(?<![例比譬])如果?(?![期实何下])|若|倘若|假如|一旦)[^，。；已]{0,12}$")
"""Before a number: what is said of it is to be, or may be."""
_OF_ITS = re.compile(
    r"(?:的?整改)?(?:的|涉及|所涉|对应)?(?:的)?(?:整改)?(?:责任|方案|台账|清单|资金|措施|任务书|时限|专班|制度)"
)
"""Behind a number: it is something of theirs that is spoken of: 3个问题的整改责任人均已落实到位."""
_OBJECT = ("，对", "，将", "，把", "，针对")
_MANNER = ("坚持立行立改，", "、立行立改，", "做到立行立改，", "迅速立行立改，")
"""Before a number: how all were worked on."""
_NEAR = 16
"""Characters before a number in which a word may say that it counts a part only."""
_JOINT = 3
"""Characters between two numbers of one chain."""


class Mention(NamedTuple):
    """A number in a text: what it counts, and what is said of that."""

    n: int
    unit: str
    thing: Thing
    is_sure: bool
    """Of aspects and groups: that it is problems that are counted so."""
    is_fine: bool
    """具体问题."""
    state: CountedState
    is_all: bool
    """均, 全部: it is said of all of them."""
    is_finer: bool
    """细化为: it counts what was counted before it in smaller parts."""
    is_sum: bool
    is_fed_back: bool
    """反馈 is said of it, in its own clause."""
    is_of_rectifying: bool
    """整改 is said of it: it is no measure and no document; of tasks, they are called 整改任务."""
    is_fault: bool
    """具体表现: it counts in what a problem shows."""
    is_touching: bool
    """No word stands before it behind the number before: 问题4项52个, 问题3大类、22个."""
    is_joined: bool
    """It follows the number before it without other words: 4个方面、13大项、38条问题."""
    is_partial: bool
    is_aside: bool
    """其中, 含: what is counted before it goes on."""
    is_by_now: bool
    """截至11月20日, 目前: behind what was done before."""
    span: Span


def mentions_in(text: str) -> list[Mention]:
    """The numbers of `text`, in order, each read together with those beside it."""
    return _with_groups(_with_parts(text, list(_mentions(text))))


def _mentions(text: str) -> Iterator[Mention]:
    """The numbers of `text`, each with the words around it up to the next number or stop."""
    each = [one.span() for one in _ONE_BY_ONE.finditer(text)]
    found = [
        one
        for one in _matches(text)
        if not any(start <= one.start("n") < end for start, end in each)
        and not _ORDINALS.search(text, max(0, one.start("n") - _AROUND), one.start("n"))
    ]
    bounds = [-1, *(match.start() for match in _BOUND.finditer(text)), len(text)]
    before = 0
    aside = _aside(text)
    quoted = _quoted_states(text, found)
    for index, match in enumerate(found):
        last = bisect_right(bounds, match.start()) - 1
        left = max(before, bounds[last] + 1, match.start() - _AROUND)
        stop = bounds[bisect_left(bounds, match.end())]
        behind = found[index + 1].start() if index + 1 < len(found) else len(text)
        behind = min(behind, quoted[index + 1].start() if index + 1 in quoted else behind)
        words = text[match.end() : min(behind, stop, match.end() + _AROUND)]
        link = text[before : match.start()]
        mention = _mention(match, text[left : match.start()], link, words, is_followed=behind < stop)
        if index in quoted:
            mention = mention._replace(state=_state_of_value(quoted[index]["state"]) or mention.state)
        is_inside = index > 0 and bisect_right(aside, match.start()) % 2 == 1 and not _is_of_all(mention)
        yield mention._replace(is_partial=True, is_aside=True) if is_inside else mention
        before = match.end()


def _matches(text: str) -> Iterator[re.Match[str]]:
    """The numbers of `text`; a noun that belongs to none of them may stand before the next: 3个村共反馈问题33个."""
    found = _MENTION.search(text)
    while found is not None:
        yield found
        before = text[max(0, found.start() - _AROUND) : found.start()]
        is_of_next = _NEXT_NUMBER.match(text, found.end()) and _is_apart(found["between"] or "", before)
        found = _MENTION.search(text, found.end("unit") if is_of_next else found.end())


def _is_apart(between: str, before: str) -> bool:
    """Whether the words between a number and a noun tell of something else: the number does not count it."""
    return bool(_VERB.search(between)) or not _tells_of_problems(between, before)


def _quoted_states(text: str, found: Sequence[re.Match[str]]) -> dict[int, re.Match[str]]:
    """What is said in quotation marks right before a number, by its place among them: “已完成，同意销号”5个."""
    before = (0, *(match.end() for match in found))
    places = enumerate(zip(before, found, strict=False))
    return {at: quote for at, (end, match) in places if (quote := _QUOTED_STATE.search(text, end, match.start()))}


def _state_of_value(words: str) -> CountedState:
    clauses = clauses_of(words)
    if any("mostly" in clause.kinds for clause in clauses):
        return "mostly"
    said = decided(clauses, is_value=True)
    return "" if said is None else "done" if said == "done" else "ongoing"


def _is_of_all(mention: Mention) -> bool:
    """Whether it says in brackets how all problems are sorted: 反馈的10个问题（涉及5个方面）."""
    return mention.thing in ("aspects", "groups") and mention.is_sure and not mention.is_partial


def _aside(text: str) -> list[int]:
    """Where brackets open and close, in turn."""
    places: list[int] = []
    for found in _BRACKET.finditer(text):
        if (found[0] in "（(") == (len(places) % 2 == 0):
            places.append(found.start())
    return places


def _mention(match: re.Match[str], before: str, link: str, behind: str, *, is_followed: bool) -> Mention:
    unit, between = match["unit"], match["between"] or ""
    own = _NOTE.sub("", match["before"] or "")  # 反馈问题（含立行立改1个）7个
    is_apart = _is_apart(between, before)
    noun = own or ("" if is_apart else match["noun"] or "")
    if is_apart:
        behind = match[0][match.end("unit") - match.start() :] + behind
    thing = _thing(unit, noun)
    is_of_others = thing == "bare" and _is_of_others(behind)
    state = _state_of(before) or ("" if is_followed or _OF_ITS.match(behind) else _state_of(behind))
    if state == "done" and _AIMED.search(before):
        state = ""
    if not state and thing == "bare":
        state = "ongoing" if _LEFT.search(before) else "done" if _RECTIFIED.fullmatch(before) else ""
    if thing == "problems" and between and not own and not state and not _FED_BACK.search(before):
        state = _state_of(between)
    near = _OF_PROBLEMS.split(_STOP_OR_BRACKET.split(link[-_NEAR:])[-1])[-1]
    near = "" if near.endswith((*_OBJECT, *_MANNER)) else near  # 坚持立行立改，对14个问题…
    if near.endswith("，") and not near.endswith(tuple(f"{word}，" for word in figure_patterns.PARTIAL)):
        near = ""  # 深入查摆、深化整改，12个问题…
    named = near + own + ("" if is_apart else between)
    return Mention(
        n=number(match["n"]) or 0,
        unit=unit,
        thing="other" if is_of_others else thing,
        is_sure=bool(_FED_BACK.search(before + noun) or before in ("涉及", "分属"))
        and (not _VERB.match(behind) or (noun == "问题" and not own)),
        is_fine="具体" in before[-2:] + between,
        state=state,
        is_all=bool(_ALL.search(behind)) and (state == "done" or not _LEFT.search(before)),
        is_finer=bool(_FINER.search(link[-_AROUND:])),
        is_sum="共" in own or bool(_SUM.search(before)),
        is_fed_back="反馈" in before + between,
        is_of_rectifying="整改任务" in before[-2:] + match[0] if thing == "tasks" else "整改" in before + behind,
        is_fault="表现" in noun,
        is_touching=not link.strip("、 "),
        is_joined=len(link.strip("，,、 ")) <= _JOINT and not _state_of(before),
        is_partial=bool(_PARTIAL.search(named) or _OF_LESS.search(link[-_AROUND:]))
        or (match["n"] == "一" and not state and "方面" not in unit),
        is_by_now=_BY_NOW.search(link[-_AROUND:]) is not None,
        is_aside=bool(_ASIDE.search(link[-_AROUND:] + named)) or "表现" in noun or is_of_others,
        span=Span(match.start("n"), match.end("unit")),
    )


def _thing(unit: str, noun: str) -> Thing:
    counted: Thing = next((_NOUNS[word] for word in figure_patterns.NOUN_ORDER if word in noun), "bare")
    if counted in ("problems", "bare") and unit not in figure_patterns.MEASURE_WORDS:
        return "aspects" if "方面" in unit else "groups"
    return counted


def _tells_of_problems(between: str, before: str) -> bool:
    """Whether the words between a number and its noun are known, or follow 反馈; in 八项规定精神不够到位的问题 not."""
    return bool(_FED_BACK_THEN.search(before)) or all(word.kind not in ("other", "nth") for word in words_in(between))


def _is_of_others(behind: str) -> bool:
    """Whether the words behind a bare number name something that is counted: 8个乡镇, 两个月."""
    words = list(words_in(behind[:_NEAR]))
    of = next((at for at, word in enumerate(words) if word.kind in ("of", "stop")), len(words))
    first = words[0] if words else None
    is_told = of + 1 < len(words) and words[of].kind == "of" and words[of + 1].kind == "other"  # 2个整改不力的部门
    return first is not None and (first.kind in ("other", "nth") or is_told) and not behind.startswith(REASON)


def _state_of(words: str) -> CountedState:
    """What words before or behind a number say of what it counts."""
    if not words or _DUE.search(words):
        return ""
    for clause in reversed(clauses_of(words.rstrip("的了"))):
        is_each = _EACH.search(clause.text) and "already" not in clause.kinds
        if clause.claims is None or is_each or _tells_of_work(clause):
            continue
        if clause.act == "done" and clause.time == "planned" and not clause.kinds & _TO_COME:
            continue  # 均于2月底前整改到位: which day it is does not say whether it is past
        if "mostly" in clause.kinds:
            return "mostly"
        return "done" if clause.claims == "done" else "ongoing"
    return ""


_TO_COME = frozenset({"plan", "need", "ask", "not"})
_SAYS_HOW_FAR = frozenset({"be", "ing", "keep", "pace", "stage", "mostly", "long", "not", "need", "plan", "done"})


def _tells_of_work(clause: Clause) -> bool:
    """Whether words tell what is worked on, and not what is left: 抓好10个问题的整改落实, 40个问题全部启动整改.

    So does praise: 3个问题整改取得了明显成效.
    """
    if {"get", "progress"} <= clause.kinds and not clause.kinds & _SAYS_HOW_FAR:
        return True
    verbs = {word.of(clause.text) for word in _own_words(clause) if word.kind in ("push", "start")}
    return bool(verbs) and not clause.kinds & _SAYS_HOW_FAR and not verbs & {"推进", "跟进"}


def _own_words(clause: Clause) -> Iterator[Word]:
    """The words of a clause, their places in its own text."""
    first = clause.words[0].start
    return (word._replace(start=word.start - first, end=word.end - first) for word in clause.words)


_PART_OF = re.compile(r"[^，,。；;、：:]{0,12}?(?:[之当]?中|里)的")


def _with_parts(text: str, mentions: list[Mention]) -> list[Mention]:
    """The mentions, of 整改完成44个问题中的43个 the first without what is said of the second."""
    for index, (first, second) in enumerate(pairwise(mentions)):
        is_part = second.thing in ("bare", "problems") and second.n <= first.n
        if first.state and is_part and _PART_OF.fullmatch(text, first.span.end, second.span.start):
            mentions[index : index + 2] = [first._replace(state=""), second._replace(state=first.state)]
    return mentions


def _with_groups(mentions: list[Mention]) -> list[Mention]:
    """The mentions, of 问题4项52个 the first number taken for groups and the second for problems."""
    for index in range(len(mentions) - 1):
        first, second = mentions[index : index + 2]
        if first.is_sure and {first.thing, second.thing} <= {"aspects", "groups"} and second.is_touching:
            mentions[index + 1] = second._replace(is_sure=True)  # 问题共计4方面10类26个
        if second.thing != "bare" or not second.is_touching or second.state:
            continue
        behind = mentions[index + 2 : index + 3]
        if first.thing == "problems":
            mentions[index] = first._replace(thing="groups", is_sure=True)
            mentions[index + 1] = second._replace(thing="problems")
        elif first.thing in ("aspects", "groups") and first.is_sure:
            goes_on = behind and (behind[0].is_touching or behind[0].thing in ("bare", "problems"))
            is_last = not (goes_on and behind[0].is_joined and not behind[0].state)
            if is_last:
                mentions[index + 1] = second._replace(thing="problems")
            elif behind[0].thing == "bare" and behind[0].is_touching:  # 问题4大类15项31条
                mentions[index : index + 2] = [
                    first._replace(thing="aspects"),
                    second._replace(thing="groups", is_sure=True),
                ]
    return mentions


def all_done(text: str, start: int, *, is_plain: bool) -> Span | None:
    """The clause behind the last number that says all of it is done: …20个具体问题，已全部完成整改.

    Not `is_plain`: measures stand between; 已全部完成 may be said of them, 已全部整改到位 is not.
    """
    stop = _FULL_STOP.search(text, start)
    begin = max((found.end() for found in _FULL_STOP.finditer(text, 0, start)), default=0)
    if "except" in {word.kind for word in words_in(text[begin : stop.start() if stop else len(text)])}:
        return None  # 除…外，其他问题均已完成整改
    if (is_plain and _OF_ITS.match(text, start)) or _AIMED.search(text, begin, start):
        return None
    before = ""
    for clause in clauses_of(text[start : stop.start() if stop else len(text)]):
        is_of_found, before = may_be_of_found(clause.text, before), clause.text
        if is_of_found:
            return None  # 共排查隐患264处，已全部整改到位
        is_each = _EACH.search(clause.text) and "already" not in clause.kinds
        if clause.says == "done" and clause.is_pure and "all" in clause.kinds and not (clause.counted or is_each):
            span = Span(start + clause.span.start, start + clause.span.end)
            return span if is_plain or "整改" in span.of(text) else None
    return None
