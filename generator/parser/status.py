"""How far an issue is, only from words (FORMATS g): where they stand, and the one decision what they say."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from typing import NamedTuple

from generator.base.diagnostics import Span
from generator.base.late_patterns import late_pattern
from generator.model.notice import Status
from generator.model.numbering import CN
from generator.parser.choices import chosen
from generator.parser.clauses import Clause, clauses_of
from generator.parser.leftovers import is_left_before, is_taken_back, may_be_of_part, may_be_taken_back
from generator.parser.plain_words import part_for_the_issue
from generator.parser.rules import figure_patterns, status
from generator.parser.text import DASH, sentences
from generator.parser.verdict import decided, is_harmless

_SPACED = late_pattern(r"[\u4e00-\u9fff](?:[ \u3000\u00a0]{1,3}[\u4e00-\u9fff]){2,12}[。.]?")
"""Words whose characters stand apart: 已 完 成."""
_COUNTED = late_pattern(status.COUNTED)
_MAY_SAY = late_pattern(status.MAY_SAY)
_THIS = late_pattern(status.THIS)
_SURE_SIGN = late_pattern(
    rf"{status.THIS}|未完成整改|未整改|未销号|正在整改|整改工作|长期(?:整改|坚持|推进)|已(?:经)?(?:全部)?(?:完成整改|整改(?:完成|到位)|销号)"
)
_MOSTLY = late_pattern(r"基本(?:上)?(?:完成|整改到位|整改完成|落实到位)")
_ITEM = late_pattern(status.ITEM)
_TAIL = 200
"""Characters at the end of an answer in which the closing sentences are looked for."""
_SHORT = 80
"""A sentence longer than this tells what was done; it does not close an issue."""
_CLAUSE = 24
"""No clause at the beginning of an answer that is nothing but a status is longer."""
_LONG = 2_000
"""Characters at the end of an answer in which a sentence about 该问题 is looked for."""
_MOST_CLOSING = 3
_STOPS = status.STOPS
_BEHIND = _STOPS + '，,）)】]〕〗”’" '
_ENDS = ("done", "rectify", "at-once", "push", "start", "pace", "ing", "long", "hold", "progress", "thing", "check",
         "allow", "already", "all", "yes", "no", "before", "plan", "share", "rate", "label", "stage")  # fmt: skip
_LAST = frozenset(word[-1] for kind in _ENDS for word in status.WORDS[kind].split()) | frozenset(
    "%％百成半个条项类年月日底末旬度"
)
"""Last characters of sentences that may say how far an issue is."""
_CLOSING = "）)】]"
_IN_BRACKETS = r"[【\[（(〔〖](?P<words>[^【】\[\]（）()〔〕〖〗]{2,20})[】\]）)〕〗]"
_BRACKETED_FIRST = late_pattern(rf"\s*{_IN_BRACKETS}")
_BRACKETED_LAST = late_pattern(rf"{_IN_BRACKETS}[。.]?\s*$")
_DASHED_LAST = late_pattern(rf"{DASH}(?P<words>[^—－-]{{2,20}})$")
_COMMA_LAST = late_pattern(r"(?:问题|事项)[”’]?(?:的?整改)?[，,](?P<words>[^，,。；“”]{2,12})[。.]?$")
_NAMED_LAST = late_pattern(r"[”’\"]的?问题(?P<words>[^“”。]{2,20})[。.]?$")
"""A status in brackets or behind a dash, before or behind other words; or behind a problem in quotation marks."""
_QUOTED = late_pattern(r"\s*[“\"‘](?P<words>[^“”\"‘’]*)[”\"’][。.]?\s*")
_WILL = late_pattern(
    rf"{figure_patterns.ORGAN_WILL}|{figure_patterns.ORGAN_PLANS}|(?:下一?步|今后|接下来)[，,]?我[\u4e00-\u9fff]{{1,4}}将"
)
_LEFT = late_pattern("剩余|余下|其余|[未尚]|仍|整改|推进|完成")
_RESULTS = late_pattern("整改(?:工作)?(?:成果|成效)")
"""下一步，局党组将继续巩固整改成果: nothing is left."""
_VALUE_LEFT = late_pattern(status.VALUE_LEFT)
_TICKED = late_pattern(r"^(?:[（(【\[]\s?)?(?:[√✓✔☑]|[○●◯](?=\s?(?:未|尚未|正在)))\s?")
"""A tick before the words of a status: （√ 已完成）."""
_PAPER = late_pattern(r"[（(][^（()）]{0,12}?[〔\[【]?20\d\d[〕\]】]?[^（()）]{0,6}?\d{1,4}号[）)]")
"""The number of the paper that says so: 已销号（县巡办〔2024〕12号）."""
_YES = late_pattern(r"(?:是|[√✓✔☑])[。.]?")
_NO = late_pattern(r"(?:否|[×✗✘])[。.]?")


class StatedStatus(NamedTuple):
    """A status and the words that say it."""

    status: Status
    span: Span


@functools.lru_cache(maxsize=1024)
def decisive(text: str) -> Status | None:
    """The status that a value says which stands behind 整改状态：, in a cell, or as a sentence of its own.

    >>> [decisive(text) for text in ("已完成整改", "已完成并长期坚持", "阶段性完成", "未完成整改", "为长期任务")]
    ['done', 'done', 'ongoing', 'ongoing', 'long-term']
    """
    text = chosen(text).strip()
    if _SPACED.fullmatch(text):
        text = "".join(text.split())  # 已 完 成
    if text.rstrip("。，；,; ")[-1:] in _CLOSING and not any(mark in text for mark in "（(【["):
        text = text.rstrip("。，；,; ").rstrip(_CLOSING)  # （…；整改状态：完成）。
    if quoted := _QUOTED.fullmatch(text):
        text = quoted["words"]
    if _YES.fullmatch(text) or text.strip("。（）()【】[]：:") in status.DONE_REMARKS:
        return "done"
    if _NO.fullmatch(text):
        return "ongoing"
    text = _PAPER.sub("", _TICKED.sub("", text))
    if len(text) <= _SHORT:
        said_as_value = decided(clauses_of(text), is_value=True)
        return said_as_value or ("ongoing" if _VALUE_LEFT.search(text) else None)
    said = closing_of(text) or first_clause_of(text) or last_clause_of(text)
    return said.status if said and said.status != "unstated" else None


def may_say(words: str) -> bool:
    """Whether words may be about how far something is: a quick look before they are read."""
    may_end = words.rstrip(_BEHIND)[-1:] in _LAST or _SURE_SIGN.search(words) is not None
    return may_end and _MAY_SAY.search(words) is not None


def is_mostly(text: str) -> bool:
    """Whether the words say 基本完成: done, but not wholly; an editor must look."""
    return bool(_MOSTLY.search(text))


def closing_of(text: str) -> StatedStatus | None:
    """The sentences at the end of an answer that say nothing but how far the issue is: `以上问题已整改完成。`.

    Where they name others, they say nothing of this one: unstated.
    """
    remark = (
        _BRACKETED_LAST.search(text, max(0, len(text) - _CLAUSE)) if text[-2:].strip("。. ")[-1:] in _CLOSING else None
    )
    if remark is not None and remark["words"] in status.DONE_REMARKS:
        return StatedStatus("done", Span(remark.start(), len(text)))
    if not may_say(text[-_SHORT:]):
        return None
    shift = max(0, len(text) - _TAIL)
    tail = text[shift:].rstrip()
    spans = list(sentences(tail, _STOPS))[1 if shift else 0 :]
    said: StatedStatus | None = None
    below: tuple[Clause, ...] = ()
    if len(spans) > 1 and _keeps_on(spans[-1].of(tail)) and is_of_many(spans[-2].of(tail)):
        spans = spans[:-1]  # 以上问题均已完成整改。局党组将继续抓常抓长，巩固成果。
    for index in range(len(spans) - 1, max(len(spans) - _MOST_CLOSING, 0) - 1, -1):
        sentence = spans[index].of(tail)
        clauses = _of_the_issue(sentence)
        if not clauses:
            break
        below = (*clauses, *below)
        found = decided(below) or ("unstated" if any(clause.is_of_named for clause in below) else None)
        if found is not None:
            start = spans[index].end - len(sentence.lstrip())
            said = StatedStatus(found, Span(shift + start, shift + len(tail)))
    return said


def _keeps_on(sentence: str) -> bool:
    """Whether a sentence says that an organ will keep up what was reached, and of nothing that is left."""
    return _WILL.match(sentence.lstrip()) is not None and _LEFT.search(_RESULTS.sub("", sentence)) is None


def is_of_many(sentence: str) -> bool:
    """Whether a sentence speaks of more issues than one: 全部问题…, 已完成整改3个，正在整改1个."""
    clauses = clauses_of(sentence)
    is_of_all = any(clause.scope in ("things", "above", "fed") and "all" in clause.kinds for clause in clauses)
    return is_of_all or sum(bool(clause.counted) for clause in clauses) > 1


def is_plural(sentence: str) -> bool:
    """Whether a sentence may speak of more than one: 均已整改到位; 该问题已全部整改到位 does not."""
    clauses = clauses_of(sentence)
    is_of_all = any(clause.scope in _OF_ALL and "all" in clause.kinds for clause in clauses)
    return is_of_all or any(clause.total > 1 and clause.scope in ("things", "above", "fed") for clause in clauses)


_OF_ALL = ("none", "things", "above", "fed")


def _of_the_issue(sentence: str) -> tuple[Clause, ...]:
    """The clauses of a sentence that says nothing but how far the issue is; none when it says anything else."""
    if len(sentence) > _SHORT or not may_say(sentence):
        return ()
    quoted = _QUOTED.fullmatch(sentence)
    clauses = clauses_of(_TICKED.sub("", quoted["words"] if quoted else part_for_the_issue(sentence)))
    first = next((at for at, clause in enumerate(clauses) if clause.act != "none"), None)
    if first is not None and clauses[first].scope == "none" and "any-rate" in clauses[first].kinds:
        return ()  # 完成率100%: of what?
    is_known = all(
        clause.is_pure
        or clause.is_reason
        or clause.is_open
        or clause.is_of_named
        or _REACHED.fullmatch(clause.text)
        or (told and is_harmless(clause))
        or (told and "nth" in clause.kinds and clause.says != "done" and any("except" in c.kinds for c in clauses[:at]))
        for at, clause, told in ((at, clause, first is not None and at > first) for at, clause in enumerate(clauses))
    )
    is_told = first is not None
    return clauses if (is_known and is_told) or _is_about_it(clauses) else ()


def _is_about_it(clauses: Sequence[Clause]) -> bool:
    """Whether a sentence says of 该问题 how far it is, and something besides: 该问题已整改完成，群众反映良好."""
    telling = [clause for clause in clauses if clause.is_pure and clause.says]
    if not telling:
        return False
    is_open = all(clause.claims != "done" for clause in clauses)
    if telling[0] is clauses[0] and "整改" in clauses[0].text and is_open:
        return True  # 未完成整改，尚有1处合同进入诉讼程序
    above = clauses[: clauses.index(telling[0])]
    if telling[0].scope in ("this", "above") and all(clause.is_pure or clause.is_reason for clause in above):
        return True
    first = next((clause for clause in clauses if clause.kinds - {"when", "date"}), clauses[0])
    return first.is_about_one and all(clause.claims != "done" for clause in telling)


def first_clause_of(text: str) -> StatedStatus | None:
    """The clause that an answer begins with, when it is nothing but a status: `已完成。一是…`, `正在推进，一是…`."""
    head = text[: _SHORT + 1]
    remark = head[: head.find("。") + 1]
    if remark.rstrip("。") in status.DONE_REMARKS:  # 已改。低保按季上墙
        return StatedStatus("done", Span(0, len(remark)))
    if not _MAY_SAY.search(head):
        return None
    for stops, longest in ((_STOPS, _SHORT), (_STOPS + "，,", _CLAUSE)):
        first = next(sentences(head, stops)).of(head)
        clauses = _of_the_issue(first) if len(first) <= longest else ()
        is_of_several = stops != _STOPS and is_plural(first)  # 以上问题均已整改到位，整改期限为2025年3月
        is_of_it = bool(clauses) and clauses[0].scope in ("none", "this", "above", "things") and not is_of_several
        said = decided(clauses) if is_of_it else None
        if said is not None and not (said == "done" and is_taken_back(text[len(first) : _SHORT + len(first)])):
            return StatedStatus(said, Span(0, len(first.rstrip("，, "))))
    return None


def bracketed_in(text: str) -> StatedStatus | None:
    """The status in brackets that words begin or end with: 【已完成】公务接待审批不严, …不规范的问题（已完成）."""
    tail = max(0, len(text) - _CLAUSE)
    last = (pattern.search(text, tail) for pattern in (_BRACKETED_LAST, _DASHED_LAST, _NAMED_LAST))
    for found in (_BRACKETED_FIRST.match(text), *last):
        if found and (said := remark_of(found["words"])) is not None:
            return StatedStatus(said, Span(*found.span("words")))
    return None


def remark_of(words: str) -> Status | None:
    """The status that a remark says which stands alone in its brackets or behind a dash."""
    clauses = _of_the_issue(words)
    return decided(clauses) or ("done" if words.strip() in status.DONE_REMARKS else None)


def mark_behind(title: str) -> int | None:
    """Offset of a status that a dash or square brackets set apart from a title: …的问题——未销号, …的问题【已完成】."""
    tail = max(0, len(title) - _CLAUSE)
    for pattern in (_BRACKETED_LAST, _DASHED_LAST):
        found = pattern.search(title, tail)
        if found and found.start() and found[0][0] not in "（(〔〖":
            return found.start() if remark_of(found["words"]) is not None else None
    return None


def behind_a_name(title: str) -> int | None:
    """Offset of a status that a comma sets apart from a problem's name: 关于“公车管理不严”问题整改，正在推进."""
    found = _COMMA_LAST.search(title, max(0, len(title) - _CLAUSE))
    return found.start("words") if found is not None and remark_of(found["words"]) is not None else None


