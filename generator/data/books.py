"""Which notices data files are about: all of a site, or, where one workbook would be too large, those of a year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from generator.model.vocabulary import UNDATED
from generator.site.model import Site, SiteNotice, SiteUnit

FOLDER = "data/"
"""The path of the open data."""


class ChosenUnit(NamedTuple):
    """A unit with those of its notices that are chosen."""

    unit: SiteUnit
    items: tuple[SiteNotice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """The notices that data files are about: all of a site, or those of a year."""

    site: Site
    name: str
    """`2024`, `undated`; empty: all."""
    title: str
    """2024年; empty: all."""
    notices: Sequence[SiteNotice]

    @property
    def folder(self) -> str:
        """Where the files are published: `data/`, `data/2024/`."""
        return f"{FOLDER}{self.name}/" if self.name else FOLDER

    @property
    def units(self) -> Sequence[ChosenUnit]:
        """The units that have one of them, by pinyin."""
        found: dict[str, list[SiteNotice]] = {}
        for item in self.notices:
            found.setdefault(item.notice.unit.id, []).append(item)
        return [ChosenUnit(one, tuple(found[one.unit.id])) for one in self.site.units if one.unit.id in found]


MOST_WHOLE = 300
"""Notices of a site that a workbook holds whole."""


def books_of(site: Site) -> Sequence[Chosen]:
    """The notices that one workbook holds: all of a site, of a large one those of each year."""
    return by_year(site) if len(site.notices) > MOST_WHOLE else [all_of(site)]


def all_of(site: Site) -> Chosen:
    """All notices."""
    return Chosen(site=site, name="", title="", notices=site.notices)


def by_year(site: Site) -> Sequence[Chosen]:
    """The notices of each year, the newest first, those without a date last."""
    found: dict[int, list[SiteNotice]] = {}
    for item in site.notices:
        found.setdefault(item.year or 0, []).append(item)
    return [
        Chosen(
            site=site,
            name=str(year or "undated"),
            title=f"{year}年" if year else UNDATED,
            notices=tuple(found[year]),
        )
        for year in sorted(found, reverse=True)
    ]
