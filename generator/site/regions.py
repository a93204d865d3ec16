"""Regions in the order of their codes: what lies inside one follows it, deeper."""

from __future__ import annotations

from collections.abc import Sequence

from generator.site.model import SiteRegion


def regions_below(regions: Sequence[SiteRegion], index: int) -> tuple[SiteRegion, ...]:
    """The regions inside the one at `index`, of the highest level there: they follow it up to the next of its depth."""
    inside: list[SiteRegion] = []
    for region in regions[index + 1 :]:
        if region.depth <= regions[index].depth:
            break
        inside.append(region)
    top = min((region.depth for region in inside), default=0)
    return tuple(region for region in inside if region.depth == top)