def is_mark(words: str) -> bool:
    """Whether words are a status in brackets that speaks of nothing else: （已完成）, and not （以上问题已整改）."""
    clauses = _of_the_issue(found["words"]) if (found := _BRACKETED_FIRST.fullmatch(words.rstrip("。. "))) else ()
    return bool(clauses) and all(clause.scope == "none" for clause in clauses)


def behind_a_day(text: str) -> StatedStatus | None:
    """The clause behind the day, or the 立行立改, of 整改时限, when it is nothing but a status: 2024.6.30 已完成."""
    at = max(text.rstrip().rfind(mark) for mark in "，,;； 　") + 1
    clauses = clauses_of(text[at:]) if at and not any(mark in text[:at] for mark in "。：:") else ()
    scopes = {clause.scope for clause in clauses}
    if not clauses or scopes - {"none", "this"} or not all(one.is_pure and one.time == "now" for one in clauses):
        return None
    said = decided(clauses)
    is_asked = said == "done" and not any(clause.is_told for clause in clauses)  # 2024年6月，完成整改
    return StatedStatus(said, Span(at, len(text.rstrip(_BEHIND)))) if said is not None and not is_asked else None


def mark_before(text: str) -> int | None:
    """Offset behind a status in brackets that an answer begins with: （正在整改）清理票据33张."""
    found = _BRACKETED_FIRST.match(text)
    return found.end() if found and remark_of(found["words"]) is not None else None


