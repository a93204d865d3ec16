"""The tasks of a build: each writes a kind of files for a range of notices, units, pages or tables."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from generator.charts import STATUS_NAMES
from generator.exports.cards import calendar, vcard
from generator.exports.catalogue import (
    MEDIA_TYPES,
    Address,
    data_catalogue,
    notice_json_ld,
    opensearch,
    robots,
    site_json_ld,
    sitemaps,
)
from generator.exports.data import write_data
from generator.exports.feeds import Listing, atom, list_json, listings, unit_listing
from generator.exports.formats import to_json
from generator.exports.tables import TABLES, table_schema
from generator.files import Staging, Written
from generator.model import PartialDate
from generator.pages.base import Page
from generator.pages.data import data_page
from generator.pages.notice import notice_page
from generator.pages.overview import ContentPage
from generator.pages.places import unit_page
from generator.pages.plan import list_pages
from generator.record import record_of
from generator.render import Renderer
from generator.schema import notice_schema
from generator.search.index import write_index
from generator.search.records import groups_of
from generator.site import Site
from generator.traditional import FOLDER, has_edition

SOURCES = "content/sources"


@dataclass(frozen=True, slots=True, kw_only=True)
class Worker:
    """What every task needs."""

    folder: Path
    site: Site
    contents: tuple[ContentPage, ...]
    templates: tuple[Path, ...]
    staging: Staging
    renderer: Renderer

    def put(self, path: str, data: bytes) -> Written:
        """Write a file."""
        return self.staging.put(path, data)

    def page(self, page: Page, json_ld: Mapping[str, object] | None = None) -> Iterator[Written]:
        """Write a page."""
        root = urlsplit(self.site.config.base_url).path if page.path == "404.html" else page.root
        yield self.put(page.path, self.renderer.page(page, root, json_ld).encode())
        if self.site.config.traditional and has_edition(page.path):
            yield self.put(FOLDER + page.path, self.renderer.traditional(page).encode())


def _notices(worker: Worker, numbers: range) -> Iterator[Written]:
    site, config = worker.site, worker.site.config
    for item in site.notices[numbers.start : numbers.stop]:
        topics = {issue.anchor: issue.topics for issue in item.issues}
        yield from worker.page(notice_page(site, item), json_ld=notice_json_ld(config, item))
        yield worker.put(item.path + "notice.json", to_json(record_of(item.notice, topics)))
        yield worker.put(item.path + "notice.txt", (item.notice.text + "\n").encode())
        if config.publish_sources:
            name = item.notice.source.file.rpartition("/")[2]
            source = worker.folder / SOURCES / name
            if source.is_file():
                yield worker.put(f"{item.path}source/{name}", source.read_bytes())


def _units(worker: Worker, numbers: range) -> Iterator[Written]:
    site = worker.site
    for unit in site.units[numbers.start : numbers.stop]:
        yield from worker.page(unit_page(site, unit))
        yield from _listing(worker, unit_listing(unit))
        if unit.contact:
            yield worker.put(unit.path + "contact.vcf", vcard(site.config, unit))
        deadlines = [deadline for item in unit.notices for deadline in site.deadlines_of[item.notice.id]]
        if deadlines:
            name = f"{unit.unit.name}整改期限"
            yield worker.put(unit.path + "deadlines.ics", calendar(site.config, name, deadlines, site.as_of))


def _pages(worker: Worker, _: range) -> Iterator[Written]:
    home = site_json_ld(worker.site.config)
    for page in list_pages(worker.site, worker.contents):
        yield from worker.page(page, home if page.path == "index.html" else None)


def _listings(worker: Worker, _: range) -> Iterator[Written]:
    site = worker.site
    for number, listing in enumerate(listings(site)):
        if number == 0:
            yield worker.put("feed.xml", atom(site.config, listing, site.as_of, "feed.xml"))
        yield from _listing(worker, listing)
    yield worker.put(
        "deadlines/deadlines.ics", calendar(site.config, f"{site.config.name}整改期限", site.deadlines, site.as_of)
    )
    figures = {STATUS_NAMES[status]: count for status, count in site.figures.items()}
    progress = {"as_of": site.as_of.isoformat() if site.as_of else None, "notices": len(site.notices)}
    yield worker.put("progress/list.json", to_json(progress | {"figures": figures}))


def _listing(worker: Worker, listing: Listing) -> Iterator[Written]:
    config, as_of = worker.site.config, worker.site.as_of
    yield worker.put(listing.folder + "feed.xml", atom(config, listing, as_of))
    yield worker.put(listing.folder + "list.json", list_json(config, listing, as_of))


def _data(worker: Worker, _: range) -> Iterator[Written]:
    for name in write_data(worker.site, worker.staging.folder / "data"):
        yield worker.staging.adopt(f"data/{name}")


def _search(worker: Worker, _: range) -> Iterator[Written]:
    for path, data in write_index(groups_of(worker.site)):
        yield worker.put(f"search/{path}", data)


def _fixed(worker: Worker, _: range) -> Iterator[Written]:
    config = worker.site.config
    yield worker.put("data/schema/notice-v1.json", _pretty(notice_schema()))
    for table in TABLES:
        yield worker.put(f"data/schema/{table.name}-v1.json", _pretty(table_schema(table)))
    yield worker.put("robots.txt", robots(config))
    yield worker.put("opensearch.xml", opensearch(config))
    assets: dict[str, Path] = {}
    for folder in worker.templates:
        for path in sorted((folder / "assets").rglob("*")):
            if path.is_file():
                assets.setdefault(path.relative_to(folder).as_posix(), path)
    for name, path in assets.items():
        yield worker.put(name, path.read_bytes())


def _pretty(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def _once(_: Site) -> int:
    return 1


TASKS: Mapping[str, tuple[Callable[[Worker, range], Iterator[Written]], Callable[[Site], int]]] = {
    "search": (_search, _once),
    "data": (_data, _once),
    "listings": (_listings, _once),
    "pages": (_pages, _once),
    "notices": (_notices, lambda site: len(site.notices)),
    "units": (_units, lambda site: len(site.units)),
    "fixed": (_fixed, _once),
}
"""Name → what it does, and how many items it can be divided into. Long tasks that cannot be divided come first."""


def finish(worker: Worker, written: Iterable[Written]) -> Iterator[Written]:
    """What speaks of the files themselves: the data page, the catalogue and the site map."""
    site = worker.site
    data = sorted(
        (file for file in written if file.path.startswith("data/") and file.path.count("/") == 1),
        key=lambda file: (list(MEDIA_TYPES).index(file.path.rpartition(".")[2]), file.path),
    )
    yield worker.put("data/catalog.jsonld", data_catalogue(site, data))
    yield from worker.page(data_page(site, data))
    dated = {item.path + "index.html": item.notice.published for item in site.notices}
    dated |= {unit.path + "index.html": unit.notices[0].notice.published for unit in site.units}
    pages = sorted(file.path for file in written if _is_listed(file.path))
    newest = site.notices[0].notice.published if site.notices else None
    addresses = [Address(path=path, changed=_changed(path, dated, newest)) for path in [*pages, "data/index.html"]]
    for path, body in sitemaps(site.config, addresses).items():
        yield worker.put(path, body)


def _is_listed(path: str) -> bool:
    """Whether the site map lists a file: pages, but no machine's conversion of one."""
    return path.endswith("index.html") and not path.startswith(FOLDER)


def _changed(path: str, dated: Mapping[str, PartialDate | None], newest: PartialDate | None) -> PartialDate | None:
    """The date of a page's content: a list changes with the newest notice, a content page has no date."""
    return dated[path] if path in dated else None if path.startswith(("pages/", "search/")) else newest
