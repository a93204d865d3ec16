"""遮蔽: a notice in which what its masks name stands nowhere, neither in its words nor in its facts nor in its edits.

A value is found however it is spaced or typed (full width, hyphens, another case), also where it runs over from one
passage to the next. What has been hidden is told by kind and count, never by value.
"""

from __future__ import annotations

import dataclasses
import functools
import re
from bisect import bisect_right
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from generator.base.alternatives import any_of
from generator.base.diagnostics import Span
from generator.content.spelled import Spelled
from generator.model.decisions import Mask, Redaction
from generator.model.folding import fold_with, folding, unwritten
from generator.model.notice import Anomaly, Edit, Notice, Passage
from generator.model.personal import personal_data
from generator.model.personal_rules import KEPT, ROWS

_DROPPED = dict.fromkeys(map(ord, "-‐‑‒–—―−－.·•_/\\／＼()（）~～"), "")
"""What people write between the groups of a number; what nobody sees folds to nothing already."""
_ALIKE = str.maketrans("ol〇零○一二三四五六七八九幺壹贰叁肆伍陆柒捌玖", "01000123456789" + "1" + "123456789")
"""What people write for digits, by hand or by a slip."""
_IDENTIFIERS = frozenset({"code", "sha256", "format", "kind", "role", "status", "review"})
"""Fields that are no words: a mask that they hold is found in the output, and stops the release."""
_ADDRESSES = frozenset({"id", "anchor", "refers_to"})
_HIDDEN = "mou"
"""What addresses say for a masked value: 某."""


@functools.cache
def _table() -> dict[int, str]:
    dropped = _DROPPED | unwritten()
    return {ord(char): to.translate(dropped) for char, to in folding().table.items()} | dropped


def bare(text: str) -> str:
    """`text` as masks compare it: without width, case, script variant, blanks, hyphens and full stops.

    >>> bare("１３８-0013 8000，Ｘ")
    '13800138000,x'
    """
    return text.translate(_table())


@functools.cache
def _compared() -> dict[int, str]:
    return {code: to.translate(_ALIKE) for code, to in _table().items()} | {
        code: chr(to) for code, to in _ALIKE.items() if code not in _table()
    }


def compared(text: str) -> str:
    """`text` bare, and with digits for what people write in their place: so are values looked for.

    >>> compared("138O0l3 八〇〇〇") == compared("13800138000")
    True
    """
    return text.translate(_compared())


@dataclasses.dataclass(frozen=True, slots=True)
class _Hit:
    span: Span
    label: str
    mask: int
    """Index of the mask."""


class Masker:
    """Hides the values of some masks in any text."""

    def __init__(self, masks: Sequence[Mask], values: Mapping[str, int]) -> None:
        """`values` gives each bare value the index of its mask."""
        self._masks, self.values = masks, values
        self._mask_of = {compared(value): mask for value, mask in values.items()}
        self._pattern = any_of(self._mask_of) if values else None
        self._spelled = Spelled(values)

    def hits(self, text: str) -> list[_Hit]:
        """Where values are in `text`, in order."""
        if self._pattern is None or not self._pattern.search(compared(text)):
            return []
        folded = fold_with(text, _compared())
        found = []
        for match in self._pattern.finditer(folded.text):
            span = folded.span(match.start(), match.end())
            mask = self._mask_of[match[0]]
            found.append(_Hit(span, label_of(self._masks[mask], span.of(text)), mask))
        return found

    def hide(self, text: str) -> str:
        """`text` without the values."""
        return _replaced(text, self.hits(text))

    def hide_address(self, address: str) -> str:
        """The address without the values, and without the pinyin of names: `wang-xiaoming` is `wang-mou` then."""
        hits = [_Hit(hit.span, f"-{_HIDDEN}-", hit.mask) for hit in self.hits(address)]
        shown = _replaced(address, hits)
        spelled = [
            _Hit(span, f"-{f'{syllable}-' if self._is_person(name) else ''}{_HIDDEN}-", self.values[name])
            for span, name, syllable in self._spelled.found(shown)
        ]
        return re.sub("-{2,}", "-", _replaced(shown, spelled)).strip("-") if hits or spelled else address

    def _is_person(self, name: str) -> bool:
        mask = self._masks[self.values[name]]
        return mask.kind == "person" and mask.label is None


def _replaced(text: str, hits: Sequence[_Hit]) -> str:
    parts, done = [], 0
    for hit in hits:
        parts += [text[done : hit.span.start], hit.label]
        done = hit.span.end
    return "".join([*parts, text[done:]])


def label_of(mask: Mask, value: str) -> str:
    """What is in the place of `value`.

    >>> label_of(Mask(kind="id-card", why=""), "11010519491231002X")
    '11*************02X'
    >>> label_of(Mask(kind="person", why=""), "王小明")
    '王某'
    """
    if mask.label is not None:
        return mask.label
    if mask.kind == "person":
        return value[:1] + "某"
    value = "".join(value.split())
    first, last = KEPT.get(mask.kind, (0, 0))
    if mask.kind == "email":
        name, _, host = value.partition("@")
        return name[: min(first, len(name) - 1)] + "***@" + host
    hidden = len(value) - first - last
    return value[:first] + "*" * hidden + value[len(value) - last :] if hidden > 0 else "*" * len(value)


