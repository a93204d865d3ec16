"""Regions in the order of their codes: what lies inside one follows it, deeper."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from generator.site.model import SiteRegion, lies_in


def regions_below(regions: Sequence[SiteRegion], index: int) -> tuple[SiteRegion, ...]:
    """The regions inside the one at `index`, of the highest level there."""
    outer = regions[index].code
    inside = list(itertools.takewhile(lambda region: lies_in(region.code, outer), regions[index + 1 :]))
    top = min((region.depth for region in inside), default=0)
    return tuple(region for region in inside if region.depth == top)
