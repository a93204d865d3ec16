"""Notices in traditional characters, as a converting mirror leaves them (FORMATS a, traps): read as if simplified.

The rules know simplified words. A shadow of the document, character for character as long, is parsed; then every word
of the notice is put back as it is printed.
"""

from __future__ import annotations

import functools
import json
import re
from dataclasses import replace
from importlib import resources

from generator.base.diagnostics import Span
from generator.model.notice import Edit, IssueMarks, Notice, Passage
from generator.model.proof import Alignment
from generator.readers.document import Document

_TRADITIONAL = re.compile("[黨關於縣區進報國問題導業實員]")
_TOP = 4_000
_FEW = 8
"""So many of these characters may stand in a simplified text: in names, and in words that are quoted."""


@functools.cache
def _simplified() -> dict[int, str]:
    """Each traditional character's simplified one, from the characters of OpenCC (data/folding.json)."""
    table = json.loads(resources.files("generator.model").joinpath("folding.json").read_text("utf-8"))
    pairs = zip(table["from"], table["to"], strict=True)
    return {ord(one): two for one, two in pairs if "\u4e00" <= one <= "\u9fff" and "\u4e00" <= two <= "\u9fff"}


def shadow_of(document: Document) -> Document | None:
    """The document in simplified characters; None when it is in these already."""
    if len(_TRADITIONAL.findall(document.text, 0, _TOP)) <= _FEW:
        return None
    return replace(document, text=document.text.translate(_simplified()))


def as_printed(notice: Notice, shadow: Document, document: Document) -> Notice:
    """The notice of a shadow with the words that the document itself prints."""
    places = Alignment(shadow.text, notice.edits, notice.text)
    chars = list(notice.text)
    for at, char in enumerate(chars):
        source = places.span(Span(at, at + 1)).start
        if not char.isspace() and shadow.text[source] == char:
            chars[at] = document.text[source]
    text = "".join(chars)

    def back(words: str | None) -> str | None:
        if not words:
            return words
        for own, printed in ((notice.text, text), (shadow.text, document.text)):
            if (at := own.find(words)) != -1:
                return printed[at : at + len(words)]
        return words

    def passage(old: Passage, start: int) -> Passage:
        middle, end = start + len(old.label), start + len(old.label) + len(old.words)
        marks = old.marks
        if isinstance(marks, IssueMarks):
            marks = replace(marks, quote=back(marks.quote), responsible=back(marks.responsible))
        return old._replace(label=text[start:middle], words=text[middle:end], marks=marks)

    def edit(old: Edit) -> Edit:
        at = old.start
        return old if at is None else replace(old, before=document.text[at : at + len(old.before)])

    place = notice.inspection
    return replace(
        notice,
        title=back(notice.title) or "",
        unit=replace(notice.unit, name=back(notice.unit.name) or ""),
        inspection=replace(
            place, inspector=back(place.inspector), kind=back(place.kind), round=back(place.round),
            printed=back(place.printed),
        ),
        contact=replace(notice.contact, address=back(notice.contact.address)),
        metadata=tuple((key, back(value) or "") for key, value in notice.metadata),
        body=tuple(passage(old, start) for old, start in zip(notice.body, notice.starts, strict=True)),
        edits=tuple(edit(old) for old in notice.edits),
        anomalies=tuple(
            a if a.span is None else replace(a, quote=a.span.of(text)) for a in notice.anomalies
        ),
    )  # fmt: skip