def masker_of(notice: Notice) -> Masker:
    """What hides the values of the notice's masks: those written down, and those that a kind's own pattern finds."""
    values: dict[str, int] = {}
    for number, mask in enumerate(notice.masks):
        found = [mask.value] if mask.value is not None else _found(notice, mask)
        for value in found:
            for form in _forms(mask.kind, bare(value)):
                values.setdefault(form, number)
    return Masker(notice.masks, values)


def _forms(kind: str, value: str) -> Iterator[str]:
    """The value, and what else says the same: of an ID card the 15 digits that it had before 1999."""
    if value:
        yield value
    if kind == "id-card" and len(value) == 18:
        yield value[:6] + value[8:17]


def _found(notice: Notice, mask: Mask) -> list[str]:
    """The personal data of the mask's kind in all that is published, outside the contact paragraph."""
    found = [
        span.of(notice.text)
        for row, span in personal_data(notice.text)
        if row.kind == mask.kind and notice.body[bisect_right(notice.starts, span.start) - 1].role != "contact"
    ]
    return found + [
        span.of(text) for text in _beside(notice) for row, span in personal_data(text) if row.kind == mask.kind
    ]


def _beside(notice: Notice) -> Iterator[str]:
    """What is published of a notice beside its words."""
    yield notice.title
    yield from (text for edit in notice.edits for text in (edit.before, edit.after))
    yield from (value for _, value in notice.metadata)
    yield from (text for one in notice.corrections for text in (one.what, one.why, one.before or "", one.after or ""))
    yield from (text for one in notice.anomalies for text in (one.quote, one.message))
    yield notice.source.file


def masked(notice: Notice) -> Notice:
    """The notice with its masks applied; they are gone from it, `redactions` tells of what kinds they were."""
    if not notice.masks:
        return notice
    masker = masker_of(notice)
    hits = _in_segments(notice, masker.hits(notice.text))
    moved = _MaskedSpans(hits)
    hidden: dict[str, Any] = {
        field.name: _hidden(getattr(notice, field.name), field.name, masker)
        for field in dataclasses.fields(notice)
        if field.init and field.name not in _BY_PLACE
    }
    text = _replaced(notice.text, hits)
    return dataclasses.replace(
        notice,
        **hidden,
        id=masker.hide_address(notice.id),
        body=tuple(_body(notice, hits, masker)),
        anomalies=tuple(_anomaly(anomaly, moved, text, masker) for anomaly in notice.anomalies),
        evidence=tuple((fact, moved.span(span)) for fact, span in notice.evidence),
        grounds=(),  # for the editor; a rival may name what is hidden
        masks=(),
        redactions=tuple(_ledger(notice, hits, moved, masker)),
    )


_BY_PLACE = frozenset({"id", "body", "anomalies", "evidence", "grounds", "masks", "redactions"})


def address_of(notice: Notice) -> str:
    """The id under which the notice is shown: its own, without the pinyin of what its masks hide."""
    return masker_of(notice).hide_address(notice.id) if notice.masks else notice.id


def mask_edits(notice: Notice) -> tuple[Edit, ...]:
    """What the masks do to the notice's text, as edits of it: the proof of the shown words is that of an import."""
    return tuple(
        Edit(kind="masked", line=0, before=hit.span.of(notice.text), after=hit.label, start=hit.span.start)
        for hit in _in_segments(notice, masker_of(notice).hits(notice.text))
    )


def idle_masks(notice: Notice) -> tuple[Mask, ...]:
    """The masks that hide nothing, each looked at as if it were the only one."""
    if not notice.masks:
        return ()  # most notices have none, and to look at every text of one takes a third of a check
    texts = [compared(text) for text in (notice.text, *texts_of(dataclasses.replace(notice, masks=(), accepted=())))]
    return tuple(
        mask for mask in notice.masks if not _hides(masker_of(dataclasses.replace(notice, masks=(mask,))), texts)
    )


def _hides(masker: Masker, texts: Sequence[str]) -> bool:
    values = [compared(value) for value in masker.values]
    return any(value in text for value in values for text in texts)