def sentence_in(text: str) -> StatedStatus | None:
    """The last sentence of an answer that says of 该问题 how far it is, wherever it stands."""
    found: StatedStatus | None = None
    if not _THIS.search(text):
        return None
    tail = text[-_LONG:]
    for span in sentences(tail, _STOPS):
        sentence = span.of(tail)
        clauses = (_of_the_issue(sentence) or _open_of_this(sentence)) if _THIS.search(tail, *span) else ()
        if any(clause.scope == "this" for clause in clauses) and (said := decided(clauses)):
            shift = max(0, len(text) - _LONG)
            is_doubtful = said == "done" and may_be_taken_back(tail[span.end :])
            found = None if is_doubtful else StatedStatus(said, Span(shift + span.start, shift + span.end))
    return found


def is_open_inside(answer: str) -> bool:
    """Whether a sentence of an answer says nothing but that something is unfinished: 该项工作正在推进。（二）…"""
    if not _MAY_BE_OPEN.search(answer):
        return False
    told = (span.of(answer) for span in sentences(answer, _STOPS) if span.end - span.start <= _CLAUSE)
    return any(_MAY_BE_OPEN.search(one) and decided(_of_the_issue(one)) == "ongoing" for one in told)


_REACHED = late_pattern(status.REACHED)
_MAY_BE_OPEN = re.compile(status.OPEN)


