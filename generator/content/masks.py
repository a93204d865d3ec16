"""遮蔽: a notice in which what its masks name stands nowhere, neither in its words nor in its facts nor in its edits.

A value is found however it is spaced or typed (full width, hyphens, another case), also where it runs over from one
passage to the next. What has been hidden is told by kind and count, never by value.
"""

from __future__ import annotations

import dataclasses
import functools
import itertools
import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from generator.base.diagnostics import Span
from generator.model.decisions import Mask, Redaction
from generator.model.folding import folding
from generator.model.notice import Anomaly, Edit, Notice, Passage
from generator.model.personal import personal_data
from generator.model.personal_rules import KEPT, ROWS

_DROPPED = dict.fromkeys(map(ord, "-‐‑‒–—―−－.·•_\u200b\u200c\u200d\u2060\u00ad"), "")
_IDENTIFIERS = frozenset({"id", "code", "sha256", "anchor", "refers_to", "format", "kind", "role", "status", "review"})
"""Fields that are no words: a mask that they hold is found in the output, and stops the release."""


@functools.cache
def _table() -> dict[int, str]:
    return {ord(char): to for char, to in folding().table.items()} | _DROPPED


def bare(text: str) -> str:
    """`text` as masks compare it: without width, case, script variant, blanks, hyphens and full stops.

    >>> bare("１３８-0013 8000，Ｘ")
    '13800138000,x'
    """
    return text.translate(_table())


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
        self._pattern = any_of(values) if values else None

    def hits(self, text: str) -> list[_Hit]:
        """Where values stand in `text`, in order."""
        if self._pattern is None or not self._pattern.search(bare(text)):
            return []
        table, folded, places = _table(), list[str](), list[int]()
        for at, char in enumerate(text):
            for to in table.get(ord(char), char):
                folded.append(to)
                places.append(at)
        found = []
        for match in self._pattern.finditer("".join(folded)):
            span = Span(places[match.start()], places[match.end() - 1] + 1)
            mask = self.values[match[0]]
            found.append(_Hit(span, label_of(self._masks[mask], span.of(text)), mask))
        return found

    def hide(self, text: str) -> str:
        """`text` without the values."""
        return _replaced(text, self.hits(text))


def _replaced(text: str, hits: Sequence[_Hit]) -> str:
    parts, done = [], 0
    for hit in hits:
        parts += [text[done : hit.span.start], hit.label]
        done = hit.span.end
    return "".join([*parts, text[done:]])


def any_of(values: Iterable[str]) -> re.Pattern[str]:
    """What finds any of the values, the longest first; its time does not grow with their number.

    >>> any_of(["12", "123", "19"]).findall("0123 19")
    ['123', '19']
    """
    return re.compile(_branches(sorted(set(values)), 0))


def _branches(values: Sequence[str], depth: int) -> str:
    """A pattern of what follows the first `depth` characters, which all values share."""
    ends = len(values[0]) == depth
    groups = itertools.groupby(values[ends:], key=lambda value: value[depth])
    parts = [re.escape(char) + _branches(list(same), depth + 1) for char, same in groups]
    if not parts:
        return ""
    body = parts[0] if len(parts) == 1 and not ends else f"(?:{'|'.join(parts)})"
    return body + ("?" if ends else "")


def label_of(mask: Mask, value: str) -> str:
    """What stands in the place of `value`.

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
            if bare(value):
                values.setdefault(bare(value), number)
    return Masker(notice.masks, values)


def _found(notice: Notice, mask: Mask) -> list[str]:
    """The personal data of the mask's kind outside the contact paragraph."""
    texts = [passage.text for passage in notice.body if passage.role != "contact"]
    texts += [edit.before for edit in notice.edits] + [value for _, value in notice.metadata]
    return [span.of(text) for text in texts for row, span in personal_data(text) if row.kind == mask.kind]


def masked(notice: Notice) -> Notice:
    """The notice with its masks applied; they are gone from it, `redactions` tells of what kinds they were."""
    if not notice.masks:
        return notice
    masker = masker_of(notice)
    hits = _in_segments(notice, masker.hits(notice.text))
    moved = _Moved(hits)
    hidden: dict[str, Any] = {
        field.name: _hidden(getattr(notice, field.name), field.name, masker)
        for field in dataclasses.fields(notice)
        if field.init and field.name not in _BY_PLACE
    }
    text = _replaced(notice.text, hits)
    return dataclasses.replace(
        notice,
        **hidden,
        body=tuple(_body(notice, hits, masker)),
        anomalies=tuple(_anomaly(anomaly, moved, text, masker) for anomaly in notice.anomalies),
        evidence=tuple((fact, moved.span(span)) for fact, span in notice.evidence),
        masks=(),
        redactions=tuple(_ledger(notice, hits, moved, masker)),
    )


_BY_PLACE = frozenset({"id", "body", "anomalies", "evidence", "masks", "redactions"})


def mask_edits(notice: Notice) -> tuple[Edit, ...]:
    """What the masks do to the notice's text, as edits of it: the proof of the shown words is that of an import."""
    return tuple(
        Edit(kind="masked", line=0, before=hit.span.of(notice.text), after=hit.label, start=hit.span.start)
        for hit in _in_segments(notice, masker_of(notice).hits(notice.text))
    )


def idle_masks(notice: Notice) -> tuple[Mask, ...]:
    """The masks that hide nothing."""
    masker = masker_of(notice)
    counts = _counts(notice, masker)
    return tuple(mask for number, mask in enumerate(notice.masks) if not counts[number])


def faulty_masks(notice: Notice) -> Iterator[tuple[str, str]]:
    """What is wrong with the masks as they are written, and how to mend it: a mask that hides nothing hides a leak."""
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
        return value if name in _IDENTIFIERS else masker.hide(value)
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
        yield passage._replace(label=label, words=words, marks=_hidden(passage.marks, "marks", masker))


def _cut(text: str, start: int, waiting: deque[_Hit]) -> str:
    """`text`, which stands at `start`, without the hits in it; they are taken from those that wait."""
    inside = []
    while waiting and waiting[0].span.end <= start + len(text):
        hit = waiting.popleft()
        inside.append(_Hit(Span(hit.span.start - start, hit.span.end - start), hit.label, hit.mask))
    return _replaced(text, inside)


class _Moved:
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


def _anomaly(anomaly: Anomaly, moved: _Moved, text: str, masker: Masker) -> Anomaly:
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


def _ledger(notice: Notice, hits: Sequence[_Hit], moved: _Moved, masker: Masker) -> Iterator[Redaction]:
    counts = _counts(notice, masker)
    for number, mask in enumerate(notice.masks):
        places = tuple(moved.span(hit.span) for hit in hits if hit.mask == number)
        yield Redaction(kind=mask.kind, count=counts[number], why=masker.hide(mask.why), places=places)