def texts_of(value: Any) -> Iterator[str]:
    """Every text in a value of the model."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from texts_of(item)
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        for field in dataclasses.fields(value):
            yield from texts_of(getattr(value, field.name))


def faulty_masks(notice: Notice) -> Iterator[tuple[str, str]]:
    """What is wrong with the masks as they are written, and how to fix it: a mask that hides nothing hides a leak."""
    known = {row.kind for row in ROWS}
    for number, mask in enumerate(notice.masks, 1):
        value = bare(mask.value or "")
        if mask.value is None and mask.kind not in known:
            yield f"mask {number} names no value", f"Write “value: …”; only {', '.join(sorted(known))} find their own."
        elif mask.value is not None and len(value) < _LEAST:
            yield (
                f"mask {number}: its value is too short",
                f"Write {_LEAST} characters at least.",
            )
        elif len(value) > _MOST:
            yield f"mask {number}: its value is too long", f"Write {_MOST} characters at most; more are several masks."
        elif value and value in bare(mask.label or ""):
            yield f"mask {number}: its label shows its value", "Write a label that does not hold the value."


_LEAST, _MOST = 2, 200
"""Characters of a value: a shorter one stands everywhere, a longer one is no value but a passage."""


def _hidden(value: Any, name: str, masker: Masker) -> Any:
    """Any value of the model with every text in it masked."""
    if isinstance(value, str):
        hide = masker.hide_address if name in _ADDRESSES else masker.hide
        return value if name in _IDENTIFIERS else hide(value)
    if isinstance(value, tuple):
        return tuple(_hidden(item, name, masker) for item in value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = [field for field in dataclasses.fields(value) if field.init]
        return dataclasses.replace(
            value, **{field.name: _hidden(getattr(value, field.name), field.name, masker) for field in fields}
        )
    return value


def _in_segments(notice: Notice, hits: Sequence[_Hit]) -> list[_Hit]:
    """The hits cut at the ends of labels and words; what stands for the value stands where it begins."""
    segments = (
        (at, at + len(part))
        for passage, start in zip(notice.body, notice.starts, strict=True)
        for at, part in ((start, passage.label), (start + len(passage.label), passage.words))
        if part
    )
    found: list[_Hit] = []
    segment = next(segments, None)
    for hit in hits:
        label = hit.label
        while segment is not None and segment[0] < hit.span.end:
            start, end = max(segment[0], hit.span.start), min(segment[1], hit.span.end)
            if start < end:
                whole = (start, end) == segment
                found.append(_Hit(Span(start, end), label or "*" * whole, hit.mask))  # no passage is left empty
                label = ""
            if segment[1] > hit.span.end:
                break
            segment = next(segments, None)
    return found


def _body(notice: Notice, hits: Sequence[_Hit], masker: Masker) -> Iterator[Passage]:
    """The passages without what the hits take of them."""
    waiting = deque(hits)
    for passage, start in zip(notice.body, notice.starts, strict=True):
        middle = start + len(passage.label)
        label = _cut(passage.label, start, waiting)
        words = _cut(passage.words, middle, waiting)
        anchor = passage.anchor and masker.hide_address(passage.anchor)
        marks = _hidden(passage.marks, "marks", masker)
        yield passage._replace(label=label, words=words, anchor=anchor, marks=marks)


def _cut(text: str, start: int, waiting: deque[_Hit]) -> str:
    """`text`, which is at `start`, without the hits in it; they are taken from those that wait."""
    inside = []
    while waiting and waiting[0].span.end <= start + len(text):
        hit = waiting.popleft()
        inside.append(_Hit(Span(hit.span.start - start, hit.span.end - start), hit.label, hit.mask))
    return _replaced(text, inside)


class _MaskedSpans:
    """Where a place of the text is after masking."""

    def __init__(self, hits: Sequence[_Hit]) -> None:
        self._hits = hits

    def span(self, span: Span) -> Span:
        """The span, widened to the whole of the labels that it touches."""
        shift_start = shift_end = 0
        start, end = span
        for hit in self._hits:
            grown = len(hit.label) - (hit.span.end - hit.span.start)
            if hit.span.end <= span.start:
                shift_start += grown
                shift_end += grown
            elif hit.span.start < span.end:
                start, end = min(start, hit.span.start), max(end, hit.span.end)
                shift_end += grown
        return Span(start + shift_start, end + shift_end)


def _anomaly(anomaly: Anomaly, moved: _MaskedSpans, text: str, masker: Masker) -> Anomaly:
    if anomaly.span is None:
        return dataclasses.replace(anomaly, quote=masker.hide(anomaly.quote), message=masker.hide(anomaly.message))
    span = moved.span(anomaly.span)
    return dataclasses.replace(anomaly, span=span, quote=span.of(text), message=masker.hide(anomaly.message))


def _counts(notice: Notice, masker: Masker) -> list[int]:
    counts = [0] * len(notice.masks)
    texts = [notice.text, *(edit.before for edit in notice.edits), *(value for _, value in notice.metadata)]
    for text in texts:
        for hit in masker.hits(text):
            counts[hit.mask] += 1
    return counts


def _ledger(notice: Notice, hits: Sequence[_Hit], moved: _MaskedSpans, masker: Masker) -> Iterator[Redaction]:
    counts = _counts(notice, masker)
    for number, mask in enumerate(notice.masks):
        places = tuple(moved.span(hit.span) for hit in hits if hit.mask == number)
        yield Redaction(kind=mask.kind, count=counts[number], why=masker.hide(mask.why), places=places)