def _open_of_this(sentence: str) -> tuple[Clause, ...]:
    """The clauses that say 该问题 is unfinished in a sentence that says more: 培养有时限，该问题需持续推进，…."""
    clauses = clauses_of(sentence) if len(sentence) <= _SHORT and may_say(sentence) else ()
    if any(clause.claims == "done" for clause in clauses):
        return ()
    telling = ("ongoing", "long-term")
    return tuple(clause for clause in clauses if clause.scope == "this" and clause.is_pure and clause.says in telling)


def _without_aftercare(text: str) -> str:
    """An answer without the last clauses that tell what is kept up: …，该问题已完成整改，每月抽查一次."""
    shift = max(0, len(text) - _TAIL)
    *_, last = (Span(0, 0), *sentences(text[shift:], _STOPS))
    clauses = clauses_of(last.of(text[shift:])) if "整改" in last.of(text[shift:]) else ()
    end = len(clauses)
    while end > 1 and clauses[end - 1].claims != "done" and is_harmless(clauses[end - 1]):
        end -= 1
    if end == len(clauses) or clauses[end - 1].says != "done":
        return text
    return text[: shift + last.start + clauses[end - 1].span.end]


def last_clause_of(text: str) -> StatedStatus | None:
    """The clause that an answer ends with, when it is nothing but a status: `…，已完成整改。`.

    It says nothing where it may speak of less than the issue: of one measure of several, or of what was counted before
    it (`排查隐患3处，已完成整改`); what is unfinished of less is so of the issue.
    """
    text = _without_aftercare(text)
    cut = max(text.rfind("，"), text.rfind(",")) + 1
    clauses = _of_the_issue(text[cut:]) if cut else ()
    if not clauses or any(clause.kinds & {"plan", "date", "aim"} for clause in clauses):
        return None
    going = (clause.says == "ongoing" and (clause.is_negative or _is_under_way(clause)) for clause in clauses)
    if "整改" in text[cut:] and all(going):
        return StatedStatus("ongoing", Span(cut, len(text)))
    shift = max(0, cut - _TAIL)
    sentence = list(sentences(text[shift:], _STOPS))[-1].of(text[shift:]).lstrip()
    before = sentence[: max(0, len(sentence) - len(text) + cut)]
    whole = clauses_of(sentence)
    if any(clause.kinds >= _FED_BACK or _counts_problems(clause) for clause in whole):
        return None
    if any(clause.scope == "above" for clause in whole) and any("except" in clause.kinds for clause in whole):
        return None  # 以上问题除公车管理外均已整改到位: of several
    said = decided(whole)
    if said == "done" and is_left_before(before):
        return None
    is_whole = (
        said == "long-term"
        or clauses[0].scope in ("this", "above", "rest")
        or _is_the_problem(clauses, before, text[:cut])
    )
    if said == "done" and any(_is_of_others(clause) for clause in whole):
        return None
    is_part = _ITEM.match(sentence) or _COUNTED.search(before)
    is_bare = not any(word in text[cut:] for word in ("整改", "销号")) or not _is_told_last(clauses, sentence)
    is_less = said == "done" and (is_bare or may_be_of_part(text[cut:], text[:cut]))
    may_be_part = is_part is not None or is_less
    if said is None or (may_be_part and not is_whole):
        return None
    is_denied_before = said == "ongoing" and decided(clauses) == "done"  # 未整改的2户已列入计划，该问题整改到位
    return StatedStatus(said, Span(len(text) - len(sentence) if is_denied_before else cut, len(text)))


