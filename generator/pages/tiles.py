"""The country as tiles (方格图): a square a province, roughly where it lies; outlines need an approval number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

PLACES: Mapping[str, tuple[str, int, int]] = {
    # first two digits of GB/T 2260 → short name, column, row
    "11": ("北京", 5, 1), "12": ("天津", 6, 2), "13": ("河北", 5, 2), "14": ("山西", 4, 2), "15": ("内蒙古", 4, 1),
    "21": ("辽宁", 7, 2), "22": ("吉林", 7, 1), "23": ("黑龙江", 7, 0), "31": ("上海", 6, 4), "32": ("江苏", 6, 3),
    "33": ("浙江", 5, 4), "34": ("安徽", 4, 4), "35": ("福建", 5, 5), "36": ("江西", 4, 5), "37": ("山东", 5, 3),
    "41": ("河南", 4, 3), "42": ("湖北", 3, 4), "43": ("湖南", 3, 5), "44": ("广东", 4, 6), "45": ("广西", 3, 6),
    "46": ("海南", 3, 7), "50": ("重庆", 2, 4), "51": ("四川", 1, 4), "52": ("贵州", 2, 5), "53": ("云南", 1, 5),
    "54": ("西藏", 0, 3), "61": ("陕西", 3, 3), "62": ("甘肃", 2, 3), "63": ("青海", 1, 3), "64": ("宁夏", 3, 2),
    "65": ("新疆", 0, 2), "71": ("台湾", 6, 5), "81": ("香港", 5, 6), "82": ("澳门", 4, 7),
}  # fmt: skip
STEPS: tuple[int, ...] = (1, 5, 20, 100, 500)
"""The least number of deadlines that have passed of each step of the scale."""
SHARES: tuple[int, ...] = (1, 50, 70, 85, 95)
"""The least share of issues that are done, in per cent, of each step."""
PITCH = 48
"""From one tile to the next, in units of the drawing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """A province."""

    name: str
    x: int
    y: int
    number: int | None
    """None: the site has no notice of it."""
    href: str
    """From the site's root on; empty without a notice."""
    step: int
    """0 for none, 1–5: as many ticks stand below the number."""


def tiles_of(numbers: Mapping[str, tuple[int | None, str]], steps: Sequence[int] = STEPS) -> Sequence[Tile]:
    """The tiles; `numbers`: by a province's code its number and its address. Empty for a single province."""
    by_code = {code[:2]: found for code, found in numbers.items() if code[:2] in PLACES}
    if len(by_code) < 2:
        return ()
    tiles = []
    for code, (name, column, row) in PLACES.items():
        number, href = by_code.get(code, (None, ""))
        step = sum((number or 0) >= least for least in steps)
        tiles.append(Tile(name=name, x=column * PITCH, y=row * PITCH, number=number, href=href, step=step))
    return tuple(tiles)


def scale(steps: Sequence[int] = STEPS) -> tuple[tuple[int, str], ...]:
    """The steps of the scale in words: 1 → 1—4."""
    ends = (*(least - 1 for least in steps[1:]), None)
    rows = [(0, "0")]
    for step, (least, end) in enumerate(zip(steps, ends, strict=True), 1):
        rows.append((step, f"{least}—{end}" if end else f"{least} 起"))
    return tuple(rows)
