"""Automatic numbering of Word (numbering.xml): which number stands before a paragraph, as it is printed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from lxml import etree

from generator.readers.numerals import printed
from generator.readers.word.ooxml import child, is_on, number, tag, value
from generator.readers.word.symbols import BULLET, symbol

_PLACEHOLDER = re.compile(r"%([1-9])")
_LEVELS = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """One level of a list."""

    start: int = 1
    number_format: str = "decimal"
    text: str = ""
    """`（%1）`: `%n` stands for the number of level n."""
    suffix: str = "tab"
    restart: int | None = None
    """Level (1-based) after which it starts again; 0: never; None: after any level above it."""
    is_legal: bool = False
    """Numbers of the levels above are printed in Arabic digits."""
    style: str | None = None
    """The paragraph style that is numbered by this level."""
    font: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbered:
    """The number of one paragraph."""

    label: str
    """As printed, with the blank behind it where the words would run into it."""
    level: int
    """0-based."""
    is_bullet: bool = False


@dataclass(slots=True)
class _List:
    """A list that paragraphs count in: several `num` may share one."""

    levels: dict[int, Level]
    counts: dict[int, int]


class Numbering:
    """Counts the numbered paragraphs of a document, in reading order."""

    def __init__(self, root: etree._Element | None, style_lists: Mapping[str, str] | None = None) -> None:
        self._abstract: dict[str, dict[int, Level]] = {}
        self._list_of: dict[str, str] = {}
        self._overrides: dict[str, dict[int, Level]] = {}
        self._starts: dict[str, dict[int, int]] = {}
        self._lists: dict[str, _List] = {}
        self._begun: set[tuple[str, int]] = set()
        linked: dict[str, str] = {}
        for element in root if root is not None else ():
            if tag(element) == "w:abstractNum":
                key = value(element, "abstractNumId") or ""
                self._abstract[key] = _levels(element)
                if link := value(child(element, "w:numStyleLink")):
                    linked[key] = link
            elif tag(element) == "w:num":
                self._read_num(element)
        for key, style in linked.items():
            target = self._list_of.get((style_lists or {}).get(style, ""), "")
            self._abstract[key] = self._abstract.get(target, {})

    def _read_num(self, element: etree._Element) -> None:
        key = value(element, "numId") or ""
        self._list_of[key] = value(child(element, "w:abstractNumId")) or ""
        for override in element:
            index = number(override, "ilvl")
            if tag(override) != "w:lvlOverride" or index is None:
                continue
            if (start := number(child(override, "w:startOverride"))) is not None:
                self._starts.setdefault(key, {})[index] = start
            if (level := child(override, "w:lvl")) is not None:
                self._overrides.setdefault(key, {})[index] = _level(level)

    def level_of_style(self, num_id: str, style: str) -> int | None:
        """The 0-based level of the list that numbers paragraphs of a style; None when none is linked with it."""
        levels = self._abstract.get(self._list_of.get(num_id, ""), {})
        return next((index for index, level in levels.items() if level.style == style), None)

    def count(self, num_id: str, index: int) -> Numbered | None:
        """The number of the next paragraph at the 0-based level `index` of a list; None when it has no number."""
        abstract = self._list_of.get(num_id)
        if abstract is None or not 0 <= index < _LEVELS:
            return None
        one = self._lists.setdefault(abstract, _List(self._abstract.get(abstract, {}), {}))
        levels = one.levels | self._overrides.get(num_id, {})
        level = levels.get(index)
        if level is None:
            return None
        starts = {at: known.start for at, known in levels.items()} | self._starts.get(num_id, {})
        restarted = index in self._starts.get(num_id, {}) and (num_id, index) not in self._begun
        self._begun.add((num_id, index))
        start = starts.get(index, 1)
        one.counts[index] = start if restarted or index not in one.counts else one.counts[index] + 1
        _restart_below(one.counts, levels, index)
        counts = {at: one.counts.get(at, starts.get(at, 1)) for at in range(_LEVELS)}
        return _numbered(level, levels, counts, index)


def _restart_below(counts: dict[int, int], levels: Mapping[int, Level], index: int) -> None:
    """Forgets the numbers of the levels below `index` that start again after it."""
    for below in [at for at in counts if at > index]:
        restart = levels[below].restart if below in levels else None
        if restart is None or 0 < index + 1 <= restart:
            del counts[below]


def _numbered(level: Level, levels: Mapping[int, Level], counts: Mapping[int, int], index: int) -> Numbered | None:
    if level.number_format == "bullet":
        return Numbered(label=symbol(level.text[:1], level.font) or BULLET, level=index, is_bullet=True)

    def digits(found: re.Match[str]) -> str:
        at = int(found[1]) - 1
        style = levels[at].number_format if at in levels else "decimal"
        is_digits = level.is_legal and style != "decimalZero"
        return printed(counts[at], "decimal" if is_digits else style)

    label = _PLACEHOLDER.sub(digits, level.text)
    if not label.strip():
        return None
    blank = " " if level.suffix != "nothing" and label[-1].isascii() else ""
    return Numbered(label=label + blank, level=index)


def _levels(element: etree._Element) -> dict[int, Level]:
    found = {}
    for level in element:
        index = number(level, "ilvl")
        if tag(level) == "w:lvl" and index is not None:
            found[index] = _level(level)
    return found


def _level(element: etree._Element) -> Level:
    start = number(child(element, "w:start"))
    text = child(element, "w:lvlText")
    level = Level(
        start=1 if start is None else start,
        number_format=_number_format(element),
        text=(value(text) or "") if not is_on_null(text) else "",
        suffix=value(child(element, "w:suff")) or "tab",
        restart=number(child(element, "w:lvlRestart")),
        is_legal=bool(is_on(child(element, "w:isLgl"))),
        style=value(child(element, "w:pStyle")),
        font=value(child(element, "w:rPr", "w:rFonts"), "ascii") or "",
    )
    return replace(level, text="%1") if text is None else level


def is_on_null(text: etree._Element | None) -> bool:
    """Whether a level's text is switched off, whatever it says."""
    return value(text, "null") in ("1", "true", "on")


def _number_format(element: etree._Element) -> str:
    """The format's name; newer ones stand in an alternative that Word 2010 and later choose."""
    plain = value(child(element, "w:numFmt"))
    newer = child(element, "mc:AlternateContent", "mc:Choice", "w:numFmt")
    if plain is None and newer is not None:
        plain = value(newer)
        if plain == "custom" and (value(newer, "format") or "").startswith("0"):
            return "decimalZero"
    return plain or "decimal"
