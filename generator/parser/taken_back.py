"""Sentences outside of the issues that take back what was called finished: 第2个问题整改不到位，予以退回."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from generator.base.diagnostics import Span
from generator.base.late_patterns import late_pattern
from generator.model.notice import Passage
from generator.parser.items import BodyItem
from generator.parser.meant_issues import meant_by_name
from generator.parser.rules import status, taken_back
from generator.parser.statuswords import Word, words_in
from generator.parser.text import sentences

_CUE = late_pattern(taken_back.CUE)
_EXPLAINED = late_pattern(f"{taken_back.CUE}|{taken_back.LEFT_OVER}")
_GOOD = late_pattern(taken_back.GOOD)
_LEFT = late_pattern(taken_back.LEFT)
_IF = late_pattern(taken_back.IF)
_OPEN_NOW = late_pattern(taken_back.OPEN_NOW)
_EXPLAINS = late_pattern(taken_back.EXPLAINS)
_OF_BEFORE = late_pattern(status.OF_BEFORE)
_QUOTE = late_pattern("“[^“”]*”")
_GOOD_AT_ONCE = late_pattern(taken_back.GOOD_AT_ONCE)
_REST = late_pattern(taken_back.REST)
_SHORTEST = 4
_MOST_SENTENCES = 60


class TakenBack(NamedTuple):
    """A sentence that calls some issues unfinished."""

    span: Span
    names: tuple[str, ...]
    """By which it names them: 第2个, 公车管理不严."""
    stated: int
    """How many it says that they are; 0: it does not say."""
    is_now: bool
    """It says so of what is, and not of what was."""
    is_made_good: bool
    """What is said behind it makes it good."""


def taken_back_in(text: str) -> Iterator[TakenBack]:
    """The sentences of `text` that call issues unfinished, by number, by name or by their count."""
    cue = _CUE if _EXPLAINS.match(text) is None else _EXPLAINED
    if cue.search(text) is None:
        return
    spans = list(sentences(text, "。"))[:_MOST_SENTENCES]
    for at, span in enumerate(spans):
        sentence = span.of(text)
        bare = _QUOTE.sub(lambda quote: "“" + "　" * (len(quote[0]) - 2) + "”", sentence)
        cues = list(cue.finditer(bare))
        if not cues or _OF_BEFORE.search(bare) or _IF.match(bare.strip()):
            continue
        names, count = _named(list(words_in(sentence)), sentence, bare, cue)
        behind = bare[cues[-1].end() :] + text[span.end : spans[min(at + 2, len(spans) - 1)].end]
        if names or count:
            is_now = _OPEN_NOW.search(bare, cues[0].start()) or _OPEN_NOW.search(behind)
            yield TakenBack(span, names, count, is_now=is_now is not None, is_made_good=_is_made_good(behind))


def explains_left(text: str) -> bool:
    """Whether a paragraph behind the last answer begins as one that explains, and tells of unfinished issues."""
    return _EXPLAINS.match(text) is not None and any(one.names for one in taken_back_in(text))


def _named(words: Sequence[Word], sentence: str, bare: str, cue: re.Pattern[str]) -> tuple[tuple[str, ...], int]:
    """The numbers and names of issues that a sentence calls unfinished, and how many problems it counts."""
    names = tuple(
        word.of(sentence)
        for word in words
        if (word.kind == "nth" or (word.kind == "quote" and word.end - word.start >= _SHORTEST + 2))
        and _is_open(word, bare, cue)
    )
    counts = [int(one.value) for one, behind in pairwise(words) if one.kind == "count" and behind.kind == "thing"]
    return names, max(counts, default=0)


def _is_open(name: Word, bare: str, cue: re.Pattern[str]) -> bool:
    """Whether what is said first behind a name is that it is unfinished; behind it nothing, it is a name of a list."""
    found, good = cue.search(bare, name.end), _first_good(bare, name.end)
    if good is None or (found is not None and found.start() <= good):
        return True
    return found is None and _REST.search(bare, name.end, good) is not None


def _first_good(bare: str, at: int) -> int | None:
    """Where the first words behind a place say of what stands there that it is finished; 虽已销号 does not count."""
    for found in _GOOD_AT_ONCE.finditer(bare, at):
        clause = bare[max(bare.rfind(mark, 0, found.start()) for mark in "，；：、") + 1 : found.start()]
        if not any(mark in clause for mark in taken_back.NOT_SO):
            return found.start()
    return None


def _is_made_good(behind: str) -> bool:
    """Whether the words behind say last of all that it is finished now, and not of others."""
    good = [one for one in _GOOD.finditer(behind) if _REST.search(behind, 0, one.end()) is None]
    return bool(good) and _LEFT.search(behind, good[-1].end()) is None


def meant_by_it(one: TakenBack, issues: Sequence[BodyItem], body: Sequence[Passage]) -> tuple[list[BodyItem], bool]:
    """The issues that such a sentence names, and whether these are surely all that it means.

    A number and a name beside each other must mean the same: 第2个问题“公车管理不严”.
    """
    by_number: dict[int, BodyItem] = {}
    by_name: dict[int, BodyItem] = {}
    is_found = True
    for name in one.names:
        found = meant_by_name(name, issues, body)
        is_quote = name[0] in '“‘"'
        (by_name if is_quote else by_number).update((item.at, item) for item in found)
        is_found = is_found and (bool(found) or is_quote)
    agree = not (by_number and by_name) or by_number.keys() == by_name.keys()
    meant = by_number | by_name
    is_whole = bool(meant) and is_found and agree and one.stated in (0, len(meant))
    return [meant[at] for at in sorted(meant)], is_whole
