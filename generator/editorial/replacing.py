"""A newer version of a notice takes the place of the older one, and what people did to that is kept.

A notice is known by its id, by unit and day, and by how much of its words is the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from generator.base.diagnostics import ContentError, DiscloseError
from generator.base.files import kept_name, read_text, write_bytes, write_text
from generator.base.layout import PHRASES, SOURCES
from generator.base.shipped import site_or_shipped
from generator.content.config import load_config
from generator.content.in_words import passage_place, place_of
from generator.content.journal import put_aside
from generator.content.merging import MergeChange, Merged, Side, merge
from generator.content.notice_file import read_notice, write_notice
from generator.content.origin import Origin, OriginError, origin_of, remember
from generator.content.phrases import read_phrases
from generator.editorial.acceptance import settle
from generator.editorial.against_source import against
from generator.editorial.inspection import inspect
from generator.model.decisions import Acceptance
from generator.model.differing import hunks
from generator.model.notice import Notice

_GRAM = 8
"""Characters in a row by which words are compared."""
SURE, LIKELY = 0.7, 0.3
"""Share of the same words from which on two notices are one; and when they are of the same unit and day."""
_LEAST = 16
"""Characters of a passage by which a notice may be known again."""


def share(one: str, other: str) -> float:
    """How much of the shorter of two texts stands in the other: 0–1.

    >>> share("关于会议制度不落实的问题已整改", "关于会议制度不落实的问题已整改")
    1.0
    """
    grams, others = ({text[at : at + _GRAM] for at in range(max(1, len(text) - _GRAM + 1))} for text in (one, other))
    return len(grams & others) / min(len(grams), len(others))


class Fit(NamedTuple):
    """A notice of the site that a source file may be a newer version of."""

    path: Path
    share: float
    """Of the same words."""


class Shelf:
    """The notices of a site by what they are known by: unit and day, and their longer passages."""

    def __init__(self) -> None:
        self._days: dict[tuple[str, str], list[Path]] = {}
        self._passages: dict[int, list[Path]] = {}
        self._units: dict[Path, str] = {}

    def add(self, path: Path, notice: Notice) -> None:
        """Put a notice, or its newer version, on the shelf."""
        self._units[path] = notice.unit.id
        for place in (self._days.setdefault(_day(notice), []), *(self._same(word) for word in _passages(notice))):
            if path not in place and len(place) < _COMMON:
                place.append(path)

    def _same(self, words: int) -> list[Path]:
        return self._passages.setdefault(words, [])

    def unit_of(self, path: Path) -> str | None:
        """The unit of a notice; None: it is not here."""
        return self._units.get(path)

    def of_day(self, notice: Notice) -> list[Path]:
        """The notices of its unit and day."""
        return list(self._days.get(_day(notice), ())) if notice.unit.id and notice.published else []

    def fits(self, notice: Notice) -> list[Fit]:
        """The notices that this one may be a newer version of, the likeliest first."""
        near = Counter(path for words in _passages(notice) for path in self._passages.get(words, ()))
        same_day = self.of_day(notice)
        found = []
        for path in dict.fromkeys((*same_day, *(path for path, _ in near.most_common(_NEAR)))):
            same = share(notice.text, read(path).text)
            if same >= (LIKELY if path in same_day else SURE):
                found.append(Fit(path, same))
        return sorted(found, key=lambda fit: -fit.share)


_COMMON = 50
"""A passage that more notices have is a set phrase."""
_NEAR = 5
"""Notices that have passages in common and are compared word for word."""


def _day(notice: Notice) -> tuple[str, str]:
    return notice.unit.id, notice.published.iso if notice.published else ""


def _passages(notice: Notice) -> set[int]:
    return {hash(p.words) for p in notice.body if len(p.words) >= _LEAST}


@dataclass(frozen=True, slots=True, kw_only=True)
class Replacement:
    """What became of a notice and its newer version."""

    path: Path
    merged: Merged
    before: Notice
    dropped: tuple[Acceptance, ...]
    """Acceptances that accept nothing any more."""
    kept: Path | None = None
    """Where the content file is kept as it was; None: nothing was written."""

    @property
    def notice(self) -> Notice:
        """The notice now."""
        return self.merged.notice

    @property
    def is_changed(self) -> bool:
        """Whether the content file is another now, or would be."""
        return self.merged.notice != self.before


Ask = Callable[[MergeChange, str], Side | None]
"""Asked which side to take where both changed, with what people call the place; None: nobody chose."""


class Replacer:
    """Replaces notices of a site by newer versions."""

    def __init__(
        self, site: Path, *, choose: Ask = lambda *_: None, is_whole: bool = False, is_dry: bool = False
    ) -> None:
        """`choose` is asked where both changed.

        `is_whole`: where nobody can tell who changed what, as the old source is lost or the new one is the same file,
        the new version is taken. `is_dry`: nothing is written.
        """
        self._site, self._choose, self._is_whole, self.is_dry = site, choose, is_whole, is_dry
        self._config = load_config(site)
        self._phrases = read_phrases(read_text(site_or_shipped(site, PHRASES), PHRASES))

    def replace(self, path: Path, origin: Origin, data: bytes, name: str) -> Replacement:
        """Merge the notice in `path` with the new version that `origin` says, and write it when nothing is open.

        Raises DiscloseError when the content file or its old source cannot be read.
        """
        text = read_text(path, str(path))
        mine = read(path)
        base = self._base(mine, path, is_same=origin.notice.source.sha256 == mine.source.sha256)
        file = self._free_name(mine.id, kept_name(name), data)
        theirs = origin.notice.replace(source=replace(origin.notice.source, file=file))
        merged = merge(base, mine, theirs, lambda one: self._choose(one, place_of(one.name, mine)))
        merged, dropped = self._accepted(merged, origin)
        done = Replacement(path=path, merged=merged, before=mine, dropped=dropped)
        if self.is_dry or merged.open or not done.is_changed:
            return done
        kept = put_aside(self._site, mine.id, text)
        write_bytes(self._site / SOURCES / mine.id / file, data)
        remember(self._site, theirs.source.sha256, file, origin)
        write_text(path, write_notice(merged.notice))
        return Replacement(path=path, merged=merged, before=mine, dropped=dropped, kept=kept)

    def _base(self, mine: Notice, path: Path, *, is_same: bool) -> Notice:
        """What an import of the old source makes."""
        if is_same and self._is_whole:
            return mine
        try:
            return origin_of(self._site, mine).notice
        except OriginError as error:
            if self._is_whole:
                return mine
            raise DiscloseError(
                f"{path}: {error}; without it nobody can tell what was edited. Put it back into {SOURCES}/{mine.id}; "
                "or take the new version whole, with the decisions of the old one: --take-new all."
            ) from error

    def _free_name(self, notice_id: str, name: str, data: bytes) -> str:
        """`name`, or another with a number, where another source of the notice has it: that is kept."""
        folder, number = self._site / SOURCES / notice_id, 1
        stem, suffix = Path(name).stem, Path(name).suffix
        while (place := folder / name).exists() and place.read_bytes() != data:
            number += 1
            name = f"{stem}-{number}{suffix}"
        return name

    def _accepted(self, merged: Merged, origin: Origin) -> tuple[Merged, tuple[Acceptance, ...]]:
        """The notice without the acceptances that accept nothing any more, and those."""
        notice = merged.notice
        lines = write_notice(notice).split("\n")
        found = [*inspect(notice, lines, "", self._config, self._phrases), *against(notice, lines, "", origin)]
        used = [one.accepted for one in settle(found, notice.accepted, "") if one.accepted is not None]
        dropped = tuple(one for one in notice.accepted if one not in used)
        kept = tuple(one for one in notice.accepted if one in used)
        return Merged(notice=notice.replace(accepted=kept), changes=merged.changes, gone=merged.gone), dropped


def read(path: Path) -> Notice:
    """The notice in a content file. Raises ContentError."""
    notice, problems = read_notice(read_text(path, str(path)), str(path))
    if notice is None:
        raise ContentError(problems)
    return notice


def told(done: Replacement, *, is_open: bool = False) -> Iterator[str]:
    """What differs, a line each: what is new, what was kept, where somebody has to choose; or the last alone."""
    for one in done.merged.open if is_open else done.merged.changes:
        yield _line(one, place_of(one.name, done.notice))
    if is_open:
        return
    for anchor in done.merged.gone:
        place = passage_place(done.before.body, anchor)
        yield f"gone: {place} is not in the new version; links to #{anchor} lead to the notice's page"
    for gone in (one for one in done.before.errata if one not in done.notice.errata):
        yield f"erratum no more needed: “{gone.before}” → “{gone.after}”"
    for by in done.dropped:
        yield f"no more accepted: {by.code}" + (f" “{by.quote}”" if by.quote else "")


def _line(one: MergeChange, place: str) -> str:
    was, own, new = one.base, one.mine, one.theirs
    if not one.is_own:
        return _line_of_values(one, place)
    if one.taken == "theirs":
        return f"{place}: new: “{_cut(was, new)}” → “{_cut(new, was)}”"
    if one.taken == "mine":
        return f"{place}: kept: “{_cut(own, was)}” (imported as “{_cut(was, own)}”)"
    both = f"{place}: both changed: “{_cut(own, new)}” here, “{_cut(new, own)}” in the new version"
    return f"{both}; the place is called {_key(one)}"


def _line_of_values(one: MergeChange, place: str) -> str:
    was, own, new = (value or "not stated" for value in (one.base, one.mine, one.theirs))
    if one.taken == "theirs":
        return f"{place}: new: {was} → {new}"
    if one.taken == "mine":
        return f"{place}: kept: {own}; imported as {was}"
    return f"{place}: both changed: {own} here, {new} in the new version; the place is called {_key(one)}"


def _key(one: MergeChange) -> str:
    """What `--take-new` and `--keep-mine` call a place."""
    return one.name.removeprefix("#")


_SHOWN = 40


def _cut(text: str, other: str) -> str:
    """What of a text differs from another, with what stands around it."""
    if len(text) <= _SHOWN:
        return text
    found = hunks(text, other)
    start, end = (found[0].start, found[-1].end) if found else (0, _SHOWN)
    first, last = max(0, start - 8), min(len(text), max(end + 8, start + 8))
    shown = text[first:last]
    shown = shown if len(shown) <= 2 * _SHOWN else f"{shown[:_SHOWN]}…{shown[-_SHOWN:]}"
    return ("…" if first else "") + shown + ("…" if last < len(text) else "")