def _is_under_way(clause: Clause) -> bool:
    """目前仍在整改, of nobody named; 排查凭证138份，正在整改 may speak of these alone."""
    return "be" in clause.kinds and clause.scope == "none" and any(sign in clause.text for sign in "仍尚")


def _is_the_problem(clauses: Sequence[Clause], before: str, above: str) -> bool:
    """Whether 问题已销号 is said of the issue, and of nothing that was found on the way."""
    is_named = len(clauses) == 1 and _PROBLEM_ITSELF.match(clauses[0].text) is not None
    is_told = _ALREADY.search(clauses[0].text) or ("已" in before and _STRUCK_OFF.search(clauses[0].text))
    is_named = is_named and bool(is_told) and "基本" not in before
    return is_named and _FOUND.search(above[-_NEAR_FOUND:]) is None and not is_left_before(before)


_ALREADY = late_pattern("[已现]")
_STRUCK_OFF = late_pattern("销号|清零")
_PROBLEM_ITSELF = late_pattern("(?:问题|事项)(?:现|已|全部|彻底|完全|均)*(?:整改)?(?:销号|清零|到位|完成|完毕)$")
_FOUND = late_pattern(
    "发现|查出|查摆|排查|自查|检查|核查|督查|巡查|检视|梳理|隐患|图斑|问题|其中|部分|个别|多数|首批|一期|上报|申请|举报|信访|投诉|反映"
    "|诉求|线索|审计|整治|走访|企业|群众"
)
_NEAR_FOUND = 120


