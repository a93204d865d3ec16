"""Sentences that speak of many issues at once: of all, of those above, of all but the ones that they name."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from generator.base.diagnostics import Span
from generator.model.notice import Status
from generator.model.numbering import CIRCLED, CN
from generator.parser.blanket_reading import BlanketReading
from generator.parser.clauses import Clause, clauses_of
from generator.parser.counted_done import counted_done
from generator.parser.listed_apart import ListedApart, listed_apart_in
from generator.parser.ordinals import is_ordinal
from generator.parser.plain_words import told_plainly
from generator.parser.rules import status
from generator.parser.text import sentences

_MAY_SAY = re.compile(status.MAY_SAY)
_OF_MANY = re.compile(
    rf"问题|事项|任务|率|[★☆▲△▽●○◎◆◇■□※√✓✔]|[\d{CN}{CIRCLED}][）)]?[项个条]|方面|”[、和及]?“|^“[^“”]{{4,60}}”(?=[需仍正已尚长未])"
)
_OF_BEFORE = re.compile(status.OF_BEFORE)
_TERM = re.compile(r"限期(?!整改的?\s?\d)")
"""Begins a sentence behind it: 限期3个月; 限期整改1个 counts others."""
_GOES_ON = re.compile(
    r"\s?(?:下一?步|下一阶段|今后|后续|接下来)[^。；]{0,60}?(?:(?<!无)(?<!没有)(?:剩余|余下)|未(?:完成|整改|到位|销号)|尚未|继续(?:整改|推进|完成)(?![^，。；]{0,4}(?:成果|成效|长效|常态)))"
)
"""Begins a sentence behind it that tells of what is left: 下一步，局党组将推进剩余整改."""
_LONGEST = 240
"""Characters: a longer sentence tells more than how far the issues are."""

Reach = Literal["all", "above", "below", "part"]
"""Which issues a sentence speaks of: of the notice · above it · below it · of the part where it stands."""


class Blanket(NamedTuple):
    """What a sentence says of many issues."""

    span: Span
    words: str
    status: Status | None
    """Of all that it does not name; None: nothing that is sure."""
    named: tuple[tuple[str, Status], ...]
    """What it says of those that it names."""
    excepted: int
    """How many it says that it names, those of `groups` left out."""
    groups: tuple[str, ...]
    """Of its names those of whole groups, of which it does not say how many issues they hold: 第二方面的问题."""
    rest: int
    """How many others it speaks of; 0: it does not say."""
    total: int
    """How many it speaks of, those that it names among them; 0: it does not say."""
    reach: Reach
    """以上问题, 以下问题, 本方面的问题."""
    is_plural: bool
    """均, 全部, 其余 or a number: not of one issue alone."""
    is_summed: bool
    """How many it speaks of is the sum of what it counts and what it names."""
    apart: ListedApart | None
    """What it counts, where it leaves the unfinished to a list of them."""

    @property
    def ordinals(self) -> list[str]:
        """The numbers among its names: 第3个."""
        return [name for name, _ in self.named if is_ordinal(name)]


def blankets_in(text: str) -> Iterator[Blanket]:
    """The sentences of `text` that say how far many issues are, in order."""
    if not _MAY_SAY.search(text):
        return
    for span in sentences(text, "。；;"):
        sentence = span.of(text)
        if len(sentence) <= _LONGEST and _MAY_SAY.search(sentence) and _OF_MANY.search(sentence):
            found = _blanket(sentence, span)
            if (found is None or found.status is None) and (count := counted_done(sentence)) is not None:
                found = Blanket(
                    span, sentence, "done", named=(), excepted=0, groups=(), rest=0, total=count, reach="all",
                    is_plural=True, is_summed=False, apart=None,
                )  # fmt: skip
            is_taken_back = text.startswith(status.TAKEN_BACK, span.end) or _TERM.match(text, span.end)
            is_of_rest = found is not None and _is_plain(found) and _GOES_ON.match(text, span.end)
            if found is not None and not is_taken_back and not is_of_rest:
                yield found


def _is_plain(found: Blanket) -> bool:
    """Whether it says of all that they are finished, and leaves none out."""
    return found.status == "done" and not (found.named or found.excepted or found.rest or found.groups or found.apart)


@functools.lru_cache(maxsize=256)
def _blanket(sentence: str, span: Span) -> Blanket | None:
    told = told_plainly(sentence)
    inside, outside = _parted(clauses_of(told))
    reading = BlanketReading(told)
    is_of_before = _OF_BEFORE.search(sentence) is not None
    reading.is_unsure = is_of_before
    reading.leave_out(inside)
    for clause in outside:
        reading.read(clause)
    reading.close()
    if is_of_before:
        reading.named = []  # 早前的4个问题: not the first four
    has_rest = reading.has_rest or (bool(inside) and reading.is_plural)
    is_sure = not reading.is_unsure and bool(reading.excepted or reading.groups) == has_rest
    reach: Reach = next((reach for reach in _REACHES if any(reach in clause.kinds for clause in outside)), "all")
    is_of_some = any(not clause.is_whole and clause.scope in ("things", "fed") for clause in outside)
    is_of_some = is_of_some or any("thing" in clause.kinds and "this" not in clause.kinds for clause in inside)
    is_told = (reading.total > 1 or is_of_some) and any(clause.claims for clause in outside)
    apart = listed_apart_in(sentence)
    if not reading.named and not (is_sure and reading.status) and not is_told and apart is None:
        return None
    return Blanket(
        span=span,
        words=sentence,
        status=reading.status if is_sure else None,
        named=tuple((name, reading.of_excepted if said == "unstated" else said) for name, said in reading.named),
        excepted=reading.excepted,
        groups=tuple(reading.groups),
        rest=reading.rest,
        total=max(reading.total, reading.parts)
        or (0 if reading.groups else reading.rest and reading.rest + reading.excepted),
        reach=reach,
        is_plural=reading.is_plural or reading.total > 1 or is_of_some,
        is_summed=reading.is_summed,
        apart=apart,
    )


_REACHES: tuple[Reach, ...] = ("below", "part", "above")


def _parted(clauses: Sequence[Clause]) -> tuple[list[Clause], list[Clause]]:
    """The clauses from 除 to 外, and all others."""
    parts: tuple[list[Clause], list[Clause]] = ([], [])
    is_inside = False
    for clause in clauses:
        is_inside = is_inside or "except" in clause.kinds
        parts[0 if is_inside else 1].append(clause)
        is_inside = is_inside and "outside" not in clause.kinds
    return parts
