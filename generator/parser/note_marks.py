"""Marks of footnotes, [3], behind a sentence that says how far an issue is: the note may say that it is less."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from generator.base.diagnostics import Span
from generator.base.late_patterns import late_pattern
from generator.model.notice import Passage, Status
from generator.parser import status

_LAST = late_pattern(r"\s?\[(?P<mark>\d{1,2})\](?P<stop>[。.]?)\s*$")
_NOTE = late_pattern(r"\[(?P<mark>\d{1,2})\]\s*(?P<words>\S.*)$")
_HARMLESS = late_pattern(
    r"(?:以上|上述|有关|相关)?(?:统计)?(?:数据|数字|情况|信息)?(?:统计)?(?:时间|口径)?[为是]?(?:统计)?截[至止](?:目前|20\d\d年[\d年月日底末初]{0,8})"
    r"|(?:数据|资料)来源(?:于|为)?[：:]?[^。；，未]{2,30}|(?:详见|参见|见)[^。；，未]{2,24}"
    r"|(?:即|指|全称[为是]?)?《[^《》]{2,40}》(?:（[^（）]{2,20}）)?|包?含[^，。；未不待拟仍尚除仅只]{2,20}"
)
"""A note that takes nothing back, all of its words: any other may say that less is finished."""


def closing_of(answer: str) -> status.StatedStatus | None:
    """The sentences at the end of an answer that say how far the issue is, the mark of a note behind them included."""
    mark = _LAST.search(answer)
    said = status.closing_of(answer[: mark.start()] + mark["stop"] if mark else answer)
    return said._replace(span=Span(said.span.start, len(answer))) if said and mark else said


def decisive(words: str, notes: Mapping[str, str]) -> Status | None:
    """The status that words say with a note's mark behind them; None where the note may say that it is less."""
    mark = _LAST.search(words)
    if mark is None:
        return status.decisive(words)
    said = status.decisive(words[: mark.start()] + mark["stop"])
    note = notes.get(mark["mark"])
    return None if said == "done" and (note is None or not _HARMLESS.fullmatch(note.rstrip("。. "))) else said


def notes_of(body: Iterable[Passage]) -> dict[str, str]:
    """The notes of a body, by their numbers."""
    found = (_NOTE.match(passage.text) for passage in body if passage.text.startswith("["))
    return {note["mark"]: note["words"] for note in found if note}
