"""Where a unit is, by its name."""

from __future__ import annotations

from pathlib import Path

from generator.parser.region import region_of
from tests.every import every

ROWS = [
    row.split(" | ")
    for row in (Path(__file__).parents[1] / "fixtures" / "regions.txt").read_text("utf-8").splitlines()
    if not row.startswith("#")
]


@every(ROWS)
def test_region_of_a_name(unit, *expected):
    found = region_of(unit, address=None, postcode=None, phones=(), index_number=None)
    assert found.region is not None, found.candidates
    places = (found.region.province, found.region.city, found.region.county)
    assert [place or "-" for place in places] == list(expected)
