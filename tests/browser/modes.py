"""Every kind of page and every mode of reading, and whether a page stands in anybody's way in one of them."""

from __future__ import annotations

import itertools

from tests.browser.conftest import tool
from tests.samples import notice, variety

FULL = f"notices/{notice(1).id}/index.html"
KINDS = {
    "home.html": ("index.html", "zh-hant/index.html"),
    "notices.html": ("notices/index.html", "notices/year/2025/index.html"),
    "notice.html": (FULL, f"notices/{variety()[3].id}/index.html", f"zh-hant/{FULL}"),
    "units.html": ("units/index.html",),
    "unit.html": ("units/mou-ju/index.html",),
    "regions.html": ("regions/index.html",),
    "region.html": ("regions/110000/index.html",),
    "issues.html": ("issues/index.html",),
    "issue-list.html": ("issues/party/index.html", "issues/status/done/index.html"),
    "contacts.html": ("contacts/index.html",),
    "deadlines.html": ("deadlines/index.html",),
    "progress.html": ("progress/index.html",),
    "search.html": ("search/index.html",),
    "data.html": ("data/index.html",),
    "content.html": ("pages/status/index.html",),
    "sitemap.html": ("sitemap/index.html",),
    "404.html": ("404.html",),
}
"""Each template of a page, and pages of the built site that show what it can show."""
PATHS = tuple(itertools.chain.from_iterable(KINDS.values()))

WIDTHS = (320, 768, 1600)
LOOKS = (
    # colour scheme, data-size, data-contrast, forced colours
    ("light", "", "", "none"),
    ("dark", "", "", "none"),
    ("light", "l", "", "none"),
    ("dark", "xl", "", "none"),
    ("light", "", "high", "none"),
    ("dark", "", "", "active"),
)
MODES = tuple(itertools.product(WIDTHS, LOOKS))

_SET = """([size, contrast]) => {
  const root = document.documentElement;
  for (const [name, value] of [['data-size', size], ['data-contrast', contrast]])
    value ? root.setAttribute(name, value) : root.removeAttribute(name);
}"""
_ALL = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_OF_LOOK = ["color-contrast", "target-size", "link-in-text-block", "scrollable-region-focusable"]
"""Rules whose outcome depends on the mode: the others are asked once."""
_AXE = """rules => axe.run(document, {preload: false, resultTypes: ['violations'], runOnly: rules})
  .then(found => found.violations.map(v => v.id + ': ' + v.nodes[0].html.slice(0, 160)))"""
_TOO_WIDE = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


def set_reading(page, size, contrast):
    """Reads in that size of type and that contrast, as the page's own switches do."""
    page.evaluate(_SET, [size, contrast])


def faults_of(page, modes=MODES):
    """What axe-core finds on the page, and where it scrolls sideways: (width, look, fault), over all modes.

    The page's context must be made with `bypass_csp`, for axe-core is a stranger.
    """
    page.evaluate(tool("axe-core/axe.min.js").read_text(encoding="utf-8"))
    found = []
    for number, (width, look) in enumerate(modes):
        scheme, size, contrast, forced = look
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme, forced_colors=forced)
        set_reading(page, size, contrast)
        found += ((width, look, fault) for fault in page.evaluate(_AXE, _OF_LOOK if number else _ALL))
        if page.evaluate(_TOO_WIDE):
            found.append((width, look, "scrolls sideways"))
    return found
