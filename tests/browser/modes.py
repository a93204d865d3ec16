"""Every kind of page and every mode of reading, and whether a page stands in anybody's way in one of them."""

from __future__ import annotations

import itertools

from generator.model.decisions import Correction, Mask, Withdrawal
from generator.model.notice import Contact
from tests.browser.tools import tool
from tests.samples import DATE, notice, variety

CHANGED = notice(
    8,
    unit="ling-yi-ju",
    name="中共另一局委员会",
    published="2024-05-01",
    contact=Contact(),
    masks=(Mask(kind="person", value="张三丰", why="个人信息"),),
    corrections=(
        Correction(date=DATE("2024-06-01"), what="开会次数", why="原数有误", before="开会两次", after="只开会一次"),
    ),
)
"""Masked and corrected."""
GONE = notice(
    9, unit="ling-yi-ju", published="2021-01-01", withdrawn=Withdrawal(date=DATE("2024-07-01"), why="内容有误")
)
NOTICES = (*variety(), CHANGED, GONE)
"""What the site of the browser tests holds."""

FULL = f"notices/{notice(1).id}/index.html"
KINDS = {
    "home.html": ("index.html", "zh-hant/index.html"),
    "notices.html": ("notices/index.html", "notices/year/2025/index.html"),
    "notice.html": (
        FULL,
        f"notices/{variety()[3].id}/index.html",
        f"notices/{CHANGED.id}/index.html",
        f"zh-hant/{FULL}",
    ),
    "units.html": ("units/index.html",),
    "unit.html": ("units/mou-ju/index.html",),
    "regions.html": ("regions/index.html",),
    "region.html": ("regions/110000/index.html",),
    "issues.html": ("issues/index.html",),
    "issue-list.html": ("issues/party/index.html", "issues/status/done/index.html"),
    "issue-regions.html": ("issues/region/index.html",),
    "contacts.html": ("contacts/index.html", "contacts/region/index.html"),
    "deadlines.html": ("deadlines/index.html", "deadlines/110105/index.html"),
    "ledger.html": ("ledger/index.html", "ledger/110105/index.html"),
    "changes.html": ("changes/index.html",),
    "compare.html": ("compare/index.html",),
    "same.html": (f"notices/{variety()[2].id}/same/index.html",),
    "progress.html": ("progress/index.html",),
    "search.html": ("search/index.html",),
    "data.html": ("data/index.html",),
    "content.html": ("pages/status/index.html",),
    "sitemap.html": ("sitemap/index.html",),
    "withdrawn.html": (f"notices/{GONE.id}/index.html",),
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
_SEEN = tuple((WIDTHS[number % len(WIDTHS)], look) for number, look in enumerate(LOOKS))
"""Each look once, at one width or another: where axe-core is asked, which takes its time."""
_SIZED = tuple(mode for mode in MODES if mode[1] in (LOOKS[0], LOOKS[3], LOOKS[4]))
"""All widths, in the usual and the largest type and with the borders of high contrast: colours take no room."""

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


def faults_of(page):
    """What axe-core finds on the page in each look, and where it scrolls sideways: (width, look, fault).

    The page's context must be made with `bypass_csp`, for axe-core is a stranger.
    """
    return [*said_by_axe(page, _SEEN), *too_wide(page, _SIZED)]


def said_by_axe(page, modes):
    """What axe-core finds on the page: (width, look, fault), all its rules in the first mode."""
    page.evaluate(tool("axe-core/axe.min.js").read_text(encoding="utf-8"))
    return [
        (*mode, fault)
        for number, mode in enumerate(modes)
        for fault in _shown(page, mode).evaluate(_AXE, _OF_LOOK if number else _ALL)
    ]


def too_wide(page, modes):
    """In which modes the page scrolls sideways: (width, look, fault)."""
    return [(*mode, "scrolls sideways") for mode in modes if _shown(page, mode).evaluate(_TOO_WIDE)]


def _shown(page, mode):
    width, (scheme, size, contrast, forced) = mode
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme, forced_colors=forced)
    set_reading(page, size, contrast)
    return page
