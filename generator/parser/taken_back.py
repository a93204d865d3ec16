"""Sentences outside of the issues that take back what was called finished: 第2个问题整改不到位，予以退回."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from generator.base.diagnostics import Span
from generator.base.late_patterns import late_pattern
from generator.model.notice import Passage
from generator.model.numbering import CN
from generator.parser.items import BodyItem
from generator.parser.meant_issues import meant_by_name
from generator.parser.rules import status, taken_back
from generator.parser.statuswords import Word, words_in
from generator.parser.text import sentences

_CUE = late_pattern(taken_back.CUE)
_EXPLAINED = late_pattern(f"{taken_back.CUE}|{taken_back.LEFT_OVER}")
_MAY = late_pattern(taken_back.MAY_CUE)
_GOOD = late_pattern(taken_back.GOOD)
_LEFT = late_pattern(taken_back.LEFT)
_OF_PEOPLE = late_pattern(taken_back.OF_PEOPLE)
_PREVENTED = late_pattern(taken_back.PREVENTED)
_IF = late_pattern(taken_back.IF)
_OPEN_NOW = late_pattern(taken_back.OPEN_NOW)
_EXPLAINS = late_pattern(taken_back.EXPLAINS)
_OF_BEFORE = late_pattern(status.OF_BEFORE)
_QUOTE = late_pattern("“[^“”]*”")
_GOOD_AT_ONCE = late_pattern(taken_back.GOOD_AT_ONCE)
_REST = late_pattern(taken_back.REST)
_NUMBERS = late_pattern(
    rf"(?:(?<!第)(?<![、和）)])(?P<n>[（(][\d{CN}]{{1,3}}[）)](?:[、和][（(][\d{CN}]{{1,3}}[）)]){{0,9}})(?=[等这]?[\d{CN}]{{1,2}}[个项条]?问题))"
    rf"|(?<![\d第、])(?P<m>\d{{1,2}}(?:[、和]\d{{1,2}}){{0,9}})号(?=问题)"
)
"""（三）、（四）两个问题; 2、4号问题."""
_LISTED = late_pattern(r"问题[（(](?:即|为|分别[为是])?(?P<names>[^（()），。；：“”\d]{4,80})[）)]")
"""1个问题（公车管理不严）."""
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
    is_sure: bool = True
    """Its words leave no doubt that they are unfinished."""


def taken_back_in(text: str, *, is_behind: bool = True) -> Iterator[TakenBack]:
    """The sentences of `text` that call issues unfinished, by number, by name or by their count.

    `is_behind`: it stands behind all issues, and any word of doubt beside the name of one may take its 完成 back.
    """
    cue = _CUE if _EXPLAINS.match(text) is None else _EXPLAINED
    if (_MAY if is_behind else cue).search(text) is None and cue.search(text) is None:
        return
    spans = list(sentences(text, "。"))[:_MOST_SENTENCES]
    for at, span in enumerate(spans):
        sentence = span.of(text)
        bare = _QUOTE.sub(lambda quote: "“" + "　" * (len(quote[0]) - 2) + "”", sentence)
        is_sure = cue.search(bare) is not None
        warning = cue if is_sure or not is_behind else _MAY
        cues = [one for one in warning.finditer(bare) if not _PREVENTED.search(bare, 0, one.start())]
        is_of_people = not is_sure and _OF_PEOPLE.search(bare) is not None
        if not cues or is_of_people or _OF_BEFORE.search(bare) or _IF.match(bare.strip()):
            continue
        names, count = _named(sentence, bare, warning)
        behind = bare[cues[-1].end() :] + text[span.end : spans[min(at + 2, len(spans) - 1)].end]
        if names or (count and is_sure):
            is_now = _OPEN_NOW.search(bare, cues[0].start()) or _OPEN_NOW.search(behind)
            is_good = _is_made_good(behind)
            yield TakenBack(span, names, count, is_now=is_now is not None, is_made_good=is_good, is_sure=is_sure)


def explains_left(text: str) -> bool:
    """Whether a paragraph behind the last answer begins as one that explains, and tells of unfinished issues."""
    return _EXPLAINS.match(text) is not None and any(one.names for one in taken_back_in(text))


def _named(sentence: str, bare: str, cue: re.Pattern[str]) -> tuple[tuple[str, ...], int]:
    """The numbers and names of issues that a sentence calls unfinished, and how many problems it counts."""
    words = list(words_in(sentence))
    found = [(word.of(sentence), word.end) for word in words if word.kind == "nth" or _is_name(word)]
    found += [(f"第{one['n'] or one['m']}项", one.end()) for one in _NUMBERS.finditer(sentence)]
    found += [(f"“{name}”", one.end()) for one in _LISTED.finditer(sentence) for name in one["names"].split("、")]
    counts = [int(one.value) for one, behind in pairwise(words) if one.kind == "count" and behind.kind == "thing"]
    return tuple(name for name, end in found if _is_open(end, bare, cue)), max(counts, default=0)


def _is_name(word: Word) -> bool:
    return word.kind == "quote" and word.end - word.start >= _SHORTEST + 2


def _is_open(end: int, bare: str, cue: re.Pattern[str]) -> bool:
    """Whether what is said first behind a name is that it is unfinished; behind it nothing, it is a name of a list."""
    found, good = cue.search(bare, end), _first_good(bare, end)
    if good is None or (found is not None and found.start() <= good):
        return True
    return found is None and _REST.search(bare, end, good) is not None


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
