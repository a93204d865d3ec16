"""What travels with the program: templates, content pages and topic rules for a site that has none of its own."""

from __future__ import annotations

from pathlib import Path

from generator.base.diagnostics import DiscloseError

_PACKAGE = Path(__file__).parents[1]


def shipped(name: str) -> Path:
    """The shipped file or folder `name` (`templates`, `content/topics.yml`).

    It is inside the package when that was installed from a wheel, and in the repository's root in a checkout.
    """
    for place in (_PACKAGE / "shipped" / name, _PACKAGE.parent / name):
        if place.exists():
            return place
    raise DiscloseError(f"the program is not installed whole: {name} is missing; install it again")


def site_or_shipped(site: Path, name: str) -> Path:
    """The site's own `name` when it has one, else the shipped one."""
    own = site / name
    return own if own.exists() else shipped(name)
