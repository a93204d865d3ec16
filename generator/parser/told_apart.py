"""What was found and what was done, told one behind the other without labels, behind a problem's name (FORMATS f)."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from generator.model.numbering import label_at
from generator.parser import status
from generator.parser.deeds import tells_deed
from generator.parser.lines import TITLE_MARKS, Line, is_problem, is_wrapped
from generator.parser.outline import Outline
from generator.parser.rules import wordlists
from generator.parser.text import patterns, sentences

_LACK = re.compile("没|无|只有|仅|超|长期")
_BEGINS = re.compile(
    rf"(?:[①⑴]|[（(]?1[）)．.、]|一是|首先|(?:针对|对)(?:此|该|这|上述)|(?:经|通过)?整改后?|巡察反馈后|目前|截至|现|已|经"
    rf"|[^，,。]{{0,16}}?(?<![未没不])已(?!经?成为)|{patterns(wordlists.DEEDS)})"
)
"""How a sentence begins that tells what was done."""
_FEWEST = 3
_MOST = 0.8
"""Share of the problems with more than a sentence that must be told so."""
_SENTENCES = 4
"""No finding that is told so has more."""


class _Apart(NamedTuple):
    """What is told of a problem: first what was found, then what was done, each in a paragraph or both in one."""

    at: int
    """Line of the finding."""
    end: int
    """Offset in it at which the answer begins; that of its end where a paragraph of its own tells it."""
    first: str
    second: str

    @property
    def is_apart(self) -> bool:
        """Whether the first tells no deed, and the second does."""
        tells = tells_deed(self.second) or _BEGINS.match(self.second)
        return bool(tells) and not tells_deed(self.first) and not _names_part(self.first)


def _names_part(words: str) -> bool:
    """Whether words name a part of a problem, whose answer follows, and others behind it: （1）针对…的问题。"""
    number = label_at(words)
    return is_wrapped(words[number.end if number else 0 :].rstrip(TITLE_MARKS))


def findings_apart(lines: Sequence[Line], outline: Outline) -> Mapping[int, int]:
    """The lines that tell what was found, each with the offset of the answer; none unless nearly all problems do so.

    A single problem proves nothing: an answer, too, may begin with a sentence that tells no deed. One that is a single
    sentence is not asked.
    """
    count = sum(kind == "issue" and _tells_more(lines, outline, at) for at, kind in enumerate(outline.kinds))
    if count < _FEWEST:
        return {}
    pairs = [pair for pair in _pairs(lines, outline) if pair.is_apart]
    faults = sum(is_problem(pair.first) or _LACK.search(pair.first) is not None for pair in pairs)
    is_habit = len(pairs) >= max(_FEWEST, _MOST * count) and faults * 2 >= len(pairs)
    is_shorter = sum(len(pair.first) for pair in pairs) < sum(len(pair.second) for pair in pairs)
    return {pair.at: pair.end for pair in pairs} if is_habit and is_shorter else {}


def _tells_more(lines: Sequence[Line], outline: Outline, index: int) -> bool:
    """Whether more than one sentence stands behind the name of a problem."""
    rest = lines[index].text[outline.ends[index] :].strip()
    below = itertools.takewhile(lambda kind: kind == "text", itertools.islice(outline.kinds, index + 1, index + 3))
    paragraphs = (len(rest) > 1) + sum(1 for _ in below)
    first = rest if len(rest) > 1 or index + 1 >= len(lines) else lines[index + 1].text
    return paragraphs > 1 or "。" in first[: _told_end(first) - 1]


def _told_end(text: str) -> int:
    """Where what is told ends, and a sentence says how far it is: …12次。该问题已完成整改。"""
    said = status.closing_of(text)
    return len(text) if said is None else len(text[: said.span.start].rstrip())


def _pairs(lines: Sequence[Line], outline: Outline) -> Iterator[_Apart]:
    """What is told of each problem that has no label."""
    for index, kind in enumerate(outline.kinds):
        if kind != "issue" or lines[index].role_labels:
            continue
        end = outline.ends[index]
        first = index if len(lines[index].text[end:].strip()) > 1 else index + 1
        if first >= len(lines) or (first > index and not _is_plain(lines, outline, first)):
            continue
        start = end if first == index else 0
        text = lines[first].text
        if (cut := _answer_in(text, start)) is not None:
            yield _Apart(first, cut, text[start:cut], text[cut:])
        elif first + 1 < len(lines) and _is_plain(lines, outline, first + 1, or_first=True):
            yield _Apart(first, len(text), text[start:], lines[first + 1].text)


def _is_plain(lines: Sequence[Line], outline: Outline, at: int, *, or_first: bool = False) -> bool:
    """Whether a paragraph has neither number nor label; `or_first`: or begins with the first of a list, 一是…"""
    label = lines[at].label
    is_numbered = label is not None and not (or_first and label.value == 1)
    return outline.kinds[at] == "text" and not (is_numbered or lines[at].role_labels)


def _answer_in(text: str, start: int) -> int | None:
    """Offset of the first sentence behind the first one that begins as an answer does; None when none does."""
    told = text[start : start + _told_end(text[start:])]
    spans = itertools.islice(sentences(told, "。"), 1, 1 + _SENTENCES)
    starts = (start + span.start for span in spans)
    return next((at for at in starts if _BEGINS.match(text, at) or tells_deed(text[at : at + _HEAD])), None)


_HEAD = 24
"""Characters of a sentence in which its deed is told, where it begins with who did it."""
