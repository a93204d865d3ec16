"""The order of all pages but those of single notices."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from generator.pages.changes import change_pages, has_changes
from generator.pages.compare import compare_pages, has_pairs
from generator.pages.deadline_pages import deadline_pages
from generator.pages.issues import issue_lists
from generator.pages.ledger import has_ledger, ledger_pages
from generator.pages.lists import contact_lists, notice_lists
from generator.pages.overview import ContentPage, home_page, other_pages, progress_page, search_page
from generator.pages.page import Link, Page, column_link
from generator.pages.units_and_regions import region_pages, unit_lists
from generator.site.model import Site

_SECTIONS: Mapping[str, Callable[[Site], Iterable[Page]]] = {
    "index.html": lambda site: (home_page(site),),
    "notices": notice_lists,
    "units": unit_lists,
    "regions": region_pages,
    "issues": issue_lists,
    "contacts": contact_lists,
    "deadlines": deadline_pages,
    "ledger": ledger_pages,
    "changes": change_pages,
    "compare": compare_pages,
    "progress": lambda site: (progress_page(site),),
    "search": lambda site: (search_page(site),),
}
"""First name of the path → the pages below it."""
OTHERS = "pages"
"""All others."""
SECTIONS = (*_SECTIONS, OTHERS)
"""By which pages can be asked for."""


def record_links(site: Site) -> Iterator[Link]:
    """The pages that only a site has whose notices give something to show there; the footer links to them."""
    if has_ledger(site):
        yield column_link(site.config, "ledger")
    if has_changes(site):
        yield column_link(site.config, "changes")
    if has_pairs(site):
        yield column_link(site.config, "compare")


def list_pages(site: Site, contents: tuple[ContentPage, ...], section: str | None = None) -> Iterator[Page]:
    """Every page that is neither a notice's nor a unit's: those are many, and made one by one.

    With `section`, the first name of a path, those that may be there.
    """
    for name, pages in _SECTIONS.items():
        if section in (name, None):
            yield from pages(site)
    if section not in _SECTIONS:
        yield from other_pages(site, contents)
