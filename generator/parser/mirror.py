"""What a rule must not see as it is printed: traditional characters, signs of other forms, words crossed out.

The rules know simplified words, as a converting mirror's page (FORMATS a, traps) prints none; they know marks,
brackets and figures in their usual forms, and not small, half-width or wide ones, or those of upright lines, nor a
full stop of half a width in place of all others; and from words that were withdrawn nothing may be concluded. So a
shadow of the document, character for character as long, is parsed, in simplified characters, usual signs and with 〓 in
place of what is crossed out; then every word of the notice is put back as printed.
"""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from importlib import resources

from generator.base.diagnostics import Span
from generator.model.notice import Anomaly, Edit, IssueMarks, Notice, Passage
from generator.model.numbering import CN
from generator.model.proof import Alignment
from generator.readers.document import Document

_TRADITIONAL = re.compile("[黨關於縣區進報國問題導業實員]")
_TOP = 4_000
_GONE = "〓"
"""Printers' own sign for a character that is not there; no rule knows it."""
_FEW = 8
"""So many of these characters may stand in a simplified text: in names, and in words that are quoted."""


@functools.cache
def _simplified() -> dict[int, str]:
    """Each traditional character's simplified one, from the characters of OpenCC (data/folding.json)."""
    table = json.loads(resources.files("generator.model").joinpath("folding.json").read_text("utf-8"))
    pairs = zip(table["from"], table["to"], strict=True)
    return {ord(one): two for one, two in pairs if "\u4e00" <= one <= "\u9fff" and "\u4e00" <= two <= "\u9fff"}


def simplified(text: str) -> str:
    """`text`, that of a page in traditional characters in simplified ones, sign for sign."""
    return text.translate(_simplified()) if len(_TRADITIONAL.findall(text, 0, _TOP)) > _FEW else text


_FORMS = dict(
    zip(
        "﹙﹚︵︶⦅⦆｟｠❨❩⟮⟯﹝﹞︹︺［］︻︼︿﹀︽︾﹁﹂﹃﹄「」『』﹐︐､﹑︑﹒｡︒﹔︔﹕︓∶꞉ː︰﹖︖﹗︕０１２３４５６７８９丨∣│❘",
        "（）（）（）（）（）（）〔〕〔〕[]【】〈〉《》“”‘’“”‘’，，、、、．。。；；：：：：：：？？！！0123456789||||",
        strict=True,
    )
)
"""Signs of small, half-width and upright forms, look-alikes of the colon, and wide figures: the usual one."""
_FORM = re.compile(f"[{''.join(map(re.escape, _FORMS))}]")


_HALF_STOP = re.compile(
    rf"(?<=[\u4e00-\u9fff）)”\"’》])(?<!^[{CN}])(?<!^[{CN}][{CN}])\.(?=[\u4e00-\u9fff“\"‘《（(]|\s*(?:\n|$))",
    re.MULTILINE,
)
_FEWEST_HALVES = 5
_MOST_WHOLES = 0.2
"""Share of whole full stops in a text that ends its sentences with those of half a width."""


def _stops_by_halves(text: str) -> bool:
    """Whether a text ends its sentences with full stops of half a width, as another tongue's input method sets them."""
    halves = len(_HALF_STOP.findall(text)) if "." in text else 0
    return halves >= _FEWEST_HALVES and text.count("。") <= _MOST_WHOLES * halves


def shadow_of(document: Document) -> Document | None:
    """The document as the rules may see it; None when they may see it as it is."""
    plain = simplified(document.text)
    has_half_stops = _stops_by_halves(document.text)
    if plain is document.text and not has_half_stops and not document.struck and not _FORM.search(document.text):
        return None
    text = _HALF_STOP.sub("。", plain) if has_half_stops else plain
    text = _FORM.sub(lambda found: _FORMS[found[0]], text)
    text = _without_struck(text, document.struck)
    return replace(document, text=text, anomalies=tuple(_quoted(document, text)))


def _quoted(document: Document, text: str) -> Iterator[Anomaly]:
    """The reader's anomalies, each quoting what stands in `text` at the place of the document's words."""
    printed, shadow = document.text.split("\n"), text.split("\n")
    for anomaly in document.anomalies:
        is_known = 0 < anomaly.line <= len(printed)
        at = printed[anomaly.line - 1].find(anomaly.quote) if is_known and anomaly.quote else -1
        quote = shadow[anomaly.line - 1][at : at + len(anomaly.quote)] if at >= 0 else anomaly.quote
        yield replace(anomaly, quote=quote)


def _without_struck(text: str, struck: Sequence[Span]) -> str:
    """`text` with 〓 for each letter and figure that is crossed out; marks between them go on parting sentences."""
    parts: list[str] = []
    done = 0
    for start, end in struck:
        parts += text[done:start], "".join(_GONE if char.isalnum() else char for char in text[start:end])
        done = end
    return "".join((*parts, text[done:]))


def as_printed(notice: Notice, shadow: Document, document: Document) -> Notice:
    """The notice of a shadow with the words that the document itself prints."""
    places = Alignment(shadow.text, notice.edits, notice.text)
    chars = list(notice.text)
    for at, char in enumerate(chars):
        source = places.span(Span(at, at + 1)).start
        if not char.isspace() and shadow.text[source] == char:
            chars[at] = document.text[source]
    text = "".join(chars)

    def fact(words: str | None) -> str | None:
        """Words of a fact as printed, without what is crossed out in them."""
        if not words or _GONE not in words:
            return back(words)
        return "".join(back(part) or "" for part in words.split(_GONE)).strip() or None

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
            marks = replace(marks, quote=back(marks.quote), responsible=fact(marks.responsible))
        return old._replace(label=text[start:middle], words=text[middle:end], marks=marks)

    def edit(old: Edit) -> Edit:
        at = old.start
        return old if at is None else replace(old, before=document.text[at : at + len(old.before)])

    place = notice.inspection
    quotes = {
        (a.code, a.line, a.quote): own.quote for a, own in zip(shadow.anomalies, document.anomalies, strict=True)
    }  # of many, the notice has the first ones
    return replace(
        notice,
        title=fact(notice.title) or "",
        unit=replace(notice.unit, name=fact(notice.unit.name) or ""),
        inspection=replace(
            place, inspector=fact(place.inspector), kind=fact(place.kind), round=fact(place.round),
            printed=fact(place.printed),
        ),
        contact=replace(
            notice.contact,
            phones=tuple(back(phone) or phone for phone in notice.contact.phones),
            address=fact(notice.contact.address),
            whose=tuple((back(phone) or phone, back(office) or office) for phone, office in notice.contact.whose),
            unread=tuple(back(words) or words for words in notice.contact.unread),
        ),
        metadata=tuple((key, fact(value) or "") for key, value in notice.metadata),
        body=tuple(passage(old, start) for old, start in zip(notice.body, notice.starts, strict=True)),
        edits=tuple(edit(old) for old in notice.edits),
        anomalies=tuple(
            replace(a, quote=a.span.of(text) if a.span else quotes.get((a.code, a.line, a.quote), a.quote))
            for a in notice.anomalies
        ),
    )  # fmt: skip
