"""Hard-wrapped text: which lines end because the page was full, judged by geometry alone."""

from __future__ import annotations

from collections.abc import Sequence

_NARROWEST = 10
"""Nobody wraps at less, in characters."""
_FEWEST = 3
"""Fewer full lines than this are chance."""
_USUAL = 0.15
"""Share of the lines that must be full; where paragraphs stand one a line, their lengths scatter."""
_OUTLIERS = 0.03
"""Share of the lines that may be longer: an address of the web, a table."""
_SHORT_BY = 3
"""Columns by which a full line may fall short, for a word or a mark that must not begin a line."""


def wrapped_lines(lines: Sequence[str]) -> list[bool]:
    """For each line whether the next one continues it.

    True where the line reaches the width at which the text's lines usually end, and the next line follows at once and
    without an indent. The width is counted in characters or in columns, whichever fits the text better. Lines come as
    they stand, with indents and with the blank lines between them.
    """
    filled = [line.rstrip() for line in lines if not line.isspace() and line]
    if len(filled) < _FEWEST:
        return [False] * len(lines)
    full = max((_full([len(line) for line in filled]), _full([_columns(line) for line in filled])), key=sum)
    if _end_by_themselves([line for line, is_full in zip(filled, full, strict=True) if is_full]):
        return [False] * len(lines)
    is_full = iter(full)
    reaches = [bool(line) and not line.isspace() and next(is_full) for line in lines]
    follows = [bool(after) and (not after[0].isspace() or _goes_on(after)) for after in lines[1:]]
    return [here and after for here, after in zip(reaches, [*follows, False], strict=True)]


def _end_by_themselves(full: Sequence[str]) -> bool:
    """Whether most of the full lines end where a sentence does: they are paragraphs that are as long by chance."""
    return sum(line[-1] in _ENDS for line in full) > _BY_CHANCE * len(full)


_ENDS = "。！？；："
_BY_CHANCE = 0.6
"""In text that is wrapped one full line in twenty ends so."""


def _goes_on(line: str) -> bool:
    """Whether a line begins with the blank of a date that was parted (10, and below it  月 26 日), and no indent."""
    return line[0] == " " and line[1:2] in _NEVER_FIRST and line[1:2] != ""


_NEVER_FIRST = "年月日，。、；"


def _columns(line: str) -> int:
    """Display width, nearly: a character of three UTF-8 bytes takes two columns, an ASCII one takes one."""
    return (len(line.encode("utf-8", "replace")) + len(line)) // 2


def _full(widths: Sequence[int]) -> list[bool]:
    """Which lines reach the text's full width; none when its lines do not end at one width."""
    longest = sorted(widths)[-1 - int(_OUTLIERS * len(widths))]
    full = [width >= longest - _SHORT_BY for width in widths]
    reached = sum(full)
    if longest < _NARROWEST or reached < _FEWEST or reached < _USUAL * len(widths):
        return [False] * len(widths)
    return full
