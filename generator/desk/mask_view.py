"""遮盖: what the public will see of a notice, what may have to be hidden, and what is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from generator.base.diagnostics import Span
from generator.content.masks import label_of, masker_of
from generator.desk.acts import Accept, AddMask
from generator.desk.doubt_cards import OF_MASKS, CardChoice, as_json
from generator.desk.rows import row_of
from generator.editorial.acceptance import Finding
from generator.editorial.advice import ADVICE, Advice
from generator.model.decisions import Acceptance, Mask, MaskKind
from generator.model.notice import Notice
from generator.model.personal_rules import ROWS

KINDS: tuple[tuple[MaskKind, str], ...] = (
    ("person", "姓名"),
    ("address", "住址"),
    ("id-card", "身份证号"),
    ("mobile", "手机号"),
    ("bank-card", "银行卡号、账号"),
    ("passport", "护照号"),
    ("plate", "车牌号"),
    ("email", "邮箱"),
    ("account", "微信、QQ"),
    ("birth-date", "出生日期"),
    ("other", "其他"),
)
_WHY = "与整改无关的个人信息"
_KIND_OF = {row.code: row.kind for row in ROWS}


class MaskPart(NamedTuple):
    """A run of the words: as it is, hidden behind a label, or to be looked at."""

    words: str
    label: str = ""
    card: int = 0


class MaskLine(NamedTuple):
    """A paragraph."""

    kind: str
    """`title`, `heading` or `p`."""
    parts: tuple[MaskPart, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MaskCard:
    """Something that may have to be hidden."""

    number: int
    code: str
    name: str
    quote: str
    span: Span | None
    why: str
    kind: MaskKind
    label: str
    blocks: bool
    choices: tuple[CardChoice, ...]
    accepted: Acceptance | None


class MaskRow(NamedTuple):
    """A mask that is there."""

    number: int
    kind: str
    label: str
    why: str
    places: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MaskView:
    """All of the page."""

    lines: tuple[MaskLine, ...]
    cards: tuple[MaskCard, ...]
    masks: tuple[MaskRow, ...]
    shown: int

    @property
    def open(self) -> list[MaskCard]:
        """What nobody settled."""
        return [one for one in self.cards if one.accepted is None]

    @property
    def kept(self) -> list[MaskCard]:
        """What may be seen, and who says so."""
        return [one for one in self.cards if one.accepted is not None]


def mask_view_of(notice: Notice, findings: Sequence[Finding], shown: int = 0) -> MaskView:
    """The page of a notice."""
    found = [one for one in findings if one.diagnostic.code.startswith(OF_MASKS)]
    used: dict[str, int] = {}
    cards = tuple(_card(number, notice, one, used) for number, one in enumerate(found, 1))
    left = [one for one in cards if one.accepted is None]
    hits = [(hit.span, hit.label, hit.mask) for hit in masker_of(notice).hits(notice.text)]
    counts = [sum(mask == number for _, _, mask in hits) for number in range(len(notice.masks))]
    return MaskView(
        lines=tuple(_lines(notice, [(span, label) for span, label, _ in hits], cards)),
        cards=cards,
        masks=tuple(
            MaskRow(number, dict(KINDS)[one.kind], label_of(one, one.value or ""), one.why, counts[number - 1])
            for number, one in enumerate(notice.masks, 1)
        ),
        shown=shown if any(one.number == shown for one in cards) else left[0].number if left else 0,
    )


def _card(number: int, notice: Notice, one: Finding, used: dict[str, int]) -> MaskCard:
    said = one.diagnostic
    at = notice.text.find(said.quote, used.get(said.quote, 0)) if said.quote else -1
    used[said.quote] = at + 1
    kind: MaskKind = _KIND_OF.get(said.code, "other")
    label = label_of(Mask(kind=kind, why=""), said.quote) if said.quote else ""
    return MaskCard(
        number=number,
        code=said.code,
        name=ADVICE.get(said.code, Advice(said.code, "")).name,
        quote=said.quote,
        span=Span(at, at + len(said.quote)) if at >= 0 else None,
        why=said.message.removeprefix(f"“{said.quote}” "),
        kind=kind,
        label=label,
        blocks=one.blocks,
        choices=tuple(_choices(said.code, said.quote, kind, label)),
        accepted=one.accepted,
    )


def _choices(code: str, quote: str, kind: MaskKind, label: str) -> Iterator[CardChoice]:
    if quote and code.startswith("personal-"):
        [values] = row_of(AddMask(kind, "$why", quote)).values()
        yield CardChoice(f"遮盖，显示为 {label}", as_json({"AddMask": values | {"kind": "$kind"}}), field="kind")
    keep = row_of(Accept(code, quote or None, "$why"))
    yield CardChoice("可以公开，照登", as_json(keep), "要写理由，记名", is_asis=True)


def _lines(notice: Notice, hits: Sequence[tuple[Span, str]], cards: Sequence[MaskCard]) -> Iterator[MaskLine]:
    marks = [(span, label, 0) for span, label in hits]
    marks += [(one.span, "", one.number) for one in cards if one.span and one.accepted is None]
    marks.sort()
    start = 0
    for paragraph in notice.text.split("\n"):
        end = start + len(paragraph)
        inside = [(max(span.start, start), min(span.end, end), label, card)
                  for span, label, card in marks if span.start < end and start < span.end]  # fmt: skip
        yield MaskLine(_kind_at(notice, start), tuple(_parts(notice.text, start, end, inside)))
        start = end + 1


def _parts(text: str, start: int, end: int, inside: Sequence[tuple[int, int, str, int]]) -> Iterator[MaskPart]:
    done = start
    for first, last, label, card in inside:
        if first < done:
            continue
        if first > done:
            yield MaskPart(text[done:first])
        yield MaskPart(text[first:last], label if not card else "", card)
        done = last
    if done < end:
        yield MaskPart(text[done:end])


def _kind_at(notice: Notice, start: int) -> str:
    role = next((p.role for p, at in zip(notice.body, notice.starts, strict=True) if at == start), "prose")
    return role if role in ("title", "heading") else "p"
