"""Marks of footnotes, [3], in sentences that say how far issues are: the note may say that they are less."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.base.diagnostics import Span
from generator.base.late_patterns import late_pattern
from generator.model.notice import Passage, Status
from generator.model.numbering import CIRCLED
from generator.parser import status
from generator.parser.items import is_blanket
from generator.parser.text import NOTE_MARK

_MARK = late_pattern(NOTE_MARK)
_LAST = late_pattern(rf"\s?{NOTE_MARK}(?P<stop>[。.]?)\s*$")
_BEHIND = late_pattern(rf"{NOTE_MARK}|(?:[（(【\[〔]注?\s?\d{{0,2}}[）)】\]〕]|[{CIRCLED}*※¹²³]{{1,3}})$")
"""A mark behind the stop; one that may as well number what follows stands alone."""
_NOTE = late_pattern(rf"(?P<mark>{NOTE_MARK})\s*(?P<words>\S.*)$")
_HARMLESS = late_pattern(
    r"(?:以上|上述|有关|相关)?(?:统计)?(?:数据|数字|情况|信息)?(?:统计)?(?:时间|口径)?[为是]?(?:统计)?截[至止](?:目前|20\d\d年[\d年月日底末初]{0,8})"
    r"|(?:数据|资料)来源(?:于|为)?[：:]?[^。；，未]{2,30}|(?:详见|参见|见)[^。；，未]{2,24}"
    r"|(?:即|指|全称[为是]?)?《[^《》]{2,40}》(?:（[^（）]{2,20}）)?|包?含[^，。；未不待拟仍尚除仅只]{2,20}"
)
"""A note that takes nothing back, all of its words: any other may say that less is finished."""


def closing_of(answer: str) -> status.StatedStatus | None:
    """The sentences at the end of an answer that say how far the issue is, the mark of a note behind them included."""
    said = status.closing_of(_without_last(answer))
    is_marked = said is not None and _LAST.search(answer) is not None
    return said._replace(span=Span(said.span.start, len(answer))) if said and is_marked else said


def decisive(words: str) -> Status | None:
    """The status that words say, with or without a mark behind them."""
    return status.decisive(_without_last(words))


def _without_last(words: str) -> str:
    mark = _LAST.search(words)
    return words[: mark.start()] + mark["stop"] if mark else words


def doubted(body: Sequence[Passage]) -> frozenset[int]:
    """The sentences on how far issues are whose notes may say that less is finished, or are not there."""
    found = (_NOTE.match(passage.text) for passage in body if passage.text.startswith("["))
    notes = {note["mark"]: note["words"] for note in found if note}
    return frozenset(
        index
        for index, passage in enumerate(body)
        if passage.role == "status" or is_blanket(passage)
        for mark in _marks_of(body, index)
        if not _HARMLESS.fullmatch(notes.get(mark, "").rstrip("。. "))
    )


def _marks_of(body: Sequence[Passage], index: int) -> Iterator[str]:
    """The marks in a passage, and the one that stands behind its stop and goes on with its paragraph."""
    yield from _MARK.findall(body[index].words)
    behind = body[index + 1] if index + 1 < len(body) else None
    if behind is not None and behind.run_on and (found := _BEHIND.match(behind.words)):
        yield found[0]