def _counts_problems(clause: Clause) -> bool:
    """Whether it speaks of more issues than one: 4个问题中, 其余问题."""
    is_counted = clause.total > 1 and clause.act == "none" and _PROBLEMS.fullmatch(clause.text) is not None
    return is_counted or (clause.scope == "rest" and _REST.match(clause.text) is not None)


def _is_told_last(clauses: Sequence[Clause], sentence: str) -> bool:
    """Whether the clauses that a sentence ends with tell 完成 as a fact; 由财务科牵头，完成整改 may ask for it."""
    return any(clause.is_told for clause in (*clauses, *clauses_of(sentence))) or any(
        clause.text in status.TOLD_LAST for clause in clauses
    )


def _is_of_others(clause: Clause) -> bool:
    """Whether what follows may be of others, or by their word: 督促施工单位返工，… or 据施工单位反映，…."""
    return clause.time == "aimed" or _BY_OTHERS.search(clause.text) is not None


_PROBLEMS = late_pattern(rf"(?:反馈|涉及|上述|以上)?的?[\d{CN}]{{1,4}}[个项条](?:反馈|具体|整改)?(?:问题|事项)[中里]?")
_REST = late_pattern(rf"(?:其余|其他|其它|剩余|余下|另外)的?(?:[\d{CN}]{{1,4}}[个项条])?的?问题")
_FED_BACK = frozenset({"fed", "thing"})
"""反馈的问题: more than the issue."""
_BY_OTHERS = late_pattern(status.BY_OTHERS)
