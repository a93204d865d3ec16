"""The order of all pages but those of single notices."""

from __future__ import annotations

from collections.abc import Iterator

from generator.pages.base import Page
from generator.pages.issues import issue_lists
from generator.pages.lists import contact_lists, deadline_lists, notice_lists
from generator.pages.overview import ContentPage, home_page, other_pages, progress_page, search_page
from generator.pages.places import region_pages, unit_lists
from generator.site import Site


def list_pages(site: Site, contents: tuple[ContentPage, ...]) -> Iterator[Page]:
    """Every page that is neither a notice's nor a unit's: those are many, and made one by one."""
    yield home_page(site)
    yield from notice_lists(site)
    yield from unit_lists(site)
    yield from region_pages(site)
    yield from issue_lists(site)
    yield from contact_lists(site)
    yield from deadline_lists(site)
    yield progress_page(site)
    yield search_page(site)
    yield from other_pages(site, contents)
