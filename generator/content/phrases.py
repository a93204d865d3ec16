"""Set phrases that must be right to the character (GOV-SITE G-IND-01), by the table content/phrases.yml."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from generator.base.diagnostics import ContentError, Diagnostic, Span
from generator.base.structure import Decoder, is_wrong

_LEAST = 6
"""Characters of a fixed phrase: what is like a shorter one is too often another word."""
_LONG = 12
"""Characters from which on two that are left out are seen, too."""
_OTHER = "(?![的{}])[\u4e00-\u9fff]"
"""A character in place of another. 的 makes a sentence of a phrase (中国特色的社会主义) and is no fault."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fixed:
    """A phrase; whatever is nearly it is a fault."""

    text: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unfit:
    """A phrase that is not written, and what is written instead."""

    text: str
    instead: str
    source: str


@dataclass(frozen=True, kw_only=True)
class Phrases:
    """The table."""

    fixed: tuple[Fixed, ...] = ()
    unfit: tuple[Unfit, ...] = ()

    def faults(self, text: str) -> Iterator[tuple[Span, str]]:
        """Where a phrase is wrong, in order of the table, and what an editor is told."""
        for row in self.fixed:
            for found in _like(row.text).finditer(text):
                said = f"与固定表述“{row.text}”只差一两个字，须逐字核对（{row.source}）。"
                yield Span(found.start(), found.end()), said
        for one in self.unfit:
            for found in re.finditer(re.escape(one.text), text):
                yield Span(found.start(), found.end()), f"应为“{one.instead}”（{one.source}）。"


@lru_cache(maxsize=256)
def _like(text: str) -> re.Pattern[str]:
    """What finds whatever is nearly `text`; it takes some ten milliseconds to make, so it is made once."""
    return re.compile("|".join(_variants(text)))


def _variants(text: str) -> Iterator[str]:
    """Patterns of what is nearly `text`. First and last character stand and are not doubled: 学习习近平 is right."""
    missing = (1, 2) if len(text) >= _LONG else (1,)
    for at in range(1, len(text)):
        before, after = re.escape(text[:at]), text[at:]
        ends = re.escape(text[0] * (at == 1) + text[-1] * (len(after) == 1))
        yield before + _OTHER.format(ends) + re.escape(after)
        if len(after) > 1:
            yield before + _OTHER.format(re.escape(after[0])) + re.escape(after[1:])
        yield from (before + re.escape(after[count:]) for count in missing if len(after) > count)


def read_phrases(text: str, file: str = "content/phrases.yml") -> Phrases:
    """The table in `text`. Raises ContentError with every problem."""
    decoder = Decoder(file)
    root = decoder.compose(text)
    found = decoder.record(root, Phrases) if root is not None else Phrases()
    rows: Phrases = Phrases() if is_wrong(found) else found
    problems = list(decoder.problems)
    for phrase, least in [(row.text, _LEAST) for row in rows.fixed] + [(row.text, 2) for row in rows.unfit]:
        if len(phrase) < least:
            problems.append(
                Diagnostic(
                    code="short-phrase",
                    file=file,
                    line=next((n for n, line in enumerate(text.split("\n"), 1) if f"text: {phrase}" in line), 0),
                    message=f"“{phrase}” is too short: it would be found where it is not meant",
                    hint=f"Use {least} characters or more.",
                )
            )
    if problems:
        raise ContentError(problems)
    for row in rows.fixed:
        _like(row.text)  # here, or each process that a check divides into would make all of them
    return rows
