"""What the fields of a form ask for, as an act: its own fields, a choice of a card, or an act as JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from generator.base.diagnostics import Span
from generator.desk.acts import Accept, Act, Batch, Restore, SetDeadline, Split
from generator.desk.doubt_cards import DoubtCard
from generator.desk.places import RefusedAct, place
from generator.desk.rows import act_of
from generator.model.decisions import MaskKind
from generator.model.notice import Notice
from generator.model.personal import personal_data
from generator.parser.printed_dates import partial, tokens_of

_FORMS: tuple[tuple[MaskKind, re.Pattern[str]], ...] = (
    ("bank-card", re.compile(r"^[0-9 ]{12,}$")),
    ("address", re.compile(r"[栋幢号室]|单元")),
    ("person", re.compile(r"^.{1,4}$")),
)
"""What words are that the rules of personal data do not know."""
_SLOT = re.compile(r"\$(why|date|text|region|issue|kind)")


def act_asked(fields: Mapping[str, str], notice: Notice | None) -> Act:
    """The act that a form asks for. Raises RefusedAct.

    `act=Settle`: the `choice` of a card (`go=asis`: what it keeps beside as `asis`), with what the editor filled in;
    `act=Row`: an act as JSON in `row`. `act=ReadDeadline`: the date that stands in the words at `at` becomes the
    deadline of `anchor`. Else the name of an act and its fields; `part` names words inside of `at`.
    """
    name = fields.get("act", "")
    if name == "Settle":
        row = fields.get("asis" if fields.get("go") == "asis" else "choice", "")
        return _of_json(row, fields)
    if name == "Row":
        return _of_json(fields.get("row", ""), {})
    if name == "ReadDeadline" and notice is not None:
        return _deadline_in(fields, notice)
    if name == "Restore":
        return Restore(fields.get("to", ""))  # `version` is that of the page
    given = dict(fields)
    if name == "AddMask" and not fields.get("kind"):
        given["kind"] = kind_of(fields.get("value", ""))
    if name == "SetLabel" and "label" in fields:
        given["length"] = _length_of(fields["label"], fields.get("at", ""))
    if fields.get("part", "").strip() and notice is not None:
        given["at"] = given["quote"] = _narrowed(fields.get("at", ""), fields["part"].strip(), notice)
    return act_of(name, given)


def kind_of(value: str) -> MaskKind:
    """The kind of personal data that words look like by themselves."""
    for row, span in personal_data(value):
        if span == Span(0, len(value)):
            return row.kind
    for kind, form in _FORMS:
        if form.search(value):
            return kind
    return "other"


def _deadline_in(fields: Mapping[str, str], notice: Notice) -> Act:
    """The deadline that words say. Raises RefusedAct where they say none, or may be read in several ways."""
    asked = act_of("Split", {"at": fields.get("at", "")})
    if not isinstance(asked, Split):
        raise RefusedAct("form", "at")
    quote = asked.at
    quote.span(notice.text)
    tokens = list(tokens_of(notice.text, quote.start, quote.end))
    readings = {reading for token in tokens for reading in token.readings if reading[0]}
    date = partial(next(iter(readings)), tokens[0].fuzzy) if len(readings) == 1 else None
    if date is None:
        raise RefusedAct("no-date-in", quote.words)
    return SetDeadline(fields.get("anchor", ""), date, quote, inferred=any(token.is_damaged for token in tokens))


def _of_json(text: str, fields: Mapping[str, str]) -> Act:
    try:
        [(name, values)] = _filled(json.loads(text), fields).items()
    except (ValueError, AttributeError, RecursionError) as error:
        raise RefusedAct("form", "choice") from error
    if not isinstance(values, dict):
        raise RefusedAct("form", "choice")
    return act_of(name, values)


def _filled(value: Any, fields: Mapping[str, str]) -> Any:
    """The row with what the editor filled in for its slots."""
    if isinstance(value, dict):
        return {key: _filled(inner, fields) for key, inner in value.items()}
    if isinstance(value, list):
        return [_filled(inner, fields) for inner in value]
    if isinstance(value, str) and (slot := _SLOT.fullmatch(value)):
        return fields.get(slot[1], "").strip()
    return value


def _length_of(label: str, at: str) -> str:
    """How many characters of a passage are its number, which the editor wrote out. Raises RefusedAct."""
    words = at.partition(":")[2]
    if not words.startswith(label):
        raise RefusedAct("label", words)
    return str(len(label))


def _narrowed(at: str, part: str, notice: Notice) -> str:
    """The place of words inside of a passage. Raises RefusedAct when they do not stand there once."""
    span, _, _ = at.partition(":")
    start, _, end = span.partition("-")
    if not (start.isdecimal() and end.isdecimal()):
        raise RefusedAct("form", "at")
    inside = notice.text[int(start) : int(end)]
    if inside.count(part) != 1:
        raise RefusedAct("moved", part)
    first = int(start) + inside.index(part)
    one = place(notice, first, first + len(part))
    return f"{one.start}-{one.end}:{one.words}"


def same_kind(cards: Sequence[DoubtCard], code: str, why: str) -> Act:
    """All open doubts of a kind: the words stay as they are. Neither dates, nor what a release waits for."""
    found = [one for one in cards if one.code == code and not one.is_done and one.may_go_together]
    if not found:
        raise RefusedAct("nothing")
    return Batch(tuple(Accept(one.code, one.quote or None, why or one.reason) for one in found))
