"""Targets about many notices: the lists with their feeds, the open data, the search index, the site map."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from generator.base.layout import digest_of_program
from generator.base.staging import Staging, Written
from generator.build.fingerprint import fingerprint
from generator.build.made import NOT_MADE, Made
from generator.build.store import CHUNKS
from generator.build.targets.open_data import open_data
from generator.build.targets.target import BuildContext, Target, TargetSection, Updated, file_target, writing
from generator.data.catalogue import Address, site_json_ld, sitemaps
from generator.data.feeds import atom, listings
from generator.data.formats import to_json
from generator.data.vcard_ical import calendar
from generator.model.vocabulary import STATUS_NAMES
from generator.pages.deadline_pages import region_deadlines
from generator.pages.list_pages import OTHERS, SECTIONS, list_pages
from generator.pages.units_and_regions import unit_paths
from generator.site.model import joined

if TYPE_CHECKING:
    from generator.search.kept_arrays import KeptArrays

_SEARCH, _SITE_MAP = "search/", "sitemap.xml"
FEEDS = "feeds:"
"""The section of all that is no page."""


def lists(context: BuildContext, section: str | None = None) -> Iterator[Target]:
    """The pages that are neither a notice's nor a unit's; with `section` those below that first name of the path."""
    home = site_json_ld(context.site.config)
    for page in list_pages(context.site, context.frame.contents, section):
        yield context.page(page, home if page.path == "index.html" else None)


def feeds(context: BuildContext) -> Iterator[Target]:
    """The feed and the JSON of each list."""
    site = context.site
    for number, listing in enumerate(listings(site)):
        if number == 0:
            made_from = (listing.newest, site.as_of)
            make = partial(atom, site.config, listing, site.as_of, "feed.xml")
            yield file_target("feed.xml", made_from, make)
        yield Target(
            name=listing.folder + "feed.xml",
            others=(listing.folder + "list.json",) if listing.has_json else (),
            inputs=(listing.title, listing.newest, listing.rows if listing.has_json else (), site.as_of),
            make=writing(partial(context.listing, listing)),
        )
    yield file_target(
        "deadlines/deadlines.ics",
        (site.deadlines, site.as_of),
        lambda: calendar(site.config, f"{site.config.name}整改期限", site.deadlines, site.as_of),
    )
    for region in site.regions:
        if found := region_deadlines(site, region):
            name = f"{region.full_name}整改期限"
            yield file_target(
                region.path + "deadlines.ics",
                (name, found, site.as_of),
                partial(calendar, site.config, name, found, site.as_of),
            )
    progress = {
        "as_of": site.as_of.isoformat() if site.as_of else None,
        "notices": len(site.notices),
        "figures": {STATUS_NAMES[status]: count for status, count in site.figures.items()},
    }
    yield file_target("progress/list.json", progress, lambda: to_json(progress))


def sections(context: BuildContext, made_from: str) -> Iterator[TargetSection]:
    """The lists by the first names of their paths, and their feeds; with the hash of all that these may show."""
    yield TargetSection(name=FEEDS, plan=partial(feeds, context), made_from=made_from)
    for name in SECTIONS:
        yield TargetSection(name=f"{name}:", plan=partial(lists, context, name), made_from=made_from)


def section_of(name: str) -> str:
    """The name of the section that a list is in."""
    first = name.partition("/")[0]
    return f"{first if first in SECTIONS else OTHERS}:" if name.endswith(".html") else FEEDS


def long_ones(context: BuildContext) -> Iterator[Target]:
    """The search index and the open data: what is made from every word of the site."""
    site = context.site

    def search(staging: Staging, before: Made) -> Iterator[Updated]:
        # numpy is loaded by the process that needs it, beside another one that makes pages
        from generator.search.kept_arrays import KeptArrays, KeptLostError  # noqa: PLC0415

        try:
            yield from list(update(staging, before, KeptArrays(context.frame.folder / CHUNKS, digest_of_program())))
        except KeptLostError:  # another build of the site deleted what it does not need
            yield from update(staging, before, KeptArrays())

    def update(staging: Staging, before: Made, store: KeptArrays) -> Iterator[Updated]:
        from generator.search.index import update_index  # noqa: PLC0415
        from generator.search.records import group_sources  # noqa: PLC0415

        files = {file.path: file for file in before.files}
        notes = zip(files, before.notes, strict=False)
        taken = {path for path, file in files.items() if staging.take(file)}
        stand = {path for path, file in files.items() if path in taken or staging.stands(file)}
        known = {path.removeprefix(_SEARCH): note for path, note in notes if path in stand}
        settings = fingerprint(site.config, site.rules.topics)
        old = partial(_read, staging.output / _SEARCH)
        for name, note, content in update_index(group_sources(site, settings), known, store, old):
            path = _SEARCH + name
            if content is not None:
                yield Updated(staging.put(path, content), note, is_made=True)
            elif path in taken:
                yield Updated(files[path], note, is_made=False)
            else:  # a system without links
                yield Updated(staging.put(path, (staging.output / path).read_bytes()), note, is_made=True)
            taken.discard(path)
        staging.drop(taken)

    def whole_search(staging: Staging) -> Iterator[Written]:
        return (one.file for one in search(staging, NOT_MADE))

    yield Target(name=_SEARCH, inputs=site, make=whole_search, update=search)
    yield from open_data(context)


def _read(folder: Path, name: str) -> bytes | None:
    try:
        return (folder / name).read_bytes()
    except OSError:
        return None


def site_map(
    context: BuildContext, of_lists: str, listed: Callable[[], Iterable[str]], beside: Collection[str]
) -> TargetSection:
    """The site map: `listed` gives the names of all lists, and `beside` are the paths of pages beside notices.

    `of_lists` is the hash of all that the lists may show.
    """

    def plan() -> Iterator[Target]:
        pages = (name for name in listed() if name.endswith(".html"))
        addresses = list(_addresses(context, [*pages, *beside]))
        maps = writing(lambda: iter(sitemaps(context.site.config, addresses).items()))
        # plain: ten thousand of them
        inputs = [(one.path, one.changed.iso if one.changed else "") for one in addresses]
        yield Target(name=_SITE_MAP, inputs=inputs, make=maps)

    return TargetSection(name=_SITE_MAP, plan=plan, made_from=joined(of_lists, beside))


def _addresses(context: BuildContext, list_paths: Iterable[str]) -> Iterator[Address]:
    """The pages of the site map with the date of what they show: a list changes with the newest notice."""
    site = context.site
    newest = site.notices[0].notice.published if site.notices else None
    pages = {path: None if path.startswith(("pages/", "search/")) else newest for path in list_paths}
    pages |= {item.path + "index.html": item.changed for item in site.notices}
    pages |= {path: unit.notices[0].notice.published for unit in site.units for path in unit_paths(site, unit)}
    for path in [*sorted(path for path in pages if path.endswith("index.html")), "data/index.html"]:
        yield Address(path=path, changed=pages.get(path, newest))
