"""The place of a unit, from its name, address, postcode, area code or index number, against GB/T 2260 (data/README)."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib import resources

from generator.model.notice import Region

_PROVINCE_SUFFIX = re.compile(r"(?:维吾尔|壮族|回族)?自治区$|特别行政区$|[省市]$")


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """The places of GB/T 2260 by code and by name."""

    names: dict[str, str]
    """code → full name; 2, 4 or 6 digits."""
    by_name: dict[str, tuple[str, ...]]
    """full name → codes."""
    area_codes: dict[str, str]
    """telephone area code → code."""
    postcodes: dict[str, str]
    """first four digits of a postcode → code of the city, or of the province."""
    longest: int
    """Characters of the longest full name."""
    provinces: dict[str, str]
    """A province's short name → code."""

    def name_at(self, text: str, start: int) -> str | None:
        """The longest full name that begins at `start` of `text`."""
        sizes = range(min(self.longest, len(text) - start), 0, -1)
        return next((name for size in sizes if (name := text[start : start + size]) in self.by_name), None)

    def region(self, code: str) -> Region:
        """The region of a code that exists."""
        city, county = self.names.get(code[:4]), self.names.get(code) if len(code) == 6 else None
        return Region(
            code=code.ljust(6, "0"),
            province=self.names[code[:2]],
            city=city if len(code) >= 4 else None,
            county=county,
        )


@functools.cache
def gazetteer() -> Gazetteer:
    """The gazetteer, read once."""
    names = dict(_rows("regions.tsv"))
    by_name: dict[str, list[str]] = {}
    for code, name in names.items():
        by_name.setdefault(name, []).append(code)
    return Gazetteer(
        names=names,
        by_name={name: tuple(codes) for name, codes in by_name.items()},
        area_codes=dict(_rows("area_codes.tsv")),
        postcodes=dict(_rows("postcodes.tsv")),
        longest=max(map(len, by_name)),
        provinces={_PROVINCE_SUFFIX.sub("", name): code for code, name in names.items() if len(code) == 2},
    )


def _rows(file: str) -> Iterable[tuple[str, str]]:
    text = resources.files("generator.parser.rules").joinpath(file).read_text("utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            key, _, value = line.partition("\t")
            yield key, value


@dataclass(frozen=True, slots=True)
class Placed:
    """The place that was found, or the candidates between which the notice does not decide."""

    region: Region | None
    candidates: tuple[Region, ...] = ()


def region_of(
    unit: str,
    *,
    address: str | None,
    postcode: str | None,
    phones: Sequence[str],
    index_number: str | None,
    others: Sequence[str] = (),
) -> Placed:
    """The region of a unit: the finest that its name and the other hints agree on.

    Strong hints (the name, the address) make candidates; weak ones (postcode, area code, index number, `others`: names
    printed in the page) decide between several, or name the city or county when the unit's name says none.
    """
    places = gazetteer()
    hints = _weak_hints(places, phones, postcode, index_number)
    candidates = _codes_in(places, unit)
    from_address = _codes_in(places, address or "")
    if not candidates:
        candidates = _at_own_level(unit, from_address)
    elif from_address:
        candidates = _agreeing(candidates, from_address) or candidates
    for other in others:
        if len(candidates) != 1:
            found = _codes_in(places, other)
            candidates = (_agreeing(candidates, found) or candidates) if candidates else found
    if not candidates:
        candidates = [max(hints, key=len)] if hints and _agree(hints) else []
    elif hints:
        candidates = _agreeing(candidates, hints) or candidates
    if len(candidates) == 1:
        return Placed(places.region(candidates[0]))
    return Placed(None, tuple(places.region(code) for code in candidates))


def _weak_hints(places: Gazetteer, phones: Sequence[str], postcode: str | None, index_number: str | None) -> list[str]:
    hints: list[str] = []
    if index_number and (found := re.match(r"(\d{6})/", index_number)):
        code = found[1]
        hints += [known for known in (code, code[:4], code[:2]) if known in places.names][:1]
    hints += [places.postcodes[digits] for digits in [(postcode or "")[:4]] if digits in places.postcodes]
    for phone in phones:
        digits = re.sub(r"\D", "", phone)
        hints += [places.area_codes[digits[:size]] for size in (4, 3) if digits[:size] in places.area_codes][:1]
    return hints


def _agree(codes: Sequence[str]) -> bool:
    longest = max(codes, key=len)
    return all(longest.startswith(code) for code in codes)


def _agreeing(candidates: Sequence[str], hints: Sequence[str]) -> list[str]:
    """The candidates that lie in a hint's place or hold it."""
    return [c for c in candidates if any(c.startswith(h) or h.startswith(c) for h in hints)]


_OWN_LEVEL = (("省", 2), ("自治区", 2), ("市", 4), ("州", 4), ("盟", 4))
"""A unit that is named after its level (市教育局) lies no deeper than that."""


def _at_own_level(unit: str, codes: Sequence[str]) -> list[str]:
    size = next((size for prefix, size in _OWN_LEVEL if re.sub("^中共", "", unit).startswith(prefix)), 6)
    return list(dict.fromkeys(code[:size] for code in codes))


def _codes_in(places: Gazetteer, text: str) -> list[str]:
    """The codes of the place that `text` begins with, finest first: 福建省漳州市东山县 → 350626; several for 鼓楼区."""
    text = re.sub(r"^(?:中共|中国共产党)", "", text)
    chain: list[str] = []
    position = 0
    short = next((size for size in (2, 3) if text[:size] in places.provinces), 0)
    if short and places.name_at(text, short) and not places.name_at(text, 0):
        chain, position = [places.provinces[text[:short]]], short  # 福建东山县, 宁夏平罗县
    while name := places.name_at(text, position):
        codes = places.by_name[name]
        inner = [code for code in codes if any(code.startswith(above) for above in chain)] if chain else list(codes)
        if not inner:
            break
        chain, position = inner, position + len(name)
    return chain


def is_place(name: str) -> bool:
    """Whether `name` is a full name of GB/T 2260."""
    return name in gazetteer().by_name
